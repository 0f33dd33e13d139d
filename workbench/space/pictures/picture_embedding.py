"""Embeds the pictures of a library in batches that can be resumed."""

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
#: Pictures per batch; longest seconds for one.
_BATCH, _LEASE = 32, 300.0
_FAILED = (
    "The image model crashed over its pictures, so they are not found by what they show. "
    "Another model may manage; its text is searched as ever."
)
_FULL_BOX: Box = (0.0, 0.0, 1.0, 1.0)


def embed_pictures(
    store: Store, space: SpaceRow, model: ModelProcess, report: Report, cancel: Cancel
) -> int:
    """Embed every new picture and PDF; returns the number of pictures.

    Unreadable pictures count as processed, with a notice if they crashed the model's process;
    missing originals are retried with the next call. Raises `Cancelled`, `InputError`, and
    `LibraryLockedError` while another process embeds.
    """
    count, passed = 0, 0

    def store_batch(
        rows: list[SightRow], progress_by_source: dict[int, int], failed: Sequence[int]
    ) -> bool:
        def write_rows(connection: sqlite3.Connection) -> bool:
            renew(connection)
            for source in failed:
                sources.add_notice(connection, source, _FAILED)
            return pictures.add(connection, space.id, rows, progress_by_source)

        return store.write(write_rows)

    with lease.acquired(store, LEASE, _locked_error, seconds=_LEASE) as renew:
        while True:
            cancel.check()
            with store.read() as connection:
                batch = pictures.lacking(connection, space.id, passed, _BATCH)
                _, finished, total = pictures.counts(connection, space.id)
            if not batch:
                return count
            report(Progress("looking", finished, total, "sources", space.model))
            # Pictures are batched, a PDF is processed alone and in parts.
            batch = _same_kind(batch)
            failed: list[int] = []
            try:
                rows, progress_by_source = _embed_batch(store, space, batch, model, cancel)
            except InputError as error:
                if error.reason != CRASHED:
                    raise
                rows, progress_by_source, failed = _embed_singly(store, space, batch, model, cancel)
            if all(page == 0 for page in progress_by_source.values()):
                passed = batch[-1].source
            if progress_by_source and not store_batch(rows, progress_by_source, failed):
                # Another model was chosen meanwhile.
                return count
            count += len(rows)


def _same_kind(batch: list[ToSee]) -> list[ToSee]:
    if batch[0].page:
        return batch[:1]
    ends = next((at for at, item in enumerate(batch) if item.page), len(batch))
    return batch[:ends]


def _embed_batch(
    store: Store, space: SpaceRow, batch: Sequence[ToSee], model: ModelProcess, cancel: Cancel
) -> tuple[list[SightRow], dict[int, int]]:
    """The vectors of a batch, and how far each of its sources is processed."""
    with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
        files = {
            item: file
            for item in batch
            if (file := _original(store, item.source, Path(folder))) is not None
        }
        if not files:
            return [], {}
        if batch[0].page:
            ((item, file),) = files.items()
            return _figures(store, space, item, file, model, cancel)
        numbers, read = model.pictures(list(files.values()), cancel)
    firsts = [item.first for item, is_read in zip(files, read, strict=True) if is_read]
    places = [(1, 0, _FULL_BOX)] * len(firsts)
    return _rows(firsts, places, numbers), {item.first: 0 for item in files}


def _embed_singly(
    store: Store, space: SpaceRow, batch: Sequence[ToSee], model: ModelProcess, cancel: Cancel
) -> tuple[list[SightRow], dict[int, int], list[int]]:
    """The vectors of a batch that crashed the process, and the sources that do."""
    rows: list[SightRow] = []
    progress_by_source: dict[int, int] = {}
    failed: list[int] = []
    for item in batch:
        # If a text crashes it as well, the picture is not to blame: raise.
        model.texts(["a picture"], cancel)
        try:
            new_rows, through = _embed_batch(store, space, [item], model, cancel)
        except InputError as error:
            if error.reason != CRASHED:
                raise
            new_rows, through = [], {item.first: 0}
            failed.append(item.source)
        rows += new_rows
        progress_by_source |= through
    return rows, progress_by_source, failed


def _figures(
    store: Store, space: SpaceRow, item: ToSee, file: Path, model: ModelProcess, cancel: Cancel
) -> tuple[list[SightRow], dict[int, int]]:
    numbers, figures, after = model.figures(file, item.page, cancel)
    with store.read() as connection:
        previous = pictures.highest_number(connection, space.id, item.first)
    places = [(previous + at, page, box) for at, (page, box) in enumerate(figures, 1)]
    return _rows([item.first] * len(figures), places, numbers), {item.first: after}


def _rows(
    firsts: Sequence[int],
    places: Sequence[tuple[int, int, Box]],
    numbers: NDArray[np.float32],
) -> list[SightRow]:
    """Quantise vectors to signed bytes times a scale, as they are stored."""
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
            subfolder = folder / str(source)
            subfolder.mkdir()
            file = originals.stored_copy(connection, source, subfolder)
    return file


def _locked_error() -> LibraryLockedError:
    return LibraryLockedError(
        "An image model is already looking at this library in another window or program.",
        "Wait until it has finished, or stop it there.",
    )
