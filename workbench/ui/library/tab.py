"""The Library tab: table, filter and chips, and placeholder pages.

A switch in front of the filter selects sources or notes.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QButtonGroup,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from workbench.errors import WorkbenchError
from workbench.settings import Columns
from workbench.store.records import SourceRow
from workbench.ui import theme
from workbench.ui.components import (
    Elided,
    EmptyState,
    ResponsiveRow,
    Sign,
    Stack,
    button,
    chip,
    column,
    delayed,
    error_message,
    filter_bar,
    find_field,
    flow,
    holder,
    label,
    on_key,
    on_paper,
    paragraph,
    quiet_button,
    row,
    rule,
    scroll,
    tool,
    words,
)
from workbench.ui.fading.page import FadingPage
from workbench.ui.jobs import Jobs
from workbench.ui.language import inside, tr, tr_n
from workbench.ui.library import source_types
from workbench.ui.library.covers import CoverCache, CoverGrid
from workbench.ui.library.indexed import IndexedView
from workbench.ui.library.list_page import ListPage
from workbench.ui.library.model import SourcesView, SourceTable
from workbench.ui.library.scope import Scope
from workbench.ui.memories.page import MemoriesPage
from workbench.ui.memories.switch import MEMORIES, SOURCES, KindSwitch
from workbench.ui.shelf.shelf import Shelf

_SHOW_DELAY = 300  # milliseconds
_REASON_DELAY = 2000


class WaitingPage(QWidget):
    """The page shown while a library is being opened; `other_button` chooses another."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._path = Path()
        self.other_button = button(tr("Choose another library…"))
        self.state = EmptyState("clock", "", "", self.other_button)
        self.setLayout(column(self.state))
        self.state.hide()
        self._so = delayed(self, self._show_opening, _SHOW_DELAY)
        self._why = delayed(self, self._check_lock, _REASON_DELAY)

    def begin(self, path: Path) -> None:
        """Start waiting for the library at `path`."""
        self._path = path
        self.state.hide()
        self._so.start()
        self._why.start()

    def end(self) -> None:
        """Stop waiting."""
        self._so.stop()
        self._why.stop()
        self._jobs.cancel("library:locked")

    def _show_opening(self) -> None:
        self.other_button.hide()
        self.state.show_text(tr("Opening {stem}…", stem=self._path.stem), "")
        self.state.show()

    def _check_lock(self) -> None:
        self._jobs.run(_is_locked, self._path, done=self._show_reason, key="library:locked")
        self._why.start()

    def _show_reason(self, locked: bool) -> None:
        if locked:
            title = tr("{stem} is in use by another program; waiting", stem=self._path.stem)
            reason = tr("It opens as soon as the other program has finished.")
        else:
            title = tr("Opening {stem}…", stem=self._path.stem)
            reason = tr(
                "This takes longer than usual: the disk is slow, or the library is brought up to"
                " date for this version."
            )
        self.state.show_text(title, reason)
        self.other_button.show()
        self.state.show()


def _is_locked(path: Path) -> bool:
    # Deferred, to keep SQLite out of start-up.
    from workbench.store.file import is_locked

    return path.exists() and is_locked(path)


#: Text of the drop area.
START = (
    tr("Drop books and papers here"),
    tr("PDF, EPUB, Word, web pages, recordings and pictures. Nothing leaves this computer."),
)
_HINTS = (
    ("book", tr("Books and papers"), tr("Drop files or folders anywhere in this window.")),
    ("video", tr("A YouTube link"), tr("Paste it under Add link… to search what is said.")),
    (
        "library",
        tr("The sample"),
        tr("A book, papers, a lecture and notes to look around in."),
    ),
)
_WIDE, _HIGH, _NARROW = 640, 328, 520


class Well(EmptyState):
    """The dashed drop area with its buttons."""

    def _fit(self) -> None:
        super()._fit()
        self.setContentsMargins(16, 12, 16, 12)
        self.setMaximumHeight(theme.px(_HIGH))
        self._text.setFixedWidth(max(1, min(theme.px(540), self.width() - 48)))


