"""The grid of a table: sources in rows, questions in columns, answers in cells.

A cell shows the certainty of its answer as dots, its location, and corrections.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from itertools import pairwise
from math import ceil, inf
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
)

from ingest.language.numerals import read_digits, scales
from workbench.recall.answered.tables import certainty as certainty_of
from workbench.recall.records import Answer, AnswerSentence, Cell, Coverage, Table, TableRow
from workbench.recall.value import date_spans
from workbench.ui import theme
from workbench.ui.ask.wording import page_words, place_words
from workbench.ui.components import (
    ROW_ROLE,
    Column,
    Index,
    Role,
    TableModel,
    TableView,
    cells,
    delayed,
    tables,
)
from workbench.ui.language import tr
from workbench.ui.library.covers import write_lines

#: Pixels: least row and header height, width of sources, minimum and maximum width of questions.
_LOW, _HEAD, _SOURCES, _NARROW, _WIDE = 58, 60, 196, 178, 360
#: Pixels of a cell above its text, below it for its certainty, and at both sides of it.
_ABOVE, _BELOW, _SIDES = 10, 28, 24
#: Maximum lines of an answer and of a title, and the share of a line that words fill.
_LINES, _TITLE, _FILLED = 3, 2, 0.9
#: Levels of certainty: dots, colour, label.
CERTAINTIES = (
    ("●●●", "confirmed", tr("Strong")),
    ("●●○", "text2", tr("Possible")),
    ("●○○", "emergent", tr("Weak")),
)
#: Maximum length of a value.
_VALUE = 48
NOT_FILLED = "–"


def certainty(cell: Cell) -> tuple[str, str, str]:
    """The certainty of an answer: dots, colour, label; empty without an answer."""
    levels = dict(zip(("strong", "possible", "weak"), CERTAINTIES, strict=True))
    return levels.get(certainty_of(cell), ("", "text2", ""))


def correction(cell: Cell) -> str:
    """The note of a corrected cell; "" for others."""
    if cell.state != "corrected":
        return ""
    return tr("Corrected, was {original}", original=cell.original) if cell.original else tr("Yours")


def place(cell: Cell) -> str:
    """The location of a cell's answer: "p. 211", or the chapter without pages."""
    evidence = cell.evidence if cell.text else None
    if evidence is None:
        return ""
    at, source = evidence.locator, evidence.source
    return page_words(at, source.kind) or place_words(at, source)


def answer_of(cell: Cell | None) -> Answer | None:
    """Convert a cell to an answer, to open its evidence; None without evidence."""
    if cell is None or cell.evidence is None:
        return None
    sentences = (AnswerSentence(cell.text, (cell.evidence.n,)),) if cell.text else ()
    return Answer(
        cell.question, "quotes", not sentences, cell.confidence, None, sentences, (cell.evidence,),
        Coverage(1, 1, 1), 0.0,
    )  # fmt: skip


class GridModel(TableModel[TableRow]):
    """A table as an editable model."""

    #: (cell, new text) of an edited cell.
    corrected = Signal(object, str)

    def __init__(self) -> None:
        super().__init__(
            (), lambda row: row.source.title, key=lambda row: row.source.id, steady=True
        )
        #: Author and date of a source, by id.
        self.authors: Mapping[int, str] = {}
        #: The cell being filled.
        self.current: Cell | None = None

    def show_table(self, table: Table, *, filling: bool) -> None:
        """Show the rows of a table; reset the columns only if the questions changed."""
        empty = (cell for cell in table.cells if cell.state == "empty")
        self.current = next(empty, None) if filling else None
        if tuple(column.key for column in self.columns) != table.questions:
            self.beginResetModel()
            self.rows, self.sorted_by = [], -1
            self.columns = tuple(
                Column(
                    question, question, partial(self._text, at), partial(_order, at),
                    tip=partial(self._text, at), spoken=partial(self._speech, at),
                )
                for at, question in enumerate(table.questions)
            )  # fmt: skip
            self.endResetModel()
        self.show_rows(table.rows)

    def cell(self, index: Index) -> Cell | None:
        """The cell at an index; None if invalid."""
        inside = index.isValid() and index.row() < len(self.rows)
        return self.rows[index.row()].cells[index.column()] if inside else None

    def _text(self, at: int, row: TableRow) -> str:
        cell = row.cells[at]
        if cell.state == "empty":
            return tr("Reading…") if cell == self.current else NOT_FILLED
        return cell.text or tr("Not stated")

    def _speech(self, at: int, row: TableRow) -> str:
        cell, text = row.cells[at], self._text(at, row)
        text = tr("not filled yet") if text == NOT_FILLED else text
        parts = filter(None, (text, certainty(cell)[2], correction(cell), place(cell)))
        return f"{row.source.title}, {cell.question}: {', '.join(parts)}"

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            return super().headerData(section, orientation, role)
        inside = role == Role.DisplayRole and 0 <= section < len(self.rows)
        return self.rows[section].source.title if inside else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        cell = self.cell(index) if role == Role.EditRole else None
        return cell.text if cell is not None else super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        cell, text = self.cell(index), str(value).strip()
        if role == Role.EditRole and cell is not None and text != cell.text:
            self.corrected.emit(cell, text)
        return role == Role.EditRole


