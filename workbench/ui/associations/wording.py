"""Text descriptions of the graph, for screen readers and tool tips."""

from workbench.memory.graph.records import Edge
from workbench.ui.associations import lines
from workbench.ui.associations.picture import Names, single_line
from workbench.ui.components import words
from workbench.ui.concepts import kinds
from workbench.ui.language import inside, tr

#: Keyboard help, appended to the description.
KEYS = tr(
    "Arrow keys walk from concept to concept, Space goes through the links of one, Enter opens, "
    "plus and minus zoom, 0 shows all."
)
_MAX_STRONGEST = 3


def sentence(names: Names, node: int | None = None, edge: int | None = None) -> str:
    """Describe the graph and its selection."""
    if not names.nodes:
        return tr("No concept is shown.")
    centre = single_line(names.nodes[names.centre].name)
    text = tr(
        "Links around {centre}: {links}", centre=centre, links=words.count(len(names.edges), "link")
    )
    text += tr(" among {concepts}.", concepts=words.count(len(names.nodes), "concept"))
    if node is None and edge is None and names.edges:
        order = sorted(range(len(names.edges)), key=lambda link: -names.edges[link].strength)
        strongest = [plain(names, link) for link in order[:_MAX_STRONGEST]]
        text += tr(" Strongest: {strongest}.", strongest="; ".join(strongest))
    if node is not None:
        text += tr(" Chosen: {of_node}", of_node=of_node(names, node))
    elif edge is not None:
        text += tr(" Chosen: {of_edge}", of_edge=of_edge(names, edge))
    return text


def of_node(names: Names, index: int) -> str:
    """Describe a concept with its type and number of links."""
    node = names.nodes[index]
    kind = f", {inside(kinds.word(node.type))}" if node.type else ""
    text = f"{single_line(node.name)}{kind}"
    text += tr(": {links} shown", links=words.count(len(names.links[index]), "link"))
    return (
        tr("{told}, {hidden} more.", told=text, hidden=words.number(node.hidden))
        if node.hidden
        else f"{text}."
    )


def of_edge(names: Names, index: int) -> str:
    """Describe a link with its tag."""
    edge = names.edges[index]
    text = f"{plain(names, index)} ({inside(lines.WORDS[edge.tag])})"
    return (
        tr("{told}; some passages say the opposite.", told=text)
        if edge.contradicted
        else f"{text}."
    )


def plain(names: Names, index: int) -> str:
    """A link as "Replay favours Reward"."""
    edge: Edge = names.edges[index]
    head, tail = (names.nodes[int(end[index])].name for end in (names.heads, names.tails))
    verb = single_line(edge.relation) or tr("goes with")
    return f"{single_line(head)} {verb} {single_line(tail)}"
