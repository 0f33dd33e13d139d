"""Scripts without spaces: "A 是 B", "A は B です", and the character bigrams that index them."""

import re

from workbench.memory import words
from workbench.memory.vocabulary import DENSE_STOP

_COPULA = re.compile(r"是|为|為|：|は|(?<=\S)叫做?|等于")
_TAIL = re.compile(r"(?:です|でした|だ|である)?[。！!.]*$")

Span = tuple[int, int]


def dense_words(text: str) -> frozenset[str]:
    """The character bigrams that index a text without spaces; single characters if alone."""
    terms: set[str] = set()
    for token in words.tokens(DENSE_STOP.sub(" ", text)):
        for word in token.words:
            if words.is_dense(word) and len(word) == 1 and len(token.raw) > 1:
                continue
            terms.add(word)
    return frozenset(terms)


def is_dense(text: str) -> bool:
    """Whether the text is mostly of a script without spaces."""
    if text.isascii():
        return False
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and 2 * sum(map(words.is_dense, letters)) >= len(letters)
