"""Where the concepts of a recall stand: the cue in the middle, around it what it lit, by the way.

Each concept stands on a ring as far out as its way is long, within the sector of the one that
passed the activity on.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.brain.records import BrainRecall, Lit

#: The tag of what was fired itself.
CUE = "cue"


@dataclass(frozen=True, slots=True)
class Node:
    """A concept: its tag, or "cue"; when it lit up, or -1; its place from -1 to 1 both ways."""

    concept: int
    name: str
    type: str
    tag: str
    step: int
    cover: float
    x: float
    y: float


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
    """Lay out the cue, the concepts of `concepts`, and those on the way to them."""
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
    places = _places(parents, set(cue))
    nodes = []
    for concept, (x, y) in places.items():
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
        nodes.append(Node(concept, neuron.name, neuron.type, tag, step, cover, x, y))
    index = {node.concept: at for at, node in enumerate(nodes)}
    links = tuple(
        Link(index[parent], index[child]) for child, parent in parents.items() if parent is not None
    )
    return Tree(tuple(nodes), links)


def _places(parents: dict[int, int | None], cue: set[int]) -> dict[int, tuple[float, float]]:
    """Rings and sectors; what hangs on nothing stands on the outermost ring."""
    children: dict[int | None, list[int]] = defaultdict(list)
    for child, parent in parents.items():
        children[parent].append(child)
    leaves: dict[int, int] = {}
    depth: dict[int, int] = {}

    def walk(concept: int, deep: int) -> int:
        depth[concept] = deep
        leaves[concept] = sum(walk(item, deep + 1) for item in children[concept]) or 1
        return leaves[concept]

    roots = [item for item in children[None] if item in cue]
    loose = [item for item in children[None] if item not in cue]
    single = len(roots) == 1
    for root in roots:
        walk(root, 0 if single else 1)
    deepest = max(depth.values(), default=0)
    for item in loose:
        walk(item, deepest + 1 if depth else 1)
    rings = max(depth.values(), default=0) or 1
    results: dict[int, tuple[float, float]] = {}

    def place(concept: int, low: float, high: float, number: int) -> None:
        # Neighbours on a ring stand a little nearer and farther by turns, so that names have room.
        offset = 0.0 if depth[concept] <= 1 and not single else 0.16 * (number % 2)
        radius = (depth[concept] - offset) / rings if depth[concept] else 0.0
        angle = (low + high) / 2
        results[concept] = (radius * math.cos(angle), radius * math.sin(angle))
        at = low
        for nth, child in enumerate(children[concept]):
            wide = (high - low) * leaves[child] / leaves[concept]
            place(child, at, at + wide, nth)
            at += wide

    total = sum(leaves[item] for item in (*roots, *loose)) or 1
    at = -math.pi
    for nth, item in enumerate((*roots, *loose)):
        wide = math.tau * leaves[item] / total
        place(item, at, at + wide, nth)
        at += wide
    return results
