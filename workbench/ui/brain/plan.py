"""The brain as a picture: ten labelled regions of dots with their firing rates.

`BrainPlan` is the lateral view from the left, `BrainSpace` a rotatable view in three dimensions.
"""

import html
import math
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QGraphicsItem

from workbench.ui import theme
from workbench.ui.brain.backdrop import Backdrop
from workbench.ui.components import words
from workbench.ui.jobs import Jobs
from workbench.ui.language import known, tr
from workbench.ui.plots.late import LatePlot

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from workbench.brain.records import BrainRecall, RegionStatus
    from workbench.ui.brain.cloud import Cloud
    from workbench.ui.plots.base import Plot
    from workbench.ui.plots.dots import Dots, DotsPlot, RasterPlot


_REGIONS = 10


class SpikeRaster(LatePlot):
    """The raster plot of a recall; a click selects a step."""

    sought = Signal(int)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, "brain.raster")
        self._recall: BrainRecall | None = None
        self._regions: tuple[RegionStatus, ...] = ()
        self._step = -1
        self._plot: RasterPlot | None = None
        self.setAccessibleName(tr("Spikes of ten regions over the steps"))

    def make_plot(self) -> "Plot":
        from workbench.ui.plots.dots import RasterPlot

        self._plot = RasterPlot(_REGIONS)
        return self._plot

    def plot_ready(self) -> None:
        self.set_regions(self._regions)
        self.show_step(self._recall, self._step)

    def set_regions(self, regions: "tuple[RegionStatus, ...]") -> None:
        """Set the regions in order."""
        self._regions = regions
        if self._plot is not None:
            self._plot.show_names(
                [known(region.label).replace(" cortex", "") for region in regions]
            )

    def show_step(self, recall: "BrainRecall | None", step: int) -> None:
        """Show a recall with a line at the current step."""
        self._recall, self._step = recall, step
        if recall is not None:
            spikes = recall.recalled.spikes
            first = int(spikes.sum(axis=1).argmax())
            self.setAccessibleName(
                tr(
                    "Spikes of ten regions over {spikes} steps, most at step {first}",
                    spikes=len(spikes),
                    first=first + 1,
                )
            )
        if self._plot is not None:
            self._plot.show_spikes(None if recall is None else recall.recalled.raster, step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._recall is None or self._plot is None:
            return
        step = self._plot.step_at(event.position())
        if step is not None:
            self.sought.emit(step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if by is None or self._recall is None:
            super().keyPressEvent(event)
            return
        end = len(self._recall.recalled.spikes) - 1
        self.sought.emit(min(max(self._step + by, 0), end))


#: Labels show no numbers below this width in pixels.
_SMALL = 420
_LABEL = QSize(116, 34)
#: Regions active during learning: association cortex and hippocampus.
LEARNING = (2, 4)
#: Hit tolerance around dots, in units of the square.
_REACH = 0.02
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Plus)
#: Initial yaw and pitch, and step of a key, in degrees.
_YAW, _PITCH, _TURN = -24.0, 12.0, 10.0
#: Distance of the camera; minimum, initial and maximum extent.
_EYE, _CLOSEST, _FIRST, _FARTHEST = 2.35, 0.4, 1.0, 2.0


class BrainPlan(Backdrop):
    """A step of a recall in lateral view."""

    #: The index of the selected region.
    chosen = Signal(int)
    #: The index of the region to zoom into.
    entered = Signal(int)

    def __init__(self, jobs: Jobs, key: str = "brain:plan") -> None:
        super().__init__(jobs, key)
        self._regions: tuple[RegionStatus, ...] = ()
        self._shares: list[float] = []
        self._at = 0
        self._places: NDArray[np.float64] | None = None
        self._owners: NDArray[np.int64] | None = None
        self.setAccessibleName(tr("Brain"))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 36)

    def set_regions(self, regions: "tuple[RegionStatus, ...]") -> None:
        """Set the regions in order."""
        self._regions = regions
        self.compose()

    def show_step(self, recall: "BrainRecall | None", step: int) -> None:
        """Show a step of a recall; -1 or None is the brain at rest."""
        self._shares = [0.0] * len(self._regions)
        if recall is not None and step >= 0:
            spikes = recall.recalled.spikes[step].tolist()
            self._shares = [
                count / max(region.neurons, 1)
                for count, region in zip(spikes, self._regions, strict=True)
            ]
        self.ground(recall, step)
        self.setAccessibleName(self.sentence())

    def show_learning(self, raster: object) -> None:
        """Show what is being learned, uint8[10, 64] as a frame; None restores the step."""
        self._override = raster
        self.setAccessibleName(self.sentence())
        self.compose()

    @property
    def learning(self) -> bool:
        """Whether learning is shown."""
        return self._override is not None

    def sentence(self) -> str:
        """Describe the picture for screen readers."""
        if self.learning:
            return tr("Brain learning: association cortex and hippocampus")
        if self._recall is None or self._step < 0:
            return tr("Brain at rest")
        shares = zip(self._shares, self._regions, strict=True)
        best = sorted(shares, key=lambda item: -item[0])[:3]
        listed = ", ".join(
            f"{known(region.label)} {words.Decimal(100 * share):.2f} %" for share, region in best
        )
        steps = len(self._recall.recalled.spikes)
        return tr(
            "Brain, step {step} of {steps}. Most active: {told}",
            step=self._step + 1,
            steps=steps,
            told=listed,
        )

    # -- drawing -----------------------------------------------------------------------------------

    def dots(self, dots: "Cloud", raster: object) -> "Dots":
        from workbench.ui.plots.dots import Dots

        self._places, self._owners = dots.places, dots.regions
        active = dots.places[dots.active(raster)]  # type: ignore[arg-type]
        return Dots(((dots.places, 0.55),), active, (-0.01, 0.02, 1.02, 0.96))

    def overlay(self, plot: "DotsPlot") -> Iterable[QGraphicsItem]:
        from pyqtgraph import PlotCurveItem, TextItem

        from workbench.ui.plots.base import brush, pen

        for at, box in self.plates().items():
            heart = self.heart(at)
            if heart is not None:
                end, middle = plot.to_widget(*heart), box.center()
                line = end - middle
                if (length := math.hypot(line.x(), line.y())) > theme.px(46):
                    start = plot.to_plane(middle + line * (theme.px(22) / length))
                    ends = [start.x(), heart[0]], [start.y(), heart[1]]
                    yield PlotCurveItem(*ends, pen=pen("edge"))
            name = TextItem(html=self._label(at), anchor=(0.5, 0.5), fill=brush("surface", 0.82))
            name.setFont(theme.font("small"))
            # No wider than the words, so that it hides no more dots.
            name.setTextWidth(min(box.width(), name.textItem.document().idealWidth()))
            middle = plot.to_plane(box.center())
            name.setPos(middle.x(), middle.y())
            yield name

    def _label(self, at: int) -> str:
        """The label of a region with its firing rate; only the name in a small picture."""
        ink = "accent" if self.hasFocus() and at == self._at else "text"
        name = html.escape(known(self._regions[at].label).replace(" cortex", ""))
        first = f'<b style="color: {theme.colour(ink).name()}">{name}</b>'
        share = self._shares[at] if self._shares else 0.0
        second = (
            tr("at rest")
            if not share
            else tr("{value:.2f} % firing", value=words.Decimal(100 * share))
        )
        if self.learning:
            second = tr("learning") if at in LEARNING else tr("at rest")
        if self.width() < _SMALL:
            return f'<div align="center">{first}</div>'
        grey = theme.colour("text2").name()
        return f'<div align="center">{first}<br><span style="color: {grey}">{second}</span></div>'

    def heart(self, at: int) -> tuple[float, float] | None:
        """The dot that the label's leader line points to, None for no line."""
        from workbench.ui.brain.cloud import cloud

        return cloud().heart(at)

    def anchors(self) -> "list[tuple[float, float]]":
        """Label positions of the regions in the plane."""
        from workbench.ui.brain.cloud import LABELS

        return [(x, y) for x, y in LABELS]

    def plates(self) -> dict[int, QRectF]:
        """The rectangles of labels that do not overlap, the selected one first."""
        used: dict[int, QRectF] = {}
        if self._plot is None or not self._regions:
            return used
        wide, high = theme.px(_LABEL.width()), theme.px(_LABEL.height())
        high = high // 2 if self.width() < _SMALL else high
        anchors = self.anchors()
        for at in sorted(range(len(self._regions)), key=lambda at: at != self._at):
            middle = self._plot.to_widget(*anchors[at])
            left = min(max(middle.x() - wide / 2, 2.0), max(2.0, self.width() - wide - 2.0))
            top = min(max(2.0, middle.y() - high / 2), self.height() - high - 2.0)
            box = QRectF(left, top, wide, high)
            if not any(box.intersects(other) for other in used.values()):
                used[at] = box
        return used

    # -- selection ---------------------------------------------------------------------------------

    def region_at(self, point: QPointF) -> int:
        """The region whose label or dots are at a point, or -1."""
        for at, box in self.plates().items():
            if box.contains(point):
                return at
        if self._plot is None or self._places is None or self._owners is None:
            return -1
        plane = self._plot.to_plane(point)
        far = ((self._places - (plane.x(), plane.y())) ** 2).sum(axis=1)
        nearest = int(far.argmin())
        return int(self._owners[nearest]) if far[nearest] < _REACH**2 else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.region_at(event.position())
        if at >= 0:
            self.choose(at)
            self.entered.emit(at)

    def wheelEvent(self, event: QWheelEvent) -> None:
        at = self.region_at(event.position())
        if event.angleDelta().y() > 0 and at >= 0:
            self.entered.emit(at)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        by = step.get(Qt.Key(event.key()))
        if self._regions and event.key() in _ENTER:
            self.entered.emit(self._at)
        elif by is None or not self._regions:
            super().keyPressEvent(event)
        else:
            self.choose((self._at + by) % len(self._regions))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.compose()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.compose()

    def choose(self, at: int) -> None:
        """Select a region and emit it."""
        self._at = at
        self.chosen.emit(at)
        self.compose()


