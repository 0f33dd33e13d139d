"""Rows of named versions of scopes, packed.

Records are packed in ranges of 256 ids and addressed by hash, so that versions share unchanged
ranges. Permanent deletions also remove records from versions.
"""

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from workbench.errors import DamagedLibraryError
from workbench.store import exported
from workbench.store.exported import Link, Record
from workbench.store.queries import Table, counted, select, select_value

_RANGE = 256


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version of a scope; `made` in seconds since the epoch, `head` has the scope's own data."""

    id: int
    scope: int
    name: str
    made: float
    automatic: bool
    facts: int
    notes: int
    head: dict[str, Any]


_VERSIONS = Table(VersionRow, "version")


def listing(connection: sqlite3.Connection, scope: int | None = None) -> list[VersionRow]:
    """The versions of a scope, or of all, oldest first."""
    return _VERSIONS.select(connection, "WHERE ?1 IS NULL OR scope = ?1 ORDER BY id", scope)


def by_name(connection: sqlite3.Connection, scope: int, name: str) -> VersionRow | None:
    """The version with a name, ignoring case."""
    return _VERSIONS.first(connection, "WHERE scope = ? AND name = ?", scope, name)


def add(
    connection: sqlite3.Connection,
    version: VersionRow,
    records: Iterable[Record],
    links: Iterable[Link],
) -> VersionRow:
    """Insert a version, with its id and counts; `records` must be sorted by id.

    Inside a transaction.
    """
    at: dict[int, list[Link]] = {}
    for link in links:
        at.setdefault(link[0] // _RANGE, []).append(link)
    facts = notes = 0
    parts: list[tuple[int, str]] = []
    part: list[Record] = []
    number = -1
    for record in records:
        if record["kind"] == "fact":
            facts += 1
        else:
            notes += 1
        if record["id"] // _RANGE != number:
            parts += _store(connection, number, part, at.pop(number, []))
            number, part = record["id"] // _RANGE, []
        part.append(record)
    parts += _store(connection, number, part, at.pop(number, []))
    for remainder, left in at.items():
        parts += _store(connection, remainder, [], left)
    cursor = connection.execute(
        "INSERT INTO version(scope, name, made, automatic, facts, notes, head, parts) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (version.scope, version.name, version.made, int(version.automatic), facts, notes,
         json.dumps(version.head), json.dumps(parts)),
    )  # fmt: skip
    return replace(version, id=int(cursor.lastrowid or 0), facts=facts, notes=notes)


def _store(
    connection: sqlite3.Connection, number: int, records: list[Record], links: list[Link]
) -> list[tuple[int, str]]:
    """Store a non-empty range of a version; returns it with the hash of its pack."""
    if not records and not links:
        return []
    entire = json.dumps([records, links], ensure_ascii=False, separators=(",", ":")).encode()
    hash = hashlib.blake2b(entire, digest_size=16).digest()
    connection.execute(
        "INSERT INTO version_pack(hash, packed) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (hash, zlib.compress(entire)),
    )
    return [(number, hash.hex())]


def _unpacked(packed: bytes) -> tuple[list[Record], list[Link]]:
    try:
        records, links = json.loads(zlib.decompress(packed))
        for record in records:
            exported.modernise(record)
    except (zlib.error, ValueError) as error:
        raise DamagedLibraryError(
            "A version that is kept in the library is damaged; nothing was changed.",
            "Restore the library from a backup, or drop the version.",
        ) from error
    return records, links


def _packs(connection: sqlite3.Connection, version: int) -> list[tuple[int, str]]:
    """The ranges of a version with the hashes of their packs; those with statements in order."""
    query = "SELECT value ->> 0, value ->> 1 FROM version, json_each(parts) WHERE version.id = ?"
    return select(connection, query, version)


def _pack(connection: sqlite3.Connection, hash: str) -> tuple[list[Record], list[Link]]:
    query = "SELECT packed FROM version_pack WHERE hash = ?"
    return _unpacked(select_value(connection, query, bytes.fromhex(hash)) or b"")


def content(connection: sqlite3.Connection, version: int) -> tuple[list[Record], list[Link]]:
    """The records of a version by id, and its links."""
    records: list[Record] = []
    links: list[Link] = []
    for _, hash in _packs(connection, version):
        pack_records, remaining = _pack(connection, hash)
        records += pack_records
        links += remaining
    return records, links


def remove(connection: sqlite3.Connection, version: int) -> None:
    """Delete a version with packs that no other version uses."""
    connection.execute("DELETE FROM version WHERE id = ?", (version,))
    _drop_unused(connection)


def clear(connection: sqlite3.Connection, scope: int) -> int:
    """Delete all versions of a scope; returns their number."""
    removed = connection.execute("DELETE FROM version WHERE scope = ?", (scope,)).rowcount
    _drop_unused(connection)
    return removed


def _drop_unused(connection: sqlite3.Connection) -> None:
    """Delete unused packs."""
    connection.execute(
        "DELETE FROM version_pack WHERE lower(hex(hash)) NOT IN "
        "(SELECT value ->> 1 FROM version, json_each(parts))"
    )


def rewrite(
    connection: sqlite3.Connection, scope: int, change: Callable[[Record], Record | None]
) -> int:
    """Replace each record of a scope's versions by `change(record)`, None to delete it.

    Returns the number of changed records. An unchanged record must be returned as the same object.
    """
    touched = 0
    #: Numbers of facts and notes in unchanged packs, which versions share.
    stays: dict[str, tuple[int, int]] = {}
    for version in listing(connection, scope):
        facts = notes = 0
        parts: list[tuple[int, str]] = []
        for number, hash in _packs(connection, version.id):
            if hash not in stays:
                records, links = _pack(connection, hash)
                changed = [change(record) for record in records]
                retained = [record for record in changed if record is not None]
                fact_count = sum(record["kind"] == "fact" for record in retained)
                counts = fact_count, len(retained) - fact_count
                different = sum(now is not was for now, was in zip(changed, records, strict=True))
                if different:
                    touched += different
                    parts += _store(connection, number, retained, links)
                else:
                    stays[hash] = counts
            else:
                counts = stays[hash]
            if hash in stays:
                parts.append((number, hash))
            facts, notes = facts + counts[0], notes + counts[1]
        connection.execute(
            "UPDATE version SET facts = ?, notes = ?, parts = ? WHERE id = ?",
            (facts, notes, json.dumps(parts), version.id),
        )
    _drop_unused(connection)
    return touched


def faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Inconsistencies of the versions, as sentences."""
    damaged = 0
    for hash, packed in connection.execute("SELECT hash, packed FROM version_pack"):
        try:
            entire = zlib.decompress(packed)
        except zlib.error:
            damaged += 1
            continue
        damaged += hashlib.blake2b(entire, digest_size=16).digest() != hash
    if damaged:
        yield f"{damaged} parts of versions are damaged; what is told now is not."
    query = (
        "SELECT count(*) FROM version WHERE scope <> 0 "
        "AND NOT EXISTS (SELECT 1 FROM collection WHERE id = scope)"
    )
    yield from counted(connection, {"{} versions are of a collection that is not there.": query})
