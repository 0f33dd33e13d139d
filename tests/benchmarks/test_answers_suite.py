"""How likely an answer is right: what the fit makes of examples, and what the suite counts."""

import numpy as np
import pytest

from reader.answerability import report
from tests.benchmarks import answerability as made
from tests.benchmarks import answers
from tests.benchmarks.answerability import Example
from workbench.recall import answerability
from workbench.recall.answerability import FEATURES, KINDS


def _example(rng: np.random.Generator, number: int) -> Example:
    """One whose reader's lead tells right from wrong, and whose rank says nothing."""
    answerable, right = number % 4 != 0, number % 2 == 1
    values = rng.standard_normal(len(KINDS) * (len(FEATURES) + 1))
    values[FEATURES.index("lead")] += 4.0 * (answerable and right)
    return Example(str(number), "made", answerable, values.tolist(), answerable and right)


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    rng = np.random.default_rng(3)
    return [_example(rng, number) for number in range(400)]


def test_what_is_fitted_on_some_parts_right_from_wrong_on_others(examples: list[Example]) -> None:
    chances = made.crossed(examples)
    right = np.array([example.right for example in examples])
    assert chances[right].mean() > chances[~right].mean() + 0.4
    line = report(examples, chances)[1].split()
    assert line[:2] == ["made", "400"]


def test_no_weight_has_the_wrong_sign(examples: list[Example]) -> None:
    *weights, _ = made.fit(examples)["answers"]["weights"]
    size = len(FEATURES)
    for kind in range(len(KINDS)):
        part = weights[kind * (size + 1) :][:size]
        signed = dict(zip(FEATURES, part, strict=True))
        assert all(weight <= 0 for name, weight in signed.items() if name == "rank")
        assert all(weight >= 0 for name, weight in signed.items() if name != "rank")


def test_the_shipped_weights_are_of_these_features_and_give_probabilities(
    examples: list[Example],
) -> None:
    shipped = answerability.shipped_weights("answerability.json", FEATURES)
    assert all(0 <= shipped(example.features) <= 1 for example in examples[:40])


def test_answered_is_counted_where_what_cannot_be_answered_is_silent() -> None:
    likely = np.linspace(0.0, 1.0, 200)
    known = np.arange(200) % 2 == 0
    # Of what is alike as much is answered as is not silent of what cannot be.
    assert answers._answered(likely, known) == pytest.approx(12, abs=1.5)
    assert answers._answered(np.where(known, 1.0, 0.0), known) == 100
    assert answers._answered(likely, known | True) is None
