"""Changes of the library from the window: adding, trash, collections, queue.

Each change goes the road of `Opened`; what can be undone gets its entry when it has happened.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from workbench import paths
from workbench.intake.records import Added
from workbench.store.records import CollectionRow, SourceRow
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.window import library_calls
from workbench.ui.window.library_calls import Batch, OpenBatch, provisional
from workbench.ui.window.opened import Opened, OpenLibrary
from workbench.ui.window.undo import Command, SourcesCommand

if TYPE_CHECKING:
    from workbench.intake.again import Changed
    from workbench.library import Library

Told = Callable[[], object]
#: Gets the entry of the Undo, None where all was so already.
Put = Callable[[SourcesCommand | None], object]
Made = TypeVar("Made")

_SAY_SO = 300  # milliseconds after which what is not on the queue yet is shown all the same


class Shelf(Opened):
    """The open library as the window sees it. Use it from the GUI thread only."""

    def __init__(
        self, path: Path, open_library: OpenLibrary, jobs: Jobs, parent: QObject | None = None
    ) -> None:
        super().__init__(path, open_library, jobs, parent)
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
            files = tuple(paths)
            if self.remote:
                self.change(
                    partial(library_calls.send, paths=files, collection=collection),
                    done=sent,
                    failed=over,
                )
            else:
                self.change(
                    partial(library_calls.enqueue, paths=files, collection=collection, typed=typed),
                    done=over,
                    failed=over,
                    parting=partial(
                        library_calls.enqueue_all, paths=files, collection=collection, typed=typed
                    ),
                )

        self.with_library(enqueue)

    def add_changed(
        self, changed: "Sequence[Changed]", collection: str | None, *, replace: bool
    ) -> None:
        """Add files that have changed: with `replace` in the place of what they were."""
        paths = [item.path for item in changed]
        self.change(
            lambda library: library.queue.enqueue(paths, collection=collection, replace=replace),
            done=lambda jobs: self._enqueued(library_calls.Enqueued(jobs)),
        )

    def _show_coming(self) -> None:
        previous = self.coming
        self.coming = [row for rows in self._unheard for row in rows]
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
            done = batch.settle(rows)
            if done is None:
                continue
            self._batches.remove(batch)
            if done.fresh:
                word = tr("Add") if done.added else tr("Restore")
                self.undo.push(self._moved_entry(done.fresh, word))
            self.batch_finished.emit(done)

    def add_sample(self) -> None:
        """Add the book that ships with the program."""

        def add() -> None:
            if self.library is not None:
                self.add((paths.sample_book(),))

        self.with_library(add)

    @property
    def sample(self) -> SourceRow | None:
        """The sample book, where it is in the library and not in the trash."""
        # Asked of the queue, which is loaded with the second lists.
        if self.library is None or not self.complete:
            return None
        file = str(paths.sample_book())
        result = (row for row in self.sources if row.path == file or file in row.locations)
        return next(result, None)

    def trash(self, sources: Sequence[int], told: Told | None = None) -> None:
        """Move sources to the trash; Undo brings them back. `told()` is called when it is done."""
        if sources:
            self._do(
                self._moved_entry(sources, tr("Move to Trash"), into=True),
                told,
                lambda library: library.sources.trash(list(sources)),
            )

    def restore(self, sources: Sequence[int], told: Told | None = None) -> None:
        """Bring sources back from the trash; Undo trashes them again."""
        if sources:
            self._do(
                self._moved_entry(sources, tr("Restore")),
                told,
                lambda library: library.sources.trash(list(sources), restore=True),
            )

    def _moved_entry(self, sources: Sequence[int], text: str, *, into: bool = False) -> Command:
        """An entry for sources that came out of the trash or were added, or went `into` it."""

        def step(ids: list[int], back: bool) -> None:
            self.retrace(lambda library: library.sources.trash(ids, restore=into == back))

        return SourcesCommand(self, text, sources, step, kind="trash" if into else "restore")

    def take_back(self, sources: Sequence[int]) -> None:
        """Undo the coming of exactly these sources, whatever happened since."""
        if not self.undo_last(("restore", [*sources])):
            self.trash(sources)

    def bring_back(self, sources: Sequence[int]) -> None:
        """Undo the trashing of exactly these sources, whatever happened since."""
        if not self.undo_last(("trash", [*sources])):
            self.restore(sources)

    def undo_last(self, about: object) -> bool:
        """Undo what was done last if it was this; says whether it was."""
        last = self.undo.command(self.undo.index() - 1) if self.undo.canUndo() else None
        same = isinstance(last, Command) and last.about == about
        if same:
            self.undo.undo()
        return same

    def step_back(self) -> None:
        """Undo the last thing that was asked for, also where it is still under way."""
        self.change(lambda _library: None, done=lambda _none: self.undo.undo())

    def step_again(self) -> None:
        """Do again what was undone last."""
        self.change(lambda _library: None, done=lambda _none: self.undo.redo())

    def _do(self, entry: Command, told: Told | None, work: Callable[["Library"], object]) -> None:
        """Make a change, and its entry in the Undo once it is made."""

        def done(_result: object) -> None:
            self.undo.push(entry)
            if told is not None:
                told()

        self.change(work, done=done)

    def undoable(
        self,
        text: str,
        work: Callable[["Library"], Made],
        back: Callable[["Library", Made], object],
        *,
        told: Callable[[Made | None], object] = lambda _made: None,
        done: Callable[[Made], object] = lambda _made: None,
        about: object = None,
    ) -> None:
        """Make a change that the Undo, where it is called `text`, takes back by `back`.

        `back(library, made)` gets what the change brought last; `told` hears of that each time, and
        None where it was taken back; `done` is called the first time alone.
        """
        last: list[Made] = []

        def made(result: Made) -> None:
            last[:] = [result]
            told(result)

        def step(goes_back: bool) -> None:
            if goes_back:
                self.retrace(lambda library: back(library, last[0]), lambda _none: told(None))
            else:
                self.retrace(work, made)

        def first(result: Made) -> None:
            self.undo.push(Command(self, text, step, about))
            made(result)
            done(result)

        self.change(work, done=first)

    def retrace(
        self, work: Callable[["Library"], Made], done: Callable[[Made], object] | None = None
    ) -> None:
        """A change that undoes or does again; where it fails, the Undo stands where it stood."""
        previous = self._stood
        self.change(work, done=done, failed=lambda: self.rewind(previous))

    def rewind(self, index: int) -> None:
        """Move the Undo to an entry without doing anything."""
        self.rewinding = True
        self.undo.setIndex(index)
        self.rewinding = False

    def _moved(self, index: int) -> None:
        self._stood = index

    def assign(self, sources: Sequence[int], collection: str, told: Put | None = None) -> None:
        """Put sources into a collection; those in it already stay out of the Undo."""

        def done(added: tuple[int, ...]) -> None:
            self.put(self._collected(added, collection) if added else None, told)

        if sources:
            self.change(partial(library_calls.assign, sources=sources, name=collection), done=done)

    def _collected(
        self, sources: Sequence[int], collection: str, *, out: bool = False
    ) -> SourcesCommand:
        """An entry for sources that were put into a collection, or taken `out` of it."""

        def step(ids: list[int], back: bool) -> None:
            self.retrace(
                lambda library: library.collections.assign(ids, collection, remove=out != back)
            )

        text = f"{(tr('Take out of') if out else tr('Add to'))} “{collection}”"
        opposite = self.assign if out else self.unassign
        return SourcesCommand(self, text, sources, step, lambda ids: opposite(ids, collection))

    def put(self, entry: SourcesCommand | None, told: Put | None) -> None:
        """Note what was put somewhere, and tell it."""
        if entry is not None:
            self.undo.push(entry)
        if told is not None:
            told(entry)

    def undo_just(self, entry: SourcesCommand) -> None:
        """Undo exactly this, whatever was done since."""
        if self.undo.canUndo() and self.undo.command(self.undo.index() - 1) is entry:
            self.undo.undo()
        else:
            entry.opposite()

    def unassign(self, sources: Sequence[int], collection: str) -> None:
        """Take sources out of a collection; they stay in the library."""
        if sources:
            self._do(
                self._collected(sources, collection, out=True),
                None,
                lambda library: library.collections.assign(list(sources), collection, remove=True),
            )

    def remove_collection(self, name: str) -> None:
        """Remove a collection; its sources stay, and Undo makes it again."""

        self.undoable(
            tr("Remove “{name}”", name=name),
            lambda library: library_calls.remove_collection(library, name),
            lambda library, inside: library_calls.make_again(library, name, inside),
        )

    def paste(self, text: str, collection: str | None = None) -> None:
        """Make a source of pasted text."""
        self._paste(lambda library: library.add_text(text, collection=collection))

    def paste_picture(self, picture: QImage, collection: str | None = None) -> None:
        """Make a source of a picture that came without a file."""
        self._paste(partial(library_calls.paste_picture, picture=picture, collection=collection))

    def _paste(self, work: Callable[["Library"], list[Added]]) -> None:
        self.with_library(lambda: self.change(work, done=self._pasted))

    def _pasted(self, added: list[Added]) -> None:
        fresh = tuple(
            a.source for a in added if a.source is not None and (a.restored or not a.already)
        )
        if fresh and not self.remote:
            self.undo.push(self._moved_entry(fresh, tr("Add")))
        for item in added:
            self.text_added.emit(item)

    def create_collection(
        self, name: str, done: Callable[[CollectionRow], object] | None = None
    ) -> None:
        """Make a collection, and the library's file if there is none yet."""
        self.with_library(
            lambda: self.change(lambda library: library.collections.create(name), done=done)
        )

    def pause(self, rest: bool) -> None:
        """Let the queue rest, or go on."""
        self.change(lambda library: library.queue.pause(rest))

    def handle(self, verb: str, job: int) -> None:
        """Do one thing to one job of the queue: prioritize, skip, retry, cancel or dismiss."""
        row = next((row for row in self.queue if row.id == job), None)

        def done(_result: object) -> None:
            if verb == "retry" and row is not None:
                self.retried.emit(row)

        self.change(lambda library: library.queue.change(job, to=verb), done=done)

    def leave_out_page(self, job: int, page: int | None) -> None:
        """Have a job go on without a page of its file."""
        self.change(lambda library: library.queue.change(job, to="without_page", page=page))

    def dismiss(self, jobs: Sequence[int]) -> None:
        """Take jobs that are over off the list, in one go."""
        if jobs:
            self.change(lambda library: library.queue.change(*jobs, to="dismiss"))
