"""Write learned weights as the program reads them, in eight bits: a folder for `recall.reader`.

`python -m reader.export CHECKPOINTS... FOLDER` takes the weights of a training, or
the mean of those of several that began alike, which is better than each (Wortsman et al. 2022,
https://arxiv.org/abs/2203.05482). One of them may be the reader that a training went on from
(Wortsman et al. 2022, https://arxiv.org/abs/2109.01903). It fits the probability to questions that
were held out, and prints how those went.
"""

import argparse
import json
import random
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from reader import OWN_QUESTIONS, network
from reader.data import load
from reader.drawing import example
from tests.benchmarks.corpus import corpus_folder
from workbench.arrays import F32
from workbench.recall import reader
from workbench.recall.reader import Reader
from workbench.space.embeddings import encoder
from workbench.space.embeddings.folder import ModelFolder, carried, inspect_folder

#: Steps of Newton's method, of which five are enough.
_STEPS = 30
#: Most tokens of a pair while the program reads, and the languages of what was learned from.
_TOKENS, _LANGUAGES = 112, ("en",)
#: Passages of a question that was held out.
_PASSAGES = 8
_SEED = 8


def export(
    weights: Mapping[str, F32],
    base: ModelFolder,
    target: Path,
    *,
    tokens: int,
    languages: Sequence[str] = _LANGUAGES,
) -> None:
    """Write a reader into `target`: weights named as in `network`, the base's words and shape.

    `tokens` are the most that a pair has. Its probabilities are not calibrated yet.
    """
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        learned = Path(place) / "learned"
        learned.mkdir()
        for name in ("config.json", "tokenizer.json"):
            shutil.copy(base.path / name, learned / name)
        _save(
            learned / "model.safetensors",
            {name: value for name, value in weights.items() if not _is_head(name)},
        )
        encoder.convert(inspect_folder(learned), target)
    shutil.copy(base.path / "tokenizer.json", target / reader.TOKENIZER)
    heads = {name: value for name, value in weights.items() if _is_head(name)}
    _save(target / reader.HEADS, heads)
    write_about(target, tokens=tokens, languages=languages)


def _save(path: Path, tensors: Mapping[str, F32]) -> None:
    """Write float32 tensors to a safetensors file."""
    header: dict[str, Any] = {}
    body = b""
    for name, values in tensors.items():
        raw = np.ascontiguousarray(values, "<f4").tobytes()
        place = [len(body), len(body) + len(raw)]
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": place}
        body += raw
    head = json.dumps(header).encode()
    path.write_bytes(len(head).to_bytes(8, "little") + head + body)


def write_about(
    target: Path,
    *,
    tokens: int,
    languages: Sequence[str],
    scale: float = 1.0,
    offset: float = 0.0,
) -> None:
    """Write what the program has to know of the weights beside them."""
    about = {
        "version": reader.VERSION,
        "tokens": tokens,
        "languages": list(languages),
        "scale": round(scale, 4),
        "offset": round(offset, 4),
        "weights": reader.digest(target),
    }
    (target / reader.ABOUT).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def calibrated(scores: Sequence[float], answers: Sequence[bool]) -> tuple[float, float]:
    """Scale and offset of the logistic function that fits scores to answers (Platt 1999)."""
    rows = np.stack([np.asarray(scores, float), np.ones(len(scores))], axis=1)
    wanted = np.asarray(answers, float)
    found = np.array([1.0, 0.0])
    for _ in range(_STEPS):
        said = 1 / (1 + np.exp(-rows @ found))
        spread = (rows * (said * (1 - said))[:, None]).T @ rows
        found += np.linalg.solve(spread + 1e-9 * np.eye(2), rows.T @ (wanted - said))
    return float(found[0]), float(found[1])


def weights_in(folder: Path, base: ModelFolder) -> Mapping[str, F32]:
    """The weights of a training, or of a reader as the program reads it."""
    import torch

    if (folder / reader.ABOUT).is_file():
        found = network.go_on_from(base.path, folder)
    else:
        found = torch.load(folder / "latest.pt", map_location="cpu")["weights"]
    return {name: value.detach().numpy() for name, value in found.items()}


def mean_of(
    some: Sequence[Mapping[str, F32]], shares: Sequence[float] | None = None
) -> dict[str, F32]:
    """The mean of weights, each by its share."""
    parts = np.asarray(shares or [1.0] * len(some), np.float32)
    parts /= parts.sum()
    return {
        name: sum(part * each[name] for part, each in zip(parts, some, strict=True))
        for name in some[0]
    }


def main() -> None:
    """See the module."""
    arguments = argparse.ArgumentParser(description=str(__doc__).split(":")[0])
    arguments.add_argument("checkpoints", type=Path, nargs="+")
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--shares", type=float, nargs="+", help="of each; else all count alike")
    chosen = arguments.parse_args()
    (base, *_) = carried()
    weights = mean_of([weights_in(each, base) for each in chosen.checkpoints], chosen.shares)
    export(weights, base, chosen.folder, tokens=_TOKENS)
    scale, offset = _held_out(Reader.load(chosen.folder, threads=2))
    write_about(chosen.folder, tokens=_TOKENS, languages=_LANGUAGES, scale=scale, offset=offset)
    size = sum(each.stat().st_size for each in chosen.folder.iterdir())
    print(f"{size / 1e6:.1f} MB")


def _held_out(model: Reader) -> tuple[float, float]:
    """Print how the questions that were held out go; scale and offset of the probability."""
    corpus = load(corpus_folder(), own=OWN_QUESTIONS)
    chance = random.Random(_SEED)
    scores: list[float] = []
    answers: list[bool] = []
    first = known = whole = 0
    asked = [each for each in corpus.held_out if each.sentence >= 0]
    for question in asked:
        drawn = example(corpus, question, _PASSAGES, chance)
        readings = [each for each in model.read(drawn.question, drawn.passages) if each]
        said = [each.score for each in readings]
        scores += said
        answers += [number == 0 for number in range(len(said))]
        first += said.index(max(said)) == 0
        if drawn.start >= 0:
            known += 1
            whole += (readings[0].start, readings[0].end) == (drawn.start, drawn.end)
    print(f"right of {_PASSAGES} first: {first} of {len(asked)}; whole answer: {whole} of {known}")
    return calibrated(scores, answers)


def _is_head(name: str) -> bool:
    return name.startswith(("score.", "span.", "effect.", "pooler."))


if __name__ == "__main__":
    main()
