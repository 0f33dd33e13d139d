"""Merging facts into one and laying others aside, in one transaction, and taking that back.

What was merged is recorded with all that it was, beside the fact that it went into, and goes with
that when somebody forgets it.
"""

import math
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.errors import NotFoundError
from workbench.memory import plasticity, stages
from workbench.memory.facts import telling
from workbench.memory.facts.index import FactIndex
from workbench.memory.strengths import Strengths
from workbench.store import facts as rows
from workbench.store import labels, marks
from workbench.store import strengths as held
from workbench.store.facts import FactRow
from workbench.store.strengths import TOGETHER, LinkRow, MergedRow, StrengthRow


@dataclass(frozen=True, slots=True)
class Undone:
    """How many facts are there again, how many count again, and how many were kept for long."""

    merged: int
    archived: int
    kept: int = 0


@dataclass(frozen=True, slots=True)
class Carried:
    """What was carried out: the number of the consolidation (None: nothing), and how many facts."""

    run: int | None
    merged: int
    archived: int
    kept: int


def about(index: FactIndex, connection: sqlite3.Connection, row: FactRow) -> list[FactRow]:
    """The facts that claim something about what this one is about."""
    return rows.by_ids(connection, index.of_topics([row]))


def carry_out(
    strengths: Strengths,
    connection: sqlite3.Connection,
    scope: int,
    groups: Sequence[Sequence[FactRow]],
    faded: Sequence[FactRow],
    worthy: Sequence[int] = (),
) -> Carried:
    """Merge, lay aside and keep; what another program has done or forgotten meanwhile is left.

    To be called inside a write.
    """
    now = strengths.clock()
    run = held.begin(connection, scope, now)
    # Before anything is merged, so that what is merged has it in its record.
    kept, merged = _keep(strengths, connection, run, worthy), 0
    for group in groups:
        # Somebody may have forgotten one of them since they were looked at.
        there = {row.id for row in rows.by_ids(connection, [row.id for row in group])}
        left = [row for row in group if row.id in there]
        if len(left) > 1:
            _merge(strengths, connection, run, left[0], left[1:], now)
            merged += len(left) - 1
    weak = strengths.stored(connection, [row.id for row in faded])
    aside = [replace(row, archived=run) for row in weak.values() if row.archived is None]
    held.put(connection, aside)
    if not (kept or merged or aside):
        held.end(connection, run)
        return Carried(None, 0, 0, 0)
    return Carried(run, merged, len(aside), kept)


def _keep(
    strengths: Strengths, connection: sqlite3.Connection, run: int, worthy: Sequence[int]
) -> int:
    there = held.by_ids(connection, worthy)
    kept = [
        replace(row, kept=run if id in there else -run)
        for id, row in strengths.stored(connection, worthy).items()
        if row.kept is None
    ]
    held.put(connection, kept)
    return len(kept)


def _merge(
    strengths: Strengths,
    connection: sqlite3.Connection,
    run: int,
    keeper: FactRow,
    others: Sequence[FactRow],
    now: float,
) -> None:
    ids = [keeper.id, *(row.id for row in others)]
    known = strengths.stored(connection, ids)
    tellers = rows.tellings(connection, ids)
    before = {
        "strength": _row(known[keeper.id]),
        "tellers": tellers.get(keeper.id, []),
        "links": _links(connection, keeper.id),
        "expires": keeper.expires,
    }
    total = strengths.now(known[keeper.id], keeper.kind)
    records = []
    for row in others:
        added = min(strengths.now(known[row.id], row.kind), strengths.settings.cap - total)
        total += added
        record = {
            "text": row.text,
            "told": row.told,
            "at": row.at,
            "mark": [row.kind, row.priority, row.expires],
            "tellers": tellers.get(row.id, []),
            "strength": _row(known[row.id]),
            "links": _links(connection, row.id),
            "added": added,
            "done": now,
            "keeper": before,
        }
        records.append(MergedRow(keeper.id, run, record))
        for source, told in tellers.get(row.id, []):
            rows.said(connection, keeper.id, source, told)
        _move_links(strengths, connection, row.id, keeper.id, now)
        held.keep_merged(connection, row.id, keeper.id)
        labels.copy(connection, row.id, keeper.id)
    archived = [each.archived for each in known.values()]
    joined = StrengthRow(
        keeper.id,
        total,
        now,
        sum(each.uses for each in known.values()),
        max(each.stability for each in known.values()),
        max(each.salience for each in known.values()),
        any(each.pinned for each in known.values()),
        None if None in archived else known[keeper.id].archived,
        min(each.came for each in known.values()),
        max(each.days for each in known.values()),
        max(each.windows for each in known.values()),
        min((each.ripe for each in known.values() if each.ripe is not None), default=None),
        max(each.reward for each in known.values()),
        next((each.kept for each in known.values() if each.kept is not None), None),
    )
    held.put(connection, [joined])
    until = [row.expires for row in (keeper, *others) if row.expires is not None]
    if until:
        # What was told again counts as long as it would have by its last telling.
        marks.set_expiry(connection, [keeper.id], max(until))
    held.put_merged(connection, records)
    rows.remove(connection, [row.id for row in others])


