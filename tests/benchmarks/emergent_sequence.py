"""Which concept comes next in reading: fibers over five against a table of bigrams.

The last four are the cue. Asked is for a concept that was not named in this passage before (in
books: not among the last four).
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.emergent_text import Read, names_in, those, world
from workbench.arrays import F64
from workbench.brain.engine.fibers import EXPECTED, fibers
from workbench.brain.engine.kinship import coded_assemblies
from workbench.brain.engine.subthreshold import SubthresholdNetwork

_CUED, _READ = 4, 0.7
_BEHIND = 1e-4
_BOOK, _LEAST = 200, 3


@dataclass(frozen=True, slots=True)
class Place:
    """What was read until here, and what came next."""

    before: tuple[int, ...]
    after: int
    past: frozenset[int]


@dataclass(frozen=True, slots=True)
class Sequences:
    """Concepts 0 to `size` in the order they were read, and places to ask about."""

    size: int
    read: tuple[tuple[int, ...], ...]
    often: F64
    places: tuple[Place, ...]


def measure(data: Sequences) -> tuple[F64, F64]:
    """Reciprocal ranks of what came next: by the brain, and by the table of bigrams."""
    brain = SubthresholdNetwork(fibers(data.read, data.size), coded_assemblies(data.size))
    bigrams: Counter[tuple[int, int]] = Counter(
        pair for line in data.read for pair in pairwise(line)
    )
    after: dict[int, dict[int, int]] = {}
    for (one, other), count in bigrams.items():
        after.setdefault(one, {})[other] = count
    often = data.often / data.often.sum()
    ours, table = [], []
    for place in data.places:
        banned = np.zeros(data.size, np.bool_)
        banned[list(place.past)] = True
        score = brain.recall(place.before[::-1], EXPECTED).score + _BEHIND * often
        ours.append(1 / _rank(score, place.after, banned))
        counted = often.copy()
        for other, count in after.get(place.before[-1], {}).items():
            counted[other] += count
        table.append(1 / _rank(counted, place.after, banned))
    return np.array(ours), np.array(table)


def _rank(score: F64, gold: int, banned: NDArray[np.bool_]) -> float:
    others = ~banned
    others[gold] = False
    own = score[gold]
    return float(1 + (score[others] > own).sum() + (score[others] == own).sum() / 2)


def encyclopaedia(reads: Sequence[Read], asked: int = 1500, seed: int = 7) -> Sequences:
    """Learned on 70 % of the passages, asked in the others."""
    chance = np.random.default_rng(seed)
    first = chance.random(len(reads)) < _READ
    known = world(those(reads, np.flatnonzero(first).tolist()))
    lines = tuple(_plain([concept for concept, _ in line]) for line in known.order)
    places: list[Place] = []
    for number in chance.permutation(np.flatnonzero(~first)).tolist():
        line = _plain([known.ids[name] for name, _ in reads[number].names if name in known.ids])
        fresh = [at for at in range(2, len(line)) if line[at] not in line[:at]]
        if fresh:
            at = int(chance.choice(fresh))
            before = line[max(0, at - _CUED) : at]
            places.append(Place(before, line[at], frozenset(line[:at])))
        if len(places) == asked:
            break
    return Sequences(known.size, lines, known.spread, tuple(places))


def books(folder: Path, seed: int = 7) -> Sequences:
    """Learned on the first 70 % of five books, asked in the rest of them."""
    chance = np.random.default_rng(seed)
    told = [
        names_in(re.sub(r"\s+", " ", path.read_text("utf-8")))
        for path in sorted(folder.glob("*.txt"))
    ]
    often = Counter(name for names in told for name in names[: int(_READ * len(names))])
    ids = {name: i for i, name in enumerate(n for n, count in often.items() if count >= _LEAST)}
    lines: list[tuple[int, ...]] = []
    places: list[Place] = []
    for names in told:
        cut = int(_READ * len(names))
        lines.append(_plain([ids[name] for name in names[:cut] if name in ids]))
        rest = _plain([ids[name] for name in names[cut:] if name in ids])
        fresh = [at for at in range(5, len(rest)) if rest[at] not in rest[at - _CUED : at]]
        for at in chance.permutation(fresh)[:_BOOK].tolist():
            before = rest[at - _CUED : at]
            places.append(Place(before, rest[at], frozenset(before)))
    return Sequences(
        len(ids), tuple(lines), np.array([often[name] for name in ids], np.float64), tuple(places)
    )


def _plain(line: Sequence[int]) -> tuple[int, ...]:
    """Without a concept that follows itself."""
    return tuple(each for at, each in enumerate(line) if not at or line[at - 1] != each)
