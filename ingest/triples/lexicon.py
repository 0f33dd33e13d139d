"""Parts of speech and lemmas of single words.

The lexicon is Brill's (trained on the Brown corpus and the Penn Treebank), as TextBlob ships it.
Lemmas are simplemma's, with irregular forms that it lacks. Both are read on first use.

A tag is one character per word, from closed classes, the lexicon and endings, before context:
D determiner, S possessive, P pronoun, J adjective, N noun, E name, C number, Y year, m month, G
-ing form, V finite verb, B base verb, L participle, M modal, X be, H have, O do, R adverb, T to, I
preposition, A subordinator, W relative, w whose, & and/or, n not, p 's, u interjection; punctuation
stands for itself, with `.` for every end of a sentence and `;` for every heavy stop.
"""

import re
from bisect import bisect_left
from functools import cache, lru_cache

from ingest.language.word_lists import entries, read_text
from ingest.triples import words
from ingest.triples.words import BE, HAVE

_REMEMBERED = 200_000
#: Lines of a block.
_BLOCK = 64
_IRREGULAR = dict(entries("irregular_lemmas.txt"))


class Lexicon:
    """Words, each with its commonest Penn Treebank tag, as the sorted lines of the file.

    Lookup is by bisection over blocks: building a dictionary would take longer than answering most
    questions, and 94,000 strings take 7 MB.
    """

    def __init__(self, text: str) -> None:
        """Parse lines “word tag|tag …”; `;;;` begins a comment."""
        lines = [f"\n{line}" for line in sorted(text.splitlines())]
        self._blocks = ["".join(lines[at : at + _BLOCK]) for at in range(0, len(lines), _BLOCK)]

    def get(self, word: str, otherwise: str = "") -> str:
        """The tag of a word."""
        prefix = f"\n{word} "
        # The last block that begins with this word or an earlier one: “!” follows a space.
        at = bisect_left(self._blocks, f"\n{word}!") - 1
        start = self._blocks[at].find(prefix) if at >= 0 else -1
        if start < 0 or word.startswith(";;;"):
            return otherwise
        tags = self._blocks[at][start + len(prefix) :].split(maxsplit=1)[0]
        return tags.partition("|")[0]

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and bool(self.get(word))


@cache
def lexicon() -> Lexicon:
    """The English lexicon. Raises `IngestError` if its file is missing."""
    return Lexicon(read_text("lexicon.txt"))


def is_verb_tag(word: str) -> bool:
    """Whether the commonest tag of this word is a verb's."""
    return lexicon().get(word, "").startswith("VB")


@lru_cache(_REMEMBERED)
def lemma(word: str) -> str:
    """The lemma of an English word, in lower case."""
    import simplemma

    low = word.lower()
    if low in BE or low == "'s":
        return "be"
    if low in HAVE:
        return "have"
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if low.endswith(("sses", "shes", "ches", "xes")) and low[:-2] in lexicon():
        return low[:-2]
    # Looked up in the packed list: a dictionary of it would take 29 MB.
    form: str = simplemma.lemmatize(low, lang="en", low_memory=True).lower()
    if (form == low or form not in lexicon()) and low.endswith(("ing", "ed")):
        base = low[:-3] if low.endswith("ing") else low[:-2]
        undoubled = base[:-1] if base[-1:] == base[-2:-1] else base
        for verb in (base, base + "e", undoubled):
            tag = lexicon().get(verb, "")
            if tag.startswith("VB") or (tag.startswith("NN") and (len(verb) > 3 or verbable(verb))):
                return verb
    return form


@lru_cache(_REMEMBERED)
def verbable(word: str) -> bool:
    """Whether this word can be a finite verb, though the lexicon has only its commonest tag."""
    low = word.lower()
    bases = [low]
    if low.endswith("ies"):
        bases = [low[:-3] + "y"]
    elif low.endswith("es"):
        bases = [low[:-2], low[:-1]]
    elif low.endswith("s") and not low.endswith("ss"):
        bases = [low[:-1]]
    return any(
        is_verb_tag(form)
        for base in bases
        for form in (base, base + "ed", base + "d", base + "ing", base[:-1] + "ing")
        + ((base + base[-1] + "ed",) if base else ())
    )


