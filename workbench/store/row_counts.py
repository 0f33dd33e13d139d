"""Row counts of each table, so that a loss of rows is noticed.

A page of a table that comes back as it was long ago, or as one of an empty table, leaves a file of
which every row is whole. Triggers of the writing connection count, as they keep the checksums; the
counts stand in `derived`. Not counted are tables whose rows are known from others: facts and notes
by their engrams, the text of a source by its own counts. Of what is drawn from statements,
associations and fibers are counted, since a library says how many there are.
"""

import sqlite3
from collections.abc import Iterator

from workbench.store import checksums

_DERIVABLE = frozenset(("fact", "note", "section", "passage", "page"))
#: Tables without checksums that are counted; linking makes their rows anew.
DERIVED_TABLES = ("association", "fiber")


def create_triggers(connection: sqlite3.Connection) -> None:
    """Keep the checksums of all that this connection writes, and count its rows."""
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
    """Note how many rows there are now. Inside a transaction."""
    connection.execute("DELETE FROM derived WHERE kind GLOB 'rows:*'")
    for name in table_names(connection):
        connection.execute(
            "INSERT INTO derived(kind, part, stamp, data) "
            f"SELECT 'rows:{name}', 0, count(*), X'' FROM {name}"
        )


def wrong(connection: sqlite3.Connection) -> Iterator[tuple[str, int | None, int]]:
    """Tables with more or fewer rows than are noted: name, noted (None: nothing), found."""
    noted = dict(
        connection.execute(
            "SELECT substr(kind, 6), CAST(stamp AS INTEGER) FROM derived WHERE kind GLOB 'rows:*'"
        )
    )
    for name in table_names(connection):
        (actual,) = connection.execute(f"SELECT count(*) FROM {name}").fetchone()
        if noted.get(name) != actual:
            yield name, noted.get(name), actual


def faults(connection: sqlite3.Connection) -> Iterator[str]:
    """What `wrong` finds, as sentences."""
    for name, noted, actual in wrong(connection):
        yield f"{_plural(actual)} of {name} found, where {noted or 'none'} should be."


def mend(connection: sqlite3.Connection) -> Iterator[str]:
    """Take the rows that are there for all; what is lost is said. Inside a transaction."""
    amiss = list(wrong(connection))
    for name, noted, actual in amiss:
        if noted is not None and noted > actual and name not in DERIVED_TABLES:
            yield f"Lost: {_plural(noted - actual)} of {name}; look for them in a backup."
        else:
            yield f"The rows of {name} were recounted."
    if amiss:
        recount(connection)


def table_names(connection: sqlite3.Connection) -> list[str]:
    """The tables whose rows are counted."""
    summed = [table.name for table in checksums.tables(connection)]
    return [*(name for name in summed if name not in _DERIVABLE), *DERIVED_TABLES]


def count(connection: sqlite3.Connection, name: str) -> int:
    """How many rows a table has that is counted."""
    row = connection.execute("SELECT stamp FROM derived WHERE kind = 'rows:' || ?", (name,))
    row = row.fetchone()
    return 0 if row is None else int(row[0])


def _plural(number: int) -> str:
    return f"{number:,} row{'' if number == 1 else 's'}"
