"""Spaced reviews: what to review, and when.

Facts, notes and sentences of sources alike; `spacing` says when. What has expired, was laid aside
or lies in the trash is not asked for until it is back.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from workbench.errors import NotFoundError, UsageError
from workbench.memory.facts.index import FactIndex
from workbench.memory.kinds import marked
from workbench.memory.kinds.records import Review
from workbench.store import collections, reviews
from workbench.store import facts as rows
from workbench.store.reviews import ReviewRow

#: Days until the next look, by box from 1.
BOXES = (1, 3, 7, 14, 30)
#: The ease of what has not been asked for yet, and its bounds.
EASE, MIN_EASE, MAX_EASE = 2.5, 1.3, 3.0
#: From this priority on a fact is kept for review by itself.
AUTOMATIC_PRIORITY = 7
#: The grade of what is simply remembered, and of what is not; from `PASSED` on it is.
REMEMBERED, FORGOTTEN, PASSED = 4, 2, 3


def interval(box: int, ease: float = EASE) -> float:
    """Days until what lies in a box is due; exactly Leitner's at the usual ease."""
    days = BOXES[min(max(box, 1), len(BOXES)) - 1]
    return days if ease == EASE else days * ease / EASE


def graded(box: int, ease: float, grade: int) -> tuple[int, float]:
    """Box and ease after an answer of a grade, 0 (no idea) to 5 (at once).

    Raises `UsageError` for another grade.
    """
    if not (isinstance(grade, int) and 0 <= grade <= 5):
        raise UsageError(f"There is no grade {grade}.", "Choose one from 0 (no idea) to 5 (easy).")
    missed = 5 - grade
    eased = min(max(ease + 0.1 - missed * (0.08 + missed * 0.02), MIN_EASE), MAX_EASE)
    return (min(box + 1, len(BOXES)) if grade >= PASSED else 1), round(eased, 4)


_DAY_SECONDS = 86_400


def due(index: FactIndex, limit: int, *, collection: str | None = None) -> list[Review]:
    """What is due for review, the longest first; of one collection where it is named.

    Raises `NotFoundError` for no such collection.
    """
    if limit <= 0:
        return []
    timestamp = index.store.clock()
    with index.store.read() as connection:
        places: list[int] | None = None
        if collection is not None:
            scope = rows.require_scope(connection, collection)
            places = [-1 - scope, *collections.source_ids(connection, collection)]
        return _to_reviews(connection, reviews.due(connection, timestamp, limit, places), timestamp)


def answer(index: FactIndex, id: int, *, remembered: bool | None, grade: int | None) -> Review:
    """Take in how well something was remembered, and say when it is due next.

    Raises `UsageError` for both or neither of answer and grade, `NotFoundError` for what is not
    kept for review.
    """
    if (remembered is None) == (grade is None):
        raise UsageError("Was it remembered?", "Say whether it was, or give a grade from 0 to 5.")
    if grade is None:
        grade = REMEMBERED if remembered else FORGOTTEN
    score = grade
    timestamp = index.store.clock()

    def work(connection: sqlite3.Connection) -> Review:
        row = reviews.by_ids(connection, [id]).get(id)
        if row is None or row.due is None:
            raise NotFoundError(
                f"Nothing with the number {id} is kept for review.",
                "See `workbench reviews --all`, or keep it with `workbench review ID --keep`.",
            )
        box, ease = graded(row.box, row.ease, score)
        after = ReviewRow(
            id, box, ease, timestamp + interval(box, ease) * _DAY_SECONDS, timestamp,
            row.times + 1, row.lapses + (score < PASSED), row.place,
        )  # fmt: skip
        reviews.put(connection, after)
        return _to_reviews(connection, [after], timestamp)[0]

    return index.store.write(work, act="reviewed")


def schedule(index: FactIndex, ids: Sequence[int]) -> int:
    """Have engrams asked for from tomorrow on; returns how many are kept that were not.

    Those that were stopped begin where they had been. Raises `NotFoundError`, then none is kept.
    """
    timestamp = index.store.clock()

    def work(connection: sqlite3.Connection) -> int:
        scheduled = reviews.by_ids(connection, ids)
        fresh = 0
        existing = reviews.there(connection, ids)
        for id in dict.fromkeys(ids):
            if id not in existing:
                raise NotFoundError(
                    f"There is no memory {id}.", "See `workbench list memories --json` for those."
                )
            row = scheduled.get(id)
            if row is None:
                marked.schedule_review(connection, [id], timestamp)
            elif row.due is None:
                due_at = timestamp + interval(row.box, row.ease) * _DAY_SECONDS
                reviews.put(connection, replace(row, due=due_at))
            fresh += row is None or row.due is None
        return fresh

    return index.store.write(work, act="review scheduled")


def stop(index: FactIndex, ids: Sequence[int]) -> int:
    """Ask for engrams no more, whatever their priority; returns how many were kept until now."""

    def work(connection: sqlite3.Connection) -> int:
        active = [row for row in reviews.by_ids(connection, ids).values() if row.due is not None]
        for row in active:
            reviews.put(connection, replace(row, due=None))
        return len(active)

    return index.store.write(work, act="review stopped")


def load_reviews(index: FactIndex, ids: Sequence[int]) -> list[Review]:
    """What is known of the reviews of these engrams, by id."""
    with index.store.read() as connection:
        review_rows = sorted(reviews.by_ids(connection, ids).values(), key=lambda row: row.engram)
        return _to_reviews(connection, review_rows, index.store.clock())


def _to_reviews(
    connection: sqlite3.Connection, review_rows: Sequence[ReviewRow], timestamp: float
) -> list[Review]:
    words = reviews.words(connection, [row.engram for row in review_rows])
    places = {row.engram: row.place or 0 for row in review_rows}
    scopes = {-1 - place for place in places.values() if place < 0}
    scope_names = {scope: collections.name_of(connection, scope) for scope in scopes}
    titles = reviews.titles(connection, {place for place in places.values() if place > 0})
    return [
        Review(
            id=row.engram,
            text=words[row.engram][0],
            kind=words[row.engram][1],
            collection=scope_names.get(-1 - places[row.engram]),
            source=places[row.engram] if places[row.engram] > 0 else None,
            title=titles.get(places[row.engram], ""),
            box=row.box,
            ease=row.ease,
            due=row.due,
            days=None if row.due is None else round((row.due - timestamp) / _DAY_SECONDS, 4),
            reviewed=row.reviewed,
            times=row.times,
            lapses=row.lapses,
        )
        for row in review_rows
        if row.engram in words
    ]
