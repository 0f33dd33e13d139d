"""Does the brain's part change which passages answer? Recall at five, with and without.

The brain ranks no quotes, since adding its score to theirs loses. So the same questions are asked
before and after the brain has been recalled with some of them, through public calls.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from tests.benchmarks.corpus import Dataset, library_of, passages_set
from tests.benchmarks.rows import Goal, Row, judged
from workbench.arrays import F64
from workbench.errors import NotFoundError
from workbench.library import Library

#: Questions of each set, of them those that the brain is fired with.
_ASKED, _FIRED = 150, 30
_QUOTES = 60


def rows(
    corpus: Path, names: Sequence[str], goals: Mapping[str, Goal], say: Callable[[str], None]
) -> list[Row]:
    """The row of the pipeline."""
    changes: list[float] = []
    told = []
    for name in names:
        data = passages_set(corpus, name)
        without, with_ = measure(data, _ASKED, _FIRED)
        changes += (with_ - without).tolist()
        told.append(f"{name} {100 * without.mean():.1f} and {100 * with_.mean():.1f}")
        say(f"recall at five without and with the brain: {told[-1]}")
    row = "pipeline_recall5_change"
    value = 100 * float(np.mean(changes))
    return [judged(row, value, goals, f"{'; '.join(told)}; {len(changes)} questions")]


def measure(data: Dataset, asked: int, fired: int) -> tuple[F64, F64]:
    """Recall at five of each question, before the brain was asked and after."""
    questions = [each for each in data.questions if each.gold][:asked]
    with library_of(data.records) as library:
        without = [_recall(library, each.text, each.gold) for each in questions]
        for each in questions[:fired]:
            with suppress(NotFoundError):
                library.brain.recall(each.text)
        with_ = [_recall(library, each.text, each.gold) for each in questions]
    return np.array(without), np.array(with_)


def _recall(library: Library, question: str, gold: frozenset[str]) -> float:
    evidence = library.ask(question, limit=_QUOTES, quotes=True).evidence
    ranked = list(dict.fromkeys(each.source.key or "" for each in evidence))[:5]
    return len(gold.intersection(ranked)) / len(gold)
