"""Exports a library, a collection or a selection as a bundle.

A bundle has sources with their text and stored originals, facts and notes with all annotations,
links, and the concepts that the user edited. Memories are renumbered, so that equal content gives
equal bytes. It excludes the trash, the queue, questions, versions, local file paths, and the vault.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.errors import NotFoundError
from workbench.jobs import Cancel, Progress, Report
from workbench.memory.facts.index import FactIndex
from workbench.memory.sharing.import_facts import portable
from workbench.memory.sharing.records import Exported
from workbench.store import bundle, collections, exported, facts, kept_originals, notes
from workbench.store import sources as catalogue
from workbench.store.bundle import Writing
from workbench.store.exported import Annotations, Record
from workbench.store.strengths import COACTIVATION

#: A reference to a statement of a source: the source's position in the bundle, and its start.
Ref = str | int


@dataclass(frozen=True, slots=True)
class Selection:
    """What to export: a collection, these sources and memories, or all.

    `scopes` are (name, id), the library's own first.
    """

    scopes: tuple[tuple[str | None, int], ...]
    sources: tuple[int, ...]
    memories: frozenset[int] | None
    collection: str | None
    is_complete: bool

    @property
    def kind(self) -> str:
        """library, collection or selection."""
        if self.is_complete:
            return "library"
        return "selection" if self.collection is None else "collection"


def select(
    connection: sqlite3.Connection,
    collection: str | None,
    sources: Sequence[int] | None,
    memories: Sequence[int] | None,
) -> Selection:
    """Resolve a selection. Raises `NotFoundError` if part of it does not exist."""
    scopes_by_name = [
        (row.name, row.id)
        for row in sorted(
            collections.all_collections(connection), key=lambda row: (row.name.casefold(), row.name)
        )
    ]
    if sources is not None or memories is not None:
        catalogue.check_all(connection, sources or ())
        existing = exported.by_ids(connection, list(memories or ()))
        missing = next((id for id in memories or () if id not in existing), None)
        if missing is not None:
            raise NotFoundError(
                f"There is no fact or note {missing}.", "See `workbench list memories --json`."
            )
        source_ids = exported.selected(connection, None, list(sources or ()))
        scopes = [(None, facts.OWN), *scopes_by_name] if memories else []
        return Selection(
            tuple(scopes), tuple(source_ids), frozenset(memories or ()), None, is_complete=False
        )
    if collection is not None:
        row = collections.by_name(connection, collection)
        ids = exported.selected(connection, row.id, None)
        return Selection(((row.name, row.id),), tuple(ids), None, row.name, is_complete=False)
    ids = exported.selected(connection, None, None)
    return Selection(((None, facts.OWN), *scopes_by_name), tuple(ids), None, None, is_complete=True)


def memories(
    connection: sqlite3.Connection, selection: Selection
) -> Iterator[tuple[str | None, Record]]:
    """Yield the facts, then the notes of each scope, with its name."""
    for name, scope in selection.scopes:
        notes = []
        for record in exported.of_scope(connection, scope, selection.memories):
            if record["kind"] == "fact":
                yield name, record
            else:
                notes.append(record)
        yield from ((name, note) for note in notes)


def write_bundle(
    index: FactIndex, target: Path, selection: Selection, report: Report, cancel: Cancel
) -> Exported:
    """Write a bundle to the new file `target`, atomically."""
    with index.store.read() as connection:
        head = {
            "library": index.store.id,
            "made": index.store.clock(),
            "scope": selection.kind,
            "collection": selection.collection,
        }
        counts = {"facts": 0, "notes": 0}
        numbers: dict[int, int] = {}
        with bundle.write(target, head, cancel) as writing:
            writing.lines("collections.jsonl", _collections(connection, selection))
            ids = list(selection.sources)
            report(Progress("exporting", 0, len(ids), "sources"))
            collection = selection.collection
            writing.lines("sources.jsonl", exported.source_records(connection, ids, collection))
            writing.lines("sections.jsonl", _sections(connection, ids, report))
            for original in exported.originals(connection, ids):
                content = kept_originals.content(connection, original.hash)
                writing.blob(f"{bundle.ORIGINALS}{original.hash}", content)

            places = {id: place for place, id in enumerate(ids)}

            def memory_lines() -> Iterator[Record]:
                for name, original in memories(connection, selection):
                    record = (
                        original
                        if original["kind"] != notes.HIGHLIGHT
                        else _renumber(original, places)
                    )
                    if record is None:
                        continue
                    numbers[record["id"]] = number = len(numbers) + 1
                    counts["facts" if record["kind"] == "fact" else "notes"] += 1
                    yield {**portable(record), "id": number, "collection": name}

            writing.lines("facts.jsonl", memory_lines())
            report(Progress("exporting", 1, 2, "links"))
            _links(connection, writing, ids, numbers)
            concepts = 0
            if selection.is_complete:
                concepts = writing.lines("concepts.jsonl", exported.concepts(connection))
                writing.lines("words.jsonl", exported.words(connection))
        statements = connection.execute(
            "SELECT coalesce(sum(engrams), 0) FROM source "
            "WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(ids),),
        ).fetchone()[0]
    return Exported(
        target, "bundle", (target.name,), len(ids), statements, counts["facts"], counts["notes"],
        concepts, target.stat().st_size,
    )  # fmt: skip


def _renumber(record: Record, places: Mapping[int, int]) -> Record | None:
    """A highlight with its source's position in the bundle; None if that is not in it."""
    at = notes.anchor_of(record["key"])
    if at.source not in places:
        return None
    return {**record, "key": f"s{replace(at, source=places[at.source]).key}"}


