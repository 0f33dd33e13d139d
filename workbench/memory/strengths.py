"""Strengthens memories that are recalled, and links those recalled together.

A use is queued, so that recall costs next to nothing, and written within a second in one
transaction by a thread that runs from the first use until `close`. Reading a strength includes
queued uses. A read-only library learns nothing.
"""

import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any, Generic, TypeVar

from workbench.background_thread import Woken
from workbench.errors import LibraryError
from workbench.memory import plasticity, use_history
from workbench.memory.hebbian_links import Bonds, Pair
from workbench.memory.plasticity import DAY, DEFAULTS, Plasticity
from workbench.memory.regions import stores
from workbench.memory.regions.salience import salience
from workbench.memory.regions.stores import Layer
from workbench.memory.use_history import Use, Waning
from workbench.store import facts, gists, sleeping
from workbench.store import strengths as rows
from workbench.store.facts import FactRow
from workbench.store.store import Store
from workbench.store.strengths import RELEASED, Origin, StrengthRow

#: The capacity of working memory, in facts of a scope (Miller 1956).
SLOTS = 7
#: Seconds of delay, to write uses together.
_WAIT = 0.5
#: Seconds within which uses count as one.
_SAME_MOMENT = 60.0
#: Maximum queued memories and pairs: more are not uses by people, and are dropped.
_MAX_USES, _MAX_LINKS = 100_000, 2_000
#: The maximum share of time spent writing, and the maximum pause for that.
_SHARE, _LONGEST = 0.05, 5.0
#: Days over which joint uses are counted.
_WEEK = 7
#: Seconds within which uses by another process count as immediately before.
_SITTING = 600.0
#: Scopes whose last uses are kept for links.
_SCOPES = 64

#: The queued uses of an engram: (time, amount, count), oldest first.
Uses = list[tuple[float, float, int]]


Item = TypeVar("Item")


class Waiting(Generic[Item]):
    """A queue that is written in the transaction of uses. Thread-safe.

    `writer(connection, items)` writes it; beyond `limit` items are dropped.
    """

    def __init__(
        self,
        strengths: "Strengths",
        writer: Callable[[sqlite3.Connection, Sequence[Item]], None],
        limit: int,
    ) -> None:
        self._strengths, self._writer, self._limit = strengths, writer, limit
        self._lock = threading.Lock()
        self._items: list[Item] = []
        self._leaving = 0
        strengths.ride(self)

    def __len__(self) -> int:
        return len(self._items)

    def add(self, *items: Item) -> None:
        """Queue items for the next transaction."""
        with self._lock:
            self._items += items[: self._limit - len(self._items)]
        self._strengths.nudge()

    def clear(self) -> None:
        """Drop all queued items."""
        with self._lock:
            self._items, self._leaving = [], 0

    def write(self, connection: sqlite3.Connection) -> None:
        """Write the queued items. To be called in a write, and `wrote` after it."""
        with self._lock:
            leaving = list(self._items)
            self._leaving = len(leaving)
        self._writer(connection, leaving)

    def wrote(self) -> None:
        """Remove the items written last, once they are committed."""
        with self._lock:
            del self._items[: self._leaving]
            self._leaving = 0


class Flushing(Woken):
    """Writes queued uses soon; with thousands of recalls per second, less often."""

    def __init__(self, flush: Callable[[], None]) -> None:
        super().__init__("strengths", lambda: False, _WAIT)
        self._flush = flush
        self._rest = _WAIT

    def _delayed(self) -> bool:
        return self._closed.wait(self._rest)

    def _work(self) -> None:
        start = time.thread_time()
        self._flush()
        self._rest = min(max(_WAIT, (time.thread_time() - start) / _SHARE), _LONGEST)


