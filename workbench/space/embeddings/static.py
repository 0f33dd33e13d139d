"""Static embedding: approximate vectors of the shipped model, thousands of sentences a second.

A text is the sum of its tokens' vectors, made by `packaging/static_embedding.py`. Its product with
the vector that the model makes of a question approximates the cosine that the model would give.
"""

import threading
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, pairwise
from pathlib import Path

import numpy as np

from ingest.patterns import later
from workbench.arrays import F32, I8
from workbench.errors import InputError
from workbench.space.embeddings import folder
from workbench.space.embeddings.encoder import load, tokenizer_in
from workbench.space.embeddings.folder import ModelFolder

FILE = "static.safetensors"
#: The slope of the model's cosines over these products, on texts and questions of other sets.
_SLOPE = 0.9
#: Texts per batch, words that are kept, and the weight below which a token is left out: half of a
#: text are the fifty commonest words.
_BATCH, _WORDS, _LIGHT = 512, 100_000, 0.05
_WORD = later(r"\w+")


class StaticEmbedding:
    """The vectors of tokens: int8[vocabulary, dimension] with scales. Thread-safe.

    Those of words, the sums of their tokens', are kept from text to text.
    """

    def __init__(self, path: Path) -> None:
        """Use `of`."""
        tensors = load(path / FILE)
        self._tokens: I8 = tensors["numbers"].astype(np.int8)
        weighty = tensors["weights"] >= _LIGHT
        self._token_scales: F32 = (tensors["scales"] * weighty)[:, None]
        self._tokenizer = tokenizer_in(path / "tokenizer.json")
        self.dimension = self._tokens.shape[1]
        self._lock = threading.Lock()
        self._places: dict[str, int] = {}
        self._numbers: I8 = self._tokens[:0]
        self._scales: F32 = np.zeros(0, np.float32)

    def sums(self, texts: Sequence[str]) -> F32:
        """The sums of the vectors of words: float32[n, dimension]. They can be added up."""
        sums = np.zeros((len(texts), self.dimension), np.float32)
        with self._lock:
            for low in range(0, len(texts), _BATCH):
                self._add_up(texts[low : low + _BATCH], sums[low : low + _BATCH])
        return sums

    def _add_up(self, texts: Sequence[str], sums: F32) -> None:
        words = [_WORD.findall(text.lower()) for text in texts]
        every = list(chain.from_iterable(words))
        self._learn(set(every))
        places = np.fromiter(map(self._places.__getitem__, every), np.int32, len(every))
        counts = self._scales[places] > 0
        ends = np.cumsum([0, *map(len, words)])
        ends = np.concatenate([[0], np.cumsum(counts)])[ends].tolist()
        places = places[counts]
        scales, rows = self._scales[places], self._numbers[places].astype(np.float32)
        for number, (start, end) in enumerate(pairwise(ends)):
            np.dot(scales[start:end], rows[start:end], out=sums[number])

    def _learn(self, words: set[str]) -> None:
        """Look up the vectors of new words."""
        if len(self._places) > _WORDS:
            self._places = {}
            self._numbers, self._scales = self._numbers[:0], self._scales[:0]
        new = list(words.difference(self._places))
        if not new:
            return
        encodings = self._tokenizer.encode_batch_fast(new, add_special_tokens=False)
        # A word of none is unknown.
        ids = [encoding.ids or [0] for encoding in encodings]
        tokens = list(chain.from_iterable(ids))
        rows = self._tokens[tokens] * self._token_scales[tokens]
        vectors = np.add.reduceat(rows, np.cumsum([0, *map(len, ids)])[:-1], axis=0)
        scales = np.abs(vectors).max(axis=1, initial=0) / 127
        numbers = np.rint(vectors / np.maximum(scales, 1e-12)[:, None]).astype(np.int8)
        self._places |= {word: place for place, word in enumerate(new, len(self._scales))}
        self._scales = np.concatenate([self._scales, scales])
        self._numbers = np.concatenate([self._numbers, numbers])


def unit(sums: F32) -> F32:
    """Vectors of unit length, or zero."""
    vectors: F32 = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    return vectors


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
