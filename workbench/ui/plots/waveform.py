"""A plot of a recording's waveform."""

from itertools import pairwise

import numpy as np
from pyqtgraph import BarGraphItem, InfiniteLine

from workbench.ui import theme
from workbench.ui.plots.base import Plot, brush, pen

_HIGH = 36
#: Pixels of a bar with its gap.
_BAR = 3


class Waveform(Plot):
    """The duration of a recording in seconds, its levels (0 to 1), and the current time."""

    def __init__(self) -> None:
        super().__init__(_HIGH, 200)
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
