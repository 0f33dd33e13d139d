"""GraphML: exports the drawn graph, and imports a graph of any program as statements.

An edge is imported as a statement, "Ines met Jan.", since the graph is drawn from statements: our
own exports link the same names again. Gephi, yEd and networkx use different attributes for names
and edges.
"""

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from xml.etree.ElementTree import Element

from ingest.books.archive import local, xml
from ingest.errors import IngestError
from ingest.language.word_lists import closed_tags
from workbench import permissions
from workbench.errors import InputError
from workbench.jobs import Cancel, Progress, Report
from workbench.memory.graph import concept_cards, edges
from workbench.memory.graph.concept_graph import ConceptGraph

SUFFIX = ".graphml"
_KEYS = (
    ("name", "node", "string"), ("type", "node", "string"), ("mentions", "node", "long"),
    ("kind", "edge", "string"), ("relation", "edge", "string"),
    ("strength", "edge", "double"), ("evidence", "edge", "long"),
)  # fmt: skip
#: Characters that are invalid in XML, even escaped.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: Attributes for the name of a node, and for the relation of an edge, likeliest first.
_NAMES = ("name", "label", "title", "nodelabel")
_RELATIONS = ("relation", "label", "edge label", "edgelabel", "predicate", "type", "kind", "name")
#: The relation of an edge without one, and our type for co-occurrence.
_LINKED, _CO_OCCURS = "is linked to", "co_occurs"
#: Our types whose relation may lack a preposition ("was born" 1867).
_PREPOSITIONAL = frozenset({"at_location", "happened_at"})
_LONGEST_NAME = 500


def write(
    concepts: ConceptGraph,
    path: Path,
    collection: str | None,
    report: Report,
    cancel: Cancel,
) -> tuple[int, int]:
    """Export the drawn graph of a collection (None: of the library): how many concepts and edges.

    An edge has its type as `kind`, its wording as `relation`, its `strength`, and the number of its
    statements or co-occurrences as `evidence`.
    """
    nodes = concept_cards.listing(concepts, collection=collection, limit=-1)
    report(Progress("exporting", 0, len(nodes), "concepts"))
    links = edges.between(concepts, [node.id for node in nodes], collection=collection, limit=-1)
    with permissions.private(path).open("w", encoding="utf-8", newline="\n") as stream:
        stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        stream.write('<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        for name, of, type in _KEYS:
            stream.write(f'<key id="{name}" for="{of}" attr.name="{name}" attr.type="{type}"/>\n')
        stream.write('<graph edgedefault="directed">\n')
        for concept in nodes:
            stream.write(
                f'<node id="c{concept.id}">{_data("name", concept.name)}'
                f"{_data('type', concept.type)}{_data('mentions', concept.mentions)}</node>\n"
            )
        for edge in links:
            cancel.check()
            stream.write(
                f'<edge source="c{edge.head}" target="c{edge.tail}">{_data("kind", edge.kind)}'
                f"{_data('relation', edge.relation)}{_data('strength', edge.strength)}"
                f"{_data('evidence', edge.evidence)}</edge>\n"
            )
        stream.write("</graph>\n</graphml>\n")
    return len(nodes), len(links)


def _data(key: str, value: object) -> str:
    return f'<data key="{key}">{escape(_UNWRITABLE.sub("�", str(value)))}</data>'


def lines(path: Path, left: list[str]) -> Iterator[str]:
    """Yield the edges of a graph as JSON Lines of facts; isolated nodes are reported in `left`.

    Raises `InputError` for an invalid graph.
    """
    try:
        root = xml(path.read_bytes(), "GraphML file")
    except IngestError as error:
        raise InputError(error.message, error.hint) from error
    except OSError as error:
        raise InputError(f"“{path.name}” could not be read.", "Check its permissions.") from error
    if local(root) != "graphml":
        raise InputError(f"“{path.name}” is no GraphML file.", "Export the graph as GraphML.")
    key_names = {
        key.get("id", ""): key.get("attr.name", "").lower()
        for key in root.iter()
        if local(key) == "key"
    }
    names: dict[str, str] = {}
    links: list[Element] = []
    for element in root.iter():
        if local(element) == "node":
            id = element.get("id", "")
            names[id] = _first(_attributes(element, key_names), _NAMES) or id
        elif local(element) == "edge":
            links.append(element)
    unlinked = dict.fromkeys(names)
    nameless = 0
    for link in links:
        ends = [link.get("source", ""), link.get("target", "")]
        head, tail = (names.get(end, "")[:_LONGEST_NAME] for end in ends)
        if not head or not tail:
            nameless += 1
            continue
        for end in ends:
            unlinked.pop(end, None)
        yield json.dumps({"text": f"{head} {_relation(_attributes(link, key_names))} {tail}."})
    for count, reason in (
        (len(unlinked), "without a link"),
        (nameless, "to a node that is missing"),
    ):
        if count:
            noun = "name" if reason == "without a link" else "link"
            verb = f"{noun} {reason} was" if count == 1 else f"{noun}s {reason} were"
            left.append(f"{count} {verb} left out.")


def _attributes(element: Element, key_names: Mapping[str, str]) -> dict[str, str]:
    """The attributes of a node or edge by name; yEd has labels inside graphics."""
    attributes: dict[str, str] = {}
    for child in element:
        if local(child) == "data":
            key = child.get("key", "")
            attributes[key_names.get(key) or key.lower()] = " ".join((child.text or "").split())
            for part in child.iter():
                if local(part) in ("NodeLabel", "EdgeLabel"):
                    attributes[local(part).lower()] = " ".join((part.text or "").split())
    return attributes


def _first(attributes: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((attributes[name] for name in names if attributes.get(name)), "")


def _relation(attributes: Mapping[str, str]) -> str:
    """The relation of an edge as words: “works for” of WORKS_FOR."""
    # Our wording has an ellipsis between a verb and its preposition: “works … in”.
    words = _first(attributes, _RELATIONS).replace("_", " ").replace(" … ", " ")[:_LONGEST_NAME]
    words = words.lower() if words.isupper() else words
    if not words or attributes.get("kind") == _CO_OCCURS:
        return _LINKED
    lacks_preposition = "I" not in (closed_tags().get(words.split()[-1]) or "")
    return (
        f"{words} in" if lacks_preposition and attributes.get("kind") in _PREPOSITIONAL else words
    )
