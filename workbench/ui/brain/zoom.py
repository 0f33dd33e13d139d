"""Semantic zoom: the whole brain, its concepts, one assembly."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QBoxLayout, QGraphicsItem, QWidget

from workbench.memory.graph.records import Edge
from workbench.ui import theme
from workbench.ui.associations.canvas import GraphCanvas
from workbench.ui.associations.ego import GraphNode
from workbench.ui.brain.backdrop import ASSOCIATION, Backdrop
from workbench.ui.brain.plan import BrainPlan
from workbench.ui.components import (
    CellStyle,
    Column,
    Elided,
    Stack,
    TableModel,
    TableView,
    column,
    holder,
    paragraph,
    row,
    tool,
    words,
)
from workbench.ui.concepts import kinds
from workbench.ui.jobs import Jobs
from workbench.ui.language import inside, tr
from workbench.ui.shelf.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.brain.library.assembly import Assembly, Sharing
    from workbench.brain.records import BrainRecall, Lit
    from workbench.ui.brain.cloud import Cloud
    from workbench.ui.plots.dots import Dots, DotsPlot


Role = Qt.ItemDataRole
_TABLE = 260
#: Minimum width of the picture beside the side panel; minimum height of both.
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
    """The neurons of an assembly among the dots of the association cortex."""

    #: A request to return to the concepts.
    left = Signal()

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, "brain:spread")
        self.assembly: Assembly | None = None
        self._spots: list[tuple[float, float]] = []
        self._row = -1
        self.setAccessibleName(tr("Assembly"))

    def show_assembly(self, assembly: "Assembly | None", spots: list[tuple[float, float]]) -> None:
        """Show an assembly; `spots` are its neurons in the unit square."""
        self.assembly, self._spots, self._row = assembly, spots, -1
        self.setAccessibleName(self.sentence())
        self.compose()

    def mark(self, at: int) -> None:
        """Mark the neurons shared with the concept in this row; -1 for none."""
        self._row = at
        self.setAccessibleName(self.sentence())
        self.compose()

    def sentence(self) -> str:
        """Describe the picture for screen readers."""
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
        # The spikes of the step are a faint background here.
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
    """A picture beside a panel of `wide` pixels, or above it in a narrow window."""

    def lay_out(self, picture: QWidget, side: QWidget, wide: int) -> None:
        """Lay out both widgets; called once."""
        self._side, self._wide = side, wide
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(picture, 3)
        self._box.addWidget(side, 2)
        self.setLayout(self._box)
        theme.render(self, self._arrange)

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
    """The picture of an assembly with its table."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self.picture = Spread(jobs)
        self.rows = TableModel(_COLUMNS, _sharing, self)
        self.table = TableView(self.rows, tr("Concepts that share neurons"), high=28)
        self.about = paragraph("")
        side = holder(column(self.about, self.table, margins=(12, 44, 12, 12), gap=8))
        self.lay_out(self.picture, side, _TABLE)
        self.table.selectionModel().currentRowChanged.connect(
            lambda now, _before: self.picture.mark(now.row())
        )

    @property
    def assembly(self) -> "Assembly | None":
        """The current assembly."""
        return self.picture.assembly

    def show_assembly(self, assembly: "Assembly") -> None:
        """Show an assembly once its neurons are located."""
        self.rows.show_rows(assembly.sharing)
        self.about.setText(spread_words(assembly))
        self._jobs.run(
            _spots, assembly, done=partial(self.picture.show_assembly, assembly),
            key="brain:spots",
        )  # fmt: skip


def spread_words(assembly: "Assembly") -> str:
    """Describe the distribution of the neurons."""
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
    """The dot of each neuron, within its part of the region. Runs on a worker."""
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


#: Tag of cue concepts.
CUE = "cue"


@dataclass(frozen=True, slots=True)
class Node:
    """A concept: tag or "cue", step of activation or -1, and the concept that activated it."""

    concept: int
    name: str
    type: str
    tag: str
    step: int
    cover: float
    parent: int | None


def tree(recall: "BrainRecall", concepts: "Sequence[Lit]") -> dict[int, Node]:
    """The cue, the given concepts, and those on the paths to them, by number."""
    names = recall.named
    trails = {item.concept: item.trail for item in recall.recalled.activated}
    # The first hop by similarity is not a stated link.
    similar = {item.trail[1] for item in recall.recalled.activated if item.by_similarity}
    cue = [item for item in recall.recalled.cue if item in names]
    parents: dict[int, int | None] = dict.fromkeys(cue)
    rows = {item.concept: item for item in concepts if item.concept in names}
    for concept in rows:
        previous: int | None = None
        for item in trails.get(concept, ()) or (concept,):
            if item not in names:
                continue
            # A path that does not start at the cue has no parent.
            if item not in parents:
                parents[item] = previous
            previous = item
        parents.setdefault(concept, None)
    nodes = {}
    for concept, parent in parents.items():
        row, neuron = rows.get(concept), names[concept]
        tag = (
            CUE
            if concept in cue
            else row.tag
            if row is not None
            else "emergent"
            if concept in similar
            else "explicit"
        )
        step = 0 if concept in cue else row.step if row is not None else 0
        cover = 1.0 if concept in cue else row.cover if row is not None else 0.0
        nodes[concept] = Node(concept, neuron.name, neuron.type, tag, step, cover, parent)
    return nodes


