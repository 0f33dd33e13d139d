"""Undo and Redo of any act of a person or a sleep; those of a sleep in slices, beside others.

A person's act is taken back whole or not at all. Of a sleep, whose rows are used all day, those
that were changed since stay as they are; an undoing that is interrupted goes on with the next call.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.errors import NotFoundError
from workbench.jobs import Cancel, Progress, Report
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.merging import KIND as CONSOLIDATION
from workbench.memory.graph import changing
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.sharing import runs
from workbench.sleep.night import of_sleep
from workbench.sleep.records import Undone
from workbench.store import changes, facts, lessons, sleeping, undo
from workbench.store.changes import Change
from workbench.store.slices import Slices
from workbench.store.undo import Taken

#: What may be taken back by its kind: the kinds of its changes.
KINDS = {
    "sleep": (sleeping.KIND,),
    "consolidation": (CONSOLIDATION,),
    "lesson": (lessons.KIND,),
    "concept": tuple(changing.KINDS.values()),
}
#: Tables in which an act changes links.
_LINKS = ("association", "fiber", "link", "synapse")


@dataclass(frozen=True, slots=True)
class Target:
    """The change to be undone, or with `redo` done again.

    That of the `number`, else the next of a `kind` (one of `KINDS`, None for any) and a
    `collection` (None for all).
    """

    kind: str | None = None
    number: int | None = None
    collection: str | None = None
    redo: bool = False


def find(connection: sqlite3.Connection, target: Target) -> Change:
    """The change that is meant.

    Raises `NotFoundError` where there is none, or it was turned over already.
    """
    kinds, number, again = KINDS.get(target.kind or "", ()), target.number, target.redo
    collection = target.collection
    scope = None if collection is None else facts.require_scope(connection, collection)
    hint = "See `workbench changes`."
    if number is not None:
        change = changes.by_id(connection, number)
        if change is None or (kinds and change.kind not in kinds):
            raise NotFoundError(f"There is no change {number}.", hint)
    else:
        change = (
            changes.next_undone(connection) if again else changes.last(connection, kinds, scope)
        )
        if change is None:
            raise NotFoundError(f"There is nothing to {'do again' if again else 'undo'}.", hint)
    if scope is not None and change.scope != scope:
        raise NotFoundError(f"There is no change {change.id} of this collection.", hint)
    if change.state == changes.FINAL:
        what = replace(change, count=changes.count(connection, change)).what
        raise NotFoundError(
            f"“{what}” cannot be undone.",
            "What was done before it can be undone by its number; see `workbench changes`.",
        )
    turned = "done" if again else "undone"
    if change.state == turned:
        raise NotFoundError(f"Change {change.id} was already {turned}.", "Nothing was changed.")
    if change.state in ("done", "undone") and not changes.is_kept(
        connection, change.id, undone=again
    ):
        raise NotFoundError(
            f"Change {change.id} is too long ago to be undone, or what it was about is gone.",
            "What was done in the last 90 days can be.",
        )
    return change


def turn(
    index: FactIndex,
    graph: ConceptGraph,
    target: Target,
    report: Report,
    cancel: Cancel,
) -> Undone:
    """Undo a change, or do it again.

    Raises `NotFoundError`, `UsageError` where it cannot be, `LibraryLockedError` while the library
    sleeps, and `Cancelled` between the slices of a sleep.
    """
    again = target.redo
    index.strengths.flush()
    with index.store.read() as connection:
        change = find(connection, target)
        change = replace(change, count=changes.count(connection, change))
    if change.kind == runs.KIND:
        brought = runs.undo(index, change.id)
        if brought.sources:
            index.lexicon.forget()
        total = brought.facts + brought.notes + brought.sources + brought.changed_back
        return Undone(change.id, change.kind, rows=total, count=change.count)
    if change.kind == sleeping.KIND:
        with of_sleep(index.store, cancel) as slices:
            return turn_sleep(graph, slices, change, report, cancel, again=again)
    graph.catch_up(cancel=cancel)
    now = index.store.clock()
    taken = index.store.write(lambda c: undo.undo(c, change.id, now, again=again), sync=True)
    graph.catch_up(cancel=cancel)
    with index.store.read() as connection:
        # What was learned of rows that are derived, which are there by now.
        is_left = changes.is_kept(connection, change.id, undone=again)
    if is_left:
        index.store.write(
            lambda c: undo.take_back(c, change.id, again=again, learned=True, strict=False)
        )
    return _undone(change, [taken], again)


def turn_sleep(
    graph: ConceptGraph,
    slices: Slices,
    change: Change,
    report: Report,
    cancel: Cancel,
    *,
    again: bool = False,
) -> Undone:
    """Take a sleep back, or do it again. Raises `Cancelled`; the next call goes on from there."""
    run, total = change.id, int(sum(v for k, v in change.report.items() if k != "examined"))
    parts: list[Taken] = []

    def turn_slice(limit: int, learned: bool = False) -> int:
        taken = slices.write(
            lambda c: undo.take_back(c, run, limit, again=again, learned=learned, strict=False)
        )
        parts.append(taken)
        count = sum(part.examined for part in parts)
        report(Progress("waking", min(count, total), total, "memories"))
        return taken.examined

    slices.write(lambda c: changes.settle(c, run, "redoing" if again else "undoing", None))
    slices.repeat(turn_slice)
    # How well fibers conducted is known once those are there again.
    graph.catch_up(cancel=cancel)
    slices.repeat(lambda limit: turn_slice(limit, learned=True))
    slices.write(lambda c: changes.settle(c, run, "done" if again else "undone", None))
    return _undone(change, parts, again)


def _undone(change: Change, parts: Sequence[Taken], again: bool) -> Undone:
    """The record of an undone change, with the counts that a sleep or consolidation has."""

    def rows(table: str) -> int:
        return sum(part.rows.get(table, 0) for part in parts)

    def changed(column: str) -> int:
        return sum(part.changed.get(column, 0) for part in parts)

    return Undone(
        run=change.id,
        kind=change.kind,
        again=again,
        merged=abs(rows("fact")) if change.kind in (sleeping.KIND, CONSOLIDATION) else 0,
        archived=changed("strength.archived"),
        kept=changed("strength.kept"),
        links=sum(part.tables.get(table, 0) for part in parts for table in _LINKS),
        summaries=abs(rows("summary")),
        proposals=abs(rows("proposal")),
        left=sum(part.left for part in parts),
        rows=sum(sum(part.tables.values()) for part in parts),
        count=change.count,
    )
