"""Permanent deletion: a preview of it, and the deletion itself.

One transaction deletes a source and all that is derived from it, and redacts quotes in saved
answers. SQLite overwrites freed pages (`secure_delete`, https://sqlite.org/pragma.html), and the
log is truncated afterwards, so that no text of the source remains in the library's files.
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
    kept_originals,
    notes,
    questions,
    sources,
    verdicts,
)
from workbench.store.store import Store
from workbench.store.tags import TAGGED

#: Share of the file that must be free, and bytes, before it is compacted.
_SHRINK_SHARE = 0.25
_SHRINK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Vanishing:
    """What the deletion of sources removes, and what remains.

    Counts are of removed items; `questions` are saved answers that lose a quote; `bytes` are those
    of text, page boxes and stored originals. The files at `locations` (the originals) remain, as do
    `shared` locations of other sources, `collections` with their other sources, and `copies`:
    backups beside the library that contain the text. `tags` are those that only these sources have.
    All `triples` of these sources are removed; of the edges they support, `links` are removed, and
    `links_kept` have other evidence.
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
    """A permanent deletion, or its preview; `clean` tells whether the log was truncated."""

    deleted: bool
    clean: bool | None
    vanishing: Vanishing

    @property
    def titles(self) -> list[str]:
        """The sources with their ids."""
        removed = self.vanishing
        return list(map("{:>4}  {}".format, removed.sources, removed.titles))


def preview(connection: sqlite3.Connection, ids: Sequence[int], library: Path | None) -> Vanishing:
    """Preview `remove`. Raises `NotFoundError` for a missing source."""
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
    """Delete sources with all that is derived from them or quotes them.

    Inside a transaction. Raises `NotFoundError`; then nothing is removed.
    """
    sources.check_all(connection, ids)
    questions.redact(connection, ids)
    questions.drop_cells(connection, ids)
    notes.remove_highlights(connection, ids)
    sources.delete(connection, ids)
    verdicts.drop_unheld(connection)
    derived.clear(connection)


def compact(store: Store) -> bool:
    """Truncate the library's log after a deletion, and compact a file with much free space.

    False if a reader of an older snapshot prevents truncation; the log is truncated when the last
    program closes the library.
    """
    free, pages, size = store.pages()
    if pages and free * size > _SHRINK_BYTES and free > _SHRINK_SHARE * pages:
        store.shrink()
    return store.empty_log()
