"""The Tables page: bar, grid, and legend with filter.

Changes go through the library and can be undone. Filling runs in the background, shown in Activity;
stopping keeps the filled cells.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QMenu, QPlainTextEdit, QWidget

from workbench.errors import WorkbenchError
from workbench.jobs import Progress
from workbench.library.tables import ready_questions
from workbench.recall.records import Cell, Table, TableRow
from workbench.ui import theme
from workbench.ui.components import (
    EmptyState,
    ShareBar,
    Stack,
    button,
    choice,
    column,
    delayed,
    drop_menu,
    failed,
    field,
    fill,
    holder,
    label,
    row,
    rule,
    tool,
    words,
)
from workbench.ui.language import tr
from workbench.ui.library.list_page import LazyPage
from workbench.ui.memories.switch import OF_ASK, TABLES, KindSwitch, switch_bar
from workbench.ui.tables.grid import CERTAINTIES, Grid, GridModel, answer_of
from workbench.ui.window.context import Context
from workbench.ui.window.exporting import Exporting, file_name
from workbench.ui.window.forms import Form

if TYPE_CHECKING:
    from workbench.library import Library


_READING, _FILLING = "tables:read", "tables:fill:"
_FILES = (
    tr("Excel workbook (*.xlsx)"), tr("Word document (*.docx)"), tr("Table (*.csv)"),
    tr("Markdown (*.md)"),
)  # fmt: skip


class TablesPage(LazyPage):
    """Shows a table with its actions."""

    def __init__(self, context: Context, exporting: Exporting) -> None:
        super().__init__(context.library, _READING)
        self.context, self._exporting = context, exporting
        self._tasks = context.views.activity.tasks
        #: The current table, the names of all tables, and those being filled.
        self.table: Table | None = None
        self._names: list[str] = []
        self.filling: set[str] = set()
        self._name = ""
        #: While filling, a reload waits four times as long as the last one took.
        self._timer = delayed(self, self.reload)
        self._reading, self._since, self._rest = False, 0.0, 0
        #: The last opened form.
        self.sheet: Form | None = None
        self.model = GridModel()
        self.grid = Grid(self.model)
        self.model.setParent(self)
        self.model.corrected.connect(self._correct)
        self.grid.walked.connect(partial(self._glance, opens=False))
        self.grid.clicked.connect(lambda _index: self._glance(opens=True))
        self.grid.questions.sectionClicked.connect(self._drop_menu)
        self.stack = Stack(holder(column(self.grid, rule(), self._legend(), gap=0)))
        fill(self, column(self._bar(), rule(), self.stack, gap=0, wide=-1), "surface", tr("Tables"))
        self.setFocusProxy(self.grid)
        self._declare()
        self._shelf.sources_changed.connect(self.reload)
        self._shelf.closing.connect(self._timer.stop)

    # -- widgets -----------------------------------------------------------------------------------

    def _bar(self) -> QWidget:
        self.switch = KindSwitch(TABLES, OF_ASK)
        self.title = self._menu_of("table", tr("Tables"), self._offer_tables)
        self.presses = (
            tool("add", tr("Add questions"), text=True, call=self.edit_question),
            self._menu_of("library", tr("Add sources"), self._offer_sources),
            tool("file", tr("Export…"), text=True, call=self._export),
        )
        self.fill_button = button(tr("Fill"), kind="primary", call=self._fill_or_stop)
        self.meter, self.progress = ShareBar(0.0, 48), label("", "small")
        self.meter.setMinimumWidth(theme.px(48))
        filled = self.fill_button, self.meter, self.progress
        return switch_bar(self.switch, self.title, *self.presses, *filled)

    def _menu_of(self, glyph: str, name: str, offer: Any) -> Any:
        """A button with a menu that `offer(menu)` fills each time it opens."""
        press = tool(glyph, name, text=True)
        menu = QMenu(name, press)
        menu.aboutToShow.connect(menu.clear)
        menu.aboutToShow.connect(lambda: offer(menu))
        drop_menu(press, menu)
        return press

    def _legend(self) -> QWidget:
        marks: list[QWidget | int] = []
        for dots, ink, word in CERTAINTIES:
            role = {"confirmed": "ok", "emergent": "warn"}.get(ink, "small")
            marks += [label(f"{dots} {word}", role), 8]
        self.filter = field(tr("Filter"), tr("Filter the rows by their words"), "search")
        self.filter.textChanged.connect(lambda _text: self._sift())
        return holder(row(*marks, None, self.filter, margins=(16, 6, 16, 6)))

    def _declare(self) -> None:
        add, key = self.grid.add_way, Qt.Key
        add(tr("Open the passage"), self._open, key.Key_Return, key.Key_Enter)
        add(tr("Correct…"), lambda: self.grid.edit(self.grid.currentIndex()))
        self._restore_action = add(tr("Give back what was found"), self._restore_value)
        add(tr("Remove source"), self._remove_source, key.Key_Delete)
        line = QAction(self.grid)
        line.setSeparator(True)
        self.grid.addAction(line)
        self._of_column = (
            add(tr("Edit question…"), lambda: self.edit_question(self._column)),
            add(
                tr("Ask this column again"), lambda: self.fill(self.model.columns[self._column].key)
            ),
            add(tr("Sort by this column"), self._sort),
            add(tr("Move right"), self._move_right),
            add(tr("Remove question"), self._remove_question),
        )
        self._of_column[3].setShortcut("Ctrl+Shift+Right")

    # -- loading -----------------------------------------------------------------------------------

    def reload(self) -> None:
        self._update_bar()
        super().reload()

    def show_table(self, name: str) -> None:
        """Show another table."""
        self._name = name
        self.reload()

    def _reload_later(self) -> None:
        self._stale = True
        if not self._reading and not self._timer.isActive():
            self._timer.start(self._rest)

    def _read(self) -> None:
        self._timer.stop()
        self._stale, self._reading, self._since = False, True, time.monotonic()
        if self._shelf.library is None:
            self._show(([], None))
        self._shelf.ask(
            *(_read, self._name), done=self._show, key=_READING,
            failed=lambda error: self.stack.show_other(failed(error, self._read)),
        )  # fmt: skip

    def _show(self, result: "tuple[list[str], Table | None]") -> None:
        self._reading, self._rest = False, int(4000 * (time.monotonic() - self._since))
        if self._stale:
            self._reload_later()
        self._names, self.table = result
        table = self.table
        self._name = table.name if table else ""
        for press in self.presses:
            press.setEnabled(table is not None)
        if table is not None:
            self.model.authors = {
                item.id: " · ".join(filter(None, (item.author, item.date[:4])))
                for item in self._shelf.sources
            }
            is_filling = table.name in self.filling
            self.grid.keep_cell(lambda: self.model.show_table(table, filling=is_filling))
        if table is not None and table.rows and table.questions:
            self.stack.setCurrentIndex(0)
        else:
            self._show_empty_state()
        self._update_bar()

    def _show_empty_state(self) -> None:
        title, text = tr("Ask many sources the same questions"), tr(
            "A table has a source in each row and a question in each column. Every answer"
            " opens at its words."
        )  # fmt: skip
        press = button(tr("New table…"), kind="primary", call=lambda: self.begin())
        if self.table is not None:
            title = tr("No questions yet") if self.table.rows else tr("No sources yet")
            text = tr("Add questions and sources; each source is asked every question.")
            press.hide()
        self.stack.show_other(EmptyState("table", title, text, press))

    def _update_bar(self) -> None:
        table, runs = self.table, self._name in self.filling
        self.title.setText(f" {words.short(self._name or tr('Tables'), 40)}")
        total = len(table.rows) * len(table.questions) if table else 0
        filled = total - table.unfilled if table else 0
        self.fill_button.setText(tr("Stop") if runs else tr("Fill"))
        self.fill_button.setAccessibleName(self.fill_button.text())
        for part in (self.fill_button, self.meter, self.progress):
            part.setVisible(runs or filled < total)
        done, of = words.number(filled), words.number(total)
        self.progress.setText(tr("{done} of {total}", done=done, total=of) if total else "")
        self.meter.show_share(filled / max(1, total))

    def _forget(self) -> None:
        for name in tuple(self.filling):
            self._stop(name)
        super()._forget()
        self._name, self.table = "", None

    def _sift(self) -> None:
        query = self.filter.text().casefold()

        def matches(item: TableRow) -> bool:
            return query in " ".join([item.source.title, *(c.text for c in item.cells)]).casefold()

        self.model.sift((lambda rows: list(filter(matches, rows))) if query else None)

    # -- passages ----------------------------------------------------------------------------------

    def _glance(self, *, opens: bool) -> None:
        """Show the passage of the current cell beside the table."""
        cell = self.grid.cell
        self._restore_action.setEnabled(cell is not None and cell.state == "corrected")
        answer = answer_of(cell)
        if answer is not None:
            self.context.navigate.glance(answer, answer.evidence[0].n, opens=opens)

    def _open(self) -> None:
        answer = answer_of(self.grid.cell)
        if answer is not None:
            self.context.navigate.open_evidence(answer, answer.evidence[0].n)

    # -- filling -----------------------------------------------------------------------------------

    def _fill_or_stop(self) -> None:
        if self._name in self.filling:
            self._stop(self._name)
        else:
            self.fill()

    def fill(self, *questions: str) -> None:
        """Fill empty cells, and answer these questions again."""
        library, name = self._shelf.library, self._name
        if library is None or not name:
            return
        key = f"{_FILLING}{name}"
        task = self._tasks.begin(
            key, tr("Filling “{name}”", name=name), partial(self._stop, name), word=tr("Stop")
        )

        def finish(_table: object) -> None:
            self._stop(name)

        def not_filled(error: WorkbenchError) -> None:
            self._stop(name)
            task.failed(error)

        def step(progress: Progress) -> None:
            task.show(progress)
            self._reload_later()

        self.filling.add(name)
        self.context.jobs.run(
            library.tables.fill, name, again=questions,
            done=finish, failed=not_filled, progress=step, key=key,
        )  # fmt: skip
        self.reload()

    def _stop(self, name: str) -> None:
        self.context.jobs.cancel(f"{_FILLING}{name}")
        self._tasks.take(f"{_FILLING}{name}")
        self.filling.discard(name)
        self.reload()

    # -- editing -----------------------------------------------------------------------------------

    def _correct(self, cell: Cell, text: str | None) -> None:
        place = self._name, cell.source, cell.question
        self._shelf.act(
            tr("Correct a cell"),
            lambda library: library.tables.correct(*place, text),
            show=lambda _is_done: self.reload(),
        )

    def _restore_value(self) -> None:
        if self.grid.cell is not None:
            self._correct(self.grid.cell, None)

    def _change(self, text: str, then: Callable[[], object] = lambda: None, **changes: Any) -> None:
        """Change the table with the undo label `text`; if that succeeds, fill new cells."""
        name, previous = self._name, self.table

        def fill_new(table: Table, _act: object) -> None:
            then()
            if previous is not None and table.unfilled > previous.unfilled:
                self.fill()

        self._shelf.act(
            text,
            lambda library: library.tables.change(name, **changes),
            show=lambda _is_done: self.reload(),
            done=fill_new,
        )

    def set_questions(
        self, text: str, questions: Sequence[str], then: Callable[[], object] = lambda: None
    ) -> None:
        """Set the questions and their order; `then` is called if that succeeds."""
        if self.table is not None:
            self._change(text, then, questions=questions)

    @property
    def _column(self) -> int:
        return self.grid.currentIndex().column()

    def _order(self) -> list[str]:
        return [item.key for item in self.model.columns]

    def _remove_question(self) -> None:
        order = self._order()
        del order[self._column]
        self.set_questions(tr("Remove question"), order)

    def _move_right(self) -> None:
        order, at = self._order(), self._column
        if at >= 0:
            order.insert((at + 1) % len(order), order.pop(at))
            self.set_questions(tr("Move right"), order)

    def _remove_source(self) -> None:
        if self.grid.cell is not None:
            ids = [self.grid.cell.source]
            self._change(tr("Remove source"), drop_sources=ids)

    def _sort(self) -> None:
        orders, reverse = Qt.SortOrder, self.model.sorted_by == self._column
        order = orders.DescendingOrder if reverse else orders.AscendingOrder
        self.grid.keep_cell(partial(self.model.sort, self._column, order))

    # -- menus and forms ---------------------------------------------------------------------------

    def _drop_menu(self, section: int) -> None:
        top = max(0, self.grid.currentIndex().row())
        self.grid.setCurrentIndex(self.model.index(top, section))
        head, menu = self.grid.questions, QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self._of_column)
        corner = QPoint(head.sectionViewportPosition(section), head.height())
        menu.popup(head.viewport().mapToGlobal(corner))

    def _show_sheet(self, sheet: Form) -> None:
        self.sheet = sheet
        sheet.show()

    def begin(self, sources: Sequence[int] = ()) -> None:
        """Open the form for a new table."""
        self._shelf.with_library(lambda: self._show_sheet(NewTable(self, sources)))

    def edit_question(self, column: int | bool = False) -> None:
        """Open the form for a new question, or for that of a `column`."""
        if self.table is not None:
            at = len(self.table.questions) if column is False else column
            self._show_sheet(QuestionSheet(self, self.table, at))

    def _offer_sources(self, menu: QMenu) -> None:
        selection = [item.id for item in self.context.views.library.selected()]
        for text, scope in scopes(self.context, selection):
            menu.addAction(text.replace("&", "&&"), partial(self._add_sources, scope))

    def _add_sources(self, scope: Sequence[int] | str) -> None:
        present = {item.source.id for item in self.table.rows} if self.table else set()
        if isinstance(scope, str):
            scope = [item.id for item in self._shelf.sources if scope in item.collections]
        ids = [id for id in scope if id not in present]
        self._change(tr("Add sources"), add_sources=ids)

    def _offer_tables(self, menu: QMenu) -> None:
        for name in self._names:
            menu.addAction(name.replace("&", "&&"), partial(self.show_table, name))
        menu.addSeparator()
        menu.addAction(tr("New table…"), lambda: self.begin())
        if self.table is not None:
            menu.addAction(tr("Delete table…"), self.confirm_deletion)

    def confirm_deletion(self) -> None:
        name = self._name
        reason = tr("Its questions, answers and corrections are deleted. The sources stay.")
        sheet = Form(self.context, tr("Delete “{name}”?", name=name), reason)

        def delete() -> None:
            self._stop(name)
            self._shelf.act(
                tr("Delete “{name}”", name=name),
                lambda library: library.tables.delete(name),
                show=lambda _is_done: self.reload(),
            )
            sheet.close()

        sheet.offer(tr("Delete"), delete, "danger")
        self._show_sheet(sheet)

    def _export(self) -> None:
        title = tr("Export “{name}”", name=self._name)
        self._exporting.choose(title, f"{file_name(self._name)}.xlsx", _FILES, self.save)

    def save(self, file: Path) -> None:
        """Export the table in the format of the file's suffix."""
        library, name = self._shelf.library, self._name
        if library is not None:
            order = [row.source.id for row in self.model.rows]
            self._exporting.run(lambda: Path(library.tables.export(name, file=file, sources=order)))


