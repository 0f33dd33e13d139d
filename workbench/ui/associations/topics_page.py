"""The topics page: map, list, and the names of the selected topic."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QEvent, QLineF, QModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QShowEvent,
    QTextOption,
)
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsEllipseItem,
    QGraphicsItem,
    QGraphicsScene,
    QGraphicsSimpleTextItem,
    QGraphicsTextItem,
    QGraphicsView,
    QWidget,
)

from workbench.errors import WorkbenchError
from workbench.memory.graph.records import Concept, Topic
from workbench.ui import theme
from workbench.ui.components import (
    ENTER,
    SMALL,
    STRONG,
    Column,
    EmptyState,
    Stack,
    TableModel,
    TableView,
    button,
    column,
    divided,
    failed,
    fill,
    flow,
    holder,
    label,
    paragraph,
    row,
    rule,
    scroll,
    words,
)
from workbench.ui.concepts import kinds, signs
from workbench.ui.concepts.rows import CONCEPT_COLUMNS, sentence
from workbench.ui.language import tr
from workbench.ui.window.library_actions import Shelf

#: Names drawn in a disc, and margin around the map in pixels.
_LISTED_NAMES, _EDGE = 3, 24
#: Gap between discs as a share of the mean radius; number of directions tried.
_SPACING, _TURNS = 0.35, 48
#: Lines to the nearest topics, per topic.
_LINES = 2


@dataclass(frozen=True, slots=True)
class Disc:
    """The centre and radius of a topic, in map units."""

    x: float
    y: float
    radius: float


def lay_out(topics: Sequence[Topic]) -> list[Disc]:
    """Pack discs without overlap, largest first, each close to its nearest topics."""
    discs: list[Disc] = []
    sizes = [math.sqrt(len(item.members)) for item in topics]
    average = sum(sizes) / len(sizes) if sizes else 1.0
    radii = [0.6 * average + 0.6 * size for size in sizes]
    for at, radius in enumerate(radii):
        if not discs:
            discs.append(Disc(0.0, 0.0, radius))
            continue
        pulls = [(n.weight, discs[n.topic]) for n in topics[at].near if n.topic < at]
        pulls = pulls or [(1.0, discs[0])]
        options = [
            Disc(
                item.x + math.cos(turn) * (item.radius + radius + gap),
                item.y + 0.7 * math.sin(turn) * (item.radius + radius + gap),
                radius,
            )
            for item in discs
            for gap in (_SPACING * average, 0.8 * radius + _SPACING * average)
            for turn in (2 * math.pi * step / _TURNS for step in range(_TURNS))
        ]
        free = [
            option for option in options if all(_clear(option, item, average) for item in discs)
        ]
        total = sum(weight for weight, _ in pulls)

        def cost(
            disc: Disc, pulls: Sequence[tuple[float, Disc]] = pulls, of: float = total
        ) -> float:
            distance = sum(w * math.hypot(disc.x - d.x, disc.y - d.y) for w, d in pulls) / of
            return distance + 0.6 * math.hypot(disc.x, 1.6 * disc.y)

        discs.append(min(free, key=cost))
    return discs


def _clear(disc: Disc, other: Disc, average: float) -> bool:
    distance = math.hypot(disc.x - other.x, disc.y - other.y)
    return distance >= disc.radius + other.radius + 0.9 * _SPACING * average


class TopicsMap(QGraphicsView):
    """The map of topics; the list beside it is its text equivalent."""

    #: The index of the selected topic.
    chosen = Signal(int)
    #: The index of a topic that was double-clicked or opened with Enter.
    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._topics: Sequence[Topic] = ()
        self._discs: list[Disc] = []
        self._at, self._over = -1, -1
        self.setScene(QGraphicsScene(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        for bar in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            bar(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        for part in (self, self.viewport()):
            part.setAccessibleName(tr("Map of topics"))
        theme.watch(self, self._draw)

    def show_topics(self, topics: Sequence[Topic]) -> None:
        """Lay out and draw topics."""
        self._topics, self._discs = topics, lay_out(topics)
        self._at = self._over = -1
        names = "; ".join(topic.name for topic in topics)
        self.setAccessibleDescription(f"{words.count(len(topics), 'topic')}: {names}")
        self._draw()

    def choose(self, at: int) -> None:
        """Mark a topic as selected."""
        self._at = at
        self._draw()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(60))

    # -- drawing -----------------------------------------------------------------------------------

    def _scale(self) -> tuple[float, QPointF]:
        """Pixels per map unit, and the origin in widget coordinates."""
        left = min(d.x - d.radius for d in self._discs)
        right = max(d.x + d.radius for d in self._discs)
        top = min(d.y - d.radius for d in self._discs)
        foot = max(d.y + d.radius for d in self._discs)
        edge = 2 * theme.px(_EDGE)
        scale = min((self.width() - edge) / (right - left), (self.height() - edge) / (foot - top))
        scale = max(1.0, min(scale, theme.px(150) / max(d.radius for d in self._discs)))
        middle = QPointF((left + right) / 2, (top + foot) / 2)
        return scale, QPointF(self.width() / 2, self.height() / 2) - middle * scale

    def box(self, at: int) -> QRectF:
        """The bounding box of a topic's disc in widget coordinates."""
        scale, origin = self._scale()
        disc = self._discs[at]
        radius = disc.radius * scale
        box = QRectF(0, 0, 2 * radius, 2 * radius)
        box.moveCenter(origin + QPointF(disc.x, disc.y) * scale)
        return box

    def _draw(self) -> None:
        """Redraw everything; with a dozen discs, updating items would not pay."""
        scene = self.scene()
        scene.clear()
        self.setBackgroundBrush(theme.colour("surface"))
        scene.setSceneRect(QRectF(self.viewport().rect()))
        maximum = max((n.weight for item in self._topics for n in item.near), default=1.0)
        for at, topic in enumerate(self._topics):
            for near in topic.near[:_LINES]:
                line = QLineF(self.box(at).center(), self.box(near.topic).center())
                width = 1.0 + 3.0 * near.weight / maximum
                scene.addLine(line, QPen(theme.colour("edge"), width)).setZValue(-1)
        for at, topic in enumerate(self._topics):
            self._draw_disc(at, topic)

    def _draw_disc(self, at: int, topic: Topic) -> None:
        box, marked, scene = self.box(at), at == self._at, self.scene()
        pen = QPen(theme.colour("accent" if marked else "line"), 2 if marked else 1)
        ground = "accent_soft" if marked else "hover" if at == self._over else "canvas"
        disc = scene.addEllipse(box, pen, theme.colour(ground))
        disc.setData(0, at)
        disc.setToolTip(topic.name)
        disc.setCursor(Qt.CursorShape.PointingHandCursor)
        if marked and self.hasFocus():
            QGraphicsEllipseItem(box.adjusted(-4, -4, 4, 4), disc).setPen(pen)
        # Draw the names without a label as dots along the rim.
        fine = theme.px(20) / 10
        remainder = topic.concepts[_LISTED_NAMES:]
        for number, item in enumerate(remainder):
            turn = 2 * math.pi * (number + 0.5 * math.sin(item.id)) / len(remainder)
            out = box.width() / 2 * (0.86 + 0.06 * math.cos(7.0 * item.id))
            spot = box.center() + QPointF(math.cos(turn), math.sin(turn)) * out
            dot = QGraphicsEllipseItem(QRectF(-fine, -fine, 2 * fine, 2 * fine), disc)
            dot.setPos(spot)
            dot.setPen(QPen(Qt.PenStyle.NoPen))
            dot.setBrush(theme.colour(kinds.ink(item.type), 0.55))
        self._write(disc, topic, box)

    def _write(self, disc: QGraphicsItem, topic: Topic, box: QRectF) -> None:
        """The name, and further names where there is room; none is cut."""
        title, plain = QGraphicsTextItem(topic.name), theme.font("small")
        title.setParentItem(disc)  # given to the constructor it would not own the title
        title.document().setDefaultTextOption(QTextOption(Qt.AlignmentFlag.AlignHCenter))
        title.setDefaultTextColor(theme.colour("text"))
        title.setTextWidth(0.8 * box.width())
        metrics, room = QFontMetricsF(plain), 0.7 * box.height()
        for size in ("body", "small", "caption"):
            title.setFont(theme.font(size, QFont.Weight.DemiBold))
            high, wide = title.boundingRect().height(), title.document().idealWidth()
            if fits := wide <= 0.8 * box.width() and high <= room:
                break
        title.setVisible(fits)  # or the list beside the map has it
        sign, step = theme.px(12), metrics.height() * 1.35
        names = [
            (metrics.horizontalAdvance(item.name), item)
            for item in topic.concepts[2 : 2 + _LISTED_NAMES]
        ]
        names = [item for item in names if item[0] + 2 * sign <= 0.72 * box.width()]
        names = names[: max(0, int((room - high) // step))]
        top = box.center().y() - (high + step * len(names)) / 2
        title.setPos(box.left() + 0.1 * box.width(), top)
        for number, (wide, item) in enumerate(names):
            name = QGraphicsSimpleTextItem(item.name, disc)
            name.setFont(plain)
            name.setBrush(theme.colour("text2"))
            left, y = box.center().x() - (wide - 1.5 * sign) / 2, top + high + step * number
            name.setPos(left, y)
            middle = y + name.boundingRect().height() / 2
            signs.item(item.type, disc).setPos(left - sign, middle)

    # -- mouse and keyboard ------------------------------------------------------------------------

    def _hit(self, event: QMouseEvent) -> int:
        item = self.itemAt(event.position().toPoint())
        at = item.topLevelItem().data(0) if item is not None else None
        return -1 if at is None else int(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._hit(event))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(-1)

    def _point_at(self, at: int) -> None:
        if at != self._over:
            self._over = at
            self._draw()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._hit(event)
        if at >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(at)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self._hit(event)
        if at >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        by = step.get(Qt.Key(event.key()))
        if by is not None and self._topics:
            self.chosen.emit((max(self._at, -1 if by > 0 else 0) + by) % len(self._topics))
        elif event.key() in ENTER and self._at >= 0:
            self.opened.emit(self._at)
        else:
            QWidget.keyPressEvent(self, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._draw()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._draw()


def named(topics: Sequence[Topic]) -> list[Topic]:
    """Name topics after their first two concepts, in the language of the window."""
    names = [tr(" and ").join(item.name for item in topic.concepts[:2]) for topic in topics]
    return [replace(topic, name=name) for topic, name in zip(topics, names, strict=True)]


_READING = "associations:topics"
_SIDE, _NARROW = 344, 700  # pixels
#: Maximum numbers of topics on the map and of listed names per topic.
_MAX_TOPICS, _MAX_NAMES = 12, 12


def _sources(topic: Topic) -> str:
    return words.count(len(topic.sources), "source")


def _names(topic: Topic) -> str:
    return words.count(len(topic.members), "name")


def _accessible_text(topic: Topic) -> str:
    return f"{topic.name}: {_names(topic)}, {_sources(topic)}"


_TOPICS = (
    Column("name", tr("Topic"), lambda t: t.name, style=lambda _topic: STRONG),
    Column("sources", tr("Sources"), _sources, width=84, number=True, style=lambda _topic: SMALL),
)


class TopicsPage(QWidget):
    """Loads topics when shown; the tab handles the requests it emits."""

    #: The number of a concept to start at.
    concept_requested = Signal(int)
    #: A `Topic` to restrict the graph to.
    alone_requested = Signal(object)
    #: A `Topic` whose sources are to be asked.
    ask_requested = Signal(object)

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._shelf = shelf
        self._collection: str | None = None
        self._stale, self._sized = True, False
        self.topics: Sequence[Topic] = ()
        self.map = TopicsMap()
        self.list: TableView[Topic] = self._table(tr("Topics"), _TOPICS, _accessible_text, "name")
        self.names: TableView[Concept] = self._table(
            tr("Names of the topic"), CONCEPT_COLUMNS, sentence, "id"
        )
        self.title, self.about = paragraph("", "head"), paragraph("")
        self.alone = button(tr("Show only this topic"), "eye", call=lambda: self._isolate(self._at))
        self.ask = button(tr("Ask these sources"), "ask")
        head = row(label(tr("Topics"), "head"), margins=(16, 12, 16, 0))
        self._chosen = holder(
            column(
                rule(), self.title, self.about, self.names,
                flow(self.alone, self.ask), margins=(16, 8, 16, 12), gap=8,
            )
        )  # fmt: skip
        self._chosen.hide()
        listing = column(
            holder(head), holder(row(self.list, margins=(8, 0, 8, 0))), self._chosen, gap=6
        )
        self._side = scroll(holder(listing, "canvas"), tr("Topics"))
        self.splitter = divided(self.map, self._side, down=True)
        self.stack = Stack(self.splitter, name=tr("Topics"))
        fill(self, column(self.stack), name=tr("Topics"))
        self.map.chosen.connect(self.choose)
        self.map.opened.connect(self._isolate)
        self.list.selectionModel().selectionChanged.connect(self._picked)
        self.list.activated.connect(lambda index: self._isolate(index.row()))
        self.names.clicked.connect(self._name_pressed)
        self.names.activated.connect(self._name_pressed)
        self.ask.clicked.connect(lambda: self.ask_requested.emit(self.topics[self._at]))
        shelf.switched.connect(self._forget)
        self._arrange()

    def set_collection(self, collection: str | None) -> None:
        """Show the topics of a collection, or of everything for None."""
        if collection != self._collection:
            self._collection = collection
            self.reload()

    def reload(self) -> None:
        """Reload: now if visible, else when shown."""
        self._stale = True
        if self.isVisible():
            self._read()

    def choose(self, at: int) -> None:
        """Select a topic on the map and in the list."""
        self.list.choose(self.topics[at].name)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()
        if self._stale:
            self._read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < theme.px(_NARROW)
        orientation = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self.splitter.orientation() != orientation:
            self._sized = False
            self.splitter.setOrientation(orientation)
        if not narrow and not self._sized and self.isVisible():
            self._sized = True
            self.splitter.setSizes([self.width() - theme.px(_SIDE), theme.px(_SIDE)])

    @property
    def _at(self) -> int:
        return self.list.currentIndex().row()

    def _table(
        self, name: str, columns: Sequence[Column], accessible: Callable[[Any], str], key: str
    ) -> TableView[Any]:
        model: TableModel[Any] = TableModel(columns, accessible, self, key=attrgetter(key))
        created: TableView[Any] = TableView(model, name, high=28)
        created.horizontalHeader().hide()
        return created

    def _read(self) -> None:
        library = self._shelf.library
        self._stale = False
        if library is None:
            self._loaded([])
            return
        if not self.topics:
            self.stack.show_other(EmptyState("associations", tr("Looking for topics…"), ""))
        self._shelf.jobs.run(
            *(partial(library.graph.topics, collection=self._collection, limit=_MAX_TOPICS),),
            done=self._loaded, failed=self._failed, key=_READING,
        )  # fmt: skip

    def _loaded(self, topics: list[Topic]) -> None:
        retained = self.topics[self._at].name if 0 <= self._at < len(self.topics) else None
        topics = self.topics = named(topics)
        if not topics:
            reason = tr("Topics appear once your sources name enough people, places and ideas.")
            self.stack.show_other(EmptyState("associations", tr("No topics yet"), reason))
            return
        self.stack.setCurrentIndex(0)
        self.map.show_topics(topics)
        self.list.rows.show_rows(topics)
        if retained is None or not self.list.choose(retained):
            self.choose(0)

    def _failed(self, error: WorkbenchError) -> None:
        self.stack.show_other(failed(error, self._read))

    def _picked(self) -> None:
        topic = self.list.chosen()
        self._chosen.setVisible(topic is not None)
        if topic is None:
            return
        self.map.choose(self._at)
        self.title.setText(topic.name)
        self.about.setText(_description(topic, self.topics))
        self.names.rows.show_rows(topic.concepts[:_MAX_NAMES])
        self.ask.setVisible(bool(topic.sources))

    def _isolate(self, at: int) -> None:
        if 0 <= at < len(self.topics):
            self.alone_requested.emit(self.topics[at])

    def _name_pressed(self, index: QModelIndex) -> None:
        self.concept_requested.emit(self.names.rows.rows[index.row()].id)

    def _forget(self) -> None:
        self._shelf.jobs.cancel(_READING)
        self._stale, self.topics = True, ()
        self.list.rows.show_rows(())


def _description(topic: Topic, topics: Sequence[Topic]) -> str:
    text = tr("{names} in {sources}.", names=_names(topic), sources=_sources(topic))
    for neighbour in topic.near[:1]:
        through, name = tr(" and ").join(neighbour.through), topics[neighbour.topic].name
        closest = tr(
            "Linked most closely to {name}, through {through}.", name=name, through=through
        )
        text = f"{text} {closest}"
    return text
