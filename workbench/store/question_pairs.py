"""Topics asked one after another, and the last question of each scope: rows of `meta`.

A scope is the name of a collection here, "" for the library's own, ignoring case.
"""

import sqlite3
from collections import Counter
from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import astuple, dataclass
from typing import Any

from workbench.store import meta

#: (key, spelling)
Topic = tuple[str, str]
#: The last question of each scope, a JSON object of lists by lower-case scope: its time and topics,
#: and recent numbers of questions, of answered ones, and of those with a confidence, and the sum of
#: confidences.
_QUESTIONS = "asked"
#: Maximum scopes with a stored question.
_SCOPES = 1000
#: Number of questions beyond which the counts are halved.
_LATELY = 200.0


@dataclass(frozen=True, slots=True)
class PreviousQuestion:
    """The last question of a scope: its time, in seconds since the epoch, and its topics."""

    at: float
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """How often `next`, spelt `name`, followed `topic` soon after, and when last."""

    topic: str
    next: str
    name: str
    times: int
    last: float


@dataclass(frozen=True, slots=True)
class Lately:
    """Recent numbers of questions, answered ones, and those with a confidence, and its sum."""

    questions: float
    answered: float
    judged: float
    sureness: float


def latest(connection: sqlite3.Connection, scope: str) -> PreviousQuestion | None:
    """The last question of a scope, or None."""
    row = _scopes(connection).get(scope.lower())
    if row is None:
        return None
    return PreviousQuestion(row[0], tuple((key, name) for key, name in row[1]))


def _scopes(connection: sqlite3.Connection) -> dict[str, list[Any]]:
    return dict(meta.load(connection, _QUESTIONS) or {})


def set_previous(
    connection: sqlite3.Connection,
    scope: str,
    at: float,
    topics: Sequence[Topic],
    *,
    answered: bool,
    sureness: float | None,
) -> None:
    """Store a question as the last of its scope, and count it."""
    rows = _scopes(connection)
    counts = rows.get(scope.lower(), [0.0] * 6)[2:]
    if counts[0] > _LATELY:
        counts = [number / 2 for number in counts]
    more = 1.0, float(answered), float(sureness is not None), sureness or 0.0
    counts = [number + added for number, added in zip(counts, more, strict=True)]
    rows[scope.lower()] = [at, list(topics), *counts]
    meta.dump(connection, _QUESTIONS, rows)


def thin_scopes(connection: sqlite3.Connection) -> None:
    """Delete the least recently used scopes beyond the maximum."""
    rows = _scopes(connection)
    for scope in sorted(rows, key=lambda scope: rows[scope][0], reverse=True)[_SCOPES:]:
        forget(connection, scope)


def follow(
    connection: sqlite3.Connection,
    scope: str,
    pairs: Iterable[tuple[str, Topic]],
    at: float,
    *,
    per_topic: int,
    limit: int,
) -> None:
    """Count pairs of consecutive topics: (key of the first, second topic).

    Keeps at most `per_topic` followers of a topic and `limit` pairs of the scope: the most frequent
    and latest.
    """
    rows = {(row.topic, row.next): row for row in _load(connection, scope)}
    for topic, (key, name) in pairs:
        before = rows.get((topic, key))
        times = 1 if before is None else before.times + 1
        rows[topic, key] = FollowUpRow(topic, key, name, times, at)
    kept: list[FollowUpRow] = []
    number = Counter[str]()
    for row in sorted(rows.values(), key=_frequency):
        number[row.topic] += 1
        if number[row.topic] <= per_topic:
            kept.append(row)
    kept.sort(key=lambda row: (row.times >= 3, row.last, row.times), reverse=True)
    _dump(connection, scope, kept[:limit])


def followers(
    connection: sqlite3.Connection,
    scope: str,
    minimum: int,
    limit: int,
    topics: Container[str] | None = None,
) -> list[FollowUpRow]:
    """Followers of these topics (None: any) with at least `minimum` counts, most frequent first."""
    rows = [
        row
        for row in _load(connection, scope)
        if row.times >= minimum and (topics is None or row.topic in topics)
    ]
    return sorted(rows, key=_frequency)[:limit]


def _frequency(row: FollowUpRow) -> tuple[int, float, str, str]:
    return -row.times, -row.last, row.topic, row.next


def _load(connection: sqlite3.Connection, scope: str) -> list[FollowUpRow]:
    rows = meta.load(connection, meta.FOLLOWED + scope.lower()) or ()
    return [FollowUpRow(*row) for row in rows]


def _dump(connection: sqlite3.Connection, scope: str, rows: Iterable[FollowUpRow]) -> None:
    meta.dump(connection, meta.FOLLOWED + scope.lower(), [astuple(row) for row in rows])


def lately(connection: sqlite3.Connection, scope: str | None) -> Lately:
    """Recent counts of questions in a scope, or in all (None)."""
    rows = _scopes(connection)
    selected = list(rows.values()) if scope is None else [rows.get(scope.lower(), [0.0] * 6)]
    return Lately(*(sum(row[column] for row in selected) for column in range(2, 6)))


def rename(connection: sqlite3.Connection, scope: str, to: str) -> None:
    """Move the questions of a scope to another name."""
    pairs = {(row.topic, row.next): row for of in (to, scope) for row in _load(connection, of)}
    _dump(connection, scope, ())
    _dump(connection, to, pairs.values())
    rows = _scopes(connection)
    if scope.lower() in rows:
        rows[to.lower()] = rows.pop(scope.lower())
        meta.dump(connection, _QUESTIONS, rows)


def forget(connection: sqlite3.Connection, scope: str | None) -> int:
    """Delete the questions of a scope (None: of all); returns the number of pairs."""
    keys = connection.execute("SELECT key FROM meta WHERE key GLOB ? || '*'", (meta.FOLLOWED,))
    every = [key.removeprefix(meta.FOLLOWED) for (key,) in keys.fetchall()]
    removed = 0
    for name in every if scope is None else [scope]:
        removed += len(_load(connection, name))
        _dump(connection, name, ())
    rows = {} if scope is None else _scopes(connection)
    rows.pop((scope or "").lower(), None)
    meta.dump(connection, _QUESTIONS, rows)
    return removed


def keys(connection: sqlite3.Connection, scope: str) -> set[str]:
    """The keys of all topics of a scope."""
    results = {key for row in _load(connection, scope) for key in (row.topic, row.next)}
    previous = latest(connection, scope)
    return results if previous is None else results.union(key for key, _ in previous.topics)


def forget_topics(connection: sqlite3.Connection, scope: str, topics: Collection[str]) -> None:
    """Delete topics of a scope."""
    left = [row for row in _load(connection, scope) if not {row.topic, row.next} & set(topics)]
    _dump(connection, scope, left)
    rows = _scopes(connection)
    if scope.lower() in rows:
        row = rows[scope.lower()]
        row[1] = [topic for topic in row[1] if topic[0] not in topics]
        meta.dump(connection, _QUESTIONS, rows)
