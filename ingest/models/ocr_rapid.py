"""RapidOCR in a separate process; ONNX Runtime runs the models of its package.

A crash, hang or excess of memory costs one picture its words, and the document nothing else.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest import telemetry
from ingest.errors import IngestError
from ingest.models.ocr import Word, timeout_error

if TYPE_CHECKING:
    from PIL.Image import Image

#: Makes glibc return memory after each network: 4,000 x 4,000 pixels took 1.2 GB.
_ALLOCATOR = {"MALLOC_MMAP_THRESHOLD_": "1000000", "MALLOC_ARENA_MAX": "1"}

_lock = threading.Lock()
_process: subprocess.Popen[bytes] | None = None


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


def _end(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _started() -> tuple[subprocess.Popen[bytes], bool]:
    """The process, and whether it was just started."""
    global _process
    if _process is not None and _process.poll() is None:
        return _process, False
    close()
    environment = {**os.environ, **telemetry.OFFLINE, **_ALLOCATOR}
    environment["PYTHONPATH"] = os.pathsep.join(item or str(Path.cwd()) for item in sys.path)
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW
    _process = subprocess.Popen(
        [sys.executable, "-P", "-m", f"{__package__}.ocr_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        creationflags=flags,
    )
    atexit.register(close)
    return _process, True


def _failure(reason: str = "") -> IngestError:
    return IngestError(
        f"Text recognition failed on a picture{reason}.",
        "If you need its words, save the picture again and add it separately.",
    )
