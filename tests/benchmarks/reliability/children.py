"""Processes that may die of what they try; each starts as a copy with all modules loaded."""

import json
import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

#: What every process has loaded from the start; much of it the product loads when first needed.
_LOADED = (
    "tests.benchmarks.reliability.examine",
    "tests.benchmarks.reliability.fault_child",
    "tests.benchmarks.reliability.kill_child",
    "workbench.memory.chains.spreading",
    "workbench.memory.concepts.tracing",
    "workbench.memory.sealing",
    "workbench.memory.sharing.exporting",
    "workbench.memory.sharing.importing",
    "workbench.memory.sharing.tables",
    "workbench.memory.sharing.formats",
    "workbench.sleep.sleeping",
)

#: How many run beside each other.
LANES = 2
#: Starting a process asks for the end of all others; what it hears, their own waiter would not.
_STARTING = threading.Lock()


class Voice:
    """Says facts, a line each, in one write: a kill leaves whole lines or nothing."""

    def __init__(self, speaker: Connection) -> None:
        self._file = speaker.fileno()

    def tell(self, **facts: object) -> None:
        """Say this."""
        line = memoryview((json.dumps(facts) + "\n").encode())
        while line:
            line = line[os.write(self._file, line) :]


def begin(home: str) -> None:
    """In such a process: lead a session of its own, and have a home of its own."""
    os.setsid()
    os.environ["WORKBENCH_HOME"] = home


def fault(error: BaseException | None) -> str:
    """What was raised, shortly, and where."""
    if error is None:
        return "?"
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}: {str(error)[:160]} ({where})"


@dataclass(frozen=True, slots=True)
class Ended:
    """What a process has said, whole lines only, and how it ended.

    `code` is its exit code, below 0 the signal that ended it; `late` that its time was up.
    """

    said: list[dict[str, Any]]
    code: int
    late: bool

    @property
    def last(self) -> dict[str, Any]:
        """What it said last, or nothing."""
        return self.said[-1] if self.said else {}


def run(
    target: Callable[..., None], arguments: Sequence[object], seconds: float, *, ready: bool = False
) -> Ended:
    """Run `target(connection, *arguments)` in a process, and kill it with its own after `seconds`.

    With `ready` its time begins when it has said its first line.
    """
    forks = multiprocessing.get_context("forkserver")
    forks.set_forkserver_preload(list(_LOADED))
    ears, speaker = forks.Pipe(duplex=False)
    process = forks.Process(target=target, args=(speaker, *arguments))
    with _STARTING:
        process.start()
    speaker.close()
    late = False
    with ears:
        said = os.read(ears.fileno(), 1 << 16) if ready else b""
        deadline = time.monotonic() + seconds
        while True:
            left = deadline - time.monotonic()
            if not late and (left <= 0 or not ears.poll(left)):
                late = True
                kill_all(process.pid or 0)
            piece = os.read(ears.fileno(), 1 << 16)
            if not piece:
                break
            said += piece
    with _STARTING:
        process.join()
    lines = [json.loads(line) for line in said.split(b"\n")[:-1]]
    return Ended(lines, process.exitcode or 0, late)


def each(
    tasks: Iterable[T], work: Callable[[T], Ended], lanes: int = LANES
) -> Iterator[tuple[T, Ended]]:
    """Do `work` for each task, some at a time, and tell what came of it in the order of tasks."""
    with ThreadPoolExecutor(lanes) as pool:
        waiting = [(task, pool.submit(work, task)) for task in tasks]
        for task, ended in waiting:
            yield task, ended.result()


def kill_all(root: int) -> None:
    """Kill a process and all that descend from it; its readers lead sessions of their own."""
    for member in (root, *_descendants(root)):
        try:
            os.killpg(member, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            continue  # it ended first, or leads no group


def _descendants(root: int) -> list[int]:
    """Where the system tells; elsewhere readers end by themselves when their pipe does."""
    found: list[int] = []
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        for file in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                children = [int(child) for child in file.read_text().split()]
            except OSError:
                continue  # it ended while we looked
            found += children
            waiting += children
    return found
