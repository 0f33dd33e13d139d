"""Links of a memory: concepts it names, and memories that share some, by time or cause.

Nothing of this is stored: links are computed from fibers on demand, so that the cost of storing a
statement is constant. The constants are those of memory linking in neural-memory 4.63.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from workbench.memory.concepts.records import AssociationType
from workbench.memory.graph import weights
from workbench.memory.graph.kinds import FAMILIES, kind_name, kinds_of
from workbench.store import graph, verdicts
from workbench.store.graph import FiberRow, Places

#: The time window in seconds, the weight of such a tie, and the maximum number.
_DAY, _TIME_WEIGHT, _TIME_LIMIT = 24 * 3600.0, 0.3, 5
#: The weight for one shared concept, the increment for each more, the maximum; and the maximum
#: number of memories.
_FIRST, _MORE, _SHARED_MAX, _SHARED = 0.3, 0.1, 0.7, 15
#: Concepts that more memories name tie none of them.
_HUB = 50
#: The factor by which a causal association weighs memories that name its other end.
_PASSED = 0.6
_CAUSED = 5
#: Memories beyond which evidence no longer strengthens a tie.
_EVIDENCE_LIMIT = 6
#: Maximum memories that a cue selects.
CUE_LIMIT = 20

_SAME = int(AssociationType.RELATED_TO)
_CAUSAL = FAMILIES["causal"]


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie to a concept or a memory; `kind` is "mentions" or an association type.

    `through` are the concepts that two memories share.
    """

    kind: str
    weight: float
    concept: int | None = None
    engram: int | None = None
    through: tuple[int, ...] = ()


def ties(
    connection: sqlite3.Connection,
    engrams: Sequence[int],
    cues: Collection[int],
    places: Places,
    kind: str | None = None,
) -> list[Tie]:
    """The ties of these memories, the strongest first; `cues` are the concepts of the query.

    `kind` is an association type or family, "mentions", or None for all. Raises `UsageError` for an
    unknown kind.
    """
    types = None if kind in (None, "mentions") else kinds_of(str(kind))
    crowded, cue_set = len(engrams) >= CUE_LIMIT, set(cues)
    query = _Query(connection, cue_set, places, types)
    best: dict[tuple[str, int | None, int | None], Tie] = {}
    for fiber in graph.fibers(connection, engrams[:CUE_LIMIT]).values():
        for tie in _of_fiber(query, fiber, kind):
            if tie.engram in engrams:
                continue
            if crowded and tie.through and cue_set.issuperset(tie.through):
                # It shares only concepts of the cue, which many memories match.
                continue
            place = tie.kind, tie.concept, tie.engram
            if place not in best or best[place].weight < tie.weight:
                best[place] = tie
    return sorted(
        best.values(), key=lambda tie: (-tie.weight, tie.engram is None, -(tie.engram or 0))
    )


class _Query(NamedTuple):
    """The query: concepts (`cues`), places, and association types (None: all)."""

    connection: sqlite3.Connection
    cues: Collection[int]
    places: Places
    types: Collection[int] | None

    def wants(self, type: int) -> bool:
        return self.types is None or type in self.types


def _of_fiber(query: _Query, fiber: FiberRow, kind: str | None) -> Iterator[Tie]:
    if kind in (None, "mentions"):
        for step in fiber.pathway.steps:
            if step.concept not in query.cues:
                yield Tie("mentions", round(step.weight, 4), concept=step.concept)
    if kind != "mentions":
        yield from _joined(query, fiber)
        yield from _caused(query, fiber)
        if query.wants(_SAME):
            yield from _shared(query, fiber)
        yield from _by_time(query, fiber)


def _joined(query: _Query, fiber: FiberRow) -> Iterator[Tie]:
    """Concepts that this memory associates with the cues, or with one another."""
    concepts = fiber.pathway.concepts
    for head, type, tail in fiber.pathway.ties:
        ends = concepts[head], concepts[tail]
        outside = [end for end in ends if end not in query.cues]
        if not query.wants(type) or (query.cues and len(outside) == 2):
            # About something else.
            continue
        joined = verdicts.in_order(ends[0], type, ends[1])
        number = len(graph.evidence(query.connection, joined, query.places, _EVIDENCE_LIMIT)) or 1
        for other in outside:
            yield Tie(kind_name(type), weights.of_evidence(type, number), concept=other)


def _caused(query: _Query, fiber: FiberRow) -> Iterator[Tie]:
    """Causes and effects in this memory, and other memories that name them."""
    concepts, connection, places = fiber.pathway.concepts, query.connection, query.places
    for head, type, tail in fiber.pathway.ties:
        if type not in _CAUSAL or not query.wants(type):
            continue
        base = weights.of_evidence(type, 1)
        for end in (concepts[head], concepts[tail]):
            if end in query.cues:
                continue
            yield Tie(kind_name(type), base, concept=end)
            if graph.mentioning(connection, [end], places).get(end, 0) > _HUB:
                continue
            for engram in graph.mentions(connection, end, places, _CAUSED + 1):
                if engram != fiber.engram:
                    yield Tie(kind_name(type), base * _PASSED, engram=engram, through=(end,))


def _shared(query: _Query, fiber: FiberRow) -> Iterator[Tie]:
    """Memories that share concepts with this one, most shared first."""
    numbers = graph.mentioning(query.connection, fiber.pathway.concepts, query.places)
    sharing: defaultdict[int, list[int]] = defaultdict(list)
    for concept, number in numbers.items():
        if 1 < number <= _HUB:
            for engram in graph.mentions(query.connection, concept, query.places):
                if engram != fiber.engram:
                    sharing[engram].append(concept)
    best = sorted(sharing, key=lambda engram: (-len(sharing[engram]), -engram))[:_SHARED]
    for engram in best:
        through = sharing[engram]
        weight = min(_SHARED_MAX, _FIRST + _MORE * (len(through) - 1))
        yield Tie(kind_name(_SAME), weight, engram=engram, through=tuple(through))


def _by_time(query: _Query, fiber: FiberRow) -> Iterator[Tie]:
    """Statements of the same scope within a day, before or after this one."""
    if fiber.place not in query.places:
        return
    for engram, at in graph.contemporaries(query.connection, fiber, _DAY, _TIME_LIMIT):
        first = (fiber.at, fiber.engram) < (at, engram)
        type = AssociationType.BEFORE if first else AssociationType.AFTER
        if query.wants(type):
            yield Tie(kind_name(type), _TIME_WEIGHT, engram=engram)
