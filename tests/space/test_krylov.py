"""The strongest directions are those of the whole decomposition, nearly equal ones among them."""

import numpy as np
import pytest

from workbench.arrays import F32
from workbench.space import usage
from workbench.space.latent import Counts


def _sparse(dense: F32) -> Counts:
    rows, words = np.nonzero(dense)
    starts = np.searchsorted(rows, np.arange(len(dense) + 1)).astype(np.int64)
    return Counts(starts, words.astype(np.int32), dense[rows, words], dense.shape[1])


def _drawn(rows: int, columns: int, seed: int = 1) -> F32:
    chance = np.random.default_rng(seed)
    kept = chance.random((rows, columns)) < 0.2
    return np.where(kept, chance.standard_normal((rows, columns)), 0).astype(np.float32)


def test_directions_that_are_nearly_equal_are_told_apart() -> None:
    numbers = _drawn(300, 250)
    # Twenty that rise above the noise, each hardly stronger than the next.
    chance = np.random.default_rng(2)
    left, _ = np.linalg.qr(chance.standard_normal((300, 20)))
    right, _ = np.linalg.qr(chance.standard_normal((250, 20)))
    numbers += ((left * np.linspace(32, 28, 20)) @ right.T).astype(np.float32)
    numbers[:, 3] = 0
    numbers[5] = 0
    vectors, strengths = usage.strongest(_sparse(numbers), 20)
    exact, values, _ = np.linalg.svd(numbers, full_matrices=False)
    assert strengths == pytest.approx(values[:20], rel=1e-4)
    for at in range(20):
        assert abs(exact[:, at] @ vectors[:, at]) > 0.99
    assert not vectors[5].any()


@pytest.mark.slow
@pytest.mark.parametrize("shape", [(40, 30), (30, 40), (1, 7), (7, 1), (200, 150)])
def test_all_of_a_small_matrix_comes_out(shape: tuple[int, int]) -> None:
    numbers = _drawn(*shape)
    numbers[0, 0] = 3
    vectors, strengths = usage.strongest(_sparse(numbers), 500)
    exact = np.linalg.svd(numbers, compute_uv=False)
    exact = exact[exact > 1e-3]
    assert strengths == pytest.approx(exact, rel=1e-3, abs=1e-3)
    assert np.allclose(vectors.T @ vectors, np.eye(len(exact)), atol=1e-2)
    # What the rows hold lies in the directions.
    assert np.allclose(vectors @ (vectors.T @ numbers), numbers, atol=1e-2)


def test_what_repeats_itself_has_no_more_directions_than_it_says() -> None:
    few = _drawn(5, 4, seed=6) + np.eye(5, 4, dtype=np.float32)
    numbers = np.repeat(np.repeat(few, 40, axis=0), 30, axis=1)
    vectors, strengths = usage.strongest(_sparse(numbers), 50)
    assert len(strengths) == np.linalg.matrix_rank(few)
    assert np.allclose(vectors @ (vectors.T @ numbers), numbers, atol=1e-2)


def test_nothing_has_no_directions_and_a_stop_is_heard() -> None:
    nothing = Counts(np.zeros(4, np.int64), np.zeros(0, np.int32), np.zeros(0, np.float32), 5)
    vectors, strengths = usage.strongest(nothing, 8)
    assert vectors.shape == (3, 0)
    assert strengths.shape == (0,)

    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        usage.strongest(_sparse(_drawn(40, 30)), 8, check=stop)
    again = usage.strongest(_sparse(_drawn(40, 30)), 8)[0]
    assert np.array_equal(again, usage.strongest(_sparse(_drawn(40, 30)), 8)[0])
