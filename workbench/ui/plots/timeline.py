"""A plot of dates on a time axis: a dot for each, stacked in columns."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pyqtgraph import InfiniteLine, PlotDataItem, ScatterPlotItem

from workbench.ui import theme
from workbench.ui.language import tr
from workbench.ui.plots.base import Plot, Tick, brush, pen

_HIGH = 108
#: Number of columns of dots, and maximum number of ticks.
_COLUMNS, _TICKS = 120, 6
#: Dots in a column.
_ROWS = 10
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000)


@dataclass(frozen=True, slots=True)
class Extent:
    """A date from `first` to `last` in years, such as 1885.36; hollow if uncertain."""

    first: float
    last: float
    hollow: bool = False


class TimelinePlot(Plot):
    """Dots of dates, lines for long spans, and a line at the selected date."""

    def __init__(self) -> None:
        super().__init__(_HIGH)
        self._extents: Sequence[Extent] = ()
        self._ends = "", ""
        self._chosen: float | None = None

    def show_extents(
        self, extents: Sequence[Extent], ends: tuple[str, str], chosen: float | None
    ) -> None:
        """Show dates, the labels of the first and last, and a line at the selected year."""
        self._extents, self._ends, self._chosen = extents, ends, chosen
        self.refresh()

    def draw(self) -> None:
        if not self._extents:
            return
        first = min(item.first for item in self._extents)
        last = max(item.last for item in self._extents)
        margin = max(0.02, (last - first) * 0.015)
        first, last = first - margin, last + margin
        width = (last - first) / _COLUMNS
        heights: Counter[int] = Counter()
        dots: dict[bool, list[tuple[float, float]]] = {False: [], True: []}
        columns = Counter(int(((e.first + e.last) / 2 - first) / width) for e in self._extents)
        # Compress columns that are too high by their square root, so that differences stay visible.
        highest = max(columns.values())
        scale = 1.0 if highest <= _ROWS else _ROWS / highest**0.5
        for item in self._extents:
            middle = (item.first + item.last) / 2
            column = int((middle - first) / width)
            heights[column] += 1
            high = heights[column] * scale if highest <= _ROWS else heights[column] ** 0.5 * scale
            dots[item.hollow].append((middle, high))
            if item.last - item.first > width:
                ends = (item.first, item.last), (high, high)
                self.addItem(PlotDataItem(*ends, pen=pen("accent", 1.5)))
        self.show_range((first, last), (0, _ROWS + 1))
        bounds = [(first, self._ends[0]), (last, self._ends[1])]
        ticks = year_ticks(first, last)
        self.axes(ticks if len(ticks) > 1 else bounds, [])
        for hollow, points in dots.items():
            if points:
                fill = brush("surface" if hollow else "accent")
                look = {"size": theme.px(6), "pen": pen("accent", 1.2), "brush": fill}
                self.addItem(ScatterPlotItem(*zip(*points, strict=True), **look))
        if self._chosen is not None:
            self.addItem(InfiniteLine(self._chosen, pen=pen("marker_edge", 2)))


def year_ticks(first: float, last: float) -> list[Tick]:
    """At most six round years in a range."""
    step = next((step for step in _STEPS if (last - first) / step <= _TICKS), _STEPS[-1])
    start = -int(-first // step) * step
    years = [year for year in range(start, int(last) + 1, step) if first <= year <= last]
    # The year before 1 is 1 BC, which counts as 0.
    return [
        (year + 1.0, tr("{year} BC", year=-year)) if year < 0 else (max(1.0, year), str(year or 1))
        for year in years
    ]
