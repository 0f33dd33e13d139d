"""The phase that archives faded memories: they are still found, but ranked last and labelled.

A scheduled sleep archives only memories that are weak by the days on which the library was in use,
and unused for many of those: a clock set ahead, or a year in which nobody opened the library, ages
nothing. Pinned and retained memories, those due for review or about a person, and those used within
a day stay; and at most a small share goes at once, the weakest first. `prune_below` archives
everything that is weaker.
"""

import sqlite3
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from workbench.memory import plasticity, stages
from workbench.memory.facts.consolidating import is_self
from workbench.memory.plasticity import DAY
from workbench.sleep.night import Night, Tally
from workbench.store import facts as rows
from workbench.store import sleep_queries, sleeping
from workbench.store import strengths as held
from workbench.store.facts import FactRow
from workbench.store.strengths import StrengthRow

_CHUNK = 2000


def plan(night: Night) -> list[int]:
    """The facts to archive, the weakest first."""
    with night.store.read() as connection:
        if night.prune_below is None:
            return _faded(night, connection)
        weak = [
            (strength, row.id)
            for scope in night.scopes
            for row, strength in _weak(night, connection, scope, night.prune_below)
        ]
    return [id for _, id in sorted(weak)]


def work(night: Night, connection: sqlite3.Connection, items: Sequence[int]) -> Tally:
    """Archive a slice of the plan, except what was used or archived meanwhile."""
    assert night.run is not None
    archived = [
        replace(row, archived=night.run)
        for row in night.strengths.stored(connection, items).values()
        if row.archived is None and not row.pinned and not (row.uses and row.used > night.start)
    ]
    held.store(connection, archived)
    return {"pruned": len(archived)}


def _faded(night: Night, connection: sqlite3.Connection) -> list[int]:
    settings, days = night.settings, sleeping.days(connection)
    limit = int(settings.archive_share * (night.index.total() - len(night.merged)))
    if settings.archive_share > 0:
        limit = max(limit, 1)
    if night.is_full(connection, "pruned", limit):
        return []
    limit -= int(night.tally.get("pruned", 0))
    if len(days) < settings.archive_after_days or limit <= 0:
        return []
    # Anything stored or used since then was so within that many days of use.
    cutoff = days[-settings.archive_after_days] * DAY
    cutoff = min(cutoff, night.start - night.strengths.settings.just_used)
    grown = night.keepers(connection) | night.merged | night.promoted
    weak: list[tuple[float, int]] = []
    for scope in night.scopes:
        after = 0
        while ids := sleep_queries.stale(connection, scope, cutoff, after, _CHUNK):
            after = ids[-1]
            for fact in rows.by_ids(connection, ids):
                row = _row(night, fact)
                left = _left(night, row, fact.kind, days)
                if left < settings.archive_below and fact.id not in grown:
                    weak.append((left, fact.id))
            night.report_progress("looking at what faded", 0, 0)
    used = night.strengths.unwritten(connection, [id for _, id in weak])
    texts = rows.texts(connection, [id for _, id in weak])
    ranked = [id for _, id in sorted(weak) if id not in used and not is_self(texts.get(id, ""))]
    return ranked[:limit]


def _row(night: Night, fact: FactRow) -> StrengthRow:
    """The strength of a fact, as needed for fading."""
    if fact.weight is None:
        return StrengthRow(
            fact.id, night.strengths.settings.first, fact.recorded, came=fact.recorded
        )
    return StrengthRow(
        fact.id, fact.weight, fact.used, came=fact.came or fact.recorded, ripe=fact.ripe,
        pinned=bool(fact.pinned),
    )  # fmt: skip


def _left(night: Night, row: StrengthRow, kind: str, days: Sequence[int]) -> float:
    """The strength that remains after the days of use since the last one."""
    awake = len(days) - bisect_right(days, int(row.used // DAY))
    aged = stages.ageing(row.came, row.ripe, row.used, row.used + awake * DAY)
    return plasticity.fade(row.weight, aged, night.strengths.settings.half_life(kind))


def _weak(
    night: Night, connection: sqlite3.Connection, scope: int, threshold: float
) -> list[tuple[FactRow, float]]:
    """Yield facts of a scope weaker than a threshold, with their strength."""
    weak: list[tuple[FactRow, float]] = []
    strengths, ids = night.strengths, sorted(night.index.all(scope))
    grace = strengths.settings.just_used
    grown = night.keepers(connection) | night.merged
    for start in range(0, len(ids), _CHUNK):
        fact_rows = rows.by_ids(connection, ids[start : start + _CHUNK])
        late = strengths.unwritten(connection, [fact.id for fact in fact_rows])
        for fact in fact_rows:
            row = late.get(fact.id) or _row(night, fact)
            used = fact.weight is not None and fact.used > (fact.came or fact.recorded)
            fresh = fact.id in late or (used and night.start - row.used < grace)
            if fact.archived is not None or row.pinned or fresh or fact.id in grown:
                continue
            left = strengths.at(row, fact.kind, night.start)
            if left < threshold and not is_self(fact.text):
                weak.append((fact, left))
        night.report_progress("looking at what faded", min(start + _CHUNK, len(ids)), len(ids))
    return weak
