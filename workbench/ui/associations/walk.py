"""A walk through associations: the concept one began at, and those that were opened since; no Qt.

A walk only grows; what is sifted out of it by tags and kinds is still there. Each function returns
a new walk, so that a worker makes it and the window takes it over in one step.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from workbench.memory.graph.records import Edge, Neighbourhood, Node

#: The tags of an association, in the order in which they are told.
TAGS = ("explicit", "confirmed", "emergent", "predicted")
#: Links of the concept that one begins at, and of one that is opened then.
FIRST, MORE = 16, 12


@dataclass(frozen=True, slots=True)
class Sifting:
    """What is left out: tags, kinds of association; with `together`, mere company is let in."""

    tags: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    together: bool = True

    def matches(self, edge: Edge) -> bool:
        """Whether a link is to be seen."""
        return edge.tag not in self.tags and edge.kind not in self.kinds

    @property
    def wanted_tags(self) -> tuple[str, ...] | None:
        """The tags to look for, None for all."""
        return tuple(tag for tag in TAGS if tag not in self.tags) if self.tags else None


@dataclass(frozen=True, slots=True)
class Expansion:
    """A concept whose links were asked for: how many it has in all, how many of them came."""

    total: int
    taken: int


@dataclass(frozen=True, slots=True)
class Walk:
    """What is known so far: concepts and links by their ids, and which concepts were opened."""

    centre: int
    nodes: Mapping[int, Node] = field(default_factory=dict)
    edges: Mapping[str, Edge] = field(default_factory=dict)
    opened: Mapping[int, Expansion] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the concept is called that one began at."""
        node = self.nodes.get(self.centre)
        return node.name if node is not None else ""

    @property
    def total(self) -> int:
        """Links of all opened concepts, one between two of them counted once, and those beyond."""
        ends = [(e.head in self.opened) + (e.tail in self.opened) for e in self.edges.values()]
        count = sum(value.total for value in self.opened.values()) - ends.count(2)
        return max(len(self.edges), count + ends.count(0))

    def more_of(self, concept: int) -> int:
        """How many links of an opened concept did not come yet."""
        entry = self.opened.get(concept)
        return max(0, entry.total - entry.taken) if entry is not None else 0


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A concept in the picture. `hidden` counts its links that are not shown ("+12").

    One of the `outer` ring is linked to no concept that was opened, and stands back.
    """

    id: int
    name: str
    type: str
    hidden: int = 0
    outer: bool = False


@dataclass(frozen=True, slots=True)
class VisiblePart:
    """What of a walk is to be seen: what the sifting holds and what hangs together with the centre.

    `counts` and `kinds` have how many of all known links are of each tag and of each kind; `outer`
    are the concepts that no opened one is linked to.
    """

    centre: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    total: int
    counts: Mapping[str, int]
    kinds: Mapping[str, int]
    outer: frozenset[int] = frozenset()

    def graph_nodes(self) -> tuple[GraphNode, ...]:
        """The concepts as they are painted: each knows how many of its links are not shown."""
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
    """How many of these links each concept has."""
    counts: dict[int, int] = {}
    for edge in edges:
        for end in {edge.head, edge.tail}:
            counts[end] = counts.get(end, 0) + 1
    return counts


def start_walk(neighbourhood: Neighbourhood) -> Walk:
    """A walk that begins at a concept."""
    return grown(Walk(neighbourhood.centre), neighbourhood)


def grown(walk: Walk, neighbourhood: Neighbourhood, between: Iterable[Edge] = ()) -> Walk:
    """The walk with the links of one more concept, and with those among all that it knows."""
    nodes = {**walk.nodes, **{node.id: node for node in neighbourhood.nodes}}
    edges = {**walk.edges, **{edge.id: edge for edge in neighbourhood.edges}}
    edges.update((e.id, e) for e in between if e.head in nodes and e.tail in nodes)
    previous = walk.opened.get(neighbourhood.centre)
    used = len(neighbourhood.edges) + (previous.taken if previous is not None else 0)
    entries = {**walk.opened, neighbourhood.centre: Expansion(neighbourhood.total, used)}
    return replace(walk, nodes=nodes, edges=edges, opened=entries)


def ringed(walk: Walk, neighbourhood: Neighbourhood) -> Walk:
    """The walk with some links of a concept that is not opened by this."""
    nodes = {**walk.nodes, **{node.id: node for node in neighbourhood.nodes}}
    return replace(
        walk, nodes=nodes, edges={**walk.edges, **{e.id: e for e in neighbourhood.edges}}
    )


def joined(walk: Walk, edges: Iterable[Edge]) -> Walk:
    """The walk with links that lead through concepts it may not know, as those of a path do."""
    steps = tuple(edges)
    nodes = dict(walk.nodes)
    for edge in steps:
        for id, name in ((edge.head, edge.head_name), (edge.tail, edge.tail_name)):
            nodes.setdefault(id, Node(id, name, "concept", 0))
    return replace(walk, nodes=nodes, edges={**walk.edges, **{e.id: e for e in steps}})


def visible_part(
    walk: Walk, sifting: Sifting, members: frozenset[int] | None = None
) -> VisiblePart:
    """What is to be seen of a walk (`members` these concepts alone), the most telling links first.

    That is the order in which they came: those of each opened concept as the graph has them.
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
    """The concepts that hang together with the centre, itself among them."""
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
_STOPS = 50  # ways back


@dataclass(slots=True)
class Stop:
    """A walk, and where its concepts stood in the picture."""

    walk: Walk
    places: Places = field(default_factory=dict)


class Trail:
    """Stops in the order of walking; one of them is where one is."""

    def __init__(self) -> None:
        self._stops: list[Stop] = []
        self._at = -1

    @property
    def current(self) -> Stop | None:
        """Where one is."""
        return self._stops[self._at] if self._stops else None

    @property
    def has_back(self) -> bool:
        """Whether there is a way back."""
        return self._at > 0

    @property
    def has_forward(self) -> bool:
        """Whether there is a way forward."""
        return self._at < len(self._stops) - 1

    def push(self, stop: Stop) -> None:
        """Go on to another stop; what lay ahead is forgotten."""
        self._stops = [*self._stops[: self._at + 1], stop][-_STOPS:]
        self._at = len(self._stops) - 1

    def step(self, by: int) -> Stop | None:
        """Back (-1) or forward (1); None where there is no stop."""
        if not 0 <= self._at + by < len(self._stops):
            return None
        self._at += by
        return self._stops[self._at]

    def clear(self) -> None:
        """Forget the way."""
        self._stops, self._at = [], -1
