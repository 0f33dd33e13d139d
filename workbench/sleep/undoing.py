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
from workbench.sleep.records import Undone
from workbench.sleep.sleeping import UNDOABLE
from workbench.store import gists, sleeping
from workbench.store import strengths as held
from workbench.store.sleeping import RunRow
from workbench.store.slices import Slices
from workbench.store.strengths import MergedRow


def wanted(index: FactIndex, scope: int | None, run: int | None, *, every: bool) -> RunRow:
    """The sleep to be taken back: that one, or the last (of any scope, or exactly of `scope`).

    Raises `NotFoundError` where there is none, or it was already undone.
    """
    with index.store.read() as connection:
        if run is None:
            found = sleeping.standing(connection, scope, every=every)
        else:
            found = sleeping.by_id(connection, run)
            if found is not None and not every and found.scope != scope:
                found = None
        last = sleeping.latest(connection, UNDOABLE)
        first = max(sleeping.undoable_from(connection), last[-1].id if last else 0)
    if found is None:
        told = (
            "There is no sleep to take back here." if run is None else f"There is no sleep {run}."
        )
        raise NotFoundError(told, "See `workbench sleep --list`.")
    if found.state == "undone":
        raise NotFoundError(f"Sleep {found.id} was already undone.", "Nothing was changed.")
    if found.id < first:
        raise NotFoundError(
            f"Sleep {found.id} is too long ago to be undone.",
            f"The last sleeps can be, {UNDOABLE} at most; nothing that was archived is lost.",
        )
    return found


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

    def told(what: str, number: int) -> int:
        count[what] += number
        done = sum(count[name] for name in count if name != "left")
        report(Progress("waking", min(done, total), total, "memories"))
        return number

    slices.write(lambda c: sleeping.settle(c, run, "undoing", None))
    slices.until_none(lambda c, n: told("proposals", gists.drop_proposals(c, run, n)))
    slices.until_none(lambda c, n: told("summaries", gists.drop_summaries(c, run, n)))

    def changes(limit: int) -> int:
        looked, left = slices.write(lambda c: sleeping.take_back(c, run, limit))
        count["left"] += left
        return told("links", looked - left) + left

    slices.repeat(changes)
    slices.until_none(lambda c, n: told("archived", held.let_count(c, run, n)))
    slices.repeat(lambda limit: told("merged", _part(index, slices, run, limit)))
    slices.until_none(lambda c, n: told("kept", held.unkeep(c, run, n)))
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
        last = held.merged(connection, run, limit + 16)
    whole = merging.batches(last)
    if whole and whole[0][0].record.get("nth") and len(whole) > 1:
        whole = whole[1:]
    chosen: list[list[MergedRow]] = []
    for batch in reversed(whole):
        if chosen and sum(len(each) for each in chosen) + len(batch) > limit:
            break
        chosen.append(batch)
    if not chosen:
        return 0

    def work(connection: sqlite3.Connection) -> int:
        moved = sleeping.moved(connection, run)
        before = set(moved)
        fibers: list[tuple[int, Sequence[float | None]]] = []
        for batch in chosen:
            fibers += merging.part(index, connection, batch, moved)
            held.parted(connection, batch)
        pairs = [(old, new) for old, new in moved.items() if old not in before]
        sleeping.keep_moved(connection, run, pairs, fibers)
        return sum(len(batch) for batch in chosen)

    return slices.write(work)
