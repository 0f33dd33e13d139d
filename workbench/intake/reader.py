"""The parent's side of the processes that read files and fetch links."""

import contextlib
import logging
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import ingest
from ingest import isolation, telemetry
from ingest.media.playlist import Entry, Playlist
from ingest.web.fetched import Fetched
from workbench.errors import InputError
from workbench.intake import inbox, wire
from workbench.intake.inbox import Inbox, Needs
from workbench.intake.queue_blockers import blocking_error
from workbench.jobs import Cancel

# -- process --------------------------------------------------------------------------------------
# The parent's side of a process that reads or fetches: start it, ask it, survive its crash.


_log = logging.getLogger(__name__)

#: Stands for what has no agreed shape.
_BROKEN: wire.Frame = ("broken",)

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
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        silence: float,
        scratch: Path | None,
        needs: Needs | None = None,
    ) -> None:
        """`silence`: seconds without a frame after which a request is given up.

        The process has a folder of its own in `scratch`, and what it `needs` besides.
        """
        self._command = command
        self._environment = environment
        self._silence = silence
        self._scratch = scratch
        self._needs = needs or Needs()
        self._place: Inbox | None = None
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
        runs = self._process is not None and self._process.poll() is None
        if runs and self._place is not None and self._place.is_there():
            return
        self.close()
        environment = isolation.environment(self._environment)
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
        self._place = Inbox(self._scratch)
        read = list(map(wire.path_text, filter(None, (self._place.read, *self._needs.read))))
        write = list(map(wire.path_text, (self._place.written, *self._needs.write)))
        self._send(("cage", read, write, self._needs.heavy))

    def request(
        self, request: Callable[[Inbox], wire.Frame], name: str, cancel: Cancel
    ) -> Generator[wire.Frame, None, None]:
        """Send a request about the file `name` and yield the frames of its answer.

        `request` makes it, given the folder of the process.

        Raises `InputError` with the process's message, or one about its crash or silence, and
        `Cancelled`. After any of these, and if the caller stops iterating, the process is ended,
        and the next request starts another.
        """
        finished = False
        self._page = None
        try:
            self.start()
            assert self._place is not None
            if not self._send(request(self._place)):
                # It died while idle, which is no file's fault.
                self.close()
                self.start()
                self._send(request(self._place))
            while True:
                frame = self._next(name, cancel)
                if frame[0] == "progress" and frame[3] == "pages":
                    self._page = frame[1] + 1 if frame[2] is None or frame[1] < frame[2] else None
                if frame[0] == "done":
                    finished = True
                    return
                if frame == _BROKEN:
                    raise InputError(
                        f"“{name}” could not be read: its reader answered in no known form.",
                        f"Everything else is untouched. {self._hint('another format')}",
                        reason="crashed",
                    )
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
            elif self._place is not None:
                self._place.empty()

    def _send(self, request: wire.Frame) -> bool:
        assert self._process is not None
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(wire.pack(request))
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
        if self._place is not None:
            self._place.close()
            self._place = None


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
    while frame is not None and frame != _BROKEN and not stopped.is_set():
        try:
            frame = wire.unpack(read_exactly)
        except wire.BrokenReplyError as error:
            _log.warning("a process sent what it must not: %s", error)
            frame = _BROKEN
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

    The first opens what is put into its folder and has no network access; the second has, and opens
    no document. Both serve many files, for one thread at a time; what needs more has a process of
    its own (`inbox.needs`).

    `passwords` are tried with locked PDFs; the list may grow.

    `scratch` is the folder for their own folders; leftovers of a crash are removed elsewhere.
    """

    def __init__(
        self,
        reader: str = DEFAULT_READER,
        silence: float = SILENCE_SECONDS,
        scratch: Path | None = None,
        passwords: list[str] | None = None,
    ) -> None:
        self.passwords = [] if passwords is None else passwords
        self._common = (_command("reader", reader), telemetry.OFFLINE, silence, scratch)
        self._reading = Process(*self._common)
        self._apart: Process | None = None
        self._fetching = Process(_command("fetch"), telemetry.OFF, silence, scratch)

    @property
    def pid(self) -> int:
        """The id of the reading process; 0 before the first start."""
        return (self._apart or self._reading).pid

    def start(self) -> None:
        """Start the reading process unless it runs, without waiting until it is ready."""
        self._reading.start()

    def read(self, request: Request, cancel: Cancel) -> Generator[wire.Frame, None, None]:
        """Read a file and yield its frames, `batch` and `progress`. Raises as `Process.request`."""

        def message(path: Path, model: wire.Frame | None) -> wire.Frame:
            return (
                "read",
                wire.path_text(path),
                wire.path_text(Path(request.path).parent),
                request.title,
                request.start_section,
                request.left_out,
                request.pictures,
                self.passwords,
                model,
            )

        yield from self._served(Path(request.path), request.name, message, cancel)

    def _served(
        self,
        path: Path,
        name: str,
        message: Callable[[Path, wire.Frame | None], wire.Frame],
        cancel: Cancel,
        target: Path | None = None,
    ) -> Generator[wire.Frame, None, None]:
        """Ask about a file, in a process of its own if need be, which may write `target`."""
        needs = inbox.needs(path, target)
        try:
            if needs is None:
                with contextlib.suppress(inbox.NoRoomError):
                    yield from self._reading.request(
                        lambda place: message(place.copied(path), None), name, cancel
                    )
                    return
                needs = Needs((str(path),))
            self._apart = Process(*self._common, needs)
            yield from self._apart.request(
                lambda place: message(place.linked(path), needs.model), name, cancel
            )
        finally:
            if self._apart is not None:
                self._apart.close()
                self._apart = None

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
        request = ("fetch", address, typed)
        for frame in self._fetching.request(lambda _place: request, address, cancel):
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
        request = ("listed", address, first, count, typed)
        result: Playlist | None = None
        for frame in self._fetching.request(lambda _place: request, address, cancel):
            if frame[0] == "listed":
                _, title, channel, total, entries = frame
                result = Playlist(title, channel, total, tuple(Entry(*item) for item in entries))
        assert result is not None
        return result

    def levels(self, path: Path, count: int, cancel: Cancel) -> tuple[float, tuple[float, ...]]:
        """Seconds and loudness of a recording (`ingest.media.sound.levels`)."""
        (frame,) = self._errand("levels", path, (count,), cancel)
        return frame[1], tuple(frame[2])

    def clip(self, path: Path, target: Path, second: float, lasts: float, cancel: Cancel) -> None:
        """Write a clip of a recording to `target`, which exists (`ingest.media.sound.clip`)."""
        values = (wire.path_text(target), second, lasts)
        self._errand("clip", path, values, cancel, target)

    def frame(self, path: Path, width: int, cancel: Cancel) -> tuple[int, int, bytes]:
        """A frame of a film (`ingest.media.sound.film_frame`)."""
        (frame,) = self._errand("still", path, (width,), cancel)
        return frame[1], frame[2], frame[3]

    def attachments(self, path: Path, cancel: Cancel) -> list[Path]:
        """The files that a reference list names (`ingest.bibliography.attachments`)."""
        (frame,) = self._errand("attachments", path, (wire.path_text(path.parent),), cancel)
        return list(frame[1])

    def _errand(
        self,
        kind: str,
        path: Path,
        values: wire.Frame,
        cancel: Cancel,
        target: Path | None = None,
    ) -> list[wire.Frame]:
        """The frames of an answer that is no reading."""

        def message(path: Path, _model: wire.Frame | None) -> wire.Frame:
            return (kind, wire.path_text(path), *values)

        return [
            frame
            for frame in self._served(path, path.name, message, cancel, target)
            if frame[0] == kind
        ]

    def close(self) -> None:
        """End both processes and their children."""
        self._reading.close()
        self._fetching.close()
