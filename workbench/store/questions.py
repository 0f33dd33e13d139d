"""The questions that were asked of the library and what was answered."""

import json
import sqlite3
import time
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question, when it was asked (seconds since the epoch), its scope, its answer as JSON."""

    id: int
    asked: float
    question: str
    scope: Mapping[str, object]
    answer: str


def insert(
    connection: sqlite3.Connection, question: str, scope: Mapping[str, object], answer: str
) -> int:
    """Keep a question with its answer (a JSON text) and return its id."""
    cursor = connection.execute(
        "INSERT INTO question(asked, question, scope, answer) VALUES (?, ?, ?, ?)",
        (time.time(), question, json.dumps(dict(scope)), answer),
    )
    return int(cursor.lastrowid or 0)


def recent(connection: sqlite3.Connection, limit: int = 50) -> list[QuestionRow]:
    """The questions asked last, newest first."""
    rows = connection.execute(
        "SELECT id, asked, question, scope, answer FROM question ORDER BY id DESC LIMIT ?", (limit,)
    )
    return [QuestionRow(row[0], row[1], row[2], json.loads(row[3]), row[4]) for row in rows]


def forget_all(connection: sqlite3.Connection) -> None:
    """Remove every question and answer."""
    connection.execute("DELETE FROM question")
