"""One assembly from near: where its hundred neurons lie, and which of them other concepts have too.

The table twin names those concepts; the one that is chosen there is shown in the picture.
"""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QBoxLayout, QGraphicsItem, QWidget

from workbench.ui import theme
from workbench.ui.brain.backdrop import ASSOCIATION, Backdrop
from workbench.ui.components import (
    CellStyle,
    Column,
    TableModel,
    TableView,
    column,
    holder,
    label,
    words,
)
from workbench.ui.concepts import kinds
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr

if TYPE_CHECKING:
    from workbench.brain.library.assembly import Assembly, Sharing
    from workbench.ui.brain.cloud import Cloud
    from workbench.ui.plots.dots import Dots, DotsPlot

Role = Qt.ItemDataRole
_TABLE = 260
#: The picture's own width at least, where both stand side by side; the height for both.
_PICTURE, _MIN_HEIGHT = 380, 260
_UNLIMITED = 16_777_215


def _sharing_look(sharing: "Sharing") -> CellStyle:
    sign, ink = kinds.glyph(sharing.type), kinds.ink(sharing.type)
    return CellStyle("text", sign=sign, sign_ink=ink, sign_size=14, sign_room=20)


def _sharing(sharing: "Sharing") -> str:
    return tr(
        "{name} shares {neurons} of its hundred",
        name=sharing.name,
        neurons=words.count(len(sharing.places), "neuron"),
    )


_COLUMNS = (
    Column(
        "name", tr("Also stands for"), lambda one: words.short(" ".join(one.name.split()), 60),
        style=_sharing_look,
    ),
    Column("shared", tr("Shared"), lambda one: str(len(one.places)), width=64),
)  # fmt: skip


