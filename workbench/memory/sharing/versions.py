"""Versions of the memories of a scope: save, compare, restore.

A restored memory has its exact text, metadata and strength; if it had been deleted, its id is new.
Every restore first saves the current state as a version, so that it can be undone. Deleting for
good applies to versions, too, unless excluded.
"""

import sqlite3
from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any

from workbench.arguments import Words
from workbench.errors import NotFoundError, UsageError
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.merging import KIND as CONSOLIDATION
from workbench.memory.sharing import placing
from workbench.memory.sharing.records import (
    ChangedText,
    Difference,
    RestoredVersion,
    Told,
    Version,
)
from workbench.store import (
    changes,
    collections,
    exported,
    facts,
    names,
    notes,
    removal,
    versions,
)
from workbench.store.exported import Annotations, Link, Record
from workbench.store.versions import VersionRow

_MAX_NAME = 80
#: Automatic versions kept per scope.
_AUTOMATIC = 5


def save(index: FactIndex, name: Words, collection: Words | None = None) -> Version:
    """Save the memories of a scope under a name; versions share unchanged content.

    Deleting for good applies to versions, too. Raises `UsageError` for a name in use,
    `NotFoundError` for an unknown collection.
    """
    name = _name(name)
    index.strengths.flush()

    def work(connection: sqlite3.Connection) -> VersionRow:
        scope = _scope(connection, collection)
        if versions.by_name(connection, scope, name) is not None:
            raise UsageError(
                f"There is a version called “{name}” already.",
                "Choose another name, or drop that one.",
            )
        return _store_version(index, connection, scope, name, automatic=False)

    return _handed(index.store.write(work, sync=True), collection)


def listing(
    index: FactIndex, collection: Words | None = None, *, every: bool = False
) -> list[Version]:
    """The versions of a scope, or of `every` scope, oldest first."""
    with index.store.read() as connection:
        scope = None if every else _scope(connection, collection)
        return [
            _handed(row, collections.name_of(connection, row.scope))
            for row in versions.listing(connection, scope)
        ]


def drop(index: FactIndex, name: Words, collection: Words | None = None) -> None:
    """Delete a version for good; current memories stay. Raises `NotFoundError`."""

    def work(connection: sqlite3.Connection) -> None:
        scope = _scope(connection, collection)
        versions.remove(connection, _load_version(connection, scope, name).id)
        changes.erased(connection, "version deleted", 1, index.store.clock())

    index.store.write(work, sync=True)
    removal.compact(index.store)


def diff(
    index: FactIndex, a: Words, b: Words | None = None, collection: Words | None = None
) -> Difference:
    """The differences from version `a` to `b` (None: to the current state)."""
    with index.store.read() as connection:
        scope = _scope(connection, collection)
        old, _ = versions.content(connection, _load_version(connection, scope, a).id)
        if b is None:
            new = list(exported.of_scope(connection, scope))
        else:
            new, _ = versions.content(connection, _load_version(connection, scope, b).id)
    return compared(old, new)


def restore(index: FactIndex, name: Words, collection: Words | None = None) -> RestoredVersion:
    """Restore a scope to a version, in one transaction.

    The previous state is saved as `RestoredVersion.before`: restore that to undo. Deleted facts get
    new ids. Raises `NotFoundError`.
    """
    index.strengths.flush()

    def work(connection: sqlite3.Connection) -> RestoredVersion:
        scope = _scope(connection, collection)
        version = _load_version(connection, scope, name)
        records, links = versions.content(connection, version.id)
        backup = _store_version(
            index, connection, scope, _free(connection, scope, name), automatic=True
        )
        # Facts merged since are restored, and must not be restored again by an undo.
        changes.drop(connection, CONSOLIDATION, scope, version.made)
        counts = _restore_records(connection, scope, version.head, records, links)
        _thin(connection, scope, exempt=(version.id, backup.id))
        return RestoredVersion(version.name, collection, *counts, backup.name)

    return index.store.write(work, act="version restored", sync=True)


# -- saving ----------------------------------------------------------------------------------------


def _store_version(
    index: FactIndex, connection: sqlite3.Connection, scope: int, name: str, *, automatic: bool
) -> VersionRow:
    room = facts.capacity_of(connection, scope)
    head = {"most": room.maximum, "dropped": room.dropped}
    version = VersionRow(0, scope, name, index.store.clock(), automatic, 0, 0, head)
    records = exported.of_scope(connection, scope)
    return versions.add(connection, version, records, exported.links(connection, scope))


def _name(name: str) -> str:
    clean = names.givable(name) if name.strip() else ""
    if not clean or len(clean) > _MAX_NAME:
        raise UsageError(
            "A version needs a name of up to 80 characters.", "Name it with a word, such as “may”."
        )
    return clean


def _free(connection: sqlite3.Connection, scope: int, name: str) -> str:
    """An unused name for the state before a restore."""
    base = name if name.startswith("before ") else f"before {name}"
    base, number, free = base[:_MAX_NAME], 1, base[:_MAX_NAME]
    while versions.by_name(connection, scope, free) is not None:
        number += 1
        free = f"{base[: _MAX_NAME - 8]} ({number})"
    return free


def _thin(connection: sqlite3.Connection, scope: int, exempt: Collection[int]) -> None:
    automatic = [row for row in versions.listing(connection, scope) if row.automatic]
    for row in automatic[:-_AUTOMATIC]:
        if row.id not in exempt:
            versions.remove(connection, row.id)


def _scope(connection: sqlite3.Connection, collection: str | None) -> int:
    if collection is None:
        return facts.OWN
    return collections.by_name(connection, collection).id


