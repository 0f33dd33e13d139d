"""Queries over edges and the statements behind them.

With limited places only their sayings count. Relations of a concept are streamed in index order and
counted here: grouping fifty thousand of them by six columns in SQLite takes three times as long.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from workbench.store.edges import Ends, summed
from workbench.store.graph import Places
from workbench.store.queries import Table, execute, integers, select, select_number
from workbench.store.relation_rows import INVERTED, LOOSE, MODAL


class EdgeRow(NamedTuple):
    """An edge with its counts: `strength` from 0 to 1, times in seconds since the epoch."""

    head: int
    type: int
    tail: int
    strength: float
    sayings: int
    places: int
    first: float
    last: float

    @property
    def ends(self) -> Ends:
        """The key of the edge."""
        return self.head, self.type, self.tail


class SayingRow(NamedTuple):
    """A saying with the text and origin of its engram; `relation` is its name.

    `rules` tells whether rules extracted it, `model` is the language model that read it, or "".
    """

    engram: int
    place: int
    relation: str
    flags: int
    at: float
    start: int
    end: int
    confidence: float
    text: str
    source: int | None
    title: str | None
    collection: str | None
    rules: bool
    model: str


_EDGES = Table(EdgeRow, "edge")
#: SQL of what is counted of the sayings of an edge in a place, as `_edge_rows` reads it.
_COUNTED = (
    "SELECT s.head, s.type, s.tail, s.place, count(*), avg(s.confidence), min(s.at), max(s.at)"
)
_BY_PLACE = "GROUP BY s.head, s.type, s.tail, s.place"


#: SQL of whether a saying is of an edge in a list.
_IS_EDGE = "s.head = j.value ->> 0 AND s.type = j.value ->> 1 AND s.tail = j.value ->> 2"


def strongest(
    connection: sqlite3.Connection,
    concept: int,
    places: Places,
    *,
    excluded: Collection[Ends] = (),
    limit: int = -1,
) -> tuple[list[EdgeRow], int]:
    """The strongest edges of a concept (-1: all) and their total, without `excluded` ones."""
    if places.included is not None:
        rows = _in_places(connection, concept, places)
        rows = [row for row in rows if row.ends not in excluded]
        return rows if limit < 0 else rows[:limit], len(rows)
    query = (
        "SELECT (SELECT count(*) FROM edge WHERE head = ?1) + "
        "(SELECT count(*) FROM edge WHERE tail = ?1)"
    )
    total = select_number(connection, query, concept)
    skipped = {ends for ends in excluded if concept in (ends[0], ends[2])}
    present = len(existing(connection, skipped))
    hidden = _hidden(connection, concept, places)
    removed = {row.ends for row in hidden.values() if not row.sayings} - skipped
    enough = limit if limit < 0 else limit + len(skipped) + len(hidden)
    result = [
        row
        for side in ("head", "tail")
        for row in _EDGES.scan(
            connection, f"WHERE {side} = ? ORDER BY strength DESC LIMIT ?", concept, enough
        )
    ]
    visited = [hidden.get(row.ends, row) for row in result if row.ends not in skipped]
    rows = sorted((row for row in visited if row.sayings), key=_by_strength)
    return rows if limit < 0 else rows[:limit], total - present - len(removed)


def _by_strength(row: EdgeRow) -> tuple[float, int, float, Ends]:
    return -row.strength, -row.sayings, -row.last, row.ends


def _in_places(connection: sqlite3.Connection, concept: int, places: Places) -> list[EdgeRow]:
    """The edges of a concept with sayings in these places, strongest first."""
    rows = execute(
        connection,
        f"{_COUNTED} FROM json_each(?1) p JOIN mention m ON m.concept = ?2 AND m.place = p.value "
        f"JOIN saying s ON s.engram = m.engram WHERE (s.head = ?2 OR s.tail = ?2) {_BY_PLACE}",
        sorted((places.included or frozenset()) - places.hidden),
        concept,
    )
    return sorted(_edge_rows(rows).values(), key=_by_strength)


def _hidden(connection: sqlite3.Connection, concept: int, places: Places) -> dict[Ends, EdgeRow]:
    """Edges of a concept with sayings in hidden places, as the visible ones count them."""
    if not places.hidden:
        return {}
    rows = select(
        connection,
        "SELECT DISTINCT s.head, s.type, s.tail FROM json_each(?1) p "
        "JOIN mention m ON m.concept = ?2 AND m.place = p.value "
        "JOIN saying s ON s.engram = m.engram WHERE s.head = ?2 OR s.tail = ?2",
        sorted(places.hidden),
        concept,
    )
    return visible(connection, rows, places)


def visible(
    connection: sqlite3.Connection, edges: Iterable[Ends], places: Places
) -> dict[Ends, EdgeRow]:
    """These edges as counted in visible places; `sayings` may be 0."""
    edges = list(edges)
    test, parameter = places.condition
    rows = execute(
        connection,
        f"{_COUNTED} FROM json_each(?) j JOIN saying s ON {_IS_EDGE} WHERE s.{test} {_BY_PLACE}",
        edges,
        parameter,
    )
    result = _edge_rows(rows)
    return {ends: result.get(ends) or EdgeRow(*ends, 0.0, 0, 0, 0.0, 0.0) for ends in edges}


def _edge_rows(rows: Iterable[tuple[int, ...]]) -> dict[Ends, EdgeRow]:
    parts: dict[Ends, list[tuple[int, float, float, float]]] = {}
    for head, type, tail, _, number, certain, first, last in rows:
        parts.setdefault((head, type, tail), []).append((number, certain, first, last))
    return {ends: EdgeRow._make((*ends, *summed(counts))) for ends, counts in parts.items()}


def existing(connection: sqlite3.Connection, edges: Iterable[Ends]) -> list[EdgeRow]:
    """The existing edges among these."""
    test = "JOIN json_each(?) s ON head = s.value ->> 0 AND edge.type = s.value ->> 1"
    return _EDGES.select(connection, f"{test} AND tail = s.value ->> 2", edges)


_TYPES = ", ".join(map(str, range(100)))
#: Listing all types makes the primary key usable; otherwise all edges of the head are scanned.
_BETWEEN = (
    "json_each(?) j JOIN saying s ON s.head = j.value ->> 0 AND s.tail = j.value ->> 1 "
    f"AND s.type IN ({_TYPES})"
)
#: Told sayings, and read ones with a relation that is asserted, not only possible.
_WORDED = f"(s.place < 0 OR (s.relation <> '' AND NOT s.flags & {MODAL}))"


def worded(connection: sqlite3.Connection, places: Places) -> Iterator[tuple[int, ...]]:
    """Head, type, tail and place of worded sayings, their number, and the number of direct ones."""
    rows = connection.execute(
        f"SELECT s.head, s.type, s.tail, s.place, count(*), sum(NOT s.flags & {LOOSE}) "
        f"FROM saying s WHERE {_WORDED} GROUP BY s.head, s.type, s.tail, s.place"
    )
    return (row for row in rows if row[3] in places)


def joining(
    connection: sqlite3.Connection,
    pairs: Collection[tuple[int, int]],
    places: Places,
    *,
    plainly: bool = False,
    excluded: Collection[int] = (),
) -> list[EdgeRow]:
    """The edges with worded sayings between the concepts of a pair, strongest first.

    `plainly` skips places without a direct saying of an edge. Sayings of `excluded` engrams do not
    count.
    """
    loose = f"HAVING max(s.place < 0 OR NOT s.flags & {LOOSE})" if plainly else ""
    rows = execute(
        connection,
        f"{_COUNTED} FROM {_BETWEEN} WHERE {_WORDED} "
        f"AND s.engram NOT IN (SELECT value FROM json_each(?)) {_BY_PLACE} {loose}",
        _both_ways(pairs),
        excluded,
    )
    return sorted(_edge_rows(row for row in rows if row[3] in places).values(), key=_by_strength)


def _both_ways(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    return [ends for first, other in pairs for ends in ((first, other), (other, first))]


def statements_between(
    connection: sqlite3.Connection, pairs: Collection[tuple[int, int]]
) -> list[tuple[int, int, int]]:
    """Told engrams that relate the concepts of a pair: (head, tail, engram)."""
    query = f"SELECT s.head, s.tail, s.engram FROM {_BETWEEN} WHERE s.place < 0"
    return select(connection, query, _both_ways(pairs))


# -- sayings ---------------------------------------------------------------------------------------


def of(
    connection: sqlite3.Connection, ends: Ends, places: Places, limit: int = -1
) -> list[SayingRow]:
    """The sayings of an edge: direct ones first, then by confidence and time."""
    test, visible = places.condition
    rows = connection.execute(
        "SELECT x.engram, x.place, x.relation, x.flags, x.at, x.start, x.end, "
        "x.confidence / 100.0, e.text, s.id, s.title, c.name, x.extractor & 65535 > 0, "
        "coalesce(r.value ->> 1, '') FROM saying x "
        "JOIN engram e ON e.id = x.engram LEFT JOIN source s ON s.id = x.place "
        "LEFT JOIN json_each((SELECT value FROM meta WHERE key = 'readers')) r "
        "ON r.value ->> 0 = x.extractor >> 16 "
        "LEFT JOIN collection c ON c.id = -1 - x.place "
        "WHERE x.head = ? AND x.type = ? AND x.tail = ? "
        f"AND x.{test} "
        f"ORDER BY x.flags & {LOOSE}, x.confidence DESC, x.at DESC, x.engram DESC LIMIT ?",
        (*ends, visible, limit),
    )
    return [SayingRow(*row) for row in rows]


class Wording(NamedTuple):
    """A relation of an edge, its number and flags, and the most confident engram.

    `confidence` is in hundredths.
    """

    relation: str
    flags: int
    number: int
    confidence: int
    engram: int
    start: int
    end: int


def wordings(
    connection: sqlite3.Connection, edges: Sequence[Ends], places: Places
) -> dict[Ends, list[Wording]]:
    """The wordings of edges, the most frequent direct relation first, cue words last."""
    test, visible = places.condition
    rows = execute(
        connection,
        "SELECT s.head, s.type, s.tail, s.relation, s.flags, count(*), "
        "max(s.confidence), s.engram, s.start, s.end "
        f"FROM json_each(?) j JOIN saying s ON {_IS_EDGE} WHERE s.{test} "
        "GROUP BY s.head, s.type, s.tail, s.relation, s.flags",
        edges,
        visible,
    )
    results: dict[Ends, list[Wording]] = {}
    for head, type, tail, *remainder in rows:
        results.setdefault((head, type, tail), []).append(Wording(*remainder))
    for held in results.values():
        held.sort(
            key=lambda each: (
                not each.relation,
                bool(each.flags & (LOOSE | MODAL)),
                -each.number,
                bool(each.flags & INVERTED),
                -each.confidence,
            )
        )
    return results


def opposite(connection: sqlite3.Connection, ends: Ends, denied: int) -> list[Ends]:
    """The edges of the same concepts that deny this one, or that it denies."""
    head, type, tail = ends
    rows = connection.execute(
        "SELECT head, type, tail FROM edge WHERE (head = ?1 AND tail = ?2) "
        "OR (?3 <> ?4 AND ?3 IN (20, 21, 22) AND head = ?2 AND tail = ?1)",
        (head, tail, type, denied),
    )
    return [(row[0], row[1], row[2]) for row in rows if (row[1] == denied) != (type == denied)]


def tails(connection: sqlite3.Connection, head: int, type: int, relation: str) -> list[int]:
    """The tails of a head's sayings with this type and relation."""
    return integers(
        connection,
        "SELECT DISTINCT tail FROM saying WHERE head = ? AND type = ? AND relation = ?",
        head,
        type,
        relation,
    )


