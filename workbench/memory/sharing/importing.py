"""Imports memories and bundles in slices, completely or not at all (`runs`).

What is here already stays single: sources are known by the hash of their content, facts by their
words and dates, notes by their keys. A preview does all of it in one transaction and takes it back.
"""

import contextlib
import gc
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from workbench.errors import UsageError
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.memory.facts.index import FactIndex
from workbench.memory.sharing import import_facts
from workbench.memory.sharing.concurrent_facts import Meanwhile
from workbench.memory.sharing.import_facts import Into, Plan
from workbench.memory.sharing.records import Imported, Merged
from workbench.memory.sharing.runs import Part, Previewing, Run, Writing, each
from workbench.store import (
    bundle,
    capacity,
    collections,
    exported_facts,
    facts,
    highlights,
    kept_originals,
    manual_edits,
    names,
    projects,
    source_records,
    sources,
)
from workbench.store.bundle import Reading
from workbench.store.exported_facts import Beside, Link, Record
from workbench.store.kept_originals import Original

T = TypeVar("T")

#: What reading a bundle raises that is whole and yet not what its manifest says.
_NONSENSE = (
    KeyError, ValueError, TypeError, IndexError, AttributeError, OverflowError,
    sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError, sqlite3.DataError,
)  # fmt: skip
#: Characters of text, and bytes of kept files, that one slice takes in.
_CHARACTERS, _BYTES = 32_000, 4 << 20
#: What a row costs beside its content, in both.
_ROW = 1000


class _PreviewEndsError(Exception):
    """Ends the transaction of a preview, with what it would have done."""

    def __init__(self, done: Imported) -> None:
        super().__init__()
        self.done = done


@dataclass(slots=True)
class _Coming:
    """What has come so far: `sources` leads from their places in the bundle to their ids here."""

    sources: dict[int, int] = field(default_factory=dict)
    new: set[int] = field(default_factory=set)
    statements: int = 0
    made: list[str] = field(default_factory=list)
    concepts: int = 0
    #: Concepts that have other names here.
    named: int = 0


def _carried_out(
    index: FactIndex,
    name: str,
    prepare: Callable[[Callable[[], None]], T],
    put: Callable[[Writing, T], Imported],
    *,
    preview: bool,
    cancel: Cancel,
) -> Imported:
    """Let `put` write what `prepare` has made while others could write, and called its argument."""
    index.strengths.flush()
    with Run(index.store, name, cancel) as run, contextlib.ExitStack() as ends:
        # Of what is read nothing is garbage before the end: looking through it again and again
        # takes longer than parsing it.
        ends.callback(gc.unfreeze)

        def step() -> None:
            run.renew()
            gc.freeze()

        prepared = prepare(step)
        if not preview:
            done = put(run, prepared)
            return replace(done, run=run.finish())

        def work(connection: sqlite3.Connection) -> NoReturn:
            raise _PreviewEndsError(put(Previewing(connection, cancel), prepared))

        try:
            index.store.write(work)
        except _PreviewEndsError as ended:
            return replace(ended.done, preview=True)


def _plans(
    index: FactIndex,
    records: Iterable[tuple[str | None, Record]],
    policy: str,
    step: Callable[[], None],
) -> list[Plan]:
    """What becomes of records, each with the name of its scope."""
    by_scope: dict[str | None, list[Record]] = {}
    for number, (name, record) in enumerate(records, 1):
        by_scope.setdefault(name, []).append(record)
        if number % 2048 == 0:
            step()
    with index.store.read() as connection:
        meanwhile = Meanwhile(facts.standing(connection).newest)
    return [
        import_facts.plan(index, name, some, policy, meanwhile, step)
        for name, some in by_scope.items()
    ]


def _put_plans(writing: Writing, plans: Sequence[Plan], coming: _Coming, report: Report) -> None:
    total = sum(len(plan.every) + len(plan.notes) for plan in plans)
    number = 0
    for plan in plans:
        for places in writing.portions(range(len(plan.every))):
            report(Progress("importing", number, total, "memories"))
            with plan.index.store.read() as connection:
                plan.meanwhile.look(connection)
            writing.write(partial(_facts, plan, coming), places)
            number += len(places)
        for records in writing.portions(plan.notes):
            report(Progress("importing", number, total, "memories"))
            writing.write(partial(_notes, plan, coming), records)
            number += len(records)


def _facts(
    plan: Plan, coming: _Coming, connection: sqlite3.Connection, part: Part, some: Sequence[int]
) -> None:
    scope = _scope(connection, plan.collection, part, coming)
    import_facts.put_facts(plan, Into(connection, scope, part), some)


