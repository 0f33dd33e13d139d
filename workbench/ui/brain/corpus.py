"""The map of the corpus space: concepts near each other where the library writes of them alike.

Points have the ink of their type, larger the more they are mentioned; names stand where there is
room. The table twin has every point, with those that are nearest to it.
"""

import math
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.errors import WorkbenchError
from workbench.ui import theme
from workbench.ui.brain.nearest import ARROWS, towards, under
from workbench.ui.brain.picture_and_table import Beside
from workbench.ui.components import cells, words
from workbench.ui.components.boxes import column, holder
from workbench.ui.components.tables import Column, Look, TableModel, TableView
from workbench.ui.components.words import label
from workbench.ui.concepts import kinds
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.window.library_actions import Shelf

if TYPE_CHECKING:
    from workbench.recall.concept_map import ConceptMap, MapPoint

Role = Qt.ItemDataRole
_KEY, _TABLE, _MARGIN = "brain:map", 340, 40
#: How far one may come near, and by how much at a time.
_NEAREST, _STEP = 12.0, 1.25
_LONG = 26


@dataclass(frozen=True, slots=True)
class PointRow:
    """A point of the map and the names of those nearest to it."""

    point: "MapPoint"
    near: tuple[str, ...]

    def sentence(self) -> str:
        """The point, for those who hear the table."""
        told = f"{self.point.name}: {words.count(self.point.mentions, 'mention')}"
        return told + (
            tr(", nearest: {list}", list=words.names(list(self.near))) if self.near else ""
        )


def _look(row: PointRow) -> Look:
    sign, ink = kinds.glyph(row.point.type), kinds.ink(row.point.type)
    return Look("text", sign=sign, sign_ink=ink, sign_size=14, sign_room=20)


_COLUMNS = (
    Column("name", tr("Concept"), lambda row: _name(row.point.name), look=_look),
    Column("mentions", tr("Mentions"), lambda row: words.number(row.point.mentions), width=76),
    Column("near", tr("Nearest"), lambda row: _name(row.near[0]) if row.near else "–"),
)


