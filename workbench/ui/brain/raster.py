"""Spikes over time: one band a region, thirty steps; a click or an arrow key goes to a step."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from workbench.ui.jobs import Jobs
from workbench.ui.language import known, tr
from workbench.ui.plots.late import LatePlot

if TYPE_CHECKING:
    from workbench.brain.records import BrainRecall, RegionStatus
    from workbench.ui.plots.base import Plot
    from workbench.ui.plots.raster import RasterPlot

_REGIONS = 10


class SpikeRaster(LatePlot):
    """The recall at a glance."""

    sought = Signal(int)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, "brain.raster")
        self._recall: BrainRecall | None = None
        self._regions: tuple[RegionStatus, ...] = ()
        self._step = -1
        self._plot: RasterPlot | None = None
        self.setAccessibleName(tr("Spikes of ten regions over the steps"))

    def make_plot(self) -> "Plot":
        from workbench.ui.plots.raster import RasterPlot

        self._plot = RasterPlot(_REGIONS)
        return self._plot

    def plot_ready(self) -> None:
        self.set_regions(self._regions)
        self.show_step(self._recall, self._step)

    def set_regions(self, regions: "tuple[RegionStatus, ...]") -> None:
        """The regions of this brain, in their order."""
        self._regions = regions
        if self._plot is not None:
            self._plot.show_names(
                [known(region.label).replace(" cortex", "") for region in regions]
            )

    def show_step(self, recall: "BrainRecall | None", step: int) -> None:
        """Show a recall, with the line at one of its steps."""
        self._recall, self._step = recall, step
        if recall is not None:
            spikes = recall.recalled.spikes
            first = int(spikes.sum(axis=1).argmax())
            self.setAccessibleName(
                tr(
                    "Spikes of ten regions over {spikes} steps, most at step {first}",
                    spikes=len(spikes),
                    first=first + 1,
                )
            )
        if self._plot is not None:
            self._plot.show_spikes(None if recall is None else recall.recalled.raster, step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._recall is None or self._plot is None:
            return
        step = self._plot.step_at(event.position())
        if step is not None:
            self.sought.emit(step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if by is None or self._recall is None:
            super().keyPressEvent(event)
            return
        end = len(self._recall.recalled.spikes) - 1
        self.sought.emit(min(max(self._step + by, 0), end))
