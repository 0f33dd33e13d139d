"""The table of reviews, with indexes by date.

`place` is the source of a read engram, or -1 - scope of a told one.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.store.queries import Table, integers, json_list, values_by_id


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
_REVIEWS = Table(ReviewRow, "review", place="review.place")
#: Excludes expired, archived and trashed memories.
_COUNTS = (
    "NOT EXISTS (SELECT 1 FROM mark m WHERE m.engram = review.engram AND m.expires <= ?) AND NOT "
    "EXISTS (SELECT 1 FROM strength s WHERE s.engram = review.engram AND s.archived IS NOT NULL) "
    "AND NOT EXISTS (SELECT 1 FROM source o WHERE o.id = review.place AND o.trashed IS NOT NULL)"
)


def there(connection: sqlite3.Connection, engrams: Iterable[int]) -> set[int]:
    """The existing engrams among these."""
    return set(
        integers(
            connection,
            "SELECT id FROM engram WHERE id IN (SELECT value FROM json_each(?))",
            engrams,
        )
    )


def put(connection: sqlite3.Connection, row: ReviewRow) -> None:
    """Insert or replace a schedule."""
    connection.execute("DELETE FROM review WHERE engram = ?", (row.engram,))
    _REVIEWS.insert(connection, [row])


def begin(connection: sqlite3.Connection, rows: Iterable[ReviewRow]) -> None:
    """Insert schedules of engrams that have none, not even a stopped one."""
    _REVIEWS.insert(connection, rows, "ON CONFLICT DO NOTHING")


def by_ids(connection: sqlite3.Connection, engrams: Iterable[int]) -> dict[int, ReviewRow]:
    """The reviews of these engrams."""
    return _REVIEWS.by_ids(connection, engrams)


def active(connection: sqlite3.Connection) -> list[int]:
    """All engrams with an active review, by id."""
    return integers(connection, "SELECT engram FROM review WHERE due IS NOT NULL ORDER BY engram")


def due(
    connection: sqlite3.Connection, now: float, limit: int, places: Sequence[int] | None = None
) -> list[ReviewRow]:
    """Due reviews, the longest due first; limited to `places` if given."""
    query = f"review.due <= ? AND {_COUNTS} ORDER BY review.due LIMIT ?"
    if places is None:
        test = "INDEXED BY review_due WHERE review.due IS NOT NULL"
        return _REVIEWS.select(connection, f"{test} AND {query}", now, now, limit)
    # Each place is sorted by the index; a query over all would sort again.
    holding = integers(
        connection,
        "SELECT value FROM json_each(?) WHERE EXISTS "
        "(SELECT 1 FROM review WHERE place = value AND due <= ?)",
        places,
        now,
    )
    test = f"INDEXED BY review_place WHERE review.place = ? AND {query}"
    results = [
        row
        for place in holding
        for row in _REVIEWS.select(connection, test, place, now, now, limit)
    ]
    return sorted(results, key=lambda row: (row.due or 0.0, row.engram))[:limit]


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
    return values_by_id(connection, "source", "title", sources)
