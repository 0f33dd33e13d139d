"""Queries over edges and the statements behind them.

With limited places only their sayings count. Relations of a concept are streamed in index order and
counted here: grouping fifty thousand of them by six columns in SQLite takes three times as long.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from workbench.store.edges import Ends, summed
from workbench.store.graph import Places
from workbench.store.queries import execute, integers, json_list, select, select_records
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


_EDGE = "SELECT head, type, tail, strength, sayings, places, first, last FROM edge"


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
    parameters = {
        "concept": concept,
        "limit": limit if limit < 0 else limit + len(excluded),
    }
    (total,) = connection.execute(
        "SELECT (SELECT count(*) FROM edge WHERE head = :concept) + "
        "(SELECT count(*) FROM edge WHERE tail = :concept)",
        parameters,
    ).fetchone()
    skipped = {ends for ends in excluded if concept in (ends[0], ends[2])}
    present = len(existing(connection, skipped))
    hidden = _hidden(connection, concept, places)
    removed = {row.ends for row in hidden.values() if not row.sayings} - skipped
    if limit >= 0:
        parameters["limit"] = limit + len(skipped) + len(hidden)
    result = [
        EdgeRow(*row)
        for side in ("head", "tail")
        for row in connection.execute(
            f"{_EDGE} WHERE {side} = :concept ORDER BY strength DESC LIMIT :limit",
            parameters,
        )
    ]
    visited = [hidden.get(row.ends, row) for row in result if row.ends not in skipped]
    rows = sorted((row for row in visited if row.sayings), key=_by_strength)
    return rows if limit < 0 else rows[:limit], int(total) - present - len(removed)


def _by_strength(row: EdgeRow) -> tuple[float, int, float, Ends]:
    return -row.strength, -row.sayings, -row.last, row.ends


def _in_places(connection: sqlite3.Connection, concept: int, places: Places) -> list[EdgeRow]:
    """The edges of a concept with sayings in these places, strongest first."""
    rows = execute(
        connection,
        "SELECT s.head, s.type, s.tail, s.place, count(*), avg(s.confidence), min(s.at), max(s.at) "
        "FROM json_each(:places) p JOIN mention m ON m.concept = :concept AND m.place = p.value "
        "JOIN saying s ON s.engram = m.engram WHERE (s.head = :concept OR s.tail = :concept) "
        "GROUP BY s.head, s.type, s.tail, s.place",
        concept=concept,
        places=sorted((places.included or frozenset()) - places.hidden),
    )
    return sorted(_edge_rows(rows).values(), key=_by_strength)


def _hidden(connection: sqlite3.Connection, concept: int, places: Places) -> dict[Ends, EdgeRow]:
    """Edges of a concept with sayings in hidden places, as the visible ones count them."""
    if not places.hidden:
        return {}
    rows = select(
        connection,
        "SELECT DISTINCT s.head, s.type, s.tail FROM json_each(:places) p "
        "JOIN mention m ON m.concept = :concept AND m.place = p.value "
        "JOIN saying s ON s.engram = m.engram WHERE s.head = :concept OR s.tail = :concept",
        concept=concept,
        places=sorted(places.hidden),
    )
    return visible(connection, rows, places)


def visible(
    connection: sqlite3.Connection, edges: Iterable[Ends], places: Places
) -> dict[Ends, EdgeRow]:
    """These edges as counted in visible places; `sayings` may be 0."""
    edges = [(head, type, tail) for head, type, tail in edges]
    test, parameter = places.condition
    rows = connection.execute(
        "SELECT s.head, s.type, s.tail, s.place, count(*), avg(s.confidence), min(s.at), max(s.at) "
        "FROM json_each(?) j JOIN saying s ON s.head = j.value ->> 0 AND s.type = j.value ->> 1 "
        f"AND s.tail = j.value ->> 2 WHERE s.{test} GROUP BY s.head, s.type, s.tail, s.place",
        (json.dumps(edges), parameter),
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
    return select_records(
        connection,
        EdgeRow,
        "SELECT e.head, e.type, e.tail, e.strength, e.sayings, e.places, e.first, e.last "
        "FROM json_each(?) j JOIN edge e ON e.head = j.value ->> 0 AND e.type = j.value ->> 1 "
        "AND e.tail = j.value ->> 2",
        edges,
    )


#: Told sayings, and read ones with a relation that is asserted, not only possible.
_TYPES = ", ".join(map(str, range(100)))
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
    ordered = [ends for first, other in pairs for ends in ((first, other), (other, first))]
    rows = connection.execute(
        "SELECT s.head, s.type, s.tail, s.place, count(*), avg(s.confidence), min(s.at), max(s.at) "
        "FROM json_each(?) j JOIN saying s ON s.head = j.value ->> 0 AND s.tail = j.value ->> 1 "
        # Listing all types makes the primary key usable; otherwise all edges of the head are
        # scanned.
        f"AND s.type IN ({_TYPES}) WHERE {_WORDED} "
        "AND s.engram NOT IN (SELECT value FROM json_each(?)) "
        f"GROUP BY s.head, s.type, s.tail, s.place {loose}",
        (json.dumps(ordered), json_list(excluded)),
    )
    return sorted(_edge_rows(row for row in rows if row[3] in places).values(), key=_by_strength)


def statements_between(
    connection: sqlite3.Connection, pairs: Collection[tuple[int, int]]
) -> list[tuple[int, int, int]]:
    """Told engrams that relate the concepts of a pair: (head, tail, engram)."""
    ordered = [ends for first, other in pairs for ends in ((first, other), (other, first))]
    rows = connection.execute(
        "SELECT s.head, s.tail, s.engram FROM json_each(?) j JOIN saying s "
        "ON s.head = j.value ->> 0 AND s.tail = j.value ->> 1 "
        f"AND s.type IN ({_TYPES}) WHERE s.place < 0",
        (json.dumps(ordered),),
    )
    return [(int(head), int(tail), int(engram)) for head, tail, engram in rows]


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
    rows = connection.execute(
        "SELECT x.head, x.type, x.tail, x.relation, x.flags, count(*), "
        "max(x.confidence), x.engram, x.start, x.end "
        "FROM json_each(?) j JOIN saying x ON x.head = j.value ->> 0 AND x.type = j.value ->> 1 "
        f"AND x.tail = j.value ->> 2 WHERE x.{test} "
        "GROUP BY x.head, x.type, x.tail, x.relation, x.flags",
        (json_list(edges), visible),
    )
    results: dict[Ends, list[Wording]] = {}
    for head, type, tail, *remainder in rows:
        results.setdefault((head, type, tail), []).append(Wording(*remainder))
    return {
        ends: sorted(
            held,
            key=lambda each: (
                not each.relation,
                bool(each.flags & (LOOSE | MODAL)),
                -each.number,
                bool(each.flags & INVERTED),
                -each.confidence,
            ),
        )
        for ends, held in results.items()
    }


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
