"""Merges and archives facts in one transaction, recorded as one act."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.memory.claims.candidates import ScopeView
from workbench.memory.claims.supersession import on_topic
from workbench.memory.facts.index import FactIndex
from workbench.memory.strengths import Strengths
from workbench.store import changes, marks
from workbench.store import facts as rows
from workbench.store import strengths as strength_rows
from workbench.store.facts import FactRow
from workbench.store.strengths import COACTIVATION, LinkRow, StrengthRow

#: The kind of a consolidation in the change log.
KIND = "consolidation"


@dataclass(frozen=True, slots=True)
class Carried:
    """The result: the id of the consolidation (None: nothing done), and how many facts."""

    run: int | None
    merged: int
    archived: int


def related_facts(index: FactIndex, connection: sqlite3.Connection, row: FactRow) -> list[FactRow]:
    """The facts with claims on the topic of this one."""
    return on_topic(ScopeView(index, connection, row.scope), [row])


def carry_out(
    strengths: Strengths,
    connection: sqlite3.Connection,
    scope: int,
    groups: Sequence[Sequence[FactRow]],
    faded: Sequence[FactRow],
) -> Carried:
    """Merge and archive; skips facts that changed meanwhile. To be called inside a write."""
    timestamp = strengths.clock()
    merged = 0
    with changes.act(connection, KIND, timestamp, scope=scope) as run:
        for group in groups:
            # Some may have been deleted since they were read.
            existing = {row.id for row in rows.by_ids(connection, [row.id for row in group])}
            left = [row for row in group if row.id in existing]
            if len(left) > 1:
                merge(strengths, connection, left[0], left[1:], timestamp)
                merged += len(left) - 1
        weak = strengths.stored(connection, [row.id for row in faded])
        faded_rows = [replace(row, archived=run) for row in weak.values() if row.archived is None]
        strength_rows.store(connection, faded_rows)
    return Carried(run if merged or faded_rows else None, merged, len(faded_rows))


def retain(
    strengths: Strengths, connection: sqlite3.Connection, run: int, worthy: Sequence[int]
) -> int:
    """Move these to long-term memory within a consolidation; returns how many moved.

    To be called inside a write.
    """
    retained = [
        replace(row, kept=run)
        for row in strengths.stored(connection, worthy).values()
        if row.kept is None
    ]
    for row in retained:
        strength_rows.store(connection, [row])
        # One step each, so that deleting one leaves the others.
        changes.step(connection)
    return len(retained)


def merge(
    strengths: Strengths,
    connection: sqlite3.Connection,
    keeper: FactRow,
    absorbed: Sequence[FactRow],
    timestamp: float,
) -> None:
    """Merge `absorbed` into `keeper`, as a step of an act. To be called inside a write."""
    ids = [keeper.id, *(row.id for row in absorbed)]
    stored = strengths.stored(connection, ids)
    # Its own row, so that the addition can be undone.
    strength_rows.store(connection, [stored[keeper.id]])
    changes.step(connection)
    tellers = rows.tellings(connection, ids)
    weights = (strengths.current(stored[row.id], row.kind) for row in (keeper, *absorbed))
    total = min(sum(weights), strengths.settings.cap)
    for row in absorbed:
        for source, recorded in tellers.get(row.id, []):
            rows.add_teller(connection, keeper.id, source, recorded)
        _move_links(strengths, connection, row.id, keeper.id, timestamp)
        marks.copy(connection, row.id, keeper.id)
    archived = [strength.archived for strength in stored.values()]
    joined = StrengthRow(
        keeper.id,
        total,
        timestamp,
        sum(strength.uses for strength in stored.values()),
        max(strength.stability for strength in stored.values()),
        max(strength.salience for strength in stored.values()),
        any(strength.pinned for strength in stored.values()),
        None if None in archived else stored[keeper.id].archived,
        min(strength.came for strength in stored.values()),
        max(strength.days for strength in stored.values()),
        max(strength.windows for strength in stored.values()),
        min(
            (strength.ripe for strength in stored.values() if strength.ripe is not None),
            default=None,
        ),
        max(strength.reward for strength in stored.values()),
        next((strength.kept for strength in stored.values() if strength.kept is not None), None),
    )
    strength_rows.store(connection, [joined])
    expiries = [row.expires for row in (keeper, *absorbed) if row.expires is not None]
    if expiries:
        # A repeated fact expires with its last repetition.
        marks.set_expiry(connection, [keeper.id], max(expiries))
    rows.remove(connection, [row.id for row in absorbed])
    changes.step(connection)


def _link(id: int, other: int, outgoing: bool, kind: str, weight: float, used: float) -> LinkRow:
    a, b = (id, other) if outgoing else (other, id)
    return LinkRow(a, b, kind, weight, used)


def _move_links(
    strengths: Strengths, connection: sqlite3.Connection, old: int, new: int, timestamp: float
) -> None:
    for link in strength_rows.links(connection, old):
        other = link.b if link.a == old else link.a
        if other == new:
            continue
        if link.kind == COACTIVATION:
            strengths.bind(connection, new, other, strengths.current_weight(link), timestamp)
        else:
            replacement = _link(new, other, link.a == old, link.kind, link.weight, link.used)
            strength_rows.store_links(connection, [replacement])
