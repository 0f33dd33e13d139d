"""Make the weights by which the workbench knows when not to answer.

    python -m tests.benchmarks.calibrate [--write]

Fits on half A of the questions of sets whose licence allows it, and on chats of our own making
(`made_chats`), which hold questions about the wrong person; reports on half B and on chats of
another seed. LoCoMo is only ever evaluated. Asked is as a library asks without a model: what it
taught itself counts. Every set and class weighs the same, so that no set decides alone.
Unanswerable questions are made by leaving the sources out that answer them; libraries of one short
source, by asking about one paragraph only, about another of its article, about the article without
it, and by small libraries of our own making with short questions (`made_notes`): of those the
regression for few statements is made, and no part of the other one.
"""

import argparse
import hashlib
import json
import random
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks import made_chats, made_notes
from tests.benchmarks.corpus import (
    Dataset,
    chats,
    corpus_folder,
    half_of,
    passages_set,
    recall_over,
    rows_of,
)
from tests.benchmarks.quotes import book_questions, flat
from tests.benchmarks.rows import DATA
from tests.benchmarks.statistics import auroc, brier, calibration_error, logistic, slope
from workbench import paths
from workbench.arrays import F64
from workbench.recall import judgement, premise, small_library
from workbench.recall.recall import Recall

#: How many of the questions that people ask are taken to have an answer in their library.
_PRIOR = 0.6
#: Sets that count other than 1: the one book asks the same questions as all books do, and another
#: paragraph the same as the article.
_HEAVY = {"one book": 0.5, "sibling": 0.5}
#: Made chats to learn from, and others, of another seed, to be judged by.
_CHATS, _OTHER_CHATS, _OTHER_SEED = 24, 12, 29
#: Made small libraries of both kinds, and the sets of which only what is about few is made.
_SHELVES, _OTHER_SHELVES = 60, 30
_TOLD = ("made_chats.json", "made_notes.json")
#: The feature that says how few statements are asked, and from what on they are few.
_FEW = (judgement.FEATURES + small_library.FEATURES).index("few")
_HALF = 0.5
_ONLY_FEW = ("one article", "sibling", "made notes")


@dataclass(frozen=True, slots=True)
class Example:
    """One question as it was met in one scope. `quotes` are (share, rank, bears on it)."""

    fold: str
    half: str
    answerable: bool
    features: list[float]
    quotes: list[tuple[float, int, bool]]


def _example(
    recall: Recall,
    fold: str,
    half: str,
    question: str,
    answerable: bool,
    gold: Collection[int],
    scope: Collection[int] | None,
) -> Example:
    found = recall.look_up(question, sources=scope)
    top = found.quotes[0].score if found.quotes else 1.0
    quotes = [
        (quote.score / top, rank, answerable and quote.engrams[0].source in gold)
        for rank, quote in enumerate(found.quotes[:5])
    ]
    return Example(fold, half, answerable, found.features, quotes)


def _removed(corpus: Path, name: str) -> Iterator[Example]:
    """Each question once as it is, once with the passages that answer it left out."""
    data = passages_set(corpus, name)
    with recall_over(records=data.records) as (recall, keys):
        everything = set(keys.values())
        for question in data.questions:
            gold = {keys[key] for key in question.gold}
            yield _example(recall, name, question.half, question.text, True, gold, None)
            yield _example(
                recall, name, question.half, question.text, False, gold, everything - gold
            )


def _xquad(corpus: Path) -> Iterator[Example]:
    """Articles left out; and each question to one paragraph alone, the right one or another."""
    data = passages_set(corpus, "xquad")
    chance = random.Random(5)
    with recall_over(records=data.records) as (recall, keys):
        titles = {record["id"]: record["title"] for record in data.records}
        absent = {
            row["id"]
            for row in rows_of(corpus / "xquad" / "passages.jsonl.gz")
            if row["absent_in_abstention_test"]
        }
        present = {keys[key] for key in titles if key not in absent}
        for question in data.questions:
            (gold,) = question.gold
            answerable = gold not in absent
            half, text = question.half, question.text
            yield _example(recall, "xquad", half, text, answerable, {keys[gold]}, present)
            other = chance.choice([key for key in titles if titles[key] != titles[gold]])
            for key, right in ((gold, True), (other, False)):
                scope = {keys[key]}
                yield _example(recall, "one source", half, text, right, scope, scope)
        yield from _same_subject(data, recall, keys)


def _same_subject(data: Dataset, recall: Recall, keys: Mapping[str, int]) -> Iterator[Example]:
    """Each question to its article, to that without its paragraph, and to another of its own."""
    chance = random.Random(7)
    articles: dict[str, list[int]] = {}
    for record in data.records:
        articles.setdefault(record["title"], []).append(keys[record["id"]])
    of = {source: set(article) for article in articles.values() for source in article}
    for question in data.questions:
        (source,) = (keys[key] for key in question.gold)
        half, text, rest = question.half, question.text, of[source] - {source}
        yield _example(recall, "one article", half, text, True, {source}, of[source])
        if rest:
            yield _example(recall, "one article", half, text, False, (), rest)
            other = {chance.choice(sorted(rest))}
            yield _example(recall, "sibling", half, text, False, (), other)


