"""Permanent deletion: what would be deleted, what stays, and the deletion itself.

One transaction takes a source and all that came from it, and redacts what saved answers quote of
it. SQLite overwrites what it frees (`secure_delete`, https://sqlite.org/pragma.html), and the log
is emptied afterwards, so that no word of the source is left in the library's files.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.store import (
    backup,
    derived,
    edges,
    highlights,
    kept_originals,
    questions,
    sources,
    verdicts,
)
from workbench.store.store import Store
from workbench.store.tags import TAGGED

#: Share of the file that must be free, and bytes, before the file is made smaller.
_SHRINK_SHARE = 0.25
_SHRINK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Vanishing:
    """What the removal of sources would take, and what it would leave.

    Counts are of what vanishes; `questions` are saved answers that lose a quote; `bytes` are those
    of text, page boxes and kept originals in the library. Left are: the files at `locations` (the
    originals), `shared` places that other sources were read from as well, `collections` and their
    other sources, and `copies`: backups beside the library that still hold the text. `tags` vanish,
    since no other source has them. Of `triples`, that these sources say, none is left; of the links
    that they make `links` vanish, and `links_kept` stay, since something else says them, too.
    """

    sources: tuple[int, ...]
    titles: tuple[str, ...]
    passages: int
    engrams: int
    characters: int
    pages: int
    questions: int
    bytes: int
    locations: tuple[str, ...]
    shared: tuple[str, ...]
    collections: tuple[str, ...]
    tags: tuple[str, ...]
    copies: tuple[Path, ...]
    triples: int = 0
    links: int = 0
    links_kept: int = 0


@dataclass(frozen=True, slots=True)
class Deletion:
    """What is deleted for good, or would be; `clean` says whether the log is rid of its words."""

    deleted: bool
    clean: bool | None
    vanishing: Vanishing

    @property
    def titles(self) -> list[str]:
        """The sources with their numbers."""
        removed = self.vanishing
        return list(map("{:>4}  {}".format, removed.sources, removed.titles))


def preview(connection: sqlite3.Connection, ids: Sequence[int], library: Path | None) -> Vanishing:
    """Say what `remove` would take. Raises `NotFoundError` where a source is not there."""
    sources.check_all(connection, ids)
    rows = sources.by_ids(connection, ids)
    selected = json.dumps([row.id for row in rows])
    (size,) = connection.execute(
        "SELECT (SELECT coalesce(sum(length(CAST(text AS BLOB))), 0) FROM section "
        "WHERE source IN (SELECT value FROM json_each(:ids))) + "
        "(SELECT coalesce(sum(length(boxes)), 0) FROM page "
        "WHERE source IN (SELECT value FROM json_each(:ids))) + "
        "(SELECT coalesce(sum(length(CAST(e.text AS BLOB))), 0) FROM extent x "
        "JOIN engram e ON e.id BETWEEN x.first AND x.last "
        "WHERE x.source IN (SELECT value FROM json_each(:ids)))",
        {"ids": selected},
    ).fetchone()
    shared = connection.execute(
        "SELECT DISTINCT path FROM location WHERE source IN (SELECT value FROM json_each(:ids)) "
        "AND path IN (SELECT path FROM location "
        "WHERE source NOT IN (SELECT value FROM json_each(:ids))) ORDER BY path",
        {"ids": selected},
    ).fetchall()
    tags = connection.execute(
        f"SELECT min(t.value ->> 0) FROM {TAGGED} GROUP BY t.key "
        "HAVING min(source.id IN (SELECT value FROM json_each(?))) ORDER BY t.key",
        (selected,),
    ).fetchall()
    triples, links, links_kept = edges.preview_deletion(connection, [row.id for row in rows])
    return Vanishing(
        sources=tuple(row.id for row in rows),
        titles=tuple(row.title for row in rows),
        passages=sum(row.passages for row in rows),
        engrams=sum(row.engrams for row in rows),
        characters=sum(row.characters for row in rows),
        pages=sum(row.pages for row in rows),
        questions=len(questions.quoting(connection, ids)),
        bytes=int(size) + kept_originals.sizes(connection, ids),
        locations=tuple(dict.fromkeys(path for row in rows for path in row.locations)),
        shared=tuple(path for (path,) in shared),
        collections=tuple(sorted({name for row in rows for name in row.collections})),
        tags=tuple(name for (name,) in tags),
        copies=() if library is None else backup.copies(library),
        triples=triples,
        links=links,
        links_kept=links_kept,
    )


def remove(connection: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Remove sources with all that came from them and was quoted of them.

    To be called inside a transaction. Raises `NotFoundError`, then nothing is removed.
    """
    sources.check_all(connection, ids)
    questions.redact(connection, ids)
    questions.drop_cells(connection, ids)
    highlights.remove_of(connection, ids)
    sources.delete(connection, ids)
    verdicts.drop_unheld(connection)
    derived.clear(connection)


def compact(store: Store) -> bool:
    """Leave nothing of what was removed in the library's log, nor much room in its file.

    Returns False where somebody is reading an older moment of the library, so that the log could
    not be emptied yet; it is emptied when the last program closes the library.
    """
    free, pages, size = store.pages()
    if pages and free * size > _SHRINK_BYTES and free > _SHRINK_SHARE * pages:
        store.shrink()
    return store.empty_log()
