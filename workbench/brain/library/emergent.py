"""Proposes links that nobody wrote, by overlap of meaning, each with its path.

What ranks first (`ranked`) and never stood with the cue is checked against the library as it is:
every hop of a path has its passage, nothing that is written, rejected or hidden is proposed. A
library is read for it in the background; who asks waits a moment, and otherwise has it the next
time.
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

from workbench.arrays import I64
from workbench.brain.engine.fibers import EXPECTED
from workbench.brain.engine.meaning import NOTHING as NOWHERE
from workbench.brain.engine.meaning import Meant
from workbench.brain.library.cooccurrence import Woven, mentions, woven
from workbench.brain.library.odds import CHAIN, KIN, NEXT, odds
from workbench.brain.library.ranked import CUE, beside, ranked
from workbench.errors import Cancelled, LibraryError
from workbench.jobs import Cancel
from workbench.memory.graph.people import lacks_name, same
from workbench.store import association_rows, graph, mention_rows, meta, text
from workbench.store.graph import Places
from workbench.store.store import Store

#: Seconds that somebody waits for what is not ready.
PATIENCE = 0.3
#: What is looked at of what a cue leads to, and proposed at most.
_LOOKED, MOST = 32, 5
_EXPECTED, MOST_NEXT, _BEFORE = 16, 3, 4
#: Concepts that share so many of the slots of meaning are kin.
_KIN = 0.2
#: Sources of a concept that may be its path.
_SOURCES = 3
#: Mentions up to which a library is read again at once, and the share that is new in a larger one.
_AT_ONCE, _NEW = 20_000, 0.03
_KEPT = 32


@dataclass(frozen=True, slots=True)
class Proposed:
    """A concept that never stood with the cue, and the concepts on the path to it, from the cue on.

    `kind` is "kin" (the one before it is like the cue), "chain" or "next" (it was read after the
    cue); `strength` is from 0 to 1, `odds` the share of such links that was found in print.
    `grounds` are engrams in which the hops stand. `common` says that it is among the twentieth of
    all that is spoken of in most places.
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
class _Made:
    stamp: _Stamp
    size: int
    woven: Woven


@dataclass(frozen=True, slots=True)
class Ready:
    """What is proposed, unchecked, strongest first; `pending`: there will be other links later."""

    links: tuple[Proposed, ...] = ()
    pending: bool = False


NOTHING = Ready()


