"""The tables of topics that are asked one after another.

A scope is the name of a collection here, "" for the library's own; case does not matter.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

#: (key, how it was written)
Topic = tuple[str, str]
#: Scopes whose last question is kept.
_SCOPES = 1000
#: Questions that are counted before the older ones of them count half.
_LATELY = 200.0


@dataclass(frozen=True, slots=True)
class LastAsked:
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


def last(connection: sqlite3.Connection, scope: str) -> LastAsked | None:
    """The last question of a scope; None where nothing was asked."""
    row = connection.execute("SELECT at, topics FROM asked WHERE scope = ?", (scope,)).fetchone()
    if row is None:
        return None
    return LastAsked(row[0], tuple((key, name) for key, name in json.loads(row[1])))


def put_last(
    connection: sqlite3.Connection,
    scope: str,
    at: float,
    topics: Sequence[Topic],
    *,
    answered: bool,
    sureness: float | None,
) -> None:
    """Note a question as the last of its scope, and whether it had an answer."""
    connection.execute(
        "INSERT INTO asked(scope, at, topics, questions, answered, judged, sureness) "
        "VALUES (:scope, :at, :topics, 1, :answered, :judged, :sureness) "
        "ON CONFLICT DO UPDATE SET at = excluded.at, topics = excluded.topics, "
        "questions = iif(questions > :lately, questions / 2, questions) + 1, "
        "answered = iif(questions > :lately, answered / 2, answered) + :answered, "
        "judged = iif(questions > :lately, judged / 2, judged) + :judged, "
        "sureness = iif(questions > :lately, sureness / 2, sureness) + :sureness",
        {
            "scope": scope,
            "at": at,
            "topics": json.dumps(list(topics), ensure_ascii=False),
            "answered": float(answered),
            "judged": float(sureness is not None),
            "sureness": sureness or 0.0,
            "lately": _LATELY,
        },
    )


def thin_scopes(connection: sqlite3.Connection) -> None:
    """Forget the scopes in which nothing was asked for longest, where there are very many."""
    gone = connection.execute(
        "SELECT scope FROM asked ORDER BY at DESC LIMIT -1 OFFSET ?", (_SCOPES,)
    ).fetchall()
    for (scope,) in gone:
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


def thin(connection: sqlite3.Connection, scope: str, topics: Iterable[str], most: int) -> None:
    """Keep at most so many followers of each of these topics, the frequent and the latest."""
    connection.executemany(
        "DELETE FROM follow_up WHERE scope = :scope AND topic = :topic AND next IN ("
        "SELECT next FROM follow_up WHERE scope = :scope AND topic = :topic "
        "ORDER BY times DESC, last DESC, next LIMIT -1 OFFSET :most)",
        [{"scope": scope, "topic": topic, "most": most} for topic in topics],
    )


def thin_topics(connection: sqlite3.Connection, scope: str, most: int) -> None:
    """Keep at most so many pairs of a scope, the frequent and the latest."""
    (held,) = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM follow_up WHERE scope = ? LIMIT ?)",
        (scope, most + most // 10 + 1),
    ).fetchone()
    if held > most + most // 10:
        connection.execute(
            "DELETE FROM follow_up WHERE scope = :scope AND (topic, next) IN ("
            "SELECT topic, next FROM follow_up WHERE scope = :scope "
            "ORDER BY times >= 3 DESC, last DESC, times DESC LIMIT -1 OFFSET :most)",
            {"scope": scope, "most": most},
        )


def followers(
    connection: sqlite3.Connection, scope: str, topics: Collection[str], least: int, most: int
) -> list[FollowUpRow]:
    """What followed these topics at least so often, at most so many of each, most often first."""
    rows = connection.execute(
        "SELECT topic, next, name, times, last FROM (SELECT *, row_number() OVER ("
        "PARTITION BY topic ORDER BY times DESC, last DESC, next) AS place FROM follow_up "
        "WHERE scope = ? AND topic IN (SELECT value FROM json_each(?)) AND times >= ?) "
        "WHERE place <= ? ORDER BY times DESC, last DESC, topic, next",
        (scope, json.dumps(sorted(topics)), least, most),
    )
    return [FollowUpRow(*row) for row in rows]


def all_followers(
    connection: sqlite3.Connection, scope: str, least: int, limit: int
) -> list[FollowUpRow]:
    """What followed anything at least so often in a scope, most often first."""
    rows = connection.execute(
        "SELECT topic, next, name, times, last FROM follow_up WHERE scope = ? AND times >= ? "
        "ORDER BY times DESC, last DESC, topic, next LIMIT ?",
        (scope, least, limit),
    )
    return [FollowUpRow(*row) for row in rows]


def lately(connection: sqlite3.Connection, scope: str | None) -> Lately:
    """How questions of late were answered, in a scope or in all (None)."""
    chosen = "" if scope is None else " WHERE scope = :scope"
    row = connection.execute(
        "SELECT total(questions), total(answered), total(judged), total(sureness) "
        f"FROM asked{chosen}",
        {"scope": scope},
    ).fetchone()
    return Lately(*row)


def forget(connection: sqlite3.Connection, scope: str | None) -> int:
    """Forget what was asked in a scope (None: in all); returns how many pairs those were."""
    chosen = "" if scope is None else " WHERE scope = :scope"
    gone = connection.execute(f"DELETE FROM follow_up{chosen}", {"scope": scope}).rowcount
    connection.execute(f"DELETE FROM asked{chosen}", {"scope": scope})
    return gone


def keys(connection: sqlite3.Connection, scope: str) -> set[str]:
    """The keys of all topics that are kept of a scope."""
    rows = connection.execute(
        "SELECT topic FROM follow_up WHERE scope = :scope "
        "UNION SELECT next FROM follow_up WHERE scope = :scope",
        {"scope": scope},
    )
    found = {str(key) for (key,) in rows}
    before = last(connection, scope)
    return found if before is None else found.union(key for key, _ in before.topics)


def forget_topics(connection: sqlite3.Connection, scope: str, topics: Collection[str]) -> None:
    """Forget that these topics were asked for in a scope."""
    keys = json.dumps(sorted(topics))
    connection.execute(
        "DELETE FROM follow_up WHERE scope = :scope AND (topic IN (SELECT value FROM "
        "json_each(:keys)) OR next IN (SELECT value FROM json_each(:keys)))",
        {"scope": scope, "keys": keys},
    )
    before = last(connection, scope)
    if before is not None:
        kept = [topic for topic in before.topics if topic[0] not in topics]
        connection.execute(
            "UPDATE asked SET topics = ? WHERE scope = ?",
            (json.dumps(kept, ensure_ascii=False), scope),
        )
