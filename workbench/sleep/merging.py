"""The phase that merges duplicate facts."""

import sqlite3
from collections.abc import Sequence

from workbench.memory.facts import consolidating, merging
from workbench.memory.facts.records import Merged
from workbench.sleep.night import Night, Tally
from workbench.store import facts as rows
from workbench.store.facts import FactRow

#: Facts merged into one at a time.
_GROUP_SIZE = 8

Group = list[FactRow]


def plan(night: Night) -> list[Group]:
    """Groups of facts to merge, each with the one to keep first."""
    groups: list[Group] = []
    with night.store.read() as connection:
        for scope in night.scopes:
            ids = sorted(night.index.all(scope))
            duplicates = consolidating.duplicate_facts(
                night.index, connection, ids, night.report, night.cancel
            )
            for keeper, *merged in duplicates:
                groups += [
                    [keeper, *merged[start : start + _GROUP_SIZE]]
                    for start in range(0, len(merged), _GROUP_SIZE)
                ]
    return groups


def preview_merges(groups: Sequence[Group], limit: int) -> tuple[Merged, ...]:
    """The first merges, for a preview."""
    return tuple(
        Merged(group[0].id, group[0].text, tuple(row.text for row in group[1:]))
        for group in groups[:limit]
    )


def work(night: Night, connection: sqlite3.Connection, groups: Sequence[Group]) -> Tally:
    """Merge a slice of the planned facts, without those deleted meanwhile."""
    merged = 0
    for group in groups:
        stored = {row.id: row for row in rows.by_ids(connection, [row.id for row in group])}
        left = [stored[row.id] for row in group if row.id in stored]
        if len(left) > 1:
            merging.merge(night.strengths, connection, left[0], left[1:], night.start)
            merged += len(left) - 1
    return {"merged": merged}
