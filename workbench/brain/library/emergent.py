"""Proposes links that nobody wrote, by overlap of meaning, each with its path.

Top-ranked concepts (`ranked`) that never occur with the cue are checked against the current
library: every hop of a path needs a passage, and nothing stated, rejected or hidden is proposed.
The model is built in the background; callers wait briefly, and otherwise get it the next time.
"""

import math
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import F64, I64
from workbench.brain.engine.connectivity import Connectivity, Rows
from workbench.brain.engine.fibers import EXPECTED
from workbench.brain.engine.meaning import NO_CODES, Similarity
from workbench.brain.engine.subthreshold import BROAD, RecallDrive
from workbench.brain.library.cooccurrence import Cooccurrence, cooccurrence, mentions
from workbench.brain.library.odds import CHAIN, NEXT, SIMILAR, odds
from workbench.errors import Cancelled, LibraryError
from workbench.jobs import Cancel
from workbench.memory.graph.people import lacks_name, same
from workbench.store import graph, graph_rows, meta, text
from workbench.store.graph import Places
from workbench.store.store import Store

# -- ranking ---------------------------------------------------------------------------------------
# Ranks the concepts that a cue leads to where no statement connects the two.
# A random walk over co-occurrence and nearest neighbours (`random_walk`) predicted unread passages
# best. The subthreshold drive (`subthreshold`) has half its weight: by reciprocal rank fusion
# (Cormack, Clarke and Büttcher 2009), summing −log(5 + rank), a poor rank in one of two lists costs
# little.


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


#: Seconds to wait for a model that is not ready.
WAIT_SECONDS = 0.3
#: Candidates per cue, and the most that are proposed.
_CANDIDATES, MAX_LINKS = 32, 5
_EXPECTED, MAX_NEXT, _CUE_TAIL = 16, 3, 4
#: Share of common neurons in meaning slots above which concepts are similar.
_MIN_SIMILARITY = 0.2
#: Sources of a concept that are tried as its path.
_SOURCES = 3
#: Mentions up to which the model is rebuilt at once, and the share of new ones needed beyond.
_SMALL_LIBRARY, _NEW = 20_000, 0.03
_CACHED = 32


@dataclass(frozen=True, slots=True)
class Proposed:
    """A concept that never occurs with the cue, and the concepts of the path from the cue to it.

    `kind` is "kin" (the one before it is similar to the cue), "chain" or "next" (it was read after
    the cue); `strength` is from 0 to 1, `odds` the share of such links that was found in print.
    `grounds` are engrams that state the hops. `common` marks the twentieth of concepts in most
    places.
    """

    concept: int
    path: tuple[int, ...]
    kind: str
    strength: float
    odds: float
    grounds: tuple[int, ...] = ()
    common: bool = False


@dataclass(frozen=True, slots=True)
class _Stamp:
    moves: int
    removals: int
    linked: int


@dataclass(frozen=True, slots=True)
class _Snapshot:
    stamp: _Stamp
    size: int
    cooccurrence: Cooccurrence


@dataclass(frozen=True, slots=True)
class Ready:
    """Proposals before checks, strongest first; `pending` if others will come later."""

    links: tuple[Proposed, ...] = ()
    pending: bool = False


NO_PROPOSALS = Ready()


