"""The table of reviews, with indexes by date.

`place` is the source of a read engram, or -1 - scope of a told one.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass

from workbench.store.queries import integers, json_list


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """The schedule of an engram; times in seconds since the epoch, `due` None if stopped.

    `state` (1 learning, 2 review, 3 relearning), `stability` in days and `difficulty` are those of
    FSRS; the latter two are None before the first rating. `front` and `answer` are None unless
    written by the user. `place` is computed by a trigger.
    """

    engram: int
    due: float | None
    state: int = 1
    stability: float | None = None
    difficulty: float | None = None
    reviewed: float | None = None
    times: int = 0
    lapses: int = 0
    front: str | None = None
    answer: str | None = None
    place: int | None = None


#: Columns to write, except the engram.
WRITTEN = "due, state, stability, difficulty, reviewed, times, lapses, front, answer"
_COLUMNS = f"engram, {WRITTEN}, place"
_INSERT = f"INTO review(engram, {WRITTEN}) VALUES ({', '.join('?' * 10)})"
#: Excludes expired, archived and trashed memories.
_COUNTS = (
    "NOT EXISTS (SELECT 1 FROM mark m WHERE m.engram = r.engram AND m.expires <= :now) AND "
    "NOT EXISTS (SELECT 1 FROM strength s WHERE s.engram = r.engram AND s.archived IS NOT NULL) "
    "AND NOT EXISTS (SELECT 1 FROM source o WHERE o.id = r.place AND o.trashed IS NOT NULL)"
)


def there(connection: sqlite3.Connection, engrams: Iterable[int]) -> set[int]:
    """The existing engrams among these."""
    return set(
        integers(
            connection,
            "SELECT id FROM engram WHERE id IN (SELECT value FROM json_each(?))",
            (json_list(engrams),),
        )
    )


def put(connection: sqlite3.Connection, row: ReviewRow) -> None:
    """Insert or replace a schedule."""
    connection.execute("DELETE FROM review WHERE engram = ?", (row.engram,))
    connection.execute(f"INSERT {_INSERT}", astuple(row)[:-1])


def begin(connection: sqlite3.Connection, rows: Iterable[ReviewRow]) -> None:
    """Insert schedules of engrams that have none, not even a stopped one."""
    connection.executemany(f"INSERT OR IGNORE {_INSERT}", [astuple(row)[:-1] for row in rows])


def by_ids(connection: sqlite3.Connection, engrams: Iterable[int]) -> dict[int, ReviewRow]:
    """The reviews of these engrams."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM review WHERE engram IN (SELECT value FROM json_each(?))",
        (json_list(engrams),),
    )
    return {row[0]: ReviewRow(*row) for row in rows}


def active(connection: sqlite3.Connection) -> list[int]:
    """All engrams with an active review, by id."""
    return integers(connection, "SELECT engram FROM review WHERE due IS NOT NULL ORDER BY engram")


def due(
    connection: sqlite3.Connection, now: float, limit: int, places: Sequence[int] | None = None
) -> list[ReviewRow]:
    """Due reviews, the longest due first; limited to `places` if given."""
    if places is None:
        return _due(connection, "INDEXED BY review_due WHERE r.due IS NOT NULL", now, limit)
    # Each place is sorted by the index; a query over all would sort again.
    holding = connection.execute(
        "SELECT value FROM json_each(?) WHERE EXISTS "
        "(SELECT 1 FROM review WHERE place = value AND due <= ?)",
        (json_list(places), now),
    ).fetchall()
    results = [
        row
        for (place,) in holding
        for row in _due(connection, "INDEXED BY review_place WHERE r.place = :place", now, limit,
                        place)
    ]  # fmt: skip
    return sorted(results, key=lambda row: (row.due or 0.0, row.engram))[:limit]


def _due(
    connection: sqlite3.Connection, chosen: str, now: float, limit: int, place: int | None = None
) -> list[ReviewRow]:
    columns = ", ".join(f"r.{name}" for name in _COLUMNS.split(", "))
    rows = connection.execute(
        f"SELECT {columns} FROM review r {chosen} AND r.due <= :now AND {_COUNTS} "
        "ORDER BY r.due LIMIT :limit",
        {"now": now, "limit": limit, "place": place},
    )
    return [ReviewRow(*row) for row in rows]


def words(connection: sqlite3.Connection, engrams: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Text and kind of engrams; a variable as a sentence."""
    rows = connection.execute(
        "SELECT e.id, CASE n.kind WHEN 'variable' THEN n.name || ' is ' || e.text ELSE e.text END, "
        "coalesce(m.kind, e.kind) FROM engram e LEFT JOIN note n ON n.engram = e.id "
        "LEFT JOIN mark m ON m.engram = e.id WHERE e.id IN (SELECT value FROM json_each(?))",
        (json_list(engrams),),
    )
    return {int(id): (str(text), str(kind)) for id, text, kind in rows}


def titles(connection: sqlite3.Connection, sources: Iterable[int]) -> dict[int, str]:
    """The titles of these sources."""
    rows = connection.execute(
        "SELECT id, title FROM source WHERE id IN (SELECT value FROM json_each(?))",
        (json_list(sources),),
    )
    return {int(id): str(title) for id, title in rows}
