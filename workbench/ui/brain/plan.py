"""The brain seen from the left: ten regions as clouds of dots, and how much of each fires."""

import math
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)

from workbench.ui import theme
from workbench.ui.brain.backdrop import Backdrop, palette
from workbench.ui.jobs import Jobs
from workbench.ui.language import known, tr

if TYPE_CHECKING:
    from workbench.brain.records import BrainRecall, RegionStatus

#: Below so many pixels of width the names stand without numbers.
_SMALL = 420
_LABEL = QSize(124, 34)
#: Regions that learn from what is read: the association cortex and the hippocampus.
LEARNING = (2, 4)
#: Cells of the square, each way, in which it is looked up what is at a point.
CELLS = 64
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Plus)

#: What is said until the first picture has come.
_AT_REST = tr("At rest. Type a name or a question above to replay what it brings to mind.")


class BrainPlan(Backdrop):
    """A step of a recall as a picture; it is composed on a worker and only shown here."""

    #: The place of a region in the list of all, when it is chosen.
    chosen = Signal(int)
    #: The same, when it is to be looked at from near.
    entered = Signal(int)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, "brain:plan")
        self._regions: tuple[RegionStatus, ...] = ()
        self._shares: list[float] = []
        self._hearts: list[tuple[float, float]] = []
        self._ground: bytes = b""
        self._note = ""
        self._at = 0
        self.setAccessibleName(tr("Brain"))

    def set_regions(self, regions: "tuple[RegionStatus, ...]") -> None:
        """The regions of this brain, in their order."""
        self._regions = regions
        self.compose()

    def show_step(self, recall: "BrainRecall | None", step: int) -> None:
        """Show one step of a recall; -1 or no recall is the brain at rest."""
        self._recall, self._step = recall, step
        self._shares = [0.0] * len(self._regions)
        if recall is not None and step >= 0:
            spikes = recall.recalled.spikes[step].tolist()
            self._shares = [
                many / max(region.neurons, 1)
                for many, region in zip(spikes, self._regions, strict=True)
            ]
        self.setAccessibleName(self.sentence())
        self.compose()

    def note(self, text: str) -> None:
        """A caption below the picture."""
        self._note = text
        self.setToolTip(text)
        self.update()

    def show_learned(self, raster: object) -> None:
        """Light what is being learned, uint8[10, 64] as in a frame; None: as it was before."""
        self._instead = raster
        self.setAccessibleName(self.sentence())
        self.compose()
        self.update()

    @property
    def learning(self) -> bool:
        """Whether it shows what is being learned."""
        return self._instead is not None

    def sentence(self) -> str:
        """What the picture shows, for those who hear it."""
        if self._instead is not None:
            return tr("Brain learning: association cortex and hippocampus")
        if self._recall is None or self._step < 0:
            return tr("Brain at rest")
        both = zip(self._shares, self._regions, strict=True)
        best = sorted(both, key=lambda each: -each[0])[:3]
        told = ", ".join(f"{known(region.label)} {100 * share:.2f} %" for share, region in best)
        steps = len(self._recall.recalled.spikes)
        return tr(
            "Brain, step {step} of {steps}. Most active: {told}",
            step=self._step + 1,
            steps=steps,
            told=told,
        )

    # -- composing --------------------------------------------------------------------------------

    def _frame(self) -> QRectF:
        side = max(60.0, min(self.width() / 1.02, (self.height() - 8) / 0.96))
        return QRectF((self.width() - side) / 2, (self.height() - side * 0.96) / 2, side, side)

    def compose(self) -> None:
        """Have the picture made, once it is known of which regions."""
        if self._regions:
            super().compose()

    def _work(
        self, raster: object, wide: int, high: int, ratio: float
    ) -> Callable[[], tuple[bytes, Any]]:
        frame = self._frame()
        square = (frame.x() * ratio, frame.y() * ratio, frame.width() * ratio)
        return partial(_composed, raster, wide, high, square, palette())

    def _take(self, told: Any) -> None:
        self._hearts, self._ground = told

    # -- showing ----------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        if self._image is None:
            # It is composed on a worker, which takes a moment at first.
            painter.setFont(theme.font("body"))
            painter.setPen(theme.colour("text2"))
            flags = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value
            painter.drawText(self.rect().adjusted(24, 0, -24, 0), flags, _AT_REST)
            return
        painter.drawImage(0, 0, self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at in self.named():
            self._draw_label(painter, self._frame(), at)
        if self._note:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.colour("text3"))
            painter.drawText(QPointF(theme.px(14), self.height() - theme.px(10)), self._note)

    def named(self) -> list[int]:
        """The regions whose names are drawn: all that cover no other, the chosen one first."""
        frame = self._frame()
        used: dict[int, QRectF] = {}
        for at in sorted(range(len(self._regions)), key=lambda at: at != self._at):
            box = self._plate(frame, at)
            if not any(box.intersects(other) for other in used.values()):
                used[at] = box
        return sorted(used)

    def _plate(self, frame: QRectF, at: int) -> QRectF:
        """What a name covers; in a small picture it goes without its second line."""
        box = self._box(frame, at)
        return box.adjusted(14, 0, -14, -box.height() / 2 if frame.width() < _SMALL else 0)

    def _box(self, frame: QRectF, at: int) -> QRectF:
        from workbench.ui.brain.cloud import LABELS

        wide, high = theme.px(_LABEL.width()), theme.px(_LABEL.height())
        x = frame.x() + LABELS[at][0] * frame.width()
        y = frame.y() + LABELS[at][1] * frame.width()
        left = min(max(x - wide / 2, 2.0), max(2.0, self.width() - wide - 2.0))
        return QRectF(left, min(max(2.0, y - high / 2), self.height() - high - 2.0), wide, high)

    def _draw_label(self, painter: QPainter, frame: QRectF, at: int) -> None:
        region, box = self._regions[at], self._box(frame, at)
        small = frame.width() < _SMALL
        heart = self._hearts[at]
        end = QPointF(frame.x() + heart[0] * frame.width(), frame.y() + heart[1] * frame.width())
        line = end - box.center()
        if math.hypot(line.x(), line.y()) > theme.px(46):
            reach = 1 - theme.px(22) / math.hypot(line.x(), line.y())
            painter.setPen(QPen(theme.colour("edge"), 1))
            painter.drawLine(end - line * reach, end)
            painter.setBrush(theme.colour("edge"))
            painter.drawEllipse(end, 1.8, 1.8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("surface", 0.82))
        half = box.height() / 2
        painter.drawRoundedRect(self._plate(frame, at), 5, 5)
        selected = self.hasFocus() and at == self._at
        name = QRectF(box.x(), box.y(), box.width(), half)
        painter.setFont(theme.font("small", QFont.Weight.DemiBold))
        painter.setPen(theme.colour("accent" if selected else "text"))
        painter.drawText(
            name, Qt.AlignmentFlag.AlignCenter, known(region.label).replace(" cortex", "")
        )
        if small:
            return
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("text2"))
        share = self._shares[at] if self._shares else 0.0
        told = tr("at rest") if not share else tr("{value:.2f} % firing", value=100 * share)
        if self._instead is not None:
            told = tr("learning") if at in LEARNING else tr("at rest")
        painter.drawText(name.translated(0, half), Qt.AlignmentFlag.AlignCenter, told)

    # -- choosing ---------------------------------------------------------------------------------

    def region_at(self, point: QPointF) -> int:
        """The region whose name or dots are at a point, or -1."""
        frame = self._frame()
        for at in range(len(self._regions)):
            if self._box(frame, at).contains(point):
                return at
        x, y = ((point - frame.topLeft()) / frame.width() * CELLS).toPoint().toTuple()
        if not self._ground or not (0 <= x < CELLS and 0 <= y < CELLS):
            return -1
        return self._ground[y * CELLS + x] - 1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.region_at(event.position())
        if at >= 0:
            self._choose(at)
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
            return
        if by is None or not self._regions:
            super().keyPressEvent(event)
            return
        self._choose((self._at + by) % len(self._regions))

    def _choose(self, at: int) -> None:
        self._at = at
        self.chosen.emit(at)
        self.update()


def _composed(
    raster: object,
    wide: int,
    high: int,
    square: tuple[float, float, float],
    colours: "tuple[tuple[int, int, int], ...]",
) -> tuple[bytes, tuple[list[tuple[float, float]], bytes]]:
    """On a worker: the picture, where the line from each name leads, and what is where."""
    from workbench.ui.brain.cloud import cloud
    from workbench.ui.brain.drawing import Palette, Sheet, compose

    paper, quiet, glow, core = colours
    palette = Palette(paper, quiet, glow, core, sum(paper) < 384)
    created = compose(raster, Sheet(wide, high, *square), palette)  # type: ignore[arg-type]
    return created, ([cloud().heart(at) for at in range(10)], cloud().ground(CELLS))