class Emergent:
    """The proposals of one library. Thread-safe."""

    def __init__(
        self,
        store: Store,
        languages: Callable[[], Collection[str]],
        places: Callable[[sqlite3.Connection], Places],
    ) -> None:
        """`places` returns those that count."""
        self._store = store
        self._places = places
        self._languages = languages
        self._lock = threading.Lock()
        #: One recall at a time.
        self._turn = threading.Lock()
        self._stop = Cancel()
        self._worker: ThreadPoolExecutor | None = None
        self._made: _Snapshot | None = None
        self._making = False
        self._asked: OrderedDict[object, Future[tuple[Proposed, ...]]] = OrderedDict()

    def proposed(
        self, cue: Sequence[int], wait_seconds: float | None = WAIT_SECONDS, calm: bool = True
    ) -> Ready:
        """The concepts driven by a cue, from the current or a recent model.

        A rebuild is waited for up to `wait_seconds` (None: until it ends), by one caller only.
        Unless `calm`, associations are being extracted, and no rebuild starts since it would be
        outdated at once.
        """
        # Waited for if there is no model yet, or none is being built.
        if wait_seconds is not None and not (calm and not (self._made and self._making)):
            return Ready(self.at_hand(cue), pending=True)
        with self._store.read() as connection:
            key = tuple(cue), _stamp(connection)
        with self._lock:
            if self._stop.is_set:
                return Ready(pending=True)
            future = self._asked.get(key)
            if future is None:
                if self._worker is None:
                    self._worker = ThreadPoolExecutor(1, "emergent")
                future = self._worker.submit(self._work, tuple(cue))
                self._asked[key] = future
                while len(self._asked) > _CACHED:
                    _, oldest = self._asked.popitem(last=False)
                    oldest.cancel()
        try:
            return Ready(future.result(wait_seconds))
        except NotYet:
            return Ready(self.at_hand(cue), pending=True)
        except (Cancelled, LibraryError):
            # The library is closing or locked by another program: no proposals.
            with self._lock:
                self._asked.pop(key, None)
            return Ready(pending=True)

    @property
    def similarity(self) -> Similarity:
        """The codes by which concepts overlap, as far as the model is built."""
        return self._made.cooccurrence.similarity if self._made else NO_CODES

    def at_hand(self, cue: Sequence[int]) -> tuple[Proposed, ...]:
        """The concepts driven by a cue, unchecked, from the model at hand.

        Never rebuilds; empty without a model, and possibly outdated.
        """
        model = self._made
        if self._stop.is_set or model is None:
            return ()
        return self._driven(model.cooccurrence, tuple(cue))

    def close(self) -> None:
        """Stop background work."""
        with self._lock:
            self._stop.set()
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.shutdown(wait=True, cancel_futures=True)

    # -- in the background ----------------------------------------------------------------------

    def _work(self, cue: tuple[int, ...]) -> tuple[Proposed, ...]:
        return self._driven(self._fresh(), cue)

    def _driven(self, model: Cooccurrence, cue: tuple[int, ...]) -> tuple[Proposed, ...]:
        with self._turn:
            return (*linked(model, cue), *upcoming(model, cue))

    def _fresh(self) -> Cooccurrence:
        with self._store.read() as connection:
            latest, model = _stamp(connection), self._made
            if model is not None and (model.stamp == latest or _is_fresh(model, latest)):
                return model.cooccurrence
            self._making = True
            try:
                occurrences = mentions(connection, self._places(connection), self._stop)
                language = min(self._languages(), default="en", key=lambda item: item != "en")
                fresh = cooccurrence(
                    occurrences,
                    graph_rows.concept_types(connection),
                    lambda part: text.statements(connection, part),
                    language,
                    self._stop,
                )
                self._made = _Snapshot(latest, len(occurrences), fresh)
            finally:
                self._making = False
        return fresh


def _stamp(connection: sqlite3.Connection) -> _Stamp:
    return _Stamp(
        graph_rows.association_version(connection),
        meta.number(connection, meta.REMOVALS),
        graph.linked(connection),
    )


def _is_fresh(model: _Snapshot, latest: _Stamp) -> bool:
    """Whether the model of a large library is recent enough."""
    if model.size <= _SMALL_LIBRARY or model.stamp.removals != latest.removals:
        return False
    return latest.linked - model.stamp.linked <= _NEW * max(model.stamp.linked, 1)


def linked(model: Cooccurrence, cue: Sequence[int]) -> list[Proposed]:
    """The driven concepts that never occur with the cue, by rank, each with its path."""
    all_ = ranked(model, cue)
    if all_ is None:
        return []
    brain, rows, drive, neighbours = model.subthreshold, all_.rows, all_.drive, all_.neighbours
    proposals: list[Proposed] = []
    scores: list[float] = []
    for concept in all_.best(2 * _CANDIDATES):
        if len(proposals) == _CANDIDATES:
            break
        for source in brain.sources(drive, concept, _SOURCES):
            route = _route(model, rows, neighbours, source, brain.sources(drive, source, _SOURCES))
            path = () if route is None else (*route[0], int(model.ids[model.modelled[concept]]))
            if route is not None and len(set(path)) == len(path):
                share = odds(route[1], len(proposals))
                scores.append(float(all_.score[concept]))
                strength = math.exp(scores[-1] - scores[0])
                proposals.append(
                    Proposed(
                        path[-1], path, route[1], strength, share,
                        common=bool(all_.common[concept]),
                    )
                )  # fmt: skip
                break
    return proposals