class MapPicture(QWidget):
    """The points; wheel or + and − come nearer, dragging moves, arrows go from point to point."""

    chosen = Signal(int)
    entered = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.points: tuple[MapPoint, ...] = ()
        self.at = -1
        self._lit: frozenset[int] = frozenset()
        self._said = ""
        self._zoom, self._middle = 1.0, QPointF(0, 0)
        self._grip: QPointF | None = None
        self._dragged = False
        self.setMinimumSize(80, 36)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Map of the corpus space"))
        theme.watch(self, self.update)

    def show_points(self, points: "tuple[MapPoint, ...]", said: str) -> None:
        """Show other points; `said` is what stands there where there are none."""
        self.points, self._said, self.at = points, said, -1
        self._zoom, self._middle = 1.0, QPointF(0, 0)
        self._tell()

    def show_lit(self, concepts: Collection[int]) -> None:
        """Ring what lit up in the recall."""
        self._lit = frozenset(concepts)
        self.update()

    def select(self, at: int) -> None:
        """Choose a point."""
        if at != self.at and 0 <= at < len(self.points):
            self.at = at
            self.chosen.emit(at)
            self._tell()

    def _tell(self) -> None:
        told = tr(
            "Map of the corpus space: {concepts}", concepts=words.count(len(self.points), "concept")
        )
        if 0 <= self.at < len(self.points):
            point = self.points[self.at]
            near = words.names([self.points[each].name for each in point.near])
            told += tr(". Chosen: {name}", name=point.name) + (
                tr(", nearest: {near}", near=near) if near else ""
            )
        self.setAccessibleName(told)
        self.update()

    # -- painting ---------------------------------------------------------------------------------

    def place(self, at: int) -> QPointF:
        """Where a point stands in the widget."""
        point = self.points[at]
        return self._spot(point.x, point.y)

    def _spot(self, x: float, y: float) -> QPointF:
        wide = max(1.0, self.width() / 2 - theme.px(_MARGIN))
        high = max(1.0, self.height() / 2 - theme.px(_MARGIN))
        return QPointF(
            self.width() / 2 + (x - self._middle.x()) * wide * self._zoom,
            self.height() / 2 + (y - self._middle.y()) * high * self._zoom,
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.points:
            painter.setPen(theme.colour("text2"))
            painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self._said)
            return
        whole = QRectF(self.rect())
        spots = self._spots()
        inks = {each: theme.colour(kinds.ink(each), 0.55) for each in kinds.TYPES}
        painter.setPen(Qt.PenStyle.NoPen)
        for at in range(len(self.points) - 1, -1, -1):
            if whole.contains(spots[at]):
                radius = self._radius(at)
                painter.setBrush(inks[self.points[at].type])
                painter.drawEllipse(spots[at], radius, radius)
        self._paint_links(painter, spots)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for at, point in enumerate(self.points):
            if point.concept in self._lit or at == self.at:
                ring = self._radius(at) + (4 if at == self.at else 2.5)
                painter.setPen(QPen(theme.colour("accent"), 2 if at == self.at else 1.4))
                painter.drawEllipse(spots[at], ring, ring)
        self._paint_names(painter, spots)

    def _radius(self, at: int) -> float:
        many = 1.6 + 1.1 * math.log2(1 + self.points[at].mentions)
        return theme.px(10) / 10 * min(many, 9.0)

    def _paint_links(self, painter: QPainter, spots: list[QPointF]) -> None:
        """Lines from the chosen one to those nearest to it."""
        if self.at >= 0:
            painter.setPen(QPen(theme.colour("accent", 0.6), 1.2))
            for each in self.points[self.at].near:
                painter.drawLine(spots[self.at], spots[each])
            painter.setPen(Qt.PenStyle.NoPen)

    def _paint_names(self, painter: QPainter, spots: list[QPointF]) -> None:
        font = theme.font("caption")
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        taken: list[QRectF] = []
        whole = QRectF(self.rect())
        near = self.points[self.at].near if self.at >= 0 else ()
        first = [each for each in (self.at, *near) if each >= 0]
        lit = [at for at, point in enumerate(self.points) if point.concept in self._lit]
        order = dict.fromkeys((*first, *lit, *range(len(self.points))))
        most = 60
        for at in order:
            if len(taken) >= most:
                break
            if not whole.contains(spots[at]):
                continue
            text = _name(self.points[at].name, _LONG)
            off = self._radius(at) + 2
            box = QRectF(
                spots[at].x() + off, spots[at].y() - metrics.height() / 2,
                metrics.horizontalAdvance(text) + 8, metrics.height(),
            )  # fmt: skip
            if box.right() > whole.right():
                box.moveRight(spots[at].x() - off)
            free = not any(box.intersects(other) for other in taken)
            if not free and at not in first:
                continue
            taken.append(box.adjusted(-3, -1, 3, 1))
            strong = at in first or self.points[at].concept in self._lit
            cells.plate(painter, box, text, "text" if strong else "text2", 0.75, 4)

    # -- choosing and moving ----------------------------------------------------------------------

    def _spots(self) -> list[QPointF]:
        return [self.place(at) for at in range(len(self.points))]

    def _under(self, point: QPointF) -> int:
        return under(self._spots(), point, self._radius)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._grip, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            return
        way = event.position() - self._grip
        if self._dragged or way.manhattanLength() > 4:
            self._dragged = True
            self._grip = event.position()
            self._middle -= QPointF(
                way.x() / max(1.0, self.width() / 2 - theme.px(_MARGIN)) / self._zoom,
                way.y() / max(1.0, self.height() / 2 - theme.px(_MARGIN)) / self._zoom,
            )
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._dragged:
            self.select(self._under(event.position()))
        self._grip = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self._under(event.position())
        if at >= 0:
            self.entered.emit(self.points[at].concept)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(_STEP ** (event.angleDelta().y() / 120.0), event.position())
        event.accept()

    def zoom(self, factor: float, around: QPointF | None = None) -> None:
        """Come nearer, or go away, with one spot of the widget staying where it is."""
        fresh = min(max(self._zoom * factor, 1.0), _NEAREST)
        spot = around if around is not None else QPointF(self.width() / 2, self.height() / 2)
        wide = max(1.0, self.width() / 2 - theme.px(_MARGIN))
        high = max(1.0, self.height() / 2 - theme.px(_MARGIN))
        off = QPointF((spot.x() - self.width() / 2) / wide, (spot.y() - self.height() / 2) / high)
        self._middle += off * (1 / self._zoom - 1 / fresh)
        self._zoom = fresh
        if fresh == 1.0:
            self._middle = QPointF(0, 0)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / _STEP)
        elif key == Qt.Key.Key_0:
            self.zoom(0.0)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.at >= 0:
            self.entered.emit(self.points[self.at].concept)
        elif key in ARROWS and self.points:
            here = self.place(max(self.at, 0))
            self.select(towards(self._spots(), here, ARROWS[key]) if self.at >= 0 else 0)
        else:
            super().keyPressEvent(event)


