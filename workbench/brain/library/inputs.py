"""Inputs to the regions that represent no concepts: sights, sounds, importance.

What is in mind comes from working memory, what matters from the words in which a concept was said
last, and what a picture or a recording of a concept brings to the senses are the numbers that a
model made of it, where one has looked at the library.
"""

import sqlite3
from collections.abc import Callable, Collection, Sequence

import numpy as np

from workbench.brain.engine.stations import AUDITORY, IN_MIND, VISUAL, Code, Company
from workbench.errors import NotFoundError
from workbench.memory.facts.index import FactIndex
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.regions import working
from workbench.memory.regions.salience import salience
from workbench.store import graph, pictures, vectors
from workbench.store.graph import Places

#: Mentions of a concept, the newest, that are looked at for how much it matters, and for what it
#: looks and sounds like: pages may tell of it many times after the recording did.
_MENTIONS, _LOOKED = 3, 100
#: Concepts of a cue that come in by the senses, and pictures and recordings of each.
_SENSED = 3
#: Kinds of sources that are heard.
_HEARD = ("recording", "captions")


def company(
    held: ConceptGraph,
    index: FactIndex,
    connection: sqlite3.Connection,
    cue: Sequence[int],
    among: Places,
    *,
    collection: str | None = None,
) -> Company:
    """What there is at hand for a cue of these concepts; `salience` looks into `connection`."""
    return Company(
        held=_in_mind(held, index, connection, frozenset(cue), collection),
        codes=tuple(_codes(connection, cue[:_SENSED], among)),
        salience=_matters(connection, among),
    )


def _in_mind(
    held: ConceptGraph,
    index: FactIndex,
    connection: sqlite3.Connection,
    cue: Collection[int],
    collection: str | None,
) -> tuple[int, ...]:
    """The concepts that the facts in mind are about, the least recently used first."""
    try:
        facts = working.in_mind(index, collection=collection)
    except NotFoundError:
        return ()
    found: dict[int, None] = {}
    for each in facts:
        for row in held.find_named(connection, each.fact.text)[:1]:
            if row.id not in cue:
                found.pop(row.id, None)
                found[row.id] = None
    return tuple(found)[-IN_MIND:]


def _matters(connection: sqlite3.Connection, among: Places) -> Callable[[int], float]:
    """How much a concept matters: by the words in which it was said last, over what is usual."""
    usual = salience("")
    known: dict[int, float] = {}

    def matters(concept: int) -> float:
        if concept not in known:
            engrams = graph.mentions(connection, concept, among, _MENTIONS)
            texts = [row[1] for row in graph.memories(connection, engrams)]
            over = max((salience(each) for each in texts), default=usual) - usual
            known[concept] = min(max(over / (1 - usual), 0.0), 1.0)
        return known[concept]

    return matters


def _codes(connection: sqlite3.Connection, cue: Sequence[int], among: Places) -> list[Code]:
    """What the pictures and recordings that mention these concepts bring to the senses."""
    seen, read = pictures.space(connection), vectors.active(connection)
    if seen is None and read is None:
        return []
    found: list[Code] = []
    for concept in cue:
        own: list[Code] = []
        engrams = graph.mentions(connection, concept, among, _LOOKED)
        for engram, source, *_ in graph.spans(connection, engrams):
            numbers = None if seen is None else pictures.of_source(connection, seen.id, source)
            if numbers is not None:
                own.append(_code(VISUAL, numbers))
            elif read is not None and _is_heard(connection, source):
                row = vectors.over(connection, read.id, engram)
                own += [] if row is None else [_code(AUDITORY, row.numbers)]
            if len(own) == _SENSED:
                break
        found += own
    return found


def _is_heard(connection: sqlite3.Connection, source: int) -> bool:
    row = connection.execute("SELECT kind FROM source WHERE id = ?", (source,)).fetchone()
    return row is not None and row[0] in _HEARD


def _code(region: int, numbers: bytes) -> Code:
    # What speaks for the picture or the words speaks; what speaks against them is silent.
    return Code(region, np.clip(np.frombuffer(numbers, np.int8).astype(np.float32) / 127, 0, 1))
