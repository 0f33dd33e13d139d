"""Functions over arrays that numba compiles on first use, with a fallback in plain Python.

A module marks its hot functions: `@kernel` for those that Python calls, `@inner` for those that
only kernels call. Until `load` has made a *set* of modules ready they run as the plain Python they
are, which gives the same results slowly; a room that can do better without numba looks at
`ready`. Nothing here imports numba before `load`, so start-up does not pay for it.

The machine code lies in the cache folder, in a folder named after the sources it was made from:
numba itself looks at the file of the outermost function only. Making it takes seconds of CPU;
`begin` lets a process of its own do that and takes the result over in the background. A bundle has
no compiler: its machine code is a module that was compiled with it (`packaging/ahead.py`).
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
_POLL_SECONDS = 0.1
#: Seconds after which a process that compiles and failed is given another try, the last one.
_RETRY_SECONDS = 60.0
#: Seconds for which what begins in the background lets others come first who are busy.
_BUSY_SECONDS = 120.0
#: The first argument of a process that compiles; the name of the set and its modules follow.
MAKE = "--make-kernels"
# A bundle is its own interpreter and knows no "-m".
_PROGRAM = (
    [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "workbench"]
)


@dataclass(frozen=True, slots=True)
class KernelSet:
    """Modules whose kernels are made ready together.

    `modules` are full names, those with `inner` functions that kernels of others call among them.
    """

    name: str
    modules: tuple[str, ...]

    @property
    def compiled(self) -> str:
        """The full name of the module of machine code that a bundle carries."""
        return f"workbench.{self.name}_compiled"

    def functions(self) -> "list[Kernel[..., Any]]":
        """All kernels of the set; imports its modules."""
        for module in self.modules:
            importlib.import_module(module)
        return [item for module in self.modules for item in _kernels.get(module, ())]


class Kernel(Generic[P, R]):
    """A function that has a compiled twin once its set is loaded."""

    __slots__ = ("function", "run")

    def __init__(self, function: Callable[P, R]) -> None:
        self.function = function
        self.run: Callable[P, R] = function

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run the function, compiled where it is ready."""
        return self.run(*args, **kwargs)


_kernels: dict[str, list[Kernel[..., Any]]] = {}
_inner: dict[str, list[Callable[..., Any]]] = {}
_warm: dict[str, list[Callable[[], None]]] = {}
_known: set[Callable[..., Any]] = set()
_ready: set[str] = set()
_lock = threading.Lock()
_beginning: threading.Thread | None = None
_ending = threading.Event()
#: Somebody waits for what `begin` is at.
_hurry = threading.Event()


def kernel(function: Callable[P, R]) -> Kernel[P, R]:
    """Mark a function that Python calls and that is over within a few milliseconds.

    It keeps the interpreter's lock: beside a busy thread, taking the lock back costs up to five
    milliseconds each time, more than the work.
    """
    created = Kernel(function)
    _kernels.setdefault(function.__module__, []).append(created)
    return created


def inner(function: F) -> F:
    """Mark a function that kernels call; it stays what it is."""
    _inner.setdefault(function.__module__, []).append(function)
    return function


def warm_up(function: Callable[[], None]) -> Callable[[], None]:
    """Mark a function that calls every kernel of its module once, with the types of real use."""
    _warm.setdefault(function.__module__, []).append(function)
    return function


def ready(kernels: KernelSet) -> bool:
    """Whether the compiled twins of this set run."""
    return kernels.name in _ready


def load(kernels: KernelSet, folder: Path | None = None) -> bool:
    """Make a set ready in this process; False where numba cannot be used here.

    Fast (0.3 s) where `is_cached` is true, else this compiles. `folder` replaces the cache folder.
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
            # The program does without: every kernel has its Python twin.
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
    """Whether the machine code of this set lies in the cache, or came with the program."""
    return _compiled(kernels) is not None or (_place(kernels, folder) / _READY).is_file()


def _compiled(kernels: KernelSet) -> ModuleType | None:
    """The machine code that a bundle carries; None elsewhere."""
    if importlib.util.find_spec(kernels.compiled) is None:
        return None
    return importlib.import_module(kernels.compiled)


def begin(sets: Sequence[KernelSet], busy: Callable[[], bool] = lambda: False) -> None:
    """Make sets ready in the background; what has to be compiled, a process of its own compiles.

    To be called once the window stands; a process that fails is started once more, a minute later.
    While `busy` says that something else is at work it waits, two minutes at most: loading numba
    holds up every thread for tenths of a second. `end` waits for it.
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
    """Stop what `begin` began and wait for it. Compiling starts anew the next time."""
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
    """Whether `begin` is still about to make this set ready."""
    thread = _beginning
    return thread is not None and thread.is_alive() and not ready(kernels)


def prepare(kernels: KernelSet, report: Report | None = None, cancel: Cancel | None = None) -> bool:
    """Make a set ready and wait for it, while a process of its own compiles.

    `report` hears how many functions are compiled. What `begin` is at is waited for. Where nothing
    can be kept in the cache this process compiles in the end; False where numba cannot be used.
    Raises `Cancelled`, and then what was compiled for somebody else goes on.
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
    """A process that compiles a set and ends."""
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
            # A machine that was short of memory for a moment may have more by then.
            if is_cached(kernel_set) or _ending.wait(pause):
                break
            with _lock:
                if _beginning is None:
                    return
                process = _start_compiler(kernel_set)
                _child[:] = [process]
            process.wait()
            _child.clear()
        if _beginning is None or not is_cached(kernel_set):
            # Without machine code in the cache this process would compile, and stutter.
            return
        _wait_while_busy(busy)
        load(kernel_set)


def make(name: str, modules: Sequence[str]) -> None:
    """What a process does that was started to compile, behind all that somebody waits for."""
    if hasattr(os, "nice"):
        os.nice(15)
    load(KernelSet(name, tuple(modules)))


def _place(kernels: KernelSet, folder: Path | None) -> Path:
    # It loads a parser of mail: 20 ms that not everybody who has kernels waits for.
    from importlib import metadata

    digest = hashlib.sha256()
    for name in ("numba", "llvmlite", "numpy"):
        with contextlib.suppress(metadata.PackageNotFoundError):
            digest.update(f"{name} {metadata.version(name)}\n".encode())
    digest.update(f"{platform.python_version()} {platform.machine()}\n".encode())
    for name in (__name__, *kernels.modules):
        module = importlib.import_module(name)
        file = Path(module.__file__ or "")
        # In a bundle there are no sources; there the version of the program tells.
        digest.update(file.read_bytes() if file.is_file() else b"")
    digest.update(__version__.encode())
    root = (paths.cache_dir() if folder is None else folder) / "kernels"
    return root / f"{kernels.name}-{digest.hexdigest()[:16]}"
