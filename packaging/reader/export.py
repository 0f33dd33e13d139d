"""Write learned weights as the program reads them, in eight bits: a folder for `recall.reader`.

`python -m reader.export CHECKPOINTS... FOLDER` takes the weights of a training, or
the mean of those of several that began alike, which is better than each (Wortsman et al. 2022,
https://arxiv.org/abs/2203.05482). It fits the probability to questions that were held out, and
prints how those went.
"""

import argparse
import json
import random
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from reader import OWN_QUESTIONS
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
        encoder.save(
            learned / "model.safetensors",
            {name: value for name, value in weights.items() if not _is_head(name)},
        )
        encoder.convert(inspect_folder(learned), target)
    shutil.copy(base.path / "tokenizer.json", target / reader.TOKENIZER)
    heads = {name: value for name, value in weights.items() if _is_head(name)}
    encoder.save(target / reader.HEADS, heads)
    write_about(target, tokens=tokens, languages=languages)


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


def main() -> None:
    """See the module."""
    import torch

    arguments = argparse.ArgumentParser(description=str(__doc__).split(":")[0])
    arguments.add_argument("checkpoints", type=Path, nargs="+")
    arguments.add_argument("folder", type=Path)
    chosen = arguments.parse_args()
    kept = [torch.load(each / "latest.pt", map_location="cpu") for each in chosen.checkpoints]
    weights = {
        name: sum(each["weights"][name].detach().numpy() for each in kept) / len(kept)
        for name in kept[0]["weights"]
    }
    (base, *_) = carried()
    export(weights, base, chosen.folder, tokens=_TOKENS)
    scale, offset = _held_out(Reader.load(chosen.folder, threads=2))
    write_about(chosen.folder, tokens=_TOKENS, languages=_LANGUAGES, scale=scale, offset=offset)
    size = sum(each.stat().st_size for each in chosen.folder.iterdir())
    print(f"{sum(each['seen'] for each in kept)} questions seen, {size / 1e6:.1f} MB")


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
    return name.startswith(("score.", "span.", "effect."))


if __name__ == "__main__":
    main()
