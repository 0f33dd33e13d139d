"""Changes of the library from the window: adding, Trash, collections, queue.

All go through `Opened`; changes that can be undone are recorded when they are done.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtGui import QImage

from workbench import paths
from workbench.errors import NotFoundError
from workbench.intake.records import Added
from workbench.store.changes import ADDED
from workbench.store.records import CollectionRow, SourceRow
from workbench.ui.components import words
from workbench.ui.language import tr
from workbench.ui.shelf import calls as library_calls
from workbench.ui.shelf.calls import Batch, OpenBatch, provisional
from workbench.ui.shelf.opened import Opened
from workbench.ui.shelf.undo import Act

if TYPE_CHECKING:
    from workbench.intake.rereading import Changed
    from workbench.library import Library
    from workbench.sleep.records import Undone
    from workbench.store.changes import Change


_FILE = "sample/sample.toml"


def sample_collection() -> str:
    """The collection of the sample."""
    return str(paths.table(_FILE)["collection"])


def add_notes(library: "Library", papers: Sequence[int]) -> None:
    """Add the sample's notes and table of papers, unless present."""
    sample = paths.table(_FILE)
    for day, text in sample["notes"]:
        library.facts.tell(text, collection=sample["collection"], source=sample["teller"], at=day)
    if sample["table"] not in library.tables.list():
        library.tables.create(sample["table"], sample["questions"], sources=papers)


def remove_notes(library: "Library", papers: Sequence[int]) -> None:
    """Permanently delete the sample's notes and table, and its collection if empty.

    Another table of the same name is kept.
    """
    sample = paths.table(_FILE)
    name = sample["collection"].casefold()
    if row := next((c for c in library.collections.list() if c.name.casefold() == name), None):
        library.facts.forget(None, collection=row.name, source=sample["teller"])
        used = {scope.collection for scope in library.collections.scopes()}
        if not row.sources and row.name not in used:
            library.collections.remove(row.name)
    if sample["table"] in library.tables.list():
        table = library.tables.get(sample["table"])
        rows = {item.source.id for item in table.rows}
        if list(table.questions) == sample["questions"] and rows <= set(papers):
            library.tables.delete(table.name)


Result = TypeVar("Result")
_PENDING_DELAY = 300  # milliseconds before files that are not enqueued yet are shown


def _ignore(_result: object, _act: Act | None) -> None:
    """The default callback."""


def _trashed(subject: str) -> str:
    return tr("{what} moved to the Trash", what=subject)


