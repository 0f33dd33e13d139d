"""Imports facts and notes into a scope: planned first, then written; can be undone.

Facts are resolved before any is written, so that others can write meanwhile; what they store is
checked again for each fact. Known facts are not stored again, but gain the sources of the import.
Notes with one key and different texts are in conflict, as facts are (`import_conflicts`).
"""

import sqlite3
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from workbench.errors import UsageError
from workbench.memory.claims.supersession import replaced
from workbench.memory.facts.index import FactIndex
from workbench.memory.sharing import import_conflicts, placing
from workbench.memory.sharing.concurrent_facts import Meanwhile
from workbench.memory.sharing.import_conflicts import Incoming, Resolution
from workbench.memory.sharing.records import POLICIES, Conflict
from workbench.memory.sharing.runs import Part
from workbench.memory.told_words import normalized
from workbench.store import exported, facts, marks, notes, strengths
from workbench.store.exported import Annotations, Link, Record
from workbench.store.facts import FactRow
from workbench.store.marks import WordingRow
from workbench.store.notes import NoteRow
from workbench.store.strengths import LinkRow, StrengthRow

#: Texts per batch.
_CHUNK = 2048


@dataclass(slots=True)
class ScopeImport:
    """The result for a scope so far: counts, conflicts and new ids.

    `id_map` maps ids of records to those of the library.
    """

    added: int = 0
    duplicates: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    id_map: dict[int, int] = field(default_factory=dict)
    new: set[int] = field(default_factory=set)
    #: Whether the library has changed.
    changed: bool = False


@dataclass(slots=True)
class Plan:
    """The memories to import into a scope, by collection name, and their resolutions.

    `facts` are in order; by position: their `resolutions`, and in `existing` the ids of known ones.
    `remaining` counts facts still to be stored.
    """

    index: FactIndex
    collection: str | None
    policy: str
    notes: list[Record]
    facts: list[Incoming]
    resolutions: list[Resolution]
    existing: dict[int, int]
    incoming_set: import_conflicts.IncomingSet
    beside: Annotations
    remaining: int
    meanwhile: Meanwhile
    result: ScopeImport = field(default_factory=ScopeImport)


@dataclass(frozen=True, slots=True)
class ImportTarget:
    """The target of records: a scope in a transaction, and the record of changes."""

    connection: sqlite3.Connection
    scope: int
    part: Part


def checked(policy: str) -> str:
    """Validate a policy. Raises `UsageError` unless it is one of `POLICIES`."""
    if policy not in POLICIES:
        raise UsageError(
            f"There is no policy “{policy}”.", f"Choose one of: {', '.join(POLICIES)}."
        )
    return policy


def portable(record: Record) -> Record:
    """A record without local data: ids of consolidations, edits, places."""
    beside = {table: [dict(row) for row in rows] for table, rows in record["beside"].items()}
    for row in beside.get("strength", ()):
        if "archived" in row:
            row["archived"] = 0
        if "kept" in row:
            row["kept"] = 0
        # Place and fading time are computed anew.
        row.pop("place", None)
        row.pop("fades", None)
    for row in beside.get("wording", ()):
        row["former"] = 0
    for row in beside.get("review", ()):
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
    """Parse portable records and resolve them; writes nothing.

    `meanwhile` has started before. Calls `step()` regularly.
    """
    timestamp = index.store.clock()
    with index.store.read() as connection:
        scope = facts.scope_id(connection, collection)
        annotations = Annotations(connection)
    fact_records = [record for record in records if record["kind"] == "fact"]
    disputed: set[int] = set()
    for start in range(0, len(fact_records), _CHUNK):
        step()
        texts = [record["text"] for record in fact_records[start : start + _CHUNK]]
        if scope is not None:
            disputed.update(
                start + place for place in import_conflicts.disputed(index, scope, texts)
            )
    own_scope = facts.OWN if scope is None else scope
    incoming = [Incoming(place, own_scope, record) for place, record in enumerate(fact_records)]
    incoming_set = import_conflicts.IncomingSet(incoming)
    resolutions = [Resolution(fact.at) for fact in incoming]
    existing: dict[int, int] = {}
    if scope is not None and incoming:
        step()
        resolutions, existing = _decided(index, scope, incoming_set, disputed, policy, timestamp)
    step()
    note_records = [record for record in records if record["kind"] != "fact"]
    remaining = sum(
        resolution.at is not None and at not in existing
        for at, resolution in enumerate(resolutions)
    )
    return Plan(
        index, collection, policy, note_records, incoming, resolutions, existing, incoming_set,
        annotations, remaining, meanwhile,
    )  # fmt: skip


