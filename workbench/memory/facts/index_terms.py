"""Maps words to the terms of a scope under which the index finds them."""

from collections.abc import Collection, Sequence
from functools import lru_cache

import numpy as np

from workbench.arrays import U64
from workbench.memory import hashing
from workbench.memory.facts.index_entries import EVERY
from workbench.memory.postings import weighing
from workbench.memory.postings.salting import salted, salted_all

#: For each word of a cue the hashes that meet it, and how well: 1 as it stands, less a form of it.
Cue = Sequence[Sequence[tuple[int, float]]]


def terms(scope: int, words: Collection[str]) -> U64:
    """The terms of these words, each as it stands and as a form of others."""
    return _terms_of(scope, tuple(words))


@lru_cache(maxsize=10_000)
def _terms_of(scope: int, words: tuple[str, ...]) -> U64:
    hashes = [number for word in words for number in hashing.either(word)]
    return salted_all(np.array(hashes, np.uint64), scope)


@lru_cache(maxsize=1024)
def every(scope: int) -> U64:
    """The term of every fact of a scope."""
    return np.array([salted(EVERY, scope)], np.uint64)


@lru_cache(maxsize=4096)
def sought(
    cue: tuple[tuple[tuple[int, float], ...], ...], scope: int
) -> tuple[U64, list[int], list[float]]:
    """What `Postings.best` takes: the scope's own term with those of a cue; groups and levels."""
    hashes = [EVERY, *(number for group in cue for number, _ in group)]
    groups = [at for at, group in enumerate(cue) for _ in group]
    levels = [level * weighing.WHOLE for group in cue for _, level in group]
    return salted_all(np.array(hashes, np.uint64), scope), groups, levels
