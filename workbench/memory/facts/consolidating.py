"""Consolidation: facts that say the same become one, and what faded is laid aside.

Two facts say the same where they have the same words and claim the same of the same; they become
one only where nothing that was told between them took the place of the first, so that every
question, also one for how it was then, keeps its answer. The one that stays is the one that has
held the longest; the strengths of the others are added to its own, and who told them and what they
were linked with is kept. Nothing is deleted: what is laid aside is still found, and one undoing
brings everything back.
"""

import math
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from workbench.errors import NotFoundError, UsageError
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.memory import plasticity
from workbench.memory.facts import facts, speech, topics
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.reading import tokens
from workbench.memory.strengths import Strengths
from workbench.store import facts as rows
from workbench.store import marks, names
from workbench.store import strengths as held
from workbench.store.facts import FactRow
from workbench.store.strengths import TOGETHER, LinkRow, MergedRow, StrengthRow

_CHUNK = 2000
#: Examples of what was merged and archived that a result names.
_TOLD = 100
_NAMES = frozenset(("name", "surname", "nickname", "called", "named", "call"))


@dataclass(frozen=True, slots=True)
class Merged:
    """A fact and the others that went into it, as they were told."""

    fact: int
    text: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Consolidated:
    """What a consolidation did, or for a preview would do.

    `merged` facts went into others, `archived` ones had faded; `merges` and `faded` name the first
    hundred of each. `run` is what it is undone by, None where nothing was done.
    """

    run: int | None
    examined: int
    merged: int
    archived: int
    merges: tuple[Merged, ...] = ()
    faded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Undone:
    """How many facts are there again, and how many archived ones count again."""

    merged: int
    archived: int


def consolidate(
    index: FactIndex,
    collection: str | None = None,
    *,
    prune_below: float | None = None,
    preview: bool = False,
    report: Report = silent,
    cancel: Cancel | None = None,
) -> Consolidated:
    """Merge the facts of a scope that say the same; archive those weaker than `prune_below`.

    Pinned facts, those that say who somebody is, and those recalled within a day are never
    archived. With `preview` nothing is changed. One transaction. Raises `UsageError`,
    `NotFoundError`, and `Cancelled`; then nothing was changed.
    """
    if prune_below is not None and not (math.isfinite(prune_below) and prune_below >= 0):
        raise UsageError("Below what strength?", "A strength is a number from 0, such as 0.05.")
    stop = cancel or Cancel()
    if not index.store.read_only:
        index.strengths.flush()
    with index.store.read() as connection:
        scope = rows.scope_id(connection, collection)
        if scope is None:
            raise NotFoundError(
                f"There is no collection called “{names.shown(collection or '')}”.",
                "See `workbench list collections`.",
            )
        ids = rows.ids_of_scope(connection, scope)
        alike = _alike(connection, ids, report, stop)
        groups = [run for group in alike for run in _runs(connection, scope, group)]
        gone = {row.id for group in groups for row in group[1:]}
        weak = [] if prune_below is None else _weak(index.strengths, connection, ids, prune_below)
        faded = [row for row in rows.by_ids(connection, weak) if not _is_self(row.text)]
    stop.check()
    # What is merged grows stronger by it; whether that is enough is known once it is done.
    kept = {group[0].id for group in groups}
    faded = [row for row in faded if row.id not in gone | kept]
    found = Consolidated(
        run=None,
        examined=len(ids),
        merged=len(gone),
        archived=len(faded),
        merges=tuple(
            Merged(group[0].id, group[0].text, tuple(row.text for row in group[1:]))
            for group in groups[:_TOLD]
        ),
        faded=tuple(row.text for row in faded[:_TOLD]),
    )
    if preview or not (groups or faded):
        return found
    run = index.store.write(
        lambda c: _carry_out(index.strengths, c, scope, groups, faded), sync=True
    )
    return replace(found, run=run)


# -- what says the same ----------------------------------------------------------------------------


