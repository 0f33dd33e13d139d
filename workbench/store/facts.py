"""The tables of facts: statements, who said them, their claims, and the words they are found by.

Everything is by scope: the id of a collection, or `OWN` for the library's own. What a fact means is
told by `memory.facts`; here it is rows.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from workbench.store import names

#: The scope of facts that were told to no collection.
OWN = 0
#: Who tells where nobody else is named.
USER = 0


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """What one clause claims; `topic` 0 takes nothing's place, `[start, end)` is its value."""

    topic: int
    content: int
    subject: str
    relation: str
    start: int
    end: int
    negative: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class NewFact:
    """A statement on its way in; times in seconds since the epoch."""

    text: str
    same: int
    at: float
    claims: tuple[ClaimRow, ...]
    words: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FactRow:
    """A stored statement; kind, priority and expiry are those of its mark, if it has one."""

    id: int
    scope: int
    text: str
    told: float
    at: float
    kind: str
    priority: int | None
    expires: float | None


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A stored statement with its claims, in their order."""

    id: int
    text: str
    at: float
    claims: tuple[ClaimRow, ...]


def scope_id(connection: sqlite3.Connection, name: str | None) -> int | None:
    """The scope of that collection's name, None where there is no such collection."""
    if name is None:
        return OWN
    asked = names.askable(name)
    row = connection.execute("SELECT id FROM collection WHERE name = ?", (asked,)).fetchone()
    return None if row is None else int(row[0])


def scope_names(connection: sqlite3.Connection) -> dict[int, str | None]:
    """The scopes that hold facts, with the names of their collections."""
    rows = connection.execute(
        "SELECT f.scope, (SELECT name FROM collection WHERE id = f.scope) FROM fact f "
        "GROUP BY f.scope ORDER BY f.scope"
    )
    return {int(scope): name for scope, name in rows}


def add(connection: sqlite3.Connection, scope: int, fact: NewFact, source: str, told: float) -> int:
    """Store a new statement; returns its id. To be called inside a transaction."""
    cursor = connection.execute(
        "INSERT INTO engram(kind, start, end, text) VALUES ('fact', 0, ?, ?)",
        (len(fact.text), fact.text),
    )
    id = int(cursor.lastrowid or 0)
    connection.execute(
        "INSERT INTO fact(engram, scope, same, told, at, teller) VALUES (?, ?, ?, ?, ?, ?)",
        (id, scope, fact.same, told, None if fact.at == told else fact.at,
         _teller(connection, source)),
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO claim(fact, place, scope, topic, content, subject, relation, start, end, "
        "negative, confidence, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (id, place, scope, c.topic, c.content, c.subject, c.relation, c.start, c.end,
             int(c.negative), c.confidence, fact.at)
            for place, c in enumerate(fact.claims)
        ],
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO fact_word(scope, word, fact) VALUES (?, ?, ?)",
        [(scope, word, id) for word in fact.words],
    )
    return id


def said(connection: sqlite3.Connection, fact: int, source: str, told: float) -> None:
    """Record that a source said this, too."""
    teller = _teller(connection, source)
    connection.execute(
        "INSERT INTO said(fact, teller, told) SELECT engram, ?, ? FROM fact "
        "WHERE engram = ? AND teller <> ? ON CONFLICT DO NOTHING",
        (teller, told, fact, teller),
    )


def _teller(connection: sqlite3.Connection, name: str) -> int:
    """The id of who tells, made if need be; 0 for the user."""
    if not name:
        return USER
    connection.execute("INSERT INTO teller(name) VALUES (?) ON CONFLICT DO NOTHING", (name,))
    return _known_teller(connection, name) or USER


def _known_teller(connection: sqlite3.Connection, name: str) -> int | None:
    if not name:
        return USER
    row = connection.execute("SELECT id FROM teller WHERE name = ?", (name,)).fetchone()
    return None if row is None else int(row[0])


def known(connection: sqlite3.Connection, scope: int, same: int) -> FactRow | None:
    """The newest fact that says the same in this scope."""
    row = connection.execute(
        f"{_ROWS} WHERE f.scope = ? AND f.same = ? ORDER BY 5 DESC, 1 DESC LIMIT 1",
        (scope, same),
    ).fetchone()
    return None if row is None else FactRow(*row)


