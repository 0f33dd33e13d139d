"""Concepts and associations as GraphML (http://graphml.graphdrawing.org), for Gephi and yEd.

Of a collection only what its own sources and facts say: an association counts the statements in it.
"""

import re
import sqlite3
from html import escape
from pathlib import Path

from workbench import permissions
from workbench.jobs import Cancel, Progress, Report
from workbench.memory.concepts.records import AssociationType, ConceptType
from workbench.store import graph

_KEYS = (
    ("name", "node", "string"), ("type", "node", "string"), ("mentions", "node", "long"),
    ("kind", "edge", "string"), ("evidence", "edge", "long"), ("learned", "edge", "double"),
)  # fmt: skip
#: Characters that XML cannot hold, in whatever way they are written.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write(
    connection: sqlite3.Connection,
    path: Path,
    collection: int | None,
    report: Report,
    cancel: Cancel,
) -> tuple[int, int]:
    """Write the graph of a collection (None: of the library): how many concepts and associations.

    An association names the type as `kind`, and how many statements say so as `evidence`.
    """
    among = graph.places(connection, collection)
    concepts = graph.listing(connection, among)
    shown = {concept.id for concept in concepts}
    edges = 0
    with permissions.private(path).open("w", encoding="utf-8", newline="\n") as stream:
        stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        stream.write('<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        for name, of, type in _KEYS:
            stream.write(f'<key id="{name}" for="{of}" attr.name="{name}" attr.type="{type}"/>\n')
        stream.write('<graph edgedefault="directed">\n')
        for concept in concepts:
            cancel.check()
            stream.write(
                f'<node id="c{concept.id}">{_data("name", concept.name)}'
                f"{_data('type', _named(ConceptType, concept.type))}"
                f"{_data('mentions', concept.mentions)}</node>\n"
            )
        for number, concept in enumerate(concepts):
            cancel.check()
            report(Progress("exporting", number, len(concepts), "concepts"))
            for each in graph.neighbours(connection, concept.id, direction="out"):
                if each.tail not in shown:
                    continue
                evidence = each.evidence
                if not among.everywhere:
                    triple = (each.head, each.type, each.tail)
                    evidence = len(graph.evidence(connection, triple, among))
                    if not evidence:
                        continue
                edges += 1
                stream.write(
                    f'<edge source="c{each.head}" target="c{each.tail}">'
                    f"{_data('kind', _named(AssociationType, each.type))}"
                    f"{_data('evidence', evidence)}{_data('learned', each.learned)}</edge>\n"
                )
        stream.write("</graph>\n</graphml>\n")
    return len(concepts), edges


def _named(types: type[ConceptType] | type[AssociationType], number: int) -> str:
    """The name of a type; a number that a later version gave stays one."""
    known = {each.value: each.name.lower() for each in types}
    return known.get(number, str(number))


def _data(key: str, value: object) -> str:
    return f'<data key="{key}">{escape(_UNWRITABLE.sub("�", str(value)))}</data>'
