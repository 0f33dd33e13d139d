"""Edges of the graph with the statements behind each.

An edge is named "head:type:tail". Its strength is 1 − Π(1 − c) over what says it, saturating for
each source. What the user rejects is hidden everywhere, by the keys of its ends, until that is
taken back; what contradicts is kept and marked.
"""

import sqlite3
from collections import Counter
from collections.abc import Collection, Sequence

from workbench.errors import NotFoundError, UsageError
from workbench.memory.concepts.keys import key_of
from workbench.memory.concepts.records import AssociationType, ConceptType
from workbench.memory.graph import concept_cards, relations, weights
from workbench.memory.graph.concept_cards import Which
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.drawn_graph import DrawnGraph, Pair, ordered, overlap
from workbench.memory.graph.kinds import kind_name, kind_words, kinds_of, type_name
from workbench.memory.graph.records import Edge, Mention, Neighbourhood, Node, Saying
from workbench.memory.graph.source_words import prose
from workbench.store import graph, sayings, verdicts
from workbench.store.concept_mentions import UNDIRECTED
from workbench.store.edges import Ends
from workbench.store.graph import AssociationRow, ConceptRow, Places
from workbench.store.relation_rows import MODAL, NEGATED, TURNED
from workbench.store.sayings import EdgeRow, SayingRow, Wording
from workbench.store.verdicts import CONFIRMED, REJECTED, Verdicts

EXPLICIT, EMERGENT, PREDICTED, YES = TAGS = "explicit", "emergent", "predicted", "confirmed"
_DENIED, _CO_OCCURS = int(AssociationType.DENIED), int(AssociationType.CO_OCCURS)
_TIME, _PLACES = (
    int(ConceptType.TIME),
    frozenset((int(ConceptType.SPATIAL), int(ConceptType.ENTITY))),
)
#: Sentences of a pair that are looked at.
_BESIDE = 400
#: Characters between two names that are not both written there.
_FAR = 10_000
#: Pairs of a concept with very many that are looked at.
_LOOKED = 100
#: What is shown beside a concept that nothing joins, and how close in a sentence that stands.
_ALONE, _CLOSE = 4, 45
#: Pairs of a concept from which on nothing is added to them, how many of its statements are looked
#: at where there are fewer, and how sure one must be.
_ENOUGH, _STATED, _SURE = 12, 40, 0.4
#: Letters of a word that a name may hold in small ones.
_SMALL_WORD = 3
#: Words shown of a relation.
_LONGEST = 60


def neighbourhood(
    held: ConceptGraph,
    which: Which,
    *,
    collection: str | None = None,
    limit: int = 40,
    offset: int = 0,
    tags: Collection[str] | None = None,
    kinds: Collection[str] | None = None,
    stated_only: bool = True,
) -> Neighbourhood:
    """A concept with `limit` edges of the drawn graph after the `offset` most telling ones.

    A concept that is not drawn itself has what is stated of it and a drawn one; a name of which
    little is drawn has what is stated of it and other names, in its own view only. Raises
    `NotFoundError`, and `UsageError` for a tag or a kind that there is not.
    """
    types = _types(kinds)
    if wrong := set(tags or ()) - set(TAGS):
        raise UsageError(f"“{wrong.pop()}” is not a tag.", f"Choose one of {', '.join(TAGS)}.")
    with held.drawn() as connection:
        among = held.shown(connection, collection)
        centre = concept_cards.wanted(held, connection, which, among)
        said = verdicts.verdicts(connection)
        drawn = held.graphs.graph(connection, among)
        looked = None if limit < 0 else max(_LOOKED, offset + limit)
        every = of_concept(connection, drawn, centre.id, among, looked)
        rows = [
            row
            for row in every
            if (types is None or row.type in types)
            and (_tag(row, said) in tags if tags else True)
            and (not stated_only or _tag(row, said) != EMERGENT)
        ]
        shown = rows[offset:] if limit < 0 else rows[offset : offset + limit]
        made = told(connection, shown, among, said)
        ids = dict.fromkeys([centre.id, *(end for edge in made for end in (edge.head, edge.tail))])
        nodes = _nodes(connection, list(ids), drawn)
        more = 0 if looked is None else max(len(drawn.beside.get(centre.id, ())) - looked, 0)
        return Neighbourhood(centre.id, nodes, made, len(rows) + more)


