"""Reads statements from the database for the inverted index, in order of arrival."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from workbench.store import sources, text


class Statements(NamedTuple):
    """Engrams to index, by id, as parallel lists.

    Facts have no section, and `text.place_of` their scope instead of a source.
    """

    ids: tuple[int, ...]
    sources: tuple[int, ...]
    sections: tuple[int, ...]
    passages: tuple[int, ...]
    texts: tuple[str, ...]

    def parted(self) -> tuple["Statements", "Statements"]:
        """Split into statements of sources, and facts."""
        if min(self.sources, default=1) > 0:
            return self, _NONE
        if max(self.sources) < 0:
            return _NONE, self
        rows = list(zip(*self, strict=True))
        read, notes = ([row for row in rows if (row[1] > 0) is kind] for kind in (True, False))
        return Statements(*zip(*read, strict=True)), Statements(*zip(*notes, strict=True))

    def before_run(self, length: int) -> "Statements":
        """Those before the first run of more than `length` facts, unless that comes first."""
        end = 0
        for is_told, run in groupby(self.sources, lambda source: source < 0):
            size = sum(1 for _ in run)
            if is_told and size > length and end:
                rows = list(zip(*self, strict=True))[:end]
                return Statements(*zip(*rows, strict=True))
            end += size
        return self


_NONE = Statements((), (), (), (), ())


@dataclass(frozen=True, slots=True)
class Work:
    """The metadata of a source for the index."""

    title: str
    author: str
    kind: str
    language: str


def statements(connection: sqlite3.Connection, after: int, limit: int) -> Statements | None:
    """The next engrams after id `after`, None if there are no more."""
    rows = text.feed(connection, after, limit)
    return Statements(*zip(*rows, strict=True)) if rows else None


def works(connection: sqlite3.Connection, source_ids: Iterable[int]) -> dict[int, Work]:
    """The metadata of these sources."""
    return {number: Work(*row) for number, row in sources.briefs(connection, source_ids).items()}


def headings(connection: sqlite3.Connection, sections: Iterable[int]) -> dict[int, str]:
    """The titles of these sections."""
    return {row.id: row.title for row in text.sections_by_ids(connection, sections).values()}
