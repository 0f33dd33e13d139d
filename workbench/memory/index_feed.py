"""What the index reads of the library: statements in order of arrival, and what they belong to."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from workbench.store import sources, text


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
    return list(map(Statement._make, text.replay(connection, after, limit)))


def works(connection: sqlite3.Connection, wanted: Iterable[int]) -> dict[int, Work]:
    """What is known of these sources."""
    return {number: Work(*row) for number, row in sources.briefs(connection, wanted).items()}


def headings(connection: sqlite3.Connection, sections: Iterable[int]) -> dict[int, str]:
    """The titles of these sections."""
    return {row.id: row.title for row in text.sections_by_ids(connection, sections).values()}