class BrainSpace(BrainPlan):
    """The view in three dimensions."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, "brain:solid")
        self._yaw, self._pitch, self._extent = _YAW, _PITCH, _FIRST
        self._anchors: list[tuple[float, float]] = []
        self._grip: QPointF | None = None
        self._dragged = False
        self.setAccessibleName(tr("Brain in three dimensions"))

    def sentence(self) -> str:
        return tr(
            "{sentence}; in three dimensions, arrow keys turn it", sentence=super().sentence()
        )

    def dots(self, dots: "Cloud", raster: object) -> "Dots":
        import numpy as np

        from workbench.ui.plots.dots import Dots

        x, y, z = dots.places[:, 0] - 0.5, 0.49 - dots.places[:, 1], dots.depths
        yaw, pitch = math.radians(self._yaw), math.radians(self._pitch)
        points = np.stack([np.tile(x, 2), np.tile(y, 2), np.concatenate([z, -z])], axis=1)
        turn = np.array([[math.cos(yaw), 0, math.sin(yaw)], [0, 1, 0],
                         [-math.sin(yaw), 0, math.cos(yaw)]])  # fmt: skip
        tilt = np.array([[1, 0, 0], [0, math.cos(pitch), -math.sin(pitch)],
                         [0, math.sin(pitch), math.cos(pitch)]])  # fmt: skip
        rotated = points @ turn.T @ tilt.T
        flat = rotated[:, :2] * (_EYE / (_EYE - rotated[:, 2]))[:, None] * (1, -1)
        front = rotated[:, 2] > 0
        owners = np.tile(dots.regions, 2)
        left = np.arange(len(owners)) < len(dots.regions)
        self._anchors = [
            tuple(flat[left & (owners == at)].mean(axis=0).tolist()) for at in range(10)
        ]
        self._places, self._owners = flat[front], owners[front]
        active = flat[np.tile(dots.active(raster), 2)]  # type: ignore[arg-type]
        side = self._extent
        layers = ((flat[~front], 0.22), (flat[front], 0.6))
        return Dots(layers, active, (-side / 2, -side / 2, side, side))

    def heart(self, at: int) -> None:
        return None

    def anchors(self) -> list[tuple[float, float]]:
        return self._anchors

    # -- rotation ----------------------------------------------------------------------------------

    @property
    def view(self) -> tuple[float, float, float]:
        """Yaw and pitch in degrees, and the visible extent."""
        return self._yaw, self._pitch, self._extent

    def turn(self, yaw: float, pitch: float) -> None:
        """Rotate by degrees."""
        self._yaw = (self._yaw + yaw + 180) % 360 - 180
        self._pitch = min(80.0, max(-80.0, self._pitch + pitch))
        self.compose()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._grip, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            return
        offset = event.position() - self._grip
        if self._dragged or offset.manhattanLength() > 4:
            self._dragged, self._grip = True, event.position()
            self.turn(offset.x() * 0.4, offset.y() * 0.4)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None
        if not self._dragged:
            super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._zoom(0.9 ** (event.angleDelta().y() / 120.0))
        event.accept()

    def _zoom(self, factor: float) -> None:
        self._extent = min(_FARTHEST, max(_CLOSEST, self._extent * factor))
        self.compose()

    def _reset(self) -> None:
        self._yaw, self._pitch, self._extent = _YAW, _PITCH, _FIRST
        self.compose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Left: lambda: self.turn(-_TURN, 0),
            Qt.Key.Key_Right: lambda: self.turn(_TURN, 0),
            Qt.Key.Key_Up: lambda: self.turn(0, -_TURN),
            Qt.Key.Key_Down: lambda: self.turn(0, _TURN),
            Qt.Key.Key_Plus: lambda: self._zoom(0.9),
            Qt.Key.Key_Minus: lambda: self._zoom(1 / 0.9),
            Qt.Key.Key_Home: self._reset,
        }
        work = keys.get(event.key())
        if work is None:
            super().keyPressEvent(event)
        else:
            work()
