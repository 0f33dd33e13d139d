"""Learning from recall: fibers that led to an answer conduct better.

Only a memory used as an answer learns, not merely activated ones: its fiber gains conductivity, and
the associations along it are reinforced by Hebb's rule, both saturating. This is written off the
read path, along with the strengths of use, and changes no ranking score.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence

from workbench.memory.plasticity import hebb
from workbench.memory.reflex.activation import CONDUCTING, time_decay
from workbench.memory.reflex.settings import BrainConfig
from workbench.memory.strengths import Strengths, Waiting
from workbench.store import graph, synapses
from workbench.store.concept_mentions import triples_of
from workbench.store.store import Store

#: Maximum queued answers.
_QUEUE_LIMIT = 10_000
_HOUR = 3600.0


class Learning:
    """Records which fibers have led to answers. Thread-safe."""

    def __init__(
        self, store: Store, strengths: Strengths, settings: Callable[[], BrainConfig]
    ) -> None:
        self._store = store
        self._settings = settings
        self._waiting = Waiting[tuple[int, float]](strengths, self._write, _QUEUE_LIMIT)

    def conduct(self, engrams: Sequence[int]) -> None:
        """Record that these memories led to an answer, unless learning is off."""
        if engrams and not self._store.read_only and self._settings().learning:
            timestamp = self._store.clock()
            self._waiting.add(*((id, timestamp) for id in engrams))

    def _write(self, connection: sqlite3.Connection, answers: Sequence[tuple[int, float]]) -> None:
        times = Counter(id for id, _ in answers)
        used = {id: (times[id], at) for id, at in answers}
        synapses.conduct(connection, used, CONDUCTING)
        ties = {
            triple: used[id]
            for id, fiber in graph.fibers(connection, used).items()
            for triple in triples_of(fiber.pathway)
        }
        settings = self._settings()
        after = []
        for triple, (weight, count, previous) in synapses.reinforcement(
            connection, ties.keys()
        ).items():
            repeats, at = ties[triple]
            if previous is not None:
                weight = time_decay(weight, max(0.0, at - previous) / _HOUR, count)
            for _ in range(repeats):
                weight = hebb(
                    weight, count=count, rate=settings.reinforcement_delta,
                    novelty=settings.novelty_boost_max, novelty_decay=settings.novelty_decay_rate,
                )  # fmt: skip
                count += 1
            after.append((triple, (weight, count, at)))
        synapses.learn(connection, after)
