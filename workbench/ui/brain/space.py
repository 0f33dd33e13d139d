"""The brain in three dimensions, where there is OpenGL: turned by hand or by keys, lit by a step.

It draws only when something has changed, and keeps nothing on the graphics card while nobody looks.
A small picture is timed first: where that takes long, no large one is drawn.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMatrix4x4,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QVector3D,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui import theme
from workbench.ui.components import cells
from workbench.ui.jobs import Jobs
from workbench.ui.language import known, tr

if TYPE_CHECKING:
    from workbench.brain.records import BrainRecall, RegionStatus
    from workbench.ui.brain.scene import Scene
    from workbench.ui.brain.solid import Solid

_KEY = "brain:solid"
#: Degrees: how it stands at first (from the left, a little from the front and above), and a key.
_YAW, _PITCH, _TURN = -24.0, 12.0, 10.0
_FIELD, _FAR, _NEAR, _FIRST = 26.0, 4.0, 1.2, 2.35
#: Seconds of drawing beyond which it is drawn at half the size, and beyond which the window would
#: be held up.
_SLOW, _STALL = 0.03, 0.05
#: Pictures one after the other that may take as long as that: others may have been busy.
_TRIES = 3
#: Pixels of the side of the picture that is timed first.
_SAMPLE = 96


class BrainSpace(QWidget):
    """`show_step` lights what fires; without OpenGL `missing` is emitted when it is first shown."""

    #: The place of a region in the list of all: it was chosen; it is to be looked at from near.
    chosen = Signal(int)
    entered = Signal(int)
    #: There is no OpenGL that can draw it; the one that there is would hold the window up.
    missing = Signal()
    slow = Signal()

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._regions: tuple[RegionStatus, ...] = ()
        self._recall: BrainRecall | None = None
        self._step = -1
        self._learned: object = None
        self._solid: Solid | None = None
        self._scene: Scene | None = None
        self._image: QImage | None = None
        self._yaw, self._pitch, self._distance = _YAW, _PITCH, _FIRST
        self._part = 1.0
        self._strikes = 0
        self._grip: QPointF | None = None
        self._dragged = False
        self._at = 2
        self._boxes: dict[int, QRectF] = {}
        self.setMinimumSize(80, 36)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Brain in three dimensions"))
        theme.watch(self, self._again)

    def set_regions(self, regions: "tuple[RegionStatus, ...]") -> None:
        """The regions of this brain, in their order."""
        self._regions = regions
        self.update()

    def show_step(self, recall: "BrainRecall | None", step: int, sentence: str) -> None:
        """Show one step of a recall, -1 or none at rest; `sentence` says what is seen."""
        self._recall, self._step = recall, step
        self.setAccessibleName(
            tr("{sentence}; in three dimensions, arrow keys turn it", sentence=sentence)
        )
        self._light()

    def show_learned(self, raster: object) -> None:
        """Light what is being learned; None: as it was before."""
        self._learned = raster
        self._light()

    @property
    def drawn(self) -> bool:
        """Whether there is a picture."""
        return self._image is not None

    # -- drawing ----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._solid is None:
            self._jobs.run(_solid, done=self._came, key=_KEY)
        else:
            self._begin()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._jobs.cancel(_KEY)
        self._end()

    def _end(self) -> None:
        scene, self._scene = self._scene, None
        if scene is not None:
            scene.close()

    def _came(self, solid: "Solid") -> None:
        self._solid = solid
        if self.isVisible():
            self._begin()

    def _begin(self) -> None:
        from workbench.ui.brain import scene

        if self._solid is not None and self._scene is None:
            self._scene = scene.scene(self._solid.places)
            if self._scene is None:
                self.missing.emit()
                return
            sample = QSize(_SAMPLE, _SAMPLE)
            # Before its first picture a driver makes its programs ready.
            self._timed(self._scene, sample)
            if self._timed(self._scene, sample)[1] > _STALL:
                self._give_up()
                return
        self._light()

    def _light(self) -> None:
        if self._scene is None or self._solid is None:
            return
        raster = self._learned
        if raster is None and self._recall is not None and self._step >= 0:
            raster = self._recall.recalled.raster[self._step]
        self._scene.light(self._solid.levels(raster))  # type: ignore[arg-type]
        self._again()

    def _again(self) -> None:
        self._image = None
        self.update()

    def _turned(self) -> QMatrix4x4:
        turned = QMatrix4x4()
        turned.rotate(self._pitch, 1, 0, 0)
        turned.rotate(self._yaw, 0, 1, 0)
        turned.translate(0, 0.01, 0)
        return turned

    def _seen(self) -> QMatrix4x4:
        visited = QMatrix4x4()
        visited.perspective(_FIELD, self.width() / max(1, self.height()), 0.1, 10.0)
        visited.translate(0, 0, -self._distance)
        return visited

    def _draw(self, scene: "Scene") -> QImage:
        ratio = self.devicePixelRatioF() * self._part
        size = QSize(max(1, int(self.width() * ratio)), max(1, int(self.height() * ratio)))
        image, took = self._timed(scene, size)
        self._strikes = self._strikes + 1 if took > _STALL else 0
        if took > _SLOW:
            # Without a graphics card a large picture would hold the window up.
            self._part = 0.5
        if self._strikes >= _TRIES:
            QTimer.singleShot(0, self, self._give_up)
        return image

    def _timed(self, scene: "Scene", size: QSize) -> tuple[QImage, float]:
        """A picture, and how many seconds it took."""
        dark = theme.current().dark
        roles = ("surface", "edge", "accent", "text" if dark else "accent")
        began = time.perf_counter()
        image = scene.draw(
            size, self._turned(), self._seen(), tuple(map(theme.colour, roles)), dark
        )
        return image, time.perf_counter() - began

    def _give_up(self) -> None:
        self._end()
        self.slow.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        scene = self._scene
        if scene is None:
            return
        if self._image is None:
            self._image = self._draw(scene)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._image.isNull():
            painter.drawImage(QRectF(self.rect()), self._image)
        self._paint_names(painter)

    def _paint_names(self, painter: QPainter) -> None:
        if self._solid is None or not self._regions:
            return
        turned, visited = self._turned(), self._seen()
        spots = []
        for at, (x, y, z) in enumerate(self._solid.hearts().tolist()):
            here = turned.map(QVector3D(x, y, z))
            flat = visited.map(here)
            spot = QPointF((flat.x() + 1) / 2 * self.width(), (1 - flat.y()) / 2 * self.height())
            spots.append((here.z(), at, spot))
        font = theme.font("small", QFont.Weight.DemiBold)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        self._boxes = {}
        for _, at, spot in sorted(spots, reverse=True):
            text = known(self._regions[at].label).replace(" cortex", "")
            wide, high = metrics.horizontalAdvance(text) + 12, metrics.height() + 2
            middle = QRectF(spot.x() - wide / 2, spot.y() - high / 2, wide, high)
            tries = [middle.translated(0, up * high) for up in (0, 1, -1, 2, -2)]
            box = next((item for item in tries if not self._taken(item)), None)
            if box is None:
                continue
            self._boxes[at] = box
            selected = self.hasFocus() and at == self._at
            cells.plate(painter, box, text, "accent" if selected else "text", 0.75)

    def _taken(self, box: QRectF) -> bool:
        return any(box.intersects(other) for other in self._boxes.values())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._part, self._strikes = 1.0, 0
        self._again()

    # -- turning ----------------------------------------------------------------------------------

    def turn(self, yaw: float, pitch: float) -> None:
        """Turn it by so many degrees."""
        self._yaw = (self._yaw + yaw + 180) % 360 - 180
        self._pitch = min(80.0, max(-80.0, self._pitch + pitch))
        self._again()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._grip, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            return
        way = event.position() - self._grip
        if self._dragged or way.manhattanLength() > 4:
            self._dragged, self._grip = True, event.position()
            self.turn(way.x() * 0.4, way.y() * 0.4)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None
        if self._dragged:
            return
        for at, box in self._boxes.items():
            if box.contains(event.position()):
                self._at = at
                self.chosen.emit(at)
                self.entered.emit(at)
                self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._come(0.9 ** (event.angleDelta().y() / 120.0))
        event.accept()

    def _come(self, factor: float) -> None:
        self._distance = min(_FAR, max(_NEAR, self._distance * factor))
        self._again()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Left: lambda: self.turn(-_TURN, 0),
            Qt.Key.Key_Right: lambda: self.turn(_TURN, 0),
            Qt.Key.Key_Up: lambda: self.turn(0, -_TURN),
            Qt.Key.Key_Down: lambda: self.turn(0, _TURN),
            Qt.Key.Key_Plus: lambda: self._come(0.9),
            Qt.Key.Key_Minus: lambda: self._come(1 / 0.9),
            Qt.Key.Key_Home: self._first,
            Qt.Key.Key_Return: lambda: self.entered.emit(self._at),
        }
        work = keys.get(event.key())
        if work is None:
            super().keyPressEvent(event)
        else:
            work()

    def _first(self) -> None:
        self._yaw, self._pitch, self._distance = _YAW, _PITCH, _FIRST
        self._again()


def _solid() -> "Solid":
    """On a worker: the dots."""
    from workbench.ui.brain.solid import solid

    return solid()
