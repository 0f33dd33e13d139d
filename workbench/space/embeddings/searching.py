"""Search of the whole library by the vectors of the space that answers.

Every vector is looked at: first by the directions in which the library's vectors differ most, which
says who may be near, then those exactly. Vectors are kept as signed bytes, so a hundred thousand
of 384 numbers take 38 MB.
"""

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import F32
from workbench.errors import InputError, WorkbenchError
from workbench.jobs import Cancel
from workbench.space.embeddings import folder
from workbench.space.embeddings.encoder import Encoder
from workbench.space.embeddings.encoding import Encodes, knows
from workbench.space.nearest import Coarse, Near, coarse, products, promising, whole_products
from workbench.store import vectors
from workbench.store.store import Store
from workbench.store.vectors import SpaceRow, VectorRow

#: Vectors from which on it pays to look twice; directions of the first look; how many of the best
#: of it, as a multiple of what is wanted, are looked at exactly.
_MANY, _FIRST, _OVER = 4000, 64, 4
#: Vectors that the directions are found from, and questions whose vectors are kept.
_SAMPLE, _KEPT = 8000, 64
#: A question so much longer is cut before the model sees it.
_LONGEST = 4000
#: Seconds for which a server that did not make a vector is left alone.
_REST = 30.0
#: Seconds after which a wait for somebody else's reading looks whether it is still wanted.
_TURN = 0.1


@dataclass(frozen=True, slots=True)
class _Table:
    """The vectors of a space: ordinals int32[n], numbers int8[n, d], `coarse` of 64 each."""

    space: SpaceRow
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    scales: F32
    numbers: NDArray[np.int8]
    turn: F32
    coarse: Coarse


