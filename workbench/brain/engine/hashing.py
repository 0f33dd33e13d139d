"""Pseudorandom numbers computed from a counter instead of stored.

The mixers work on scalars in kernels and on arrays: uint64, wrapping around.
"""

from typing import Any

import numpy as np

from workbench import kernels

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_SINGLE = np.uint64(0xD6E8FEB86659FD93)
_30, _27, _31, _32 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(32)
_1, _2, _4, _56 = np.uint64(1), np.uint64(2), np.uint64(4), np.uint64(56)
_ODD, _PAIRS = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333)
_NIBBLES, _ONES = np.uint64(0x0F0F0F0F0F0F0F0F), np.uint64(0x0101010101010101)


@kernels.inner
def mixed(z: Any) -> Any:
    """The finisher of splitmix64 (Steele, Lea, Flood 2014)."""
    z = (z ^ (z >> _30)) * _FIRST
    z = (z ^ (z >> _27)) * _SECOND
    return z ^ (z >> _31)


@kernels.inner
def stirred(z: Any) -> Any:
    """One multiplication: enough for a counter added to a number that was `mixed`."""
    z = (z ^ (z >> _32)) * _SINGLE
    return z ^ (z >> _32)


def ones(x: Any) -> Any:
    """Count the set bits."""
    x = x - ((x >> _1) & _ODD)
    x = (x & _PAIRS) + ((x >> _2) & _PAIRS)
    x = (x + (x >> _4)) & _NIBBLES
    return (x * _ONES) >> _56
