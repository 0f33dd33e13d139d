"""The dots of the brain, drawn by pyqtgraph and coloured by the spikes of a step."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGraphicsItem

from workbench.ui.jobs import Jobs
from workbench.ui.plots.late import LatePlot

if TYPE_CHECKING:
    from workbench.brain.records import BrainRecall
    from workbench.ui.brain.cloud import Cloud
    from workbench.ui.plots.base import Plot
    from workbench.ui.plots.dots import Dots, DotsPlot

#: Index of the association cortex among the ten regions.
ASSOCIATION = 2


class Backdrop(LatePlot):
    """A plot of dots; subclasses select the dots and the overlay."""

    def __init__(self, jobs: Jobs, key: str) -> None:
        super().__init__(jobs, key)
        self._plot: DotsPlot | None = None
        self._recall: BrainRecall | None = None
        self._step = -1
        #: Spikes shown instead of those of a step.
        self._override: object = None

    @property
    def composed(self) -> bool:
        """Whether the plot exists."""
        return self._plot is not None

    def ground(self, recall: "BrainRecall | None", step: int) -> None:
        """Show the spikes of a step; the brain is at rest without a recall."""
        self._recall, self._step = recall, step
        self.compose()

    def compose(self) -> None:
        """Update the dots."""
        if self._plot is not None:
            from workbench.ui.brain.cloud import cloud

            raster = self._override
            if raster is None and self._recall is not None and self._step >= 0:
                raster = self._recall.recalled.raster[self._step]
            self._plot.show_dots(self.dots(cloud(), raster))

    def dots(self, dots: "Cloud", raster: object) -> "Dots":
        """The dots to draw; `raster` uint8[10, 64] are the spikes, None at rest."""
        raise NotImplementedError

    def overlay(self, plot: "DotsPlot") -> "Iterable[QGraphicsItem]":
        """The items drawn over the dots."""
        raise NotImplementedError

    def load(self) -> None:
        super().load()
        from workbench.ui.brain.cloud import cloud

        cloud()

    def make_plot(self) -> "Plot":
        from workbench.ui.plots.dots import DotsPlot

        self._plot = DotsPlot(self.overlay)
        return self._plot

    def plot_ready(self) -> None:
        self.compose()
