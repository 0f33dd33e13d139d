"""Looking at concepts: lists of them, one with its neighbours and history, and the evidence.

Who looks within a collection sees only what is mentioned, said and counted there.
"""

import math
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from workbench.arguments import Id, Words
from workbench.errors import NotFoundError, UsageError
from workbench.memory.concepts.records import AssociationType, ConceptType
from workbench.memory.graph import weights
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.drawn_graph import DrawnGraph
from workbench.memory.graph.kinds import UNDIRECTED, concept_type, kind_name, kinds_of, type_name
from workbench.memory.graph.records import Concept, ConceptCard, Mention, Neighbour
from workbench.store import concept_mentions, graph, verdicts
from workbench.store.concept_mentions import Triple
from workbench.store.graph import AssociationRow, ConceptRow, Places

ORDERS = ("telling", "mentions", "name", "last")
#: Mentions and neighbours on a card.
_HISTORY, _NEIGHBOURS = 50, 100
_PART = 1024
#: Mentions whose writings are shown; associations of a hub that are weighed, by evidence.
_WRITTEN, _WEIGHED = 256, 400
#: Neighbours from which on those that are merely named beside are left out; mentions looked at.
_ENOUGH, _LOOKED = 12, 256
_BESIDE = int(AssociationType.CO_OCCURS)
#: Memories from which on two names have something to do with each other.
_TOGETHER = 3
#: How much what was done tells of a concept, against what it is.
_DONE = 0.7
_NAMED = (int(ConceptType.ENTITY), int(ConceptType.SPATIAL))

Which = Id | Words


def listing(
    held: ConceptGraph,
    words: str | None = None,
    *,
    type: str | None = None,
    collection: str | None = None,
    limit: int = 100,
    order: str = "telling",
) -> list[Concept]:
    """The telling concepts of a collection (None: of the library); with `words` all they name.

    Raises `UsageError` for a type or an order that there is not, `NotFoundError` for a collection.
    """
    of = None if type is None else concept_type(type)
    if order not in ORDERS:
        raise UsageError(f"“{order}” is no order.", f"Choose one of {', '.join(ORDERS)}.")
    with held.reading() as connection:
        among = held.shown(connection, collection)
        if words is None:
            rows = _telling(connection, held.graphs.graph(connection, among), among, of, order)
            rows = rows if limit < 0 else rows[:limit]
        else:
            found = [*held.named(connection, words), *graph.like(connection, words)]
            rows = [
                row
                for row in within(connection, {row.id: row for row in found}.values(), among)
                if of is None or row.type == of
            ]
            rows = rows if limit < 0 else rows[:limit]
        return [told(connection, row, among) for row in rows]


def _telling(
    connection: sqlite3.Connection, drawn: DrawnGraph, among: Places, type: int | None, order: str
) -> list[ConceptRow]:
    """The concepts of the drawn graph that are mentioned in these places, in an order."""
    found: list[ConceptRow] = []
    worth: dict[int, float] = {}
    for row in graph.by_ids(connection, drawn.scores).values():
        here = drawn.mentions.get(row.id, 0)
        if (type is None or row.type == type) and (here or (row.kept and among.only is None)):
            found.append(replace(row, mentions=here))
            # Of what tells most somewhere else counts what is said here.
            worth[row.id] = drawn.scores[row.id] * math.log2(1 + here) / math.log2(2 + row.mentions)
    if order == "name":
        return sorted(found, key=lambda row: (row.name.casefold(), row.id))
    if order == "last":
        return sorted(found, key=lambda row: (row.last or 0.0, row.id), reverse=True)
    if order == "mentions":
        return sorted(found, key=lambda row: (-row.mentions, row.id))
    return sorted(found, key=lambda row: (-worth[row.id], -row.mentions, row.id))


def card(held: ConceptGraph, which: Which, *, collection: str | None = None) -> ConceptCard:
    """A concept by its number or its name, with its neighbours and history.

    Raises `NotFoundError` for one that there is not, or not in this collection.
    """
    with held.reading() as connection:
        among = held.shown(connection, collection)
        row = wanted(held, connection, which, among)
        engrams = graph.mentions(connection, row.id, among)
        return ConceptCard(
            told(connection, row, among),
            _forms(connection, row, engrams),
            neighbours(held, connection, row.id, among, engrams)[:_NEIGHBOURS],
            _history(connection, engrams[:_HISTORY]),
        )


