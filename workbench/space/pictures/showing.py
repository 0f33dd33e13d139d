"""Embeds pictures, and searches them by words or by a picture; finds names that fit a picture."""

import sqlite3
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.records import Box
from workbench.arrays import F32
from workbench.errors import InputError, LibraryLockedError, NotFoundError
from workbench.jobs import Cancel, Progress, Report
from workbench.space.pictures.process import CRASHED, ModelProcess
from workbench.store import lease, originals, sources, vectors
from workbench.store.store import Store
from workbench.store.vectors import PictureSource, SightRow, SpaceRow, ToSee

#: Cached vectors of names, and names encoded at a time.
_CACHED, _BATCH = 5000, 64
#: Figures of a source that others are compared with.
_COMPARED = 32


@dataclass(frozen=True, slots=True)
class Sight:
    """A picture that was found: source, page (None: it is the source) and box in fractions.

    `first` is the first engram of its source.
    """

    shown: PictureSource
    first: int
    page: int | None
    box: Box
    nearness: float


@dataclass(frozen=True, slots=True)
class _Table:
    """All vectors of a model: float32[n, dimension], with the engram and place of each row."""

    space: SpaceRow
    firsts: NDArray[np.int64]
    pages: NDArray[np.int64]
    boxes: F32
    numbers: F32


