"""Writes records of facts and notes into a scope, inside a transaction.

Facts and notes get new ids, since an index reads only ids above its last one. Search words of notes
are computed from the texts.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from itertools import groupby

from workbench.store import facts, notes, strengths
from workbench.store.exported import Annotations, Link, Record
from workbench.store.notes import NewNote
from workbench.store.strengths import LinkRow


def facts_in(
    connection: sqlite3.Connection,
    scope: int,
    records: Sequence[Record],
    beside: Annotations,
) -> list[int]:
    """Store facts with their annotations, in this order; returns their new ids."""
    ids: list[int] = []
    for (told_at, at, source), run in groupby(records, _provenance):
        texts = [record["text"] for record in run]
        first = facts.add(connection, scope, texts, source, recorded=told_at, at=at)
        ids += range(first, first + len(texts))
    for id, record in zip(ids, records, strict=True):
        for name, time in record["by"][1:]:
            facts.add_teller(connection, id, name, time)
        if record["beside"]:
            beside.replace(connection, id, record["beside"])
    if ids:
        facts.unsure_count(connection, scope)
    return ids


def _provenance(record: Record) -> tuple[float, float, str]:
    return record["told"], record["at"], record["by"][0][0] if record["by"] else ""


def note_in(
    connection: sqlite3.Connection,
    scope: int,
    record: Record,
    beside: Annotations,
) -> int:
    """Store a note with its annotations; returns its new id."""
    id = notes.add(connection, scope, new_note(record), record["told"])
    note_back(connection, id, record, beside)
    return id


def note_back(
    connection: sqlite3.Connection,
    id: int,
    record: Record,
    beside: Annotations,
) -> None:
    """Restore a note to a record."""
    (stored,) = notes.by_ids(connection, [id])
    if (stored.text, stored.key, stored.name) != (record["text"], record["key"], record["name"]):
        notes.change(connection, id, new_note(record), record["changed"])
    connection.execute(
        "UPDATE note SET told = ?, changed = ?, intensity = ? WHERE engram = ?",
        (record["told"], record["changed"], record["intensity"], id),
    )
    beside.replace(connection, id, record["beside"])


def new_note(record: Record) -> NewNote:
    """A record of a note for storage."""
    return NewNote(*(record[name] for name in ("kind", "key", "name", "text", "intensity")))


def store_links(
    connection: sqlite3.Connection, links: Sequence[Link], id_map: Mapping[int, int]
) -> None:
    """Store links; `id_map` maps ids of records to those of the library.

    Other ids are used unchanged; links to deleted memories are skipped.
    """
    strengths.store_links(
        connection,
        [
            LinkRow(id_map.get(a, a), id_map.get(b, b), kind, weight, used)
            for a, b, kind, weight, used in links
        ],
    )
