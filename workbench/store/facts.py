"""The tables of facts: statements, and who said each.

Everything is by scope: the id of a collection, or `OWN` for the library's own. What a fact means is
told by `memory.facts`; here it is rows.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from workbench.store import change_purge, concept_mentions, damage, failures, meta, names
from workbench.store.checksums import of_fact
from workbench.store.queries import integers

#: The scope of facts that were told to no collection.
OWN = 0
#: Who tells where nobody else is named.
USER = 0


class FactRow(NamedTuple):
    """A stored statement; kind, priority and expiry are those of its mark, if it has one.

    `teller` is who told it first, `shared` says that others did, too. A tuple, since hundreds are
    read for one question. The rest is what is written of its strength; `weight` is None for none.
    """

    id: int
    scope: int
    text: str
    recorded: float
    at: float
    kind: str
    priority: int | None
    expires: float | None
    teller: int
    shared: bool
    weight: float | None = None
    used: float = 0.0
    pinned: int = 0
    archived: int | None = None
    came: float | None = None
    ripe: float | None = None
    #: Since when it holds, as stored, and the checksum of the row; None where none is known.
    since: float | None = None
    sum: int | None = None


def scope_id(connection: sqlite3.Connection, name: str | None) -> int | None:
    """The scope of that collection's name, None where there is no such collection."""
    if name is None:
        return OWN
    askable = names.askable(name)
    row = connection.execute("SELECT id FROM collection WHERE name = ?", (askable,)).fetchone()
    return None if row is None else int(row[0])


def require_scope(connection: sqlite3.Connection, name: str | None) -> int:
    """The scope of a collection that must be there. Raises `NotFoundError`."""
    scope = scope_id(connection, name)
    if scope is None:
        raise names.unknown(name or "")
    return scope


def add(
    connection: sqlite3.Connection,
    scope: int,
    texts: Sequence[str],
    source: str,
    *,
    recorded: float,
    at: float,
) -> int:
    """Store new statements; returns the id of the first one.

    Their ids follow one another. To be called inside a transaction.
    """
    teller, valid_from = _teller(connection, source), None if at == recorded else at
    if len(texts) == 1:
        first = int(connection.execute(_ADD_ENGRAM, (len(texts[0]), texts[0])).lastrowid or 0)
    else:
        connection.executemany(_ADD_ENGRAM, zip(map(len, texts), texts, strict=True))
        (last,) = connection.execute("SELECT last_insert_rowid()").fetchone()
        first = int(last) - len(texts) + 1
    provenance = (scope, recorded, valid_from, teller)
    connection.executemany(
        _ADD_FACT,
        ((id, *provenance, of_fact(id, *provenance, text)) for id, text in enumerate(texts, first)),
    )
    return first


_ADD_ENGRAM = "INSERT INTO engram(kind, start, end, text) VALUES ('fact', 0, ?, ?)"
#: With its sum, which a trigger would add by a second statement.
_ADD_FACT = "INSERT INTO fact(engram, scope, told, at, teller, sum) VALUES (?, ?, ?, ?, ?, ?)"


def add_teller(connection: sqlite3.Connection, fact: int, source: str, recorded: float) -> bool:
    """Record that a source said this, too; False where that was known."""
    teller = _teller(connection, source)
    cursor = connection.execute(
        "INSERT INTO said(fact, teller, told) SELECT engram, ?, ? FROM fact "
        "WHERE engram = ? AND teller <> ? ON CONFLICT DO NOTHING",
        (teller, recorded, fact, teller),
    )
    return cursor.rowcount > 0


def _teller(connection: sqlite3.Connection, name: str) -> int:
    """The id of who tells, made if need be; 0 for the user."""
    if not name:
        return USER
    connection.execute("INSERT INTO teller(name) VALUES (?) ON CONFLICT DO NOTHING", (name,))
    return _teller_id(connection, name) or USER


