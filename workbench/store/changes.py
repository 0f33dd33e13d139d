"""The undo log: every act of a user or a sleep, with its rows before and after.

Temporary triggers of the writing connection report the rows that an act touches, in any table, to a
`Recorder`; at its end each row is compared with its earlier state and stored as an item. Undoing
writes the earlier values, and records that in turn, so redo works the same way. Nothing here
depends on what an act means.

Derived and counted rows are not recorded, nor secrets and the text of sources, of which no copies
may remain. Of derived tables with learned columns (such as the conductivity of a fiber) only these
are recorded.
"""

import base64
import contextlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any
from weakref import WeakValueDictionary

from workbench.store.change_words import in_words
from workbench.store.queries import json_list, select_dicts, select_number

Row = dict[str, Any]
Key = tuple[Any, ...]

#: Tables that are derived, secret, or part of this log.
_UNRECORDED = frozenset(
    ("change", "change_item", "derived", "edge", "extent", "job", "job_source", "mention", "meta",
     "original", "page", "passage", "saying", "section", "shared", "waiting", "vault_record",
     "version", "version_pack")
)  # fmt: skip
#: Learned columns of derived tables.
TRAINED_COLUMNS = {
    "association": ("learned", "reinforced", "used"),
    "fiber": ("conductivity", "salience", "frequency", "conducted"),
}
#: Columns computed from other rows.
_COUNTER_COLUMNS = {
    "concept": ("mentions", "first", "last"),
    "source": ("characters", "passages", "engrams", "pages"),
}
#: Tables of statements; their keys are engram ids.
STATEMENTS = ("engram", "fact", "note")
#: State of permanent deletions.
FINAL = "final"
#: Limits of the log: age in seconds, size in bytes, and number of sleeps.
_AGE, _SIZE, _SLEEPS = 90 * 24 * 3600.0, 200_000_000, 7


@dataclass(frozen=True, slots=True)
class Table:
    """A recorded table: its key, all columns, and the recorded ones.

    `parents` are its foreign keys: column, referenced table and column.
    """

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    recorded: tuple[str, ...]
    parents: tuple[tuple[str, str, str], ...]

    def row(self, connection: sqlite3.Connection, key: Sequence[Any]) -> Row | None:
        """The current row of a key."""
        names = ", ".join(f'"{name}"' for name in self.columns)
        rows = select_dicts(connection, f"SELECT {names} FROM {self.name} WHERE {self._test}", *key)
        return rows[0] if rows else None

    @property
    def _test(self) -> str:
        return " AND ".join(f'"{name}" IS ?' for name in self.key)

    def values(self, row: Row | None) -> Row | None:
        """The recorded columns of a row, including its key."""
        return row and {name: row[name] for name in (*self.key, *self.recorded)}

    def owned_by(self, row: Row) -> int | None:
        """The id of the engram that owns a row; a source's is negated; None for neither."""
        if self.name in ("engram", "source"):
            return int(row["id"]) if self.name == "engram" else -int(row["id"])
        if self.name == "question":
            # A table cell belongs to one source.
            return next((-source for source in json.loads(row["scope"]).get("sources") or ()), None)
        for column, parent, _ in self.parents:
            if parent in STATEMENTS and row[column] is not None:
                return int(row[column])
        return next((-int(row[c]) for c, parent, _ in self.parents if parent == "source"), None)

    def has_parents(self, connection: sqlite3.Connection, row: Row) -> bool:
        """Whether all referenced rows exist."""
        return all(
            row.get(column) is None
            or select_number(connection, f"SELECT 1 FROM {parent} WHERE {to} = ?", row[column])
            for column, parent, to in self.parents
        )

    def delete(self, connection: sqlite3.Connection, key: Sequence[Any]) -> None:
        """Delete a row."""
        connection.execute(f"DELETE FROM {self.name} WHERE {self._test}", key)

    def update(self, connection: sqlite3.Connection, key: Sequence[Any], row: Row) -> None:
        """Set columns of a row; a second pass corrects what its triggers change."""
        for _ in range(2):
            if changed := unlike(self.row(connection, key) or row, row):
                names = ", ".join(f'"{name}" = ?' for name in changed)
                connection.execute(
                    f"UPDATE {self.name} SET {names} WHERE {self._test}", (*changed.values(), *key)
                )

    def insert(self, connection: sqlite3.Connection, row: Row) -> None:
        """Insert a row again."""
        names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
        connection.execute(
            f"INSERT INTO {self.name}({names}) VALUES ({marks})", tuple(row.values())
        )
        self.update(connection, [row[name] for name in self.key], row)