class ConceptNodes(GraphCanvas):
    """The graph of activated concepts; `show_rows` sets it, `show_step` the current step."""

    #: A request to return to the whole brain.
    left = Signal()

    def __init__(self) -> None:
        self.tree: dict[int, Node] = {}
        self._step = -1
        super().__init__()
        self.nodeSelected.connect(lambda _concept: self._name())
        self._name()

    @property
    def concept(self) -> int:
        """The selected concept, -1 for none."""
        return -1 if self.selected_node is None else self.selected_node

    def show_rows(self, recall: "BrainRecall | None", rows: "Sequence[Lit]") -> None:
        """Show the concepts that a recall activated."""
        previous, self.tree = self.concept, {} if recall is None else tree(recall, rows)
        self._show_nodes(fresh=True)
        self.select_node(previous if previous in self.tree else next(iter(self.tree), None))
        self._name()

    def show_step(self, step: int) -> None:
        """Set the current step."""
        if step != self._step:
            self._step = step
            self._show_nodes()
            self._name()

    def _show_nodes(self, *, fresh: bool = False) -> None:
        nodes = self.tree.values()
        graph_nodes = [
            GraphNode(n.concept, n.name, n.type, outer=not 0 <= n.step <= self._step)
            for n in nodes
        ]  # fmt: skip
        edges = [_edge(self.tree[n.parent], n) for n in nodes if n.parent is not None]
        self.set_graph(graph_nodes, edges, next(iter(self.tree), 0), fresh=fresh)

    def select(self, concept: int) -> None:
        """Select a concept if it is in the graph."""
        if concept != self.concept and concept in self.tree:
            self.select_node(concept)
            self.nodeSelected.emit(concept)

    def sentence(self) -> str:
        """Describe the graph for screen readers."""
        nodes = [item for item in self.tree.values() if item.tag != CUE]
        active = [item for item in nodes if 0 <= item.step <= self._step]
        node = self.tree.get(self.concept)
        text = tr(
            "Active concepts: {lit} of {nodes} until step {step}",
            lit=len(active),
            nodes=len(nodes),
            step=self._step + 1,
        )
        if node is None:
            return text
        tag = tr("named in the question") if node.tag == CUE else node.tag
        return tr(
            "{told}. Chosen: {name}, {word}, {tag}",
            told=text,
            name=node.name,
            word=inside(kinds.word(node.type)),
            tag=tag,
        )

    def _name(self) -> None:
        self.setAccessibleName(self.sentence())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.angleDelta().y() < 0 and self.is_fitted:
            self.left.emit()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace):
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _edge(head: Node, tail: Node) -> Edge:
    """The spread of activation between two nodes as an edge."""
    return Edge(
        f"{head.concept}:{tail.concept}", head.concept, tail.concept, head.name, tail.name,
        "", "", tail.tag, tail.cover, 0, 0, False, None, None,
    )  # fmt: skip


#: Zoom levels.
BRAIN, CONCEPTS, ASSEMBLY = 0, 1, 2
_KEY = "brain:assembly"


class Zoom(QWidget):
    """The picture of the Brain tab at three zoom levels, with navigation above."""

    #: The concept selected in the picture.
    chosen = Signal(int)
    #: The error of an assembly that cannot be shown.
    failed = Signal(object)
    #: A requested assembly is shown.
    came = Signal()

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._shelf = shelf
        self._recall: BrainRecall | None = None
        self._collection: str | None = None
        self.plan = BrainPlan(shelf.jobs)
        self.nodes = ConceptNodes()
        self.assembly = AssemblyView(shelf.jobs)
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
        self.here = Elided("", "strong")
        self._way = holder(
            row(self.whole, self.concepts, self.here, margins=(12, 8, 12, 8), gap=8), "surface"
        )
        self._way.setParent(self)
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
        """The zoom level: BRAIN, CONCEPTS or ASSEMBLY."""
        return self.stack.currentIndex()

    def set_scope(self, collection: str | None) -> None:
        """Limit assemblies to concepts of a collection."""
        self._collection = collection

    def show_rows(self, recall: "BrainRecall | None", rows: "Sequence[Lit]") -> None:
        """Show the activated concepts; without a recall only the whole brain."""
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
        """Switch to a zoom level."""
        if level == self.level or (level == CONCEPTS and not self.nodes.tree):
            return
        focused = self.isAncestorOf(self.window().focusWidget() or self)
        self.stack.setCurrentIndex(level)
        self._show_navigation()
        if focused:
            (self.plan, self.nodes, self.assembly.picture)[level].setFocus()

    def show_assembly(self, concept: int) -> None:
        """Load and show the assembly of a concept."""
        collection = self._collection
        self._shelf.ask(
            lambda library: library.brain.assembly(concept, collection=collection),
            done=self._loaded, failed=lambda error: self.failed.emit(error), key=_KEY,
        )  # fmt: skip

    def enter(self, region: int) -> None:
        """Zoom into a region; only the association cortex has concepts."""
        if region == ASSOCIATION:
            self.go(CONCEPTS)

    def _loaded(self, assembly: "Assembly") -> None:
        self.assembly.show_assembly(assembly)
        self.here.setText(tr("Assembly of “{name}”", name=words.short(assembly.name, 40)))
        self.go(ASSEMBLY)
        self._show_navigation()
        self.came.emit()

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