def between(
    held: ConceptGraph, ids: Sequence[int], *, collection: str | None = None, limit: int = 200
) -> tuple[Edge, ...]:
    """The edges of the drawn graph among these concepts, the most telling first."""
    with held.drawn() as connection:
        among = held.shown(connection, collection)
        said = verdicts.verdicts(connection)
        drawn = held.graphs.graph(connection, among)
        wanted = set(ids)
        pairs = {
            (pair.a, pair.b): pair
            for one in wanted
            for pair in drawn.around(one)
            if pair.a in wanted and pair.b in wanted
        }
        best = sorted(pairs.values(), key=lambda pair: (-pair.weight, pair.a, pair.b))
        rows = of_pairs(connection, best, among, said)
        return told(connection, rows if limit < 0 else rows[:limit], among, said)


def of_concept(
    connection: sqlite3.Connection,
    drawn: DrawnGraph,
    centre: int,
    among: Places,
    most: int | None = None,
) -> list[EdgeRow]:
    """The edges of a concept's first `most` pairs, in order, with those that the user confirms.

    What nothing joins has what sentences name beside it, as if that were drawn.
    """
    said = verdicts.verdicts(connection)
    around = drawn.around(centre, most)
    if centre in drawn.scores:
        rows = of_pairs(connection, around, among, said)
        if len(around) < _ENOUGH:
            rows += _of_names(connection, centre, around, among, said, drawn.often)
    else:
        found, _ = sayings.around(connection, centre, among, without=_rejected(said))
        rows = [row for row in found if row.head + row.tail - centre in drawn.scores]
    there = {row.ends for row in rows}
    yes = [
        ends
        for ends, what in said.items()
        if what == CONFIRMED and centre in (ends[0], ends[2]) and ends not in there
    ]
    rows += _known(connection, yes, among)
    return rows or _beside_it(connection, drawn, centre, among)


def _beside_it(
    connection: sqlite3.Connection, drawn: DrawnGraph, centre: int, among: Places
) -> list[EdgeRow]:
    """The drawn concepts that a concept's sentences name close beside it, most often first."""
    numbers: Counter[int] = Counter()
    engrams = graph.mentions(connection, centre, among)[:_BESIDE]
    texts = sayings.words(connection, engrams)
    engrams = [each for each in engrams if prose(texts.get(each, ""))] or engrams
    for fiber in graph.fibers(connection, engrams).values():
        written = [step for step in fiber.way.steps if step.start < step.end]
        own = [(step.start, step.end) for step in written if step.concept == centre]
        numbers.update(
            {
                step.concept
                for step in written
                if step.concept in drawn.scores and _gap(own, [(step.start, step.end)]) <= _CLOSE
            }
        )
    parted = verdicts.parted(connection)
    names = {id: row.name for id, row in graph.by_ids(connection, {*numbers, centre}).items()}
    best = [
        id
        for id, _ in sorted(numbers.items(), key=lambda each: (-each[1], -drawn.scores[each[0]]))
        if id in names and not overlap(names[id], names[centre]) and (centre, id) not in parted
    ]
    return [
        _bare(AssociationRow(min(centre, id), _CO_OCCURS, max(centre, id), numbers[id]))
        for id in best[:_ALONE]
    ]


def _of_names(
    connection: sqlite3.Connection,
    centre: int,
    around: Sequence[Pair],
    among: Places,
    said: Verdicts,
    often: float,
) -> list[EdgeRow]:
    """What is surely stated, plainly or so `often`, of a name and names not drawn beside it."""
    without = _rejected(said)
    found, _ = sayings.around(connection, centre, among, without=without, limit=_STATED)
    beside = {pair.a + pair.b - centre for pair in around}
    others = {row.head + row.tail - centre for row in found} - beside
    named = {id for id, row in graph.by_ids(connection, {centre, *others}).items() if _named(row)}
    if centre not in named:
        return []
    pairs = [(centre, other) for other in named & others]
    plain = sayings.joining(connection, pairs, among, plainly=True)
    loose = [row for row in sayings.joining(connection, pairs, among) if row.sayings >= often]
    rows = {row.ends: row for row in (*plain, *loose)}.values()
    sure = [row for row in rows if row.strength >= _SURE and row.ends not in without]
    return sure[: _ENOUGH - len(around)]


def _named(row: ConceptRow) -> bool:
    """Whether a concept is written as a name is, but for words such as "of"."""
    return row.name[:1].isupper() and all(
        word[0].isupper() for word in row.name.split() if len(word) > _SMALL_WORD
    )


def _rejected(said: Verdicts) -> set[Ends]:
    return {ends for ends, what in said.items() if what == REJECTED}


