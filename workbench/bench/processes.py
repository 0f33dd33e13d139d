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

from workbench.errors import WorkbenchError
from workbench.turns import short_turns

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


def measured(module: str, what: str, home: Path, **words: object) -> dict[str, Any]:
    """What `module`, run as a program with a home of its own, measures; see `answer`.

    Raises `WorkbenchError` where it fails.
    """
    command = [sys.executable, "-m", module, what, json.dumps(words, default=str)]
    finished = run(command, {**os.environ, "WORKBENCH_HOME": str(home)})
    if finished.code:
        raise WorkbenchError(f"“{what}” could not be measured.", finished.errors.strip()[-800:])
    figures: dict[str, Any] = json.loads(finished.output.splitlines()[-1])
    return figures


def answer(measures: Mapping[str, Callable[[Mapping[str, Any]], object]]) -> None:
    """In such a module: measure what the command line names and print it as a line of JSON."""
    what, words = sys.argv[1:]
    short_turns()
    print(json.dumps(measures[what](json.loads(words))))


@contextmanager
def compiled() -> Iterator[None]:
    """Let the processes that start meanwhile find their modules compiled, as users' do.

    Where the environment forbids to write bytecode, every process, reader processes among them,
    would compile the whole program anew; it is then kept in a folder that goes in the end.
    """
    forbidden = os.environ.get(_NO_BYTECODE)
    if not forbidden:
        yield
        return
    before = os.environ.get(_BYTECODE)
    with tempfile.TemporaryDirectory(prefix="workbench-bytecode-") as folder:
        del os.environ[_NO_BYTECODE]
        os.environ[_BYTECODE] = folder
        try:
            yield
        finally:
            os.environ[_NO_BYTECODE] = forbidden
            if before is None:
                del os.environ[_BYTECODE]
            else:
                os.environ[_BYTECODE] = before


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
