"""Imports memories and bundles in slices, all or nothing (`runs`).

Existing items are not duplicated: sources are identified by content hash, facts by text and dates,
notes by key. A preview runs in one transaction that is rolled back.
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
from workbench.memory.sharing.import_facts import ImportTarget, Plan
from workbench.memory.sharing.records import Imported, ImportOptions, Merged
from workbench.memory.sharing.runs import Part, Previewing, Run, Writing, write_portions
from workbench.store import (
    bundle,
    collections,
    exported,
    facts,
    kept_originals,
    names,
    notes,
    sources,
)
from workbench.store.bundle import Reading
from workbench.store.exported import Annotations, Link, Record
from workbench.store.kept_originals import Original

T = TypeVar("T")

#: Errors of reading an intact bundle that disagrees with its manifest.
_NONSENSE = (
    KeyError, ValueError, TypeError, IndexError, AttributeError, OverflowError,
    sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError, sqlite3.DataError,
)  # fmt: skip
#: Characters of text, and bytes of files, per slice.
_CHARACTERS, _BYTES = 32_000, 4 << 20
#: The overhead of a row, in both units.
_ROW = 1000


class _PreviewEndsError(Exception):
    """Ends the transaction of a preview, with its result."""

    def __init__(self, result: Imported) -> None:
        super().__init__()
        self.result = result


@dataclass(slots=True)
class _Progress:
    """The progress so far: `sources` maps positions in the bundle to local ids."""

    sources: dict[int, int] = field(default_factory=dict)
    new: set[int] = field(default_factory=set)
    statements: int = 0
    new_collections: list[str] = field(default_factory=list)
    concepts: int = 0
    #: Concepts with other names here.
    renamed: int = 0


def _imported(
    index: FactIndex,
    name: str,
    records: Iterable[tuple[str | None, Record]],
    store: Callable[[Writing, list[Plan]], Imported],
    options: ImportOptions,
    cancel: Cancel,
) -> Imported:
    """Plan the import of records, each with the name of its scope, and `store` the plans."""
    import_facts.checked(options.policy)
    index.strengths.flush()
    with Run(index.store, name, cancel) as run, contextlib.ExitStack() as ends:
        # Nothing that is read becomes garbage before the end, and scanning it repeatedly takes
        # longer than parsing.
        ends.callback(gc.unfreeze)

        def step() -> None:
            run.renew()
            gc.freeze()

        plans = _plans(index, records, options.policy, step)
        if not options.preview:
            return replace(store(run, plans), run=run.finish())

        def work(connection: sqlite3.Connection) -> NoReturn:
            raise _PreviewEndsError(store(Previewing(connection, cancel), plans))

        try:
            index.store.write(work)
        except _PreviewEndsError as preview_end:
            return replace(preview_end.result, preview=True)


def _plans(
    index: FactIndex,
    records: Iterable[tuple[str | None, Record]],
    policy: str,
    step: Callable[[], None],
) -> list[Plan]:
    """Plan the import of records, each with the name of its scope."""
    by_scope: dict[str | None, list[Record]] = {}
    for number, (name, record) in enumerate(records, 1):
        by_scope.setdefault(name, []).append(record)
        if number % 2048 == 0:
            step()
    with index.store.read() as connection:
        meanwhile = Meanwhile(facts.revision(connection).newest)
    return [
        import_facts.plan(index, name, scope_records, policy, meanwhile, step)
        for name, scope_records in by_scope.items()
    ]


def _store_plans(writing: Writing, plans: Sequence[Plan], state: _Progress, report: Report) -> None:
    total = sum(len(plan.facts) + len(plan.notes) for plan in plans)
    number = 0
    for plan in plans:
        for places in writing.portions(range(len(plan.facts))):
            report(Progress("importing", number, total, "memories"))
            with plan.index.store.read() as connection:
                plan.meanwhile.refresh(connection)
            writing.write(partial(_facts, plan, state), places)
            number += len(places)
        for records in writing.portions(plan.notes):
            report(Progress("importing", number, total, "memories"))
            writing.write(partial(_notes, plan, state), records)
            number += len(records)


def _facts(
    plan: Plan, state: _Progress, connection: sqlite3.Connection, part: Part, places: Sequence[int]
) -> None:
    scope = _scope(connection, plan.collection, part, state)
    import_facts.store_facts(plan, ImportTarget(connection, scope, part), places)


def _notes(
    plan: Plan,
    state: _Progress,
    connection: sqlite3.Connection,
    part: Part,
    records: Sequence[Record],
) -> None:
    target = ImportTarget(connection, _scope(connection, plan.collection, part, state), part)
    for record in records:
        import_facts.store_note(plan, target, record)


def _scope(connection: sqlite3.Connection, name: str | None, part: Part, state: _Progress) -> int:
    """The scope of that name, created if necessary."""
    scope = facts.scope_id(connection, name)
    if scope is None:
        assert name is not None
        part.collections.append(names.givable(name))
        state.new_collections.append(names.givable(name))
        scope = collections.scope(connection, name)
    return scope


def _make(writing: Writing, name: str | None, state: _Progress) -> None:
    """Ensure that a scope of that name exists."""
    writing.write(lambda connection, part, _: _scope(connection, name, part, state), None)


def _to_imported(
    name: str, plans: Sequence[Plan], state: _Progress, left: tuple[str, ...] = ()
) -> Imported:
    results = [plan.result for plan in plans]
    touched = [
        plan.collection for plan in plans if plan.collection is not None and plan.result.changed
    ]
    return Imported(
        name=name,
        preview=False,
        sources=len(state.new),
        known_sources=len(state.sources) - len(state.new),
        statements=state.statements,
        added=sum(result.added for result in results),
        known=sum(result.duplicates for result in results),
        concepts=state.concepts,
        collections=tuple(dict.fromkeys([*state.new_collections, *touched])),
        conflicts=tuple(conflict for result in results for conflict in result.conflicts),
        left=left,
    )


# -- bundles ---------------------------------------------------------------------------------------


def import_bundle(
    index: FactIndex,
    path: Path,
    options: ImportOptions,
    report: Report,
    cancel: Cancel,
) -> Imported:
    """Import a bundle."""
    collection = options.collection
    with bundle.read(path, report, cancel) as reading:

        def store(writing: Writing, plans: list[Plan]) -> Imported:
            return _Bundle(index, writing, reading, collection, report).take(plans)

        records = _memories(reading, collection, report)
        try:
            return _imported(index, reading.name, records, store, options, cancel)
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
        # A highlight belongs to the library's own scope, wherever its source goes.
        is_placed = collection is None or record["kind"] == notes.HIGHLIGHT
        yield record["collection"] if is_placed else collection, record


@dataclass(frozen=True, slots=True)
class _Source:
    """A source of a bundle: its position, record, and stored file."""

    number: int
    record: Record
    content: bytes | None

    @property
    def size(self) -> int:
        return len(self.content or b"")


def _batches(items: Iterable[T], size: Callable[[T], int], limit: int) -> Iterator[list[T]]:
    """Yield batches of items in order, at least one and about `limit` in total size."""
    batch: list[T] = []
    left = limit
    for item in items:
        batch.append(item)
        left -= size(item) + limit * _ROW // _CHARACTERS
        if left <= 0:
            yield batch
            batch, left = [], limit
    if batch:
        yield batch


def _read_sources(reading: Reading) -> Iterator[_Source]:
    for number, record in enumerate(reading.lines("sources.jsonl")):
        content = None
        if record["original"] is not None:
            content = reading.blob(f"{bundle.ORIGINALS}{Original(**record['original']).hash}")
        yield _Source(number, record, content)


@dataclass(slots=True)
class _Bundle:
    """Imports a bundle, all of it into one `collection` if given.

    `fresh` are the records of new sources by position; `places` are the starts of statements by
    source.
    """

    index: FactIndex
    writing: Writing
    reading: Reading
    collection: str | None
    report: Report
    state: _Progress = field(default_factory=_Progress)
    fresh: dict[int, Record] = field(default_factory=dict)
    places: dict[int, dict[int, int]] = field(default_factory=dict)

    def take(self, plans: Sequence[Plan]) -> Imported:
        """Import the whole bundle."""
        state = self.state
        if self.collection is not None:
            _make(self.writing, self.collection, state)
        else:
            self._import_lines("collections.jsonl", self._store_collections)
        self._take_sources()
        for plan in plans:
            renumbered = [_renumber(record, state.sources) for record in plan.notes]
            plan.notes = [record for record in renumbered if record is not None]
        _store_plans(self.writing, plans, state, self.report)
        self._take_statements(plans)
        self._import_lines("concepts.jsonl", self._store_concepts)
        self._import_lines("words.jsonl", self._store_words)
        clause = (
            "concept keeps the name it has" if state.renamed == 1 else "concepts keep their names"
        )
        left = (f"{state.renamed} {clause} here.",) if state.renamed else ()
        return _to_imported(self.reading.name, plans, state, left)

    def _import_lines(
        self, name: str, store: Callable[[sqlite3.Connection, Part, Sequence[Any]], object]
    ) -> None:
        write_portions(self.writing, list(self.reading.lines(name)), store)

    def _store_collections(
        self, connection: sqlite3.Connection, part: Part, records: Sequence[Record]
    ) -> None:
        for record in records:
            previous = len(self.state.new_collections)
            scope = _scope(connection, record["name"], part, self.state)
            if len(self.state.new_collections) == previous:
                continue
            created = float(record["created"])
            connection.execute("UPDATE collection SET created = ? WHERE id = ?", (created, scope))
            if record["most"] is not None:
                facts.set_maximum(connection, scope, int(record["most"]))
            if record.get("project") is not None:
                collections.store_plain_project(connection, scope, record["project"])

    # -- sources --------------------------------------------------------------------------------

    def _take_sources(self) -> None:
        for batch in _batches(_read_sources(self.reading), lambda source: source.size, _BYTES):
            self.writing.write(self._store_sources, batch)
        for texts in _batches(self._sections(), lambda section: len(section["text"]), _CHARACTERS):
            self.writing.write(self._store_sections, texts)
        write_portions(self.writing, list(self.fresh.items()), self._finish)

    def _store_sources(
        self, connection: sqlite3.Connection, part: Part, batch: Sequence[_Source]
    ) -> None:
        for source in batch:
            self._store_source(connection, part, source)

    def _store_source(self, connection: sqlite3.Connection, part: Part, source: _Source) -> None:
        record, state = source.record, self.state
        id = sources.id_by_hash(connection, record["hash"])
        if id is None:
            id = exported.insert_source(connection, record)
            self.fresh[source.number] = record
            part.sources.append(id)
            state.new.add(id)
        else:
            trashed_at = sources.trashed(connection, id)
            if trashed_at is not None:
                part.trashed.append([id, trashed_at])
                sources.restore(connection, [id])
        state.sources[source.number] = id
        collections_here = record["collections"] if self.collection is None else [self.collection]
        for scope in [_scope(connection, name, part, state) for name in collections_here]:
            cursor = connection.execute(
                "INSERT INTO membership(collection, source) VALUES (?, ?) ON CONFLICT DO NOTHING",
                (scope, id),
            )
            if cursor.rowcount and id not in state.new:
                part.members.append([scope, id])
        new = exported.tag_source(connection, id, record["tags"])
        if id not in state.new:
            part.tags += [[id, fold] for fold in new]
        if source.number in self.fresh and source.content is not None:
            original = Original(**record["original"])
            size, digest = len(source.content), kept_originals.digest(source.content)
            if (digest, size) != (original.hash, original.size):
                raise ValueError("another file is kept")
            kept_originals.store(connection, original, source.content)
            kept_originals.attach(connection, id, original.hash)

    def _sections(self) -> Iterator[Record]:
        """Yield the sections of new sources. Raises `ValueError` if one is missing."""
        total = self.reading.count("sources.jsonl")
        at, ordinal, end = -1, 0, 0
        for record in self.reading.lines("sections.jsonl"):
            number = record["source"]
            if number != at:
                self.report(Progress("importing", number, total, "sources"))
                at, ordinal, end = number, 0, 0
            follows = (record["ordinal"], record["start"]) == (ordinal, end)
            if number not in self.state.sources or not follows:
                raise ValueError("a section is missing")
            ordinal, end = ordinal + 1, end + len(record["text"])
            if number in self.fresh:
                yield record

    def _store_sections(
        self, connection: sqlite3.Connection, _: Part, records: Sequence[Record]
    ) -> None:
        for record in records:
            source = self.state.sources[record["source"]]
            self.state.statements += exported.append_section(connection, source, record)

    def _finish(
        self, connection: sqlite3.Connection, _: Part, records: Sequence[tuple[int, Record]]
    ) -> None:
        for number, record in records:
            exported.finish_source(connection, self.state.sources[number], record)

    # -- annotations and concepts ---------------------------------------------------------------

    def _take_statements(self, plans: Sequence[Plan]) -> None:
        """Import annotations of sentences of new sources, and links."""
        with self.index.store.read() as reader:
            annotations = Annotations(reader)

        def note(connection: sqlite3.Connection, _: Part, records: Sequence[Record]) -> None:
            for record in records:
                id = self._statement(connection, record["of"])
                if id is not None:
                    annotations.replace(connection, id, record["beside"])

        id_map = {number: id for plan in plans for number, id in plan.result.id_map.items()}
        fresh = {id for plan in plans for id in plan.result.new}

        def join(connection: sqlite3.Connection, _: Part, links: Sequence[Link]) -> None:
            resolved = []
            for a, b, *attributes in links:
                ends = [
                    self._statement(connection, ref) if isinstance(ref, str) else id_map.get(ref)
                    for ref in (a, b)
                ]
                ids = [id for id in ends if id is not None]
                is_new = isinstance(a, str) or isinstance(b, str) or bool(set(ids) & fresh)
                if len(ids) == 2 and is_new:
                    resolved.append([*ids, *attributes])
            import_facts.store_links(connection, resolved)

        self._import_lines("strengths.jsonl", note)
        self._import_lines("links.jsonl", join)

    def _statement(self, connection: sqlite3.Connection, ref: str) -> int | None:
        number, start = (int(part) for part in ref[1:].split(":"))
        source = self.state.sources[number]
        if source not in self.places:
            self.places[source] = exported.statements_at(connection, source)
        return self.places[source].get(start) if source in self.state.new else None

    def _store_concepts(
        self, connection: sqlite3.Connection, part: Part, records: Sequence[Record]
    ) -> None:
        for record in records:
            id = exported.add_concept(connection, record)
            if id is not None:
                part.concepts.append(id)
                self.state.concepts += 1
            else:
                self.state.renamed += not exported.is_same(connection, record)

    @staticmethod
    def _store_words(connection: sqlite3.Connection, part: Part, rows: Sequence[Any]) -> None:
        for word, count, vector in rows:
            if exported.add_word(connection, word, count, vector):
                part.words.append(word)


def _renumber(record: Record, sources: Mapping[int, int]) -> Record | None:
    """A note; a highlight with its source's local id, None if that was not imported."""
    if record["kind"] != notes.HIGHLIGHT:
        return record
    at = notes.anchor_of(record["key"].removeprefix("s"))
    if not record["key"].startswith("s") or at.source not in sources:
        return None
    return {**record, "key": replace(at, source=sources[at.source]).key}


