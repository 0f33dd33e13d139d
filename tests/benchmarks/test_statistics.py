"""The statistics behind the figures, against cases that can be reckoned by hand."""

import numpy as np
import pytest

from tests.benchmarks.corpus import half_of
from tests.benchmarks.ranking import ndcg10, recall_at
from tests.benchmarks.statistics import (
    auroc,
    calibration_error,
    logistic,
    paired_bootstrap,
    spearman,
)


def test_area_under_the_curve_counts_pairs() -> None:
    truth = np.array([True, True, False, False])
    assert auroc(truth, np.array([0.9, 0.4, 0.5, 0.1])) == pytest.approx(3 / 4)
    assert auroc(truth, np.array([0.5, 0.5, 0.5, 0.5])) == pytest.approx(0.5)


def test_bootstrap_tells_a_difference_from_none() -> None:
    draw = np.random.default_rng(1)
    rival = draw.random(200)
    low, high = paired_bootstrap(rival + 0.1, rival)
    assert low == pytest.approx(0.1)
    assert high == pytest.approx(0.1)
    low, high = paired_bootstrap(draw.random(200), draw.random(200))
    assert low < 0 < high


def test_logistic_finds_the_weights_it_was_made_from() -> None:
    draw = np.random.default_rng(2)
    x = draw.normal(size=(20_000, 2))
    truth = draw.random(20_000) < 1 / (1 + np.exp(-(x @ np.array([1.5, -0.5]) + 0.3)))
    found = logistic(x, truth.astype(float), np.ones(20_000), ridge=0.1)
    assert found == pytest.approx([1.5, -0.5, 0.3], abs=0.08)


def test_calibration_error_is_the_distance_from_the_promise() -> None:
    truth = np.array([True, False] * 50)
    assert calibration_error(truth, np.full(100, 0.55)) == pytest.approx(0.05)


def test_ranking_metrics() -> None:
    assert recall_at(2)(["a", "b", "c"], {"a", "c"}) == 0.5
    assert ndcg10(["a", "b"], {"a", "b"}) == pytest.approx(1.0)
    assert ndcg10(["x", "a"], {"a"}) == pytest.approx(1 / np.log2(3))


def test_halves_never_move() -> None:
    assert [half_of(name) for name in ("dev2-0", "dev2-1", "lh0")] == ["A", "A", "B"]


def test_ranks_correlate_whatever_the_distances_and_share_ties() -> None:
    one = np.array([1.0, 2.0, 3.0, 50.0])
    assert spearman(one, np.array([0.1, 0.2, 0.9, 1.0])) == pytest.approx(1.0)
    assert spearman(one, -one) == pytest.approx(-1.0)
    assert spearman(one, np.array([1.0, 1.0, 2.0, 2.0])) == pytest.approx(2 / 5**0.5)
