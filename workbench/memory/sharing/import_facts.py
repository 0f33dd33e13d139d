"""Imports facts and notes into a scope: planned first, then written; can be undone.

What becomes of facts is decided before any is written, so that others write meanwhile; what they
tell in that time is looked at when it is the turn of each fact. What is known already is not told
again, but gets those who said it there as well. Notes of one key with different texts are in
conflict as facts are (`settling`).
"""

import sqlite3
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from workbench.errors import UsageError
from workbench.memory.claims.supersession import replaced
from workbench.memory.facts.index import FactIndex
from workbench.memory.sharing import import_conflicts, placing
from workbench.memory.sharing.concurrent_facts import Meanwhile
from workbench.memory.sharing.import_conflicts import Coming, Settled
from workbench.memory.sharing.records import POLICIES, Conflict
from workbench.memory.sharing.runs import Part
from workbench.memory.told_words import normalized
from workbench.store import capacity, exported_facts, facts, marks, notes, strengths
from workbench.store.exported_facts import Beside, Link, Record
from workbench.store.facts import FactRow
from workbench.store.marks import WordingRow
from workbench.store.notes import NoteRow
from workbench.store.strengths import LinkRow, StrengthRow

#: Texts that are parsed at once.
_CHUNK = 2048


@dataclass(slots=True)
class Brought:
    """What has come into a scope so far: how much, what was in conflict, which ids are new.

    `moved` leads from ids of the records to those in the library.
    """

    added: int = 0
    known: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    moved: dict[int, int] = field(default_factory=dict)
    new: set[int] = field(default_factory=set)
    #: Whether the library is another one now.
    anything: bool = False


@dataclass(slots=True)
class Plan:
    """The memories that come into a scope, by the name of its collection, and what becomes of them.

    `every` are its facts; of each, by place: what is `settled`, and where it is known, the id
    of the fact here. `to_tell` counts those that are still to be told.
    """

    index: FactIndex
    collection: str | None
    policy: str
    notes: list[Record]
    every: list[Coming]
    settled: list[Settled]
    there: dict[int, int]
    together: import_conflicts.Together
    beside: Beside
    to_tell: int
    meanwhile: Meanwhile
    done: Brought = field(default_factory=Brought)


@dataclass(frozen=True, slots=True)
class Into:
    """Where records are written: a scope, inside a transaction, and what is noted of that."""

    connection: sqlite3.Connection
    scope: int
    part: Part


def checked(policy: str) -> str:
    """The policy. Raises `UsageError` for none of `POLICIES`."""
    if policy not in POLICIES:
        raise UsageError(
            f"There is no policy “{policy}”.", f"Choose one of: {', '.join(POLICIES)}."
        )
    return policy


def portable(record: Record) -> Record:
    """A record without what this library alone knows: numbers of consolidations, edits, places."""
    beside = {
        table: [dict(row) for row in rows]
        for table, rows in record["beside"].items()
        if table not in exported_facts.LOCAL
    }
    for row in beside.get("strength", ()):
        if "archived" in row:
            row["archived"] = 0
        if "kept" in row:
            row["kept"] = 0
        # Where it lies and when it will have faded are found anew.
        row.pop("place", None)
        row.pop("fades", None)
    for row in beside.get("wording", ()):
        row["former"] = 0
    for row in beside.get("review", ()):
        # Where it lies is found anew.
        row.pop("place", None)
    return {**record, "beside": beside}


def plan(
    index: FactIndex,
    collection: str | None,
    records: Sequence[Record],
    policy: str,
    meanwhile: Meanwhile,
    step: Callable[[], None],
) -> Plan:
    """Parse portable records and decide what becomes of them; writes nothing.

    `meanwhile` has begun before. Calls `step()` now and then.
    """
    now = index.store.clock()
    with index.store.read() as connection:
        scope = facts.scope_id(connection, collection)
        beside = Beside(connection)
    coming = [record for record in records if record["kind"] == "fact"]
    disputed: set[int] = set()
    for start in range(0, len(coming), _CHUNK):
        step()
        texts = [record["text"] for record in coming[start : start + _CHUNK]]
        if scope is not None:
            disputed.update(
                start + place for place in import_conflicts.disputed(index, scope, texts)
            )
    every = import_conflicts.coming(facts.OWN if scope is None else scope, coming)
    together = import_conflicts.Together(every)
    settled = [Settled(each.at) for each in every]
    there: dict[int, int] = {}
    if scope is not None and every:
        step()
        settled, there = _decided(index, scope, every, disputed, together, policy, now)
    step()
    kept = [record for record in records if record["kind"] != "fact"]
    to_tell = sum(each.at is not None and at not in there for at, each in enumerate(settled))
    return Plan(
        index, collection, policy, kept, every, settled, there, together, beside,
        to_tell, meanwhile,
    )  # fmt: skip


