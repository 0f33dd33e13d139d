"""Dates along a line of years: a dot for each, stacked where several fall together."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pyqtgraph import InfiniteLine, PlotDataItem, ScatterPlotItem

from workbench.ui import theme
from workbench.ui.language import tr
from workbench.ui.plots.base import Plot, Tick, brush, pen

_HIGH = 108
#: Columns of dots beside one another, and words below them.
_COLUMNS, _TICKS = 120, 6
#: Dots one above the other.
_ROWS = 10
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000)


@dataclass(frozen=True, slots=True)
class Extent:
    """A date from `first` to `last` in years, such as 1885.36; hollow where it is uncertain."""

    first: float
    last: float
    hollow: bool = False


class TimelinePlot(Plot):
    """Dots of dates in their order, lines for long spans, and a line at the one that is chosen."""

    def __init__(self) -> None:
        super().__init__(_HIGH)
        self._extents: Sequence[Extent] = ()
        self._ends = "", ""
        self._chosen: float | None = None

    def show_extents(
        self, extents: Sequence[Extent], ends: tuple[str, str], chosen: float | None
    ) -> None:
        """Show these dates, the first and the last in words, and a line at the chosen year."""
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
        # Where more fall together than there is room for, the differences below stay visible.
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
    """Full years from one to another, at most six of them, as far apart as people count."""
    step = next((step for step in _STEPS if (last - first) / step <= _TICKS), _STEPS[-1])
    start = -int(-first // step) * step
    years = [year for year in range(start, int(last) + 1, step) if first <= year <= last]
    # Before the year 1 comes 1 BC, which is counted as 0.
    return [
        (year + 1.0, tr("{year} BC", year=-year)) if year < 0 else (max(1.0, year), str(year or 1))
        for year in years
    ]
