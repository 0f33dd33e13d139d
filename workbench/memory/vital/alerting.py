"""Alerts: their causes and their states, active, seen, acknowledged or resolved.

Causes are of the seven types of NeuralMemory's guide (v2.6). Each request evaluates anew: a value
over its limit has an alert, which is resolved automatically once the cause is gone. In the guide,
acknowledging prevents that; here an acknowledged alert stays acknowledged as long as its cause
lasts, and is then resolved as well. A cause that returns within the cooldown continues the same
alert; one that was resolved manually stays so for the cooldown.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.errors import NotFoundError, UsageError
from workbench.memory.reflex.settings import BrainConfig
from workbench.memory.vital.records import Alert
from workbench.memory.vital.survey import Survey
from workbench.store import vital as rows
from workbench.store.store import Store
from workbench.store.vital import RESOLVED, SAMPLE_LIMIT, AlertRow, Touched

#: The types, in the order of display within a severity.
TYPES = (
    "expired_memories", "low_connectivity", "high_orphan_ratio", "stale_fibers",
    "high_neuron_count", "high_fiber_count", "high_synapse_count",
)  # fmt: skip
SEVERITIES = ("critical", "warning", "info")
#: Minimum memories for alerts on stale ones.
_MIN_MEMORIES = 10
#: The multiples of a limit for a warning and a critical alert.
_WARNING_FACTOR, _CRITICAL_FACTOR = 2.0, 10.0
_RAISE = "Or raise the limit: {} of the library's settings."
_GROWN = (
    "Nothing is lost, and everything is still found. Move what you no longer need to the trash, "
    "or split the library by subject. "
)
STATUSES = ("active", "seen", "acknowledged", RESOLVED)
#: The states that can be set.
MARKED = STATUSES[1:]


@dataclass(frozen=True, slots=True)
class Cause:
    """The cause of an alert of a type, in words and numbers."""

    type: str
    severity: str
    message: str
    advice: str
    value: float
    limit: float


def causes(survey: Survey, limits: BrainConfig, stale_cutoff: float) -> list[Cause]:
    """The causes over their limits, most severe first; each type at most once.

    The guide of NeuralMemory warns at 2,000 neurons, 500 fibers and 5,000 synapses, where it became
    slow. One novel has more of each without slowing down here: these limits are where recall has
    not been measured. Those of links and shares are NeuralMemory's.
    """
    by_type: dict[str, Cause] = {}
    for cause in (*_sizes(survey, limits), *_shares(survey, limits, stale_cutoff)):
        by_type.setdefault(cause.type, cause)
    return sorted(
        by_type.values(),
        key=lambda cause: (SEVERITIES.index(cause.severity), TYPES.index(cause.type)),
    )


def _sizes(survey: Survey, limits: BrainConfig) -> Iterator[Cause]:
    sizes = (
        ("high_neuron_count", "memories", survey.memories, limits.alert_memories),
        ("high_neuron_count", "concepts", survey.concepts, limits.alert_concepts),
        ("high_fiber_count", "fibers", survey.fibers, limits.alert_fibers),
        ("high_synapse_count", "associations", survey.associations, limits.alert_associations),
    )
    for type, noun, number, limit in sizes:
        if number is not None and number > limit:
            yield Cause(
                type,
                _severity(number, limit),
                f"There are {number:,} {noun}, more than {limit:,.0f}.",
                _GROWN + _RAISE.format(f"alert_{noun}"),
                number,
                limit,
            )
    if survey.expired > limits.alert_expired:
        amount = (
            f"More than {SAMPLE_LIMIT:,}"
            if survey.expired >= SAMPLE_LIMIT
            else f"{survey.expired:,}"
        )
        is_single = survey.expired == 1
        yield Cause(
            "expired_memories",
            _severity(survey.expired, limits.alert_expired),
            f"{amount} {'memory has' if is_single else 'memories have'} expired and "
            f"{'answers' if is_single else 'answer'} nothing any more.",
            "Forget them, or keep them valid (`workbench mark WORDS --expires-days never`).",
            survey.expired,
            limits.alert_expired,
        )


def _shares(survey: Survey, limits: BrainConfig, stale_cutoff: float) -> Iterator[Cause]:
    links, orphans = survey.connectivity, survey.orphans
    if links is not None and links < limits.alert_connectivity:
        yield Cause(
            "low_connectivity",
            "warning",
            f"Memories have few connections: {links:.2g} links for each concept and memory, "
            f"fewer than {limits.alert_connectivity:g}.",
            "Tell in whole sentences who did what, where and why; merge concepts that are one "
            "(`workbench concept A --merge B`).",
            links,
            limits.alert_connectivity,
        )
    if orphans is not None and orphans > limits.alert_orphans:
        yield Cause(
            "high_orphan_ratio",
            "warning",
            f"{orphans:.0%} of the concepts lead nowhere, more than {limits.alert_orphans:.0%}.",
            "Mention them together with others, or merge them with concepts that mean the same.",
            orphans,
            limits.alert_orphans,
        )
    stale = stale_share(survey.touched, stale_cutoff)
    if stale is not None and stale > limits.alert_stale:
        yield Cause(
            "stale_fibers",
            "info",
            f"{stale:.0%} of your statements have not been used for "
            f"{limits.alert_stale_days:g} days, more than {limits.alert_stale:.0%}.",
            "Nothing is lost. Review what is still worth knowing (`workbench reviews`), "
            "and forget the rest.",
            stale,
            limits.alert_stale,
        )


def stale_share(
    touched: Sequence[Touched], cutoff: float, minimum: int = _MIN_MEMORIES
) -> float | None:
    """The share of memories unused since `cutoff`; None if there are too few.

    Pinned ones never fade, and are never stale.
    """
    fading = [memory for memory in touched if not memory.pinned]
    if len(fading) < minimum:
        return None
    return sum(memory.latest < cutoff for memory in fading) / len(fading)


def _severity(number: float, limit: float) -> str:
    factor = number / max(limit, 1.0)
    if factor > _CRITICAL_FACTOR:
        return "critical"
    return "warning" if factor > _WARNING_FACTOR else "info"


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
        opened = rows.unresolved_alerts(connection, collection)
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
        for type, row in rows.unresolved_alerts(connection, collection).items():
            if type not in types:
                rows.change_alert(connection, row.id, RESOLVED, row.status, timestamp)
        for cause, previous, status in _new(connection, collection, causes, timestamp, cooldown):
            if previous is None:
                rows.raise_alert(
                    connection, collection, cause.type, timestamp, cause.value, cause.limit
                )
            else:
                rows.change_alert(connection, previous.id, status, None, timestamp)
        return rows.unresolved_alerts(connection, collection)

    return store.write(work)


def _new(
    connection: sqlite3.Connection,
    collection: int,
    causes: Sequence[Cause],
    timestamp: float,
    cooldown: float,
) -> list[Noted]:
    opened = rows.unresolved_alerts(connection, collection)
    new = [cause for cause in causes if cause.type not in opened]
    latest = rows.latest_resolved_alerts(connection, collection) if new else {}
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
            rows.change_alert(connection, row.id, status, None, store.clock())
        return rows.alert(connection, row.id) or row

    return store.write(work)


def _find_open(connection: sqlite3.Connection, collection: int, ref: int | str) -> AlertRow:
    if isinstance(ref, int):
        row = rows.alert(connection, ref)
        name = f"number {ref}"
    else:
        if ref not in TYPES:
            raise UsageError(
                f"There is no type of alert called “{ref}”.", f"There are: {', '.join(TYPES)}."
            )
        row = rows.unresolved_alerts(connection, collection).get(ref)
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
