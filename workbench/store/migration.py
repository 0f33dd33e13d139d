"""The expected schema of a file, and migrations from those of earlier versions.

Version 100 stored the claims of statements, which are now read from their texts. The schema
differences of each later version are in `version_N.sql`, and the conversion of its rows to the next
in `migration_N.sql`. Texts of users are not changed, and damaged rows stay damaged.

An added trigger or view would run inside our own writes and could falsify answers, so a library
whose `sqlite_master` differs in more than whitespace and comments is refused. `FINGERPRINTS` caches
the comparison; when it is outdated, opening takes longer.
"""

import hashlib
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path

from workbench.errors import AlteredLibraryError
from workbench.store import checksums, failures, schema
from workbench.store.schema import VERSION

#: The oldest version that can be migrated, and all that can be opened.
OLDEST = 100
VERSIONS = tuple(range(OLDEST, schema.VERSION + 1))

_DEFINED = re.compile(r"(?:CREATE (?:UNIQUE )?|DROP )(TABLE|INDEX|TRIGGER) (\w+)")
#: Tables that are rebuilt, as a foreign key was dropped or the primary key changed.
_REBUILT = ("model_triple", "vault_record", "vector")


def migrate_tables(connection: sqlite3.Connection) -> None:
    """Migrate a library to the current tables, inside a transaction.

    The caller recounts rows.
    """
    checksums.prepare(connection)
    connection.create_function("exact", 1, repr, deterministic=True)
    connection.create_function("lowered", 1, str.lower, deterministic=True)
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    present = _by_name(schema.statements())
    with closing(sqlite3.connect(":memory:")) as empty:
        for statement in schema.statements():
            empty.execute(statement)
        columns = {table.name: table.columns for table in checksums.tables(empty)}
    altered = [
        table
        for table in checksums.tables(connection)
        if columns.get(table.name, table.columns) != table.columns
    ]
    existing = connection.execute(
        "SELECT upper(type), name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
    ).fetchall()
    for kind, name, sql in existing:
        if kind != "TABLE" and present.get((kind, name)) != sql:
            connection.execute(f"DROP {kind} {name}")
    for name in _REBUILT:
        connection.execute(f"ALTER TABLE {name} RENAME TO former_{name}")
    _create(connection, present, "TABLE")
    for name in _REBUILT:
        shared = ", ".join(
            column
            for (column,) in connection.execute(
                "SELECT name FROM pragma_table_info(?)", (f"former_{name}",)
            )
        )
        connection.execute(f"INSERT INTO {name}({shared}) SELECT {shared} FROM former_{name}")
        connection.execute(f"DROP TABLE former_{name}")
    for number in range(max(version, 101), schema.VERSION):
        for statement in schema.statements(f"migration_{number}.sql"):
            connection.execute(statement)
    for table in altered:
        # Recompute the checksums of undamaged rows for the current columns.
        name, present_columns = table.name, columns[table.name]
        renewed = replace(checksums.table(connection, name), columns=present_columns).sum(name)
        connection.execute(f"UPDATE {name} SET sum = {renewed} WHERE sum IS {table.sum(name)}")
        for column in set(table.columns) - set(present_columns):
            connection.execute(f"ALTER TABLE {name} DROP COLUMN {column}")
    for kind, name, _ in existing:
        if kind == "TABLE" and (kind, name) not in present:
            connection.execute(f"DROP TABLE {name}")
    _create(connection, present, "INDEX", "TRIGGER")
    checksums.fill(connection)


def _create(
    connection: sqlite3.Connection, present: dict[tuple[str, str], str], *kinds: str
) -> None:
    """Create missing schema objects of these kinds."""
    for (kind, _), sql in present.items():
        if kind in kinds:
            connection.execute(sql.replace(kind, f"{kind} IF NOT EXISTS", 1))


def _by_name(statements: tuple[str, ...]) -> dict[tuple[str, str], str]:
    """The statements by kind and name of what they create or drop."""
    defined = ((_DEFINED.match(sql), sql) for sql in statements)
    return {(match[1], match[2]): sql for match, sql in defined if match}


@cache
def statements(version: int) -> tuple[str, ...]:
    """The statements that create the schema of one of `VERSIONS`."""
    created = _by_name(schema.statements())
    for number in range(schema.VERSION - 1, max(version, 101) - 1, -1):
        created |= _by_name(schema.statements(f"version_{number}.sql"))
    if version == OLDEST:
        table = created["TABLE", "fact"]
        created["TABLE", "fact"] = table.replace(" sum INTEGER", " claims BLOB, sum INTEGER")
    # Tables before their indexes and triggers.
    names = sorted(created, key=lambda key: key[0] != "TABLE")
    return tuple(created[key] for key in names if created[key].startswith("CREATE"))