class Start(QWidget):
    """The drop area, and three hints below it, in a row if they fit."""

    def __init__(self, *actions: QWidget) -> None:
        super().__init__()
        self.well = Well("reader", *START, *actions)
        on_paper(self.well, "well")
        hints = []
        for glyph, title, text in _HINTS:
            hint = row(gap=10)
            hint.addWidget(Sign(glyph), 0, Qt.AlignmentFlag.AlignTop)
            texts = column(label(title, "strong"), paragraph(text), None, gap=2)
            hint.addLayout(texts, 1)
            hints.append(holder(hint))
        entire = column(
            self.well, ResponsiveRow(hints, _NARROW, 24), margins=(16, 0, 16, 0), gap=24
        )
        entire.setStretchFactor(self.well, 1)
        self.setLayout(entire)
        theme.render(self, lambda: self.setMaximumWidth(theme.px(_WIDE) + 32))


class TrashBar(QWidget):
    """Restore, delete, empty; the last two ask for confirmation."""

    def __init__(self) -> None:
        super().__init__()
        note = label(tr("Items here are not searched."), "muted")
        self.restore_button = button(tr("Restore"), "undo")
        self.delete_button = quiet_button(tr("Delete for good…"))
        self.empty_button = quiet_button(tr("Empty Trash…"))
        parts = [note, self.restore_button, self.delete_button, self.empty_button]
        line = row(flow(*parts, gap=12), margins=(16, 6, 16, 6))
        self.setLayout(column(line, rule(), gap=0))
        self.set_chosen(0)

    def set_chosen(self, count: int) -> None:
        """Set the number of selected sources."""
        self.restore_button.setEnabled(count > 0)
        self.delete_button.setEnabled(count > 0)


_NO_LIMIT = 16_777_215  # QWIDGETSIZE_MAX


