"""Formats of export and import: writes a target, detects and reads a file."""

import contextlib
import json
import re
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from workbench import paths, permissions
from workbench.errors import InputError, NotFoundError, UsageError
from workbench.jobs import Cancel, Report
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.marking import KINDS, NOTE_KINDS
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.notes import notes
from workbench.memory.plasticity import DEFAULTS
from workbench.memory.sharing import (
    anki,
    cortex,
    exporting,
    graphml,
    importing,
    neural_memory,
    neuron_db,
    neurram,
    note_folder,
    redis_dump,
    tables,
)
from workbench.memory.sharing.importing import Batch
from workbench.memory.sharing.records import (
    FORMATS,
    Exported,
    ExportOptions,
    Imported,
    ImportOptions,
)
from workbench.store import bundle, leftovers, marks, names, tags
from workbench.store.exported import Record
from workbench.store.notes import HIGHLIGHT
from workbench.store.strengths import COACTIVATION

_UNNAMEABLE = re.compile(r"[^\w\- ]+")
_MAX_TEXT = 20_000
#: Suffixes of files that are read as lines of facts.
_READ = (".jsonl", ".ndjson", ".json", graphml.SUFFIX)
#: The first bytes of SQLite databases, and the suffixes of those of other memories.
_DATABASE = b"SQLite format 3\0"
_DATABASES = (".db", ".sqlite", ".sqlite3")
#: Maximum problems that are listed.
_LISTED_PROBLEMS = 20
#: Errors of parsing what is no record.
_NONSENSE = (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError)


def export(
    index: FactIndex,
    concepts: ConceptGraph,
    target: Path,
    options: ExportOptions,
    report: Report,
    cancel: Cancel,
) -> Exported:
    """Export a selection to `target`; see `Library.export`."""
    format, collection, memories = options.format, options.collection, options.memories
    if format not in FORMATS:
        raise UsageError(f"There is no format “{format}”.", f"Choose one of: {', '.join(FORMATS)}.")
    if collection is not None and not (options.sources is memories is None):
        raise UsageError("A collection, or a selection?", "Name one of the two.")
    target = paths.absolute(target)
    index.strengths.flush()
    with index.store.read() as connection:
        selection = exporting.select(connection, collection, options.sources, memories)
    if format == "bundle":
        with bundle.unwritable(target):
            name = _name(index, selection.collection)
            return exporting.write_bundle(index, _file(target, name), selection, report, cancel)
    if format == "anki":
        name = selection.collection or (index.store.path.stem if index.store.path else "library")
        file = _file(target, f"{_plain(name)}{anki.SUFFIX}")
        cards = anki.write(index, file, name, selection, cancel)
        return Exported(file, format, (file.name,), 0, 0, 0, len(cards), 0, file.stat().st_size)
    if format == "markdown":
        return note_folder.export(index, concepts, target, selection, report, cancel)
    if format == "graphml" and selection.kind == "selection":
        raise UsageError(
            "Concepts are those of a library or a collection.", "Name a collection, or nothing."
        )
    with _folder(target) as part, index.store.read() as connection:
        if format == "graphml":
            number, _ = graphml.write(
                concepts, part / "concepts.graphml", collection, report, cancel
            )
            tables_written = tables.TableCounts(["concepts.graphml"])
        else:
            number = 0
            tables_written = tables.write(connection, part, format, selection, report, cancel)
        size = sum(file.stat().st_size for file in part.iterdir())
    return Exported(
        target, format, tuple(tables_written.files), tables_written.sources,
        tables_written.statements, tables_written.facts, tables_written.notes,
        number, size,
    )  # fmt: skip


def _name(index: FactIndex, collection: str | None) -> str:
    path = index.store.path
    name = collection or (path.stem if path is not None else "library")
    return f"{_plain(name)}-{time.strftime('%Y-%m-%d')}{bundle.SUFFIX}"


def _plain(name: str) -> str:
    return " ".join(_UNNAMEABLE.sub(" ", name).split())[:60] or "library"


def _file(target: Path, name: str) -> Path:
    """The path of a bundle: a name with a suffix, or inside a folder, created if necessary."""
    if target.is_dir():
        return target / name
    if target.suffix or target.exists():
        return target
    if not target.parent.is_dir():
        raise NotFoundError(f"The folder “{target.parent}” does not exist.", "Make it first.")
    permissions.folder(target)
    return target / name


