"""The parent's side of the process that runs an image model."""

import itertools
import json
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import numpy as np

from ingest import isolation, telemetry
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

#: The folder of the files that are asked about; beside it libraries keep what is temporary to them.
_ASKED = "asked"


class ModelProcess:
    """One model in one process, started by the first request. Thread-safe."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._closed = False
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.Queue[tuple[dict[str, Any], bytes]] = queue.Queue()
        self._thread: threading.Thread | None = None
        self._place: Path | None = None
        self._last: tuple[tuple[Path, int, int], Path] | None = None
        self._count = itertools.count()

    def texts(self, texts: Sequence[str], cancel: Cancel | None = None) -> F32:
        """Unit vectors float32[n, d] of texts. Raises `InputError`, `Cancelled`."""
        return self._request({"texts": list(texts)}, (), cancel)[1]

    def pictures(
        self, paths: Sequence[Path], cancel: Cancel | None = None
    ) -> tuple[F32, list[bool]]:
        """Unit vectors of the readable pictures, and their indices. Raises as `texts`."""
        reply, numbers = self._request({}, paths, cancel)
        return numbers, list(reply["read"])

    def figures(
        self, path: Path, page: int, cancel: Cancel | None = None
    ) -> tuple[F32, list[tuple[int, Box]], int]:
        """The next figures of a PDF from `page` on: unit vectors, places, and the next page.

        Raises as `texts`.
        """
        reply, numbers = self._request({"page": page}, (path,), cancel)
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
        if self._place is not None:
            shutil.rmtree(self._place, ignore_errors=True)
            self._place = self._last = None

    def _clear(self) -> None:
        """Remove what was put beside, but for the file that was asked about last."""
        if self._place is not None:
            for file in (self._place / _ASKED).iterdir():
                if self._last is None or file != self._last[1]:
                    file.unlink(missing_ok=True)

    def _placed(self, path: Path) -> Path:
        """A file where the process can open it; a document is asked about page after page."""
        if not isolation.holds_files() or self._place is None:
            return path
        try:
            state = path.stat()
            mark = (path, state.st_size, state.st_mtime_ns)
            if self._last is not None and self._last[0] == mark and self._last[1].exists():
                return self._last[1]
            target = self._place / _ASKED / f"{next(self._count)}{path.suffix}"
            shutil.copyfile(path, target)
        except OSError:
            # The process says that it cannot read it.
            return path
        self._last = (mark, target)
        return target

    def _request(
        self, request: dict[str, Any], paths: Sequence[Path], cancel: Cancel | None
    ) -> tuple[dict[str, Any], F32]:
        with self._lock:
            lived = self._process is not None
            reply, data = self._exchange(request, paths, cancel)
            if lived and reply.get("code") == CRASHED:
                # The process ended while idle: retry.
                reply, data = self._exchange(request, paths, cancel)
        if "error" in reply:
            raise InputError(reply["error"], reply["hint"], reason=reply["code"])
        return reply, np.frombuffer(data, np.float32).reshape(reply["rows"], reply["columns"])

    def _exchange(
        self, request: dict[str, Any], paths: Sequence[Path], cancel: Cancel | None
    ) -> tuple[dict[str, Any], bytes]:
        process = self._started()
        placed = [str(self._placed(path)) for path in paths]
        if "page" in request:
            request = request | {"figures": placed[0]}
        elif "texts" not in request:
            request = request | {"pictures": placed}
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
            self._clear()
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
        # Threads that wait for work leave the core to others.
        environment = isolation.environment({**telemetry.OFFLINE, "OMP_WAIT_POLICY": "PASSIVE"})
        self._place = Path(tempfile.mkdtemp(prefix="workbench-pictures-")).resolve()
        (self._place / _ASKED).mkdir()
        flags = 0
        if sys.platform == "win32":
            flags = subprocess.CREATE_NO_WINDOW
        process = subprocess.Popen(
            [
                *(sys.executable, "-P", "-m", f"{clip.__package__}.clip_process"),
                *(str(self._folder), str(self._place)),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
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
