"""Returns freed memory to the system where the C library is glibc.

By default glibc keeps freed memory in one arena a thread and raises its thresholds: a window held
600 MB after sixty questions and used half.
"""

import ctypes
import sys
import threading
from collections.abc import Callable
from functools import cache

#: Bytes from which an allocation is mapped by itself; parameters of glibc's `mallopt`.
_OWN = 1_000_000
_THRESHOLD, _TRIM, _ARENAS = -3, -1, -8
#: Mapping threshold while models run, and free bytes kept on top of the heap.
_LAYER, _FREE = 32_000_000, 64_000_000
_settled = threading.Event()
_kept: list[Callable[[], object]] = []


def settle() -> None:
    """Unmap large allocations when they are freed, and share two arenas among all threads."""
    mallopt = getattr(_library(), "mallopt", None)
    if mallopt is not None:
        mallopt(_THRESHOLD, _OWN)
        mallopt(_ARENAS, 2)
        _settled.set()


def settle_for_models() -> None:
    """Keep what a model frees after each layer and allocates again for the next.

    Mapping it anew took longer than computing the layers. Only after `settle`; `give_back` still
    returns it.
    """
    mallopt = getattr(_library(), "mallopt", None)
    if mallopt is not None and _settled.is_set():
        mallopt(_TRIM, _FREE)
        mallopt(_THRESHOLD, _LAYER)


def register_release(forget: Callable[[], object]) -> None:
    """Register a callback that drops a cache; `give_back` calls it, in any thread."""
    _kept.append(forget)


def give_back() -> None:
    """Drop caches, and return free memory at the top of the heap and within it."""
    for forget in _kept:
        forget()
    trim()


def trim() -> None:
    """Return free memory at the top of the heap and within it; takes milliseconds."""
    release = getattr(_library(), "malloc_trim", None)
    if release is not None:
        release(0)


@cache
def _library() -> ctypes.CDLL | None:
    return ctypes.CDLL(None) if sys.platform.startswith("linux") else None
