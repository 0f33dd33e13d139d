"""Returns freed memory to the system where the C library is glibc.

As it comes glibc keeps what is freed, for each thread by itself, and learns to keep ever larger
pieces: a window that was asked sixty questions held 600 MB, of which it used half.
"""

import ctypes
import sys
import threading
from collections.abc import Callable
from functools import cache

#: From so many bytes on a piece is the system's own; numbers of two of glibc's parameters.
_OWN = 1_000_000
_THRESHOLD, _TRIM, _ARENAS = -3, -1, -8
#: Pieces up to so many bytes are kept for a model, and as much as this of what is free.
_LAYER, _FREE = 32_000_000, 64_000_000
_settled = threading.Event()
_kept: list[Callable[[], object]] = []


def settle() -> None:
    """Have large pieces given back when they are freed, and two heaps for all threads."""
    mallopt = getattr(_library(), "mallopt", None)
    if mallopt is not None:
        mallopt(_THRESHOLD, _OWN)
        mallopt(_ARENAS, 2)
        _settled.set()


def settle_for_models() -> None:
    """Keep the pieces that a model frees after each layer, and needs again for the next.

    Given back and lent anew they took the system longer than the layers took to compute. Only where
    `settle` was called; `give_back` still returns them.
    """
    mallopt = getattr(_library(), "mallopt", None)
    if mallopt is not None and _settled.is_set():
        mallopt(_TRIM, _FREE)
        mallopt(_THRESHOLD, _LAYER)


def register_release(forget: Callable[[], object]) -> None:
    """Have `forget` called, in any thread, when memory is given back.

    It drops what is kept only to be had sooner: a window that stays open is asked again in a minute
    or in a day.
    """
    _kept.append(forget)


def give_back() -> None:
    """Forget what can be had again, and return what is free at the end and within the heaps."""
    for forget in _kept:
        forget()
    trim()


def trim() -> None:
    """Return what is free at the end and within the heaps, and forget nothing: milliseconds."""
    release = getattr(_library(), "malloc_trim", None)
    if release is not None:
        release(0)


@cache
def _library() -> ctypes.CDLL | None:
    return ctypes.CDLL(None) if sys.platform.startswith("linux") else None