def unlike(row: Row, expected: Row) -> Row:
    """The columns of `expected` in which a row differs."""
    return {name: value for name, value in expected.items() if row[name] != value}


@dataclass(frozen=True, slots=True)
class Change:
    """An act: `kind` and `why` ("": by the user), times, and its state, done or undone.

    A permanent deletion is final. A sleep may also be asleep, interrupted or undoing, at a `cursor`
    of its `phase`; `asked` are its arguments, `report` its results by name. `count` is the number
    of affected memories or sources; a change that is not `kept` can be neither undone nor redone.
    """

    id: int
    kind: str
    scope: int | None
    why: str
    begun: float
    ended: float | None
    state: str
    phase: str = ""
    cursor: Any = None
    asked: Row = field(default_factory=dict)
    report: Row = field(default_factory=dict)
    count: int = 1
    kept: bool = True

    @property
    def what(self) -> str:
        """The description of the act, in the chosen language."""
        return in_words(self.kind, self.count)


class Recorder:
    """Collects the rows touched during an act, in their earlier state."""

    def __init__(self) -> None:
        self.is_active = False
        self.change, self.undone = 0, 0
        self._tables: dict[str, Table] = {}
        self._before: dict[tuple[str, Key], Row | None] = {}
        self._removed: set[tuple[str, Key]] = set()

    @property
    def tables(self) -> Mapping[str, Table]:
        """The recorded tables by name, referenced ones first; empty before the first act."""
        return self._tables

    def begin(self, connection: sqlite3.Connection, change: int, *, undone: bool) -> None:
        """Start recording items of a change."""
        query = "SELECT 1 FROM sqlite_temp_master WHERE name = 'fact_removed'"
        if connection.execute(query).fetchone() is None:
            self._tables, triggers = _recorded(connection)
            for statement in triggers:
                connection.execute(statement)
        self.change, self.undone, self.is_active = change, int(undone), True

    def end(self) -> None:
        """Stop recording, and discard rows that were not stored."""
        self.is_active = False
        self._before, self._removed = {}, set()

    def note(self, name: str, event: str, *values: Any) -> None:
        """Record a row of a table: its old columns, or the new ones of an insertion."""
        table = self._tables[name]
        row = dict(zip(table.columns, values, strict=True))
        place = name, tuple(row[column] for column in table.key)
        if event == "arriving":
            self._before.setdefault(place, None)
        elif event != "inserted":
            self._before.setdefault(place, row)
            if event == "removed":
                self._removed.add(place)
        elif place in self._removed:
            self._removed.discard(place)
        else:
            # Its own triggers may have changed the new row already.
            self._before[place] = None

    def store(self, connection: sqlite3.Connection) -> int:
        """Store all differences since the last call as one step; returns the number of rows."""
        before, self._before, self._removed = self._before, {}, set()
        items: list[tuple[Any, ...]] = []
        for (name, key), row in before.items():
            table = self._tables[name]
            pair = _difference(table, row, current := table.row(connection, key))
            if pair is not None:
                owner = table.owned_by(row or current or {})
                items.append((name, packed(list(key)), *map(packed, pair), owner))
        if items:
            _store(connection, self.change, items, self.undone)
        return len(items)


def _store(
    connection: sqlite3.Connection, change: int, items: Sequence[tuple[Any, ...]], undone: int = 0
) -> None:
    """Store items (name, key, before, after, owner) as JSON, as the next step of a change."""
    last, step = connection.execute(
        "SELECT coalesce(max(number), 0), coalesce(max(step), 0) + 1 FROM change_item "
        "WHERE change = ?",
        (change,),
    ).fetchone()
    connection.executemany(
        "INSERT INTO change_item(change, number, step, undone, name, key, before, after, owner) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(change, last + n, step, undone, *item) for n, item in enumerate(items, 1)],
    )
    size = sum(len(value) for item in items for value in item[:4] if value)
    connection.execute("UPDATE change SET bytes = bytes + ? WHERE id = ?", (size, change))


