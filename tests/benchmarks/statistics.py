"""The statistics behind the figures: paired bootstrap, ROC area, rank correlation, logistic fit."""

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import F64


def paired_bootstrap(
    ours: F64, theirs: F64, *, rounds: int = 4000, seed: int = 7
) -> tuple[float, float]:
    """The 95 % interval of the mean difference, questions drawn again with replacement."""
    draw = np.random.default_rng(seed).integers(0, len(ours), (rounds, len(ours)))
    means = (ours - theirs)[draw].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def auroc(truth: NDArray[np.bool_], score: F64) -> float:
    """The chance that a true one scores above a false one; ties count half."""
    ranks = _ranks(score)
    true = int(truth.sum())
    false = len(truth) - true
    return float((ranks[truth].sum() - true * (true + 1) / 2) / (true * false))


def spearman(one: F64, other: F64) -> float:
    """The correlation of ranks (Spearman 1904); ties share the mean of their ranks."""
    return float(np.corrcoef(_ranks(one), _ranks(other))[0, 1])


def _ranks(values: F64) -> F64:
    """Ranks from 1, equal values with the mean of theirs."""
    order = np.argsort(values, kind="stable")
    ranks = np.empty(len(values))
    ranks[order] = np.arange(1, len(values) + 1)
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    shared: F64 = (np.bincount(inverse, weights=ranks) / counts)[inverse]
    return shared


def logistic(x: F64, truth: F64, weight: F64, *, ridge: float = 3.0, steps: int = 50) -> F64:
    """Weighted ridge logistic regression by Newton's method; the last weight is the constant."""
    x = np.column_stack([x, np.ones(len(x))])
    found = np.zeros(x.shape[1])
    penalty = np.eye(len(found)) * ridge
    penalty[-1, -1] = 0.0
    for _ in range(steps):
        chance = 1 / (1 + np.exp(-np.clip(x @ found, -40, 40)))
        curve = (x.T * (weight * chance * (1 - chance) + 1e-9)) @ x + penalty
        found = found + np.linalg.solve(curve, x.T @ (weight * (truth - chance)) - penalty @ found)
    return found


def calibration_error(truth: NDArray[np.bool_], chance: F64, *, bins: int = 10) -> float:
    """Mean distance between what was promised and what came true, over bins of probability."""
    place = np.minimum((chance * bins).astype(int), bins - 1)
    error = 0.0
    for each in range(bins):
        inside = place == each
        if inside.any():
            error += inside.mean() * abs(float(chance[inside].mean() - truth[inside].mean()))
    return error
