"""Covers of sources: a picture, or a painted book, page or screen; and a grid of them."""

from collections import OrderedDict
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPolygonF
from PySide6.QtWidgets import (
    QListView,
    QStyleOptionViewItem,
    QTableView,
)

from workbench.errors import WorkbenchError
from workbench.store.records import SourceRow
from workbench.ui import theme
from workbench.ui.components import ROW_ROLE, Index, Sign, bar, cells
from workbench.ui.language import tr
from workbench.ui.library import source_types
from workbench.ui.library.model import SourceTable
from workbench.ui.library.source_types import FILM_SUFFIXES
from workbench.ui.shelf.shelf import Shelf

if TYPE_CHECKING:
    from workbench.library import Library


#: Kinds that may have a picture; a recording only if it is a film.
_KINDS = frozenset({"epub", "pdf", "image", "captions"})
_MAX_JOBS, _MAX_QUEUED, _CACHE_BYTES = 1, 48, 16 * 1024 * 1024
#: Aspect ratio of a cover; wide pictures are fitted, tall ones cut at the bottom.
TALL = 4 / 3

_Key = tuple[int, str, int]


class CoverCache(QObject):
    """Renders and caches the covers of the library's sources for one window."""

    #: The id of a source whose cover is ready.
    loaded = Signal(int)

    def __init__(self, shelf: Shelf, parent: QObject) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._kept: OrderedDict[_Key, QImage | None] = OrderedDict()
        self._wanted: list[_Key] = []
        self._drawing: set[_Key] = set()

    def of(self, source: SourceRow, width: int) -> QImage | None:
        """The cover of a source, `width` pixels wide; None if it has none or is not rendered."""
        key = (source.id, source.hash, width)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        film = source.kind == "recording" and (source.path or "").lower().endswith(FILM_SUFFIXES)
        if (film or source.kind in _KINDS) and key not in self._drawing:
            self._wanted = [item for item in self._wanted if item != key][1 - _MAX_QUEUED :]
            self._wanted.append(key)
            self._draw()
        return None

    def _draw(self) -> None:
        library = self._shelf.library
        while library is not None and self._wanted and len(self._drawing) < _MAX_JOBS:
            key = self._wanted.pop()
            self._drawing.add(key)
            self._shelf.jobs.run(
                _render, library, key[0], key[2],
                done=partial(self._store, key), failed=partial(self._failed, key),
            )  # fmt: skip

    def _store(self, key: _Key, picture: QImage | None) -> None:
        self._drawing.discard(key)
        self._kept[key] = picture
        while sum(value.sizeInBytes() for value in self._kept.values() if value) > _CACHE_BYTES:
            self._kept.popitem(last=False)
        if picture is not None:
            self.loaded.emit(key[0])
        self._draw()

    def _failed(self, key: _Key, _error: WorkbenchError) -> None:
        self._store(key, None)


def _render(library: "Library", source: int, width: int) -> QImage:
    wide, high, rows = library.sources.page_picture(source, 1, width)
    entire = QImage(rows, wide, high, 4 * wide, QImage.Format.Format_RGBA8888)
    return entire.copy(0, 0, wide, min(high, round(wide * TALL))).convertToFormat(
        QImage.Format.Format_RGB32
    )


#: Cloth colours, the same in every theme; `GILT` has a contrast of 4.5:1 on all of them.
CLOTHS = ("#2F4A5E", "#5C3A36", "#66562B", "#3F5744", "#4B4463", "#5A3F52", "#69402F", "#3B4A52")
GILT, SCREEN = "#F4F0E8", "#2A2C33"
#: Size of a cover and of its grid cell; width of the spine as a share.
_COVER, _CELL, _EDGE = QSize(144, 192), QSize(184, 298), 0.11
_LINES = 2