#: `fingerprint` of new libraries, and of migrated ones.
FINGERPRINTS = (
    "f8a8623da4b6d089a36f3d84925ba727",
    "1ed77772f8c5fde2e5db69c5a70506fa",
    "20f80e04164c7e5c2d77abcad825476f",
    "7281789ebb0da1ef108f030f51c5b1e4",
    "71b4ae0322ae250aab6f39d60bc16ba4",
)

#: Strings, quoted names, comments, whitespace, and everything else.
_TOKENS = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*|/\*.*?\*/|\s+|\w+|.", re.DOTALL)
#: SQLite's internal tables: id counters, and those of ANALYZE.
_INTERNAL = re.compile(r"sqlite_(?:sequence|stat[1-4])")
#: All entries but automatic indexes, which have no SQL.
_ALL = (
    "SELECT type, name, coalesce(sql, '') FROM sqlite_master WHERE sql IS NOT NULL "
    "OR type <> 'index' ORDER BY type, name"
)

#: Kind, name and SQL of tables, indexes, triggers and views.
Schema = list[tuple[str, str, str]]


def check(connection: sqlite3.Connection, path: Path) -> None:
    """Raise a `LibraryError` if the schema is not that of the file's version.

    An `AlteredLibraryError`, or another if the version number is damaged or no longer supported.
    """
    owns_transaction = not connection.in_transaction
    if owns_transaction:
        connection.execute("BEGIN")
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        actual = read_schema(connection)
    finally:
        # SQLite rolls back by itself when the disk fails.
        if owns_transaction and connection.in_transaction:
            connection.execute("ROLLBACK")
    if version == VERSION and fingerprint(actual) in FINGERPRINTS:
        return
    if not actual and version == 0:
        return
    for number in VERSIONS:
        if version != number and not any(differences(actual, of_version(number))):
            # A flipped bit in the version number.
            raise failures.damaged(path)
    if version not in VERSIONS:
        raise failures.unsupported(path)
    first = next(differences(actual, of_version(version)), None)
    if first is not None:
        raise AlteredLibraryError(
            f"“{path.name}” was changed by something else than Engram Workbench: {first} "
            "It was not opened, because its answers could be wrong.",
            f"Copy its contents into a fresh library: workbench salvage {path.name} NEW.brain.",
        )


def faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Differences from the schema of this version, as sentences."""
    for difference in differences(read_schema(connection), of_version(VERSION)):
        yield f"The library was changed by something else: {difference}"


def read_schema(connection: sqlite3.Connection) -> Schema:
    """The schema of a file, by kind and name."""
    rows = connection.execute(_ALL).fetchall()
    return [row for row in rows if not (row[0] == "table" and _INTERNAL.fullmatch(row[1]))]


def fingerprint(schema: Schema) -> str:
    """A digest of a schema."""
    return hashlib.blake2b(repr(schema).encode(), digest_size=16).hexdigest()


def differences(actual: Schema, reference: Schema) -> Iterator[str]:
    """Differences between a schema and the expected one, as sentences."""
    has = {(kind, name): _plain(sql) for kind, name, sql in actual}
    should = {(kind, name): _plain(sql) for kind, name, sql in reference}
    for kind, name in sorted(has.keys() - should.keys()):
        yield f"the {kind} “{name}” does not belong there."
    for kind, name in sorted(should.keys() - has.keys()):
        yield f"the {kind} “{name}” is missing."
    for kind, name in sorted(has.keys() & should.keys()):
        if has[kind, name] != should[kind, name]:
            yield f"the {kind} “{name}” is not as it was made."


def is_unsupported(actual: Schema, version: int) -> bool:
    """Whether a schema predates all `VERSIONS`, by its number and its table of facts."""
    rows = [row for number in VERSIONS for row in of_version(number) if row[1] == "fact"]
    texts = {_plain(sql) for _, _, sql in rows}
    return 0 < version < VERSIONS[0] and texts.isdisjoint(_plain(sql) for _, _, sql in actual)


def likeliest(actual: Schema, version: int) -> int:
    """The version whose schema is most similar to a damaged one; `version` wins ties."""
    has = {(kind, name, _plain(sql)) for kind, name, sql in actual if not _INTERNAL.fullmatch(name)}

    def similarity(number: int) -> int:
        reference = {(kind, name, _plain(sql)) for kind, name, sql in of_version(number)}
        return len(has & reference) - len(has - reference)

    return max(VERSIONS, key=lambda number: (similarity(number), number == version, number))


def _plain(sql: str) -> str:
    """A statement without comments, whitespace and the quotes that SQLite adds to names."""
    parts = _TOKENS.findall(sql)
    return " ".join(
        part.strip('"') for part in parts if not part.isspace() and part[:2] not in ("--", "/*")
    )


@cache
def of_version(version: int) -> Schema:
    """The schema of the current version, or of one that can be migrated."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for statement in statements(version):
            connection.execute(statement)
        return read_schema(connection)
    finally:
        connection.close()