def _difference(
    table: Table, row: Row | None, current: Row | None
) -> tuple[Row | None, Row | None] | None:
    """A row before and after: whole if inserted or deleted, else the changed columns.

    Of a deleted derived row only the learned columns are stored.
    """
    if row is not None and current is not None:
        changed = [name for name in table.recorded if row[name] != current[name]]
        if not changed:
            return None
        before, after = ({name: each[name] for name in changed} for each in (row, current))
        if table.name == "source" and "tags" in changed:
            before["tags"], after["tags"] = map(packed, unlike_tags(before, after))
        return before, after
    if table.name in TRAINED_COLUMNS:
        discarded = {name: row[name] for name in table.recorded if row[name]} if row else {}
        return (discarded, None) if discarded else None
    return None if row is current else (table.values(row), table.values(current))


def unlike_tags(before: Row, after: Row) -> tuple[Row, ...]:
    """The tags in which two states of a source differ, of each: few where it has many."""
    was, became = json.loads(before["tags"]), json.loads(after["tags"])
    return tuple(
        {tag: value for tag, value in tags.items() if value != others.get(tag)}
        for tags, others in ((was, became), (became, was))
    )


def packed(value: Any) -> str | None:
    """A value as JSON, with bytes in Base64."""
    if value is None:
        return None
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=plain)