def _labelled(data: Dataset) -> Iterator[Example]:
    """A set that says itself which questions nothing answers."""
    with recall_over(records=data.records) as (recall, keys):
        yield from _asked(data, recall, keys)


def _asked(data: Dataset, recall: Recall, keys: Mapping[str, int]) -> Iterator[Example]:
    for question in data.questions:
        gold = {keys[key] for key in question.gold}
        answerable = bool(gold)
        yield _example(recall, data.fold, question.half, question.text, answerable, gold, None)


def _books(corpus: Path) -> Iterator[Example]:
    """Every question to all books, and to one book alone: its own, or the one it sounds like."""
    files = sorted((corpus / "books").glob("*.txt"))
    with recall_over(files=files) as (recall, keys):
        for row in book_questions(corpus):
            yield _about_books(recall, "books", row, bool(row["answerable"]), None)
            if not row["answerable"]:
                nearest = recall.look_up(row["question"]).quotes[0].engrams[0].source
                yield _about_books(recall, "one book", row, False, {nearest})
            elif isinstance(row["book"], str):
                yield _about_books(recall, "one book", row, True, {keys[row["book"]]})


def _about_books(
    recall: Recall,
    fold: str,
    row: Mapping[str, Any],
    answerable: bool,
    scope: Collection[int] | None,
) -> Example:
    wanted = row["evidence"] or []
    wanted = [wanted] if isinstance(wanted, str) else wanted
    found = recall.look_up(row["question"], sources=scope)
    top = found.quotes[0].score if found.quotes else 1.0
    quotes = [
        (
            quote.score / top,
            rank,
            answerable and any(flat(each) in flat(quote.words) for each in wanted),
        )
        for rank, quote in enumerate(found.quotes[:5])
    ]
    half = row.get("half") or half_of(row["id"])
    return Example(fold, half, answerable, found.features, quotes)


def _made() -> Iterator[Example]:
    """Chats to learn from in half A, others in half B; what was never told is a set of its own."""
    for half, count, seed in (("A", _CHATS, 11), ("B", _OTHER_CHATS, _OTHER_SEED)):
        for chat in made_chats.conversations(count, seed):
            for each, question in zip(_labelled(chat), chat.questions, strict=True):
                never = question.id.endswith(made_chats.NEVER)
                fold = "never told" if never else chat.fold
                yield replace(each, half=half, fold=fold)


def _notes() -> Iterator[Example]:
    """Small libraries to learn from in half A, others in half B."""
    for half, count, seed in (("A", _SHELVES, 17), ("B", _OTHER_SHELVES, _OTHER_SEED)):
        for shelf in made_notes.shelves(count, seed):
            yield from (replace(each, half=half) for each in _labelled(shelf))


def _sample() -> Iterator[Example]:
    folder = paths.resources() / "sample"
    with recall_over(files=[paths.sample_book()]) as (recall, _):
        for row in rows_of(folder / "questions.jsonl"):
            found = recall.look_up(row["question"])
            yield Example("sample", "B", bool(row["answerable"]), found.features, [])