class Pictures:
    """Finds pictures in a library. Thread-safe."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._model: tuple[str, ModelProcess] | None = None
        self._table: _Table | None = None
        self._words: dict[tuple[str, str], F32] = {}

    def space(self) -> SpaceRow | None:
        """The space of the active model."""
        with self._store.read() as connection:
            return vectors.picture_space(connection)

    def update(self, report: Report, cancel: Cancel) -> int:
        """Embed new pictures.

        Raises as `embed_pictures`, and `NotFoundError`.
        """
        space = self._needed()
        return embed_pictures(self._store, space, self._of(space), report, cancel)

    def by_words(self, words: str, limit: int) -> list[Sight]:
        """The pictures nearest to a text, with cosines."""
        space = self._needed()
        return self._nearest(space, self._name_vectors(space, [words]), limit, None)

    def by_picture(self, picture: int | Path, limit: int) -> list[Sight]:
        """The pictures nearest to one of the library (its source) or a file, in other sources."""
        space = self._needed()
        own_source = picture if isinstance(picture, int) else None
        return self._nearest(space, self._of_picture(space, picture), limit, own_source)

    def names(
        self, target: int | Path, names: Sequence[str], limit: int
    ) -> list[tuple[str, float]]:
        """The probabilities of names for a picture: softmax over cosines, as CLIP was trained."""
        space = self._needed()
        if not names:
            return []
        picture = self._of_picture(space, target).mean(axis=0)
        picture /= max(float(np.linalg.norm(picture)), 1e-9)
        likely = 100 * (
            self._name_vectors(space, [f"a photo of {name}" for name in names]) @ picture
        )
        shares = np.exp(likely - likely.max())
        shares /= shares.sum()
        best = np.argsort(-shares, kind="stable")[:limit]
        return [(names[at], float(shares[at])) for at in best.tolist()]

    def close(self) -> None:
        """End the model's process."""
        with self._lock:
            if self._model is not None:
                self._model[1].close()
                self._model = None

    def _needed(self) -> SpaceRow:
        space = self.space()
        if space is None:
            raise NotFoundError(
                "No image model is in use.",
                "Choose one: workbench pictures use FOLDER",
            )
        return space

    def _of(self, space: SpaceRow) -> ModelProcess:
        with self._lock:
            if self._model is None or self._model[0] != space.digest:
                if self._model is not None:
                    self._model[1].close()
                self._model = (space.digest, ModelProcess(Path(space.path)))
            return self._model[1]

    def _name_vectors(self, space: SpaceRow, words: Sequence[str]) -> F32:
        with self._lock:
            if len(self._words) > _CACHED:
                self._words.clear()
            vectors = dict(self._words)
        new = [text for text in dict.fromkeys(words) if (space.digest, text) not in vectors]
        for low in range(0, len(new), _BATCH):
            batch = new[low : low + _BATCH]
            for text, vector in zip(batch, self._of(space).texts(batch), strict=True):
                vectors[space.digest, text] = vector
        with self._lock:
            self._words.update({(space.digest, text): vectors[space.digest, text] for text in new})
        matrix: F32 = np.stack([vectors[space.digest, text] for text in words])
        return matrix

    def _of_picture(self, space: SpaceRow, picture: int | Path) -> F32:
        """The vectors float32[n, d] of a file, or of the pictures of a source."""
        if isinstance(picture, Path):
            numbers, read = self._of(space).pictures([picture])
            if not read[0]:
                raise NotFoundError(
                    f"“{picture.name}” is not a picture that can be read.",
                    "Choose another file, or the number of a source.",
                )
            return numbers
        with self._store.read() as connection:
            first = vectors.first_of(connection, picture)
        table = self._loaded(space)
        rows = np.flatnonzero(table.firsts == (first or 0))[:_COMPARED]
        if not len(rows):
            raise NotFoundError(
                "The image model has seen no picture of this source.",
                "Let it look at what is new: workbench pictures update",
            )
        chosen: F32 = table.numbers[rows]
        return chosen

    def _loaded(self, space: SpaceRow) -> _Table:
        with self._lock:
            table = self._table
        if table is None or table.space != space:
            with self._store.read() as connection:
                rows = vectors.sights(connection, space.id)
            numbers = np.frombuffer(b"".join(row.numbers for row in rows), np.int8)
            scales = np.array([row.scale for row in rows], np.float32)
            table = _Table(
                space,
                np.array([row.first for row in rows], np.int64),
                np.array([row.page for row in rows], np.int64),
                np.array([row.box for row in rows], np.float32).reshape(len(rows), 4),
                numbers.reshape(len(rows), space.dimension).astype(np.float32) * scales[:, None],
            )
            with self._lock:
                self._table = table
        return table

    def _nearest(
        self, space: SpaceRow, targets: F32, limit: int, excluded: int | None
    ) -> list[Sight]:
        """The pictures nearest to any of the vectors float32[n, d]."""
        table = self._loaded(space)
        cosines = (table.numbers @ targets.T).max(axis=1)
        # Some may be in the trash, so more are examined than requested.
        best = np.argsort(-cosines, kind="stable")
        result: list[Sight] = []
        step = 2 * limit + 50
        for low in range(0, len(best), step):
            indices = best[low : low + step].tolist()
            with self._store.read() as connection:
                by_engram = vectors.sources_of(
                    connection, sorted({int(table.firsts[at]) for at in indices})
                )
            for at in indices:
                source = by_engram.get(int(table.firsts[at]))
                if source is None or source.source == excluded:
                    continue
                x0, y0, x1, y1 = map(float, table.boxes[at])
                page = int(table.pages[at]) or None
                first = int(table.firsts[at])
                result.append(Sight(source, first, page, (x0, y0, x1, y1), float(cosines[at])))
                if len(result) == limit:
                    return result
        return result


LEASE = "pictures"
#: Pictures per batch; longest seconds for one.
_PICTURE_BATCH, _LEASE = 32, 300.0
_FAILED = (
    "The image model crashed over its pictures, so they are not found by what they show. "
    "Another model may manage; its text is searched as ever."
)
_FULL_BOX: Box = (0.0, 0.0, 1.0, 1.0)


def embed_pictures(
    store: Store, space: SpaceRow, model: ModelProcess, report: Report, cancel: Cancel
) -> int:
    """Embed every new picture and PDF in batches; returns the number of pictures.

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
            return vectors.add_pictures(connection, space.id, rows, progress_by_source)

        return store.write(write_rows)

    with lease.acquired(store, LEASE, _locked_error, seconds=_LEASE) as renew:
        while True:
            cancel.check()
            with store.read() as connection:
                batch = vectors.lacking_pictures(connection, space.id, passed, _PICTURE_BATCH)
                _, finished, total = vectors.picture_counts(connection, space.id)
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
        previous = vectors.highest_number(connection, space.id, item.first)
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
