"""Alerts and their states: active, seen, acknowledged, resolved (NeuralMemory's guide, v2.6).

Whoever looks, looks anew: what is over its limit has an alert, and one whose cause is gone is
resolved by itself. The guide says that acknowledging prevents that; here an acknowledged alert
stays acknowledged, and raises no other, for as long as its cause is there, and is resolved like any
other once that is gone. A cause that comes back within the cooldown is the same alert in the state
it had; one that somebody has resolved stays so for that long, and is an alert again after it.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.errors import NotFoundError, UsageError
from workbench.memory.vital.causes import SEVERITIES, TYPES, Cause
from workbench.memory.vital.records import Alert
from workbench.store import alerts as rows
from workbench.store.alerts import RESOLVED, AlertRow
from workbench.store.store import Store

STATUSES = ("active", "seen", "acknowledged", RESOLVED)
#: Those that an alert can be given.
MARKED = STATUSES[1:]


@dataclass(frozen=True, slots=True)
class _Step:
    """What is to be noted: an alert anew (`id` None), or another status of one."""

    type: str
    id: int | None
    status: str
    before: str | None = None


def settle(
    store: Store, collection: int, causes: Sequence[Cause], cooldown: float
) -> dict[str, AlertRow]:
    """Note what is so by now; returns the alerts that are not resolved, by type.

    In a library that can only be read nothing is noted; what is new has the id 0 there.
    """
    now = store.clock()
    with store.read() as connection:
        steps = _steps(connection, collection, causes, now, cooldown)
        held = rows.opened(connection, collection)
    if not steps:
        return held
    if store.read_only:
        return _as_if(held, steps, causes, collection, now)

    def work(connection: sqlite3.Connection) -> dict[str, AlertRow]:
        # Another program may have looked meanwhile.
        for step in _steps(connection, collection, causes, now, cooldown):
            if step.id is None:
                cause = next(each for each in causes if each.type == step.type)
                rows.insert(connection, collection, step.type, now, cause.value, cause.limit)
            else:
                rows.change(connection, step.id, step.status, step.before, now)
        return rows.opened(connection, collection)

    return store.write(work)


def _steps(
    connection: sqlite3.Connection,
    collection: int,
    causes: Sequence[Cause],
    now: float,
    cooldown: float,
) -> list[_Step]:
    held = rows.opened(connection, collection)
    there = {cause.type for cause in causes}
    steps = [
        _Step(type, row.id, RESOLVED, row.status) for type, row in held.items() if type not in there
    ]
    new = [cause for cause in causes if cause.type not in held]
    latest = rows.latest_resolved(connection, collection) if new else {}
    for cause in new:
        before = latest.get(cause.type)
        if before is None or not 0 <= now - before.changed < cooldown:
            steps.append(_Step(cause.type, None, "active"))
        elif before.before is not None:
            steps.append(_Step(cause.type, before.id, before.before))
    return steps


def _as_if(
    held: dict[str, AlertRow],
    steps: Sequence[_Step],
    causes: Sequence[Cause],
    collection: int,
    now: float,
) -> dict[str, AlertRow]:
    by_type = {cause.type: cause for cause in causes}
    for step in steps:
        if step.status == RESOLVED:
            held.pop(step.type, None)
        else:
            cause = by_type[step.type]
            held[step.type] = AlertRow(
                step.id or 0, collection, step.type, step.status, None, now, now,
                cause.value, cause.limit,
            )  # fmt: skip
    return held


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
