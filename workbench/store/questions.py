"""The saved questions with their answers."""

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

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
