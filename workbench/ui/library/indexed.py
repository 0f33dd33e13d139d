"""The indexed text of a source beside its original.

On the left all passages as indexed; on the right the text around the selected one, which is marked,
with text outside any passage (headings, licences, blank lines) dimmed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QTextCharFormat
from PySide6.QtWidgets import (
    QListView,
    QPlainTextEdit,
    QStyleOptionViewItem,
    QTextEdit,
    QWidget,
)

from ingest.records import Box
from workbench.errors import WorkbenchError
from workbench.store.records import PassageRow, SourceRow
from workbench.ui import theme
from workbench.ui.ask.quote import selecting, utf16
from workbench.ui.components import (
    ROW_ROLE,
    Column,
    Elided,
    Index,
    TableModel,
    cells,
    clear,
    column,
    divided,
    error_message,
    holder,
    label,
    row,
    rule,
    tool,
    words,
)
from workbench.ui.jobs import Jobs
from workbench.ui.language import known, tr
from workbench.ui.library.original_pane import OriginalPane, text_pane

if TYPE_CHECKING:
    from workbench.library import Library

#: Pixels above the text of a row, for its location, and below.
_ABOVE, _MARGIN_BOTTOM = 26, 12
_CONTEXT = 6000  # characters of original text before and after the selected passage


class IndexedView(QWidget):
    """The page over the Library table; `back` returns to it."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._library: Library | None = None
        self._source: SourceRow | None = None
        self._original: _Original | None = None
        self._title = Elided("", "strong")
        self._note = label("", "caption")
        self.back = tool("left", tr("Back to the Library (Esc)"))
        self.passages: TableModel[_LocatedPassage] = TableModel(
            [Column("passage", "", lambda row: row.passage.text, tip=lambda _row: None)],
            lambda row: f"{row.location}: {row.passage.text}",
            self,
        )
        self.list = QListView(layoutMode=QListView.LayoutMode.Batched, batchSize=40)
        self.list.setModel(self.passages)
        self.list.setItemDelegate(_PassageCell(self.list))
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(tr("Passages as indexed"))
        self.list.selectionModel().currentChanged.connect(self._show_passage)
        self.text = text_pane(tr("Original text"))
        self._trouble = column()
        left = column(
            label(tr("Indexed passages"), "head"), self.list, margins=(16, 10, 0, 0), gap=6
        )
        self.beside = OriginalPane(jobs, self.text)
        self._split = divided(holder(left), self.beside, wide=-1)
        self._split.setSizes([420, 480])
        head = row(self.back, self._title, self._note, margins=(10, 8, 16, 8), wide=1)
        self.setLayout(column(head, rule(), self._trouble, self._split, gap=0, wide=-1))
        theme.render(self, self._dress)

    def show_source(self, library: "Library", source: SourceRow) -> None:
        """Load the passages of a source."""
        self._library, self._source, self._original = library, source, None
        self._title.setText(tr("What was indexed of “{title}”", title=source.title))
        self._note.setText("")
        self.passages.show_rows(())
        self.text.clear()
        clear(self._trouble)
        self.beside.show_source(library, source)
        self._jobs.run(
            library.sources.passages,
            source.id,
            done=self._loaded,
            failed=self._failed,
            key="indexed",
        )

    def _loaded(self, passages: Sequence[PassageRow]) -> None:
        self.passages.show_rows(
            [_LocatedPassage(passage, place(passage, at)) for at, passage in enumerate(passages)]
        )
        source = self._source
        if source is None:
            return
        covered = sum(passage.end - passage.start for passage in passages)
        share = (
            tr(" · {held} of the text", held=words.percent(covered / source.characters))
            if covered
            else ""
        )
        self._note.setText(f"{words.count(len(passages), 'passage')}{share}")
        if passages:
            self.list.setCurrentIndex(self.passages.index(0, 0))
        self.list.setFocus()

    def _failed(self, error: WorkbenchError) -> None:
        clear(self._trouble)
        self._trouble.addWidget(error_message(error))

    def _show_passage(self, index: QModelIndex) -> None:
        row: _LocatedPassage | None = index.data(ROW_ROLE)
        passage = row.passage if row is not None else None
        if passage is None or self._library is None or self._source is None:
            return
        self._jobs.run(
            _read,
            self._library,
            passage,
            self._source.characters,
            done=self._show_original,
            failed=self._failed,
            key="indexed:text",
        )

    def _show_original(self, original: "_Original") -> None:
        self._original = original
        self.beside.mark(original.boxes)
        self.text.setPlainText(original.text)
        self.text.document().setDefaultFont(theme.font("reading"))
        self._mark()
        cursor = self.text.textCursor()
        cursor.setPosition(utf16(original.text[: original.passage.end - original.start]))
        self.text.setTextCursor(cursor)
        cursor.setPosition(utf16(original.text[: original.passage.start - original.start]))
        self.text.setTextCursor(cursor)
        self.text.ensureCursorVisible()

    def marked_words(self) -> str:
        """The marked text of the original."""
        marker = theme.colour("marker")
        selections: list[Any] = self.text.extraSelections()
        marked = [
            selection for selection in selections if selection.format.background().color() == marker
        ]
        return "".join(one.cursor.selection().toPlainText() for one in marked)

    def _mark(self) -> None:
        """Dim text outside any passage, and mark the selected one."""
        original = self._original
        if original is None:
            return
        marks, at, end = [], 0, len(original.text)

        def mark(first: int, after: int, ink: str, paper: str | None = None) -> None:
            start, stop = utf16(original.text[:first]), utf16(original.text[:after])
            marks.append(_selection(self.text, start, stop, ink, paper))

        for passage in (item.passage for item in self.passages.rows):
            if passage.end <= original.start or passage.start >= original.start + end:
                continue
            first, after = max(0, passage.start - original.start), passage.end - original.start
            mark(at, first, "text3")
            at = min(after, end)
            if passage.id == original.passage.id:
                mark(first, at, "text", "marker")
        mark(at, end, "text3")
        self.text.setExtraSelections(marks)

    def _dress(self) -> None:
        # The style sheet resets a widget's font, but not its document's.
        self.text.document().setDefaultFont(theme.font("reading"))
        self._mark()