class Emergent:
    """The tier of one library. Any thread may call."""

    def __init__(self, store: Store, languages: Callable[[], Collection[str]]) -> None:
        self._store = store
        self._languages = languages
        self._lock = threading.Lock()
        #: One cue at a time is given to what was made.
        self._turn = threading.Lock()
        self._stop = Cancel()
        self._worker: ThreadPoolExecutor | None = None
        self._made: _Made | None = None
        self._making = False
        self._asked: OrderedDict[object, Future[tuple[Proposed, ...]]] = OrderedDict()

    def proposed(
        self, cue: Sequence[int], patience: float | None = PATIENCE, calm: bool = True
    ) -> Ready:
        """What is driven by a cue, by what the library says now or said a while ago.

        Where it is reread, that is waited for as long as there is `patience` (None: to its end),
        and not again by those who come while it is done. Where it is not `calm`, since associations
        are being drawn, nothing is begun that would be outdated at once.
        """
        if patience is not None and not (calm and self._is_worth_waiting()):
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
                while len(self._asked) > _KEPT:
                    _, oldest = self._asked.popitem(last=False)
                    oldest.cancel()
        try:
            return Ready(future.result(patience))
        except NotYet:
            return Ready(self.at_hand(cue), pending=True)
        except (Cancelled, LibraryError):
            # The library is being closed, or another program holds it: there is nothing to say.
            with self._lock:
                self._asked.pop(key, None)
            return Ready(pending=True)

    @property
    def meant(self) -> Meant:
        """By which codes concepts overlap, as far as the library was read for it already."""
        made = self._made
        return NOWHERE if made is None else made.woven.meant

    def at_hand(self, cue: Sequence[int]) -> tuple[Proposed, ...]:
        """What is driven by a cue, unchecked, as far as the library was read for it already.

        Nothing is read again, and nothing comes where nothing was: it may be of a while ago.
        """
        made = self._made
        if self._stop.is_set or made is None:
            return ()
        return self._driven(made.woven, tuple(cue))

    def close(self) -> None:
        """End what runs in the background."""
        with self._lock:
            self._stop.set()
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.shutdown(wait=True, cancel_futures=True)

    # -- in the background ----------------------------------------------------------------------

    def _work(self, cue: tuple[int, ...]) -> tuple[Proposed, ...]:
        return self._driven(self._fresh(), cue)

    def _driven(self, made: Woven, cue: tuple[int, ...]) -> tuple[Proposed, ...]:
        with self._turn:
            return (*linked(made, cue), *upcoming(made, cue))

    def _is_worth_waiting(self) -> bool:
        """Whether nothing was made before, or nothing is being made just now."""
        return self._made is None or not self._making

    def _fresh(self) -> Woven:
        with self._store.read() as connection:
            now, made = _stamp(connection), self._made
            if made is not None and (made.stamp == now or _alike(made, now)):
                return made.woven
            self._making = True
            try:
                found = mentions(connection, graph.places(connection), self._stop)
                language = min(self._languages(), default="en", key=lambda each: each != "en")
                fresh = woven(
                    found,
                    mention_rows.types(connection),
                    lambda part: text.statements(connection, part),
                    language,
                    self._stop,
                )
                self._made = _Made(now, len(found), fresh)
            finally:
                self._making = False
        return fresh


def _stamp(connection: sqlite3.Connection) -> _Stamp:
    return _Stamp(
        association_rows.moves(connection),
        int(meta.get(connection, meta.REMOVALS) or 0),
        graph.linked(connection),
    )


def _alike(made: _Made, now: _Stamp) -> bool:
    """Whether what was made of a large library still tells enough of it."""
    if made.size <= _AT_ONCE or made.stamp.removals != now.removals:
        return False
    return now.linked - made.stamp.linked <= _NEW * max(made.stamp.linked, 1)


def linked(made: Woven, cue: Sequence[int]) -> list[Proposed]:
    """What never stood with any of the cue and was driven, by rank, each with its path."""
    all_ = ranked(made, cue)
    if all_ is None:
        return []
    brain, rows, heard, near = made.below, all_.rows, all_.heard, all_.near
    found: list[Proposed] = []
    scores: list[float] = []
    for concept in all_.best(2 * _LOOKED):
        if len(found) == _LOOKED:
            break
        for source in brain.sources(heard, concept, _SOURCES):
            way = _way(made, rows, near, source, brain.sources(heard, source, _SOURCES))
            path = () if way is None else (*way[0], int(made.ids[made.spoken[concept]]))
            if way is not None and len(set(path)) == len(path):
                share = odds(way[1], len(found))
                scores.append(float(all_.score[concept]))
                strength = math.exp(scores[-1] - scores[0])
                found.append(
                    Proposed(
                        path[-1], path, way[1], strength, share,
                        common=bool(all_.common[concept]),
                    )
                )  # fmt: skip
                break
    return found


def _way(
    made: Woven, rows: I64, near: Collection[int], source: int, before: Sequence[int]
) -> tuple[tuple[int, ...], str] | None:
    """The concepts from the cue to who drove one, and of which kind that path is."""
    own = int(made.ids[made.spoken[source]])
    for row in rows.tolist():
        one = int(made.number[row])
        if one == source:
            return None
        if source not in near and one >= 0 and made.below.kin.likeness(one, source) >= _KIN:
            return (int(made.ids[row]), own), KIN
    if source in near:
        return (_nearest(made, rows, source), own), CHAIN
    for each in before:
        if each in near:
            return (_nearest(made, rows, each), int(made.ids[made.spoken[each]]), own), CHAIN
    return None


