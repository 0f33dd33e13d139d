"""The parent's side of the processes that read files and fetch links."""

import contextlib
import logging
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import ingest
from ingest import telemetry
from ingest.media.playlist import Entry, Playlist
from ingest.web.fetched import Fetched
from workbench import permissions
from workbench.errors import InputError
from workbench.intake import wire
from workbench.intake.queue_blockers import blocking_error
from workbench.jobs import Cancel

# -- process --------------------------------------------------------------------------------------
# The parent's side of a process that reads or fetches: start it, ask it, survive its crash.


_log = logging.getLogger(__name__)

_SIGNALS = {
    "SIGSEGV": "a memory fault",
    "SIGBUS": "a memory fault",
    "SIGABRT": "it aborted itself",
    "SIGFPE": "an arithmetic fault",
    "SIGILL": "a forbidden instruction",
    "SIGKILL": "the system ended it, often because memory ran out",
    "SIGTERM": "something ended it",
    "SIGXCPU": "it used more processor time than a file is given",
    "SIGXFSZ": "it wrote more than a file is given",
    "SIGALRM": "it said nothing for too long",
}


class Process:
    """One process that answers requests over pipes. For one thread at a time."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], silence: float
    ) -> None:
        """`silence`: seconds without a frame after which a request is given up."""
        self._command = command
        self._environment = environment
        self._silence = silence
        self._process: subprocess.Popen[bytes] | None = None
        self._frames: queue.Queue[wire.Frame | None] = queue.Queue(maxsize=4)
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._complaints: IO[bytes] | None = None
        #: The page being read, or None.
        self._page: int | None = None

    @property
    def pid(self) -> int:
        """The process id; 0 before the first start."""
        return self._process.pid if self._process is not None else 0

    def start(self) -> None:
        """Start the process unless it runs, without waiting until it is ready."""
        if self._process is not None and self._process.poll() is None:
            return
        self.close()
        environment = {**os.environ, **self._environment}
        folders = [folder or str(Path.cwd()) for folder in sys.path]
        environment["PYTHONPATH"] = os.pathsep.join(folders)
        # The parsers are single-threaded; idle thread pools would only cost address space.
        for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
            environment[name] = "1"
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        flags = 0
        if sys.platform == "win32":
            flags = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            env=environment,
            start_new_session=True,
            creationflags=flags,
            bufsize=0,
        )
        self._stopped = threading.Event()
        self._frames = queue.Queue(maxsize=4)
        assert self._process.stdout is not None
        self._thread = threading.Thread(
            target=_collect,
            args=(self._process.stdout, self._frames, self._stopped),
            name="workbench-reader",
            daemon=True,
        )
        self._thread.start()

    def request(
        self, request: bytes, name: str, cancel: Cancel
    ) -> Generator[wire.Frame, None, None]:
        """Send a request about the file `name` and yield the frames of its answer.

        Raises `InputError` with the process's message, or one about its crash or silence, and
        `Cancelled`. After any of these, and if the caller stops iterating, the process is ended,
        and the next request starts another.
        """
        self.start()
        if not self._send(request):
            # It died while idle, which is no file's fault.
            self.close()
            self.start()
            self._send(request)
        finished = False
        self._page = None
        try:
            while True:
                frame = self._next(name, cancel)
                if frame[0] == "progress" and frame[3] == "pages":
                    self._page = frame[1] + 1 if frame[2] is None or frame[1] < frame[2] else None
                if frame[0] == "done":
                    finished = not any(frame[1:])
                    return
                if frame[0] == "error":
                    _, code, message, hint = frame
                    # A process that ran out of memory is not used again: it does not return the
                    # memory.
                    finished = code != "too_large"
                    raise InputError(message, hint, reason=code)
                if frame[0] == "fault":
                    finished = True
                    raise _fault(name, *frame[1:])
                yield frame
        finally:
            if not finished:
                self.close()

    def _send(self, request: bytes) -> bool:
        assert self._process is not None
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(request)
        except OSError:
            return False
        return True

    def _next(self, name: str, cancel: Cancel) -> wire.Frame:
        deadline = time.monotonic() + self._silence
        while True:
            cancel.check()
            try:
                frame = self._frames.get(timeout=0.05)
            except queue.Empty:
                if time.monotonic() > deadline:
                    raise InputError(
                        f"“{name}” was given up: its reader made no progress for "
                        f"{self._silence:g} seconds{self._page_text()}.",
                        self._hint("the same text in another format"),
                        reason="timeout",
                    ) from None
                continue
            if frame is None:
                raise self._death(name)
            return frame

    def _death(self, name: str) -> InputError:
        assert self._process is not None
        code = self._process.wait()
        self._log_complaints(name)
        return InputError(
            f"“{name}” could not be read: its reader stopped{self._page_text()} "
            f"({_exit_reason(code)}).",
            f"Everything else is untouched. {self._hint('another format')}",
            reason="crashed",
        )

    def _page_text(self) -> str:
        return "" if self._page is None else f" at page {self._page}"

    def _hint(self, other: str) -> str:
        if self._page is None:
            return f"Try another copy of it, or {other}."
        return "Skip that page, or try another copy of it."

    def _log_complaints(self, name: str) -> None:
        if self._complaints is None:
            return
        size = self._complaints.seek(0, os.SEEK_END)
        self._complaints.seek(max(0, size - 4000))
        words = self._complaints.read().decode("utf-8", "replace").strip()
        if words:
            _log.warning("the reader of %s ended with: %s", name, words)

    def close(self) -> None:
        """End the process and all its children."""
        self._stopped.set()
        if self._process is not None:
            _end_tree(self._process)
            if self._process.stdin is not None:
                self._process.stdin.close()
            self._process.wait()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        if self._process is not None:
            if self._process.stdout is not None:
                self._process.stdout.close()
            self._process = None
        if self._complaints is not None:
            self._complaints.close()
            self._complaints = None


def _fault(name: str, number: int, words: str) -> Exception:
    """The error of a reader that met a system error."""
    error = OSError(number, words)
    if blocking_error(error) is not None:
        return error
    return InputError(
        f"“{name}” could not be read completely ({words}).",
        "Check that the disk it is on is still there, then retry.",
        reason="missing",
    )


def _exit_reason(code: int) -> str:
    if code < 0:
        with contextlib.suppress(ValueError):
            signal_name = signal.Signals(-code).name
            return _SIGNALS.get(signal_name, f"signal {signal_name}")
        return f"signal {-code}"
    if code == 0xC0000005:
        return "a memory fault"
    return "an unexpected fault" if code else "it ended early"


def _collect(
    pipe: IO[bytes], frames: "queue.Queue[wire.Frame | None]", stopped: threading.Event
) -> None:
    """Move frames from the pipe to the queue until either ends; a full queue slows the reader."""

    def read_exactly(count: int) -> bytes:
        data = bytearray()
        while len(data) < count and not stopped.is_set():
            piece = pipe.read(min(count - len(data), 1 << 20))
            if not piece:
                break
            data += piece
        return bytes(data)

    frame: wire.Frame | None = ()
    while frame is not None and not stopped.is_set():
        frame = wire.unpack(read_exactly)
        while not stopped.is_set():
            try:
                frames.put(frame, timeout=0.05)
                break
            except queue.Full:
                continue


def _end_tree(process: "subprocess.Popen[bytes]") -> None:
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(
                ["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False
            )
        return
    # The process leads its own session, so its group contains all children. Until it is waited for,
    # its id cannot be reused.
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


# -- reader ----------------------------------------

#: The reading function; tests use others.
DEFAULT_READER = f"{ingest.__name__}.readers:read"

#: Seconds without a record or progress after which a reading is given up.
SILENCE_SECONDS = 180.0


def _command(kind: str, *arguments: str) -> list[str]:
    """The command line of a `reader` or `fetch` process."""
    if getattr(sys, "frozen", False):
        # A frozen bundle has no interpreter to run a module; its entry point knows these options.
        return [sys.executable, f"--{kind}-process", *arguments]
    return [sys.executable, "-P", "-m", f"workbench.intake.{kind}_process", *arguments]


@dataclass(frozen=True, slots=True)
class Request:
    """A file to read, its `name` for errors, the first section, and pages to leave out.

    `pictures` is "read"; "leave out" for no text recognition; "scans" for scanned pages only; or
    "put off" for none if the document has other text: otherwise an `InputError` with the reason
    “recognition_put_off” is raised.
    """

    path: str
    name: str
    title: str | None = None
    start_section: int = 0
    left_out: Sequence[int] = ()
    pictures: str = "read"


class Reader:
    """A process that reads and, once a link is to be fetched, another one that fetches.

    The first opens any file and has no network access; the second has, and opens no document. Both
    serve many files, for one thread at a time.

    `passwords` are tried with locked PDFs; the list may grow.

    `scratch` is the folder for their temporary files; leftovers of a crash are removed elsewhere.
    """

    def __init__(
        self,
        reader: str = DEFAULT_READER,
        silence: float = SILENCE_SECONDS,
        scratch: Path | None = None,
        passwords: Sequence[str] = (),
    ) -> None:
        self._scratch = scratch
        self._passwords = passwords
        self._reading = Process(_command("reader", reader), telemetry.OFFLINE, silence)
        self._fetching = Process(_command("fetch"), telemetry.OFF, silence)

    @property
    def pid(self) -> int:
        """The id of the reading process; 0 before the first start."""
        return self._reading.pid

    def start(self) -> None:
        """Start the reading process unless it runs, without waiting until it is ready."""
        self._reading.start()

    def read(self, request: Request, cancel: Cancel) -> Generator[wire.Frame, None, None]:
        """Read a file and yield its frames, `batch` and `progress`. Raises as `Process.request`."""
        with _own_folder(self._scratch) as folder:
            message = (
                "read",
                os.fsencode(request.path),
                request.title,
                request.start_section,
                tuple(request.left_out),
                folder,
                request.pictures,
                tuple(self._passwords),
            )
            yield from self._reading.request(wire.pack(message), request.name, cancel)

    def fetch(
        self,
        address: str,
        *,
        typed: bool,
        tell: Callable[[int, int | None, str], None],
        cancel: Cancel,
    ) -> Fetched:
        """Fetch a web page; `tell(done, total, unit)` reports progress.

        Raises as `read`.
        """
        content = bytearray()
        answer: wire.Frame = ()
        with _own_folder(self._scratch) as folder:
            request = wire.pack(("fetch", address, typed, folder))
            for frame in self._fetching.request(request, address, cancel):
                if frame[0] == "piece":
                    content += frame[1]
                elif frame[0] == "fetched":
                    answer = frame[1:]
                elif frame[0] == "progress":
                    tell(*frame[1:])
        fields = (*answer[:-1], bytes(content), answer[-1])
        return Fetched(*fields)

    def playlist(
        self, address: str, *, first: int, count: int, typed: bool, cancel: Cancel
    ) -> Playlist:
        """The entries of a list of videos, from `first` on. Raises as `read`."""
        request = wire.pack(("listed", address, first, count, typed))
        result: Playlist | None = None
        for frame in self._fetching.request(request, address, cancel):
            if frame[0] == "listed":
                _, title, channel, total, entries = frame
                result = Playlist(title, channel, total, tuple(Entry(*item) for item in entries))
        assert result is not None
        return result

    def levels(self, path: Path, count: int, cancel: Cancel) -> tuple[float, tuple[float, ...]]:
        """Seconds and loudness of a recording (`ingest.media.sound.levels`)."""
        request = wire.pack(("levels", os.fsencode(path), count))
        result: tuple[float, tuple[float, ...]] = (0.0, ())
        for frame in self._reading.request(request, path.name, cancel):
            if frame[0] == "levels":
                result = frame[1], tuple(frame[2])
        return result

    def clip(self, path: Path, target: Path, second: float, lasts: float, cancel: Cancel) -> None:
        """Write a clip of a recording to `target` (`ingest.media.sound.clip`)."""
        values = (os.fsencode(path), os.fsencode(target), second, lasts)
        for _ in self._reading.request(wire.pack(("clip", *values)), path.name, cancel):
            pass

    def frame(self, path: Path, width: int, cancel: Cancel) -> tuple[int, int, bytes]:
        """A frame of a film (`ingest.media.sound.film_frame`)."""
        request = wire.pack(("still", os.fsencode(path), width))
        frames = list(self._reading.request(request, path.name, cancel))
        return next((item[1], item[2], item[3]) for item in frames if item[0] == "still")

    def attachments(self, path: Path, cancel: Cancel) -> list[Path]:
        """The files that a reference list names (`ingest.bibliography.attachments`)."""
        results: list[Path] = []
        request = wire.pack(("attachments", os.fsencode(path)))
        for frame in self._reading.request(request, path.name, cancel):
            if frame[0] == "attachments":
                results = [Path(os.fsdecode(item)) for item in frame[1]]
        return results

    def close(self) -> None:
        """End both processes and their children."""
        self._reading.close()
        self._fetching.close()


@contextlib.contextmanager
def _own_folder(scratch: Path | None) -> Iterator[bytes]:
    """A temporary folder for one reading, removed afterwards.

    Its path as bytes; empty, for the system's own, if none can be made.
    """
    folder = None
    for _ in range(3):
        # Another lane removes the parent folder as soon as it is empty: then retry once.
        with contextlib.suppress(OSError):
            if scratch is not None:
                permissions.folder(scratch)
            folder = tempfile.mkdtemp(prefix="reading-", dir=scratch)
            break
    try:
        yield b"" if folder is None else os.fsencode(folder)
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        if scratch is not None:
            with contextlib.suppress(OSError):
                scratch.rmdir()
