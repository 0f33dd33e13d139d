"""How near two words are in a library, for tests of what learns it."""

from workbench import Library


def nearness(library: Library, word: str, other: str) -> float | None:
    """The cosine of two words; None where one of them is not known."""
    near = library.graph.near_words(word, other)
    return near[0].nearness if near else None
