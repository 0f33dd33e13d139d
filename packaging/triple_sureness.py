"""Make the numbers by which the rules know how sure a triple is.

    PYTHONPATH=packaging uv run python -m triple_sureness [--write]

Fits a ridge logistic regression to the judged triples of all gold sentences that rules were written
from: the two thirds of the fresh ones that are not "unseen", and the spent ones of the evaluation
data. Also chosen there is from what share up a triple is handed out: the highest that loses at most
three in a hundred of the required triples that the product of doubts alone would have found.
Shares are told out of ten folds of sentences, so no sentence judges itself.
"""

import argparse
import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.triples import reading
from ingest.triples.reading import (
    OPTIMISM,
    RULES,
    THRESHOLD,
    Doubts,
    PassageReader,
    features,
    rule_of,
)
from tests.benchmarks import triple_gold
from tests.benchmarks.corpus import corpus_folder
from tests.benchmarks.rows import DATA
from tests.benchmarks.statistics import auroc, calibration_error, logistic
from tests.benchmarks.triple_gold import GoldSentence
from workbench.arrays import F64

GOLD = DATA / "triple_gold.jsonl"
_SPENT = "triples/gold.jsonl"
_TO = Path(reading.__file__).with_name("fitted.py")
_SPLITS = ("develop", "check")
_FOLDS = 10
_RIDGE = 8.0
#: The share of what is found without a least share that has to be found with it.
_KEPT = 0.97
_NAMES = ("one", "product", "no name", "guessed", "apart", "long", "late")


@dataclass(frozen=True, slots=True)
class Example:
    """A triple with its doubts, whether it is right, and which required ones it finds."""

    sentence: int
    doubts: Doubts
    right: bool
    found: frozenset[int]


def fingerprint() -> str:
    """Of this script and of the gold sentences that it may look at."""
    hashed = hashlib.sha256(Path(__file__).read_text("utf-8").encode())
    for line in GOLD.read_text("utf-8").splitlines():
        if any(f'"split":"{split}"' in line for split in _SPLITS):
            hashed.update(line.encode())
    return hashed.hexdigest()[:16]


def _examples(data: Path) -> list[Example]:
    gold = [row for row in triple_gold.fresh(GOLD, data) if row.split in _SPLITS]
    gold += triple_gold.spent(data / _SPENT)
    return [one for n, row in enumerate(gold) for one in _of_sentence(n, row, data)]


def _of_sentence(number: int, gold: GoldSentence, data: Path) -> list[Example]:
    reader = triple_gold.reader(data / gold.file) if gold.kind == "book" else PassageReader()
    text = gold.context + gold.text
    found = []
    for triple, doubts in reader.candidates(text, gold.title, gold.speaker, gold.listener):
        if triple.start < len(gold.context):
            continue
        same = triple_gold.same(triple, gold)
        needed = frozenset(1000 * number + n for n in same if gold.triples[n].required)
        found.append(Example(number, doubts, bool(same), needed))
    return found


def _row(doubts: Doubts) -> list[float]:
    told = features(doubts)
    own = rule_of(doubts)
    rules = [float(own == rule) for rule in (*RULES, "other")]
    return [*(told[name] for name in _NAMES[1:]), *rules]


def _chances(x: F64, weights: F64) -> F64:
    chances: F64 = 1 / (1 + np.exp(-(x @ weights[:-1] + weights[-1])))
    return chances


def _unseen_chances(x: F64, truth: F64, fold: NDArray[np.int64]) -> F64:
    found = np.zeros(len(x))
    for each in range(_FOLDS):
        inside = fold == each
        fitted = logistic(x[~inside], truth[~inside], np.ones((~inside).sum()), ridge=_RIDGE)
        found[inside] = _chances(x[inside], fitted)
    return found


def _least(examples: list[Example], chance: F64) -> float:
    """The highest share, in hundredths, at which enough of the required triples is found."""
    sure = [one.doubts.product >= THRESHOLD for one in examples]

    def found(least: float) -> int:
        kept = zip(examples, sure, chance, strict=True)
        return len(frozenset[int]().union(*(e.found for e, s, c in kept if s and c >= least)))

    all_of_them = found(0.0)
    steps = [step / 100 for step in range(100) if found(step / 100) >= _KEPT * all_of_them]
    return steps[-1]


def main() -> None:
    """Fit, report and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {_TO.name}")
    asked = parser.parse_args()
    examples = _examples(corpus_folder())
    x = np.array([_row(one.doubts) for one in examples])
    truth = np.array([one.right for one in examples], dtype=float)
    fold = np.array([one.sentence % _FOLDS for one in examples])
    chance = _unseen_chances(x, truth, fold)
    product = np.array([one.doubts.product for one in examples])
    least = _least(examples, chance)
    right = truth.astype(bool)
    given = product >= THRESHOLD
    kept = given & (chance >= least)
    print(f"{len(examples)} triples, {right.mean():.3f} of them right")
    print(f"area under the curve: product {auroc(right, product):.3f}")
    print(f"area under the curve: here {auroc(right, chance):.3f}")
    print(f"calibration error {calibration_error(right, chance):.3f}")
    print(f"handed out from {least}: {right[kept].mean():.3f} of {kept.sum()} right, before "
          f"{right[given].mean():.3f} of {given.sum()}")  # fmt: skip
    weights = logistic(x, truth, np.ones(len(x)), ridge=_RIDGE)
    text = _module(weights, _lowered(least))
    if asked.write:
        _TO.write_text(text, "utf-8")
    else:
        print(text)


def _lowered(share: float) -> float:
    """The same place on the scale that allows for optimism."""
    odds = np.log(share / (1 - share)) - OPTIMISM
    return round(float(1 / (1 + np.exp(-odds))), 3)


def _module(weights: F64, least: float) -> str:
    names = {"one": weights[-1], **dict(zip(_NAMES[1:], weights, strict=False))}
    rules = dict(zip((*RULES, "other"), weights[len(_NAMES) - 1 :], strict=False))
    lines = [
        '"""Fitted weights, written by `packaging/triple_sureness.py`; do not edit."""',
        "",
        "from collections.abc import Mapping",
        "",
        "#: The script and the judged sentences, as the first digits of their SHA-256.",
        f'FITTED_BY = "{fingerprint()}"',
    ]
    for title, table in (("WEIGHTS", names), ("RULE_WEIGHTS", rules)):
        lines.append(f"{title}: Mapping[str, float] = {{")
        lines += [f'    "{name}": {value:.4f},' for name, value in table.items()]
        lines.append("}")
    lines += ["#: From this share up a triple is handed out.", f"LEAST = {least}", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
