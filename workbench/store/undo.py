"""Undoes and redoes acts, by writing the rows of the log (`changes`) back.

A row in the state that the act left is restored; if it was changed since, undo is refused, or skips
the row. Derived data is updated.
"""

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from typing import Any

from workbench.errors import UsageError
from workbench.store import changes, collections, concept_changes, concept_mentions, meta, unlinked
from workbench.store import facts as fact_rows
from workbench.store.changes import (
    STATEMENTS,
    TRAINED_COLUMNS,
    Row,
    Table,
    packed,
    recording,
    unlike,
    unlike_tags,
    unpacked,
)
from workbench.store.concept_mentions import GONE_FIBERS
from workbench.store.queries import integers, select_one
from workbench.store.tags import patched

#: Tables that use changes at any time; later changes do not prevent an undo.
USED = frozenset(("fiber", "association", "link", "strength", "synapse"))
#: Columns of these with additive changes, and columns that the program computes.
_ADDED = {"strength": ("weight", "uses"), "synapse": ("delta",)}
_WORKED_OUT = {"strength": ("fades", "recent"), "synapse": ("times", "used")}
#: Tables whose rows the program recreates; an equal one counts as restored.
_FOUND = frozenset(("concept", "concept_key", "conflict", "proposal"))
#: Neutral values, for a row that an act created and others have used since.
_NEUTRAL: dict[str, Row] = {"strength": {"pinned": 0, "archived": None, "kept": None}}


@dataclass(slots=True)
class Taken:
    """The result of undoing items: how many were `examined`, and `left` unchanged.

    `rows` has the difference in rows by table, `tables` the number of undone items, and `changed`
    that of changed columns.
    """

    examined: int = 0
    left: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    tables: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Item:
    """A row to restore to `target` if it is still `expected`, as the act left it."""

    table: Table
    key: tuple[Any, ...]
    target: Row | None
    expected: Row | None


def stands(connection: sqlite3.Connection, change: int) -> bool:
    """Whether a change is in effect and can be undone."""
    row = changes.by_id(connection, change)
    return row is not None and row.state == "done" and changes.is_kept(connection, change)


def undo(
    connection: sqlite3.Connection, change: int, now: float | None = None, *, again: bool = False
) -> Taken:
    """Undo a change completely, or with `again` redo it. Inside a write.

    Raises `UsageError` if its rows were changed since. Learned values of derived rows are restored
    by `take_back`, once the rows exist.
    """
    taken = take_back(connection, change, again=again)
    changes.settle(connection, change, "done" if again else "undone", now)
    return taken


def take_back(
    connection: sqlite3.Connection,
    change: int,
    limit: int = -1,
    *,
    again: bool = False,
    learned: bool = False,
    strict: bool = True,
) -> Taken:
    """Undo the last steps of a change, about `limit` rows; with `again` redo them.

    With `learned`, restore the learned columns of derived rows, which must exist; else all other
    tables. For rows changed since, `strict` raises `UsageError`; else they are skipped. Inside a
    write.
    """
    taken, derived = Taken(), tuple(TRAINED_COLUMNS)
    with recording(connection, change, undone=not again):
        tables = changes.recorder_of(connection).tables
        test = (
            f"change = ? AND undone = ? AND name {'' if learned else 'NOT '}IN (?, ?) AND name <> ?"
        )
        values = (change, int(again), *derived, changes.NOTE)
        (first,) = connection.execute(
            f"SELECT min(step) FROM (SELECT step FROM change_item WHERE {test} "
            "ORDER BY number DESC LIMIT ?)",
            (*values, limit),
        ).fetchone()
        rows = connection.execute(
            f"SELECT step, name, key, before, after FROM change_item WHERE {test} AND step >= ? "
            "ORDER BY number DESC",
            (*values, first),
        ).fetchall()
        connection.execute(f"DELETE FROM change_item WHERE {test} AND step >= ?", (*values, first))
        for _, part in groupby(rows, key=lambda row: row[0]):
            items = [
                _Item(tables[name], tuple(unpacked(key)), unpacked(before), unpacked(after))
                for _, name, key, before, after in part
            ]
            taken.examined += len(items)
            _apply(connection, items, taken, list(tables), change if strict else None)
            _follow(connection, items)
    return taken


