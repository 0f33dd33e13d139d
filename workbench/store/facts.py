"""The tables of facts: statements, and who told them.

The capacity of a scope is a maximum of its facts, beyond which the oldest are removed, and counted.
A scope is the id of a collection, or `OWN` for the library's own. Facts are interpreted in
`memory.facts`; these are only rows.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import astuple, dataclass, replace
from functools import cache
from typing import Any, NamedTuple

from workbench.store import change_purge, changes, concept_mentions, damage, failures, meta, names
from workbench.store.checksums import of_fact
from workbench.store.queries import (
    integers,
    json_list,
    select,
    select_number,
    select_one,
    select_value,
)

#: The scope of facts that belong to no collection.
OWN = 0
#: The default teller.
USER = 0


class FactRow(NamedTuple):
    """A stored statement; kind, priority and expiry come from its mark, if any.

    `teller` told it first, `shared` tells whether others did, too. The remaining fields are its
    strength; `weight` None means it has none. A tuple, as hundreds are read for one question.
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
    #: Its valid time as stored, and the checksum of the row; None if unknown.
    since: float | None = None
    sum: int | None = None


def scope_id(connection: sqlite3.Connection, name: str | None) -> int | None:
    """The scope of a collection's name, or None."""
    if name is None:
        return OWN
    askable = names.askable(name)
    return select_value(connection, "SELECT id FROM collection WHERE name = ?", askable)


def require_scope(connection: sqlite3.Connection, name: str | None) -> int:
    """The scope of an existing collection. Raises `NotFoundError`."""
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
    """Store new statements with consecutive ids; returns the first one.

    Inside a transaction.
    """
    teller, valid_from = _teller(connection, source), None if at == recorded else at
    if len(texts) == 1:
        first = int(connection.execute(_ADD_ENGRAM, (len(texts[0]), texts[0])).lastrowid or 0)
    else:
        connection.executemany(_ADD_ENGRAM, zip(map(len, texts), texts, strict=True))
        (last,) = select_one(connection, "SELECT last_insert_rowid()")
        first = int(last) - len(texts) + 1
    provenance = (scope, recorded, valid_from, teller)
    connection.executemany(
        _ADD_FACT,
        ((id, *provenance, of_fact(id, *provenance, text)) for id, text in enumerate(texts, first)),
    )
    return first


_ADD_ENGRAM = "INSERT INTO engram(kind, start, end, text) VALUES ('fact', 0, ?, ?)"
#: With the checksum, which a trigger would otherwise add in a second statement.
_ADD_FACT = "INSERT INTO fact(engram, scope, told, at, teller, sum) VALUES (?, ?, ?, ?, ?, ?)"


def add_teller(connection: sqlite3.Connection, fact: int, source: str, recorded: float) -> bool:
    """Record another teller of a fact; False if already recorded."""
    teller = _teller(connection, source)
    cursor = connection.execute(
        "INSERT INTO said(fact, teller, told) SELECT engram, ?, ? FROM fact "
        "WHERE engram = ? AND teller <> ? ON CONFLICT DO NOTHING",
        (teller, recorded, fact, teller),
    )
    return cursor.rowcount > 0


def set_told(connection: sqlite3.Connection, fact: int, source: str, recorded: float) -> None:
    """Set when a teller of a fact has told it."""
    teller = _teller_id(connection, source)
    for table, key in (("fact", "engram"), ("said", "fact")):
        connection.execute(
            f"UPDATE {table} SET told = ? WHERE {key} = ? AND teller = ? AND told <> ?",
            (recorded, fact, teller, recorded),
        )


def order_tellers(
    connection: sqlite3.Connection, fact: int, known_as: Callable[[str], str]
) -> None:
    """Have the earliest teller of a fact first; of two at once by what they are known as."""
    told = tellings(connection, [fact]).get(fact)
    if not told:
        return
    first = min(told, key=lambda telling: (telling[1], known_as(telling[0])))
    if first == told[0]:
        return
    (former, moment), teller = told[0], _teller(connection, first[0])
    connection.execute("DELETE FROM said WHERE fact = ? AND teller = ?", (fact, teller))
    connection.execute(
        "UPDATE fact SET teller = ?, told = ? WHERE engram = ?", (teller, first[1], fact)
    )
    connection.execute(
        "INSERT INTO said(fact, teller, told) VALUES (?, ?, ?)",
        (fact, _teller(connection, former), moment),
    )