@contextlib.contextmanager
def _folder(target: Path) -> Iterator[Path]:
    """A temporary folder that is renamed to `target` at the end of the block."""
    with bundle.unwritable(target):
        if target.is_symlink() or (target.exists() and not target.is_dir()):
            raise UsageError(f"“{target.name}” is a file.", "Choose another name.")
        if target.is_dir() and any(target.iterdir()):
            raise UsageError(
                f"The folder “{target.name}” is not empty; it was not touched.",
                "Choose another name.",
            )
        if not target.parent.is_dir():
            raise NotFoundError(f"The folder “{target.parent}” does not exist.", "Make it first.")
        # A unique name, since a crashed or concurrent export may have left one.
        leftovers.sweep(target.parent)
        with leftovers.folder(target.parent, leftovers.part_prefix(target), ".part") as part:
            yield part
            if target.is_dir():
                target.rmdir()
            part.rename(target)


def import_(
    index: FactIndex,
    path: Path,
    options: ImportOptions,
    report: Report,
    cancel: Cancel,
) -> Imported:
    """Import a bundle, JSON Lines, or the file of another memory; see `Library.import_`."""
    path = _resolve(paths.absolute(path))
    lines = path.suffix.lower() in _READ and path.stat().st_size
    if lines or path.name == cortex.LOG or _is_database(path) or _is_dump(path):
        batch = _batch(path, options.collection, index.store.clock(), cancel)
        return importing.import_records(index, path.name, batch, options, report, cancel)
    return importing.import_bundle(index, path, options, report, cancel)


def _resolve(path: Path) -> Path:
    try:
        if not path.exists():
            raise NotFoundError(f"There is no file “{path}”.", "Check the name.")
        if path.is_dir():
            globs = (f"*{bundle.SUFFIX}", "facts.jsonl", f"*{graphml.SUFFIX}")
            inside = next(filter(None, (sorted(path.glob(pattern)) for pattern in globs)), [])
            if len(inside) != 1:
                raise InputError(
                    f"In the folder “{path.name}” is no single bundle.", "Name the file itself."
                )
            return inside[0]
    except OSError as error:
        raise InputError(
            f"“{path.name}” could not be looked at ({error.strerror}).", "Check its name."
        ) from error
    return path


def _is_database(path: Path) -> bool:
    return path.suffix.lower() in _DATABASES and _head(path) == _DATABASE


def _is_dump(path: Path) -> bool:
    return _head(path).startswith(redis_dump.HEAD)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(len(_DATABASE))
    except OSError:
        return b""


def _database_lines(path: Path, left: list[str]) -> Iterator[str]:
    """Yield the lines of another memory's SQLite database. Raises `InputError`."""
    # Immutable unless it is open elsewhere, so that no file is created beside it.
    log = path.with_name(f"{path.name}-wal")
    options = "" if log.exists() else "&immutable=1"
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro{options}", uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            tables = {name for (name,) in rows}
            for wanted, read in (
                (neuron_db.TABLES, neuron_db.lines),
                (neural_memory.TABLES, neural_memory.database_lines),
                ({cortex.TABLE}, cortex.database_lines),
            ):
                if wanted <= tables:
                    yield from read(connection, left)
                    return
    except (sqlite3.DatabaseError, *_NONSENSE) as error:
        raise _another(path) from error
    raise _another(path)


def _another(path: Path) -> InputError:
    return InputError(
        f"“{path.name}” is not a file of neuron-db, NeuralMemory or Cortex, or damaged.",
        "Check the name.",
    )


@contextlib.contextmanager
def _read(path: Path, left: list[str]) -> Iterator[Iterable[str]]:
    """Yield the lines of a file of any supported format; problems are added to `left`."""
    if _is_database(path):
        yield _database_lines(path, left)
        return
    if _is_dump(path):
        yield neurram.lines(path, left)
        return
    if path.suffix.lower() == graphml.SUFFIX:
        yield graphml.lines(path, left)
        return
    try:
        with path.open(encoding="utf-8-sig") as stream:
            if path.name == cortex.LOG:
                yield cortex.lines(stream, left)
            elif path.suffix.lower() == ".json":
                yield neural_memory.lines(stream, left)
            else:
                yield stream
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"“{path.name}” could not be read as text.", "Save it as UTF-8."
        ) from error


