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

from workbench.errors import LibraryError
from workbench.memory import plasticity, stages, use_history
from workbench.memory.hebbian_links import Bonds, Pair
from workbench.memory.plasticity import DAY, DEFAULTS, Plasticity
from workbench.memory.regions import stores
from workbench.memory.regions.salience import salience
from workbench.memory.regions.stores import Layer
from workbench.memory.use_history import Use, Waning
from workbench.store import gists, sleeping, working
from workbench.store import strengths as rows
from workbench.store.facts import FactRow
from workbench.store.store import Store
from workbench.store.strengths import LET_GO, Came, StrengthRow

#: Facts of a scope that are in mind at once (Miller 1956).
SLOTS = 7
#: Seconds that a use waits for others to be written along with it.
_WAIT = 0.5
#: Uses within so many seconds count as one moment.
_MOMENT = 60.0
#: Memories and pairs that wait to be written at most: more is no use by people, and is let go.
_MOST_USES, _MOST_LINKS = 100_000, 2_000
#: How much of its time the thread may spend on writing, and how long it pauses for that at most.
_SHARE, _LONGEST = 0.05, 5.0
#: Days for which it is counted how often what was used together.
_WEEK = 7
#: Scopes whose last uses are kept in mind for links.
_SCOPES = 64

#: The uses of an engram that are not written yet: (time, amount, how many), oldest first.
Uses = list[tuple[float, float, int]]


Item = TypeVar("Item")


class Waiting(Generic[Item]):
    """What waits to be written along with uses, in their transaction. Any thread may call.

    `put(connection, items)` writes it; of more than `most` items the last are let go.
    """

    def __init__(
        self,
        strengths: "Strengths",
        put: Callable[[sqlite3.Connection, Sequence[Item]], None],
        most: int,
    ) -> None:
        self._strengths, self._put, self._most = strengths, put, most
        self._lock = threading.Lock()
        self._items: list[Item] = []
        self._leaving = 0
        strengths.ride(self)

    def __len__(self) -> int:
        return len(self._items)

    def add(self, *items: Item) -> None:
        """Let these be written with the next uses."""
        with self._lock:
            self._items += items[: self._most - len(self._items)]
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
        self._put(connection, leaving)

    def wrote(self) -> None:
        """What was written last is committed."""
        with self._lock:
            del self._items[: self._leaving]
            self._leaving = 0


