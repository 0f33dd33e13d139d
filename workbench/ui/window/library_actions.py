"""Changes of the library from the window: adding, trash, collections, queue.

Each change goes the road of `Opened`; what can be undone gets its entry when it has happened.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from workbench.intake.records import Added
from workbench.store.records import CollectionRow, SourceRow
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.window import library_calls
from workbench.ui.window.batches import Batch, OpenBatch, provisional
from workbench.ui.window.opened import Opened, OpenLibrary
from workbench.ui.window.remote import is_remote
from workbench.ui.window.undo import (
    CollectCommand,
    Command,
    PutCommand,
    RemoveCollectionCommand,
    TrashCommand,
)

if TYPE_CHECKING:
    from workbench.intake.again import Changed

Told = Callable[[], object]
#: Gets the entry of the Undo, None where all was so already.
Put = Callable[[PutCommand | None], object]

_SAY_SO = 300  # milliseconds after which what is not on the queue yet is shown all the same


class Shelf(Opened):
    """The open library as the window sees it. Use it from the GUI thread only."""

    def __init__(
        self, path: Path, open_library: OpenLibrary, jobs: Jobs, parent: QObject | None = None
    ) -> None:
        super().__init__(path, open_library, jobs, parent)
        self._patience.timeout.connect(self._show_coming)
        self.undo.indexChanged.connect(self._moved)

    def add(
        self, paths: Sequence[Path | str], collection: str | None = None, *, typed: bool = False
    ) -> None:
        """Put files, folders and links on the queue; `batch_finished` tells what became of them.

        `changed_found` asks about files that were added before and have changed since. `typed` says
        that the user typed the addresses here.
        """
        if not paths:
            return
        rows = provisional(paths, collection)
        self._unheard.append(rows)
        # Most are on the queue before anything need be said.
        self._patience.start(_SAY_SO)

        def over(queued: library_calls.Enqueued | None = None) -> None:
            self._unheard = [other for other in self._unheard if other is not rows]
            if self.coming:
                self._show_coming()
            if queued is not None:
                if queued.changed:
                    self.changed_found.emit(queued.changed, collection)
                if queued.jobs or not queued.changed:
                    self._enqueued(queued)

        def sent(added: list[Added]) -> None:
            over()
            # What could not be read is told last.
            for each in sorted(added, key=lambda each: each.error is not None):
                self.text_added.emit(each)

        def enqueue() -> None:
            if self.library is not None and is_remote(self.path):
                self.change(
                    library_calls.send,
                    *(self.library, tuple(paths), collection),
                    done=sent,
                    failed=over,
                )
            elif self.library is not None:
                self.change(
                    library_calls.enqueue,
                    *(self.library, tuple(paths), collection, typed),
                    done=over,
                    failed=over,
                    parting=library_calls.enqueue_all,
                )

        self.with_library(enqueue)

    def add_changed(
        self, changed: "Sequence[Changed]", collection: str | None, *, replace: bool
    ) -> None:
        """Add files that have changed: with `replace` in the place of what they were."""
        if self.library is not None and changed:
            self.change(
                library_calls.enqueue_changed,
                *(self.library, tuple(changed), collection, replace),
                done=self._enqueued,
            )

    def _show_coming(self) -> None:
        before = self.coming
        self.coming = [row for rows in self._unheard for row in rows]
        if self.coming != before:
            self.queue_changed.emit()

    def _enqueued(self, queued: library_calls.Enqueued) -> None:
        jobs = queued.jobs
        before = frozenset(row.id for row in self.sources)
        trashed = frozenset(row.id for row in self.trashed)
        if jobs:
            self._batches.append(OpenBatch(dict.fromkeys(jobs), before, trashed))
        else:
            self.batch_finished.emit(Batch(()))

    def _settle_batches(self) -> None:
        rows = {row.id: row for row in self.queue}
        for batch in tuple(self._batches):
            done = batch.settle(rows)
            if done is None:
                continue
            self._batches.remove(batch)
            if done.fresh:
                word = tr("Add") if done.added else tr("Restore")
                self.undo.push(TrashCommand(self, done.fresh, word, back=True))
            self.batch_finished.emit(done)

    def add_sample(self) -> None:
        """Add the book that ships with the program."""

        def add() -> None:
            if self.library is not None:
                self.add((self.library.queue.sample_file(),))

        self.with_library(add)

    @property
    def sample(self) -> SourceRow | None:
        """The sample book, where it is in the library and not in the trash."""
        # Asked of the queue, which is loaded with the second lists.
        if self.library is None or not self.complete:
            return None
        file = str(self.library.queue.sample_file())
        found = (row for row in self.sources if row.path == file or file in row.locations)
        return next(found, None)

    def trash(self, sources: Sequence[int], told: Told | None = None) -> None:
        """Move sources to the trash; Undo brings them back. `told()` is called when it is done."""
        if self.library is not None and sources:
            entry = TrashCommand(self, tuple(sources), tr("Move to Trash"))
            self._do(entry, told, self.library.sources.trash, list(sources))

    def restore(self, sources: Sequence[int], told: Told | None = None) -> None:
        """Bring sources back from the trash; Undo trashes them again."""
        if self.library is not None and sources:
            entry = TrashCommand(self, tuple(sources), tr("Restore"), back=True)
            self._do(entry, told, self.library.sources.restore, list(sources))

    def take_back(self, sources: Sequence[int]) -> None:
        """Undo the coming of exactly these sources, whatever happened since."""
        if not self._undo_last(sources, back=True):
            self.trash(sources)

    def bring_back(self, sources: Sequence[int]) -> None:
        """Undo the trashing of exactly these sources, whatever happened since."""
        if not self._undo_last(sources, back=False):
            self.restore(sources)

    def _undo_last(self, sources: Sequence[int], *, back: bool) -> bool:
        last = self.undo.command(self.undo.index() - 1) if self.undo.canUndo() else None
        same = isinstance(last, TrashCommand) and last.sources == tuple(sources)
        if same and isinstance(last, TrashCommand) and last.back == back:
            self.undo.undo()
            return True
        return False

    def step_back(self) -> None:
        """Undo the last thing that was asked for, also where it is still under way."""
        if self.library is not None:
            self.change(library_calls.nothing, done=lambda _none: self.undo.undo())

    def step_again(self) -> None:
        """Do again what was undone last."""
        if self.library is not None:
            self.change(library_calls.nothing, done=lambda _none: self.undo.redo())

    def _do(self, entry: Command, told: Told | None, work: Callable[..., Any], *args: Any) -> None:
        """Make a change, and its entry in the Undo once it is made."""

        def done(_result: object) -> None:
            self.undo.push(entry)
            if told is not None:
                told()

        self.change(work, *args, done=done)

    def retrace(
        self,
        work: Callable[..., Any],
        *args: Any,
        done: Callable[[Any], object] | None = None,
    ) -> None:
        """A change that undoes or does again; where it fails, the Undo stands where it stood."""
        before = self._stood
        self.change(work, *args, done=done, failed=lambda: self.rewind(before))

    def rewind(self, index: int) -> None:
        """Move the Undo to an entry without doing anything."""
        self.rewinding = True
        self.undo.setIndex(index)
        self.rewinding = False

    def _moved(self, index: int) -> None:
        self._stood = index

    def put_away(self, sources: Sequence[int], *, back: bool) -> None:
        """What the undo commands do: trash, or bring back, without another entry."""
        if self.library is not None:
            work = self.library.sources.restore if back else self.library.sources.trash
            self.retrace(work, list(sources))

    def assign(self, sources: Sequence[int], collection: str, told: Put | None = None) -> None:
        """Put sources into a collection; those in it already stay out of the Undo."""

        def done(added: tuple[int, ...]) -> None:
            entry = CollectCommand(self, added, collection) if added else None
            self.put(entry, told)

        if self.library is not None and sources:
            self.change(library_calls.assign, self.library, tuple(sources), collection, done=done)

    def put(self, entry: PutCommand | None, told: Put | None) -> None:
        """Note what was put somewhere, and tell it."""
        if entry is not None:
            self.undo.push(entry)
        if told is not None:
            told(entry)

    def undo_just(self, entry: PutCommand) -> None:
        """Undo exactly this, whatever was done since."""
        if self.undo.canUndo() and self.undo.command(self.undo.index() - 1) is entry:
            self.undo.undo()
        else:
            entry.opposite()

    def unassign(self, sources: Sequence[int], collection: str) -> None:
        """Take sources out of a collection; they stay in the library."""
        if self.library is not None and sources:
            entry = CollectCommand(self, tuple(sources), collection, out=True)
            self._do(entry, None, self.library.collections.unassign, list(sources), collection)

    def collect(self, sources: Sequence[int], collection: str, *, out: bool) -> None:
        """What the undo commands do: put into a collection, or take out of it."""
        if self.library is not None:
            work = self.library.collections.unassign if out else self.library.collections.assign
            self.retrace(work, list(sources), collection)

    def remove_collection(self, name: str) -> None:
        """Remove a collection; its sources stay, and Undo makes it again."""
        if self.library is not None:
            self.change(
                library_calls.remove_collection,
                self.library,
                name,
                done=lambda inside: self.undo.push(RemoveCollectionCommand(self, name, inside)),
            )

    def keep_collection(self, name: str, sources: Sequence[int], *, keep: bool) -> None:
        """What the undo command does: remove a collection, or make it again."""
        library = self.library
        if library is None:
            return
        if keep:
            self.retrace(library_calls.make_again, library, name, list(sources))
        else:
            self.retrace(library.collections.remove, name)

    def paste(self, text: str, collection: str | None = None) -> None:
        """Make a source of pasted text."""

        def add() -> None:
            if self.library is not None:
                self.change(library_calls.paste, self.library, text, collection, done=self._pasted)

        self.with_library(add)

    def paste_picture(self, picture: QImage, collection: str | None = None) -> None:
        """Make a source of a picture that came without a file."""

        def add() -> None:
            if self.library is not None:
                self.change(
                    library_calls.paste_picture,
                    self.library,
                    picture,
                    collection,
                    done=self._pasted,
                )

        self.with_library(add)

    def _pasted(self, added: list[Added]) -> None:
        fresh = tuple(
            a.source for a in added if a.source is not None and (a.restored or not a.already)
        )
        if fresh and not is_remote(self.path):
            self.undo.push(TrashCommand(self, fresh, tr("Add"), back=True))
        for each in added:
            self.text_added.emit(each)

    def create_collection(
        self, name: str, done: Callable[[CollectionRow], object] | None = None
    ) -> None:
        """Make a collection, and the library's file if there is none yet."""

        def create() -> None:
            if self.library is not None:
                self.change(self.library.collections.create, name, done=done)

        self.with_library(create)

    def pause(self, rest: bool) -> None:
        """Let the queue rest, or go on."""
        if self.library is not None:
            self.change(self.library.queue.pause if rest else self.library.queue.resume)

    def handle(self, verb: str, job: int) -> None:
        """Do one thing to one job of the queue: prioritize, skip, retry, cancel or dismiss."""
        row = next((row for row in self.queue if row.id == job), None)

        def done(_result: object) -> None:
            if verb == "retry" and row is not None:
                self.retried.emit(row)

        if self.library is not None:
            self.change(getattr(self.library.queue, verb), job, done=done)

    def leave_out_page(self, job: int, page: int | None) -> None:
        """Have a job go on without a page of its file."""
        if self.library is not None:
            self.change(self.library.queue.without_page, job, page)

    def dismiss(self, jobs: Sequence[int]) -> None:
        """Take jobs that are over off the list, in one go."""
        if self.library is not None and jobs:
            self.change(self.library.queue.dismiss, *jobs)
