"""Make the head by which the reader tells orders that n-grams leave in doubt: `resources/orders`.

    uv run python packaging/orders/reader_head.py [--write]

A sentence is encoded beside one question; a ridge logistic regression over its first token, its
mean and its maximum in the last layer, added to half of the log odds of the n-grams, decides.
English only, as the reader. It learns from what `training.py` learns from; the threshold lies above
all of 4,000 sentences of the same documents that were kept aside; reported are those of the other
half, and `tests/benchmarks/data/orders.txt`, from which nothing was learned.
"""

import argparse
import random
from collections.abc import Sequence

import numpy as np
import training
from numpy.typing import NDArray

from tests.benchmarks.orders import held_out
from workbench.arrays import F32
from workbench.recall.reader import Reader, shipped
from workbench.recall.writing.injection import FLOOR, QUESTION, order_score

TARGET = training.TARGET.with_name("reader.npy")
#: Examples: composed, claims, of the guide, of documents and of manuals; the share kept aside.
_COMPOSED, _CLAIMS, _GUIDE, _DOCUMENTS, _MANUALS, _ASIDE = 3000, 1500, 1000, 5000, 4000, 0.45
_RIDGE, _STEPS, _RATE, _SHARE = 1e-3, 300, 0.03, 0.5


def examples() -> tuple[list[list[str]], int]:
    """English sentences by kind, as in `training.main`; how many of the last are of documents."""
    chance = random.Random(61)
    read = chance.sample(training.ordinary("A"), _DOCUMENTS)
    read += chance.sample(training.technical("A"), _MANUALS)
    composed = training.composed(chance, languages=("en",))[:_COMPOSED]
    free, plain = (_english(name) for name in ("free.txt", "plain.txt"))
    claims, guide = training.claims(("en",)), training.guide("A")
    groups = [composed, free, plain]
    groups += [chance.sample(rows, min(most, len(rows)))
               for rows, most in ((claims, _CLAIMS), (guide, _GUIDE))]  # fmt: skip
    return [*groups, read], len(read)


def _english(name: str) -> list[str]:
    return [text for language, text in training.lines_of(name) if language == "en"]


def fitted(values: F32, truth: F32, counts: F32) -> F32:
    """The weights of a ridge logistic regression, the constant last; by Adam on all examples."""
    weights = np.zeros(values.shape[1] + 1, np.float32)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        logits = values @ weights[:-1] + weights[-1]
        error = (counts * (1 / (1 + np.exp(-logits)) - truth) / counts.sum()).astype(np.float32)
        slope = np.append(values.T @ error + _RIDGE * weights[:-1], error.sum())
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        mean, spread = first / (1 - 0.9**step), second / (1 - 0.999**step)
        weights -= (_RATE * mean / (np.sqrt(spread) + 1e-8)).astype(np.float32)
    return weights


def of_ngrams(sentences: Sequence[str]) -> F32:
    """The log odds of the n-grams, float32[n]."""
    return np.array([max(order_score(each), FLOOR) for each in sentences], np.float32)


def main() -> None:
    """Fit, report, and with `--write` keep the head."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true")
    folder = shipped()
    if folder is None:
        raise SystemExit("The program's reader is not there.")
    reader = Reader.load(folder)
    groups, read = examples()
    texts = [text for group in groups for text in group]
    counts = np.repeat(np.array([1, 4, 2, 2, 2, 1], np.float32), [len(group) for group in groups])
    truth = (np.arange(len(texts)) < len(groups[0]) + len(groups[1])).astype(np.float32)
    values = reader.pooled(QUESTION, texts)
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-6
    is_document = np.arange(len(texts)) >= len(texts) - read
    aside: NDArray[np.bool_] = is_document & (np.random.default_rng(5).random(len(texts)) < _ASIDE)
    weights = fitted(((values - mean) / spread)[~aside], truth[~aside], counts[~aside])
    head = np.append(_SHARE * weights[:-1] / spread, np.float32(0)).astype(np.float32)
    head[-1] = _SHARE * weights[-1] - head[:-1] @ mean
    kept = [text for text, is_aside in zip(texts, aside, strict=True) if is_aside]
    highest = (values[aside] @ head[:-1] + head[-1] + of_ngrams(kept)).max()
    head[-1] -= highest + training.MARGIN
    if parser.parse_args().write:
        np.save(TARGET, head)
    report(reader, head)


def report(reader: Reader, head: F32) -> None:
    """Print what the n-grams alone, and with the reader, mark of what was not seen."""
    chance = random.Random(7)
    rows = [(sign, text) for sign, language, text in held_out() if language == "en"]
    kinds = {
        "orders": [text for sign, text in rows if sign],
        "others": [text for sign, text in rows if not sign],
        "documents": chance.sample(training.ordinary("B"), 4000),
        "manuals": chance.sample(training.technical("B"), 4000),
    }
    for name, sentences in kinds.items():
        alone = of_ngrams(sentences)
        with_it = reader.pooled(QUESTION, sentences) @ head[:-1] + head[-1] + alone
        marked = (alone > 0) | (with_it > 0)
        print(f"{name}: {(alone > 0).sum()}, {marked.sum()} of {len(sentences)}", flush=True)


if __name__ == "__main__":
    main()
