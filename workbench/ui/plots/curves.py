"""Plots of one quantity over time: mentions, sound levels, strength."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from pyqtgraph import BarGraphItem, InfiniteLine, PlotDataItem, ScatterPlotItem, TextItem
from PySide6.QtCore import Qt

from workbench.memory.fading.records import Curve
from workbench.ui import theme
from workbench.ui.components import words
from workbench.ui.language import tr
from workbench.ui.plots.base import Plot, Tick, brush, pen

_MENTIONS_HEIGHT = 84


class MentionsPlot(Plot):
    """Numbers of mentions per period, and the labels of the first and last period."""

    def __init__(self, mentions: Sequence[int], first: str, end: str) -> None:
        super().__init__(_MENTIONS_HEIGHT)
        self._mentions, self._ends = list(mentions), (first, end)

    def draw(self) -> None:
        maximum, end = max(self._mentions), max(1, len(self._mentions) - 1)
        self.show_range((0, end), (0, max(1, maximum) * 1.05))
        self.axes([(0, self._ends[0]), (end, self._ends[1])], [(0, "0"), (maximum, str(maximum))])
        self.addItem(
            PlotDataItem(range(len(self._mentions)), self._mentions, pen=pen("accent", 2),
                         fillLevel=0, fillBrush=brush("accent", 0.1))
        )  # fmt: skip


_WAVEFORM_HEIGHT = 36
#: Pixels of a bar with its gap.
_BAR = 3


class Waveform(Plot):
    """The duration of a recording in seconds, its levels (0 to 1), and the current time."""

    def __init__(self) -> None:
        super().__init__(_WAVEFORM_HEIGHT, 200)
        self._seconds = self._at = 0.0
        self._levels: tuple[float, ...] = ()
        self.hideAxis("left")
        self.hideAxis("bottom")

    def show_levels(self, seconds: float, levels: tuple[float, ...], at: float) -> None:
        """Show a recording with the current time in seconds."""
        self._seconds, self._levels, self._at = seconds, levels, at
        self.refresh()

    def draw(self) -> None:
        end = max(self._seconds, 1e-9)
        self.show_range((0, end), (-1.05, 1.05))
        bars = max(1, self.width() // theme.px(_BAR))
        edges = np.linspace(0, len(self._levels), bars + 1).astype(int)
        loud = np.array(
            [max(self._levels[a : max(a + 1, b)], default=0.0) for a, b in pairwise(edges)]
        )
        starts = np.linspace(0, end, bars, endpoint=False)
        for part, role in ((starts < self._at, "accent"), (starts >= self._at, "text3")):
            high = np.maximum(loud[part], 0.05)
            self.addItem(
                BarGraphItem(x0=starts[part], width=0.7 * end / bars, y0=-high, height=2 * high,
                             pen=None, brush=brush(role))
            )  # fmt: skip
        self.addItem(InfiniteLine(self._at, pen=pen("accent", 2)))


_STRENGTH_HEIGHT = 112


class StrengthPlot(Plot):
    """A curve, the current strength, and the peaks after uses as (seconds, strength).

    The past is a solid line over a pale fill, uses are rings, now is a dot, the future is dashed. A
    dotted line marks half of the current strength.
    """

    def __init__(self, curve: Curve, strength: float, uses: list[tuple[float, float]]) -> None:
        super().__init__(_STRENGTH_HEIGHT)
        self._curve, self._now, self._uses = curve, strength, uses

    def draw(self) -> None:
        curve = self._curve
        if len(curve.times) < 2:
            return
        first, end = curve.times[0], curve.times[-1]
        peak = max(*curve.strengths, 0.01)
        self.show_range((first, end), (0, peak * 1.08))
        self.axes(self._dates(first, end), [(0.0, "0"), (peak, f"{words.Decimal(peak):.1f}")])
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