def _notes(
    plan: Plan, coming: _Coming, connection: sqlite3.Connection, part: Part, some: Sequence[Record]
) -> None:
    into = Into(connection, _scope(connection, plan.collection, part, coming), part)
    for record in some:
        import_facts.put_note(plan, into, record)


def _scope(connection: sqlite3.Connection, name: str | None, part: Part, coming: _Coming) -> int:
    """The scope of that name, made if need be."""
    scope = facts.scope_id(connection, name)
    if scope is None:
        assert name is not None
        part.collections.append(names.givable(name))
        coming.made.append(names.givable(name))
        scope = collections.scope(connection, name)
    return scope


def _make(writing: Writing, name: str | None, coming: _Coming) -> None:
    """See to it that there is a scope of that name."""
    writing.write(lambda connection, part, _: _scope(connection, name, part, coming), None)


def _done(name: str, plans: Sequence[Plan], coming: _Coming, left: Sequence[str]) -> Imported:
    done = [plan.done for plan in plans]
    touched = [
        plan.collection for plan in plans if plan.collection is not None and plan.done.anything
    ]
    return Imported(
        name=name,
        preview=False,
        sources=len(coming.new),
        known_sources=len(coming.sources) - len(coming.new),
        statements=coming.statements,
        added=sum(one.added for one in done),
        known=sum(one.known for one in done),
        concepts=coming.concepts,
        collections=tuple(dict.fromkeys([*coming.made, *touched])),
        conflicts=tuple(conflict for one in done for conflict in one.conflicts),
        left=tuple(left),
    )


# -- bundles ---------------------------------------------------------------------------------------


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
    import_facts.checked(policy)
    with bundle.read(path, report, cancel) as reading:

        def prepare(step: Callable[[], None]) -> list[Plan]:
            return _plans(index, _memories(reading, collection, report), policy, step)

        def put(writing: Writing, plans: list[Plan]) -> Imported:
            return _take(index, writing, reading, collection, plans, report)

        try:
            return _carried_out(index, reading.name, prepare, put, preview=preview, cancel=cancel)
        except _NONSENSE as error:
            raise bundle.damaged(path.name) from error


def _memories(
    reading: Reading, collection: str | None, report: Report
) -> Iterator[tuple[str | None, Record]]:
    total = reading.count("facts.jsonl")
    for number, record in enumerate(reading.lines("facts.jsonl")):
        checked_record(record)
        if number % 1000 == 0:
            report(Progress("reading", number, total, "memories"))
        # A highlight is the library's own, wherever its source goes.
        own = collection is None or record["kind"] == highlights.KIND
        yield record["collection"] if own else collection, record


def _take(
    index: FactIndex,
    writing: Writing,
    reading: Reading,
    collection: str | None,
    plans: Sequence[Plan],
    report: Report,
) -> Imported:
    coming = _Coming()
    if collection is not None:
        _make(writing, collection, coming)
    else:
        _collections(writing, reading, coming)
    _sources(writing, reading, collection, coming, report)
    for plan in plans:
        placed = [_placed(record, coming.sources) for record in plan.notes]
        plan.notes = [record for record in placed if record is not None]
    _put_plans(writing, plans, coming, report)
    _statements(index, writing, reading, plans, coming)
    _by_hand(writing, reading, coming)
    keep = "concept keeps the name it has" if coming.named == 1 else "concepts keep their names"
    left = (f"{coming.named} {keep} here.",) if coming.named else ()
    return _done(reading.name, plans, coming, left)


def _collections(writing: Writing, reading: Reading, coming: _Coming) -> None:
    def make(connection: sqlite3.Connection, part: Part, some: Sequence[Record]) -> None:
        for record in some:
            _collection(connection, record, part, coming)

    each(writing, list(reading.lines("collections.jsonl")), make)


def _collection(
    connection: sqlite3.Connection, record: Record, part: Part, coming: _Coming
) -> None:
    before = len(coming.made)
    scope = _scope(connection, record["name"], part, coming)
    if len(coming.made) > before:
        connection.execute(
            "UPDATE collection SET created = ? WHERE id = ?", (float(record["created"]), scope)
        )
        if record["most"] is not None:
            capacity.put(connection, scope, int(record["most"]))
        if record.get("project") is not None:
            projects.put_plain(connection, scope, record["project"])


# -- sources ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Source:
    """A source of a bundle: its place there, its record, and the file that is kept of it."""

    number: int
    record: Record
    content: bytes | None

    @property
    def size(self) -> int:
        return len(self.content or b"")