@dataclass(frozen=True, slots=True)
class _Original:
    passage: PassageRow
    start: int
    text: str
    boxes: tuple[tuple[int, Box], ...]


def _read(library: "Library", passage: PassageRow, characters: int) -> _Original:
    start = max(0, passage.start - _CONTEXT)
    end = min(max(characters, passage.end), passage.end + _CONTEXT)
    boxes: tuple[tuple[int, Box], ...] = ()
    if passage.page is not None:
        boxes = tuple(library.sources.page_boxes(passage.source, passage.start, passage.end))
    return _Original(passage, start, library.sources.text(passage.source, start, end), boxes)


def _selection(
    edit: QPlainTextEdit, start: int, end: int, ink: str, paper: str | None = None
) -> QTextEdit.ExtraSelection:
    shape = QTextCharFormat()
    shape.setForeground(theme.colour(ink))
    if paper is not None:
        shape.setBackground(theme.colour(paper))
    cursor = selecting(edit.document(), start, min(end, edit.document().characterCount() - 1))
    selection = QTextEdit.ExtraSelection()
    fields: Any = selection
    fields.cursor, fields.format = cursor, shape
    return selection


@dataclass(frozen=True, slots=True)
class _LocatedPassage:
    """A passage and its location as text."""

    passage: PassageRow
    location: str


def place(passage: PassageRow, at: int) -> str:
    """The location of a passage as text."""
    parts = [f"{at + 1}"]
    if passage.chapter:
        parts.append(passage.chapter)
    if passage.page is not None:
        parts.append(f"{known('p.')} {passage.page_label or passage.page}")
    return " · ".join(parts)


class _PassageCell(cells.Painted):
    def _room(self, width: int) -> int:
        """The width of the text in a row of `width` pixels."""
        return max(1, width - 2 * theme.px(12))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = self.parent()
        entire = view.viewport().width() if isinstance(view, QListView) else 300
        if isinstance(view, QListView) and not view.verticalScrollBar().isVisible():
            # The scroll bar appears once the rows exceed the view.
            entire -= view.verticalScrollBar().sizeHint().width()
        bounds = QRect(0, 0, self._room(entire), 100_000)
        metrics = QFontMetrics(theme.font("body", serif=True))
        text = metrics.boundingRect(bounds, Qt.TextFlag.TextWordWrap.value, str(index.data()))
        return QSize(entire, text.height() + theme.px(_ABOVE + _MARGIN_BOTTOM))

    def draw(self, painter: QPainter, option: Any, index: Index) -> None:
        rect = QRect(option.rect)
        box = QRect(rect.x() + theme.px(12), rect.y() + theme.px(8), self._room(rect.width()), 0)
        box.setBottom(rect.bottom())
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("text2"))
        row: _LocatedPassage = index.data(ROW_ROLE)
        location = painter.fontMetrics().elidedText(
            row.location, Qt.TextElideMode.ElideRight, box.width()
        )
        painter.drawText(QRect(box.left(), box.top(), box.width(), theme.px(14)), 0, location)
        painter.setFont(theme.font("body", serif=True))
        painter.setPen(theme.colour("text"))
        text = box.adjusted(0, theme.px(_ABOVE - 8), 0, 0)
        painter.drawText(text, Qt.TextFlag.TextWordWrap.value, str(index.data()))
