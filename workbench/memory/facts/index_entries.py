"""What the index takes in: parsed facts by their keys, and facts of the library anew.

Every fact has one term more than its words: that of belonging to its scope. What it says or denies
is a key as well, by which it finds what it contradicts.
"""

from collections.abc import Collection, Sequence
from functools import lru_cache

import numpy as np

from workbench.arrays import U64
from workbench.memory import hashing
from workbench.memory.facts.parsing.parser import Kept, parse
from workbench.memory.postings import weighing
from workbench.memory.postings.entries import DENIAL, SAME, TOPIC, Entry, salted, salted_all
from workbench.store.facts import FeedRow

#: The term of every fact of a scope, before it is salted.
EVERY = hashing.word_hash("every fact", "scope")
#: What is denied, and what is said after all, are told apart by this.
_DENIED = 0x9E3779B97F4A7C15


def stance(content: int, negative: bool) -> int:
    """The key of saying something, or of denying it; see `ClaimRow.content`."""
    return content ^ _DENIED if negative else content


def entry(kept: Kept, id: int, at: float, scope: int) -> Entry:
    """A statement as the index takes it in."""
    same = salted(kept.same, scope)
    keys = {salted(term, scope) for term in (*kept.terms, EVERY)}
    keys.add(same ^ SAME)
    for claim in kept.claims:
        if claim.topic:
            keys.add(salted(claim.topic, scope) ^ TOPIC)
        keys.add(salted(stance(claim.content, claim.negative), scope) ^ DENIAL)
    return Entry(id, at, same, tuple(keys))


def replayed(rows: Sequence[FeedRow]) -> tuple[list[Entry], list[tuple[int, bytes]]]:
    """Facts of the library as entries, and the records that are not as they are stored."""
    entries: list[Entry] = []
    anew: list[tuple[int, bytes]] = []
    kept = parse([row[2] for row in rows], every=True)
    for (id, scope, _, at, stored), each in zip(rows, kept, strict=True):
        entries.append(entry(each, id, at, scope))
        record = each.record
        if stored != record:
            anew.append((id, record))
    return entries, anew


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
