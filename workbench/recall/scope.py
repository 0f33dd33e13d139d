"""What may count: the sources of a question, without those in the trash."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.memory.lexicon import Snapshot
from workbench.memory.segment import Ordinals
from workbench.store.text import Extent


@dataclass(frozen=True, slots=True)
class Scope:
    """The sources that count, and how many engrams they have.

    `sources` are sorted ids, or None where every ordinal of the index counts, which spares the
    look at each.
    """

    sources: NDArray[np.int32] | None
    size: int

    def keep(self, ordinals: Ordinals, snapshot: Snapshot) -> Ordinals:
        """Those of the ordinals that are in scope."""
        if self.sources is None:
            return ordinals
        if not len(self.sources):
            return ordinals[:0]
        of = snapshot.columns["source"][ordinals]
        at = np.searchsorted(self.sources, of)
        at[at == len(self.sources)] = 0
        kept: Ordinals = ordinals[self.sources[at] == of]
        return kept


def scope_of(
    extents: Sequence[Extent], wanted: Collection[int] | None, snapshot: Snapshot
) -> Scope:
    """The scope of a question over the sources that are not in the trash."""
    size = 0
    sources: set[int] = set()
    chosen = None if wanted is None else set(wanted)
    for extent in extents:
        if not extent.trashed and (chosen is None or extent.source in chosen):
            sources.add(extent.source)
            size += extent.last - extent.first + 1
    if chosen is None and size >= snapshot.size:
        return Scope(None, snapshot.size)
    return Scope(np.array(sorted(sources), np.int32), size)