def evidence(
    held: ConceptGraph,
    head: Which,
    kind: str,
    tail: Which,
    *,
    collection: str | None = None,
    limit: int = 50,
) -> list[Mention]:
    """The memories that say an association, the newest first.

    Raises `NotFoundError` for concepts that there are not, `UsageError` for a kind.
    """
    types = kinds_of(kind)
    with held.reading() as connection:
        among = held.shown(connection, collection)
        ends = [wanted(held, connection, each, among).id for each in (head, tail)]
        found: dict[int, None] = {}
        for type in sorted(types):
            a, b = sorted(ends) if type in UNDIRECTED else ends
            said = graph.evidence(connection, (a, type, b), among, limit)
            if type == _BESIDE and graph.association(connection, a, type, b) is None:
                said = graph.holding(connection, {a, b}, among, limit)
            found.update(dict.fromkeys(said))
        newest = sorted(found, reverse=True)
        return mentioned(connection, newest if limit < 0 else newest[:limit])


def wanted(
    held: ConceptGraph, connection: sqlite3.Connection, which: Which, among: Places
) -> ConceptRow:
    """The one concept that is meant: of several of a name the one mentioned most there."""
    if isinstance(which, int):
        rows = list(graph.by_ids(connection, [which]).values())
    else:
        exact = graph.called(connection, which)
        known = graph.by_ids(connection, exact)
        rows = [known[id] for id in exact] or held.named(connection, which)
    rows = within(connection, rows, among)
    if not rows:
        name = f"number {which}" if isinstance(which, int) else f"“{which}”"
        raise NotFoundError(f"There is no concept {name}.", "See `workbench list concepts`.")
    return max(rows, key=lambda row: row.mentions)


def told(connection: sqlite3.Connection, row: ConceptRow, among: Places) -> Concept:
    """A concept as it is handed out; its times are looked up where they are not known."""
    first, last = row.first, row.last
    if row.mentions and (first is None or not among.everywhere):
        first, last = graph.times_within(connection, row.id, among)
    return Concept(row.id, row.name, type_name(row.type), row.mentions, first, last, row.kept)


def neighbours(
    held: ConceptGraph,
    connection: sqlite3.Connection,
    concept: int,
    among: Places,
    engrams: Sequence[int],
) -> tuple[Neighbour, ...]:
    """What a concept is associated with in these places, what tells most of it first."""
    rows = graph.neighbours(connection, concept, limit=_WEIGHED if among.everywhere else -1)
    if not among.everywhere:
        rows = counted(connection, concept, rows, engrams)
    rows += beside(connection, concept, rows, engrams)
    now = held.store.clock()
    known = graph.by_ids(connection, {_other(row, concept) for row in rows})
    found = [
        Neighbour(
            id=there.id,
            name=there.name,
            type=type_name(there.type),
            kind=kind_name(row.type),
            outgoing=row.head == concept,
            directed=row.type not in UNDIRECTED,
            weight=round(weights.weight(row, now), 4),
            evidence=row.evidence,
        )
        for row in rows
        if (there := known.get(_other(row, concept))) is not None
    ]
    centre = graph.by_ids(connection, [concept]).get(concept)
    name = "" if centre is None else centre.name
    enough = 1 + math.log2(max(len(engrams), 1)) / 2
    return tuple(
        sorted(found, key=lambda each: (-_weight_of(each, name, enough), -each.evidence, each.name))
    )


def _weight_of(neighbour: Neighbour, name: str, enough: float) -> float:
    """How much a neighbour tells of a concept that is `name`d often, 0 to 1.

    Of what is mentioned often, what was said of it only once tells little; so does what was done
    beside what it is or whom it is with.
    """
    told = neighbour.weight * min(1.0, neighbour.evidence / enough)
    if neighbour.type == "action":
        told *= 0.5 if name and name in neighbour.name else _DONE
    return told


