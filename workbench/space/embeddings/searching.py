"""Search of the whole library by the vectors of the active space.

The search is exhaustive. Vectors are stored as signed bytes, so a hundred thousand of dimension 384
take 38 MB, and a question 8 ms.

What the shipped model has not read yet has static vectors (`static`). If a question has the time,
the model reads those of them that are nearest, and their vectors are stored on closing.
"""

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import F32
from workbench.errors import InputError, WorkbenchError
from workbench.jobs import Cancel
from workbench.space.embeddings import building, folder, static
from workbench.space.embeddings.encoder import Encoder, Encodes, reads_language
from workbench.space.nearest import NearestStretches, integer_products, largest
from workbench.store import sending, vectors
from workbench.store.store import Store
from workbench.store.vectors import SpaceRow, VectorRow

if TYPE_CHECKING:
    from workbench.space.embeddings.served import Permit

#: Cached vectors of questions.
_CACHED = 64
#: Characters of a question that the model gets.
_LONGEST = 4000
#: Most stretches that the model reads for a question, per batch, and of all questions together.
_SHARPENED, _SHARPENING, _KEPT = 64, 8, 10_000
#: Seconds without requests after a server failed.
_RETRY_SECONDS = 30.0
#: Seconds between checks for cancellation while another thread embeds.
_TURN = 0.1


@dataclass(frozen=True, slots=True)
class _Table:
    """The vectors of a space: ordinals int32[n], int8[n, d]."""

    space: SpaceRow
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    scales: F32
    numbers: NDArray[np.int8]

    def cosines(self, vector: F32) -> F32:
        """The cosine of each vector with another one."""
        cosines: F32 = integer_products(self.numbers, vector) * self.scales
        return cosines


@dataclass(frozen=True, slots=True)
class _Mixed:
    """Vectors of the model, those `sharpened` for questions, and the `rest` of static ones.

    `order` sorts them by `starts`; `approximate` are the static ones.
    """

    exact: _Table
    static: _Table
    sharpened: _Table
    rest: NDArray[np.bool_]
    made: int
    order: NDArray[np.intp]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    approximate: NDArray[np.bool_]

    @property
    def space(self) -> SpaceRow:
        """The space of the model."""
        return self.exact.space

    def is_of(self, exact: _Table, approximate: _Table, made: int) -> bool:
        """Whether these vectors are joined here."""
        return self.exact is exact and self.static is approximate and self.made == made

    def cosines(self, vector: F32) -> F32:
        """The cosine of each stretch, by `starts`, estimated where the vectors are static."""
        turned = static.of_question(vector)
        found = [self.exact.cosines(vector), self.sharpened.cosines(vector)]
        found.append(self.static.cosines(turned)[self.rest])
        cosines: F32 = np.concatenate(found)[self.order]
        return cosines


