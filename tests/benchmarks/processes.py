"""Run a command and know its wall time and the peak memory of its whole process tree.

Memory is the largest sum, over all processes alive at one moment, of the resident set without the
pages that two of them share being counted twice (the kernel's proportional set, PSS), sampled
every 20 ms. Where the kernel does not tell, the largest single child's resident set is used.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.rows import Say
from workbench.errors import WorkbenchError
from workbench.turns import short_turns

#: What a process found, by name.
Figures = dict[str, Any]

#: The root of the repository.
ROOT = Path(__file__).parents[2]
_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
_BYTECODE = "PYTHONPYCACHEPREFIX"


@dataclass(frozen=True, slots=True)
class Run:
    """A finished command: wall seconds, peak memory in MB (10⁶ bytes), output, exit code."""

    seconds: float
    peak_megabytes: float | None
    output: str
    errors: str
    code: int


def run(command: Sequence[str], environment: Mapping[str, str], *, memory: bool = False) -> Run:
    """Run `command` to its end; with `memory`, sample its tree (which costs it a little time)."""
    start = time.perf_counter()
    process = subprocess.Popen(
        list(command),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=dict(environment),
    )
    peak: float | None = None
    if memory and Path("/proc/self/smaps_rollup").exists():
        peak = 0.0
        # Output is small here (a few lines), so the pipes cannot fill while we sample.
        while process.poll() is None:
            peak = max(peak, tree_megabytes(process.pid))
            time.sleep(0.02)
    output, errors = process.communicate()
    seconds = time.perf_counter() - start
    if memory and peak is None:
        peak = _largest_child()
    return Run(seconds, peak, output, errors, process.returncode)


def in_home(home: Path | None, **more: str) -> dict[str, str]:
    """The environment of a process, with a home of its own where one is given.

    The repository is on its path: benchmarks are no part of what is installed.
    """
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    own_home = {} if home is None else {"WORKBENCH_HOME": str(home)}
    return {**os.environ, "PYTHONPATH": path, **own_home, **more}


def command(library: Path, *words: str) -> list[str]:
    """A command of the program on a library, as its users start it."""
    return [sys.executable, "-m", "workbench", "--library", str(library), *words]


def added(library: Path, what: Sequence[Path], home: Path, *, memory: bool = False) -> Run:
    """Add with the command line, from start to end. Raises where it does not end well."""
    words = command(library, "--json", "add", *map(str, what))
    finished = run(words, in_home(home), memory=memory)
    if finished.code:
        told = (finished.errors.strip() or finished.output.strip())[-500:]
        raise WorkbenchError(f"“{what[0].name}” could not be added.", told)
    return finished


def in_window(
    module: str, what: str, words: Sequence[Path], say: Say, *, memory: bool = False
) -> tuple[Figures, Run]:
    """Figures that `measure` or `measure_window` takes of a window off the screen, where it can."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **in_home(None)}
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", what, *map(str, words)]
    finished = run(command, environment, memory=memory)
    if finished.code:
        say(f"the window could not be measured here: {finished.errors.strip()[-400:]}")
        return {}, finished
    told: Figures = json.loads(finished.output.splitlines()[-1])
    say(f"window, {what}: {told}")
    return told, finished


def measured(module: str, what: str, home: Path | None, **words: object) -> Figures:
    """What `module`, run as a program, measures, in a home of its own if one is given (`answer`).

    Raises `WorkbenchError` where it fails.
    """
    command = [sys.executable, "-m", module, what, json.dumps(words, default=str)]
    finished = run(command, in_home(home))
    if finished.code:
        raise WorkbenchError(f"“{what}” could not be measured.", finished.errors.strip()[-800:])
    figures: Figures = json.loads(finished.output.splitlines()[-1])
    return figures


def answer(*measures: Callable[..., object]) -> None:
    """In such a module: measure what the command line names and print it as a line of JSON."""
    what, words = sys.argv[1:]
    short_turns()
    measure = next(each for each in measures if each.__name__ == what)
    print(json.dumps(measure(**json.loads(words))))


@contextmanager
def compiled() -> Iterator[None]:
    """Let the processes that start meanwhile find their modules compiled, as users' do.

    Where the environment forbids to write bytecode, every process, reader processes among them,
    would compile the whole program anew; it is then kept in a folder that goes in the end.
    """
    if not os.environ.get(_NO_BYTECODE):
        yield
        return
    with (
        tempfile.TemporaryDirectory(prefix="workbench-bytecode-") as folder,
        setting(_NO_BYTECODE, ""),
        setting(_BYTECODE, folder),
    ):
        yield


@contextmanager
def setting(variable: str, value: str) -> Iterator[None]:
    """Let a variable of the environment have a value meanwhile; empty: none."""
    before = os.environ.get(variable, "")
    _set(variable, value)
    try:
        yield
    finally:
        _set(variable, before)


def _set(variable: str, value: str) -> None:
    os.environ.pop(variable, None)
    if value:
        os.environ[variable] = value


def tree_megabytes(root: int) -> float:
    """The memory of a process and all below it now, shared pages once; 0 where none is told."""
    total = 0
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        folder = Path("/proc") / str(pid)
        try:
            for line in (folder / "smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
                    break
            for task in (folder / "task").iterdir():
                waiting += [int(child) for child in (task / "children").read_text().split()]
        except (OSError, ValueError):
            continue  # it ended while we looked
    return total * 1024 / 1e6


def _largest_child() -> float | None:
    if sys.platform == "win32":
        return None
    import resource

    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6
