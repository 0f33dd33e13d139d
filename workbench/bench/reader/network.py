"""The reader as it learns: BERT (Devlin et al. 2019) over a question and a passage, three numbers.

Weights are a dictionary under the names that Hugging Face gives them, so that what is learned is
written and converted like any other model. The heads are two: `score` over the mean of the last
layer, how well the passage answers; `span` over each of its tokens, where the answer starts and
ends.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.space.embeddings import encoder

Weights = dict[str, Any]

#: What a token outside the passage gets as start or end.
_NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs, padded: integers [pairs, tokens]; `inside` says which tokens are the passage's."""

    ids: Any
    types: Any
    mask: Any
    inside: Any


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


def batch(tokenized: Sequence[Any]) -> Batch:
    """Pad what the tokenizer made of pairs."""
    import torch

    longest = max(len(each.ids) for each in tokenized)
    ids = torch.zeros(len(tokenized), longest, dtype=torch.long)
    types, mask, inside = torch.zeros_like(ids), torch.zeros_like(ids), torch.zeros_like(ids)
    for row, each in enumerate(tokenized):
        length = len(each.ids)
        ids[row, :length] = torch.tensor(each.ids)
        types[row, :length] = torch.tensor(each.type_ids)
        mask[row, :length] = 1
        inside[row, :length] = torch.tensor([each == 1 for each in each.sequence_ids])
    return Batch(ids, types, mask, inside)


def read(weights: Weights, config: Mapping[str, Any], pairs: Batch) -> Any:
    """Scores [pairs] and the logits of start and end [pairs, tokens, 2].

    Nothing is dropped out: few questions are seen more than three times.
    """
    from torch.nn import functional

    def linear(values: Any, name: str) -> Any:
        return functional.linear(values, weights[f"{name}.weight"], weights[f"{name}.bias"])

    def norm(values: Any, name: str) -> Any:
        weight, bias = weights[f"{name}.weight"], weights[f"{name}.bias"]
        return functional.layer_norm(values, weight.shape, weight, bias, epsilon)

    epsilon = float(config["layer_norm_eps"])
    heads = int(config["num_attention_heads"])
    rows, length = pairs.ids.shape
    hidden = functional.embedding(pairs.ids, weights["embeddings.word_embeddings.weight"])
    hidden = hidden + weights["embeddings.position_embeddings.weight"][:length]
    hidden = hidden + functional.embedding(
        pairs.types, weights["embeddings.token_type_embeddings.weight"]
    )
    hidden = norm(hidden, "embeddings.LayerNorm")
    seen = pairs.mask.bool()[:, None, None, :]
    for number in range(int(config["num_hidden_layers"])):
        at = f"encoder.layer.{number}."
        query, key, value = (
            linear(hidden, f"{at}attention.self.{each}")
            .view(rows, length, heads, -1)
            .transpose(1, 2)
            for each in ("query", "key", "value")
        )
        mixed = functional.scaled_dot_product_attention(query, key, value, seen)
        mixed = mixed.transpose(1, 2).reshape(rows, length, -1)
        mixed = linear(mixed, f"{at}attention.output.dense")
        hidden = norm(hidden + mixed, f"{at}attention.output.LayerNorm")
        wide = functional.gelu(linear(hidden, f"{at}intermediate.dense"))
        wide = linear(wide, f"{at}output.dense")
        hidden = norm(hidden + wide, f"{at}output.LayerNorm")
    kept = pairs.mask[:, :, None].to(hidden.dtype)
    mean = (hidden * kept).sum(1) / kept.sum(1)
    spans = linear(hidden, "span").masked_fill(~pairs.inside.bool()[:, :, None], _NEVER)
    return linear(mean, "score").squeeze(-1), spans
