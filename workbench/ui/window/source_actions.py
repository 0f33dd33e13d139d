"""Care of what is in the library: reading it again, finding its originals, deleting it for good."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog
from shiboken6 import isValid

from workbench.errors import InputError, UsageError, WorkbenchError
from workbench.store.records import SourceRow
from workbench.ui.components import words
from workbench.ui.components.toast import Action
from workbench.ui.language import tr
from workbench.ui.window import commands, undo
from workbench.ui.window.batches import Batch, OpenBatch
from workbench.ui.window.delete_dialog import VanishSheet

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.store.removal import Vanishing
    from workbench.ui.window.main import MainWindow

_PREVIEW = "caring:preview"


class Caring(QObject):
    """Takes care of the chosen sources of a window's library."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._shelf = window, window.shelf
        self._toasts, self._originals = window.toasts, window.originals
        self._reading: list[OpenBatch] = []
        #: The question that is open, if any.
        self.sheet: VanishSheet | None = None
        #: The sources on show in the Reader, once they were seen in the lists.
        self._read: set[int] = set()
        self._shelf.queue_changed.connect(self._settle)
        self._shelf.sources_changed.connect(self._tell_reader)
        self._shelf.switched.connect(self._switched)
        self._shelf.failed.connect(self._failed)
        self._originals.changed.connect(self._mark)
        self._originals.found.connect(self._found)
        self._originals.refused.connect(self._not_found)
        self._originals.failed.connect(lambda error: self._toasts.say(str(error), kind="warn"))

        window.inspector.locate_requested.connect(self.locate)
        window.inspector.delete_requested.connect(self.ask_delete)
        bar = window.library_tab.trash_bar
        bar.restore_button.clicked.connect(window.actions_by_name["restore"].trigger)
        bar.delete_button.clicked.connect(window.actions_by_name["delete"].trigger)
        bar.empty_button.clicked.connect(self.empty_trash)

    def _mark(self) -> None:
        self._window.library_tab.mark_missing(self._originals.missing)
        commands.refresh(self._window)

    def _switched(self) -> None:
        self._reading.clear()
        self._window.jobs.cancel(_PREVIEW)
        self._close()

    # -- reading again ----------------------------------------------------------------------------

    def reindex(self, sources: Sequence[SourceRow] | None) -> None:
        """Read sources (None: all that have an original) again; Activity shows how far it is."""
        ids = None if sources is None else tuple(source.id for source in sources)
        self._shelf.change(lambda library: _again(library, ids), done=self._enqueued)

    def _enqueued(self, both: tuple[tuple[int, ...], tuple[WorkbenchError, ...]]) -> None:
        jobs, refused = both
        if jobs:
            self._reading.append(OpenBatch(dict.fromkeys(jobs), frozenset(), frozenset()))
        if refused:
            why = str(refused[0])
            more = (
                tr(" {others} likewise.", others=words.count(len(refused) - 1, "other"))
                if refused[1:]
                else ""
            )
            self._toasts.say(f"{why}{more}", kind="warn")
        elif not jobs:
            self._toasts.say(
                tr("None of these sources has an original file to read again."), kind="warn"
            )

    def _settle(self) -> None:
        rows = {row.id: row for row in self._shelf.queue}
        for batch in tuple(self._reading):
            over = batch.settle(rows)
            if over is not None:
                self._reading.remove(batch)
                self._tell(over)

    def _tell(self, over: Batch) -> None:
        done = {s for row in over.rows if row.state == "done" for s in row.sources}
        parts = (
            [tr("{sources} read again", sources=words.count(len(done), "source"))] if done else []
        )
        if over.failed:
            names = words.names([row.name for row in over.failed], 2)
            parts.append(
                tr(
                    "{failed} could not be read again and are unchanged: {names}",
                    failed=len(over.failed),
                    names=names,
                )
            )
        if parts:
            show = Action(tr("Show"), self._show_failed)
            offers = (show,) if over.failed else ()
            self._toasts.say(", ".join(parts), *offers, kind="warn" if over.failed else "done")

    def _show_failed(self) -> None:
        self._window.show_panel("activity")
        self._window.activity.select_failed()

    # -- originals --------------------------------------------------------------------------------

    def locate(self, source: SourceRow) -> None:
        """Choose where the original of a source is now."""
        start = source.path or ""
        chosen, _kind = QFileDialog.getOpenFileName(
            self._window,
            tr("Where is the original of “{title}”?", title=source.title),
            start,
            tr("All files (*)"),
        )
        if chosen:
            self._originals.locate(source, Path(chosen))

    def _found(self, source: SourceRow, others: int) -> None:
        more = tr(", and {others} beside it", others=words.count(others, "other")) if others else ""
        self._toasts.say(tr("Found the original of “{title}”{more}", title=source.title, more=more))

    def _not_found(self, error: WorkbenchError) -> None:
        # The Inspector tells it beside the source; where it is not to be seen, a toast does.
        if not self._window.docks.docks["inspector"].isVisible():
            self._toasts.say(str(error), kind="warn")

    def _tell_reader(self) -> None:
        rows = {row.id: row for row in (*self._shelf.sources, *self._shelf.trashed)}
        seen = set()
        for reader in self._window.readers:
            source = reader.source_id
            if source in rows:
                seen.add(source)
                reader.know(rows[source])
            elif source in self._read:
                reader.know(None)
        self._read = seen

    # -- deleting for good ------------------------------------------------------------------------

    def ask_delete(self, sources: Sequence[SourceRow]) -> None:
        """Show what deleting these sources would take; the sheet has the button that does it."""
        rows = tuple(sources)
        if rows:
            self._shelf.ask(
                lambda library: (
                    library.sources.delete([row.id for row in rows], preview=True).vanishing
                ),
                done=partial(self._open, rows),
                failed=self._shelf.failed.emit,
                key=_PREVIEW,
            )

    def empty_trash(self) -> None:
        """Show what emptying the trash would take."""
        self.ask_delete(self._shelf.trashed)

    def _open(self, sources: tuple[SourceRow, ...], found: "Vanishing") -> None:
        self._close()
        ids = tuple(source.id for source in sources)
        self.sheet = VanishSheet(self._window, sources, found, partial(self._delete, ids))
        self.sheet.show()

    def _close(self) -> None:
        if self.sheet is not None and isValid(self.sheet):
            self.sheet.close()
        self.sheet = None

    def _delete(self, sources: tuple[int, ...]) -> None:
        self._shelf.change(
            lambda library: _delete(library, sources), done=partial(self._deleted, sources)
        )

    def _deleted(self, sources: tuple[int, ...], clean: bool) -> None:
        self._close()
        undo.forget(self._shelf, frozenset(sources))
        text = tr("{sources} deleted for good", sources=words.count(len(sources), "source"))
        if not clean:
            text += tr("; the last traces go when every program has closed the library")
        self._toasts.say(text)

    def _failed(self, error: WorkbenchError) -> None:
        if self.sheet is not None and isValid(self.sheet) and self.sheet.deleting:
            self.sheet.fail(error)


def _delete(library: "Library", sources: tuple[int, ...]) -> bool:
    """Delete what still lies in the trash: it may have been restored since the question."""
    trashed = {row.id for row in library.sources.list(trashed=True)}
    if not trashed.issuperset(sources):
        raise UsageError(
            tr("Nothing was deleted: some of these are no longer in the Trash."),
            tr("Check the Trash and choose again."),
        )
    return bool(library.sources.delete(sources).clean)


def _again(
    library: "Library", sources: tuple[int, ...] | None
) -> tuple[tuple[int, ...], tuple[WorkbenchError, ...]]:
    """Put sources on the queue again; those that cannot be do not hold up the others."""
    if sources is None:
        return tuple(library.queue.reindex(None)), ()
    try:
        return tuple(library.queue.reindex(sources)), ()
    except InputError as error:
        if len(sources) == 1:
            return (), (error,)
    jobs: list[int] = []
    refused: list[WorkbenchError] = []
    for source in sources:
        try:
            jobs += library.queue.reindex([source])
        except InputError as error:
            refused.append(error)
    return tuple(dict.fromkeys(jobs)), tuple(refused)