_ROWS = (
    "SELECT f.engram, f.scope, e.text, f.told, coalesce(f.at, f.told), coalesce(m.kind, 'fact'), "
    "m.priority, m.expires FROM fact f JOIN engram e ON e.id = f.engram "
    "LEFT JOIN mark m ON m.engram = f.engram"
)


def by_ids(connection: sqlite3.Connection, ids: Iterable[int]) -> list[FactRow]:
    """Those of these facts that exist, by id."""
    rows = connection.execute(
        f"{_ROWS} WHERE f.engram IN (SELECT value FROM json_each(?)) ORDER BY f.engram",
        (json.dumps(list(ids)),),
    )
    return [FactRow(*row) for row in rows]


def with_claims(connection: sqlite3.Connection, ids: Iterable[int]) -> list[ToldRow]:
    """Those of these facts that exist, by id, each with what it claims."""
    wanted = json.dumps(list(ids))
    claims: dict[int, list[ClaimRow]] = {}
    for (
        fact,
        topic,
        content,
        subject,
        relation,
        start,
        end,
        negative,
        confidence,
    ) in connection.execute(
        "SELECT fact, topic, content, subject, relation, start, end, negative, confidence "
        "FROM claim WHERE fact IN (SELECT value FROM json_each(?)) ORDER BY fact, place",
        (wanted,),
    ):
        claims.setdefault(fact, []).append(
            ClaimRow(topic, content, subject, relation, start, end, bool(negative), confidence)
        )
    return [
        ToldRow(row.id, row.text, row.at, tuple(claims.get(row.id, ())))
        for row in by_ids(connection, json.loads(wanted))
    ]


def of_scope(
    connection: sqlite3.Connection,
    scope: int,
    *,
    kind: str | None = None,
    limit: int = -1,
    offset: int = 0,
) -> list[FactRow]:
    """The facts of a scope, newest first; those of one kind where it is named."""
    of_kind = "" if kind is None else "AND coalesce(m.kind, 'fact') = ?"
    rows = connection.execute(
        f"{_ROWS} WHERE f.scope = ? {of_kind} ORDER BY f.engram DESC LIMIT ? OFFSET ?",
        (scope, *([] if kind is None else [kind]), limit, offset),
    )
    return [FactRow(*row) for row in rows]


def around(connection: sqlite3.Connection, fact: FactRow, window: int) -> list[FactRow]:
    """The facts told just before and just after this one, in the order in which they were told."""
    before = connection.execute(
        f"{_ROWS} WHERE f.scope = ? AND f.engram < ? ORDER BY f.engram DESC LIMIT ?",
        (fact.scope, fact.id, window),
    ).fetchall()
    after = connection.execute(
        f"{_ROWS} WHERE f.scope = ? AND f.engram > ? ORDER BY f.engram LIMIT ?",
        (fact.scope, fact.id, window),
    ).fetchall()
    return [FactRow(*row) for row in (*reversed(before), *after)]


def oldest(connection: sqlite3.Connection, scope: int, since: int, limit: int) -> list[int]:
    """The oldest facts of a scope whose id is at least `since`, in order."""
    # A plus before the column: they lie in the order of their ids, which no index has.
    rows = connection.execute(
        "SELECT engram FROM fact WHERE +scope = ? AND engram >= ? ORDER BY engram LIMIT ?",
        (scope, since, limit),
    )
    return [int(row[0]) for row in rows]


def counts(connection: sqlite3.Connection) -> dict[int, int]:
    """How many facts each scope holds that holds any."""
    return dict(connection.execute("SELECT scope, count(*) FROM fact GROUP BY scope").fetchall())


def span(connection: sqlite3.Connection, scope: int) -> tuple[float | None, float | None]:
    """When the first and the last fact of a scope were told."""
    first, last = connection.execute(
        "SELECT min(told), max(told) FROM fact WHERE scope = ?", (scope,)
    ).fetchone()
    return first, last


