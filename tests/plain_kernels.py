"""Everything as plain Python for a while, to compare what is compiled with."""

import contextlib
from collections.abc import Iterator

from workbench import kernels


@contextlib.contextmanager
def interpreted() -> Iterator[None]:
    """Run all kernels as plain Python."""
    with kernels._lock:
        compiled = [(kernel, kernel.run) for group in kernels._kernels.values() for kernel in group]
        names = set(kernels._ready)
        for kernel, _ in compiled:
            kernel.run = kernel.function
        kernels._ready.clear()
    try:
        yield
    finally:
        with kernels._lock:
            for kernel, run in compiled:
                kernel.run = run
            kernels._ready.update(names)
