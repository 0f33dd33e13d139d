"""Embedding models on the chosen model server.

A library keeps only the model's name and what it makes; where the server is, and that it may make
vectors at all, belongs to the machine (`workbench.models.choices`), so that a library that came
from elsewhere sends nothing anywhere. Nothing is asked but when texts are read or a question is.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ingest.models import serving
from ingest.models.records import Model, Server
from ingest.models.watched import Timing
from workbench.arrays import F32
from workbench.errors import InputError
from workbench.jobs import Cancel
from workbench.models import choices, server
from workbench.space.embeddings.encoding import Step
from workbench.space.embeddings.folder import SERVED
from workbench.space.embeddings.instructions import published

#: Texts that are sent at once, and the longest vectors that are kept.
_BATCH, _LONGEST = 32, 16_384
#: Seconds that a question waits for its vector: then it goes by words. A model that is not in
#: memory is loaded meanwhile.
_PATIENCE = 6.0


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
        """Its name with what tells it from a folder."""
        return f"{SERVED}{self.name}"


def is_of(digest: str, model: ServedModel) -> bool:
    """Whether a digest names the weights of this model, however long its vectors are."""
    return digest.rpartition(":")[0] == model.digest.rpartition(":")[0]


def models(cancel: Cancel | None = None) -> list[ServedModel]:
    """The embedding models of the chosen server, by name; `dimension` 0 where it does not say.

    Raises `InputError` where none answers.
    """
    stop = cancel or Cancel()
    there = server.reached(stop)
    with server.told():
        rows = serving.models(there, check=stop.check)
    return [_of(row, row.embedding or 0) for row in rows if row.embeds]


def look(name: str, cancel: Cancel | None = None) -> "ServedEncoder":
    """A model of the chosen server, tried with a word: only then it is known how long vectors are.

    Raises `InputError` where no server answers, or the model is missing or makes no vectors.
    """
    stop = cancel or Cancel()
    wanted = name.removeprefix(SERVED).strip()
    server.forget()
    there, found = server.found(wanted, stop)
    if not found.embeds:
        raise InputError(
            f"The model “{wanted}” writes and cannot make vectors.",
            "Choose an embedding model, such as nomic-embed-text.",
            "incapable",
        )
    (probe,) = _asked(there, found, ["salt"], stop, Timing())
    if len(probe) > _LONGEST:
        raise InputError(
            f"The vectors of “{wanted}” are too long to be kept ({len(probe)} numbers).",
            "Choose another embedding model.",
        )
    return ServedEncoder(_of(found, len(probe)))


def opened(name: str, digest: str, dimension: int) -> "ServedEncoder":
    """The model that has read a library. Contacts nobody.

    Raises `InputError` where nobody has let a server make vectors on this machine.
    """
    if not choices.load().vectors:
        raise InputError(
            f"This library was read by “{name}” of a model server; here none is used for it.",
            f"Choose it here with `workbench models use {SERVED}{name}`; words alone answer now.",
        )
    return ServedEncoder(ServedModel(name, digest, dimension))


class ServedEncoder:
    """A model of the server. It keeps no connection: a server that comes back is used again."""

    def __init__(self, model: ServedModel) -> None:
        """Use `look` or `opened`."""
        self.model = model
        self._told = published(model.name)

    def encode(self, texts: Sequence[str], step: Step | None = None) -> F32:
        """See `Encodes`. Whoever asks a question goes before this."""
        out = np.zeros((len(texts), self.model.dimension), np.float32)
        for first in range(0, len(texts), _BATCH):
            some = [f"{self._told.passage}{each}" for each in texts[first : first + _BATCH]]
            stop = _Stop(step, first, len(texts))
            out[first : first + len(some)] = self._vectors(some, stop, Timing(), patient=True)
        if step is not None:
            step(len(texts), len(texts))
        return out

    def of_question(self, question: str) -> F32:
        """See `Encodes`; a server that takes long is not waited for."""
        asked = f"{self._told.question}{question}"
        timing = Timing(connect=2.0, first=_PATIENCE, between=_PATIENCE, total=_PATIENCE)
        vector: F32 = self._vectors([asked], _Until(_PATIENCE), timing)[0]
        return vector

    def _vectors(
        self, texts: Sequence[str], stop: Cancel, timing: Timing, *, patient: bool = False
    ) -> F32:
        name = self.model.name
        try:
            there, found = server.found(name, stop)
            if _of(found, self.model.dimension).digest != self.model.digest:
                raise InputError(
                    f"“{name}” is another model now than the one that read this library.",
                    "Choose it again, and it will read the library again;"
                    " until then answers use words only.",
                )
            made = _asked(there, found, texts, stop, timing, patient=patient)
            if len(made[0]) != self.model.dimension:
                raise InputError(
                    f"“{name}” makes vectors of {len(made[0])} numbers now,"
                    f" not of {self.model.dimension}.",
                    "Choose it again, and it will read the library again;"
                    " until then answers use words only.",
                )
        except InputError:
            # The server may have gone, or have another model by now.
            server.forget()
            raise
        numbers = np.array(made, np.float64)
        length = np.linalg.norm(numbers, axis=1, keepdims=True)
        unit: F32 = (numbers / np.maximum(length, 1e-12)).astype(np.float32)
        return unit


class _Stop(Cancel):
    """Asks `step` whether to stop."""

    def __init__(self, step: Step | None, done: int, total: int) -> None:
        super().__init__()
        self._step, self._done, self._total = step, done, total

    def check(self) -> None:
        if self._step is not None:
            self._step(self._done, self._total)


class _Until(Cancel):
    """Stops after so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._until = time.monotonic() + seconds

    def check(self) -> None:
        if time.monotonic() > self._until:
            raise InputError(
                "The model server took too long over a question.",
                "Words alone answer now; choose a smaller embedding model, or restart the server.",
                "slow",
            )


def _asked(
    there: Server,
    model: Model,
    texts: Sequence[str],
    stop: Cancel,
    timing: Timing,
    *,
    patient: bool = False,
) -> list[list[float]]:
    with server.told():
        return serving.embed(
            there, model, texts, keep_alive=choices.load().keep_alive, timing=timing,
            check=stop.check, patient=patient,
        )  # fmt: skip


def _of(model: Model, dimension: int) -> ServedModel:
    # A server may cut the vectors of the same weights to another length.
    weights = f"{model.digest or model.name}{published(model.name).mark}"
    digest = f"{SERVED}{weights}:{dimension}"
    return ServedModel(
        model.name, digest, dimension, model.context or 0, model.size, model.languages
    )
