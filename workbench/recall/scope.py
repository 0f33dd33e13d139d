"""The sources that a question may use: its collection or choice, without the trash."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.memory.segment import Ordinals
from workbench.memory.snapshot import Snapshot
from workbench.store.text import Extent


@dataclass(frozen=True, slots=True)
class Scope:
    """The engrams that count, as ranges of ordinals, and how many they are.

    `sources` are sorted ids, or None where every ordinal of the index counts, which spares the
    look at each. Ranges, not sources, decide: a source that was read again has statements in the
    index that are no longer its own.
    """

    sources: NDArray[np.int32] | None
    size: int
    firsts: Ordinals
    ends: Ordinals

    def keep(self, ordinals: Ordinals, snapshot: Snapshot) -> Ordinals:
        """Those of the ordinals that are in scope."""
        if self.sources is None:
            return ordinals
        if not len(self.firsts):
            return ordinals[:0]
        at = np.searchsorted(self.firsts, ordinals, side="right") - 1
        kept: Ordinals = ordinals[(at >= 0) & (ordinals < self.ends[at])]
        return kept


def scope_of(
    extents: Sequence[Extent], wanted: Collection[int] | None, snapshot: Snapshot
) -> Scope:
    """The scope of a question over the sources that are not in the trash."""
    size = 0
    sources: set[int] = set()
    firsts: list[int] = []
    ends: list[int] = []
    chosen = None if wanted is None else set(wanted)
    for extent in extents:
        if not extent.trashed and (chosen is None or extent.source in chosen):
            sources.add(extent.source)
            size += extent.last - extent.first + 1
            # The ordinal of an engram is its id less one.
            if ends and ends[-1] == extent.first - 1:
                ends[-1] = extent.last
            else:
                firsts.append(extent.first - 1)
                ends.append(extent.last)
    ranges = np.array(firsts, np.int32), np.array(ends, np.int32)
    if chosen is None and size >= snapshot.size:
        return Scope(None, snapshot.size, *ranges)
    return Scope(np.array(sorted(sources), np.int32), size, *ranges)
