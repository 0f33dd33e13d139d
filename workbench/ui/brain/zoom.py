"""From the whole brain to its concepts to one assembly, and back: what is nearer stands behind."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from workbench.errors import WorkbenchError
from workbench.ui.brain.assembly_view import AssemblyView
from workbench.ui.brain.backdrop import ASSOCIATION
from workbench.ui.brain.nodes import ConceptNodes
from workbench.ui.brain.plan import BrainPlan
from workbench.ui.components import Stack, column, holder, label, row, tool, words
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.window.library_actions import Shelf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.brain.library.assembly import Assembly
    from workbench.brain.records import BrainRecall, Lit

#: How near one is.
BRAIN, CONCEPTS, ASSEMBLY = 0, 1, 2
_KEY = "brain:assembly"


class Zoom(QWidget):
    """The picture of the Brain tab at three distances, with the way back above it."""

    #: A concept was chosen in the picture.
    chosen = Signal(int)
    #: What cannot be shown, and why.
    failed = Signal(object)
    #: An assembly that was asked for is shown.
    came = Signal()

    def __init__(self, shelf: Shelf, jobs: Jobs) -> None:
        super().__init__()
        self._shelf, self._jobs = shelf, jobs
        self._recall: BrainRecall | None = None
        self._collection: str | None = None
        self.plan = BrainPlan(jobs)
        self.nodes = ConceptNodes(jobs)
        self.assembly = AssemblyView(jobs)
        self.stack = Stack(self.plan, self.nodes, self.assembly)
        self.whole = tool(
            "left",
            tr("Whole brain"),
            text=True,
            kind="chip",
            tip=tr("Back to the ten regions (Esc)"),
        )
        self.concepts = tool(
            "left",
            tr("Concepts"),
            text=True,
            kind="chip",
            tip=tr("Back to the active concepts (Esc)"),
        )
        self.here = label("", "strong")
        self._way = holder(
            row(self.whole, self.concepts, self.here, None, margins=(12, 8, 12, 0), gap=8)
        )
        self._way.setParent(self)
        self._way.setAutoFillBackground(False)
        self.setLayout(column(self.stack, gap=0))
        self.whole.clicked.connect(lambda: self.go(BRAIN))
        self.concepts.clicked.connect(lambda: self.go(CONCEPTS))
        self.plan.entered.connect(self.enter)
        self.nodes.nodeActivated.connect(self.show_assembly)
        self.nodes.nodeSelected.connect(self.chosen)
        self.nodes.left.connect(lambda: self.go(BRAIN))
        self.assembly.picture.left.connect(lambda: self.go(CONCEPTS))
        self._show_navigation()

    @property
    def level(self) -> int:
        """How near one is: BRAIN, CONCEPTS or ASSEMBLY."""
        return self.stack.currentIndex()

    def set_scope(self, collection: str | None) -> None:
        """Name only concepts of a collection."""
        self._collection = collection

    def show_rows(self, recall: "BrainRecall | None", rows: "Sequence[Lit]") -> None:
        """What a recall lit; without one there is only the whole brain."""
        self._recall = recall
        self.nodes.show_rows(recall, rows)
        if recall is None or self.level == ASSEMBLY:
            self.go(BRAIN)

    def show_step(self, recall: "BrainRecall | None", step: int) -> None:
        """Show a step of the recall."""
        self.plan.show_step(recall, step)
        self.nodes.show_step(step)
        self.assembly.picture.ground(recall, step)

    def go(self, level: int) -> None:
        """Nearer, or back."""
        if level == self.level or (level == CONCEPTS and not self.nodes.tree):
            return
        focused = self.isAncestorOf(self.window().focusWidget() or self)
        self.stack.setCurrentIndex(level)
        self._show_navigation()
        if focused:
            (self.plan, self.nodes, self.assembly.picture)[level].setFocus()

    def show_assembly(self, concept: int) -> None:
        """Show the assembly of a concept."""
        library = self._shelf.library
        if library is not None:
            self._jobs.run(
                partial(library.brain.assembly, concept, collection=self._collection),
                done=self._loaded, failed=self._failed, key=_KEY,
            )  # fmt: skip

    def enter(self, region: int) -> None:
        """Come nearer to a region; the association cortex has concepts to be seen."""
        if region == ASSOCIATION:
            self.go(CONCEPTS)

    def _loaded(self, assembly: "Assembly") -> None:
        self.assembly.show_assembly(assembly)
        self.here.setText(tr("Assembly of “{name}”", name=words.short(assembly.name, 40)))
        self.go(ASSEMBLY)
        self._show_navigation()
        self.came.emit()

    def _failed(self, error: WorkbenchError) -> None:
        self.failed.emit(error)

    def _show_navigation(self) -> None:
        level = self.level
        self._way.setVisible(level != BRAIN)
        self.concepts.setVisible(level == ASSEMBLY and bool(self.nodes.tree))
        if level == CONCEPTS:
            self.here.setText(tr("Association cortex: active concepts"))
        self._way.adjustSize()
        self._way.resize(self.width(), self._way.sizeHint().height())
        self._way.raise_()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._show_navigation()
