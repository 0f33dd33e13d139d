"""Reads statements from the database for the inverted index, in order of arrival."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from workbench.store import sources, text


class Statements(NamedTuple):
    """Engrams on their way into the index, by id: one of each list for each."""

    ids: tuple[int, ...]
    sources: tuple[int, ...]
    sections: tuple[int, ...]
    passages: tuple[int, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """What the index knows of a source besides its statements."""

    title: str
    author: str
    kind: str
    language: str


def statements(connection: sqlite3.Connection, after: int, limit: int) -> Statements | None:
    """The next engrams after id `after`, None where there are no more."""
    rows = text.replay(connection, after, limit)
    return Statements(*zip(*rows, strict=True)) if rows else None


def works(connection: sqlite3.Connection, wanted: Iterable[int]) -> dict[int, Work]:
    """What is known of these sources."""
    return {number: Work(*row) for number, row in sources.briefs(connection, wanted).items()}


def headings(connection: sqlite3.Connection, sections: Iterable[int]) -> dict[int, str]:
    """The titles of these sections."""
    return {row.id: row.title for row in text.sections_by_ids(connection, sections).values()}
