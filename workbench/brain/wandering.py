"""Where a walk is found that goes from concept to place to concept and often begins anew.

That is PageRank with the cue as its one page to return to (Haveliwala 2002). What the walk has not
given to anybody yet is pushed on only where there is enough of it for the ways that lead on
(Andersen, Chung, Lang 2006): so the work is bounded by how exact the answer is to be, and not by
how large the library is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.brain.fabric import Fabric, Rows

F64 = NDArray[np.float64]
I64 = NDArray[np.int64]

#: The chance to begin anew at each step, and rounds after which nearly nobody is under way.
RESTART, _ROUNDS = 0.15, 40
#: What there must be for each way onward; a third and three times of it rank as well (on splits of
#: the passages that no figure is taken from).
FINE = 1e-5

_NOWHERE = np.zeros(0, np.int64), np.zeros(0)


@dataclass(frozen=True, slots=True)
class Walk:
    """With what chance a walk is found at each concept, float64[n], and how many ways were gone."""

    chance: F64
    gone: int


def wander(
    fabric: Fabric,
    cue: Sequence[int],
    begins: tuple[I64, F64] = _NOWHERE,
    least: float = FINE,
) -> Walk:
    """Walk from the concepts of a cue, each way out of a concept or a place as likely as another.

    `begins` are places, and how much of a concept of the cue begins in each. No more than
    1 / (`RESTART` · `least`) ways are gone; `least` 0 goes on until nearly nothing is left.
    """
    chance, gone = np.zeros(len(fabric)), 0
    here, there = np.zeros(len(fabric)), np.zeros(len(fabric.there))
    np.add.at(here, list(cue), 1.0)
    np.add.at(there, *begins)
    all_ = max(float(here.sum() + there.sum()), 1e-9)
    here, there = here / all_, there / all_
    for _ in range(_ROUNDS):
        going, arrived, ways = _pushed(fabric.forth, here, least, len(there))
        chance[going] += RESTART * here[going]
        here[going] = 0
        there += arrived
        from_, back, more = _pushed(fabric.there, there, least, len(here))
        there[from_] = 0
        here += back
        gone += ways + more
        if not ways and not more:
            break
    return Walk(chance + RESTART * here, gone)


def _pushed(rows: Rows, held: F64, least: float, size: int) -> tuple[I64, F64, int]:
    """Who pushes on what it holds, what arrives on the other side, and over how many ways."""
    going = np.flatnonzero(held > least * np.diff(rows.starts))
    of, ends, _ = rows.entries(going)
    each = (1 - RESTART) * held[going] / np.maximum(np.diff(rows.starts)[going], 1)
    arrived = np.bincount(ends, each[of], minlength=size).astype(np.float64)
    return going, arrived, len(ends)