class LibraryTab(QWidget):
    """Find a source, see its state, open it."""

    open_requested = Signal(int)
    selection_changed = Signal(object)
    #: `SOURCES` or `MEMORIES`.
    kind_changed = Signal(str)
    other_requested = Signal()

    def __init__(self, shelf: Shelf, columns: Columns) -> None:
        super().__init__()
        self._shelf = shelf
        #: The current scope.
        self.scope = Scope()
        #: The current view: `SOURCES` or `MEMORIES`.
        self.kind = SOURCES
        self._quiet = False
        self.model = SourceTable(self)
        self.table = self._make_table(columns)
        self.columns_button = self.table.press
        self.find_field = find_field(
            tr("Filter sources"),
            tr("Filter the library"),
            self._filter,
            lambda: self.view.setFocus(),
        )
        on_key(self.find_field, Qt.Key.Key_Escape, self.clear_filter)
        self.chips = self._make_chips()
        self.switch = self._new_switch()
        self.memories = MemoriesPage(shelf)
        self.memories.switch.selected.connect(self._switch_to)
        self.fading = FadingPage(shelf)
        #: The cover view, created on first use.
        self.grid: CoverGrid | None = None
        self.covers_button = tool("covers", tr("Covers"))
        self.covers_button.setCheckable(True)
        self.covers_button.toggled.connect(self._show_covers)
        self.indexed = IndexedView(shelf.jobs)
        self.indexed.back.clicked.connect(self.leave_indexed)
        on_key(self.indexed, Qt.Key.Key_Escape, self.leave_indexed, include_children=True)
        self._place = Elided("", "caption", Qt.TextElideMode.ElideMiddle)
        self.stack = Stack(name=tr("Library"))
        self._table_page = self._make_table_page()
        self._start_page = self._make_start_page()
        self.waiting = WaitingPage(shelf.jobs)
        self.waiting.other_button.clicked.connect(self.other_requested)
        pages = (self.waiting, self._table_page, self._start_page, self.indexed)
        for page in (*pages, self.memories, self.fading):
            on_paper(page, "surface")
            self.stack.addWidget(page)
        self.setLayout(column(self.stack))
        self.covers_button.setChecked(columns.covers)
        shelf.sources_changed.connect(self._sources_changed)
        shelf.queue_changed.connect(self._show_pending)
        shelf.facts_changed.connect(self._count_kinds)
        shelf.opening.connect(self._opening)
        shelf.open_failed.connect(self._show_failure)

    # -- public API --------------------------------------------------------------------------------

    def set_scope(self, scope: Scope) -> None:
        """Show another scope."""
        self.scope = scope
        self.trash_bar.setVisible(scope.trash)
        self.memories.set_scope(scope)
        self.leave_indexed()
        self._sources_changed()

    def selected(self) -> list[SourceRow]:
        """The selected sources in display order."""
        return self.table.picked()

    def select(self, sources: tuple[int, ...]) -> None:
        """Select sources, clearing the filter if it hides them."""
        if any(self.model.row_of(source) < 0 for source in sources):
            self.find_field.clear()
            self.chips[0].click()
        self.table.pick(set(sources))
        first = next((at for at in map(self.model.row_of, sources) if at >= 0), -1)
        if first >= 0:
            self.view.scrollTo(self.model.index(first, 0))

    def columns(self) -> Columns:
        """The settings of the columns."""
        return replace(self.table.columns(), covers=self.covers_button.isChecked())

    def show_indexed(self) -> None:
        """Show the indexed text of the selected source beside its original."""
        selection = self.selected()
        if selection and self._shelf.library is not None:
            self.indexed.show_source(self._shelf.library, selection[0])
            self.stack.setCurrentWidget(self.indexed)

    def show_kind(self, kind: str) -> None:
        """Switch between `SOURCES` and `MEMORIES`."""
        if kind == self.kind:
            return
        self.kind = kind
        self._show_page()
        self.kind_changed.emit(kind)

    def _switch_to(self, kind: str) -> None:
        """Switch views and move the focus to the new view's switch."""
        self.show_kind(kind)
        visible = [item for item in self.findChildren(KindSwitch) if item.isVisible()]
        for switch in visible[:1]:
            switch.focus()

    def _new_switch(self) -> KindSwitch:
        switch = KindSwitch(SOURCES)
        switch.selected.connect(self._switch_to)
        return switch

    def _count_kinds(self) -> None:
        for switch in self.findChildren(KindSwitch):
            switch.show_counts(len(self._in_scope()), self.memories.counts.total())

    def leave_indexed(self) -> None:
        """Return to the table."""
        if self.stack.currentWidget() is self.indexed:
            self._show_page()
            self.view.setFocus()

    def focus_first(self) -> None:
        """Focus the main widget of the current page."""
        page = self.stack.currentWidget()
        if page is self._table_page:
            self.view.setFocus()
        elif isinstance(page, ListPage):
            page.focus_first()
        elif page is self._start_page:
            self.add_button.setFocus()

    # -- widgets -----------------------------------------------------------------------------------

    def _make_table(self, columns: Columns) -> SourcesView:
        table = SourcesView(self.model, columns)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setDragEnabled(True)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        table.activated.connect(self._activated)
        table.selectionModel().selectionChanged.connect(self._selection_changed)
        return table

    @property
    def view(self) -> QAbstractItemView:
        """The current view of sources: table or covers."""
        return self.grid if self.grid is not None and self.covers_button.isChecked() else self.table

    def _show_covers(self, on: bool) -> None:
        """Switch between covers and rows, keeping the selection."""
        if on and self.grid is None:
            covers = CoverCache(self._shelf, self)
            self.grid = CoverGrid(self.table, self.model, covers)
            self.grid.activated.connect(self._activated)
            at = self._below_bar.indexOf(self.table)
            self._below_bar.insertWidget(at, self.grid, 1)
        focused = self.table.hasFocus() or (self.grid is not None and self.grid.hasFocus())
        self.table.setHidden(on)
        self.columns_button.setHidden(on)
        if self.grid is not None:
            self.grid.setVisible(on)
        self.covers_button.setIcon(theme.icon("list" if on else "covers"))
        name = tr("List") if on else tr("Covers")
        self.covers_button.setToolTip(name)
        self._update_no_match()
        if focused:
            self.view.setFocus()
        self.view.scrollTo(self.view.currentIndex())

    def _make_chips(self) -> list[QToolButton]:
        group = QButtonGroup(self)
        created = [
            chip(tr("All")),
            chip(tr("Books"), "book", tip=tr("EPUB files and texts as long as a book")),
            chip(tr("Papers"), "paper", tip=tr("Shorter PDF files and texts")),
            chip(tr("Attention"), "alert", tip=tr("Sources that need attention")),
            chip(tr("Media"), "video", tip=tr("Pictures, recordings and videos")),
        ]
        created[0].setChecked(True)
        for item in created:
            group.addButton(item)
        group.buttonClicked.connect(self._filter)
        return created

    def _make_table_page(self) -> QWidget:
        all_chip, *documents, attention, media = self.chips
        chips = (all_chip, attention, *documents, media)
        self.filter_bar = filter_bar(self.switch, self.find_field, chips)
        for item in (attention, media):
            item.hide()
        bar = row(self.filter_bar, margins=(16, 10, 12, 10), gap=6, wide=0)
        for press in (self.columns_button, self.covers_button):
            bar.addWidget(press, 0, Qt.AlignmentFlag.AlignTop)
        self._no_match = paragraph("", "muted")
        self.show_all_button = button(tr("Show all sources"), call=self.clear_filter)
        words_row = row(None, self._no_match, self.show_all_button, None, gap=12)
        self._nothing = holder(column(words_row, None, margins=(16, 24, 16, 24)), "surface")
        self._nothing.hide()
        self.trash_bar = TrashBar()
        self.trash_bar.hide()
        self._below_bar = column(
            holder(bar), rule(), self.trash_bar, self.table, self._nothing, gap=0, wide=3
        )
        return holder(self._below_bar, "surface", tr("Library"))

    def _make_start_page(self) -> QWidget:
        self.add_button = button(tr("Add files…"), "add", "primary", call=self._shelf.wanted.files)
        self.link_button = button(tr("Add link…"))
        self.sample_button = button(tr("Try with a sample"), call=self._shelf.wanted.sample)
        self.place_button = quiet_button(tr("Change…"), name=tr("Change the library file"))
        self._start = Start(self.add_button, self.link_button, self.sample_button)
        self.well = self._start.well
        self._place.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        place = row(None, self._place, self.place_button, None)
        top = row(self._new_switch(), None, margins=(16, 10, 12, 0))
        middle = row(None, self._start, None, gap=0)
        middle.setStretchFactor(self._start, 100)
        page = column(top, None, middle, None, place, 12)
        page.setStretchFactor(middle, 6)
        entire = holder(page, "surface", tr("Library, empty"))
        # At 200 % its content may exceed a small window.
        return scroll(entire, tr("Library, empty"))

    # -- updates -----------------------------------------------------------------------------------

    def _opening(self) -> None:
        if not self._shelf.loaded:
            self.waiting.begin(self._shelf.path)
            self._show_page()

    def _show_pending(self) -> None:
        """Show the names of sources being read on the start page."""
        from workbench.intake.queue import UNFINISHED

        rows = (*self._shelf.coming, *self._shelf.queue)
        names = [row.name for row in rows if row.state in UNFINISHED]
        texts = (tr("Reading"), words.names(names)) if names else START
        self._start.well.show_text(*texts)

    def _in_scope(self) -> list[SourceRow]:
        scope, shelf = self.scope, self._shelf
        if scope.trash or scope.fading:
            return shelf.trashed if scope.trash else []
        if scope.collection is not None:
            return [source for source in shelf.sources if scope.collection in source.collections]
        if scope.tag is not None:
            return [source for source in shelf.sources if scope.tag in source.tags]
        return shelf.sources

    def _sources_changed(self) -> None:
        shelf = self._shelf
        if shelf.loaded:
            self.waiting.end()
        self._place.setText(tr("Library file: {path}", path=words.home_short(str(shelf.path))))
        sources = self._in_scope()
        self._rearrange(self.model.show_sources, sources)
        self._update_no_match()
        self._offer_chips(sources)
        self.find_field.setPlaceholderText(
            tr_n(
                len(sources),
                "Filter {sources} source",
                "Filter {sources} sources",
                sources=len(sources),
            )
        )
        if self.stack.currentWidget() is not self.indexed:
            self._show_page()
        self._count_kinds()
        self.selection_changed.emit(self.selected())

    def mark_missing(self, sources: Collection[int]) -> None:
        """Mark the sources whose original is missing."""
        self._rearrange(self.model.mark_missing, sources)
        self._offer_chips(self._in_scope())

    def _offer_chips(self, sources: Sequence[SourceRow]) -> None:
        """Show the chips that match something; a checked one that is hidden is reset."""
        attention = sum(map(self.model.needs_attention, sources))
        self.chips[3].setText(tr(" Attention {attention}", attention=attention))
        self.chips[3].setAccessibleName(tr("Attention {attention}", attention=attention))
        media = any(map(source_types.is_media, sources))
        for selection, available in ((self.chips[3], attention > 0), (self.chips[4], media)):
            selection.setVisible(available)
            if not available and selection.isChecked():
                self.chips[0].click()

    def _show_page(self) -> None:
        """Show the page of the current state; the focus moves from the start page to the table."""
        focused = QApplication.focusWidget()
        started = focused is not None and self._start_page.isAncestorOf(focused)
        self._choose_page()
        if started and self.stack.currentWidget() is self._table_page:
            self.view.setFocus()

    def _choose_page(self) -> None:
        shelf = self._shelf
        if not shelf.loaded:
            self.stack.setCurrentWidget(self.waiting)
        elif self.scope.fading:
            self.stack.setCurrentWidget(self.fading)
        elif self.kind == MEMORIES:
            self.stack.setCurrentWidget(self.memories)
        elif self.model.rows:
            self.stack.setCurrentWidget(self._table_page)
        elif not shelf.sources and self.scope == Scope():
            self.stack.setCurrentWidget(self._start_page)
        elif self.find_field.text() or not self.chips[0].isChecked():
            self.stack.setCurrentWidget(self._table_page)
        elif self.scope.trash:
            self._show_other(
                EmptyState(
                    "trash", tr("The trash is empty"), tr("Items you delete appear here first.")
                )
            )
        else:
            add = button(tr("Add files…"), "add", "primary", call=self._shelf.wanted.files)
            title = tr("Nothing in “{name}” yet", name=self.scope.name)
            text = tr("Drop files here, or drag sources from Everything onto the collection.")
            self._show_other(EmptyState("folder", title, text, add))

    def _show_other(self, inner: QWidget, *, switch: bool = True) -> None:
        top = row(self._new_switch(), None, margins=(16, 10, 12, 0))
        parts = (top, inner) if self._shelf.loaded and switch else (inner,)
        self.stack.show_other(holder(column(*parts), "surface"))
        self._count_kinds()

    def _show_failure(self, error: WorkbenchError) -> None:
        self.waiting.end()
        retry = button(tr("Try again"), call=self._shelf.start)
        other = quiet_button(tr("Choose another library…"), call=self.other_requested)
        frame = error_message(error, retry, other)
        frame.setMaximumWidth(theme.px(640))
        location = paragraph(
            tr("Library file: {path}", path=words.home_short(str(self._shelf.path))), "caption"
        )
        middle = column(None, frame, location, None)
        page = holder(row(None, middle, None, margins=(32, 28, 32, 32)))
        self._show_other(page, switch=False)

    def clear_filter(self) -> None:
        """Reset the filter."""
        self.find_field.clear()
        self.chips[0].click()

    def _update_no_match(self) -> None:
        filtered = bool(self.find_field.text()) or not self.chips[0].isChecked()
        no_match = filtered and not self.model.rows
        self._nothing.setVisible(no_match)
        # The message takes the place of the first row.
        head = self.table.horizontalHeader().height()
        self.table.setMaximumHeight(head if no_match else _NO_LIMIT)
        if self.grid is not None:
            self.grid.setMaximumHeight(0 if no_match else _NO_LIMIT)
        query = self.find_field.text().strip()
        scope_text = (
            ""
            if self.chips[0].isChecked()
            else tr(" among {chosen_chip}", chosen_chip=self._selected_chip())
        )
        self._no_match.setText(
            tr("No source contains “{sought}”{among}.", sought=query, among=scope_text)
            if query
            else tr("There is nothing{among}.", among=scope_text)
        )

    def _selected_chip(self) -> str:
        selection = next(item for item in self.chips if item.isChecked())
        return inside(selection.text().strip(" 0123456789\u202f"))

    def _filter(self) -> None:
        requested = {
            1: source_types.is_book,
            2: source_types.is_paper,
            3: self.model.needs_attention,
            4: source_types.is_media,
        }.get(next(at for at, item in enumerate(self.chips) if item.isChecked()))
        self._rearrange(self.model.filter, self.find_field.text(), requested)
        self._update_no_match()
        self.selection_changed.emit(self.selected())

    def _rearrange(self, change: Callable[..., object], *given: object) -> None:
        """Change the rows of the table; the selected ones stay selected, and nothing is told."""
        retained = {source.id for source in self.selected()}
        self._quiet = True
        change(*given)
        self.table.pick(retained)
        self._quiet = False

    def _selection_changed(self) -> None:
        if not self._quiet:
            self.selection_changed.emit(self.selected())

    def _activated(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self.model.rows):
            self.open_requested.emit(self.model.rows[index.row()].id)
