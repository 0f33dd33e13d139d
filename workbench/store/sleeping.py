"""The tables of sleep: runs and how far they came, what they changed, and the days of use."""

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from workbench.store import meta

#: The settings of sleep that are not the usual ones, as JSON.
SETTINGS = "sleep_settings"
#: The days on which the library was in use, since the epoch and in order, as JSON.
_DAYS = "sleep_days"
#: The oldest sleep that can still be taken back; there is none where all can.
UNDOABLE_FROM = "sleep_undoable_from"
#: The scope of consolidations that are part of a sleep.
OF_SLEEP = -1
_DAY = 24 * 3600.0
#: The greatest number that a row can have.
_MOST = 2**63 - 1

#: What sleeps change row by row: the columns of its key, and those that change.
CHANGED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "link": (("a", "b", "kind"), ("weight", "used")),
    "fiber": (("engram",), ("conductivity",)),
    "association": (("head", "type", "tail"), ("learned", "reinforced", "used")),
    "in_mind": (("engram",), ("scope", "at")),
    "synapse": (("head", "tail"), ("delta", "times", "used")),
}
#: Of these a row is made and removed, not only changed.
_MADE = frozenset(("link", "in_mind", "synapse"))

Key = tuple[Any, ...]
#: The key of a row, and its values before and after; None where there was no row.
Change = tuple[Key, Sequence[Any] | None, Sequence[Any] | None]
#: Changes that are packed into one row of the table.
_PACK = 64


@dataclass(frozen=True, slots=True)
class RunRow:
    """A sleep; see the table. `cursor` is what its phase has come to, `tally` counts by name."""

    id: int
    scope: int | None
    why: str
    begun: float
    ended: float | None
    state: str
    phase: str = ""
    cursor: Any = None
    asked: dict[str, Any] = field(default_factory=dict)
    tally: dict[str, float] = field(default_factory=dict)


_COLUMNS = "id, scope, why, begun, ended, state, phase, cursor, asked, tally"


def _row(row: Sequence[Any]) -> RunRow:
    id, scope, reason, started, ended, state, phase, cursor, asked, tally = row
    return RunRow(
        id, scope, reason, started, ended, state, phase,
        json.loads(cursor), json.loads(asked), json.loads(tally),
    )  # fmt: skip


# -- runs ------------------------------------------------------------------------------------------


def begin(
    connection: sqlite3.Connection, scope: int | None, why: str, begun: float, asked: dict[str, Any]
) -> int:
    """Record a new sleep; returns its number."""
    asked = {**asked, "newest": newest(connection)}
    cursor = connection.execute(
        "INSERT INTO consolidation(scope, done) VALUES (?, ?)", (OF_SLEEP, begun)
    )
    run = int(cursor.lastrowid or 0)
    connection.execute(
        "INSERT INTO sleep_run(id, scope, why, begun, state, asked) VALUES (?, ?, ?, ?, ?, ?)",
        (run, scope, why, begun, "asleep", json.dumps(asked)),
    )
    return run


def advance(
    connection: sqlite3.Connection, run: int, phase: str, cursor: Any, tally: dict[str, float]
) -> None:
    """Record how far a sleep came."""
    connection.execute(
        "UPDATE sleep_run SET phase = ?, cursor = ?, tally = ? WHERE id = ?",
        (phase, json.dumps(cursor), json.dumps(tally), run),
    )


def settle(connection: sqlite3.Connection, run: int, state: str, ended: float | None) -> None:
    """Record in what state a sleep is; `ended` None leaves when it ended."""
    connection.execute(
        "UPDATE sleep_run SET state = ?, ended = coalesce(?, ended) WHERE id = ?",
        (state, ended, run),
    )


def forget_consolidation(connection: sqlite3.Connection, run: int) -> None:
    """A sleep is undone: nothing belongs to its number any more."""
    connection.execute("DELETE FROM consolidation WHERE id = ?", (run,))


