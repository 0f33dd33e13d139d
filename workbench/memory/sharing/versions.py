"""Versions of the statements of a scope: save, compare, restore.

What is brought back reads, counts and fades exactly as it did; a fact that had gone has another id
then. Every restore first keeps what is there as a version of its own, so that restoring that one
takes it back. Forgetting for good reaches versions, too, unless somebody asks to leave them alone.
"""

import sqlite3
from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any

from workbench.errors import NotFoundError, UsageError
from workbench.memory.facts.index import FactIndex
from workbench.memory.sharing import placing
from workbench.memory.sharing.records import (
    ChangedText,
    Difference,
    RestoredVersion,
    Told,
    Version,
)
from workbench.store import (
    capacity,
    collections,
    exported_facts,
    facts,
    names,
    notes,
    removal,
    versions,
)
from workbench.store.exported_facts import Beside, Link, Record
from workbench.store.versions import VersionRow

_MOST_NAME = 80
#: Versions made before a restore that are kept of each scope.
_AUTOMATIC = 5


def save(index: FactIndex, name: str, collection: str | None) -> Version:
    """Keep what is told in a scope now under a name. Raises `UsageError`, `NotFoundError`."""
    name = _name(name)
    index.strengths.flush()

    def work(connection: sqlite3.Connection) -> VersionRow:
        scope = _scope(connection, collection)
        if versions.by_name(connection, scope, name) is not None:
            raise UsageError(
                f"There is a version called “{name}” already.",
                "Choose another name, or drop that one.",
            )
        return _keep(index, connection, scope, name, automatic=False)

    return _handed(index.store.write(work, sync=True), collection)


def listing(index: FactIndex, collection: str | None, *, every: bool) -> list[Version]:
    """The versions of a scope, or of `every` scope, oldest first."""
    with index.store.read() as connection:
        scope = None if every else _scope(connection, collection)
        return [
            _handed(row, collections.name_of(connection, row.scope))
            for row in versions.listing(connection, scope)
        ]


def drop(index: FactIndex, name: str, collection: str | None) -> None:
    """Remove a version for good. Raises `NotFoundError`."""

    def work(connection: sqlite3.Connection) -> None:
        scope = _scope(connection, collection)
        versions.remove(connection, _known(connection, scope, name).id)

    index.store.write(work, sync=True)
    removal.compact(index.store)


def diff(index: FactIndex, a: str, b: str | None, collection: str | None) -> Difference:
    """What changed from version `a` to version `b`, or to what is told now where that is None."""
    with index.store.read() as connection:
        scope = _scope(connection, collection)
        before, _ = versions.content(connection, _known(connection, scope, a).id)
        if b is None:
            after = list(exported_facts.of_scope(connection, scope))
        else:
            after, _ = versions.content(connection, _known(connection, scope, b).id)
    return compared(before, after)


def restore(index: FactIndex, name: str, collection: str | None) -> RestoredVersion:
    """Let a scope be as it was in a version. Raises `NotFoundError`.

    All of it happens in one transaction or not at all.
    """
    index.strengths.flush()

    def work(connection: sqlite3.Connection) -> RestoredVersion:
        scope = _scope(connection, collection)
        version = _known(connection, scope, name)
        records, links = versions.content(connection, version.id)
        before = _keep(index, connection, scope, _free(connection, scope, name), automatic=True)
        done = _bring_back(connection, scope, version.head, records, links)
        _thin(connection, scope, keep=(version.id, before.id))
        return RestoredVersion(version.name, collection, *done, before.name)

    return index.store.write(work, sync=True)


# -- keeping ---------------------------------------------------------------------------------------


def _keep(
    index: FactIndex, connection: sqlite3.Connection, scope: int, name: str, *, automatic: bool
) -> VersionRow:
    room = capacity.of_scope(connection, scope)
    runs = connection.execute(
        "SELECT id, done FROM consolidation WHERE scope = ? ORDER BY id", (scope,)
    ).fetchall()
    head = {"most": room.most, "dropped": room.dropped, "runs": [list(run) for run in runs]}
    return versions.add(
        connection, scope, name, index.store.clock(), exported_facts.of_scope(connection, scope),
        exported_facts.links(connection, scope), head, automatic=automatic,
    )  # fmt: skip


def _name(name: str) -> str:
    clean = names.givable(name) if name.strip() else ""
    if not clean or len(clean) > _MOST_NAME:
        raise UsageError(
            "A version needs a name of up to 80 characters.", "Name it with a word, such as “may”."
        )
    return clean


def _free(connection: sqlite3.Connection, scope: int, name: str) -> str:
    """A name for what was there before a version was restored."""
    base = name if name.startswith("before ") else f"before {name}"
    base, number, free = base[:_MOST_NAME], 1, base[:_MOST_NAME]
    while versions.by_name(connection, scope, free) is not None:
        number += 1
        free = f"{base[: _MOST_NAME - 8]} ({number})"
    return free


def _thin(connection: sqlite3.Connection, scope: int, keep: Collection[int]) -> None:
    made = [row for row in versions.listing(connection, scope) if row.automatic]
    for row in made[:-_AUTOMATIC]:
        if row.id not in keep:
            versions.remove(connection, row.id)


def _scope(connection: sqlite3.Connection, collection: str | None) -> int:
    if collection is None:
        return facts.OWN
    return collections.by_name(connection, collection).id


