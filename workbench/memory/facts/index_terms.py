"""Words into what the index looks them up by: terms of a scope, and cues as kernels take them."""

import struct
from collections.abc import Collection, Sequence
from functools import lru_cache

import numpy as np

from workbench.memory import hashing
from workbench.memory.facts.index_batches import EVERY
from workbench.memory.postings import compiled_lookup, weighing
from workbench.memory.postings.arrays import U64
from workbench.memory.postings.salting import salted, salted_all

#: For each word of a cue the hashes that meet it, and how well: 1 as it stands, less a form of it.
Cue = Sequence[Sequence[tuple[int, float]]]


def terms(scope: int, words: Collection[str]) -> U64:
    """The terms of these words, each as it stands and as a form of others."""
    return _terms_of(scope, tuple(words))


@lru_cache(maxsize=10_000)
def hashes(words: tuple[str, ...]) -> bytes:
    """The hashes of these words, each as it stands and as a form of others, as kernels read them.

    Unlike an array these can be put together cheaply.
    """
    numbers = [number for word in words for number in hashing.either(word)]
    return struct.pack(f"={len(numbers)}Q", *numbers)


@lru_cache(maxsize=10_000)
def _terms_of(scope: int, words: tuple[str, ...]) -> U64:
    hashes = [number for word in words for number in hashing.either(word)]
    # Handed to many, who only read it; marked as such, it would be another type to the kernels.
    return salted_all(np.array(hashes, np.uint64), scope)


@lru_cache(maxsize=1024)
def every(scope: int) -> U64:
    """The term of every fact of a scope."""
    return np.array([salted(EVERY, scope)], np.uint64)


#: Terms that plain Python salts sooner than NumPy.
_FEW = 8


@lru_cache(maxsize=4096)
def sought(
    cue: tuple[tuple[tuple[int, float], ...], ...], scope: int
) -> tuple[U64, list[int], list[float]]:
    """What `Postings.best` takes: the scope's own term with those of a cue; groups and levels."""
    hashes = [EVERY, *(number for group in cue for number, _ in group)]
    groups = [at for at, group in enumerate(cue) for _ in group]
    levels = [level * weighing.WHOLE for group in cue for _, level in group]
    if len(hashes) <= _FEW:
        return np.array([salted(each, scope) for each in hashes], np.uint64), groups, levels
    return salted_all(np.array(hashes, np.uint64), scope), groups, levels


@lru_cache(maxsize=1024)
def packed(cue: tuple[tuple[tuple[int, float], ...], ...]) -> U64 | None:
    """What `at_once.best` takes; None for a cue of more words than that can tell apart."""
    hashes, groups, levels = [EVERY], [0], [0.0]
    for at, group in enumerate(cue):
        for number, level in group:
            hashes.append(number)
            groups.append(at)
            levels.append(level * weighing.WHOLE)
    size = len(hashes)
    if not 1 < size <= weighing.MOST_TERMS or len(cue) > weighing.MOST_TERMS:
        return None
    packed = struct.pack(f"={2 * size}Q{size}d", *hashes, *groups, *levels)
    return np.frombuffer(packed, np.uint64).reshape(3, size)


def scored(out: list[int], held: int, groups: int) -> list[tuple[int, float]]:
    """What `at_once.best` put out, as ids with their scores."""
    if not held:
        return []
    met = (1 - 0.5 * (1 - out[compiled_lookup.MET] / groups)) / out[compiled_lookup.ALL]
    first, second = compiled_lookup.FOUND, (compiled_lookup.FOUND + len(out)) // 2
    scores = out[second : second + held]
    return [(id, score * met) for id, score in zip(out[first : first + held], scores, strict=True)]
