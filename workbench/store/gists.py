"""The tables of summaries and of proposed links."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import astuple, dataclass

from workbench.store.queries import (
    Table,
    execute,
    integers,
    select,
    select_number,
    select_one,
    values_by_id,
)

#: Maximum of an SQLite integer.
_MAX_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A summary: engrams with their texts, the central ones among them, and concept names."""

    id: int
    run: int
    concepts: tuple[str, ...]
    engrams: tuple[int, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposed link of two engrams `a` and `b`, or of two concepts by way of `via`."""

    id: int
    run: int
    a: int | None
    b: int | None
    head: int | None
    type: int
    tail: int | None
    via: int | None
    times: int
    state: str
    made: float
    told: int | None
    #: Texts of both ends and of the intermediate concept.
    first: str
    second: str
    between: str | None
    #: For links found by dreaming: how, with which odds, and the second intermediate concept.
    found: str = ""
    odds: float = 0.0
    farther: str | None = None
    #: A passage for each half of the path between two concepts.
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DreamRow:
    """A dreamt link to propose; see the table."""

    head: int
    type: int
    via: int
    tail: int
    onward: int | None
    found: str
    odds: float


# -- summaries -------------------------------------------------------------------------------------

#: Members of summaries with at least three existing ones; others are obsolete.
_SUMMARISED = (
    "SELECT j.value ->> 0 FROM summary s, json_each(s.members) j WHERE (SELECT count(*) "
    "FROM json_each(s.members) k JOIN engram e ON e.id = k.value ->> 0) > 2"
)


def aged(
    connection: sqlite3.Connection, scope: int, upto: float, limit: int
) -> list[tuple[int, int, int]]:
    """Mentions in told memories of a scope: (engram, concept, mentions of the concept).

    Of active memories without a summary, among the `limit` newest told up to a time. In the order
    of engrams.
    """
    return select(
        connection,
        "SELECT m.engram, m.concept, c.mentions FROM mention m JOIN concept c ON c.id = m.concept "
        "WHERE m.place = :place AND m.engram IN (SELECT f.engram FROM (SELECT engram FROM fact "
        "WHERE scope = :scope AND told <= :until ORDER BY engram DESC LIMIT :most) f "
        "LEFT JOIN mark k ON k.engram = f.engram LEFT JOIN strength s ON s.engram = f.engram "
        "WHERE s.archived IS NULL AND k.expires IS NULL "
        f"AND f.engram NOT IN ({_SUMMARISED})) "
        "ORDER BY m.engram, m.concept",
        scope=scope,
        until=upto,
        most=limit,
        place=-1 - scope,
    )


def add_summary(
    connection: sqlite3.Connection,
    run: int,
    scope: int,
    created: float,
    concepts: Sequence[int],
    members: Sequence[tuple[int, bool]],
) -> bool:
    """Store a summary of these engrams, with whether each is central.

    False if fewer than three of them exist without a summary.
    """
    query = (
        "SELECT id FROM engram WHERE id IN (SELECT value FROM json_each(?)) "
        f"AND id NOT IN ({_SUMMARISED})"
    )
    available = set(integers(connection, query, [engram for engram, _ in members]))
    left = [(engram, int(central)) for engram, central in members if engram in available]
    if len(left) < 3:
        return False
    execute(
        connection,
        "INSERT INTO summary(run, scope, made, concepts, members) VALUES (?, ?, ?, ?, ?)",
        run, scope, created, concepts, left,
    )  # fmt: skip
    return True


def summaries(
    connection: sqlite3.Connection, limit: int, run: int | None = None
) -> list[SummaryRow]:
    """The newest summaries with at least three existing members, of one sleep or of all."""
    rows = connection.execute(
        "SELECT * FROM (SELECT id, run, concepts, (SELECT json_group_array(json_array(e.id, "
        "j.value ->> 1, e.text)) FROM json_each(members) j JOIN engram e ON e.id = j.value ->> 0) "
        "AS present FROM summary WHERE :run IS NULL OR run = :run) "
        "WHERE json_array_length(present) > 2 ORDER BY id DESC LIMIT :limit",
        {"run": run, "limit": limit},
    ).fetchall()
    results = []
    for id, of, concepts, present in rows:
        members = sorted(json.loads(present))
        names = concept_names(connection, json.loads(concepts))
        results.append(
            SummaryRow(
                id,
                of,
                tuple(names[concept] for concept in json.loads(concepts) if concept in names),
                tuple(member[0] for member in members),
                tuple(member[2] for member in members if member[1]),
            )
        )
    return results


def concept_names(connection: sqlite3.Connection, ids: Collection[int]) -> dict[int, str]:
    """The names of the existing concepts among these."""
    return values_by_id(connection, "concept", "name", ids)


# -- co-use ----------------------------------------------------------------------------------------


def count_pairs(
    connection: sqlite3.Connection, pairs: Iterable[tuple[int, int, int, int]], oldest: int
) -> None:
    """Count joint uses of linked pairs: (smaller, larger, day, times).

    Drops their days before `oldest`.
    """
    connection.executemany(
        "UPDATE link SET days = (SELECT json_group_object(day, times) FROM (SELECT day, "
        "sum(times) AS times FROM (SELECT CAST(key AS INTEGER) AS day, value AS times FROM "
        "json_each(coalesce(days, '{}')) UNION ALL SELECT ?3, ?4) WHERE day >= ?5 GROUP BY day)) "
        "WHERE a = ?1 AND b = ?2 AND kind = 'together'",
        [(*pair, oldest) for pair in pairs],
    )


def frequent_pairs(
    connection: sqlite3.Connection, oldest: int, newest: int, minimum: int, limit: int
) -> list[tuple[int, int, int]]:
    """Told memories often used together in a range of days: (smaller, larger, times).

    Without pairs that are linked explicitly or were proposed before; most frequent first.
    """
    rows = connection.execute(
        "SELECT u.a, u.b, sum(d.value) AS number FROM link u, json_each(u.days) d "
        "WHERE u.days IS NOT NULL AND CAST(d.key AS INTEGER) BETWEEN ? AND ? "
        "GROUP BY u.a, u.b HAVING number >= ? "
        "AND EXISTS (SELECT 1 FROM fact WHERE engram = u.a) "
        "AND EXISTS (SELECT 1 FROM fact WHERE engram = u.b) "
        "AND NOT EXISTS (SELECT 1 FROM link l WHERE l.kind <> 'together' "
        "AND ((l.a = u.a AND l.b = u.b) OR (l.a = u.b AND l.b = u.a))) "
        "AND NOT EXISTS (SELECT 1 FROM proposal p WHERE p.a = u.a AND p.b = u.b) "
        "ORDER BY number DESC, u.a, u.b LIMIT ?",
        (oldest, newest, minimum, limit),
    )
    return [(int(a), int(b), int(number)) for a, b, number in rows]


# -- proposals -------------------------------------------------------------------------------------

#: A sentence that names two concepts, preferably a short one.
_NAMING = (
    "(SELECT e.text FROM mention m JOIN mention n ON n.concept = {} AND n.place = m.place "
    "AND n.engram = m.engram JOIN engram e ON e.id = m.engram WHERE m.concept = {} "
    "ORDER BY length(e.text), e.id LIMIT 1)"
)
_PATH = (
    f"{_NAMING.format('head', 'via')} AS words UNION ALL "
    f"SELECT {_NAMING.format('coalesce(onward, via)', 'tail')}"
)
_PROPOSALS = Table(
    ProposalRow,
    "proposal",
    "LEFT JOIN engram x ON x.id = a LEFT JOIN engram y ON y.id = b "
    "LEFT JOIN concept h ON h.id = head LEFT JOIN concept t ON t.id = tail "
    "LEFT JOIN concept v ON v.id = via LEFT JOIN concept w ON w.id = onward",
    first="coalesce(x.text, h.name)",
    second="coalesce(y.text, t.name)",
    between="v.name",
    farther="w.name",
    passages=f"(SELECT json_group_array(words) FROM (SELECT {_PATH}) WHERE words <> '')",
)


def propose(
    connection: sqlite3.Connection,
    run: int,
    created: float,
    pairs: Iterable[tuple[int, int, int]],
    triples: Iterable[tuple[int, int, int, int]],
) -> int:
    """Propose links of engrams (a, b, times) and of concepts (head, type, via, tail).

    Skips earlier proposals and missing ends; returns the number stored.
    """
    added = connection.executemany(
        "INSERT OR IGNORE INTO proposal(run, made, a, b, times) SELECT ?1, ?2, ?3, ?4, ?5 "
        "WHERE (SELECT count(*) FROM engram WHERE id IN (?3, ?4)) = 2",
        [(run, created, *pair) for pair in pairs],
    )
    dreams = [DreamRow(*triple, None, "", 0.0) for triple in triples]
    return added.rowcount + propose_dreams(connection, run, created, dreams)


def propose_dreams(
    connection: sqlite3.Connection, run: int, created: float, dreams: Iterable[DreamRow]
) -> int:
    """Propose dreamt links of concepts, as `propose` does."""
    return connection.executemany(
        "INSERT OR IGNORE INTO proposal(run, made, head, type, via, tail, onward, found, odds) "
        "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 "
        "WHERE (SELECT count(*) FROM concept WHERE id IN (?3, ?5, ?6)) = 3 "
        "AND (?7 IS NULL OR EXISTS (SELECT 1 FROM concept WHERE id = ?7))",
        [(run, created, *astuple(dream)) for dream in dreams],
    ).rowcount


def proposals(
    connection: sqlite3.Connection,
    *,
    state: str | None = None,
    run: int | None = None,
    limit: int = -1,
) -> list[ProposalRow]:
    """Proposed links of a state and of a sleep (None: any), newest first."""
    return _PROPOSALS.select(
        connection,
        "WHERE (?1 IS NULL OR state = ?1) AND (?2 IS NULL OR run = ?2) "
        "ORDER BY proposal.id DESC LIMIT ?3",
        state,
        run,
        limit,
    )


def proposal(connection: sqlite3.Connection, id: int) -> ProposalRow | None:
    """A proposal by id, or None."""
    in_range = 0 < id <= _MAX_ID
    return _PROPOSALS.first(connection, "WHERE proposal.id = ?", id) if in_range else None


def count_proposals(connection: sqlite3.Connection, after: float) -> int:
    """The number of links proposed since a time."""
    return select_number(connection, "SELECT count(*) FROM proposal WHERE made > ?", after)


def decide(connection: sqlite3.Connection, id: int, state: str, engram: int | None = None) -> None:
    """Store the decision on a proposal, and the engram it created."""
    connection.execute("UPDATE proposal SET state = ?, told = ? WHERE id = ?", (state, engram, id))


def strong_edges(
    connection: sqlite3.Connection, types: Collection[int], minimum: int, limit: int
) -> list[tuple[int, int, int, int]]:
    """Associations of these types with at least `minimum` evidence: (head, type, tail, evidence).

    In descending order of evidence.
    """
    query = (
        "SELECT head, type, tail, evidence FROM association WHERE evidence >= ? "
        "AND type IN (SELECT value FROM json_each(?)) "
        "ORDER BY evidence DESC, head, type, tail LIMIT ?"
    )
    return select(connection, query, minimum, types, limit)


def joined(connection: sqlite3.Connection, concept: int, other: int) -> bool:
    """Whether two concepts are associated, or a link of them was ever proposed."""
    pair = "(head = ?1 AND tail = ?2) OR (head = ?2 AND tail = ?1)"
    query = f"SELECT 1 FROM association WHERE {pair} UNION ALL SELECT 1 FROM proposal WHERE {pair}"
    return select_one(connection, query, concept, other) is not None
