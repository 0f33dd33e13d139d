"""Sequence links: from each concept to those that followed it in the text.

Up to five apart, each counting less than the one before; who is followed by much says less to
each. Cued with what was named last, the drive is what is expected.
"""

from collections.abc import Sequence

import numpy as np

from workbench.brain.engine.fabric import Fabric, fabric, rows_of
from workbench.brain.engine.undertone import Way

#: How far apart, and what is left with each concept in between.
REACH, _LESS = 5, 0.6
_FINE = 1 << 20
#: What is cued speaks; two steps on, little is added.
EXPECTED = Way(steps=3, patience=0.2)


def fibers(lines: Sequence[Sequence[int]], size: int) -> Fabric:
    """The fabric of concepts 0 to `size` in the order that these lines name them."""
    flat = np.fromiter((each for line in lines for each in line), np.int64)
    number = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    ones, others, weights = [], [], []
    for gap in range(1, REACH + 1):
        one, other = flat[:-gap], flat[gap:]
        joined = (number[:-gap] == number[gap:]) & (one != other)
        ones.append(one[joined])
        others.append(other[joined])
        weights.append(np.full(int(joined.sum()), _LESS ** (gap - 1)))
    keys = np.concatenate(ones) * np.int64(size) + np.concatenate(others)
    distinct, where = np.unique(keys, return_inverse=True)
    weight = np.bincount(where, np.concatenate(weights), minlength=len(distinct))
    row, column = distinct // max(size, 1), distinct % max(size, 1)
    much = np.bincount(row, weight, minlength=size)
    own = np.arange(size)
    return fabric(
        rows_of(size, own, own, np.ones(size), 1),
        rows_of(size, row, column, weight / np.sqrt(np.maximum(much[row], 1)), _FINE),
    )
