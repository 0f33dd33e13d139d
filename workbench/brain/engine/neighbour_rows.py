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
NEIGHBOURS, _FEWEST, _ENTRIES = 50, 8, 5_000_000
#: Pairs of concepts that are compared at most, and cells that are looked through at least for each.
_PAIRS, _CELLS = 1_000_000_000, 8
#: The square of the cosine, in parts of this.
_UNIT = 1 << 14
#: Cosines held at a time.
_AT_A_TIME = 8_000_000


def nearest_neighbours(
    vectors: F32,
    limit: int = NEIGHBOURS,
    check: Callable[[], None] = lambda: None,
    pairs: int = _PAIRS,
) -> Rows:
    """The nearest of each concept by cosine, weighed by its square; who is unlike is left out.

    `vectors` float32[concepts, d] are of length one; one that is zero (nothing is known of it) has
    no kin. Where that would be more than so many `pairs`, they are compared by cells. `check` is
    called now and then and may raise.
    """
    filled = np.flatnonzero(np.any(vectors != 0, axis=1))
    limit = max(min(limit, _ENTRIES // max(len(filled), 1)), min(limit, _FEWEST))
    rows, columns = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    weights = [np.zeros(0)]
    for ours, theirs in _compared(vectors, filled, pairs):
        check()
        step = max(_AT_A_TIME // max(len(theirs), 1), 1)
        for low in range(0, len(ours), step):
            batch = ours[low : low + step]
            similarity = vectors[batch] @ vectors[theirs].T
            similarity[batch[:, None] == theirs] = 0
            if len(theirs) > limit:
                best = np.argpartition(-similarity, limit - 1, axis=1)[:, :limit]
            else:
                best = np.broadcast_to(np.arange(len(theirs)), similarity.shape)
            cosine = np.take_along_axis(similarity, best, axis=1)
            row, spot = np.nonzero(cosine > 0)
            rows.append(batch[row])
            columns.append(theirs[best[row, spot]])
            weights.append(cosine[row, spot].astype(np.float64) ** 2)
    return rows_of(
        len(vectors), np.concatenate(rows), np.concatenate(columns), np.concatenate(weights), _UNIT
    )


def _compared(vectors: F32, filled: I64, pairs: int) -> Iterator[tuple[I64, I64]]:
    """Concepts, and among whom their nearest are looked for."""
    if len(filled) ** 2 <= pairs:
        yield filled, filled
        return
    chance = np.random.default_rng(len(filled))
    cell_count = round(len(filled) ** 0.5)
    middles = vectors[np.sort(chance.choice(filled, cell_count, replace=False))]
    cell = _cells(vectors, filled, middles)
    # From who happened to be drawn to the middle of those around him.
    np.add.at(middles, cell, vectors[filled])
    middles /= np.linalg.norm(middles, axis=1, keepdims=True) + np.float32(1e-9)
    cell = _cells(vectors, filled, middles)
    order = filled[np.argsort(cell, kind="stable")]
    members = np.split(order, np.cumsum(np.bincount(cell, minlength=cell_count))[:-1])
    probes = max(pairs * cell_count // len(filled) ** 2, _CELLS)
    adjacent = np.argsort(-(middles @ middles.T), axis=1, kind="stable")[:, :probes]
    for batch, cells in zip(members, adjacent.tolist(), strict=True):
        if len(batch):
            yield batch, np.concatenate([members[cell_id] for cell_id in cells])


def _cells(vectors: F32, filled: I64, middles: F32) -> I64:
    """The nearest middle of each of the known."""
    step = max(_AT_A_TIME // len(middles), 1)
    parts = [
        np.argmax(vectors[filled[low : low + step]] @ middles.T, axis=1)
        for low in range(0, len(filled), step)
    ]
    return np.concatenate(parts).astype(np.int64)