def _teller_id(connection: sqlite3.Connection, name: str) -> int | None:
    if not name:
        return USER
    row = connection.execute("SELECT id FROM teller WHERE name = ?", (name,)).fetchone()
    return None if row is None else int(row[0])


#: What is read of a fact and of what lies beside it.
_ROWS = (
    "SELECT f.engram, f.scope, e.text, f.told, coalesce(f.at, f.told), "
    "coalesce(m.kind, 'fact'), m.priority, m.expires, f.teller, "
    "EXISTS (SELECT 1 FROM said WHERE fact = f.engram), "
    "s.weight, s.used, s.pinned, s.archived, s.came, s.ripe, f.at, f.sum "
    "FROM fact f JOIN engram e ON e.id = f.engram "
    "LEFT JOIN mark m ON m.engram = f.engram LEFT JOIN strength s ON s.engram = f.engram"
)


#: So many ids are asked for one by one; the statements are kept prepared.
_INLINE_IDS = 32


def by_ids(
    connection: sqlite3.Connection, ids: Collection[int], *, damaged: bool = False
) -> list[FactRow]:
    """Those of these facts that exist, by id; `damaged` ones among them only where asked for."""
    if len(ids) <= _INLINE_IDS:
        rows = connection.execute(_by_ids(len(ids)), tuple(ids))
    else:
        rows = connection.execute(
            f"{_ROWS} WHERE f.engram IN (SELECT value FROM json_each(?)) ORDER BY f.engram",
            (json.dumps(list(ids)),),
        )
    created = tuple.__new__
    result = (created(FactRow, row) for row in rows)
    return list(result) if damaged else _undamaged(result)


def _undamaged(rows: Iterable[FactRow]) -> list[FactRow]:
    """Those that are as they were told; the others are left out, and named (`damage.left_out`)."""
    results = []
    for row in rows:
        id, scope, text, recorded, _, _, _, _, teller, *_, valid_from, sum = row
        if sum == of_fact(id, scope, recorded, valid_from, teller, text):
            used: Any = row.used
            # A strength that is damaged may lack what none lacks.
            results.append(_weak(row) if used is None and row.weight is not None else row)
        else:
            damage.leave_out(id)
    return results


def _weak(row: FactRow) -> FactRow:
    """A fact without its strength."""
    return row._replace(weight=None, used=0.0)


@cache
def _by_ids(count: int) -> str:
    """The query for so many ids, at most `_INLINE_IDS`."""
    return f"{_ROWS} WHERE f.engram IN ({','.join('?' * count)}) ORDER BY f.engram"


# -- for the index ---------------------------------------------------------------------------------


_GONE = "FROM derived WHERE kind = 'gone:fact'"
#: How many facts were ever removed, or came back, as a query.
REMOVALS = f"SELECT coalesce(max(part), 0) {_GONE}"


class FactRevision(NamedTuple):
    """How far the facts have come: the newest id, the last removal, moves between scopes."""

    newest: int
    removals: int
    moves: int


def revision(connection: sqlite3.Connection) -> FactRevision:
    """How far the facts have come; costs the same however many there are."""
    row = connection.execute(
        f"SELECT (SELECT max(engram) FROM fact), ({REMOVALS}), "
        "(SELECT value FROM meta WHERE key = ?)",
        (meta.FACT_MOVES,),
    ).fetchone()
    newest, removals, moves = row
    return FactRevision(newest or 0, removals or 0, int(moves or 0))


def ids_after(connection: sqlite3.Connection, after: int, limit: int) -> list[int]:
    """The ids of what was told after a fact, in order."""
    rows = connection.execute(
        "SELECT engram FROM fact WHERE engram > ? ORDER BY engram LIMIT ?", (after, limit)
    )
    return [id for (id,) in failures.forward(rows.fetchall(), after)]


def scopes(connection: sqlite3.Connection) -> list[tuple[int, int]]:
    """Every fact with its scope."""
    return connection.execute("SELECT engram, scope FROM fact").fetchall()


