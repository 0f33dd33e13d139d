"""The one log of what was done: every act of a person or a sleep, with its rows before and after.

Triggers of the writing connection tell a `Recorder` which rows an act touches, in whatever tables;
at its end each is compared with what it was and stored as an item of the act. Taking an act back
puts the earlier values in the place of the later ones, and what that changes is recorded in turn:
doing the act again is the same once more. Nothing here knows what an act was about.

Not recorded is what follows from other rows or is counted from them, and what must leave no copy:
secrets, and the text of sources. Where only some columns of a derived table are learned (how well a
fiber conducts), these are recorded once the row is there.
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

Row = dict[str, Any]
Key = tuple[Any, ...]

#: Tables whose rows follow from others, hold secrets, or are this log.
_UNRECORDED = frozenset(
    ("change", "change_item", "derived", "edge", "extent", "job", "job_source", "mention", "meta",
     "original", "page", "passage", "saying", "section", "waiting", "vault_record",
     "version", "version_pack")
)  # fmt: skip
#: Derived tables of which these columns alone are learned.
TRAINED_COLUMNS = {
    "association": ("learned", "reinforced", "used"),
    "fiber": ("conductivity", "salience", "frequency", "conducted"),
}
#: Columns that are counted from other rows.
_COUNTER_COLUMNS = {
    "concept": ("mentions", "first", "last"),
    "source": ("characters", "passages", "engrams", "pages"),
}
#: Tables whose rows are statements: their keys are ids of engrams.
STATEMENTS = ("engram", "fact", "note")
#: The state of what was deleted for good.
FINAL = "final"
#: Seconds and bytes for which changes are kept, and how many sleeps.
_AGE, _SIZE, _SLEEPS = 90 * 24 * 3600.0, 200_000_000, 7


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows are recorded: its key, all its columns, and those of them that count.

    `parents` are the columns that refer to other rows, with the table and column of these.
    """

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    recorded: tuple[str, ...]
    parents: tuple[tuple[str, str, str], ...]

    def row(self, connection: sqlite3.Connection, key: Sequence[Any]) -> Row | None:
        """The row of a key as it is now."""
        names = ", ".join(f'"{name}"' for name in self.columns)
        row = connection.execute(
            f"SELECT {names} FROM {self.name} WHERE {self._test}", key
        ).fetchone()
        return None if row is None else dict(zip(self.columns, row, strict=True))

    @property
    def _test(self) -> str:
        return " AND ".join(f'"{name}" IS ?' for name in self.key)

    def values(self, row: Row | None) -> Row | None:
        """The columns of a row that are recorded, its key among them."""
        return row and {name: row[name] for name in (*self.key, *self.recorded)}

    def owned_by(self, row: Row) -> int | None:
        """The engram whose row it is; the source, below 0; None for neither."""
        if self.name in ("engram", "source"):
            return int(row["id"]) if self.name == "engram" else -int(row["id"])
        if self.name == "question":
            # A cell of a table asks one source.
            return next((-source for source in json.loads(row["scope"]).get("sources") or ()), None)
        for column, parent, _ in self.parents:
            if parent in STATEMENTS and row[column] is not None:
                return int(row[column])
        return next((-int(row[c]) for c, parent, _ in self.parents if parent == "source"), None)

    def has_parents(self, connection: sqlite3.Connection, row: Row) -> bool:
        """Whether all rows are there that a row refers to."""
        return all(
            row.get(column) is None
            or connection.execute(
                f"SELECT 1 FROM {parent} WHERE {to} = ?", (row[column],)
            ).fetchone()
            for column, parent, to in self.parents
        )

    def delete(self, connection: sqlite3.Connection, key: Sequence[Any]) -> None:
        """Remove a row."""
        connection.execute(f"DELETE FROM {self.name} WHERE {self._test}", key)

    def update(self, connection: sqlite3.Connection, key: Sequence[Any], row: Row) -> None:
        """Give columns of a row these values; what its triggers then make of them is put right."""
        for _ in range(2):
            if changed := unlike(self.row(connection, key) or row, row):
                names = ", ".join(f'"{name}" = ?' for name in changed)
                connection.execute(
                    f"UPDATE {self.name} SET {names} WHERE {self._test}", (*changed.values(), *key)
                )

    def insert(self, connection: sqlite3.Connection, row: Row) -> None:
        """Put a row back."""
        names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
        connection.execute(
            f"INSERT INTO {self.name}({names}) VALUES ({marks})", tuple(row.values())
        )
        self.update(connection, [row[name] for name in self.key], row)


