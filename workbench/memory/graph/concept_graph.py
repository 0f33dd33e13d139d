"""The concept graph of one library, linked up to the latest statement.

Rows are read by the functions of `store.graph` inside `reading()`, which sees its own writes: it
first links what is left. A library that can only be read answers from what is linked.
"""

import sqlite3
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
    """What finds concepts in the library's texts; its rules take a moment to be loaded."""
    from workbench.memory.concepts.tracing import trace

    return trace


#: Seconds for which whoever asks for concepts waits until what was told and read is linked.
WAIT_SECONDS = 2.0
#: Statements that are linked and drawn from while somebody waits who shall not wait long.
_SMALL_BACKLOG = 64
#: Changes that may bring or take words.
_TOPICS = frozenset(("facts", "sources"))


class ConceptGraph:
    """The concepts of one library. Every method may be called from any thread.

    `tracer()` gives what finds concepts in a text, when it is needed first; `unite` makes names one
    that surely mean one thing, in the background, which goes slowly while `busy` says so.
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

        def settle(cancel: Cancel) -> None:
            # Learned last, for what was learned of words is stale once names are one.
            if unite is not None:
                unite(cancel)
            self.graphs.learn()

        after_linking = None if unite is None else settle
        self.background = Background(self.linker, self.stating, after_linking, busy)

    def catch_up(self, report: Report = silent, cancel: Cancel | None = None) -> int:
        """Link what is left; returns how many engrams that were. Raises `Cancelled`."""
        return self.linker.catch_up(report, cancel)

    def wake(self, topic: str) -> None:
        """Something was told or read: it is linked within a second, in the background."""
        if topic in _TOPICS:
            self.background.wake()

    def calm(self) -> bool:
        """Whether nothing is being linked or drawn from: all is, or nothing can be stored."""
        return self.linker.read_only or self.linker.backlog() + self.stating.backlog() == 0

    def backlog(self) -> int:
        """About how many engrams are not linked yet; 0 where all are."""
        return self.linker.backlog()

    def progress(self) -> LinkingProgress | None:
        """How far sources are linked and drawn from; None where nothing is left to do."""
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
        # Both passes go over all statements in their order: concepts first, then associations.
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
    def reading(self, patience: float = WAIT_SECONDS) -> Iterator[sqlite3.Connection]:
        """Lend a connection that sees one moment of the library, in which all is linked.

        Where more is left than `patience` seconds are enough for (a shelf of books was just
        added), the rest follows in the background, and `backlog` tells how much that is.
        """
        if self.linker.catch_up(patience=patience) and self.backlog():
            self.background.wake()
        with self.store.read() as connection:
            yield connection

    @contextmanager
    def reading_triples(self, patience: float = WAIT_SECONDS) -> Iterator[sqlite3.Connection]:
        """`reading` in which triples are drawn from all, or from what `patience` seconds allow."""
        self.linker.catch_up(patience=patience)
        if self.stating.catch_up(patience=patience) and self.stating.backlog():
            self.background.wake()
        with self.reading(patience) as connection:
            yield connection

    @contextmanager
    def glimpsed(self) -> Iterator[sqlite3.Connection]:
        """`reading_triples` for whoever shall not wait: what is left is done later."""
        if self.linker.backlog() + self.stating.backlog() <= _SMALL_BACKLOG:
            with self.reading_triples() as connection:
                yield connection
            return
        self.background.begin()
        with self.store.read() as connection:
            yield connection

    def trace(self, words: str) -> Trace:
        """The concepts that a text names, in its order, with what joins them."""
        return self._tracer()(words)

    def find_named(self, connection: sqlite3.Connection, words: str) -> list[ConceptRow]:
        """The concepts that a text names, in the order of the text; none where it names none.

        A name that no rule finds in it is looked for as it stands, then as names side by side, then
        as a part of the fullest name that is mentioned most ("Hatty Doran": Miss Hatty Doran).
        """
        keys = [span.key for span in self.trace(words).spans]
        owners = graph.by_keys(connection, keys)
        ids = dict.fromkeys(owners[key] for key in keys if key in owners)
        if not ids:
            # A name is no plural, whatever it ends in: what became Silas Marner is "Silas".
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
        """What may be shown of a collection (None: of the library), without the trash.

        Of a work in two forms, only the first is. A collection that is not there has nothing.
        """
        scope = None if collection is None else facts.scope_id(connection, collection)
        if collection is not None and scope is None:
            return Places(frozenset())
        return self.graphs.without_copies(connection, graph.places(connection, scope))

    def visible_places(self, connection: sqlite3.Connection, collection: str | None) -> Places:
        """`places` of a collection that must be there. Raises `NotFoundError`."""
        facts.require_scope(connection, collection)
        return self.places(connection, collection)

    def close(self) -> None:
        """End what runs in the background; what is not linked yet is when it is asked for."""
        self.background.close()
