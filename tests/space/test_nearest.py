"""The places of the largest values, however the values lie."""

import numpy as np
import pytest

from workbench.space.nearest import Floats, products, promising

_CHANCE = np.random.default_rng(4)


@pytest.mark.parametrize(
    "values",
    [
        _CHANCE.standard_normal(20_000),
        np.arange(20_000.0),
        np.zeros(20_000),
        # Every sixteenth value is large, and none of those beside them.
        np.where(np.arange(20_000) % 16 == 0, 1.0, 0.0) + np.linspace(0, 0.1, 20_000),
        np.where(np.arange(20_000) % 16 == 1, 1.0, 0.0) + np.linspace(0, 0.1, 20_000),
        _CHANCE.standard_normal(700),
    ],
    ids=["drawn", "rising", "equal", "sample too high", "sample too low", "few"],
)
@pytest.mark.parametrize("most", [1, 300, 1200, 30_000])
def test_all_the_largest_are_among_them_and_few_others(values: Floats, most: int) -> None:
    values = values.astype(np.float32)
    places = promising(values, most)
    assert np.array_equal(places, np.unique(places))
    kept = min(most, len(values))
    assert kept <= len(places) <= 4 * kept
    assert np.array_equal(np.sort(values[places])[-kept:], np.sort(values)[-kept:])


def test_products_are_those_of_the_rows() -> None:
    rows = _CHANCE.standard_normal((50, 7)).astype(np.float32)
    vector = _CHANCE.standard_normal(7).astype(np.float32)
    assert products(rows, vector) == pytest.approx(rows @ vector, abs=1e-5)
    assert products(rows[:0], vector).shape == (0,)