def _alike(
    connection: sqlite3.Connection, ids: Sequence[int], report: Report, cancel: Cancel
) -> Iterator[list[FactRow]]:
    """Groups of two or more facts that say the same, each by when they hold."""
    seen: dict[int, int] = {}
    groups: dict[int, list[int]] = {}
    for start in range(0, len(ids), _CHUNK):
        cancel.check()
        report(Progress("consolidating", start, len(ids), "facts"))
        for row in rows.by_ids(connection, ids[start : start + _CHUNK]):
            key = hash(" ".join(sorted(_words(row.text))))
            first = seen.setdefault(key, row.id)
            if first != row.id:
                groups.setdefault(first, [first]).append(row.id)
    report(Progress("consolidating", len(ids), len(ids), "facts"))
    for group in groups.values():
        cancel.check()
        same: dict[object, list[FactRow]] = {}
        # What was edited has a history of its own, which must not go.
        edited = {each.engram for each in marks.wordings(connection, group)}
        for row in rows.by_ids(connection, group):
            if row.id not in edited:
                mark = row.kind, row.priority, row.expires
                same.setdefault((mark, _saying(row.text)), []).append(row)
        yield from (sorted(each, key=_order) for each in same.values() if len(each) > 1)


def _order(row: FactRow) -> tuple[float, int]:
    return row.at, row.id


def _words(text: str) -> list[str]:
    return [t.word for t in tokens(text) if t.word not in speech.ARTICLES and not t.mark]


def _saying(text: str) -> object:
    """What two texts must have in common to say the same: their words, and who does what."""
    words = _words(text)
    claims = topics.rows(text)
    if not claims:
        return tuple(words)
    said = [
        (claim.topic, claim.content, claim.negative, claim.confidence,
         tuple(_words(claim.subject)), tuple(_words(text[claim.start : claim.end])))
        for claim in claims
    ]  # fmt: skip
    return tuple(sorted(words)), tuple(said)


def _runs(
    connection: sqlite3.Connection, scope: int, group: Sequence[FactRow]
) -> Iterator[list[FactRow]]:
    """Cut a group where something else was said in between; each begins with the one that stays."""
    members = {row.id for row in group}
    others = [row for row in _about(connection, scope, group[0].id) if row.id not in members]
    run = [group[0]]
    for row in group[1:]:
        if any(_order(run[-1]) < _order(other) < _order(row) for other in others):
            yield from _one(run)
            run = [row]
        else:
            run.append(row)
    yield from _one(run)


def _about(connection: sqlite3.Connection, scope: int, id: int) -> list[FactRow]:
    """The facts that claim something about what this one is about."""
    return rows.by_ids(connection, rows.of_topics(connection, scope, [id]))


def _one(run: list[FactRow]) -> Iterator[list[FactRow]]:
    if len(run) > 1:
        yield run


# -- what has faded --------------------------------------------------------------------------------


def _weak(
    strengths: Strengths, connection: sqlite3.Connection, ids: Sequence[int], below: float
) -> list[int]:
    found = []
    now, settings = strengths.clock(), strengths.settings
    for start in range(0, len(ids), _CHUNK):
        told = rows.by_ids(connection, ids[start : start + _CHUNK])
        known = strengths.rows(connection, [row.id for row in told])
        for fact in told:
            row = known[fact.id]
            fresh = row.uses > 0 and now - row.used < settings.just_used
            if row.archived is not None or row.pinned or fresh:
                continue
            if strengths.now(row, fact.kind) < below:
                found.append(fact.id)
    return found


def _is_self(text: str) -> bool:
    """Whether somebody says in it what their name is."""
    words = {token.word for token in tokens(text)}
    return bool(words & speech.SELF and words & _NAMES)


# -- doing it --------------------------------------------------------------------------------------


def _carry_out(
    strengths: Strengths,
    connection: sqlite3.Connection,
    scope: int,
    groups: Sequence[Sequence[FactRow]],
    faded: Sequence[FactRow],
) -> int:
    now = strengths.clock()
    run = held.begin(connection, scope, now)
    for group in groups:
        # Somebody may have forgotten one of them since they were looked at.
        there = {row.id for row in rows.by_ids(connection, [row.id for row in group])}
        left = [row for row in group if row.id in there]
        if len(left) > 1:
            _merge(strengths, connection, run, left[0], left[1:], now)
    weak = strengths.stored(connection, [row.id for row in faded])
    held.put(connection, [replace(row, archived=run) for row in weak.values()])
    return run