def _collections(connection: sqlite3.Connection, selection: Selection) -> Iterator[Record]:
    for name, scope in selection.scopes:
        if selection.memories is not None:
            return
        created = connection.execute(
            "SELECT created FROM collection WHERE id = ?", (scope,)
        ).fetchone()
        limit = facts.capacity_of(connection, scope).maximum
        if name is not None or limit is not None:
            project = collections.project_named(connection, name)
            yield {
                "name": name,
                "created": created and created[0],
                "most": limit,
                **({} if project is None else {"project": collections.plain_project(project)}),
            }


def _sections(
    connection: sqlite3.Connection, ids: Sequence[int], report: Report
) -> Iterator[Record]:
    current = -1
    for record in exported.section_records(connection, ids):
        if record["source"] != current:
            current = record["source"]
            report(Progress("exporting", current, len(ids), "sources"))
        yield record


def _links(
    connection: sqlite3.Connection,
    writing: Writing,
    sources: Sequence[int],
    numbers: dict[int, int],
) -> None:
    """Write annotations of sentences, and the links between exported items."""
    statements = {id: ref for id, ref in _linked_statements(connection, sources)}
    annotations = Annotations(connection).of(connection, list(statements))
    writing.lines(
        "strengths.jsonl",
        (
            {"of": ref, "beside": portable({"beside": annotations[id]})["beside"]}
            for id, ref in statements.items()
            if id in annotations
        ),
    )
    refs: dict[int, Ref] = {**statements, **numbers}
    rows = []
    for a, b, kind, weight, used in connection.execute("SELECT a, b, kind, weight, used FROM link"):
        if a in refs and b in refs:
            ends = [refs[a], refs[b]]
            if kind == COACTIVATION:
                ends.sort(key=_order)
            rows.append([*ends, kind, weight, used])
    rows.sort(key=lambda link: (_order(link[0]), _order(link[1]), link[2]))
    writing.lines("links.jsonl", rows)


def _order(ref: Ref) -> tuple[int, int, int]:
    if isinstance(ref, int):
        return 0, ref, 0
    source, start = ref[1:].split(":")
    return 1, int(source), int(start)


def _linked_statements(
    connection: sqlite3.Connection, sources: Sequence[int]
) -> Iterator[tuple[int, Ref]]:
    """Yield the sentences of sources with annotations or links."""
    tables = [
        f'SELECT "{owner}" AS id FROM "{table}"'
        for table, (owner, _) in Annotations(connection).tables.items()
    ]
    union = " UNION ".join([*tables, "SELECT a FROM link", "SELECT b FROM link"])
    for number, source in enumerate(sources):
        for id, start in connection.execute(
            "SELECT e.id, e.start FROM extent x JOIN engram e ON e.id BETWEEN x.first AND x.last "
            f"WHERE x.source = ? AND e.id IN ({union}) ORDER BY e.id",
            (source,),
        ).fetchall():
            yield id, f"s{number}:{start}"
