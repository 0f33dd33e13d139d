"""Search of the whole library by the vectors of the active space.

The search is exhaustive: candidates come from the leading principal directions, and are then
compared exactly. Vectors are stored as signed bytes, so a hundred thousand of dimension 384 take 38
MB.
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
from workbench.space.embeddings.encoding import Encodes, reads_language
from workbench.space.nearest import (
    NearestStretches,
    integer_products,
    products,
    promising,
)
from workbench.store import vectors
from workbench.store.store import Store
from workbench.store.vectors import SpaceRow, VectorRow

#: Vectors from which two passes pay; directions of the first pass; its candidates as a multiple of
#: the results.
_COARSE_FROM, _FIRST, _OVERSAMPLING = 4000, 64, 4
#: Vectors sampled for the directions, and cached question vectors.
_SAMPLE, _CACHED = 8000, 64
#: Characters of a question that the model gets.
_LONGEST = 4000
#: Seconds without requests after a server failed.
_RETRY_SECONDS = 30.0
#: Seconds between checks for cancellation while another thread embeds.
_TURN = 0.1


@dataclass(frozen=True, slots=True)
class _Table:
    """The vectors of a space: ordinals int32[n], int8[n, d], and `coarse` of 64 each."""

    space: SpaceRow
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    scales: F32
    numbers: NDArray[np.int8]
    turn: F32
    coarse: F32


class Embeddings:
    """Finds stretches of a library by an embedding model. Thread-safe."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        #: Held while a model embeds on behalf of this process.
        self._reading = threading.Lock()
        #: The vectors of sources and, under True, of told statements.
        self._tables: dict[bool, _Table] = {}
        self._encoder: Encodes | None = None
        self._questions: OrderedDict[tuple[str, str], F32] = OrderedDict()
        self._problem, self._troubled, self._rested = "", "", 0.0
        self._warming: threading.Thread | None = None
        self._closed = Cancel()

    def active(self) -> SpaceRow | None:
        """The active space."""
        with self._store.read() as connection:
            return vectors.active(connection)

    @contextmanager
    def reading(self, cancel: Cancel) -> Iterator[None]:
        """Let one thread embed at a time. Raises `Cancelled` while waiting."""
        while not self._reading.acquire(timeout=_TURN):
            cancel.check()
        try:
            yield
        finally:
            self._reading.release()

    def problem(self, space: SpaceRow) -> str:
        """Why the model of a space cannot be used, as a sentence; "" if it can.

        An unused model is checked as well: a missing folder is reported before the first question.
        """
        if self._troubled == space.digest and self._problem:
            return self._problem
        encoder = self._encoder
        if encoder is not None and encoder.model.digest == space.digest:
            return ""
        error = _missing_folder(space)
        return error.message if error is not None else ""

    def nearest(
        self, question: str, *, limit: int = 300, within: NDArray[np.bool_] | None = None
    ) -> NearestStretches | None:
        """See `Nearness`; None if there is no usable model.

        Nor for a language that the model does not read: its vectors would mean nothing.
        """
        prepared = self._ready(question)
        if prepared is None:
            return None
        table, vector = prepared
        inside = None
        if within is not None:
            is_known = table.starts < len(within)
            inside = np.zeros(len(table.starts), np.bool_)
            inside[is_known] = within[table.starts[is_known]]
        best, cosines = _search(table, vector, min(limit, len(table.starts)), inside)
        return NearestStretches(table.starts[best], table.ends[best], cosines)

    def all_cosines(self, question: str) -> NearestStretches | None:
        """See `Nearness`."""
        prepared = self._ready(question)
        if prepared is None:
            return None
        table, vector = prepared
        # A hundred thousand take 8 ms.
        cosines = integer_products(table.numbers, vector) * table.scales
        return NearestStretches(table.starts, table.ends, cosines)

    def statement_space(self) -> SpaceRow | None:
        """The space to search told statements in: the active one, or one being built."""
        with self._store.read() as connection:
            return next(iter(vectors.spaces(connection)), None)

    def nearest_facts(
        self, question: str, facts: NDArray[np.int64], limit: int
    ) -> list[tuple[int, float]]:
        """The ids of those of these facts nearest to a question, with cosines."""
        prepared = self._ready(question, notes=True)
        if prepared is None:
            return []
        table, vector = prepared
        places, cosines = _search(table, vector, limit, np.isin(table.starts, facts - 1))
        ids = (table.starts[places] + 1).tolist()
        return list(zip(ids, cosines.tolist(), strict=True))

    def lacking_vectors(self, space: SpaceRow, facts: NDArray[np.int64]) -> NDArray[np.int64]:
        """Those of these facts without vectors, by ascending id."""
        missing = facts[~np.isin(facts - 1, self._fresh(space, True).starts)]
        return np.sort(missing)

    def embedded(self) -> None:
        """Reload the vectors of facts with the next question."""
        with self._lock:
            self._tables.pop(True, None)

    def encoder(self, space: SpaceRow | None = None) -> Encodes | None:
        """The model of a space, or else of the active one; None if unusable, see `trouble`."""
        space = space or self.active()
        return None if space is None else self._load(space)

    def _ready(self, question: str, *, notes: bool = False) -> tuple[_Table, F32] | None:
        space = self.statement_space() if notes else self.active()
        if space is None or not question.strip():
            return None
        encoder = self._load(space)
        if encoder is None or not reads_language(encoder.model, question[:_LONGEST]):
            return None
        table = self._fresh(space, notes)
        if not len(table.starts):
            return None
        try:
            vector = self._vector(encoder, question[:_LONGEST])
        except InputError as error:
            # The server is gone, or has another model: search by words for now.
            self.failed(space, error)
            return None
        if self.problem(space):
            self.worked(space)
        return table, vector

    def failed(self, space: SpaceRow, error: InputError) -> None:
        """Record that the model of a space failed; a server is retried after a while."""
        pause = _RETRY_SECONDS if folder.is_served(space.path) else math.inf
        with self._lock:
            self._note(space, error.message, pause)
            if error.reason == "slow" and folder.is_served(space.path):
                self._warm(space)

    def close(self) -> None:
        """Stop waiting for a server."""
        self._closed.set()
        with self._lock:
            warming = self._warming
        if warming is not None:
            warming.join()

    def _warm(self, space: SpaceRow) -> None:
        """Wait in the background for a model to load, which stops without a request."""
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
            # A later question retries.
            return
        self.worked(space)

    def worked(self, space: SpaceRow) -> None:
        """Record that the model of a space works."""
        with self._lock:
            self._note(space, "", 0.0)

    def _note(self, space: SpaceRow, problem: str, pause: float) -> None:
        self._problem, self._troubled = problem, space.digest
        self._rested = time.monotonic() + pause

    def _load(self, space: SpaceRow) -> Encodes | None:
        with self._lock:
            if self.problem(space) and time.monotonic() < self._rested:
                return None
            if self._encoder is None or self._encoder.model.digest != space.digest:
                try:
                    self._encoder = open_model(space)
                except WorkbenchError as error:
                    # Search by words goes on; the next opening of the library retries.
                    self._note(space, error.message, math.inf)
                    return None
            return self._encoder

    def _vector(self, encoder: Encodes, question: str) -> F32:
        key = (encoder.model.digest, question)
        with self._lock:
            cached = self._questions.get(key)
            if cached is not None:
                self._questions.move_to_end(key)
                return cached
        vector: F32 = encoder.of_question(question)
        with self._lock:
            self._questions[key] = vector
            while len(self._questions) > _CACHED:
                self._questions.popitem(last=False)
        return vector

    def _fresh(self, space: SpaceRow, notes: bool) -> _Table:
        with self._lock:
            table = self._tables.get(notes)
            if table is not None and table.space == space:
                return table
            grown = (
                table is not None
                and (table.space.id, table.space.gone) == (space.id, space.gone)
                and table.space.upto <= space.upto
            )
            loaded = _loaded(self._store, space, table if grown else None, notes)
            self._tables[notes] = loaded
            return loaded