def _row(row: StrengthRow) -> list[object]:
    return [
        row.weight, row.used, row.uses, row.stability, row.salience, row.pinned, row.archived,
        row.came, row.days, row.windows, row.ripe, row.reward, row.kept,
    ]  # fmt: skip


def _links(connection: sqlite3.Connection, id: int) -> list[list[object]]:
    """The links of a fact as (other end, whether it begins here, kind, weight, used)."""
    return [
        [each.b if each.a == id else each.a, each.a == id, each.kind, each.weight, each.used]
        for each in held.links(connection, id)
    ]


def _link(id: int, other: int, begins: bool, kind: str, weight: float, used: float) -> LinkRow:
    a, b = (id, other) if begins else (other, id)
    if kind == TOGETHER:
        a, b = min(a, b), max(a, b)
    return LinkRow(a, b, kind, weight, used)


def _move_links(
    strengths: Strengths, connection: sqlite3.Connection, old: int, new: int, now: float
) -> None:
    for link in held.links(connection, old):
        other = link.b if link.a == old else link.a
        if other == new:
            continue
        if link.kind == TOGETHER:
            strengths.bind(connection, new, other, strengths.link_now(link), now)
        else:
            moved = _link(new, other, link.a == old, link.kind, link.weight, link.used)
            held.put_links(connection, [moved])


# -- undoing it ------------------------------------------------------------------------------------


def undo(index: FactIndex, collection: str | None = None, *, run: int | None = None) -> Undone:
    """Take back a consolidation of a scope, the last one where `run` names none.

    What was merged is there again as it was told, what was archived counts again; what became
    stronger since then keeps that. Raises `NotFoundError` where there is nothing to take back.
    """
    index.strengths.flush()

    def work(connection: sqlite3.Connection) -> Undone:
        scope = rows.scope_id(connection, collection)
        wanted = run
        if wanted is None and scope is not None:
            wanted = held.latest(connection, scope)
        if wanted is None or scope is None or held.scope_of(connection, wanted) != scope:
            raise NotFoundError("There is no consolidation to take back here.")
        merged = held.merged(connection, wanted)
        # What nobody has used since then becomes again exactly what it was.
        known = index.strengths.stored(connection, {each.keeper for each in merged})
        idle = {each.keeper for each in merged if known[each.keeper].used == each.record["done"]}
        for each in merged:
            _part(index, connection, scope, each, idle=each.keeper in idle)
        return Undone(len(merged), *held.end(connection, wanted))

    return index.store.write(work, sync=True)


def _part(
    index: FactIndex,
    connection: sqlite3.Connection,
    scope: int,
    merged: MergedRow,
    *,
    idle: bool,
) -> None:
    """Make a fact again that went into another, and take from that what came from it."""
    strengths, record, keeper = index.strengths, merged.record, merged.keeper
    at = record["at"]
    (row,) = rows.by_ids(connection, [keeper])
    if any(other.at == at and other.id != keeper for other in about(index, connection, row)):
        # It is told anew, and must not count as newer than what holds since the same moment.
        at = math.nextafter(at, -math.inf)
    id = telling.retell(
        index,
        connection,
        scope,
        record["text"],
        told=record["told"],
        at=at,
        tellers=[(source, told) for source, told in record["tellers"]],
    )
    if record["mark"] != ["fact", None, None]:
        marks.put(connection, [id], *record["mark"])
    held.put(connection, [StrengthRow(id, *record["strength"])])
    labels.copy(connection, keeper, id)
    before, done = record["keeper"], record["done"]
    if before.get("expires") is not None:
        marks.set_expiry(connection, [keeper], before["expires"])
    held.put_links(
        connection,
        [_link(id, *link) for link in record["links"] if link[0] != keeper],
    )
    own = {source for source, _ in before["tellers"]}
    for source, _ in record["tellers"]:
        if source not in own:
            rows.unsay(connection, [keeper], source)
    if idle:
        held.put(connection, [StrengthRow(keeper, *before["strength"])])
    else:
        now = strengths.stored(connection, [keeper])[keeper]
        aged = stages.ageing(now.came, now.ripe, done, strengths.clock())
        kind = record["mark"][0]
        half_life = strengths.settings.half_life(kind)
        added = plasticity.fade(record["added"], aged, half_life)
        weight = max(strengths.now(now, kind) - added, 0.0)
        held.put(connection, [replace(now, weight=weight, used=strengths.clock())])
    known = {(link[0], link[2]): link for link in before["links"]}
    for other, begins, kind, _, _ in record["links"]:
        link = _link(keeper, other, begins, kind, 0.0, done)
        there = held.between(connection, link.a, link.b, kind)
        if there is None or there.used != done:
            continue
        earlier = known.get((other, kind))
        if earlier is None:
            held.drop_links(connection, [there])
        else:
            held.put_links(connection, [_link(keeper, *earlier)])
