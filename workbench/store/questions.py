"""The saved questions with their answers; topics asked one after another, in `meta`.

The last question and the topics are kept by scope: the name of a collection here, "" for the
library's own, ignoring case.
"""

import json
import sqlite3
import time
from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Any

from workbench.store import meta
from workbench.store.queries import json_list

#: SQL for the table that a question belongs to, and for questions of no table.
_TABLE = "json_extract(scope, '$.table')"
_NO_TABLE = f"{_TABLE} IS NULL"


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question, its time (seconds since the epoch), its scope, and its answer as JSON."""

    id: int
    asked: float
    question: str
    scope: Mapping[str, object]
    answer: str


def insert(
    connection: sqlite3.Connection, question: str, scope: Mapping[str, object], answer: str
) -> int:
    """Insert a question with its answer (JSON); returns its id."""
    cursor = connection.execute(
        "INSERT INTO question(asked, question, scope, answer) VALUES (?, ?, ?, ?)",
        (time.time(), question, json.dumps(dict(scope)), answer),
    )
    return int(cursor.lastrowid or 0)


def store(
    connection: sqlite3.Connection,
    question: int | None,
    words: str,
    scope: Mapping[str, object],
    answer: str,
    limit: int,
) -> int:
    """Replace answer and scope of a question, or insert a new one; keeps at most `limit` in all."""
    if question is not None:
        changed = connection.execute(
            "UPDATE question SET answer = ?, scope = ? WHERE id = ?",
            (answer, json.dumps(dict(scope)), question),
        )
        if changed.rowcount:
            return question
    created = insert(connection, words, scope, answer)
    connection.execute(
        f"DELETE FROM question WHERE {_NO_TABLE} AND id <= "
        f"(SELECT id FROM question WHERE {_NO_TABLE} ORDER BY id DESC LIMIT 1 OFFSET ?)",
        (limit,),
    )
    return created


def newest(connection: sqlite3.Connection) -> Iterator[QuestionRow]:
    """All questions of no table, newest first."""
    return _rows(connection, f"{_NO_TABLE} ORDER BY id DESC")


def of_table(connection: sqlite3.Connection, name: str, after: int = 0) -> list[QuestionRow]:
    """The row of a table, whose question is "", then those of its cells, oldest first.

    Only rows with larger ids than `after`.
    """
    return [*_rows(connection, f"id > ? AND {_TABLE} = ? ORDER BY id", after, name)]


def tables(connection: sqlite3.Connection) -> list[str]:
    """The names of the tables, newest first."""
    rows = _rows(connection, f"question = '' AND {_TABLE} IS NOT NULL ORDER BY id DESC")
    return [str(row.scope["table"]) for row in rows]


def by_id(connection: sqlite3.Connection, question: int) -> QuestionRow | None:
    """A question with its answer, or None."""
    return next(_rows(connection, "id = ?", question), None)


def _rows(connection: sqlite3.Connection, test: str, *values: object) -> Iterator[QuestionRow]:
    rows = connection.execute(
        f"SELECT id, asked, question, scope, answer FROM question WHERE {test}", values
    )
    for id, asked, question, scope, answer in rows:
        yield QuestionRow(id, asked, question, loaded(scope), answer)


def forget(connection: sqlite3.Connection, ids: Iterable[int] | None) -> int:
    """Delete questions (None: all except tables); returns their number."""
    test = _NO_TABLE if ids is None else "id IN (SELECT value FROM json_each(?))"
    values = () if ids is None else (json_list(ids),)
    return connection.execute(f"DELETE FROM question WHERE {test}", values).rowcount


def quoting(connection: sqlite3.Connection, sources: Iterable[int]) -> list[int]:
    """The saved questions whose answers quote these sources, or used one on the way."""
    requested = set(sources)
    rows = connection.execute("SELECT id, answer FROM question ORDER BY id")
    return [
        question
        for question, answer in rows
        if any(
            not requested.isdisjoint({source_of(item), *_intermediate_sources(item)})
            for item in evidence_of(loaded(answer))
        )
    ]


def redact(connection: sqlite3.Connection, sources: Iterable[int]) -> None:
    """Remove quotes of these sources from saved answers; the questions stay.

    Sentences that cite such a quote are removed, too, and so is the value of such an answer.
    """
    requested = set(sources)
    for question in quoting(connection, requested):
        answer = answer_of(connection, question)
        removed = [item for item in evidence_of(answer) if source_of(item) in requested]
        numbers = {item.get("n") for item in removed}
        left = [item for item in evidence_of(answer) if item not in removed]
        for item in left:
            if not requested.isdisjoint(_intermediate_sources(item)):
                # The reasons quote it, too.
                item["via"], item["path"], item["reasons"] = None, [], []
        answer["evidence"] = left
        for key in ("sentences", "quoted"):
            if key in answer or key == "sentences":
                answer[key] = [
                    sentence
                    for sentence in answer.get(key, [])
                    if not numbers.intersection(sentence.get("citations", []))
                    # Sentences without citations may be based on a removed quote.
                    and (sentence.get("citations") or not removed)
                ]
        if removed:
            answer["value"] = None
        answer["redacted"] = answer.get("redacted", 0) + len(removed)
        replace_answer(connection, question, answer)


def drop_cells(connection: sqlite3.Connection, sources: Iterable[int]) -> None:
    """Delete the table cells of these sources, with the user's corrections."""
    connection.execute(
        f"DELETE FROM question WHERE {_TABLE} IS NOT NULL AND json_extract(scope, '$.sources[0]') "
        "IN (SELECT value FROM json_each(?))",
        (json_list(sources),),
    )