def by_id(connection: sqlite3.Connection, run: int) -> RunRow | None:
    """The sleep of that number."""
    if not 0 < run <= _MOST:
        return None
    row = connection.execute(f"SELECT {_COLUMNS} FROM sleep_run WHERE id = ?", (run,)).fetchone()
    return None if row is None else _row(row)


def latest(connection: sqlite3.Connection, limit: int) -> list[RunRow]:
    """The last sleeps, newest first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM sleep_run ORDER BY id DESC LIMIT ?", (limit,)
    )
    return [_row(row) for row in rows]


def standing(
    connection: sqlite3.Connection, scope: int | None, *, every: bool = True, asleep: bool = True
) -> RunRow | None:
    """The last sleep that was not taken back: of any scope, or of exactly this one.

    Without `asleep` one that is still at work, or was cut off there, is passed over.
    """
    test = ("" if every else "AND scope IS :scope ") + ("" if asleep else "AND state <> 'asleep' ")
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM sleep_run WHERE state <> 'undone' {test}ORDER BY id DESC LIMIT 1",
        {"scope": scope},
    ).fetchone()
    return None if row is None else _row(row)


def unfinished(connection: sqlite3.Connection) -> RunRow | None:
    """The last sleep that has neither ended nor been taken back whole."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM sleep_run WHERE state NOT IN ('done', 'undone') "
        "ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return None if row is None else _row(row)


def slept_until(
    connection: sqlite3.Connection, now: float, but: int | None
) -> dict[int | None, float]:
    """By scope (None: the whole library) when the last sleep began that counts, all but `but`.

    One that begins later than `now` was begun under another clock.
    """
    rows = connection.execute(
        "SELECT scope, max(begun) FROM sleep_run WHERE state <> 'undone' AND begun <= ? "
        "AND id IS NOT ? GROUP BY scope",
        (now, but),
    )
    return {scope: float(started) for scope, started in rows}


def kept_from(connection: sqlite3.Connection, sleeps: int, size: int) -> int | None:
    """The oldest of the last `sleeps` whose changes are kept: those of the last one always.

    Those of older ones only as long as all of them take no more than `size` bytes. None where
    nobody has slept.
    """
    oldest, held = None, 0
    for run in latest(connection, sleeps):
        (more,) = connection.execute(
            "SELECT total(length(key) + coalesce(length(before), 0) + coalesce(length(after), 0) "
            "+ coalesce(length(packed), 0)) FROM sleep_change WHERE run = ?",
            (run.id,),
        ).fetchone()
        held += int(more)
        if oldest is not None and held > size:
            break
        oldest = run.id
    return oldest


def undoable_from(connection: sqlite3.Connection) -> int:
    """The oldest sleep whose changes were not forgotten; 0 where none were."""
    return int(meta.get(connection, UNDOABLE_FROM) or 0)


def forget_before(connection: sqlite3.Connection, run: int) -> None:
    """Sleeps before that one cannot be taken back from now on."""
    if run > undoable_from(connection):
        meta.put(connection, UNDOABLE_FROM, run)


def anything_since(
    connection: sqlite3.Connection, since: float | None, newest: int, now: float
) -> bool:
    """Whether anything was told after the engram `newest`, or used, since a sleep began.

    None: there was none. A sleep later than `now` was under another clock: of uses it tells nothing
    then, and what was told is known by its number alone.
    """
    after = -1.0 if since is None or since > now else since
    asked = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM fact WHERE engram > ?2 AND told > ?1) "
        "OR EXISTS (SELECT 1 FROM strength WHERE used > ?1 AND used <= ?3 AND uses > 0)",
        (after, newest, now),
    ).fetchone()
    return bool(asked[0])


def newest(connection: sqlite3.Connection) -> int:
    """The greatest number of an engram; 0 where there is none."""
    (result,) = connection.execute("SELECT max(id) FROM engram").fetchone()
    return int(result or 0)


# -- what they changed -----------------------------------------------------------------------------


