"""Pairs of statements that the model of revisions learns from, and a first step of its training."""

import numpy as np
import pytest

from reader.revisions import judged, pairs_of, taught
from workbench.recall.revision import EFFECTS


def test_what_is_reported_on_is_not_learned_from() -> None:
    learned, reported = list(pairs_of("learn")), list(pairs_of("report"))
    assert {effect for *_, effect in learned} == set(range(len(EFFECTS)))
    assert not {older for older, *_ in learned} & {older for older, *_ in reported}


@pytest.mark.slow
def test_pairs_that_are_met_again_and_again_are_known() -> None:
    pytest.importorskip("torch", reason="training needs torch, which only an extra installs")
    ends = ("The shed is rented out.", "The tenant has handed back the shed.", 0)
    none = ("The shed is rented out.", "The shed has a green door.", 3)
    shares = judged(taught([ends, none] * 48, passes=2), [ends, none])
    assert shares.shape == (2, len(EFFECTS))
    assert np.allclose(shares.sum(axis=1), 1)
    assert shares.argmax(axis=1).tolist() == [0, 3]
