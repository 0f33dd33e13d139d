"""Reads a library with an embedding model, in the background too, and searches what it read."""

from collections.abc import Callable

from workbench.changes import Changes
from workbench.errors import Cancelled, InputError, NotFoundError
from workbench.jobs import Cancel, Progress, Report
from workbench.space.embeddings import building, folder
from workbench.space.embeddings.encoder import Encoder, missing
from workbench.space.embeddings.folder import ModelFolder
from workbench.space.embeddings.searching import Embeddings, open_model
from workbench.space.nearest import Nearness
from workbench.store import meta, sources, vectors
from workbench.store.store import Store


class EmbeddingReading:
    """Reads a library with an embedding model, also in the background, and searches what it read.

    `search` looks in the vectors, `wake` has the background look whether there is something to
    read, `progress` is how far that has come (None: it rests). Any thread may call.
    """

    def __init__(
        self,
        store: Store,
        changes: Changes,
        wake: Callable[[], None],
    ) -> None:
        """Made with the library that it is of."""
        self.search = Embeddings(store)
        self.wake = wake
        self.progress: Progress | None = None
        self._store = store
        self._changes = changes
        #: Whether the model that came with the program may begin by itself, and what stops it.
        self._by_itself = False
        self._reading_by_itself: Cancel | None = None

    def close(self) -> None:
        """Let go of the model."""
        self.search.close()

    def begin_by_itself(self) -> None:
        """Let the model that came with the program read what nobody chose another one for."""
        self._by_itself = not self._store.read_only
        if self._by_itself:
            self.wake()

    def read(self, report: Report, cancel: Cancel) -> int:
        """Read what came since with the active model; returns how many vectors were made.

        Raises as `SentenceEmbeddings.use`, and `NotFoundError` where no model is to read it.
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
            encoder = open_model(space)
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
        """The search by meaning that a question is asked of; None where no model reads."""
        return self.search if self.search.active() else None

    def shipped_model(self) -> ModelFolder | None:
        """The model that came with the program, where it can read and nobody chose otherwise."""
        with self._store.read() as connection:
            pending = [row.digest for row in vectors.spaces(connection)]
            off = meta.get(connection, meta.EMBEDDINGS_OFF)
            empty = not vectors.newest(connection)
            # What was told says no language of its own.
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
        """Whether there is something that the background is to read with an embedding model."""
        with self._store.read() as connection:
            space, final = vectors.active(connection), vectors.newest(connection)
        if space is not None:
            return space.upto < final
        return self._by_itself and self.shipped_model() is not None

    def read_on(self, cancel: Cancel) -> None:
        """Read on in the background. Raises `Cancelled`, but not where somebody chose otherwise."""
        stop = self._reading_by_itself = cancel.part()
        try:
            self.read(self.show, stop)
        except Cancelled:
            cancel.check()
        except NotFoundError:
            # It was switched off between two looks.
            return
        finally:
            self._reading_by_itself = None
            self.show(None)

    def show(self, progress: Progress | None) -> None:
        """Let `progress` be what the background does now; None for nothing."""
        self.progress = progress
        self._changes.tell("meaning")

    def stop(self) -> None:
        """End what the background reads now, since somebody chooses a model."""
        reading = self._reading_by_itself
        if reading is not None:
            reading.set()

    def _read_with(self, primary: ModelFolder, report: Report, cancel: Cancel) -> int:
        """Let the model that came with the program read the library, unless that is unwanted."""
        encoder = Encoder.load(primary)
        with self.search.reading(cancel):
            if self.shipped_model() is None:
                return 0
            space = building.begin(self._store, primary)
            return building.build(self._store, space, encoder, report, cancel)
