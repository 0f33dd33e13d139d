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
            return _Bundle(index, writing, reading, collection, report).take(plans)

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


def _read_sources(reading: Reading) -> Iterator[_Source]:
    for number, record in enumerate(reading.lines("sources.jsonl")):
        content = None
        if record["original"] is not None:
            content = reading.blob(f"{bundle.ORIGINALS}{Original(**record['original']).hash}")
        yield _Source(number, record, content)


@dataclass(slots=True)
class _Bundle:
    """A bundle on its way in, all of it into one `collection` where that is named.

    `fresh` are the records of sources that are new, by their places in the bundle; `places` says
    where the statements of a source begin.
    """

    index: FactIndex
    writing: Writing
    reading: Reading
    collection: str | None
    report: Report
    coming: _Coming = field(default_factory=_Coming)
    fresh: dict[int, Record] = field(default_factory=dict)
    places: dict[int, dict[int, int]] = field(default_factory=dict)

    def take(self, plans: Sequence[Plan]) -> Imported:
        """Bring all of it in."""
        coming = self.coming
        if self.collection is not None:
            _make(self.writing, self.collection, coming)
        else:
            self._each("collections.jsonl", self._put_collections)
        self._take_sources()
        for plan in plans:
            placed = [_placed(record, coming.sources) for record in plan.notes]
            plan.notes = [record for record in placed if record is not None]
        _put_plans(self.writing, plans, coming, self.report)
        self._take_statements(plans)
        self._each("concepts.jsonl", self._put_concepts)
        self._each("words.jsonl", self._put_words)
        keep = "concept keeps the name it has" if coming.named == 1 else "concepts keep their names"
        left = (f"{coming.named} {keep} here.",) if coming.named else ()
        return _done(self.reading.name, plans, coming, left)

    def _each(
        self, name: str, put: Callable[[sqlite3.Connection, Part, Sequence[Any]], object]
    ) -> None:
        each(self.writing, list(self.reading.lines(name)), put)

    def _put_collections(
        self, connection: sqlite3.Connection, part: Part, some: Sequence[Record]
    ) -> None:
        for record in some:
            before = len(self.coming.made)
            scope = _scope(connection, record["name"], part, self.coming)
            if len(self.coming.made) == before:
                continue
            created = float(record["created"])
            connection.execute("UPDATE collection SET created = ? WHERE id = ?", (created, scope))
            if record["most"] is not None:
                capacity.put(connection, scope, int(record["most"]))
            if record.get("project") is not None:
                projects.put_plain(connection, scope, record["project"])

    # -- sources --------------------------------------------------------------------------------

    def _take_sources(self) -> None:
        for batch in _batches(_read_sources(self.reading), lambda one: one.size, _BYTES):
            self.writing.write(self._put_sources, batch)
        for texts in _batches(self._sections(), lambda one: len(one["text"]), _CHARACTERS):
            self.writing.write(self._put_sections, texts)
        each(self.writing, list(self.fresh.items()), self._finish)

    def _put_sources(
        self, connection: sqlite3.Connection, part: Part, some: Sequence[_Source]
    ) -> None:
        for one in some:
            self._put_source(connection, part, one)

    def _put_source(self, connection: sqlite3.Connection, part: Part, one: _Source) -> None:
        record, coming = one.record, self.coming
        id = sources.id_by_hash(connection, record["hash"])
        if id is None:
            id = source_records.insert(connection, record)
            self.fresh[one.number] = record
            part.sources.append(id)
            coming.new.add(id)
        else:
            since = sources.trashed(connection, id)
            if since is not None:
                part.trashed.append([id, since])
                sources.restore(connection, [id])
        coming.sources[one.number] = id
        into = record["collections"] if self.collection is None else [self.collection]
        for scope in [_scope(connection, name, part, coming) for name in into]:
            cursor = connection.execute(
                "INSERT INTO membership(collection, source) VALUES (?, ?) ON CONFLICT DO NOTHING",
                (scope, id),
            )
            if cursor.rowcount and id not in coming.new:
                part.members.append([scope, id])
        new = source_records.tag(connection, id, record["tags"])
        if id not in coming.new:
            part.tags += [[id, fold] for fold in new]
        if one.number in self.fresh and one.content is not None:
            original = Original(**record["original"])
            size, digest = len(one.content), kept_originals.digest(one.content)
            if (digest, size) != (original.hash, original.size):
                raise ValueError("another file is kept")
            kept_originals.put(connection, original, one.content)
            kept_originals.attach(connection, id, original.hash)

    def _sections(self) -> Iterator[Record]:
        """The sections of new sources. Raises `ValueError` where one is missing."""
        total = self.reading.count("sources.jsonl")
        at, ordinal, end = -1, 0, 0
        for record in self.reading.lines("sections.jsonl"):
            number = record["source"]
            if number != at:
                self.report(Progress("importing", number, total, "sources"))
                at, ordinal, end = number, 0, 0
            follows = (record["ordinal"], record["start"]) == (ordinal, end)
            if number not in self.coming.sources or not follows:
                raise ValueError("a section is missing")
            ordinal, end = ordinal + 1, end + len(record["text"])
            if number in self.fresh:
                yield record

    def _put_sections(
        self, connection: sqlite3.Connection, _: Part, some: Sequence[Record]
    ) -> None:
        for record in some:
            source = self.coming.sources[record["source"]]
            self.coming.statements += source_records.append(connection, source, record)

    def _finish(
        self, connection: sqlite3.Connection, _: Part, some: Sequence[tuple[int, Record]]
    ) -> None:
        for number, record in some:
            source_records.finish(connection, self.coming.sources[number], record)

    # -- beside them ----------------------------------------------------------------------------

    def _take_statements(self, plans: Sequence[Plan]) -> None:
        """What is noted beside statements of new sources, and links."""
        with self.index.store.read() as reader:
            beside = Beside(reader)

        def note(connection: sqlite3.Connection, _: Part, some: Sequence[Record]) -> None:
            for record in some:
                id = self._statement(connection, record["of"])
                if id is not None:
                    beside.put(connection, id, record["beside"], besides=exported_facts.LOCAL)

        moved = {number: id for plan in plans for number, id in plan.done.moved.items()}
        fresh = {id for plan in plans for id in plan.done.new}

        def join(connection: sqlite3.Connection, _: Part, some: Sequence[Link]) -> None:
            chosen = []
            for a, b, *rest in some:
                ends = [
                    self._statement(connection, ref) if isinstance(ref, str) else moved.get(ref)
                    for ref in (a, b)
                ]
                known = [id for id in ends if id is not None]
                told_here = isinstance(a, str) or isinstance(b, str) or bool(set(known) & fresh)
                if len(known) == 2 and told_here:
                    chosen.append([*known, *rest])
            import_facts.put_links(connection, chosen)

        self._each("strengths.jsonl", note)
        self._each("links.jsonl", join)

    def _statement(self, connection: sqlite3.Connection, ref: str) -> int | None:
        number, start = (int(each) for each in ref[1:].split(":"))
        source = self.coming.sources[number]
        if source not in self.places:
            self.places[source] = source_records.at(connection, source)
        return self.places[source].get(start) if source in self.coming.new else None

    def _put_concepts(
        self, connection: sqlite3.Connection, part: Part, some: Sequence[Record]
    ) -> None:
        for record in some:
            id = manual_edits.add_concept(connection, record)
            if id is not None:
                part.concepts.append(id)
                self.coming.concepts += 1
            else:
                self.coming.named += not manual_edits.is_called_so(connection, record)

    @staticmethod
    def _put_words(connection: sqlite3.Connection, part: Part, some: Sequence[Any]) -> None:
        for word, count, vector in some:
            if manual_edits.add_word(connection, word, count, vector):
                part.words.append(word)


def _placed(record: Record, sources: Mapping[int, int]) -> Record | None:
    """A note; a highlight with its source as it is numbered here, None where that did not come."""
    if record["kind"] != highlights.KIND:
        return record
    at = highlights.anchor(record["key"].removeprefix("s"))
    if not record["key"].startswith("s") or at.source not in sources:
        return None
    return {**record, "key": replace(at, source=sources[at.source]).key}


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
