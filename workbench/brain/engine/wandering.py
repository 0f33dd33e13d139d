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
    edges: int


def wander(
    fabric: Fabric,
    cue: Sequence[int],
    start_places: tuple[I64, F64] = _NOWHERE,
    tolerance: float = FINE,
    neighbours: Rows | None = None,
) -> Walk:
    """Walk from the concepts of a cue, each way out of a concept or a place as likely as another.

    `start_places` are places, and how much of a concept of the cue begins in each. To the
    `neighbours` of a concept, rows with weights, lead `KINSHIP` of the steps from it. No more than
    1 / (`RESTART` · `tolerance`) ways are gone; `tolerance` 0 goes on until nearly nothing is left.
    """
    chance, edges = np.zeros(len(fabric)), 0
    concept_mass, place_mass = np.zeros(len(fabric)), np.zeros(len(fabric.place_targets))
    np.add.at(concept_mass, list(cue), 1.0)
    np.add.at(place_mass, *start_places)
    all_ = max(float(concept_mass.sum() + place_mass.sum()), 1e-9)
    concept_mass, place_mass = concept_mass / all_, place_mass / all_
    degree = np.zeros(len(fabric), np.int64) if neighbours is None else np.diff(neighbours.starts)
    out, in_degree = np.diff(fabric.forth.starts) + degree, np.diff(fabric.place_targets.starts)
    for _ in range(_ROUNDS):
        frontier = np.flatnonzero(concept_mass > tolerance * out)
        mass = concept_mass[frontier]
        chance[frontier] += RESTART * mass
        concept_mass[frontier] = 0
        onward = (1 - RESTART) * mass
        if neighbours is not None:
            sideways = KINSHIP * onward * (degree[frontier] > 0)
            onward -= sideways
            concept_mass += _spread_mass(
                neighbours, frontier, sideways, len(concept_mass), weighed=True
            )
        place_mass += _spread_mass(fabric.forth, frontier, onward, len(place_mass))
        from_ = np.flatnonzero(place_mass > tolerance * in_degree)
        back = _spread_mass(
            fabric.place_targets, from_, (1 - RESTART) * place_mass[from_], len(concept_mass)
        )
        place_mass[from_] = 0
        concept_mass += back
        edges += int(out[frontier].sum() + in_degree[from_].sum())
        if not len(frontier) and not len(from_):
            break
    return Walk(chance + RESTART * concept_mass, edges)


def _spread_mass(rows: Rows, frontier: I64, mass: F64, size: int, *, weighed: bool = False) -> F64:
    """What arrives on the other side of what some hold, the same by each way or by its weight."""
    of, ends, weight = rows.entries(frontier)
    if weighed:
        total = np.bincount(of, weight, minlength=len(frontier))
        share = (mass / np.maximum(total, 1))[of] * weight
    else:
        share = (mass / np.maximum(np.diff(rows.starts)[frontier], 1))[of]
    return np.bincount(ends, share, minlength=size).astype(np.float64)