def _teller(connection: sqlite3.Connection, name: str) -> int:
    """The id of a teller, who is created if need be; 0 for the user."""
    if not name:
        return USER
    connection.execute("INSERT INTO teller(name) VALUES (?) ON CONFLICT DO NOTHING", (name,))
    return _teller_id(connection, name) or USER


def _teller_id(connection: sqlite3.Connection, name: str) -> int | None:
    if not name:
        return USER
    return select_value(connection, "SELECT id FROM teller WHERE name = ?", name)


#: Columns of a fact, its mark and its strength.
_ROWS = (
    "SELECT f.engram, f.scope, e.text, f.told, coalesce(f.at, f.told), "
    "coalesce(m.kind, 'fact'), m.priority, m.expires, f.teller, "
    "EXISTS (SELECT 1 FROM said WHERE fact = f.engram), "
    "s.weight, s.used, s.pinned, s.archived, s.came, s.ripe, f.at, f.sum "
    "FROM fact f JOIN engram e ON e.id = f.engram "
    "LEFT JOIN mark m ON m.engram = f.engram LEFT JOIN strength s ON s.engram = f.engram"
)


#: Up to so many ids are bound one by one, which keeps the statements cached.
_INLINE_IDS = 32


def by_ids(
    connection: sqlite3.Connection,
    ids: Collection[int],
    *,
    damaged: bool = False,
    since: tuple[float, int] | None = None,
) -> list[FactRow]:
    """The existing facts among these by id; `damaged` includes damaged ones.

    With `since`, a time and an id, only those valid since later, or of a greater id since then.
    """
    is_few = len(ids) <= _INLINE_IDS
    query = _by_ids(len(ids) if is_few else None, is_later=since is not None)
    chosen = tuple(ids) if is_few else (json_list(ids),)
    rows = connection.execute(query, (*chosen, *(since or ())))
    created = tuple.__new__
    result = (created(FactRow, row) for row in rows)
    return list(result) if damaged else _undamaged(result)


def _undamaged(rows: Iterable[FactRow]) -> list[FactRow]:
    """The facts with a valid checksum; others are skipped and reported (`damage.leave_out`)."""
    results = []
    for row in rows:
        id, scope, text, recorded, _, _, _, _, teller, *_, valid_from, sum = row
        if sum == of_fact(id, scope, recorded, valid_from, teller, text):
            used: Any = row.used
            # A damaged strength may lack required values.
            results.append(_weak(row) if used is None and row.weight is not None else row)
        else:
            damage.leave_out(id)
    return results


def _weak(row: FactRow) -> FactRow:
    """A fact without its strength."""
    return row._replace(weight=None, used=0.0)


@cache
def _by_ids(count: int | None, *, is_later: bool) -> str:
    """The query for `count` ids, at most `_INLINE_IDS`; None for a JSON list."""
    marks = "SELECT value FROM json_each(?)" if count is None else ",".join("?" * count)
    later = " AND (coalesce(f.at, f.told), f.engram) > (?, ?)" if is_later else ""
    return f"{_ROWS} WHERE f.engram IN ({marks}){later} ORDER BY f.engram"


# -- for the index ---------------------------------------------------------------------------------


_GONE = "FROM derived WHERE kind = 'gone:fact'"
#: Query of the number of removals and returns of facts.
REMOVALS = f"SELECT coalesce(max(part), 0) {_GONE}"


class FactRevision(NamedTuple):
    """A revision of the facts: the newest id, the last removal, and moves between scopes."""

    newest: int
    removals: int
    moves: int


