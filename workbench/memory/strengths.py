"""Strengthens memories that are recalled, and links those recalled together.

A use is recorded in memory, so that recall pays next to nothing, and written within a second in one
transaction by a thread that lives from the first use to `close`. Who reads a strength meanwhile
sees what is not written yet. A library that can only be read learns nothing.
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
from workbench.memory import plasticity, stages, use_history
from workbench.memory.hebbian_links import Bonds, Pair
from workbench.memory.plasticity import DAY, DEFAULTS, Plasticity
from workbench.memory.regions import stores
from workbench.memory.regions.salience import salience
from workbench.memory.regions.stores import Layer
from workbench.memory.use_history import Use, Waning
from workbench.store import facts, gists, sleeping, working
from workbench.store import strengths as rows
from workbench.store.facts import FactRow
from workbench.store.store import Store
from workbench.store.strengths import RELEASED, Origin, StrengthRow

#: Facts of a scope that are in mind at once (Miller 1956).
SLOTS = 7
#: Seconds that a use waits for others to be written along with it.
_WAIT = 0.5
#: Uses within so many seconds count as one moment.
_SAME_MOMENT = 60.0
#: Memories and pairs that wait to be written at most: more is no use by people, and is let go.
_MAX_USES, _MAX_LINKS = 100_000, 2_000
#: How much of its time the thread may spend on writing, and how long it pauses for that at most.
_SHARE, _LONGEST = 0.05, 5.0
#: Days for which it is counted how often what was used together.
_WEEK = 7
#: Seconds within which what was used in another process counts as used just before.
_SITTING = 600.0
#: Scopes whose last uses are kept in mind for links.
_SCOPES = 64

#: The uses of an engram that are not written yet: (time, amount, how many), oldest first.
Uses = list[tuple[float, float, int]]


Item = TypeVar("Item")


class Waiting(Generic[Item]):
    """What waits to be written along with uses, in their transaction. Any thread may call.

    `writer(connection, items)` writes it; of more than `limit` items the last are let go.
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
        """Let these be written with the next uses."""
        with self._lock:
            self._items += items[: self._limit - len(self._items)]
        self._strengths.nudge()

    def clear(self) -> None:
        """Let go of what waits."""
        with self._lock:
            self._items, self._leaving = [], 0

    def write(self, connection: sqlite3.Connection) -> None:
        """Write what waits. To be called in a write, and `wrote` after it."""
        with self._lock:
            leaving = list(self._items)
            self._leaving = len(leaving)
        self._writer(connection, leaving)

    def wrote(self) -> None:
        """What was written last is committed."""
        with self._lock:
            del self._items[: self._leaving]
            self._leaving = 0


