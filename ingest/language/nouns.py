"""The singular of nouns."""

from functools import lru_cache

from ingest.language.word_lists import classes, plurals

_COLLOQUIAL = {
    "people": "person", "kids": "child", "kid": "child", "color": "colour",
    "mum": "mother", "mom": "mother", "dad": "father",
}  # fmt: skip
_AS_THEY_ARE, _NOT_OF_MEN, _PLAIN_IES = (
    classes("memory.txt")[f"concepts_keys_{name}"]
    for name in ("as_they_are", "not_of_men", "plain_ies")
)
#: Endings with an "e" inserted before the plural "s".
_WITH_E = "sses", "shes", "ches", "xes", "zzes"


@lru_cache(16_384)
def singular(word: str) -> str:
    """The singular of a noun, in lower case; a colloquial one unchanged."""
    low = word.lower()
    return _COLLOQUIAL.get(low) or singular_form(low)


def singular_form(word: str) -> str:
    """The singular of a lower-case noun; other words unchanged."""
    if word not in _AS_THEY_ARE and (irregular := plurals().get(word)):
        return irregular
    if word.endswith("men") and len(word) > 4 and word not in _NOT_OF_MEN:
        return f"{word[:-2]}an"
    if len(word) < 4 or word in _AS_THEY_ARE or not word.endswith("s"):
        return word
    if word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-1] if word[:-1] in _PLAIN_IES or len(word) < 5 else f"{word[:-3]}y"
    return word[:-2] if word.endswith(_WITH_E) else word[:-1]