def _batch(path: Path, collection: str | None, timestamp: float, cancel: Cancel) -> Batch:
    """The facts and notes of a file, their links and projects, and what could not be read."""
    batch = Batch()
    left, records = batch.left, list[tuple[str | None, Record]]()
    projects: dict[str, Record] = {}
    problems: list[str] = []
    source_statements = 0
    with _read(path, left) as lines:
        for number, text in enumerate(lines, 1):
            cancel.check()
            if not text.strip():
                continue
            try:
                line = json.loads(text)
                record = _record(line, timestamp, number)
                project = _project(line, timestamp)
                links = [
                    [number, int(other), COACTIVATION, float(weight), timestamp]
                    for other, weight in line.get("links") or ()
                ]
            except (*_NONSENSE, UsageError):
                problems.append(f"Line {number} is no fact or note.")
                continue
            if record is None:
                source_statements += 1
                continue
            name = record.pop("collection", None) if collection is None else collection
            records.append((name, record))
            batch.links.extend(links)
            if project is not None:
                projects[project["name"]] = project
    batch.records, batch.projects = records, list(projects.values())
    if source_statements:
        clause = (
            "statement of a source was" if source_statements == 1 else "statements of sources were"
        )
        problems.append(f"{source_statements} {clause} left out: a bundle brings sources.")
    if not records:
        raise InputError(
            f"In “{path.name}” is no fact or note.",
            'A line reads {"text": "my plan is pro", "collection": "work"}.',
            "empty",
        )
    left.extend(problems[:_LISTED_PROBLEMS])
    if len(problems) > _LISTED_PROBLEMS:
        left.append(f"{len(problems) - _LISTED_PROBLEMS} more lines were left out.")
    return batch


def _record(line: Any, timestamp: float, number: int) -> Record | None:
    """A fact or note, as exported or handwritten; None if it depends on a source."""
    if (line.get("kind") == "statement" and "source" in line) or line.get("kind") == HIGHLIGHT:
        return None
    if "beside" in line:
        record: Record = {"collection": None, **line, "id": number}
        importing.checked_record(record)
        return record
    kind = line.get("kind", "fact")
    told = _time(line.get("told"), timestamp)
    common = {
        "id": number, "told": told, "beside": _beside(line, kind, told),
        "collection": line.get("collection") or None,
    }  # fmt: skip
    if kind in NOTE_KINDS:
        note = notes.new_note(kind, line["text"], line.get("name"))
        record = {
            "kind": kind, "key": note.key, "name": note.name, "text": note.text, "changed": told,
            "intensity": note.intensity and float(line.get("intensity", note.intensity)), **common,
        }  # fmt: skip
        importing.checked_record(record)
        return record
    text = " ".join(line["text"].split())
    if not text or len(text) > _MAX_TEXT or kind not in KINDS:
        raise ValueError("no fact")
    sources = line.get("sources") or [line.get("source") or ""]
    record = {
        "kind": "fact", "text": text, "at": _time(line.get("at"), told),
        "by": [[str(name), told] for name in sources], **common,
    }  # fmt: skip
    importing.checked_record(record)
    return record


def _beside(line: Any, kind: str, told: float) -> dict[str, list[dict[str, Any]]]:
    """What is noted beside the words of a line: its mark, labels, and strength."""
    priority, expires, trust = (line.get(name) for name in ("priority", "expires", "trust"))
    mark: dict[str, Any] = {
        "kind": kind,
        "priority": None if priority is None else int(priority),
        "expires": None if expires is None else _time(expires, told),
        "trust": None if trust is None else float(trust),
    }
    if mark["priority"] is not None and not 0 <= mark["priority"] <= 10:
        raise ValueError("no priority")
    if mark["trust"] is not None and not 0 <= mark["trust"] <= 1:
        raise ValueError("no trust")
    label = [
        {"kind": "tag", "fold": tags.fold(name), "name": name}
        for name in marks.plain(line.get("tags") or ())
    ]
    if line.get("project"):
        name = names.givable(line["project"]["name"])
        label.append({"kind": "project", "fold": name, "name": name})
    plain = kind == "fact" and mark["priority"] is mark["expires"] is mark["trust"] is None
    beside: dict[str, list[dict[str, Any]]] = {"mark": [] if plain else [mark], "label": label}
    if line.get("strength"):
        usual = {
            "weight": 1.0, "used": told, "uses": 0, "stability": DEFAULTS.stability,
            "salience": DEFAULTS.salience, "pinned": 0, "came": told,
        }  # fmt: skip
        beside["strength"] = [{**usual, **line["strength"]}]
    return beside


def _project(line: Any, timestamp: float) -> Record | None:
    """The project of a line as `projects.plain` has it, with its name."""
    project = line.get("project")
    if not project:
        return None
    ends = project.get("ends")
    return {
        "name": names.givable(project["name"]),
        "starts": _time(project.get("starts"), timestamp),
        "ends": None if ends is None else _time(ends, timestamp),
        "description": str(project.get("description") or ""),
        "tags": [str(tag) for tag in project.get("tags") or ()],
    }


def _time(value: Any, default: float) -> float:
    if value is None:
        return default
    if isinstance(value, str):
        return datetime.fromisoformat(value).timestamp()
    return float(value)
