"""GraphML: writes the drawn graph, and reads a graph of any program as statements.

A link is read as a statement, "Ines met Jan.", since the graph is drawn from statements: what was
written here links the same names again. Gephi, yEd and networkx call names and links differently.
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
#: Characters that XML cannot hold, in whatever way they are written.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: What programs call the name of a node, and the words of a link, likeliest first.
_NAMES = ("name", "label", "title", "nodelabel")
_RELATIONS = ("relation", "label", "edge label", "edgelabel", "predicate", "type", "kind", "name")
#: Of a link without words, and of our own that says how often both are named together.
_LINKED, _TOGETHER = "is linked to", "co_occurs"
#: Kinds of our own links whose words may want a preposition ("was born" 1867).
_PLACED = frozenset({"at_location", "happened_at"})
_LONGEST_NAME = 500


def write(
    concepts: ConceptGraph,
    path: Path,
    collection: str | None,
    report: Report,
    cancel: Cancel,
) -> tuple[int, int]:
    """Write the drawn graph of a collection (None: of the library): how many concepts and edges.

    An edge has its type as `kind`, how it reads as `relation`, how sure it is as `strength`, and
    how many statements say so, or name both, as `evidence`.
    """
    listed = concept_cards.listing(concepts, collection=collection, limit=-1)
    report(Progress("exporting", 0, len(listed), "concepts"))
    drawn = edges.between(concepts, [each.id for each in listed], collection=collection, limit=-1)
    with permissions.private(path).open("w", encoding="utf-8", newline="\n") as stream:
        stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        stream.write('<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        for name, of, type in _KEYS:
            stream.write(f'<key id="{name}" for="{of}" attr.name="{name}" attr.type="{type}"/>\n')
        stream.write('<graph edgedefault="directed">\n')
        for concept in listed:
            stream.write(
                f'<node id="c{concept.id}">{_data("name", concept.name)}'
                f"{_data('type', concept.type)}{_data('mentions', concept.mentions)}</node>\n"
            )
        for each in drawn:
            cancel.check()
            stream.write(
                f'<edge source="c{each.head}" target="c{each.tail}">{_data("kind", each.kind)}'
                f"{_data('relation', each.relation)}{_data('strength', each.strength)}"
                f"{_data('evidence', each.evidence)}</edge>\n"
            )
        stream.write("</graph>\n</graphml>\n")
    return len(listed), len(drawn)


def _data(key: str, value: object) -> str:
    return f'<data key="{key}">{escape(_UNWRITABLE.sub("�", str(value)))}</data>'


def lines(path: Path, left: list[str]) -> Iterator[str]:
    """The links of a graph as JSON Lines of facts; what nothing links is told in `left`.

    Raises `InputError` where it is no graph.
    """
    try:
        root = xml(path.read_bytes(), "GraphML file")
    except IngestError as error:
        raise InputError(error.message, error.hint) from error
    except OSError as error:
        raise InputError(f"“{path.name}” could not be read.", "Check its permissions.") from error
    if local(root) != "graphml":
        raise InputError(f"“{path.name}” is no GraphML file.", "Export the graph as GraphML.")
    called = {
        key.get("id", ""): key.get("attr.name", "").lower()
        for key in root.iter()
        if local(key) == "key"
    }
    names: dict[str, str] = {}
    links: list[Element] = []
    for element in root.iter():
        if local(element) == "node":
            id = element.get("id", "")
            names[id] = _first(_said(element, called), _NAMES) or id
        elif local(element) == "edge":
            links.append(element)
    alone = dict.fromkeys(names)
    nameless = 0
    for link in links:
        ends = [link.get("source", ""), link.get("target", "")]
        head, tail = (names.get(end, "")[:_LONGEST_NAME] for end in ends)
        if not head or not tail:
            nameless += 1
            continue
        for end in ends:
            alone.pop(end, None)
        yield json.dumps({"text": f"{head} {_relation(_said(link, called))} {tail}."})
    for count, what in ((len(alone), "without a link"), (nameless, "to a node that is missing")):
        if count:
            noun = "name" if what == "without a link" else "link"
            verb = f"{noun} {what} was" if count == 1 else f"{noun}s {what} were"
            left.append(f"{count} {verb} left out.")


def _said(element: Element, called: Mapping[str, str]) -> dict[str, str]:
    """What is said of a node or link, by the names of its keys; yEd puts labels into pictures."""
    found: dict[str, str] = {}
    for each in element:
        if local(each) == "data":
            key = each.get("key", "")
            found[called.get(key) or key.lower()] = " ".join((each.text or "").split())
            for part in each.iter():
                if local(part) in ("NodeLabel", "EdgeLabel"):
                    found[local(part).lower()] = " ".join((part.text or "").split())
    return found


def _first(said: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((said[name] for name in names if said.get(name)), "")


def _relation(said: Mapping[str, str]) -> str:
    """How a link reads between its ends: “works for” of WORKS_FOR."""
    words = _first(said, _RELATIONS).replace("_", " ")[:_LONGEST_NAME]
    words = words.lower() if words.isupper() else words
    if not words or said.get("kind") == _TOGETHER:
        return _LINKED
    bare = "I" not in (closed_tags().get(words.split()[-1]) or "")
    return f"{words} in" if bare and said.get("kind") in _PLACED else words