def recorded(
    connection: sqlite3.Connection,
    run: int,
    what: str,
    keys: Iterable[Key],
    work: Callable[[], object],
) -> int:
    """Do `work` and record how these rows were before and after; returns how many changed."""
    requested = list(dict.fromkeys(keys))
    previous = [_look(connection, what, key) for key in requested]
    work()
    (place,) = connection.execute(
        "SELECT coalesce(max(place), 0) FROM sleep_change WHERE run = ?", (run,)
    ).fetchone()
    changes: list[Change] = []
    for key, was in zip(requested, previous, strict=True):
        now = _look(connection, what, key)
        if now != was:
            changes.append((key, was, now))
    connection.executemany(
        "INSERT INTO sleep_change(run, place, what, key, packed) VALUES (?, ?, ?, '', ?)",
        [
            (run, place + number, what, _packed(changes[at : at + _PACK]))
            for number, at in enumerate(range(0, len(changes), _PACK), 1)
        ],
    )
    return len(changes)


def note(
    connection: sqlite3.Connection,
    rows: Iterable[tuple[int, int, str, str, str | None, str | None]],
) -> None:
    """Record changes as they stand in the table."""
    connection.executemany(
        "INSERT INTO sleep_change(run, place, what, key, before, after) VALUES (?, ?, ?, ?, ?, ?)",
        list(rows),
    )


def _packed(changes: Sequence[Change]) -> bytes:
    return zlib.compress(json.dumps(changes, separators=(",", ":")).encode(), 9)


def _unpacked(packed: bytes) -> list[Change]:
    """The changes of a row of the table, in order."""
    changes: list[Change] = json.loads(zlib.decompress(packed))
    return [(tuple(key), previous, after) for key, previous, after in changes]


def _look(connection: sqlite3.Connection, what: str, key: Key) -> tuple[Any, ...] | None:
    keys, values = CHANGED[what]
    row: tuple[Any, ...] | None = connection.execute(
        f"SELECT {', '.join(values)} FROM {what} WHERE {_test(keys)}", key
    ).fetchone()
    return row


def _test(keys: Sequence[str]) -> str:
    return " AND ".join(f"{name} = ?" for name in keys)


def take_back(connection: sqlite3.Connection, run: int, limit: int) -> tuple[int, int]:
    """Take the last changes of a sleep back; returns how many were looked at, and how many left.

    About `limit` at once: what was packed together is taken back together. What was changed since
    is left as it is.
    """
    rows = connection.execute(
        "SELECT place, what, packed FROM sleep_change WHERE run = ? AND packed IS NOT NULL "
        "ORDER BY place DESC LIMIT ?",
        (run, limit),
    ).fetchall()
    looked = left = 0
    for place, what, packed in rows:
        if looked >= limit:
            break
        connection.execute("DELETE FROM sleep_change WHERE run = ? AND place = ?", (run, place))
        for key, previous, after in reversed(_unpacked(packed)):
            looked += 1
            now = _look(connection, what, key)
            if (None if now is None else list(now)) == after:
                _put(connection, what, key, previous)
            else:
                left += 1
    return looked, left


def _put(connection: sqlite3.Connection, what: str, key: Key, row: Sequence[Any] | None) -> None:
    keys, values = CHANGED[what]
    if row is None:
        if what in _MADE:
            connection.execute(f"DELETE FROM {what} WHERE {_test(keys)}", key)
        return
    if what in _MADE and not _there(connection, what, keys, key):
        return
    changed = ", ".join(f"{name} = ?" for name in values)
    completed = connection.execute(f"UPDATE {what} SET {changed} WHERE {_test(keys)}", (*row, *key))
    if not completed.rowcount and what in _MADE:
        names = ", ".join((*keys, *values))
        marks = ", ".join("?" * (len(key) + len(row)))
        connection.execute(f"INSERT OR IGNORE INTO {what}({names}) VALUES ({marks})", (*key, *row))


