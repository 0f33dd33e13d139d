"""Sentence vectors by a BERT encoder, run by CTranslate2.

The model is converted once, from its own weights, into the cache, labelled with their digest.
Vectors are the mean (or first) of the last layer, of unit length, as in sentence-transformers
(Reimers & Gurevych 2019, https://arxiv.org/abs/1908.10084).
"""

import importlib
import json
import os
import secrets
import shutil
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ingest import installation
from ingest.detection import detect_language
from workbench import allocator, paths, permissions
from workbench.arrays import F32
from workbench.errors import InputError
from workbench.space.embeddings.folder import MODEL, ModelFolder, checksum, damaged
from workbench.space.embeddings.instructions import MULTILINGUAL

_TYPES: Mapping[str, np.dtype[Any]] = {
    "F64": np.dtype("<f8"),
    "F32": np.dtype("<f4"),
    "F16": np.dtype("<f2"),
    "I64": np.dtype("<i8"),
    "I8": np.dtype("i1"),
}
#: Most bytes of a header.
_MAX_HEADER = 16 << 20


def load(path: Path, names: Sequence[str] = ()) -> Mapping[str, NDArray[np.float32]]:
    """All tensors, or these, of a safetensors file by name, as float32.

    Raises `ValueError` if it is damaged.
    """
    raw = np.memmap(path, np.uint8, "r")
    length = int(raw[:8].view("<u8")[0]) if len(raw) >= 8 else _MAX_HEADER + 1
    if length > min(_MAX_HEADER, len(raw) - 8):
        raise ValueError("header")
    header = json.loads(bytes(raw[8 : 8 + length]))
    body = raw[8 + length :]
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__" or (names and name not in names):
            continue
        first, stop = entry["data_offsets"]
        kind = _TYPES.get(entry["dtype"])
        if kind is None or not 0 <= first <= stop <= len(body):
            raise ValueError(name)
        part = np.frombuffer(body[first:stop].tobytes(), kind).reshape(entry["shape"])
        tensors[name] = part.astype(np.float32)
    return tensors


#: Packages that run a model; imported on first use.
_NEEDED = ("ctranslate2", "tokenizers")
#: Increased when the conversion changes.
_VERSION = 1
#: Texts and padded tokens per batch: more are not faster, and cancelling would take longer.
_BATCH, _TOKENS = 64, 1200
_importing = threading.Lock()
_ACTIVATIONS = {"gelu": "GELU", "gelu_new": "GELUTanh", "relu": "RELU"}


def missing() -> str | None:
    """A sentence naming the packages that are missing to run any model, or None."""
    if all(find_spec(package) for package in _NEEDED):
        return None
    return "What runs embedding models is not installed."


