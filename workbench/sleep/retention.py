"""The phases that retain, merge, summarise and archive facts.

Retention: a memory that was recalled three times, is highly salient, or has matured into knowledge
(`memory.regions.stores`) goes to long-term memory, in the region of its kind. Merging: duplicate
facts become one.

Summaries, by extraction: three or more old facts of a scope with overlapping concepts (Jaccard
index of at least 0.4) form a group; those that overlap most with the others are central (after
centroid extraction, Radev and others 2004). A summary refers to facts by id and contains no new
text, so that deleting a fact removes it there as well.

Archiving: a scheduled sleep archives only memories that are weak by the days on which the library
was in use, and unused for many of those: a clock set ahead, or a year in which nobody opened the
library, ages nothing. Pinned and retained memories, those due for review or about a person, and
those used within a day stay; and only a small share is archived at a time, the weakest first.
`prune_below` archives everything that is weaker. Archived memories are still found, but ranked last
and labelled.
"""

import sqlite3
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.memory import plasticity
from workbench.memory.facts import consolidating, merging
from workbench.memory.facts.consolidating import is_self
from workbench.memory.facts.records import Merged
from workbench.memory.plasticity import DAY
from workbench.memory.regions import stores
from workbench.memory.regions.salience import salience
from workbench.sleep.night import Night, Tally
from workbench.store import facts as rows
from workbench.store import gists, sleeping
from workbench.store import strengths as held
from workbench.store.facts import FactRow
from workbench.store.strengths import StrengthRow

#: Facts examined at a time.
_CHUNK = 2000
#: Facts merged into one at a time.
_GROUP_SIZE = 8
#: Jaccard index of the concepts of two memories in a group.
_OVERLAP = 0.4
#: Members of a summary, quoted sentences, and concepts in its name.
_MIN_MEMBERS, _MAX_MEMBERS, _QUOTED, _NAMED_CONCEPTS = 3, 12, 3, 3
#: Days after which a memory is old.
_AGED = 7
#: Concepts in more memories than this are ignored; and the most memories that are read.
_HUB, _MENTIONS_READ = 24, 50_000

Group = list[FactRow]


def plan_promotion(night: Night) -> list[int]:
    """The ids of facts that qualify and are not retained yet."""
    promoted: list[int] = []
    total = sum(night.index.count(scope) for scope in night.scopes)
    examined = 0
    with night.store.read() as connection:
        for scope in night.scopes:
            ids = sorted(night.index.all(scope))
            for start in range(0, len(ids), _CHUNK):
                promoted += _qualifying(night, connection, ids[start : start + _CHUNK])
                examined += _CHUNK
                night.report_progress(
                    "looking at what has earned to be kept", min(examined, total), total
                )
    night.tally["examined"] = total
    return sorted(promoted)


def promote(night: Night, connection: sqlite3.Connection, items: Sequence[int]) -> Tally:
    """Retain a slice of the plan_promotion."""
    assert night.run is not None
    return {"consolidated": merging.retain(night.strengths, connection, night.run, items)}


def _qualifying(night: Night, connection: sqlite3.Connection, ids: Sequence[int]) -> list[int]:
    stored = held.by_ids(connection, ids)
    # Uses that are not written yet count, too, as in a preview.
    for id, row in night.strengths.unwritten(connection, ids).items():
        stored[id] = row
    texts = rows.texts(connection, [id for id in ids if id not in stored])
    worthy = [id for id, text in texts.items() if _is_salient(text)]
    for row in stored.values():
        stage = plasticity.stage(row.came, row.ripe, night.start)
        if row.kept is None and stores.worthy(row.uses, row.salience, stage):
            worthy.append(row.engram)
    return worthy


def _is_salient(text: str) -> bool:
    """Whether a fact that was never used qualifies by its words."""
    return stores.worthy(0, salience(text), plasticity.Stage.SHORT_TERM)


def plan_merge(night: Night) -> list[Group]:
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


def merge(night: Night, connection: sqlite3.Connection, groups: Sequence[Group]) -> Tally:
    """Merge a slice of the planned facts, without those deleted meanwhile."""
    merged = 0
    for group in groups:
        stored = {row.id: row for row in rows.by_ids(connection, [row.id for row in group])}
        left = [stored[row.id] for row in group if row.id in stored]
        if len(left) > 1:
            merging.merge(night.strengths, connection, left[0], left[1:], night.start)
            merged += len(left) - 1
    return {"merged": merged}


