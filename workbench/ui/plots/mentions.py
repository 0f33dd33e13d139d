"""A plot of a concept's mentions over time."""

from collections.abc import Sequence

from pyqtgraph import PlotDataItem

from workbench.ui.plots.base import Plot, brush, pen

_HIGH = 84


class MentionsPlot(Plot):
    """Numbers of mentions per period, and the labels of the first and last period."""

    def __init__(self, mentions: Sequence[int], first: str, end: str) -> None:
        super().__init__(_HIGH)
        self._mentions, self._ends = list(mentions), (first, end)

    def draw(self) -> None:
        maximum, end = max(self._mentions), max(1, len(self._mentions) - 1)
        self.show_range((0, end), (0, max(1, maximum) * 1.05))
        self.axes([(0, self._ends[0]), (end, self._ends[1])], [(0, "0"), (maximum, str(maximum))])
        self.addItem(
            PlotDataItem(range(len(self._mentions)), self._mentions, pen=pen("accent", 2),
                         fillLevel=0, fillBrush=brush("accent", 0.1))
        )  # fmt: skip
