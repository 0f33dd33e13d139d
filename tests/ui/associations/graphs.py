"""Graphs of our own making for the tests of the picture."""

import numpy as np

from workbench.memory.graph.records import Edge
from workbench.ui.associations.ego import TAGS, GraphNode

Graph = tuple[list[GraphNode], list[Edge], int]

_LINKS = (
    ("Harbour", "shelters", "Boats", "explicit", 0.9),
    ("Boats", "bring", "Herring", "confirmed", 0.6),
    ("Herring", "feed", "Gulls", "emergent", 0.4),
    ("Gulls", "warn of", "Storm", "predicted", 0.3),
    ("Storm", "closes", "Harbour", "explicit", 0.8),
)


def link(
    id: str,
    head: int,
    tail: int,
    relation: str,
    tag: str,
    strength: float = 1.0,
    contradicted: bool = False,
) -> Edge:
    """A link of which the picture knows all that it paints."""
    return Edge(
        id, head, tail, f"c{head}", f"c{tail}", "related_to", relation, tag, strength, 1, 1,
        contradicted, None, None,
    )  # fmt: skip


def harbour() -> Graph:
    """Five concepts in a ring: 1 Harbour, 2 Boats, 3 Herring, 4 Gulls, 5 Storm."""
    numbers: dict[str, int] = {}
    for head, _word, tail, _tag, _strength in _LINKS:
        numbers.setdefault(head, len(numbers) + 1)
        numbers.setdefault(tail, len(numbers) + 1)
    nodes = [GraphNode(number, name, "entity", number * 3) for name, number in numbers.items()]
    edges = [
        link(f"{numbers[a]}:{word}:{numbers[b]}", numbers[a], numbers[b], word, tag, strength)
        for a, word, b, tag, strength in _LINKS
    ]
    return nodes, edges, 1


def many(count: int, more: int = 0) -> Graph:
    """So many concepts in a tree, with `more` links across."""
    rng = np.random.default_rng(count)
    nodes = [GraphNode(each, f"Concept {each}", "concept", each % 7) for each in range(count)]
    pairs = [(each, int(each * rng.random() ** 2)) for each in range(1, count)]
    pairs += [(int(a), int(b)) for a, b in rng.integers(0, count, (more, 2))]
    edges = [
        link(f"e{turn}", head, tail, "goes with", TAGS[turn % 4], (turn % 10) / 10)
        for turn, (head, tail) in enumerate(pairs)
    ]
    return nodes, edges, 0
