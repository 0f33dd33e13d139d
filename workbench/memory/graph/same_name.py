"""Names that contain each other, or differ by a title."""

import re

from workbench.memory.graph.people import PARTICLES, TITLES

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_NO_NAME = frozenset([*TITLES, *PARTICLES, "esq", "the", "and"])


def core(name: str) -> frozenset[str] | None:
    """The words of a name but for titles and particles, folded: none of them, it names nobody.

    None for what is in small letters: a thing's word may be part of another thing's.
    """
    if name.islower() and name not in PARTICLES:
        return None
    return frozenset(word.casefold() for word in _WORD.findall(name)) - _NO_NAME


def is_nobody(name: str) -> bool:
    """Whether a name is no more than a title or a particle."""
    words = core(name)
    return words is not None and not words and not any(mark.isdigit() for mark in name)


def same(one: str, other: str) -> bool:
    """Whether all words of one name stand in the other."""
    ours, theirs = core(one), core(other)
    if not ours or not theirs:
        return False
    return ours <= theirs or theirs <= ours
