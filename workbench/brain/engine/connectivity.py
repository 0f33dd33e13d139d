"""Connections through shared things: a weighted hypergraph in compressed rows.

A source projects to places (a passage that mentions it, a relation it is in), a place to its
targets; the weight of a pair is the sum over the places between them. So a passage of thirty
concepts takes thirty entries instead of nine hundred, and the work is bounded by the entries
visited. Integer arithmetic makes the result independent of the order.
"""

from dataclasses import dataclass

import numpy as np

from workbench.arrays import F64, I32, I64

#: Fixed-point one of source-to-place and place-to-target weights: the input of a target stays below
#: 2^63 for a thousand sources of a thousand places.
TO_PLACE, TO_TARGET = 1 << 14, 1 << 12


def flat_ranges(starts: I64, sizes: I64) -> I64:
    """Concatenate half-open integer ranges: int64[sum of the sizes]."""
    result: I64 = np.arange(int(sizes.sum())) + np.repeat(starts - np.cumsum(sizes) + sizes, sizes)
    return result


@dataclass(frozen=True, slots=True)
class Rows:
    """Compressed sparse rows: row i has `columns[starts[i]:starts[i + 1]]`, sorted, and `weights`.

    Both are int32.
    """

    starts: I64
    columns: I32
    weights: I32

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of(self, row: int) -> I32:
        """The columns of one row."""
        return self.columns[self.starts[row] : self.starts[row + 1]]

    def entries(self, rows: I64) -> tuple[I64, I32, I32]:
        """All entries of these rows: index into `rows`, column and weight of each."""
        low = self.starts[rows]
        sizes = self.starts[rows + 1] - low
        of = np.repeat(np.arange(len(rows)), sizes)
        at = flat_ranges(low, sizes)
        return of, self.columns[at], self.weights[at]


@dataclass(frozen=True, slots=True)
class Connectivity:
    """A bipartite graph: `forth` has the places of sources, `place_targets` those of places.

    `back` has the places that project to each target. `gain` float64[n] multiplies the input of a
    target, `self_drive` int64[n] is the input of a full-strength source to itself.
    """

    forth: Rows
    place_targets: Rows
    back: Rows
    gain: F64
    self_drive: I64

    def __len__(self) -> int:
        return len(self.forth)


def rows_of(size: int, rows: I64, columns: I64, weights: F64, unit: int) -> Rows:
    """Build rows from distinct entries; weights in units of 1/`unit`, at least 1."""
    order = np.lexsort((columns, rows))
    starts = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=size), out=starts[1:])
    scaled = np.maximum(np.rint(weights * unit), 1)
    return Rows(
        starts,
        columns[order].astype(np.int32),
        np.minimum(scaled[order], np.iinfo(np.int32).max).astype(np.int32),
    )


def transposed(rows: Rows, size: int) -> Rows:
    """Transpose; the result has `size` rows."""
    number = np.repeat(np.arange(len(rows), dtype=np.int32), np.diff(rows.starts))
    order = np.argsort(rows.columns, kind="stable")
    starts = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(rows.columns, minlength=size), out=starts[1:])
    return Rows(starts, number[order], rows.weights[order])


def bipartite(forth: Rows, place_targets: Rows, gain: F64 | None = None) -> Connectivity:
    """Join both halves; `place_targets` has a row for each place that `forth` projects to."""
    size = len(forth)
    back = transposed(place_targets, size)
    of, place, weight = forth.entries(np.arange(size))
    keys = place.astype(np.int64) * size + of
    row = np.repeat(np.arange(len(place_targets), dtype=np.int64), np.diff(place_targets.starts))
    existing = row * size + place_targets.columns
    if len(existing):
        at = np.minimum(np.searchsorted(existing, keys), len(existing) - 1)
        matching = existing[at] == keys
    else:
        at, matching = np.zeros(len(keys), np.int64), np.zeros(len(keys), np.bool_)
    self_drive = np.zeros(size, np.int64)
    np.add.at(
        self_drive,
        of[matching],
        weight[matching].astype(np.int64) * place_targets.weights[at[matching]],
    )
    return Connectivity(
        forth, place_targets, back, np.ones(size) if gain is None else gain, self_drive
    )


def emitting(concepts: I64, places: I64, size: int, limit: int = 2048) -> Rows:
    """The places that concepts project to, with weight 1 / √(their number) each.

    Entries (concept, place) are distinct. Of a concept with more than `limit` places that many,
    evenly spaced, stand for all.
    """
    order = np.lexsort((places, concepts))
    concepts, places = concepts[order], places[order]
    number = np.bincount(concepts, minlength=size)
    first = np.cumsum(number) - number
    offset = np.arange(len(concepts)) - first[concepts]
    # Of n places keep those where i · limit / n reaches the next integer.
    full = np.maximum(number[concepts], 1)
    selected = (number[concepts] <= limit) | (
        (offset * limit) // full != ((offset - 1) * limit) // full
    )
    concepts, places = concepts[selected], places[selected]
    used = np.bincount(concepts, minlength=size)
    share = number / np.maximum(used, 1) / np.sqrt(np.maximum(number, 1))
    return rows_of(size, concepts, places, share[concepts], TO_PLACE)


def cooccurrence_graph(
    concepts: I64, places: I64, size: int, count: int, limit: int = 2048
) -> Connectivity:
    """Build the graph of co-occurrence from distinct entries (concept, place).

    A pair weighs Σ 1 / log(2 + size of the place) / √(places of the source), with at most `limit`
    places as in `emitting`.
    """
    forth = emitting(concepts, places, size, limit)
    of, place, _ = forth.entries(np.arange(size))
    crowd = np.bincount(place, minlength=count)
    place_targets = rows_of(
        count, place.astype(np.int64), of, (1 / np.log(2 + crowd))[place], TO_TARGET
    )
    return bipartite(forth, place_targets)
