"""The concept graph of one library, linked up to the latest statement.

Rows are read by the functions of `store.graph` inside `reading()`, which links pending engrams
first. A read-only library answers from what is linked.
"""

import contextlib
import json
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.errors import LibraryError
from workbench.jobs import Cancel, Report, silent
from workbench.memory.concepts.keys import key_of
from workbench.memory.concepts.records import Trace
from workbench.memory.graph import graph_view
from workbench.memory.graph.background import Background
from workbench.memory.graph.graph_view import GraphView, RelationCount, ordered
from workbench.memory.graph.kinds import NAMES
from workbench.memory.graph.linking import Linker, Tracer
from workbench.memory.graph.people import core
from workbench.memory.graph.records import LinkingProgress
from workbench.memory.graph.relations import EXTRACTOR
from workbench.memory.graph.stating import Stating
from workbench.memory.graph.termhood import ENTITY_TYPES, Termhood, measure_termhood
from workbench.memory.hebbian_links import concepts_recalled_together
from workbench.store import (
    derived,
    details,
    facts,
    graph,
    graph_rows,
    meta,
    relation_rows,
    sayings,
    sources,
    strengths,
    text,
    verdicts,
)
from workbench.store.graph import ConceptRow, Places
from workbench.store.store import Store
from workbench.store.verdicts import REJECTED

# -- graph views -----------------------------------------------------------------------------------
# Caches the drawn graph of a library until the library changes.
#
# Termhood is recomputed only if the sources or their concepts change, and is stored in the file,
# so that the next start has it immediately.

#: To be raised when other concepts are selected from the same text, to invalidate stored results.
VERSION = 6
_KIND = "telling"
#: The fields of termhood by concept, source or group.
_MAPPINGS = ("scores", "group_of", "sentences", "words", "copies")
#: Words from which a library keeps its termhood, and the growth of linked statements before it is
#: recomputed during linking.
_LARGE, _MORE = 20_000, 1.5
#: Maximum number of scopes whose graphs are cached.
_CACHED = 4


