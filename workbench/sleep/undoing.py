"""Undoes a sleep in slices; later changes are kept.

Rows that sleep has changed become again what they were where they are still what sleep has made of
them; whatever somebody used, edited, pinned, decided or forgot since then stays as it is. Memories
that went into others are told again as they were, with new ids. Each slice forgets what it has
taken back, so that an undoing that is interrupted goes on with the next call.
"""

import sqlite3
from collections.abc import Sequence

from workbench.errors import NotFoundError
from workbench.jobs import Cancel, Progress, Report
from workbench.memory.facts import merging
from workbench.memory.facts.index import FactIndex
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.sleep.night import of_sleep, scopes
from workbench.sleep.records import Undone
from workbench.sleep.sleeping import UNDOABLE
from workbench.store import gists, sleeping
from workbench.store import strengths as held
from workbench.store.sleeping import RunRow
from workbench.store.slices import Slices
from workbench.store.strengths import MergedRow


def find_run(index: FactIndex, scope: int | None, run: int | None, *, any_scope: bool) -> RunRow:
    """The sleep to be taken back: that one, or the last (of any scope, or exactly of `scope`).

    Raises `NotFoundError` where there is none, or it was already undone.
    """
    with index.store.read() as connection:
        if run is None:
            row = sleeping.standing(connection, scope, every=any_scope)
        else:
            row = sleeping.by_id(connection, run)
            if row is not None and not any_scope and row.scope != scope:
                row = None
        recent = sleeping.latest(connection, UNDOABLE)
        first = max(sleeping.undoable_from(connection), recent[-1].id if recent else 0)
    if row is None:
        message = (
            "There is no sleep to take back here." if run is None else f"There is no sleep {run}."
        )
        raise NotFoundError(message, "See `workbench sleep --list`.")
    if row.state == "undone":
        raise NotFoundError(f"Sleep {row.id} was already undone.", "Nothing was changed.")
    if row.id < first:
        raise NotFoundError(
            f"Sleep {row.id} is too long ago to be undone.",
            f"The last sleeps can be, {UNDOABLE} at most; nothing that was archived is lost.",
        )
    return row


def undo_run(
    index: FactIndex,
    graph: ConceptGraph,
    collection: str | None,
    run: int | None,
    report: Report,
    cancel: Cancel,
) -> Undone:
    """Take back the last sleep (of a collection, or any), or that one, also an interrupted one.

    Raises `NotFoundError`, `LibraryLockedError` while the library sleeps, and `Cancelled`.
    """
    with index.store.read() as connection:
        scope, _ = scopes(connection, collection)
    any_scope = collection is None
    find_run(index, scope, run, any_scope=any_scope)
    with of_sleep(index.store, cancel) as slices:
        index.strengths.flush()
        row = find_run(index, scope, run, any_scope=any_scope)
        return undo(index, graph, slices, row, report, cancel)


def undo(
    index: FactIndex,
    graph: ConceptGraph,
    slices: Slices,
    row: RunRow,
    report: Report,
    cancel: Cancel,
) -> Undone:
    """Take a sleep back. Raises `Cancelled`; the next call goes on from there."""
    run = row.id
    total = int(sum(number for name, number in row.tally.items() if name != "examined"))
    count = dict.fromkeys(
        ("proposals", "summaries", "links", "left", "archived", "merged", "kept"), 0
    )

    def count_undone(name: str, number: int) -> int:
        count[name] += number
        total_done = sum(count[name] for name in count if name != "left")
        report(Progress("waking", min(total_done, total), total, "memories"))
        return number

    slices.write(lambda c: sleeping.settle(c, run, "undoing", None))
    slices.until_none(lambda c, n: count_undone("proposals", gists.drop_proposals(c, run, n)))
    slices.until_none(lambda c, n: count_undone("summaries", gists.drop_summaries(c, run, n)))

    def changes(limit: int) -> int:
        examined, left = slices.write(lambda c: sleeping.take_back(c, run, limit))
        count["left"] += left
        return count_undone("links", examined - left) + left

    slices.repeat(changes)
    slices.until_none(lambda c, n: count_undone("archived", held.let_count(c, run, n)))
    slices.repeat(lambda limit: count_undone("merged", _part(index, slices, run, limit)))
    slices.until_none(lambda c, n: count_undone("kept", held.unkeep(c, run, n)))
    if count["merged"] or row.state == "undoing":
        # How well the fibers of what is there again conducted is known once they are made again.
        graph.catch_up(cancel=cancel)
        slices.until_none(lambda c, n: sleeping.restore_fibers(c, run, n))
    slices.until_none(lambda c, n: sleeping.drop_changes(c, run, n))

    def end(connection: sqlite3.Connection) -> None:
        sleeping.settle(connection, run, "undone", None)
        sleeping.forget_consolidation(connection, run)

    slices.write(end)
    return Undone(run=run, **count)


def _part(index: FactIndex, slices: Slices, run: int, limit: int) -> int:
    """Make some of what was merged last again; returns how many that was."""
    with index.store.read() as connection:
        # One batch more than is dealt with, so that none is cut in two.
        rows = held.merged(connection, run, limit + 16)
    batches = merging.batches(rows)
    if batches and batches[0][0].record.get("nth") and len(batches) > 1:
        batches = batches[1:]
    selected: list[list[MergedRow]] = []
    for batch in reversed(batches):
        if selected and sum(len(batch_rows) for batch_rows in selected) + len(batch) > limit:
            break
        selected.append(batch)
    if not selected:
        return 0

    def work(connection: sqlite3.Connection) -> int:
        id_map = sleeping.moved(connection, run)
        known_ids = set(id_map)
        fibers: list[tuple[int, Sequence[float | None]]] = []
        for batch in selected:
            fibers += merging.part(index, connection, batch, id_map)
            held.parted(connection, batch)
        pairs = [(old, new) for old, new in id_map.items() if old not in known_ids]
        sleeping.keep_moved(connection, run, pairs, fibers)
        return sum(len(batch) for batch in selected)

    return slices.write(work)