def checked_record(record: Any) -> None:
    """Raise `ValueError` for an invalid record of a fact or note; obsolete names are updated."""
    texts = ("text", "kind") if record["kind"] == "fact" else ("text", "kind", "key", "name")
    times = ("told", "at") if record["kind"] == "fact" else ("told", "changed")
    sound = (
        record["kind"] in ("fact", "instruction", "stance", "variable", notes.HIGHLIGHT)
        and all(isinstance(record[name], str) for name in texts)
        and record["text"].strip() != ""
        and all(isinstance(record[name], float | int) for name in times)
        and isinstance(record["id"], int)
        and isinstance(record["beside"], dict)
        and isinstance(record["collection"], str | None)
    )
    if record["kind"] == "fact":
        sound = sound and all(
            isinstance(name, str) and isinstance(time, float | int) for name, time in record["by"]
        )
        sound = sound and len(record["by"]) > 0
    elif record["intensity"] is not None:
        sound = sound and isinstance(record["intensity"], float | int)
    if not sound:
        raise ValueError("no record")
    exported.modernise(record)


# -- merging scopes, and records -------------------------------------------------------------------


def merge_scopes(index: FactIndex, target: str | None, other: str | None, policy: str) -> Merged:
    """Copy the memories of one scope into another, created if necessary; the first is unchanged."""
    batch = Batch(scopes=[target])

    def records() -> Iterator[tuple[str | None, Record]]:
        with index.store.read() as connection:
            scope = facts.OWN if other is None else collections.by_name(connection, other).id
            if facts.scope_id(connection, target) == scope:
                raise UsageError("A collection cannot be merged into itself.", "Name two.")
            batch.links += exported.links(connection, scope)
            for record in exported.of_scope(connection, scope):
                yield target, import_facts.portable(record)

    batch.records = records()
    options = ImportOptions(None, policy, preview=False)
    result = import_records(index, other or "", batch, options, silent, Cancel())
    return Merged(result.added, result.known, result.conflicts, result.run)


