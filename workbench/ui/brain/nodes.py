"""The association cortex from near: the concepts that lit up, joined by the ways of the activity.

They are drawn as in Explore; what lights up only later stands back. The list beside the picture is
its table twin and has the same selection.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent

from workbench.memory.graph.records import Edge
from workbench.ui.associations.canvas import GraphCanvas
from workbench.ui.associations.walk import GraphNode
from workbench.ui.concepts import kinds
from workbench.ui.jobs import Jobs
from workbench.ui.language import inside, tr

if TYPE_CHECKING:
    from workbench.brain.records import BrainRecall, Lit


#: The tag of what was fired itself.
CUE = "cue"


@dataclass(frozen=True, slots=True)
class Node:
    """A concept: its tag, or "cue"; when it lit up, or -1; the one that passed the activity on."""

    concept: int
    name: str
    type: str
    tag: str
    step: int
    cover: float
    parent: int | None


def tree(recall: "BrainRecall", concepts: "Sequence[Lit]") -> dict[int, Node]:
    """The cue, the concepts of `concepts`, and those on the way to them, by number."""
    names = recall.named
    trails = {item.concept: item.trail for item in recall.recalled.activated}
    # Nobody wrote of the hop by which activity came across by meaning.
    similar = {item.trail[1] for item in recall.recalled.activated if item.by_similarity}
    cue = [item for item in recall.recalled.cue if item in names]
    parents: dict[int, int | None] = dict.fromkeys(cue)
    rows = {item.concept: item for item in concepts if item.concept in names}
    for concept in rows:
        previous: int | None = None
        for item in trails.get(concept, ()) or (concept,):
            if item not in names:
                continue
            # A trail that does not begin at the cue hangs on nothing.
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
    """`show_rows` lays out what lit up; `show_step` says how far the replay is."""

    #: Back to the whole brain.
    left = Signal()

    def __init__(self, jobs: Jobs) -> None:
        self.tree: dict[int, Node] = {}
        self._step = -1
        super().__init__(jobs)
        self.nodeSelected.connect(lambda _concept: self._name())
        self._name()

    @property
    def concept(self) -> int:
        """The concept that is chosen, -1 for none."""
        return -1 if self.selected_node is None else self.selected_node

    def show_rows(self, recall: "BrainRecall | None", rows: "Sequence[Lit]") -> None:
        """Show what a recall lit."""
        previous, self.tree = self.concept, {} if recall is None else tree(recall, rows)
        self._show_nodes({})
        self.select_node(previous if previous in self.tree else next(iter(self.tree), None))
        self._name()

    def show_step(self, step: int) -> None:
        """Show a step of it."""
        if step != self._step:
            self._step = step
            self._show_nodes()
            self._name()

    def _show_nodes(self, places: dict[int, tuple[float, float]] | None = None) -> None:
        nodes = self.tree.values()
        graph_nodes = [
            GraphNode(n.concept, n.name, n.type, outer=not 0 <= n.step <= self._step)
            for n in nodes
        ]  # fmt: skip
        edges = [_edge(self.tree[n.parent], n) for n in nodes if n.parent is not None]
        self.set_graph(graph_nodes, edges, next(iter(self.tree), 0), places)

    def select(self, concept: int) -> None:
        """Choose a concept, where it stands here."""
        if concept != self.concept and concept in self.tree:
            self.select_node(concept)
            self.nodeSelected.emit(concept)

    def sentence(self) -> str:
        """What the picture shows, for those who hear it."""
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
    """The way of the activity from one node to another."""
    return Edge(
        f"{head.concept}:{tail.concept}", head.concept, tail.concept, head.name, tail.name,
        "", "", tail.tag, tail.cover, 0, 0, False, None, None,
    )  # fmt: skip
