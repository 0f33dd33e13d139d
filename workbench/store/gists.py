"""The tables of summaries and of proposed links."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workbench.store.queries import json_list, select, select_number, select_one

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
    rows = connection.execute(
        "SELECT m.engram, m.concept, c.mentions FROM mention m JOIN concept c ON c.id = m.concept "
        "WHERE m.place = :place AND m.engram IN (SELECT f.engram FROM (SELECT engram FROM fact "
        "WHERE scope = :scope AND told <= :until ORDER BY engram DESC LIMIT :most) f "
        "LEFT JOIN mark k ON k.engram = f.engram LEFT JOIN strength s ON s.engram = f.engram "
        "WHERE s.archived IS NULL AND k.expires IS NULL "
        f"AND f.engram NOT IN ({_SUMMARISED})) "
        "ORDER BY m.engram, m.concept",
        {"scope": scope, "until": upto, "most": limit, "place": -1 - scope},
    )
    return [(int(engram), int(concept), int(number)) for engram, concept, number in rows]


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
    available = {
        row[0]
        for row in connection.execute(
            "SELECT id FROM engram WHERE id IN (SELECT value FROM json_each(?)) "
            f"AND id NOT IN ({_SUMMARISED})",
            (json.dumps([engram for engram, _ in members]),),
        )
    }
    left = [(engram, int(central)) for engram, central in members if engram in available]
    if len(left) < 3:
        return False
    connection.execute(
        "INSERT INTO summary(run, scope, made, concepts, members) VALUES (?, ?, ?, ?, ?)",
        (run, scope, created, json_list(concepts), json.dumps(left)),
    )
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
    return dict(
        select(
            connection,
            "SELECT id, name FROM concept WHERE id IN (SELECT value FROM json_each(?))",
            ids,
        )
    )


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
_PROPOSAL = (
    "SELECT p.id, p.run, p.a, p.b, p.head, p.type, p.tail, p.via, p.times, p.state, p.made, "
    "p.told, coalesce(x.text, h.name), coalesce(y.text, t.name), v.name, p.found, p.odds, w.name, "
    f"{_NAMING.format('p.head', 'p.via')}, "
    f"{_NAMING.format('coalesce(p.onward, p.via)', 'p.tail')} "
    "FROM proposal p "
    "LEFT JOIN engram x ON x.id = p.a LEFT JOIN engram y ON y.id = p.b "
    "LEFT JOIN concept h ON h.id = p.head LEFT JOIN concept t ON t.id = p.tail "
    "LEFT JOIN concept v ON v.id = p.via LEFT JOIN concept w ON w.id = p.onward"
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
    completed = 0
    for a, b, times in pairs:
        completed += connection.execute(
            "INSERT OR IGNORE INTO proposal(run, a, b, times, made) SELECT ?1, ?2, ?3, ?4, ?5 "
            "WHERE (SELECT count(*) FROM engram WHERE id IN (?2, ?3)) = 2",
            (run, a, b, times, created),
        ).rowcount
    for head, type, via, tail in triples:
        completed += connection.execute(
            "INSERT OR IGNORE INTO proposal(run, head, type, via, tail, made) "
            "SELECT ?1, ?2, ?3, ?4, ?5, ?6 "
            "WHERE (SELECT count(*) FROM concept WHERE id IN (?2, ?4, ?5)) = 3",
            (run, head, type, via, tail, created),
        ).rowcount
    return completed


def propose_dreams(
    connection: sqlite3.Connection, run: int, created: float, dreams: Iterable[DreamRow]
) -> int:
    """Propose dreamt links of concepts, as `propose` does."""
    return sum(
        connection.execute(
            "INSERT OR IGNORE INTO proposal(run, head, type, via, tail, onward, found, odds, made) "
            "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 "
            "WHERE (SELECT count(*) FROM concept WHERE id IN (?2, ?4, ?5)) = 3 "
            "AND (?6 IS NULL OR EXISTS (SELECT 1 FROM concept WHERE id = ?6))",
            (
                run, dream.head, dream.type, dream.via, dream.tail, dream.onward, dream.found,
                dream.odds, created,
            ),
        ).rowcount
        for dream in dreams
    )  # fmt: skip


def proposals(
    connection: sqlite3.Connection,
    *,
    state: str | None = None,
    run: int | None = None,
    limit: int = -1,
) -> list[ProposalRow]:
    """Proposed links of a state and of a sleep (None: any), newest first."""
    rows = connection.execute(
        f"{_PROPOSAL} WHERE (:state IS NULL OR p.state = :state) "
        "AND (:run IS NULL OR p.run = :run) ORDER BY p.id DESC LIMIT :limit",
        {"state": state, "run": run, "limit": limit},
    )
    return [_row(row) for row in rows]


def proposal(connection: sqlite3.Connection, id: int) -> ProposalRow | None:
    """A proposal by id, or None."""
    if not 0 < id <= _MAX_ID:
        return None
    row = select_one(connection, f"{_PROPOSAL} WHERE p.id = ?", id)
    return None if row is None else _row(row)


def _row(row: Sequence[Any]) -> ProposalRow:
    *existing, central, other = row
    passages = tuple(text for text in (central, other) if text)
    return replace(ProposalRow(*existing), passages=passages)


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
    rows = connection.execute(
        "SELECT head, type, tail, evidence FROM association WHERE evidence >= ? "
        "AND type IN (SELECT value FROM json_each(?)) "
        "ORDER BY evidence DESC, head, type, tail LIMIT ?",
        (minimum, json.dumps(sorted(types)), limit),
    )
    return [(int(head), int(type), int(tail), int(number)) for head, type, tail, number in rows]


def joined(connection: sqlite3.Connection, concept: int, other: int) -> bool:
    """Whether two concepts are associated, or a link of them was ever proposed."""
    rows = connection.execute(
        "SELECT 1 FROM association WHERE head = ?1 AND tail = ?2 UNION ALL "
        "SELECT 1 FROM association WHERE head = ?2 AND tail = ?1 UNION ALL "
        "SELECT 1 FROM proposal WHERE head = ?1 AND tail = ?2 UNION ALL "
        "SELECT 1 FROM proposal WHERE head = ?2 AND tail = ?1 LIMIT 1",
        (concept, other),
    )
    return rows.fetchone() is not None