def revision(connection: sqlite3.Connection) -> FactRevision:
    """The current revision of the facts, in constant time."""
    row = connection.execute(
        f"SELECT (SELECT max(engram) FROM fact), ({REMOVALS}), "
        "(SELECT value FROM meta WHERE key = ?)",
        (meta.FACT_MOVES,),
    ).fetchone()
    newest, removals, moves = row
    return FactRevision(newest or 0, removals or 0, int(moves or 0))


def ids_after(connection: sqlite3.Connection, after: int, limit: int) -> list[int]:
    """The ids of facts after one, in order."""
    rows = connection.execute(
        "SELECT engram FROM fact WHERE engram > ? ORDER BY engram LIMIT ?", (after, limit)
    )
    return [id for (id,) in failures.forward(rows.fetchall(), after)]


def is_dated(connection: sqlite3.Connection, after: int) -> bool:
    """Whether a fact after one is valid since another time than that of its telling."""
    (found,) = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM fact WHERE engram > ? AND at IS NOT NULL)", (after,)
    ).fetchone()
    return bool(found)


def singly_told(
    connection: sqlite3.Connection, after: int, bulk: int, limit: int = -1
) -> list[int]:
    """The ids of facts after one, in order, without those of calls that told at least `bulk`."""
    # In a run of so many, half as many come before each or after it.
    rows = connection.execute(
        "SELECT f.engram FROM fact f WHERE f.engram > :after AND NOT EXISTS "
        "(SELECT 1 FROM fact b WHERE b.engram IN (f.engram - :far, f.engram + :far) "
        "AND b.told = f.told AND b.teller = f.teller) ORDER BY f.engram LIMIT :limit",
        {"after": after, "far": bulk // 2, "limit": limit},
    )
    return [id for (id,) in rows]


def scopes(connection: sqlite3.Connection) -> list[tuple[int, int]]:
    """Every fact with its scope."""
    return select(connection, "SELECT engram, scope FROM fact")


def run_after(connection: sqlite3.Connection, after: int) -> list[tuple[int, int]]:
    """The facts between an engram and the next statement of a source, with their scopes."""
    return connection.execute(
        "SELECT engram, scope FROM fact WHERE engram > :after AND engram < coalesce("
        "(SELECT min(max(first, :after + 1)) FROM extent WHERE last > :after), :end) "
        "ORDER BY engram",
        {"after": after, "end": (1 << 63) - 1},
    ).fetchall()


def scopes_between(connection: sqlite3.Connection, after: int, upto: int) -> list[tuple[int, int]]:
    """The facts in a range of ids (after, upto], with their scopes."""
    return select(
        connection, "SELECT engram, scope FROM fact WHERE engram > ? AND engram <= ?", after, upto
    )


def texts_between(connection: sqlite3.Connection, after: int, upto: int) -> list[tuple[int, str]]:
    """The facts in a range of ids (after, upto], with their texts, in order."""
    return connection.execute(
        "SELECT e.id, e.text FROM fact f JOIN engram e ON e.id = f.engram "
        "WHERE f.engram > ? AND f.engram <= ? ORDER BY f.engram",
        (after, upto),
    ).fetchall()


def latest_recorded(connection: sqlite3.Connection) -> float:
    """The latest time of telling among the last facts without a stated time; 0 for none.

    Times of telling increase with ids, so the last rows suffice.
    """
    (result,) = connection.execute(
        "SELECT max(told) FROM "
        "(SELECT told FROM fact WHERE at IS NULL ORDER BY engram DESC LIMIT 64)"
    ).fetchone()
    return float(result or 0.0)


def backdate(connection: sqlite3.Connection, at: float) -> None:
    """Set `at` as valid time of facts told later that state none."""
    connection.execute("UPDATE fact SET at = ? WHERE at IS NULL AND told > ?", (at, at))


def removals(connection: sqlite3.Connection, after: int) -> list[int]:
    """The facts removed after a removal, in order; returned ones are negative."""
    return integers(
        connection, f"SELECT CAST(stamp AS INTEGER) {_GONE} AND part > ? ORDER BY part", after
    )


def record_returned(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Record that removed facts were restored."""
    connection.executemany(
        "INSERT INTO derived(kind, part, stamp, data) "
        f"SELECT 'gone:fact', ({REMOVALS}) + 1, ?, X''",
        [(-id,) for id in ids],
    )


def places(connection: sqlite3.Connection, ids: Collection[int]) -> list[tuple[int, int]]:
    """The existing facts among these, with their scopes."""
    return select(
        connection,
        "SELECT engram, scope FROM fact WHERE engram IN (SELECT value FROM json_each(?))",
        ids,
    )


def removal_at(connection: sqlite3.Connection, place: int) -> int | None:
    """The fact of a removal, or None."""
    return select_value(connection, f"SELECT stamp {_GONE} AND part = ?", place)


def texts(connection: sqlite3.Connection, ids: Collection[int]) -> dict[int, str]:
    """The texts of the existing facts among these."""
    return dict(
        select(
            connection,
            "SELECT e.id, e.text FROM engram e JOIN fact f ON f.engram = e.id "
            "WHERE e.id IN (SELECT value FROM json_each(?))",
            ids,
        )
    )


# -- whole scopes ----------------------------------------------------------------------------------


def neighbours(connection: sqlite3.Connection, fact: FactRow, window: int) -> list[FactRow]:
    """The facts told just before and after one in its scope, in order."""
    previous = connection.execute(
        f"{_ROWS} WHERE f.scope = ? AND f.engram < ? ORDER BY f.engram DESC LIMIT ?",
        (fact.scope, fact.id, window),
    ).fetchall()
    after = connection.execute(
        f"{_ROWS} WHERE f.scope = ? AND f.engram > ? ORDER BY f.engram LIMIT ?",
        (fact.scope, fact.id, window),
    ).fetchall()
    return _undamaged(FactRow._make(row) for row in (*reversed(previous), *after))


#: The newest facts of all scopes in which the newest of one is searched.
_NEWEST = 1000


def newest(connection: sqlite3.Connection, scope: int) -> FactRow | None:
    """The newest fact of a scope, or None unless it is among the newest of the library."""
    row = connection.execute(
        f"{_ROWS} WHERE +f.scope = ? AND f.engram > (SELECT max(engram) FROM fact) - ? "
        "ORDER BY f.engram DESC LIMIT 1",
        (scope, _NEWEST),
    ).fetchone()
    return next(iter(_undamaged([] if row is None else [FactRow._make(row)])), None)


def oldest(connection: sqlite3.Connection, scope: int, start: int, limit: int) -> list[int]:
    """The oldest facts of a scope with ids from `start`, in order."""
    # The unary plus keeps SQLite from using an index on the scope, which would need a sort.
    return integers(
        connection,
        "SELECT engram FROM fact WHERE +scope = ? AND engram >= ? ORDER BY engram LIMIT ?",
        scope,
        start,
        limit,
    )


def counts(connection: sqlite3.Connection) -> dict[int, int]:
    """The number of facts of each scope that has any."""
    return dict(select(connection, "SELECT scope, count(*) FROM fact GROUP BY scope"))


def count(connection: sqlite3.Connection, scope: int) -> int:
    """The number of facts of a scope; reads every fact, unlike `FactIndex.count`."""
    return select_number(connection, "SELECT count(*) FROM fact WHERE scope = ?", scope)


def span(connection: sqlite3.Connection, scope: int) -> tuple[float | None, float | None]:
    """The times of the first and the last fact of a scope."""
    first, last = select_one(
        connection, "SELECT min(told), max(told) FROM fact WHERE scope = ?", scope
    )
    return first, last


def tellers(connection: sqlite3.Connection, scope: int) -> dict[str, int]:
    """The number of facts by teller in a scope, "" for the user; in descending order."""
    rows = connection.execute(
        "SELECT coalesce(t.name, '') AS name, count(*) AS number FROM ("
        "SELECT teller FROM fact WHERE scope = :scope UNION ALL "
        "SELECT s.teller FROM said s JOIN fact f ON f.engram = s.fact WHERE f.scope = :scope) s "
        "LEFT JOIN teller t ON t.id = s.teller GROUP BY s.teller ORDER BY number DESC, name",
        {"scope": scope},
    )
    return dict(rows.fetchall())


def sources(connection: sqlite3.Connection, ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The tellers of each fact except the user, the first one first."""
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
        (json_list(ids),),
    ):
        results.setdefault(fact, []).append(name)
    return {fact: tuple(names) for fact, names in results.items()}


def tellings(
    connection: sqlite3.Connection, ids: Iterable[int]
) -> dict[int, list[tuple[str, float]]]:
    """The tellers of facts with their times, the first one first; "" for the user."""
    results: dict[int, list[tuple[str, float]]] = {}
    for fact, name, recorded in connection.execute(
        "SELECT s.id, coalesce(t.name, ''), s.told FROM ("
        "SELECT engram AS id, teller, told, 0 AS place FROM fact "
        "WHERE engram IN (SELECT value FROM json_each(:ids)) UNION ALL "
        "SELECT fact, teller, told, 1 FROM said WHERE fact IN (SELECT value FROM json_each(:ids))"
        ") s LEFT JOIN teller t ON t.id = s.teller ORDER BY s.id, s.place, s.told, s.teller",
        {"ids": json_list(ids)},
    ):
        results.setdefault(int(fact), []).append((str(name), float(recorded)))
    return results


def of_teller(connection: sqlite3.Connection, scope: int, source: str) -> list[int]:
    """The facts of a scope with this teller, alone or with others."""
    teller = _teller_id(connection, source)
    if teller is None:
        return []
    if teller == USER:
        query = "SELECT engram FROM fact WHERE scope = :scope AND teller = 0"
    else:
        # The redundant condition makes the partial index applicable.
        query = "SELECT engram FROM fact WHERE teller = :teller AND teller <> 0 AND scope = :scope"
    return integers(
        connection,
        f"{query} UNION SELECT s.fact FROM said s JOIN fact f ON f.engram = s.fact "
        "WHERE s.teller = :teller AND f.scope = :scope ORDER BY 1",
        scope=scope,
        teller=teller,
    )


def unsay(connection: sqlite3.Connection, ids: Iterable[int], source: str) -> int:
    """Remove a teller from facts; facts without tellers are removed. Returns the number removed."""
    teller = _teller_id(connection, source)
    if teller is None:
        return 0
    parameters = {"ids": json_list(ids), "teller": teller}
    connection.execute(
        "DELETE FROM said WHERE teller = :teller AND fact IN (SELECT value FROM json_each(:ids))",
        parameters,
    )
    orphans = connection.execute(
        "SELECT engram FROM fact WHERE engram IN (SELECT value FROM json_each(:ids)) "
        "AND teller = :teller AND NOT EXISTS (SELECT 1 FROM said WHERE fact = engram)",
        parameters,
    ).fetchall()
    # Of several tellers, the next one becomes the first.
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
    forget_tellers(connection, [teller])
    return removed


def forget_tellers(connection: sqlite3.Connection, tellers: Iterable[int]) -> None:
    """Delete tellers without facts."""
    connection.execute(
        "DELETE FROM teller WHERE id IN (SELECT value FROM json_each(?)) "
        "AND NOT EXISTS (SELECT 1 FROM fact WHERE teller <> 0 AND teller = id) "
        "AND NOT EXISTS (SELECT 1 FROM said WHERE teller = id)",
        (json_list(tellers),),
    )


def remove(connection: sqlite3.Connection, ids: Sequence[int]) -> int:
    """Remove facts with all their rows; returns their number."""
    change_purge.purge(connection, ids)
    parameters = (json_list(ids),)
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
        forget_tellers(connection, [row[0] for row in tellers])
    concept_mentions.settle(connection)
    return number


def move(connection: sqlite3.Connection, scope: int, to: int) -> None:
    """Move all facts of a scope to another."""
    count = connection.execute("UPDATE fact SET scope = ? WHERE scope = ?", (to, scope)).rowcount
    if count:
        # The index then reads the scopes again.
        meta.count(connection, meta.FACT_MOVES)
    concept_mentions.move(connection, scope, to)


#: Queries that count inconsistencies, by what they mean.
FAULTS = {
    "{} facts are in no scope.": (
        "SELECT count(*) FROM engram WHERE kind = 'fact' "
        "AND NOT EXISTS (SELECT 1 FROM fact WHERE engram = id)"
    ),
    "{} facts were said by nobody that is known.": (
        "SELECT (SELECT count(*) FROM fact WHERE teller <> 0 "
        "AND NOT EXISTS (SELECT 1 FROM teller WHERE id = teller)) + (SELECT count(*) FROM said "
        "WHERE teller <> 0 AND NOT EXISTS (SELECT 1 FROM teller t WHERE t.id = said.teller))"
    ),
}


@dataclass(frozen=True, slots=True)
class CapacityRow:
    """A limit of `maximum` facts (None: unlimited), and the number `dropped` because of it.

    `count` is the scope's number of facts (None: unknown) at the time when the library had seen
    `removals` removals; none of its facts has an id below `oldest`.
    """

    maximum: int | None = None
    dropped: int = 0
    count: int | None = None
    removals: int = 0
    oldest: int = 0


def capacity_of(connection: sqlite3.Connection, scope: int) -> CapacityRow:
    """The capacity of a scope."""
    return CapacityRow(*(meta.load(connection, _capacity_key(scope)) or ()))


def set_maximum(connection: sqlite3.Connection, scope: int, maximum: int | None) -> None:
    """Set the maximum of a scope; None is unlimited."""
    row = capacity_of(connection, scope)
    _store_capacity(connection, scope, replace(row, maximum=maximum, count=None, oldest=0))


def enforce_capacity(connection: sqlite3.Connection, scope: int, added: int | None = None) -> int:
    """Remove the oldest facts beyond the maximum; returns their number.

    Inside the transaction that added facts. `added` is their number, which saves a full count
    unless the cached one is stale.
    """
    row = capacity_of(connection, scope)
    if row.maximum is None:
        return 0
    if added is None or row.count is None or row.removals != _removals(connection):
        number = count(connection, scope)
    else:
        number = row.count + added
    excess = number - row.maximum
    outdated = oldest(connection, scope, row.oldest, excess) if excess > 0 else []
    if outdated:
        remove(connection, outdated)
    _store_capacity(
        connection,
        scope,
        CapacityRow(
            row.maximum,
            row.dropped + len(outdated),
            number - len(outdated),
            _removals(connection),
            outdated[-1] + 1 if outdated else row.oldest,
        ),
    )
    return len(outdated)


def shrink(connection: sqlite3.Connection, scope: int, now: float) -> int:
    """Enforce a lower maximum, as a permanent deletion; returns how many facts were removed."""
    return changes.erased(connection, "forgotten", enforce_capacity(connection, scope), now)


def unsure_counts(connection: sqlite3.Connection) -> None:
    """Invalidate the cached counts of all scopes."""
    keys = select(connection, "SELECT key FROM meta WHERE key GLOB 'capacity:*'")
    for (key,) in keys:
        unsure_count(connection, int(key.split(":")[1]))


def unsure_count(connection: sqlite3.Connection, scope: int) -> None:
    """Invalidate the cached count of a scope, whose facts changed other than by telling."""
    row = capacity_of(connection, scope)
    if row != CapacityRow():
        _store_capacity(connection, scope, replace(row, count=None, oldest=0))


def _removals(connection: sqlite3.Connection) -> int:
    """The number of facts ever removed from the library."""
    return int(select_one(connection, REMOVALS)[0])


def remove_capacity(connection: sqlite3.Connection, scope: int) -> None:
    """Delete the capacity of a scope."""
    meta.remove(connection, _capacity_key(scope))


def _store_capacity(connection: sqlite3.Connection, scope: int, row: CapacityRow) -> None:
    meta.dump(connection, _capacity_key(scope), astuple(row))


def _capacity_key(scope: int) -> str:
    return f"capacity:{scope}"
