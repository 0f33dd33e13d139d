"""An image model looks at a library's pictures, in batches that stay when it is stopped."""

import sqlite3
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.records import Box
from workbench.errors import InputError, LibraryLockedError
from workbench.jobs import Cancel, Progress, Report
from workbench.space.pictures.process import CRASHED, ModelProcess
from workbench.store import lease, originals, pictures, sources
from workbench.store.pictures import SightRow, ToSee
from workbench.store.store import Store
from workbench.store.vectors import SpaceRow

LEASE = "pictures"
#: Pictures of a batch; seconds that one may take at most, with a model of any size.
_BATCH, _LEASE = 32, 300.0
_FAILED = (
    "The image model crashed over its pictures, so they are not found by what they show. "
    "Another model may manage; its text is searched as ever."
)
_WHOLE: Box = (0.0, 0.0, 1.0, 1.0)


def look(store: Store, space: SpaceRow, model: ModelProcess, report: Report, cancel: Cancel) -> int:
    """Show the model every picture and PDF that it has not seen; returns how many pictures it saw.

    What cannot be read counts as seen, and where the model's process ended over it, the source says
    so; a source whose original is gone is passed over, and tried
    when this is next called. Raises `Cancelled`, `InputError`, and `LibraryLockedError` where
    somebody else does it.
    """
    made, passed = 0, 0

    def kept(rows: list[SightRow], looked: dict[int, int], failed: Sequence[int]) -> bool:
        def keep(connection: sqlite3.Connection) -> bool:
            renew(connection)
            for source in failed:
                sources.add_notice(connection, source, _FAILED)
            return pictures.add(connection, space.id, rows, looked)

        return store.write(keep)

    with lease.held(store, LEASE, _taken, seconds=_LEASE) as renew:
        while True:
            cancel.check()
            with store.read() as connection:
                batch = pictures.lacking(connection, space.id, passed, _BATCH)
                _, done, total = pictures.counts(connection, space.id)
            if not batch:
                return made
            report(Progress("looking", done, total, "sources", space.model))
            # Pictures go together, a PDF alone and in parts.
            batch = _alike(batch)
            failed: list[int] = []
            try:
                rows, looked = _seen(store, space, batch, model, cancel)
            except InputError as error:
                if error.reason != CRASHED:
                    raise
                rows, looked, failed = _one_by_one(store, space, batch, model, cancel)
            if all(page == 0 for page in looked.values()):
                passed = batch[-1].source
            if looked and not kept(rows, looked, failed):
                # Another model was chosen meanwhile.
                return made
            made += len(rows)


def _alike(batch: list[ToSee]) -> list[ToSee]:
    if batch[0].page:
        return batch[:1]
    ends = next((at for at, each in enumerate(batch) if each.page), len(batch))
    return batch[:ends]


def _seen(
    store: Store, space: SpaceRow, batch: Sequence[ToSee], model: ModelProcess, cancel: Cancel
) -> tuple[list[SightRow], dict[int, int]]:
    """What is seen of a batch, and how far each of its sources is looked through."""
    with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
        files = {
            each: file
            for each in batch
            if (file := _original(store, each.source, Path(folder))) is not None
        }
        if not files:
            return [], {}
        if batch[0].page:
            ((one, file),) = files.items()
            return _figures(store, space, one, file, model, cancel)
        numbers, read = model.pictures(list(files.values()), cancel)
    seen = [each.first for each, whole in zip(files, read, strict=True) if whole]
    places = [(1, 0, _WHOLE)] * len(seen)
    return _rows(seen, places, numbers), {each.first: 0 for each in files}


def _one_by_one(
    store: Store, space: SpaceRow, batch: Sequence[ToSee], model: ModelProcess, cancel: Cancel
) -> tuple[list[SightRow], dict[int, int], list[int]]:
    """What is seen of a batch on which the model's process ended, and the sources that end it."""
    rows: list[SightRow] = []
    looked: dict[int, int] = {}
    failed: list[int] = []
    for each in batch:
        # Where it ends over nothing, too, that says nothing about the picture: it is told.
        model.texts(["a picture"], cancel)
        try:
            seen, through = _seen(store, space, [each], model, cancel)
        except InputError as error:
            if error.reason != CRASHED:
                raise
            seen, through = [], {each.first: 0}
            failed.append(each.source)
        rows += seen
        looked |= through
    return rows, looked, failed


def _figures(
    store: Store, space: SpaceRow, one: ToSee, file: Path, model: ModelProcess, cancel: Cancel
) -> tuple[list[SightRow], dict[int, int]]:
    numbers, found, after = model.figures(file, one.page, cancel)
    with store.read() as connection:
        last = pictures.last_number(connection, space.id, one.first)
    places = [(last + at, page, box) for at, (page, box) in enumerate(found, 1)]
    return _rows([one.first] * len(found), places, numbers), {one.first: after}


def _rows(
    firsts: Sequence[int],
    places: Sequence[tuple[int, int, Box]],
    numbers: NDArray[np.float32],
) -> list[SightRow]:
    """Vectors as they are stored: signed bytes times a scale."""
    if not len(numbers):
        return []
    scales = np.abs(numbers).max(axis=1, initial=1e-9) / 127
    packed = np.rint(numbers / scales[:, None]).astype(np.int8)
    return [
        SightRow(first, *place, float(scale), row.tobytes())
        for first, place, scale, row in zip(firsts, places, scales, packed, strict=True)
    ]


def _original(store: Store, source: int, folder: Path) -> Path | None:
    with store.read() as connection:
        file = originals.unchanged(connection, source)
        if file is None:
            own = folder / str(source)
            own.mkdir()
            file = originals.kept_copy(connection, source, own)
    return file


def _taken() -> LibraryLockedError:
    return LibraryLockedError(
        "An image model is already looking at this library in another window or program.",
        "Wait until it has finished, or stop it there.",
    )