def _known(connection: sqlite3.Connection, scope: int, name: str) -> VersionRow:
    found = versions.by_name(connection, scope, name.strip())
    if found is None:
        raise NotFoundError(
            f"There is no version called “{names.shown(name)}” here.",
            "See them with: workbench version list.",
        )
    return found


def _handed(row: VersionRow, collection: str | None) -> Version:
    return Version(row.name, collection, row.made, row.facts, row.notes, row.automatic)


# -- comparing -------------------------------------------------------------------------------------


def compared(before: Sequence[Record], after: Sequence[Record]) -> Difference:
    """What came, went and changed from some records to others; order and strength do not count."""
    old, new = _identified(before), _identified(after)
    changed = [
        ChangedText(_told(old[key]), _told(new[key]), what)
        for key in old
        if key in new and (what := _different(old[key], new[key]))
    ]
    gone = {record["id"]: record for key, record in old.items() if key not in new}
    came = [record for key, record in new.items() if key not in old]
    added = []
    for record in came:
        former = [row["former"] for row in record["beside"].get("wording", ())]
        was = next((gone.pop(id) for id in reversed(former) if id in gone), None)
        if was is None:
            added.append(_told(record))
        else:
            what = ("text", *_different(was, record, besides=("text", "tellers")))
            changed.append(ChangedText(_told(was), _told(record), what))
    return Difference(tuple(added), tuple(map(_told, gone.values())), tuple(changed))


def _identified(records: Sequence[Record]) -> dict[tuple[Any, ...], Record]:
    """Records by what stays when they get another id; equal ones are counted."""
    found: dict[tuple[Any, ...], Record] = {}
    for record in records:
        if record["kind"] == "fact":
            key: tuple[Any, ...] = ("fact", record["text"], record["at"], record["told"])
        else:
            key = (record["kind"], record["key"])
        number = 0
        while (*key, number) in found:
            number += 1
        found[(*key, number)] = record
    return found


def _told(record: Record) -> Told:
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
    what = [] if old["text"] == new["text"] else ["text"]
    what += [
        name
        for name, usual in (("kind", "fact"), ("priority", None), ("expires", None))
        if marks[0].get(name, usual) != marks[1].get(name, usual)
    ]
    if old.get("by") != new.get("by"):
        what.append("tellers")
    if old.get("intensity") != new.get("intensity"):
        what.append("intensity")
    return tuple(name for name in what if name not in besides)


# -- bringing back ---------------------------------------------------------------------------------


def _bring_back(
    connection: sqlite3.Connection,
    scope: int,
    head: dict[str, Any],
    records: Sequence[Record],
    links: Sequence[Link],
) -> tuple[int, int, int]:
    """Returns how many were brought back, removed and kept."""
    beside = Beside(connection)
    wanted = {record["id"]: record for record in records}
    now = {record["id"]: record for record in exported_facts.of_scope(connection, scope)}
    anew = _to_tell_anew(records, now)
    gone = [id for id in now if id not in wanted]
    exported_facts.cut_links(connection, now)
    facts.remove(connection, [*gone, *(id for id in anew if id in now)])
    notes.remove(connection, [*gone, *(id for id in anew if id in now)])
    runs = {int(id): done for id, done in head["runs"]}
    connection.execute("DELETE FROM consolidation WHERE scope = ?", (scope,))
    connection.executemany(
        "INSERT INTO consolidation(id, scope, done) VALUES (?, ?, ?)",
        [(id, scope, done) for id, done in runs.items()],
    )
    again = [record for record in records if record["id"] in anew]
    told_again = [record for record in again if record["kind"] == "fact"]
    moved = dict(
        zip(
            (record["id"] for record in told_again),
            placing.facts_in(connection, scope, told_again, beside),
            strict=True,
        )
    )
    for record in again:
        if record["kind"] != "fact":
            moved[record["id"]] = placing.note_in(connection, scope, record, beside)
    kept = [record for record in records if record["id"] not in anew]
    for record in kept:
        if record["kind"] != "fact":
            placing.note_back(connection, record["id"], record, beside)
        else:
            exported_facts.set_tellers(connection, record["id"], record["by"])
            was = now[record["id"]]["beside"]
            # The rows of consolidations went with them.
            if record["beside"] != was or "merged" in was:
                beside.put(connection, record["id"], record["beside"])
    placing.put_links(connection, links, moved)
    if head["most"] is None:
        capacity.remove(connection, scope)
    else:
        capacity.put(connection, scope, head["most"])
    capacity.unsure(connection, scope)
    missing = sum(id not in now for id in anew)
    return missing, len(gone), len(records) - missing


def _to_tell_anew(records: Sequence[Record], now: dict[int, Record]) -> set[int]:
    """The ids of records that get another one: what is gone, and what must come after that.

    Of what holds since the same moment the one with the greater id counts as newer.
    """
    anew = {
        record["id"]
        for record in records
        if record["id"] not in now
        or (record["kind"] != "fact" and record["key"] != now[record["id"]]["key"])
    }
    told_facts = sorted(
        (record for record in records if record["kind"] == "fact"),
        key=lambda record: (record["at"], record["id"]),
    )
    for _, group in groupby(told_facts, key=lambda record: record["at"]):
        ids = [record["id"] for record in group]
        first = next((place for place, id in enumerate(ids) if id in anew), len(ids))
        anew.update(ids[first:])
    return anew
