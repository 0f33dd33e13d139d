"""The map of a library's concepts: near each other where they are written of in like words.

A concept lies where the passages that mention it lie in the directions that the library taught
itself (`recall.topic_vectors`); the map is these directions laid flat.
"""

from dataclasses import dataclass

import numpy as np

from workbench.errors import UsageError
from workbench.jobs import Cancel
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.kinds import type_name
from workbench.recall.topic_vectors import Subjects
from workbench.space import projection
from workbench.store import graph

#: Mentions of a concept that are looked at, the newest; those that are nearest to it.
_MENTIONS, _NEAR = 64, 3
#: Concepts on one map: each is compared with every other.
_MOST = 5_000
#: Concepts whose nearness is counted at a time.
_ROWS = 256


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A concept on the map, −1 to 1 both ways for nearly all; `near` are those nearest to it.

    `near` holds places in `ConceptMap.points`, and goes by all directions, not by the two shown.
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
    """The concepts that are mentioned most, most first, with their places.

    `share` is how much of their differences the two directions show, 0 to 1.
    """

    points: tuple[MapPoint, ...]
    share: float


def concept_map(
    drawn: ConceptGraph,
    subjects: Subjects,
    limit: int,
    collection: str | None,
    cancel: Cancel | None,
) -> ConceptMap:
    """The map of the concepts that are mentioned most; empty where too little was read.

    Raises `UsageError`, `NotFoundError` for no such collection, and `Cancelled`.
    """
    if not 1 <= limit <= _MOST:
        raise UsageError(
            "The number of concepts is out of range.",
            f"Give a number from 1 to {_MOST:,}, such as 500.",
        )
    stop = cancel or Cancel()
    engrams: list[int] = []
    of: list[int] = []
    with drawn.reading() as connection:
        among = drawn.visible_places(connection, collection)
        rows = graph.listing(connection, among, limit=limit)
        for at, row in enumerate(rows):
            stop.check()
            said = graph.mentions(connection, row.id, among, _MENTIONS)
            engrams += said
            of += [at] * len(said)
    vectors = subjects.company(np.array(engrams, np.int64), np.array(of, np.int64), len(rows))
    stop.check()
    known = np.flatnonzero(np.any(vectors != 0, axis=1))
    vectors = vectors[known]
    places, share = projection.flat(vectors)
    near = []
    for low in range(0, len(known), _ROWS):
        stop.check()
        cosines = vectors[low : low + _ROWS] @ vectors.T
        cosines[np.arange(len(cosines)), low + np.arange(len(cosines))] = -2
        near += np.argsort(-cosines, axis=1, kind="stable")[:, :_NEAR].tolist()
    points = tuple(
        MapPoint(row.id, row.name, type_name(row.type), row.mentions, x, y,
                 tuple(each for each in close if each != at))
        for at, (row, (x, y), close) in enumerate(
            zip((rows[i] for i in known.tolist()), places.tolist(), near, strict=True)
        )
    )  # fmt: skip
    return ConceptMap(points, share)
