"""Nouns: the singular of one."""

from functools import lru_cache

from ingest.language.word_lists import plurals

_COLLOQUIAL = {"people": "person", "kids": "child", "kid": "child", "color": "colour"}
_COLLOQUIAL |= {"mum": "mother", "mom": "mother", "dad": "father"}
#: Words whose forms are kept: the same few come again and again.
_REMEMBERED = 16_384


@lru_cache(_REMEMBERED)
def singular(word: str) -> str:
    """The singular of a noun, in lower case."""
    low = word.lower()
    irregular = _COLLOQUIAL.get(low) or plurals().get(low)
    if irregular:
        return irregular
    if len(low) > 4 and low.endswith("ies"):
        return low[:-3] + "y"
    if len(low) > 4 and low.endswith(("ches", "shes", "sses", "xes")):
        return low[:-2]
    if len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is")):
        return low[:-1]
    return low
