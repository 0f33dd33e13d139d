"""Sentence embeddings of a library: the available models, and the one in use."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from workbench import paths
from workbench.errors import InputError, NotFoundError
from workbench.jobs import Cancel, Report
from workbench.models import choices
from workbench.recall.embedding_reading import EmbeddingReading
from workbench.space.embeddings import building, folder
from workbench.space.embeddings.encoder import Encoder, Encodes, missing
from workbench.space.embeddings.folder import ModelFolder
from workbench.store import meta, sending, vectors
from workbench.store.store import Store

#: Two sentences with the same meaning and an unrelated one, for a trial.
_TRIAL = (
    "The bridge was closed because of the flood.",
    "High water shut the crossing.",
    "She prefers her coffee without sugar.",
)


@dataclass(frozen=True, slots=True)
class EmbeddingModel:
    """A model on this machine. `size` in bytes; `why` is one sentence if it is not `usable`.

    `path` is its folder, or "ollama:" and its name on the selected server, then with its location
    in `where`. `dimension` is 0 if unknown. `languages` are tags, "multilingual" for most, none if
    unknown.
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
    """The progress of a model: `vectors` so far, engrams `done` of `total`; `active` if it answers.

    `trouble` is one sentence if the model cannot be used at present; `languages` as in
    `EmbeddingModel`. `reading`: this program continues in the background. The `approximate` next
    engrams have static vectors until the model has read them.
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
    approximate: int = 0


@dataclass(frozen=True, slots=True)
class Trial:
    """A trial of a model on three sentences: cosines of the similar and the unrelated pair.

    `sentences` are the first, the similar and the unrelated one; `longest` is the maximum tokens of
    the model; `milliseconds` is the encoding time of the three, without loading.
    """

    model: str
    like: float
    unlike: float
    sentences: tuple[str, str, str]
    dimension: int
    longest: int
    milliseconds: float


class SentenceEmbeddings:
    """The embedding models of a library. Thread-safe."""

    def __init__(self, store: Store, reading: EmbeddingReading) -> None:
        self._store = store
        self._permit = partial(sending.check, store)
        self._reading = reading

    def models(
        self,
        folders: Sequence[str | Path] = (),
        *,
        served: bool = False,
        cancel: Cancel | None = None,
    ) -> list[EmbeddingModel]:
        """The models of installed packages, of the models' folder, and former ones.

        Also those in `folders`, even if unusable: `why` is the problem. No server is contacted
        unless `served` models are requested; a remote server receives the whole library when used,
        as `where` says. If the active model is available again, it is used immediately. Raises
        `InputError` if no server answers.
        """
        if served:
            return self._served(cancel)
        index: dict[str, EmbeddingModel] = {}
        for place in (*self._model_places(), *map(paths.absolute, map(str, folders))):
            output = _inspected(place)
            index.setdefault(output.path, output)
        with self._store.read() as connection:
            rows = [row for row in vectors.spaces(connection) if folder.is_served(row.path)]
        for row in rows:
            index[row.path] = EmbeddingModel(
                row.model, row.path, row.dimension, 0, True, where=_server_location()
            )
        return list(index.values())

    def spaces(self) -> list[EmbeddingSpace]:
        """The progress of models in this library, the active one first."""
        space, approximate = self._reading.search.serving()
        with self._store.read() as connection:
            final, rows, upto = vectors.newest(connection), vectors.spaces(connection), 0
            if space and approximate:
                # The model answers by static vectors as well, before it has read everything.
                rows = [replace(space, active=True), *(row for row in rows if row.id != space.id)]
                upto = min(approximate.upto, final)
            return [
                EmbeddingSpace(
                    row.model, row.path, row.dimension, vectors.count(connection, row.id),
                    min(row.upto, final), final, row.active,
                    self._reading.search.problem(row) if row.active else "",
                    folder.languages(Path(row.path)),
                    self._reading.progress is not None and self._reading.progress.note == row.model,
                    max(0, upto - row.upto) * row.active
                )
                for row in rows
                # A model with vectors of facts only has not read the library.
                if row.active or row.upto or not vectors.count(connection, row.id)
            ]  # fmt: skip

    def use(self, model: str, report: Report, cancel: Cancel) -> EmbeddingSpace:
        """Let a model read the whole library; it answers once finished, until then the former one.

        `model` is a name of `models`, the path of a folder, or a model of the selected server, by
        its name or as "ollama:NAME". Finished vectors stay if it is stopped, or if a server ends:
        the same call continues. Raises `InputError` if it cannot be used, `LibraryLockedError`
        while another program reads, `Cancelled`.
        """
        encoder = self._encoder_of(model, cancel)
        if folder.is_served(str(encoder.model.path)):
            choices.change({"vectors": True})
        self._reading.stop()
        with self._reading.search.reading(cancel):
            self._store.write(lambda c: meta.remove(c, meta.EMBEDDINGS_OFF))
            space = building.begin(self._store, encoder.model)
            building.build(self._store, space, encoder, report, cancel)
            return self.spaces()[0]

    def drop(self, cancel: Cancel) -> int:
        """Delete all vectors; answers then use words only. Returns how many spaces were deleted.

        No model reads automatically until one is selected again.
        """
        self._reading.stop()
        self._store.write(lambda c: meta.put(c, meta.EMBEDDINGS_OFF, 1))
        with self._store.read() as connection:
            rows = vectors.spaces(connection)
            approximate = vectors.spaces(connection, vectors.STATIC)
        building.drop(self._store, [row.id for row in rows + approximate], cancel)
        return len(rows)

    def try_(self, model: str, cancel: Cancel) -> Trial:
        """Load a model and compare three sentences with it. Raises as `use`."""
        encoder = self._encoder_of(model, cancel)
        pending = time.perf_counter()
        left, like, unlike = encoder.encode(_TRIAL)
        elapsed = 1000 * (time.perf_counter() - pending)
        return Trial(
            encoder.model.name, float(left @ like), float(left @ unlike), _TRIAL,
            encoder.model.dimension, encoder.model.longest, elapsed,
        )  # fmt: skip

    def _served(self, cancel: Cancel | None) -> list[EmbeddingModel]:
        from workbench.space.embeddings import served  # only needed with a server

        listing = served.models(cancel)
        space = self._reading.search.active()
        if space is not None and any(served.is_of(space.digest, model) for model in listing):
            self._reading.search.worked(space)
        return [
            EmbeddingModel(
                model.name, model.path, model.dimension, model.size, True, "", model.languages,
                _server_location(),
            )
            for model in listing
        ]  # fmt: skip

    def _model_places(self) -> list[Path]:
        retained = paths.cache_dir().parent / "models"
        places = [item.path for item in _installed()]
        if retained.is_dir():
            places += sorted(
                item for item in retained.iterdir() if (item / "config.json").is_file()
            )
        with self._store.read() as connection:
            index = {
                row.digest: Path(row.path)
                for row in vectors.spaces(connection)
                if not folder.is_served(row.path)
            }
        digests = {item.digest for item in _installed()}
        return places + [path for digest, path in index.items() if digest not in digests]

    def _encoder_of(self, model: str, stop: Cancel) -> Encodes:
        target = model.strip()
        from workbench.space.embeddings import served  # only needed with a server

        if folder.is_served(target):
            return served.try_model(target, self._permit, stop)
        try:
            return Encoder.load(self._select(target))
        except NotFoundError as error:
            if not target:
                raise
            # Not a folder: perhaps a model of the server, if there is one.
            from workbench.models import server

            try:
                server.find(target, stop)
            except InputError:
                raise error from None
            return served.try_model(target, self._permit, stop)

    def _select(self, target: str) -> ModelFolder:
        for result in self.models():
            if target.casefold() == result.name.casefold() and not folder.is_served(result.path):
                if result.why and not result.usable:
                    raise InputError(result.why, "Choose another model, or repair this one.")
                return folder.inspect_folder(Path(result.path))
        place = paths.absolute(target) if target else Path()
        if target and paths.is_there(place) and place.is_dir():
            return folder.inspect_folder(place)
        raise NotFoundError(
            f"There is no embedding model “{target}” here.",
            "See which there are with `workbench models`, or give the path of a model's folder.",
        )


def _server_location() -> str:
    """The location of the selected server's models, as a phrase."""
    selected = choices.load()
    if selected.beyond:
        return f"the model server at {selected.address}: the library's texts are sent there"
    return "the model server on this computer"


def _installed() -> list[ModelFolder]:
    try:
        return folder.installed()
    except InputError:
        # A package with damaged files has no model.
        return []


def _inspected(place: Path) -> EmbeddingModel:
    try:
        result = folder.inspect_folder(place)
    except InputError as error:
        return EmbeddingModel(place.name, str(place), 0, 0, False, error.message)
    reason = missing() or ""
    return EmbeddingModel(
        result.name, str(place), result.dimension, result.size, not reason, reason, result.languages
    )