class Strengths(Bonds, Waning):
    """How strong the memories of one library are. Every method may be called from any thread."""

    def __init__(self, store: Store, settings: Plasticity = DEFAULTS) -> None:
        self.settings = settings
        self._store = store
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._uses: dict[int, Uses] = {}
        #: By how much, when last, and how often by use.
        self._links: dict[Pair, tuple[float, float, int]] = {}
        #: What is being written just now, which nobody can read in the library yet.
        self._leaving: dict[int, Uses] = {}
        self._latest: dict[str | None, deque[int]] = {}
        self._wake = threading.Event()
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None
        self._riders: list[Waiting[Any]] = []
        #: Whether some strengths wait for it to be worked out when they will have faded.
        self._behind = False
        #: Whether asking is learned from; the settings of the library decide.
        self.learns: Callable[[], bool] = lambda: True

    def clock(self) -> float:
        """What time it is, in seconds since the epoch."""
        return self._store.clock()

    # -- using ---------------------------------------------------------------------------------

    def use(self, scope: str | None, ids: Sequence[int]) -> None:
        """Record that these memories of a scope were used just now, together."""
        if not ids or self._store.read_only:
            return
        now, settings = self._store.clock(), self.settings
        with self._lock:
            before = self._latest.get(scope)
            if before is None:
                if len(self._latest) >= _SCOPES:
                    del self._latest[next(iter(self._latest))]
                before = self._latest[scope] = deque(maxlen=settings.window)
            for id in ids:
                self._wait(id, now, settings.use)
                for other in before:
                    if other != id:
                        self._bind(id, other, settings.link, now, 1)
                if id in before:
                    before.remove(id)
                before.append(id)
            self._begin()

    def recalled(self, scope: str | None, ids: Sequence[int]) -> None:
        """Record that asking has used these memories, where the library learns from asking."""
        # Whether it learns is asked of the library: not where nothing could be learned.
        if ids and not self._store.read_only and self.learns():
            self.use(scope, ids)

    def seen(self, ids: Iterable[int]) -> None:
        """Record that these were read just now, each by itself: links are made by recall alone."""
        if self._store.read_only:
            return
        now, amount = self._store.clock(), self.settings.use
        with self._lock:
            for id in ids:
                self._wait(id, now, amount)
            if self._uses:
                self._begin()

    def _wait(self, id: int, now: float, amount: float) -> None:
        waiting = self._uses.get(id)
        if waiting is not None:
            _add(waiting, now, amount)
        elif len(self._uses) < _MOST_USES:
            self._uses[id] = [(now, amount, 1)]

    def together(self, ids: Sequence[int]) -> None:
        """Record that these memories came together, without being used."""
        if len(ids) < 2 or self._store.read_only:
            return
        now = self._store.clock()
        with self._lock:
            for a, b in combinations(ids, 2):
                self._bind(a, b, self.settings.link_told, now, 0)
            self._begin()

    def ride(self, rider: Waiting[Any]) -> None:
        """Let something be written along with the uses from now on."""
        self._riders.append(rider)

    def nudge(self) -> None:
        """A rider has something to write."""
        with self._lock:
            self._begin()

    def catch_up(self) -> None:
        """Some strengths were written without it being said when they will have faded."""
        if not self._store.read_only:
            self._behind = True
            self.nudge()

    def _bind(self, a: int, b: int, step: float, now: float, times: int) -> None:
        pair = (a, b) if a < b else (b, a)
        before = self._links.get(pair)
        if before is not None:
            self._links[pair] = before[0] + step, now, before[2] + times
        elif len(self._links) < _MOST_LINKS:
            self._links[pair] = step, now, times

    def _begin(self) -> None:
        if self._thread is None and not self._closed.is_set():
            self._thread = threading.Thread(target=self._run, name="strengths", daemon=True)
            self._thread.start()
        if not self._wake.is_set():
            self._wake.set()

    def _run(self) -> None:
        pause = _WAIT
        while True:
            self._wake.wait()
            if self._closed.wait(pause):
                return
            self._wake.clear()
            if self._closed.is_set():
                # Woken to end just now: waiting again would be for ever.
                return
            begun = time.thread_time()
            try:
                self.flush()
            except LibraryError:
                # Another program holds the library, or its disk is full: it is tried again.
                self._wake.set()
            # Where thousands are recalled each second, they pay for it but a little.
            pause = min(max(_WAIT, (time.thread_time() - begun) / _SHARE), _LONGEST)

    def flush(self) -> None:
        """Write what was used since the last time; where that fails with an error it waits on."""
        with self._writing:
            with self._lock:
                uses, self._uses = self._uses, {}
                links, self._links = self._links, {}
                self._leaving = uses
            riders = [rider for rider in self._riders if rider]
            if not uses and not links and not riders and not self._behind:
                return
            written = False
            try:
                self._store.write(lambda connection: self._write(connection, uses, links, riders))
                written = True
                for rider in riders:
                    rider.wrote()
            finally:
                with self._lock:
                    self._leaving = {}
                    if not written:
                        self._take_back(uses, links)

    def _take_back(
        self, uses: dict[int, Uses], links: dict[Pair, tuple[float, float, int]]
    ) -> None:
        for id, steps in uses.items():
            self._uses[id] = steps + self._uses.get(id, [])
        for pair, (step, at, times) in links.items():
            later = self._links.get(pair, (0.0, at, 0))
            self._links[pair] = step + later[0], later[1], times + later[2]

    def close(self) -> None:
        """Write what is left and end the thread."""
        self._closed.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()
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
        came = rows.came(connection, uses)
        held = rows.by_ids(connection, list(came))
        logs = {id: use_history.unpacked(log) for id, log in rows.logs(connection, held).items()}
        after = []
        for id, each in came.items():
            row, log = held.get(id) or self.new(id, each), logs.setdefault(id, [])
            row = use_history.settled(
                row, log, uses[id][0][0], self._half_life(each), self.settings
            )
            for step in uses[id]:
                row = self._after(row, [step], each.kind)
                log.append(Use(step[0], row.weight, step[1]))
            after.append(row)
        self.put(connection, after, came)
        rows.put_logs(connection, {id: use_history.packed(logs[id]) for id in came})
        self._behind = self._work_out(connection)
        if self._behind:
            self._wake.set()
        working.touch(connection, {id: steps[-1][0] for id, steps in uses.items()}, SLOTS)
        known = rows.learned(connection, links)
        rows.put_links(
            connection,
            [self._bound(pair, known.get(pair), step, at) for pair, (step, at, _) in links.items()],
        )
        gists.count_together(
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
        wanted = list(ids)
        held = rows.by_ids(connection, wanted)
        came = rows.came(connection, [id for id in wanted if id not in held])
        return {**held, **{id: self.new(id, each) for id, each in came.items()}}

    def new(self, id: int, came: Came) -> StrengthRow:
        """The strength of an engram that was never used."""
        matter = salience(came.said)
        stability = plasticity.first_stability(matter, self.settings)
        first, since = self.settings.first, came.since
        return StrengthRow(id, first, since, 0, stability, matter, came=since)

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
            archived=LET_GO if row.archived == LET_GO else None,
            days=days, windows=windows, ripe=ripe,
        )  # fmt: skip

    def pin(self, connection: sqlite3.Connection, ids: Sequence[int], pinned: bool) -> int:
        """Let these fade no more from what they are now, or again; returns how many there are.

        What was laid aside or let go stays so.
        """
        now = self._store.clock()
        held, came = self._settled(connection, ids, now), rows.came(connection, ids)
        after = [
            replace(held[id], weight=self.now(held[id], each.kind), used=now, pinned=pinned)
            for id, each in came.items()
        ]
        self.put(connection, after, came)
        return len(after)

    def strengthen(
        self, connection: sqlite3.Connection, ids: Sequence[int], amount: float
    ) -> dict[int, float]:
        """Add to the strengths of these; returns what they are now. To be called in a write."""
        now = self._store.clock()
        came = rows.came(connection, ids)
        held = self._settled(connection, ids, now)
        after = [
            replace(self._after(held[id], [(now, amount, 1)], each.kind), archived=None)
            for id, each in came.items()
        ]
        self.put(connection, after, came)
        logs = rows.logs(connection, came)
        for row in after:
            log = [*use_history.unpacked(logs.get(row.engram, b"")), Use(now, row.weight, amount)]
            logs[row.engram] = use_history.packed(log)
        rows.put_logs(connection, logs)
        return {row.engram: row.weight for row in after}

    def _settled(
        self, connection: sqlite3.Connection, ids: Iterable[int], now: float
    ) -> dict[int, StrengthRow]:
        """`stored`, with what was used while the clock was wrong set right."""
        held = self.stored(connection, ids)
        logs = {id: use_history.unpacked(log) for id, log in rows.logs(connection, held).items()}
        astray = [id for id, row in held.items() if use_history.astray(row, logs.get(id, ()), now)]
        for id, each in rows.came(connection, astray).items() if astray else ():
            half_life = self._half_life(each)
            held[id] = use_history.settled(
                held[id], logs.get(id, ()), now, half_life, self.settings
            )
        return held

    def rows(self, connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, StrengthRow]:
        """What is known of the strengths of these, with what is not written yet.

        `weight` is as it was at the time `used`; see `now`.
        """
        held = self._settled(connection, ids, self._store.clock())
        waiting = self._waiting(held)
        if waiting:
            kinds = rows.came(connection, waiting)
            for id in kinds:
                held[id] = self._after(held[id], waiting[id], kinds[id][0])
        return held

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

    def now(self, row: StrengthRow, kind: str = "fact") -> float:
        """What is left of a strength by now."""
        return self.at(row, kind, self._store.clock())

    def at(self, row: StrengthRow, kind: str, moment: float) -> float:
        """What is left of a strength at a moment, in seconds since the epoch."""
        if row.pinned:
            return row.weight
        aged = stages.ageing(row.came, row.ripe, row.used, moment)
        return plasticity.fade(row.weight, aged, self.settings.half_life(kind))

    def of_facts(
        self,
        connection: sqlite3.Connection,
        found: Sequence[FactRow],
    ) -> dict[int, tuple[float, bool]]:
        """The strengths of facts by now, and whether they are archived."""
        settings, now = self.settings, self._store.clock()
        waiting = self.waiting(row.id for row in found)
        used = [row.id for row in found if row.weight is not None or row.id in waiting]
        held = self.rows(connection, used) if used else {}
        strong: dict[int, tuple[float, bool]] = {}
        for row in found:
            each = held.get(row.id)
            if each is not None:
                strong[row.id] = self.now(each, row.kind), each.archived is not None
            else:
                # What was never used is as it came, and was not read for that.
                aged = stages.ageing(row.told, None, row.told, now)
                left = plasticity.fade(settings.first, aged, settings.half_life(row.kind))
                strong[row.id] = left, False
        return strong


def layer(row: StrengthRow) -> Layer:
    """Whether a memory was kept for long."""
    return Layer.WORKING if row.kept is None else Layer.LONG_TERM


def lasting(row: StrengthRow, kind: str) -> float:
    """The stability of a memory of a kind where it lies, in hours."""
    return stores.lasting(row.stability, kind, row.reward, layer(row))


def _add(uses: Uses, now: float, amount: float) -> None:
    if uses and 0 <= now - uses[-1][0] < _MOMENT:
        _, before, times = uses[-1]
        uses[-1] = (now, before + amount, times + 1)
    else:
        uses.append((now, amount, 1))
