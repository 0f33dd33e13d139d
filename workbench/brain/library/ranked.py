"""Ranks the concepts that a cue leads to where no statement connects the two.

A random walk over co-occurrence and nearest neighbours (`random_walk`) predicted unread passages
best. The subthreshold drive (`subthreshold`) has half its weight: by reciprocal rank fusion
(Cormack, Clarke and Büttcher 2009), summing −log(5 + rank), a poor rank in one of two lists costs
little.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import F64, I64
from workbench.brain.engine.connectivity import Connectivity, Rows
from workbench.brain.engine.subthreshold import BROAD, RecallDrive
from workbench.brain.library.cooccurrence import Cooccurrence

#: Probability of a restart at each step, and rounds after which little mass is left.
RESTART, _ROUNDS = 0.15, 40
#: Residual mass per outgoing edge below which nothing is pushed on: half of it ranks as well, ten
#: times of it worse (on splits of the passages that no figure is taken from).
TOLERANCE = 1e-6
#: Share of the steps from a concept that lead to its nearest neighbours by meaning (chosen on
#: splits 0 to 2 of the passages, no figure is taken from these).
NEIGHBOUR_SHARE = 0.25

_NO_PLACES = np.zeros(0, np.int64), np.zeros(0)


@dataclass(frozen=True, slots=True)
class Walk:
    """The probability of each concept, float64[n], and the number of edges visited."""

    chance: F64
    edges: int


def random_walk(
    graph: Connectivity,
    cue: Sequence[int],
    start_places: tuple[I64, F64] = _NO_PLACES,
    tolerance: float = TOLERANCE,
    neighbours: Rows | None = None,
) -> Walk:
    """Walk at random from the concepts of a cue over places and back, with restart.

    This is personalised PageRank (Haveliwala 2002), computed by pushing residual mass on only where
    it exceeds `tolerance` per edge (Andersen, Chung, Lang 2006): at most
    1 / (`RESTART` · `tolerance`) edges are visited, however large the library. `start_places` are
    places and their initial mass, relative to a concept of the cue. `NEIGHBOUR_SHARE` of the steps
    from a concept lead to its `neighbours`, in proportion to their weights.
    """
    chance, edges = np.zeros(len(graph)), 0
    concept_mass, place_mass = (
        np.zeros(len(graph)),
        np.zeros(len(graph.place_targets)),
    )
    np.add.at(concept_mass, list(cue), 1.0)
    np.add.at(place_mass, *start_places)
    total_mass = max(float(concept_mass.sum() + place_mass.sum()), 1e-9)
    concept_mass, place_mass = concept_mass / total_mass, place_mass / total_mass
    degree = np.zeros(len(graph), np.int64) if neighbours is None else np.diff(neighbours.starts)
    out, in_degree = (
        np.diff(graph.forth.starts) + degree,
        np.diff(graph.place_targets.starts),
    )
    for _ in range(_ROUNDS):
        frontier = np.flatnonzero(concept_mass > tolerance * out)
        mass = concept_mass[frontier]
        chance[frontier] += RESTART * mass
        concept_mass[frontier] = 0
        passed_on = (1 - RESTART) * mass
        if neighbours is not None:
            sideways = NEIGHBOUR_SHARE * passed_on * (degree[frontier] > 0)
            passed_on -= sideways
            concept_mass += _spread_mass(
                neighbours, frontier, sideways, len(concept_mass), weighed=True
            )
        place_mass += _spread_mass(graph.forth, frontier, passed_on, len(place_mass))
        active_places = np.flatnonzero(place_mass > tolerance * in_degree)
        back = _spread_mass(
            graph.place_targets,
            active_places,
            (1 - RESTART) * place_mass[active_places],
            len(concept_mass),
        )
        place_mass[active_places] = 0
        concept_mass += back
        edges += int(out[frontier].sum() + in_degree[active_places].sum())
        if not len(frontier) and not len(active_places):
            break
    return Walk(chance + RESTART * concept_mass, edges)


def _spread_mass(rows: Rows, frontier: I64, mass: F64, size: int, *, weighed: bool = False) -> F64:
    """Spread the mass of the frontier along its rows, evenly or in proportion to their weights."""
    of, ends, weight = rows.entries(frontier)
    if weighed:
        total = np.bincount(of, weight, minlength=len(frontier))
        share = (mass / np.maximum(total, 1))[of] * weight
    else:
        share = (mass / np.maximum(np.diff(rows.starts)[frontier], 1))[of]
    return np.bincount(ends, share, minlength=size).astype(np.float64)


#: Concepts of a cue that are used.
CUE = 8
#: Ranks at the head of a list that are nearly equal, and the weight of the drive.
_HEAD, _DRIVE = 5, 0.5
#: Weight of common concepts, which nearly every path reaches: those in more places than this share
#: of all concepts, and in more than a few.
_COMMON, _COMMON_QUANTILE, _MIN_COMMON = 0.5, 0.95, 8
#: Weight of concepts without a proper name if the cue is a name.
_UNNAMED = 0.5


@dataclass(frozen=True, slots=True)
class Ranked:
    """Assemblies driven by the concepts in `rows` of `Cooccurrence.ids`, and their `neighbours`.

    `score` float64[assemblies] is −∞ for the cue and its neighbours. `common` marks the twentieth
    in most places.
    """

    rows: I64
    neighbours: frozenset[int]
    drive: RecallDrive
    score: F64
    common: NDArray[np.bool_]

    def best(self, limit: int) -> list[int]:
        """The assemblies of the highest scores; ties go to the lower number."""
        order = np.lexsort((np.arange(len(self.score)), -self.score))[:limit]
        result: list[int] = order[np.isfinite(self.score[order])].tolist()
        return result


def ranked(model: Cooccurrence, cue: Sequence[int]) -> Ranked | None:
    """Rank all assemblies by a cue of concept ids; None if none of them is known."""
    rows = model.rows(cue)[:CUE]
    if not len(rows):
        return None
    cue_rows = model.number[rows][model.number[rows] >= 0].tolist()
    silent = rows[model.number[rows] < 0]
    of, place, weight = model.places.entries(silent)
    order = np.argsort(place, kind="stable")
    silent_places = place[order].astype(np.int64)
    drive = model.subthreshold.recall(
        cue_rows, BROAD, (silent_places, weight[order].astype(np.int64))
    )
    part = 1 / np.maximum(np.bincount(of, minlength=len(silent)), 1)
    walk = random_walk(
        model.subthreshold.graph,
        cue_rows,
        (silent_places, part[of][order]),
        neighbours=model.neighbours,
    )
    neighbours = cooccurring(model, rows)
    free = np.ones(len(walk.chance), np.bool_)
    free[cue_rows] = False
    free[list(neighbours)] = False
    score = fused(((walk.chance, 1.0), (drive.score, _DRIVE)), free)
    places = np.diff(model.subthreshold.graph.forth.starts)
    common = places > max(
        float(np.quantile(places, _COMMON_QUANTILE)) if len(places) else 0.0, _MIN_COMMON
    )
    score[common] += math.log(_COMMON)
    if model.has_name[rows].any():
        score[~model.has_name[model.modelled]] += math.log(_UNNAMED)
    return Ranked(rows, neighbours, drive, score, common)


def fused(scores: Sequence[tuple[F64, float]], free: NDArray[np.bool_]) -> F64:
    """Fuse weighted lists: the sum of −w · log(5 + rank) over the `free`; others have −∞.

    Ties share their mean rank; what is missing from a list comes last.
    """
    total = np.where(free, 0.0, -np.inf)
    number = int(free.sum())
    for score, weight in scores:
        present = np.flatnonzero(free & (score > 0))
        sorted_scores = np.sort(-score[present])
        low = np.searchsorted(sorted_scores, -score[present], side="left")
        high = np.searchsorted(sorted_scores, -score[present], side="right")
        rank = np.full(len(score), (len(present) + number - 1) / 2)
        rank[present] = (low + high - 1) / 2
        total -= weight * np.log(_HEAD + rank)
    return total


def cooccurring(model: Cooccurrence, rows: I64 | int) -> frozenset[int]:
    """The assemblies that share a place with any of some concepts."""
    _, places, _ = model.places.entries(np.atleast_1d(np.array(rows, np.int64)))
    _, targets, _ = model.subthreshold.graph.place_targets.entries(
        np.unique(places).astype(np.int64)
    )
    return frozenset(np.unique(targets).tolist())
