"""How questions of the evaluation sets were answered, and weights fitted on that.

`packaging/reader/answerability.py` writes such weights as the file that ships; the suite `answers`
fits them again without the questions that it judges.
"""

import hashlib
import random
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
from workbench.recall.answer import knows
from workbench.recall.answerability import OF_MANY
from workbench.recall.judgement import SPEAKER
from workbench.recall.quotes import Quote
from workbench.recall.recall import Recall

#: Whether a text that stands in a quote of this source answers.
Right = Callable[[str, int], bool]


#: How many of the questions that people ask are taken to have an answer in their library.
_PRIOR = 0.75


#: How much rather an answer is withheld from a question without one than one too few is given:
#: silent is what at least so many of those without an answer score below. Those of our own were
#: made to deceive, which people seldom try: they teach, but say nothing about that place.
_SILENT, OWN = 0.85, "own"
#: What the folds of few statements begin with, which teach nothing about many.
OF_FEW_FOLD = "few"


_FEW = answerability.FEATURES.index("few")


_SHORT = 5


#: Parts of the questions, each of which is judged by weights that come from the others.
_PARTS = 5


#: How much large weights cost: questions are few, and sets differ.
_RIDGE = 30.0


@dataclass(frozen=True, slots=True)
class Example:
    """A question as it was answered: is its first sentence right, and one of its first quotes.

    `knows` is what alone decides about silence where somebody who speaks in a talk is asked about;
    None elsewhere.
    """

    id: str
    fold: str
    half: str
    answerable: bool
    features: list[float]
    right: bool
    bears: bool
    knows: float | None = None


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
    for each in asked:
        if each.half != "B":
            continue
        drawn = recall.draw(each.text, sources=each.scope)
        if drawn is None or drawn.reread is None or not drawn.reread.sentences:
            continue
        weighed = drawn.found.features
        likely = knows(drawn.found, weighed)
        values = answerability.features(drawn.found, weighed, drawn.reread, likely)
        first = drawn.reread.sentences[0]
        of = {quote.place: quote.engrams[0].source for quote in drawn.reread.quotes}
        right = each.answerable and each.right(first.text, of[first.place])
        bears = each.answerable and (right or _any(each.right, drawn.best))
        alone = likely if weighed[SPEAKER] else None
        yield Example(each.id, fold, each.half, each.answerable, values, right, bears, alone)


def _any(right: Right, best: Sequence[Quote]) -> bool:
    return any(right(quote.words, quote.engrams[0].source) for quote in best)


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
    """The weights, as they are stored."""
    facts: dict[str, Any] = {"features": list(answerability.FEATURES)}
    many = [each for each in chosen if not each.fold.startswith(OF_FEW_FOLD)]
    few = [each for each in chosen if each.features[_FEW]]
    for part, some, of_few in (("", many, False), ("_of_few", few or many, True)):
        facts[f"bears{part}"] = _fitted(some, [each.bears for each in some], of_few)
        bearing = [each for each in some if each.bears]
        facts[f"first{part}"] = _fitted(bearing, [each.right for each in bearing], of_few)
    facts["least"] = _least(many, facts)
    return facts


def _fitted(chosen: Sequence[Example], truth: Sequence[bool], few: bool) -> dict[str, list[float]]:
    """A regression over what counts for many statements, or, each by how few they are, for few."""
    x, weight = np.array([each.features for each in chosen]), _balanced(chosen)
    if few:
        weight = weight * np.maximum(x[:, _FEW], 1e-6)
        weight = weight * len(weight) / weight.sum()
    x = np.array([answerability.of_few(row) for row in x]) if few else x[:, : len(OF_MANY)]
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-6
    found = logistic((x - mean) / spread, np.array(truth, float), weight, ridge=_RIDGE)
    parts = {"mean": mean, "spread": spread, "weights": found}
    return {name: np.round(part, 5).tolist() for name, part in parts.items()}


def _least(chosen: Sequence[Example], facts: Mapping[str, Any]) -> float:
    """Below what `_SILENT` of the questions without an answer score, of the sets on average."""
    chances, _ = probabilities(chosen, facts).T
    places = []
    for fold in dict.fromkeys(each.fold for each in chosen if not each.fold.startswith(OWN)):
        without = [
            chance
            for each, chance in zip(chosen, chances, strict=True)
            if each.fold == fold and not each.answerable
        ]
        if without:
            places.append(float(np.quantile(without, _SILENT)))
    return round(float(np.mean(places)), 4)


def _balanced(chosen: Sequence[Example]) -> F64:
    counts: dict[tuple[str, bool], int] = {}
    for each in chosen:
        key = each.fold, each.answerable
        counts[key] = counts.get(key, 0) + 1
    prior = {True: _PRIOR, False: 1 - _PRIOR}
    weight = np.array(
        [prior[each.answerable] / counts[each.fold, each.answerable] for each in chosen]
    )
    balanced: F64 = weight * len(chosen) / weight.sum()
    return balanced


def probabilities(chosen: Sequence[Example], facts: Mapping[str, Any]) -> F64:
    """Both probabilities of each example, float64[examples, 2]."""
    parts = [answerability.regression(facts[part]) for part in answerability.PARTS]
    weights = answerability.Weights((parts[0], parts[1]), (parts[2], parts[3]))
    return np.array([weights(each.features) for each in chosen])


def crossed(chosen: Sequence[Example]) -> tuple[F64, F64, F64]:
    """Of each that any quote answers, that the first sentence does, and the least of the first.

    Fitted without its question, however often that was asked.
    """
    part = [
        int(hashlib.md5(each.id.encode(), usedforsecurity=False).hexdigest(), 16) % _PARTS
        for each in chosen
    ]
    bears, answers, least = (np.zeros(len(chosen)) for _ in range(3))
    for number in range(_PARTS):
        places = [at for at, each in enumerate(part) if each == number]
        if not places:
            continue
        facts = fit([each for each, at in zip(chosen, part, strict=True) if at != number])
        here = [chosen[at] for at in places]
        bears[places], first = probabilities(here, facts).T
        answers[places] = bears[places] * first
        least[places] = facts["least"]
    return bears, answers, least
