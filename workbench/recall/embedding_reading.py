"""Encodes a library with an embedding model, also in the background, and searches the vectors.

Vectors of facts are computed on demand: the newest facts are encoded while the question waits, the
rest in the background. They are in the active space; before any model has read the library, in one
of the included model, which answers for facts only until it has read everything.
"""

import time
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from workbench.changes import Changes
from workbench.errors import Cancelled, InputError, NotFoundError
from workbench.jobs import Cancel, Progress, Report
from workbench.space.embeddings import building, folder
from workbench.space.embeddings.encoder import Encoder, Encodes, missing
from workbench.space.embeddings.folder import ModelFolder
from workbench.space.embeddings.searching import Embeddings, open_model
from workbench.space.nearest import Nearness
from workbench.store import meta, sending, sources, vectors
from workbench.store.store import Store


class EmbeddingReading:
    """Encodes a library with an embedding model, also in the background, and searches the vectors.

    `search` searches them, `wake` makes the background check for pending text, `progress` is its
    progress (None: idle). Thread-safe.
    """

    def __init__(
        self,
        store: Store,
        changes: Changes,
        wake: Callable[[], None],
    ) -> None:
        self.search = Embeddings(store)
        self.wake = wake
        self.progress: Progress | None = None
        self._store = store
        self._changes = changes
        #: Whether the included model may start automatically, and what stops it.
        self._by_itself = False
        self._reading_by_itself: Cancel | None = None

    def close(self) -> None:
        """Store vectors made for questions, and unload the model."""
        self.search.close()

    def begin_by_itself(self) -> None:
        """Let the included model read automatically, unless another is selected."""
        self._by_itself = not self._store.read_only
        if self._by_itself:
            self.wake()

    def read(self, report: Report, cancel: Cancel) -> int:
        """Encode pending text with the active model; returns the number of new vectors.

        Raises as `SentenceEmbeddings.use`, and `NotFoundError` if there is no model.
        """
        space = self.search.active()
        if space is None:
            primary = self.shipped_model()
            if primary is None:
                raise NotFoundError(
                    "No embedding model reads this library.",
                    "Choose one: workbench models use NAME",
                )
            return self._read_with(primary, report, cancel)
        encoder = self.search.encoder()
        if encoder is None:
            encoder = open_model(space, partial(sending.check, self._store))
        try:
            with self.search.reading(cancel):
                output = building.build(self._store, space.id, encoder, report, cancel)
        except InputError as error:
            self.search.failed(space, error)
            raise
        if output:
            self.search.worked(space)
        return output

    def nearness(self) -> Nearness | None:
        """The semantic search for questions; None without vectors."""
        return self.search if any(self.search.serving()) else None

    def approximate(self, *limit: int) -> None:
        """Give new text of sources static vectors, up to a number of statements if given.

        They serve until the included model has read it.
        """
        if not self._store.read_only and (model := self.shipped_model()):
            building.approximate(self._store, model, *limit)

    def shipped_model(self) -> ModelFolder | None:
        """The included model, if it can read and the user has not decided otherwise."""
        with self._store.read() as connection:
            pending = [row.digest for row in vectors.spaces(connection)]
            off = meta.get(connection, meta.EMBEDDINGS_OFF)
            empty = not vectors.newest(connection)
            # Facts have no language tag.
            languages = sources.languages(connection) or {""}
        if off or empty or missing() is not None:
            return None
        try:
            primary = folder.shipped()
        except InputError:
            return None
        if primary is None or not set(pending) <= {primary.digest}:
            return None
        reads = not primary.languages or languages & {"", *primary.languages}
        return primary if reads or pending else None

    def unread(self) -> bool:
        """Whether the background has text to encode."""
        with self._store.read() as connection:
            space, final = vectors.active(connection), vectors.newest(connection)
        if space is not None:
            return space.upto < final
        return self._by_itself and self.shipped_model() is not None

    def read_on(self, cancel: Cancel) -> None:
        """Continue in the background. Raises `Cancelled`, unless another model was selected."""
        stop = self._reading_by_itself = cancel.part()
        try:
            self.approximate()
            self.read(self.show, stop)
        except Cancelled:
            cancel.check()
        except NotFoundError:
            # Switched off meanwhile.
            return
        finally:
            self._reading_by_itself = None
            self.show(None)

    def show(self, progress: Progress | None) -> None:
        """Set the progress of the background; None for idle."""
        self.progress = progress
        self._changes.tell("meaning")

    def stop(self) -> None:
        """Stop the background, since the user selects a model."""
        reading = self._reading_by_itself
        if reading is not None:
            reading.set()

    def _read_with(self, primary: ModelFolder, report: Report, cancel: Cancel) -> int:
        """Encode the library with the included model, unless that is switched off."""
        encoder = Encoder.load(primary)
        with self.search.reading(cancel):
            if self.shipped_model() is None:
                return 0
            space = building.begin(self._store, primary)
            return building.build(self._store, space, encoder, report, cancel)


#: Facts that are encoded while a question waits, and per background batch.
_BATCH, _BACKGROUND_BATCH = 128, 512
#: Seconds between encodings by questions while the background is running.
_PAUSE = 5.0


class StatementVectors:
    """The vectors of the facts of a library. Thread-safe."""

    def __init__(
        self,
        store: Store,
        embeddings: Embeddings,
        shipped: Callable[[], ModelFolder | None],
        wake: Callable[[], None],
    ) -> None:
        """`shipped` returns the included model, None if disabled; `wake` starts the background."""
        self._store = store
        self._embeddings = embeddings
        self._shipped = shipped
        self._wake = wake
        #: Whether facts are pending for the background.
        self.left = False
        self._embedded_at = -_PAUSE

    def nearest(self, question: str, ids: Sequence[int], limit: int) -> list[tuple[int, float]]:
        """The ids of the facts most similar to a question, with their cosines."""
        statements = np.array(ids, np.int64)
        if not self.left or time.monotonic() > self._embedded_at + _PAUSE:
            self._embed(statements, _BATCH)
            self._embedded_at = time.monotonic()
        return self._embeddings.nearest_facts(question, statements, limit)

    def encoder(self) -> Encodes | None:
        """The model of the vectors; None if there is none or it is unusable."""
        space = self._embeddings.statement_space()
        return None if space is None else self._embeddings.encoder(space)

    def embed_left(self, cancel: Cancel) -> None:
        """Encode pending facts in the background. Raises `Cancelled`."""
        while self.left:
            cancel.check()
            with self._store.read() as connection:
                ids = vectors.statements(connection)
            self._embed(np.array(ids, np.int64), _BACKGROUND_BATCH)

    def _embed(self, ids: NDArray[np.int64], limit: int) -> None:
        """Encode the newest of these facts without a vector, at most `limit`."""
        self.left = False
        space = self._embeddings.statement_space()
        if self._store.read_only or (space is not None and folder.is_served(space.path)):
            return
        if space is None:
            model = self._shipped()
            if model is None:
                return
            building.begin(self._store, model)
            space = self._embeddings.statement_space()
        encoder = None if space is None else self._embeddings.encoder(space)
        if space is None or encoder is None:
            return
        missing = self._embeddings.lacking_vectors(space, ids)
        if not len(missing):
            return
        building.embed_facts(self._store, space.id, encoder, missing[-limit:].tolist())
        self._embeddings.embedded()
        self.left = len(missing) > limit
        if self.left:
            self._wake()
