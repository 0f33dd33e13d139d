"""Links of a memory: concepts it names, and memories that share some, by time or cause.

Nothing of this is stored: it is read from fibers when somebody asks, so that telling something
costs the same however much there is. The numbers are those of NeuralMemory's linking of memories
(package neural-memory, 4.63).
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
from workbench.store.concept_mentions import Triple
from workbench.store.graph import FiberRow, Places

#: Seconds within which two tellings are tied, how strongly, and how many at most.
_DAY, _TIME_WEIGHT, _TIME_LIMIT = 24 * 3600.0, 0.3, 5
#: Of one shared concept, what each more adds, and the most; how many memories at most.
_FIRST, _MORE, _SHARED_MAX, _SHARED = 0.3, 0.1, 0.7, 15
#: Concepts that more memories name than this tie none of them.
_HUB = 50
#: What a cause at the other end of an association passes on to memories that name it.
_PASSED = 0.6
_CAUSED = 5
#: Memories that say the same from which on no more make a tie stronger.
_EVIDENCE_LIMIT = 6
#: Memories that are looked at as those that are meant.
CUE_LIMIT = 20

_SAME = int(AssociationType.RELATED_TO)
_CAUSAL = FAMILIES["causal"]


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie to a concept or to a memory, by a kind ("mentions", or that of an association).

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
    """What these memories are tied to, the strongest first; `cues` are the concepts asked for.

    `kind` is that of an association or a family of them, "mentions", or None for all. Raises
    `UsageError` for no such kind.
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
                # Of many that hold the words it is but another one.
                continue
            place = tie.kind, tie.concept, tie.engram
            if place not in best or best[place].weight < tie.weight:
                best[place] = tie
    return sorted(
        best.values(), key=lambda tie: (-tie.weight, tie.engram is None, -(tie.engram or 0))
    )


class _Query(NamedTuple):
    """What ties are looked for: of which concepts (`cues`), where, of which kinds (None: all)."""

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
    """Concepts that this memory says to be joined with those asked for, or with one another."""
    concepts = fiber.pathway.concepts
    for head, type, tail in fiber.pathway.ties:
        ends = concepts[head], concepts[tail]
        outside = [end for end in ends if end not in query.cues]
        if not query.wants(type) or (query.cues and len(outside) == 2):
            # About something else.
            continue
        number = _evidence(query, (ends[0], type, ends[1]))
        for other in outside:
            yield Tie(kind_name(type), weights.of_evidence(type, number), concept=other)


def _evidence(query: _Query, tie: Triple) -> int:
    """How many memories of these places say so; no more are counted than make it stronger."""
    ends, places = verdicts.in_order(*tie), query.places
    if not places.everywhere:
        return max(1, len(graph.evidence(query.connection, ends, places, _EVIDENCE_LIMIT)))
    row = graph.association(query.connection, *ends)
    return 1 if row is None else row.evidence


def _caused(query: _Query, fiber: FiberRow) -> Iterator[Tie]:
    """Causes and effects that this memory tells, and other memories that name them."""
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
    """Memories that name concepts of this one, those first that share most."""
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
    """What was told to the same scope within a day: this one came before it, or after it."""
    if fiber.place not in query.places:
        return
    for engram, at in graph.contemporaries(query.connection, fiber, _DAY, _TIME_LIMIT):
        first = (fiber.at, fiber.engram) < (at, engram)
        type = AssociationType.BEFORE if first else AssociationType.AFTER
        if query.wants(type):
            yield Tie(kind_name(type), _TIME_WEIGHT, engram=engram)
