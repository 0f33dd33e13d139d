"""Compiles kernels into a module of machine code, so that a bundle needs neither numba nor LLVM.

    python packaging/ahead.py FOLDER       FOLDER/brain_compiled.SUFFIX

Each kernel is compiled for the types that it is warmed up with, and for every processor of this
kind. Needs a C compiler, which links the module.
"""

import sys
import tempfile
import warnings
import zlib
from pathlib import Path

from workbench import kernels
from workbench.brain.engine.kernel_set import BRAIN_KERNELS


def compile_ahead(kernel_set: kernels.KernelSet, folder: Path) -> Path:
    """The module with the compiled twins of a set, made in `folder`."""
    with warnings.catch_warnings():
        # Nothing takes its place yet: the notice only announces that something will.
        warnings.simplefilter("ignore")
        from numba.core.ir import Expr
        from numba.pycc import CC
    # Array expressions are named by the hash of an expression, which is its address in memory: two
    # builds of the same sources would differ.
    Expr.__hash__ = lambda expression: zlib.crc32(f"{expression.op} {expression.loc.line}".encode())
    # Warming up tells the types.
    with tempfile.TemporaryDirectory() as cache:
        if not kernels.load(kernel_set, Path(cache)):
            raise SystemExit("ahead: numba is not installed.")
    compiler = CC(kernel_set.compiled.rpartition(".")[2])
    compiler.output_dir = str(folder)
    # Debugging information holds the folder in which it was compiled.
    compiler._extra_cflags = {"linux": ["-g0"], **compiler._extra_cflags}
    for each in kernel_set.functions():
        (types,) = each.run.signatures  # type: ignore[attr-defined]
        compiler.export(each.function.__name__, types)(each.function)
    compiler.compile()
    return folder / compiler.output_file


if __name__ == "__main__":
    print(compile_ahead(BRAIN_KERNELS, Path(sys.argv[1])))