def _decided(
    index: FactIndex,
    scope: int,
    incoming_set: import_conflicts.IncomingSet,
    disputed: set[int],
    policy: str,
    timestamp: float,
) -> tuple[list[Resolution], dict[int, int]]:
    """Resolve facts; returns the resolutions, and the ids of known facts by position."""

    def strong(item: FactRow | Record) -> float:
        with index.store.read() as connection:
            return _strength(index, connection, item)

    incoming = incoming_set.facts
    resolutions = import_conflicts.settle(index, incoming_set, disputed, policy, timestamp, strong)
    ids = index.same(scope, [fact.text for fact in incoming])
    with index.store.read() as connection:
        found = facts.by_ids(connection, sorted({id for same in ids.values() for id in same}))
        by_id = {row.id: row for row in found}
        same_by_place = {
            place: [by_id[id] for id in same if id in by_id] for place, same in ids.items()
        }
        newest = map(import_conflicts.newest_of, same_by_place.values())
        stale = replaced(index, connection, [row for row in newest if row is not None])
    existing = {}
    for place, rows in same_by_place.items():
        same = import_conflicts.same_fact(rows, incoming[place].record)
        if same is not None and same.at > timestamp:
            # It becomes valid here, too, at its time.
            resolutions[place] = Resolution(incoming[place].at)
        # A fact that must be current, but whose local equal is not, is stored again.
        match = (
            None
            if resolutions[place].won
            else _find_known(rows, incoming[place], incoming_set, stale)
        )
        if match is not None:
            existing[place] = match.id
    return resolutions, existing


def links(plan: Plan, candidates: Sequence[Link]) -> list[Link]:
    """The links between imported memories of which at least one is new."""
    id_map, new = plan.result.id_map, plan.result.new
    return [
        [id_map[a], id_map[b], *attributes]
        for a, b, *attributes in candidates
        if a in id_map and b in id_map and (id_map[a] in new or id_map[b] in new)
    ]


def store_links(connection: sqlite3.Connection, candidates: Sequence[Link]) -> None:
    """Store links between memories, unless they exist."""
    strengths.store_links(
        connection,
        [
            LinkRow(a, b, kind, weight, used)
            for a, b, kind, weight, used in candidates
            if strengths.between(connection, a, b, kind) is None
        ],
    )


# -- facts -----------------------------------------------------------------------------------------


def store_facts(plan: Plan, target: ImportTarget, places: Sequence[int]) -> None:
    """Store the facts at some positions, in order, as planned.

    Raises `UsageError` if the scope has no room for the remaining ones.
    """
    result, annotations, part, connection = plan.result, plan.beside, target.part, target.connection
    plan.meanwhile.refresh(connection)
    verdicts = [_resolve(plan, target, place) for place in places]
    ids = sorted({id for _, id in verdicts if id is not None})
    rows = {row.id: row for row in facts.by_ids(connection, ids)}
    previous = _records(connection, annotations, ids)
    new: list[Record] = []
    teller_count = len(part.said)
    for place, (verdict, known_id) in zip(places, verdicts, strict=True):
        fact = plan.facts[place]
        # A known fact may have been deleted since.
        existing = None if known_id is None else rows.get(known_id)
        if verdict.against is not None and (existing is None or verdict.won):
            result.conflicts.append(
                Conflict(
                    verdict.against.text, fact.record["text"],
                    "remote" if verdict.won else "local", plan.collection,
                    stored=verdict.won or verdict.at is not None,
                )
            )  # fmt: skip
        if existing is not None:
            result.duplicates += 1
            result.id_map[fact.record["id"]] = existing.id
            _join(plan, target, existing, previous[existing.id], fact.record)
        elif verdict.at is not None:
            result.added += verdict.against is None
            new.append({**fact.record, "at": verdict.at})
    if new:
        _check_room(connection, target.scope, plan.remaining)
        plan.remaining = max(0, plan.remaining - len(new))
        new_ids = placing.facts_in(connection, target.scope, new, annotations)
        part.facts += new_ids
        result.new.update(new_ids)
        result.id_map.update(zip([record["id"] for record in new], new_ids, strict=True))
        plan.meanwhile.newest = new_ids[-1]
    result.changed = result.changed or bool(new or len(part.said) > teller_count)


def _resolve(plan: Plan, target: ImportTarget, place: int) -> tuple[Resolution, int | None]:
    """The resolution of a fact after concurrent changes, and the id of its local equal."""
    fact, verdict, existing = plan.facts[place], plan.resolutions[place], plan.existing.get(place)
    if existing is not None or verdict.at is None:
        return verdict, existing
    if not verdict.won:
        text = normalized(fact.text)
        matches = [row for row in plan.meanwhile.all(target.scope) if normalized(row.text) == text]
        match = _find_known(matches, fact, plan.incoming_set, ())
        if match is not None:
            return verdict, match.id
    against = plan.meanwhile.against(target.scope, fact)
    if not against or not plan.incoming_set.current(fact):
        return verdict, None
    if verdict.against is not None:
        against.append(verdict.against)

    def strong(item: FactRow | Record) -> float:
        return _strength(plan.index, target.connection, item)

    timestamp = plan.index.store.clock()
    return import_conflicts.decide(fact, against, plan.policy, timestamp, strong), None


def _records(
    connection: sqlite3.Connection, annotations: Annotations, ids: Sequence[int]
) -> dict[int, Record]:
    by_id = {}
    for start in range(0, len(ids), _CHUNK):
        by_id.update(exported.by_ids(connection, ids[start : start + _CHUNK], annotations))
    return by_id


