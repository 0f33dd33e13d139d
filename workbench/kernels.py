"""Array functions that numba compiles on first use, with a fallback in plain Python.

A module marks its hot functions: `@kernel` for those that Python calls, `@inner` for those that
only kernels call. Until `load` has compiled a set of modules they run as plain Python, with the
same results; callers with a faster alternative check `ready`. Nothing here imports numba before
`load`, so start-up does not pay for it.

Machine code is cached in a folder named by a hash of the sources, as numba's own cache checks only
the file of the outermost function. Compiling takes seconds of CPU; `begin` runs it in a subprocess
and loads the result in the background. A bundle has no compiler: it ships a module compiled ahead
of time (`packaging/ahead.py`).
"""

import contextlib
import hashlib
import importlib
import importlib.util
import os
import platform
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar

from workbench import paths, permissions
from workbench.jobs import Cancel, Progress, Report
from workbench.version import __version__

if TYPE_CHECKING:
    import subprocess

P = ParamSpec("P")
R = TypeVar("R")
F = TypeVar("F", bound=Callable[..., Any])

_READY = "ready"
_COMPILING = "Compiling the brain for this machine, once; the window can be used meanwhile."
_POLL_SECONDS = 0.1
#: Seconds before the only retry after a failed compilation.
_RETRY_SECONDS = 60.0
#: Seconds for which background work yields to foreground work.
_BUSY_SECONDS = 120.0
#: First argument of a compiling process; the names of the set and its modules follow.
MAKE = "--make-kernels"
# A bundle is its own executable and has no "-m".
_PROGRAM = (
    [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "workbench"]
)


@dataclass(frozen=True, slots=True)
class KernelSet:
    """Modules whose kernels are compiled together.

    `modules` are full names, including those with `inner` functions that the kernels call.
    """

    name: str
    modules: tuple[str, ...]

    @property
    def compiled(self) -> str:
        """The full name of the ahead-of-time compiled module of a bundle."""
        return f"workbench.{self.name}_compiled"

    def functions(self) -> "list[Kernel[..., Any]]":
        """All kernels of the set; imports its modules."""
        for module in self.modules:
            importlib.import_module(module)
        return [item for module in self.modules for item in _kernels.get(module, ())]