def answer_of(connection: sqlite3.Connection, question: int) -> dict[str, Any]:
    """The saved answer of a question as JSON; empty if there is none."""
    row = by_id(connection, question)
    return {} if row is None else loaded(row.answer)


def replace_answer(
    connection: sqlite3.Connection, question: int, answer: Mapping[str, Any]
) -> None:
    """Replace the answer of a question."""
    connection.execute(
        "UPDATE question SET answer = ? WHERE id = ?",
        (json.dumps(dict(answer), ensure_ascii=False), question),
    )


def evidence_of(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The quotes of a saved answer, as JSON."""
    return [item for item in answer.get("evidence", []) if isinstance(item, dict)]


def source_of(evidence: Mapping[str, Any]) -> int | None:
    """The source of a quote."""
    source = evidence.get("source")
    result = source.get("id") if isinstance(source, dict) else None
    return result if isinstance(result, int) else None


def steps_of(evidence: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The intermediate steps to a quote, as JSON."""
    results = [evidence.get("via"), *(evidence.get("path") or ())]
    return [item for item in results if isinstance(item, dict)]


def _intermediate_sources(evidence: Mapping[str, Any]) -> set[int]:
    """The sources of the intermediate steps to a quote."""
    result = (item.get("source") for item in steps_of(evidence))
    return {item for item in result if isinstance(item, int)}


def loaded(answer: str) -> dict[str, Any]:
    """Parse a JSON object; empty if it is damaged."""
    try:
        loaded = json.loads(answer)
    except ValueError:
        return {}
    return loaded if isinstance(loaded, dict) else {}


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


def previous_question(connection: sqlite3.Connection, scope: str) -> PreviousQuestion | None:
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
        forget_asked(connection, scope)


def count_follow_ups(
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


def rename_asked(connection: sqlite3.Connection, scope: str, to: str) -> None:
    """Move the questions of a scope to another name."""
    pairs = {(row.topic, row.next): row for of in (to, scope) for row in _load(connection, of)}
    _dump(connection, scope, ())
    _dump(connection, to, pairs.values())
    rows = _scopes(connection)
    if scope.lower() in rows:
        rows[to.lower()] = rows.pop(scope.lower())
        meta.dump(connection, _QUESTIONS, rows)


def forget_asked(connection: sqlite3.Connection, scope: str | None) -> int:
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


def topic_keys(connection: sqlite3.Connection, scope: str) -> set[str]:
    """The keys of all topics of a scope."""
    results = {key for row in _load(connection, scope) for key in (row.topic, row.next)}
    previous = previous_question(connection, scope)
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
