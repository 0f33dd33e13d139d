"""Formats of export and import: writes a target, detects and reads a file."""

import contextlib
import json
import re
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from workbench import paths, permissions
from workbench.errors import InputError, NotFoundError, UsageError
from workbench.jobs import Cancel, Report
from workbench.memory.concepts.records import AssociationType
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.marking import KINDS
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.kinds import FAMILIES, kind_name, kind_words
from workbench.memory.sharing import (
    anki,
    exporting,
    graphml,
    importing,
    neuron_db,
    note_folder,
    tables,
)
from workbench.memory.sharing.records import (
    FORMATS,
    Exported,
    ExportOptions,
    Imported,
    ImportOptions,
)
from workbench.store import bundle, labels, leftovers, tags
from workbench.store.exported_facts import Record
from workbench.store.highlights import KIND as HIGHLIGHT

_UNNAMEABLE = re.compile(r"[^\w\- ]+")
_MAX_TEXT = 20_000
#: Suffixes of files that are read as lines of facts.
_READ = (".jsonl", ".ndjson", ".json", graphml.SUFFIX)
#: Maximum problems that are listed.
_LISTED_PROBLEMS = 20


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
        prefix = leftovers.part_prefix(target)
        part = Path(tempfile.mkdtemp(prefix=prefix, suffix=".part", dir=target.parent))
        try:
            yield part
            if target.is_dir():
                target.rmdir()
            part.rename(target)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise


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
    if lines or _is_database(path):
        records, left = _lines(path, options.collection, index.store.clock(), cancel)
        imported = importing.import_records(index, path.name, records, options, report, cancel)
        return replace(imported, left=tuple(left))
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
    if path.suffix.lower() not in (".db", ".sqlite", ".sqlite3"):
        return False
    try:
        with path.open("rb") as stream:
            return stream.read(len(neuron_db.HEAD)) == neuron_db.HEAD
    except OSError:
        return False


@contextlib.contextmanager
def _read(path: Path, left: list[str]) -> Iterator[Iterable[str]]:
    """Yield the lines of a file of any supported format; problems are added to `left`."""
    if _is_database(path):
        yield neuron_db.lines(path, left)
        return
    if path.suffix.lower() == graphml.SUFFIX:
        yield graphml.lines(path, left)
        return
    try:
        with path.open(encoding="utf-8-sig") as stream:
            yield _neural_memory(stream, left) if path.suffix.lower() == ".json" else stream
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"“{path.name}” could not be read as text.", "Save it as UTF-8."
        ) from error


def _lines(
    path: Path, collection: str | None, timestamp: float, cancel: Cancel
) -> tuple[list[tuple[str | None, Record]], list[str]]:
    """The facts and notes of JSON Lines, and the problems, as sentences."""
    records: list[tuple[str | None, Record]] = []
    left: list[str] = []
    source_statements = 0
    with _read(path, left) as lines:
        for number, line in enumerate(lines, 1):
            cancel.check()
            if not line.strip():
                continue
            try:
                record = _record(json.loads(line), timestamp, number)
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                left.append(f"Line {number} is no fact or note.")
                continue
            if record is None:
                source_statements += 1
                continue
            name = record.pop("collection", None) if collection is None else collection
            records.append((name, record))
    if source_statements:
        clause = (
            "statement of a source was" if source_statements == 1 else "statements of sources were"
        )
        left.append(f"{source_statements} {clause} left out: a bundle brings sources.")
    if not records:
        raise InputError(
            f"In “{path.name}” is no fact or note.",
            'A line reads {"text": "my plan is pro", "collection": "work"}.',
            "empty",
        )
    if len(left) > _LISTED_PROBLEMS:
        left = [
            *left[:_LISTED_PROBLEMS],
            f"{len(left) - _LISTED_PROBLEMS} more lines were left out.",
        ]
    return records, left


#: Synapse types that state a relation; others are co-occurrence or time.
_SAID = frozenset(
    kind_name(type)
    for family in ("causal", "semantic", "spatial", "emotional", "conflict")
    for type in FAMILIES[family] - {AssociationType.INVOLVES}
)


