"""Words by their company: what is counted is what stands there, compiled or not."""

import numpy as np
import pytest

from workbench.arrays import F32
from workbench.space import usage
from workbench.space.latent import Counts


def _stretches(seed: int, count: int = 120, size: int = 60) -> Counts:
    chance = np.random.default_rng(seed)
    often = 1 / np.arange(1, size + 1)
    rows = [np.unique(chance.choice(size, 9, p=often / often.sum())) for _ in range(count)]
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    words = np.concatenate(rows).astype(np.int32)
    return Counts(starts, words, np.ones(len(words), np.float32), size)


def _dense(matrix: Counts) -> F32:
    out = np.zeros((len(matrix), matrix.size), np.float32)
    out[np.repeat(np.arange(len(matrix)), np.diff(matrix.starts)), matrix.words] = matrix.times
    return out


def _expected(stretches: Counts) -> F32:
    """The same by whole matrices."""
    stands = (_dense(stretches) > 0).astype(np.float64)
    held = stands.sum(axis=0)
    stands[:, held < usage._MIN_STRETCHES] = 0
    kept = (held >= usage._MIN_STRETCHES) & (
        held <= max(usage._MAX_SHARE * len(stands), usage._MIN_COMMON)
    )
    met = stands.T @ stands
    np.fill_diagonal(met, 0)
    heard = np.where(kept, met.sum(axis=0), 0) ** 0.75
    met *= kept
    with np.errstate(divide="ignore", invalid="ignore"):
        told = np.log(met / np.outer(met.sum(axis=1), heard / heard.sum()))
    found: F32 = np.where(told > 0, told, 0).astype(np.float32)
    return found


@pytest.mark.parametrize("seed", range(4))
def test_what_company_tells_is_pointwise_mutual_information(seed: int) -> None:
    stretches = _stretches(seed)
    told = usage.information(stretches)
    assert np.allclose(_dense(told), _expected(stretches), atol=1e-5)
    assert len(told.words) > 50


def test_learning_stops_where_it_is_told() -> None:
    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        usage.vectors(_stretches(7), check=stop)


def test_vectors_have_length_one_or_none_and_come_out_again() -> None:
    stretches = _stretches(2)
    found = usage.vectors(stretches, 8)
    lengths = np.linalg.norm(found, axis=1)
    assert np.allclose(lengths[lengths > 0], 1, atol=1e-4)
    assert np.array_equal(found, usage.vectors(stretches, 8))
    nothing = Counts(np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.float32), 5)
    assert not usage.vectors(nothing).any()