def tellers(connection: sqlite3.Connection, scope: int) -> dict[str, int]:
    """How many facts of a scope each source said, "" the user; the one with the most first."""
    rows = connection.execute(
        "SELECT coalesce(t.name, '') AS name, count(*) AS number FROM ("
        "SELECT teller FROM fact WHERE scope = :scope UNION ALL "
        "SELECT s.teller FROM said s JOIN fact f ON f.engram = s.fact WHERE f.scope = :scope) s "
        "LEFT JOIN teller t ON t.id = s.teller GROUP BY s.teller ORDER BY number DESC, name",
        {"scope": scope},
    )
    return dict(rows.fetchall())


def count(connection: sqlite3.Connection, scope: int) -> int:
    """How many facts a scope holds."""
    (number,) = connection.execute("SELECT count(*) FROM fact WHERE scope = ?", (scope,)).fetchone()
    return int(number)


def frequency(connection: sqlite3.Connection, scope: int, words: Sequence[int], most: int) -> int:
    """In how many facts of a scope any of these words stands; counted up to `most`."""
    (number,) = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM fact_word WHERE scope = ? "
        f"AND word IN ({_marks(words)}) LIMIT ?)",
        (scope, *words, most),
    ).fetchone()
    return int(number)


def holding(
    connection: sqlite3.Connection, scope: int, groups: Sequence[Sequence[int]], limit: int
) -> list[int]:
    """The newest facts that hold a word of every group; begin with the rarest group."""
    if not groups:
        return []
    first, *rest = groups
    inside = "".join(
        f" AND EXISTS (SELECT 1 FROM fact_word b WHERE b.scope = a.scope "
        f"AND b.word IN ({_marks(group)}) AND b.fact = a.fact)"
        for group in rest
    )
    # Each word of the group is walked from its newest fact, so that no posting list is sorted.
    walks = " UNION ".join(
        "SELECT * FROM (SELECT a.fact FROM fact_word a WHERE a.scope = ? AND a.word = ?"
        f"{inside} ORDER BY a.fact DESC LIMIT ?)"
        for _ in first
    )
    arguments: list[int] = []
    for word in first:
        arguments += [scope, word, *(each for group in rest for each in group), limit]
    rows = connection.execute(f"{walks} ORDER BY 1 DESC LIMIT ?", (*arguments, limit))
    return [int(row[0]) for row in rows]


def among(connection: sqlite3.Connection, scope: int, word: int, ids: Iterable[int]) -> list[int]:
    """Those of these facts that hold a word."""
    rows = connection.execute(
        "SELECT value FROM json_each(?) AS j WHERE EXISTS (SELECT 1 FROM fact_word "
        "WHERE scope = ? AND word = ? AND fact = j.value)",
        (json.dumps(list(ids)), scope, word),
    )
    return [int(row[0]) for row in rows]


def ids_of_scope(connection: sqlite3.Connection, scope: int) -> list[int]:
    """The ids of all facts of a scope."""
    rows = connection.execute("SELECT engram FROM fact WHERE scope = ? ORDER BY engram", (scope,))
    return [int(row[0]) for row in rows]


def stale(
    connection: sqlite3.Connection, ids: Iterable[int], as_of: float | None = None
) -> set[tuple[int, int]]:
    """Which claims of these facts something newer has taken the place of: (fact, place).

    `as_of` leaves out what holds only from later on.
    """
    rows = connection.execute(_STALE, {"ids": json.dumps(list(ids)), "as_of": as_of})
    return {(int(fact), int(place)) for fact, place in rows}


_NEWER = """
  AND (n.at, n.fact, n.place) > (c.at, c.fact, c.place) AND (:as_of IS NULL OR n.at <= :as_of)
"""
_STALE = f"""
SELECT c.fact, c.place FROM claim c WHERE c.fact IN (SELECT value FROM json_each(:ids)) AND (
  EXISTS (SELECT 1 FROM claim n WHERE c.topic <> 0 AND n.topic <> 0 AND n.scope = c.scope
          AND n.topic = c.topic AND n.at >= c.at {_NEWER})
  OR EXISTS (SELECT 1 FROM claim n WHERE n.scope = c.scope AND n.content = c.content
             AND n.negative <> c.negative AND n.at >= c.at {_NEWER}))
"""


