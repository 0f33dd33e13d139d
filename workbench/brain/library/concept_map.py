"""The map of a library's concepts: similar usage puts them near each other.

Concepts are represented by the words of the sentences that mention them (`space.concept_vectors`),
projected onto a plane.
"""

from dataclasses import dataclass

import numpy as np

from workbench.brain.library.cooccurrence import Texts, word_counts
from workbench.errors import UsageError
from workbench.jobs import Cancel
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.kinds import type_name
from workbench.space import concept_vectors
from workbench.store import graph

#: Latest mentions of a concept that are read, and neighbours listed.
_MENTIONS, _NEIGHBORS = 64, 3
#: Most concepts of a map: each is compared with every other.
_LIMIT = 5_000
#: Concepts whose similarities are computed at a time.
_ROWS = 256


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A concept on the map, mostly within −1 and 1 on both axes, with its neighbours.

    `near` has indices in `ConceptMap.points`, by all dimensions, not only the two displayed.
    """

    concept: int
    name: str
    type: str
    mentions: int
    x: float
    y: float
    near: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ConceptMap:
    """The most frequently mentioned concepts with their positions, most frequent first.

    `share` is the share of variance in the two dimensions, 0 to 1.
    """

    points: tuple[MapPoint, ...]
    share: float


def concept_map(
    material: ConceptGraph,
    texts: Texts,
    language: str,
    limit: int,
    collection: str | None,
    cancel: Cancel | None,
) -> ConceptMap:
    """Map the concepts mentioned most; empty if too little was read.

    Raises `UsageError`, `NotFoundError` for an unknown collection, and `Cancelled`.
    """
    if not 1 <= limit <= _LIMIT:
        raise UsageError(
            "The number of concepts is out of range.",
            f"Give a number from 1 to {_LIMIT:,}, such as 500.",
        )
    stop = cancel or Cancel()
    engrams: list[int] = []
    of: list[int] = []
    with material.reading() as connection:
        members = material.visible_places(connection, collection)
        rows = graph.listing(connection, members, limit)
        for at, row in enumerate(rows):
            stop.check()
            text = graph.mentions(connection, row.id, members, _MENTIONS)
            engrams += text
            of += [at] * len(text)
    mentions = np.array(engrams, np.int64), np.array(of, np.int64)
    counts = word_counts(*mentions, len(rows), texts, language, stop)
    vectors = concept_vectors.vectors(counts)
    stop.check()
    existing = np.flatnonzero(np.any(vectors != 0, axis=1))
    vectors = vectors[existing]
    places, share = concept_vectors.project(vectors)
    neighbors = []
    for low in range(0, len(existing), _ROWS):
        stop.check()
        cosines = vectors[low : low + _ROWS] @ vectors.T
        cosines[np.arange(len(cosines)), low + np.arange(len(cosines))] = -2
        neighbors += np.argsort(-cosines, axis=1, kind="stable")[:, :_NEIGHBORS].tolist()
    points = tuple(
        MapPoint(row.id, row.name, type_name(row.type), row.mentions, x, y,
                 tuple(item for item in close if item != at))
        for at, (row, (x, y), close) in enumerate(
            zip((rows[i] for i in existing.tolist()), places.tolist(), neighbors, strict=True)
        )
    )  # fmt: skip
    return ConceptMap(points, share)