class GraphViews:
    """The drawn graphs of one library. Thread-safe."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._termhood: tuple[_Revision, Termhood] | None = None
        #: By revision: the graph of statements, the version of links, and the graph with those.
        self._graphs: OrderedDict[object, tuple[GraphView, int, GraphView]] = OrderedDict()

    def graph(self, connection: sqlite3.Connection, places: Places) -> GraphView:
        """The graph of visible places, at the snapshot of a connection."""
        at = _read_moment(connection)
        moves = meta.get(connection, meta.GRAPH_MOVES)
        moment = at, moves, tuple(sorted(verdicts.verdicts(connection).items())), places
        with self._lock:
            base, made, view = self._graphs.get(moment) or (None, -1, None)
            if base is None:
                base = _build(connection, self._load_termhood(connection), places)
            version = strengths.link_version(connection)
            if view is None or made != version:
                view = base.with_recalled(self._recalled(connection, places))
                self._graphs[moment] = base, version, view
                while len(self._graphs) > _CACHED:
                    self._graphs.popitem(last=False)
            return view

    def _recalled(
        self, connection: sqlite3.Connection, places: Places
    ) -> dict[tuple[int, int], float]:
        parted = verdicts.parted(connection)
        recalled = concepts_recalled_together(connection, self._store.clock(), places)
        return {ends: share for ends, share in recalled.items() if ends not in parted}

    def without_copies(self, connection: sqlite3.Connection, places: Places) -> Places:
        """These places without copies: each work in one of its formats."""
        copies = self.copies(connection).items()
        hidden = {copy for copy, original in copies if original in places}
        return Places(places.included, places.hidden | hidden)

    def copies(self, connection: sqlite3.Connection) -> Mapping[int, int]:
        """Sources that are copies of an earlier one in another format: copy → original."""
        with self._lock:
            return self._load_termhood(connection).copies

    def learn(self) -> None:
        """Compute termhood ahead, as in the background after linking."""
        with self._store.read() as connection:
            self.copies(connection)

    def _load_termhood(self, connection: sqlite3.Connection) -> Termhood:
        at, cached = _read_moment(connection), self._termhood
        if cached is not None and (cached[0] == at or not at.needs_learning(cached[0])):
            return cached[1]
        termhood = _read(connection) if derived.stamp(connection, _KIND) == at.stamp else None
        if termhood is None:
            termhood = measure_termhood(connection)
            if at.linked >= at.end and sum(termhood.words.values()) >= _LARGE:
                self._store_termhood(at, termhood)
        self._termhood = at, termhood
        return termhood

    def _store_termhood(self, at: "_Revision", termhood: Termhood) -> None:
        def work(connection: sqlite3.Connection) -> None:
            if _read_moment(connection) == at:
                derived.store(connection, _KIND, at.stamp, _arrays(termhood))

        # If the library cannot be written now, the next start computes it again.
        with contextlib.suppress(LibraryError):
            self._store.write(work)


class _Revision(NamedTuple):
    """The revision of the sources: `linked` up to a statement, of those to `end`.

    `apart` are the sources that their reader counts as works of their own.
    """

    linked: int
    end: int
    sources: tuple[int, ...]
    removals: int
    moves: int
    apart: tuple[int, ...]

    @property
    def stamp(self) -> str:
        """This revision as stored with the termhood."""
        return json.dumps([VERSION, *self])

    def needs_learning(self, previous: "_Revision") -> bool:
        """Whether recomputing is worthwhile, since linking may still be in progress."""
        return self.linked >= self.end or self.linked > _MORE * previous.linked


def _read_moment(connection: sqlite3.Connection) -> _Revision:
    extents = [extent for extent in text.extents(connection) if not extent.trashed]
    end = max((extent.last for extent in extents), default=0)
    return _Revision(
        min(graph.linked(connection), end),
        end,
        tuple(sorted({extent.source for extent in extents})),
        meta.number(connection, meta.REMOVALS),
        meta.number(connection, meta.CONCEPT_MOVES),
        details.separate_works(connection),
    )


def _build(connection: sqlite3.Connection, termhood: Termhood, places: Places) -> GraphView:
    note_counts = graph_rows.statement_mentions(connection)
    selected = termhood.scores.keys() | note_counts.keys()
    rows = [
        row
        for row in graph_rows.mentioning(connection, selected, places)
        if row[0] in note_counts or termhood.is_term(*row[:2])
    ]
    mentioned = {row[0] for row in rows}
    if places.included is not None:
        note_counts = {
            concept: number for concept, number in note_counts.items() if concept in mentioned
        }
    by_id = graph.by_ids(connection, mentioned | note_counts.keys())
    names = {id: row.name for id, row in by_id.items()}
    named = {id for id in note_counts if id in by_id and by_id[id].type in ENTITY_TYPES}
    judged = verdicts.verdicts(connection)
    minimum = termhood.loose_minimum
    relations: dict[tuple[int, int], RelationCount] = {}
    for head, type, tail, place, count, plainly in sayings.worded(connection, places):
        # In a long text, an uncertain statement is as likely wrong as right.
        number = count if count >= minimum or termhood.is_short(place) else plainly
        if (
            number
            and head in selected
            and tail in selected
            and judged.get((head, type, tail)) != REJECTED
        ):
            ends = ordered(head, tail)
            previous, certain, in_notes = relations.get(ends, (0, False, False))
            certain, in_notes = certain or termhood.is_short(place), in_notes or place < 0
            relations[ends] = RelationCount(previous + number, certain, in_notes)
    hidden = {ordered(*ends) for ends in verdicts.parted(connection)}
    termhood = replace(termhood, firm=termhood.firm | named)
    return graph_view.build_view(
        termhood, note_counts, rows, relations, names, hidden - relations.keys()
    )


def _arrays(termhood: Termhood) -> Mapping[str, NDArray[Any]]:
    state = {name: list(getattr(termhood, name).items()) for name in _MAPPINGS}
    state |= {
        "themes": [(key, list(concepts)) for key, concepts in termhood.themes.items()],
        "firm": list(termhood.firm),
        "exceptions": list(termhood.exceptions),
    }
    return {"state": np.frombuffer(json.dumps(state).encode(), np.uint8), "unfit": termhood.unfit}


def _read(connection: sqlite3.Connection) -> Termhood | None:
    arrays = derived.load(connection, _KIND, ("state", "unfit"))
    if arrays is None:
        return None
    state = json.loads(arrays["state"].tobytes())
    return Termhood(
        **{name: dict(state[name]) for name in _MAPPINGS},
        themes={key: frozenset(concepts) for key, concepts in state["themes"]},
        firm=frozenset(state["firm"]),
        exceptions=frozenset(map(tuple, state["exceptions"])),
        unfit=arrays["unfit"],
    )


# -- concept graph ---------------------------------------------------------------------------------


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