class CorpusMap(Beside):
    """The picture with its table twin; drawn when somebody looks, and again when more was read."""

    #: A concept whose assembly is to be shown.
    entered = Signal(int)

    def __init__(self, shelf: Shelf, jobs: Jobs) -> None:
        super().__init__()
        self._shelf, self._jobs = shelf, jobs
        self._collection: str | None = None
        self._stale = True
        self.map: ConceptMap | None = None
        self.picture = MapPicture()
        self.rows = TableModel(_COLUMNS, PointRow.sentence, self)
        self.table = TableView(self.rows, tr("Concepts of the map"), high=28)
        self.about = label("", "caption", wrap=True)
        side = holder(column(self.table, self.about, margins=(12, 12, 12, 12), gap=8))
        self.lay_out(self.picture, side, _TABLE)
        self.picture.entered.connect(self.entered)
        self.picture.chosen.connect(lambda at: self.table.setCurrentIndex(self.rows.index(at, 0)))
        self.table.selectionModel().currentRowChanged.connect(
            lambda now, _before: self.picture.select(now.row())
        )
        self.table.activated.connect(
            lambda index: self.entered.emit(self.rows.rows[index.row()].point.concept)
        )
        shelf.learned.connect(self._outdate)

    def set_scope(self, collection: str | None) -> None:
        """Show only concepts of a collection."""
        self._collection = collection
        self.forget()

    def forget(self) -> None:
        """What was drawn is of another library, or another part of it."""
        self._jobs.cancel(_KEY)
        self.map, self._stale = None, True
        self.rows.show_rows(())
        self.picture.show_points((), "")
        self.about.setText("")
        if self.isVisible():
            self._draw()

    def _outdate(self) -> None:
        # Not drawn anew under the eyes of who looks at it, and not while nobody does.
        self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._draw()

    def _draw(self) -> None:
        library = self._shelf.library
        if library is None:
            self.picture.show_points((), tr("Open a library to see its concepts on a map."))
            return
        if self.map is None:
            self.picture.show_points((), tr("Drawing the map…"))
        self._jobs.run(
            partial(library.brain.map, collection=self._collection),
            done=self._came, failed=self._failed, key=_KEY,
        )  # fmt: skip

    def _came(self, found: "ConceptMap") -> None:
        self.map, self._stale = found, False
        names = [point.name for point in found.points]
        self.rows.show_rows(
            [PointRow(each, tuple(names[at] for at in each.near)) for each in found.points]
        )
        few = tr("There is too little text for a map. Add another source.")
        self.picture.show_points(found.points, few)
        share = words.percent(found.share)
        self.about.setText(
            tr(
                "{concepts}; close together means used in similar contexts. (A flat "
                "projection: {share} of the variation.)",
                concepts=words.count(len(found.points), "concept"),
                share=share,
            )
            if found.points
            else ""
        )

    def _failed(self, error: WorkbenchError) -> None:
        self.picture.show_points((), str(error))


def _name(name: str, most: int = 60) -> str:
    return words.short(" ".join(name.split()), most)
