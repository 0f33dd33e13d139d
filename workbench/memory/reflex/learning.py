"""Learning from recall: fibers that led to an answer conduct better.

Only what was used as the answer learns, never what merely came to mind: its fiber conducts, and the
associations along it are reinforced by Hebb's rule, both saturating. It is written off the path of
reading, along with the strengths of use, and changes no score by which memories are ranked.
"""

import sqlite3
import threading
from collections.abc import Callable, Sequence

from workbench.memory.reflex.fibers import CONDUCTING
from workbench.memory.reflex.settings import BrainConfig
from workbench.memory.reflex.synapses import hebbian, time_decay
from workbench.memory.strengths import Strengths
from workbench.store import conduction, graph
from workbench.store.concept_mentions import triples_of
from workbench.store.store import Store

#: Answers that wait to be written at most.
_MOST = 10_000
#: How active both ends of an association are that an answer runs along.
_ACTIVE = 1.0
_HOUR = 3600.0

Used = dict[int, tuple[int, float]]


class Learning:
    """Writes down which fibers have led to answers. Every method may be called from any thread."""

    def __init__(
        self, store: Store, strengths: Strengths, settings: Callable[[], BrainConfig]
    ) -> None:
        self._store = store
        self._strengths = strengths
        self._settings = settings
        self._lock = threading.Lock()
        self._waiting: Used = {}
        self._leaving: Used = {}
        strengths.ride(self)

    def conduct(self, engrams: Sequence[int]) -> None:
        """Record that these memories were the way to an answer; nothing where recall may not."""
        if not engrams or self._store.read_only or not self._settings().learning:
            return
        now = self._store.clock()
        with self._lock:
            for id in engrams:
                if id in self._waiting or len(self._waiting) < _MOST:
                    times, _ = self._waiting.get(id, (0, now))
                    self._waiting[id] = times + 1, now
        self._strengths.nudge()

    # -- riding along with the strengths --------------------------------------------------------

    def waits(self) -> bool:
        """Whether there is anything to write."""
        return bool(self._waiting)

    def write(self, connection: sqlite3.Connection) -> None:
        """Write what waits. To be called in a write, and `wrote` after it."""
        with self._lock:
            self._leaving = dict(self._waiting)
        used = self._leaving
        conduction.conduct(connection, used, CONDUCTING)
        ties = {
            triple: used[id]
            for id, fiber in graph.fibers(connection, used).items()
            for triple in triples_of(fiber.way)
        }
        settings = self._settings()
        after = []
        for triple, (weight, count, last) in conduction.learned(connection, ties.keys()).items():
            times, at = ties[triple]
            if last is not None:
                weight = time_decay(weight, max(0.0, at - last) / _HOUR, count)
            for _ in range(times):
                weight = hebbian(
                    weight, _ACTIVE, _ACTIVE, count, settings.reinforcement_delta, settings
                )
                count += 1
            after.append((triple, (weight, count, at)))
        conduction.learn(connection, after)

    def wrote(self) -> None:
        """What was written last is committed."""
        with self._lock:
            for id, (times, _) in self._leaving.items():
                before, at = self._waiting.get(id, (0, 0.0))
                if before > times:
                    self._waiting[id] = before - times, at
                else:
                    self._waiting.pop(id, None)
            self._leaving = {}