class Spread(Backdrop):
    """The picture."""

    #: Back to the concepts.
    left = Signal()

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, "brain:spread")
        self.assembly: Assembly | None = None
        self._spots: list[tuple[float, float]] = []
        self._row = -1
        self.setAccessibleName(tr("Assembly"))

    def show_assembly(self, assembly: "Assembly | None", spots: list[tuple[float, float]]) -> None:
        """Show an assembly; `spots` are its neurons in the square of the brain."""
        self.assembly, self._spots, self._row = assembly, spots, -1
        self.setAccessibleName(self.sentence())
        self.compose()

    def mark(self, at: int) -> None:
        """Show which neurons the concept in this row has too; -1 for none."""
        self._row = at
        self.setAccessibleName(self.sentence())
        self.compose()

    def sentence(self) -> str:
        """What the picture shows, for those who hear it."""
        if self.assembly is None:
            return tr("Assembly")
        text = tr(
            "Assembly of {name}: {spread_words}",
            name=self.assembly.name,
            spread_words=spread_words(self.assembly),
        )
        if 0 <= self._row < len(self.assembly.sharing):
            sharing = self.assembly.sharing[self._row]
            text += tr(
                " {neurons} shared with {name}.",
                neurons=words.count(len(sharing.places), "neuron"),
                name=sharing.name,
            )
        return text

    def dots(self, dots: "Cloud", raster: object) -> "Dots":
        from workbench.ui.plots.dots import Dots

        mask = dots.regions == ASSOCIATION
        places = dots.places[mask]
        (left, top), (right, bottom) = places.min(axis=0).tolist(), places.max(axis=0).tolist()
        firing = dots.places[mask & dots.active(raster)]  # type: ignore[arg-type]
        wide, high = right - left, bottom - top
        bounds = (left - 0.05 * wide, top - 0.05 * high, 1.1 * wide, 1.1 * high)
        # What fires in the step is ground here, and no brighter than that.
        return Dots(((places, 0.3), (firing, 0.6)), firing[:0], bounds)

    def overlay(self, plot: "DotsPlot") -> Iterable[QGraphicsItem]:
        from pyqtgraph import ScatterPlotItem

        from workbench.ui.plots.base import brush, pen

        assembly = self.assembly
        plot.addLegend(offset=(8, -8), labelTextColor=theme.colour("text2"))
        plot.plotItem.legend.clear()
        if assembly is None:
            return
        groups_of_places = [set(one.places) for one in assembly.sharing]
        shared = set().union(*groups_of_places)
        marked = groups_of_places[self._row] if 0 <= self._row < len(groups_of_places) else set()
        groups = (
            (tr("a neuron of it"), "accent", range(len(self._spots))),
            (tr("shared with another concept"), "emergent", shared - marked),
            ("", "emergent", marked),
        )
        for name, ink, indices in groups:
            spots = [self._spots[at] for at in indices]
            ring = name and ink == "emergent"
            if spots:
                yield ScatterPlotItem(
                    *zip(*spots, strict=True), size=theme.px(14 if ink == "emergent" else 9),
                    pen=pen(ink if ring else "surface", 1.8), brush=None if ring else brush(ink),
                    name=name or None,
                )  # fmt: skip

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.angleDelta().y() < 0:
            self.left.emit()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Minus, Qt.Key.Key_Backspace):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class SplitView(QWidget):
    """Lays out `picture` and `side`, which is `wide` pixels wide where it stands beside."""

    def lay_out(self, picture: QWidget, side: QWidget, wide: int) -> None:
        """To be called once, when both are made."""
        self._side, self._wide = side, wide
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(picture, 3)
        self._box.addWidget(side, 2)
        self.setLayout(self._box)
        self._arrange()
        theme.watch(self, self._arrange)

    def _arrange(self) -> None:
        wide = theme.px(self._wide)
        narrow = self.width() < wide + theme.px(_PICTURE)
        direction = QBoxLayout.Direction
        self._box.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self._side.setMinimumWidth(0 if narrow else wide)
        self._side.setMaximumWidth(_UNLIMITED if narrow else wide)
        self._side.setMaximumHeight(self.height() * 2 // 5 if narrow else _UNLIMITED)
        self._side.setVisible(not narrow or self.height() >= theme.px(_MIN_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 36)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


class AssemblyView(SplitView):
    """The picture with its table twin."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self.picture = Spread(jobs)
        self.rows = TableModel(_COLUMNS, _sharing, self)
        self.table = TableView(self.rows, tr("Concepts that share neurons"), high=28)
        self.about = label("", "small", wrap=True)
        side = holder(column(self.about, self.table, margins=(12, 44, 12, 12), gap=8))
        self.lay_out(self.picture, side, _TABLE)
        self.table.selectionModel().currentRowChanged.connect(
            lambda now, _before: self.picture.mark(now.row())
        )

    @property
    def assembly(self) -> "Assembly | None":
        """What is shown."""
        return self.picture.assembly

    def show_assembly(self, assembly: "Assembly") -> None:
        """Show an assembly, as soon as it is known where its neurons stand in the picture."""
        self.rows.show_rows(assembly.sharing)
        self.about.setText(spread_words(assembly))
        self._jobs.run(
            _spots, assembly, done=partial(self.picture.show_assembly, assembly),
            key="brain:spots",
        )  # fmt: skip


def spread_words(assembly: "Assembly") -> str:
    """How the neurons lie, in a sentence or two."""
    size, count = words.number(assembly.size), len(assembly.neurons)
    text = tr(
        "{many} of {size} neurons stand for it, spread all over the cortex.", many=count, size=size
    )
    if not assembly.sharing:
        return tr("{told} None of them is shared.", told=text)
    remaining = words.count(len(assembly.sharing), "other concept")
    chance = tr(" One each is expected by chance.") if len(assembly.sharing[0].places) == 1 else ""
    return tr(
        "{told} {shared} of them stand for {others}, too.{chance}",
        told=text,
        shared=assembly.shared,
        others=remaining,
        chance=chance,
    )


def _spots(assembly: "Assembly") -> list[tuple[float, float]]:
    """On a worker: the dot that stands for each neuron, in the part of the region it lies in."""
    import numpy as np

    from workbench.ui.brain.cloud import PARTS, cloud

    dots = cloud()
    indices = np.flatnonzero(dots.regions == ASSOCIATION)
    size = max(assembly.size, 1)
    results = []
    for part, remainder in zip(*divmod(assembly.neurons * PARTS, size), strict=True):
        candidates = indices[dots.parts[indices] == part]
        x, y = dots.places[candidates[remainder * len(candidates) // size]].tolist()
        results.append((x, y))
    return results
