"""Latent semantic analysis: sparse products as dense ones, directions that group what belongs."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.arrays import F32
from workbench.space import latent
from workbench.space.latent import Counts


def sparse(dense: F32) -> Counts:
    rows, words = np.nonzero(dense)
    starts = np.searchsorted(rows, np.arange(len(dense) + 1)).astype(np.int64)
    return Counts(starts, words.astype(np.int32), dense[rows, words], dense.shape[1])


def dense(matrix: Counts) -> F32:
    out = np.zeros((len(matrix), matrix.size), np.float32)
    rows = np.repeat(np.arange(len(matrix)), np.diff(matrix.starts))
    out[rows, matrix.words] = matrix.times
    return out


matrices = st.tuples(st.integers(1, 40), st.integers(1, 30), st.integers(0, 2**31)).map(
    lambda shape: (
        np.random.default_rng(shape[2]).integers(0, 4, shape[:2])
        * (np.random.default_rng(shape[2] + 1).random(shape[:2]) < 0.3)
    ).astype(np.float32)
)


@settings(max_examples=60, deadline=None)
@given(matrices)
def test_a_product_is_that_of_the_dense_matrix(numbers: F32) -> None:
    matrix = sparse(numbers)
    right = np.random.default_rng(3).random((matrix.size, 5)).astype(np.float32)
    assert np.allclose(latent.times(matrix, right), numbers @ right, atol=1e-4)
    assert np.array_equal(dense(latent.transposed(matrix)), numbers.T)


@settings(max_examples=60, deadline=None)
@given(matrices)
def test_directions_of_any_matrix_are_finite_and_the_same_again(numbers: F32) -> None:
    matrix = sparse(numbers)
    found = latent.directions(matrix, 4)
    assert found.shape[0] == matrix.size
    assert np.isfinite(found).all()
    assert np.array_equal(found, latent.directions(matrix, 4))


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 8), st.integers(0, 2**31))
def test_columns_are_made_square_and_span_the_same(count: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    columns = chance.standard_normal((40, count)).astype(np.float32)
    # The last two say nothing of their own.
    columns = np.column_stack([columns, columns[:, 0] * 2, np.zeros(40, np.float32)])
    made = latent.square(columns)
    products = made.T @ made
    lengths = np.diag(products)
    assert np.allclose(products, np.diag(lengths), atol=1e-3)
    assert np.allclose(np.sort(lengths), [0, 0, *[1] * count], atol=1e-3)
    # What is laid on them comes back whole.
    assert np.allclose(made @ (made.T @ columns), columns, atol=1e-2)


def test_the_strongest_directions_are_those_of_the_whole_decomposition() -> None:
    numbers = np.random.default_rng(5).random((60, 40)).astype(np.float32)
    numbers[:30, :10] += 2
    numbers[30:, 10:20] += 2
    found = latent.directions(sparse(numbers), 2)
    _, _, exact = np.linalg.svd(numbers, full_matrices=False)
    assert np.allclose(np.abs(found.T @ exact[:2].T), np.eye(2), atol=1e-3)


def test_words_of_like_company_lie_near_each_other() -> None:
    # Words 0 and 1 never meet; both stand with 2 and 3. Words 4 to 7 are another subject.
    rows = [[0, 2, 3], [1, 2, 3], [0, 2], [1, 3], [4, 6, 7], [5, 6, 7], [4, 6], [5, 7]] * 2
    numbers = np.zeros((len(rows), 8), np.float32)
    for at, words in enumerate(rows):
        numbers[at, words] = 1
    matrix = sparse(numbers)
    found = latent.directions(matrix, 2)
    unit = found / np.linalg.norm(found, axis=1, keepdims=True)
    assert unit[0] @ unit[1] > 0.9
    assert abs(unit[0] @ unit[4]) < 0.1
