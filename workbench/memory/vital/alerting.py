"""Alerts and their states: active, seen, acknowledged, resolved (NeuralMemory's guide, v2.6).

Whoever looks, looks anew: what is over its limit has an alert, and one whose cause is gone is
resolved by itself. The guide says that acknowledging prevents that; here an acknowledged alert
stays acknowledged, and raises no other, for as long as its cause is there, and is resolved like any
other once that is gone. A cause that comes back within the cooldown is the same alert in the state
it had; one that somebody has resolved stays so for that long, and is an alert again after it.
"""

import sqlite3
from collections.abc import Sequence

from workbench.errors import NotFoundError, UsageError
from workbench.memory.vital.causes import SEVERITIES, TYPES, Cause
from workbench.memory.vital.records import Alert
from workbench.store import alerts as rows
from workbench.store.alerts import RESOLVED, AlertRow
from workbench.store.store import Store

STATUSES = ("active", "seen", "acknowledged", RESOLVED)
#: Those that an alert can be given.
MARKED = STATUSES[1:]


#: What is to be noted: a cause with the alert that it is again (None: a new one), and its status.
Noted = tuple[Cause, AlertRow | None, str]


def settle(
    store: Store, collection: int, causes: Sequence[Cause], cooldown: float
) -> dict[str, AlertRow]:
    """Note what is so by now; returns the alerts that are not resolved, by type.

    In a library that can only be read nothing is noted; what is new has the id 0 there.
    """
    now = store.clock()
    with store.read() as connection:
        held = rows.opened(connection, collection)
        gone = held.keys() - {cause.type for cause in causes}
        new = _new(connection, collection, causes, now, cooldown)
    if store.read_only:
        there = {type: row for type, row in held.items() if type not in gone}
        for cause, row, status in new:
            there[cause.type] = AlertRow(
                0 if row is None else row.id, collection, cause.type, status, None, now, now,
                cause.value, cause.limit,
            )  # fmt: skip
        return there
    if not new and not gone:
        return held

    def work(connection: sqlite3.Connection) -> dict[str, AlertRow]:
        # Another program may have looked meanwhile.
        there = {cause.type for cause in causes}
        for type, row in rows.opened(connection, collection).items():
            if type not in there:
                rows.change(connection, row.id, RESOLVED, row.status, now)
        for cause, again, status in _new(connection, collection, causes, now, cooldown):
            if again is None:
                rows.insert(connection, collection, cause.type, now, cause.value, cause.limit)
            else:
                rows.change(connection, again.id, status, None, now)
        return rows.opened(connection, collection)

    return store.write(work)


def _new(
    connection: sqlite3.Connection,
    collection: int,
    causes: Sequence[Cause],
    now: float,
    cooldown: float,
) -> list[Noted]:
    held = rows.opened(connection, collection)
    new = [cause for cause in causes if cause.type not in held]
    latest = rows.latest_resolved(connection, collection) if new else {}
    found: list[Noted] = []
    for cause in new:
        row = latest.get(cause.type)
        if row is None or not 0 <= now - row.changed < cooldown:
            found.append((cause, None, STATUSES[0]))
        elif row.before is not None:
            found.append((cause, row, row.before))
    return found


def mark(store: Store, collection: int, which: int | str, status: str) -> AlertRow:
    """Say to an alert, by its number or its type, that it was seen, acknowledged or resolved.

    A status goes on, never back: what is acknowledged stays so when it is seen. Raises `UsageError`
    for no such status, and `NotFoundError` for no such alert that is open.
    """
    if status not in MARKED:
        raise UsageError(f"An alert cannot be marked “{status}”.", f"Mark it {', '.join(MARKED)}.")

    def work(connection: sqlite3.Connection) -> AlertRow:
        row = _meant(connection, collection, which)
        if STATUSES.index(status) > STATUSES.index(row.status):
            rows.change(connection, row.id, status, None, store.clock())
        return rows.by_id(connection, row.id) or row

    return store.write(work)


def _meant(connection: sqlite3.Connection, collection: int, which: int | str) -> AlertRow:
    if isinstance(which, int):
        row = rows.by_id(connection, which)
        name = f"number {which}"
    else:
        if which not in TYPES:
            raise UsageError(
                f"There is no type of alert called “{which}”.", f"There are: {', '.join(TYPES)}."
            )
        row = rows.opened(connection, collection).get(which)
        name = f"“{which}”"
    if row is None or row.status == RESOLVED:
        raise NotFoundError(f"There is no open alert {name}.", "See `workbench alerts`.")
    return row


def told(row: AlertRow, cause: Cause | None, collection: str | None) -> Alert:
    """An alert as it is handed out; one without a cause any more says what it was."""
    if cause is None:
        cause = Cause(
            row.type, SEVERITIES[-1],
            f"{row.type.replace('_', ' ').capitalize()}: {row.value:g} against {row.bound:g}.",
            "", row.value, row.bound,
        )  # fmt: skip
    return Alert(
        id=row.id,
        type=row.type,
        severity=cause.severity,
        status=row.status,
        message=cause.message,
        advice=cause.advice,
        value=cause.value,
        limit=cause.limit,
        collection=collection,
        raised=row.raised,
        changed=row.changed,
    )