def of_topics(connection: sqlite3.Connection, scope: int, ids: Iterable[int]) -> list[int]:
    """The facts that claim something about what these facts are about, these among them."""
    rows = connection.execute(
        "SELECT DISTINCT n.fact FROM claim c JOIN claim n ON n.scope = c.scope "
        "AND ((n.topic = c.topic AND n.topic <> 0 AND c.topic <> 0) OR n.content = c.content) "
        "WHERE c.scope = ? AND c.fact IN (SELECT value FROM json_each(?))",
        (scope, json.dumps(list(ids))),
    )
    return [int(row[0]) for row in rows]


def of_topic(connection: sqlite3.Connection, scope: int, topic: int) -> list[int]:
    """The facts that claim something about a topic, oldest first."""
    rows = connection.execute(
        "SELECT DISTINCT fact, at FROM claim WHERE scope = ? AND topic = ? AND topic <> 0 "
        "ORDER BY at, fact",
        (scope, topic),
    )
    return [int(row[0]) for row in rows]


def claims(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, int]:
    """How many claims each of these facts makes."""
    rows = connection.execute(
        "SELECT fact, count(*) FROM claim WHERE fact IN (SELECT value FROM json_each(?)) "
        "GROUP BY fact",
        (json.dumps(list(ids)),),
    )
    return dict(rows.fetchall())