def _order(at: int, row: TableRow) -> tuple[bool, Fraction | float, str]:
    """A sort key: dates and numbers by value, then text, empty cells last."""
    text = row.cells[at].text
    return not text, _number(text), text.casefold()


def _number(text: str) -> Fraction | float:
    """The date of a value in years, or its first number; infinity for a sentence."""
    if len(text) > _VALUE:
        return inf
    # The date reader is loaded on demand.
    from workbench.recall.timeline import DateReader

    for span in DateReader(undated=True).read(text) if date_spans(text) else ():
        year, month, day = span.first
        return year + month / 100 + day / 10_000
    words = [word.strip("€$£¥%.,;:()") for word in text.split()]
    for word, following in pairwise([*words, ""]):
        number = read_digits(word) if word[:1].isdigit() else None
        if number is not None:
            return number * scales("en").get(following.lower(), 1)
    return inf


class Answers(tables.Cell):
    """Paints the answer of a cell above its certainty and location."""

    has_focus_bar = False

    def fill(self, painter: QPainter, rect: QRectF, state: Any) -> None:
        """Frame the selected cell."""
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("raised"))
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(rect.adjusted(1, 1, -2, -2), 3, 3)

    def draw(self, painter: QPainter, option: Any, index: Index) -> None:
        row: TableRow = index.data(ROW_ROLE)
        cell, rect = row.cells[index.column()], QRectF(option.rect)
        _edges(painter, rect)
        box = rect.adjusted(theme.px(12), theme.px(10), -theme.px(12), -theme.px(8))
        painter.setPen(theme.colour("text" if cell.text else "text3"))
        write_lines(painter, box, str(index.data()), _font(cell.text), _LINES)
        painter.setFont(theme.font("caption"))
        foot = QRectF(box.left(), box.bottom() - theme.px(16), box.width(), theme.px(16))
        dots, ink, _word = certainty(cell)
        words = correction(cell)
        for text, colour, trails in (
            (dots, ink, False), (words, "accent", False), (not words and place(cell), "text2", True)
        ):  # fmt: skip
            if text:
                painter.setPen(theme.colour(colour))
                room = foot.adjusted(theme.px(44) if trails else 0, 0, 0, 0)
                cells.write(painter, room, text, cells.leading(trails))


def _font(text: str) -> QFont:
    """The font of a cell: large for a value."""
    is_value = bool(text) and len(text) <= _VALUE and text[-1] not in ".!?…"
    return theme.font("section") if is_value else theme.font("body", serif=bool(text))


def _high(text: str, font: QFont, room: float, limit: int) -> float:
    """About the height of a text in at most `limit` lines, without wrapping it, in pixels."""
    measure, letters = QFontMetricsF(font), max(1, int(limit * room / 4))
    lines = ceil(measure.horizontalAdvance(text[:letters]) / (_FILLED * max(1.0, room)))
    return measure.height() * min(limit, max(1, lines))


def _edges(painter: QPainter, rect: QRectF) -> None:
    """Paint the lines at the bottom and right of a cell."""
    line = theme.colour("line")
    painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), line)
    painter.fillRect(QRectF(rect.right() - 1, rect.top(), 1, rect.height()), line)