class Encoder:
    """A loaded model. Thread-safe; calls run one after another."""

    def __init__(self, folder: ModelFolder, model: Any, tokenizer: Any) -> None:
        """Wrap what `Encoder.load` has loaded."""
        self.folder = folder
        self._model = model
        self._tokenizer = tokenizer
        self._lock = threading.Lock()

    @property
    def model(self) -> ModelFolder:
        """See `Encodes`."""
        return self.folder

    @classmethod
    def load(cls, folder: ModelFolder, *, threads: int = 0) -> "Encoder":
        """Load a model, converting it first if necessary.

        `threads` work on a batch, 0 for one less than there are cores. Raises `InputError` for a
        damaged folder, and if packages are missing.
        """
        problem = missing()
        if problem is not None:
            raise InputError(problem, f"{installation.repair()}.")
        try:
            tokenizer = tokenizer_in(folder.path / "tokenizer.json")
        except Exception as error:  # it raises nothing narrower
            raise damaged(folder.name) from error
        threads = threads or max(1, (os.cpu_count() or 2) - 1)
        place = folder.path if folder.is_converted else _converted(folder)
        try:
            if folder.is_converted and checksum(place / MODEL) != folder.config["weights"]:
                raise damaged(folder.name)
            model = encoder_in(place, intra_threads=threads)
        except RuntimeError as error:
            if folder.is_converted:
                raise damaged(folder.name) from error
            # The cache may be damaged: convert again, once.
            shutil.rmtree(place, ignore_errors=True)
            model = encoder_in(_converted(folder), intra_threads=threads)
        return cls(folder, model, tokenizer)

    def encode(self, texts: Sequence[str], step: Callable[[int, int], None] | None = None) -> F32:
        """The vectors of texts: float32[n, dimension], each of unit length.

        `step(done, total)` is called after each batch and may raise to stop.
        """
        return self._encoded([f"{self.folder.instructions.passage}{text}" for text in texts], step)

    def of_question(self, question: str) -> F32:
        """See `Encodes`."""
        vector: F32 = self._encoded([f"{self.folder.instructions.question}{question}"], None)[0]
        return vector

    def _encoded(self, texts: Sequence[str], step: Callable[[int, int], None] | None) -> F32:
        out = np.zeros((len(texts), self.folder.dimension), np.float32)
        tokens = self._tokens(texts)
        # Sorted by length, so that batches need little padding.
        order = sorted(range(len(tokens)), key=lambda i: -len(tokens[i]))
        position = 0
        while position < len(order):
            size = max(1, min(_BATCH, _TOKENS // max(1, len(tokens[order[position]]))))
            batch = order[position : position + size]
            out[batch] = self._batch([tokens[i] for i in batch])
            position += len(batch)
            if step is not None:
                step(position, len(order))
        return out

    def _tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """The tokens of texts, truncated to the limit of the model."""
        room = self.folder.longest - self._tokenizer.num_special_tokens_to_add(False)
        encodings = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        for encoding in encodings:
            encoding.truncate(room)
        return [self._tokenizer.post_process(encoding).ids for encoding in encodings]

    def _batch(self, tokens: list[list[int]]) -> F32:
        with self._lock:
            hidden = np.asarray(self._model.forward_batch(tokens).last_hidden_state)
        if self.folder.pooling == "first":
            pooled = hidden[:, 0]
        else:
            lengths = np.array([len(ids) for ids in tokens])
            inside = np.arange(hidden.shape[1]) < lengths[:, None]
            pooled = (hidden * inside[:, :, None]).sum(axis=1) / lengths[:, None]
        length = np.linalg.norm(pooled, axis=1, keepdims=True)
        unit: F32 = (pooled / np.maximum(length, 1e-9)).astype(np.float32)
        return unit


def tokenizer_in(file: Path) -> Any:
    """The tokenizer in a file, without truncation and padding; the last one is cached.

    Raises the classless errors of `tokenizers` if damaged.
    """
    with _importing:
        return _tokenizer_of(file.read_bytes())


@lru_cache(maxsize=1)
def _tokenizer_of(content: bytes) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_buffer(content)
    # Padding set in the file would be counted as words.
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def encoder_in(place: Path, **threads: int) -> Any:
    """The encoder in a folder of CTranslate2.

    It computes in floating point: products of 8-bit integers, which take half the time, are rounded
    and clipped in other places on each processor, and answers would depend on it.
    """
    load = import_hiding_torch("ctranslate2").Encoder
    return load(str(place), compute_type="float32", **threads)


def import_hiding_torch(name: str) -> Any:
    """Import a module of CTranslate2 without torch, which it would load if installed."""
    with _importing:
        hidden = "torch" not in sys.modules and name not in sys.modules
        if hidden:
            sys.modules["torch"] = None  # type: ignore[assignment]
        allocator.settle_for_models()
        try:
            return importlib.import_module(name)
        finally:
            if hidden:
                del sys.modules["torch"]


def _converted(folder: ModelFolder) -> Path:
    """The cached folder with the model converted for CTranslate2; created if missing."""
    place = paths.cache_dir() / "models" / f"{folder.digest}-{_VERSION}"
    if (place / "model.bin").is_file():
        return place
    partial = place.with_name(f"{place.name}.{secrets.token_hex(4)}")
    permissions.folder(partial)
    try:
        convert(folder, partial)
        try:
            partial.replace(place)
        except OSError:
            # Another process was faster, or the folder was damaged.
            if not (place / "model.bin").is_file():
                shutil.rmtree(place, ignore_errors=True)
                partial.replace(place)
    except (KeyError, ValueError, TypeError) as error:
        raise damaged(folder.name) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return place


def convert(folder: ModelFolder, target: Path) -> None:
    """Write the model with eight-bit weights."""
    common_spec = import_hiding_torch("ctranslate2.specs.common_spec")
    transformer_spec = import_hiding_torch("ctranslate2.specs.transformer_spec")
    config = folder.config
    weights = {
        name.removeprefix("bert."): value
        for name, value in load(folder.path / "model.safetensors").items()
    }
    activation = _ACTIVATIONS[str(config.get("hidden_act", "gelu"))]
    encoder = transformer_spec.TransformerEncoderSpec(
        int(config["num_hidden_layers"]),
        int(config["num_attention_heads"]),
        pre_norm=False,
        activation=common_spec.Activation[activation],
        layernorm_embedding=True,
        num_source_embeddings=2,
        embeddings_merge=common_spec.EmbeddingsMerge.ADD,
    )
    spec = transformer_spec.TransformerEncoderModelSpec(encoder)
    encoder.scale_embeddings = False
    words = weights["embeddings.word_embeddings.weight"]
    if words.shape[1] != folder.dimension:
        raise ValueError(f"{folder.name}: vectors of {words.shape[1]}, {folder.dimension} promised")
    encoder.embeddings[0].weight = words
    encoder.embeddings[1].weight = weights["embeddings.token_type_embeddings.weight"]
    encoder.position_encodings.encodings = weights["embeddings.position_embeddings.weight"]
    _norm(encoder.layernorm_embedding, weights, "embeddings.LayerNorm")
    for number, layer in enumerate(encoder.layer):
        at = f"encoder.layer.{number}."
        projections = [f"{at}attention.self.{part}" for part in ("query", "key", "value")]
        joined, out = layer.self_attention.linear
        joined.weight = np.concatenate([weights[f"{part}.weight"] for part in projections])
        joined.bias = np.concatenate([weights[f"{part}.bias"] for part in projections])
        _linear(out, weights, f"{at}attention.output.dense")
        _norm(layer.self_attention.layer_norm, weights, f"{at}attention.output.LayerNorm")
        _linear(layer.ffn.linear_0, weights, f"{at}intermediate.dense")
        _linear(layer.ffn.linear_1, weights, f"{at}output.dense")
        _norm(layer.ffn.layer_norm, weights, f"{at}output.LayerNorm")
    tokenizer = tokenizer_in(folder.path / "tokenizer.json")
    size = int(encoder.embeddings[0].weight.shape[0])
    vocabulary = [tokenizer.id_to_token(number) for number in range(size)]
    spec.register_vocabulary([word or f"<unused {i}>" for i, word in enumerate(vocabulary)])
    spec.config.unk_token = "[UNK]"
    spec.config.layer_norm_epsilon = float(config.get("layer_norm_eps", 1e-12))
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(target))


def _linear(spec: Any, weights: Any, name: str) -> None:
    spec.weight, spec.bias = weights[f"{name}.weight"], weights[f"{name}.bias"]


def _norm(spec: Any, weights: Any, name: str) -> None:
    spec.gamma, spec.beta = weights[f"{name}.weight"], weights[f"{name}.bias"]


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
