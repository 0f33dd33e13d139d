"""Merges and archives facts in one transaction, and undoes it.

What was merged is recorded with all that it was, beside the fact that it went into, and goes with
that when somebody forgets it.
"""

import math
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from typing import Any

from workbench.errors import NotFoundError
from workbench.memory import plasticity, stages
from workbench.memory.claims.candidates import ScopeView
from workbench.memory.claims.supersession import on_topic
from workbench.memory.facts import remembering
from workbench.memory.facts.index import FactIndex
from workbench.memory.strengths import Strengths
from workbench.store import conduction, labels, marks
from workbench.store import dependent_rows as dependents
from workbench.store import facts as rows
from workbench.store import strengths as strength_rows
from workbench.store.dependent_rows import Hanging
from workbench.store.facts import FactRow
from workbench.store.strengths import TOGETHER, LinkRow, MergedRow, StrengthRow


@dataclass(frozen=True, slots=True)
class ConsolidationUndone:
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


def related_facts(index: FactIndex, connection: sqlite3.Connection, row: FactRow) -> list[FactRow]:
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
    timestamp = strengths.clock()
    run = strength_rows.begin(connection, scope, timestamp)
    merged = 0
    hanging = dependents.tables(connection) if groups else ()
    for group in groups:
        # Somebody may have forgotten one of them since they were looked at.
        existing = {row.id for row in rows.by_ids(connection, [row.id for row in group])}
        left = [row for row in group if row.id in existing]
        if len(left) > 1:
            merge(strengths, connection, run, left[0], left[1:], timestamp, hanging)
            merged += len(left) - 1
    weak = strengths.stored(connection, [row.id for row in faded])
    faded_rows = [replace(row, archived=run) for row in weak.values() if row.archived is None]
    strength_rows.put(connection, faded_rows)
    if not (merged or faded_rows):
        strength_rows.end(connection, run)
        return Carried(None, 0, 0)
    return Carried(run, merged, len(faded_rows))


def retain(
    strengths: Strengths, connection: sqlite3.Connection, run: int, worthy: Sequence[int]
) -> int:
    """Keep these for long, by that consolidation; returns how many were not yet.

    To be called inside a write.
    """
    existing = strength_rows.by_ids(connection, worthy)
    retained = [
        replace(row, kept=run if id in existing else -run)
        for id, row in strengths.stored(connection, worthy).items()
        if row.kept is None
    ]
    strength_rows.put(connection, retained)
    return len(retained)


def merge(
    strengths: Strengths,
    connection: sqlite3.Connection,
    run: int,
    keeper: FactRow,
    absorbed: Sequence[FactRow],
    timestamp: float,
    hanging: Hanging,
) -> None:
    """Let `absorbed` go into `keeper`; all that they were is recorded beside it.

    `hanging` are the tables of `hanging.tables`. To be called inside a write.
    """
    ids = [keeper.id, *(row.id for row in absorbed)]
    stored = strengths.stored(connection, ids)
    tellers = rows.tellings(connection, ids)
    keeper_state = {
        "strength": _row(stored[keeper.id])
        if strength_rows.by_ids(connection, [keeper.id])
        else None,
        "tellers": tellers.get(keeper.id, []),
        "links": _links(connection, keeper.id),
        "expires": keeper.expires,
        "marked": marks.is_marked(connection, keeper.id),
        "images": dependents.images(connection, keeper.id, hanging),
    }
    existing = strength_rows.by_ids(connection, ids)
    fibers = conduction.conducted(connection, ids)
    total = strengths.current(stored[keeper.id], keeper.kind)
    records: list[MergedRow] = []
    for row in absorbed:
        added = min(strengths.current(stored[row.id], row.kind), strengths.settings.cap - total)
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
            "strength": _row(stored[row.id]),
            "stored": row.id in existing,
            "links": _links(connection, row.id),
            "fiber": fibers.get(row.id),
            "images": dependents.images(connection, row.id, hanging),
            "owned": strength_rows.went_into(connection, row.id),
            "added": added,
            "done": timestamp,
            "keeper": keeper_state,
        }
        records.append(MergedRow(keeper.id, run, record))
    for row in absorbed:
        for source, recorded in tellers.get(row.id, []):
            rows.said(connection, keeper.id, source, recorded)
        _move_links(strengths, connection, row.id, keeper.id, timestamp)
        strength_rows.keep_merged(connection, row.id, keeper.id)
        labels.copy(connection, row.id, keeper.id)
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
    strength_rows.put(connection, [joined])
    expiries = [row.expires for row in (keeper, *absorbed) if row.expires is not None]
    if expiries:
        # What was told again counts as long as it would have by its last telling.
        marks.set_expiry(connection, [keeper.id], max(expiries))
    strength_rows.put_merged(connection, records)
    rows.remove(connection, [row.id for row in absorbed])


