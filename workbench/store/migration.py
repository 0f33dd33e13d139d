"""Migrations to the present schema, from those of earlier editions.

Version 100 stored the claims of a statement beside it, which are now read from its text. Version
101 had tables of their own for what is now a column, a row of `meta` or a count. Nothing that
people wrote is changed, and a damaged row remains damaged.
"""

import re
import sqlite3
from dataclasses import replace
from functools import cache

from workbench.store import checksums, meta, schema

#: The oldest version that is migrated, and all that can be opened.
OLDEST = 100
VERSIONS = (OLDEST, 101, schema.VERSION)

_CREATED = re.compile(r"CREATE (?:UNIQUE )?(TABLE|INDEX|TRIGGER) (\w+)")
#: What version 101 did not have.
_NEW = "INDEX", "source_original"
#: Columns that went, by table.
_DROPPED = {"fact": "claims"}
#: Columns that came, by table, and what fills those that were tables.
_ADDED = {
    "collection": (
        "starts REAL",
        "ends REAL",
        "description TEXT NOT NULL DEFAULT ''",
        "tags TEXT NOT NULL DEFAULT '[]'",
    ),
    "source": ("original TEXT REFERENCES original(hash)",),
    "strength": ("recent BLOB",),
    "watched": ("offered TEXT NOT NULL DEFAULT '{}'",),
}
_FILLED = {
    "collection": "UPDATE collection SET (starts, ends, description, tags) = (SELECT starts, ends, "
    "description, tags FROM project WHERE collection = id) "
    "WHERE id IN (SELECT collection FROM project)",
    "source": "UPDATE source SET original = (SELECT hash FROM kept k WHERE k.source = source.id)",
    "strength": "UPDATE strength SET recent = (SELECT log FROM recent_use r "
    "WHERE r.engram = strength.engram)",
    "watched": "UPDATE watched SET offered = (SELECT json_group_object(path, json_array(size, "
    "json(exact(mtime)))) FROM offered o WHERE o.folder = watched.folder)",
}
#: Rows of `meta` that hold what tables held: the key and the value of each, as SQL.
_META = (
    "SELECT 'sleep_days', json_group_array(day) FROM (SELECT day FROM awake ORDER BY day)",
    "SELECT 'capacity:' || scope, json_array(most, dropped, held, seen, oldest) FROM capacity",
    "SELECT 'asked', json_group_object(lower(scope), json_array(at, json(topics), questions, "
    "answered, judged, sureness)) FROM asked",
    "SELECT 'alerts', json_group_array(json_array(id, collection, type, status, before, raised, "
    "changed, value, bound)) FROM (SELECT * FROM alert ORDER BY id)",
    "SELECT 'alerts_raised', seq FROM sqlite_sequence WHERE name = 'alert'",
)


def migrate_tables(connection: sqlite3.Connection) -> None:
    """Give a library of an earlier version the present tables, inside a transaction.

    The counts of rows are the caller's.
    """
    checksums.prepare(connection)
    # SQLite writes fewer digits of a number than it has.
    connection.create_function("exact", 1, repr, deterministic=True)
    present = _named(schema.statements())
    for kind, name, sql in connection.execute(
        "SELECT upper(type), name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') "
        "AND sql IS NOT NULL"
    ).fetchall():
        if present.get((kind, name)) != sql:
            connection.execute(f"DROP {kind} {name}")
    for query in _META:
        _store(connection, connection.execute(query).fetchall())
    connection.execute(
        "INSERT INTO sight(space, first, number, page, x0, y0, x1, y1, scale, numbers) "
        "SELECT space, first, 0, after, 0, 0, 0, 0, 0, X'' FROM looked"
    )
    progress = connection.execute("SELECT space, first, number FROM sight WHERE number = 0")
    checksums.accept(connection, checksums.table(connection, "sight"), progress.fetchall())
    for table in sorted({*_DROPPED, *_ADDED}):
        _alter(connection, table)
    existing = set(
        connection.execute(
            "SELECT upper(type), name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
        )
    )
    for kind, name in sorted(existing - present.keys()):
        connection.execute(f"DROP {kind} {name}")
    for key, sql in present.items():
        if key not in existing:
            connection.execute(sql)


def _store(connection: sqlite3.Connection, rows: list[tuple[str, meta.Value]]) -> None:
    for key, value in rows:
        meta.put(connection, key, value)
    keys: list[tuple[object, ...]] = [(key,) for key, _ in rows]
    checksums.accept(connection, checksums.table(connection, "meta"), keys)


def _alter(connection: sqlite3.Connection, name: str) -> None:
    """Add and drop the columns of a table; its rows that are whole get another sum."""
    previous = checksums.table(connection, name)
    for column in _ADDED.get(name, ()):
        connection.execute(f"ALTER TABLE {name} ADD COLUMN {column}")
    if name in _FILLED:
        connection.execute(_FILLED[name])
    present = checksums.table(connection, name)
    dropped = _DROPPED.get(name)
    columns = tuple(column for column in present.columns if column != dropped)
    if columns != previous.columns:
        migrated = replace(present, columns=columns).sum(name)
        connection.execute(f"UPDATE {name} SET sum = {migrated} WHERE sum IS {previous.sum(name)}")
    if dropped in present.columns:
        connection.execute(f"ALTER TABLE {name} DROP COLUMN {dropped}")


def _named(statements: tuple[str, ...]) -> dict[tuple[str, str], str]:
    """The statements by what they create: its kind and name."""
    created = {match.groups(): sql for sql in statements if (match := _CREATED.match(sql))}
    return {(kind, name): sql for (kind, name), sql in created.items()}


@cache
def statements(version: int) -> tuple[str, ...]:
    """The statements that create the tables, indexes and triggers of one of `VERSIONS`."""
    created = _named(schema.statements())
    if version < schema.VERSION:
        created |= _named(schema.statements("version_101.sql"))
        del created[_NEW]
    if version == OLDEST:
        table = created["TABLE", "fact"]
        created["TABLE", "fact"] = table.replace(" sum INTEGER", " claims BLOB, sum INTEGER")
    # Tables before what stands on them.
    return tuple(created[key] for key in sorted(created, key=lambda key: key[0] != "TABLE"))
