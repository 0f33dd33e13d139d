"""Teach the reranker: `python -m reader.reranker_training FOLDER --start MODEL`; resumable.

MODEL holds `config.json`, `tokenizer.json` and `model.safetensors` of a cross-encoder with a pooler
and one class, such as ms-marco-MiniLM-L-12-v2. FOLDER, outside the repository, gets `latest.pt` and
a checkpoint every few minutes. `--write TARGET` exports the mean of the last ones.

The loss is that of choosing among passages (listwise) and of saying of each whether it answers
(binary); a list in which nothing answers counts in the latter alone. The embeddings and the lower
layers stay as they are. The rate rises and falls over the minutes given.
"""

import argparse
import json
import random
import time
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from reader import network
from reader.export import export
from reader.reranker_data import Drawn, drawn, load, order
from tests.benchmarks.corpus import corpus_folder
from workbench.arrays import F32
from workbench.space.embeddings import encoder
from workbench.space.embeddings.folder import ModelFolder

#: Passages of a question, questions of a step, tokens of a pair, pairs that are read at once.
_PASSAGES, _STEP, _TOKENS, _TOGETHER = 8, 6, 112, 12
#: Highest rate, share of the way until it is met, weight of the binary loss.
_RATE, _RISE, _BINARY = 5e-5, 0.06, 0.4
#: Layers from below that stay as they are.
_FROZEN = 3
#: Steps that are drawn together and sorted by length, seconds between checkpoints, those averaged.
_STRETCH, _SAVE, _AVERAGED = 8, 240.0, 3
_HEADS = {"pooler.dense": "pooler", "classifier": "score"}


def start_from(folder: Path) -> network.Weights:
    """The weights of a cross-encoder, its heads under the names of `recall.reranker`."""
    import torch

    found: network.Weights = {}
    for name, values in encoder.load(folder / "model.safetensors").items():
        head, _, part = name.rpartition(".")
        if not name.endswith("position_ids"):
            found[f"{_HEADS.get(head, head)}.{part}"] = torch.from_numpy(values.copy())
    return found


def scores(weights: network.Weights, config: Mapping[str, Any], pairs: network.Sorted) -> Any:
    """The scores of pairs, in the order in which they were before they were sorted."""
    import torch

    found = []
    for each in pairs.batches:
        hidden = network.encode(weights, config, each)[:, 0]
        pooled = torch.tanh(network.head(weights, "pooler", hidden))
        found.append(network.head(weights, "score", pooled).squeeze(-1).float())
    return torch.cat(found)[torch.from_numpy(pairs.order)]


