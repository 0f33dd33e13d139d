"""Merges and archives facts in one transaction, and undoes it.

What was merged is recorded with all that it was, beside the fact that it went into, and goes with
that when somebody forgets it.
"""

import math
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workbench.errors import NotFoundError
from workbench.memory import plasticity, stages
from workbench.memory.claims.candidates import ScopeView
from workbench.memory.claims.supersession import on_topic
from workbench.memory.facts import remembering
from workbench.memory.facts.index import FactIndex
from workbench.memory.strengths import Strengths
from workbench.store import conduction, labels, marks
from workbench.store import dependent_rows as hangings
from workbench.store import facts as rows
from workbench.store import strengths as held
from workbench.store.dependent_rows import Hanging
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


def about(index: FactIndex, connection: sqlite3.Connection, row: FactRow) -> list[FactRow]:
    """The facts that claim something about what this one is about."""
    return on_topic(ScopeView(index, connection, row.scope), [row])


def carry_out(
    strengths: Strengths,
    connection: sqlite3.Connection,
    scope: int,
    groups: Sequence[Sequence[FactRow]],
    faded: Sequence[FactRow],
) -> Carried:
    """Merge and lay aside; what another program has done or forgotten meanwhile is left.

    To be called inside a write.
    """
    now = strengths.clock()
    run = held.begin(connection, scope, now)
    merged = 0
    hanging = hangings.tables(connection) if groups else ()
    for group in groups:
        # Somebody may have forgotten one of them since they were looked at.
        there = {row.id for row in rows.by_ids(connection, [row.id for row in group])}
        left = [row for row in group if row.id in there]
        if len(left) > 1:
            merge(strengths, connection, run, left[0], left[1:], now, hanging)
            merged += len(left) - 1
    weak = strengths.stored(connection, [row.id for row in faded])
    aside = [replace(row, archived=run) for row in weak.values() if row.archived is None]
    held.put(connection, aside)
    if not (merged or aside):
        held.end(connection, run)
        return Carried(None, 0, 0)
    return Carried(run, merged, len(aside))


def keep(
    strengths: Strengths, connection: sqlite3.Connection, run: int, worthy: Sequence[int]
) -> int:
    """Keep these for long, by that consolidation; returns how many were not yet.

    To be called inside a write.
    """
    there = held.by_ids(connection, worthy)
    kept = [
        replace(row, kept=run if id in there else -run)
        for id, row in strengths.stored(connection, worthy).items()
        if row.kept is None
    ]
    held.put(connection, kept)
    return len(kept)


def merge(
    strengths: Strengths,
    connection: sqlite3.Connection,
    run: int,
    keeper: FactRow,
    others: Sequence[FactRow],
    now: float,
    hanging: Hanging,
) -> None:
    """Let `others` go into `keeper`; all that they were is recorded beside it.

    `hanging` are the tables of `hanging.tables`. To be called inside a write.
    """
    ids = [keeper.id, *(row.id for row in others)]
    known = strengths.stored(connection, ids)
    tellers = rows.tellings(connection, ids)
    before = {
        "strength": _row(known[keeper.id]) if held.by_ids(connection, [keeper.id]) else None,
        "tellers": tellers.get(keeper.id, []),
        "links": _links(connection, keeper.id),
        "expires": keeper.expires,
        "marked": marks.is_marked(connection, keeper.id),
        "images": hangings.images(connection, keeper.id, hanging),
    }
    there = held.by_ids(connection, ids)
    fibers = conduction.conducted(connection, ids)
    total = strengths.current(known[keeper.id], keeper.kind)
    records: list[MergedRow] = []
    for row in others:
        added = min(strengths.current(known[row.id], row.kind), strengths.settings.cap - total)
        total += added
        record = {
            "id": row.id,
            "nth": len(records),
            "text": row.text,
            "told": row.told,
            "at": row.at,
            "mark": [row.kind, row.priority, row.expires],
            "trust": labels.trust_of(connection, row.id),
            "marked": marks.is_marked(connection, row.id),
            "tellers": tellers.get(row.id, []),
            "strength": _row(known[row.id]),
            "stored": row.id in there,
            "links": _links(connection, row.id),
            "fiber": fibers.get(row.id),
            "images": hangings.images(connection, row.id, hanging),
            "owned": held.went_into(connection, row.id),
            "added": added,
            "done": now,
            "keeper": before,
        }
        records.append(MergedRow(keeper.id, run, record))
    for row in others:
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
            strengths.bind(connection, new, other, strengths.current_weight(link), now)
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
        moved: dict[int, int] = {}
        for batch in reversed(batches(merged)):
            part(index, connection, batch, moved)
        return Undone(len(merged), *held.end(connection, wanted))

    return index.store.write(work, sync=True)


def batches(merged: Sequence[MergedRow]) -> list[list[MergedRow]]:
    """What went into one fact at one time, in the order in which it did."""
    found: list[list[MergedRow]] = []
    for each in merged:
        if found and found[-1][0].keeper == each.keeper and each.record.get("nth") != 0:
            found[-1].append(each)
        else:
            found.append([each])
    return found