def _batches(items: Iterable[T], size: Callable[[T], int], most: int) -> Iterator[list[T]]:
    """Items in order, at least one at once and about `most` of their sizes."""
    some: list[T] = []
    left = most
    for item in items:
        some.append(item)
        left -= size(item) + most * _ROW // _CHARACTERS
        if left <= 0:
            yield some
            some, left = [], most
    if some:
        yield some


def _sources(
    writing: Writing,
    reading: Reading,
    collection: str | None,
    coming: _Coming,
    report: Report,
) -> None:
    fresh: dict[int, Record] = {}

    def put(connection: sqlite3.Connection, part: Part, some: Sequence[_Source]) -> None:
        for one in some:
            _source(connection, one, collection, part, coming, fresh)

    def append(connection: sqlite3.Connection, _: Part, some: Sequence[Record]) -> None:
        for record in some:
            source = coming.sources[record["source"]]
            coming.statements += source_records.append(connection, source, record)

    def finish(connection: sqlite3.Connection, _: Part, some: Sequence[tuple[int, Record]]) -> None:
        for number, record in some:
            source_records.finish(connection, coming.sources[number], record)

    for batch in _batches(_read_sources(reading), lambda one: one.size, _BYTES):
        writing.write(put, batch)
    total = reading.count("sources.jsonl")
    sections = _sections(reading, coming, fresh, total, report)
    for texts in _batches(sections, lambda one: len(one["text"]), _CHARACTERS):
        writing.write(append, texts)
    each(writing, list(fresh.items()), finish)


def _read_sources(reading: Reading) -> Iterator[_Source]:
    for number, record in enumerate(reading.lines("sources.jsonl")):
        content = None
        if record["original"] is not None:
            content = reading.blob(f"{bundle.ORIGINALS}{Original(**record['original']).hash}")
        yield _Source(number, record, content)


def _source(
    connection: sqlite3.Connection,
    one: _Source,
    collection: str | None,
    part: Part,
    coming: _Coming,
    fresh: dict[int, Record],
) -> None:
    record = one.record
    id = sources.id_by_hash(connection, record["hash"])
    if id is None:
        id = source_records.insert(connection, record)
        fresh[one.number] = record
        part.sources.append(id)
        coming.new.add(id)
    else:
        since = sources.trashed(connection, id)
        if since is not None:
            part.trashed.append([id, since])
            sources.restore(connection, [id])
    coming.sources[one.number] = id
    for name in record["collections"] if collection is None else [collection]:
        _assign(connection, id, _scope(connection, name, part, coming), part, coming)
    new = source_records.tag(connection, id, record["tags"])
    if id not in coming.new:
        part.tags += [[id, fold] for fold in new]
    if one.number in fresh and one.content is not None:
        original = Original(**record["original"])
        if kept_originals.digest(one.content) != original.hash or len(one.content) != original.size:
            raise ValueError("another file is kept")
        kept_originals.put(connection, original, one.content)
        kept_originals.attach(connection, id, original.hash)


def _assign(
    connection: sqlite3.Connection, source: int, collection: int, part: Part, coming: _Coming
) -> None:
    cursor = connection.execute(
        "INSERT INTO membership(collection, source) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (collection, source),
    )
    if cursor.rowcount and source not in coming.new:
        part.members.append([collection, source])


def _sections(
    reading: Reading, coming: _Coming, fresh: dict[int, Record], total: int, report: Report
) -> Iterator[Record]:
    """The sections of new sources. Raises `ValueError` where one is missing."""
    at, ordinal, end = -1, 0, 0
    for record in reading.lines("sections.jsonl"):
        number = record["source"]
        if number != at:
            report(Progress("importing", number, total, "sources"))
            at, ordinal, end = number, 0, 0
        if number not in coming.sources or (record["ordinal"], record["start"]) != (ordinal, end):
            raise ValueError("a section is missing")
        ordinal, end = ordinal + 1, end + len(record["text"])
        if number in fresh:
            yield record


def _placed(record: Record, sources: Mapping[int, int]) -> Record | None:
    """A note; a highlight with its source as it is numbered here, None where that did not come."""
    if record["kind"] != highlights.KIND:
        return record
    at = highlights.anchor(record["key"].removeprefix("s"))
    if not record["key"].startswith("s") or at.source not in sources:
        return None
    return {**record, "key": replace(at, source=sources[at.source]).key}


# -- beside them -----------------------------------------------------------------------------------


