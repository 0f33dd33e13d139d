"""Bringing a bundle into the library: one transaction that happens or does not.

What is here already stays single: sources are known by the hash of their content, facts by their
words and dates, notes by their keys. A preview does all of it and takes it back before it counts.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from workbench.errors import UsageError
from workbench.jobs import Cancel, Progress, Report
from workbench.memory.facts.index import FactIndex
from workbench.memory.sharing import bringing
from workbench.memory.sharing.bringing import Brought
from workbench.memory.sharing.records import Conflict, Imported, Merged
from workbench.store import (
    bundle,
    by_hand,
    capacity,
    collections,
    facts,
    kept,
    names,
    projects,
    source_records,
    sources,
    told,
)
from workbench.store.bundle import Reading
from workbench.store.kept import Original
from workbench.store.told import Beside, Record

#: What reading a bundle raises that is whole and yet not what its manifest says.
_NONSENSE = (
    KeyError, ValueError, TypeError, IndexError, AttributeError, OverflowError,
    sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError, sqlite3.DataError,
)  # fmt: skip


class _PreviewEndsError(Exception):
    """Ends the transaction of a preview, with what it would have done."""

    def __init__(self, done: Imported) -> None:
        super().__init__()
        self.done = done


@dataclass(slots=True)
class _Coming:
    """What has come so far, by ids."""

    sources: dict[int, int] = field(default_factory=dict)
    new: list[int] = field(default_factory=list)
    statements: int = 0
    members: list[list[int]] = field(default_factory=list)
    tags: list[list[Any]] = field(default_factory=list)
    scopes: dict[str | None, int] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)
    concepts: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


def import_bundle(
    index: FactIndex,
    path: Path,
    *,
    collection: str | None,
    policy: str,
    preview: bool,
    report: Report,
    cancel: Cancel,
) -> Imported:
    """Bring a bundle in; all of it into one `collection` where that is named."""
    bringing.checked(policy)
    index.strengths.flush()
    with bundle.read(path, report, cancel) as reading:

        def work(connection: sqlite3.Connection) -> Imported:
            done = _take(index, connection, reading, collection, policy, report, cancel)
            if preview:
                raise _PreviewEndsError(replace(done, preview=True, run=None))
            return done

        try:
            return index.store.write(work, sync=True)
        except _PreviewEndsError as ended:
            return ended.done
        except _NONSENSE as error:
            raise bundle.damaged(path.name) from error


def _take(
    index: FactIndex,
    connection: sqlite3.Connection,
    reading: Reading,
    collection: str | None,
    policy: str,
    report: Report,
    cancel: Cancel,
) -> Imported:
    coming = _Coming()
    if collection is not None:
        _scope(connection, collection, coming)
    for record in reading.lines("collections.jsonl"):
        if collection is None:
            _collection(connection, record, coming)
    _sources(connection, reading, collection, coming, report)
    brought = _memories(index, connection, reading, collection, coming, policy, report, cancel)
    _statements(connection, reading, brought, coming)
    named = 0
    for record in reading.lines("concepts.jsonl"):
        id = by_hand.add_concept(connection, record)
        named += id is None and not by_hand.is_called_so(connection, record)
        coming.concepts += [] if id is None else [id]
    for word, count, vector in reading.lines("words.jsonl"):
        if by_hand.add_word(connection, word, count, vector):
            coming.words.append(word)
    more = {
        "sources": coming.new, "members": coming.members, "tags": coming.tags,
        "collections": coming.made, "concepts": coming.concepts, "words": coming.words,
    }  # fmt: skip
    now = index.store.clock()
    run = bringing.keep_run(connection, reading.name, now, [each for _, each in brought], more)
    touched = [name for name, each in brought if name is not None and each.anything]
    return Imported(
        name=reading.name,
        preview=False,
        sources=len(coming.new),
        known_sources=len(coming.sources) - len(coming.new),
        statements=coming.statements,
        added=sum(each.added for _, each in brought),
        known=sum(each.known for _, each in brought),
        concepts=len(coming.concepts),
        collections=tuple(dict.fromkeys([*coming.made, *touched])),
        conflicts=tuple(conflict for _, each in brought for conflict in each.conflicts),
        left=(f"{named} concepts keep the names that they have here.",) if named else (),
        run=run,
    )


def _scope(connection: sqlite3.Connection, name: str | None, coming: _Coming) -> int:
    """The scope of that name, made if need be."""
    if name not in coming.scopes:
        if name is not None and facts.scope_id(connection, name) is None:
            coming.made.append(names.givable(name))
        coming.scopes[name] = collections.scope(connection, name)
    return coming.scopes[name]


def _collection(connection: sqlite3.Connection, record: Record, coming: _Coming) -> None:
    name = record["name"]
    before = len(coming.made)
    scope = _scope(connection, name, coming)
    if len(coming.made) > before:
        connection.execute(
            "UPDATE collection SET created = ? WHERE id = ?", (float(record["created"]), scope)
        )
        if record["most"] is not None:
            capacity.put(connection, scope, int(record["most"]))
        if record.get("project") is not None:
            projects.put_plain(connection, scope, record["project"])


# -- sources ---------------------------------------------------------------------------------------


def _sources(
    connection: sqlite3.Connection,
    reading: Reading,
    collection: str | None,
    coming: _Coming,
    report: Report,
) -> None:
    total = reading.count("sources.jsonl")
    fresh: dict[int, Record] = {}
    for number, record in enumerate(reading.lines("sources.jsonl")):
        id = sources.id_by_hash(connection, record["hash"])
        if id is None:
            id = source_records.insert(connection, record)
            fresh[number] = record
            coming.new.append(id)
        else:
            sources.restore(connection, [id])
        coming.sources[number] = id
        for name in record["collections"] if collection is None else [collection]:
            _assign(connection, id, _scope(connection, name, coming), coming)
        new = source_records.tag(connection, id, record["tags"])
        if number not in fresh:
            coming.tags += [[id, fold] for fold in new]
        if number in fresh and record["original"] is not None:
            _original(connection, reading, id, record["original"])
    at, ordinal, end = -1, 0, 0
    for record in reading.lines("sections.jsonl"):
        number = record["source"]
        if number != at:
            report(Progress("importing", number, total, "sources"))
            at, ordinal, end = number, 0, 0
        source = coming.sources[number]
        if (record["ordinal"], record["start"]) != (ordinal, end):
            raise ValueError("a section is missing")
        ordinal, end = ordinal + 1, end + len(record["text"])
        if number in fresh:
            coming.statements += source_records.append(connection, source, record)
    for number, record in fresh.items():
        source_records.finish(connection, coming.sources[number], record)


def _assign(connection: sqlite3.Connection, source: int, collection: int, coming: _Coming) -> None:
    cursor = connection.execute(
        "INSERT INTO membership(collection, source) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (collection, source),
    )
    if cursor.rowcount and source not in coming.new:
        coming.members.append([collection, source])


def _original(
    connection: sqlite3.Connection, reading: Reading, source: int, record: Record
) -> None:
    original = Original(**record)
    content = reading.blob(f"{bundle.ORIGINALS}{original.hash}")
    if kept.digest(content) != original.hash or len(content) != original.size:
        raise bundle.damaged(reading.name)
    kept.put(connection, original, content)
    kept.attach(connection, source, original.hash)


def _statements(
    connection: sqlite3.Connection,
    reading: Reading,
    brought: Sequence[tuple[str | None, Brought]],
    coming: _Coming,
) -> None:
    """What is noted beside statements of new sources, and links."""
    beside = Beside(connection)
    places: dict[int, dict[int, int]] = {}
    new = set(coming.new)

    def statement(ref: str) -> int | None:
        number, start = (int(each) for each in ref[1:].split(":"))
        source = coming.sources[number]
        if source not in places:
            places[source] = source_records.at(connection, source)
        return places[source].get(start) if source in new else None

    for record in reading.lines("strengths.jsonl"):
        id = statement(record["of"])
        if id is not None:
            beside.put(connection, id, record["beside"], besides=told.LOCAL)
    moved = {number: id for _, each in brought for number, id in each.moved.items()}
    fresh = {id for _, each in brought for id in (*each.facts, *each.notes)}
    chosen = []
    for a, b, *rest in reading.lines("links.jsonl"):
        ends = [statement(ref) if isinstance(ref, str) else moved.get(ref) for ref in (a, b)]
        known = [id for id in ends if id is not None]
        if len(known) == 2 and (isinstance(a, str) or isinstance(b, str) or set(known) & fresh):
            chosen.append([*known, *rest])
    bringing.put_links(connection, chosen)


# -- memories --------------------------------------------------------------------------------------


def _memories(
    index: FactIndex,
    connection: sqlite3.Connection,
    reading: Reading,
    collection: str | None,
    coming: _Coming,
    policy: str,
    report: Report,
    cancel: Cancel,
) -> list[tuple[str | None, Brought]]:
    by_scope: dict[str | None, list[Record]] = {}
    total = reading.count("facts.jsonl")
    for number, record in enumerate(reading.lines("facts.jsonl")):
        checked_record(record)
        name = record["collection"] if collection is None else collection
        by_scope.setdefault(name, []).append(record)
        if number % 1000 == 0:
            report(Progress("importing", number, total, "memories"))
    brought = []
    for name, records in by_scope.items():
        cancel.check()
        scope = _scope(connection, name, coming)
        brought.append((name, bringing.bring(index, connection, scope, name, records, policy)))
    return brought


def checked_record(record: Any) -> None:
    """Raise `ValueError` for what is no record of a fact or note."""
    texts = ("text", "kind") if record["kind"] == "fact" else ("text", "kind", "key", "name")
    times = ("told", "at") if record["kind"] == "fact" else ("told", "changed")
    sound = (
        record["kind"] in ("fact", "instruction", "stance", "variable")
        and all(isinstance(record[name], str) for name in texts)
        and record["text"].strip() != ""
        and all(isinstance(record[name], float | int) for name in times)
        and isinstance(record["id"], int)
        and isinstance(record["beside"], dict)
        and isinstance(record["collection"], str | None)
    )
    if record["kind"] == "fact":
        sound = sound and all(
            isinstance(name, str) and isinstance(when, float | int) for name, when in record["by"]
        )
        sound = sound and len(record["by"]) > 0
    elif record["intensity"] is not None:
        sound = sound and isinstance(record["intensity"], float | int)
    if not sound:
        raise ValueError("no record")


# -- scopes into one another -----------------------------------------------------------------------


def merge_scopes(index: FactIndex, into: str | None, other: str | None, policy: str) -> Merged:
    """Bring what is told in one scope into another one, made if need be; the one stays as it is."""
    bringing.checked(policy)
    index.strengths.flush()

    def work(connection: sqlite3.Connection) -> Merged:
        there = facts.OWN if other is None else collections.by_name(connection, other).id
        if facts.scope_id(connection, into) == there:
            raise UsageError("A collection cannot be merged into itself.", "Name two.")
        records = [bringing.portable(record) for record in told.of_scope(connection, there)]
        coming = _Coming()
        scope = _scope(connection, into, coming)
        brought = bringing.bring(index, connection, scope, into, records, policy)
        bringing.links(connection, brought, told.links(connection, there))
        run = bringing.keep_run(
            connection, other or "", index.store.clock(), [brought], {"collections": coming.made}
        )
        return Merged(brought.added, brought.known, tuple(brought.conflicts), run)

    return index.store.write(work, sync=True)


def bring_records(
    index: FactIndex,
    name: str,
    records: Sequence[tuple[str | None, Record]],
    policy: str,
    *,
    preview: bool,
    left: Sequence[str],
) -> Imported:
    """Bring records, each with the name of its scope, in one transaction."""
    bringing.checked(policy)
    index.strengths.flush()
    by_scope: dict[str | None, list[Record]] = {}
    for scope_name, record in records:
        by_scope.setdefault(scope_name, []).append(record)
    # Others may write meanwhile.
    parsed = {name: bringing.parse(some) for name, some in by_scope.items()}

    def work(connection: sqlite3.Connection) -> Imported:
        coming = _Coming()
        brought: list[Brought] = []
        for scope_name, some in by_scope.items():
            scope = _scope(connection, scope_name, coming)
            brought.append(
                bringing.bring(
                    index, connection, scope, scope_name, some, policy, parsed[scope_name]
                )
            )
        now = index.store.clock()
        run = bringing.keep_run(connection, name, now, brought, {"collections": coming.made})
        conflicts: list[Conflict] = [each for one in brought for each in one.conflicts]
        done = Imported(
            name, preview, 0, 0, 0, sum(each.added for each in brought),
            sum(each.known for each in brought), 0,
            tuple(each for each in by_scope if each is not None), tuple(conflicts), tuple(left),
            None if preview else run,
        )  # fmt: skip
        if preview:
            raise _PreviewEndsError(done)
        return done

    try:
        return index.store.write(work, sync=True)
    except _PreviewEndsError as ended:
        return ended.done
