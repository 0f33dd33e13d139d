"""The phase that merges duplicate facts, with a record for undo."""

import sqlite3
from collections.abc import Sequence

from workbench.memory.facts import consolidating, merging
from workbench.memory.facts.records import Merged
from workbench.sleep.night import Night, Tally
from workbench.store import dependent_rows, graph, sleeping, synapses
from workbench.store import facts as rows
from workbench.store.facts import FactRow

#: So many facts go into one at once at most.
_GROUP_SIZE = 8

Group = list[FactRow]


def plan(night: Night) -> list[Group]:
    """Facts that become one, each group with the one that stays first."""
    groups: list[Group] = []
    with night.store.read() as connection:
        night.hanging = dependent_rows.tables(connection)
        for scope in night.scopes:
            ids = sorted(night.index.all(scope))
            duplicates = consolidating.saying_the_same(
                night.index, connection, ids, night.report, night.cancel
            )
            for keeper, *merged in duplicates:
                groups += [
                    [keeper, *merged[start : start + _GROUP_SIZE]]
                    for start in range(0, len(merged), _GROUP_SIZE)
                ]
    return groups


def preview_merges(groups: Sequence[Group], limit: int) -> tuple[Merged, ...]:
    """What would be merged, the first of it."""
    return tuple(
        Merged(group[0].id, group[0].text, tuple(row.text for row in group[1:]))
        for group in groups[:limit]
    )


def work(night: Night, connection: sqlite3.Connection, groups: Sequence[Group]) -> Tally:
    """Merge some of what was planned; what somebody has forgotten meanwhile is left out."""
    assert night.run is not None
    merged = 0
    for group in groups:
        stored = {row.id: row for row in rows.by_ids(connection, [row.id for row in group])}
        left = [stored[row.id] for row in group if row.id in stored]
        if len(left) > 1:
            # What asking has taught of a link goes with the last statement of it.
            merged_ids = [row.id for row in left[1:]]
            fibers = graph.fibers(connection, merged_ids) if synapses.count(connection) else {}
            taught = {step.concept for fiber in fibers.values() for step in fiber.way.steps}
            sleeping.recorded(
                connection, night.run, "synapse", synapses.touching(connection, taught),
                lambda left=left: _merge(night, connection, left),  # type: ignore[misc]
            )  # fmt: skip
            merged += len(left) - 1
    return {"merged": merged}


def _merge(night: Night, connection: sqlite3.Connection, left: Group) -> None:
    assert night.run is not None
    merging.merge(
        night.strengths, connection, night.run, left[0], left[1:], night.start, night.hanging
    )