def _nearest(made: Woven, rows: I64, other: int) -> int:
    """Which of the cue stands with another."""
    return int(made.ids[next((r for r in rows.tolist() if other in beside(made, r)), rows[0])])


def upcoming(made: Woven, cue: Sequence[int]) -> list[Proposed]:
    """What was read after the cue, the last of it the nearest."""
    rows = made.rows(cue)
    rows = rows[made.number[rows] >= 0][-_BEFORE:]
    if not len(rows):
        return []
    asked = made.number[rows]
    score = made.ahead.recall(asked[::-1].tolist(), EXPECTED).score
    score[asked] = 0
    order = np.lexsort((np.arange(len(score)), -score))[:_EXPECTED]
    order = order[score[order] > 0]
    top = float(score[order].max(initial=0)) or 1.0
    last = int(made.ids[rows[-1]])
    expected = made.ids[made.spoken[order]].tolist()
    return [
        Proposed(id, (last, id), NEXT, float(score[at]) / top, odds(NEXT, rank))
        for rank, (id, at) in enumerate(zip(expected, order.tolist(), strict=True))
    ]


# -- as the library is -----------------------------------------------------------------------------


def checked(
    connection: sqlite3.Connection,
    found: Sequence[Proposed],
    cue: Sequence[int],
    among: Places,
    parted: Collection[tuple[int, int]],
) -> list[Proposed]:
    """Those that nothing joins to the cue, whose every hop has its passage in these places.

    Links first, at most five, then at most three that are expected next. What has the name of
    another of them or of the cue, or a part of it, is none. `parted` are pairs that the user
    rejects, in both orders.
    """
    links: list[Proposed] = []
    expected: list[Proposed] = []
    concerned = {*cue, *(id for each in found for id in each.path)}
    names = {id: row.name for id, row in graph.by_ids(connection, concerned).items()}
    written = {
        one: mention_rows.written(connection, one, [each.concept for each in found])
        for one in cue[:CUE]
    }
    for each in found:
        if any(lacks_name(names.get(id, "")) for id in each.path[1:]):
            continue
        alike = expected if each.kind == NEXT else links
        others = *cue, *(other.concept for other in alike)
        if any(same(names.get(id, ""), names.get(each.concept, "")) for id in others):
            continue
        if each.kind == NEXT:
            if len(expected) < MOST_NEXT and each.concept not in cue:
                expected.append(each)
            continue
        if len(links) == MOST or any((one, each.concept) in parted for one in cue):
            continue
        if any(each.concept in held for held in written.values()):
            continue
        if any(
            mention_rows.together(connection, one, each.concept, graph.EVERYWHERE) for one in cue
        ):
            continue
        grounds = _grounds(connection, each, among)
        if grounds is not None:
            links.append(replace(each, odds=odds(each.kind, len(links)), grounds=grounds))
    return links + expected


def _grounds(
    connection: sqlite3.Connection, found: Proposed, among: Places
) -> tuple[int, ...] | None:
    """Engrams in which the hops of a path stand; None where one has none any more."""
    hops = list(zip(found.path, found.path[1:], strict=False))
    if found.kind == KIN:
        # The first hop is likeness: nothing is written there.
        hops = hops[1:]
    grounds: list[int] = []
    for one, other in hops:
        there = mention_rows.together(connection, one, other, among)
        if there is None:
            return None
        grounds += dict.fromkeys(there)
    return tuple(dict.fromkeys(grounds))


def told(kind: str, names: Sequence[str]) -> str:
    """The path in the words that the window uses."""
    if kind == NEXT:
        return f"Expected next after {names[0]}"
    if kind == KIN:
        return f"Suggested by kinship: like {names[-2]}, which is linked to {names[-1]}"
    return f"Suggested by a chain: {' – '.join(names)}"
