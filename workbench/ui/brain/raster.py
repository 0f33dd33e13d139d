"""Spikes over time: one band a region, thirty steps; what has been is lit, what comes is pale."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui import theme

if TYPE_CHECKING:
    from workbench.recall.brain_records import BrainRecall, RegionStatus

#: Pixels for the names, below the bands, and of a band at least.
_NAMES, _FOOT, _BAND = 96, 18, 12
_PARTS = 64


class SpikeRaster(QWidget):
    """The recall at a glance; a click or an arrow key goes to a step."""

    sought = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._recall: BrainRecall | None = None
        self._regions: tuple[RegionStatus, ...] = ()
        self._step = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Spikes of ten regions over the steps")
        theme.watch(self, self.update)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(_NAMES) + 300, theme.px(10 * _BAND + _FOOT))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 20)

    def set_regions(self, regions: "tuple[RegionStatus, ...]") -> None:
        """The regions of this brain, in their order."""
        self._regions = regions
        self.update()

    def show_step(self, recall: "BrainRecall | None", step: int) -> None:
        """Show a recall, with the line at one of its steps."""
        self._recall, self._step = recall, step
        if recall is not None:
            spikes = recall.recalled.spikes
            first = int(spikes.sum(axis=1).argmax())
            self.setAccessibleName(
                f"Spikes of ten regions over {len(spikes)} steps, most at step {first + 1}"
            )
        self.update()

    def _area(self) -> QRectF:
        left, foot = theme.px(_NAMES), theme.px(_FOOT)
        return QRectF(left, 4, max(1, self.width() - left - 12), max(1, self.height() - foot - 8))

    def _steps(self) -> int:
        return 30 if self._recall is None else len(self._recall.recalled.spikes)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        area, steps = self._area(), self._steps()
        band, wide = area.height() / 10, area.width() / steps
        painter.setFont(theme.font("caption"))
        # Where bands are lower than a line of text, every second one is named.
        every = 1 if band >= painter.fontMetrics().height() - 3 else 2
        for at, region in enumerate(self._regions):
            top = area.y() + at * band
            painter.setPen(theme.colour("text2"))
            box = QRectF(0, top, area.x() - 8, band * every)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            if at % every == 0:
                painter.drawText(box, flags, region.label.replace(" cortex", ""))
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(QPointF(area.x(), top), QPointF(area.right(), top))
        painter.setPen(theme.colour("text3"))
        for step in range(5, steps + 1, 5):
            box = QRectF(
                area.x() + (step - 0.5) * wide - 20, area.bottom() + 2, 40, theme.px(_FOOT)
            )
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(step))
        if self._recall is not None:
            self._draw_spikes(painter, area, band, wide)
        if self._recall is not None and self._step >= 0:
            x = area.x() + (self._step + 0.5) * wide
            painter.setPen(QPen(theme.colour("marker_edge"), 2))
            painter.drawLine(QPointF(x, area.y()), QPointF(x, area.bottom()))

    def _draw_spikes(self, painter: QPainter, area: QRectF, band: float, wide: float) -> None:
        assert self._recall is not None
        raster = self._recall.recalled.raster
        been, coming = theme.colour("accent", 0.9), theme.colour("edge", 0.6)
        painter.setPen(Qt.PenStyle.NoPen)
        dot = max(1.4, theme.px(2))
        for step in range(raster.shape[0]):
            painter.setBrush(been if step <= self._step else coming)
            regions, parts = raster[step].nonzero()
            for region, part in zip(regions.tolist(), parts.tolist(), strict=True):
                # The dots of a step stand side by side within it, so that a column is no bar.
                x = area.x() + (step + 0.2 + 0.6 * (part * 7 % 16) / 16) * wide
                y = area.y() + (region + 0.12 + 0.76 * part / _PARTS) * band
                painter.drawEllipse(QPointF(x, y), dot / 2, dot / 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        area = self._area()
        if self._recall is not None and area.contains(event.position()):
            step = int((event.position().x() - area.x()) / area.width() * self._steps())
            self.sought.emit(min(step, self._steps() - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if by is None or self._recall is None:
            super().keyPressEvent(event)
            return
        self.sought.emit(min(max(self._step + by, 0), self._steps() - 1))
