"""The interface of embedding models, in a folder or on a model server."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.detection import detect_language
from workbench.space.embeddings.instructions import MULTILINGUAL

#: `step(done, total)` is called now and then and may raise to stop.
Step = Callable[[int, int], None]


class TextModel(Protocol):
    """Metadata of a model.

    `digest` identifies its weights; `path` is its folder, or its name on a server; `dimension` is
    the length of a vector, `longest` its limit of tokens, 0 if unknown. `languages` are tags; empty
    if unknown.
    """

    @property
    def name(self) -> str: ...
    @property
    def digest(self) -> str: ...
    @property
    def path(self) -> Path | str: ...
    @property
    def dimension(self) -> int: ...
    @property
    def longest(self) -> int: ...
    @property
    def languages(self) -> tuple[str, ...]: ...


def reads_language(model: TextModel, text: str) -> bool:
    """Whether the model reads the language of a text, as far as both are known."""
    languages = model.languages
    return not languages or MULTILINGUAL in languages or detect_language(text) in ("", *languages)


class Encodes(Protocol):
    """A model ready for use. Thread-safe."""

    @property
    def model(self) -> TextModel:
        """The metadata of the model."""

    def encode(self, texts: Sequence[str], step: Step | None = None) -> NDArray[np.float32]:
        """The vectors of texts: float32[n, dimension], each of unit length.

        Raises `InputError` if the model cannot be used any more.
        """

    def of_question(self, question: str) -> NDArray[np.float32]:
        """The vector of a question: float32[dimension]. Raises as `encode`."""
