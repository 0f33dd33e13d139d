"""Sequence links: from each concept to those that followed it in the text.

Up to five apart, each counting less than the one before; who is followed by much says less to
each. Cued with what was named last, the drive is what is expected.
"""

from collections.abc import Sequence

import numpy as np

from workbench.brain.engine.fabric import Fabric, fabric, rows_of
from workbench.brain.engine.undertone import RecallMode

#: How far apart, and what is left with each concept in between.
REACH, _DECAY = 5, 0.6
_FINE = 1 << 20
#: What is cued speaks; two steps on, little is added.
EXPECTED = RecallMode(steps=3, discount=0.2)


def fibers(lines: Sequence[Sequence[int]], size: int) -> Fabric:
    """The fabric of concepts 0 to `size` in the order that these lines name them."""
    flat = np.fromiter((concept for line in lines for concept in line), np.int64)
    number = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    sources, targets, weights = [], [], []
    for gap in range(1, REACH + 1):
        source, target = flat[:-gap], flat[gap:]
        joined = (number[:-gap] == number[gap:]) & (source != target)
        sources.append(source[joined])
        targets.append(target[joined])
        weights.append(np.full(int(joined.sum()), _DECAY ** (gap - 1)))
    keys = np.concatenate(sources) * np.int64(size) + np.concatenate(targets)
    distinct, inverse = np.unique(keys, return_inverse=True)
    weight = np.bincount(inverse, np.concatenate(weights), minlength=len(distinct))
    row, column = distinct // max(size, 1), distinct % max(size, 1)
    out_weight = np.bincount(row, weight, minlength=size)
    ids = np.arange(size)
    return fabric(
        rows_of(size, ids, ids, np.ones(size), 1),
        rows_of(size, row, column, weight / np.sqrt(np.maximum(out_weight[row], 1)), _FINE),
    )