class Head(QHeaderView):
    """The header of questions, each with a menu, or of sources."""

    def __init__(self, model: GridModel, orientation: Qt.Orientation, name: str) -> None:
        super().__init__(orientation)
        self._model = model
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSectionsClickable(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, painter: QPainter, rect: Any, section: int) -> None:
        is_horizontal = self.orientation() == Qt.Orientation.Horizontal
        painter.save()
        edge, box = QRectF(rect), QRectF(rect)
        painter.fillRect(edge, theme.colour("surface"))
        _edges(painter, edge)
        box.adjust(theme.px(12), theme.px(10), -theme.px(26 if is_horizontal else 10), 0)
        painter.setPen(theme.colour("text"))
        font = theme.font("small" if is_horizontal else "body", QFont.Weight.DemiBold)
        title = str(self._model.headerData(section, self.orientation()) or "")
        high = write_lines(painter, box, title, font, 2)
        if is_horizontal:
            side = theme.px(12)
            sign = QRectF(edge.right() - 2 * side, box.top() + 2, side, side)
            ink = "accent" if self._model.sorted_by == section else "text2"
            theme.paint_icon(painter, "down", sign, ink)
        else:
            painter.setPen(theme.colour("text2"))
            authors = self._model.authors.get(self._model.rows[section].source.id, "")
            box.adjust(0, high + 2, 0, 0)
            write_lines(painter, box, authors, theme.font("small"), 1)
        painter.restore()


class Grid(TableView[TableRow]):
    """The table view with keyboard navigation by cell; the sources stay visible."""

    #: The current cell changed.
    walked = Signal()

    def __init__(self, model: GridModel) -> None:
        super().__init__(model, tr("Answers"), high=_LOW)
        self.table_model = model
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setItemDelegate(Answers(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setCornerButtonEnabled(False)
        self.questions = Head(model, Qt.Orientation.Horizontal, tr("Questions"))
        self.sources = Head(model, Qt.Orientation.Vertical, tr("Sources"))
        self.setHorizontalHeader(self.questions)
        self.setVerticalHeader(self.sources)
        for head in (self.questions, self.sources):
            # As in `TableView`: a header asks each cell whether it is selected.
            head.setSelectionModel(QItemSelectionModel(model, head))
        model.modelReset.connect(self.fit)
        later = delayed(self, self._fit_rows)
        for changed in (model.dataChanged, model.layoutChanged, model.rowsInserted):
            changed.connect(lambda *_changed: later.start())
        theme.watch(self, self.fit)

    @property
    def cell(self) -> Cell | None:
        """The current cell."""
        return self.table_model.cell(self.currentIndex())

    def keep_cell(self, change: Callable[[], object]) -> None:
        """Change the rows; the current cell and the position stay, wherever its row goes."""
        cell, at, model = self.cell, self.verticalScrollBar().value(), self.table_model
        change()
        row = model.row_of(cell.source) if cell is not None else -1
        column = next(
            (n for n, c in enumerate(model.columns) if cell and c.key == cell.question), -1
        )
        if row >= 0 and column >= 0:
            self.setCurrentIndex(model.index(row, column))
        self.verticalScrollBar().setValue(at)

    def fit(self) -> None:
        """Distribute the width among the columns."""
        columns = len(self.table_model.columns)
        wide = self.width() - self.verticalScrollBar().sizeHint().width()
        room = (wide - theme.px(_SOURCES)) // max(1, columns)
        for at in range(columns):
            width = max(theme.px(_NARROW), min(theme.px(_WIDE), room))
            self.questions.resizeSection(at, width)
        self.questions.setFixedHeight(theme.px(_HEAD))
        self.sources.setFixedWidth(min(theme.px(_SOURCES), wide // 3))
        self._fit_rows()

    def _fit_rows(self) -> None:
        """Make each row as low as the longest of its texts."""
        room, beside = self.columnWidth(0) - theme.px(_SIDES), self.sources.width()
        for at, row in enumerate(self.table_model.rows):
            title = _high(
                row.source.title,
                theme.font("body", QFont.Weight.DemiBold),
                beside - theme.px(_SIDES),
                _TITLE,
            )
            # A value is short, but in large type.
            texts = [cell.text for cell in row.cells]
            values = [text for text in texts if len(text) <= _VALUE]
            longest = {max(texts, key=len, default=""), max(values, key=len, default="")}
            needs = max(_high(text or NOT_FILLED, _font(text), room, _LINES) for text in longest)
            high = max(needs + theme.px(_BELOW), title + theme.px(_BELOW))
            self.sources.resizeSection(at, round(high + theme.px(_ABOVE)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def currentChanged(self, current: Any, previous: Any) -> None:
        super().currentChanged(current, previous)
        self.walked.emit()