def part(
    index: FactIndex,
    connection: sqlite3.Connection,
    batch: Sequence[MergedRow],
    moved: dict[int, int],
) -> list[tuple[int, Sequence[float | None]]]:
    """Make the facts again that went into another at one time, and take from that what was theirs.

    `moved` has the ids that facts of later batches had, with what they have now; these are added.
    Returns how the fibers of those were that had conducted, by their new ids. To be called inside a
    write.
    """
    keeper = batch[0].keeper
    (row,) = rows.by_ids(connection, [keeper])
    strengths, hanging = index.strengths, hangings.tables(connection)
    # What nobody has used since then becomes again exactly what it was.
    idle = strengths.stored(connection, [keeper])[keeper].used == batch[0].record["done"]
    spoken = about(index, connection, row)
    fibers: list[tuple[int, Sequence[float | None]]] = []
    mine: dict[int, dict[str, Any]] = {}
    alike = {keeper, *moved.values()}
    for each in reversed(batch):
        record = each.record
        at = record["at"]
        former = record.get("id", 0)
        if any(o.at == at and o.id not in alike and o.id > former for o in spoken):
            # It is told anew, and must not count as newer than what holds since the same moment.
            at = math.nextafter(at, -math.inf)
        id = remembering.retell(
            index,
            connection,
            row.scope,
            record["text"],
            told=record["told"],
            at=at,
            tellers=[(source, told) for source, told in record["tellers"]],
        )
        mine[id] = record
        alike.add(id)
        if former:
            moved[former] = id
        if record.get("marked", record["mark"] != ["fact", None, None]):
            marks.put(connection, [id], *record["mark"])
            if record.get("trust") is not None:
                labels.set_trust(connection, [id], record["trust"])
        if record.get("stored", True):
            held.put(connection, [StrengthRow(id, *record["strength"])])
        if record.get("fiber") is not None:
            fibers.append((id, record["fiber"]))
        held.own_merged(connection, record.get("owned", ()), id)
    _take_from(index, connection, row, batch, idle=idle)
    for id, record in mine.items():
        if "images" not in record:
            labels.copy(connection, keeper, id)
        else:
            hangings.restore(connection, record["images"], hanging, moved)
    _untie(connection, keeper, batch, moved)
    for id, record in mine.items():
        links = [[moved.get(link[0], link[0]), *link[1:]] for link in record["links"]]
        if "id" not in record:
            links = [link for link in links if link[0] != keeper]
        held.put_links(connection, [_link(id, *link) for link in links])
    return fibers


def _take_from(
    index: FactIndex,
    connection: sqlite3.Connection,
    row: FactRow,
    batch: Sequence[MergedRow],
    *,
    idle: bool,
) -> None:
    """Take from a fact what others have brought it that are there again."""
    strengths, keeper = index.strengths, row.id
    before, done = batch[0].record["keeper"], batch[0].record["done"]
    if before.get("expires") is not None:
        marks.set_expiry(connection, [keeper], before["expires"])
    elif not before.get("marked", True):
        marks.clear_expiry(connection, keeper)
    own = {source for source, _ in before["tellers"]}
    for source in {source for each in batch for source, _ in each.record["tellers"]} - own:
        rows.unsay(connection, [keeper], source)
    if "images" in before:
        brought = [each.record["images"] for each in batch if "images" in each.record]
        labels.take_from(connection, keeper, before["images"], brought)
    if idle and before["strength"] is None:
        held.drop(connection, keeper)
    elif idle:
        held.put(connection, [StrengthRow(keeper, *before["strength"])])
    else:
        now = strengths.stored(connection, [keeper])[keeper]
        aged = stages.ageing(now.came, now.ripe, done, strengths.clock())
        half_life = strengths.settings.half_life(row.kind)
        added = plasticity.fade(sum(each.record["added"] for each in batch), aged, half_life)
        weight = max(strengths.current(now, row.kind) - added, 0.0)
        held.put(connection, [replace(now, weight=weight, used=strengths.clock())])


def _untie(
    connection: sqlite3.Connection,
    keeper: int,
    batch: Sequence[MergedRow],
    moved: Mapping[int, int],
) -> None:
    """Take the links from a fact that came from others; what became of them since stays."""
    before, done = batch[0].record["keeper"], batch[0].record["done"]
    known = {(moved.get(link[0], link[0]), link[2]): link for link in before["links"]}
    for each in batch:
        for end, begins, kind, _, used in each.record["links"]:
            other = moved.get(end, end)
            if other == keeper:
                continue
            link = _link(keeper, other, begins, kind, 0.0, done)
            there = held.between(connection, link.a, link.b, kind)
            if there is None or there.used != (done if kind == TOGETHER else used):
                continue
            earlier = known.get((other, kind))
            if earlier is None:
                held.drop_links(connection, [there])
            else:
                held.put_links(connection, [_link(keeper, other, *earlier[1:])])
