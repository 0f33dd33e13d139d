"""A plot of a memory's strength over time.

The past is a solid line over a pale fill, uses are rings, now is a dot, the future is dashed. A
dotted line marks half of the current strength.
"""

from pyqtgraph import InfiniteLine, PlotDataItem, ScatterPlotItem, TextItem
from PySide6.QtCore import Qt

from workbench.memory.fading.records import Curve
from workbench.ui import theme
from workbench.ui.components import words
from workbench.ui.language import tr
from workbench.ui.plots.base import Plot, Tick, brush, pen

_HIGH = 112


class StrengthPlot(Plot):
    """A curve, the current strength, and the peaks after uses as (seconds, strength)."""

    def __init__(self, curve: Curve, strength: float, uses: list[tuple[float, float]]) -> None:
        super().__init__(_HIGH)
        self._curve, self._now, self._uses = curve, strength, uses

    def draw(self) -> None:
        curve = self._curve
        if len(curve.times) < 2:
            return
        first, end = curve.times[0], curve.times[-1]
        peak = max(*curve.strengths, 0.01)
        self.show_range((first, end), (0, peak * 1.08))
        self.axes(self._dates(first, end), [(0.0, "0"), (peak, f"{peak:.1f}")])
        present = (curve.now, self._now)
        points = list(zip(curve.times, curve.strengths, strict=True))
        past = [*(point for point in points if point[0] < curve.now), present]
        future = [present, *(point for point in points if point[0] > curve.now)]
        self._half(peak)
        self.addItem(
            PlotDataItem(*zip(*past, strict=True), pen=pen("accent", 2), fillLevel=0,
                         fillBrush=brush("accent", 0.10))
        )  # fmt: skip
        dashed = pen("accent", 1.6, Qt.PenStyle.DashLine)
        self.addItem(PlotDataItem(*zip(*future, strict=True), pen=dashed))
        uses = [use for use in self._uses if first <= use[0] <= curve.now]
        if uses:
            self.addItem(
                ScatterPlotItem(*zip(*uses, strict=True), size=theme.px(7), pen=pen("accent", 1.5),
                                brush=brush("surface"))
            )  # fmt: skip
        self.addItem(
            ScatterPlotItem(
                [present[0]], [present[1]], size=theme.px(8), pen=None, brush=brush("accent")
            )
        )

    def _dates(self, first: float, end: float) -> list[Tick]:
        """Ticks at both ends and today; a date that would overlap today's is omitted."""
        results: list[Tick] = [(self._curve.now, tr("Today"))]
        metrics = self.fontMetrics()
        wide = max(1, self.width()) / max(1.0, end - first)
        for date in (first, end):
            text = words.day(date)
            needed = metrics.horizontalAdvance(text) + metrics.horizontalAdvance(tr("Today"))
            if abs(date - self._curve.now) * wide > needed:
                results.append((date, text))
        return results

    def _half(self, peak: float) -> None:
        half = self._now / 2
        self.addItem(InfiniteLine(half, angle=0, pen=pen("edge", 1, Qt.PenStyle.DotLine)))
        # If the curve stays above the line, the label fits below it.
        above = self._curve.strengths[-1] < half
        label = TextItem(
            words.percent(0.5),
            color=theme.colour("text3"),
            anchor=(0 if self.isRightToLeft() else 1, 1 if above else 0),
        )
        label.setFont(theme.font("caption"))
        label.setPos(self._curve.times[-1], half)
        self.addItem(label)