def _load_version(connection: sqlite3.Connection, scope: int, name: str) -> VersionRow:
    version = versions.by_name(connection, scope, name.strip())
    if version is None:
        raise NotFoundError(
            f"There is no version called “{names.printable(name)}” here.",
            "See them with: workbench version list.",
        )
    return version


def _handed(row: VersionRow, collection: str | None) -> Version:
    return Version(row.name, collection, row.made, row.facts, row.notes, row.automatic)


# -- comparison ------------------------------------------------------------------------------------


def compared(old_records: Sequence[Record], new_records: Sequence[Record]) -> Difference:
    """The differences between two lists of records, regardless of order and strength."""
    old, new = _identified(old_records), _identified(new_records)
    changed = [
        ChangedText(_to_text(old[key]), _to_text(new[key]), differences)
        for key in old
        if key in new and (differences := _different(old[key], new[key]))
    ]
    removed = {record["id"]: record for key, record in old.items() if key not in new}
    appeared = [record for key, record in new.items() if key not in old]
    added = []
    for record in appeared:
        former = [row["former"] for row in record["beside"].get("wording", ())]
        was = next((removed.pop(id) for id in reversed(former) if id in removed), None)
        if was is None:
            added.append(_to_text(record))
        else:
            differences = ("text", *_different(was, record, besides=("text", "tellers")))
            changed.append(ChangedText(_to_text(was), _to_text(record), differences))
    return Difference(tuple(added), tuple(map(_to_text, removed.values())), tuple(changed))


def _identified(records: Sequence[Record]) -> dict[tuple[Any, ...], Record]:
    """Records by a key that is independent of their id; duplicates are numbered."""
    by_key: dict[tuple[Any, ...], Record] = {}
    for record in records:
        if record["kind"] == "fact":
            key: tuple[Any, ...] = ("fact", record["text"], record["at"], record["told"])
        else:
            key = (record["kind"], record["key"])
        number = 0
        while (*key, number) in by_key:
            number += 1
        by_key[(*key, number)] = record
    return by_key


def _to_text(record: Record) -> Told:
    mark = record["beside"].get("mark", [{}])[0]
    kind = mark.get("kind", "fact") if record["kind"] == "fact" else record["kind"]
    text = record["text"]
    if record["kind"] == "variable":
        text = f"{record['name']} is {text}"
    elif record["kind"] == "stance" and record["name"] != text:
        text = f"{record['name']}: {text}"
    return Told(record["id"], text, kind)


def _different(old: Record, new: Record, besides: Collection[str] = ()) -> tuple[str, ...]:
    marks = [record["beside"].get("mark", [{}])[0] for record in (old, new)]
    fields = [] if old["text"] == new["text"] else ["text"]
    fields += [
        name
        for name, default in (("kind", "fact"), ("priority", None), ("expires", None))
        if marks[0].get(name, default) != marks[1].get(name, default)
    ]
    if old.get("by") != new.get("by"):
        fields.append("tellers")
    if old.get("intensity") != new.get("intensity"):
        fields.append("intensity")
    return tuple(name for name in fields if name not in besides)


# -- restoring -------------------------------------------------------------------------------------


def _restore_records(
    connection: sqlite3.Connection,
    scope: int,
    head: dict[str, Any],
    records: Sequence[Record],
    links: Sequence[Link],
) -> tuple[int, int, int]:
    """Apply the records of a version; returns how many were restored, removed and kept."""
    annotations = Annotations(connection)
    version_ids = {record["id"]: record for record in records}
    current = {record["id"]: record for record in exported.of_scope(connection, scope)}
    anew = _renumbered(records, current)
    removed = [id for id in current if id not in version_ids]
    exported.cut_links(connection, current)
    facts.remove(connection, [*removed, *(id for id in anew if id in current)])
    notes.remove(connection, [*removed, *(id for id in anew if id in current)])
    renumbered = [record for record in records if record["id"] in anew]
    facts_again = [record for record in renumbered if record["kind"] == "fact"]
    moved = dict(
        zip(
            (record["id"] for record in facts_again),
            placing.facts_in(connection, scope, facts_again, annotations),
            strict=True,
        )
    )
    for record in renumbered:
        if record["kind"] != "fact":
            moved[record["id"]] = placing.note_in(connection, scope, record, annotations)
    unchanged = [record for record in records if record["id"] not in anew]
    for record in unchanged:
        if record["kind"] != "fact":
            placing.note_back(connection, record["id"], record, annotations)
        else:
            exported.set_tellers(connection, record["id"], record["by"])
            if record["beside"] != current[record["id"]]["beside"]:
                annotations.replace(connection, record["id"], record["beside"])
    placing.store_links(connection, links, moved)
    if head["most"] is None:
        facts.remove_capacity(connection, scope)
    else:
        facts.set_maximum(connection, scope, head["most"])
    facts.unsure_count(connection, scope)
    missing = sum(id not in current for id in anew)
    return missing, len(removed), len(records) - missing


def _renumbered(records: Sequence[Record], current: dict[int, Record]) -> set[int]:
    """The ids of records that need new ones: deleted ones, and those that must follow them.

    At equal times of validity the greater id counts as newer.
    """
    anew = {
        record["id"]
        for record in records
        if record["id"] not in current
        or (record["kind"] != "fact" and record["key"] != current[record["id"]]["key"])
    }
    by_time = sorted(
        (record for record in records if record["kind"] == "fact"),
        key=lambda record: (record["at"], record["id"]),
    )
    for _, group in groupby(by_time, key=lambda record: record["at"]):
        ids = [record["id"] for record in group]
        first = next((place for place, id in enumerate(ids) if id in anew), len(ids))
        anew.update(ids[first:])
    return anew