def of_pairs(
    connection: sqlite3.Connection, pairs: Sequence[Pair], among: Places, said: Verdicts
) -> list[EdgeRow]:
    """The edges of pairs, in their order: what statements say, else that they stand together."""
    stated: dict[tuple[int, int], list[EdgeRow]] = {}
    joined = [(pair.a, pair.b) for pair in pairs if pair.stated]
    for plainly in (True, False):
        for row in sayings.joining(connection, joined, among, plainly=plainly):
            if said.get(row.ends) != REJECTED:
                stated.setdefault(ordered(row.head, row.tail), []).append(row)
        joined = [ends for ends in joined if ends not in stated]
    found: list[EdgeRow] = []
    for pair in pairs:
        held = stated.get((pair.a, pair.b), [])
        found += held
        beside = pair.a, _CO_OCCURS, pair.b
        if not held and said.get(beside) != REJECTED and pair.sentences and pair.npmi > 0:
            strength = round(min(pair.npmi, 1.0), 4)
            found.append(EdgeRow(*beside, strength, pair.sentences, 0, 0.0, 0.0))
    return found


def one(held: ConceptGraph, id: str, *, collection: str | None = None) -> Edge:
    """The edge of that name, also a rejected one. Raises `NotFoundError`, and `UsageError`."""
    ends = ends_of(id)
    with held.drawn() as connection:
        among = held.shown(connection, collection)
        rows = _known(connection, [ends], among)
        made = told(connection, rows, among, verdicts.verdicts(connection))
    if not made:
        raise _missing(id)
    return made[0]


def said(
    held: ConceptGraph, id: str, *, collection: str | None = None, limit: int = 50
) -> list[Saying]:
    """The statements that say an edge, the surest first.

    Of what merely stands together, the newest that name both. Raises `UsageError` for no name of
    an edge.
    """
    ends = ends_of(id)
    with held.drawn() as connection:
        among = held.shown(connection, collection)
        rows = sayings.of(connection, ends, among, limit)
        found = [saying(row, kind_words(ends[1])) for row in rows]
        if found:
            return found
        if ends[1] == AssociationType.CO_OCCURS:
            return together(connection, ends[0], ends[2], among, limit)
        engrams = graph.evidence(connection, ends, among, limit)
        return [_beside(each, ends[1]) for each in concept_cards.mentioned(connection, engrams)]


def saying(row: SayingRow, otherwise: str) -> Saying:
    """A statement that says an edge as it is handed out; `otherwise` words what it does not."""
    return Saying(
        engram=row.engram,
        text=row.text,
        relation=row.text[row.start : row.end] or otherwise,
        start=row.start,
        end=row.end,
        negated=bool(row.flags & NEGATED),
        modal=bool(row.flags & MODAL),
        confidence=row.confidence,
        at=row.at,
        source=row.source,
        title=row.title,
        collection=row.collection,
        turned=bool(row.flags & TURNED),
        by_rules=bool(row.rules),
        model=row.model,
    )


def direct(
    connection: sqlite3.Connection, a: int, b: int, among: Places, said: Verdicts
) -> EdgeRow | None:
    """What joins two concepts that are no drawn pair, if a single sentence holds both."""
    rows = [
        row
        for row in sayings.joining(connection, [(a, b)], among, plainly=True)
        if said.get(row.ends) != REJECTED
    ]
    if rows or (a, b) in verdicts.parted(connection):
        return next((row for row in rows if row.type != _DENIED), None)
    one, other = ordered(a, b)
    number = len(graph.holding(connection, {a, b}, among, _BESIDE))
    beside = AssociationRow(one, _CO_OCCURS, other, number)
    return _bare(beside) if number else None


def together(
    connection: sqlite3.Connection, a: int, b: int, among: Places, limit: int
) -> list[Saying]:
    """The sentences that name two concepts, those first in which they stand closest."""
    engrams = graph.holding(connection, {a, b}, among, _BESIDE)
    apart: dict[int, int] = {}
    for engram, fiber in graph.fibers(connection, engrams).items():
        spans: dict[int, list[tuple[int, int]]] = {a: [], b: []}
        for step in fiber.way.steps:
            if step.concept in spans and step.start < step.end:
                spans[step.concept].append((step.start, step.end))
        apart[engram] = _gap(spans[a], spans[b])
    engrams = sorted(engrams, key=lambda engram: (apart.get(engram, _FAR), -engram))
    found = concept_cards.mentioned(connection, engrams if limit < 0 else engrams[: 4 * limit])
    # A line of code or of a table tells less than a sentence does.
    found.sort(key=lambda each: not prose(each.text))
    return [_beside(each, _CO_OCCURS) for each in (found if limit < 0 else found[:limit])]


