"""Segments: an immutable run of facts, sorted by key, and mapped from a file where it is large.

Every key has one number in the pool: the ordinal of the only fact that holds it, or the place of
its list further on in the pool; so a key of one fact, and most are such, costs twelve bytes. A key
that more than 1/64 of the facts hold is a bitmap, so no list is longer than that. Ordinals follow
arrival and are never renumbered: of two the larger one is newer. The layout and its constants
were measured beside FTS5 and tantivy.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from workbench.memory.postings.arrays import ALL, F64, I64, U32, U64, Flags
from workbench.memory.postings.spelling import Spelled

#: A key of more than 1/DENSE of a segment is a bitmap.
DENSE = 64
#: Segments smaller than this have no bitmaps for fewer facts than this has.
_LEAST = 4096
#: In the first numbers of a pool: what follows is the place of a list, not an ordinal.
LIST = 0x80000000
#: As the length of a list: what follows is the row of a bitmap, and then how many facts are in it.
BITMAP = 0x80000000


@dataclass(frozen=True, slots=True)
class Runs:
    """A column in runs: from ordinal `begin[i]` (ascending, of the segment) on it is `value[i]`.

    Ids go up by one within a run; times stay as they are.
    """

    id_begin: U32
    id_value: I64
    at_begin: U32
    at_value: F64


@dataclass(frozen=True, slots=True)
class Segment:
    """The facts of the ordinals `[first, first + size)`; all arrays count from `first`.

    `held` (size / 64,) are the facts whose terms are here, `live` those of them that are not
    removed: the one array that changes.
    """

    first: int
    size: int
    keys: U64
    pool: U32
    bitmaps: U64
    runs: Runs
    spelled: Spelled
    scopes: I64
    live: U64
    held: U64
    path: Path | None = None

    @property
    def end(self) -> int:
        """The ordinal after the last one."""
        return self.first + self.size

    def ids(self, ordinals: I64) -> I64:
        """The ids of facts, by their ordinals in this segment."""
        run = np.searchsorted(self.runs.id_begin, ordinals, side="right") - 1
        found: I64 = self.runs.id_value[run] + ordinals - self.runs.id_begin[run]
        return found

    def at(self, ordinals: I64) -> F64:
        """Since when facts hold, by their ordinals in this segment."""
        found: F64 = self.runs.at_value[
            np.searchsorted(self.runs.at_begin, ordinals, side="right") - 1
        ]
        return found

    def dead(self) -> int:
        """How many facts were removed and still have their terms here."""
        return int(np.bitwise_count(self.held & ~self.live).sum())


def all_alive(size: int) -> U64:
    """Bits of `size` facts, those beyond the last one cleared."""
    live = np.full((size + 63) // 64, ALL, np.uint64)
    if size % 64:
        live[-1] = np.uint64((1 << size % 64) - 1)
    return live


def bitmap(ordinals: I64 | U32, size: int) -> U64:
    """Bits of some of `size` facts."""
    flags = np.zeros((size + 63) // 64 * 64, np.bool_)
    flags[ordinals] = True
    bits: U64 = np.packbits(flags, bitorder="little").view(np.uint64)
    return bits


def members(bits: U64) -> I64:
    """The ordinals whose bits are set, ascending."""
    return np.flatnonzero(np.unpackbits(bits.view(np.uint8), bitorder="little"))


def runs_of(ids: I64, at: F64) -> Runs:
    """The columns of facts in order of arrival."""
    if not len(ids):
        nothing = np.zeros(0, np.uint32)
        return Runs(nothing, np.zeros(0, np.int64), nothing, np.zeros(0, np.float64))
    step = np.flatnonzero(np.concatenate([[True], np.diff(ids) != 1]))
    change = np.flatnonzero(np.concatenate([[True], at[1:] != at[:-1]]))
    return Runs(step.astype(np.uint32), ids[step], change.astype(np.uint32), at[change])


def thick(frequency: I64, size: int) -> Flags:
    """Which keys become bitmaps in a segment of `size` facts."""
    dense: Flags = frequency * DENSE > max(size, _LEAST)
    return dense