def unlike(row: Row, expected: Row) -> Row:
    """The columns of `expected` that a row has otherwise."""
    return {name: value for name, value in expected.items() if row[name] != value}


@dataclass(frozen=True, slots=True)
class Change:
    """An act: `kind` and `why` (`""`: a person did it), when, and its state done or undone.

    What was deleted for good is final. A sleep is also asleep, interrupted or undoing, and has come
    to a `cursor` of its `phase`; `asked` is what was asked of it, `report` what it did, by name.
    `count` is of how many memories or sources rows were changed; what is not `kept` can be neither
    undone nor done again.
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
        """What was done, in words of the chosen language."""
        return in_words(self.kind, self.count)


class Recorder:
    """Which rows were touched since an act began, as they were before it."""

    def __init__(self) -> None:
        self.is_active = False
        self.change, self.undone = 0, 0
        self._tables: dict[str, Table] = {}
        self._before: dict[tuple[str, Key], Row | None] = {}
        self._removed: set[tuple[str, Key]] = set()

    @property
    def tables(self) -> Mapping[str, Table]:
        """The recorded tables by name, parents before what refers to them, once it has begun."""
        return self._tables

    def begin(self, connection: sqlite3.Connection, change: int, *, undone: bool) -> None:
        """Record from now on, as items of a change."""
        query = "SELECT 1 FROM sqlite_temp_master WHERE name = 'fact_removed'"
        if connection.execute(query).fetchone() is None:
            self._tables = _read_tables(connection)
            for statement in _triggers(self._tables):
                connection.execute(statement)
        self.change, self.undone, self.is_active = change, int(undone), True

    def end(self) -> None:
        """Record nothing more, and let go of what was not stored."""
        self.is_active = False
        self._before, self._removed = {}, set()

    def note(self, name: str, event: str, *values: Any) -> None:
        """Hear of a row of a table: its columns as they were, or of one that comes as they are."""
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
            # Triggers of its own may have changed the new row before this was heard of it.
            self._before[place] = None

    def store(self, connection: sqlite3.Connection) -> int:
        """Store what has changed since the last call as one step; returns how many rows."""
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
    """Store items (name, key, before, after, owner), packed, as the next step of a change."""
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
    """A row before and after: all of it where it came or went, else the columns that changed.

    Of a derived row that came or went only what was learned is lost.
    """
    if row is not None and current is not None:
        changed = [name for name in table.recorded if row[name] != current[name]]
        if not changed:
            return None
        return {name: row[name] for name in changed}, {name: current[name] for name in changed}
    if table.name in TRAINED_COLUMNS:
        discarded = {name: row[name] for name in table.recorded if row[name]} if row else {}
        return (discarded, None) if discarded else None
    return None if row is current else (table.values(row), table.values(current))


def packed(value: Any) -> str | None:
    """A value as JSON, bytes in Base64."""
    if value is None:
        return None
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=plain)


def plain(value: Any) -> Any:
    """A value as JSON knows it."""
    return {"bytes": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def unpacked(text: str | None) -> Any:
    return None if text is None else json.loads(text, object_hook=stored)


def stored(value: Any) -> Any:
    """A value of JSON as the table has it."""
    is_bytes = isinstance(value, dict) and value.keys() == {"bytes"}
    return base64.b64decode(value["bytes"]) if is_bytes else value


def _read_tables(connection: sqlite3.Connection) -> dict[str, Table]:
    names = connection.execute(
        "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
        "ORDER BY rowid"
    ).fetchall()
    tables = {}
    for (name,) in names:
        if name in _UNRECORDED:
            continue
        columns = connection.execute(
            "SELECT name, pk FROM pragma_table_info(?) ORDER BY cid", (name,)
        ).fetchall()
        key = [column for column, place in sorted(columns, key=lambda item: item[1]) if place]
        out = ("sum", *key, *_COUNTER_COLUMNS.get(name, ()))
        recorded = tuple(column for column, _ in columns if column not in out)
        foreign = connection.execute(
            'SELECT "from", "table", "to" FROM pragma_foreign_key_list(?)', (name,)
        ).fetchall()
        tables[name] = Table(
            name, tuple(key), tuple(column for column, _ in columns),
            TRAINED_COLUMNS.get(name, recorded),
            tuple((column, parent, to or "rowid") for column, parent, to in foreign),
        )  # fmt: skip
    return tables


def _triggers(tables: Mapping[str, Table]) -> Iterator[str]:
    for table in tables.values():
        name = table.name
        columns, old, new = (
            ", ".join(f'{side}"{column}"' for column in table.columns)
            for side in ("", "old.", "new.")
        )
        # The many statements of sources are none of an act.
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

#: The recorders of connections, which keep them: a connection takes no attribute of its own.
_RECORDERS: "WeakValueDictionary[int, Recorder]" = WeakValueDictionary()


def recorder_of(connection: sqlite3.Connection) -> Recorder:
    """What records the acts of a writing connection."""
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
    """Record as items of a change what is written inside. Within a write; inside another act a part
    of that one."""
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
    """End a step of the act that is recorded: what goes for good goes with its step.

    Returns how many rows the step has changed; 0 where nothing is recorded.
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
    """Record what is written inside as one change, and give its number; none where nothing changes.

    Inside another act a part of that one.
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
    if not connection.execute(
        "SELECT 1 FROM change_item WHERE change = ? LIMIT 1", (change,)
    ).fetchone():
        connection.execute("DELETE FROM change WHERE id = ?", (change,))
    else:
        _numbered(change)
    if change % 32 == 0:
        tidy(connection, now)


#: Where the numbers of the changes go that are made in this context.
_NUMBERS: ContextVar[list[int] | None] = ContextVar("numbers", default=None)


def _numbered(change: int) -> None:
    if (numbers := _NUMBERS.get()) is not None:
        numbers.append(change)


@contextlib.contextmanager
def numbering() -> Iterator[list[int]]:
    """The numbers of the changes that this thread makes inside, in order."""
    numbers: list[int] = []
    token = _NUMBERS.set(numbers)
    try:
        yield numbers
    finally:
        _NUMBERS.reset(token)


@contextlib.contextmanager
def committing() -> Iterator[None]:
    """Number no change that was made inside where that fails, and is rolled back."""
    numbers = _NUMBERS.get()
    count = len(numbers or ())
    try:
        yield
    except BaseException:
        del (numbers or [])[count:]
        raise


#: The kind of a change by which sources came.
ADDED = "sources added"


def arrived(connection: sqlite3.Connection, sources: Mapping[int, float], since: float) -> None:
    """Record that sources came, of what was put on the queue at one moment as one change.

    Taken back, they lie in the trash since the moments that are given with them.
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
    """A new change; returns its number."""
    cursor = connection.execute(
        "INSERT INTO change(kind, scope, why, begun, ended, state, asked) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (kind, scope, why, now, now if state == "done" else None, state, packed(asked or {})),
    )
    return int(cursor.lastrowid or 0)


