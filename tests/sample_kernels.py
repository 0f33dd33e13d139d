"""Kernels for the tests of `workbench.kernels`."""

import numpy as np
from numpy.typing import NDArray

from workbench import kernels

SAMPLE = kernels.KernelSet("sample", (__name__,))


@kernels.inner
def doubled(value: int) -> int:
    """Twice the value."""
    return 2 * value


@kernels.kernel
def twice_the_sum(values: NDArray[np.int64]) -> int:
    """Twice the sum of int64 values."""
    total = 0
    for i in range(len(values)):
        total += doubled(values[i])
    return total


@kernels.warm_up
def _warm() -> None:
    twice_the_sum(np.zeros(1, np.int64))
