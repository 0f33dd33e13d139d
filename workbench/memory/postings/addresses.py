"""Where the arrays of the index lie, so that a kernel can be handed all of them as one.

To take an array costs a kernel about as much as to look up a word in it. A table of addresses is
made once for a set of segments and a tail, and read by kernels with the functions below; it is good
for as long as its `Addresses` lives, which keeps the arrays.
"""

from typing import Any

import numpy as np

from workbench import kernels
from workbench.memory.postings.arrays import F64, I32, I64, U8, U32, U64
from workbench.memory.postings.recent_postings import Tail
from workbench.memory.postings.scoring import WINDOW
from workbench.memory.postings.segment import Segment

#: The table begins with the number of segments and the runs of ids (see `reading.State`).
SEGMENTS, BEGINS, VALUES, RUNS = 0, 1, 2, 3
#: Zeroed room for `scoring`; kernels keep the interpreter, so one at a time is using it.
SCORE, SEEN, TOUCHED = 4, 5, 6
#: The tail: its arrays, how many slots its table has, and its entries and facts at most.
KEYS, HEADS, FREQUENCY, ENTRIES, OWNER, OLDER, STARTS, LIVE, IDS, AT = range(7, 17)
SLOTS, ROOM, FACTS = 17, 18, 19
#: Then so many numbers for each segment, the oldest first.
FIRST = 20
WIDTH = 14
#: Of a segment: its first ordinal, how many it has; keys with their number; and so on.
BASE, SIZE, KEY, COUNT, POOL, POOLED, MAPS, ROWS, RADIX, BITS, ALIVE, SINCE, TIMES, CHANGES = range(
    WIDTH
)

u8 = kernels.view("uint8")
u32 = kernels.view("uint32")
i32 = kernels.view("int32")
u64 = kernels.view("uint64")
i64 = kernels.view("int64")
f64 = kernels.view("float64")


class Addresses:
    """The table of these segments and this tail."""

    __slots__ = ("_kept", "segments", "table", "tail")

    def __init__(self, segments: tuple[Segment, ...], tail: Tail, begins: I64, values: I64) -> None:
        self.segments = segments
        self.tail = tail
        self.table = np.empty(FIRST + WIDTH * len(segments), np.int64)
        score, seen = np.zeros(WINDOW, np.int64), np.zeros(WINDOW, np.uint64)
        touched = np.zeros(WINDOW // 64, np.uint64)
        self._kept: list[Any] = []
        self.table[:FIRST] = [
            len(segments),
            *map(self._at, (begins, values)),
            len(begins),
            *map(self._at, (score, seen, touched)),
            self._at(tail.keys),
            self._at(tail.heads),
            self._at(tail.frequency),
            self._at(tail.entries),
            self._at(tail.owner),
            self._at(tail.older),
            self._at(tail.starts),
            self._at(tail.live),
            self._at(tail.ids),
            self._at(tail.at),
            len(tail.keys),
            len(tail.entries),
            len(tail.ids),
        ]
        for at, part in enumerate(segments):
            bits = part.core[4]
            runs = part.runs
            self.table[FIRST + at * WIDTH : FIRST + (at + 1) * WIDTH] = [
                part.first,
                part.size,
                self._at(part.keys),
                len(part.keys),
                self._at(part.pool),
                len(part.pool),
                self._at(part.bitmaps),
                len(part.bitmaps),
                self._at(part.radix),
                bits,
                self._at(part.live),
                self._at(runs.at_begin),
                self._at(runs.at_value),
                len(runs.at_begin),
            ]

    def _at(self, array: np.ndarray[Any, Any]) -> int:
        self._kept.append(array)
        if not array.flags.c_contiguous:
            raise ValueError("kernels read arrays without gaps")
        return int(array.ctypes.data)


@kernels.inner
def words_of(table: I64, at: int) -> int:
    """How many numbers of 64 bits hold one bit for each fact of a segment."""
    return (table[at + SIZE] + 63) >> 6  # type: ignore[no-any-return]


@kernels.inner
def keys_of(table: I64, at: int) -> tuple[U64, U32]:
    """Keys and radix of a segment."""
    return (
        u64(table[at + KEY], table[at + COUNT]),
        u32(table[at + RADIX], (1 << table[at + BITS]) + 1),
    )


@kernels.inner
def pool_of(table: I64, at: int) -> tuple[U32, U64, U64]:
    """Pool, bitmaps and living facts of a segment."""
    words = words_of(table, at)
    rows = table[at + ROWS]
    return (
        u32(table[at + POOL], table[at + POOLED]),
        u64(table[at + MAPS], rows * words).reshape((rows, words)),
        u64(table[at + ALIVE], words),
    )


@kernels.inner
def times_of(table: I64, at: int) -> tuple[U32, F64]:
    """Since when the facts of a segment hold, in runs; see `segment.Runs`."""
    changes = table[at + CHANGES]
    return u32(table[at + SINCE], changes), f64(table[at + TIMES], changes)


@kernels.inner
def ids_of(table: I64) -> tuple[I64, I64, I64]:
    """The runs of ids of all segments, and the ids of the tail."""
    runs = table[RUNS]
    return (
        i64(table[BEGINS], runs),
        i64(table[VALUES], runs),
        i64(table[IDS], table[FACTS]),
    )


@kernels.inner
def slots_of(table: I64) -> tuple[U64, I32, U32]:
    """The table of the tail: keys, heads, frequency."""
    slots = table[SLOTS]
    return (
        u64(table[KEYS], slots),
        i32(table[HEADS], slots),
        u32(table[FREQUENCY], slots),
    )


@kernels.inner
def entries_of(table: I64) -> tuple[U64, U32, I32, U32, U8]:
    """The entries of the tail with owner and older one, where each fact's begin, who lives."""
    room, facts = table[ROOM], table[FACTS]
    return (
        u64(table[ENTRIES], room),
        u32(table[OWNER], room),
        i32(table[OLDER], room),
        u32(table[STARTS], facts + 1),
        u8(table[LIVE], facts),
    )
