"""Tags: the user's labels of sources. They ignore case, and exist as long as a source has them.

A tag keeps its first spelling in the library, so “Memory” and “memory” are one tag.
"""

import json
import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from workbench.errors import NotFoundError, UsageError
from workbench.store import names, sources
from workbench.store.queries import select_records, select_value
from workbench.store.records import TagRow

_LONGEST = 100
#: SQL for each source with each of its tags `t`, whose `key` is the folded tag.
TAGGED = "source JOIN json_each(source.tags) t"


def fold(name: str) -> str:
    """The tag for comparison: case-folded, with normalised whitespace."""
    return _plain(name).casefold()


def _plain(name: str) -> str:
    # JSON of SQLite ends the name of a key at a NUL.
    return " ".join(names.without_surrogates(name).replace("\0", " ").split())


def normalised(name: str) -> str:
    """The tag for storage. Raises `UsageError` for empty and too long ones."""
    plain = _plain(name)
    if not plain:
        raise UsageError("A tag needs a name.", "Give it a word or two.")
    if len(plain) > _LONGEST:
        raise UsageError(
            f"A tag can have {_LONGEST} characters at most.", "Choose a shorter name for it."
        )
    return plain


def all_tags(connection: sqlite3.Connection) -> list[TagRow]:
    """The tags that sources outside the trash have, by name."""
    return select_records(
        connection,
        TagRow,
        f"SELECT min(t.value ->> 0), count(*) FROM {TAGGED} WHERE trashed IS NULL "
        "GROUP BY t.key ORDER BY t.key",
    )


def tag(connection: sqlite3.Connection, ids: Sequence[int], name: str) -> None:
    """Add a tag to sources.

    Raises `NotFoundError`, then none is tagged, and `UsageError` for an empty or too long name.
    """
    name = normalised(name)
    sources.check_all(connection, ids)
    put(connection, ids, _spelling(connection, name) or name, time.time())


def put(connection: sqlite3.Connection, ids: Iterable[int], name: str, added: float) -> int:
    """Add a tag to the sources that lack it; returns their number."""
    return _set(connection, ids, fold(name), [name, added])


def take(connection: sqlite3.Connection, ids: Iterable[int], folded: str) -> None:
    """Remove a folded tag from sources."""
    _set(connection, ids, folded, None)


def _set(connection: sqlite3.Connection, ids: Iterable[int], folded: str, tag: Any) -> int:
    rows = connection.execute(
        "SELECT tags, id FROM source WHERE id IN (SELECT value FROM json_each(?)) "
        "AND ? = EXISTS (SELECT 1 FROM json_each(tags) WHERE key = ?)",
        (json.dumps(list(ids)), tag is None, folded),
    )
    changed = [(patched(tags, {folded: tag}), id) for tags, id in rows]
    connection.executemany("UPDATE source SET tags = ? WHERE id = ?", changed)
    return len(changed)


def patched(tags: str, changed: Mapping[str, Any]) -> str:
    """The tags of a source with some set, or removed if None.

    They are in the order in which they were added, so that a tag returns to its place.
    """
    kept = {key: tag for key, tag in (json.loads(tags) | changed).items() if tag is not None}
    ordered = sorted(kept.items(), key=lambda item: (item[1][1], item[0]))
    return json.dumps(dict(ordered), ensure_ascii=False, separators=(",", ":"))


def untag(connection: sqlite3.Connection, ids: Sequence[int], name: str) -> None:
    """Remove a tag from sources. Raises `NotFoundError` if no source of the library has it."""
    if _spelling(connection, name) is None:
        raise NotFoundError(f"There is no tag “{name}”.", "See `workbench list tags`.")
    take(connection, ids, fold(name))


def _spelling(connection: sqlite3.Connection, name: str) -> str | None:
    """The spelling of a tag; None if no source has it."""
    return select_value(
        connection, f"SELECT t.value ->> 0 FROM {TAGGED} WHERE t.key = ? LIMIT 1", fold(name)
    )
