"""Windows: quotes of at most three sentences and 80 words around given sentences."""

import numpy as np

from workbench import kernels
from workbench.memory.lexicon import Snapshot
from workbench.memory.segment import Ordinals
from workbench.recall import ordinal_sets
from workbench.recall.kernel_set import RECALL_KERNELS
from workbench.recall.ordinal_sets import address, i32

MOST_SENTENCES = 3
MOST_WORDS = 80


def cut(snapshot: Snapshot, found: Ordinals) -> tuple[Ordinals, Ordinals]:
    """Windows `[starts, ends)` that touch these sentences, ascending ones.

    Each is as long as the limits allow, inside one section.
    """
    if not len(found):
        return found, found
    columns = snapshot.columns
    if kernels.ready(RECALL_KERNELS):
        room = MOST_SENTENCES * len(found)
        starts, ends = np.empty(room, np.int32), np.empty(room, np.int32)
        number = _cut(
            address(found),
            len(found),
            address(columns["section_start"]),
            address(columns["words"]),
            address(columns["source"]),
            snapshot.size,
            address(starts),
            address(ends),
        )
        return starts[:number].copy(), ends[:number].copy()
    return _by_columns(snapshot, found)


def _by_columns(snapshot: Snapshot, found: Ordinals) -> tuple[Ordinals, Ordinals]:
    """The same as `_cut`, for NumPy."""
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


@kernels.kernel
def _cut(
    found: int, count: int, begins: int, words: int, source: int, size: int, starts: int, ends: int
) -> int:
    found_ = i32(found, count)
    begins_, words_, source_ = i32(begins, size), i32(words, size), i32(source, size)
    room = MOST_SENTENCES * count
    starts_, ends_ = i32(starts, room), i32(ends, room)
    number = 0
    after = 0
    for i in range(count):
        for start in range(max(found_[i] - MOST_SENTENCES + 1, after), found_[i] + 1):
            after = start + 1
            if source_[start] <= 0:
                continue
            end = start + 1
            total = words_[start]
            while (
                end < size
                and end - start < MOST_SENTENCES
                and begins_[end] == begins_[start]
                and total + words_[end] <= MOST_WORDS
                and source_[end] > 0
            ):
                total += words_[end]
                end += 1
            # A window that was cut short may no longer reach a candidate.
            if found_[i] < end:
                starts_[number] = start
                ends_[number] = end
                number += 1
    return number


@kernels.warm_up
def _warm() -> None:
    some = np.ones(3, np.int32)
    at = address(some)
    _cut(at, 1, at, at, at, 1, at, at)