class Embeddings:
    """What finds stretches of a library by an embedding model. Any thread may call it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        #: Held while a model reads on behalf of this process: whoever comes next waits.
        self._reading = threading.Lock()
        #: The vectors of sources and, under True, of what was told.
        self._tables: dict[bool, _Table] = {}
        self._encoder: Encodes | None = None
        self._asked: OrderedDict[tuple[str, str], F32] = OrderedDict()
        self._trouble, self._troubled, self._rested = "", "", 0.0
        self._warming: threading.Thread | None = None
        self._closed = Cancel()

    def active(self) -> SpaceRow | None:
        """The space that answers."""
        with self._store.read() as connection:
            return vectors.active(connection)

    @contextmanager
    def reading(self, cancel: Cancel) -> Iterator[None]:
        """One reading at a time; another one of this process is waited for. Raises `Cancelled`."""
        while not self._reading.acquire(timeout=_TURN):
            cancel.check()
        try:
            yield
        finally:
            self._reading.release()

    def trouble(self, space: SpaceRow) -> str:
        """Why the model of a space cannot be used, "" as far as it can: one sentence.

        What was not used yet is looked for: a folder that is gone is told before it is asked.
        """
        if self._troubled == space.digest and self._trouble:
            return self._trouble
        encoder = self._encoder
        if encoder is not None and encoder.model.digest == space.digest:
            return ""
        gone = _gone(space)
        return gone.message if gone is not None else ""

    def nearest(
        self, question: str, *, limit: int = 300, within: NDArray[np.bool_] | None = None
    ) -> Near | None:
        """See `Nearness`; None where no model is active or the active one cannot be used.

        Nor is one asked in a language that it does not read: what it made of that says nothing.
        """
        found = self._ready(question)
        if found is None:
            return None
        table, asked = found
        inside = None
        if within is not None:
            known = table.starts < len(within)
            inside = np.zeros(len(table.starts), np.bool_)
            inside[known] = within[table.starts[known]]
        best, cosines = _search(table, asked, min(limit, len(table.starts)), inside)
        return Near(table.starts[best], table.ends[best], cosines)

    def statement_space(self) -> SpaceRow | None:
        """The space that told statements are searched in: the active one, or one that has begun."""
        with self._store.read() as connection:
            return next(iter(vectors.spaces(connection)), None)

    def told(self, question: str, facts: NDArray[np.int64], limit: int) -> list[tuple[int, float]]:
        """The ids of those of these facts that lie nearest to a question, with cosines."""
        found = self._ready(question, told=True)
        if found is None:
            return []
        table, asked = found
        places, cosines = _search(table, asked, limit, np.isin(table.starts, facts - 1))
        ids = (table.starts[places] + 1).tolist()
        return list(zip(ids, cosines.tolist(), strict=True))

    def without_vector(self, space: SpaceRow, facts: NDArray[np.int64]) -> NDArray[np.int64]:
        """Those of these facts that the model of a space has not read, by ascending id."""
        missing: NDArray[np.int64] = np.setdiff1d(facts, self._fresh(space, True).starts + 1)
        return missing

    def embedded(self) -> None:
        """Vectors of facts were stored out of turn: they are loaded by the next who asks."""
        with self._lock:
            self._tables.pop(True, None)

    def encoder(self, space: SpaceRow | None = None) -> Encodes | None:
        """The model of a space, else of the active one; None where it cannot be, see `trouble`."""
        space = space or self.active()
        return None if space is None else self._load(space)

    def _ready(self, question: str, *, told: bool = False) -> tuple[_Table, F32] | None:
        space = self.statement_space() if told else self.active()
        if space is None or not question.strip():
            return None
        encoder = self._load(space)
        if encoder is None or not knows(encoder.model, question[:_LONGEST]):
            return None
        table = self._fresh(space, told)
        if not len(table.starts):
            return None
        try:
            vector = self._vector(encoder, question[:_LONGEST])
        except InputError as error:
            # A server has gone, or has another model: answers use words only for now.
            self.failed(space, error)
            return None
        if self.trouble(space):
            self.worked(space)
        return table, vector

    def failed(self, space: SpaceRow, error: InputError) -> None:
        """The model of a space cannot be used; that of a server is tried again after a while."""
        rest = _REST if folder.is_served(space.path) else math.inf
        with self._lock:
            self._note(space, error.message, rest)
            if error.reason == "slow" and folder.is_served(space.path):
                self._warm(space)

    def close(self) -> None:
        """End what still waits for a server."""
        self._closed.set()
        with self._lock:
            warming = self._warming
        if warming is not None:
            warming.join()

    def _warm(self, space: SpaceRow) -> None:
        """Wait in the background for a model that is being loaded: left alone, it would not be."""
        if self._closed.is_set or (self._warming is not None and self._warming.is_alive()):
            return
        self._warming = threading.Thread(
            target=self._wait_for, args=(space,), name="embeddings", daemon=True
        )
        self._warming.start()

    def _wait_for(self, space: SpaceRow) -> None:
        try:
            open_model(space).encode(["salt"], lambda _d, _t: self._closed.check())
        except WorkbenchError:
            # The next question after a while tries it again.
            return
        self.worked(space)

    def worked(self, space: SpaceRow) -> None:
        """The model of a space has just been used."""
        with self._lock:
            self._note(space, "", 0.0)

    def _note(self, space: SpaceRow, trouble: str, rest: float) -> None:
        self._trouble, self._troubled = trouble, space.digest
        self._rested = time.monotonic() + rest

    def _load(self, space: SpaceRow) -> Encodes | None:
        with self._lock:
            if self.trouble(space) and time.monotonic() < self._rested:
                return None
            if self._encoder is None or self._encoder.model.digest != space.digest:
                try:
                    self._encoder = open_model(space)
                except WorkbenchError as error:
                    # Answers by words go on; it is tried again when the library is next opened.
                    self._note(space, error.message, math.inf)
                    return None
            return self._encoder

    def _vector(self, encoder: Encodes, question: str) -> F32:
        key = (encoder.model.digest, question)
        with self._lock:
            kept = self._asked.get(key)
            if kept is not None:
                self._asked.move_to_end(key)
                return kept
        vector: F32 = encoder.of_question(question)
        with self._lock:
            self._asked[key] = vector
            while len(self._asked) > _KEPT:
                self._asked.popitem(last=False)
        return vector

    def _fresh(self, space: SpaceRow, told: bool) -> _Table:
        with self._lock:
            table = self._tables.get(told)
            if table is not None and table.space == space:
                return table
            grown = (
                table is not None
                and (table.space.id, table.space.gone) == (space.id, space.gone)
                and table.space.upto <= space.upto
            )
            made = _loaded(self._store, space, table if grown else None, told)
            self._tables[told] = made
            return made


def open_model(space: SpaceRow) -> Encodes:
    """The model of a space, from where it lay, from the package that brings it, or of a server.

    Raises `InputError` where it is gone, damaged or another one by now.
    """
    if folder.is_served(space.path):
        from workbench.space.embeddings import served  # a server is asked by few

        return served.opened(space.model, space.digest, space.dimension)
    for found in folder.installed():
        if found.digest == space.digest:
            return Encoder.load(found)
    gone = _gone(space)
    if gone is not None:
        raise gone
    place = Path(space.path)
    now = folder.look(place)
    if now.digest != space.digest:
        raise InputError(
            f"In the folder of the embedding model “{space.model}” there is another one now.",
            "Choose it again, and it will read the library again; until then words alone answer.",
        )
    return Encoder.load(now)


def _gone(space: SpaceRow) -> InputError | None:
    """What there is to say where a model of this machine is no longer there."""
    if folder.is_served(space.path) or Path(space.path).is_dir():
        return None
    if any(found.digest == space.digest for found in folder.installed()):
        return None
    return InputError(
        f"The folder of the embedding model “{space.model}” is no longer there.",
        "Put it back, or choose another model; answers use words only for now.",
    )


def _loaded(store: Store, space: SpaceRow, before: _Table | None, told: bool) -> _Table:
    """The vectors of a space; those that `before` has are taken over."""
    last = int(before.starts[-1]) + 1 if before is not None and len(before.starts) else 0
    with store.read() as connection:
        rows = list(vectors.after(connection, space.id, last, told=told))
    return _table_of(space, rows, before)


def _table_of(space: SpaceRow, rows: Sequence[VectorRow], before: _Table | None) -> _Table:
    starts = np.array([each.first - 1 for each in rows], np.int32)
    ends = starts + np.array([each.count for each in rows], np.int32)
    scales = np.array([each.scale for each in rows], np.float32)
    numbers = np.frombuffer(b"".join(each.numbers for each in rows), np.int8)
    numbers = numbers.reshape(len(rows), space.dimension)
    if before is not None:
        starts = np.concatenate([before.starts, starts])
        ends = np.concatenate([before.ends, ends])
        scales = np.concatenate([before.scales, scales])
        numbers = np.concatenate([before.numbers, numbers])
    turn = _directions(numbers, scales)
    first = np.zeros((len(starts), turn.shape[1]), np.float32)
    for low in range(0, len(starts) if turn.size else 0, 8192):
        part = slice(low, low + 8192)
        first[part] = (numbers[part].astype(np.float32) * scales[part, None]) @ turn
    return _Table(space, starts, ends, scales, numbers, turn, coarse(first))


def _directions(numbers: NDArray[np.int8], scales: F32) -> F32:
    """The directions in which most of the vectors lie: float32[d, 64], none for few vectors."""
    if len(numbers) < _MANY:
        return np.zeros((numbers.shape[1], 0), np.float32)
    some = np.linspace(0, len(numbers) - 1, min(_SAMPLE, len(numbers))).astype(np.int64)
    sample = numbers[some].astype(np.float32) * scales[some, None]
    _, vectors_ = np.linalg.eigh(sample.T @ sample)
    turn: F32 = np.ascontiguousarray(vectors_[:, ::-1][:, :_FIRST]).astype(np.float32)
    return turn


def _search(
    table: _Table, asked: F32, limit: int, inside: NDArray[np.bool_] | None
) -> tuple[NDArray[np.intp], F32]:
    """The places of the nearest, best first, with their cosines."""
    if table.turn.size:
        rough = table.coarse.products(products(table.turn.T, asked))
        if inside is not None:
            rough[~inside] = -2
        reach = min(len(rough), max(limit * _OVER, 1000))
        places = promising(rough, reach)
    else:
        places = np.arange(len(table.starts), dtype=np.intp)
    if inside is not None:
        places = places[inside[places]]
    cosines = _exact(table, asked, places)
    order = np.argsort(-cosines, kind="stable")[:limit]
    return places[order], cosines[order]


def _exact(table: _Table, asked: F32, places: NDArray[np.intp]) -> F32:
    found: F32 = whole_products(table.numbers[places], asked) * table.scales[places]
    return found
