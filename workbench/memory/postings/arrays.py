"""Names of the array types that the index is made of, and the one cast its kernels need."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench import kernels

#: Terms, keys and bitmaps.
U64 = NDArray[np.uint64]
#: Ordinals within a segment, and places in a pool.
U32 = NDArray[np.uint32]
#: Letters of words, in UTF-16.
U16 = NDArray[np.uint16]
#: Flags, one a fact.
U8 = NDArray[np.uint8]
Flags = NDArray[np.bool_]
I32 = NDArray[np.int32]
I64 = NDArray[np.int64]
#: Seconds since 1970.
F64 = NDArray[np.float64]

ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
NONE = np.uint64(0)
ONE = np.uint64(1)
#: Bits of a key below those by which it is put into the table of the tail.
SKIP = np.uint64(20)


@kernels.inner
def whole(value: Any) -> int:
    """A signed number of 64 bits: unsigned ones turn into fractions where they meet signed ones."""
    return np.int64(value)  # type: ignore[return-value]
