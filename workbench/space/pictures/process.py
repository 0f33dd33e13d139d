"""The parent's side of the process that runs an image model."""

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

#: The reason of the error of a process that crashed, as for want of memory.
CRASHED = "crashed"
_CRASH_ANSWER = (
    {"error": "The image model's process ended.", "hint": "Try again.", "code": CRASHED},
    b"",
)


class ModelProcess:
    """One model in one process, started by the first request. Thread-safe."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._closed = False
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.Queue[tuple[dict[str, Any], bytes]] = queue.Queue()
        self._thread: threading.Thread | None = None

    def texts(self, texts: Sequence[str], cancel: Cancel | None = None) -> F32:
        """Unit vectors float32[n, d] of texts. Raises `InputError`, `Cancelled`."""
        return self._request({"texts": list(texts)}, cancel)[1]

    def pictures(
        self, paths: Sequence[Path], cancel: Cancel | None = None
    ) -> tuple[F32, list[bool]]:
        """Unit vectors of the readable pictures, and their indices. Raises as `texts`."""
        reply, numbers = self._request({"pictures": [str(path) for path in paths]}, cancel)
        return numbers, list(reply["read"])

    def figures(
        self, path: Path, page: int, cancel: Cancel | None = None
    ) -> tuple[F32, list[tuple[int, Box]], int]:
        """The next figures of a PDF from `page` on: unit vectors, places, and the next page.

        Raises as `texts`.
        """
        reply, numbers = self._request({"figures": str(path), "page": page}, cancel)
        places = [
            (int(place[0]), (place[1], place[2], place[3], place[4])) for place in reply["places"]
        ]
        return numbers, places, int(reply["after"])

    def close(self) -> None:
        """End the process permanently."""
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
                    # Unwritten data of the process that ended.
                    continue
        self._process, self._thread = None, None

    def _request(
        self, request: dict[str, Any], cancel: Cancel | None
    ) -> tuple[dict[str, Any], F32]:
        with self._lock:
            lived = self._process is not None
            reply, data = self._exchange(request, cancel)
            if lived and reply.get("code") == CRASHED:
                # The process ended while idle: retry.
                reply, data = self._exchange(request, cancel)
        if "error" in reply:
            raise InputError(reply["error"], reply["hint"], reason=reply["code"])
        return reply, np.frombuffer(data, np.float32).reshape(reply["rows"], reply["columns"])

    def _exchange(
        self, request: dict[str, Any], cancel: Cancel | None
    ) -> tuple[dict[str, Any], bytes]:
        process = self._started()
        assert process.stdin is not None
        reply: dict[str, Any] | None = None
        data = b""
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.flush()
        except OSError:
            reply = _CRASH_ANSWER[0]
        try:
            while reply is None:
                if cancel is not None:
                    cancel.check()
                try:
                    reply, data = self._answers.get(timeout=0.05)
                except queue.Empty:
                    continue
        finally:
            if reply is None or reply.get("code") == CRASHED:
                # Interrupted: its answer would be taken for the next one's.
                self._end()
        return reply, data

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._closed:
            raise InputError(_CRASH_ANSWER[0]["error"], _CRASH_ANSWER[0]["hint"], CRASHED)
        if not clip.ready():
            raise InputError(*clip.lacking(), reason="missing")
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._end()
        environment = {**os.environ, **telemetry.OFFLINE}
        environment["PYTHONPATH"] = os.pathsep.join(
            folder or str(Path.cwd()) for folder in sys.path
        )
        # Threads that wait for work leave the core to others.
        environment["OMP_WAIT_POLICY"] = "PASSIVE"
        flags = 0
        if sys.platform == "win32":
            flags = subprocess.CREATE_NO_WINDOW
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", f"{clip.__package__}.clip_process", str(self._folder)],
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
            header = json.loads(line)
        except ValueError:
            break
        size = 4 * header.get("rows", 0) * header.get("columns", 0)
        data = pipe.read(size) if size else b""
        if len(data) < size:
            break
        answers.put((header, data))
    answers.put(_CRASH_ANSWER)
