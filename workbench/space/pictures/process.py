"""The workbench's end of the process that runs an image model."""

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import numpy as np

from ingest import telemetry
from ingest.models import clip
from ingest.records import Box
from workbench.arrays import F32
from workbench.errors import InputError
from workbench.jobs import Cancel

#: The reason of the error that the process ended, as for want of memory.
CRASHED = "crashed"
_GONE = (
    {"error": "The image model's process ended.", "hint": "Try again.", "code": CRASHED},
    b"",
)


class ModelProcess:
    """One model in one process, started by the first question. Any thread may call."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._closed = False
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.Queue[tuple[dict[str, Any], bytes]] = queue.Queue()
        self._thread: threading.Thread | None = None

    def texts(self, texts: Sequence[str], cancel: Cancel | None = None) -> F32:
        """Unit vectors float32[n, d] of words. Raises `InputError`, `Cancelled`."""
        return self._ask({"texts": list(texts)}, cancel)[1]

    def pictures(
        self, paths: Sequence[Path], cancel: Cancel | None = None
    ) -> tuple[F32, list[bool]]:
        """Unit vectors of the pictures that could be read, and which. Raises as `texts`."""
        told, numbers = self._ask({"pictures": [str(path) for path in paths]}, cancel)
        return numbers, list(told["read"])

    def figures(
        self, path: Path, page: int, cancel: Cancel | None = None
    ) -> tuple[F32, list[tuple[int, Box]], int]:
        """The next figures of a PDF from `page` on: unit vectors, places, the page to go on from.

        Raises as `texts`.
        """
        told, numbers = self._ask({"figures": str(path), "page": page}, cancel)
        found = [(int(each[0]), (each[1], each[2], each[3], each[4])) for each in told["places"]]
        return numbers, found, int(told["after"])

    def close(self) -> None:
        """End the process for good."""
        self._closed = True
        self._end()

    def _end(self) -> None:
        process = self._process
        if process is None:
            return
        process.kill()
        process.wait()
        if self._thread is not None:
            self._thread.join()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    # What had not been written when it ended.
                    continue
        self._process, self._thread = None, None

    def _ask(self, request: dict[str, Any], cancel: Cancel | None) -> tuple[dict[str, Any], F32]:
        with self._lock:
            lived = self._process is not None
            told, data = self._exchange(request, cancel)
            if lived and told.get("code") == CRASHED:
                # Nobody had asked it anything for a while, and it ended meanwhile.
                told, data = self._exchange(request, cancel)
        if "error" in told:
            raise InputError(told["error"], told["hint"], reason=told["code"])
        return told, np.frombuffer(data, np.float32).reshape(told["rows"], told["columns"])

    def _exchange(
        self, request: dict[str, Any], cancel: Cancel | None
    ) -> tuple[dict[str, Any], bytes]:
        process = self._started()
        assert process.stdin is not None
        told: dict[str, Any] | None = None
        data = b""
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.flush()
        except OSError:
            told = _GONE[0]
        try:
            while told is None:
                if cancel is not None:
                    cancel.check()
                try:
                    told, data = self._answers.get(timeout=0.05)
                except queue.Empty:
                    continue
        finally:
            if told is None or told.get("code") == CRASHED:
                # Stopped half-way: its answer would be taken for the next one's.
                self._end()
        return told, data

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._closed:
            raise InputError(_GONE[0]["error"], _GONE[0]["hint"], CRASHED)
        if not clip.ready():
            raise InputError(*clip.lacking(), reason="missing")
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._end()
        environment = {**os.environ, **telemetry.OFFLINE}
        environment["PYTHONPATH"] = os.pathsep.join(each or str(Path.cwd()) for each in sys.path)
        # Threads that wait for work leave the core to others.
        environment["OMP_WAIT_POLICY"] = "PASSIVE"
        flags = 0
        if sys.platform == "win32":
            flags = subprocess.CREATE_NO_WINDOW
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "ingest.models.clip_process", str(self._folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            creationflags=flags,
        )
        assert process.stdout is not None
        self._answers = queue.Queue()
        self._thread = threading.Thread(
            target=_collect, args=(process.stdout, self._answers), name="image-model", daemon=True
        )
        self._thread.start()
        self._process = process
        return process


def _collect(pipe: IO[bytes], answers: "queue.Queue[tuple[dict[str, Any], bytes]]") -> None:
    while line := pipe.readline():
        try:
            told = json.loads(line)
        except ValueError:
            break
        wanted = 4 * told.get("rows", 0) * told.get("columns", 0)
        data = pipe.read(wanted) if wanted else b""
        if len(data) < wanted:
            break
        answers.put((told, data))
    answers.put(_GONE)
