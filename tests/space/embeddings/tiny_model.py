"""A small BERT of random weights, written as sentence-transformers would, and run by hand."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

WORDS = (
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "salt", "is", "mined", "in", "deep", "old", "mountains",
    "bees", "sleep",
)  # fmt: skip
HIDDEN, HEADS, LAYERS, INNER, LONGEST = 32, 4, 2, 64, 24


def write(
    folder: Path, *, seed: int = 1, more: Mapping[str, object] | None = None
) -> Mapping[str, Floats]:
    """Write a model into `folder` and give its weights."""
    folder.mkdir(parents=True, exist_ok=True)
    told = {
        "model_type": "bert", "hidden_size": HIDDEN, "num_hidden_layers": LAYERS,
        "num_attention_heads": HEADS, "intermediate_size": INNER, "hidden_act": "gelu",
        "max_position_embeddings": LONGEST, "vocab_size": len(WORDS), "layer_norm_eps": 1e-12,
        **(more or {}),
    }  # fmt: skip
    (folder / "config.json").write_text(json.dumps(told))
    (folder / "tokenizer.json").write_text(json.dumps(_tokenizer()))
    weights = _weights(np.random.default_rng(seed))
    header, body = {}, b""
    for name, value in weights.items():
        raw = value.astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(value.shape),
                        "data_offsets": [len(body), len(body) + len(raw)]}  # fmt: skip
        body += raw
    told_header = json.dumps(header).encode()
    (folder / "model.safetensors").write_bytes(
        len(told_header).to_bytes(8, "little") + told_header + body
    )
    return weights


def _tokenizer() -> dict[str, object]:
    """Whole words between [CLS] and [SEP], as the tokenizers library writes that down."""
    numbers = {word: i for i, word in enumerate(WORDS)}
    around = [
        {"SpecialToken": {"id": "[CLS]", "type_id": 0}},
        {"Sequence": {"id": "A", "type_id": 0}},
        {"SpecialToken": {"id": "[SEP]", "type_id": 0}},
    ]
    second = [
        {"Sequence": {"id": "B", "type_id": 1}},
        {"SpecialToken": {"id": "[SEP]", "type_id": 1}},
    ]
    special = {
        word: {"id": word, "ids": [numbers[word]], "tokens": [word]} for word in ("[CLS]", "[SEP]")
    }
    return {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": [],
        "normalizer": None, "pre_tokenizer": {"type": "Whitespace"},
        "post_processor": {"type": "TemplateProcessing", "single": around, "pair": around + second,
                           "special_tokens": special},
        "decoder": None,
        "model": {"type": "WordLevel", "vocab": numbers, "unk_token": "[UNK]"},
    }  # fmt: skip


def _weights(chance: np.random.Generator) -> dict[str, Floats]:
    def made(*shape: int, scale: float = 0.5) -> Floats:
        return (scale * chance.standard_normal(shape)).astype(np.float32)

    found = {
        "embeddings.word_embeddings.weight": made(len(WORDS), HIDDEN),
        "embeddings.position_embeddings.weight": made(LONGEST, HIDDEN, scale=0.1),
        "embeddings.token_type_embeddings.weight": made(2, HIDDEN, scale=0.1),
    }
    norms = ["embeddings.LayerNorm"]
    for n in range(LAYERS):
        at = f"encoder.layer.{n}."
        for each in ("self.query", "self.key", "self.value", "output.dense"):
            found[f"{at}attention.{each}.weight"] = made(HIDDEN, HIDDEN, scale=0.2)
            found[f"{at}attention.{each}.bias"] = made(HIDDEN, scale=0.1)
        for name, rows, columns in (
            ("intermediate.dense", INNER, HIDDEN),
            ("output.dense", HIDDEN, INNER),
        ):
            found[f"{at}{name}.weight"] = made(rows, columns, scale=0.2)
            found[f"{at}{name}.bias"] = made(rows, scale=0.1)
        norms += [f"{at}attention.output.LayerNorm", f"{at}output.LayerNorm"]
    for name in norms:
        found[f"{name}.weight"] = 1 + made(HIDDEN, scale=0.1)
        found[f"{name}.bias"] = made(HIDDEN, scale=0.1)
    return found


def by_hand(weights: Mapping[str, Floats], text: str) -> Floats:
    """The vector of a text of known words, computed step by step: float32[HIDDEN]."""
    ids = [2, *(WORDS.index(word) for word in text.split()), 3]
    mean: Floats = last_layer(weights, ids, [0] * len(ids)).mean(axis=0)
    unit: Floats = mean / np.linalg.norm(mean)
    return unit


def last_layer(weights: Mapping[str, Floats], ids: Sequence[int], types: Sequence[int]) -> Floats:
    """What the model makes of tokens, computed step by step: float32[tokens, HIDDEN]."""
    x = (
        weights["embeddings.word_embeddings.weight"][list(ids)]
        + weights["embeddings.position_embeddings.weight"][: len(ids)]
        + weights["embeddings.token_type_embeddings.weight"][list(types)]
    )
    x = _norm(x, weights, "embeddings.LayerNorm")
    for n in range(LAYERS):
        at = f"encoder.layer.{n}."
        q, k, v = (
            _linear(x, weights, f"{at}attention.self.{each}").reshape(len(ids), HEADS, -1)
            for each in ("query", "key", "value")
        )
        scores = np.einsum("ihd,jhd->hij", q, k) / np.sqrt(HIDDEN / HEADS)
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        joined = np.einsum("hij,jhd->ihd", shares, v).reshape(len(ids), HIDDEN)
        x = _norm(
            x + _linear(joined, weights, f"{at}attention.output.dense"), weights,
            f"{at}attention.output.LayerNorm",
        )  # fmt: skip
        inner = _gelu(_linear(x, weights, f"{at}intermediate.dense"))
        x = _norm(
            x + _linear(inner, weights, f"{at}output.dense"), weights, f"{at}output.LayerNorm"
        )
    return x


def _linear(x: Floats, weights: Mapping[str, Floats], name: str) -> Floats:
    out: Floats = x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]
    return out


def _norm(x: Floats, weights: Mapping[str, Floats], name: str) -> Floats:
    centred = x - x.mean(axis=-1, keepdims=True)
    scaled = centred / np.sqrt(x.var(axis=-1, keepdims=True) + 1e-12)
    out: Floats = scaled * weights[f"{name}.weight"] + weights[f"{name}.bias"]
    return out


def _gelu(x: Floats) -> Floats:
    erf = np.vectorize(__import__("math").erf)
    out: Floats = 0.5 * x * (1 + erf(x / np.sqrt(2)))
    return out
