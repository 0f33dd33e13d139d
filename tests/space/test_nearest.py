"""The places of the largest values, however the values lie; rough products, compiled or not."""

import numpy as np
import pytest

from workbench.arrays import F32
from workbench.space.nearest import integer_products, products, promising

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
def test_all_the_largest_are_among_them_and_few_others(values: F32, most: int) -> None:
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


@pytest.mark.parametrize("width", [1, 7, 384, 1500])
@pytest.mark.parametrize("size", [1.0, 1e-3, 1e4])
def test_products_of_whole_numbers_are_exact(width: int, size: float) -> None:
    rows = _CHANCE.integers(-127, 128, (300, width)).astype(np.int8)
    vector = (size * _CHANCE.standard_normal(width)).astype(np.float32)
    # The longest there can be, beside one whose numbers are small against the largest.
    rows[0] = np.copysign(127, vector)
    vector[1:] /= 1000
    for asked in (vector, np.full(width, size, np.float32)):
        exact = rows.astype(np.float64) @ asked.astype(np.float64)
        near = pytest.approx(exact, abs=1e-6 * 127 * float(np.abs(asked).sum()))
        assert integer_products(rows, asked) == near
    assert integer_products(rows, np.zeros(width, np.float32)).tolist() == [0.0] * 300
    assert integer_products(rows[:0], vector).shape == (0,)
