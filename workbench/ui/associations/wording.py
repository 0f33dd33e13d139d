"""The picture in words: for screen readers, and beside the pointer."""

from workbench.memory.graph.records import Edge
from workbench.ui.associations.picture import Names, one_line
from workbench.ui.components import words
from workbench.ui.language import tr

#: What the keys do; said with the sentence.
KEYS = tr(
    "Arrow keys walk from concept to concept, Space goes through the links of one, Enter opens, "
    "plus and minus zoom, 0 shows all."
)
_NAMED = 3


def sentence(names: Names, node: int | None = None, edge: int | None = None) -> str:
    """What is shown, and what is chosen of it."""
    if not names.nodes:
        return tr("No concept is shown.")
    centre = one_line(names.nodes[names.centre].name)
    told = tr(
        "Links around {centre}: {links}", centre=centre, links=words.count(len(names.edges), "link")
    )
    told += tr(" among {concepts}.", concepts=words.count(len(names.nodes), "concept"))
    if node is None and edge is None and names.edges:
        order = sorted(range(len(names.edges)), key=lambda link: -names.edges[link].strength)
        strongest = [plain(names, link) for link in order[:_NAMED]]
        told += tr(" Strongest: {strongest}.", strongest="; ".join(strongest))
    if node is not None:
        told += tr(" Chosen: {of_node}", of_node=of_node(names, node))
    elif edge is not None:
        told += tr(" Chosen: {of_edge}", of_edge=of_edge(names, edge))
    return told


def of_node(names: Names, index: int) -> str:
    """A concept with its kind and its links."""
    node = names.nodes[index]
    told = f"{one_line(node.name)}, {node.type}" if node.type else one_line(node.name)
    told += tr(": {links} shown", links=words.count(len(names.links[index]), "link"))
    return (
        tr("{told}, {hidden} more.", told=told, hidden=words.number(node.hidden))
        if node.hidden
        else f"{told}."
    )


def of_edge(names: Names, index: int) -> str:
    """A link with its tag and its strength."""
    edge = names.edges[index]
    told = tr(
        "{plain} ({tag}, strength {strength:.2f})",
        plain=plain(names, index),
        tag=edge.tag,
        strength=edge.strength,
    )
    return (
        tr("{told}; some passages say the opposite.", told=told)
        if edge.contradicted
        else f"{told}."
    )


def plain(names: Names, index: int) -> str:
    """A link as "Replay favours Reward"."""
    edge: Edge = names.edges[index]
    head, tail = (names.nodes[int(end[index])].name for end in (names.heads, names.tails))
    said = one_line(edge.relation) or tr("goes with")
    return f"{one_line(head)} {said} {one_line(tail)}"
