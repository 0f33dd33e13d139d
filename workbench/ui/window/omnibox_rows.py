"""Rows of the omnibox: kinds, search, and painting."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from workbench.jobs import Cancel
from workbench.memory.graph.records import Concept
from workbench.recall.records import SearchHit
from workbench.store.records import SourceRow
from workbench.ui import theme
from workbench.ui.ask.wording import place_words
from workbench.ui.components import ROW_ROLE, Column, Index, TableModel, cells
from workbench.ui.language import tr
from workbench.ui.library.sifting import fold
from workbench.ui.memories import rows as memories

if TYPE_CHECKING:
    from workbench.library import Library

Span = tuple[int, int]
#: Kinds of rows; `Omnibox` sets the order of their groups.
QUESTION, TEXT, SOURCE, NOTE, NAME, COMMAND = "ask", "text", "source", "note", "name", "command"
HEADS = {
    TEXT: tr("In the text"),
    SOURCE: tr("Sources"),
    NOTE: tr("Notes"),
    NAME: tr("Names"),
    COMMAND: tr("Commands"),
}
#: The newest notes, which are searched by substring; older ones are found by whole words.
_NOTES = 2_000
#: Types with a name, unlike actions and feelings such as "gritted Ahab".
_NAME_TYPES, _TYPES = frozenset(["entity", "spatial", "concept", "time"]), 8
#: Characters shown before the first match.
_CONTEXT = 40


@dataclass(frozen=True, slots=True)
class Row:
    """A row: text with marked spans, detail, and the action of Enter.

    A row without `open` is a heading. `keys` means that `detail` is a shortcut.
    """

    kind: str
    text: str
    marks: tuple[Span, ...] = ()
    detail: str = ""
    glyph: str = ""
    open: Callable[[], object] | None = None
    keys: bool = False
    ink: str = "text2"


@dataclass(frozen=True, slots=True)
class OtherMatches:
    """Matches outside the text: sources, notes and names."""

    sources: tuple[SourceRow, ...] = ()
    notes: tuple[memories.Memory, ...] = ()
    names: tuple[Concept, ...] = ()


def search_others(
    library: "Library", typed: str, sources: Sequence[SourceRow], limit: int, cancel: Cancel
) -> OtherMatches:
    """Sources, notes and names with all words, at most `limit` each. Runs on a worker."""
    requested = fold(typed).split()

    def matches(hay: str) -> bool:
        return all(word in hay for word in requested)

    titled = [row for row in sources if matches(fold(f"{row.title} {row.author}"))]
    cancel.check()
    notes = (
        *memories.page(library, None, True, _NOTES, (), cancel).rows,
        *memories.highlighted(library, typed),
    )
    marked = list({row.id: row for row in notes if matches(row.hay)}.values())
    cancel.check()
    result = library.graph.concepts(typed, limit=_TYPES * limit) if len(typed) > 1 else []
    names = [item for item in result if item.type in _NAME_TYPES]
    return OtherMatches(tuple(titled[:limit]), tuple(marked[:limit]), tuple(names[:limit]))


def _speech(row: Row) -> str:
    return f"{row.text}, {row.detail}" if row.detail else row.text


def _key(row: Row) -> object:
    return row.kind, row.text, row.detail


class Rows(TableModel[Row]):
    """The visible rows; rows that remain keep their selection."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__([Column("row", "", _speech)], _speech, parent, key=_key, steady=True)

    def flags(self, index: Index) -> Qt.ItemFlag:
        on = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return on if self.rows[index.row()].open is not None else Qt.ItemFlag.NoItemFlags


