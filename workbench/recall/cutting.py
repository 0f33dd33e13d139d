"""Cuts windows: at most three sentences and 80 words around given sentences."""

import numpy as np

from workbench.memory.segment import Ordinals
from workbench.memory.snapshot import Snapshot
from workbench.recall import ordinal_sets

MOST_SENTENCES = 3
MOST_WORDS = 80


def cut(snapshot: Snapshot, found: Ordinals) -> tuple[Ordinals, Ordinals]:
    """Windows `[starts, ends)` that touch these sentences, ascending ones.

    Each is as long as the limits allow, inside one section.
    """
    if not len(found):
        return found, found
    starts = ordinal_sets.joined(*(found - np.int32(step) for step in range(MOST_SENTENCES)))
    starts = starts[starts >= 0]
    begins = snapshot.columns["section_start"]
    length = snapshot.columns["words"]
    source = snapshot.columns["source"]
    starts = starts[source[starts] > 0]
    section = begins[starts]
    total = length[starts]
    ends = starts + np.int32(1)
    grows = np.ones(len(starts), bool)
    for _ in range(MOST_SENTENCES - 1):
        at = np.minimum(ends, np.int32(snapshot.size - 1))
        longer = total + length[at]
        grows &= (ends < snapshot.size) & (begins[at] == section)
        grows &= (longer <= MOST_WORDS) & (source[at] > 0)
        total = np.where(grows, longer, total)
        ends += grows
    # A window that was cut short may no longer reach a candidate.
    reached = ordinal_sets.between(found, starts, ends)
    return starts[reached], ends[reached]