def _read(library: "Library", name: str) -> "tuple[list[str], Table | None]":
    names = library.tables.list()
    name = name if name in names else next(iter(names), "")
    return names, library.tables.get(name) if name else None


#: Names of templates with prepared questions.
_TEMPLATES: Mapping[str, str] = {
    "papers": tr("Papers"), "interviews": tr("Interviews"), "contracts": tr("Contracts"),
    "books": tr("Books"),
}  # fmt: skip


def scopes(context: Context, selection: Sequence[int]) -> list[tuple[str, Sequence[int] | str]]:
    """The choices of sources for a table: selection, collections, all."""
    shelf = context.library
    entries: list[tuple[str, Sequence[int] | str]] = [
        (tr("Collection “{name}”", name=item.name), item.name) for item in shelf.collections
    ]
    entries.append((tr("All sources"), [item.id for item in shelf.sources]))
    return (
        [(words.count(len(selection), "chosen source"), selection), *entries]
        if selection
        else entries
    )


class TableSheet(Form):
    """A form about a table."""

    def __init__(
        self, page: "TablesPage", title: str, reason: str, *fields: tuple[str, str]
    ) -> None:
        super().__init__(page.context, title, reason, fields)
        self.page = page

    def choose_from(self, name: str, entries: Sequence[tuple[str, object]]) -> QComboBox:
        """Add a labelled combo box."""
        created = choice(name, entries)
        self.body.addWidget(label(name))
        self.body.addWidget(created)
        return created


