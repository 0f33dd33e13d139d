"""Sentence embeddings of a library: which models there are, and which one reads it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workbench import paths
from workbench.arguments import Words
from workbench.changes import Changes
from workbench.errors import Cancelled, InputError, NotFoundError
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.models import choices
from workbench.recall.dense_scores import Tier
from workbench.recall.topic_vectors import Subjects
from workbench.space.embeddings import building, folder
from workbench.space.embeddings.encoder import Encoder, missing
from workbench.space.embeddings.encoding import Encodes
from workbench.space.embeddings.folder import ModelFolder
from workbench.space.embeddings.searching import Embeddings, open_model
from workbench.space.nearest import Nearness
from workbench.store import meta, sources, vectors
from workbench.store.store import Store

#: What the nearest stretch adds at most: by a model; by what the library itself taught, and that
#: only where nothing is named, since a name says more than its company.
_WEIGHT, _OWN_WEIGHT = 1.0, 0.7
#: The shares of these in running text (chosen on halves A of the questions about books).
_RUNNING, _OWN_RUNNING = 0.35, 0.29
#: The share of the former in passages of a sentence or two, as turns of a talk.
_SHORT = 0.5
#: The share that a model gives up where a passage holds every word of the question: the words tell
#: then which is meant, and a model that knows little of the matter must not stand over them.
_YIELDS = 0.6
#: Two sentences that mean the same, and one that does not: what a trial compares.
_TRIAL = (
    "The bridge was closed because of the flood.",
    "High water shut the crossing.",
    "She prefers her coffee without sugar.",
)


@dataclass(frozen=True, slots=True)
class EmbeddingModel:
    """A model on this machine. `size` in bytes; `why` is one sentence where it is not `usable`.

    `path` is its folder, or "ollama:" and its name where the chosen server has it, and `where` says
    so then. `dimension` 0 is not known. `languages` are tags of those that it reads, "multilingual"
    for most, none where nobody says.
    """

    name: str
    path: str
    dimension: int
    size: int
    usable: bool
    why: str = ""
    languages: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class EmbeddingSpace:
    """What a model has read: `vectors` so far, engrams `done` of `total`, whether it answers.

    `trouble` is one sentence where the model cannot be used at the moment; `languages` as of
    `EmbeddingModel`. `reading` says whether this program reads on with it in the background.
    """

    model: str
    path: str
    dimension: int
    vectors: int
    done: int
    total: int
    active: bool
    trouble: str = ""
    languages: tuple[str, ...] = ()
    reading: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """What a model makes of three sentences: cosines of the like pair and of the unlike one.

    `sentences` are the first, the one like it, the one unlike it; `longest` is the most tokens that
    the model reads at once; `milliseconds` went by for the three, without loading the model.
    """

    model: str
    like: float
    unlike: float
    sentences: tuple[str, str, str]
    dimension: int
    longest: int
    milliseconds: float


class SentenceEmbeddings:
    """What a library can do with embedding models. Any thread may call."""

    def __init__(
        self,
        store: Store,
        embeddings: Embeddings,
        subjects: Callable[[], Subjects],
        changes: Changes,
    ) -> None:
        """Made with the library that it is of; `subjects` gives its topics."""
        self._store = store
        self._embeddings = embeddings
        self._subjects = subjects
        self._changes = changes
        #: Has the background look whether there is something to read.
        self.wake: Callable[[], None] = _asleep
        #: Whether the model that came with the program may begin by itself, and what stops it.
        self._by_itself = False
        self._reading_by_itself: Cancel | None = None
        self._embedding: Progress | None = None

    def _close(self) -> None:
        """Let go of the model."""
        self._embeddings.close()

    @property
    def progress(self) -> Progress | None:
        """How far the background has come, in statements; None where it rests.

        The stage is "indexing" where what was told is indexed, "reading" where a model reads.
        """
        return self._embedding

    def models(
        self, *folders: str | Path, served: bool = False, cancel: Cancel | None = None
    ) -> list[EmbeddingModel]:
        """The models that packages have brought, that lie in the models' folder, or were used.

        Beside them, what lies in `folders`, also where it cannot be used: `why` says what is wrong.
        Nobody is contacted, unless those `served` by the chosen model server are asked for; a
        server of another machine is sent the whole library when it is used: `where` says so. Where
        the active model is there again, it is used at once. Raises `InputError` where none answers.
        """
        if served:
            return self._served(cancel)
        found: dict[str, EmbeddingModel] = {}
        for place in (*self._model_places(), *map(paths.absolute, map(str, folders))):
            made = _looked(place)
            found.setdefault(made.path, made)
        with self._store.read() as connection:
            rows = [row for row in vectors.spaces(connection) if folder.is_served(row.path)]
        for row in rows:
            found[row.path] = EmbeddingModel(
                row.model, row.path, row.dimension, 0, True, where=_where()
            )
        return list(found.values())

    def spaces(self) -> list[EmbeddingSpace]:
        """What models have read of this library, the active one first."""
        with self._store.read() as connection:
            last = vectors.last(connection)
            return [
                EmbeddingSpace(
                    row.model, row.path, row.dimension, vectors.count(connection, row.id),
                    min(row.upto, last), last, row.active,
                    self._embeddings.problem(row) if row.active else "",
                    folder.languages(Path(row.path)),
                    self._embedding is not None and self._embedding.note == row.model,
                )
                for row in vectors.spaces(connection)
                # One that has read nothing but told statements is no reading of the library.
                if row.active or row.upto or not vectors.count(connection, row.id)
            ]  # fmt: skip

    def use(
        self, model: Words, *, report: Report = silent, cancel: Cancel | None = None
    ) -> EmbeddingSpace:
        """Let a model read the whole library; it answers once it has read everything.

        Until then the one before answers. `model` is a name of `models`, the path of a
        folder, or a model of the chosen server, by its name or as "ollama:NAME". What was read
        stays when it is stopped, or when a server ends: the same call goes on. Raises `InputError`
        for what cannot be used, `LibraryLockedError` while another program does it, `Cancelled`.
        """
        stop = cancel or Cancel()
        encoder = self._encoder_of(model, stop)
        if folder.is_served(str(encoder.model.path)):
            choices.change({"vectors": True})
        self._stop_reading_by_itself()
        with self._embeddings.reading(stop):
            self._store.write(lambda c: meta.remove(c, meta.EMBEDDINGS_OFF))
            space = building.begin(self._store, encoder.model)
            building.build(self._store, space, encoder, report, stop)
            return self.spaces()[0]

    def update(
        self,
        *,
        background: bool = False,
        topics: bool = False,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> int:
        """Let the active model read what came since; returns how many vectors were made.

        Where none was ever chosen, that which came with the program begins. In the `background`,
        for a program that stays open, it begins once nothing is being added, goes on after a
        restart, and answers once all is read. Where somebody has chosen another model, or none
        (`drop`), that stays. With `topics`, what passages are about is learned from a large library
        instead, where that is due; a small one is read when asked. Raises what `use` does, and
        `NotFoundError` where no model is to read the library.
        """
        if topics:
            return int(self._subjects().update(cancel))
        if background:
            self._by_itself = not self._store.read_only
            if self._by_itself:
                self.wake()
            return 0
        space = self._embeddings.active()
        if space is None:
            own = self._shipped_model()
            if own is None:
                raise NotFoundError(
                    "No embedding model reads this library.",
                    "Choose one: workbench models use NAME",
                )
            return self._read_with(own, report, cancel or Cancel())
        encoder = self._embeddings.encoder()
        if encoder is None:
            encoder = open_model(space)
        stop = cancel or Cancel()
        try:
            with self._embeddings.reading(stop):
                made = building.build(self._store, space.id, encoder, report, stop)
        except InputError as error:
            self._embeddings.failed(space, error)
            raise
        if made:
            self._embeddings.worked(space)
        return made

    def drop(self, *, cancel: Cancel | None = None) -> int:
        """Remove all vectors; answers go by words alone. Returns how many spaces went.

        No model reads the library by itself until one is chosen again.
        """
        self._stop_reading_by_itself()
        self._store.write(lambda c: meta.put(c, meta.EMBEDDINGS_OFF, 1))
        with self._store.read() as connection:
            rows = vectors.spaces(connection)
        building.drop(self._store, [row.id for row in rows], cancel or Cancel())
        return len(rows)

    def try_(self, model: Words, *, cancel: Cancel | None = None) -> Trial:
        """Load a model and compare three sentences with it. Raises as `use`."""
        encoder = self._encoder_of(model, cancel or Cancel())
        begun = time.perf_counter()
        one, like, unlike = encoder.encode(_TRIAL)
        took = 1000 * (time.perf_counter() - begun)
        return Trial(
            encoder.model.name, float(one @ like), float(one @ unlike), _TRIAL,
            encoder.model.dimension, encoder.model.longest, took,
        )  # fmt: skip

    def _served(self, cancel: Cancel | None) -> list[EmbeddingModel]:
        from workbench.space.embeddings import served  # a server is asked by few

        listed = served.models(cancel)
        space = self._embeddings.active()
        if space is not None and any(served.is_of(space.digest, model) for model in listed):
            self._embeddings.worked(space)
        return [
            EmbeddingModel(
                model.name, model.path, model.dimension, model.size, True, "", model.languages,
                _where(),
            )
            for model in listed
        ]  # fmt: skip

    def _shipped_model(self) -> ModelFolder | None:
        """The model that came with the program, where it can read and nobody chose otherwise."""
        with self._store.read() as connection:
            begun = [row.digest for row in vectors.spaces(connection)]
            off = meta.get(connection, meta.EMBEDDINGS_OFF)
            empty = not vectors.last(connection)
            # What was told says no language of its own.
            languages = sources.languages(connection) or {""}
        if off or empty or missing() is not None:
            return None
        try:
            own = folder.shipped()
        except InputError:
            return None
        if own is None or not set(begun) <= {own.digest}:
            return None
        reads = not own.languages or languages & {"", *own.languages}
        return own if reads or begun else None

    def _unread(self) -> bool:
        """Whether there is something that the background is to read with an embedding model."""
        with self._store.read() as connection:
            space, last = vectors.active(connection), vectors.last(connection)
        if space is not None:
            return space.upto < last
        return self._by_itself and self._shipped_model() is not None

    def _read_on(self, cancel: Cancel) -> None:
        """Read on in the background. Raises `Cancelled`, but not where somebody chose otherwise."""
        stop = self._reading_by_itself = cancel.part()
        try:
            self.update(report=self._show, cancel=stop)
        except Cancelled:
            cancel.check()
        except NotFoundError:
            # It was switched off between two looks.
            return
        finally:
            self._reading_by_itself = None
            self._show(None)

    def _show(self, progress: Progress | None) -> None:
        """Let `progress` be what the background does now; None for nothing."""
        self._embedding = progress
        self._changes.tell("meaning")

    def _stop_reading_by_itself(self) -> None:
        reading = self._reading_by_itself
        if reading is not None:
            reading.set()

    def _read_with(self, own: ModelFolder, report: Report, cancel: Cancel) -> int:
        """Let the model that came with the program read the library, unless that is unwanted."""
        encoder = Encoder.load(own)
        with self._embeddings.reading(cancel):
            if self._shipped_model() is None:
                return 0
            space = building.begin(self._store, own)
            return building.build(self._store, space, encoder, report, cancel)

    def _tiers(self) -> tuple[Tier, ...]:
        """The searches by meaning that a question is asked of."""
        own = own_tier(self._subjects())
        if not self._embeddings.active():
            return (own,)
        return model_tier(self._embeddings), own

    def _model_places(self) -> list[Path]:
        kept = paths.cache_dir().parent / "models"
        places = [each.path for each in _installed()]
        if kept.is_dir():
            places += sorted(each for each in kept.iterdir() if (each / "config.json").is_file())
        with self._store.read() as connection:
            known = {
                row.digest: Path(row.path)
                for row in vectors.spaces(connection)
                if not folder.is_served(row.path)
            }
        digests = {each.digest for each in _installed()}
        return places + [path for digest, path in known.items() if digest not in digests]

    def _encoder_of(self, model: str, stop: Cancel) -> Encodes:
        wanted = model.strip()
        from workbench.space.embeddings import served  # a server is asked by few

        if folder.is_served(wanted):
            return served.try_model(wanted, stop)
        try:
            return Encoder.load(self._chosen(wanted))
        except NotFoundError as error:
            if not wanted:
                raise
            # What no folder holds may be a model of the server, where there is one.
            from workbench.models import server

            try:
                server.found(wanted, stop)
            except InputError:
                raise error from None
            return served.try_model(wanted, stop)

    def _chosen(self, wanted: str) -> ModelFolder:
        for found in self.models():
            if wanted.casefold() == found.name.casefold() and not folder.is_served(found.path):
                if found.why and not found.usable:
                    raise InputError(found.why, "Choose another model, or repair this one.")
                return folder.inspect_folder(Path(found.path))
        place = paths.absolute(wanted) if wanted else Path()
        if wanted and paths.is_there(place) and place.is_dir():
            return folder.inspect_folder(place)
        raise NotFoundError(
            f"There is no embedding model “{wanted}” here.",
            "See which there are with `workbench models`, or give the path of a model's folder.",
        )


def _asleep() -> None:
    """Nothing is read in the background."""


def _where() -> str:
    """Where the models of the chosen server run, as a phrase."""
    chosen = choices.load()
    if chosen.beyond:
        return f"the model server at {chosen.address}: the library's texts are sent there"
    return "the model server on this computer"


def model_tier(model: Nearness) -> Tier:
    """The search by a sentence embedding model, as a question is asked of it."""
    return Tier(model, _WEIGHT, running=_RUNNING, short=_SHORT, yields=_YIELDS, evenly=True)


def own_tier(subjects: Subjects) -> Tier:
    """The search by what the library itself taught, as a question is asked of it."""
    return Tier(
        subjects,
        _OWN_WEIGHT,
        only_unnamed=True,
        running=_OWN_RUNNING,
        by_fall=True,
    )


def _installed() -> list[ModelFolder]:
    try:
        return folder.installed()
    except InputError:
        # A package whose files are damaged brings no model.
        return []


def _looked(place: Path) -> EmbeddingModel:
    try:
        found = folder.inspect_folder(place)
    except InputError as error:
        return EmbeddingModel(place.name, str(place), 0, 0, False, error.message)
    why = missing() or ""
    return EmbeddingModel(
        found.name, str(place), found.dimension, found.size, not why, why, found.languages
    )