class Flushing(Woken):
    """Writes soon what was used; where thousands are recalled each second, it takes its time."""

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
    """How strong the memories of one library are. Every method may be called from any thread."""

    def __init__(self, store: Store, settings: Plasticity = DEFAULTS) -> None:
        self.settings = settings
        self._store = store
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._uses: dict[int, Uses] = {}
        #: By what share of what they lack to the cap, when last, and how often by use.
        self._links: dict[Pair, tuple[float, float, int]] = {}
        #: What is being written just now, which nobody can read in the library yet.
        self._leaving: dict[int, Uses] = {}
        self._latest: dict[str | None, deque[int]] = {}
        self.worker = Flushing(self.flush)
        self._riders: list[Waiting[Any]] = []
        #: Whether some strengths wait for it to be worked out when they will have faded.
        self._has_backlog = False
        #: Whether asking is learned from; the settings of the library decide.
        self.learns: Callable[[], bool] = lambda: True

    def clock(self) -> float:
        """What time it is, in seconds since the epoch."""
        return self._store.clock()

    # -- using ---------------------------------------------------------------------------------

    def use(self, scope: str | None, ids: Sequence[int], *, credit: bool = True) -> None:
        """Record that these memories of a scope came together just now; with `credit`, as used.

        What is only listed is linked, and grows no stronger: of equals it says nothing for one.
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
        """What another process has used of a scope in the same sitting, the latest last."""
        with self._store.read() as connection:
            number = facts.scope_id(connection, scope)
            moments = {} if number is None else working.touched(connection, number)
        lately = [id for id, at in moments.items() if 0 <= timestamp - at < _SITTING]
        return sorted(lately, key=lambda id: (moments[id], id))

    def recalled(self, scope: str | None, ids: Sequence[int], *, credit: bool = True) -> None:
        """Record that asking has used these memories (see `use`), where asking may teach."""
        # Whether it learns is asked of the library: not where nothing could be learned.
        if ids and not self._store.read_only and self.learns():
            self.use(scope, ids, credit=credit)

    def mark_read(self, ids: Iterable[int]) -> None:
        """Record that these were read just now, each by itself: links are made by recall alone."""
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
        """Record that these memories came together, without being used."""
        if len(ids) < 2 or self._store.read_only:
            return
        timestamp = self._store.clock()
        with self._lock:
            for a, b in combinations(ids, 2):
                self._bind(a, b, self.settings.link_told, timestamp, 0)
            self.worker.wake()

    def ride(self, rider: Waiting[Any]) -> None:
        """Let something be written along with the uses from now on."""
        self._riders.append(rider)

    def nudge(self) -> None:
        """A rider has something to write."""
        with self._lock:
            self.worker.wake()

    def catch_up(self) -> None:
        """Some strengths were written without it being said when they will have faded."""
        if not self._store.read_only:
            self._has_backlog = True
            self.nudge()

    def _bind(self, a: int, b: int, rate: float, timestamp: float, times: int) -> None:
        pair = (a, b) if a < b else (b, a)
        share, _, before = self._links.get(pair, (0.0, timestamp, 0))
        if pair in self._links or len(self._links) < _MAX_LINKS:
            self._links[pair] = plasticity.hebb(share, rate=rate), timestamp, before + times

    def flush(self) -> None:
        """Write what was used since the last time; where that fails with an error it waits on."""
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
        """Write what is left and end the thread."""
        self.worker.close()
        try:
            self.flush()
        except LibraryError:
            # Locked or full to the end: a habit is lost, and the program does not hang for it.
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
        working.touch(connection, {id: steps[-1][0] for id, steps in uses.items()}, SLOTS)
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

    # -- what is written -----------------------------------------------------------------------

    def stored(self, connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, StrengthRow]:
        """The rows of these engrams, for those without one what they came with."""
        wanted_ids = list(ids)
        existing = rows.by_ids(connection, wanted_ids)
        created = rows.origins(connection, [id for id in wanted_ids if id not in existing])
        return {**existing, **{id: self.new(id, entry) for id, entry in created.items()}}

    def new(self, id: int, created: Origin) -> StrengthRow:
        """The strength of an engram that was never used."""
        matter = salience(created.text)
        stability = plasticity.first_stability(matter, self.settings)
        first, start = self.settings.first, created.time
        return StrengthRow(id, first, start, 0, stability, matter, came=start)

    def _after(self, row: StrengthRow, steps: Uses, kind: str) -> StrengthRow:
        """A row after uses; what had faded counts again, what somebody has let go does not."""
        stability = lasting(row, kind)
        for uses in range(row.uses, row.uses + sum(times for _, _, times in steps)):
            stability = plasticity.stabilise(stability, row.salience, uses, self.settings)
        half_life = self.settings.half_life(kind)
        weight, used, uses = row.weight, row.used, row.uses
        days, windows, ripe = row.days, row.windows, row.ripe
        for at, amount, times in steps:
            aged = 0.0 if row.pinned else stages.ageing(row.came, ripe, used, at)
            left = plasticity.fade(weight, aged, half_life)
            weight = plasticity.reinforce(left, amount, self.settings.cap)
            days, windows = stages.spaced(days, windows, uses, used, at)
            uses += times
            used = at
            ripe = stages.ripening(row.came, ripe, days, windows, uses, at)
        return replace(
            row, weight=weight, used=used, uses=uses, stability=stability,
            archived=RELEASED if row.archived == RELEASED else None,
            days=days, windows=windows, ripe=ripe,
        )  # fmt: skip

    def pin(self, connection: sqlite3.Connection, ids: Sequence[int], pinned: bool) -> int:
        """Let these fade no more from what they are now, or again; returns how many there are.

        What was laid aside or let go stays so.
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
        """Add to the strengths of these; returns what they are now. To be called in a write."""
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
        """`stored`, with what was used while the clock was wrong set right."""
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
        """What is known of the strengths of these, with what is not written yet.

        `weight` is as it was at the time `used`; see `current`.
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
        """The rows of those of these that were used and not written yet, as they will be."""
        waiting = self._waiting(ids)
        return self.rows(connection, waiting) if waiting else {}

    def waiting(self, ids: Iterable[int]) -> set[int]:
        """Those of these that were used and are not written yet."""
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
        """What is left of a strength by now."""
        return self.at(row, kind, self._store.clock())

    def at(self, row: StrengthRow, kind: str, timestamp: float) -> float:
        """What is left of a strength at a moment, in seconds since the epoch."""
        if row.pinned:
            return row.weight
        aged = stages.ageing(row.came, row.ripe, row.used, timestamp)
        return plasticity.fade(row.weight, aged, self.settings.half_life(kind))

    def of_facts(
        self,
        connection: sqlite3.Connection,
        fact_rows: Sequence[FactRow],
    ) -> dict[int, tuple[float, bool]]:
        """The strengths of facts by now, and whether they are archived."""
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
                # What was never used is as it came, and was not read for that.
                aged = stages.ageing(row.recorded, None, row.recorded, timestamp)
                left = plasticity.fade(settings.first, aged, settings.half_life(row.kind))
                strong[row.id] = left, False
        return strong


def layer(row: StrengthRow) -> Layer:
    """Whether a memory was kept for long."""
    return Layer.WORKING if row.kept is None else Layer.LONG_TERM


def lasting(row: StrengthRow, kind: str) -> float:
    """The stability of a memory of a kind where it lies, in hours."""
    return stores.lasting(row.stability, kind, row.reward, layer(row))


def _add(uses: Uses, timestamp: float, amount: float) -> None:
    if uses and 0 <= timestamp - uses[-1][0] < _SAME_MOMENT:
        _, pending, times = uses[-1]
        uses[-1] = (timestamp, pending + amount, times + 1)
    else:
        uses.append((timestamp, amount, 1))
