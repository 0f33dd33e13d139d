"""Linking: finds the concepts of engrams and joins them with known ones.

Engrams are traced in the order of their ids, in batches; each is one transaction that also advances
the mark in `meta`, so that nothing is linked twice or omitted, whenever a program ends and however
many of them link. Tracing needs no lock; only writing does.
"""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Protocol

from workbench.memory.concepts.records import Trace
from workbench.memory.graph.batches import InBatches
from workbench.store import concept_mentions, graph, meta, unlinked
from workbench.store.concept_mentions import GONE_FIBERS, NewFiber
from workbench.store.store import Store
from workbench.store.unlinked import Unlinked

#: Engrams per batch: writing their concepts takes some hundredths of a second.
_BATCH = 256


class Tracer(Protocol):
    """Traces a text (`concepts.tracing.trace`)."""

    def __call__(self, text: str, *, language: str = "", at: float | None = None) -> Trace:
        """The trace of a text stated at a time in a language ("" if unknown)."""


class Linker(InBatches):
    """Links the engrams of one library. Thread-safe.

    `tracer()` loads the tracer at its first use.
    """

    _stage = "linking"

    def __init__(self, store: Store, tracer: Callable[[], Tracer]) -> None:
        super().__init__(store)
        self._tracer = tracer
        self._trace: Tracer | None = None

    def _left(self, connection: sqlite3.Connection) -> int:
        linked, end, more = graph.pending(connection)
        return max(end - linked, 0) + more

    def _batch(self, limit: int | None) -> int:
        return self._forward(limit) or self._relink() or self._settle()

    def _forward(self, limit: int | None) -> int:
        size = min(_BATCH, limit or _BATCH)
        with self._store.read() as connection:
            mark = graph.linked(connection)
            end, waiting = unlinked.after(connection, mark, size)
        if not end:
            return 0
        fibers = self.traced(waiting)
        with self._store.read() as connection:
            prepared = concept_mentions.spin(connection, fibers)

        def work(connection: sqlite3.Connection) -> None:
            if graph.linked(connection) != mark:
                # Another program has linked them meanwhile.
                return
            meta.put(connection, meta.LINKED, end)
            # Engrams stored with a fiber (a database's schema) have one already.
            had = unlinked.linked(connection, mark, end)
            remaining = [
                fiber for fiber in _existing(connection, fibers) if fiber.engram not in had
            ]
            if len(remaining) < len(fibers) or not concept_mentions.weave(connection, prepared):
                concept_mentions.weave(connection, concept_mentions.spin(connection, remaining))

        self._store.write(work)
        return end - mark

    def _relink(self) -> int:
        with self._store.read() as connection:
            ids, waiting = unlinked.out_of_turn(connection, _BATCH)
        if not ids:
            return 0
        fibers = self.traced(waiting)

        def work(connection: sqlite3.Connection) -> None:
            unlinked.mark_traced(connection, ids)
            concept_mentions.reweave(connection, _existing(connection, fibers))

        self._store.write(work)
        return len(ids)

    def _settle(self) -> int:
        if not self._store.rows(f"{GONE_FIBERS} LIMIT 1"):
            return 0
        return self._store.write(lambda c: concept_mentions.settle(c, _BATCH))

    def traced(self, waiting: Sequence[Unlinked]) -> list[NewFiber]:
        """The fibers of engrams, by tracing their texts."""
        if self._trace is None:
            self._trace = self._tracer()
        trace = self._trace
        return [
            NewFiber(
                row.engram,
                row.place,
                row.at,
                trace(row.text, language=row.language, at=row.at),
            )
            for row in waiting
        ]


def _existing(connection: sqlite3.Connection, fibers: Sequence[NewFiber]) -> Sequence[NewFiber]:
    """The fibers whose engrams still exist."""
    if not fibers:
        return fibers
    existing = unlinked.existing(connection, [fiber.engram for fiber in fibers])
    return [fiber for fiber in fibers if fiber.engram in existing]
