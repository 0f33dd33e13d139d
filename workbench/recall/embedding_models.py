"""Sentence embeddings of a library: which models there are, and which one reads it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench import paths
from workbench.errors import InputError, NotFoundError
from workbench.jobs import Cancel, Report
from workbench.models import choices
from workbench.recall.embedding_reading import EmbeddingReading
from workbench.space.embeddings import building, folder
from workbench.space.embeddings.encoder import Encoder, missing
from workbench.space.embeddings.encoding import Encodes
from workbench.space.embeddings.folder import ModelFolder
from workbench.store import meta, vectors
from workbench.store.store import Store

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

    def __init__(self, store: Store, reading: EmbeddingReading) -> None:
        """Made with the library that it is of."""
        self._store = store
        self._reading = reading

    def models(
        self,
        folders: Sequence[str | Path] = (),
        *,
        served: bool = False,
        cancel: Cancel | None = None,
    ) -> list[EmbeddingModel]:
        """The models that packages have brought, that lie in the models' folder, or were used.

        Beside them, what lies in `folders`, also where it cannot be used: `why` says what is wrong.
        Nobody is contacted, unless those `served` by the chosen model server are asked for; a
        server of another machine is sent the whole library when it is used: `where` says so. Where
        the active model is there again, it is used at once. Raises `InputError` where none answers.
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
        """What models have read of this library, the active one first."""
        with self._store.read() as connection:
            final = vectors.newest(connection)
            return [
                EmbeddingSpace(
                    row.model, row.path, row.dimension, vectors.count(connection, row.id),
                    min(row.upto, final), final, row.active,
                    self._reading.search.problem(row) if row.active else "",
                    folder.languages(Path(row.path)),
                    self._reading.progress is not None and self._reading.progress.note == row.model,
                )
                for row in vectors.spaces(connection)
                # One that has read nothing but told statements is no reading of the library.
                if row.active or row.upto or not vectors.count(connection, row.id)
            ]  # fmt: skip

    def use(self, model: str, report: Report, cancel: Cancel) -> EmbeddingSpace:
        """Let a model read the whole library; it answers once it has read everything.

        Until then the one before answers. `model` is a name of `models`, the path of a
        folder, or a model of the chosen server, by its name or as "ollama:NAME". What was read
        stays when it is stopped, or when a server ends: the same call goes on. Raises `InputError`
        for what cannot be used, `LibraryLockedError` while another program does it, `Cancelled`.
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
        """Remove all vectors; answers go by words alone. Returns how many spaces went.

        No model reads the library by itself until one is chosen again.
        """
        self._reading.stop()
        self._store.write(lambda c: meta.put(c, meta.EMBEDDINGS_OFF, 1))
        with self._store.read() as connection:
            rows = vectors.spaces(connection)
        building.drop(self._store, [row.id for row in rows], cancel)
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
        from workbench.space.embeddings import served  # a server is asked by few

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
        from workbench.space.embeddings import served  # a server is asked by few

        if folder.is_served(target):
            return served.try_model(target, stop)
        try:
            return Encoder.load(self._select(target))
        except NotFoundError as error:
            if not target:
                raise
            # What no folder holds may be a model of the server, where there is one.
            from workbench.models import server

            try:
                server.find(target, stop)
            except InputError:
                raise error from None
            return served.try_model(target, stop)

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
    """Where the models of the chosen server run, as a phrase."""
    selected = choices.load()
    if selected.beyond:
        return f"the model server at {selected.address}: the library's texts are sent there"
    return "the model server on this computer"


def _installed() -> list[ModelFolder]:
    try:
        return folder.installed()
    except InputError:
        # A package whose files are damaged brings no model.
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
