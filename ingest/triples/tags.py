"""One tag character per word, from closed classes, the lexicon and endings, before context.

D determiner, S possessive, P pronoun, J adjective, N noun, E name, C number, Y year, m month, G
-ing form, V finite verb, B base verb, L participle, M modal, X be, H have, O do, R adverb, T to, I
preposition, A subordinator, W relative, w whose, & and/or, n not, p 's, u interjection; punctuation
stands for itself, with `.` for every end of a sentence and `;` for every heavy stop.
"""

import re
from functools import lru_cache

from ingest.triples import words
from ingest.triples.lexicon import is_verb_tag, lemma, lexicon

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
