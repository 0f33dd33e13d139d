"""Teach a small model what a newer statement does to an older one, and write it.

`python -m reader.revisions FOLDER` begins with the reader that ships, learns from the pairs of
`REVISIONS` that are there to learn from, prints how those go that are there to report on, and
writes a folder for `recall.revision`. It takes some eight minutes on two cores. The loss is cross
entropy over the effects, with a share left to the others (Szegedy et al. 2016,
https://arxiv.org/abs/1512.00567): whoever wrote the pairs was not always sure.
"""

import argparse
import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from reader import REVISIONS, network
from reader.export import export
from reader.training import read_tokenizer
from tests.benchmarks.corpus import rows_of
from workbench.recall.reader import shipped
from workbench.recall.revision import EFFECTS
from workbench.space.embeddings.folder import ModelFolder, carried

#: An older and a newer statement, and the number of the effect among `EFFECTS`.
Pair = tuple[str, str, int]

#: Passes over all pairs, pairs of a step, tokens of a pair.
_PASSES, _STEP, _TOKENS = 2, 32, 112
#: Highest rates, of what was learned before and of the head; share of the way until they are met.
_RATE, _HEAD_RATE, _RISE = 6e-5, 1e-3, 0.06
_DROPOUT, _DECAY, _SMOOTHED = 0.1, 0.01, 0.05
_SEED = 1
#: A name at the beginning of a statement.
_NAME = re.compile(r"(?:(?:Mr|Mrs|Ms|Dr|Uncle|Aunt)\.? )?(?!The|Our|You)([A-Z][a-zà-ž]+)(?=[ ’'])")
#: From these probabilities on a change is counted as seen, when results are printed.
_LIMITS = (0.5, 0.75)


def pairs_of(part: str) -> Iterator[Pair]:
    """The pairs of one part: to "learn" from or to "report" on."""
    for row in rows_of(REVISIONS):
        if row["part"] == part:
            yield from (
                (row["older"], text, EFFECTS.index(effect)) for text, effect in row["newer"]
            )


def unrelated(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Pairs of the same person and different matters, which have no effect: for each pair one.

    A newer statement of another pair is told of the name that the older one begins with; most of
    what is told of somebody later has nothing to do with what was told before.
    """
    chance = random.Random(_SEED)
    named = [(match[1], pair) for pair in pairs if (match := _NAME.match(pair[0]))]
    newer = [(name, pair) for name, pair in named if re.search(rf"\b{name}\b", pair[1])]
    others = [pair for pair in pairs if not _NAME.match(pair[0])]
    none = EFFECTS.index("none")
    for name, (older, *_) in named:
        other, (elsewhere, text, _) = chance.choice(newer)
        if elsewhere != older:
            yield older, re.sub(rf"\b{other}\b", name, text), none
    for older, *_ in others:
        elsewhere, text, _ = chance.choice(others)
        if elsewhere != older:
            yield older, text, none


def taught(pairs: Sequence[Pair], passes: int = _PASSES) -> network.Weights:
    """The weights after so many passes over the pairs."""
    import torch
    from torch.nn import functional

    torch.manual_seed(_SEED)
    chance = random.Random(_SEED)
    (base, *_) = carried()
    config, tokenizer = _config(base), read_tokenizer(base.path)
    reader = shipped()
    assert reader is not None
    weights = network.go_on_from(base.path, reader)
    head = {
        "effect.weight": torch.zeros(len(EFFECTS), weights["score.weight"].shape[1]),
        "effect.bias": torch.zeros(len(EFFECTS)),
    }
    body = {
        name: value
        for name, value in weights.items()
        if not name.startswith(("embeddings.", "score.", "span."))
    }
    groups = [
        {"params": [value.requires_grad_() for value in some.values()], "top": top}
        for some, top in ((body, _RATE), (head, _HEAD_RATE))
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=_DECAY)
    weights |= head
    order, steps, step = list(pairs), passes * len(pairs) // _STEP, 0
    for number in range(passes):
        chance.shuffle(order)
        for first in range(0, len(order) - _STEP + 1, _STEP):
            share = step / steps
            step += 1
            for group in optimizer.param_groups:
                group["lr"] = group["top"] * min(1, share / _RISE) * (1 - share)
            some = order[first : first + _STEP]
            logits = _logits(weights, config, tokenizer, some, _DROPOUT)
            effects = torch.tensor([effect for *_, effect in some])
            loss = functional.cross_entropy(logits, effects, label_smoothing=_SMOOTHED)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_([*body.values(), *head.values()], 1.0)
            optimizer.step()
        print(f"pass {number + 1} of {passes}: {float(loss.detach()):.3f}", flush=True)
    unused = ("score", "span")
    return {n: value.detach() for n, value in weights.items() if not n.startswith(unused)}


def judged(weights: network.Weights, pairs: Sequence[Pair]) -> np.ndarray[Any, Any]:
    """How likely each pair has each of the effects [pairs, effects]."""
    import torch

    (base, *_) = carried()
    config, tokenizer = _config(base), read_tokenizer(base.path)
    with torch.no_grad():
        shares = torch.softmax(_logits(weights, config, tokenizer, pairs, 0.0), 1)
    found: np.ndarray[Any, Any] = shares.numpy()
    return found


def _logits(
    weights: network.Weights,
    config: Mapping[str, Any],
    tokenizer: Any,
    pairs: Sequence[Pair],
    dropout: float,
) -> Any:
    import torch

    tokenized = tokenizer.encode_batch([(older, newer) for older, newer, _ in pairs])
    by_length = network.by_length(tokenized, _STEP)
    means = []
    for batch in by_length.batches:
        tensors = batch.to("cpu")
        with torch.autocast("cpu", torch.bfloat16, enabled=dropout > 0):
            means.append(
                network.mean(network.encode(weights, config, tensors, dropout), tensors).float()
            )
    return network.head(weights, "effect", torch.cat(means)[by_length.order])


def _config(base: ModelFolder) -> Any:
    return json.loads((base.path / "config.json").read_text(encoding="utf-8"))


def _report(weights: network.Weights) -> None:
    pairs = list(pairs_of("report"))
    shares, effects = judged(weights, pairs), np.array([effect for *_, effect in pairs])
    print(f"{len(pairs)} pairs, {(shares.argmax(1) == effects).mean():.3f} of the effects right")
    affirms = EFFECTS.index("affirms")
    for name, share, gold in (
        ("changes", shares[:, 0] + shares[:, 1], effects < 2),
        ("affirms", shares[:, affirms], effects == affirms),
    ):
        above = share[gold][:, None] > share[~gold][None, :]
        print(f"{name}: area {above.mean():.3f}")
        for limit in _LIMITS:
            seen, false = ((share[which] >= limit).mean() for which in (gold, ~gold))
            print(f"  from {limit} on: {seen:.2f} of them, {false:.2f} of the rest")


def main() -> None:
    """See the module."""
    arguments = argparse.ArgumentParser(description=str(__doc__).split(":")[0])
    arguments.add_argument("folder", type=Path)
    chosen = arguments.parse_args()
    pairs = list(pairs_of("learn"))
    weights = taught([*pairs, *unrelated(pairs)])
    _report(weights)
    (base, *_) = carried()
    arrays = {name: value.numpy() for name, value in weights.items()}
    export(arrays, base, chosen.folder, tokens=_TOKENS)


if __name__ == "__main__":
    main()
