"""What a cue leads to in a library where nothing is written of both: ranked by two that differ.

The drive below the threshold finds what is kin to the cue by meaning, a walk over who stands with
whom what is near by its ways. The two lists are joined by their ranks alone, the sum of
−log(5 + rank), as reciprocal rank fusion does with another sum (Cormack, Clarke and Büttcher
2009): a place far behind in one of them costs little.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.brain.undertone import BROAD, Heard
from workbench.brain.wandering import wander
from workbench.recall.woven import Woven

F64 = NDArray[np.float64]
I64 = NDArray[np.int64]

#: Concepts of a cue that are fired.
CUE = 8
#: Places at the head of a list that are nearly equal.
_HEAD = 5


@dataclass(frozen=True, slots=True)
class Ranked:
    """What the concepts in `rows` of `Woven.ids` drive, `near` who stands with any of them.

    `score` float64[assemblies], the best first, is −∞ for who is in the cue or near it.
    """

    rows: I64
    near: frozenset[int]
    heard: Heard
    score: F64

    def best(self, most: int) -> list[int]:
        """The assemblies of the highest scores, of equal ones the lower number first."""
        order = np.lexsort((np.arange(len(self.score)), -self.score))[:most]
        found: list[int] = order[np.isfinite(self.score[order])].tolist()
        return found


def ranked(made: Woven, cue: Sequence[int]) -> Ranked | None:
    """Rank all assemblies by a cue, ids of concepts; None where none of it is known."""
    rows = made.rows(cue)[:CUE]
    if not len(rows):
        return None
    asked = made.number[rows][made.number[rows] >= 0].tolist()
    silent = rows[made.number[rows] < 0]
    of, place, weight = made.places.entries(silent)
    order = np.argsort(place, kind="stable")
    spoken = place[order].astype(np.int64)
    heard = made.below.recall(asked, BROAD, (spoken, weight[order].astype(np.int64)))
    part = 1 / np.maximum(np.bincount(of, minlength=len(silent)), 1)
    walk = wander(made.below.fabric, asked, (spoken, part[of][order]))
    near = beside(made, rows)
    free = np.ones(len(heard.score), np.bool_)
    free[asked] = False
    free[list(near)] = False
    return Ranked(rows, near, heard, fused((heard.score, walk.chance), free))


def fused(scores: Sequence[F64], free: NDArray[np.bool_]) -> F64:
    """Lists joined: the sum of −log(5 + rank) among those that are `free`, −∞ for all others.

    Equals have the rank in the middle of them; who has nothing in a list comes behind it.
    """
    total = np.where(free, 0.0, -np.inf)
    number = int(free.sum())
    for score in scores:
        there = np.flatnonzero(free & (score > 0))
        own = np.sort(-score[there])
        low = np.searchsorted(own, -score[there], side="left")
        high = np.searchsorted(own, -score[there], side="right")
        rank = np.full(len(score), (len(there) + number - 1) / 2)
        rank[there] = (low + high - 1) / 2
        total -= np.log(_HEAD + rank)
    return total


def beside(made: Woven, rows: I64 | int) -> frozenset[int]:
    """The assemblies of who stands with any of some concepts in a place."""
    _, places, _ = made.places.entries(np.atleast_1d(np.array(rows, np.int64)))
    _, others, _ = made.below.fabric.there.entries(np.unique(places).astype(np.int64))
    return frozenset(np.unique(others).tolist())
