"""Topics that are asked one after another: their table, and a row of `meta` on each scope.

A scope is the name of a collection here, "" for the library's own; case does not matter.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.store import meta

#: (key, how it was written)
Topic = tuple[str, str]
#: The last question of each scope, a JSON object of lists by the scope in small letters: when it
#: was, its topics, and of late how many there were, how many had an answer, of how many the
#: sureness is known, and the sum of that.
_QUESTIONS = "asked"
#: Scopes whose last question is kept.
_SCOPES = 1000
#: Questions that are counted before the older ones of them count half.
_LATELY = 200.0


@dataclass(frozen=True, slots=True)
class PreviousQuestion:
    """The last question of a scope: when, in seconds since the epoch, and its topics."""

    at: float
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """How often `next`, written `name`, was asked for soon after `topic`, and when last."""

    topic: str
    next: str
    name: str
    times: int
    last: float


@dataclass(frozen=True, slots=True)
class Lately:
    """Questions of late, those that had an answer, those whose sureness is known, and its sum."""

    questions: float
    answered: float
    judged: float
    sureness: float


def latest(connection: sqlite3.Connection, scope: str) -> PreviousQuestion | None:
    """The last question of a scope; None where nothing was asked."""
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
    """Note a question as the last of its scope, and whether it had an answer."""
    rows = _scopes(connection)
    counts = rows.get(scope.lower(), [0.0] * 6)[2:]
    if counts[0] > _LATELY:
        counts = [number / 2 for number in counts]
    more = 1.0, float(answered), float(sureness is not None), sureness or 0.0
    counts = [number + added for number, added in zip(counts, more, strict=True)]
    rows[scope.lower()] = [at, list(topics), *counts]
    meta.dump(connection, _QUESTIONS, rows)


def thin_scopes(connection: sqlite3.Connection) -> None:
    """Forget the scopes in which nothing was asked for longest, where there are very many."""
    rows = _scopes(connection)
    for scope in sorted(rows, key=lambda scope: rows[scope][0], reverse=True)[_SCOPES:]:
        forget(connection, scope)


def follow(
    connection: sqlite3.Connection,
    scope: str,
    pairs: Iterable[tuple[str, Topic]],
    at: float,
) -> None:
    """Count that these were asked for after those: (key of the first, topic of the second)."""
    connection.executemany(
        "INSERT INTO follow_up(scope, topic, next, name, times, last) VALUES (?, ?, ?, ?, 1, ?) "
        "ON CONFLICT DO UPDATE SET times = times + 1, name = excluded.name, last = excluded.last",
        [(scope, topic, key, name, at) for topic, (key, name) in pairs],
    )


def thin(connection: sqlite3.Connection, scope: str, topics: Iterable[str], limit: int) -> None:
    """Keep at most so many followers of each of these topics, the frequent and the latest."""
    connection.executemany(
        "DELETE FROM follow_up WHERE scope = :scope AND topic = :topic AND next IN ("
        "SELECT next FROM follow_up WHERE scope = :scope AND topic = :topic "
        "ORDER BY times DESC, last DESC, next LIMIT -1 OFFSET :most)",
        [{"scope": scope, "topic": topic, "most": limit} for topic in topics],
    )


def thin_topics(connection: sqlite3.Connection, scope: str, limit: int) -> None:
    """Keep at most so many pairs of a scope, the frequent and the latest."""
    (count,) = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM follow_up WHERE scope = ? LIMIT ?)",
        (scope, limit + limit // 10 + 1),
    ).fetchone()
    if count > limit + limit // 10:
        connection.execute(
            "DELETE FROM follow_up WHERE scope = :scope AND (topic, next) IN ("
            "SELECT topic, next FROM follow_up WHERE scope = :scope "
            "ORDER BY times >= 3 DESC, last DESC, times DESC LIMIT -1 OFFSET :most)",
            {"scope": scope, "most": limit},
        )


def followers(
    connection: sqlite3.Connection, scope: str, topics: Collection[str], minimum: int, limit: int
) -> list[FollowUpRow]:
    """What followed these topics at least so often, at most so many of each, most often first."""
    rows = connection.execute(
        "SELECT topic, next, name, times, last FROM (SELECT *, row_number() OVER ("
        "PARTITION BY topic ORDER BY times DESC, last DESC, next) AS place FROM follow_up "
        "WHERE scope = ? AND topic IN (SELECT value FROM json_each(?)) AND times >= ?) "
        "WHERE place <= ? ORDER BY times DESC, last DESC, topic, next",
        (scope, json.dumps(sorted(topics)), minimum, limit),
    )
    return [FollowUpRow(*row) for row in rows]


def all_followers(
    connection: sqlite3.Connection, scope: str, minimum: int, limit: int
) -> list[FollowUpRow]:
    """What followed anything at least so often in a scope, most often first."""
    rows = connection.execute(
        "SELECT topic, next, name, times, last FROM follow_up WHERE scope = ? AND times >= ? "
        "ORDER BY times DESC, last DESC, topic, next LIMIT ?",
        (scope, minimum, limit),
    )
    return [FollowUpRow(*row) for row in rows]


def lately(connection: sqlite3.Connection, scope: str | None) -> Lately:
    """How questions of late were answered, in a scope or in all (None)."""
    rows = _scopes(connection)
    selected = list(rows.values()) if scope is None else [rows.get(scope.lower(), [0.0] * 6)]
    return Lately(*(sum(row[column] for row in selected) for column in range(2, 6)))


def rename(connection: sqlite3.Connection, scope: str, to: str) -> None:
    """What was asked in a scope was asked in one of another name."""
    renamed = {"scope": scope, "to": to}
    # A row that is replaced is not counted as gone.
    connection.execute(
        "DELETE FROM follow_up WHERE scope = :to AND :to <> :scope COLLATE NOCASE "
        "AND (topic, next) IN (SELECT topic, next FROM follow_up WHERE scope = :scope)",
        renamed,
    )
    connection.execute("UPDATE follow_up SET scope = :to WHERE scope = :scope", renamed)
    rows = _scopes(connection)
    if scope.lower() in rows:
        rows[to.lower()] = rows.pop(scope.lower())
        meta.dump(connection, _QUESTIONS, rows)


def forget(connection: sqlite3.Connection, scope: str | None) -> int:
    """Forget what was asked in a scope (None: in all); returns how many pairs those were."""
    selected = "" if scope is None else " WHERE scope = :scope"
    removed = connection.execute(f"DELETE FROM follow_up{selected}", {"scope": scope}).rowcount
    rows = {} if scope is None else _scopes(connection)
    rows.pop((scope or "").lower(), None)
    meta.dump(connection, _QUESTIONS, rows)
    return removed


def keys(connection: sqlite3.Connection, scope: str) -> set[str]:
    """The keys of all topics that are kept of a scope."""
    rows = connection.execute(
        "SELECT topic FROM follow_up WHERE scope = :scope "
        "UNION SELECT next FROM follow_up WHERE scope = :scope",
        {"scope": scope},
    )
    results = {str(key) for (key,) in rows}
    previous = latest(connection, scope)
    return results if previous is None else results.union(key for key, _ in previous.topics)


def forget_topics(connection: sqlite3.Connection, scope: str, topics: Collection[str]) -> None:
    """Forget that these topics were asked for in a scope."""
    keys = json.dumps(sorted(topics))
    connection.execute(
        "DELETE FROM follow_up WHERE scope = :scope AND (topic IN (SELECT value FROM "
        "json_each(:keys)) OR next IN (SELECT value FROM json_each(:keys)))",
        {"scope": scope, "keys": keys},
    )
    rows = _scopes(connection)
    if scope.lower() in rows:
        row = rows[scope.lower()]
        row[1] = [topic for topic in row[1] if topic[0] not in topics]
        meta.dump(connection, _QUESTIONS, rows)
