"""Freed memory goes back to the system, where the C library is glibc; elsewhere nothing is done.

As it comes glibc keeps what is freed, for each thread by itself, and learns to keep ever larger
pieces: a window that was asked sixty questions held 600 MB, of which it used half.
"""

import ctypes
import sys
from functools import cache

#: From so many bytes on a piece is the system's own; numbers of two of glibc's parameters.
_OWN = 1_000_000
_THRESHOLD, _ARENAS = -3, -8


def settle() -> None:
    """Have large pieces given back when they are freed, and two heaps for all threads."""
    mallopt = getattr(_library(), "mallopt", None)
    if mallopt is not None:
        mallopt(_THRESHOLD, _OWN)
        mallopt(_ARENAS, 2)


def give_back() -> None:
    """Return what is free at the end and in the middle of the heaps."""
    trim = getattr(_library(), "malloc_trim", None)
    if trim is not None:
        trim(0)


@cache
def _library() -> ctypes.CDLL | None:
    return ctypes.CDLL(None) if sys.platform.startswith("linux") else None