def mentioned(connection: sqlite3.Connection, engrams: Sequence[int]) -> list[Mention]:
    """Memories with where they are from, in this order; those that are gone are left out."""
    rows = {row[0]: Mention(*row) for row in graph.memories(connection, engrams)}
    return [rows[engram] for engram in engrams if engram in rows]


def named_by(
    connection: sqlite3.Connection, engrams: Sequence[int], among: Places, limit: int
) -> list[Concept]:
    """The concepts that memories name, in their order, each once."""
    known = graph.fibers(connection, engrams)
    ids = dict.fromkeys(
        step.concept for engram in engrams if engram in known for step in known[engram].way.steps
    )
    rows = graph.by_ids(connection, list(ids)[:limit])
    return [told(connection, rows[id], among) for id in ids if id in rows]


def _history(connection: sqlite3.Connection, engrams: Sequence[int]) -> tuple[Mention, ...]:
    return tuple(sorted(mentioned(connection, engrams), key=lambda each: (each.at, each.engram)))


def within(
    connection: sqlite3.Connection, rows: Iterable[ConceptRow], among: Places
) -> list[ConceptRow]:
    """Those that are mentioned in these places, counted there; what is kept is shown everywhere."""
    if among.everywhere:
        return list(rows)
    counted = (
        replace(row, mentions=graph.mention_count(connection, row.id, among)) for row in rows
    )
    return [row for row in counted if row.mentions or (row.kept and among.only is None)]


def _forms(
    connection: sqlite3.Connection, row: ConceptRow, engrams: Sequence[int]
) -> tuple[str, ...]:
    """How those memories write a concept, the usual way first, without its name."""
    forms: Counter[str] = Counter()
    part = engrams[:_WRITTEN]
    texts = {each.engram: each.text for each in mentioned(connection, part)}
    for engram, fiber in graph.fibers(connection, part).items():
        for step in fiber.way.steps:
            if step.concept == row.id and engram in texts and step.start < step.end:
                forms[" ".join(texts[engram][step.start : step.end].split())] += 1
    return tuple(form for form, _ in forms.most_common() if form and form != row.name)


def beside(
    connection: sqlite3.Connection,
    concept: int,
    rows: Sequence[AssociationRow],
    engrams: Sequence[int],
) -> list[AssociationRow]:
    """What the newest memories name beside a concept.

    Where enough else is known of it, no more than the names that stand there again and again.
    """
    numbers: Counter[int] = Counter()
    for fiber in graph.fibers(connection, engrams[:_LOOKED]).values():
        numbers.update(set(fiber.way.concepts))
    joined = {_other(row, concept) for row in rows if row.type != _BESIDE} | {concept}
    joined |= {other for one, other in verdicts.parted(connection) if one == concept}
    counted = {(row.head, row.tail): row for row in rows if row.type == _BESIDE}
    enough = len(rows) >= _ENOUGH
    often = [
        (other, number)
        for other, number in numbers.most_common()
        if other not in joined and number >= (_TOGETHER if enough else 1)
    ]
    if enough:
        known = graph.by_ids(connection, [other for other, _ in often])
        often = [each for each in often if known[each[0]].type in _NAMED]
    found: list[AssociationRow] = []
    for other, number in often[:_ENOUGH]:
        ends = min(concept, other), max(concept, other)
        if ends not in counted:
            found.append(AssociationRow(ends[0], _BESIDE, ends[1], number))
    return found


def _other(row: AssociationRow, concept: int) -> int:
    return row.tail if row.head == concept else row.head


def counted(
    connection: sqlite3.Connection,
    concept: int,
    rows: Sequence[AssociationRow],
    engrams: Sequence[int],
) -> list[AssociationRow]:
    """Associations with the evidence that these memories give; those without any are left out."""
    numbers: Counter[Triple] = Counter()
    for begin in range(0, len(engrams), _PART):
        for fiber in graph.fibers(connection, engrams[begin : begin + _PART]).values():
            numbers.update(concept_mentions.triples_of(fiber.way))
    return [
        replace(row, evidence=number)
        for row in rows
        if (number := numbers[row.head, row.type, row.tail])
    ]