def run_after(connection: sqlite3.Connection, after: int) -> list[tuple[int, int]]:
    """The facts after an engram and before the next statement of a source, each with its scope."""
    return connection.execute(
        "SELECT engram, scope FROM fact WHERE engram > :after AND engram < coalesce("
        "(SELECT min(max(first, :after + 1)) FROM extent WHERE last > :after), :end) "
        "ORDER BY engram",
        {"after": after, "end": (1 << 63) - 1},
    ).fetchall()


def scopes_between(connection: sqlite3.Connection, after: int, upto: int) -> list[tuple[int, int]]:
    """The facts after an id up to another one, each with its scope."""
    return connection.execute(
        "SELECT engram, scope FROM fact WHERE engram > ? AND engram <= ?", (after, upto)
    ).fetchall()


def texts_between(connection: sqlite3.Connection, after: int, upto: int) -> list[tuple[int, str]]:
    """The facts after an id up to another one, each with its words, in order."""
    return connection.execute(
        "SELECT e.id, e.text FROM fact f JOIN engram e ON e.id = f.engram "
        "WHERE f.engram > ? AND f.engram <= ? ORDER BY f.engram",
        (after, upto),
    ).fetchall()


def latest_recorded(connection: sqlite3.Connection) -> float:
    """The latest time at which one of the last facts was told that state no time; 0 for none.

    Facts are told in the order of their ids, so the last ones say it.
    """
    (result,) = connection.execute(
        "SELECT max(told) FROM "
        "(SELECT told FROM fact WHERE at IS NULL ORDER BY engram DESC LIMIT 64)"
    ).fetchone()
    return float(result or 0.0)


def backdate(connection: sqlite3.Connection, at: float) -> None:
    """Let what was told with a later time, and states none, hold since `at`."""
    connection.execute("UPDATE fact SET at = ? WHERE at IS NULL AND told > ?", (at, at))


def removals(connection: sqlite3.Connection, after: int) -> list[int]:
    """The facts that were removed after a removal, in order; one that came back is negative."""
    return integers(
        connection,
        f"SELECT CAST(stamp AS INTEGER) {_GONE} AND part > ? ORDER BY part",
        (after,),
    )


