"""Tags: words of the user's own on sources. They ignore case and live as long as a source has them.

A tag is written the way it was first written anywhere in the library, so that “Memory” and
“memory” are one tag with one spelling.
"""

import json
import sqlite3
import time
from collections.abc import Sequence

from workbench.errors import NotFoundError, UsageError
from workbench.store import names, sources
from workbench.store.records import TagRow

_LONGEST = 100


def fold(name: str) -> str:
    """How a tag compares: without regard to case and to white space around and inside."""
    return " ".join(names.without_surrogates(name).split()).casefold()


def normalised(name: str) -> str:
    """A tag as it is stored. Raises `UsageError` for an empty or endless one."""
    plain = " ".join(names.without_surrogates(name).split())
    if not plain:
        raise UsageError("A tag needs a name.", "Give it a word or two.")
    if len(plain) > _LONGEST:
        raise UsageError(
            f"A tag can have {_LONGEST} characters at most.", "Choose a shorter name for it."
        )
    return plain


def all_tags(connection: sqlite3.Connection) -> list[TagRow]:
    """The tags that sources outside the trash have, by name."""
    rows = connection.execute(
        "SELECT min(t.name), count(*) FROM tag t JOIN source s ON s.id = t.source "
        "WHERE s.trashed IS NULL GROUP BY t.fold ORDER BY t.fold"
    )
    return [TagRow(*row) for row in rows]


def tag(connection: sqlite3.Connection, ids: Sequence[int], name: str) -> None:
    """Put a tag on sources that may have it already.

    Raises `NotFoundError`, then none is tagged, and `UsageError` for an empty or endless name.
    """
    name = normalised(name)
    sources.check_all(connection, ids)
    row = connection.execute("SELECT name FROM tag WHERE fold = ? LIMIT 1", (fold(name),))
    spelling, *_ = row.fetchone() or (name,)
    connection.executemany(
        "INSERT OR IGNORE INTO tag(source, fold, name, added) VALUES (?, ?, ?, ?)",
        [(source, fold(name), spelling, time.time()) for source in ids],
    )


def untag(connection: sqlite3.Connection, ids: Sequence[int], name: str) -> None:
    """Take a tag off sources. Raises `NotFoundError` where no source of the library has it."""
    _require(connection, name)
    connection.execute(
        "DELETE FROM tag WHERE fold = ? AND source IN (SELECT value FROM json_each(?))",
        (fold(name), json.dumps(list(ids))),
    )


def _require(connection: sqlite3.Connection, name: str) -> None:
    existing = connection.execute("SELECT 1 FROM tag WHERE fold = ? LIMIT 1", (fold(name),))
    if existing.fetchone() is None:
        raise NotFoundError(f"There is no tag “{name}”.", "See `workbench list tags`.")