def _apply(
    connection: sqlite3.Connection,
    items: Sequence[_Item],
    taken: Taken,
    order: Sequence[str],
    change: int | None,
) -> None:
    """Restore rows; for rows changed since, raises if a `change` is given, else skips them."""
    # Rows may precede those that they refer to.
    connection.execute("PRAGMA defer_foreign_keys=ON")
    present = [item.table.row(connection, item.key) for item in items]
    updates: list[tuple[_Item, Row]] = []
    deletes: list[_Item] = []
    inserts: list[_Item] = []
    for item, row in zip(map(_merged, items, present), present, strict=True):
        name, target, expected = item.table.name, item.target, item.expected
        if row is None:
            if expected is None and target is not None and name not in TRAINED_COLUMNS:
                inserts.append(item)
            elif target is not None:
                _leave(connection, item, taken, change)
        elif target is None:
            if name == "synapse" and _changed(item, row):
                # Other lessons have added to it since.
                updates.append((item, {"delta": row["delta"] - (expected or row)["delta"]}))
                continue
            if not _changed(item, row):
                deletes.append(item)
                continue
            _leave(connection, item, taken, change)
            neutral = _NEUTRAL.get(name, {})
            same = {c: v for c, v in neutral.items() if row[c] == (expected or {})[c]}
            updates.append((item, same))
        elif expected is None and name not in TRAINED_COLUMNS:
            if name == "concept_key" and not _is_kept(connection, row["concept"]):
                # It was linked again meanwhile; retrace its statements.
                concept_changes.queue_retrace(connection, row["concept"])
                updates.append((item, target))
            elif unlike(row, target) and name not in _FOUND:
                # Another act has created this row since.
                _leave(connection, item, taken, change)
        else:
            if set(_changed(item, row)) - set(_ADDED.get(name, ())):
                _leave(connection, item, taken, change)
            updates.append((item, _back(item, row)))
    # Updates come first, so that deletions do not cascade to reassigned rows.
    blocked = [
        (item, values)
        for item, values in updates
        if not _tried(partial(item.table.update, connection, item.key, values))
    ]
    # Collections last; one that has got further members since stays.
    for item in sorted(deletes, key=lambda item: item.table.name == "collection"):
        if item.table.name == "collection" and collections.is_used(connection, item.key[0]):
            _leave(connection, item, taken, change)
            continue
        if item.table.name != "teller":
            item.table.delete(connection, item.key)
        _count(taken, item, -1)
    # Tellers of other facts stay.
    fact_rows.forget_tellers(
        connection, [item.key[0] for item in deletes if item.table.name == "teller"]
    )
    for item, values in blocked:
        item.table.update(connection, item.key, values)
    for item, _ in updates:
        _count(taken, item, 0)
    for item in sorted(inserts, key=lambda item: order.index(item.table.name)):
        row = item.target or {}
        insert = partial(item.table.insert, connection, row)
        if item.table.has_parents(connection, row) and _tried(insert):
            _count(taken, item, 1)
        else:
            _leave(connection, item, taken, change)
    tellers = {0, *integers(connection, "SELECT id FROM teller")} if inserts else set()
    for item in inserts:
        if (item.target or {}).get("teller", 0) not in tellers:
            _leave(connection, item, taken, change)
    # A key whose former concept is gone: its statements are linked to a new one.
    connection.executemany(
        "DELETE FROM concept_key WHERE key = ? AND concept NOT IN (SELECT id FROM concept)",
        [item.key for item, _ in updates if item.table.name == "concept_key"],
    )


def _is_kept(connection: sqlite3.Connection, concept: int) -> bool:
    """Whether the user has named a concept."""
    row = select_one(connection, "SELECT kept FROM concept WHERE id = ?", concept)
    return row is not None and bool(row[0])


def _tried(work: Callable[[], None]) -> bool:
    """Whether a write succeeds without a uniqueness conflict."""
    try:
        work()
    except sqlite3.IntegrityError:
        return False
    return True


def _merged(item: _Item, row: Row | None) -> _Item:
    """The item with the unchanged tags of its source, unless the changed ones differ since."""
    is_tagged = item.table.name == "source" and "tags" in (item.target or {})
    if not is_tagged or not row or not item.target or not item.expected:
        return item
    target, expected = unlike_tags(item.target, item.expected)
    current, back = json.loads(row["tags"]), dict.fromkeys(expected) | target
    if any(current.get(tag) != expected.get(tag) for tag in back):
        return item
    return replace(
        item,
        target={**item.target, "tags": patched(row["tags"], back)},
        expected={**item.expected, "tags": row["tags"]},
    )


