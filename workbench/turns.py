"""Shorter turns of the interpreter's threads (`sys.setswitchinterval`) while one waits for another.

Whoever reads the library or calls Qt gives the interpreter away for a moment, and where a thread
beside it computes, gets it back only when that thread's turn is over: five milliseconds as Python
is started, several times for one answer. The program, its windows and its benchmark take turns of
`SECONDS` instead, which costs threads that compute nothing that can be measured (their work per
second of CPU was the same within 2 % from 5 ms down to 0.1 ms). It is a setting of the whole
process, so the library itself never makes it: a notebook that computes beside its questions may
call `short_turns`, too.

So it is with the threads of BLAS, on which NumPy lays every larger product: beside threads of our
own, and other programs, they wait for each other far longer than they compute. What the library
learns of its subjects took three times the CPU with two of them.

A full garbage collection holds up all threads as well: it looks at every module and class there is
(measured: the one question in six hundred that it falls into took four times as long as others).
The window collects in its own way (`workbench.ui.app`); the command line leaves what is loaded
out of all later collections by `settle`.
"""

import contextlib
import gc
import os
import sys
from collections.abc import Iterator

SECONDS = 0.0002
_settled = False


def short_turns() -> None:
    """Let threads of this process take short turns from now on, if they do not already."""
    sys.setswitchinterval(min(SECONDS, sys.getswitchinterval()))


def lone_products() -> None:
    """Let NumPy, where it is not loaded yet, compute its products on the thread that asks."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@contextlib.contextmanager
def loading() -> Iterator[None]:
    """Collect no garbage while modules are loaded: all of it is kept, and looking took a tenth."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def settle() -> None:
    """Leave everything that this process holds by now out of later garbage collections, once.

    To be called when modules are loaded and before questions are asked: what is garbage by then
    stays as well, which is why a process that opens many libraries does it for the first alone.
    """
    global _settled
    if not _settled:
        _settled = True
        gc.freeze()
