"""Bringing what was told elsewhere into a scope, inside one write; what it changed can be undone.

What is known already is not told again, but gets those who said it there as well. Notes of one key
with different texts are in conflict as facts are (`settling`).
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from workbench.errors import NotFoundError, UsageError
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.kernel_set import FACT_KERNELS
from workbench.memory.facts.parsing.parser import Parsed, Parser
from workbench.memory.facts.staleness import claims_of
from workbench.memory.postings.arrays import U64
from workbench.memory.postings.batch import SAME
from workbench.memory.postings.salting import salted_all
from workbench.memory.sharing import placing, settling
from workbench.memory.sharing.records import POLICIES, Conflict
from workbench.memory.sharing.settling import Coming
from workbench.store import capacity, facts, marks, notes, strengths, told
from workbench.store.facts import FactRow
from workbench.store.marks import WordingRow
from workbench.store.notes import NoteRow
from workbench.store.strengths import LinkRow, StrengthRow
from workbench.store.told import Beside, Link, Record

_CHUNK = 2048


@dataclass(slots=True)
class Brought:
    """What was brought: new ids, who said what was known, how memories were before, conflicts.

    `moved` leads from ids of the records to those in the library.
    """

    added: int = 0
    known: int = 0
    facts: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    said: list[list[Any]] = field(default_factory=list)
    before: dict[int, Record] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    moved: dict[int, int] = field(default_factory=dict)

    @property
    def anything(self) -> bool:
        """Whether the library is another one now."""
        return bool(self.facts or self.notes or self.said or self.before)


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
        if table not in told.LOCAL
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


def bring(
    index: FactIndex,
    connection: sqlite3.Connection,
    scope: int,
    collection: str | None,
    records: Sequence[Record],
    policy: str,
    parsed: Parsed | None = None,
) -> Brought:
    """Bring portable records into a scope. Raises `UsageError` where the scope has no room.

    `parsed` is what `parse` has made of them, where that was done before the library was locked.
    """
    done = Brought()
    beside = Beside(connection)
    facts_of = [record for record in records if record["kind"] == "fact"]
    if facts_of:
        parsed = parse(records) if parsed is None else parsed
        _bring_facts(index, connection, scope, collection, facts_of, parsed, policy, beside, done)
    for record in records:
        if record["kind"] != "fact":
            _bring_note(index, connection, scope, collection, record, policy, beside, done)
    return done


def parse(records: Sequence[Record]) -> Parsed:
    """Parse the facts among portable records, which takes longer than to store them."""
    texts = [record["text"] for record in records if record["kind"] == "fact"]
    return Parser(FACT_KERNELS).parse(texts, every=True)


def links(connection: sqlite3.Connection, brought: Brought, found: Sequence[Link]) -> None:
    """Bring the links between what was brought, as far as one of their ends is new."""
    new = {*brought.facts, *brought.notes}
    moved = brought.moved
    chosen = [
        link
        for link in found
        if link[0] in moved
        and link[1] in moved
        and (moved[link[0]] in new or moved[link[1]] in new)
    ]
    put_links(connection, [[moved[a], moved[b], *rest] for a, b, *rest in chosen])


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


def _bring_facts(
    index: FactIndex,
    connection: sqlite3.Connection,
    scope: int,
    collection: str | None,
    records: Sequence[Record],
    parsed: Parsed,
    policy: str,
    beside: Beside,
    done: Brought,
) -> None:
    now = index.store.clock()
    every = settling.coming(scope, records, parsed.records)

    def strong(one: FactRow | Record) -> float:
        return _strength(index, connection, one)

    def by_ids(ids: Sequence[int]) -> list[FactRow]:
        return facts.by_ids(connection, ids)

    disputed = {*settling.disputed(index, scope, parsed), *settling.choosing(every)}
    settled = settling.settle(index, every, disputed, policy, now, strong, by_ids)
    held = _held(index, connection, scope, parsed.same)
    rows = [row for there in held.values() for row in there]
    stale = Counter(id for id, _ in index.stale_of(rows))
    before = _records(connection, beside, rows)
    together = settling.Together(every)
    new: list[Record] = []
    claims: list[bytes] = []
    places: list[int] = []
    for each in every:
        verdict = settled[each.place]
        # What is to count although what says the same here does not must be told anew.
        there = None if verdict.won else _known(held.get(each.place, ()), each, together, stale)
        if verdict.against is not None and (there is None or verdict.won):
            done.conflicts.append(
                Conflict(
                    verdict.against.text, each.record["text"],
                    "remote" if verdict.won else "local", collection,
                    stored=verdict.won or verdict.at is not None,
                )
            )  # fmt: skip
        if there is not None:
            done.known += 1
            done.moved[each.record["id"]] = there.id
            was = before[there.id]
            _join(index, connection, there, was, each.record, policy, beside, done)
        elif verdict.at is not None:
            done.added += verdict.against is None
            places.append(each.record["id"])
            claims.append(parsed.records[each.place])
            new.append({**each.record, "at": verdict.at})
    _check_room(connection, scope, len(new))
    done.facts = placing.facts_in(connection, scope, new, beside, claims=claims, besides=told.LOCAL)
    done.moved.update(zip(places, done.facts, strict=True))


def _held(
    index: FactIndex, connection: sqlite3.Connection, scope: int, same: U64
) -> dict[int, list[FactRow]]:
    """For the places of what is known: the facts here that say the same."""
    postings = index.postings()
    keys = salted_all(same, scope) ^ SAME
    numbers = postings.frequency(keys).tolist()
    ids: dict[int, list[int]] = {}
    for place, number in enumerate(numbers):
        if number:
            ids[place] = postings.meeting([np.array([keys[place]], np.uint64)], -1).tolist()
    every = sorted({id for some in ids.values() for id in some})
    rows = {row.id: row for row in facts.by_ids(connection, every)}
    return {place: [rows[id] for id in some if id in rows] for place, some in ids.items()}


def _records(
    connection: sqlite3.Connection, beside: Beside, rows: Sequence[FactRow]
) -> dict[int, Record]:
    ids = sorted({row.id for row in rows})
    found = {}
    for start in range(0, len(ids), _CHUNK):
        found.update(told.by_ids(connection, ids[start : start + _CHUNK], beside))
    return found


def _known(
    there: Sequence[FactRow],
    fact: Coming,
    together: settling.Together,
    stale: Mapping[int, int],
) -> FactRow | None:
    """The fact here that is the one that comes; None where it must be told."""
    newest = settling.newest_of(there)
    if newest is not None and together.alone(fact):
        claims = claims_of(newest)
        if not claims or stale.get(newest.id, 0) < len(claims):
            return newest
    return settling.same_fact(there, fact.record)


def _join(
    index: FactIndex,
    connection: sqlite3.Connection,
    there: FactRow,
    before: Record,
    record: Record,
    policy: str,
    beside: Beside,
    done: Brought,
) -> None:
    """Let a fact that is known here have what comes with it: tellers, and what the policy says."""
    known = {name for name, _ in before["by"]}
    for name, when in record["by"]:
        if name not in known and facts.said(connection, there.id, name, when):
            done.said.append([there.id, name])
    own = {table: list(rows) for table, rows in before["beside"].items()}
    joined = dict(own)
    noted = record["beside"]
    if noted.get("mark") and (policy == "prefer_remote" or not own.get("mark")):
        joined["mark"] = noted["mark"]
    if noted.get("strength") and _remote_strength(index, connection, there, record, policy):
        joined["strength"] = noted["strength"]
    if joined != own:
        done.before.setdefault(there.id, before)
        beside.put(connection, there.id, {**before["beside"], **joined})


def _remote_strength(
    index: FactIndex,
    connection: sqlite3.Connection,
    there: FactRow,
    record: Record,
    policy: str,
) -> bool:
    if policy == "prefer_remote":
        return True
    if policy == "prefer_recent":
        row = record["beside"]["strength"][0]
        return bool(row["used"] > (there.used if there.weight is not None else there.told))
    if policy == "prefer_stronger":
        return _strength(index, connection, record) > _strength(index, connection, there)
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


def _bring_note(
    index: FactIndex,
    connection: sqlite3.Connection,
    scope: int,
    collection: str | None,
    record: Record,
    policy: str,
    beside: Beside,
    done: Brought,
) -> None:
    there = notes.by_key(connection, scope, record["kind"], record["key"])
    if there is None:
        id = placing.note_in(connection, scope, record, beside, besides=told.LOCAL)
        done.notes.append(id)
        done.moved[record["id"]] = id
        done.added += 1
        return
    done.moved[record["id"]] = there.id
    remote = _remote_note(index, there, record, policy)
    if there.text == record["text"]:
        done.known += 1
        firmer = remote and record["intensity"] != there.intensity
        if firmer:
            done.before[there.id] = told.by_ids(connection, [there.id])[there.id]
            connection.execute(
                "UPDATE note SET intensity = ? WHERE engram = ?", (record["intensity"], there.id)
            )
        return
    done.conflicts.append(
        Conflict(there.text, record["text"], "remote" if remote else "local", collection, remote)
    )
    if remote:
        done.before[there.id] = told.by_ids(connection, [there.id])[there.id]
        now = index.store.clock()
        marks.keep(
            connection,
            WordingRow(0, there.id, there.id, there.text, (("", there.changed),), there.changed,
                       there.changed, now),
        )  # fmt: skip
        kept = told.by_ids(connection, [there.id])[there.id]["beside"]
        placing.note_back(connection, there.id, {**record, "beside": kept}, beside)


def _remote_note(index: FactIndex, there: NoteRow, record: Record, policy: str) -> bool:
    if policy == "prefer_remote":
        return True
    if policy == "prefer_recent":
        return bool(record["changed"] > there.changed)
    if policy == "prefer_stronger":
        return (record["intensity"] or 0.0) > (there.intensity or 0.0)
    return False


# -- taking it back --------------------------------------------------------------------------------


def keep_run(
    connection: sqlite3.Connection,
    name: str,
    now: float,
    brought: Sequence[Brought],
    more: dict[str, Any],
) -> int | None:
    """Record what came, so that it can be taken back; None where nothing did."""
    if not any(each.anything for each in brought) and not any(more.values()):
        return None
    said = {
        "facts": [id for each in brought for id in each.facts],
        "notes": [id for each in brought for id in each.notes],
        "said": [pair for each in brought for pair in each.said],
        **more,
    }
    cursor = connection.execute(
        "INSERT INTO import_run(name, done, brought) VALUES (?, ?, ?)",
        (name, now, json.dumps(said)),
    )
    run = int(cursor.lastrowid or 0)
    connection.executemany(
        "INSERT INTO import_before(run, engram, record) VALUES (?, ?, ?)",
        [
            (run, id, json.dumps(record, ensure_ascii=False))
            for each in brought
            for id, record in each.before.items()
        ],
    )
    return run


def run_of(connection: sqlite3.Connection, run: int | None) -> tuple[int, dict[str, Any]]:
    """An import to be taken back, the last one where `run` is None. Raises `NotFoundError`."""
    row = connection.execute(
        "SELECT id, brought FROM import_run WHERE ? IS NULL OR id = ? ORDER BY id DESC LIMIT 1",
        (run, run),
    ).fetchone()
    if row is None:
        raise NotFoundError("There is no import to take back.", "What is told can be forgotten.")
    return int(row[0]), json.loads(row[1])


def take_back(
    connection: sqlite3.Connection, run: int, said: dict[str, Any]
) -> tuple[int, int, int]:
    """Remove the facts and notes that came, and let others be as before; how many of each."""
    beside = Beside(connection)
    gone = facts.remove(connection, said["facts"]), notes.remove(connection, said["notes"])
    for id, name in said["said"]:
        facts.unsay(connection, [id], name)
    rows = connection.execute(
        "SELECT engram, record FROM import_before WHERE run = ?", (run,)
    ).fetchall()
    for id, packed in rows:
        record = json.loads(packed)
        if record["kind"] == "fact":
            beside.put(connection, id, record["beside"], besides=told.LOCAL)
        else:
            placing.note_back(connection, id, record, beside, besides=told.LOCAL)
    connection.execute("DELETE FROM import_run WHERE id = ?", (run,))
    return *gone, len(rows)
