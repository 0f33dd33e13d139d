"""A shorter switch interval of threads (`sys.setswitchinterval`), and other settings of latency.

A thread that releases the GIL in a query or a call of Qt waits for a computing thread's whole
interval, by default five milliseconds, several times for one answer. The program, its windows and
its benchmark use `SECONDS` instead, at no measurable cost (work per CPU second was equal within 2 %
from 5 ms down to 0.1 ms). As it applies to the whole process the library itself never sets it; a
notebook may call `short_turns`.

Likewise the threads of BLAS, which NumPy uses for large products, wait for each other far longer
than they compute when other threads run: learning subjects took three times the CPU with two of
them.

A full garbage collection stops all threads while it traverses every module and class: one question
in six hundred took four times as long. The window schedules its own collections
(`workbench.ui.app`); the command line excludes loaded modules from collection by `settle`.
"""

import contextlib
import gc
import os
import sys
from collections.abc import Iterator

SECONDS = 0.0002
_settled = False


def short_turns() -> None:
    """Set the switch interval to `SECONDS` unless it is shorter."""
    sys.setswitchinterval(min(SECONDS, sys.getswitchinterval()))


def lone_products() -> None:
    """Have NumPy compute products on the calling thread, unless it is loaded already."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@contextlib.contextmanager
def loading() -> Iterator[None]:
    """Disable garbage collection while modules load: none of it is garbage, and it took a tenth."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def settle() -> None:
    """Exclude all present objects from later garbage collections, once.

    Call it after modules are loaded and before the first question; present garbage is never freed,
    so a process that opens many libraries does this for the first only.
    """
    global _settled
    if not _settled:
        _settled = True
        gc.freeze()
