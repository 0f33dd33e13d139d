"""A Dask scheduler and workers of this machine, started and ended for tests and benchmarks."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_ROOT = Path(__file__).parents[2]


@dataclass
class Machines:
    """A scheduler and its workers, processes of this machine; `security` are options of all."""

    address: str
    scheduler: subprocess.Popen[bytes]
    folder: Path
    security: tuple[str, ...] = ()
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def join(self) -> None:
        """Start one more worker, of one thread."""
        place = self.folder / str(len(self.workers))
        words = ("--nthreads", "1", "--no-nanny", "--local-directory", str(place), *self.security)
        self.workers.append(_start("worker", place, self.address, *words))


def _start(kind: str, folder: Path, *words: str) -> subprocess.Popen[bytes]:
    folder.mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ,
        "PYTHONPATH": str(_ROOT),
        "WORKBENCH_HOME": str(folder / "home"),
        "PYTHONWARNINGS": "ignore",
    }
    with (folder / f"{kind}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--no-dashboard", *words],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


@contextmanager
def started(folder: Path, workers: int, *security: str) -> Iterator[Machines]:
    """A scheduler and so many workers of one thread; `security` are options of both."""
    file = folder / "scheduler.json"
    host = "tls://127.0.0.1" if security else "127.0.0.1"
    words = ("--host", host, "--port", "0", "--scheduler-file", str(file), *security)
    scheduler = _start("scheduler", folder / "scheduler", *words)
    machines = Machines("", scheduler, folder, security)
    try:
        while not file.exists():
            assert scheduler.poll() is None
            time.sleep(0.05)
        machines.address = json.loads(file.read_text())["address"]
        for _ in range(workers):
            machines.join()
        yield machines
    finally:
        for process in (scheduler, *machines.workers):
            end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and its children, unless it has ended."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
