"""Names of the array types that the index is made of."""

import numpy as np
from numpy.typing import NDArray

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