def _merge(
    strengths: Strengths,
    connection: sqlite3.Connection,
    run: int,
    keeper: FactRow,
    others: Sequence[FactRow],
    now: float,
) -> None:
    ids = [keeper.id, *(row.id for row in others)]
    known = strengths.stored(connection, ids)
    tellers = rows.tellings(connection, ids)
    before = {
        "strength": _row(known[keeper.id]),
        "tellers": tellers.get(keeper.id, []),
        "links": _links(connection, keeper.id),
    }
    total = strengths.now(known[keeper.id], keeper.kind)
    records = []
    for row in others:
        added = min(strengths.now(known[row.id], row.kind), strengths.settings.cap - total)
        total += added
        record = {
            "text": row.text,
            "told": row.told,
            "at": row.at,
            "mark": [row.kind, row.priority, row.expires],
            "tellers": tellers.get(row.id, []),
            "strength": _row(known[row.id]),
            "links": _links(connection, row.id),
            "added": added,
            "done": now,
            "keeper": before,
        }
        records.append(MergedRow(keeper.id, run, record))
        for source, told in tellers.get(row.id, []):
            rows.said(connection, keeper.id, source, told)
        _move_links(strengths, connection, row.id, keeper.id, now)
        held.keep_merged(connection, row.id, keeper.id)
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
    )
    held.put(connection, [joined])
    held.put_merged(connection, records)
    rows.remove(connection, [row.id for row in others])


def _row(row: StrengthRow) -> list[object]:
    return [row.weight, row.used, row.uses, row.stability, row.salience, row.pinned, row.archived]


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
            strengths.bind(connection, new, other, strengths.link_now(link), now)
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
        # What nobody has used since then becomes again exactly what it was.
        known = index.strengths.stored(connection, {each.keeper for each in merged})
        idle = {each.keeper for each in merged if known[each.keeper].used == each.record["done"]}
        for each in merged:
            _part(index.strengths, connection, scope, each, idle=each.keeper in idle)
        return Undone(len(merged), held.end(connection, wanted))

    return index.store.write(work, sync=True)


def _part(
    strengths: Strengths,
    connection: sqlite3.Connection,
    scope: int,
    merged: MergedRow,
    *,
    idle: bool,
) -> None:
    """Make a fact again that went into another, and take from that what came from it."""
    record, keeper = merged.record, merged.keeper
    at = record["at"]
    if any(row.at == at and row.id != keeper for row in _about(connection, scope, keeper)):
        # It is told anew, and must not count as newer than what holds since the same moment.
        at = math.nextafter(at, -math.inf)
    id = facts.retell(
        connection,
        scope,
        record["text"],
        told=record["told"],
        at=at,
        tellers=[(source, told) for source, told in record["tellers"]],
    )
    if record["mark"] != ["fact", None, None]:
        marks.put(connection, [id], *record["mark"])
    held.put(connection, [StrengthRow(id, *record["strength"])])
    before, done = record["keeper"], record["done"]
    held.put_links(
        connection,
        [_link(id, *link) for link in record["links"] if link[0] != keeper],
    )
    own = {source for source, _ in before["tellers"]}
    for source, _ in record["tellers"]:
        if source not in own:
            rows.unsay(connection, [keeper], source)
    if idle:
        held.put(connection, [StrengthRow(keeper, *before["strength"])])
    else:
        now = strengths.stored(connection, [keeper])[keeper]
        since = strengths.clock() - done
        kind = record["mark"][0]
        half_life = strengths.settings.half_life(kind)
        added = plasticity.fade(record["added"], since, half_life)
        weight = max(strengths.now(now, kind) - added, 0.0)
        held.put(connection, [replace(now, weight=weight, used=strengths.clock())])
    known = {(link[0], link[2]): link for link in before["links"]}
    for other, begins, kind, _, _ in record["links"]:
        link = _link(keeper, other, begins, kind, 0.0, done)
        there = held.between(connection, link.a, link.b, kind)
        if there is None or there.used != done:
            continue
        earlier = known.get((other, kind))
        if earlier is None:
            held.drop_links(connection, [there])
        else:
            held.put_links(connection, [_link(keeper, *earlier)])
