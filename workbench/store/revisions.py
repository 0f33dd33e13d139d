"""Effects of later statements on earlier ones, as a model judged them.

They are derived, and made again when the model is another one: one row a pair whose effect is
likely enough, in `derived`, and how far the statements were judged.
"""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

#: The row with the model and the last judged fact.
_UPTO = "revision:upto"


class RevisionRow(NamedTuple):
    """The probabilities, 0 to 1, that `newer` ends `older`, or replaces its value."""

    older: int
    newer: int
    ends: float
    replaces: float


def judged_upto(connection: sqlite3.Connection) -> tuple[str, int]:
    """The model, and the last fact that it judged; ("", 0) for none."""
    row = connection.execute(
        "SELECT stamp, part FROM derived WHERE kind = ? ORDER BY part DESC LIMIT 1", (_UPTO,)
    ).fetchone()
    return ("", 0) if row is None else (str(row[0]), int(row[1]))


def store(
    connection: sqlite3.Connection, model: str, rows: Iterable[RevisionRow], upto: int
) -> None:
    """Store judged pairs, and `upto` as the last judged fact; those of another model go."""
    if judged_upto(connection)[0] != model:
        connection.execute("DELETE FROM derived WHERE kind GLOB 'revision:*'")
    connection.executemany(
        "INSERT OR REPLACE INTO derived(kind, part, stamp, data) VALUES (?, ?, ?, X'')",
        (
            (f"revision:{row.older}", row.newer, f"{row.ends:.3f} {row.replaces:.3f}")
            for row in rows
        ),
    )
    connection.execute("DELETE FROM derived WHERE kind = ?", (_UPTO,))
    connection.execute("INSERT INTO derived VALUES (?, ?, ?, X'')", (_UPTO, upto, model))


def of(connection: sqlite3.Connection, older: Iterable[int]) -> list[RevisionRow]:
    """The judged effects on some facts, by the newer one."""
    found = []
    for id in older:
        rows = connection.execute(
            "SELECT part, stamp FROM derived WHERE kind = ? ORDER BY part", (f"revision:{id}",)
        )
        for newer, stamp in rows:
            ends, _, replaces = stamp.partition(" ")
            found.append(RevisionRow(id, newer, float(ends), float(replaces)))
    return found


def of_pair(connection: sqlite3.Connection, a: int, b: int) -> RevisionRow | None:
    """The judged effect of one of two facts on the other."""
    return next((row for row in of(connection, (a, b)) if row.newer in (a, b)), None)
