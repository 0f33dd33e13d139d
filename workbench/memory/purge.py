"""Removes deleted statements from the inverted index.

A deleted statement is no longer found, yet its postings would reveal its words to anybody with a
dictionary, since the keys of words are not secret. So they are removed from the postings, the table
of forms and the columns. The counts of capitals per word are sums only: they are reduced in
proportion to the statements with the word.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.memory.segment import COLUMNS, Columns, Ordinals, Segment
from workbench.store.text import Extent

Mask = NDArray[np.bool_]


def orphaned(source: Ordinals, extents: Sequence[Extent]) -> Mask:
    """The ordinals assigned to a source (`source[i] > 0`) that does not contain them: bool[n].

    `extents` are all of the library, by id; the ordinal of an engram is its id − 1.
    """
    mismatched: Mask = (source > 0) & (_owners(len(source), extents) != source)
    return mismatched


def untold(source: Ordinals, extents: Sequence[Extent]) -> Mask:
    """The ordinals of a source of the library that are not assigned to it: bool[n]."""
    owner = _owners(len(source), extents)
    unknown: Mask = (owner > 0) & (owner != source)
    return unknown


def _owners(size: int, extents: Sequence[Extent]) -> Ordinals:
    owner = np.zeros(size, np.int32)
    for extent in extents:
        owner[extent.first - 1 : extent.last] = extent.source
    return owner


def flow_starts(source: Ordinals, starts: Ordinals, removed: Mask) -> Ordinals:
    """The new starts of flows, if some of their first statements are removed."""
    left = (source > 0) & ~removed & removed[np.minimum(starts, len(removed) - 1)]
    if not left.any():
        return starts
    new_starts = starts.copy()
    ordinals = np.flatnonzero(left)
    _, first, inverse = np.unique(starts[ordinals], return_index=True, return_inverse=True)
    new_starts[ordinals] = ordinals[first][inverse]
    return new_starts


def blanked(part: Segment, removed: Mask, flows: Ordinals) -> Columns:
    """The columns of a segment with zeros for removed ordinals, and new starts of flows."""
    columns = {name: np.where(removed, np.int32(0), part.columns[name]) for name in COLUMNS}
    columns["flow_start"] = np.where(removed, np.int32(0), flows)
    return columns


def remove_ordinals(part: Segment, removed: Mask, columns: Columns) -> Segment:
    """The segment without removed ordinals, in memory; `removed` is a mask of its own ordinals."""
    remaining = ~removed[part.postings - part.first]
    totals = np.diff(part.starts)
    rows = np.repeat(np.arange(len(part.keys)), totals)
    counts = np.bincount(rows[remaining], minlength=len(part.keys))
    alive = counts > 0
    keys = part.keys[alive]
    starts = np.zeros(len(keys) + 1, np.int64)
    np.cumsum(counts[alive], out=starts[1:])
    has_word = np.isin(part.form_words, keys)
    return Segment(
        first=part.first,
        size=part.size,
        keys=keys,
        starts=starts,
        postings=part.postings[remaining],
        capitals=_share(part.capitals, counts, totals, alive),
        smalls=_share(part.smalls, counts, totals, alive),
        form_keys=part.form_keys[has_word],
        form_words=part.form_words[has_word],
        columns=columns,
        indexed=part.indexed,
    )


def _share(
    sums: NDArray[np.int32], counts: NDArray[np.intp], totals: NDArray[np.int64], alive: Mask
) -> Ordinals:
    """The share of each sum that `counts` are of `totals`, rounded."""
    if not len(sums):
        return sums
    divisors = np.maximum(totals, 1)
    shared: Ordinals = ((sums * counts.astype(np.int64) + divisors // 2) // divisors).astype(
        np.int32
    )
    return shared[alive]
