"""The interface of embedding models: in a folder, or on a model server."""

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
    """What is known of a model without loading it.

    `digest` names these very weights; `path` is its folder, or the name under which a server has
    it; `dimension` is the length of a vector, `longest` the most tokens that it reads, 0 where that
    is not known. `languages` are those that it reads, as tags; none where nobody says.
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
    """Whether a text is in a language that the model reads, as far as both are known."""
    languages = model.languages
    return not languages or MULTILINGUAL in languages or detect_language(text) in ("", *languages)


class Encodes(Protocol):
    """A model that can be used. Any thread may call it."""

    @property
    def model(self) -> TextModel:
        """Which model it is."""

    def encode(self, texts: Sequence[str], step: Step | None = None) -> NDArray[np.float32]:
        """The vectors of texts: float32[n, dimension], each of unit length.

        Raises `InputError` where the model cannot be used any more.
        """

    def of_question(self, question: str) -> NDArray[np.float32]:
        """The vector of what somebody waits for: float32[dimension]. Raises as `encode` does."""