def plan_archiving(night: Night) -> list[int]:
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


def archive(night: Night, connection: sqlite3.Connection, items: Sequence[int]) -> Tally:
    """Archive a slice of the plan_archiving, except what was used or archived meanwhile."""
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
        while ids := sleeping.stale(connection, scope, cutoff, after, _CHUNK):
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
    aged = plasticity.ageing(row.came, row.ripe, row.used, row.used + awake * DAY)
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


@dataclass(frozen=True, slots=True)
class Gist:
    """A group of memories, each with whether it is central, and the concepts they share."""

    scope: int
    concepts: tuple[int, ...]
    members: tuple[tuple[int, bool], ...]


def plan_summaries(night: Night) -> list[Gist]:
    """The summaries to make, in the order of their first memories."""
    result: list[Gist] = []
    with night.store.read() as connection:
        for scope in night.scopes:
            mentions = gists.aged(connection, scope, night.start - _AGED * DAY, _MENTIONS_READ)
            left = [mention for mention in mentions if mention[0] not in night.merged]
            result += _gists(night, scope, left)
    return result


def describe_summaries(
    connection: sqlite3.Connection, items: Sequence[Gist]
) -> list[tuple[str, tuple[int, ...], tuple[str, ...]]]:
    """Name, members and lines of summaries that are not stored."""
    described = []
    for gist in items:
        names = gists.concept_names(connection, gist.concepts)
        name = ", ".join(names[concept] for concept in gist.concepts if concept in names)
        texts = rows.texts(connection, [engram for engram, _ in gist.members])
        lines = tuple(texts[engram] for engram, central in gist.members if central)
        described.append((name, tuple(engram for engram, _ in gist.members), lines))
    return described


def summarise(night: Night, connection: sqlite3.Connection, items: Sequence[Gist]) -> Tally:
    """Store a slice of the plan_summaries."""
    assert night.run is not None
    members = 0
    for gist in items:
        if gists.add_summary(
            connection, night.run, gist.scope, night.start, gist.concepts, gist.members
        ):
            members += len(gist.members)
    return {"summarised": members}


def _gists(night: Night, scope: int, mentions: Sequence[tuple[int, int, int]]) -> list[Gist]:
    """Group memories around the oldest one that is in no group yet."""
    concepts: dict[int, set[int]] = defaultdict(set)
    engrams_of: dict[int, list[int]] = defaultdict(list)
    for engram, concept, number in mentions:
        concepts[engram].add(concept)
        if number <= _HUB:
            engrams_of[concept].append(engram)
    grouped: set[int] = set()
    groups: list[Gist] = []
    for number, seed in enumerate(concepts):
        if number % 1000 == 0:
            night.report_progress("looking for what belongs together", number, len(concepts))
        if seed in grouped:
            continue
        shared = Counter(
            other
            for concept in concepts[seed]
            for other in engrams_of.get(concept, ())
            if other not in grouped
        )
        candidates = [
            (_overlap(concepts[seed], concepts[other]), -other)
            for other, number in shared.items()
            if other != seed and 2 * number >= _OVERLAP * len(concepts[seed])
        ]
        similar = [-other for value, other in sorted(candidates, reverse=True) if value >= _OVERLAP]
        if len(similar) + 1 >= _MIN_MEMBERS:
            members = sorted([seed, *similar[: _MAX_MEMBERS - 1]])
            grouped.update(members)
            groups.append(_gist(scope, members, concepts))
    return groups


def _gist(scope: int, members: Sequence[int], concepts: dict[int, set[int]]) -> Gist:
    central = {
        member: sum(_overlap(concepts[member], concepts[other]) for other in members)
        for member in members
    }
    quoted = sorted(members, key=lambda member: (-central[member], member))[:_QUOTED]
    number = Counter(concept for member in members for concept in concepts[member])
    shared = sorted(number, key=lambda concept: (-number[concept], concept))[:_NAMED_CONCEPTS]
    return Gist(scope, tuple(shared), tuple((member, member in quoted) for member in members))


def _overlap(first: set[int], second: set[int]) -> float:
    shared = len(first & second)
    return shared / (len(first) + len(second) - shared) if shared else 0.0
