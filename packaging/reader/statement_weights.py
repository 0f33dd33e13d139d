"""Make the weights that say how likely a told statement answers: `recall/told.json`.

    python -m reader.statement_weights [--write]

Told are half a of the statements that ship with the program, most of which were written by one who
had seen none of it, and the everyday ones of the evaluation data; half b is only reported. Fitted
is on the questions that comparing roles leaves open, each also without what answers it. Right is a
statement that holds an answer.
"""

import argparse
import json
import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from reader import STATEMENTS
from tests.benchmarks.corpus import corpus_folder, rows_of
from tests.benchmarks.everyday import score_of
from tests.benchmarks.statistics import logistic
from workbench import paths
from workbench.library import Library
from workbench.memory.facts.records import Fact
from workbench.recall.extraction import FEATURES, extract, ranked
from workbench.recall.reader import Reader, shipped

_RIDGE = 3.0
#: How many other statements are told beside those of a case, and the seed of their choice.
_OTHERS, _SEED = 40, 3
#: How many of the questions that people ask are taken to have an answer in what they told.
_PRIOR = 0.75
#: Kinds in which what is left without the answer answered earlier, or in other words.
_EARLIER = frozenset(("replaced", "correction", "tense", "contradiction", "conditional"))


@dataclass(frozen=True, slots=True)
class _Example:
    features: Sequence[float]
    right: bool
    answerable: bool


def shipped_sets(half: str) -> list[dict[str, Any]]:
    """The statements with questions of one half, “a” or “b”."""
    rows = rows_of(STATEMENTS)
    return [row for row in rows if row["half"] == half]


def examples(cases: Sequence[Mapping[str, Any]], score: Any, reader: Reader) -> Iterator[_Example]:
    """What the reader finds for the questions that roles leave open.

    Beside each case others were told: a library of three statements has no rivals.
    """
    chance, texts = random.Random(_SEED), [each["text"] for case in cases for each in case["tell"]]
    for case in cases:
        answers = [each for asked in case["ask"] for each in asked.get("answers") or ()]
        others = [
            text
            for text in chance.sample(texts, _OTHERS)
            if not any(score.holds(text, each) for each in answers)
        ]
        with _told(case, others) as library:
            for asked in case["ask"]:
                known = library._core.statements.value(asked["question"], [None])
                if not asked.get("as_of") and known is None:
                    yield from _examples(library, case["kind"], asked, score, reader)


@contextmanager
def _told(case: Mapping[str, Any], others: Sequence[str] = ()) -> Iterator[Library]:
    """A library in which what a case tells was told, after some others."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Library.open(Path(folder) / "told.brain") as library,
    ):
        for each in (*({"text": text} for text in others), *case["tell"]):
            library.facts.tell(each["text"], at=each.get("at"))
        yield library


def _examples(
    library: Library, kind: str, asked: Mapping[str, Any], score: Any, reader: Reader
) -> Iterator[_Example]:
    question, answers = asked["question"], asked.get("answers") or []

    def holds(fact: Fact) -> bool:
        return any(score.holds(fact.text, each) for each in answers)

    facts, cosines = library._core.statements.candidates(question, [None])
    found = extract(question, ranked(question, facts, reader, cosines))
    if found is not None:
        yield _Example(found.features, holds(found.fact), bool(answers))
    if not answers or kind in _EARLIER:
        return
    others = [fact for fact in facts if not holds(fact)]
    found = extract(question, ranked(question, others, reader, cosines))
    if found is not None:
        yield _Example(found.features, False, False)


def fit(chosen: Sequence[_Example]) -> dict[str, Any]:
    """The weights."""
    x = np.array([each.features for each in chosen], float)
    truth = np.array([each.right for each in chosen], float)
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-9
    known = np.array([each.answerable for each in chosen])
    weight = np.where(known, _PRIOR / known.sum(), (1 - _PRIOR) / (~known).sum()) * len(x)
    weights = logistic((x - mean) / spread, truth, weight, ridge=_RIDGE)
    return {
        "features": list(FEATURES),
        "answers": {
            name: np.round(part, 5).tolist()
            for name, part in (("mean", mean), ("spread", spread), ("weights", weights))
        },
    }


def judged(cases: Sequence[Mapping[str, Any]], score: Any) -> Counter[str]:
    """How the questions are answered with these weights, by the marks of the evaluation's judge."""
    marks: Counter[str] = Counter()
    for case in cases:
        with _told(case) as library:
            for asked in case["ask"]:
                answer = library.ask(asked["question"])
                said = {"abstained": answer.abstained, "value": answer.value}
                marks[score.judge_fact(said, asked)[0]] += 1
    return marks


def main() -> None:
    """Make and report the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write resources/recall/told.json")
    chosen = parser.parse_args()
    folder, corpus = shipped(), corpus_folder()
    if folder is None:
        raise SystemExit("No reader is shipped with this checkout.")
    score = score_of(corpus)
    cases = [*shipped_sets("a"), *rows_of(corpus / "everyday" / "facts.jsonl")]
    made = list(examples(cases, score, Reader.load(folder, threads=2)))
    facts = fit(made)
    print(len(made), "examples,", sum(each.right for each in made), "right")
    print(dict(zip(FEATURES, facts["answers"]["weights"], strict=False)))
    if chosen.write:
        file = paths.resources() / "recall" / "told.json"
        file.write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    print("half b", dict(judged(shipped_sets("b"), score)))


if __name__ == "__main__":
    main()