def erased(connection: sqlite3.Connection, kind: str, count: int, now: float) -> None:
    """Record that so many things went for good: no row of them, and nothing that can be undone."""
    if count:
        _numbered(begin(connection, kind, now, state=FINAL, asked={"count": count}))


def settle(connection: sqlite3.Connection, change: int, state: str, ended: float | None) -> None:
    """Record in what state a change is; `ended` None leaves when it ended."""
    connection.execute(
        "UPDATE change SET state = ?, ended = coalesce(?, ended) WHERE id = ?",
        (state, ended, change),
    )


# -- the changes -----------------------------------------------------------------------------------

_COLUMNS = "id, kind, scope, why, begun, ended, state, phase, cursor, asked, report"


def changes(
    connection: sqlite3.Connection, test: str = "1", *values: object, limit: int = -1
) -> list[Change]:
    """The changes that pass a test, as SQL; the newest first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM change WHERE {test} ORDER BY id DESC LIMIT ?", (*values, limit)
    )
    return [Change(*row[:8], *map(unpacked, row[8:])) for row in rows]


def listing(connection: sqlite3.Connection, owners: Sequence[int], limit: int) -> list[Change]:
    """The changes of late, but for what the brain learned; those of owners where there are some."""
    test = (
        "kind <> 'lesson' AND (?1 = '[]' OR id IN (SELECT change FROM change_item "
        "WHERE owner IN (SELECT value FROM json_each(?1))))"
    )
    rows = changes(connection, test, json.dumps(list(owners)), limit=limit)
    return [
        replace(
            row, count=count(connection, row),
            kept=is_kept(connection, row.id, undone=row.state == "undone"),
        )
        for row in rows
    ]  # fmt: skip


def count(connection: sqlite3.Connection, change: Change) -> int:
    """Of how many memories or sources a change has changed rows; 1 of a sleep, which tells more."""
    if change.kind == "sleep" or change.state == FINAL:
        return int(change.asked.get("count", 1))
    (number,) = connection.execute(
        "SELECT count(DISTINCT owner) FROM change_item WHERE change = ?", (change.id,)
    ).fetchone()
    return max(1, int(number))


def by_id(connection: sqlite3.Connection, change: int) -> Change | None:
    """The change of that number."""
    if not 0 < change < 1 << 63:
        return None
    return next(iter(changes(connection, "id = ?", change)), None)


#: What a person did, and what a sleep did of itself: what Undo is about, and what ends Redo.
_UNDOABLE = f"(why = '' OR kind = 'sleep') AND (bytes > 0 OR state = '{FINAL}')"


def last(
    connection: sqlite3.Connection, kinds: Sequence[str] = (), scope: int | None = None
) -> Change | None:
    """What Undo takes back next: the last act that is not undone, of kinds, or of a scope."""
    rows = changes(
        connection,
        "state <> 'undone' AND (bytes > 0 OR state <> 'done') AND iif(?1 = '[]', "
        "why = '' OR kind = 'sleep', why <> 'alias' AND kind IN (SELECT value FROM json_each(?1))) "
        "AND (?2 IS NULL OR scope = ?2)",
        json.dumps(list(kinds)),
        scope,
        limit=1,
    )
    return rows[0] if rows else None


def next_undone(connection: sqlite3.Connection) -> Change | None:
    """What Redo does again next: the first of what was taken back since the last act.

    What was done after the taking back ends it, also where that is undone by now.
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
    """The rows of a table that a change has changed, in order: key, before and after."""
    rows = connection.execute(
        "SELECT key, before, after FROM change_item WHERE change = ? AND name = ? ORDER BY number",
        (change, name),
    )
    return [(unpacked(key), unpacked(before), unpacked(after)) for key, before, after in rows]


