"""The words of a text that say what it is about."""

from functools import lru_cache

from ingest.segment import EVERY_LINE, segment
from workbench.memory import words
from workbench.memory.vocabulary import COMMON, STOP

#: Maximum length of a word that is learned; longer ones are keys and addresses.
_MAX_WORD = 40


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


def sentences(text: str) -> list[list[str]]:
    """The content words of each sentence of a text, as written, to be learned."""
    lines = (text[start:end] for start, end in segment(text, "en", EVERY_LINE))
    tokens = (map(_content_words, words.raw_tokens(line)) for line in lines)
    return [content for row in tokens if (content := [word for part in row for word in part])]


@lru_cache(maxsize=100_000)
def _content_words(raw: str) -> list[str]:
    """The content words of a token, cached since tokens recur."""
    parts = (word for word in words.split(raw) if word not in STOP and len(word) <= _MAX_WORD)
    return [word for word in parts if not any(map(str.isdigit, word))]