class NewTable(TableSheet):
    """The form for a new table: name, sources and prepared questions."""

    def __init__(self, page: "TablesPage", selection: Sequence[int]) -> None:
        reason = tr("Every source in it is asked the same questions.")
        super().__init__(page, tr("New table"), reason, ("name", tr("Name")))
        self.field = self.fields["name"]
        self.field.setFocus()
        self.sources = self.choose_from(tr("Sources"), scopes(page.context, selection))
        collection = page.context.navigate.collection
        if collection and not selection:
            self.sources.setCurrentIndex(self.sources.findData(collection))
        templates = ((name, key) for key, name in _TEMPLATES.items())
        self.ready = self.choose_from(tr("Ready questions"), [(tr("None"), None), *templates])
        self.offer(tr("Make table"), self.make, "primary")

    def make(self) -> None:
        """Create the table; prepared questions are asked at once."""
        name, rows, ready = self.field.text(), self.sources.currentData(), self.ready.currentData()
        scope = {"collection": rows} if isinstance(rows, str) else {"sources": rows}

        def create(library: "Library") -> Table:
            return library.tables.create(name, template=ready, **scope)

        def fill_new(_table: Table, _act: object) -> None:
            self.close()
            page.fill()

        page, title = self.page, " ".join(name.split())
        page.context.library.act(
            tr("New Table"),
            create,
            done=fill_new,
            show=lambda is_applied: page.show_table(title if is_applied else ""),
        )


