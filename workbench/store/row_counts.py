"""Row counts and id counters of each table, to detect lost rows.

A page that reverts to an older or empty version leaves a file in which every remaining row is
valid. Triggers of the writing connection maintain the counts in `derived`, as they do the
checksums. Tables with otherwise known counts are excluded: facts and notes by their engrams, the
text of a source by its own counts. Of derived tables, associations and fibers are counted for
statistics.

The id counters of AUTOINCREMENT tables (`sqlite_sequence`) have no checksum. One that is too low
makes ids collide, one that is too high exhausts them.
"""

import sqlite3
from collections.abc import Iterator

from workbench.store import checksums, failures
from workbench.store.queries import select_number, select_one

_DERIVABLE = frozenset(("fact", "note", "section", "passage", "page"))
#: Counted tables without checksums, which linking rebuilds.
DERIVED_TABLES = ("association", "fiber")


def create_triggers(connection: sqlite3.Connection) -> None:
    """Create temporary triggers for checksums and row counts."""
    names = table_names(connection)
    checksums.create_triggers(connection, tuple((name, _changed(name, "+ 1")) for name in names))
    for name in DERIVED_TABLES:
        connection.execute(
            f"CREATE TEMP TRIGGER {name}_inserted AFTER INSERT ON main.{name} "
            f"BEGIN {_changed(name, '+ 1')} END"
        )
    for name in names:
        connection.execute(
            f"CREATE TEMP TRIGGER {name}_counted AFTER DELETE ON main.{name} "
            f"BEGIN {_changed(name, '- 1')} END"
        )


def _changed(name: str, change: str) -> str:
    return f"UPDATE derived SET stamp = stamp {change} WHERE kind = 'rows:{name}';"


def recount(connection: sqlite3.Connection) -> None:
    """Store the current counts. Inside a transaction."""
    connection.execute("DELETE FROM derived WHERE kind GLOB 'rows:*'")
    for name in table_names(connection):
        connection.execute(
            "INSERT INTO derived(kind, part, stamp, data) "
            f"SELECT 'rows:{name}', 0, count(*), X'' FROM {name}"
        )


def wrong(connection: sqlite3.Connection) -> Iterator[tuple[str, int | None, int]]:
    """Tables with a wrong count: name, stored (None: nothing), actual."""
    noted = dict(
        connection.execute(
            "SELECT substr(kind, 6), CAST(stamp AS INTEGER) FROM derived WHERE kind GLOB 'rows:*'"
        )
    )
    for name in table_names(connection):
        (actual,) = select_one(connection, f"SELECT count(*) FROM {name}")
        if noted.get(name) != actual:
            yield name, noted.get(name), actual


def faults(connection: sqlite3.Connection) -> Iterator[str]:
    """The wrong counts as sentences."""
    for name, noted, actual in wrong(connection):
        yield f"{_plural(actual)} of {name} found, where {noted or 'none'} should be."


def mend(connection: sqlite3.Connection) -> Iterator[str]:
    """Accept the current counts, and report losses. Inside a transaction."""
    amiss = list(wrong(connection))
    for name, noted, actual in amiss:
        if noted is not None and noted > actual and name not in DERIVED_TABLES:
            yield f"Lost: {_plural(noted - actual)} of {name}; look for them in a backup."
        else:
            yield f"The rows of {name} were recounted."
    if amiss:
        recount(connection)


def table_names(connection: sqlite3.Connection) -> list[str]:
    """The counted tables."""
    summed = [table.name for table in checksums.tables(connection)]
    return [*(name for name in summed if name not in _DERIVABLE), *DERIVED_TABLES]


def count(connection: sqlite3.Connection, name: str) -> int:
    """The stored count of a table."""
    return select_number(
        connection, "SELECT total(stamp) FROM derived WHERE kind = 'rows:' || ?", name
    )


def _plural(number: int) -> str:
    return f"{number:,} row{'' if number == 1 else 's'}"


#: Ids are consecutive, so no valid counter gets this high.
MAX_ID = 1 << 48


def highest_id(connection: sqlite3.Connection, table: str) -> int:
    """The highest id ever used, 0 for none."""
    row = select_one(connection, "SELECT seq FROM sqlite_sequence WHERE name = ?", table)
    if row is None:
        return 0
    if not isinstance(row[0], int):
        raise failures.corrupt(f"the counter of ids of {table} is no number")
    return row[0]


def counter_faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Counters that cannot be right, as sentences."""
    for table, _ in _wrong_counters(connection):
        yield f"The counter of ids of {table} is not as it was written."


def mend_counters(connection: sqlite3.Connection) -> Iterator[str]:
    """Reset wrong counters to the highest existing id. Inside a transaction."""
    wrong, counters = list(_wrong_counters(connection)), set(_counter_tables(connection))
    connection.execute(
        "DELETE FROM sqlite_sequence WHERE name IS NULL OR name NOT IN "
        "(SELECT name FROM sqlite_schema WHERE type = 'table')"
    )
    for table, highest in wrong:
        if table not in counters:
            continue
        connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        connection.execute("INSERT INTO sqlite_sequence(name, seq) VALUES (?, ?)", (table, highest))
        yield f"The counter of ids of {table} was set to the highest id there is, {highest}."


def _wrong_counters(connection: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    """Tables with a wrong counter, and their highest ids."""
    counters: dict[str, list[object]] = {}
    for name, seq in connection.execute("SELECT name, seq FROM sqlite_sequence"):
        counters.setdefault(str(name), []).append(seq)
    for table in _counter_tables(connection):
        (highest,) = select_one(connection, f"SELECT coalesce(max(rowid), 0) FROM {table}")
        result = counters.pop(table, [0] if not highest else [])
        if len(result) != 1 or type(result[0]) is not int or not highest <= result[0] < MAX_ID:
            yield table, highest
    for name in counters:
        yield name, 0


def _counter_tables(connection: sqlite3.Connection) -> list[str]:
    """The AUTOINCREMENT tables."""
    return [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'"
        )
    ]