def _decided(
    index: FactIndex,
    scope: int,
    every: Sequence[Coming],
    disputed: set[int],
    together: import_conflicts.Together,
    policy: str,
    now: float,
) -> tuple[list[Settled], dict[int, int]]:
    """What becomes of facts, and by place the ids of those here that are the ones that come."""

    def by_ids(ids: Sequence[int]) -> list[FactRow]:
        with index.store.read() as connection:
            return facts.by_ids(connection, ids)

    def strong(one: FactRow | Record) -> float:
        with index.store.read() as connection:
            return _strength(index, connection, one)

    settled = import_conflicts.settle(index, every, together, disputed, policy, now, strong)
    held = _held(index, scope, [fact.text for fact in every], by_ids)
    with index.store.read() as connection:
        newest = [max(some, key=lambda row: (row.at, row.id)) for some in held.values() if some]
        stale = replaced(index, connection, newest)
    there = {}
    for place, rows in held.items():
        same = import_conflicts.same_fact(rows, every[place].record)
        if same is not None and same.at > now:
            # It will count here as well once its time has come.
            settled[place] = Settled(every[place].at)
        # What is to count although what says the same here does not must be told anew.
        known = None if settled[place].won else _known(rows, every[place], together, stale)
        if known is not None:
            there[place] = known.id
    return settled, there


def links(plan: Plan, found: Sequence[Link]) -> list[Link]:
    """The links between what was brought, as far as one of their ends is new."""
    moved, new = plan.done.moved, plan.done.new
    return [
        [moved[a], moved[b], *rest]
        for a, b, *rest in found
        if a in moved and b in moved and (moved[a] in new or moved[b] in new)
    ]


def put_links(connection: sqlite3.Connection, found: Sequence[Link]) -> None:
    """Store links between what is in the library, unless they are there already."""
    strengths.put_links(
        connection,
        [
            LinkRow(a, b, kind, weight, used)
            for a, b, kind, weight, used in found
            if strengths.between(connection, a, b, kind) is None
        ],
    )


# -- facts -----------------------------------------------------------------------------------------


def put_facts(plan: Plan, into: Into, places: Sequence[int]) -> None:
    """Store the facts at some places, in order, as they are planned.

    Raises `UsageError` where the scope has no room for all that are left.
    """
    done, beside, part, connection = plan.done, plan.beside, into.part, into.connection
    plan.meanwhile.look(connection)
    verdicts = [_now(plan, into, place) for place in places]
    ids = sorted({id for _, id in verdicts if id is not None})
    rows = {row.id: row for row in facts.by_ids(connection, ids)}
    before = _records(connection, beside, ids)
    new: list[Record] = []
    said = len(part.said)
    for place, (verdict, known) in zip(places, verdicts, strict=True):
        each = plan.every[place]
        # What was known may be gone by now.
        there = None if known is None else rows.get(known)
        if verdict.against is not None and (there is None or verdict.won):
            done.conflicts.append(
                Conflict(
                    verdict.against.text, each.record["text"],
                    "remote" if verdict.won else "local", plan.collection,
                    stored=verdict.won or verdict.at is not None,
                )
            )  # fmt: skip
        if there is not None:
            done.known += 1
            done.moved[each.record["id"]] = there.id
            _join(plan, into, there, before[there.id], each.record)
        elif verdict.at is not None:
            done.added += verdict.against is None
            new.append({**each.record, "at": verdict.at})
    if new:
        _check_room(connection, into.scope, plan.to_tell)
        plan.to_tell = max(0, plan.to_tell - len(new))
        told_ids = placing.facts_in(
            connection, into.scope, new, beside, besides=exported_facts.LOCAL
        )
        part.facts += told_ids
        done.new.update(told_ids)
        done.moved.update(zip([each["id"] for each in new], told_ids, strict=True))
        plan.meanwhile.newest = told_ids[-1]
    done.anything = done.anything or bool(new or part.before or len(part.said) > said)


def _now(plan: Plan, into: Into, place: int) -> tuple[Settled, int | None]:
    """What becomes of a fact after what others told meanwhile, and the id of the one here it is."""
    each, verdict, there = plan.every[place], plan.settled[place], plan.there.get(place)
    if there is not None or verdict.at is None:
        return verdict, there
    if not verdict.won:
        text = normalized(each.text)
        alike = [row for row in plan.meanwhile.all(into.scope) if normalized(row.text) == text]
        known = _known(alike, each, plan.together, ())
        if known is not None:
            return verdict, known.id
    against = plan.meanwhile.against(into.scope, each)
    if not against or not plan.together.current(each):
        return verdict, None
    if verdict.against is not None:
        against.append(verdict.against)

    def strong(one: FactRow | Record) -> float:
        return _strength(plan.index, into.connection, one)

    now = plan.index.store.clock()
    return import_conflicts.decide(each, against, plan.policy, now, strong), None


def _held(
    index: FactIndex,
    scope: int,
    texts: Sequence[str],
    by_ids: Callable[[Sequence[int]], list[FactRow]],
) -> dict[int, list[FactRow]]:
    """For the places of what is known: the facts here that say the same."""
    ids = index.same(scope, texts)
    rows = {row.id: row for row in by_ids(sorted({id for some in ids.values() for id in some}))}
    return {place: [rows[id] for id in some if id in rows] for place, some in ids.items()}