def record_returned(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Facts are there again that had been removed."""
    connection.executemany(
        "INSERT INTO derived(kind, part, stamp, data) "
        f"SELECT 'gone:fact', ({REMOVALS}) + 1, ?, X''",
        [(-id,) for id in ids],
    )


def places(connection: sqlite3.Connection, ids: Collection[int]) -> list[tuple[int, int]]:
    """Those of these facts that exist, with their scopes."""
    return connection.execute(
        "SELECT engram, scope FROM fact WHERE engram IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    ).fetchall()


def removal_at(connection: sqlite3.Connection, place: int) -> int | None:
    """Which fact was removed at a place; None where nothing was."""
    row = connection.execute(f"SELECT stamp {_GONE} AND part = ?", (place,)).fetchone()
    return None if row is None else int(row[0])


def texts(connection: sqlite3.Connection, ids: Collection[int]) -> dict[int, str]:
    """The words of those of these facts that exist."""
    return dict(
        connection.execute(
            "SELECT e.id, e.text FROM engram e JOIN fact f ON f.engram = e.id "
            "WHERE e.id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        ).fetchall()
    )


# -- whole scopes ----------------------------------------------------------------------------------


def neighbours(connection: sqlite3.Connection, fact: FactRow, window: int) -> list[FactRow]:
    """The facts told just before and just after this one, in the order in which they were told."""
    previous = connection.execute(
        f"{_ROWS} WHERE f.scope = ? AND f.engram < ? ORDER BY f.engram DESC LIMIT ?",
        (fact.scope, fact.id, window),
    ).fetchall()
    after = connection.execute(
        f"{_ROWS} WHERE f.scope = ? AND f.engram > ? ORDER BY f.engram LIMIT ?",
        (fact.scope, fact.id, window),
    ).fetchall()
    return _undamaged(FactRow._make(row) for row in (*reversed(previous), *after))


#: Facts of all scopes among which the newest of one is looked for.
_NEWEST = 1000


def newest(connection: sqlite3.Connection, scope: int) -> FactRow | None:
    """The fact told last in a scope; None where it is not among the last that were told at all."""
    row = connection.execute(
        f"{_ROWS} WHERE +f.scope = ? AND f.engram > (SELECT max(engram) FROM fact) - ? "
        "ORDER BY f.engram DESC LIMIT 1",
        (scope, _NEWEST),
    ).fetchone()
    return next(iter(_undamaged([] if row is None else [FactRow._make(row)])), None)


def oldest(connection: sqlite3.Connection, scope: int, start: int, limit: int) -> list[int]:
    """The oldest facts of a scope whose id is at least `start`, in order."""
    # A plus before the column: they lie in the order of their ids, which no index has.
    return integers(
        connection,
        "SELECT engram FROM fact WHERE +scope = ? AND engram >= ? ORDER BY engram LIMIT ?",
        (scope, start, limit),
    )


def counts(connection: sqlite3.Connection) -> dict[int, int]:
    """How many facts each scope holds that holds any."""
    return dict(connection.execute("SELECT scope, count(*) FROM fact GROUP BY scope").fetchall())


def count(connection: sqlite3.Connection, scope: int) -> int:
    """How many facts a scope holds; looks at every fact (`FactIndex.count` does not)."""
    (number,) = connection.execute("SELECT count(*) FROM fact WHERE scope = ?", (scope,)).fetchone()
    return int(number)


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


def sources(connection: sqlite3.Connection, ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Who said each of these facts, the first one first, without the user."""
    if not ids:
        return {}
    results: dict[int, list[str]] = {}
    for fact, name in connection.execute(
        "WITH wanted AS (SELECT value AS fact FROM json_each(?)) SELECT fact, name FROM ("
        "SELECT f.engram AS fact, t.name, f.told FROM wanted w "
        "JOIN fact f ON f.engram = w.fact JOIN teller t ON t.id = f.teller UNION ALL "
        "SELECT s.fact, t.name, s.told FROM wanted w "
        "JOIN said s ON s.fact = w.fact JOIN teller t ON t.id = s.teller) "
        "ORDER BY fact, told, name",
        (json.dumps(list(ids)),),
    ):
        results.setdefault(fact, []).append(name)
    return {fact: tuple(names) for fact, names in results.items()}


def tellings(
    connection: sqlite3.Connection, ids: Iterable[int]
) -> dict[int, list[tuple[str, float]]]:
    """Who said each of these facts and when, "" the user, the first one first."""
    results: dict[int, list[tuple[str, float]]] = {}
    for fact, name, recorded in connection.execute(
        "SELECT s.id, coalesce(t.name, ''), s.told FROM ("
        "SELECT engram AS id, teller, told, 0 AS place FROM fact "
        "WHERE engram IN (SELECT value FROM json_each(:ids)) UNION ALL "
        "SELECT fact, teller, told, 1 FROM said WHERE fact IN (SELECT value FROM json_each(:ids))"
        ") s LEFT JOIN teller t ON t.id = s.teller ORDER BY s.id, s.place, s.told, s.teller",
        {"ids": json.dumps(list(ids))},
    ):
        results.setdefault(int(fact), []).append((str(name), float(recorded)))
    return results


def of_teller(connection: sqlite3.Connection, scope: int, source: str) -> list[int]:
    """The facts of a scope that a source said, alone or with others."""
    teller = _teller_id(connection, source)
    if teller is None:
        return []
    if teller == USER:
        query = "SELECT engram FROM fact WHERE scope = :scope AND teller = 0"
    else:
        # Told twice, so that the index that leaves out the user is known to hold it.
        query = "SELECT engram FROM fact WHERE teller = :teller AND teller <> 0 AND scope = :scope"
    return integers(
        connection,
        f"{query} UNION SELECT s.fact FROM said s JOIN fact f ON f.engram = s.fact "
        "WHERE s.teller = :teller AND f.scope = :scope ORDER BY 1",
        {"scope": scope, "teller": teller},
    )


def unsay(connection: sqlite3.Connection, ids: Iterable[int], source: str) -> int:
    """Take back what a source said; facts that nobody says any more go. Returns how many went."""
    teller = _teller_id(connection, source)
    if teller is None:
        return 0
    parameters = {"ids": json.dumps(list(ids)), "teller": teller}
    connection.execute(
        "DELETE FROM said WHERE teller = :teller AND fact IN (SELECT value FROM json_each(:ids))",
        parameters,
    )
    orphans = connection.execute(
        "SELECT engram FROM fact WHERE engram IN (SELECT value FROM json_each(:ids)) "
        "AND teller = :teller AND NOT EXISTS (SELECT 1 FROM said WHERE fact = engram)",
        parameters,
    ).fetchall()
    # Of what others say, too, the next one is the teller.
    connection.execute(
        "UPDATE fact SET teller = (SELECT s.teller FROM said s WHERE s.fact = engram "
        "ORDER BY s.told, s.teller LIMIT 1) "
        "WHERE engram IN (SELECT value FROM json_each(:ids)) AND teller = :teller "
        "AND EXISTS (SELECT 1 FROM said WHERE fact = engram)",
        parameters,
    )
    connection.execute(
        "DELETE FROM said WHERE fact IN (SELECT value FROM json_each(:ids)) "
        "AND teller = (SELECT f.teller FROM fact f WHERE f.engram = fact)",
        parameters,
    )
    removed = remove(connection, [row[0] for row in orphans])
    _forget_tellers(connection, [teller])
    return removed


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
    change_purge.purge(connection, ids)
    parameters = (json.dumps(list(ids)),)
    tellers = connection.execute(
        "WITH gone AS (SELECT value AS fact FROM json_each(?)) "
        "SELECT teller FROM fact JOIN gone ON engram = fact WHERE teller <> 0 UNION "
        "SELECT teller FROM said JOIN gone USING (fact) WHERE teller <> 0",
        parameters,
    ).fetchall()
    number = connection.execute(
        "DELETE FROM engram WHERE kind = 'fact' AND id IN (SELECT value FROM json_each(?))",
        parameters,
    ).rowcount
    if tellers:
        _forget_tellers(connection, [row[0] for row in tellers])
    concept_mentions.settle(connection)
    return number


def move(connection: sqlite3.Connection, scope: int, to: int) -> None:
    """Give all facts of a scope to another one."""
    count = connection.execute("UPDATE fact SET scope = ? WHERE scope = ?", (to, scope)).rowcount
    if count:
        # The index looks anew at where each fact is.
        meta.count(connection, meta.FACT_MOVES)
    concept_mentions.move(connection, scope, to)


def faults(connection: sqlite3.Connection) -> Iterator[str]:
    """What is wrong with the facts, as sentences."""
    (strays,) = connection.execute(
        "SELECT count(*) FROM engram WHERE kind = 'fact' "
        "AND NOT EXISTS (SELECT 1 FROM fact WHERE engram = id)"
    ).fetchone()
    if strays:
        yield f"{strays} facts are in no scope."
    (unsaid,) = connection.execute(
        "SELECT (SELECT count(*) FROM fact WHERE teller <> 0 "
        "AND NOT EXISTS (SELECT 1 FROM teller WHERE id = teller)) + (SELECT count(*) FROM said "
        "WHERE teller <> 0 AND NOT EXISTS (SELECT 1 FROM teller t WHERE t.id = said.teller))"
    ).fetchone()
    if unsaid:
        yield f"{unsaid} facts were said by nobody that is known."
