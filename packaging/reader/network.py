"""The reader as it learns: BERT (Devlin et al. 2019) over a question and a passage, three numbers.

Weights are a dictionary under the names that Hugging Face gives them, so that what is learned is
written and converted like any other model. The heads are two: `score` over the mean of the last
layer, how well the passage answers; `span` over each of its tokens, where the answer starts and
ends.
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from workbench.arrays import F32
from workbench.space.embeddings import encoder

Weights = dict[str, Any]

#: What a token outside the passage gets as start or end.
_NEVER = -1e4
#: The version of CTranslate2's files that is known, and the types of numbers in them.
_BINARY, _KINDS = 6, ("f4", "i1", "i2", "i4", "f2")


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs, padded: integers [pairs, tokens]; `inside` says which tokens are the passage's.

    Arrays, or, to be read, tensors (`to`).
    """

    ids: Any
    types: Any
    mask: Any
    inside: Any

    def to(self, device: Any) -> "Batch":
        """Tensors of arrays, where a device finds them."""
        import torch

        parts = (self.ids, self.types, self.mask, self.inside)
        return Batch(*(torch.from_numpy(each).to(device) for each in parts))


@dataclass(frozen=True, slots=True)
class Sorted:
    """Pairs in batches of like length, and where in these, joined, each pair stands.

    Padded to the longest of all of them two in five tokens would be padding.
    """

    batches: tuple[Batch, ...]
    order: Any


def start_from(folder: Path) -> Weights:
    """The weights of a sentence-embedding model, and heads that know nothing yet."""
    import torch

    found: Weights = {
        name: torch.from_numpy(values)
        for name, values in encoder.load(folder / "model.safetensors").items()
        if not name.startswith("pooler.") and not name.endswith("position_ids")
    }
    size = found["embeddings.word_embeddings.weight"].shape[1]
    found["score.weight"] = torch.randn(1, size) * 0.02
    found["score.bias"] = torch.zeros(1)
    found["span.weight"] = torch.randn(2, size) * 0.02
    found["span.bias"] = torch.zeros(2)
    return found


def go_on_from(folder: Path, reader: Path) -> Weights:
    """The weights of a reader in eight bits, as numbers that can be learned from on.

    `folder` is the model that it started from: what has stayed as it was is taken from there.
    Raises `ValueError` for a file of another version of CTranslate2's format.
    """
    import torch

    found = start_from(folder)
    stored = _stored(reader / "model.bin")
    for number in range(sum(name.endswith("ffn/linear_0/weight") for name in stored)):
        here, at = f"encoder/layer_{number}/", f"encoder.layer.{number}."
        for part, kept in (("weight", "gamma"), ("bias", "beta")):
            joined = np.split(stored[f"{here}self_attention/linear_0/{part}"], 3)
            learned = {
                "attention.self.query": joined[0],
                "attention.self.key": joined[1],
                "attention.self.value": joined[2],
                "attention.output.dense": stored[f"{here}self_attention/linear_1/{part}"],
                "intermediate.dense": stored[f"{here}ffn/linear_0/{part}"],
                "output.dense": stored[f"{here}ffn/linear_1/{part}"],
                "attention.output.LayerNorm": stored[f"{here}self_attention/layer_norm/{kept}"],
                "output.LayerNorm": stored[f"{here}ffn/layer_norm/{kept}"],
            }
            for name, value in learned.items():
                found[f"{at}{name}.{part}"] = torch.from_numpy(value.copy())
    heads = encoder.load(reader / "heads.safetensors")
    return found | {name: torch.from_numpy(value) for name, value in heads.items()}