class Kernel(Generic[P, R]):
    """A function that is replaced by its compiled version once its set is loaded."""

    __slots__ = ("function", "run")

    def __init__(self, function: Callable[P, R]) -> None:
        self.function = function
        self.run: Callable[P, R] = function

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run the function, compiled if ready."""
        return self.run(*args, **kwargs)


_kernels: dict[str, list[Kernel[..., Any]]] = {}
_inner: dict[str, list[Callable[..., Any]]] = {}
_warm: dict[str, list[Callable[[], None]]] = {}
_known: set[Callable[..., Any]] = set()
_ready: set[str] = set()
_lock = threading.Lock()
_beginning: threading.Thread | None = None
_ending = threading.Event()
#: A caller waits for what `begin` compiles.
_hurry = threading.Event()


def kernel(function: Callable[P, R]) -> Kernel[P, R]:
    """Mark a function that Python calls and that returns within a few milliseconds.

    It keeps the GIL: reacquiring it beside a busy thread costs up to five milliseconds, more than
    the work.
    """
    created = Kernel(function)
    _kernels.setdefault(function.__module__, []).append(created)
    return created


def inner(function: F) -> F:
    """Mark a function that kernels call; outside them it stays plain Python."""
    _inner.setdefault(function.__module__, []).append(function)
    return function


def warm_up(function: Callable[[], None]) -> Callable[[], None]:
    """Mark a function that calls every kernel of its module once, with the types of real use."""
    _warm.setdefault(function.__module__, []).append(function)
    return function


def ready(kernels: KernelSet) -> bool:
    """Whether this set runs compiled."""
    return kernels.name in _ready


def load(kernels: KernelSet, folder: Path | None = None) -> bool:
    """Load a set in this process; False if numba cannot be used.

    Takes 0.3 s if `is_cached`, else it compiles. `folder` replaces the cache folder.
    """
    with _lock:
        if kernels.name in _ready:
            return True
        compiled = _compiled(kernels)
        if compiled is not None:
            for each in kernels.functions():
                each.run = getattr(compiled, each.function.__name__)
            _ready.add(kernels.name)
            return True
        try:
            numba = importlib.import_module("numba")
            extending = importlib.import_module("numba.extending")
        except ImportError:
            # Every kernel also runs as plain Python.
            return False
        functions = kernels.functions()
        place = _place(kernels, folder)
        with contextlib.suppress(OSError):
            permissions.folder(place)
        cached = place.is_dir()
        numba.config.CACHE_DIR = str(place) if cached else ""
        for function in (f for module in kernels.modules for f in _inner.get(module, ())):
            if function not in _known:
                extending.register_jitable(function)
                _known.add(function)
        for each in functions:
            each.run = numba.njit(cache=cached)(each.function)
        try:
            for module in kernels.modules:
                for warm in _warm.get(module, ()):
                    warm()
        except BaseException:
            for each in functions:
                each.run = each.function
            raise
        _ready.add(kernels.name)
        if cached:
            with contextlib.suppress(OSError):
                (place / _READY).touch()
        return True


def is_cached(kernels: KernelSet, folder: Path | None = None) -> bool:
    """Whether machine code of this set is cached or ships with the program."""
    return _compiled(kernels) is not None or (_place(kernels, folder) / _READY).is_file()


def _compiled(kernels: KernelSet) -> ModuleType | None:
    """The ahead-of-time compiled module of a bundle; None elsewhere."""
    if importlib.util.find_spec(kernels.compiled) is None:
        return None
    return importlib.import_module(kernels.compiled)


def begin(sets: Sequence[KernelSet], busy: Callable[[], bool] = lambda: False) -> None:
    """Load sets in the background; a subprocess compiles those that are not cached.

    Call it once the window is open; a failed process is restarted once, a minute later. While
    `busy` returns True it waits, two minutes at most, as loading numba blocks all threads for
    tenths of a second. `end` waits for it.
    """
    global _beginning
    with _lock:
        if _beginning is not None or all(kernel_set.name in _ready for kernel_set in sets):
            return
        _ending.clear()
        _hurry.clear()
        _beginning = threading.Thread(
            target=_begin, args=(tuple(sets), busy), name="workbench-kernels", daemon=True
        )
        _beginning.start()


def end() -> None:
    """Stop `begin` and wait for its end. An interrupted compilation starts over next time."""
    global _beginning
    with _lock:
        thread, _beginning = _beginning, None
        child = _child[0] if _child else None
        _ending.set()
    if child is not None:
        child.terminate()
    if thread is not None:
        thread.join()


_child: "list[subprocess.Popen[bytes]]" = []


def making(kernels: KernelSet) -> bool:
    """Whether `begin` is going to load this set."""
    thread = _beginning
    return thread is not None and thread.is_alive() and not ready(kernels)


def prepare(kernels: KernelSet, report: Report | None = None, cancel: Cancel | None = None) -> bool:
    """Load a set and wait for it, while a subprocess compiles.

    `report` receives the number of compiled functions. Waits for `begin` if it runs. If the cache
    cannot be written, this process compiles; False if numba cannot be used. Raises `Cancelled`;
    compilation for another caller goes on.
    """
    stop = cancel or Cancel()
    total = len(kernels.functions())
    place = _place(kernels, None)

    def report_files() -> None:
        stop.check()
        if report is not None:
            completed = min(total, sum(1 for _ in place.rglob("*.nbi")))
            report(Progress("compiling", completed, total, "functions"))
        stop.wait(_POLL_SECONDS)

    while making(kernels):
        _hurry.set()
        report_files()
    if (
        not ready(kernels)
        and not is_cached(kernels)
        and importlib.util.find_spec("numba") is not None
    ):
        process = _start_compiler(kernels)
        try:
            while process.poll() is None:
                report_files()
        finally:
            if process.poll() is None:
                process.terminate()
            process.wait()
    return load(kernels)


def _start_compiler(kernels: KernelSet) -> "subprocess.Popen[bytes]":
    """Start a subprocess that compiles a set."""
    import subprocess

    return subprocess.Popen(
        [*_PROGRAM, MAKE, kernels.name, *kernels.modules],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _wait_while_busy(busy: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _BUSY_SECONDS
    while busy() and not _hurry.is_set() and time.monotonic() < deadline:
        if _ending.wait(_POLL_SECONDS):
            return


def _begin(sets: tuple[KernelSet, ...], busy: Callable[[], bool]) -> None:
    for kernel_set in sets:
        _wait_while_busy(busy)
        for pause in (0.0, _RETRY_SECONDS):
            # A temporary lack of memory may be over by then.
            if is_cached(kernel_set) or _ending.wait(pause):
                break
            with _lock:
                if _beginning is None:
                    return
                process = _start_compiler(kernel_set)
                print(_COMPILING, file=sys.stderr)
                _child[:] = [process]
            process.wait()
            _child.clear()
        if _beginning is None or not is_cached(kernel_set):
            # Without cached code this process would compile, and stutter.
            return
        _wait_while_busy(busy)
        load(kernel_set)


def make(name: str, modules: Sequence[str]) -> None:
    """The main function of a compiling process, at low priority."""
    if hasattr(os, "nice"):
        os.nice(15)
    load(KernelSet(name, tuple(modules)))


def _place(kernels: KernelSet, folder: Path | None) -> Path:
    # Imported here: it loads the mail parser, which takes 20 ms.
    from importlib import metadata

    digest = hashlib.sha256()
    for name in ("numba", "llvmlite", "numpy"):
        with contextlib.suppress(metadata.PackageNotFoundError):
            digest.update(f"{name} {metadata.version(name)}\n".encode())
    digest.update(f"{platform.python_version()} {platform.machine()}\n".encode())
    for name in (__name__, *kernels.modules):
        module = importlib.import_module(name)
        file = Path(module.__file__ or "")
        # A bundle has no sources; the program's version identifies it.
        digest.update(file.read_bytes() if file.is_file() else b"")
    digest.update(__version__.encode())
    root = (paths.cache_dir() if folder is None else folder) / "kernels"
    return root / f"{kernels.name}-{digest.hexdigest()[:16]}"
