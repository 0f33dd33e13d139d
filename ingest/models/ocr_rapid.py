"""RapidOCR in a separate process; ONNX Runtime runs the models of its package.

A crash, hang or excess of memory costs one picture its words, and the document nothing else.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, NoReturn

from ingest import isolation, telemetry
from ingest.errors import IngestError
from ingest.models.ocr import Word, timeout_error

if TYPE_CHECKING:
    from PIL.Image import Image

#: Makes glibc return memory after each network: 4,000 x 4,000 pixels took 1.2 GB.
#: By variable, the option of `mallopt`, and its value.
_ALLOCATOR = {"MALLOC_MMAP_THRESHOLD_": (-3, 1_000_000), "MALLOC_ARENA_MAX": (-8, 1)}

_lock = threading.Lock()
_process: subprocess.Popen[bytes] | _Fork | None = None


class _Fork:
    """A copy of this process that recognises, where none may be started."""

    def __init__(self) -> None:
        asked, ask = os.pipe()
        answer, answered = os.pipe()
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid == 0:
            _recognise(asked, answered)
        os.close(asked)
        os.close(answered)
        self.stdin, self.stdout = os.fdopen(ask, "wb"), os.fdopen(answer, "rb")
        self._ended = False

    def poll(self) -> int | None:
        """None while it runs."""
        if not self._ended:
            with contextlib.suppress(ChildProcessError):
                self._ended = os.waitpid(self.pid, os.WNOHANG)[0] != 0
        return 0 if self._ended else None

    def kill(self) -> None:
        """End it."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(self.pid, signal.SIGKILL)

    def communicate(self) -> None:
        """Wait for its end, after `kill`."""
        for pipe in (self.stdin, self.stdout):
            with contextlib.suppress(OSError):
                pipe.close()
        if self.poll() is None:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(self.pid, 0)
        self._ended = True


def _recognise(asked: int, answered: int) -> NoReturn:
    """Be the copy: keep its pipes only, and serve until they end."""
    try:
        os.dup2(asked, 0)
        os.dup2(answered, 1)
        os.closerange(3, 4096)
        with contextlib.suppress(OSError, AttributeError):
            libc = ctypes.CDLL(None)
            for number, value in _ALLOCATOR.values():
                libc.mallopt(number, value)
        from ingest.models import ocr_process

        ocr_process.serve()
    finally:
        os._exit(0)


def words(grey: Image, deadline: float) -> list[Word]:
    """The words of a picture, line by line.

    Gives up at `deadline` (as `time.monotonic`). Raises `IngestError`.
    """
    picture = grey.convert("L")
    head = json.dumps({"width": picture.width, "height": picture.height}).encode() + b"\n"
    request = head + picture.tobytes()
    with _lock:
        answer, slow = _exchange(request, deadline)
    if slow:
        raise timeout_error()
    if answer is None:
        raise _failure(" (its process crashed)")
    if "error" in answer:
        raise _failure()
    return [
        Word(text, (left, top, right, bottom), certain, line, 0)
        for text, certain, (left, top, right, bottom), line in answer["words"]
    ]


def close() -> None:
    """End the process if it runs."""
    global _process
    process, _process = _process, None
    if process is not None:
        process.kill()
        process.communicate()


def _exchange(request: bytes, deadline: float) -> tuple[dict[str, Any] | None, bool]:
    """The response, or None; and whether it timed out."""
    answer = None
    for _ in range(2):
        process, fresh = _started()
        assert process.stdin is not None
        assert process.stdout is not None
        # Not every system has timeouts for pipes; reading ends with the process.
        late = threading.Event()
        timer = threading.Timer(max(0.0, deadline - time.monotonic()), _end, (process, late))
        timer.start()
        try:
            with contextlib.suppress(OSError):
                process.stdin.write(request)
                process.stdin.flush()
                answer = process.stdout.readline()
        finally:
            timer.cancel()
        if answer:
            return json.loads(answer), False
        close()
        if late.is_set():
            return None, True
        if fresh:
            break
        # It may have ended while idle.
    return None, False


def _end(process: subprocess.Popen[bytes] | _Fork, late: threading.Event) -> None:
    late.set()
    process.kill()


def _started() -> tuple[subprocess.Popen[bytes] | _Fork, bool]:
    """The process, and whether it was just started."""
    global _process
    if _process is not None and _process.poll() is None:
        return _process, False
    close()
    if isolation.is_enclosed():
        _process = _Fork()
        return _process, True
    allocator = {name: str(value) for name, (_, value) in _ALLOCATOR.items()}
    environment = isolation.environment({**telemetry.OFFLINE, **allocator})
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW
    _process = subprocess.Popen(
        [sys.executable, "-P", "-m", f"{__package__}.ocr_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
        creationflags=flags,
    )
    atexit.register(close)
    return _process, True


def _failure(reason: str = "") -> IngestError:
    return IngestError(
        f"Text recognition failed on a picture{reason}.",
        "If you need its words, save the picture again and add it separately.",
    )
