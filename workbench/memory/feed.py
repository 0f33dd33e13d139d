"""What the index reads of the library: statements in order of arrival, and what they belong to."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from workbench.store import text


class Statement(NamedTuple):
    """One engram on its way into the index."""

    id: int
    source: int
    section: int
    passage: int
    text: str


@dataclass(frozen=True, slots=True)
class Work:
    """What the index knows of a source besides its statements."""

    title: str
    author: str
    kind: str
    language: str


def statements(connection: sqlite3.Connection, after: int, limit: int) -> list[Statement]:
    """The next engrams after id `after`, by id."""
    return [Statement(*row) for row in text.replay(connection, after, limit)]


def works(connection: sqlite3.Connection, sources: Iterable[int]) -> dict[int, Work]:
    """What is known of these sources."""
    rows = connection.execute(
        "SELECT id, title, author, kind, language FROM source "
        "WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(sources)),),
    )
    return {row[0]: Work(*row[1:]) for row in rows}


def headings(connection: sqlite3.Connection, sections: Iterable[int]) -> dict[int, str]:
    """The titles of these sections."""
    rows = connection.execute(
        "SELECT id, title FROM section WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(sections)),),
    )
    return dict(rows.fetchall())


def languages(connection: sqlite3.Connection) -> frozenset[str]:
    """The languages of the sources that are not in the trash."""
    rows = connection.execute("SELECT DISTINCT language FROM source WHERE trashed IS NULL")
    return frozenset(row[0] for row in rows)