def _row(row: StrengthRow) -> list[object]:
    return list(astuple(row)[1:])


def _links(connection: sqlite3.Connection, id: int) -> list[list[object]]:
    """The links of a fact as (other end, whether it begins here, kind, weight, used)."""
    return [
        [link.b if link.a == id else link.a, link.a == id, link.kind, link.weight, link.used]
        for link in strength_rows.links(connection, id)
    ]


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
        if link.kind == TOGETHER:
            strengths.bind(connection, new, other, strengths.current_weight(link), timestamp)
        else:
            replacement = _link(new, other, link.a == old, link.kind, link.weight, link.used)
            strength_rows.put_links(connection, [replacement])


# -- undoing it ------------------------------------------------------------------------------------


def undo(
    index: FactIndex, collection: str | None = None, *, run: int | None = None
) -> ConsolidationUndone:
    """Take back a consolidation of a scope, the last one where `run` names none.

    What was merged is there again as it was told, what was archived counts again; what became
    stronger since then keeps that. Raises `NotFoundError` where there is nothing to take back.
    """
    index.strengths.flush()

    def work(connection: sqlite3.Connection) -> ConsolidationUndone:
        scope = rows.scope_id(connection, collection)
        target = run
        if target is None and scope is not None:
            target = strength_rows.latest(connection, scope)
        if target is None or scope is None or strength_rows.scope_of(connection, target) != scope:
            raise NotFoundError("There is no consolidation to take back here.")
        merged = strength_rows.merged(connection, target)
        new_ids: dict[int, int] = {}
        for batch in reversed(batches(merged)):
            part(index, connection, batch, new_ids)
        return ConsolidationUndone(len(merged), *strength_rows.end(connection, target))

    return index.store.write(work, sync=True)