def _statements(
    index: FactIndex,
    writing: Writing,
    reading: Reading,
    plans: Sequence[Plan],
    coming: _Coming,
) -> None:
    """What is noted beside statements of new sources, and links."""
    places: dict[int, dict[int, int]] = {}

    def statement(connection: sqlite3.Connection, ref: str) -> int | None:
        number, start = (int(each) for each in ref[1:].split(":"))
        source = coming.sources[number]
        if source not in places:
            places[source] = source_records.at(connection, source)
        return places[source].get(start) if source in coming.new else None

    with index.store.read() as reader:
        beside = Beside(reader)

    def note(connection: sqlite3.Connection, _: Part, some: Sequence[Record]) -> None:
        for record in some:
            id = statement(connection, record["of"])
            if id is not None:
                beside.put(connection, id, record["beside"], besides=exported_facts.LOCAL)

    each(writing, list(reading.lines("strengths.jsonl")), note)
    moved = {number: id for plan in plans for number, id in plan.done.moved.items()}
    fresh = {id for plan in plans for id in plan.done.new}

    def join(connection: sqlite3.Connection, _: Part, some: Sequence[Link]) -> None:
        chosen = []
        for a, b, *rest in some:
            ends = [
                statement(connection, ref) if isinstance(ref, str) else moved.get(ref)
                for ref in (a, b)
            ]
            known = [id for id in ends if id is not None]
            told_here = isinstance(a, str) or isinstance(b, str) or bool(set(known) & fresh)
            if len(known) == 2 and told_here:
                chosen.append([*known, *rest])
        import_facts.put_links(connection, chosen)

    each(writing, list(reading.lines("links.jsonl")), join)


def _by_hand(writing: Writing, reading: Reading, coming: _Coming) -> None:
    """Concepts that people named, and words that were learned."""

    def name(connection: sqlite3.Connection, part: Part, some: Sequence[Record]) -> None:
        for record in some:
            id = manual_edits.add_concept(connection, record)
            if id is not None:
                part.concepts.append(id)
                coming.concepts += 1
            else:
                coming.named += not manual_edits.is_called_so(connection, record)

    def learn(connection: sqlite3.Connection, part: Part, some: Sequence[Any]) -> None:
        for word, count, vector in some:
            if manual_edits.add_word(connection, word, count, vector):
                part.words.append(word)

    each(writing, list(reading.lines("concepts.jsonl")), name)
    each(writing, list(reading.lines("words.jsonl")), learn)


def checked_record(record: Any) -> None:
    """Raise `ValueError` for what is no record of a fact or note."""
    texts = ("text", "kind") if record["kind"] == "fact" else ("text", "kind", "key", "name")
    times = ("told", "at") if record["kind"] == "fact" else ("told", "changed")
    sound = (
        record["kind"] in ("fact", "instruction", "stance", "variable", highlights.KIND)
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


# -- scopes into one another, and records ----------------------------------------------------------


def merge_scopes(index: FactIndex, into: str | None, other: str | None, policy: str) -> Merged:
    """Bring what is told in one scope into another one, made if need be; the one stays as it is."""
    import_facts.checked(policy)

    def prepare(step: Callable[[], None]) -> tuple[list[Plan], list[Link]]:
        with index.store.read() as connection:
            there = facts.OWN if other is None else collections.by_name(connection, other).id
            if facts.scope_id(connection, into) == there:
                raise UsageError("A collection cannot be merged into itself.", "Name two.")
            records = [
                import_facts.portable(record)
                for record in exported_facts.of_scope(connection, there)
            ]
            links = exported_facts.links(connection, there)
        return _plans(index, ((into, record) for record in records), policy, step), links

    def put(writing: Writing, prepared: tuple[list[Plan], list[Link]]) -> Imported:
        plans, links = prepared
        coming = _Coming()
        _make(writing, into, coming)
        _put_plans(writing, plans, coming, silent)
        for plan in plans:
            each(
                writing,
                import_facts.links(plan, links),
                lambda connection, _, some: import_facts.put_links(connection, some),
            )
        return _done(other or "", plans, coming, ())

    done = _carried_out(index, other or "", prepare, put, preview=False, cancel=Cancel())
    return Merged(done.added, done.known, done.conflicts, done.run)


def bring_records(
    index: FactIndex,
    name: str,
    records: Sequence[tuple[str | None, Record]],
    policy: str,
    *,
    preview: bool,
    left: Sequence[str],
    report: Report,
    cancel: Cancel,
) -> Imported:
    """Bring records, each with the name of its scope."""
    import_facts.checked(policy)

    def put(writing: Writing, plans: list[Plan]) -> Imported:
        coming = _Coming()
        _put_plans(writing, plans, coming, report)
        scopes = [plan.collection for plan in plans if plan.collection is not None]
        return replace(_done(name, plans, coming, left), collections=tuple(scopes))

    return _carried_out(
        index, name, lambda step: _plans(index, records, policy, step), put, preview=preview,
        cancel=cancel,
    )  # fmt: skip
