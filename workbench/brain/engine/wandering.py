"""Random walk with restart over concepts and places.

That is PageRank with the cue as its one page to return to (Haveliwala 2002). Where it is told who
is kin to whom, every now and then it steps to what is like the concept it stands at, and goes on
from there by what is written: so that it comes to what is written of the cue's like, and to the
like of what is written of the cue. What the walk has not given to anybody yet is pushed on only
where there is enough of it for the ways that lead on (Andersen, Chung, Lang 2006): so the work is
bounded by how exact the answer is to be, and not by how large the library is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workbench.arrays import F64, I64
from workbench.brain.engine.fabric import Fabric, Rows

#: The chance to begin anew at each step, and rounds after which nearly nobody is under way.
RESTART, _ROUNDS = 0.15, 40
#: What there must be for each way onward: half of it ranks as well, ten times of it worse (on
#: splits of the passages that no figure is taken from).
FINE = 1e-6
#: How many of the steps from a concept lead to its kin: fewer let chance meanings pass for a walk,
#: more let chance company (chosen on splits 0 to 2 of the passages, no figure is taken from these).
KINSHIP = 0.25

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
    kin: Rows | None = None,
) -> Walk:
    """Walk from the concepts of a cue, each way out of a concept or a place as likely as another.

    `begins` are places, and how much of a concept of the cue begins in each. To the `kin` of a
    concept, rows with weights, lead `KINSHIP` of the steps from it. No more than
    1 / (`RESTART` · `least`) ways are gone; `least` 0 goes on until nearly nothing is left.
    """
    chance, gone = np.zeros(len(fabric)), 0
    here, there = np.zeros(len(fabric)), np.zeros(len(fabric.there))
    np.add.at(here, list(cue), 1.0)
    np.add.at(there, *begins)
    all_ = max(float(here.sum() + there.sum()), 1e-9)
    here, there = here / all_, there / all_
    kindred = np.zeros(len(fabric), np.int64) if kin is None else np.diff(kin.starts)
    out, into = np.diff(fabric.forth.starts) + kindred, np.diff(fabric.there.starts)
    for _ in range(_ROUNDS):
        going = np.flatnonzero(here > least * out)
        held = here[going]
        chance[going] += RESTART * held
        here[going] = 0
        onward = (1 - RESTART) * held
        if kin is not None:
            aside = KINSHIP * onward * (kindred[going] > 0)
            onward -= aside
            here += _given(kin, going, aside, len(here), weighed=True)
        there += _given(fabric.forth, going, onward, len(there))
        from_ = np.flatnonzero(there > least * into)
        back = _given(fabric.there, from_, (1 - RESTART) * there[from_], len(here))
        there[from_] = 0
        here += back
        gone += int(out[going].sum() + into[from_].sum())
        if not len(going) and not len(from_):
            break
    return Walk(chance + RESTART * here, gone)


def _given(rows: Rows, going: I64, held: F64, size: int, *, weighed: bool = False) -> F64:
    """What arrives on the other side of what some hold, the same by each way or by its weight."""
    of, ends, weight = rows.entries(going)
    if weighed:
        whole = np.bincount(of, weight, minlength=len(going))
        share = (held / np.maximum(whole, 1))[of] * weight
    else:
        share = (held / np.maximum(np.diff(rows.starts)[going], 1))[of]
    return np.bincount(ends, share, minlength=size).astype(np.float64)
