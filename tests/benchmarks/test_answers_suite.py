"""How likely an answer is right: what the fit makes of examples, and what the suite counts."""

from dataclasses import replace

import numpy as np
import pytest

from reader.answerability import report
from tests.benchmarks import answerability as made
from tests.benchmarks import answers
from tests.benchmarks.answerability import Example
from workbench.recall import answerability
from workbench.recall.answerability import FEATURES


def _example(rng: np.random.Generator, number: int) -> Example:
    """One whose reader's lead tells right from wrong, and whose library knows or does not."""
    answerable, right = number % 4 != 0, number % 2 == 1
    values = rng.standard_normal(len(FEATURES))
    values[FEATURES.index("knows")] += 4.0 * answerable
    values[FEATURES.index("lead")] += 4.0 * (answerable and right)
    half = "AB"[number // 4 % 2]
    bears = answerable and (right or number % 3 == 0)
    # Of few statements what the reader gives the sentence tells it.
    values[FEATURES.index("few")] = float(number % 5 == 0)
    values[FEATURES.index("sentence")] += 4.0 * bears
    truth = answerable and right
    return Example(str(number), "made", half, answerable, values.tolist(), truth, bears)


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    rng = np.random.default_rng(3)
    return [_example(rng, number) for number in range(400)]


def test_what_is_fitted_on_one_half_parts_right_from_wrong_on_the_other(
    examples: list[Example],
) -> None:
    held = [each for each in examples if each.half == "B"]
    bears, chances, least = made.crossed(held)
    right = np.array([each.right for each in held])
    assert chances[right].mean() > chances[~right].mean() + 0.4
    strange = np.array([not each.answerable for each in held])
    silent = bears < least
    assert silent[strange].mean() > 0.75
    assert silent[~strange].mean() < 0.3
    line = report(held, (bears, chances, least))[1].split()
    assert line[:2] == ["made", "200"]


def test_the_shipped_weights_are_of_these_features_and_give_probabilities(
    examples: list[Example],
) -> None:
    for each in examples[:40]:
        found = answerability.judged(each.features)
        assert 0 <= found.answers <= found.bears <= 1
        assert found.silent == (found.bears < found.least)


def test_answered_is_counted_where_what_cannot_be_answered_is_silent() -> None:
    likely = np.linspace(0.0, 1.0, 200)
    known = np.arange(200) % 2 == 0
    # Of what is alike as much is answered as is not silent of what cannot be.
    assert answers._answered(likely, known) == pytest.approx(12, abs=1.5)
    assert answers._answered(np.where(known, 1.0, 0.0), known) == 100
    assert answers._answered(likely, known | True) is None


def test_of_one_who_speaks_in_a_talk_what_the_library_knows_decides(
    examples: list[Example],
) -> None:
    spoken = [replace(each, fold="locomo", knows=0.2) for each in examples[:5]]
    bears, chances = answers._judged([*examples[5:], *spoken])
    assert bears[-5:].tolist() == [0.2] * 5
    assert (chances[-5:] <= 0.2).all()
    assert (bears[:-5] != 0.2).all()