def batches(merged: Sequence[MergedRow]) -> list[list[MergedRow]]:
    """What went into one fact at one time, in the order in which it did."""
    groups: list[list[MergedRow]] = []
    for row in merged:
        if groups and groups[-1][0].keeper == row.keeper and row.record.get("nth") != 0:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def part(
    index: FactIndex,
    connection: sqlite3.Connection,
    batch: Sequence[MergedRow],
    new_ids: dict[int, int],
) -> list[tuple[int, Sequence[float | None]]]:
    """Make the facts again that went into another at one time, and take from that what was theirs.

    `new_ids` has the ids that facts of later batches had, with what they have now; these are added.
    Returns how the fibers of those were that had conducted, by their new ids. To be called inside a
    write.
    """
    keeper = batch[0].keeper
    (row,) = rows.by_ids(connection, [keeper])
    strengths, hanging = index.strengths, dependents.tables(connection)
    # What nobody has used since then becomes again exactly what it was.
    idle = strengths.stored(connection, [keeper])[keeper].used == batch[0].record["done"]
    topic_rows = related_facts(index, connection, row)
    fibers: list[tuple[int, Sequence[float | None]]] = []
    records: dict[int, dict[str, Any]] = {}
    restored = {keeper, *new_ids.values()}
    for merged in reversed(batch):
        record = merged.record
        at = record["at"]
        old_id = record.get("id", 0)
        if any(o.at == at and o.id not in restored and o.id > old_id for o in topic_rows):
            # It is told anew, and must not count as newer than what holds since the same moment.
            at = math.nextafter(at, -math.inf)
        id = remembering.retell(
            index,
            connection,
            row.scope,
            record["text"],
            recorded=record["told"],
            at=at,
            tellers=[(source, recorded) for source, recorded in record["tellers"]],
        )
        records[id] = record
        restored.add(id)
        if old_id:
            new_ids[old_id] = id
        if record.get("marked", record["mark"] != ["fact", None, None]):
            marks.put(connection, [id], *record["mark"])
            if record.get("trust") is not None:
                labels.set_trust(connection, [id], record["trust"])
        if record.get("stored", True):
            strength_rows.put(connection, [StrengthRow(id, *record["strength"])])
        if record.get("fiber") is not None:
            fibers.append((id, record["fiber"]))
        strength_rows.own_merged(connection, record.get("owned", ()), id)
    _take_from(index, connection, row, batch, idle=idle)
    for id, record in records.items():
        if "images" not in record:
            labels.copy(connection, keeper, id)
        else:
            dependents.restore(connection, record["images"], hanging, new_ids)
    _untie(connection, keeper, batch, new_ids)
    for id, record in records.items():
        links = [[new_ids.get(link[0], link[0]), *link[1:]] for link in record["links"]]
        if "id" not in record:
            links = [link for link in links if link[0] != keeper]
        strength_rows.put_links(connection, [_link(id, *link) for link in links])
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
    keeper_state, merged_at = batch[0].record["keeper"], batch[0].record["done"]
    if keeper_state.get("expires") is not None:
        marks.set_expiry(connection, [keeper], keeper_state["expires"])
    elif not keeper_state.get("marked", True):
        marks.clear_expiry(connection, keeper)
    tellers = {source for source, _ in keeper_state["tellers"]}
    for source in {source for merged in batch for source, _ in merged.record["tellers"]} - tellers:
        rows.unsay(connection, [keeper], source)
    if "images" in keeper_state:
        images = [merged.record["images"] for merged in batch if "images" in merged.record]
        labels.take_from(connection, keeper, keeper_state["images"], images)
    if idle and keeper_state["strength"] is None:
        strength_rows.drop(connection, [keeper])
    elif idle:
        strength_rows.put(connection, [StrengthRow(keeper, *keeper_state["strength"])])
    else:
        strength = strengths.stored(connection, [keeper])[keeper]
        aged = stages.ageing(strength.came, strength.ripe, merged_at, strengths.clock())
        half_life = strengths.settings.half_life(row.kind)
        added = plasticity.fade(sum(merged.record["added"] for merged in batch), aged, half_life)
        weight = max(strengths.current(strength, row.kind) - added, 0.0)
        strength_rows.put(connection, [replace(strength, weight=weight, used=strengths.clock())])


def _untie(
    connection: sqlite3.Connection,
    keeper: int,
    batch: Sequence[MergedRow],
    new_ids: Mapping[int, int],
) -> None:
    """Take the links from a fact that came from others; what became of them since stays."""
    keeper_state, merged_at = batch[0].record["keeper"], batch[0].record["done"]
    originals = {(new_ids.get(link[0], link[0]), link[2]): link for link in keeper_state["links"]}
    for merged in batch:
        for end, outgoing, kind, _, used in merged.record["links"]:
            other = new_ids.get(end, end)
            if other == keeper:
                continue
            link = _link(keeper, other, outgoing, kind, 0.0, merged_at)
            current = strength_rows.between(connection, link.a, link.b, kind)
            if current is None or current.used != (merged_at if kind == TOGETHER else used):
                continue
            original = originals.get((other, kind))
            if original is None:
                strength_rows.drop_links(connection, [current])
            else:
                strength_rows.put_links(connection, [_link(keeper, other, *original[1:])])