class QuestionSheet(TableSheet):
    """The form for new questions, one a line, or to edit that of a column."""

    def __init__(self, page: "TablesPage", table: Table, column: int) -> None:
        self._order, self._column = list(table.questions), column
        fresh = column == len(self._order)
        reason = tr(
            "Ask as you would ask one source, such as “How many people took part?” Each line is a"
            " question."
        )
        title = tr("Add questions") if fresh else tr("Edit question")
        super().__init__(page, title, reason)
        self.field = QPlainTextEdit("" if fresh else self._order[column], tabChangesFocus=True)
        self.field.setAccessibleName(tr("Questions"))
        self.body.addWidget(label(tr("Questions")))
        self.body.addWidget(self.field)
        self.field.setFocus()
        entries = [
            (f"{word}: {item}", item)
            for key, word in _TEMPLATES.items()
            for item in ready_questions(key)
        ]
        self.ready = self.choose_from(tr("Ready questions"), [(tr("None"), ""), *entries])
        self.ready.activated.connect(lambda _at: self._add_ready(self.ready.currentData()))
        self.offer(tr("Add") if fresh else tr("Save"), self.save, "primary")

    def _add_ready(self, question: str) -> None:
        lines = [line for line in self.field.toPlainText().split("\n") if line.strip()]
        self.field.setPlainText("\n".join([*lines, question]) if question else "\n".join(lines))

    def save(self) -> None:
        """Save the questions, and fill their columns; what is refused stays to be mended."""
        lines = [line.strip() for line in self.field.toPlainText().split("\n") if line.strip()]
        order = [*self._order[: self._column], *lines, *self._order[self._column + 1 :]]
        if lines:
            title = self.windowTitle().partition(" – ")[0]
            self.page.set_questions(title, order, self.close)