class Strengths(Bonds, Waning):
    """The strengths of the memories of one library. Thread-safe."""

    def __init__(self, store: Store, settings: Plasticity = DEFAULTS) -> None:
        self.settings = settings
        self._store = store
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._uses: dict[int, Uses] = {}
        #: By pair: share of the distance to the cap, time of the last use, number of uses.
        self._links: dict[Pair, tuple[float, float, int]] = {}
        #: Uses being written, not committed yet.
        self._leaving: dict[int, Uses] = {}
        self._latest: dict[str | None, deque[int]] = {}
        self.worker = Flushing(self.flush)
        self._riders: list[Waiting[Any]] = []
        #: Whether the fading times of some strengths are still to be computed.
        self._has_backlog = False
        #: Whether questions teach; set by the library's settings.
        self.learns: Callable[[], bool] = lambda: True

    def clock(self) -> float:
        """The current time, in seconds since the epoch."""
        return self._store.clock()

    # -- recording uses ------------------------------------------------------------------------

    def use(self, scope: str | None, ids: Sequence[int], *, credit: bool = True) -> None:
        """Record that these memories of a scope occurred together; with `credit`, as used.

        Memories that are only listed are linked, but not strengthened.
        """
        if not ids or self._store.read_only:
            return
        timestamp, settings = self._store.clock(), self.settings
        before = [] if scope in self._latest else self._used_lately(scope, timestamp)
        with self._lock:
            recent = self._latest.get(scope)
            if recent is None:
                if len(self._latest) >= _SCOPES:
                    del self._latest[next(iter(self._latest))]
                recent = self._latest[scope] = deque(before, maxlen=settings.window)
            for id in ids:
                if credit:
                    self._wait(id, timestamp, settings.use)
                for other in recent:
                    if other != id:
                        self._bind(id, other, settings.link, timestamp, 1)
                if id in recent:
                    recent.remove(id)
                recent.append(id)
            self.worker.wake()

    def _used_lately(self, scope: str | None, timestamp: float) -> list[int]:
        """Recent uses of a scope by another process, the latest last."""
        with self._store.read() as connection:
            number = facts.scope_id(connection, scope)
            moments = {} if number is None else rows.in_mind(connection, number)
        lately = [id for id, at in moments.items() if 0 <= timestamp - at < _SITTING]
        return sorted(lately, key=lambda id: (moments[id], id))

    def recalled(self, scope: str | None, ids: Sequence[int], *, credit: bool = True) -> None:
        """Record the use of these memories by a question (see `use`), if questions teach."""
        # The setting is read from the library only if something could be learned.
        if ids and not self._store.read_only and self.learns():
            self.use(scope, ids, credit=credit)

    def mark_read(self, ids: Iterable[int]) -> None:
        """Record that these were read, each by itself: only recall makes links."""
        if self._store.read_only:
            return
        timestamp, amount = self._store.clock(), self.settings.use
        with self._lock:
            for id in ids:
                self._wait(id, timestamp, amount)
            if self._uses:
                self.worker.wake()

    def _wait(self, id: int, timestamp: float, amount: float) -> None:
        waiting = self._uses.get(id)
        if waiting is not None:
            _add(waiting, timestamp, amount)
        elif len(self._uses) < _MAX_USES:
            self._uses[id] = [(timestamp, amount, 1)]

    def link_all(self, ids: Sequence[int]) -> None:
        """Link these memories without recording a use."""
        if len(ids) < 2 or self._store.read_only:
            return
        timestamp = self._store.clock()
        with self._lock:
            for a, b in combinations(ids, 2):
                self._bind(a, b, self.settings.link_told, timestamp, 0)
            self.worker.wake()

    def ride(self, rider: Waiting[Any]) -> None:
        """Register a queue to be written along with uses."""
        self._riders.append(rider)

    def nudge(self) -> None:
        """Wake the writer for a registered queue."""
        with self._lock:
            self.worker.wake()

    def catch_up(self) -> None:
        """Schedule computing the fading times of strengths written without."""
        if not self._store.read_only:
            self._has_backlog = True
            self.nudge()

    def _bind(self, a: int, b: int, rate: float, timestamp: float, times: int) -> None:
        pair = (a, b) if a < b else (b, a)
        share, _, before = self._links.get(pair, (0.0, timestamp, 0))
        if pair in self._links or len(self._links) < _MAX_LINKS:
            self._links[pair] = plasticity.hebb(share, rate=rate), timestamp, before + times

    def flush(self) -> None:
        """Write queued uses; after an error they stay queued."""
        with self._writing:
            with self._lock:
                uses, self._uses = self._uses, {}
                links, self._links = self._links, {}
                self._leaving = uses
            riders = [rider for rider in self._riders if rider]
            if not uses and not links and not riders and not self._has_backlog:
                return
            is_written = False
            try:
                self._store.write(lambda connection: self._write(connection, uses, links, riders))
                is_written = True
                for rider in riders:
                    rider.wrote()
            finally:
                with self._lock:
                    self._leaving = {}
                    if not is_written:
                        self._take_back(uses, links)

    def _take_back(
        self, uses: dict[int, Uses], links: dict[Pair, tuple[float, float, int]]
    ) -> None:
        for id, steps in uses.items():
            self._uses[id] = steps + self._uses.get(id, [])
        for pair, (share, at, times) in links.items():
            more, latest, later = self._links.get(pair, (0.0, at, 0))
            self._links[pair] = share + more * (1 - share), latest, times + later

    def close(self) -> None:
        """Write queued uses and end the thread."""
        self.worker.close()
        try:
            self.flush()
        except LibraryError:
            # Locked or full until the end: losing some uses is better than hanging.
            return

    def _write(
        self,
        connection: sqlite3.Connection,
        uses: Mapping[int, Uses],
        links: Mapping[Pair, tuple[float, float, int]],
        riders: Iterable[Waiting[Any]] = (),
    ) -> None:
        for rider in riders:
            rider.write(connection)
        created = rows.origins(connection, uses)
        stored = rows.by_ids(connection, list(created))
        logs = {id: use_history.unpacked(log) for id, log in rows.logs(connection, stored).items()}
        after = []
        for id, entry in created.items():
            row, log = stored.get(id) or self.new(id, entry), logs.setdefault(id, [])
            row = use_history.corrected(
                row, log, uses[id][0][0], self._half_life(entry), self.settings
            )
            for step in uses[id]:
                row = self._after(row, [step], entry.kind)
                log.append(Use(step[0], row.weight, step[1]))
            after.append(row)
        self.store(connection, after, created)
        rows.store_logs(connection, {id: use_history.packed(logs[id]) for id in created})
        self._has_backlog = self._work_out(connection)
        if self._has_backlog:
            self.worker.wake()
        rows.recall(connection, {id: steps[-1][0] for id, steps in uses.items()}, SLOTS)
        existing = rows.coactivations(connection, links)
        rows.store_links(
            connection,
            [
                self._bound(pair, existing.get(pair), share, at)
                for pair, (share, at, _) in links.items()
            ],
        )
        gists.count_pairs(
            connection,
            [(*pair, int(at // DAY), times) for pair, (_, at, times) in links.items() if times],
            int(self._store.clock() // DAY) - _WEEK,
        )
        if uses:
            sleeping.in_use(connection, max(steps[-1][0] for steps in uses.values()))
        self._thin(connection, {end for pair in links for end in pair})

    # -- stored strengths ----------------------------------------------------------------------

    def stored(self, connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, StrengthRow]:
        """The rows of these engrams, initial ones for those without."""
        wanted_ids = list(ids)
        existing = rows.by_ids(connection, wanted_ids)
        created = rows.origins(connection, [id for id in wanted_ids if id not in existing])
        return {**existing, **{id: self.new(id, entry) for id, entry in created.items()}}

    def new(self, id: int, created: Origin) -> StrengthRow:
        """The strength of an unused engram."""
        matter = salience(created.text)
        stability = plasticity.first_stability(matter, self.settings)
        first, start = self.settings.first, created.time
        return StrengthRow(id, first, start, 0, stability, matter, came=start)

    def _after(self, row: StrengthRow, steps: Uses, kind: str) -> StrengthRow:
        """A row after uses; a faded memory is restored, a released one is not."""
        stability = lasting(row, kind)
        for uses in range(row.uses, row.uses + sum(times for _, _, times in steps)):
            stability = plasticity.stabilise(stability, row.salience, uses, self.settings)
        half_life = self.settings.half_life(kind)
        weight, used, uses = row.weight, row.used, row.uses
        days, windows, ripe = row.days, row.windows, row.ripe
        for at, amount, times in steps:
            aged = 0.0 if row.pinned else plasticity.ageing(row.came, ripe, used, at)
            left = plasticity.fade(weight, aged, half_life)
            weight = plasticity.reinforce(left, amount, self.settings.cap)
            days, windows = plasticity.spaced(days, windows, uses, used, at)
            uses += times
            used = at
            ripe = plasticity.ripening(row.came, ripe, days, windows, uses, at)
        return replace(
            row, weight=weight, used=used, uses=uses, stability=stability,
            archived=RELEASED if row.archived == RELEASED else None,
            days=days, windows=windows, ripe=ripe,
        )  # fmt: skip

    def pin(self, connection: sqlite3.Connection, ids: Sequence[int], pinned: bool) -> int:
        """Pin these at their current strength, or unpin them; returns how many exist.

        Archived and released ones stay so.
        """
        timestamp = self._store.clock()
        current_rows, created = (
            self._corrected(connection, ids, timestamp),
            rows.origins(connection, ids),
        )
        after = [
            replace(
                current_rows[id],
                weight=self.current(current_rows[id], entry.kind),
                used=timestamp,
                pinned=pinned,
            )
            for id, entry in created.items()
        ]
        self.store(connection, after, created)
        return len(after)

    def strengthen(
        self, connection: sqlite3.Connection, ids: Sequence[int], amount: float
    ) -> dict[int, float]:
        """Add to these strengths; returns the new ones. To be called in a write."""
        timestamp = self._store.clock()
        created = rows.origins(connection, ids)
        current_rows = self._corrected(connection, ids, timestamp)
        after = [
            replace(
                self._after(current_rows[id], [(timestamp, amount, 1)], entry.kind), archived=None
            )
            for id, entry in created.items()
        ]
        self.store(connection, after, created)
        logs = rows.logs(connection, created)
        for row in after:
            log = [
                *use_history.unpacked(logs.get(row.engram, b"")),
                Use(timestamp, row.weight, amount),
            ]
            logs[row.engram] = use_history.packed(log)
        rows.store_logs(connection, logs)
        return {row.engram: row.weight for row in after}

    def _corrected(
        self, connection: sqlite3.Connection, ids: Iterable[int], timestamp: float
    ) -> dict[int, StrengthRow]:
        """`stored`, corrected for uses with a wrong clock."""
        result = self.stored(connection, ids)
        logs = {id: use_history.unpacked(log) for id, log in rows.logs(connection, result).items()}
        astray = [
            id for id, row in result.items() if use_history.astray(row, logs.get(id, ()), timestamp)
        ]
        for id, entry in rows.origins(connection, astray).items() if astray else ():
            half_life = self._half_life(entry)
            result[id] = use_history.corrected(
                result[id], logs.get(id, ()), timestamp, half_life, self.settings
            )
        return result

    def rows(self, connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, StrengthRow]:
        """The strengths of these, including queued uses.

        `weight` is as of `used`; see `current`.
        """
        result = self._corrected(connection, ids, self._store.clock())
        waiting = self._waiting(result)
        if waiting:
            kinds = rows.origins(connection, waiting)
            for id in kinds:
                result[id] = self._after(result[id], waiting[id], kinds[id][0])
        return result

    def unwritten(
        self, connection: sqlite3.Connection, ids: Iterable[int]
    ) -> dict[int, StrengthRow]:
        """The rows of engrams with queued uses, as they will be."""
        waiting = self._waiting(ids)
        return self.rows(connection, waiting) if waiting else {}

    def waiting(self, ids: Iterable[int]) -> set[int]:
        """The engrams with queued uses."""
        return set(self._waiting(ids))

    def _waiting(self, ids: Iterable[int]) -> dict[int, Uses]:
        if not self._uses and not self._leaving:
            return {}
        with self._lock:
            return {
                id: [*self._leaving.get(id, ()), *self._uses.get(id, ())]
                for id in ids
                if id in self._uses or id in self._leaving
            }

    def current(self, row: StrengthRow, kind: str = "fact") -> float:
        """The current strength."""
        return self.at(row, kind, self._store.clock())

    def at(self, row: StrengthRow, kind: str, timestamp: float) -> float:
        """The strength at a time, in seconds since the epoch."""
        if row.pinned:
            return row.weight
        aged = plasticity.ageing(row.came, row.ripe, row.used, timestamp)
        return plasticity.fade(row.weight, aged, self.settings.half_life(kind))

    def of_facts(
        self,
        connection: sqlite3.Connection,
        fact_rows: Sequence[FactRow],
    ) -> dict[int, tuple[float, bool]]:
        """The current strengths of facts, and whether they are archived."""
        settings, timestamp = self.settings, self._store.clock()
        waiting = self.waiting(row.id for row in fact_rows)
        used = [row.id for row in fact_rows if row.weight is not None or row.id in waiting]
        strength_rows = self.rows(connection, used) if used else {}
        strong: dict[int, tuple[float, bool]] = {}
        for row in fact_rows:
            strength = strength_rows.get(row.id)
            if strength is not None:
                strong[row.id] = self.current(strength, row.kind), strength.archived is not None
            else:
                # An unused fact has its initial strength, without a row.
                aged = plasticity.ageing(row.recorded, None, row.recorded, timestamp)
                left = plasticity.fade(settings.first, aged, settings.half_life(row.kind))
                strong[row.id] = left, False
        return strong


def layer(row: StrengthRow) -> Layer:
    """The layer of a memory: working or long-term."""
    return Layer.WORKING if row.kept is None else Layer.LONG_TERM


def lasting(row: StrengthRow, kind: str) -> float:
    """The stability of a memory by kind and layer, in hours."""
    return stores.lasting(row.stability, kind, row.reward, layer(row))


def _add(uses: Uses, timestamp: float, amount: float) -> None:
    if uses and 0 <= timestamp - uses[-1][0] < _SAME_MOMENT:
        _, pending, times = uses[-1]
        uses[-1] = (timestamp, pending + amount, times + 1)
    else:
        uses.append((timestamp, amount, 1))