def is_kept(connection: sqlite3.Connection, change: int, *, undone: bool = False) -> bool:
    """Whether what a change has done is recorded still."""
    query = "SELECT 1 FROM change_item WHERE change = ? AND undone = ? LIMIT 1"
    return connection.execute(query, (change, int(undone))).fetchone() is not None


def tidy(connection: sqlite3.Connection, now: float) -> None:
    """Forget what changes were that are too old, and the oldest where all take too much.

    Of sleeps, whose links are used every day, the last few are kept; the last change always is.
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
    """Remove changes of which nothing is recorded any more; sleeps stay in their history."""
    connection.execute(
        "DELETE FROM change WHERE bytes = 0 AND state IN ('done', 'undone') AND kind <> 'sleep'"
    )


#: The name of what an act has noted of itself, which is no row.
NOTE = "note of the act"


def note(connection: sqlite3.Connection, change: int, content: Row) -> None:
    """Keep what an act says of itself, as a step of its own."""
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
    """The last of what an act has noted, which is forgotten; None where there is no more."""
    rows = connection.execute(
        "DELETE FROM change_item WHERE change = ?1 AND number = (SELECT max(number) "
        "FROM change_item WHERE change = ?1 AND name = ?2) RETURNING after",
        (change, NOTE),
    ).fetchall()
    content: Row | None = unpacked(rows[0][0]) if rows else None
    return content


def owners_of_last(connection: sqlite3.Connection, change: int) -> int:
    """Of how many engrams the last step of a change has changed rows."""
    (count,) = connection.execute(
        "SELECT count(DISTINCT owner) FROM change_item WHERE change = ?1 AND undone = 0 AND step = "
        "(SELECT max(step) FROM change_item WHERE change = ?1 AND undone = 0)",
        (change,),
    ).fetchone()
    return int(count)


def remove(connection: sqlite3.Connection, change: int) -> None:
    """Forget a change."""
    connection.execute("DELETE FROM change WHERE id = ?", (change,))


def drop(connection: sqlite3.Connection, kind: str, scope: int, since: float) -> None:
    """Forget the changes of a kind, in a scope, since a moment."""
    connection.execute(
        "DELETE FROM change WHERE kind = ? AND scope = ? AND begun >= ?", (kind, scope, since)
    )
