"""Maintenance of sources: reading again, details, locating originals, permanent deletion."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from workbench.errors import InputError, UsageError, WorkbenchError
from workbench.store.records import SourceRow
from workbench.ui.components import (
    ENTER,
    Action,
    button,
    clear,
    column,
    error_message,
    holder,
    label,
    message,
    on_key,
    paragraph,
    scroll,
    words,
)
from workbench.ui.components.dialog import MARGINS, Dialog
from workbench.ui.inspector.details_form import DetailsForm
from workbench.ui.language import tr
from workbench.ui.shelf.calls import Batch, OpenBatch
from workbench.ui.shelf.originals import Originals, has_file, link
from workbench.ui.window.context import Context, Part

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.store.removal import Vanishing

_MAX_NAMES = 6
_PLACES = 3


class VanishSheet(Dialog):
    """Shows what a deletion removes; calls `confirm()` on request."""

    def __init__(
        self,
        parent: QWidget,
        sources: Sequence[SourceRow],
        removal: "Vanishing",
        confirm: Callable[[], object],
    ) -> None:
        super().__init__(parent, tr("Delete for good – Engram Workbench"))
        self.sources = tuple(source.id for source in sources)
        subject = (
            words.quoted(sources[0].title)
            if len(sources) == 1
            else words.count(len(sources), "source")
        )
        #: Whether a confirmed deletion is running.
        self.deleting = False
        self._what, self._confirm = words.count(len(sources), "source"), confirm
        self.delete_button = button(tr("Delete for good"), "trash", "danger", call=self._delete)
        self.delete_button.setAutoDefault(False)
        self.keep_button = button(tr("Keep"), call=self.close)
        self.keep_button.setDefault(True)
        self._below = column()
        body = column(
            paragraph(tr("Delete {what} permanently?", what=subject), "section"),
            paragraph(tr("This cannot be undone."), "muted"),
            8,
            *_section(tr("What is deleted"), vanishing(sources, removal)),
            8,
            *_section(tr("What stays"), staying(removal)),
            None,
            margins=MARGINS,
            gap=6,
        )
        inside = holder(body, "surface")
        area = scroll(inside, tr("What would be deleted"))
        self.arrange(area, None, self.delete_button, self.keep_button, below=self._below)
        self.fit(inside, 520)
        self.keep_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            # Enter is often pressed unread: it never deletes.
            self.close()
        else:
            super().keyPressEvent(event)

    def _delete(self) -> None:
        self.deleting = True
        self.delete_button.setEnabled(False)
        self.keep_button.setEnabled(False)
        clear(self._below)
        self._below.addWidget(_inset(message("info", tr("Deleting {what}…", what=self._what))))
        self._confirm()

    def fail(self, error: WorkbenchError) -> None:
        """Show why nothing was deleted."""
        self.deleting = False
        clear(self._below)
        self._below.addWidget(_inset(error_message(error)))
        self.keep_button.setEnabled(True)
        self.keep_button.setFocus()


def vanishing(sources: Sequence[SourceRow], removal: "Vanishing") -> list[str]:
    """What a deletion removes, a line each."""
    counts = (removal.passages, "passage"), (removal.engrams, "statement"), (removal.pages, "page")
    parts = ", ".join(words.count(number, word) for number, word in counts if number)
    pages = [source for source in sources if link(source) and not has_file(source)]
    return [
        *([_quoted(removal.titles)] if len(sources) > 1 else []),
        tr("{parts}: {bytes} of the library", parts=parts, bytes=words.size(removal.bytes)),
        *_named(
            (tr("Links that no other source states"), removal.links),
            (tr("Pasted texts, of which there is no copy"), sum(not s.locations for s in sources)),
            (tr("Web pages as they were fetched"), len(pages)),
            (tr("Tags that no other source has"), _quoted(removal.tags)),
            (tr("Saved answers that lose a quote"), removal.questions),
        ),
    ]


def staying(removal: "Vanishing") -> list[str]:
    """What a deletion keeps, a line each."""
    # Some may be former locations; they are not checked here.
    files = [place for place in removal.locations if "://" not in place]
    return _named(
        (tr("Your files"), _places(files)),
        (tr("Other sources that were read from"), _places(removal.shared)),
        (tr("Links that other sources state too"), removal.links_kept),
        (tr("Collections, with all other sources"), _quoted(removal.collections)),
        (
            tr("Backups that still contain the text, until you delete them"),
            words.names([file.name for file in removal.copies], _PLACES),
        ),
    ) or [tr("All other sources, their passages and tags")]


def _named(*rows: tuple[str, int | str]) -> list[str]:
    """The rows that have a value, as "name: value"."""
    return [
        f"{name}: {words.number(value) if isinstance(value, int) else value}"
        for name, value in rows
        if value
    ]


def _quoted(names: Sequence[str]) -> str:
    return words.names([words.quoted(name) for name in names], _MAX_NAMES)


def _places(places: Sequence[str]) -> str:
    return words.names([words.home_short(place) for place in places], _PLACES)


def _section(title: str, lines: Sequence[str]) -> list[QWidget]:
    items = (
        paragraph(f"• {words.wrappable(line)}", "", name=line, selectable=True) for line in lines
    )
    return [label(title, "head"), *items]


def _inset(frame: QWidget) -> QWidget:
    return holder(column(frame, margins=(24, 8, 24, 8)), "surface")


_PREVIEW = "caring:preview"
_CITED = "details:cited"


class SourceActions(Part):
    """Maintains the selected sources of the library."""

    def __init__(self, context: Context, originals: Originals) -> None:
        super().__init__(context)
        self._say, self._originals = context.announce, originals
        self._reading: list[OpenBatch] = []
        #: The open confirmation, if any.
        self.sheet: VanishSheet | None = None
        #: The sources in the Readers that were seen in the lists.
        self._read: set[int] = set()
        self._shelf.queue_changed.connect(self._settle)
        self._shelf.sources_changed.connect(self._update_readers)
        self._shelf.switched.connect(self._switched)
        self._shelf.failed.connect(self._failed)
        self._originals.changed.connect(self._mark)
        self._originals.found.connect(self._announce_located)
        self._originals.refused.connect(self._show_missing)
        self._originals.failed.connect(lambda error: self._say(str(error), kind="warn"))

        context.views.inspector.locate_requested.connect(self.locate)
        context.views.inspector.delete_requested.connect(self.confirm_delete)
        context.views.inspector.form_edited.connect(self._cite)
        on_key(context.views.library.table, Qt.Key.Key_F2, context.actions["details"].trigger)
        bar = context.views.library.trash_bar
        bar.restore_button.clicked.connect(context.actions["restore"].trigger)
        bar.delete_button.clicked.connect(context.actions["delete"].trigger)
        bar.empty_button.clicked.connect(self.empty_trash)
        context.views.library.selection_changed.connect(lambda rows: bar.set_chosen(len(rows)))
        self._declare()

    def _declare(self) -> None:
        navigate, originals = self._navigate, self._originals

        def one(test: Callable[[SourceRow], object]) -> Callable[[], bool]:
            """Whether the only selected source passes a test."""
            return lambda: (
                len(navigate.chosen) == 1
                and not navigate.in_trash
                and bool(test(navigate.chosen[0]))
            )

        self._actions.rules.update(
            file=one(lambda row: has_file(row) and row.id not in originals.missing),
            link=one(link),
            missing=one(lambda row: row.id in originals.missing),
        )
        self._actions.bind(
            reindex=lambda: self.reindex(navigate.chosen), details=self._open_details,
            reindex_all=partial(self.reindex, None),
            open_original=lambda: originals.open(navigate.chosen[0]),
            show_in_folder=lambda: originals.show_in_folder(navigate.chosen[0]),
            open_in_browser=lambda: originals.open_in_browser(navigate.chosen[0]),
            locate=lambda: self.locate(navigate.chosen[0]),
            delete=lambda: self.confirm_delete(navigate.chosen), empty_trash=self.empty_trash,
        )  # fmt: skip

    def _open_details(self) -> None:
        self._navigate.show_panel("inspector")
        self._views.inspector.edit_details()

    def _cite(self, form: DetailsForm) -> None:
        """Show the citation of a source with the form's values."""
        style = self._settings.now.citation_style or "apa"

        def show(reference: str) -> None:
            if isValid(form):
                form.citation.setText(reference)

        self._jobs.run(
            _reference, form.first, style, done=show, failed=lambda _error: show(""), key=_CITED
        )

    def _mark(self) -> None:
        self._views.library.mark_missing(self._originals.missing)
        self._actions.refresh()

    def _switched(self) -> None:
        self._reading.clear()
        self._jobs.cancel(_PREVIEW)
        self._close()

    # -- reading again -----------------------------------------------------------------------------

    def reindex(self, sources: Sequence[SourceRow] | None) -> None:
        """Enqueue sources again (None for all with an original); Activity shows progress."""
        ids = None if sources is None else tuple(source.id for source in sources)
        self._shelf.change(lambda library: _reindex(library, ids), done=self._enqueued)

    def _enqueued(self, result: tuple[tuple[int, ...], tuple[WorkbenchError, ...]]) -> None:
        jobs, rejected = result
        if jobs:
            self._reading.append(OpenBatch(dict.fromkeys(jobs), frozenset(), frozenset()))
        if rejected:
            reason = str(rejected[0])
            more = (
                tr(" {others} likewise.", others=words.count(len(rejected) - 1, "other"))
                if rejected[1:]
                else ""
            )
            self._say(f"{reason}{more}", kind="warn")
        elif not jobs:
            self._say(tr("None of these sources has an original file to read again."), kind="warn")

    def _settle(self) -> None:
        rows = {row.id: row for row in self._shelf.queue}
        for batch in tuple(self._reading):
            finished = batch.settle(rows)
            if finished is not None:
                self._reading.remove(batch)
                self._announce_reread(finished)

    def _announce_reread(self, batch: Batch) -> None:
        sources = {s for row in batch.rows if row.state == "done" for s in row.sources}
        parts = (
            [tr("{sources} read again", sources=words.count(len(sources), "source"))]
            if sources
            else []
        )
        if batch.failed:
            names = words.names([row.name for row in batch.failed], 2)
            parts.append(
                tr(
                    "{failed} could not be read again and are unchanged: {names}",
                    failed=len(batch.failed),
                    names=names,
                )
            )
        if parts:
            show = Action(tr("Show"), self._show_failed)
            offers = (show,) if batch.failed else ()
            self._say(", ".join(parts), *offers, kind="warn" if batch.failed else "done")

    def _show_failed(self) -> None:
        self._navigate.show_panel("activity")
        self._views.activity.select_failed()

    # -- originals --------------------------------------------------------------------------------

    def locate(self, source: SourceRow) -> None:
        """Choose the new place of an original."""
        start = source.path or ""
        selected, _kind = QFileDialog.getOpenFileName(
            self._window,
            tr("Where is the original of “{title}”?", title=source.title),
            start,
            tr("All files (*)"),
        )
        if selected:
            self._originals.locate(source, Path(selected))

    def _announce_located(self, source: SourceRow, other_count: int) -> None:
        more = (
            tr(", and {others} beside it", others=words.count(other_count, "other"))
            if other_count
            else ""
        )
        self._say(tr("Found the original of “{title}”{more}", title=source.title, more=more))

    def _show_missing(self, error: WorkbenchError) -> None:
        # The Inspector shows it beside the source; a toast if it is hidden.
        if not self._views.docks.docks["inspector"].isVisible():
            self._say(str(error), kind="warn")

    def _update_readers(self) -> None:
        rows = {row.id: row for row in (*self._shelf.sources, *self._shelf.trashed)}
        visited = set()
        for reader in self._navigate.readers:
            source = reader.source_id
            if source in rows:
                visited.add(source)
                reader.know(rows[source])
            elif source in self._read:
                reader.know(None)
        self._read = visited

    # -- permanent deletion ------------------------------------------------------------------------

    def confirm_delete(self, sources: Sequence[SourceRow]) -> None:
        """Show what deleting these sources removes; the sheet has the button."""
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
        """Show what emptying the Trash removes."""
        self.confirm_delete(self._shelf.trashed)

    def _open(self, sources: tuple[SourceRow, ...], removal: "Vanishing") -> None:
        self._close()
        ids = tuple(source.id for source in sources)
        self.sheet = VanishSheet(self._window, sources, removal, partial(self._delete, ids))
        self.sheet.show()

    def _close(self) -> None:
        if self.sheet is not None and isValid(self.sheet):
            self.sheet.close()
        self.sheet = None

    def _delete(self, sources: tuple[int, ...]) -> None:
        self._shelf.act(
            tr("Delete for good"),
            lambda library: _delete(library, sources),
            done=partial(self._deleted, sources),
        )

    def _deleted(self, sources: tuple[int, ...], clean: bool, _act: object) -> None:
        self._close()
        self._shelf.forget_missing()
        text = tr("{sources} deleted for good", sources=words.count(len(sources), "source"))
        if not clean:
            text += tr("; the last traces go when every program has closed the library")
        self._say(text)

    def _failed(self, error: WorkbenchError) -> None:
        if self.sheet is not None and isValid(self.sheet) and self.sheet.deleting:
            self.sheet.fail(error)