def _gap(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> int:
    """Characters between the closest of these stretches of a sentence and of those."""
    return min((max(x[0] - y[1], y[0] - x[1], 0) for x in one for y in other), default=_FAR)


def _beside(each: Mention, type: int) -> Saying:
    return Saying(
        each.engram, each.text, kind_words(type), 0, 0, False, False, 0.0, each.at,
        each.source, each.title, each.collection,
    )  # fmt: skip


def judge(held: ConceptGraph, id: str, verdict: int) -> Edge:
    """Confirm (1) or reject (-1) an edge, or take that back (0); returns it as it is then.

    Raises `NotFoundError` for no such edge, `UsageError` for no name of one.
    """
    edge = one(held, id)
    ends = ends_of(id)

    def work(connection: sqlite3.Connection) -> None:
        rows = graph.by_ids(connection, (ends[0], ends[2]))
        before = verdicts.keys_judged(connection, ends)
        keys = [_key(connection, rows[end]) for end in (ends[0], ends[2]) if end in rows]
        if len(keys) < 2:
            raise _missing(id)
        for stored in before:
            verdicts.judge(connection, stored, 0, 0.0)
        verdicts.judge(connection, (keys[0], ends[1], keys[1]), verdict, held.store.clock())

    held.store.write(work)
    return one(held, edge.id)


def told(
    connection: sqlite3.Connection,
    rows: Sequence[EdgeRow],
    among: Places,
    judged: Verdicts,
) -> tuple[Edge, ...]:
    """Edges as they are handed out, in this order."""
    names = {
        id: row.name
        for id, row in graph.by_ids(
            connection, {end for row in rows for end in (row.head, row.tail)}
        ).items()
    }
    worded = sayings.wordings(connection, [row.ends for row in rows], among)
    texts = sayings.words(
        connection, {each.engram for held in worded.values() for each in held[:1]}
    )
    denied = _denied(connection, rows, worded, among)
    return tuple(
        Edge(
            id=":".join(map(str, row.ends)),
            head=row.head,
            tail=row.tail,
            head_name=names[row.head],
            tail_name=names[row.tail],
            kind=kind_name(row.type),
            relation=_wording(worded.get(row.ends, ()), texts, row),
            tag=_tag(row, judged),
            strength=row.strength,
            evidence=row.sayings,
            sources=row.places,
            contradicted=row.ends in denied,
            first=row.first or None,
            last=row.last or None,
        )
        for row in rows
        if row.head in names and row.tail in names
    )


def ends_of(id: str) -> Ends:
    """Head, type and tail of the name of an edge. Raises `UsageError`."""
    parts = id.split(":")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        raise UsageError(
            f"“{id}” is not an edge.",
            "An edge is named as “head:type:tail”, as neighbourhood has it.",
        )
    head, type, tail = map(int, parts)
    if type not in AssociationType.__members__.values():
        raise UsageError(f"“{id}” has no kind of association.", "Look for the edge again.")
    return head, type, tail


def _missing(id: str) -> NotFoundError:
    return NotFoundError(f"There is no edge {id} any more.", "Look for it again.")


def _types(kinds: Collection[str] | None) -> frozenset[int] | None:
    if kinds is None:
        return None
    return frozenset(type for kind in kinds for type in kinds_of(kind))


def _tag(row: EdgeRow, judged: Verdicts) -> str:
    if judged.get(row.ends) == CONFIRMED:
        return YES
    return EMERGENT if row.type in UNDIRECTED and not row.first else EXPLICIT


def _nodes(
    connection: sqlite3.Connection, ids: Sequence[int], drawn: DrawnGraph
) -> tuple[Node, ...]:
    rows = graph.by_ids(connection, ids)
    return tuple(
        Node(id, rows[id].name, type_name(rows[id].type), len(drawn.beside.get(id, ())))
        for id in ids
        if id in rows
    )


def _bare(row: AssociationRow) -> EdgeRow:
    strength = round(weights.of_evidence(row.type, row.evidence), 4)
    return EdgeRow(row.head, row.type, row.tail, strength, row.evidence, 0, 0.0, 0.0)


def _known(connection: sqlite3.Connection, wanted: Sequence[Ends], among: Places) -> list[EdgeRow]:
    """Edges as places have them, those without a saying as they are associated."""
    rows = [row for row in sayings.seen_of(connection, wanted, among).values() if row.sayings]
    there = {row.ends for row in rows}
    for ends in wanted:
        row = None if ends in there else graph.association(connection, *ends)
        if row is not None:
            rows.append(_bare(row))
        elif ends not in there and ends[1] == AssociationType.CO_OCCURS:
            number = len(graph.holding(connection, {ends[0], ends[2]}, among, _BESIDE))
            if number:
                rows.append(_bare(AssociationRow(*ends, number)))
        elif ends not in there and _supposed(connection, ends):
            rows.append(_bare(AssociationRow(*ends, 0)))
    return rows


def _supposed(connection: sqlite3.Connection, ends: Ends) -> bool:
    """Whether these are two concepts of which nobody has written that they are related.

    That may be supposed, and what the user says of it is kept.
    """
    head, type, tail = ends
    related = type == AssociationType.RELATED_TO and head < tail
    return related and len(graph.by_ids(connection, (head, tail))) == 2


def _wording(held: Sequence[Wording], texts: dict[int, str], row: EdgeRow) -> str:
    """How an edge reads from its head to its tail."""
    straight = [each for each in held if not each.flags & TURNED] or list(held)
    for each in straight[:1]:
        words = " ".join(texts.get(each.engram, "")[each.start : each.end].split())
        if words and not each.flags & TURNED and len(words) <= _LONGEST:
            return words
        if each.relation:
            return _third_person(each.relation)
    if row.type == _CO_OCCURS and row.sayings:
        often = "one sentence" if row.sayings == 1 else f"{row.sayings:,} sentences"
        return f"in {often} with"
    return kind_words(row.type)


def _third_person(relation: str) -> str:
    """ "Found" as it is said of somebody: "founds"."""
    verb, _, rest = relation.partition(" ")
    if verb == "be":
        said = "is"
    elif verb == "have":
        said = "has"
    elif verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        said = f"{verb}es"
    elif verb.endswith("y") and verb[-2:-1] not in "aeiou":
        said = f"{verb[:-1]}ies"
    else:
        said = f"{verb}s"
    return f"{said} {rest}".strip()


def _denied(
    connection: sqlite3.Connection,
    rows: Sequence[EdgeRow],
    worded: dict[Ends, list[Wording]],
    among: Places,
) -> set[Ends]:
    """Those of these edges that something else that is said denies."""
    found = {row.ends for row in rows if _is_denied(connection, row, worded, among)}
    for row in rows:
        for each in worded.get(row.ends, ()):
            if each.relation in relations.FUNCTIONAL and row.type != _DENIED:
                others = sayings.others(connection, row.head, row.type, each.relation)
                if _differs(connection, row.tail, others):
                    found.add(row.ends)
    return found


def _is_denied(
    connection: sqlite3.Connection,
    row: EdgeRow,
    worded: dict[Ends, list[Wording]],
    among: Places,
) -> bool:
    """Whether what an edge says is both said and denied of its ends."""
    own = {each.relation for each in worded.get(row.ends, ()) if each.relation}
    if not own:
        return False
    other = sayings.opposite(connection, row.ends, _DENIED)
    said = sayings.wordings(connection, other, among).values()
    return any(each.relation in own for held in said for each in held)


def _differs(connection: sqlite3.Connection, tail: int, others: Sequence[int]) -> bool:
    """Whether a value is another one than those: another year, or a place that is not in it."""
    known = graph.by_ids(connection, {tail, *others})
    own = known.get(tail)
    if own is None:
        return False
    for id, row in known.items():
        if id == tail or (row.type == _TIME) != (own.type == _TIME):
            continue
        one, other = key_of(own.name).split(), key_of(row.name).split()
        if set(one) <= set(other) or set(other) <= set(one):
            continue
        if own.type == _TIME:
            return True
        if {own.type, row.type} <= _PLACES and not _joined(connection, tail, id):
            return True
    return False


def _joined(connection: sqlite3.Connection, one: int, other: int) -> bool:
    """Whether something at all is said of both together: Accra lies in Ghana."""
    return bool(graph.holding(connection, {one, other}, graph.EVERYWHERE, 1))


def _key(connection: sqlite3.Connection, row: ConceptRow) -> str:
    """The key by which a concept is meant when it is read again: that of its name, if it is one."""
    keys = graph.keys_of(connection, row.id)
    own = [key for key in (key_of(row.name, plural=False), key_of(row.name)) if key in keys]
    if not keys:
        raise NotFoundError(f"“{row.name}” has no name any more.", "Look for it again.")
    return (own or keys)[0]
