"""Nearest neighbours of concepts by meaning, as compressed rows.

Of few concepts all are compared. Of many only those of cells that lie side by side, each the
concepts nearest to one of √n drawn at random (an inverted file: Sivic and Zisserman 2003; Jégou,
Douze, Schmid 2011), so that work grows with n√n; some of the nearest are then missed, and others
nearly as near stand for them.
"""

from collections.abc import Callable, Iterator

import numpy as np

from workbench.arrays import F32, I64
from workbench.brain.engine.fabric import Rows, rows_of

#: Kin of a concept; of very many concepts fewer, so that there are no more entries than these.
KIN, _FEWEST, _ENTRIES = 50, 8, 5_000_000
#: Pairs of concepts that are compared at most, and cells that are looked through at least for each.
_PAIRS, _CELLS = 1_000_000_000, 8
#: The square of the cosine, in parts of this.
_ONE = 1 << 14
#: Cosines held at a time.
_AT_A_TIME = 8_000_000


def kindred(
    vectors: F32, most: int = KIN, check: Callable[[], None] = lambda: None, pairs: int = _PAIRS
) -> Rows:
    """The nearest of each concept by cosine, weighed by its square; who is unlike is left out.

    `vectors` float32[concepts, d] are of length one; one that is zero (nothing is known of it) has
    no kin. Where that would be more than so many `pairs`, they are compared by cells. `check` is
    called now and then and may raise.
    """
    known = np.flatnonzero(np.any(vectors != 0, axis=1))
    most = max(min(most, _ENTRIES // max(len(known), 1)), min(most, _FEWEST))
    rows, columns = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    weights = [np.zeros(0)]
    for ours, theirs in _compared(vectors, known, pairs):
        check()
        step = max(_AT_A_TIME // max(len(theirs), 1), 1)
        for low in range(0, len(ours), step):
            own = ours[low : low + step]
            near = vectors[own] @ vectors[theirs].T
            near[own[:, None] == theirs] = 0
            if len(theirs) > most:
                best = np.argpartition(-near, most - 1, axis=1)[:, :most]
            else:
                best = np.broadcast_to(np.arange(len(theirs)), near.shape)
            cosine = np.take_along_axis(near, best, axis=1)
            row, spot = np.nonzero(cosine > 0)
            rows.append(own[row])
            columns.append(theirs[best[row, spot]])
            weights.append(cosine[row, spot].astype(np.float64) ** 2)
    return rows_of(
        len(vectors), np.concatenate(rows), np.concatenate(columns), np.concatenate(weights), _ONE
    )


def _compared(vectors: F32, known: I64, pairs: int) -> Iterator[tuple[I64, I64]]:
    """Concepts, and among whom their nearest are looked for."""
    if len(known) ** 2 <= pairs:
        yield known, known
        return
    chance = np.random.default_rng(len(known))
    many = round(len(known) ** 0.5)
    middles = vectors[np.sort(chance.choice(known, many, replace=False))]
    cell = _cells(vectors, known, middles)
    # From who happened to be drawn to the middle of those around him.
    np.add.at(middles, cell, vectors[known])
    middles /= np.linalg.norm(middles, axis=1, keepdims=True) + np.float32(1e-9)
    cell = _cells(vectors, known, middles)
    order = known[np.argsort(cell, kind="stable")]
    members = np.split(order, np.cumsum(np.bincount(cell, minlength=many))[:-1])
    looked = max(pairs * many // len(known) ** 2, _CELLS)
    beside = np.argsort(-(middles @ middles.T), axis=1, kind="stable")[:, :looked]
    for own, others in zip(members, beside.tolist(), strict=True):
        if len(own):
            yield own, np.concatenate([members[each] for each in others])


def _cells(vectors: F32, known: I64, middles: F32) -> I64:
    """The nearest middle of each of the known."""
    step = max(_AT_A_TIME // len(middles), 1)
    parts = [
        np.argmax(vectors[known[low : low + step]] @ middles.T, axis=1)
        for low in range(0, len(known), step)
    ]
    return np.concatenate(parts).astype(np.int64)