def plain(value: Any) -> Any:
    """A value that JSON can represent."""
    return {"bytes": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def unpacked(text: str | None) -> Any:
    return None if text is None else json.loads(text, object_hook=stored)


def stored(value: Any) -> Any:
    """A JSON value as stored in the table."""
    is_bytes = isinstance(value, dict) and value.keys() == {"bytes"}
    return base64.b64decode(value["bytes"]) if is_bytes else value


#: The recorded tables, and the statements that create their triggers.
_Recorded = tuple[dict[str, Table], tuple[str, ...]]
#: By the schema they were read from.
_READ: dict[Key, _Recorded] = {}


def _recorded(connection: sqlite3.Connection) -> _Recorded:
    definitions = tuple(
        connection.execute(
            "SELECT name, sql FROM main.sqlite_schema WHERE type = 'table' "
            "AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
        )
    )
    if definitions not in _READ:
        tables = _read_tables(connection, definitions)
        _READ[definitions] = tables, tuple(_triggers(tables))
    return _READ[definitions]


def _read_tables(connection: sqlite3.Connection, definitions: Key) -> dict[str, Table]:
    tables = {}
    for name, _ in definitions:
        if name in _UNRECORDED:
            continue
        columns = connection.execute(
            "SELECT name, pk FROM pragma_table_info(?) ORDER BY cid", (name,)
        ).fetchall()
        key = [column for column, place in sorted(columns, key=lambda item: item[1]) if place]
        out = ("sum", *key, *_COUNTER_COLUMNS.get(name, ()))
        recorded = tuple(column for column, _ in columns if column not in out)
        foreign = connection.execute(
            'SELECT "from", "table", coalesce("to", \'rowid\') FROM pragma_foreign_key_list(?)',
            (name,),
        )
        tables[name] = Table(
            name, tuple(key), tuple(column for column, _ in columns),
            TRAINED_COLUMNS.get(name, recorded), tuple(foreign),
        )  # fmt: skip
    return tables


def _triggers(tables: Mapping[str, Table]) -> Iterator[str]:
    for table in tables.values():
        name = table.name
        columns, old, new = (
            ", ".join(f'{side}"{column}"' for column in table.columns)
            for side in ("", "old.", "new.")
        )
        # The statements of sources are not recorded.
        condition = " AND {}.passage IS NULL" if name == "engram" else ""
        is_new = " AND ".join(f'"{column}" IS new."{column}"' for column in table.key)
        keys = ", ".join(f'"{column}"' for column in table.key)
        rekeyed = (
            f"SELECT record_row('{name}', 'removed', {old}); "
            f"SELECT record_row('{name}', 'removed', {columns}) FROM {name} WHERE {is_new}; "
            f"SELECT record_row('{name}', 'arriving', {new})"
        )
        for event, timing, side, work in (
            ("inserted", "AFTER INSERT", "new", f"SELECT record_row('{name}', 'inserted', {new})"),
            ("removed", "BEFORE DELETE", "old", f"SELECT record_row('{name}', 'removed', {old})"),
            ("changed", "BEFORE UPDATE", "old", f"SELECT record_row('{name}', 'changed', {old})"),
            ("moved", f"BEFORE UPDATE OF {keys}", "old", rekeyed),
        ):
            if name not in TRAINED_COLUMNS or event in ("removed", "changed"):
                yield (
                    f"CREATE TEMP TRIGGER {name}_{event} {timing} ON main.{name} "
                    f"WHEN recording(){condition.format(side)} BEGIN {work}; END"
                )


# -- recording -------------------------------------------------------------------------------------

#: Recorders by id; the connections own them, as they take no attributes.
_RECORDERS: "WeakValueDictionary[int, Recorder]" = WeakValueDictionary()


def recorder_of(connection: sqlite3.Connection) -> Recorder:
    """The recorder of a writing connection."""
    try:
        (number,) = connection.execute("SELECT recorder()").fetchone()
        return _RECORDERS[number]
    except sqlite3.OperationalError:
        recorder = Recorder()
        _RECORDERS[id(recorder)] = recorder
        connection.create_function("recorder", 0, lambda: id(recorder))
        connection.create_function("recording", 0, lambda: recorder.is_active)
        connection.create_function("record_row", -1, recorder.note)
        return recorder


@contextlib.contextmanager
def recording(
    connection: sqlite3.Connection, change: int, *, undone: bool = False
) -> Iterator[None]:
    """Record writes inside as items of a change; within another act as a part of it."""
    recorder = recorder_of(connection)
    if recorder.is_active:
        yield
        return
    recorder.begin(connection, change, undone=undone)
    try:
        yield
        recorder.is_active = False
        recorder.store(connection)
    finally:
        recorder.end()


def step(connection: sqlite3.Connection) -> int:
    """End a step of the current act: a purge removes steps as a whole.

    Returns the number of rows that the step changed; 0 if nothing is recorded.
    """
    recorder = recorder_of(connection)
    if not recorder.is_active:
        return 0
    recorder.is_active = False
    try:
        return recorder.store(connection)
    finally:
        recorder.is_active = True


@contextlib.contextmanager
def act(
    connection: sqlite3.Connection,
    kind: str,
    now: float,
    *,
    scope: int | None = None,
    why: str = "",
    report: Row | None = None,
) -> Iterator[int]:
    """Record writes inside as one change, and yield its id; no change is stored without writes.

    Within another act a part of it.
    """
    recorder = recorder_of(connection)
    if recorder.is_active:
        yield recorder.change
        return
    change = begin(connection, kind, now, scope=scope, why=why)
    with recording(connection, change):
        yield change
    if report:
        connection.execute("UPDATE change SET report = ? WHERE id = ?", (packed(report), change))
    if not select_number(
        connection, "SELECT EXISTS (SELECT 1 FROM change_item WHERE change = ?)", change
    ):
        connection.execute("DELETE FROM change WHERE id = ?", (change,))
    else:
        _numbered(change)
    if change % 32 == 0:
        tidy(connection, now)


#: Receives the ids of changes in this context.
_NUMBERS: ContextVar[list[int] | None] = ContextVar("numbers", default=None)


def _numbered(change: int) -> None:
    if (numbers := _NUMBERS.get()) is not None:
        numbers.append(change)


@contextlib.contextmanager
def numbering() -> Iterator[list[int]]:
    """The ids of the changes that this thread makes inside, in order."""
    numbers: list[int] = []
    token = _NUMBERS.set(numbers)
    try:
        yield numbers
    finally:
        _NUMBERS.reset(token)


@contextlib.contextmanager
def committing() -> Iterator[None]:
    """Drop the ids of changes inside if they are rolled back."""
    numbers = _NUMBERS.get()
    count = len(numbers or ())
    try:
        yield
    except BaseException:
        del (numbers or [])[count:]
        raise


#: The kind of change that adds sources.
ADDED = "sources added"


def arrived(connection: sqlite3.Connection, sources: Mapping[int, float], since: float) -> None:
    """Record added sources, one change for those queued at the same moment.

    Undoing moves them to the trash, with the given times.
    """
    rows = changes(connection, "kind = ? AND begun = ? AND state = 'done'", ADDED, since, limit=1)
    change = rows[0].id if rows else begin(connection, ADDED, since)
    items = [
        ("source", packed([id]), packed({"trashed": moment}), packed({"trashed": None}), -id)
        for id, moment in sources.items()
    ]
    _store(connection, change, items)


def begin(
    connection: sqlite3.Connection,
    kind: str,
    now: float,
    *,
    scope: int | None = None,
    why: str = "",
    state: str = "done",
    asked: Row | None = None,
) -> int:
    """Insert a change; returns its id."""
    cursor = connection.execute(
        "INSERT INTO change(kind, scope, why, begun, ended, state, asked) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (kind, scope, why, now, now if state == "done" else None, state, packed(asked or {})),
    )
    return int(cursor.lastrowid or 0)


def erased(connection: sqlite3.Connection, kind: str, count: int, now: float) -> int:
    """Record a permanent deletion, which stores no rows and cannot be undone; returns its count."""
    if count:
        _numbered(begin(connection, kind, now, state=FINAL, asked={"count": count}))
    return count


def settle(connection: sqlite3.Connection, change: int, state: str, ended: float | None) -> None:
    """Set the state of a change; `ended` None keeps its end."""
    connection.execute(
        "UPDATE change SET state = ?, ended = coalesce(?, ended) WHERE id = ?",
        (state, ended, change),
    )


# -- the changes -----------------------------------------------------------------------------------

_COLUMNS = "id, kind, scope, why, begun, ended, state, phase, cursor, asked, report"


def changes(
    connection: sqlite3.Connection, test: str = "1", *values: object, limit: int = -1
) -> list[Change]:
    """The changes that satisfy an SQL condition, newest first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM change WHERE {test} ORDER BY id DESC LIMIT ?", (*values, limit)
    )
    return [Change(*row[:8], *map(unpacked, row[8:])) for row in rows]


def listing(connection: sqlite3.Connection, owners: Sequence[int], limit: int) -> list[Change]:
    """Recent changes, except lessons; optionally those of these owners."""
    test = (
        "kind <> 'lesson' AND (?1 = '[]' OR id IN (SELECT change FROM change_item "
        "WHERE owner IN (SELECT value FROM json_each(?1))))"
    )
    rows = changes(connection, test, json_list(owners), limit=limit)
    return [
        replace(
            row, count=count(connection, row),
            kept=is_kept(connection, row.id, undone=row.state == "undone"),
        )
        for row in rows
    ]  # fmt: skip


def count(connection: sqlite3.Connection, change: Change) -> int:
    """The number of memories or sources that a change affected; 1 for a sleep."""
    if change.kind == "sleep" or change.state == FINAL:
        return int(change.asked.get("count", 1))
    query = "SELECT count(DISTINCT owner) FROM change_item WHERE change = ?"
    return max(1, select_number(connection, query, change.id))


def by_id(connection: sqlite3.Connection, change: int) -> Change | None:
    """A change by id, or None."""
    if not 0 < change < 1 << 63:
        return None
    return next(iter(changes(connection, "id = ?", change)), None)


#: Acts of the user, and sleeps: these can be undone, and clear the redo stack.
_UNDOABLE = f"(why = '' OR kind = 'sleep') AND (bytes > 0 OR state = '{FINAL}')"


def last(
    connection: sqlite3.Connection, kinds: Sequence[str] = (), scope: int | None = None
) -> Change | None:
    """The change that Undo reverts: the last act that is not undone, of kinds or a scope."""
    rows = changes(
        connection,
        "state <> 'undone' AND (bytes > 0 OR state <> 'done') AND iif(?1 = '[]', "
        "why = '' OR kind = 'sleep', why <> 'alias' AND kind IN (SELECT value FROM json_each(?1))) "
        "AND (?2 IS NULL OR scope = ?2)",
        json_list(kinds),
        scope,
        limit=1,
    )
    return rows[0] if rows else None


def next_undone(connection: sqlite3.Connection) -> Change | None:
    """The change that Redo repeats: the first one undone since the last act.

    Acts after the undo clear it, even if they were undone since.
    """
    rows = changes(
        connection,
        f"state = 'undone' AND {_UNDOABLE} AND id > "
        f"(SELECT coalesce(max(id), 0) FROM change WHERE state <> 'undone' AND {_UNDOABLE}) "
        "AND (kind = 'sleep' OR NOT EXISTS (SELECT 1 FROM change later WHERE later.id > change.id "
        f"AND later.begun > change.ended AND {_UNDOABLE}))",
    )
    return rows[-1] if rows else None


def items(
    connection: sqlite3.Connection, change: int, name: str
) -> list[tuple[list[Any], Row | None, Row | None]]:
    """The items of a change in a table, in order: key, before and after."""
    rows = connection.execute(
        "SELECT key, before, after FROM change_item WHERE change = ? AND name = ? ORDER BY number",
        (change, name),
    )
    return [(unpacked(key), unpacked(before), unpacked(after)) for key, before, after in rows]


def is_kept(connection: sqlite3.Connection, change: int, *, undone: bool = False) -> bool:
    """Whether the items of a change are still stored."""
    query = "SELECT 1 FROM change_item WHERE change = ? AND undone = ? LIMIT 1"
    return connection.execute(query, (change, int(undone))).fetchone() is not None


def tidy(connection: sqlite3.Connection, now: float) -> None:
    """Delete the items of changes that are too old, and of the oldest beyond the total size.

    The last few sleeps, which touch many links, and the last change are kept.
    """
    size, sleeps, dropped = 0, 0, []
    rows = connection.execute(
        "SELECT id, kind, begun, bytes FROM change WHERE bytes > 0 ORDER BY id DESC"
    ).fetchall()
    for place, (change, kind, begun, row_bytes) in enumerate(rows):
        size += row_bytes
        sleeps += kind == "sleep"
        is_excess = begun < now - _AGE or size > _SIZE or (kind == "sleep" and sleeps > _SLEEPS)
        if place and is_excess:
            dropped.append((change,))
    connection.executemany("DELETE FROM change_item WHERE change = ?", dropped)
    connection.executemany("UPDATE change SET bytes = 0 WHERE id = ?", dropped)
    connection.execute("DELETE FROM change WHERE state = ? AND begun < ?", (FINAL, now - _AGE))
    drop_empty(connection)


def drop_empty(connection: sqlite3.Connection) -> None:
    """Delete changes without items; sleeps stay in their history."""
    connection.execute(
        "DELETE FROM change WHERE bytes = 0 AND state IN ('done', 'undone') AND kind <> 'sleep'"
    )


#: Name of the items for notes of an act, which are no rows.
NOTE = "note of the act"


def note(connection: sqlite3.Connection, change: int, content: Row) -> None:
    """Store a note of an act, as its own step."""
    connection.execute(
        "INSERT INTO change_item(change, number, step, undone, name, key, after) SELECT ?1, "
        "coalesce(max(number), 0) + 1, coalesce(max(step), 0) + 1, 0, ?2, '[]', ?3 "
        "FROM change_item WHERE change = ?1",
        (change, NOTE, packed(content)),
    )
    connection.execute(
        "UPDATE change SET bytes = bytes + ? WHERE id = ?", (len(packed(content) or ""), change)
    )


def take_note(connection: sqlite3.Connection, change: int) -> Row | None:
    """Remove and return the last note of an act, or None."""
    rows = connection.execute(
        "DELETE FROM change_item WHERE change = ?1 AND number = (SELECT max(number) "
        "FROM change_item WHERE change = ?1 AND name = ?2) RETURNING after",
        (change, NOTE),
    ).fetchall()
    content: Row | None = unpacked(rows[0][0]) if rows else None
    return content


def owners_of_last(connection: sqlite3.Connection, change: int) -> int:
    """The number of engrams that the last step of a change affected."""
    query = (
        "SELECT count(DISTINCT owner) FROM change_item WHERE change = ?1 AND undone = 0 AND step = "
        "(SELECT max(step) FROM change_item WHERE change = ?1 AND undone = 0)"
    )
    return select_number(connection, query, change)


def remove(connection: sqlite3.Connection, change: int) -> None:
    """Delete a change."""
    connection.execute("DELETE FROM change WHERE id = ?", (change,))


def drop(connection: sqlite3.Connection, kind: str, scope: int, since: float) -> None:
    """Delete the changes of a kind in a scope since a time."""
    connection.execute(
        "DELETE FROM change WHERE kind = ? AND scope = ? AND begun >= ?", (kind, scope, since)
    )
