"""Originals stored in the library: web pages and pasted text.

Contents are stored once, by hash, and belong to the sources read from them; they are deleted with
the last of these, in the same transaction. Until a source exists they belong to its job.
"""

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass

from workbench.errors import DamagedLibraryError
from workbench.jobs import Cancel
from workbench.store.queries import Table, counted, json_list, select, select_number, select_one

#: Prefix of the hash of pasted text in the path of a job.
PASTED = "pasted:"

#: Jobs that need their original. Pasted text exists nowhere else, so failed jobs keep it for a
#: retry.
_REQUIRED = (
    f"(state IN ('queued', 'running', 'skipped') OR (state = 'failed' AND path LIKE '{PASTED}%'))"
)


@dataclass(frozen=True, slots=True)
class Original:
    """Metadata of a stored original: its origin ("" for pasted text), type, time and size.

    `address` is the requested URL, `final` the one after redirects. `media_type` is that of the
    server, with its charset; `fetched` is in seconds since the epoch, `size` in bytes. `name` is
    the server's file name, or "".
    """

    hash: str
    address: str
    final: str
    media_type: str
    fetched: float
    size: int
    name: str = ""


_ORIGINALS = Table(Original, "original")


def digest(content: bytes) -> str:
    """The SHA-256 of a content."""
    return hashlib.sha256(content).hexdigest()


def store(connection: sqlite3.Connection, original: Original, content: bytes) -> None:
    """Store a content unless it exists; its first metadata stays."""
    if select_one(connection, "SELECT 1 FROM original WHERE hash = ?", original.hash):
        return
    connection.execute(
        "INSERT INTO original(hash, address, final, media_type, fetched, size, name, content) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*astuple(original), zlib.compress(content)),
    )


def get(connection: sqlite3.Connection, hash: str) -> Original | None:
    """The metadata of a stored original, or None."""
    return _ORIGINALS.first(connection, "WHERE hash = ?", hash)


def of_source(connection: sqlite3.Connection, source: int) -> Original | None:
    """The metadata of a source's original, or None."""
    hash = by_source(connection, [source]).get(source)
    return None if hash is None else get(connection, hash)


def content(connection: sqlite3.Connection, hash: str) -> bytes:
    """The content with this hash. Raises `KeyError`, or `DamagedLibraryError` if it is corrupt."""
    row = connection.execute("SELECT size, content FROM original WHERE hash = ?", (hash,))
    result = row.fetchone()
    if result is None:
        raise KeyError(hash)
    data = _unpacked(result[1], result[0])
    if data is None or digest(data) != hash:
        raise DamagedLibraryError(
            "An original that is kept in the library is damaged.",
            "Restore the library from a backup, or add the page again.",
        )
    return data


def _unpacked(packed: bytes, size: int) -> bytes | None:
    try:
        data = zlib.decompressobj().decompress(packed, size + 1)
    except zlib.error:
        return None
    return data if len(data) == size else None


def attach(connection: sqlite3.Connection, source: int, hash: str) -> None:
    """Record the original of a source; an unused earlier one is deleted."""
    previous = hashes_of(connection, [source])
    connection.execute("UPDATE source SET original = ? WHERE id = ?", (hash, source))
    drop_unused(connection, [item for item in previous if item != hash])


def detach_stale(connection: sqlite3.Connection, source: int, hash: str) -> None:
    """Detach an original that differs from the file a source was read from."""
    previous = [item for item in hashes_of(connection, [source]) if item != hash]
    if previous:
        connection.execute("UPDATE source SET original = NULL WHERE id = ?", (source,))
        drop_unused(connection, previous)


def by_source(connection: sqlite3.Connection, sources: Sequence[int]) -> dict[int, str]:
    """The hashes of the originals of these sources."""
    rows = connection.execute(
        "SELECT id, original FROM source WHERE original IS NOT NULL "
        "AND id IN (SELECT value FROM json_each(?))",
        (json_list(sources),),
    )
    return dict(rows.fetchall())


def hashes_of(connection: sqlite3.Connection, sources: Sequence[int]) -> list[str]:
    """The distinct originals of these sources."""
    return list(dict.fromkeys(by_source(connection, sources).values()))


def drop_unused(
    connection: sqlite3.Connection, hashes: Sequence[str], *, besides: int | None = None
) -> None:
    """Delete originals that no source and no job except `besides` needs."""
    for hash in hashes:
        connection.execute(
            "DELETE FROM original WHERE hash = :hash "
            "AND NOT EXISTS (SELECT 1 FROM source WHERE original = :hash) "
            "AND NOT EXISTS (SELECT 1 FROM job WHERE hash = :hash AND id IS NOT :job "
            f"AND {_REQUIRED})",
            {"hash": hash, "job": besides},
        )


def faults(connection: sqlite3.Connection, cancel: Cancel) -> Iterator[str]:
    """Inconsistencies of stored originals, as sentences."""
    rows = select(connection, "SELECT rowid, hash, address, size FROM original")
    for row, hash, address, size in rows:
        cancel.check()
        (packed,) = select_one(connection, "SELECT content FROM original WHERE rowid = ?", row)
        data = _unpacked(packed, size)
        if data is None or digest(data) != hash:
            yield f"The original of “{address or 'pasted text'}” is not as it was kept."
    yield from counted(connection, _FAULTS)


_UNOWNED = (
    "FROM original WHERE hash NOT IN (SELECT original FROM source WHERE original IS NOT NULL) "
    f"AND hash NOT IN (SELECT hash FROM job WHERE hash IS NOT NULL AND {_REQUIRED})"
)
#: Queries that count inconsistencies, by what they mean.
_FAULTS = {
    "{} sources lack the original that was kept of them.": (
        "SELECT count(*) FROM source WHERE original IS NOT NULL "
        "AND original NOT IN (SELECT hash FROM original)"
    ),
    "{} kept originals belong to no source.": f"SELECT count(*) {_UNOWNED}",
}


def unowned(connection: sqlite3.Connection) -> list[str]:
    """Originals that no source and no pending job needs."""
    return [hash for (hash,) in select(connection, f"SELECT hash {_UNOWNED}")]


def sizes(connection: sqlite3.Connection, sources: Sequence[int]) -> int:
    """The stored bytes that deleting these sources would free."""
    return select_number(
        connection,
        "SELECT coalesce(sum(length(content)), 0) FROM original WHERE hash IN "
        "(SELECT original FROM source WHERE id IN (SELECT value FROM json_each(:ids))) "
        "AND hash NOT IN (SELECT original FROM source WHERE original IS NOT NULL "
        "AND id NOT IN (SELECT value FROM json_each(:ids)))",
        ids=sources,
    )
