"""Spaced repetition by FSRS: what to review, and when.

Facts, notes and sentences of sources alike. Expired and archived memories, and those in the trash,
are skipped until they are back.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from workbench.errors import NotFoundError, UsageError
from workbench.memory.facts.index import FactIndex
from workbench.memory.kinds import cards, marked
from workbench.memory.kinds.records import Review
from workbench.memory.notes import highlights
from workbench.memory.notes.records import NotePlace
from workbench.store import collections, graph, reviews
from workbench.store import facts as rows
from workbench.store.notes import Anchor
from workbench.store.reviews import ReviewRow

if TYPE_CHECKING:
    from fsrs import Scheduler

#: The ratings of FSRS from 1, those of the grades from 0 (no recall) to 5 (perfect), and states.
RATINGS = ("again", "hard", "good", "easy")
#: Postpones a review until tomorrow, without a rating.
LATER = "later"
CHOICES = (*RATINGS, LATER)
_GRADES = (1, 1, 1, 2, 3, 4)
_STATES = ("new", "learning", "review", "relearning")
#: The delay after a failed review, on the same day.
_STEPS = (timedelta(minutes=10),)
#: The priority from which facts are scheduled for review automatically.
AUTOMATIC_PRIORITY = 7
_DAY_SECONDS = 86_400


@cache
def _scheduler() -> "Scheduler":
    from fsrs import Scheduler

    # Deterministic, so that the previewed intervals are the actual ones.
    return Scheduler(learning_steps=_STEPS, relearning_steps=_STEPS, enable_fuzzing=False)


def rate(row: ReviewRow, rating: int, timestamp: float) -> ReviewRow:
    """The review after a rating from 1 (again) to 4 (easy), at seconds since the epoch."""
    from fsrs import Card, Rating, State

    state = State(row.state)
    last = None if row.reviewed is None else datetime.fromtimestamp(row.reviewed, UTC)
    card, _ = _scheduler().review_card(
        Card(
            row.engram, state, None if state is State.Review else 0, row.stability, row.difficulty,
            last_review=last,
        ),
        Rating(rating),
        datetime.fromtimestamp(timestamp, UTC),
    )  # fmt: skip
    return replace(
        row,
        due=card.due.timestamp(),
        state=card.state.value,
        stability=card.stability,
        difficulty=card.difficulty,
        reviewed=timestamp,
        times=row.times + 1,
        lapses=row.lapses + (rating == 1),
    )


def due(index: FactIndex, limit: int, *, collection: str | None = None) -> list[Review]:
    """The reviews that are due, longest overdue first; of one collection if given.

    Raises `NotFoundError` for an unknown collection.
    """
    if limit <= 0:
        return []
    timestamp = index.store.clock()
    with index.store.read() as connection:
        places: list[int] | None = None
        if collection is not None:
            scope = rows.require_scope(connection, collection)
            places = [-1 - scope, *collections.source_ids(connection, collection)]
        due_rows = reviews.due(connection, timestamp, limit, places)
    return _to_reviews(index, due_rows, timestamp)


def answer(index: FactIndex, id: int, rating: int) -> Review:
    """Apply a rating, and return the review with its next due date; 0 postpones it.

    Raises `NotFoundError` if it is not scheduled.
    """
    timestamp = index.store.clock()

    def work(connection: sqlite3.Connection) -> ReviewRow:
        row = reviews.by_ids(connection, [id]).get(id)
        if row is None or row.due is None:
            raise NotFoundError(
                f"Nothing with the number {id} is kept for review.",
                "Keep it with `workbench review ID --keep`.",
            )
        tomorrow = replace(row, due=max(row.due, timestamp + _DAY_SECONDS))
        after = rate(row, rating, timestamp) if rating else tomorrow
        reviews.put(connection, after)
        return after

    act = "reviewed" if rating else "review postponed"
    return _to_reviews(index, [index.store.write(work, act=act)], timestamp)[0]


def write_card(index: FactIndex, id: int, front: str | None, answer: str | None) -> Review:
    """Schedule a memory for review with this front and answer, or with proposed ones (None).

    Raises `UsageError`, and `NotFoundError` for an unknown memory.
    """
    cards.check(front or "", answer or "")
    timestamp = index.store.clock()

    def work(connection: sqlite3.Connection) -> ReviewRow:
        _schedule(connection, [id], timestamp)
        (row,) = reviews.by_ids(connection, [id]).values()
        sides = [side.strip() or None if side else None for side in (front, answer)]
        after = replace(row, front=sides[0], answer=sides[1])
        reviews.put(connection, after)
        return after

    return _to_reviews(index, [index.store.write(work, act="card written")], timestamp)[0]


def rating_of(remembered: bool | None, grade: int | None, rating: str | None) -> int:
    """The rating that one of these stands for, 0 for `LATER`.

    Raises `UsageError` for none, several or an invalid one.
    """
    if [remembered, grade, rating].count(None) != 2:
        raise UsageError(
            "How well was it remembered?", f"Rate it with one of: {', '.join(CHOICES)}."
        )
    if remembered is not None:
        return 3 if remembered else 1
    if rating is not None:
        if rating not in CHOICES:
            raise UsageError(f"There is no rating “{rating}”.", f"Choose {', '.join(CHOICES)}.")
        return 0 if rating == LATER else 1 + RATINGS.index(rating)
    if not (isinstance(grade, int) and 0 <= grade <= 5):
        raise UsageError(f"There is no grade {grade}.", "Choose one from 0 (no idea) to 5 (easy).")
    return _GRADES[grade]


def schedule(index: FactIndex, ids: Sequence[int]) -> int:
    """Schedule engrams for review from tomorrow on; returns how many were not scheduled before.

    Stopped ones resume where they were. Raises `NotFoundError`; then none is scheduled.
    """
    timestamp = index.store.clock()
    return index.store.write(
        lambda connection: _schedule(connection, ids, timestamp), act="review scheduled"
    )


def _schedule(connection: sqlite3.Connection, ids: Sequence[int], timestamp: float) -> int:
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
            # The interval at a retention of 0.9 is the stability itself.
            days = max(1, round(row.stability or 0))
            reviews.put(connection, replace(row, due=timestamp + days * _DAY_SECONDS))
        fresh += row is None or row.due is None
    return fresh


def stop(index: FactIndex, ids: Sequence[int]) -> int:
    """Stop the reviews of engrams, whatever their priority; returns how many were scheduled."""

    def work(connection: sqlite3.Connection) -> int:
        active = [row for row in reviews.by_ids(connection, ids).values() if row.due is not None]
        for row in active:
            reviews.put(connection, replace(row, due=None))
        return len(active)

    return index.store.write(work, act="review stopped")


def load_reviews(index: FactIndex, ids: Sequence[int]) -> list[Review]:
    """The stored reviews of these engrams, by id."""
    with index.store.read() as connection:
        review_rows = sorted(reviews.by_ids(connection, ids).values(), key=lambda row: row.engram)
    return _to_reviews(index, review_rows, index.store.clock())


def _to_reviews(
    index: FactIndex, review_rows: Sequence[ReviewRow], timestamp: float
) -> list[Review]:
    ids = [row.engram for row in review_rows]
    places = {at.id: at for at in highlights.places_of(index, ids) if at.source is not None}
    with index.store.read() as connection:
        words = reviews.words(connection, ids)
        read = {row[0]: Anchor(*row[1:4]) for row in graph.spans(connection, ids)}
        located = highlights.locate(connection, read)
        titles = reviews.titles(connection, {at.source for at in read.values()})
        scopes = {-1 - (row.place or 0) for row in review_rows}
        names = {scope: collections.name_of(connection, scope) for scope in scopes if scope >= 0}
    for id, anchor in read.items():
        title = titles.get(anchor.source, "")
        places[id] = NotePlace(
            id, (), anchor.source, title, located[id], anchor.start, quote=words[id][0]
        )
    results = []
    for row in review_rows:
        if row.engram not in words:
            continue
        text, kind = words[row.engram]
        at = places.get(row.engram) or NotePlace(row.engram, (), quote=text)
        front, answer = row.front or "", row.answer or ""
        if not front:
            front, answer = cards.proposed(at.quote, at.note)
        results.append(
            Review(
                id=row.engram,
                text=text,
                kind=kind,
                collection=names.get(-1 - (row.place or 0)),
                source=at.source,
                title=at.title,
                place=at.place,
                start=at.start,
                note=at.note,
                front=front,
                answer=cards.answer_of(front, answer, at.quote),
                state=_STATES[row.state if row.times else 0],
                stability=row.stability,
                difficulty=row.difficulty,
                due=row.due,
                days=None if row.due is None else round((row.due - timestamp) / _DAY_SECONDS, 4),
                reviewed=row.reviewed,
                times=row.times,
                lapses=row.lapses,
                intervals={} if row.due is None else _intervals(row, timestamp),
            )
        )
    return results


def _intervals(row: ReviewRow, timestamp: float) -> dict[str, float]:
    """Days until due after each rating, by its name."""
    return {
        name: round(((rate(row, rating, timestamp).due or 0) - timestamp) / _DAY_SECONDS, 4)
        for rating, name in enumerate(RATINGS, 1)
    }