def _stored(file: Path) -> dict[str, F32]:
    """What a file of CTranslate2 holds, by name, in full precision."""
    content = file.read_bytes()
    at = 0

    def number(form: str) -> int:
        nonlocal at
        (value,) = struct.unpack_from(f"<{form}", content, at)
        at += struct.calcsize(form)
        return int(value)

    def name() -> str:
        nonlocal at
        length = number("H")
        at += length
        return content[at - length : at].rstrip(b"\0").decode()

    version, _, _ = number("I"), name(), number("I")
    if version != _BINARY:
        raise ValueError(f"{file} is of version {version}, not {_BINARY}.")
    found: dict[str, Any] = {}
    for _ in range(number("I")):
        title = name()
        shape = [number("I") for _ in range(number("B"))]
        kind, size = np.dtype(_KINDS[number("B")]), number("I")
        found[title] = np.frombuffer(content, kind, size // kind.itemsize, at).reshape(shape)
        at += size
    return {
        each: value / found[f"{each}_scale"][:, None] if f"{each}_scale" in found else value
        for each, value in found.items()
        if value.ndim
    }


def batch(tokenized: Sequence[Any]) -> Batch:
    """Pad what the tokenizer made of pairs, to a whole number of eights."""
    longest = -(-max(len(each.ids) for each in tokenized) // 8) * 8
    ids, types, mask, inside = np.zeros((4, len(tokenized), longest), np.int64)
    for row, each in enumerate(tokenized):
        length = len(each.ids)
        ids[row, :length] = each.ids
        types[row, :length] = each.type_ids
        mask[row, :length] = 1
        inside[row, :length] = [number == 1 for number in each.sequence_ids]
    return Batch(ids, types, mask, inside)


def by_length(tokenized: Sequence[Any], together: int) -> Sorted:
    """Batches of so many pairs, the shortest first, of what the tokenizer made of pairs."""
    rising = sorted(range(len(tokenized)), key=lambda row: len(tokenized[row].ids))
    batches = tuple(
        batch([tokenized[row] for row in rising[first : first + together]])
        for first in range(0, len(rising), together)
    )
    return Sorted(batches, np.argsort(rising))


def read_sorted(
    weights: Weights, config: Mapping[str, Any], pairs: Sorted, dropout: float = 0.0
) -> Any:
    """What `read` says of all pairs, in the order in which they were before they were sorted."""
    import torch
    from torch.nn import functional

    found = [read(weights, config, each, dropout) for each in pairs.batches]
    longest = max(spans.shape[1] for _, spans in found)
    padded = [
        functional.pad(spans, (0, 0, 0, longest - spans.shape[1]), value=_NEVER)
        for _, spans in found
    ]
    return torch.cat([each for each, _ in found])[pairs.order], torch.cat(padded)[pairs.order]


def read(weights: Weights, config: Mapping[str, Any], pairs: Batch, dropout: float = 0.0) -> Any:
    """Scores [pairs] and the logits of start and end [pairs, tokens, 2]; `dropout` as `encode`."""
    hidden = encode(weights, config, pairs, dropout)
    spans = head(weights, "span", hidden).masked_fill(~pairs.inside.bool()[:, :, None], _NEVER)
    return head(weights, "score", mean(hidden, pairs)).squeeze(-1), spans


def head(weights: Weights, name: str, values: Any) -> Any:
    """What a linear head says of values."""
    from torch.nn import functional

    return functional.linear(values, weights[f"{name}.weight"], weights[f"{name}.bias"])


def mean(hidden: Any, pairs: Batch) -> Any:
    """The mean of the last layer over the tokens that count [pairs, size]."""
    kept = pairs.mask[:, :, None].to(hidden.dtype)
    return (hidden * kept).sum(1) / kept.sum(1)


def encode(weights: Weights, config: Mapping[str, Any], pairs: Batch, dropout: float = 0.0) -> Any:
    """The last layer [pairs, tokens, size].

    `dropout` is the share of the numbers left out while it learns (Srivastava et al. 2014).
    """
    from torch.nn import functional

    def norm(values: Any, name: str) -> Any:
        weight, bias = weights[f"{name}.weight"], weights[f"{name}.bias"]
        return functional.layer_norm(values, weight.shape, weight, bias, epsilon)

    def drop(values: Any) -> Any:
        return functional.dropout(values, dropout) if dropout else values

    epsilon = float(config["layer_norm_eps"])
    heads = int(config["num_attention_heads"])
    rows, length = pairs.ids.shape
    hidden = functional.embedding(pairs.ids, weights["embeddings.word_embeddings.weight"])
    hidden = hidden + weights["embeddings.position_embeddings.weight"][:length]
    hidden = hidden + functional.embedding(
        pairs.types, weights["embeddings.token_type_embeddings.weight"]
    )
    hidden = drop(norm(hidden, "embeddings.LayerNorm"))
    seen = pairs.mask.bool()[:, None, None, :]
    for number in range(int(config["num_hidden_layers"])):
        at = f"encoder.layer.{number}."
        query, key, value = (
            head(weights, f"{at}attention.self.{each}", hidden)
            .view(rows, length, heads, -1)
            .transpose(1, 2)
            for each in ("query", "key", "value")
        )
        mixed = functional.scaled_dot_product_attention(query, key, value, seen, dropout)
        mixed = mixed.transpose(1, 2).reshape(rows, length, -1)
        mixed = head(weights, f"{at}attention.output.dense", mixed)
        hidden = norm(hidden + drop(mixed), f"{at}attention.output.LayerNorm")
        wide = functional.gelu(head(weights, f"{at}intermediate.dense", hidden))
        wide = head(weights, f"{at}output.dense", wide)
        hidden = norm(hidden + drop(wide), f"{at}output.LayerNorm")
    return hidden