def _neural_memory(stream: TextIO, left: list[str]) -> Iterator[str]:
    """Yield the lines of a NeuralMemory export: the anchors of its fibers are its memories.

    Synapses between neurons in no memory become statements, too. Neurons without relations are
    reported in `left`.
    """
    try:
        brain = json.load(stream)
        contents = {neuron["id"]: neuron["content"] for neuron in brain["neurons"]}
        metadata = brain.get("metadata") or {}
        typed = {memory["fiber_id"]: memory for memory in metadata.get("typed_memories") or ()}
        by_anchor = {fiber["anchor_neuron_id"]: fiber for fiber in brain["fibers"]}
        texts = {
            anchor: _memory_text(contents[anchor], fiber)
            for anchor, fiber in by_anchor.items()
            if anchor in contents
        }
        memories = "\n".join(texts.values())
        silent = {id for id, content in contents.items() if content not in memories}
        synapses = [
            (synapse["source_id"], synapse["type"], synapse["target_id"])
            for synapse in brain.get("synapses") or ()
            if synapse["type"] in _SAID and {synapse["source_id"], synapse["target_id"]} & silent
        ]
        statements = [
            f"{contents[head]} {kind_words(AssociationType[type.upper()])} {contents[tail]}."
            for head, type, tail in synapses
        ]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise InputError(
            "This file is not a brain that NeuralMemory exported.", "Export it there as JSON."
        ) from error
    for anchor, fiber in by_anchor.items():
        memory = typed.get(fiber.get("id"), {})
        kind = memory.get("memory_type")
        yield json.dumps(
            {
                "text": texts.get(anchor),
                "told": fiber.get("created_at"),
                "kind": kind if kind in KINDS else "fact",
                "priority": memory.get("priority"),
                "tags": [*(fiber.get("tags") or ()), *(memory.get("tags") or ())],
            }
        )
    yield from (json.dumps({"text": statement}) for statement in statements)
    silent.difference_update(end for head, _, tail in synapses for end in (head, tail))
    if silent:
        neurons = "1 neuron" if len(silent) == 1 else f"{len(silent)} neurons"
        left.append(f"{neurons} of which nothing is said: left out.")


def _memory_text(anchor: str, fiber: Mapping[str, Any]) -> str:
    """The summary of a fiber, if its anchor is only one of its concepts."""
    summary = str(fiber.get("summary") or "")
    return summary if anchor in summary else anchor


def _record(line: Any, timestamp: float, number: int) -> Record | None:
    """A fact or note, as exported or handwritten; None if it depends on a source."""
    if (line.get("kind") == "statement" and "source" in line) or line.get("kind") == HIGHLIGHT:
        return None
    if "beside" in line:
        record: Record = {"collection": None, **line, "id": number}
        importing.checked_record(record)
        return record
    text = " ".join(line["text"].split())
    kind = line.get("kind", "fact")
    if not text or len(text) > _MAX_TEXT or kind not in KINDS:
        raise ValueError("no fact")
    at = _time(line.get("at"), _time(line.get("told"), timestamp))
    mark = {"kind": kind, "priority": line.get("priority"), "expires": None}
    if mark["priority"] is not None and not 0 <= int(mark["priority"]) <= 10:
        raise ValueError("no priority")
    sources = line.get("sources") or [line.get("source") or ""]
    told_at = _time(line.get("told"), timestamp)
    record = {
        "id": number, "kind": "fact", "text": text, "told": told_at, "at": at,
        "by": [[str(name), told_at] for name in sources],
        "beside": {
            "mark": [] if mark["priority"] is None and kind == "fact" else [mark],
            "label": [
                {"kind": "tag", "fold": tags.fold(name), "name": name}
                for name in labels.plain(line.get("tags") or ())
            ],
        },
        "collection": line.get("collection") or None,
    }  # fmt: skip
    importing.checked_record(record)
    return record


def _time(value: Any, default: float) -> float:
    if value is None:
        return default
    if isinstance(value, str):
        return datetime.fromisoformat(value).timestamp()
    return float(value)
