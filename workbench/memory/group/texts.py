"""The text of a source as a bundle of its own, as it was read: without tags and corrections."""

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from workbench.errors import InputError
from workbench.jobs import Cancel, silent
from workbench.memory.facts.index import FactIndex
from workbench.memory.sharing import importing
from workbench.memory.sharing.records import ImportOptions
from workbench.store import bundle, changes, details, exported, kept_originals
from workbench.store.store import Store

_MEMBERS = {"sources.jsonl", "sections.jsonl"}


@contextmanager
def written(store: Store, id: int, cancel: Cancel) -> Iterator[Path]:
    """A temporary bundle of a source."""
    with tempfile.TemporaryDirectory(prefix="workbench-") as folder, store.read() as connection:
        path = Path(folder) / f"text{bundle.SUFFIX}"
        with bundle.write(path, {"scope": "text"}, cancel) as writing:
            (record,) = exported.source_records(connection, [id])
            writing.lines("sources.jsonl", [_as_read(record)])
            writing.lines("sections.jsonl", exported.section_records(connection, [id]))
            for original in exported.originals(connection, [id]):
                content = kept_originals.content(connection, original.hash)
                writing.blob(f"{bundle.ORIGINALS}{original.hash}", content)
        yield path


def _as_read(record: dict[str, Any]) -> dict[str, Any]:
    """A source without what people changed of it, which are words of their own."""
    metadata = dict(record["metadata"])
    for name, value in json.loads(metadata.pop(details.AS_READ, "{}")).items():
        target = record if name in details.COLUMNS else metadata
        target[name] = value
    metadata = {name: value for name, value in metadata.items() if value != ""}
    return {**record, "metadata": metadata, "tags": [], "collections": []}


def take(index: FactIndex, hash: str, path: Path, cancel: Cancel) -> None:
    """Bring in the text of a source. Raises `InputError` if the bundle is of anything else."""
    with bundle.read(path, silent, cancel) as reading:
        others = {name for name in reading.manifest["members"] if "/" not in name} - _MEMBERS
        records = list(reading.lines("sources.jsonl"))
        expected = {"hash": hash, "tags": [], "collections": []}
        if others or len(records) != 1 or not expected.items() <= records[0].items():
            raise InputError(
                f"“{path.name}” in the shared log is not the text of its source.",
                "Have it sent again by somebody who has the source.",
            )
    options = ImportOptions(None, "prefer_local", False)
    run = importing.import_bundle(index, path, options, silent, cancel).run
    if run is not None:
        # Undo is for what was done here.
        index.store.write(lambda connection: changes.remove(connection, run))


def exist(connection: sqlite3.Connection, hash: str) -> int | None:
    """The id of a source that was read completely."""
    row = connection.execute(
        "SELECT id FROM source WHERE hash = ? AND verified IS NOT NULL", (hash,)
    ).fetchone()
    return None if row is None else int(row[0])
