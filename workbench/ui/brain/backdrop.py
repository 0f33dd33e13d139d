"""The dots of the brain as pyqtgraph draws them, lit by what fires in a step."""

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

#: The association cortex among the ten.
ASSOCIATION = 2


class Backdrop(LatePlot):
    """Dots as the ground of a picture; derived classes say which, and what lies over them."""

    def __init__(self, jobs: Jobs, key: str) -> None:
        super().__init__(jobs, key)
        self._plot: DotsPlot | None = None
        self._recall: BrainRecall | None = None
        self._step = -1
        #: Spikes that are shown in the place of those of a step.
        self._override: object = None

    @property
    def composed(self) -> bool:
        """Whether the dots are there."""
        return self._plot is not None

    def ground(self, recall: "BrainRecall | None", step: int) -> None:
        """The step whose spikes the ground shows; none where nothing is recalled."""
        self._recall, self._step = recall, step
        self.compose()

    def compose(self) -> None:
        """Show the dots as they are now."""
        if self._plot is not None:
            from workbench.ui.brain.cloud import cloud

            raster = self._override
            if raster is None and self._recall is not None and self._step >= 0:
                raster = self._recall.recalled.raster[self._step]
            self._plot.show_dots(self.dots(cloud(), raster))

    def dots(self, dots: "Cloud", raster: object) -> "Dots":
        """What to show of all dots; `raster` uint8[10, 64] are the spikes, None at rest."""
        raise NotImplementedError

    def overlay(self, plot: "DotsPlot") -> "Iterable[QGraphicsItem]":
        """What lies over the dots."""
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
