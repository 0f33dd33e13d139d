"""Parts of speech and lemmas of single words.

The lexicon is Brill's (trained on the Brown corpus and the Penn Treebank), as TextBlob ships it.
Lemmas are simplemma's, with irregular forms that it lacks. Both are read on first use.
"""

from bisect import bisect_left
from functools import cache, lru_cache

from ingest.language.word_lists import entries, read_text
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