def _there(connection: sqlite3.Connection, what: str, keys: Sequence[str], key: Key) -> bool:
    """Whether the engrams, or the concepts, are there that a row is about."""
    ids = {value for name, value in zip(keys, key, strict=True) if name != "kind"}
    owner = "concept" if what == "synapse" else "engram"
    (number,) = connection.execute(
        f"SELECT count(*) FROM {owner} WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(ids)),),
    ).fetchone()
    return bool(number == len(ids))


def drop_changes(connection: sqlite3.Connection, run: int, limit: int) -> int:
    """Forget changes of a sleep, which cannot be taken back any more; returns how many rows."""
    return connection.execute(
        "DELETE FROM sleep_change WHERE run = :run AND place IN "
        "(SELECT place FROM sleep_change WHERE run = :run LIMIT :limit)",
        {"run": run, "limit": limit},
    ).rowcount


def drop_before(connection: sqlite3.Connection, run: int, limit: int) -> int:
    """Forget changes of sleeps before that one; returns how many rows."""
    (oldest,) = connection.execute(
        "SELECT min(run) FROM sleep_change WHERE run < ?", (run,)
    ).fetchone()
    return 0 if oldest is None else drop_changes(connection, oldest, limit)


# -- while a sleep is taken back -------------------------------------------------------------------

#: Memories that are there again, by the ids they had; and how their fibers were.
_MOVED, _FIBERS = "moved", "again"


def moved(connection: sqlite3.Connection, run: int) -> dict[int, int]:
    """Ids that memories had, and what they have now that they are there again."""
    rows = connection.execute(
        "SELECT key, after FROM sleep_change WHERE run = ? AND what = ?", (run, _MOVED)
    )
    return {int(key): int(after) for key, after in rows}


def keep_moved(
    connection: sqlite3.Connection,
    run: int,
    pairs: Iterable[tuple[int, int]],
    fibers: Iterable[tuple[int, Sequence[Any]]],
) -> None:
    """Record which ids became which, and how the fibers of new ones shall be."""
    (place,) = connection.execute(
        "SELECT coalesce(max(place), 0) FROM sleep_change WHERE run = ?", (run,)
    ).fetchone()
    told: list[tuple[str, str, str]] = [(_MOVED, str(old), str(new)) for old, new in pairs]
    told += [(_FIBERS, str(id), json.dumps(list(values))) for id, values in fibers]
    note(
        connection,
        [
            (run, place + number, what, key, None, after)
            for number, (what, key, after) in enumerate(told, 1)
        ],
    )


def restore_fibers(connection: sqlite3.Connection, run: int, limit: int) -> int:
    """Let fibers that were made again conduct as they did; returns how many were looked at."""
    rows = connection.execute(
        "SELECT place, key, after FROM sleep_change WHERE run = ? AND what = ? LIMIT ?",
        (run, _FIBERS, limit),
    ).fetchall()
    for place, key, after in rows:
        connection.execute(
            "UPDATE fiber SET conductivity = ?, salience = ?, frequency = ?, conducted = ? "
            "WHERE engram = ?",
            (*json.loads(after), int(key)),
        )
        connection.execute("DELETE FROM sleep_change WHERE run = ? AND place = ?", (run, place))
    return len(rows)


# -- days of use -----------------------------------------------------------------------------------


def in_use(connection: sqlite3.Connection, at: float) -> None:
    """The library is in use at that moment, in seconds since the epoch."""
    recorded = days(connection)
    day = int(at // _DAY)
    if day not in recorded:
        meta.dump(connection, _DAYS, sorted([*recorded, day]))


def days(connection: sqlite3.Connection) -> list[int]:
    """The days since the epoch on which the library was in use, in order."""
    return list(meta.load(connection, _DAYS) or [])


# -- settings --------------------------------------------------------------------------------------


def settings(connection: sqlite3.Connection) -> dict[str, Any]:
    """The settings of sleep that are not the usual ones."""
    return dict(meta.load(connection, SETTINGS) or {})


def put_settings(connection: sqlite3.Connection, changed: dict[str, Any]) -> None:
    """Store the settings of sleep that are not the usual ones."""
    meta.dump(connection, SETTINGS, changed)
