"""Undo and redo of any user action or sleep; sleeps in slices, alongside other writes.

A user action is undone entirely or not at all. In a sleep, rows that were changed since stay as
they are; an interrupted undo is resumed by the next call.
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
from workbench.store import changes, facts, sleeping, synapses, undo
from workbench.store.changes import Change
from workbench.store.lease import Slices
from workbench.store.undo import Taken

#: What can be undone, by kind: the kinds of its changes.
KINDS = {
    "sleep": (sleeping.KIND,),
    "consolidation": (CONSOLIDATION,),
    "lesson": (synapses.LESSON,),
    "concept": tuple(changing.KINDS.values()),
}
#: Kinds of rows that are links.
_LINKS = ("association", "fiber", "link", "synapse")


@dataclass(frozen=True, slots=True)
class Target:
    """The change to undo, or with `redo` to redo.

    The one of the `number`, or else the latest of a `kind` (one of `KINDS`, None for any) and a
    `collection` (None for all).
    """

    kind: str | None = None
    number: int | None = None
    collection: str | None = None
    redo: bool = False


def find(connection: sqlite3.Connection, target: Target) -> Change:
    """Find the change.

    Raises `NotFoundError` if there is none, or it was undone or redone already.
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
    """Undo or redo a change.

    Raises `NotFoundError`, `UsageError` if it cannot be undone, `LibraryLockedError` while the
    library sleeps, and `Cancelled` between the slices of a sleep.
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
        # Learned values of derived rows, which exist again by now.
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
    """Undo or redo a sleep. Raises `Cancelled`; the next call resumes."""
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
    # Conduction of fibers can be restored once they exist again.
    graph.catch_up(cancel=cancel)
    slices.repeat(lambda limit: turn_slice(limit, learned=True))
    slices.write(lambda c: changes.settle(c, run, "done" if again else "undone", None))
    return _undone(change, parts, again)


def _undone(change: Change, parts: Sequence[Taken], again: bool) -> Undone:
    """The record of an undone change, with the counts of a sleep or consolidation."""

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