def sources(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Who said each of these facts, the first one first, without the user."""
    found: dict[int, list[str]] = {}
    for fact, name in connection.execute(
        "WITH wanted AS (SELECT value AS fact FROM json_each(?)) SELECT fact, name FROM ("
        "SELECT f.engram AS fact, t.name, f.told FROM wanted w "
        "JOIN fact f ON f.engram = w.fact JOIN teller t ON t.id = f.teller UNION ALL "
        "SELECT s.fact, t.name, s.told FROM wanted w "
        "JOIN said s ON s.fact = w.fact JOIN teller t ON t.id = s.teller) "
        "ORDER BY fact, told, name",
        (json.dumps(list(ids)),),
    ):
        found.setdefault(fact, []).append(name)
    return {fact: tuple(names) for fact, names in found.items()}


def tellings(
    connection: sqlite3.Connection, ids: Iterable[int]
) -> dict[int, list[tuple[str, float]]]:
    """Who said each of these facts and when, "" the user, the first one first."""
    found: dict[int, list[tuple[str, float]]] = {}
    for fact, name, told in connection.execute(
        "SELECT s.id, coalesce(t.name, ''), s.told FROM ("
        "SELECT engram AS id, teller, told, 0 AS place FROM fact "
        "WHERE engram IN (SELECT value FROM json_each(:ids)) UNION ALL "
        "SELECT fact, teller, told, 1 FROM said WHERE fact IN (SELECT value FROM json_each(:ids))"
        ") s LEFT JOIN teller t ON t.id = s.teller ORDER BY s.id, s.place, s.told, s.teller",
        {"ids": json.dumps(list(ids))},
    ):
        found.setdefault(int(fact), []).append((str(name), float(told)))
    return found


def said_by(connection: sqlite3.Connection, scope: int, source: str) -> list[int]:
    """The facts of a scope that a source said, alone or with others."""
    teller = _known_teller(connection, source)
    if teller is None:
        return []
    if teller == USER:
        mine = "SELECT engram FROM fact WHERE scope = :scope AND teller = 0"
    else:
        # Told twice, so that the index that leaves out the user is known to hold it.
        mine = "SELECT engram FROM fact WHERE teller = :teller AND teller <> 0 AND scope = :scope"
    rows = connection.execute(
        f"{mine} UNION SELECT s.fact FROM said s JOIN fact f ON f.engram = s.fact "
        "WHERE s.teller = :teller AND f.scope = :scope ORDER BY 1",
        {"scope": scope, "teller": teller},
    )
    return [int(row[0]) for row in rows]


def unsay(connection: sqlite3.Connection, ids: Iterable[int], source: str) -> int:
    """Take back what a source said; facts that nobody says any more go. Returns how many went."""
    teller = _known_teller(connection, source)
    if teller is None:
        return 0
    asked = {"ids": json.dumps(list(ids)), "teller": teller}
    connection.execute(
        "DELETE FROM said WHERE teller = :teller AND fact IN (SELECT value FROM json_each(:ids))",
        asked,
    )
    alone = connection.execute(
        "SELECT engram FROM fact WHERE engram IN (SELECT value FROM json_each(:ids)) "
        "AND teller = :teller AND NOT EXISTS (SELECT 1 FROM said WHERE fact = engram)",
        asked,
    ).fetchall()
    # Of what others say, too, the next one is the teller.
    connection.execute(
        "UPDATE fact SET teller = (SELECT s.teller FROM said s WHERE s.fact = engram "
        "ORDER BY s.told, s.teller LIMIT 1) "
        "WHERE engram IN (SELECT value FROM json_each(:ids)) AND teller = :teller "
        "AND EXISTS (SELECT 1 FROM said WHERE fact = engram)",
        asked,
    )
    connection.execute(
        "DELETE FROM said WHERE fact IN (SELECT value FROM json_each(:ids)) "
        "AND teller = (SELECT f.teller FROM fact f WHERE f.engram = fact)",
        asked,
    )
    gone = remove(connection, [row[0] for row in alone])
    _forget_tellers(connection, [teller])
    return gone


def _forget_tellers(connection: sqlite3.Connection, tellers: Iterable[int]) -> None:
    """Those of whom nothing is told any more go, with their names."""
    connection.execute(
        "DELETE FROM teller WHERE id IN (SELECT value FROM json_each(?)) "
        "AND NOT EXISTS (SELECT 1 FROM fact WHERE teller <> 0 AND teller = id) "
        "AND NOT EXISTS (SELECT 1 FROM said WHERE teller = id)",
        (json.dumps(list(tellers)),),
    )


def remove(connection: sqlite3.Connection, ids: Sequence[int]) -> int:
    """Remove facts with all that belongs to them; returns how many there were."""
    asked = (json.dumps(list(ids)),)
    tellers = connection.execute(
        "WITH gone AS (SELECT value AS fact FROM json_each(?)) "
        "SELECT teller FROM fact JOIN gone ON engram = fact WHERE teller <> 0 UNION "
        "SELECT teller FROM said JOIN gone USING (fact) WHERE teller <> 0",
        asked,
    ).fetchall()
    number = connection.execute(
        "DELETE FROM engram WHERE kind = 'fact' AND id IN (SELECT value FROM json_each(?))", asked
    ).rowcount
    if tellers:
        _forget_tellers(connection, [row[0] for row in tellers])
    return number


def move(connection: sqlite3.Connection, scope: int, to: int) -> None:
    """Give all facts of a scope to another one."""
    for table in ("fact", "claim", "fact_word"):
        connection.execute(f"UPDATE {table} SET scope = ? WHERE scope = ?", (to, scope))


def faults(connection: sqlite3.Connection) -> Iterator[str]:
    """What is wrong with the facts, as sentences."""
    (strays,) = connection.execute(
        "SELECT count(*) FROM engram WHERE kind = 'fact' "
        "AND NOT EXISTS (SELECT 1 FROM fact WHERE engram = id)"
    ).fetchone()
    if strays:
        yield f"{strays} facts are in no scope."
    (outside,) = connection.execute(
        "SELECT count(*) FROM claim c JOIN engram e ON e.id = c.fact "
        "WHERE NOT (0 <= c.start AND c.start <= c.end AND c.end <= length(e.text))"
    ).fetchone()
    if outside:
        yield f"{outside} values lie outside the words of their facts."
    (unsaid,) = connection.execute(
        "SELECT (SELECT count(*) FROM fact WHERE teller <> 0 "
        "AND NOT EXISTS (SELECT 1 FROM teller WHERE id = teller)) + (SELECT count(*) FROM said "
        "WHERE teller <> 0 AND NOT EXISTS (SELECT 1 FROM teller t WHERE t.id = said.teller))"
    ).fetchone()
    if unsaid:
        yield f"{unsaid} facts were said by nobody that is known."


def _marks(words: Sequence[int]) -> str:
    return ",".join("?" * len(words))
