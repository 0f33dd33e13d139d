"""Spikes over time: one band a region, thirty steps; a click or an arrow key goes to a step."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui import plots
from workbench.ui.components.boxes import column
from workbench.ui.jobs import Jobs
from workbench.ui.language import known, tr

if TYPE_CHECKING:
    from workbench.brain.records import BrainRecall, RegionStatus
    from workbench.ui.plots.raster import RasterPlot

_REGIONS = 10


class SpikeRaster(QWidget):
    """The recall at a glance."""

    sought = Signal(int)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._recall: BrainRecall | None = None
        self._regions: tuple[RegionStatus, ...] = ()
        self._step = -1
        self._plot: RasterPlot | None = None
        self._stack = column()
        self.setLayout(self._stack)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Spikes of ten regions over the steps"))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 20)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._plot is None:
            self._jobs.run(plots.load, done=self._make, key="brain.raster")

    def _make(self, _loaded: None) -> None:
        from workbench.ui.plots.raster import RasterPlot

        self._plot = RasterPlot(_REGIONS)
        self._plot.setSizePolicy(self.sizePolicy())
        self._stack.addWidget(self._plot)
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
        last = len(self._recall.recalled.spikes) - 1
        self.sought.emit(min(max(self._step + by, 0), last))