class Embeddings:
    """Finds stretches of a library by an embedding model. Thread-safe."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._permit = partial(sending.check, store)
        self._lock = threading.Lock()
        #: Held while a model embeds on behalf of this process.
        self._reading = threading.Lock()
        #: The vectors of sources and of told statements, by purpose and whether told.
        self._tables: dict[tuple[str, bool], _Table] = {}
        self._mixed: _Mixed | None = None
        #: Vectors of the model made for questions, by their first statement; those stored.
        self._sharpened: dict[int, VectorRow] = {}
        self._kept: set[int] = set()
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

    def serving(self) -> tuple[SpaceRow | None, SpaceRow | None]:
        """The space that answers, and the static one that answers where it has no vectors.

        With static vectors, the space of the shipped model answers before it is complete, and has
        no id before it exists.
        """
        with self._store.read() as connection:
            rows, approximate = vectors.spaces(connection), vectors.static(connection)
        space = rows[0] if rows and rows[0].active else None
        model = static.shipped() if approximate is not None else None
        if approximate is None or model is None or approximate.digest != static.digest(model):
            return space, None
        if space is not None:
            return space, approximate if space.digest == model.digest else None
        started = next((row for row in rows if row.digest == model.digest), None)
        unread = SpaceRow(0, 0, model.name, model.digest, str(model.path), model.dimension)
        return started or unread, approximate

    def nearest(
        self,
        question: str,
        *,
        limit: int = 300,
        within: NDArray[np.bool_] | None = None,
        seconds: float = 0.0,
    ) -> NearestStretches | None:
        """See `Nearness`; None if there is no usable model.

        Nor for a language that the model does not read: its vectors would mean nothing.
        """
        found = self.all_cosines(question, within=within, seconds=seconds)
        if found is None:
            return None
        places = np.flatnonzero(_inside(found.starts, within))
        best = places[largest(found.cosines[places], limit)]
        return NearestStretches(found.starts[best], found.ends[best], found.cosines[best])

    def all_cosines(
        self, question: str, *, within: NDArray[np.bool_] | None = None, seconds: float = 0.0
    ) -> NearestStretches | None:
        """See `Nearness`."""
        space, approximate = self.serving()
        if space is None:
            return None
        table = self._fresh(space) if approximate is None else self._mix(space, approximate)
        vector = self._question(space, question) if len(table.starts) else None
        if vector is None:
            return None
        cosines = table.cosines(vector)
        if isinstance(table, _Mixed) and seconds > 0:
            self._sharpen(table, vector, cosines, within, seconds)
        return NearestStretches(table.starts, table.ends, cosines)

    def statement_space(self) -> SpaceRow | None:
        """The space to search told statements in: the active one, or one being built."""
        with self._store.read() as connection:
            return next(iter(vectors.spaces(connection)), None)

    def nearest_facts(
        self, question: str, facts: NDArray[np.int64], limit: int
    ) -> list[tuple[int, float]]:
        """The ids of those of these facts nearest to a question, with cosines."""
        space = self.statement_space()
        if space is None:
            return []
        table = self._fresh(space, notes=True)
        places = np.flatnonzero(np.isin(table.starts, facts - 1))
        vector = self._question(space, question) if len(places) else None
        if vector is None:
            return []
        cosines = table.cosines(vector)[places]
        best = largest(cosines, limit)
        ids = (table.starts[places[best]] + 1).tolist()
        return list(zip(ids, cosines[best].tolist(), strict=True))

    def lacking_vectors(self, space: SpaceRow, facts: NDArray[np.int64]) -> NDArray[np.int64]:
        """Those of these facts without vectors, by ascending id."""
        missing = facts[~np.isin(facts - 1, self._fresh(space, True).starts)]
        return np.sort(missing)

    def embedded(self) -> None:
        """Reload the vectors of facts with the next question."""
        with self._lock:
            self._tables.pop(("text", True), None)

    def encoder(self, space: SpaceRow | None = None) -> Encodes | None:
        """The model of a space, or else of the active one; None if unusable, see `trouble`."""
        space = space or self.active()
        return None if space is None else self._load(space)

    def _mix(self, space: SpaceRow, approximate: SpaceRow) -> _Mixed:
        """The vectors of the model, and static ones where it has none; the last ones are cached."""
        exact, rest = self._fresh(space), self._fresh(approximate)
        with self._lock:
            last = self._mixed
            if last is None or not last.is_of(exact, rest, len(self._sharpened)):
                last = self._mixed = _mixed(exact, rest, self._sharpened)
            return last

    def _question(self, space: SpaceRow, question: str) -> F32 | None:
        """The vector of a question; None if the model is unusable or does not read its language."""
        if not question.strip():
            return None
        encoder = self._load(space)
        if encoder is None or not reads_language(encoder.model, question[:_LONGEST]):
            return None
        try:
            vector = self._vector(encoder, question[:_LONGEST])
        except InputError as error:
            # The server is gone, or has another model: search by words for now.
            self.failed(space, error)
            return None
        if self.problem(space):
            self.worked(space)
        return vector

    def _sharpen(
        self,
        table: _Mixed,
        vector: F32,
        cosines: F32,
        within: NDArray[np.bool_] | None,
        seconds: float,
    ) -> None:
        """Replace the best cosines of static vectors in place, as long as there is time."""
        encoder, deadline = self._encoder, time.monotonic() + seconds
        if encoder is None or len(self._sharpened) >= _KEPT:
            return
        places = np.flatnonzero(table.approximate & _inside(table.starts, within))
        places = places[largest(cosines[places], _SHARPENED)]
        for low in range(0, len(places), _SHARPENING):
            if time.monotonic() > deadline:
                return
            part = places[low : low + _SHARPENING]
            firsts, counts = table.starts[part] + 1, table.ends[part] - table.starts[part]
            ranges = list(zip(firsts.tolist(), counts.tolist(), strict=True))
            rows = building.embed_stretches(self._store, encoder, ranges)
            made = _table_of(table.exact.space, rows, None)
            cosines[np.searchsorted(table.starts, made.starts)] = made.cosines(vector)
            with self._lock:
                self._sharpened.update({row.first: row for row in rows})

    def store_sharpened(self) -> None:
        """Store the vectors that were made for questions."""
        with self._lock:
            rows = [row for row in self._sharpened.values() if row.first not in self._kept]
            encoder = self._encoder
            self._kept.update(row.first for row in rows)
        if rows and encoder is not None and not self._store.read_only:
            building.store_stretches(self._store, encoder.model, rows)

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
        # Without them, the next question makes them again.
        with suppress(WorkbenchError):
            self.store_sharpened()
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
            open_model(space, self._permit).encode(["salt"], lambda _d, _t: self._closed.check())
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
                    self._encoder = _shared(space, self._permit)
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

    def _fresh(self, space: SpaceRow, notes: bool = False) -> _Table:
        key = space.purpose, notes
        with self._lock:
            table = self._tables.get(key)
            if table is not None and table.space == space:
                return table
            grown = (
                table is not None
                and (table.space.id, table.space.gone) == (space.id, space.gone)
                and table.space.upto <= space.upto
            )
            loaded = _loaded(self._store, space, table if grown else None, notes)
            self._tables[key] = loaded
            return loaded


#: The included model as the libraries of this process search with it, and the state of its files.
_included: tuple[object, Encodes] | None = None


def _shared(space: SpaceRow, permit: "Permit") -> Encodes:
    """`open_model`, but of the included model one instance for all libraries."""
    global _included
    model = folder.shipped()
    if folder.is_served(space.path) or model is None or model.digest != space.digest:
        return open_model(space, permit)
    state = [(file, file.stat().st_mtime_ns) for file in sorted(model.path.iterdir())]
    if _included is None or _included[0] != state:
        _included = state, open_model(space, permit)
    return _included[1]


def open_model(space: SpaceRow, permit: "Permit") -> Encodes:
    """Open the model of a space: in its folder, in its package, or on a server that is permitted.

    Raises `InputError` if it is missing, damaged or has changed.
    """
    if folder.is_served(space.path):
        from workbench.space.embeddings import served  # a server is asked by few

        return served.open_model(space.model, space.digest, space.dimension, permit)
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
    """The vectors of a space; those of `previous` are reused, as far as the model had read."""
    start = 0 if previous is None else previous.space.upto
    with store.read() as connection:
        rows = list(vectors.after(connection, space.id, start, told=notes))
    return _table_of(space, rows, previous)


def _table_of(space: SpaceRow, rows: Sequence[VectorRow], previous: _Table | None) -> _Table:
    starts = np.array([row.first - 1 for row in rows], np.int32)
    ends = starts + np.array([row.count for row in rows], np.int32)
    scales = np.array([row.scale for row in rows], np.float32)
    numbers = np.frombuffer(b"".join([row.numbers for row in rows]), np.int8)
    numbers = numbers.reshape(len(rows), space.dimension)
    if previous is not None:
        # Beyond, only vectors made for questions.
        size = int(np.searchsorted(previous.starts, previous.space.upto))
        starts = np.concatenate([previous.starts[:size], starts])
        ends = np.concatenate([previous.ends[:size], ends])
        scales = np.concatenate([previous.scales[:size], scales])
        numbers = np.concatenate([previous.numbers[:size], numbers])
    return _Table(space, starts, ends, scales, numbers)


def _mixed(exact: _Table, approximate: _Table, made: Mapping[int, VectorRow]) -> _Mixed:
    """Join vectors of the model, and static ones where it has none."""
    known = set(exact.starts.tolist())
    rows = [made[id] for id in sorted(made) if id > exact.space.upto and id - 1 not in known]
    sharpened = _table_of(exact.space, rows, None)
    rest = approximate.starts >= exact.space.upto
    for table in (exact, sharpened):
        rest &= ~np.isin(approximate.starts, table.starts)
    starts = np.concatenate([exact.starts, sharpened.starts, approximate.starts[rest]])
    ends = np.concatenate([exact.ends, sharpened.ends, approximate.ends[rest]])
    order = np.argsort(starts, kind="stable")
    return _Mixed(
        exact, approximate, sharpened, rest, len(made), order, starts[order], ends[order],
        order >= len(exact.starts) + len(sharpened.starts),
    )  # fmt: skip


def _inside(starts: NDArray[np.int32], within: NDArray[np.bool_] | None) -> NDArray[np.bool_]:
    """Which stretches begin within a mask over ordinals."""
    if within is None:
        return np.ones(len(starts), np.bool_)
    is_known = starts < len(within)
    inside = np.zeros(len(starts), np.bool_)
    inside[is_known] = within[starts[is_known]]
    return inside