def examples(corpus: Path) -> list[Example]:
    """Every example of every set; `sample` and `locomo` are in half B whatever their ids say."""
    found: list[Example] = []
    for name in ("musique", "2wiki", "hotpotqa"):
        found += _removed(corpus, name)
    found += _xquad(corpus)
    found += _labelled(passages_set(corpus, "lihua"))
    found += _books(corpus)
    found += _made()
    found += _notes()
    found += _sample()
    for chat in chats(corpus):
        found += [replace(each, half="B") for each in _labelled(chat)]
    return found


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far a probability may be believed; every set and class weighs as in fitting.

    `brier` is the mean squared error and `base` that of always saying how often there is an answer,
    `slope` 1 where the odds are neither too bold (below) nor too timid (above).
    """

    brier: float
    base: float
    slope: float
    count: int


def calibration(chosen: list[Example], fitted: judgement.Weights) -> Calibration:
    """The calibration of shipped weights on examples that had no part in making them."""
    truth = np.array([float(each.answerable) for each in chosen])
    weight = _balanced(chosen)
    chance = _chances(chosen, fitted)
    base = float(weight @ truth / weight.sum())
    return Calibration(
        brier=brier(truth, chance, weight),
        base=brier(truth, np.full(len(truth), base), weight),
        slope=slope(truth, chance, weight),
        count=len(chosen),
    )


def _balanced(chosen: list[Example]) -> F64:
    """The weight of each example: every set the same, its answerable ones as the prior says."""
    counts = Counter((each.fold, each.answerable) for each in chosen)
    prior = {True: _PRIOR, False: 1 - _PRIOR}
    weight = np.array(
        [
            _HEAVY.get(each.fold, 1.0) * prior[each.answerable] / counts[each.fold, each.answerable]
            for each in chosen
        ]
    )
    balanced: F64 = weight * len(chosen) / weight.sum()
    return balanced


def fit(chosen: list[Example]) -> judgement.Weights:
    """Weights from these examples: for the question, then for its quotes."""
    mixed = [each for each in chosen if each.fold not in _ONLY_FEW]
    large = [each.features[: len(judgement.FEATURES)] for each in mixed]
    weight = _balanced(mixed)
    many = _regression(large, mixed, weight)
    rows, bears, weights = [], [], []
    for each, values, heavy in zip(mixed, large, weight, strict=True):
        chance = many(values)
        odds = float(np.log(max(chance, 1e-6) / max(1 - chance, 1e-6)))
        for share, rank, right in each.quotes:
            rows.append([odds, 1 - share, float(np.log1p(rank))])
            bears.append(float(right))
            weights.append(heavy)
    quote = logistic(np.array(rows), np.array(bears), np.array(weights), ridge=1.0)
    short = [example for example in chosen if example.features[_FEW] >= _HALF]
    of_few = [judgement.few_of(each.features) for each in short]
    few_known = _regression(of_few, short, _balanced(short))
    return judgement.Weights(many, few_known, quote[[3, 0, 1, 2]])


def _regression(
    values: list[list[float]], chosen: list[Example], weight: F64
) -> judgement.Regression:
    x = np.array(values)
    truth = np.array([float(each.answerable) for each in chosen])
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-6
    return judgement.Regression(mean, spread, logistic((x - mean) / spread, truth, weight))


def _chances(chosen: list[Example], fitted: judgement.Weights) -> F64:
    return np.array([judgement.probability(each.features, fitted) for each in chosen])


def report(chosen: list[Example], fitted: judgement.Weights) -> list[str]:
    """A line a set: silent, answered, area under the curve, calibration error."""
    lines = [f"{'set':<12}{'n':>6}{'silent':>9}{'answered':>10}{'AUROC':>8}{'error':>8}  (%)"]
    for fold in dict.fromkeys(each.fold for each in chosen):
        here = [each for each in chosen if each.fold == fold]
        truth = np.array([each.answerable for each in here])
        chance = _chances(here, fitted)
        says = chance >= judgement.THRESHOLD
        area = auroc(truth, chance) if 0 < truth.sum() < len(truth) else float("nan")
        lines.append(
            f"{fold:<12}{len(here):>6}{_percent(~says[~truth]):>9.1f}"
            f"{_percent(says[truth]):>10.1f}{100 * area:>8.1f}"
            f"{100 * calibration_error(truth, chance):>8.1f}"
        )
    return lines


def _percent(right: NDArray[np.bool_]) -> float:
    return 100 * float(right.mean()) if len(right) else float("nan")


def main() -> None:
    """Fit on half A, report on half B, and write the weights if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write resources/recall/weights.json")
    arguments = parser.parse_args()
    found = examples(corpus_folder())
    fitted = fit([each for each in found if each.half == "A"])
    held = [each for each in found if each.half == "B"]
    print("\n".join(report(held, fitted)))
    print(calibration([each for each in held if each.fold != "locomo"], fitted))
    for name, value in _named(fitted):
        print(f"{name:<14}{value:+.2f}")
    print("quote", np.round(fitted.quote, 3).tolist())
    if arguments.write:
        write(fitted, paths.resources() / "recall" / "weights.json")


def _named(fitted: judgement.Weights) -> Iterator[tuple[str, float]]:
    yield from zip(judgement.FEATURES, fitted.many.weights.tolist(), strict=False)
    yield from zip(judgement.OF_FEW, fitted.few.weights.tolist(), strict=False)


def fingerprint() -> str:
    """A short hash of the scripts that make the weights, and of what is told in them."""
    modules = made_chats, made_notes, judgement, small_library, premise
    scripts = [Path(__file__), *(Path(module.__file__ or "") for module in modules)]
    scripts += [DATA / name for name in _TOLD]
    whole = b"".join(script.read_bytes().replace(b"\r\n", b"\n") for script in scripts)
    return hashlib.sha256(whole).hexdigest()[:16]


def write(fitted: judgement.Weights, file: Path) -> None:
    """Store the weights as the file that ships with the program."""
    facts = {
        "script": fingerprint(),
        "many": _facts(fitted.many, judgement.FEATURES),
        "few": _facts(fitted.few, judgement.OF_FEW),
        "quote": np.round(fitted.quote, 5).tolist(),
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")


def _facts(fitted: judgement.Regression, features: tuple[str, ...]) -> dict[str, list[Any]]:
    return {
        "features": list(features),
        "mean": np.round(fitted.mean, 5).tolist(),
        "spread": np.round(fitted.spread, 5).tolist(),
        "weights": np.round(fitted.weights, 5).tolist(),
    }


if __name__ == "__main__":
    main()
