"""Rows that are not as they were written: named one by one, and left out of what is answered.

A repair puts back one bit or byte that was changed (`healing`). Words that are damaged further stay
as they are, since nobody can tell what they were; who reads them can correct them. Of figures that
the library keeps for itself (strengths, links, counters) those that are damaged are as good as any,
and a repair accepts them.
"""

import sqlite3
from collections.abc import Iterator

from workbench.store import checksums, healing

#: What a row of a table is called, and the query for the words it is known by.
_NAMED = {
    "collection": ("The collection", "SELECT name FROM collection WHERE id = ?"),
    "fact": ("The fact", "SELECT text FROM engram WHERE id = ?"),
    "note": ("The note", "SELECT text FROM engram WHERE id = ?"),
    "question": ("The saved answer", "SELECT question FROM question WHERE id = ?"),
    "section": ("The text of the chapter", "SELECT title FROM section WHERE id = ?"),
    "source": ("The record of the source", "SELECT title FROM source WHERE id = ?"),
    "teller": ("The teller", "SELECT name FROM teller WHERE id = ?"),
    "wording": ("The former wording", "SELECT text FROM wording WHERE id = ?"),
}
#: Tables of figures and states that the program keeps for itself.
_FIGURES = frozenset(
    ("alert", "asked", "awake", "capacity", "concept", "episode", "fact_gone", "follow_up",
     "in_mind", "job", "job_source", "lesson", "link", "looked", "migration", "offered",
     "proposal", "recent_use", "sleep_run", "space", "strength", "summary", "summary_member",
     "synapse", "triple_reader", "used_together")
)  # fmt: skip
_LONG = 80
#: Damaged rows of a table that are tried to be healed.
_TRIED = 100


def faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Name every row whose checksum does not fit, and count those that another program added."""
    for table in checksums.tables(connection):
        added = 0
        for key, alone in checksums.damaged(connection, table):
            if alone:
                added += 1
            else:
                yield f"{_name(connection, table.name, key)} is not as it was written."
        if added:
            yield f"{added} rows of {table.name} were added by something else than the program."


def mend(connection: sqlite3.Connection) -> Iterator[str]:
    """Put changed bits back; accept other figures as they are, and rows that were added.

    Inside a transaction.
    """
    healed = 0
    for table in checksums.tables(connection):
        keys = [key for key, alone in checksums.damaged(connection, table) if not alone]
        # A row takes up to a second where more of it was hit than one byte.
        left = [
            key
            for number, key in enumerate(keys)
            if number >= _TRIED or not healing.heal(connection, table, key)
        ]
        healed += len(keys) - len(left)
        if table.name in _FIGURES and left:
            checksums.accept(connection, table, left)
            yield f"{len(left)} damaged rows of {table.name} were accepted as they are."
    if healed:
        yield f"{healed} rows in which one bit or byte was changed are as they were written."
    added = checksums.fill(connection)
    if added:
        yield f"{added} rows that something else has added were taken over."


def _name(connection: sqlite3.Connection, table: str, key: tuple[object, ...]) -> str:
    if table not in _NAMED:
        return f"A row of {table} ({', '.join(map(str, key))})"
    called, query = _NAMED[table]
    row = connection.execute(query, key).fetchone()
    words = "" if row is None else str(row[0])
    short = words if len(words) <= _LONG else f"{words[:_LONG]}…"
    return f"{called} {key[0]}, “{short}”,"
