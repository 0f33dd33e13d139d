"""The surroundings of a concept in the association graph, and the visible part of them; no Qt."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from workbench.memory.graph.records import Edge, Neighbourhood, Node

#: Tags of associations, in display order.
TAGS = ("explicit", "confirmed", "emergent", "predicted")
#: Links of the central concept that are loaded at a time.
FIRST = 16


@dataclass(frozen=True, slots=True)
class Sifting:
    """A filter: excluded tags; `together` includes co-mentions."""

    tags: frozenset[str] = frozenset()
    together: bool = True

    def matches(self, edge: Edge) -> bool:
        """Whether a link passes the filter."""
        return edge.tag not in self.tags

    @property
    def wanted_tags(self) -> tuple[str, ...] | None:
        """The tags to query, None for all."""
        return tuple(tag for tag in TAGS if tag not in self.tags) if self.tags else None


@dataclass(frozen=True, slots=True)
class Ego:
    """A concept with its loaded surroundings: concepts by number, and links by id.

    `degree` is its number of links, `taken` how many of them are loaded.
    """

    centre: int
    nodes: Mapping[int, Node] = field(default_factory=dict)
    edges: Mapping[str, Edge] = field(default_factory=dict)
    degree: int = 0
    taken: int = 0

    @property
    def name(self) -> str:
        """The name of the concept."""
        node = self.nodes.get(self.centre)
        return node.name if node is not None else ""

    @property
    def total(self) -> int:
        """The links of the concept, and loaded links beyond."""
        own = sum(self.centre in (edge.head, edge.tail) for edge in self.edges.values())
        return len(self.edges) + max(0, self.degree - own)

    def with_links(self, neighbourhood: Neighbourhood) -> "Ego":
        """Add the links of a neighbourhood; those of the centre count as loaded."""
        joined = replace(
            self,
            nodes={**self.nodes, **{node.id: node for node in neighbourhood.nodes}},
            edges={**self.edges, **{edge.id: edge for edge in neighbourhood.edges}},
        )
        if neighbourhood.centre != self.centre:
            return joined
        return replace(joined, degree=neighbourhood.total, taken=len(neighbourhood.edges))


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A concept in the graph. `hidden` counts its links that are not shown ("+12").

    A concept of the `outer` ring has no link to the central one and is drawn fainter.
    """

    id: int
    name: str
    type: str
    hidden: int = 0
    outer: bool = False


@dataclass(frozen=True, slots=True)
class VisiblePart:
    """The links that pass the filter and are connected to the centre, and their concepts.

    `counts` counts all loaded links by tag.
    """

    centre: int
    nodes: tuple[GraphNode, ...]
    edges: tuple[Edge, ...]
    total: int
    counts: Mapping[str, int]


def visible_part(ego: Ego, sifting: Sifting, members: frozenset[int] | None = None) -> VisiblePart:
    """The visible part, restricted to the concepts `members` if given.

    Links keep the order of loading, which the graph returns by importance.
    """
    loaded, centre = ego.edges.values(), ego.centre
    matching = [
        edge
        for edge in loaded
        if sifting.matches(edge) and (members is None or {edge.head, edge.tail} <= members)
    ]
    inner = {centre, *_ends(edge for edge in matching if centre in (edge.head, edge.tail))}
    edges = tuple(edge for edge in matching if inner & {edge.head, edge.tail})
    degrees = Counter(_ends(edges))
    nodes = tuple(
        GraphNode(
            node.id,
            node.name,
            node.type,
            max(0, node.degree - degrees[node.id]),
            outer=node.id not in inner,
        )
        for node in ego.nodes.values()
        if node.id in degrees or node.id == centre
    )
    counts = dict.fromkeys(TAGS, 0) | Counter(edge.tag for edge in loaded)
    return VisiblePart(centre, nodes, edges, ego.total, counts)


def _ends(edges: Iterable[Edge]) -> list[int]:
    return [end for edge in edges for end in {edge.head, edge.tail}]
