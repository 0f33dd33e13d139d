"""An exploration of the association graph: a central concept and those expanded since; no Qt.

A walk only grows; filtered links stay in it. Each function returns a new walk, so that a worker
builds it and the window replaces the old one in one step.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from workbench.memory.graph.records import Edge, Neighbourhood, Node

#: Tags of associations, in display order.
TAGS = ("explicit", "confirmed", "emergent", "predicted")
#: Links loaded for the central concept, and for one expanded later.
FIRST, MORE = 16, 12


@dataclass(frozen=True, slots=True)
class Sifting:
    """A filter: excluded tags and kinds; `together` includes co-mentions."""

    tags: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    together: bool = True

    def matches(self, edge: Edge) -> bool:
        """Whether a link passes the filter."""
        return edge.tag not in self.tags and edge.kind not in self.kinds

    @property
    def wanted_tags(self) -> tuple[str, ...] | None:
        """The tags to query, None for all."""
        return tuple(tag for tag in TAGS if tag not in self.tags) if self.tags else None


@dataclass(frozen=True, slots=True)
class Expansion:
    """An expanded concept: its number of links, and how many of them are loaded."""

    total: int
    taken: int


@dataclass(frozen=True, slots=True)
class Walk:
    """The loaded part of the graph: concepts and links by id, and the expanded concepts."""

    centre: int
    nodes: Mapping[int, Node] = field(default_factory=dict)
    edges: Mapping[str, Edge] = field(default_factory=dict)
    opened: Mapping[int, Expansion] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the central concept."""
        node = self.nodes.get(self.centre)
        return node.name if node is not None else ""

    @property
    def total(self) -> int:
        """The links of all expanded concepts, shared ones counted once, and loaded links beyond."""
        ends = [(e.head in self.opened) + (e.tail in self.opened) for e in self.edges.values()]
        count = sum(value.total for value in self.opened.values()) - ends.count(2)
        return max(len(self.edges), count + ends.count(0))

    def more_of(self, concept: int) -> int:
        """The number of links of an expanded concept that are not loaded yet."""
        entry = self.opened.get(concept)
        return max(0, entry.total - entry.taken) if entry is not None else 0


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A concept in the graph. `hidden` counts its links that are not shown ("+12").

    A concept of the `outer` ring has no link to an expanded one and is drawn fainter.
    """

    id: int
    name: str
    type: str
    hidden: int = 0
    outer: bool = False


@dataclass(frozen=True, slots=True)
class VisiblePart:
    """The visible part of a walk: links that pass the filter and are connected to the centre.

    `counts` and `kinds` count all loaded links by tag and by kind; `outer` has the concepts without
    a link to an expanded one.
    """

    centre: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    total: int
    counts: Mapping[str, int]
    kinds: Mapping[str, int]
    outer: frozenset[int] = frozenset()

    def graph_nodes(self) -> tuple[GraphNode, ...]:
        """The concepts to draw, with their numbers of hidden links."""
        counts = degrees(self.edges)
        return tuple(
            GraphNode(
                node.id,
                node.name,
                node.type,
                max(0, node.degree - counts.get(node.id, 0)),
                outer=node.id in self.outer,
            )
            for node in self.nodes
        )


def degrees(edges: Iterable[Edge]) -> dict[int, int]:
    """The number of these links per concept."""
    counts: dict[int, int] = {}
    for edge in edges:
        for end in {edge.head, edge.tail}:
            counts[end] = counts.get(end, 0) + 1
    return counts


def start_walk(neighbourhood: Neighbourhood) -> Walk:
    """Start a walk from the neighbourhood of its centre."""
    return grown(Walk(neighbourhood.centre), neighbourhood)


def grown(walk: Walk, neighbourhood: Neighbourhood, between: Iterable[Edge] = ()) -> Walk:
    """The walk expanded by a neighbourhood, and by those links `between` whose ends it has."""
    nodes = {**walk.nodes, **{node.id: node for node in neighbourhood.nodes}}
    edges = {**walk.edges, **{edge.id: edge for edge in neighbourhood.edges}}
    edges.update((e.id, e) for e in between if e.head in nodes and e.tail in nodes)
    previous = walk.opened.get(neighbourhood.centre)
    used = len(neighbourhood.edges) + (previous.taken if previous is not None else 0)
    entries = {**walk.opened, neighbourhood.centre: Expansion(neighbourhood.total, used)}
    return replace(walk, nodes=nodes, edges=edges, opened=entries)


def ringed(walk: Walk, neighbourhood: Neighbourhood) -> Walk:
    """The walk with a neighbourhood's links, without marking its concept as expanded."""
    nodes = {**walk.nodes, **{node.id: node for node in neighbourhood.nodes}}
    return replace(
        walk, nodes=nodes, edges={**walk.edges, **{e.id: e for e in neighbourhood.edges}}
    )


def joined(walk: Walk, edges: Iterable[Edge]) -> Walk:
    """The walk with additional links, such as those of a path, and their concepts."""
    steps = tuple(edges)
    nodes = dict(walk.nodes)
    for edge in steps:
        for id, name in ((edge.head, edge.head_name), (edge.tail, edge.tail_name)):
            nodes.setdefault(id, Node(id, name, "concept", 0))
    return replace(walk, nodes=nodes, edges={**walk.edges, **{e.id: e for e in steps}})


def visible_part(
    walk: Walk, sifting: Sifting, members: frozenset[int] | None = None
) -> VisiblePart:
    """The visible part of a walk, restricted to the concepts `members` if given.

    Links keep the order of loading, which the graph returns by importance.
    """
    counts = dict.fromkeys(TAGS, 0)
    kinds: dict[str, int] = {}
    matching: list[Edge] = []
    for edge in walk.edges.values():
        counts[edge.tag] = counts.get(edge.tag, 0) + 1
        kinds[edge.kind] = kinds.get(edge.kind, 0) + 1
        if sifting.matches(edge) and (members is None or {edge.head, edge.tail} <= members):
            matching.append(edge)
    reached = _reached(walk.centre, matching)
    edges = [edge for edge in matching if edge.head in reached]
    nodes = tuple(node for node in walk.nodes.values() if node.id in reached)
    inner = {end for e in edges for end in (e.head, e.tail) if {e.head, e.tail} & set(walk.opened)}
    outer = frozenset(reached - inner - {walk.centre})
    kinds = dict(sorted(kinds.items()))
    return VisiblePart(walk.centre, nodes, tuple(edges), walk.total, counts, kinds, outer)


def _reached(centre: int, edges: Iterable[Edge]) -> set[int]:
    """The concepts connected to the centre, including itself."""
    neighbours: dict[int, list[int]] = {}
    for edge in edges:
        neighbours.setdefault(edge.head, []).append(edge.tail)
        neighbours.setdefault(edge.tail, []).append(edge.head)
    result, ahead = {centre}, deque((centre,))
    while ahead:
        for other in neighbours.get(ahead.popleft(), ()):
            if other not in result:
                result.add(other)
                ahead.append(other)
    return result


Places = dict[int, tuple[float, float]]


@dataclass(slots=True)
class Stop:
    """A walk with the positions of its concepts."""

    walk: Walk
    places: Places = field(default_factory=dict)
