"""Search among a library's pictures by words, by a picture, and of words by a picture."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workbench.errors import NotFoundError
from workbench.jobs import Cancel, Report
from workbench.space.embeddings.searching import search_of
from workbench.space.nearest import Near
from workbench.space.pictures import looking
from workbench.space.pictures.process import ModelProcess
from workbench.store import pictures, vectors
from workbench.store.pictures import PictureRow
from workbench.store.store import Store
from workbench.store.vectors import SpaceRow, VectorRow

Floats = NDArray[np.float32]
Search = Callable[[Floats, int], Near]

#: Names whose vectors are kept, and how many are encoded at once.
_KEPT, _AT_ONCE = 5000, 64


class Pictures:
    """What finds pictures in a library. Any thread may call it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._model: tuple[str, ModelProcess] | None = None
        self._search: tuple[SpaceRow, Search] | None = None
        self._words: dict[tuple[str, str], Floats] = {}

    def space(self) -> SpaceRow | None:
        """The space of the model in use."""
        with self._store.glance() as connection:
            return pictures.space(connection)

    def look(self, report: Report, cancel: Cancel) -> int:
        """Let the model look at what it has not seen. Raises as `looking.look`, `NotFoundError`."""
        space = self._needed()
        return looking.look(self._store, space, self._of(space), report, cancel)

    def by_words(self, words: str, limit: int) -> list[tuple[PictureRow, float]]:
        """The pictures that show what the words say, with cosines, the nearest first."""
        space = self._needed()
        return self._nearest(space, self._named(space, [words])[0], limit, set())

    def by_picture(self, which: int | Path, limit: int) -> list[tuple[PictureRow, float]]:
        """The pictures most like one of the library (its source) or a file."""
        space = self._needed()
        own = {which} if isinstance(which, int) else set()
        return self._nearest(space, self._of_picture(space, which), limit, own)

    def names(self, which: int | Path, names: Sequence[str], limit: int) -> list[tuple[str, float]]:
        """Which of some names fit a picture: softmax over their cosines, as CLIP was trained."""
        space = self._needed()
        if not names:
            return []
        picture = self._of_picture(space, which)
        likely = 100 * (self._named(space, [f"a photo of {name}" for name in names]) @ picture)
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
                "No image model looks at this library.",
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

    def _named(self, space: SpaceRow, words: Sequence[str]) -> Floats:
        with self._lock:
            if len(self._words) > _KEPT:
                self._words.clear()
            known = dict(self._words)
        new = [each for each in dict.fromkeys(words) if (space.digest, each) not in known]
        for low in range(0, len(new), _AT_ONCE):
            some = new[low : low + _AT_ONCE]
            for each, vector in zip(some, self._of(space).texts(some), strict=True):
                known[space.digest, each] = vector
        with self._lock:
            self._words.update({(space.digest, each): known[space.digest, each] for each in new})
        made: Floats = np.stack([known[space.digest, each] for each in words])
        return made

    def _of_picture(self, space: SpaceRow, which: int | Path) -> Floats:
        if isinstance(which, Path):
            numbers, read = self._of(space).pictures([which])
            if not read[0]:
                raise NotFoundError(f"“{which.name}” is no picture that can be read.", "Check it.")
            return np.asarray(numbers[0])
        with self._store.read() as connection:
            mine = [e for e, row in pictures.shown(connection).items() if row.source == which]
            rows = {row.first: row for row in vectors.after(connection, space.id, 0)}
        row = next((rows[engram] for engram in mine if engram in rows), None)
        if row is None:
            raise NotFoundError(
                "The image model has not looked at this picture.", "Run: workbench pictures update"
            )
        return _whole(row)

    def _nearest(
        self, space: SpaceRow, asked: Floats, limit: int, without: set[int]
    ) -> list[tuple[PictureRow, float]]:
        with self._lock:
            kept = self._search
        if kept is None or kept[0] != space:
            with self._store.read() as connection:
                rows = list(vectors.after(connection, space.id, 0))
            kept = (space, search_of(rows, space.dimension))
            with self._lock:
                self._search = kept
        with self._store.read() as connection:
            shown = pictures.shown(connection)
        # Of what is in the trash, none counts: a few more are asked for than are wanted.
        near = kept[1](asked, 10 * limit + 50)
        found = (
            (shown[first + 1], float(cosine))
            for first, cosine in zip(near.starts.tolist(), near.cosines.tolist(), strict=True)
            if first + 1 in shown
        )
        return [each for each in found if each[0].source not in without][:limit]


def _whole(row: VectorRow) -> Floats:
    numbers: Floats = np.frombuffer(row.numbers, np.int8).astype(np.float32)
    numbers *= row.scale
    return numbers
