"""The association cortex from near: the concepts that lit up, joined by the ways of the activity.

They are drawn as in Explore; what lights up only later stands back. The list beside the picture is
its table twin and has the same selection.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent

from workbench.memory.graph.records import Edge
from workbench.ui.associations.canvas import GraphCanvas
from workbench.ui.associations.walk import GraphNode
from workbench.ui.brain.tree import CUE, Node, Tree, tree
from workbench.ui.concepts import kinds
from workbench.ui.jobs import Jobs
from workbench.ui.language import inside, tr

if TYPE_CHECKING:
    from workbench.brain.records import BrainRecall, Lit


class ConceptNodes(GraphCanvas):
    """`show_rows` lays out what lit up; `show_step` says how far the replay is."""

    #: Back to the whole brain.
    left = Signal()

    def __init__(self, jobs: Jobs) -> None:
        self.tree, self._step = Tree(), -1
        super().__init__(jobs)
        self.nodeSelected.connect(lambda _concept: self._name())
        self._name()

    @property
    def concept(self) -> int:
        """The concept that is chosen, -1 for none."""
        return -1 if self.selected_node is None else self.selected_node

    def show_rows(self, recall: "BrainRecall | None", rows: "Sequence[Lit]") -> None:
        """Show what a recall lit."""
        previous, self.tree = self.concept, Tree() if recall is None else tree(recall, rows)
        nodes = self.tree.nodes
        self._show_nodes({})
        first = nodes[0].concept if nodes else None
        self.select_node(previous if self.tree.at(previous) >= 0 else first)
        self._name()

    def show_step(self, step: int) -> None:
        """Show a step of it."""
        if step != self._step:
            self._step = step
            self._show_nodes()
            self._name()

    def _show_nodes(self, places: dict[int, tuple[float, float]] | None = None) -> None:
        nodes = self.tree.nodes
        graph_nodes = [
            GraphNode(n.concept, n.name, n.type, outer=not 0 <= n.step <= self._step)
            for n in nodes
        ]  # fmt: skip
        edges = [_edge(nodes[link.head], nodes[link.tail]) for link in self.tree.links]
        self.set_graph(graph_nodes, edges, nodes[0].concept if nodes else 0, places)

    def select(self, concept: int) -> None:
        """Choose a concept, where it stands here."""
        if concept != self.concept and self.tree.at(concept) >= 0:
            self.select_node(concept)
            self.nodeSelected.emit(concept)

    def sentence(self) -> str:
        """What the picture shows, for those who hear it."""
        nodes = [item for item in self.tree.nodes if item.tag != CUE]
        active = [item for item in nodes if 0 <= item.step <= self._step]
        at = self.tree.at(self.concept)
        text = tr(
            "Active concepts: {lit} of {nodes} until step {step}",
            lit=len(active),
            nodes=len(nodes),
            step=self._step + 1,
        )
        if at < 0:
            return text
        node = self.tree.nodes[at]
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
