"""Models of every kind: those available, the one in use, and its progress."""

import builtins
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, overload

from ingest.errors import IngestError
from ingest.models.address import server_address
from workbench.arguments import Exact, Words
from workbench.errors import InputError, NotFoundError, UsageError
from workbench.intake import speech
from workbench.intake.speech import SpeechModelRow
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.library.core import Core
from workbench.library.group import Group
from workbench.memory.graph.modelling import ModelRead, ModelReadingState, warning
from workbench.models import choices, server
from workbench.models.choices import LanguageChoices
from workbench.models.language import (
    TRIAL,
    LanguageModel,
    LanguageModels,
    LanguageTrial,
    Sending,
)
from workbench.recall import pictures
from workbench.recall.embedding_models import (
    EmbeddingModel,
    EmbeddingSpace,
    SentenceEmbeddings,
    Trial,
)
from workbench.recall.pictures import PictureModelRow, PictureSpace
from workbench.store import modelled, sending, text

if TYPE_CHECKING:
    from ingest.web.download import Downloader
    from workbench.library.model_test import ModelTest


class Models(Group, LanguageModels):
    """A library's calls on models: "language", "speech", "embedding" and "pictures"."""

    def __init__(self, core: Core) -> None:
        Group.__init__(self, core)
        LanguageModels.__init__(self, core.start_language_reading)
        self._embeddings = SentenceEmbeddings(core.store, core.embedding_reading)

    @property
    def progress(self) -> Progress | None:
        """Progress of background work, in statements; None when idle.

        The stage is "indexing" for told statements, "reading" for a model, and "failed" for work
        that is retried: `note` has the reason.
        """
        failed = (Progress("failed", note=row) for row in self._core.failures.values())
        return self._core.embedding_reading.progress or next(failed, None)

    @property
    def missing(self) -> str:
        """The missing packages of image models, in a sentence, or ""."""
        return pictures.missing()

    @overload
    def list(
        self, kind: Literal["language"] = "language", *, cancel: Cancel | None = None
    ) -> builtins.list[LanguageModel]: ...
    @overload
    def list(self, kind: Literal["speech"]) -> builtins.list[SpeechModelRow]: ...
    @overload
    def list(self, kind: Literal["pictures"]) -> builtins.list[PictureModelRow]: ...
    @overload
    def list(
        self,
        kind: Literal["embedding"],
        *,
        folders: Sequence[str | Path] = (),
        served: bool = False,
        cancel: Cancel | None = None,
    ) -> builtins.list[EmbeddingModel]: ...
    def list(
        self,
        kind: Words = "language",
        *,
        folders: Sequence[str | Path] = (),
        served: bool = False,
        cancel: Cancel | None = None,
    ) -> (
        builtins.list[LanguageModel]
        | builtins.list[SpeechModelRow]
        | builtins.list[PictureModelRow]
        | builtins.list[EmbeddingModel]
    ):
        """The available models of a kind; for language those of the chosen server, by name.

        For embedding those in installed packages, in the models' folder or in `folders`, or used
        before; unusable ones say why. No server is contacted for them, nor for speech and pictures,
        whose models can be downloaded (`fetch`), unless models `served` by the chosen server are
        requested. A server on another machine receives the whole library when it embeds: `where`
        says so. Raises `InputError` if no server answers, and `UsageError` for another kind.
        """
        _check(kind, "language", "speech", "embedding", "pictures")
        if kind == "language":
            return super().list(cancel=cancel)
        if kind == "pictures":
            return self._core.pictures.models()
        if kind == "speech":
            return speech.models()
        return self._embeddings.models(folders, served=served, cancel=cancel)

    @overload
    def readings(
        self, kind: Literal["language"] = "language"
    ) -> builtins.list[ModelReadingState]: ...
    @overload
    def readings(self, kind: Literal["embedding"]) -> builtins.list[EmbeddingSpace]: ...
    @overload
    def readings(self, kind: Literal["pictures"]) -> builtins.list[PictureSpace]: ...
    def readings(
        self, kind: Words = "language"
    ) -> (
        builtins.list[ModelReadingState]
        | builtins.list[EmbeddingSpace]
        | builtins.list[PictureSpace]
    ):
        """How far models of a kind have read this library, or seen its pictures.

        The one in use comes first. Raises `UsageError` for another kind.
        """
        _check(kind, "language", "embedding", "pictures")
        if kind == "language":
            return self._read_by_language()
        if kind == "embedding":
            return self._embeddings.spaces()
        return [space for space in [self._core.pictures.space()] if space]

    @overload
    def use(
        self,
        model: str | Path,
        kind: Literal["embedding"] = "embedding",
        *,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> EmbeddingSpace: ...
    @overload
    def use(
        self,
        model: str | Path,
        kind: Literal["pictures"],
        *,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> PictureSpace: ...
    def use(
        self,
        model: str | Path,
        kind: Words = "embedding",
        *,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> EmbeddingSpace | PictureSpace:
        """Embed the whole library with a model, or all pictures with an image model.

        An image model is a folder, or the name of a downloaded model (`fetch`). An embedding model
        is a name of `list`, the path of a folder, or a model of the chosen server, by its name or
        as "ollama:NAME"; the former one answers until all is embedded. After a cancellation or a
        failure of the server the same call resumes. Raises `InputError` for unusable models,
        `LibraryLockedError` while another process does it, `Cancelled`.
        """
        _check(kind, "embedding", "pictures")
        if kind == "embedding":
            return self._embeddings.use(str(model), report, cancel or Cancel())
        return self._core.pictures.use(model, report, cancel or Cancel())

    @overload
    def update(
        self,
        kind: Literal["embedding", "pictures"],
        *,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> int: ...
    @overload
    def update(
        self,
        kind: Literal["language"],
        *,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> ModelRead: ...
    def update(
        self, kind: Words, *, report: Report = silent, cancel: Cancel | None = None
    ) -> int | ModelRead:
        """Process new statements or pictures with the model of a kind; returns their number.

        That is the active or shipped embedding model, the image model, or for language the one
        chosen for extraction, whose triples supplement those of the rules. All of them also run in
        the background. Raises as `use`, and `NotFoundError` if no model is in use.
        """
        _check(kind, "embedding", "language", "pictures")
        if kind == "embedding":
            return self._core.embedding_reading.read(report, cancel or Cancel())
        if kind == "language":
            return self._read_triples(report, cancel)
        return self._core.picture_search.update(report, cancel or Cancel())

    def drop(self, kind: Words = "embedding", *, cancel: Cancel | None = None) -> int:
        """Remove the results of models of a kind, and use none until one is chosen again.

        Returns the number of embedding models that were in use, or of embedded pictures.
        """
        _check(kind, "embedding", "pictures")
        if kind == "embedding":
            return self._embeddings.drop(cancel or Cancel())
        return self._core.pictures.drop()

    @overload
    def try_(
        self,
        name: str = "",
        kind: Literal["language"] = "language",
        *,
        question: str = TRIAL,
        cancel: Cancel | None = None,
    ) -> LanguageTrial: ...
    @overload
    def try_(
        self, name: str, kind: Literal["embedding"], *, cancel: Cancel | None = None
    ) -> Trial: ...
    def try_(
        self,
        name: Words = "",
        kind: Words = "language",
        *,
        question: Words = TRIAL,
        cancel: Cancel | None = None,
    ) -> LanguageTrial | Trial:
        """Test a language model ("": the one chosen for dialogue) with a short question.

        An embedding model compares three sentences. Raises `NotFoundError` if none is chosen,
        `InputError` for other failures.
        """
        _check(kind, "language", "embedding")
        if kind == "language":
            return super().try_(name, question=question, cancel=cancel)
        return self._embeddings.try_(name, cancel or Cancel())

    def test(
        self, name: Words, *, report: Report = silent, cancel: Cancel | None = None
    ) -> "ModelTest":
        """Put a language model to twelve questions over the sample, and to three sentences.

        That takes minutes; the figures are kept on this machine (`tests`). Raises `InputError` if
        the server or the model fails, `Cancelled`.
        """
        from workbench.library.library import Library
        from workbench.library.model_test import test

        with Library.open(":memory:") as sample:
            return test(self, sample, name, report, cancel or Cancel())

    def tests(self) -> "builtins.list[ModelTest]":
        """The tests of language models on this machine, the latest first."""
        from workbench.library.model_test import tests

        return tests()

    def choose(
        self,
        name: Words,
        purpose: Words,
        *,
        language: Words = "",
        beyond: bool = False,
        key: Exact = "",
        cancel: Cancel | None = None,
    ) -> LanguageChoices:
        """Choose a model for "dialogue", "extraction" or "speech", or a "server"; "" for none.

        A model of speech is given by name or folder; `language` "" detects the language. A server
        is given by address, "" for Ollama's default: Ollama, or one with OpenAI's protocol
        (llama.cpp, LM Studio, vLLM), detected on use. Another machine is refused unless `beyond`
        confirms that texts may be sent there, which each library must then allow (`sending`); a
        `key` for it is kept in the system's keyring. Raises `UsageError` for an unknown purpose,
        `InputError` for a model that the server lacks, that cannot generate text or is invalid,
        `NotFoundError` for a missing model of speech.
        """
        if purpose != "speech":
            return super().choose(name, purpose, beyond=beyond, key=key, cancel=cancel)
        speech.choose(name, language)
        return self.choices

    def sending(self, state: Words = "") -> Sending:
        """Whether texts of this library may be sent to a server on another computer.

        "allow" allows the chosen server, "off" takes it back, "never" refuses every one until it is
        set to "off"; "" only tells. With each written answer the question and its passages are
        sent (`answers.outgoing` shows them), with triples and vectors all texts. Raises
        `UsageError` for another state or without such a server, `InputError` if it is "never".
        """
        if state not in ("", "allow", "off", "never"):
            raise UsageError(f"There is no state “{state}”.", "One of: allow, off, never.")
        selected = choices.load()
        with server.input_errors():
            address = server_address(selected.address, beyond=selected.beyond)
        if state == "allow":
            if address.here:
                raise UsageError(
                    "The chosen model server is on this computer, so nothing is sent.",
                    "Choose another one: workbench models server ADDRESS --beyond",
                )
            if sending.state(self._store) == sending.NEVER:
                raise InputError(
                    "This library is marked never to be sent to another computer.",
                    "Take that back first: workbench models sending off",
                )
        if state:
            sending.set_state(self._store, address.url if state == "allow" else state)
        current = sending.state(self._store)
        if current == sending.NEVER:
            sentence = "Texts of this library are never sent to another computer."
        elif address.here:
            return Sending("here", address.host, "The model server is on this computer.")
        elif current == address.url:
            sentence = f"Questions and their passages are sent to “{address.host}”."
            return Sending("allowed", address.host, sentence)
        else:
            sentence = f"“{address.host}” is another computer: nothing is sent there."
            current = sending.OFF
        return Sending(current, address.host, sentence)

    def fetch(
        self,
        name: Words,
        kind: Words = "language",
        *,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> None:
        """Pull a model on the server, or download one for speech or pictures from its publisher.

        Partial downloads are kept, and the same call resumes them. Raises `NotFoundError` for a
        name that is not in `list`, `InputError` for failed downloads (try again), `Cancelled`.
        """
        _check(kind, "language", "speech", "pictures")
        stop = cancel or Cancel()
        if kind == "language":
            super().fetch(name, report=report, cancel=stop)
        elif kind == "speech":
            _download_speech(name, report, stop)
        else:
            _download_pictures(name, report, stop)

    def _read_triples(self, report: Report, cancel: Cancel | None) -> ModelRead:
        reading = self._core.model_reader.catch_up(report, cancel)
        if reading.triples:
            self._core.changes.tell("facts")
        return reading

    def _read_by_language(self) -> builtins.list[ModelReadingState]:
        with self._core.store.read() as connection:
            rows = modelled.readers(connection)
            newest = text.last_statement(connection)
        problem = self._core.model_reader.trouble
        return [
            ModelReadingState(
                row.model, row.prompt, min(row.upto, newest), newest, row.sentences, row.triples,
                row.refused, row.unread, problem if not at else "",
                warning(row.model, row.sentences, row.triples, row.unread, row.empty),
            )
            for at, row in enumerate(rows)
        ]  # fmt: skip


def _check(kind: str, *kinds: str) -> None:
    if kind not in kinds:
        raise UsageError(
            f"This cannot be done with models of the kind “{kind}”.",
            f"Choose one of {', '.join(kinds)}.",
        )


def _download_speech(name: str, report: Report, stop: Cancel) -> None:
    from ingest.media import speech_models

    model = {row.name: row for row in speech_models.MODELS}.get(name)
    if model is None:
        raise NotFoundError(
            f"There is no speech model “{name}”.", "See `workbench speech` for those there are."
        )
    with _downloader(name, model.disk, report, stop) as downloader:
        speech_models.load(model, speech.folder(), downloader)


def _download_pictures(name: str, report: Report, stop: Cancel) -> None:
    from ingest.models import clip_models

    model = {row.name: row for row in clip_models.MODELS}.get(name)
    if model is None:
        raise NotFoundError(
            f"There is no image model “{name}” to download.",
            "See `workbench pictures get` for those there are.",
        )
    with _downloader(name, model.disk, report, stop) as downloader:
        clip_models.load(model, pictures.models_folder(), downloader)


@contextmanager
def _downloader(name: str, disk: int, report: Report, stop: Cancel) -> "Iterator[Downloader]":
    """A downloader for a model of `disk` bytes; raises failures of the block as `InputError`."""
    from ingest.web import download

    try:
        yield download.Downloader(
            lambda count, total, unit: report(Progress("loading", count, total, unit, name)),
            stop.check,
        )
    except IngestError as error:
        raise InputError(error.message, error.hint, reason=error.code) from error
    except OSError as error:
        raise InputError(
            f"The model could not be written ({error.strerror or error}).",
            f"Free {disk // 1_000_000} MB, then try again: what has arrived is kept.",
            reason="disk",
        ) from error