def _changed(item: _Item, row: Row) -> list[str]:
    """The columns in which a row differs from what the act left, except computed ones."""
    out = _WORKED_OUT.get(item.table.name, ())
    return [name for name in unlike(row, item.expected or {}) if name not in out]


def _back(item: _Item, row: Row) -> Row:
    """The columns of a row without the act's changes."""
    expected, values = item.expected or {}, {}
    for name, value in (item.target or {}).items():
        if name not in expected or row[name] == expected[name]:
            values[name] = value
        elif name in _ADDED.get(item.table.name, ()):
            values[name] = row[name] - (expected[name] - value)
    return values


def _leave(connection: sqlite3.Connection, item: _Item, taken: Taken, change: int | None) -> None:
    """Skip a row. Raises `UsageError` for a change that is all or nothing."""
    if change is None or item.table.name in USED:
        taken.left += 1
        return
    later = connection.execute(
        "SELECT max(change) FROM change_item WHERE change > ? AND name = ? AND key = ? "
        "AND change NOT IN (SELECT id FROM change WHERE state = 'undone')",
        (change, item.table.name, packed(list(item.key))),
    ).fetchone()[0]
    raise UsageError(
        f"What change {change} was about was changed again since; nothing was undone.",
        f"Undo change {later} first." if later else "See `workbench changes`.",
    )


def _count(taken: Taken, item: _Item, came: int) -> None:
    name, target = item.table.name, item.target or {}
    taken.rows[name] = taken.rows.get(name, 0) + came
    taken.tables[name] = taken.tables.get(name, 0) + 1
    expected = item.expected or {}
    for column in {**target, **expected}:
        if target.get(column) != expected.get(column):
            key = f"{name}.{column}"
            taken.changed[key] = taken.changed.get(key, 0) + 1


def _follow(connection: sqlite3.Connection, items: Sequence[_Item]) -> None:
    """Update derived data: the index, the links of statements, and concepts."""
    rows: dict[str, list[_Item]] = {}
    for item in items:
        rows.setdefault(item.table.name, []).append(item)
    told = [item.key[0] for name in STATEMENTS for item in rows.get(name, ())]
    if told:
        # Subtract removed statements before they are counted again.
        while connection.execute(
            f"{GONE_FIBERS} AND part IN (SELECT value FROM json_each(?)) LIMIT 1",
            (json.dumps(told),),
        ).fetchone():
            concept_mentions.settle(connection, len(told))
        unlinked.queue_retrace(connection, _existing(connection, "engram", "id", told))
        came = [item.key[0] for item in rows.get("fact", ()) if item.expected is None]
        fact_rows.record_returned(connection, _existing(connection, "fact", "engram", came))
        if len(came) < len(rows.get("fact", ())):
            meta.count(connection, meta.FACT_MOVES)
        fact_rows.unsure_counts(connection)
        for table in ("review", "strength"):
            connection.execute(
                f"UPDATE {table} SET place = -1 - coalesce((SELECT scope FROM fact f "
                f"WHERE f.engram = {table}.engram), (SELECT scope FROM note n "
                f"WHERE n.engram = {table}.engram)) "
                "WHERE engram IN (SELECT value FROM json_each(?))",
                (json.dumps(told),),
            )
    if "synapse" in rows:
        # Rounding errors.
        connection.execute("DELETE FROM synapse WHERE abs(delta) < 1e-9")
    if rows.keys() & {"synapse", "verdict"}:
        meta.count(connection, meta.TAUGHT)
    names = [side["concept"] for item in rows.get("concept_key", ())
             for side in (item.target, item.expected) if side and "concept" in side]  # fmt: skip
    for concept in {*names, *(item.key[0] for item in rows.get("concept", ()))}:
        concept_changes.queue_retrace(connection, concept)
    if names or "concept" in rows:
        meta.count(connection, meta.CONCEPT_MOVES)
    if "source" in rows:
        meta.count(connection, meta.SOURCE_CHANGES)
    for item in rows.get("collection", ()):
        if item.target and item.expected and "name" in item.target:
            collections.follow_name(connection, item.expected["name"], item.target["name"])


def _existing(
    connection: sqlite3.Connection, table: str, column: str, ids: Sequence[int]
) -> list[int]:
    return integers(
        connection,
        f"SELECT {column} FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))",
        json.dumps(ids),
    )
