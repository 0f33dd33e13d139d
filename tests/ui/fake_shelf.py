"""The library in memory, with what the whole window calls besides the tabs: queue, collections."""

import dataclasses
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.patience import seconds
from tests.ui.fake_library import FakeLibrary
from workbench.errors import InputError, WorkbenchError
from workbench.intake.records import Added, QueueRow, QueueSummary, Watched
from workbench.intake.rereading import Changed
from workbench.jobs import Cancel
from workbench.memory.notes.records import ScopeChange
from workbench.sleep.records import Undone
from workbench.store.records import CollectionRow, SourceRow, TagRow
from workbench.store.removal import Deletion


def job(number: int, name: str, state: str = "queued", **more: object) -> QueueRow:
    """A row of the queue; `more` overrides its fields."""
    made = QueueRow(
        id=number, path=f"/books/{name}", name=name, collection=None, state=state,
        stage="queued", stage_word="", done=0, total=None, unit="", rate=None, seconds_left=None,
        error="", hint="", sources=(), already=False, added=1.7e9,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Wanted:
    """One call of `enqueue`."""

    paths: tuple[str, ...]
    collection: str | None = None
    replace: bool = False
    typed: bool = False


class FakeShelfLibrary(FakeLibrary):
    """Under the test's control: `finish` ends the jobs that were enqueued."""

    read_only = False

    def __init__(self) -> None:
        super().__init__()
        self.notice = ""
        self.handled: list[tuple[str, int]] = []
        self.pasted: list[tuple[str, str | None]] = []
        self.closed = False
        self.worked = False
        self.refuses: WorkbenchError | None = None
        self.wanted: list[Wanted] = []
        self.folders: list[Watched] = []
        #: The paths of files that were added before and have changed, with their sources.
        self.altered: dict[str, int] = {}
        #: What the summary of the queue says besides its counts.
        self.told: dict[str, object] = {}
        #: By job the sources that there were when it was put on the queue.
        self.there: dict[int, frozenset[int]] = {}
        #: Cleared, another program holds the library: changes wait.
        self.held = threading.Event()
        self.held.set()

    def put_rows(self, rows: Sequence[SourceRow]) -> None:
        """Use these rows as they are, for tables of thousands."""
        for row in rows:
            self.put(row.title, [("", "text")])
            self.books[len(self.books)].row = row
        self.tell("sources")

    def queue_work(self) -> None:
        self.worked = True

    def close(self) -> None:
        super().close()
        self.held.set()
        self.closed = True

    def queue_enqueue(
        self,
        items: Sequence[str | Path | int] | None,
        *,
        collection: str | None = None,
        title: str | None = None,
        replace: bool = False,
        typed: bool = False,
    ) -> list[int]:
        paths = [item for item in items or () if not isinstance(item, int)]
        if not paths:
            return self._read_again(
                [item for item in items if isinstance(item, int)] if items else None
            )
        self.held.wait(seconds(20))
        if self.refuses is not None:
            raise self.refuses
        super().queue_enqueue(paths, collection=collection, title=title)
        self.wanted.append(Wanted(tuple(map(str, paths)), collection, replace, typed))
        first = len(self.jobs) + 1
        rows = [
            job(first + i, Path(path).name, added=1.7e9 + first) for i, path in enumerate(paths)
        ]
        self.jobs += [dataclasses.replace(row, collection=collection) for row in rows]
        self.there.update(dict.fromkeys((row.id for row in rows), frozenset(self.books)))
        self.tell("queue")
        return [row.id for row in rows]

    def queue_changed(self, paths: Sequence[str | Path]) -> list[Changed]:
        found = [str(path) for path in paths if str(path) in self.altered]
        return [Changed(path, self.altered[path], Path(path).stem) for path in found]

    def queue_watch(
        self,
        folder: str | Path | None = None,
        collection: str | None = None,
        *,
        stop: bool = False,
    ) -> list[Watched]:
        if stop:
            self.folders = [row for row in self.folders if row.folder != str(folder)]
        elif folder is not None:
            if self.refuses is not None:
                raise self.refuses
            self.folders.append(Watched(str(folder), collection, 1.7e9, ""))
        return list(self.folders)

    def finish(self, number: int, **more: object) -> None:
        """End a job: done with a new source, unless `more` says otherwise."""
        at = next(i for i, row in enumerate(self.jobs) if row.id == number)
        row = self.jobs[at]
        fields: dict[str, object] = {"state": "done", "stage": "verified", **more}
        if fields["state"] == "done" and "sources" not in fields:
            inside = [row.collection] if row.collection else []
            fields["sources"] = (self.put(row.name, [("", "Words.")], collections=inside),)
        self.jobs[at] = row = replace(row, **fields)  # type: ignore[arg-type]
        if row.state == "done":
            there = () if row.restored else self.there.get(number, ())
            came = [] if row.already and not row.restored else row.sources
            self.arrived([each for each in came if each not in there], row.added)
        self.tell("queue")

    def _turn(self, run: int | None, *, again: bool) -> Undone:
        if self.refuses is not None:
            raise self.refuses
        return super()._turn(run, again=again)

    def _handle(self, verb: str, number: int) -> None:
        if self.refuses is not None:
            raise self.refuses
        self.handled.append((verb, number))
        self.tell("queue")

    def queue_change(self, *numbers: int, to: str, page: int | None = None) -> None:
        if to == "dismiss":
            self.jobs = [row for row in self.jobs if row.id not in numbers]
        for number in numbers:
            self._handle(f"leave out {page}" if to == "without_page" else to, number)

    def queue_summary(self) -> QueueSummary:
        states = Counter(row.state for row in self.jobs)
        left = states["queued"] + states["running"] + states["paused"]
        told = QueueSummary(left, states["failed"], 0, None, None, None, self.queue_paused)
        return replace(told, over=states["done"], **self.told)  # type: ignore[arg-type]

    def sources_trash(self, sources: Sequence[int], *, restore: bool = False) -> None:
        self.held.wait(seconds(20))
        if self.refuses is not None:
            raise self.refuses
        super().sources_trash(sources, restore=restore)

    def collections_remove(self, name: str) -> None:
        ids = [row.id for row in self.sources_list(collection=name)]
        self.collections_assign(ids, name, remove=True)
        self.names.remove(name)
        self.tell("collections")

    def collections_create(self, name: str) -> CollectionRow:
        if self.refuses is not None:
            raise self.refuses
        return super().collections_create(name)

    def collections_change(self, collection: str, *, name: str) -> ScopeChange:
        if self.refuses is not None:
            raise self.refuses
        for book in self.books.values():
            kept = tuple(name if each == collection else each for each in book.row.collections)
            book.row = replace(book.row, collections=kept)
        self.names[self.names.index(collection)] = name
        self.ids[name] = self.ids.pop(collection, len(self.ids) + 1)
        self.tell("sources")
        return ScopeChange(name)

    def sources_tags(self) -> list[TagRow]:
        had = [name for row in self.sources_list() for name in row.tags]
        return [TagRow(name, had.count(name)) for name in sorted(set(had))]

    def sources_tag(self, sources: Sequence[int], name: str, *, remove: bool = False) -> None:
        if self.refuses is not None:
            raise self.refuses
        for source in sources:
            book = self._book(source)
            tags = {*book.row.tags} - {name} if remove else {*book.row.tags, name}
            book.row = replace(book.row, tags=tuple(sorted(tags)))
        self.tell("sources")

    def sources_locate(
        self, source: int, path: str | Path, *, others: bool = False, cancel: Cancel | None = None
    ) -> list[int]:
        if others:
            return []
        if self.refuses is not None:
            raise self.refuses
        self.lost.remove(source)
        self.tell("sources")
        return [source]

    def _read_again(self, sources: Sequence[int] | None) -> list[int]:
        wanted = [row.id for row in self.sources_list()] if sources is None else list(sources)
        for source in wanted:
            row = self._book(source).row
            if not row.locations:
                raise InputError(f"“{row.title}” was pasted.", "Its text is kept as it is.")
        first = len(self.jobs) + 1
        self.jobs += [
            job(first + at, self._book(source).row.title, sources=(source,), already=True)
            for at, source in enumerate(wanted)
        ]
        self.tell("queue")
        return list(range(first, first + len(wanted)))

    def sources_delete(self, sources: Sequence[int], *, preview: bool = False) -> Deletion:
        if not preview:
            self.held.wait(seconds(20))
            if self.refuses is not None:
                raise self.refuses
            self.forget_sources(sources)
        return super().sources_delete(sources, preview=preview)

    def add_text(self, content: str, *, collection: str | None = None) -> list[Added]:
        self.pasted.append((content, collection))
        source = self.put(content[:20], [("", content)])
        self.arrived([source], float(source))
        return [Added(source, content[:20], "verified", 1, 1, 0, 0, 0.1, None, "")]