def paint_cover(
    painter: QPainter, box: QRectF, kind: str, number: int, title: str = "", author: str = ""
) -> None:
    """Paint a cover for the kind of source `kind` (see `source_types.glyph`) into `box`.

    Books have a cloth colour by `number`, so that neighbours differ. Only covers of at least 100
    pixels show text.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius, large = theme.px(4) * min(1.0, box.width() / theme.px(100)), box.width() > theme.px(99)
    ground = QColor(CLOTHS[number % len(CLOTHS)] if kind == "book" else SCREEN)
    paper = kind == "paper"
    painter.setPen(theme.colour("line") if paper else Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("raised") if paper else ground)
    painter.drawRoundedRect(box, radius, radius)
    edge = box.width() * _EDGE
    if kind == "book":
        painter.fillRect(QRectF(box.left() + edge * 0.55, box.top(), 1, box.height()), _veil(70))
    elif not paper:
        _paint_sign(painter, box.center(), box.width() / 6, kind)
    if large and kind in ("book", "paper"):
        inside = box.adjusted(edge * (1.4 if kind == "book" else 1), edge * 1.3, -edge, -edge)
        painter.setPen(theme.colour("text") if paper else QColor(GILT))
        heading = theme.font("small" if paper else "section", QFont.Weight.DemiBold, serif=True)
        used = write_lines(painter, inside, title, heading, 3 if paper else 5)
        if kind == "book" and author:
            painter.setPen(QColor(GILT))
            foot = QRectF(inside.left(), inside.bottom() - theme.px(16), inside.width(), 99)
            write_lines(painter, foot, author, theme.font("caption", serif=True), 1)
        if paper:
            _rule(painter, inside.adjusted(0, used + edge, 0, 0), theme.px(8))
    elif paper:
        _rule(painter, box.adjusted(edge, edge * 1.6, -edge, -edge), box.height() / 7)
    painter.restore()


def paint_picture(painter: QPainter, box: QRectF, picture: QImage, kind: str) -> None:
    """Paint the picture of a source: filling `box`, or fitted if wide."""
    painter.save()
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    radius, edge = theme.px(4) * min(1.0, box.width() / theme.px(100)), QPainterPath()
    edge.addRoundedRect(box, radius, radius)
    painter.setClipPath(edge)
    ground = QColor(SCREEN) if kind in ("video", "audio") else theme.colour("sunken")
    painter.fillRect(box, ground)
    inside, part = QRectF(box), QRectF(picture.rect())
    if picture.height() >= picture.width():
        wide = min(part.width(), part.height() / TALL)
        part = QRectF((part.width() - wide) / 2, 0, wide, min(part.height(), wide * TALL))
    else:
        inside.setHeight(box.width() * picture.height() / picture.width())
        inside.moveCenter(box.center())
    painter.drawImage(inside, picture, part)
    painter.setClipping(False)
    painter.setPen(theme.colour("line"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(edge)
    painter.restore()


def write_lines(painter: QPainter, box: QRectF, text: str, font: QFont, limit: int) -> float:
    """Paint `text` at the top of `box` in at most `limit` lines; return the height in pixels."""
    measure = QFontMetricsF(font)
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        fits = measure.horizontalAdvance(longer) <= box.width()
        if lines and (fits or len(lines) == limit):
            lines[-1] = longer
        else:
            lines.append(word)
    painter.setFont(font)
    # Text has its own direction regardless of the window's.
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    high = measure.height()
    for at, words in enumerate(lines):
        visible = measure.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        line = QRectF(box.left(), box.top() + at * high, box.width(), high)
        flags = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop
        painter.drawText(line, int(flags.value) | Qt.TextFlag.TextSingleLine.value, visible)
    return len(lines) * high


def _veil(alpha: int) -> QColor:
    return QColor(255, 255, 255, alpha)


def _rule(painter: QPainter, box: QRectF, gap: float) -> None:
    """Paint lines of print, the last of each paragraph short."""
    for at in range(int(box.height() / gap)):
        wide = box.width() * (0.6 if at % 5 == 4 else 1)
        thick = max(1.0, gap / 6)
        painter.fillRect(
            QRectF(box.left(), box.top() + at * gap, wide, thick), theme.colour("text3", 0.35)
        )


def _paint_sign(painter: QPainter, middle: QPointF, size: float, kind: str) -> None:
    """Paint a play triangle, or for a picture a sun above a hill."""
    painter.setBrush(QColor(GILT))
    painter.setPen(Qt.PenStyle.NoPen)
    corners = [(-0.5, -0.7), (0.7, 0.0), (-0.5, 0.7)]
    if kind == "image":
        painter.drawEllipse(middle + QPointF(size * 0.6, -size * 0.6), size * 0.25, size * 0.25)
        corners = [(-1.0, 0.7), (-0.2, -0.4), (0.6, 0.7)]
    painter.drawPolygon(QPolygonF([middle + QPointF(x * size, y * size) for x, y in corners]))


class Cover(Sign):
    """The small cover of a source, 36 by 48 pixels: decoration beside its title."""

    def __init__(self, kind: str, source: SourceRow | None, covers: CoverCache) -> None:
        def draw(painter: QPainter, box: QRectF, *_state: object) -> None:
            inside = box.adjusted(0.5, 0.5, -0.5, -0.5)
            width = round(box.width() * painter.device().devicePixelRatioF())
            picture = covers.of(source, width) if source is not None else None
            if picture is not None:
                paint_picture(painter, inside, picture, kind)
            else:
                paint_cover(painter, inside, kind, source.id if source is not None else 0)

        super().__init__(theme.drawn(draw), size=36, high=48)
        self._source = source
        covers.loaded.connect(self._repaint)

    def _repaint(self, source: int) -> None:
        # A method, so that Qt disconnects it together with the widget.
        if self._source is not None and self._source.id == source:
            self.update()


class CoverGrid(QListView):
    """The sources of a table as covers, with the same rows, selection and actions."""

    def __init__(self, table: QTableView, model: SourceTable, covers: CoverCache) -> None:
        super().__init__()
        self._model = model
        self.setAccessibleName(tr("Sources"))
        self.setModel(model)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QListView.SelectionBehavior.SelectRows)
        self.setSelectionModel(table.selectionModel())
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_CoverCell(self, covers))
        covers.loaded.connect(self._repaint)
        self.setMouseTracking(True)
        # Static movement disables dragging, though it only means moves within the list.
        self.setDragEnabled(True)
        self.setContextMenuPolicy(table.contextMenuPolicy())
        self.addActions(table.actions())
        theme.render(self, self._fit)

    def _repaint(self, source: int) -> None:
        rows = self._model.rows
        for at in (at for at, row in enumerate(rows) if row.id == source):
            self.update(self._model.index(at, 0))

    def _fit(self) -> None:
        self.setGridSize(QSize(theme.px(_CELL.width()), theme.px(_CELL.height())))
        self.verticalScrollBar().setSingleStep(theme.px(48))


class _CoverCell(cells.Painted):
    """A cover with title, author and state below."""

    margins, radius = (8, 4, -8, 0), 8

    def __init__(self, grid: CoverGrid, covers: CoverCache) -> None:
        super().__init__(grid)
        self._own = covers

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme.px(_CELL.width()), theme.px(_CELL.height()))

    def draw(self, painter: QPainter, option: Any, index: Index) -> None:
        source, model = index.data(ROW_ROLE), index.model()  # type: Any, Any
        cell = QRectF(option.rect)
        left = cell.left() + (cell.width() - theme.px(_COVER.width())) / 2
        box = QRectF(left, cell.top() + theme.px(16), *map(theme.px, _COVER.toTuple()))
        width = round(box.width() * option.widget.devicePixelRatioF())
        picture, kind = self._own.of(source, width), source_types.glyph(source)
        if picture is not None:
            paint_picture(painter, box, picture, kind)
        else:
            paint_cover(painter, box, kind, source.id, source.title, source.author)
        words = QRectF(left, box.bottom() + theme.px(8), box.width(), cell.bottom() - box.bottom())
        painter.setPen(theme.colour("text"))
        strong = theme.font("body", QFont.Weight.DemiBold)
        words.setTop(words.top() + write_lines(painter, words, source.title, strong, _LINES))
        painter.setPen(theme.colour("text2"))
        small = theme.font("small")
        words.setTop(words.top() + write_lines(painter, words, source.author, small, 1))
        self._paint_state(painter, words, source, model.state(source))

    def _paint_state(
        self, painter: QPainter, words: QRectF, source: SourceRow, state: source_types.State
    ) -> None:
        middle = words.top() + theme.px(10)
        room = theme.px(18)
        if state.glyph:
            sign = QRectF(words.left(), middle - theme.px(7), theme.px(14), theme.px(14))
            theme.paint_icon(painter, state.glyph, sign, state.role)
        else:
            room = theme.px(46)
            well = QRectF(words.left(), middle - theme.px(2), theme.px(40), theme.px(4))
            bar(painter, well, source_types.progress(source))
        painter.setPen(theme.colour(state.role if state.glyph == "alert" else "text2"))
        write_lines(
            painter, words.adjusted(room, theme.px(2), 0, 0), state.word, theme.font("small"), 1
        )