def open_model(space: SpaceRow) -> Encodes:
    """Open the model of a space: in its folder, in its package, or on a server.

    Raises `InputError` if it is missing, damaged or has changed.
    """
    if folder.is_served(space.path):
        from workbench.space.embeddings import served  # a server is asked by few

        return served.open_model(space.model, space.digest, space.dimension)
    for model in folder.installed():
        if model.digest == space.digest:
            return Encoder.load(model)
    error = _missing_folder(space)
    if error is not None:
        raise error
    place = Path(space.path)
    current = folder.inspect_folder(place)
    if current.digest != space.digest:
        raise InputError(
            f"In the folder of the embedding model “{space.model}” there is another one now.",
            "Choose it again, and it will read the library again; until then words alone answer.",
        )
    return Encoder.load(current)


def _missing_folder(space: SpaceRow) -> InputError | None:
    """The error of a local model that is missing."""
    if folder.is_served(space.path) or Path(space.path).is_dir():
        return None
    if any(model.digest == space.digest for model in folder.installed()):
        return None
    return InputError(
        f"The folder of the embedding model “{space.model}” is no longer there.",
        "Put it back, or choose another model; answers use words only for now.",
    )


def _loaded(store: Store, space: SpaceRow, previous: _Table | None, notes: bool) -> _Table:
    """The vectors of a space; those of `previous` are reused."""
    start = int(previous.starts[-1]) + 1 if previous is not None and len(previous.starts) else 0
    with store.read() as connection:
        rows = list(vectors.after(connection, space.id, start, told=notes))
    return _table_of(space, rows, previous)


