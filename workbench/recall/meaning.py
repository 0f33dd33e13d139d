"""The words of a text for training word vectors."""

from functools import lru_cache

from ingest.segment import EVERY_LINE, segment
from workbench.memory import words
from workbench.memory.vocabulary import STOP

#: Maximum length; longer ones are keys and addresses.
_LONGEST = 40


def sentences(text: str) -> list[list[str]]:
    """The content words of each sentence."""
    kept = ([word for raw in words.raw_tokens(text[start:end]) for word in _content_words(raw)]
            for start, end in segment(text, "en", EVERY_LINE))  # fmt: skip
    return [said for said in kept if said]


@lru_cache(maxsize=100_000)
def _content_words(raw: str) -> tuple[str, ...]:
    """The content words of a token, cached since tokens recur."""
    return tuple(
        word
        for word in words.split(raw)
        if word not in STOP and len(word) <= _LONGEST and not any(map(str.isdigit, word))
    )
