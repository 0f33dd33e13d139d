"""Accepts, rejects or reopens a proposed link.

Accepting a link between two memories links them. Accepting one between two concepts stores a memory
in the user's name, so that the association has evidence like any other; reopening removes it.
"""

import sqlite3

from workbench.memory.concepts.records import AssociationType, Bond, ConceptSpan, ConceptType, Trace
from workbench.memory.facts import remembering
from workbench.memory.facts.index import FactIndex
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.kinds import kind_name
from workbench.store import concept_mentions, gists, verdicts
from workbench.store import facts as rows
from workbench.store import graph as graph_rows
from workbench.store import strengths as held
from workbench.store.concept_mentions import NewFiber
from workbench.store.gists import ProposalRow
from workbench.store.strengths import LinkRow
from workbench.store.text import place_of

STATES = ("open", "accepted", "rejected")
#: The relation of an accepted link.
RELATED = "related_to"


def decide(index: FactIndex, graph: ConceptGraph, row: ProposalRow, state: str) -> None:
    """Set the state of a proposal, with its consequences."""
    timestamp = index.store.clock()

    def work(connection: sqlite3.Connection) -> None:
        previous = gists.proposal(connection, row.id)
        if previous is None:
            return
        if previous.state == "accepted":
            _remove(connection, previous)
        if previous.found:
            _judge(connection, previous, state, timestamp)
        fact = None
        if state == "accepted":
            fact = _make(index, connection, previous, timestamp)
        gists.decide(connection, row.id, state, fact)

    index.store.write(work, act="proposal decided")
    graph.catch_up()


def _make(
    index: FactIndex, connection: sqlite3.Connection, row: ProposalRow, timestamp: float
) -> int | None:
    """Make the link; returns the memory that states it, if there is one."""
    if row.a is not None and row.b is not None:
        if held.between(connection, row.a, row.b, RELATED) is None:
            held.store_links(connection, [LinkRow(row.a, row.b, RELATED, 1.0, timestamp)])
        return None
    if row.head is None or row.tail is None:
        return None
    words = kind_name(row.type).replace("_", " ")
    text = f"{row.first} {words} {row.second}"
    id = remembering.retell(
        connection, rows.OWN, text,
        recorded=timestamp, at=timestamp, tellers=[("", timestamp)],
    )  # fmt: skip
    # The association is the proposed one, however its sentence would be parsed.
    ends = (row.head, 0, len(row.first)), (row.tail, len(text) - len(row.second), len(text))
    kinds = _types(connection, row)
    spans = tuple(
        ConceptSpan(
            graph_rows.keys_of(connection, concept)[0],
            text[start:end],
            kinds[concept],
            start,
            end,
            1.0,
        )
        for concept, start, end in ends
    )
    trace = Trace(spans, (Bond(0, AssociationType(row.type), 1),))
    fiber = NewFiber(id, place_of(rows.OWN), timestamp, trace)
    concept_mentions.weave(connection, concept_mentions.spin(connection, [fiber]))
    return id


def _judge(connection: sqlite3.Connection, row: ProposalRow, state: str, timestamp: float) -> None:
    """Judge a dreamt link in the brain, too: confirmed or rejected."""
    if row.head is None or row.tail is None:
        return
    ends = verdicts.in_order(row.head, row.type, row.tail)
    for keys in verdicts.keys_judged(connection, ends):
        verdicts.judge(connection, keys, 0, timestamp)
    concept_keys = [graph_rows.keys_of(connection, concept) for concept in (ends[0], ends[2])]
    verdict = {"accepted": verdicts.CONFIRMED, "rejected": verdicts.REJECTED}.get(state)
    if verdict is not None and all(concept_keys):
        verdicts.judge(
            connection, (concept_keys[0][0], row.type, concept_keys[1][0]), verdict, timestamp
        )


def _types(connection: sqlite3.Connection, row: ProposalRow) -> dict[int, ConceptType]:
    ids = [id for id in (row.head, row.tail) if id is not None]
    concepts = graph_rows.by_ids(connection, ids)
    return {id: ConceptType(concept.type) for id, concept in concepts.items()}


def _remove(connection: sqlite3.Connection, row: ProposalRow) -> None:
    if row.told is not None:
        rows.remove(connection, [row.told])
    if row.a is not None and row.b is not None:
        link = held.between(connection, row.a, row.b, RELATED)
        if link is not None:
            held.drop_links(connection, [link])
