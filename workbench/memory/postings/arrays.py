"""Names of the array types that the index is made of."""

import numpy as np
from numpy.typing import NDArray

#: Terms and keys.
U64 = NDArray[np.uint64]
Flags = NDArray[np.bool_]
I32 = NDArray[np.int32]
I64 = NDArray[np.int64]
#: Seconds since 1970.
F64 = NDArray[np.float64]