def _records(
    connection: sqlite3.Connection, beside: Beside, ids: Sequence[int]
) -> dict[int, Record]:
    found = {}
    for start in range(0, len(ids), _CHUNK):
        found.update(exported_facts.by_ids(connection, ids[start : start + _CHUNK], beside))
    return found


def _known(
    there: Sequence[FactRow],
    fact: Coming,
    together: import_conflicts.Together,
    stale: Collection[int],
) -> FactRow | None:
    """The fact here that is the one that comes; None where it must be told."""
    newest = import_conflicts.newest_of(there)
    if newest is not None and newest.id not in stale and together.alone(fact):
        return newest
    return import_conflicts.same_fact(there, fact.record)


def _join(plan: Plan, into: Into, there: FactRow, before: Record, record: Record) -> None:
    """Let a fact that is known here have what comes with it: tellers, and what the policy says."""
    connection, part = into.connection, into.part
    known = {name for name, _ in before["by"]}
    for name, when in record["by"]:
        if name not in known and facts.said(connection, there.id, name, when):
            part.said.append([there.id, name])
    own = {table: list(rows) for table, rows in before["beside"].items()}
    joined = dict(own)
    noted = record["beside"]
    if noted.get("mark") and (plan.policy == "prefer_remote" or not own.get("mark")):
        joined["mark"] = noted["mark"]
    if noted.get("strength") and _remote_strength(plan, connection, there, record):
        joined["strength"] = noted["strength"]
    if joined != own:
        part.before.setdefault(there.id, before)
        plan.beside.put(connection, there.id, {**before["beside"], **joined})


def _remote_strength(
    plan: Plan, connection: sqlite3.Connection, there: FactRow, record: Record
) -> bool:
    if plan.policy == "prefer_remote":
        return True
    if plan.policy == "prefer_recent":
        row = record["beside"]["strength"][0]
        return bool(row["used"] > (there.used if there.weight is not None else there.told))
    if plan.policy == "prefer_stronger":
        own = _strength(plan.index, connection, there)
        return _strength(plan.index, connection, record) > own
    return False


def _strength(
    index: FactIndex, connection: sqlite3.Connection, one: FactRow | Record
) -> float:  # fmt: skip
    if isinstance(one, FactRow):
        (row,) = index.strengths.stored(connection, [one.id]).values()
        return index.strengths.now(row, one.kind)
    held = one["beside"].get("strength")
    if not held:
        row = StrengthRow(0, index.strengths.settings.first, one["told"], came=one["told"])
    else:
        row = StrengthRow(
            0, held[0]["weight"], held[0]["used"], pinned=bool(held[0]["pinned"]),
            came=held[0].get("came", 0.0), ripe=held[0].get("ripe"),
        )  # fmt: skip
    mark = one["beside"].get("mark", [{}])[0]
    return index.strengths.now(row, mark.get("kind", one["kind"]))


def _check_room(connection: sqlite3.Connection, scope: int, added: int) -> None:
    most = capacity.of_scope(connection, scope).most
    if added and most is not None and facts.count(connection, scope) + added > most:
        raise UsageError(
            f"The collection keeps at most {most} facts, and {added} more have no room in it; "
            "nothing was changed.",
            "Let it keep more, or bring them into another collection.",
        )


# -- notes -----------------------------------------------------------------------------------------


def put_note(plan: Plan, into: Into, record: Record) -> None:
    """Store a note, or let the one of its key here be as the policy says."""
    done, beside, part, connection = plan.done, plan.beside, into.part, into.connection
    there = notes.by_key(connection, into.scope, record["kind"], record["key"])
    if there is None:
        id = placing.note_in(connection, into.scope, record, beside, besides=exported_facts.LOCAL)
        part.notes.append(id)
        done.new.add(id)
        done.anything = True
        done.moved[record["id"]] = id
        done.added += 1
        return
    done.moved[record["id"]] = there.id
    remote = _remote_note(plan.policy, there, record)
    if there.text == record["text"]:
        done.known += 1
        firmer = remote and record["intensity"] != there.intensity
        if firmer:
            done.anything = True
            part.before[there.id] = exported_facts.by_ids(connection, [there.id])[there.id]
            connection.execute(
                "UPDATE note SET intensity = ? WHERE engram = ?", (record["intensity"], there.id)
            )
        return
    done.conflicts.append(
        Conflict(
            there.text, record["text"], "remote" if remote else "local", plan.collection, remote
        )
    )
    if remote:
        done.anything = True
        part.before[there.id] = exported_facts.by_ids(connection, [there.id])[there.id]
        now = plan.index.store.clock()
        marks.keep(
            connection,
            WordingRow(0, there.id, there.id, there.text, (("", there.changed),), there.changed,
                       there.changed, now),
        )  # fmt: skip
        kept = exported_facts.by_ids(connection, [there.id])[there.id]["beside"]
        placing.note_back(connection, there.id, {**record, "beside": kept}, beside)


def _remote_note(policy: str, there: NoteRow, record: Record) -> bool:
    if policy == "prefer_remote":
        return True
    if policy == "prefer_recent":
        return bool(record["changed"] > there.changed)
    if policy == "prefer_stronger":
        return (record["intensity"] or 0.0) > (there.intensity or 0.0)
    return False
