"""Static embedding: approximate vectors of the shipped model, thousands of sentences a second.

A text is the sum of its tokens' vectors, made by `packaging/static_embedding.py`. Its product with
the vector that the model makes of a question approximates the cosine that the model would give.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path

import numpy as np

from workbench.arrays import F32, I8
from workbench.errors import InputError
from workbench.space.embeddings import folder
from workbench.space.embeddings.encoder import load, tokenizer_in
from workbench.space.embeddings.folder import ModelFolder

FILE = "static.safetensors"
#: The slope of the model's cosines over these products, on texts and questions of other sets.
_SLOPE = 0.9
#: Texts per batch.
_BATCH = 256


class StaticEmbedding:
    """The vectors of tokens: int8[vocabulary, dimension] with scales. Thread-safe."""

    def __init__(self, path: Path) -> None:
        """Use `of`."""
        tensors = load(path / FILE)
        self._numbers: I8 = tensors["numbers"].astype(np.int8)
        self._scales: F32 = tensors["scales"][:, None]
        self._tokenizer = tokenizer_in(path / "tokenizer.json")
        self.dimension = self._numbers.shape[1]

    def encode(self, texts: Sequence[str]) -> F32:
        """The vectors of texts: float32[n, dimension], of unit length, or zero without tokens."""
        sums = np.zeros((len(texts), self.dimension), np.float32)
        for low in range(0, len(texts), _BATCH):
            encodings = self._tokenizer.encode_batch_fast(
                texts[low : low + _BATCH], add_special_tokens=False
            )
            ids = [encoding.ids for encoding in encodings]
            lengths = np.array([len(each) for each in ids])
            tokens = np.fromiter(chain.from_iterable(ids), np.int32, int(lengths.sum()))
            filled = np.flatnonzero(lengths)
            if len(filled):
                starts = (np.cumsum(lengths) - lengths)[filled]
                rows = self._numbers[tokens] * self._scales[tokens]
                sums[low + filled] = np.add.reduceat(rows, starts, axis=0)
        unit: F32 = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
        return unit


def shipped() -> ModelFolder | None:
    """The shipped model if it has a static embedding; None if it is damaged."""
    try:
        model = folder.shipped()
        if model is None or not digest(model):
            return None
        _directions(model.path)
    except (InputError, OSError, ValueError, KeyError):
        return None
    return model


def digest(model: ModelFolder) -> str:
    """Identifies the static embedding of a model; "" if it has none."""
    weights = model.config.get("static", "") if model.is_converted else ""
    return f"{model.digest}+{weights[:12]}" if weights else ""


def of(model: ModelFolder) -> StaticEmbedding:
    """The static embedding of a model. Raises `InputError` if it is damaged."""
    try:
        return _of(model.path, model.config["static"])
    except (OSError, ValueError, KeyError) as error:
        raise folder.damaged(model.name) from error


@lru_cache(maxsize=1)
def _of(path: Path, weights: str) -> StaticEmbedding:
    if folder.checksum(path / FILE) != weights:
        raise ValueError(FILE)
    return StaticEmbedding(path)


def of_question(vector: F32) -> F32:
    """Turn the shipped model's vector of a question: products with it approximate cosines."""
    turned: F32 = _directions(folder.shipped_place()) @ vector
    return turned


@lru_cache(maxsize=1)
def _directions(path: Path) -> F32:
    directions: F32 = _SLOPE * load(path / FILE, ("directions",))["directions"]
    return directions
