"""Sequence links: from each concept to those that follow it in the text.

They reach five concepts ahead, with decreasing weight; a concept with many successors gives less to
each. Cued with the last concept mentioned, the drive predicts the next.
"""

from collections.abc import Sequence

import numpy as np

from workbench.brain.engine.connectivity import Connectivity, bipartite, rows_of
from workbench.brain.engine.subthreshold import RecallMode

#: How many concepts ahead, and the decay per concept in between.
REACH, _DECAY = 5, 0.6
_FINE = 1 << 20
#: The cue is active, and two more steps add little.
EXPECTED = RecallMode(steps=3, discount=0.2)


def fibers(lines: Sequence[Sequence[int]], size: int) -> Connectivity:
    """Build the graph of concepts 0 to `size` in the order in which these lines mention them."""
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
    return bipartite(
        rows_of(size, ids, ids, np.ones(size), 1),
        rows_of(size, row, column, weight / np.sqrt(np.maximum(out_weight[row], 1)), _FINE),
    )
