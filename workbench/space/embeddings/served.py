"""Embedding models on the chosen model server.

A library stores only the model's name and vectors; the server's address, and the permission to use
it, belong to the machine (`workbench.models.choices`), so that a foreign library sends nothing
anywhere. Requests are made only to embed texts and questions.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ingest.models import serving
from ingest.models.records import EmbeddingRequest, Model, Server
from ingest.models.watched import Timing
from workbench.arrays import F32
from workbench.errors import InputError
from workbench.jobs import Cancel
from workbench.models import choices, server
from workbench.space.embeddings.encoder import Step
from workbench.space.embeddings.folder import SERVED
from workbench.space.embeddings.instructions import published

#: Texts per request, and the longest vectors accepted.
_BATCH, _LONGEST = 32, 16_384
#: Seconds that a question waits for its vector before it is searched by words. A model that is not
#: in memory is loaded meanwhile.
_QUESTION_SECONDS = 6.0
#: Raises `InputError` for a server that texts must not be sent to.
Permit = Callable[[Server], None]


@dataclass(frozen=True, slots=True)
class ServedModel:
    """A model of the server; see `TextModel`. `size` in bytes, `languages` as tags."""

    name: str
    digest: str
    dimension: int
    longest: int = 0
    size: int = 0
    languages: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Its name, prefixed to tell it from a folder."""
        return f"{SERVED}{self.name}"


def is_of(digest: str, model: ServedModel) -> bool:
    """Whether a digest identifies the weights of this model, whatever the length of its vectors."""
    return digest.rpartition(":")[0] == model.digest.rpartition(":")[0]


def models(cancel: Cancel | None = None) -> list[ServedModel]:
    """The embedding models of the chosen server, by name; `dimension` 0 if unknown.

    Raises `InputError` if none answers.
    """
    stop = cancel or Cancel()
    model_server = server.reached(stop)
    with server.input_errors():
        rows = serving.models(model_server, check=stop.check)
    return [_of(row, row.embedding or 0) for row in rows if row.embeds]


def try_model(name: str, permit: Permit, cancel: Cancel | None = None) -> "ServedEncoder":
    """A model of the chosen server, tried with a word to learn the length of its vectors.

    `permit` raises for a server that texts of the library must not be sent to.

    Raises `InputError` if no server answers, or the model is missing or makes no vectors.
    """
    stop = cancel or Cancel()
    model_name = name.removeprefix(SERVED).strip()
    server.forget()
    model_server, model = server.find(model_name, stop)
    if not model.embeds:
        raise InputError(
            f"The model “{model_name}” writes and cannot make vectors.",
            "Choose an embedding model, such as nomic-embed-text.",
            "incapable",
        )
    (probe,) = _embed(model_server, model, ["salt"], stop, Timing())
    if len(probe) > _LONGEST:
        raise InputError(
            f"The vectors of “{model_name}” are too long to be kept ({len(probe)} numbers).",
            "Choose another embedding model.",
        )
    return ServedEncoder(_of(model, len(probe)), permit)


def open_model(name: str, digest: str, dimension: int, permit: Permit) -> "ServedEncoder":
    """The model that embedded a library, without contacting its server.

    Raises `InputError` if servers are not allowed to make vectors on this machine.
    """
    if not choices.load().vectors:
        raise InputError(
            f"This library was read by “{name}” of a model server; here none is used for it.",
            f"Choose it here with `workbench models use {SERVED}{name}`; words alone answer now.",
        )
    return ServedEncoder(ServedModel(name, digest, dimension), permit)


class ServedEncoder:
    """A model of the server. It keeps no connection: a server that restarts is used again."""

    def __init__(self, model: ServedModel, permit: Permit) -> None:
        """Call `try_model` or `open_model` instead."""
        self.model = model
        self._permit = permit
        self._instructions = published(model.name)

    def encode(self, texts: Sequence[str], step: Step | None = None) -> F32:
        """See `Encodes`. Questions take precedence."""
        out = np.zeros((len(texts), self.model.dimension), np.float32)
        for first in range(0, len(texts), _BATCH):
            batch = [
                f"{self._instructions.passage}{text}" for text in texts[first : first + _BATCH]
            ]
            stop = _Stop(step, first, len(texts))
            out[first : first + len(batch)] = self._vectors(batch, stop, Timing(), patient=True)
        if step is not None:
            step(len(texts), len(texts))
        return out

    def of_question(self, question: str) -> F32:
        """See `Encodes`; with a time limit."""
        prompt = f"{self._instructions.question}{question}"
        timing = Timing(
            connect=2.0, first=_QUESTION_SECONDS, between=_QUESTION_SECONDS, total=_QUESTION_SECONDS
        )
        vector: F32 = self._vectors([prompt], _Deadline(_QUESTION_SECONDS), timing)[0]
        return vector

    def _vectors(
        self, texts: Sequence[str], stop: Cancel, timing: Timing, *, patient: bool = False
    ) -> F32:
        name = self.model.name
        try:
            model_server, model = server.find(name, stop)
            self._permit(model_server)
            if _of(model, self.model.dimension).digest != self.model.digest:
                raise InputError(
                    f"“{name}” is another model now than the one that read this library.",
                    "Choose it again, and it will read the library again;"
                    " until then answers use words only.",
                )
            vectors = _embed(model_server, model, texts, stop, timing, patient=patient)
            if len(vectors[0]) != self.model.dimension:
                raise InputError(
                    f"“{name}” makes vectors of {len(vectors[0])} numbers now,"
                    f" not of {self.model.dimension}.",
                    "Choose it again, and it will read the library again;"
                    " until then answers use words only.",
                )
        except InputError:
            # The server may be gone, or have another model by now.
            server.forget()
            raise
        numbers = np.array(vectors, np.float64)
        length = np.linalg.norm(numbers, axis=1, keepdims=True)
        unit: F32 = (numbers / np.maximum(length, 1e-12)).astype(np.float32)
        return unit


class _Stop(Cancel):
    """Asks `step` whether to stop."""

    def __init__(self, step: Step | None, count: int, total: int) -> None:
        super().__init__()
        self._step, self._count, self._total = step, count, total

    def check(self) -> None:
        if self._step is not None:
            self._step(self._count, self._total)


class _Deadline(Cancel):
    """Stops after so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._deadline = time.monotonic() + seconds

    def check(self) -> None:
        if time.monotonic() > self._deadline:
            raise InputError(
                "The model server took too long over a question.",
                "Words alone answer now; choose a smaller embedding model, or restart the server.",
                "slow",
            )


def _embed(
    model_server: Server,
    model: Model,
    texts: Sequence[str],
    stop: Cancel,
    timing: Timing,
    *,
    patient: bool = False,
) -> list[list[float]]:
    with server.input_errors():
        return serving.embed(
            model_server,
            EmbeddingRequest(model, texts, choices.load().keep_alive),
            timing=timing,
            check=stop.check,
            patient=patient,
        )


def _of(model: Model, dimension: int) -> ServedModel:
    # A server may truncate the vectors of the same weights.
    weights = f"{model.digest or model.name}{published(model.name).mark}"
    digest = f"{SERVED}{weights}:{dimension}"
    return ServedModel(
        model.name, digest, dimension, model.context or 0, model.size, model.languages
    )