def _table_of(space: SpaceRow, rows: Sequence[VectorRow], previous: _Table | None) -> _Table:
    starts = np.array([row.first - 1 for row in rows], np.int32)
    ends = starts + np.array([row.count for row in rows], np.int32)
    scales = np.array([row.scale for row in rows], np.float32)
    numbers = np.frombuffer(b"".join(row.numbers for row in rows), np.int8)
    numbers = numbers.reshape(len(rows), space.dimension)
    if previous is not None:
        starts = np.concatenate([previous.starts, starts])
        ends = np.concatenate([previous.ends, ends])
        scales = np.concatenate([previous.scales, scales])
        numbers = np.concatenate([previous.numbers, numbers])
    turn = _directions(numbers, scales)
    first = np.zeros((len(starts), turn.shape[1]), np.float32)
    for low in range(0, len(starts) if turn.size else 0, 8192):
        part = slice(low, low + 8192)
        first[part] = (numbers[part].astype(np.float32) * scales[part, None]) @ turn
    return _Table(space, starts, ends, scales, numbers, turn, first)


def _directions(numbers: NDArray[np.int8], scales: F32) -> F32:
    """The leading principal directions of the vectors: float32[d, 64], none for few vectors."""
    if len(numbers) < _COARSE_FROM:
        return np.zeros((numbers.shape[1], 0), np.float32)
    indices = np.linspace(0, len(numbers) - 1, min(_SAMPLE, len(numbers))).astype(np.int64)
    sample = numbers[indices].astype(np.float32) * scales[indices, None]
    _, vectors_ = np.linalg.eigh(sample.T @ sample)
    turn: F32 = np.ascontiguousarray(vectors_[:, ::-1][:, :_FIRST]).astype(np.float32)
    return turn


def _search(
    table: _Table, vector: F32, limit: int, inside: NDArray[np.bool_] | None
) -> tuple[NDArray[np.intp], F32]:
    """The indices of the nearest, best first, with their cosines."""
    if table.turn.size:
        rough = products(table.coarse, products(table.turn.T, vector))
        if inside is not None:
            rough[~inside] = -2
        reach = min(len(rough), max(limit * _OVERSAMPLING, 1000))
        places = promising(rough, reach)
    else:
        places = np.arange(len(table.starts), dtype=np.intp)
    if inside is not None:
        places = places[inside[places]]
    cosines = _exact(table, vector, places)
    order = np.argsort(-cosines, kind="stable")[:limit]
    return places[order], cosines[order]


def _exact(table: _Table, vector: F32, places: NDArray[np.intp]) -> F32:
    cosines: F32 = integer_products(table.numbers[places], vector) * table.scales[places]
    return cosines