def _find_known(
    matches: Sequence[FactRow],
    fact: Incoming,
    incoming_set: import_conflicts.IncomingSet,
    stale: Collection[int],
) -> FactRow | None:
    """The local equal of an incoming fact; None if it must be stored."""
    newest = import_conflicts.newest_of(matches)
    if newest is not None and newest.id not in stale and incoming_set.is_unrelated(fact):
        return newest
    return import_conflicts.same_fact(matches, fact.record)


def _join(
    plan: Plan, target: ImportTarget, existing: FactRow, previous: Record, record: Record
) -> None:
    """Merge an incoming record into its local equal: sources, and data by policy."""
    connection, part = target.connection, target.part
    tellers = {name for name, _ in previous["by"]}
    for name, time in record["by"]:
        if name not in tellers and facts.add_teller(connection, existing.id, name, time):
            part.said.append([existing.id, name])
    stored = {table: list(rows) for table, rows in previous["beside"].items()}
    joined = dict(stored)
    noted = record["beside"]
    if noted.get("mark") and (plan.policy == "prefer_remote" or not stored.get("mark")):
        joined["mark"] = noted["mark"]
    if noted.get("strength") and _remote_strength(plan, connection, existing, record):
        joined["strength"] = noted["strength"]
    if joined != stored:
        plan.result.changed = True
        with part.recording(connection):
            plan.beside.replace(connection, existing.id, {**previous["beside"], **joined})


def _remote_strength(
    plan: Plan, connection: sqlite3.Connection, existing: FactRow, record: Record
) -> bool:
    if plan.policy == "prefer_remote":
        return True
    if plan.policy == "prefer_recent":
        row = record["beside"]["strength"][0]
        return bool(
            row["used"] > (existing.used if existing.weight is not None else existing.recorded)
        )
    if plan.policy == "prefer_stronger":
        local_strength = _strength(plan.index, connection, existing)
        return _strength(plan.index, connection, record) > local_strength
    return False


def _strength(
    index: FactIndex, connection: sqlite3.Connection, item: FactRow | Record
) -> float:  # fmt: skip
    if isinstance(item, FactRow):
        (row,) = index.strengths.stored(connection, [item.id]).values()
        return index.strengths.current(row, item.kind)
    stored = item["beside"].get("strength")
    if not stored:
        row = StrengthRow(0, index.strengths.settings.first, item["told"], came=item["told"])
    else:
        row = StrengthRow(
            0, stored[0]["weight"], stored[0]["used"], pinned=bool(stored[0]["pinned"]),
            came=stored[0].get("came", 0.0), ripe=stored[0].get("ripe"),
        )  # fmt: skip
    mark = item["beside"].get("mark", [{}])[0]
    return index.strengths.current(row, mark.get("kind", item["kind"]))


def _check_room(connection: sqlite3.Connection, scope: int, added: int) -> None:
    limit = facts.capacity_of(connection, scope).maximum
    if added and limit is not None and facts.count(connection, scope) + added > limit:
        raise UsageError(
            f"The collection keeps at most {limit} facts, and {added} more have no room in it; "
            "nothing was changed.",
            "Let it keep more, or bring them into another collection.",
        )


# -- notes -----------------------------------------------------------------------------------------


def store_note(plan: Plan, target: ImportTarget, record: Record) -> None:
    """Store a note, or resolve it with the local one of its key by policy."""
    result, annotations, part, connection = plan.result, plan.beside, target.part, target.connection
    existing = notes.by_key(connection, target.scope, record["kind"], record["key"])
    if existing is None:
        id = placing.note_in(connection, target.scope, record, annotations)
        part.notes.append(id)
        result.new.add(id)
        result.changed = True
        result.id_map[record["id"]] = id
        result.added += 1
        return
    result.id_map[record["id"]] = existing.id
    remote = _remote_note(plan.policy, existing, record)
    if existing.text == record["text"]:
        result.duplicates += 1
        firmer = remote and record["intensity"] != existing.intensity
        if firmer:
            result.changed = True
            with part.recording(connection):
                connection.execute(
                    "UPDATE note SET intensity = ? WHERE engram = ?",
                    (record["intensity"], existing.id),
                )
        return
    result.conflicts.append(
        Conflict(
            existing.text, record["text"], "remote" if remote else "local", plan.collection, remote
        )
    )
    if remote:
        result.changed = True
        time, tellers = existing.changed, (("", existing.changed),)
        wording = WordingRow(
            0, existing.id, existing.id, existing.text, tellers, time, time,
            plan.index.store.clock(),
        )  # fmt: skip
        with part.recording(connection):
            marks.store_wording(connection, wording)
            stored = exported.by_ids(connection, [existing.id])[existing.id]["beside"]
            placing.note_back(connection, existing.id, {**record, "beside": stored}, annotations)


def _remote_note(policy: str, existing: NoteRow, record: Record) -> bool:
    if policy == "prefer_remote":
        return True
    if policy == "prefer_recent":
        return bool(record["changed"] > existing.changed)
    if policy == "prefer_stronger":
        return (record["intensity"] or 0.0) > (existing.intensity or 0.0)
    return False
