"""Links of a memory: concepts it names, and memories that share some, by time or cause.

Nothing of this is stored: it is read from fibers when somebody asks, so that telling something
costs the same however much there is. The numbers are those of NeuralMemory's linking of memories
(package neural-memory, 4.63).
"""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from workbench.memory.concepts.records import AssociationType
from workbench.memory.graph import weights
from workbench.memory.graph.kinds import FAMILIES, kind_name, kinds_of
from workbench.store import graph
from workbench.store.concept_mentions import UNDIRECTED, Triple
from workbench.store.graph import FiberRow, Places

#: Seconds within which two tellings are tied, how strongly, and how many at most.
_DAY, _NEAR, _AROUND = 24 * 3600.0, 0.3, 5
#: Of one shared concept, what each more adds, and the most; how many memories at most.
_FIRST, _MORE, _MOST, _SHARED = 0.3, 0.1, 0.7, 15
#: Concepts that more memories name than this tie none of them.
_HUB = 50
#: What a cause at the other end of an association passes on to memories that name it.
_PASSED = 0.6
_CAUSED = 5
#: Memories that say the same from which on no more make a tie stronger.
_TELLING = 6
#: Memories that are looked at as those that are meant.
MEANT = 20

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
    meant: Sequence[int],
    about: Collection[int],
    among: Places,
    kind: str | None = None,
) -> list[Tie]:
    """What these memories are tied to, the strongest first; `about` are the concepts asked for.

    `kind` is that of an association or a family of them, "mentions", or None for all. Raises
    `UsageError` for no such kind.
    """
    wanted = None if kind in (None, "mentions") else kinds_of(str(kind))
    fibers = list(graph.fibers(connection, meant[:MEANT]).values())
    crowded, asked = len(meant) >= MEANT, set(about)
    best: dict[tuple[str, int | None, int | None], Tie] = {}
    for tie in _all(connection, fibers, about, among, kind, wanted):
        if tie.engram in meant:
            continue
        if crowded and tie.through and asked.issuperset(tie.through):
            # Of many that hold the words it is but another one.
            continue
        place = tie.kind, tie.concept, tie.engram
        if place not in best or best[place].weight < tie.weight:
            best[place] = tie
    return sorted(
        best.values(), key=lambda tie: (-tie.weight, tie.engram is None, -(tie.engram or 0))
    )


def _all(
    connection: sqlite3.Connection,
    fibers: Sequence[FiberRow],
    about: Collection[int],
    among: Places,
    kind: str | None,
    wanted: Collection[int] | None,
) -> Iterator[Tie]:
    for fiber in fibers:
        if kind in (None, "mentions"):
            yield from _named(fiber, about)
        if kind == "mentions":
            continue
        yield from _joined(connection, fiber, about, among, wanted)
        if wanted is None or not _CAUSAL.isdisjoint(wanted):
            yield from _caused(connection, fiber, about, among, wanted)
        if wanted is None or _SAME in wanted:
            yield from _shared(connection, fiber, among)
        yield from _around(connection, fiber, among, wanted)


def _named(fiber: FiberRow, about: Collection[int]) -> Iterator[Tie]:
    for step in fiber.way.steps:
        if step.concept not in about:
            yield Tie("mentions", round(step.weight, 4), concept=step.concept)


def _joined(
    connection: sqlite3.Connection,
    fiber: FiberRow,
    about: Collection[int],
    among: Places,
    wanted: Collection[int] | None,
) -> Iterator[Tie]:
    """Concepts that this memory says to be joined with those asked for, or with one another."""
    concepts = fiber.way.concepts
    for head, type, tail in fiber.way.ties:
        if wanted is not None and type not in wanted:
            continue
        ends = concepts[head], concepts[tail]
        others = [end for end in ends if end not in about]
        if about and len(others) == 2:
            # About something else.
            continue
        number = _evidence(connection, (ends[0], type, ends[1]), among)
        for other in others:
            yield Tie(kind_name(type), weights.of_evidence(type, number), concept=other)


def _evidence(connection: sqlite3.Connection, tie: Triple, among: Places) -> int:
    """How many memories of these places say so; no more are counted than make it stronger."""
    head, type, tail = tie
    if type in UNDIRECTED and tail < head:
        head, tail = tail, head
    if not among.everywhere:
        return max(1, len(graph.evidence(connection, (head, type, tail), among, _TELLING)))
    row = graph.association(connection, head, type, tail)
    return 1 if row is None else row.evidence


def _caused(
    connection: sqlite3.Connection,
    fiber: FiberRow,
    about: Collection[int],
    among: Places,
    wanted: Collection[int] | None,
) -> Iterator[Tie]:
    """Causes and effects that this memory tells, and other memories that name them."""
    concepts = fiber.way.concepts
    for head, type, tail in fiber.way.ties:
        if type not in _CAUSAL or (wanted is not None and type not in wanted):
            continue
        base = weights.of_evidence(type, 1)
        for end in (concepts[head], concepts[tail]):
            if end in about:
                continue
            yield Tie(kind_name(type), base, concept=end)
            if graph.mentioning(connection, [end], among).get(end, 0) > _HUB:
                continue
            for engram in graph.mentions(connection, end, among, _CAUSED + 1):
                if engram != fiber.engram:
                    yield Tie(kind_name(type), base * _PASSED, engram=engram, through=(end,))


def _shared(connection: sqlite3.Connection, fiber: FiberRow, among: Places) -> Iterator[Tie]:
    """Memories that name concepts of this one, those first that share most."""
    numbers = graph.mentioning(connection, fiber.way.concepts, among)
    sharing: dict[int, list[int]] = {}
    for concept, number in numbers.items():
        if 1 < number <= _HUB:
            for engram in graph.mentions(connection, concept, among):
                if engram != fiber.engram:
                    sharing.setdefault(engram, []).append(concept)
    most = sorted(sharing, key=lambda engram: (-len(sharing[engram]), -engram))[:_SHARED]
    for engram in most:
        through = sharing[engram]
        weight = min(_MOST, _FIRST + _MORE * (len(through) - 1))
        yield Tie(kind_name(_SAME), weight, engram=engram, through=tuple(through))


def _around(
    connection: sqlite3.Connection,
    fiber: FiberRow,
    among: Places,
    wanted: Collection[int] | None,
) -> Iterator[Tie]:
    """What was told to the same scope within a day: this one came before it, or after it."""
    if fiber.place not in among:
        return
    for engram, at in graph.around(connection, fiber, _DAY, _AROUND):
        first = (fiber.at, fiber.engram) < (at, engram)
        type = AssociationType.BEFORE if first else AssociationType.AFTER
        if wanted is None or type in wanted:
            yield Tie(kind_name(type), _NEAR, engram=engram)
