"""The concept graph of one library, linked up to the latest statement.

Rows are read by the functions of `store.graph` inside `reading()`, which links pending engrams
first. A read-only library answers from what is linked.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from workbench.jobs import Cancel, Report, silent
from workbench.memory.concepts.keys import key_of
from workbench.memory.concepts.records import Trace
from workbench.memory.graph.background import Background
from workbench.memory.graph.graph_views import GraphViews
from workbench.memory.graph.kinds import NAMES
from workbench.memory.graph.linking import Linker, Tracer
from workbench.memory.graph.people import core
from workbench.memory.graph.records import LinkingProgress
from workbench.memory.graph.relations import EXTRACTOR
from workbench.memory.graph.stating import Stating
from workbench.store import facts, graph, relation_rows, sources, text
from workbench.store.graph import ConceptRow, Places
from workbench.store.store import Store


def tracing() -> Tracer:
    """The function that finds concepts in texts; loading its rules takes a moment."""
    from workbench.memory.concepts.tracing import trace

    return trace


#: Seconds for which a caller waits for pending links.
WAIT_SECONDS = 2.0
#: Pending statements that are processed even for an impatient caller.
_SMALL_BACKLOG = 64
#: Topics of changes that may add or remove text.
_TOPICS = frozenset(("facts", "sources"))


class ConceptGraph:
    """The concepts of one library. Thread-safe.

    `tracer()` loads the function that finds concepts, at its first use; `unite` merges certain
    aliases in the background, which slows down while `busy`.
    """

    def __init__(
        self,
        store: Store,
        tracer: Callable[[], Tracer] = tracing,
        unite: Callable[[Cancel], object] | None = None,
        busy: Callable[[], bool] = lambda: False,
    ) -> None:
        self.store = store
        self.linker = Linker(store, tracer)
        self.graphs = GraphViews(store)
        self._tracer = tracer
        self.stating = Stating(store)

        # Adding a source merges names, too: two merges at once take each other's rows.
        settling = threading.Lock()

        def settle(cancel: Cancel) -> None:
            # Last, since merging invalidates what was learned about words.
            with settling:
                if unite is not None:
                    unite(cancel)
                self.graphs.learn()

        self._settle = None if unite is None else settle
        self.background = Background(self.linker, self.stating, self._settle, busy)

    def catch_up(self, report: Report = silent, cancel: Cancel | None = None) -> int:
        """Link pending engrams; returns how many. Raises `Cancelled`."""
        return self.linker.catch_up(report, cancel)

    def complete(self, report: Report, cancel: Cancel) -> None:
        """Link pending engrams, extract their triples and merge names. Raises `Cancelled`."""
        linked = self.catch_up(report, cancel) + self.stating.catch_up(report, cancel)
        if linked and self._settle is not None:
            self._settle(cancel)

    def wake(self, topic: str) -> None:
        """Schedule linking after a change, within a second, in the background."""
        if topic in _TOPICS:
            self.background.wake()

    def calm(self) -> bool:
        """Whether nothing is pending, or nothing can be stored."""
        return self.linker.read_only or self.linker.backlog() + self.stating.backlog() == 0

    def backlog(self) -> int:
        """About how many engrams are not linked yet; 0 only if none."""
        return self.linker.backlog()

    def progress(self) -> LinkingProgress | None:
        """The progress of linking and extraction over sources; None if nothing is pending."""
        if self.calm():
            return None
        with self.store.read() as connection:
            extracted, linked, _ = relation_rows.pending(connection, EXTRACTOR)
            extents = [extent for extent in text.extents(connection) if not extent.trashed]
            left = [extent for extent in extents if extent.last > extracted]
            if not left:
                return None
            at = left[0].source
            title = sources.by_id(connection, at).title
        # Both passes visit all statements in order: concepts first, then associations.
        spans = [(extent.first, extent.last) for extent in extents if extent.source == at]
        size = sum(end - first + 1 for first, end in spans)
        finished = sum(
            max(0, min(mark, end) - first + 1)
            for mark in (linked, extracted)
            for first, end in spans
        )
        owners = {extent.source for extent in extents}
        return LinkingProgress(
            len({extent.source for extent in left}), len(owners), title, finished / (2 * size)
        )

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to a consistent snapshot in which all engrams are linked.

        If more is pending than two seconds suffice for (many books were just added), the rest
        follows in the background; see `backlog`.
        """
        if self.linker.catch_up(patience=WAIT_SECONDS) and self.backlog():
            self.background.wake()
        with self.store.read() as connection:
            yield connection

    @contextmanager
    def reading_triples(self) -> Iterator[sqlite3.Connection]:
        """`reading` with triples extracted from all engrams, as far as two more seconds allow."""
        self.linker.catch_up(patience=WAIT_SECONDS)
        if self.stating.catch_up(patience=WAIT_SECONDS) and self.stating.backlog():
            self.background.wake()
        with self.reading() as connection:
            yield connection

    @contextmanager
    def glimpsed(self) -> Iterator[sqlite3.Connection]:
        """`reading_triples` without waiting: pending engrams are processed later."""
        if self.linker.backlog() + self.stating.backlog() <= _SMALL_BACKLOG:
            with self.reading_triples() as connection:
                yield connection
            return
        self.background.begin()
        with self.store.read() as connection:
            yield connection

    def trace(self, words: str) -> Trace:
        """The concepts that a text names, in order, and their relations."""
        return self._tracer()(words)

    def find_named(self, connection: sqlite3.Connection, words: str) -> list[ConceptRow]:
        """The concepts that a text names, in order; none if it names none.

        A name that no rule finds is looked up verbatim, then as adjacent names, then as part of the
        most mentioned full name ("Hatty Doran": Miss Hatty Doran).
        """
        keys = [span.key for span in self.trace(words).spans]
        owners = graph.by_keys(connection, keys)
        ids = dict.fromkeys(owners[key] for key in keys if key in owners)
        if not ids:
            # A name is not a plural, whatever its ending: "Silas" is part of Silas Marner.
            ids = dict.fromkeys(graph.by_keys(connection, [key_of(words, plural=False)]).values())
        if not ids:
            by_name = graph.ids_by_name(connection, words) or graph.side_by_side(connection, words)
            parts = core(words) or frozenset()
            if not by_name and len(parts) > 1:
                names = [
                    row for row in graph.like(connection, words.split()[-1]) if row.type in NAMES
                ]
                by_name = [row.id for row in names if parts <= (core(row.name) or frozenset())][:1]
            ids = dict.fromkeys(by_name)
        rows = graph.by_ids(connection, ids)
        return [rows[id] for id in ids if id in rows]

    def places(self, connection: sqlite3.Connection, collection: str | None = None) -> Places:
        """The visible places of a collection (None: of the library), without the trash.

        Of a work in two formats only the first. An unknown collection has none.
        """
        scope = None if collection is None else facts.scope_id(connection, collection)
        if collection is not None and scope is None:
            return Places(frozenset())
        return self.graphs.without_copies(connection, graph.places(connection, scope))

    def visible_places(self, connection: sqlite3.Connection, collection: str | None) -> Places:
        """`places` of an existing collection. Raises `NotFoundError`."""
        facts.require_scope(connection, collection)
        return self.places(connection, collection)

    def close(self) -> None:
        """Stop the background thread; pending engrams are linked on demand."""
        self.background.close()
