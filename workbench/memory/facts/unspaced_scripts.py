"""Character bigrams, which index scripts without spaces."""

from workbench.memory import words
from workbench.memory.vocabulary import DENSE_STOP


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
