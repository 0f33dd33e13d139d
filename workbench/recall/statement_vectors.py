"""Sentence vectors of facts, computed on demand.

The newest facts are encoded while the question waits, the rest in the background. They are in the
active space; before any model has read the library, in one of the included model, which answers for
facts only until it has read everything.
"""

import time
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.jobs import Cancel
from workbench.space.embeddings import building, folder
from workbench.space.embeddings.encoding import Encodes
from workbench.space.embeddings.folder import ModelFolder
from workbench.space.embeddings.searching import Embeddings
from workbench.store import vectors
from workbench.store.store import Store

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
