"""How questions of the evaluation sets were answered, and weights fitted on that.

`packaging/reader/answerability.py` writes such weights as the file that ships; the suite `answers`
fits them again without the questions that it judges.
"""

import hashlib
import random
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks.corpus import Dataset, half_of
from tests.benchmarks.quotes import book_questions, flat
from tests.benchmarks.statistics import logistic
from workbench.arrays import F64
from workbench.recall import answerability
from workbench.recall.recall import Recall

#: Whether a text that stands in a quote of this source answers.
Right = Callable[[str, int], bool]
#: How many of the questions that people ask are taken to have an answer in their library, and how
#: many of those to a few statements, where each gap shows.
_PRIOR, _PRIOR_OF_FEW = 0.7, 0.4
#: What the folds of few statements begin with.
FEW = "few"
#: How much more whole books weigh than another set: what people ask is most like those questions.
BOOKS, _HEAVY = "calibrate", 4.0
_SHORT = 5
#: Parts of the questions, each of which is judged by weights that come from the others.
_PARTS = 5
#: How much large weights cost: questions are few, and sets differ.
_RIDGE = 3.0
#: What can only lower the probability: all else can only raise it, whatever a set of few questions
#: says.
_LOWERS = ("rank",)


@dataclass(frozen=True, slots=True)
class Example:
    """A question as it was answered, and whether its first sentence is right."""

    id: str
    fold: str
    answerable: bool
    features: list[float]
    right: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to a library, and what answers it."""

    id: str
    text: str
    half: str
    answerable: bool
    right: Right
    scope: Collection[int] | None


def examples_of(recall: Recall, fold: str, asked: Sequence[Asked]) -> Iterator[Example]:
    """How those of half B were answered: of the others the reader has learned."""
    for question in asked:
        if question.half != "B":
            continue
        drawn = recall.draw(question.text, sources=question.scope)
        if drawn is None or drawn.reread is None or not drawn.reread.sentences:
            continue
        if drawn.retrieval.cue.topic:
            continue
        values = answerability.features(drawn.retrieval, drawn.reread)
        first = drawn.reread.sentences[0]
        of = {quote.place: quote.engrams[0].source for quote in drawn.reread.quotes}
        right = question.answerable and question.right(first.text, of[first.place])
        yield Example(question.id, fold, question.answerable, values, right)


def of_set(data: Dataset, keys: Mapping[str, int], most: int) -> list[Asked]:
    """Questions of a set of records: some that can be answered, half as many that cannot."""
    chance = random.Random(7)
    everything = frozenset(keys.values())
    known = [each for each in data.questions if each.gold]
    strange = [each for each in data.questions if not each.gold]
    asked = []
    for each in chance.sample(known, min(most, len(known))):
        gold = frozenset(keys[key] for key in each.gold if key in keys)
        right = right_of(gold, each.answers if data.name == "xquad" else ())
        asked.append(Asked(each.id, each.text, each.half, True, right, None))
    removed = chance.sample(known, min(most // 2, len(known))) if not strange else []
    for each in removed:
        gold = frozenset(keys[key] for key in each.gold if key in keys)
        asked.append(Asked(each.id, each.text, each.half, False, never, everything - gold))
    for each in chance.sample(strange, min(most // 2, len(strange))):
        asked.append(Asked(each.id, each.text, each.half, False, never, None))
    return asked


def right_of(gold: Collection[int], answers: Sequence[str]) -> Right:
    wanted = [flat(each) for each in answers]
    return lambda text, source: (
        source in gold and (not wanted or any(each in flat(text) for each in wanted))
    )


def never(text: str, source: int) -> bool:
    return False


def books(corpus: Path) -> list[Asked]:
    """Questions about the books."""
    asked = []
    for row in book_questions(corpus):
        wanted = row["evidence"] or []
        quoted = [flat(each) for each in ([wanted] if isinstance(wanted, str) else wanted)]
        half = row.get("half") or half_of(row["id"])
        known = bool(row["answerable"])
        asked.append(Asked(row["id"], row["question"], half, known, stands_in(quoted), None))
    return asked


def stands_in(quoted: Sequence[str]) -> Right:
    def right(text: str, source: int) -> bool:
        said = flat(text)
        long = len(said.split()) >= _SHORT
        return any(each in said or (long and said in each) for each in quoted)

    return right


def fit(chosen: Sequence[Example]) -> dict[str, Any]:
    """The weights, as they are stored: every set weighs the same, and so do its answerable ones."""
    names = answerability.FEATURES
    x = np.array([example.features for example in chosen])
    truth = np.array([example.right for example in chosen], float)
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-6
    signs = np.array([-1.0 if name in _LOWERS else 1.0 for name in names])
    signs = np.tile([*signs, 0.0], len(answerability.KINDS))
    found = _signed((x - mean) / spread, truth, _balanced(chosen), signs)
    parts = {"mean": mean, "spread": spread, "weights": found}
    return {
        "features": list(names),
        "answers": {name: np.round(part, 5).tolist() for name, part in parts.items()},
    }


def _signed(x: F64, truth: F64, weight: F64, signs: F64) -> F64:
    """A logistic regression without the features whose weight would have the other sign."""
    kept = np.arange(x.shape[1])
    while True:
        found = logistic(x[:, kept], truth, weight, ridge=_RIDGE)
        wrong = signs[kept] * found[:-1]
        if not len(kept) or wrong.min() >= 0:
            break
        kept = np.delete(kept, int(wrong.argmin()))
    whole = np.zeros(x.shape[1] + 1)
    whole[kept], whole[-1] = found[:-1], found[-1]
    return whole


def _balanced(chosen: Sequence[Example]) -> F64:
    counts = Counter((example.fold, example.answerable) for example in chosen)

    def weight(example: Example) -> float:
        prior = _PRIOR_OF_FEW if example.fold.startswith(FEW) else _PRIOR
        part = prior if example.answerable else 1 - prior
        heavy = _HEAVY if example.fold == BOOKS else 1.0
        return heavy * part / counts[example.fold, example.answerable]

    weights = np.array(list(map(weight, chosen)))
    balanced: F64 = weights * len(weights) / weights.sum()
    return balanced


def probabilities(chosen: Sequence[Example], facts: Mapping[str, Any]) -> F64:
    """The probability of each example."""
    regression = answerability.regression(facts["answers"])
    return np.array([regression(example.features) for example in chosen])


def crossed(chosen: Sequence[Example]) -> F64:
    """The probability of each, fitted without its question, however often that was asked."""
    part = [
        int(hashlib.md5(each.id.encode(), usedforsecurity=False).hexdigest(), 16) % _PARTS
        for each in chosen
    ]
    answers = np.zeros(len(chosen))
    for number in range(_PARTS):
        places = [at for at, each in enumerate(part) if each == number]
        if places:
            facts = fit([each for each, at in zip(chosen, part, strict=True) if at != number])
            answers[places] = probabilities([chosen[at] for at in places], facts)
    return answers