def _route(
    model: Cooccurrence, rows: I64, neighbours: Collection[int], source: int, drivers: Sequence[int]
) -> tuple[tuple[int, ...], str] | None:
    """The concepts from the cue to the driver of one, and the kind of that path."""
    own = int(model.ids[model.modelled[source]])
    for row in rows.tolist():
        member = int(model.number[row])
        if member == source:
            return None
        if (
            source not in neighbours
            and member >= 0
            and model.subthreshold.assemblies.likeness(member, source) >= _MIN_SIMILARITY
        ):
            return (int(model.ids[row]), own), SIMILAR
    if source in neighbours:
        return (_nearest(model, rows, source), own), CHAIN
    for item in drivers:
        if item in neighbours:
            return (_nearest(model, rows, item), int(model.ids[model.modelled[item]]), own), CHAIN
    return None


def _nearest(model: Cooccurrence, rows: I64, other: int) -> int:
    """The concept of the cue that another occurs with."""
    return int(
        model.ids[next((r for r in rows.tolist() if other in cooccurring(model, r)), rows[0])]
    )


def upcoming(model: Cooccurrence, cue: Sequence[int]) -> list[Proposed]:
    """The concepts read after the cue, whose last one counts most."""
    rows = model.rows(cue)
    rows = rows[model.number[rows] >= 0][-_CUE_TAIL:]
    if not len(rows):
        return []
    cue_rows = model.number[rows]
    score = model.ahead.recall(cue_rows[::-1].tolist(), EXPECTED).score
    score[cue_rows] = 0
    order = np.lexsort((np.arange(len(score)), -score))[:_EXPECTED]
    order = order[score[order] > 0]
    top = float(score[order].max(initial=0)) or 1.0
    final = int(model.ids[rows[-1]])
    expected = model.ids[model.modelled[order]].tolist()
    return [
        Proposed(id, (final, id), NEXT, float(score[at]) / top, odds(NEXT, rank))
        for rank, (id, at) in enumerate(zip(expected, order.tolist(), strict=True))
    ]


# -- as the library is -----------------------------------------------------------------------------


def checked(
    connection: sqlite3.Connection,
    proposals: Sequence[Proposed],
    cue: Sequence[int],
    scope: Places,
    parted: Collection[tuple[int, int]],
) -> list[Proposed]:
    """Filter those that nothing connects to the cue and whose hops all have a passage here.

    Links come first, at most five, then at most three predictions. A concept whose name contains,
    or is part of, another one's or the cue's is left out. `parted` are pairs that the user rejects,
    in both orders.
    """
    links: list[Proposed] = []
    expected: list[Proposed] = []
    concerned = {*cue, *(id for item in proposals for id in item.path)}
    names = {id: row.name for id, row in graph.by_ids(connection, concerned).items()}
    documented = {
        member: graph_rows.joined_concepts(connection, member, [item.concept for item in proposals])
        for member in cue[:CUE]
    }
    for item in proposals:
        if any(lacks_name(names.get(id, "")) for id in item.path[1:]):
            continue
        group = expected if item.kind == NEXT else links
        taken_ids = *cue, *(other.concept for other in group)
        if any(same(names.get(id, ""), names.get(item.concept, "")) for id in taken_ids):
            continue
        if item.kind == NEXT:
            if len(expected) < MAX_NEXT and item.concept not in cue:
                expected.append(item)
            continue
        if len(links) == MAX_LINKS or any((member, item.concept) in parted for member in cue):
            continue
        if any(
            item.concept in cooccurring_concepts for cooccurring_concepts in documented.values()
        ):
            continue
        if any(
            graph_rows.cooccurrence(connection, member, item.concept, graph.EVERYWHERE)
            for member in cue
        ):
            continue
        grounds = _grounds(connection, item, scope)
        if grounds is not None:
            links.append(replace(item, odds=odds(item.kind, len(links)), grounds=grounds))
    return links + expected


def _grounds(
    connection: sqlite3.Connection, proposal: Proposed, scope: Places
) -> tuple[int, ...] | None:
    """The engrams that state the hops of a path; None if one has none any more."""
    hops = list(zip(proposal.path, proposal.path[1:], strict=False))
    if proposal.kind == SIMILAR:
        # The first hop is similarity, which no passage states.
        hops = hops[1:]
    grounds: list[int] = []
    for head, tail in hops:
        engrams = graph_rows.cooccurrence(connection, head, tail, scope)
        if engrams is None:
            return None
        grounds += dict.fromkeys(engrams)
    return tuple(dict.fromkeys(grounds))


def path_text(kind: str, names: Sequence[str]) -> str:
    """The path in the words of the window."""
    if kind == NEXT:
        return f"Expected next after {names[0]}"
    if kind == SIMILAR:
        return f"Suggested by kinship: like {names[-2]}, which is linked to {names[-1]}"
    return f"Suggested by a chain: {' – '.join(names)}"