class RelationStatement(NamedTuple):
    """A memory's relation of a concept with another one, and its confidence (0 to 1).

    `subject` tells whether the concept is the subject of the relation.
    """

    relation: str
    subject: bool
    ends: Ends
    place: int
    confidence: float
    engram: int


def relations_of(
    connection: sqlite3.Connection,
    concept: int,
    places: Places,
    *,
    excluded: Collection[Ends],
    denied: int,
) -> Iterator[RelationStatement]:
    """The relations of a concept in memories, without `excluded` edges and denials.

    Ties by cue words alone have no relation.
    """
    rows = connection.execute(
        "WITH near(head, type, tail) AS (SELECT head, type, tail FROM edge WHERE head = :concept "
        "UNION ALL SELECT head, type, tail FROM edge WHERE tail = :concept) "
        "SELECT s.relation, "
        "(s.head = :concept) <> (s.type IN (20, 21, 22) AND s.flags & :turned <> 0) AS subject, "
        "s.head, s.type, s.tail, s.place, s.confidence / 100.0, s.engram "
        "FROM near n JOIN saying s ON s.head = n.head AND s.type = n.type AND s.tail = n.tail "
        "WHERE s.relation <> '' AND s.type <> :denied",
        {"concept": concept, "turned": INVERTED, "denied": denied},
    )
    for relation, subject, head, type, tail, place, confidence, engram in rows:
        ends = head, type, tail
        if place in places and ends not in excluded:
            yield RelationStatement(relation, bool(subject), ends, place, confidence, engram)
