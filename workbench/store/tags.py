"""Tags: words of the user's own on sources. They ignore case and live as long as a source has them.

A tag is written the way it was first written anywhere in the library, so that “Memory” and
“memory” are one tag with one spelling.
"""

import json
import sqlite3
import time
from collections.abc import Iterable, Sequence

from workbench.errors import NotFoundError, UsageError
from workbench.store import names, sources
from workbench.store.records import TagRow

_LONGEST = 100
#: Each source with each of its tags `t`, of which `key` is how it compares, as a table.
TAGGED = "source JOIN json_each(source.tags) t"


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
        f"SELECT min(t.value ->> 0), count(*) FROM {TAGGED} WHERE trashed IS NULL "
        "GROUP BY t.key ORDER BY t.key"
    )
    return [TagRow(*row) for row in rows]


def tag(connection: sqlite3.Connection, ids: Sequence[int], name: str) -> None:
    """Put a tag on sources that may have it already.

    Raises `NotFoundError`, then none is tagged, and `UsageError` for an empty or endless name.
    """
    name = normalised(name)
    sources.check_all(connection, ids)
    put(connection, ids, _spelling(connection, name) or name, time.time())


def put(connection: sqlite3.Connection, ids: Iterable[int], name: str, added: float) -> int:
    """Put a tag on those of these sources that lack it; returns how many those are."""
    return connection.execute(
        "UPDATE source SET tags = json_patch(tags, json_object(?1, json(?2))) "
        "WHERE id IN (SELECT value FROM json_each(?3)) "
        "AND NOT EXISTS (SELECT 1 FROM json_each(tags) WHERE key = ?1)",
        (fold(name), json.dumps([name, added]), json.dumps(list(ids))),
    ).rowcount


def take(connection: sqlite3.Connection, ids: Iterable[int], folded: str) -> None:
    """Take a tag, as it compares, off those of these sources that have it."""
    connection.execute(
        "UPDATE source SET tags = json_patch(tags, json_object(?1, NULL)) "
        "WHERE id IN (SELECT value FROM json_each(?2)) "
        "AND EXISTS (SELECT 1 FROM json_each(tags) WHERE key = ?1)",
        (folded, json.dumps(list(ids))),
    )


def untag(connection: sqlite3.Connection, ids: Sequence[int], name: str) -> None:
    """Take a tag off sources. Raises `NotFoundError` where no source of the library has it."""
    if _spelling(connection, name) is None:
        raise NotFoundError(f"There is no tag “{name}”.", "See `workbench list tags`.")
    take(connection, ids, fold(name))


def _spelling(connection: sqlite3.Connection, name: str) -> str | None:
    """How a tag is written; None where no source has it."""
    row = connection.execute(
        f"SELECT t.value ->> 0 FROM {TAGGED} WHERE t.key = ? LIMIT 1", (fold(name),)
    ).fetchone()
    return None if row is None else row[0]