_LETTER = re.compile(r"[^\W\d_]")
_COMPOUND_ADJECTIVE = re.compile(
    r"-(?:ed|ing|old|based|like|free|year|aged|wide|lived|natured|edged|pop|pink|hop)$"
    r"|^(?:non|pre|post|anti|multi)-|ed$"
)
_MARKS = {
    **dict.fromkeys(".!?…", "."),
    ",": ",",
    **dict.fromkeys((";", "--", "–", "-"), ";"),
    ":": ":",
    **dict.fromkeys("([", "("),
    **dict.fromkeys(")]", ")"),
    "&": "&",
    "/": "&",
    "'": "'",
}
#: Tags of the Penn Treebank, as in the lexicon.
_PENN = {
    penn: head.removeprefix("penn_")
    for head, tags in words.CLASSES.items()
    if head.startswith("penn_")
    for penn in tags
}
_ADJECTIVE_ENDINGS = ("ous", "ful", "able", "ible", "ical", "ish", "less", "ive", "ic", "al")
#: Closed classes in order of precedence.
_CLOSED = (
    (words.BE, "X"),
    (words.HAVE, "H"),
    (words.CLASSES["do"], "O"),
    (("not", "n't", "never"), "n"),
    (("to",), "T"),
    (("and", "or", "but", "nor"), "&"),
)
#: Classes whose words are names if capitalised within a sentence.
_LOWERCASE = (
    (words.DETERMINER, "D"),
    (words.SUBORDINATOR, "A"),
    (words.CLASSES["adjective_always"], "J"),
    (words.CLASSES["adverb_always"], "R"),
    (words.PREPOSITION, "I"),
)


@lru_cache(200_000)
def word_tag(word: str, first: bool) -> str:
    """The tag of a word without context; `first`: it begins a sentence, capitalised or not."""
    low = word.lower()
    if not _LETTER.search(word):
        return _figure(word)
    if low[:2] in ("d'", "l'") and len(word) > 3 and word[2:].strip()[:1].isupper():
        return "E"
    if word[0].isdigit():
        return "Y" if len(word) == 5 and word.endswith("0s") else "C"
    return _closed(word, low, first) or _open(word, low, first)


def _figure(word: str) -> str:
    if word[0].isdigit() or word[0] == "#":
        return "Y" if len(word) == 4 and word.isdigit() and "1000" <= word <= "2099" else "C"
    return _MARKS.get(word, '"')


def _closed(word: str, low: str, first: bool) -> str:
    if word in words.MONTH and (not first or word not in ("May", "March")):
        return "m"
    for group, tag in _CLOSED:
        if low in group:
            return tag
    if low in words.CLASSES["modal"] and word not in ("Will", "May"):
        return "M"
    if low in words.POSSESSIVE:
        return "S"
    if low in words.PRONOUN:
        return "P" if word not in ("US", "IT") else "E"
    if low in words.CLASSES["relative"]:
        return "w" if low == "whose" else "W"
    if word[0].isupper() and not first:
        return ""
    return next((tag for group, tag in _LOWERCASE if low in group), "")


def _open(word: str, low: str, first: bool) -> str:
    vocabulary = lexicon()
    tag = (
        vocabulary.get(low) or vocabulary.get(word)
        if first
        else vocabulary.get(word) or vocabulary.get(low)
    )
    if first and not tag and low.endswith("ly") and word[1:].islower():
        return "R"
    if word[0].isupper() and (
        not first or low not in vocabulary or vocabulary.get(word, "").startswith("NNP")
    ):
        return "J" if tag.startswith("JJ") else "E"
    if not tag:
        return _unknown(low)
    return _PENN.get(tag, "N")


def _unknown(low: str) -> str:
    if "-" in low:
        return "J" if _COMPOUND_ADJECTIVE.search(low) else "N"
    if low.endswith("ly"):
        return "R"
    # For these words only: the dictionary takes a third of a second to load.
    if low[-1] in "td" and (base := lemma(low)) != low and is_verb_tag(base):
        return "L"
    if low.endswith("ing"):
        return "G"
    if low.endswith("ed"):
        return "L"
    return "J" if low.endswith(_ADJECTIVE_ENDINGS) else "N"
