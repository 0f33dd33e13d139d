"""The concepts of a recall, each joined to the one that passed the activity on to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.brain.records import BrainRecall, Lit

#: The tag of what was fired itself.
CUE = "cue"


@dataclass(frozen=True, slots=True)
class Node:
    """A concept: its tag, or "cue"; when it lit up, or -1."""

    concept: int
    name: str
    type: str
    tag: str
    step: int
    cover: float


@dataclass(frozen=True, slots=True)
class Link:
    """Activity went from one node to another, by their places among the nodes."""

    head: int
    tail: int


@dataclass(frozen=True, slots=True)
class Tree:
    """What is drawn of a recall."""

    nodes: tuple[Node, ...] = ()
    links: tuple[Link, ...] = ()

    def at(self, concept: int) -> int:
        """The place of a concept among the nodes, or -1."""
        return next((i for i, node in enumerate(self.nodes) if node.concept == concept), -1)


def tree(recall: "BrainRecall", concepts: "Sequence[Lit]") -> Tree:
    """The cue, the concepts of `concepts`, and those on the way to them."""
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
    nodes = []
    for concept in parents:
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
        nodes.append(Node(concept, neuron.name, neuron.type, tag, step, cover))
    index = {node.concept: at for at, node in enumerate(nodes)}
    links = tuple(
        Link(index[parent], index[child]) for child, parent in parents.items() if parent is not None
    )
    return Tree(tuple(nodes), links)
