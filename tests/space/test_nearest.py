"""Products of vectors, and the largest of them."""

import numpy as np
import pytest

from workbench.space.nearest import integer_products, largest, products

_CHANCE = np.random.default_rng(4)


@pytest.mark.parametrize("most", [0, 1, 20, 299, 300, 400])
@pytest.mark.parametrize("different", [1, 5, 1000])
def test_of_equal_values_the_first_are_the_largest(most: int, different: int) -> None:
    values = _CHANCE.integers(0, different, 300).astype(np.float32)
    first = np.argsort(-values, kind="stable")[:most]
    assert largest(values, most).tolist() == first.tolist()


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