class RowCell(cells.Painted):
    """Paints icon, text with marks, and the location or shortcut."""

    margins, radius = (8, 0, -8, 0), 6

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        result: Row = index.data(ROW_ROLE)
        return QSize(0, theme.px(28 if result.open is None else 36))

    def draw(self, painter: QPainter, option: Any, index: Index) -> None:
        result: Row = index.data(ROW_ROLE)
        mirrored = cells.is_mirrored(option)
        inner = QRectF(option.rect).adjusted(theme.px(20), 0, -theme.px(20), 0)
        if result.open is None:
            painter.setFont(theme.font("small", QFont.Weight.DemiBold))
            painter.setPen(theme.colour("text2"))
            cells.write(painter, inner, result.text, cells.leading(mirrored))
        else:
            side, gap = theme.px(16), theme.px(12)
            left = inner.right() - side if mirrored else inner.left()
            sign = QRectF(left, inner.center().y() - side / 2, side, side)
            if result.glyph:
                theme.paint_icon(painter, result.glyph, sign, result.ink)
            room = self._detail(painter, inner, result, mirrored=mirrored)
            lead, far = (room, side + gap) if mirrored else (side + gap, room)
            words = inner.adjusted(lead, 0, -far, 0)
            _write_marked(painter, words, result, mirrored=mirrored)

    def _detail(self, painter: QPainter, box: QRectF, row: Row, *, mirrored: bool) -> float:
        """Paint the detail; return its width in pixels."""
        if not row.detail:
            return 0.0
        painter.setFont(theme.font("caption" if row.keys else "small"))
        metrics = QFontMetricsF(painter.font())
        text = metrics.elidedText(row.detail, Qt.TextElideMode.ElideRight, box.width() * 0.4)
        pad = theme.px(8) if row.keys else 0
        wide = metrics.horizontalAdvance(text) + 2 * pad
        left = box.left() if mirrored else box.right() - wide
        plate = QRectF(left, box.center().y() - theme.px(10), wide, theme.px(20))
        if row.keys:
            painter.setPen(theme.colour("line"))
            painter.setBrush(theme.colour("canvas"))
            painter.drawRoundedRect(plate, 4, 4)
        painter.setPen(theme.colour("text2"))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)
        return wide + theme.px(16)


def _write_marked(painter: QPainter, box: QRectF, row: Row, *, mirrored: bool) -> None:
    """Paint the text of a row in one line, with matches marked."""
    font = theme.font("reading") if row.kind == TEXT and row.marks else theme.font("body")
    if row.kind == TEXT and row.marks:
        font.setPixelSize(theme.px(14))
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    visible = metrics.elidedText(row.text, Qt.TextElideMode.ElideRight, box.width())
    visited = len(visible) - 1 if visible != row.text else len(row.text)
    wide = metrics.horizontalAdvance(visible)
    high = metrics.height() + theme.px(2)
    for start, end in row.marks:
        if start < visited:
            left = metrics.horizontalAdvance(visible[:start])
            right = metrics.horizontalAdvance(visible[: min(end, visited)])
            plate_left = box.right() - wide + left if mirrored else box.left() + left
            plate = QRectF(plate_left, box.center().y() - high / 2, right - left, high)
            painter.fillRect(plate, theme.colour("marker"))
            underline = QRectF(plate_left, plate.bottom() - 1.5, right - left, 1.5)
            painter.fillRect(underline, theme.colour("marker_edge"))
    painter.setPen(theme.colour("text"))
    cells.write(painter, box, visible, cells.leading(mirrored))


def marks_in(text: str, typed: str) -> tuple[Span, ...]:
    """The spans of search words in a title or note; none if folding changes its length."""
    hay = fold(text)
    if len(hay) != len(text):
        return ()
    spans: list[Span] = []
    for word in dict.fromkeys(fold(typed).split()):
        at = hay.find(word)
        while at >= 0:
            spans.append((at, at + len(word)))
            at = hay.find(word, at + len(word))
    return tuple(sorted(spans))


def excerpt(hit: SearchHit) -> tuple[str, list[Span]]:
    """The sentence in one line, cut before a late first match, with its marks."""
    first = hit.marks[0][0] if hit.marks else 0
    cut = 0
    if first > _CONTEXT:
        cut = hit.text.rfind(" ", 0, first - _CONTEXT // 2) + 1
    visible, at, lead = [], 0, "… " if cut else ""
    places: dict[int, int] = {}
    for n, char in enumerate(hit.text[cut:], start=cut):
        places[n] = at
        # Collapse white space.
        if not char.isspace():
            visible.append(char)
            at += 1
        elif visible and visible[-1] != " ":
            visible.append(" ")
            at += 1
    places[len(hit.text)] = at
    marks = [(places[a] + len(lead), places[b] + len(lead)) for a, b in hit.marks if a >= cut]
    return lead + "".join(visible), marks


def place(hit: SearchHit) -> str:
    """The location of a sentence: source title, and page or chapter."""
    location = place_words(hit.place, hit.source)
    return f"{hit.source.title}, {location}" if location else hit.source.title
