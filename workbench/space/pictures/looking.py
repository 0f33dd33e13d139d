"""An image model looks at a library's pictures, in batches that stay when it is stopped."""

import sqlite3
import tempfile
from pathlib import Path

from workbench.errors import LibraryLockedError
from workbench.jobs import Cancel, Progress, Report
from workbench.space.embeddings.building import pack
from workbench.space.embeddings.stretches import Stretch
from workbench.space.pictures.process import ModelProcess
from workbench.store import lease, originals, pictures
from workbench.store.store import Store
from workbench.store.vectors import SpaceRow, VectorRow

LEASE = "pictures"
_BATCH = 16


def look(store: Store, space: SpaceRow, model: ModelProcess, report: Report, cancel: Cancel) -> int:
    """Give every picture that lacks one its vector; returns how many were made.

    A picture whose original is gone or cannot be read is passed over, and tried when this is next
    called. Raises `Cancelled`, `InputError`, and `LibraryLockedError` where somebody else does it.
    """
    holder = lease.new_holder()
    if not store.write(lambda c: lease.acquire(c, holder, LEASE)):
        raise _taken()
    made, after = 0, 0
    try:
        while True:
            cancel.check()
            with store.read() as connection:
                batch = pictures.lacking(connection, space.id, after, _BATCH)
            if not batch:
                return made
            after = batch[-1].source
            report(Progress("looking", made, None, "pictures", space.model))
            rows = _vectors(store, batch, model, cancel)

            def keep(connection: sqlite3.Connection, rows: list[VectorRow] = rows) -> bool:
                if not lease.acquire(connection, holder, LEASE):
                    raise _taken()
                return pictures.add(connection, space.id, rows)

            if not store.write(keep):
                # Another model was chosen meanwhile.
                return made
            made += len(rows)
    finally:
        store.write(lambda c: lease.release(c, holder, LEASE))


def _vectors(
    store: Store, batch: list[pictures.PictureRow], model: ModelProcess, cancel: Cancel
) -> list[VectorRow]:
    with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
        files: list[Path] = []
        engrams: list[int] = []
        for each in batch:
            with store.read() as connection:
                file = originals.unchanged(connection, each.source)
                if file is None:
                    own = Path(folder, str(each.source))
                    own.mkdir()
                    file = originals.kept_copy(connection, each.source, own)
            if file is not None:
                files.append(file)
                engrams.append(each.engram)
        if not files:
            return []
        numbers, read = model.pictures(files, cancel)
    seen = [engram for engram, whole in zip(engrams, read, strict=True) if whole]
    return pack([Stretch(engram, 1, "") for engram in seen], numbers) if seen else []


def _taken() -> LibraryLockedError:
    return LibraryLockedError(
        "An image model looks at this library already, in another window or program.",
        "Wait until that is done, or stop it there.",
    )
