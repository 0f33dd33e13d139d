"""Inputs to the regions that do not represent concepts: sight, sound, salience.

Working memory provides what is held, the words of the latest mentions the salience, and models that
have processed the library the vectors of pictures and recordings that mention a concept.
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
from workbench.store import graph, vectors
from workbench.store.graph import Places

#: Latest mentions read for the salience of a concept, and for its pictures and recordings, after
#: which many pages may have mentioned it.
_MENTIONS, _MAX_MENTIONS = 3, 100
#: Concepts of a cue with sensory input, and pictures and recordings of each.
_SENSED = 3
#: Kinds of sources with sound.
_AUDIO_KINDS = ("recording", "captions")


def company(
    concept_graph: ConceptGraph,
    index: FactIndex,
    connection: sqlite3.Connection,
    cue: Sequence[int],
    scope: Places,
    *,
    collection: str | None = None,
) -> Company:
    """The context of a cue; `salience` reads from `connection`."""
    return Company(
        held=_in_mind(concept_graph, index, connection, frozenset(cue), collection),
        codes=tuple(_codes(connection, cue[:_SENSED], scope)),
        salience=_matters(connection, scope),
    )


def _in_mind(
    concept_graph: ConceptGraph,
    index: FactIndex,
    connection: sqlite3.Connection,
    cue: Collection[int],
    collection: str | None,
) -> tuple[int, ...]:
    """The concepts of the facts in working memory, the least recently used first."""
    try:
        facts = working.in_mind(index, collection=collection)
    except NotFoundError:
        return ()
    result: dict[int, None] = {}
    for item in facts:
        for row in concept_graph.find_named(connection, item.fact.text)[:1]:
            if row.id not in cue:
                result.pop(row.id, None)
                result[row.id] = None
    return tuple(result)[-IN_MIND:]


def _matters(connection: sqlite3.Connection, scope: Places) -> Callable[[int], float]:
    """The salience of a concept: by the words of its latest mentions, above the usual."""
    baseline = salience("")
    cache: dict[int, float] = {}

    def matters(concept: int) -> float:
        if concept not in cache:
            engrams = graph.mentions(connection, concept, scope, _MENTIONS)
            texts = [row[1] for row in graph.memories(connection, engrams)]
            excess = max((salience(item) for item in texts), default=baseline) - baseline
            cache[concept] = min(max(excess / (1 - baseline), 0.0), 1.0)
        return cache[concept]

    return matters


def _codes(connection: sqlite3.Connection, cue: Sequence[int], scope: Places) -> list[Code]:
    """The sensory codes of pictures and recordings that mention these concepts."""
    picture_space, read = vectors.picture_space(connection), vectors.active(connection)
    if picture_space is None and read is None:
        return []
    result: list[Code] = []
    for concept in cue:
        concept_codes: list[Code] = []
        engrams = graph.mentions(connection, concept, scope, _MAX_MENTIONS)
        for engram, source, *_ in graph.spans(connection, engrams):
            numbers = (
                None
                if picture_space is None
                else vectors.picture_of_source(connection, picture_space.id, source)
            )
            if numbers is not None:
                concept_codes.append(_code(VISUAL, numbers))
            elif read is not None and _is_audio(connection, source):
                row = vectors.covering(connection, read.id, engram)
                concept_codes += [] if row is None else [_code(AUDITORY, row.numbers)]
            if len(concept_codes) == _SENSED:
                break
        result += concept_codes
    return result


def _is_audio(connection: sqlite3.Connection, source: int) -> bool:
    row = connection.execute("SELECT kind FROM source WHERE id = ?", (source,)).fetchone()
    return row is not None and row[0] in _AUDIO_KINDS


def _code(region: int, numbers: bytes) -> Code:
    # Rectified: only positive similarities fire.
    return Code(region, np.clip(np.frombuffer(numbers, np.int8).astype(np.float32) / 127, 0, 1))