def _reference(row: SourceRow, style: str) -> str:
    from workbench.recall.citation_styles import reference_list
    from workbench.recall.cited_sources import Cited, csl_items

    return "\n".join(reference_list(csl_items([Cited(row)]), style))


def _delete(library: "Library", sources: tuple[int, ...]) -> bool:
    """Delete sources that are still in the Trash, as they may have been restored."""
    trashed = {row.id for row in library.sources.list(trashed=True)}
    if not trashed.issuperset(sources):
        raise UsageError(
            tr("Nothing was deleted: some of these are no longer in the Trash."),
            tr("Check the Trash and choose again."),
        )
    return bool(library.sources.delete(sources).clean)


def _reindex(
    library: "Library", sources: tuple[int, ...] | None
) -> tuple[tuple[int, ...], tuple[WorkbenchError, ...]]:
    """Enqueue sources again; rejected ones do not prevent others."""
    if sources is None:
        return tuple(library.queue.enqueue(None)), ()
    try:
        return tuple(library.queue.enqueue(sources)), ()
    except InputError as error:
        if len(sources) == 1:
            return (), (error,)
    jobs: list[int] = []
    rejected: list[WorkbenchError] = []
    for source in sources:
        try:
            jobs += library.queue.enqueue([source])
        except InputError as error:
            rejected.append(error)
    return tuple(dict.fromkeys(jobs)), tuple(rejected)
