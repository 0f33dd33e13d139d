"""The words of a text that say what it is about."""

from functools import lru_cache

from workbench.memory import words
from workbench.memory.vocabulary import COMMON, STOP


def content_stems(text: str) -> frozenset[str]:
    """The stems of the content words of a text."""
    tokens = set(words.sequence(text))
    return frozenset(
        _stem(word)
        for word in tokens
        if word not in STOP and word not in COMMON and not word.isdigit()
    )


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    return words.forms(word, "en")[0]