@dataclass(slots=True)
class Batch:
    """Memories to import: `records`, each with the name of its scope, with their `links`.

    Links name records by their ids. `projects` are records as `projects.plain` makes them, with
    their names; `scopes` are made even if they stay empty; `left` are sentences on what could not
    be read.
    """

    records: Iterable[tuple[str | None, Record]] = ()
    links: list[Link] = field(default_factory=list)
    projects: list[Record] = field(default_factory=list)
    scopes: Sequence[str | None] = ()
    left: list[str] = field(default_factory=list)


def import_records(
    index: FactIndex,
    name: str,
    batch: Batch,
    options: ImportOptions,
    report: Report,
    cancel: Cancel,
) -> Imported:
    """Import memories without sources."""

    def store(writing: Writing, plans: list[Plan]) -> Imported:
        state = _Progress()
        for scope in batch.scopes:
            _make(writing, scope, state)
        for project in batch.projects:
            writing.write(partial(_store_project, state), project)
        _store_plans(writing, plans, state, report)
        for plan in plans if batch.links else ():
            write_portions(
                writing,
                import_facts.links(plan, batch.links),
                lambda connection, _, links: import_facts.store_links(connection, links),
            )
        imported = _to_imported(name, plans, state, tuple(batch.left))
        scopes = [plan.collection for plan in plans if plan.collection is not None]
        return replace(
            imported, collections=tuple(dict.fromkeys([*scopes, *state.new_collections]))
        )

    return _imported(index, name, batch.records, store, options, cancel)


def _store_project(
    state: _Progress, connection: sqlite3.Connection, part: Part, project: Record
) -> None:
    """Make a collection a project, unless it was one before."""
    scope = _scope(connection, project["name"], part, state)
    if collections.project_named(connection, project["name"]) is None:
        with part.recording(connection):
            collections.store_plain_project(connection, scope, project)
