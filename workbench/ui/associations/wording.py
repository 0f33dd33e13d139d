"""Descriptions of the graph, for screen readers and tool tips."""

from collections.abc import Mapping, Sequence

from workbench.memory.graph.records import Edge
from workbench.ui.associations import lines
from workbench.ui.associations.ego import GraphNode
from workbench.ui.components import words
from workbench.ui.concepts import kinds
from workbench.ui.language import inside, tr

#: Keyboard help, appended to the description.
KEYS = tr(
    "Arrow keys walk from concept to concept, Space goes through the links of one, Enter opens, "
    "plus and minus zoom, 0 shows all."
)
_MAX_STRONGEST = 3
_CONTROLS = dict.fromkeys(range(32), " ")

Nodes = Mapping[int, GraphNode]


def single_line(text: str) -> str:
    """Collapse white space and control characters of a name."""
    return " ".join(text.translate(_CONTROLS).split())


def around(nodes: Nodes, centre: int, edges: Sequence[Edge]) -> str:
    """Describe a graph by its centre and its numbers."""
    name, links = single_line(nodes[centre].name), words.count(len(edges), "link")
    text = tr("Links around {centre}: {links}", centre=name, links=links)
    return text + tr(" among {concepts}.", concepts=words.count(len(nodes), "concept"))


def strongest(nodes: Nodes, edges: Sequence[Edge]) -> str:
    """Name the first links."""
    named = "; ".join(plain(nodes, edge) for edge in edges[:_MAX_STRONGEST])
    return tr(" Strongest: {strongest}.", strongest=named) if named else ""


def of_node(node: GraphNode, shown: int) -> str:
    """Describe a concept with its type and number of links."""
    kind = f", {inside(kinds.word(node.type))}" if node.type else ""
    text = f"{single_line(node.name)}{kind}"
    text += tr(": {links} shown", links=words.count(shown, "link"))
    return (
        tr("{told}, {hidden} more.", told=text, hidden=words.number(node.hidden))
        if node.hidden
        else f"{text}."
    )


def of_edge(nodes: Nodes, edge: Edge) -> str:
    """Describe a link with its tag."""
    text = f"{plain(nodes, edge)} ({inside(lines.WORDS[edge.tag])})"
    return (
        tr("{told}; some passages say the opposite.", told=text)
        if edge.contradicted
        else f"{text}."
    )


def plain(nodes: Nodes, edge: Edge) -> str:
    """A link as "Replay favours Reward"."""
    verb = single_line(edge.relation) or tr("goes with")
    return f"{single_line(nodes[edge.head].name)} {verb} {single_line(nodes[edge.tail].name)}"
