"""Alerts and their states: active, seen, acknowledged, resolved (NeuralMemory's guide, v2.6).

Each request evaluates anew: a value over its limit has an alert, which is resolved automatically
once the cause is gone. In the guide, acknowledging prevents that; here an acknowledged alert stays
acknowledged as long as its cause lasts, and is then resolved as well. A cause that returns within
the cooldown continues the same alert; one that was resolved manually stays so for the cooldown.
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
#: The states that can be set.
MARKED = STATUSES[1:]


#: A cause to record with the alert it continues (None: a new one), and its state.
Noted = tuple[Cause, AlertRow | None, str]


def settle(
    store: Store, collection: int, causes: Sequence[Cause], cooldown: float
) -> dict[str, AlertRow]:
    """Record the current causes; returns the unresolved alerts by type.

    Nothing is recorded in a read-only library; new alerts have id 0 there.
    """
    timestamp = store.clock()
    with store.read() as connection:
        opened = rows.unresolved(connection, collection)
        resolved = opened.keys() - {cause.type for cause in causes}
        new = _new(connection, collection, causes, timestamp, cooldown)
    if store.read_only:
        current = {type: row for type, row in opened.items() if type not in resolved}
        for cause, row, status in new:
            current[cause.type] = AlertRow(
                0 if row is None else row.id, collection, cause.type, status, None, timestamp,
                timestamp, cause.value, cause.limit,
            )  # fmt: skip
        return current
    if not new and not resolved:
        return opened

    def work(connection: sqlite3.Connection) -> dict[str, AlertRow]:
        # Another program may have evaluated meanwhile.
        types = {cause.type for cause in causes}
        for type, row in rows.unresolved(connection, collection).items():
            if type not in types:
                rows.change(connection, row.id, RESOLVED, row.status, timestamp)
        for cause, previous, status in _new(connection, collection, causes, timestamp, cooldown):
            if previous is None:
                rows.insert(connection, collection, cause.type, timestamp, cause.value, cause.limit)
            else:
                rows.change(connection, previous.id, status, None, timestamp)
        return rows.unresolved(connection, collection)

    return store.write(work)


def _new(
    connection: sqlite3.Connection,
    collection: int,
    causes: Sequence[Cause],
    timestamp: float,
    cooldown: float,
) -> list[Noted]:
    opened = rows.unresolved(connection, collection)
    new = [cause for cause in causes if cause.type not in opened]
    latest = rows.latest_resolved(connection, collection) if new else {}
    result: list[Noted] = []
    for cause in new:
        row = latest.get(cause.type)
        if row is None or not 0 <= timestamp - row.changed < cooldown:
            result.append((cause, None, STATUSES[0]))
        elif row.previous is not None:
            result.append((cause, row, row.previous))
    return result


def mark(store: Store, collection: int, ref: int | str, status: str) -> AlertRow:
    """Mark an alert, by its id or type, as seen, acknowledged or resolved.

    A state only advances: an acknowledged alert stays so when seen. Raises `UsageError` for an
    invalid state, and `NotFoundError` for no such open alert.
    """
    if status not in MARKED:
        raise UsageError(f"An alert cannot be marked “{status}”.", f"Mark it {', '.join(MARKED)}.")

    def work(connection: sqlite3.Connection) -> AlertRow:
        row = _find_open(connection, collection, ref)
        if STATUSES.index(status) > STATUSES.index(row.status):
            rows.change(connection, row.id, status, None, store.clock())
        return rows.by_id(connection, row.id) or row

    return store.write(work)


def _find_open(connection: sqlite3.Connection, collection: int, ref: int | str) -> AlertRow:
    if isinstance(ref, int):
        row = rows.by_id(connection, ref)
        name = f"number {ref}"
    else:
        if ref not in TYPES:
            raise UsageError(
                f"There is no type of alert called “{ref}”.", f"There are: {', '.join(TYPES)}."
            )
        row = rows.unresolved(connection, collection).get(ref)
        name = f"“{ref}”"
    if row is None or row.status == RESOLVED:
        raise NotFoundError(f"There is no open alert {name}.", "See `workbench alerts`.")
    return row


def to_alert(row: AlertRow, cause: Cause | None, collection: str | None) -> Alert:
    """The public record of an alert; without a cause, with its last message."""
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
