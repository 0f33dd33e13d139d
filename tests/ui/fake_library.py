"""A library in memory with the methods that the window calls: small, and under the test's control.

Sources are made from plain texts; the answers of `ask` are those that a test puts in. Pages are
painted as grey paper by `page_picture`, which counts its calls.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from tests.ui.fake_log import FakeLog
from tests.ui.fake_rest import FakeRest
from workbench.errors import InputError, NotFoundError, WorkbenchError
from workbench.intake.accounting import Account, account
from workbench.intake.records import QueueRow
from workbench.jobs import Cancel, Report, silent
from workbench.memory.facts.fact_details import FactCard
from workbench.memory.facts.records import Fact, Remembered
from workbench.memory.graph.records import Concept, SaidAt, Topic
from workbench.memory.kinds.records import Conflict, Review
from workbench.memory.notes.records import Highlight, NotePlace, Scope, TakenOver
from workbench.memory.vital.records import Alert, Health
from workbench.recall.embedding_models import EmbeddingSpace
from workbench.recall.records import (
    Answer,
    AnswerSentence,
    Coverage,
    Evidence,
    Introduction,
    Place,
    SearchResult,
    SourceRef,
)
from workbench.recall.related import Alike
from workbench.store.kept_originals import Original
from workbench.store.records import CollectionRow, PageRow, PassageRow, SectionRow, SourceRow
from workbench.store.removal import Deletion, Vanishing

if TYPE_CHECKING:
    from workbench.library import Library

Box = tuple[float, float, float, float]


@dataclass
class FakeSource:
    """One source: chapters as (title, text), pages as (label, start, end) of the whole text."""

    row: SourceRow
    sections: list[tuple[str, str]]
    pages: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The source's text: the chapters, one after the other."""
        return "".join(text for _, text in self.sections)


class FakeGroup:
    """A group of the calls of a library that is made up: `group.name` is its `group_name`."""

    def __init__(self, library: "FakeLibrary", name: str) -> None:
        self._library = library
        self._name = name

    def __getattr__(self, name: str) -> Any:
        full = f"{self._name}_{name}"
        return self._library.recorded(full, getattr(self._library, full))