def train(place: Path, model: Path, corpus: Path, seconds: float, seed: int) -> None:
    """Learn for so many seconds altogether; checkpoints in `place`."""
    import torch

    place.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    config = json.loads((model / "config.json").read_text(encoding="utf-8"))
    tokenizer = encoder.tokenizer_in(model / "tokenizer.json")
    tokenizer.no_padding()
    tokenizer.enable_truncation(_TOKENS, strategy="only_second")
    weights = start_from(model)
    fixed = ("embeddings.", *(f"encoder.layer.{number}." for number in range(_FROZEN)))
    learned = {
        name: value.requires_grad_()
        for name, value in weights.items()
        if not name.startswith(fixed)
    }
    optimizer = torch.optim.AdamW(learned.values(), lr=_RATE, weight_decay=0.01)
    seen, spent = _resumed(place, weights, optimizer)
    chance = random.Random(f"{seed} after {seen}")
    questions = islice(order(load(corpus), seed), seen, None)
    began = saved = time.monotonic()
    while spent < seconds:
        some: list[Drawn] = []
        while len(some) < _STRETCH * _STEP:
            seen += 1
            one = drawn(next(questions), _PASSAGES, chance)
            if one is not None:
                some.append(one)
        some.sort(key=lambda each: sum(map(len, each.passages)))
        steps = [some[first : first + _STEP] for first in range(0, len(some), _STEP)]
        chance.shuffle(steps)
        for step in steps:
            way = min(1.0, spent / seconds)
            for group in optimizer.param_groups:
                group["lr"] = _RATE * min(1.0, (way + 1e-3) / _RISE) * (1 - way)
            loss = _loss(weights, config, tokenizer, step)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(learned.values(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            now = time.monotonic()
            spent, began = spent + now - began, now
        print(f"{seen} questions, {spent:.0f} s, loss {float(loss.detach()):.3f}", flush=True)
        if began - saved > _SAVE or spent >= seconds:
            _save(place, learned, optimizer, seen, spent)
            saved = began


def _loss(
    weights: network.Weights, config: Mapping[str, Any], tokenizer: Any, step: Sequence[Drawn]
) -> Any:
    import torch
    from torch.nn import functional

    pairs = [(each.question, passage) for each in step for passage in each.passages]
    joined = network.by_length(tokenizer.encode_batch(pairs), _TOGETHER)
    tensors = tuple(each.to("cpu") for each in joined.batches)
    with torch.autocast("cpu", torch.bfloat16):
        found = scores(weights, config, network.Sorted(tensors, joined.order))
    found = found.view(len(step), -1)
    answers = torch.zeros_like(found)
    answers[:, 0] = torch.tensor([float(each.answered) for each in step])
    first = torch.zeros(len(step), dtype=torch.long)
    chosen = functional.cross_entropy(found, first, reduction="none") * answers[:, 0]
    binary = functional.binary_cross_entropy_with_logits(found, answers)
    return chosen.mean() + _BINARY * binary


def _resumed(place: Path, weights: network.Weights, optimizer: Any) -> tuple[int, float]:
    """Take up the last checkpoint: questions seen, seconds spent."""
    import torch

    if not (place / "latest.pt").is_file():
        return 0, 0.0
    kept = torch.load(place / "latest.pt", map_location="cpu")
    with torch.no_grad():
        for name, value in kept["weights"].items():
            weights[name].copy_(value)
    optimizer.load_state_dict(kept["optimizer"])
    return int(kept["seen"]), float(kept["spent"])


def _save(place: Path, learned: network.Weights, optimizer: Any, seen: int, spent: float) -> None:
    import torch

    weights = {name: value.detach() for name, value in learned.items()}
    torch.save({name: value.half() for name, value in weights.items()}, place / f"{seen:06}.pt")
    state = {"weights": weights, "optimizer": optimizer.state_dict(), "seen": seen, "spent": spent}
    torch.save(state, place / "latest.partial")
    (place / "latest.partial").replace(place / "latest.pt")


def averaged(place: Path, model: Path) -> dict[str, F32]:
    """The mean of the last checkpoints; what stayed as it was from where it began."""
    import torch

    kept = [torch.load(file) for file in sorted(place.glob("[0-9]*.pt"))[-_AVERAGED:]]
    means = {name: sum(each[name].float() for each in kept) / len(kept) for name in kept[0]}
    found: dict[str, F32] = {
        name: value.numpy() for name, value in (start_from(model) | means).items()
    }
    return found


def main() -> None:
    """See the module."""
    arguments = argparse.ArgumentParser(description=str(__doc__).split(":")[0])
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--start", type=Path, required=True)
    arguments.add_argument("--minutes", type=float, default=75)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--write", type=Path, help="export into this folder afterwards")
    chosen = arguments.parse_args()
    train(chosen.folder, chosen.start, corpus_folder(), 60 * chosen.minutes, chosen.seed)
    if chosen.write is not None:
        base = _base(chosen.start)
        export(averaged(chosen.folder, chosen.start), base, chosen.write, tokens=_TOKENS)


def _base(folder: Path) -> ModelFolder:
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return ModelFolder(
        folder, folder.name, "", int(config["hidden_size"]), _TOKENS, "first", 0, config
    )


if __name__ == "__main__":
    main()
