"""A placeholder for a plot created when first shown, as pyqtgraph takes half a second to load."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui import plots
from workbench.ui.components import column, paragraph
from workbench.ui.jobs import Jobs

if TYPE_CHECKING:
    from workbench.ui.plots.base import Plot


class LatePlot(QWidget):
    """Loads on a worker under `key`, then shows the result of `make_plot`; takes keyboard focus."""

    def __init__(self, jobs: Jobs, key: str) -> None:
        super().__init__()
        self._jobs, self._key, self._made = jobs, key, False
        self.setLayout(column())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def load(self) -> None:
        """Load what the plot needs. Runs on a worker."""
        plots.load()

    def make_plot(self) -> "Plot":
        """Create the plot after loading."""
        raise NotImplementedError

    def plot_ready(self) -> None:
        """Called when the plot was inserted."""

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 20)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._made:
            layout = self.layout()
            assert layout is not None
            if not layout.count():
                # Shown until the plot is ready.
                self._note = paragraph(self.accessibleName(), "caption")
                self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
                layout.addWidget(self._note)
                self._note.show()
            self._jobs.run(self.load, done=self._insert, key=self._key)

    def _insert(self, _loaded: None) -> None:
        if not self._made:
            self._made = True
            plot = self.make_plot()
            plot.setSizePolicy(self.sizePolicy())
            layout = self.layout()
            assert layout is not None
            layout.removeWidget(self._note)
            self._note.deleteLater()
            layout.addWidget(plot)
            self.plot_ready()