class Shelf(Opened):
    """The open library for the window. GUI thread only."""

    def add(
        self, paths: Sequence[Path | str], collection: str | None = None, *, typed: bool = False
    ) -> None:
        """Enqueue files, folders and links; `batch_finished` reports the result.

        `changed_found` asks about added files that have changed since. `typed` means that the user
        entered the addresses.
        """
        if not paths:
            return
        rows = provisional(paths, collection)
        self._unqueued.append(rows)
        # Usually they are enqueued before anything needs to be shown.
        self._patience.start(_PENDING_DELAY)

        def finish(queued: library_calls.Enqueued | None = None) -> None:
            self._unqueued = [other for other in self._unqueued if other is not rows]
            if self.coming:
                self._show_pending()
            if queued is not None:
                if queued.changed:
                    self.changed_found.emit(queued.changed, collection)
                if queued.jobs or not queued.changed:
                    self._enqueued(queued)

        def sent(added: list[Added]) -> None:
            finish()
            # Errors last.
            for item in sorted(added, key=lambda item: item.error is not None):
                self.text_added.emit(item)

        def enqueue() -> None:
            files = tuple(paths)
            if self.remote:
                self.change(
                    partial(library_calls.send, paths=files, collection=collection),
                    done=sent,
                    failed=finish,
                )
            else:
                self.change(
                    partial(library_calls.enqueue, paths=files, collection=collection, typed=typed),
                    done=finish,
                    failed=finish,
                    parting=partial(
                        library_calls.enqueue_all, paths=files, collection=collection, typed=typed
                    ),
                )

        self.with_library(enqueue)

    def add_changed(
        self, changed: "Sequence[Changed]", collection: str | None, *, replace: bool
    ) -> None:
        """Add changed files; `replace` replaces the earlier sources."""
        paths = [item.path for item in changed]
        self.change(
            lambda library: library.queue.enqueue(paths, collection=collection, replace=replace),
            done=lambda jobs: self._enqueued(library_calls.Enqueued(jobs)),
        )

    def _show_pending(self) -> None:
        previous = self.coming
        self.coming = [row for rows in self._unqueued for row in rows]
        if self.coming != previous:
            self.queue_changed.emit()

    def _enqueued(self, queued: library_calls.Enqueued) -> None:
        jobs = queued.jobs
        previous = frozenset(row.id for row in self.sources)
        trashed = frozenset(row.id for row in self.trashed)
        if jobs:
            self._batches.append(OpenBatch(dict.fromkeys(jobs), previous, trashed))
        else:
            self.batch_finished.emit(Batch(()))

    def _settle_batches(self) -> None:
        rows = {row.id: row for row in self.queue}
        for batch in tuple(self._batches):
            finished = batch.settle(rows)
            if finished is None:
                continue
            self._batches.remove(batch)
            if finished.fresh:
                text = tr("Add") if finished.added else tr("Restore")
                files = set(map(str, paths.sample_papers()))
                papers = [id for row in finished.rows if row.path in files for id in row.sources]
                show = partial(self._keep_notes, papers) if papers else bool
                show(True)
                self.note(text, finished.fresh, kind=ADDED, show=show)
            self.batch_finished.emit(finished)

    def add_sample(self) -> None:
        """Add the sample library; its notes follow once everything is read."""

        def add() -> None:
            if self.library is not None:
                self.add(paths.sample_files(), sample_collection())

        self.with_library(add)

    def _keep_notes(self, papers: Sequence[int], existing: bool) -> None:
        """Add the sample's notes and table, or remove them."""
        work = add_notes if existing else remove_notes
        self.change(partial(work, papers=papers))

    @property
    def sample(self) -> tuple[SourceRow, ...]:
        """The sources of the sample that are not in the Trash."""
        # The queue is only loaded with the second lists.
        if self.library is None or not self.complete:
            return ()
        files = set(map(str, paths.sample_files()))
        return tuple(row for row in self.sources if files & {row.path, *row.locations})

    def remove_sample(self) -> None:
        """Move the sample to the Trash and delete its notes, with Undo."""
        sources = [row.id for row in self.sample]
        files = set(map(str, paths.sample_papers()))
        papers = [row.id for row in self.sample if row.path in files]
        self.act(
            tr("Move to Trash"),
            lambda library: library.sources.trash(sources),
            said=_trashed(tr("The sample")),
            show=lambda gone: self._keep_notes(papers, not gone),
        )

    def trash(self, sources: Sequence[int]) -> None:
        """Move sources to the Trash, with Undo."""
        if sources:
            self.act(
                tr("Move to Trash"),
                lambda library: library.sources.trash(list(sources)),
                said=_trashed(words.count(len(sources), "source")),
            )

    def restore(self, sources: Sequence[int]) -> None:
        """Restore sources from the Trash, with Undo."""
        if sources:
            self.act(
                tr("Restore"),
                lambda library: library.sources.trash(list(sources), restore=True),
                said=tr("{back} restored", back=words.count(len(sources), "source")),
            )

    def act(
        self,
        text: str,
        work: Callable[["Library"], Result],
        *,
        said: str | Callable[[Result], str] = "",
        unchanged: str = "",
        done: Callable[[Result, Act | None], object] = _ignore,
        show: Callable[[bool], object] = bool,
        subject: object = None,
    ) -> None:
        """Make a change that can be undone as `text` by the library's log.

        `said` is announced with an Undo, or `unchanged` if nothing changed. `done` gets the result
        and the act, None if nothing changed; `show(is_applied)` is called then, and after each undo
        or redo. GUI thread.
        """

        def finish(result: tuple[Result, tuple[int, ...]]) -> None:
            value, numbers = result
            act = Act(text, numbers, show, subject) if numbers else None
            if act is not None:
                self.acts.add(act)
            show(True)
            done(value, act)
            announcement = said if isinstance(said, str) else said(value)
            if act is None and unchanged:
                announcement = unchanged
            if announcement:
                self.told.emit(announcement, act)

        self.change(partial(library_calls.numbered, work), done=finish)

    def note(
        self,
        text: str,
        ids: Sequence[int],
        *,
        kind: str = "",
        show: Callable[[bool], object] = bool,
    ) -> None:
        """Record an undo of the latest change to memories, or with `kind` ADDED to sources.

        The change was made outside `act`, and is the last in the library's log.
        """

        def find_change(library: "Library") -> "Change | None":
            changes = library.changes(-1, sources=ids) if kind else library.changes(1, memories=ids)
            return next((change for change in changes if kind in ("", change.kind)), None)

        def add(change: "Change | None") -> None:
            if change is not None:
                self.acts.add(Act(text, (change.id,), show, tuple(ids)))

        self.change(find_change, done=add)

    def step_back(self) -> None:
        """Undo the last act, even if it is still running."""
        self._turn(lambda: self.acts.applied[-1] if self.acts.applied else None, redo=False)

    def step_forward(self) -> None:
        """Redo the last undone act."""
        self._turn(lambda: self.acts.undone[-1] if self.acts.undone else None, redo=True)

    def take_back(self, act: Act) -> None:
        """Undo this act regardless of later ones, at most once."""
        self._turn(lambda: None if act in self.acts.undone else act, redo=False)

    def turn(self, act: Act, *, redo: bool) -> None:
        """Undo this act, or `redo` it."""
        self._turn(lambda: act, redo=redo)

    def undo_subject(self, subject: object) -> None:
        """Undo the last act on a subject."""
        self._turn(lambda: self.acts.find(subject), redo=False)

    def _turn(self, choose: Callable[[], Act | None], *, redo: bool) -> None:
        selected: list[Act] = []
        missing: list[Act] = []

        def work(library: "Library") -> "list[Undone]":
            # Earlier changes are complete by now.
            act = choose()
            selected[:] = [] if act is None else [act]
            if act is None or act.turn is not None:
                return []
            try:
                return library_calls.turn(library, act.changes, redo=redo)
            except NotFoundError:
                missing.append(act)
                raise

        def finish(undone: "list[Undone]") -> None:
            self.acts.end_wait()
            for act in selected:
                self.acts.move(act, is_applied=redo)
                act.show(redo)
                if act.turn is not None:
                    act.turn(redo)
            if undone:
                self.undo_applied.emit(undone)

        def fail() -> None:
            self.acts.end_wait()
            self.acts.remove(*missing)

        if self.library is not None:
            self.acts.wait()
            self.change(work, done=finish, failed=fail)

    def forget_missing(self) -> None:
        """Remove acts from Undo that the library has no record of."""

        def numbers(library: "Library") -> frozenset[int]:
            return frozenset(change.id for change in library.changes(-1))

        self.change(numbers, done=self.acts.retain)

    def assign(
        self, sources: Sequence[int], collection: str, said: str = "", unchanged: str = ""
    ) -> None:
        """Add sources to a collection; say so with `said`, or `unchanged` if they are there."""
        if sources:
            self.act(
                tr("Add to “{collection}”", collection=collection),
                lambda library: library.collections.assign(list(sources), collection),
                said=said,
                unchanged=unchanged,
            )

    def unassign(self, sources: Sequence[int], collection: str) -> None:
        """Remove sources from a collection; they stay in the library."""
        if sources:
            self.act(
                tr("Take out of “{collection}”", collection=collection),
                lambda library: library.collections.assign(list(sources), collection, remove=True),
            )

    def remove_collection(self, name: str) -> None:
        """Remove a collection but not its sources, with Undo."""
        self.act(tr("Remove “{name}”", name=name), lambda library: library.collections.remove(name))

    def paste(self, text: str, collection: str | None = None) -> None:
        """Add pasted text as a source."""
        self._paste(lambda library: library.add_text(text, collection=collection))

    def paste_picture(self, picture: QImage, collection: str | None = None) -> None:
        """Add a pasted picture as a source."""
        self._paste(partial(library_calls.paste_picture, picture=picture, collection=collection))

    def _paste(self, work: Callable[["Library"], list[Added]]) -> None:
        self.with_library(lambda: self.change(work, done=self._pasted))

    def _pasted(self, added: list[Added]) -> None:
        fresh = tuple(
            a.source for a in added if a.source is not None and (a.restored or not a.already)
        )
        if fresh and not self.remote:
            self.note(tr("Add"), fresh, kind=ADDED)
        for item in added:
            self.text_added.emit(item)

    def create_collection(
        self, name: str, done: Callable[[CollectionRow], object] | None = None
    ) -> None:
        """Create a collection, and the library if needed."""
        self.with_library(
            lambda: self.change(lambda library: library.collections.create(name), done=done)
        )

    def pause(self, paused: bool) -> None:
        """Pause or resume the queue."""
        self.change(lambda library: library.queue.pause(paused))

    def handle(self, verb: str, job: int) -> None:
        """Apply an action to a job: prioritize, skip, retry, cancel or dismiss."""
        row = next((row for row in self.queue if row.id == job), None)

        def finish(_result: object) -> None:
            if verb == "retry" and row is not None:
                self.retried.emit(row)

        self.change(lambda library: library.queue.change(job, to=verb), done=finish)

    def leave_out_page(self, job: int, page: int | None) -> None:
        """Continue a job without a page of its file."""
        self.change(lambda library: library.queue.change(job, to="without_page", page=page))

    def dismiss(self, jobs: Sequence[int]) -> None:
        """Dismiss finished jobs."""
        if jobs:
            self.change(lambda library: library.queue.change(*jobs, to="dismiss"))