class FakeLibrary(FakeRest, FakeLog):
    """Has the methods of `workbench.library.Library`; `as_library` makes the type checker agree."""

    read_only = False

    def __init__(self) -> None:
        super().__init__()
        self.sources = FakeGroup(self, "sources")
        self.collections = FakeGroup(self, "collections")
        self.queue = FakeGroup(self, "queue")
        self.facts = FakeGroup(self, "facts")
        self.notes = FakeGroup(self, "notes")
        self.graph = FakeGroup(self, "graph")
        self.memory = FakeGroup(self, "memory")
        self.sleep = FakeGroup(self, "sleep")
        self.brain = FakeGroup(self, "brain")
        self.models = FakeGroup(self, "models")
        self.answers = FakeGroup(self, "answers")
        self.vault = FakeGroup(self, "vault")
        self.versions = FakeGroup(self, "versions")
        self.reads = False
        self.path: Path | None = None
        self.books: dict[int, FakeSource] = {}
        self.prepared: dict[str, Answer | WorkbenchError] = {}
        self.thoughts: dict[str, Any] = {}
        self.thought_of: list[str] = []
        self.asked: list[tuple[str, str | None]] = []
        self.abouts: list[str | None] = []
        self.turns: list[tuple[Answer, ...]] = []
        self.introductions: dict[int, Introduction] = {}
        self.names: list[str] = []
        self.ids: dict[str, int] = {}
        self.jobs: list[QueueRow] = []
        self.enqueued: list[tuple[tuple[Path, ...], str | None]] = []
        self.painted: list[tuple[int, int, int]] = []
        self.originals = True
        self.lost: list[int] = []
        self.facts_told: list[Fact] = []
        self.marked: dict[int, Highlight] = {}
        self.kept: dict[int, tuple[Original, bytes]] = {}
        self.gate = threading.Event()
        self.gate.set()
        self.threads: set[int] = set()
        self._listeners: list[Callable[[str], None]] = []
        self.queue_paused = False
        self.near: list[Alike] = []

    # -- what tests put in -----------------------------------------------------------------------

    def put(
        self,
        title: str,
        sections: Sequence[tuple[str, str]],
        *,
        kind: str = "epub",
        author: str = "",
        pages: Sequence[tuple[str, int, int]] = (),
        collections: Sequence[str] = (),
    ) -> int:
        """Add a source that is verified; returns its id."""
        source = len(self.books) + 1
        characters = sum(len(text) for _, text in sections)
        row = SourceRow(
            id=source, title=title, author=author, language="en", date="", kind=kind, key=None,
            hash=f"{source:064x}", state="verified", path=f"/books/{title}.{kind}",
            locations=(f"/books/{title}.{kind}",), size=characters, characters=characters,
            passages=max(1, characters // 400), engrams=max(1, characters // 80),
            pages=len(pages), added=1.7e9 + source, verified=1.7e9 + source, trashed=None,
            collections=tuple(collections),
        )  # fmt: skip
        self.books[source] = FakeSource(row, list(sections), list(pages))
        for name in collections:
            if name not in self.names:
                self.names.append(name)
        self.tell("sources")
        return source

    def quote(self, source: int, words: str, n: int = 1, **more: object) -> Evidence:
        """Evidence that quotes `words` of a source, at their place."""
        book = self.books[source]
        start = book.text.index(words)
        end = start + len(words)
        page = next((i for i, p in enumerate(book.pages) if p[1] <= start < p[2]), None)
        section = self._section_of(source, start)
        evidence = Evidence(
            n=n,
            engram=n,
            quote=" ".join(words.split()),
            score=max(0.05, 0.95 - 0.1 * n),
            tags=("explicit",),
            tiers={"lexical": 0.9, "semantic": 0.0, "graph": 0.0, "spiking": 0.0},
            source=SourceRef(source, None, book.row.title, book.row.path, book.row.kind),
            locator=Place(
                page=None if page is None else page + 1,
                page_label=None if page is None else book.pages[page][0],
                chapter=section.title,
                start=start,
                end=end,
            ),
            highlights=((0, len(" ".join(words.split()).split(" ")[0])),),
        )
        return replace(evidence, **more)  # type: ignore[arg-type]

    def answer(
        self, question: str, evidence: Sequence[Evidence], *, value: str | None = None
    ) -> Answer:
        """Make `ask(question)` answer with this evidence."""
        made = Answer(
            question=question,
            mode="quotes",
            abstained=False,
            confidence=0.9,
            value=value,
            sentences=tuple(AnswerSentence(item.quote, (item.n,)) for item in evidence[:3]),
            evidence=tuple(evidence),
            coverage=Coverage(len(evidence), 3480, 4),
            milliseconds=7.4,
        )
        self.prepared[question] = made
        return made

    def tell(self, topic: str) -> None:
        """Tell subscribers that something changed."""
        for listener in tuple(self._listeners):
            listener(topic)

    def tell_fact(self, text: str, *, collection: str | None = None, **more: object) -> Fact:
        """Put in a fact; `more` overrides its fields."""
        number = len(self.facts_told) + 1001
        made = Fact(number, text, collection, (), 1.7e9 + number, 1.7e9 + number, True)
        made = replace(made, **more)  # type: ignore[arg-type]
        self.facts_told.insert(0, made)
        self.tell("facts")
        return made

    # -- the library's own methods ---------------------------------------------------------------

    def close(self) -> None:
        self.gate.set()

    def subscribe(self, callback: Callable[[str], None]) -> Callable[[], None]:
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def search(self, query: str, **_options: object) -> SearchResult:
        return SearchResult(query, 0, 0, ())

    def sources_introduce(self, source: int, *, cancel: Cancel | None = None) -> Introduction:
        return self.introductions.get(source, Introduction(None, ()))

    def ask(
        self,
        question: str,
        *,
        collection: str | None = None,
        sources: Sequence[int] | None = None,
        limit: int = 5,
        quotes: bool = False,
        explain: bool = False,
        read: bool = True,
        turns: Sequence[Answer] | None = None,
        about: str = "",
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> Answer:
        self.threads.add(threading.get_ident())
        self.asked.append((question, collection))
        self.abouts.append(None if turns is None else about)
        self.turns.append(tuple(turns or ()))
        while not self.gate.wait(0.005):
            if cancel is not None:
                cancel.check()
        found = self.prepared.get(question)
        if isinstance(found, WorkbenchError):
            raise found
        if found is None:
            found = Answer(
                question, "none" if not self.books else "quotes", True, 0.1, None, (), (),
                Coverage(0, sum(b.row.passages for b in self.books.values()), len(self.books)),
                3.0, "Try rephrasing, or add a source about it.",
            )  # fmt: skip
        return replace(found, scope={"collection": collection})

    def brain_beside_answer(self, answer: Answer) -> Answer:
        self.threads.add(threading.get_ident())
        self.thought_of.append(answer.question)
        return replace(answer, **self.thoughts) if self.thoughts else answer

    def sources_list(
        self,
        *,
        collection: str | None = None,
        tag: str | None = None,
        trashed: bool = False,
        missing: bool = False,
    ) -> list[SourceRow]:
        self.threads.add(threading.get_ident())
        rows = [self.books[at].row for at in self.books if not missing or at in self.lost]
        if collection is not None:
            rows = [row for row in rows if collection in row.collections]
        if tag is not None:
            rows = [row for row in rows if tag.casefold() in map(str.casefold, row.tags)]
        return [row for row in reversed(rows) if (row.trashed is not None) == trashed]

    def sources_get(self, source: int) -> SourceRow:
        self.threads.add(threading.get_ident())
        return self._book(source).row

    def collections_list(self) -> list[CollectionRow]:
        return [
            CollectionRow(
                self.ids.setdefault(name, len(self.ids) + 1),
                name,
                len(self.sources_list(collection=name)),
            )
            for name in sorted(self.names)
        ]

    def collections_create(self, name: str) -> CollectionRow:
        if name not in self.names:
            self.names.append(name)
            self.tell("collections")
        return next(row for row in self.collections_list() if row.name == name)

    def collections_assign(
        self, sources: Sequence[int], collection: str, *, remove: bool = False
    ) -> int:
        if remove:
            for source in sources:
                book = self._book(source)
                left = tuple(name for name in book.row.collections if name != collection)
                book.row = replace(book.row, collections=left)
            self.tell("sources")
            return len(sources)
        self.collections_create(collection)
        for source in sources:
            book = self._book(source)
            if collection not in book.row.collections:
                book.row = replace(book.row, collections=(*book.row.collections, collection))
        self.tell("collections")
        return len(sources)

    def facts_list(self, *, collection: str | None = None, limit: int = -1) -> list[Fact]:
        self.threads.add(threading.get_ident())
        found = [fact for fact in self.facts_told if fact.collection == collection]
        return found if limit < 0 else found[:limit]

    def collections_scopes(self) -> list[Scope]:
        names = dict.fromkeys(fact.collection for fact in self.facts_told)
        return [Scope(name, len(self.facts_list(collection=name)), 0, 0, 0) for name in names]

    def notes_list(
        self, kind: str | None = None, *, source: int | None = None, **_options: object
    ) -> list[Highlight]:
        if kind != "highlight":
            return []
        found = [each for each in self.marked.values() if source in (None, each.source)]
        return sorted(found, key=lambda each: (each.source, each.start))

    def notes_places(self, *ids: int) -> list[NotePlace]:
        return []

    def notes_take_over(
        self, path: str | Path, source: int | None = None, *, preview: bool = False
    ) -> TakenOver:
        return TakenOver(str(path), [], preview)

    def notes_highlight(
        self,
        which: int,
        start: int | None = None,
        end: int | None = None,
        *,
        colour: str | None = None,
        note: str | None = None,
    ) -> Highlight:
        if start is None or end is None:
            was = self.marked[which]
            note = was.note if note is None else note
            made = self.marked[which] = replace(was, colour=colour or was.colour, note=note)
            self.tell("facts")
            return made
        book = self._book(which)
        quote = " ".join(book.text[start:end].split())
        id = max(self.marked, default=2000) + 1
        made = Highlight(
            id, which, book.row.title, start, end, quote, note or "", colour or "yellow", 1.7e9,
            1.7e9,
        )  # fmt: skip
        self.marked[id] = made
        self.tell("facts")
        return made

    def memory_reviews(self, *ids: int, **_options: object) -> list[Review]:
        return []

    def facts_conflicts(self, collection: str | None = None, **_options: object) -> list[Conflict]:
        return []

    def alerts(self, collection: str | None = None, **_options: object) -> list[Alert]:
        return []

    def health(self, collection: str | None = None) -> Health:
        return Health(collection, None, None, (), "Too little to be graded.", 0)

    def graph_sentences(self, source: int, start: int, end: int) -> list[int]:
        return []

    graph_progress = None

    def graph_concepts(self, words: str | None = None, **_options: object) -> list[Concept]:
        return []

    def sources_related(
        self, selection: str | int | Sequence[int], *, limit: int = 8, cancel: Cancel | None = None
    ) -> list[Alike]:
        """What tests put into `near`."""
        return self.near[:limit]

    models_progress = None

    def models_list(self, _kind: str = "language", **_options: object) -> list[Any]:
        return []

    def models_readings(self, _kind: str = "language") -> list[EmbeddingSpace]:
        return []

    def graph_topics(self, **_options: object) -> list[Topic]:
        return []

    def graph_said_at(self, *engrams: int) -> dict[int, SaidAt]:
        return {}

    def facts_history(self, cue: int) -> list[Fact]:
        return [fact for fact in self.facts_told if fact.id == cue]

    def facts_recall(
        self, cue: str, *, collection: str | None = None, limit: int = 5, **_options: object
    ) -> list[Fact]:
        found = self.facts_list(collection=collection)
        return [fact for fact in found if cue.lower() in fact.text.lower()][:limit]

    def facts_get(self, id: int) -> FactCard:
        fact = next((fact for fact in self.facts_told if fact.id == id), None)
        if fact is None:
            raise NotFoundError("This fact is not there any more.", "Look in the Library.")
        return FactCard(fact, cast("Any", None))

    def facts_tell(self, text: str, *, collection: str | None = None) -> Remembered:
        return Remembered((self.tell_fact(text, collection=collection).id,), (), ())

    def facts_forget(self, ids: Sequence[int]) -> None:
        for id in ids:
            self.marked.pop(id, None)
        self.facts_told = [fact for fact in self.facts_told if fact.id not in ids]
        self.tell("facts")

    def notes_remove(self, *ids: int) -> int:
        gone = [self.marked.pop(id) for id in ids if id in self.marked]
        self.tell("facts")
        return len(gone)

    def sources_sections(self, source: int) -> list[SectionRow]:
        rows, start = [], 0
        for ordinal, (title, text) in enumerate(self._book(source).sections):
            end = start + len(text)
            ident = source * 10_000 + ordinal
            rows.append(SectionRow(ident, source, ordinal, title, 1, "body", start, end))
            start = end
        return rows

    def sources_passages(self, source: int) -> list[PassageRow]:
        rows: list[PassageRow] = []
        book = self._book(source)
        for section in self.sources_sections(source):
            start = section.start
            for text in book.sections[section.ordinal][1].split("\n\n"):
                if text.strip():
                    end = start + len(text)
                    n = len(rows) + 1
                    rows.append(
                        PassageRow(
                            n,
                            source,
                            section.id,
                            section.title,
                            start,
                            end,
                            None,
                            None,
                            None,
                            None,
                            n,
                            n,
                            text,
                        )
                    )
                start += len(text) + 2
        return rows

    def sources_account(self, source: int) -> Account:
        row = self.sources_get(source)
        texts = [text for _, text in self.books[source].sections] if source in self.books else []
        return account(row, self.sources_pages(source) if texts else (), texts, ())

    def sources_forms(self, source: int) -> list[SourceRow]:
        return []

    def sources_pages(self, source: int) -> list[PageRow]:
        return [
            PageRow(i + 1, label, start, end, 595.0, 842.0)
            for i, (label, start, end) in enumerate(self._book(source).pages)
        ]

    def sources_page_boxes(
        self, source: int, start: int, end: int, *, letters: bool = False
    ) -> list[tuple[int, Box]]:
        if letters:
            return [(0, (0.0, 0.0, 0.0, 0.0))] * (end - start)
        found: list[tuple[int, Box]] = []
        for number, (_, first, last) in enumerate(self._book(source).pages, 1):
            a, b = max(start, first), min(end, last)
            if a < b and last > first:
                top = 0.1 + 0.8 * (a - first) / (last - first)
                bottom = max(top + 0.02, 0.1 + 0.8 * (b - first) / (last - first))
                found.append((number, (0.1, top, 0.9, bottom)))
        return found

    def sources_page_picture(self, source: int, number: int, width: int) -> tuple[int, int, bytes]:
        self.threads.add(threading.get_ident())
        self.painted.append((source, number, width))
        if not self.originals:
            raise InputError("The file has moved.", "Put it back and open it again.")
        height = round(width * 842 / 595)
        return width, height, b"\xf0\xf0\xf0\xff" * (width * height)

    def sources_text(self, source: int, start: int, end: int) -> str:
        return self._book(source).text[start:end]

    def sources_original(self, source: int) -> Original | None:
        return self.kept[source][0] if source in self.kept else None

    def sources_original_bytes(self, source: int) -> bytes:
        return self.kept[source][1]

    def sources_trash(self, sources: Sequence[int], *, restore: bool = False) -> None:
        for source in sources:
            book = self._book(source)
            book.row = replace(book.row, trashed=None if restore else time.time())
        self.tell("sources")

    def sources_delete(self, sources: Sequence[int], *, preview: bool = False) -> Deletion:
        rows = [self._book(source).row for source in sources]
        vanishing = Vanishing(
            sources=tuple(sources), titles=tuple(row.title for row in rows),
            passages=sum(row.passages for row in rows), engrams=sum(row.engrams for row in rows),
            characters=0, pages=sum(row.pages for row in rows), questions=2, bytes=33_000,
            locations=tuple(path for row in rows for path in row.locations), shared=(),
            collections=tuple(sorted({name for row in rows for name in row.collections})),
            tags=tuple(sorted({name for row in rows for name in row.tags})), copies=(),
        )  # fmt: skip
        if preview:
            return Deletion(False, None, vanishing)
        for source in sources:
            del self.books[source]
        self.tell("sources")
        return Deletion(True, True, vanishing)

    def queue_enqueue(
        self,
        items: Sequence[str | Path | int] | None,
        *,
        collection: str | None = None,
        title: str | None = None,
    ) -> list[int]:
        paths = [Path(item) for item in items or () if not isinstance(item, int)]
        self.enqueued.append((tuple(paths), collection))
        self.tell("queue")
        return list(range(1, len(paths) + 1))

    def queue_list(self) -> list[QueueRow]:
        return list(self.jobs)

    def queue_pause(self, paused: bool = True) -> None:
        self.queue_paused = paused

    # -- within ----------------------------------------------------------------------------------

    def _book(self, source: int) -> FakeSource:
        if source not in self.books:
            raise NotFoundError("There is no such source.", "Look in the Library.")
        return self.books[source]

    def _section_of(self, source: int, offset: int) -> SectionRow:
        return next(s for s in self.sources_sections(source) if s.start <= offset < s.end)


def as_library(fake: FakeLibrary) -> "Library":
    """The fake under the type that the window asks for."""
    return cast("Library", fake)
