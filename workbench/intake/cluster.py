"""Reads files on the workers of a Dask cluster; this desk stores what they find.

A worker reads as this program does at home: in a guarded process, which a hostile file can end
without ending the worker. What it sends are frames of `intake.wire`, checked here like those of a
process of this machine. Only the desk writes to the library, so that a file which two workers read,
because the first one died, is stored once.

A file that a worker finds at the same place, of the same size and time, is read there; any other is
sent. Needs the extra `cluster`. The scheduler and its workers are trusted: Dask itself sends
functions as pickles.
"""

import contextlib
import io
import logging
import os
import re
import socket
import tempfile
import threading
import time
import warnings
from asyncio import CancelledError
from collections.abc import Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ingest import installation
from workbench.errors import InputError, LibraryUnreachableError
from workbench.intake import wire
from workbench.intake.reader import Reader, Request
from workbench.jobs import Cancel
from workbench.version import __version__

if TYPE_CHECKING:
    from distributed import Client, Future

#: Seconds to connect, and until a cluster without any worker is given up.
_CONNECT, _LONELY = 15.0, 60.0
#: Seconds between looks at a task, and between reports of its progress.
_TICK, _REPORT = 0.05, 0.5
#: Files read at once for each thread of the cluster: while one is sent, another one is read.
_AHEAD, _MOST_AT_ONCE = 2, 256
#: How often a file is given to the cluster anew whose task got lost with the scheduler.
_ATTEMPTS = 3
#: Bytes of the largest file that is sent.
_LARGEST = 1 << 30

_ADDRESS = re.compile(r"(tcp|tls)://[^\s/]+:[0-9]{1,5}")

_log = logging.getLogger(__name__)
_local = threading.local()

#: What a worker is told of a file: its place, size and time there and here, and how to read it.
_Task = Mapping[str, Any]


# -- on a worker -----------------------------------------------------------------------------------


def version() -> str:
    """The version of this program on a worker."""
    return __version__


def read_there(task: _Task, content: bytes | None) -> bytes:
    """Read a file on a worker: its packed frames, the last of them "done" or "error".

    A file without `content` that is not found there makes the one frame “absent” of an error.
    """
    if task["version"] != __version__:
        return wire.pack(
            (
                "error",
                "version",
                f"A worker of the cluster has Engram Workbench {__version__}, "
                f"and this is {task['version']}.",
                "Install the same version on both, and retry.",
            )
        )
    path = wire.path_of(task["path"])
    if content is None and not _is_same(path, task["size"], task["time"]):
        return wire.pack(("error", "absent", "", ""))
    frames = io.BytesIO()
    with contextlib.ExitStack() as stack:
        if content is not None:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="workbench-"))
            path = Path(folder) / path.name
            path.write_bytes(content)
        request = Request(str(path), *task["request"])
        reader = _reader(task["passwords"])
        try:
            with contextlib.closing(reader.read(request, _Abandoned())) as answer:
                for frame in _reported(answer, task["topic"], task["key"]):
                    records = [wire.to_values(record) for record in frame[1]]
                    frames.write(wire.pack(("batch", records)))
        except InputError as error:
            frames.write(wire.pack(("error", error.reason, error.message, error.hint)))
        else:
            frames.write(wire.pack(("done",)))
    return frames.getvalue()


def _is_same(path: Path, size: int, time_ns: int) -> bool:
    try:
        found = path.stat()
    except OSError:
        return False
    return (found.st_size, found.st_mtime_ns) == (size, time_ns)


def _reader(passwords: Sequence[str]) -> Reader:
    """The reader of this thread, with a process that serves one file after the other."""
    reader: Reader | None = getattr(_local, "reader", None)
    if reader is None:
        reader = _local.reader = Reader(passwords=list(passwords))
    reader.passwords[:] = passwords
    return reader


class _Abandoned(Cancel):
    """Set once the desk does not wait for the task of this thread any more."""

    def __init__(self) -> None:
        from distributed import get_worker

        super().__init__()
        self._worker = get_worker()
        self._key = self._worker.get_current_task()
        self._looked = 0.0

    def check(self) -> None:
        """Raise `Cancelled` if the task was cancelled."""
        now = time.monotonic()
        if now >= self._looked + _REPORT:
            self._looked = now
            task = self._worker.state.tasks.get(self._key)
            if task is None or task.state in ("cancelled", "released"):
                self.set()
        super().check()


def _reported(frames: Iterator[wire.Frame], topic: str, key: str) -> Iterator[wire.Frame]:
    """The frames but for progress, which the desk is told at once, if not too often."""
    from distributed import get_worker

    worker, due = get_worker(), 0.0
    for frame in frames:
        if frame[0] != "progress":
            yield frame
        elif time.monotonic() >= due:
            due = time.monotonic() + _REPORT
            worker.log_event(topic, {"key": key, "frame": list(frame)})


# -- at the desk -----------------------------------------------------------------------------------


class Cluster:
    """The workers of one Dask scheduler. Thread-safe."""

    def __init__(self, address: str) -> None:
        """Connect to a scheduler, such as “tls://host:8786”.

        Certificates are those of Dask's own configuration. Raises `InputError` where nothing
        answers, no worker is there, or one has another version of this program.
        """
        self.address = address
        self._client = _connected(address)
        self._progress: dict[str, wire.Frame] = {}
        #: Folders that the workers do not see.
        self._unshared: set[Path] = set()
        self._topic = f"engram-{os.urandom(8).hex()}"
        self._count = 0
        self._lock = threading.Lock()
        try:
            self.lanes = self._checked_lanes()
        except BaseException:
            self.close()
            raise
        self._client.subscribe_topic(self._topic, self._note)

    def close(self) -> None:
        """Disconnect; tasks that run are abandoned."""
        with contextlib.suppress(OSError, RuntimeError):
            self._client.close()

    def reader(self, reader: str, scratch: Path, passwords: list[str]) -> "ClusterReader":
        """A reader like `Reader`; `scratch` is for what is done here."""
        return ClusterReader(self, reader, scratch, passwords)

    def _checked_lanes(self) -> int:
        """How many files are read at once, of workers that have this version."""
        workers = self._workers()
        if not workers:
            raise InputError(
                f"No worker has joined the cluster at {self.address}.",
                f"Start one on each machine: dask worker {self.address}",
                "cluster",
            )
        try:
            versions = self._client.run(version, on_error="return")
        except (ImportError, AttributeError):
            versions = dict.fromkeys(workers, None)
        others = {host for host, found in versions.items() if found != __version__}
        if others:
            raise InputError(
                f"{len(others)} of {len(versions)} workers do not have Engram Workbench "
                f"{__version__}, such as {min(others)}.",
                "Install this version there, with the extra `cluster`, and start them again.",
                "cluster",
            )
        threads: int = sum(worker["nthreads"] for worker in workers.values())
        return min(_MOST_AT_ONCE, _AHEAD * threads)

    def _workers(self) -> Mapping[str, Any]:
        deadline = time.monotonic() + _CONNECT
        while time.monotonic() < deadline:
            workers: Mapping[str, Any] = self._client.scheduler_info(n_workers=-1)["workers"]
            if workers:
                return workers
            time.sleep(0.2)
        return {}

    def _note(self, event: tuple[float, Mapping[str, Any]]) -> None:
        _, told = event
        with self._lock:
            if told["key"] in self._progress:
                self._progress[told["key"]] = tuple(told["frame"])

    def read(
        self, request: Request, passwords: Sequence[str], cancel: Cancel
    ) -> Generator[wire.Frame, None, None]:
        """Read a file on a worker and yield its frames. Raises as `Reader.read`.

        Raises `LibraryUnreachableError` if the scheduler is gone: nothing is wrong with the file.
        """
        with self._lock:
            self._count += 1
            key = f"{self._topic}-{self._count}"
            self._progress[key] = ()
        try:
            folder = Path(request.path).parent
            if folder not in self._unshared:
                answer = yield from self._task(request, passwords, key, None, cancel)
                if answer is not None:
                    yield from _frames(request.name, answer)
                    return
                self._unshared.add(folder)
            content = _content(request)
            answer = yield from self._task(request, passwords, key, content, cancel)
            assert answer is not None
            yield from _frames(request.name, answer)
        finally:
            with self._lock:
                self._progress.pop(key, None)

    def _task(
        self,
        request: Request,
        passwords: Sequence[str],
        key: str,
        content: bytes | None,
        cancel: Cancel,
    ) -> Generator[wire.Frame, None, bytes | None]:
        """Have a worker read; None where it does not find the file."""
        known = Path(request.path).stat()
        task = {
            "version": __version__,
            "path": wire.path_text(request.path),
            "size": known.st_size,
            "time": known.st_mtime_ns,
            "request": (
                request.name,
                request.title,
                request.start_section,
                tuple(request.left_out),
                request.pictures,
            ),
            "passwords": tuple(passwords),
            "topic": self._topic,
            "key": key,
        }
        for attempt in range(_ATTEMPTS):
            future = self._submitted(task, content, f"{key}-{attempt}-{content is not None}")
            try:
                answer = yield from self._awaited(future, request.name, key, cancel)
            finally:
                with contextlib.suppress(OSError, RuntimeError):
                    future.cancel()
            if answer is not None:
                return None if _is_absent(answer) else answer
        raise self._gone()

    def _submitted(self, task: _Task, content: bytes | None, key: str) -> "Future":
        with warnings.catch_warnings():
            # The file is the task: it goes to the next worker, too, should the first one die.
            warnings.simplefilter("ignore", UserWarning)
            try:
                return self._client.submit(read_there, task, content, key=key, pure=False)
            except (OSError, RuntimeError) as error:
                raise self._gone() from error

    def _awaited(
        self, future: "Future", name: str, key: str, cancel: Cancel
    ) -> Generator[wire.Frame, None, bytes | None]:
        """The answer of a task; None if it got lost."""
        from distributed import KilledWorker

        told: wire.Frame = ()
        lonely = time.monotonic()
        while future.status == "pending":
            cancel.check()
            cancel.wait(_TICK)
            if self._client.status != "running":
                raise self._gone()
            frame = self._progress.get(key, ())
            if frame != told:
                told = frame
                yield frame
            if time.monotonic() > lonely + _LONELY / 4 and not self._client.ncores():
                if time.monotonic() > lonely + _LONELY:
                    raise self._gone()
            elif time.monotonic() > lonely + _LONELY / 4:
                lonely = time.monotonic()
        cancel.check()
        try:
            if future.status == "finished":
                answer: bytes = future.result()
                return answer
            if future.status != "error":
                return None
            error = future.exception()
        except (OSError, CancelledError) as lost:
            # It ended while the answer was fetched.
            raise self._gone() from lost
        _log.warning("a task of the cluster failed: %r", error)
        if isinstance(error, KilledWorker):
            raise InputError(
                f"“{name}” could not be read: every worker that read it ended.",
                "Try another copy of it, or add it without the cluster.",
                reason="crashed",
            )
        raise InputError(
            f"“{name}” could not be read on the cluster ({type(error).__name__}).",
            "Look into the log of the worker, or add it without the cluster.",
            reason="cluster",
        )

    def _gone(self) -> LibraryUnreachableError:
        return LibraryUnreachableError(
            f"The cluster at {self.address} does not answer any more.",
            "What it has read is kept; start it, and add the rest again.",
        )


class ClusterReader(Reader):
    """Reads files on a cluster, and does everything else here."""

    def __init__(self, cluster: Cluster, reader: str, scratch: Path, passwords: list[str]) -> None:
        super().__init__(reader, scratch=scratch, passwords=passwords)
        self._cluster = cluster

    def start(self) -> None:
        """Start nothing: the processes that read are elsewhere."""

    def read(self, request: Request, cancel: Cancel) -> Generator[wire.Frame, None, None]:
        """Read a file and yield its frames, as `Reader.read`."""
        yield from self._cluster.read(request, self.passwords, cancel)


def _connected(address: str) -> "Client":
    # Dask tries for long to reach what is no address.
    if not _ADDRESS.fullmatch(address):
        raise InputError(
            f"“{address[:80]}” is not the address of a Dask scheduler.",
            "It begins with tls:// or tcp:// and ends with a port: tls://host:8786",
            "cluster",
        )
    try:
        from distributed import Client
    except ImportError:
        raise InputError(
            "Reading on a cluster needs a package that is not installed.",
            f"{installation.add('cluster')}.",
            "cluster",
        ) from None
    try:
        with warnings.catch_warnings():
            # Of packages of other versions: the one that matters is compared.
            warnings.simplefilter("ignore", UserWarning)
            # A client that reaches nothing leaves its thread behind.
            place = urlsplit(address)
            socket.create_connection((place.hostname, place.port), _CONNECT).close()
            return Client(address, timeout=_CONNECT, set_as_default=False)
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        raise InputError(
            f"No Dask scheduler answers at “{address}” ({_why(error)}).",
            "Start one with `dask scheduler`, and give its address, such as tls://host:8786.",
            "cluster",
        ) from None


def _why(error: Exception) -> str:
    """What the system says of a connection that failed."""
    return getattr(error, "strerror", None) or str(error).partition("\n")[0][:100]


def _content(request: Request) -> bytes:
    path = Path(request.path)
    if path.stat().st_size > _LARGEST:
        raise InputError(
            f"“{request.name}” is too large to be sent to the cluster.",
            "Put it into a folder that the workers see at the same place, or add it without --on.",
            reason="too_large",
        )
    return path.read_bytes()


def _is_absent(answer: bytes) -> bool:
    frame = wire.unpack(io.BytesIO(answer).read)
    return frame is not None and frame[:2] == ("error", "absent")


def _frames(name: str, answer: bytes) -> Iterator[wire.Frame]:
    """The frames of a worker, each checked. Raises `InputError` for its error, or a broken one."""
    stream = io.BytesIO(answer)
    try:
        while (frame := wire.unpack(stream.read)) is not None and frame[0] != "done":
            if frame[0] == "error":
                _, code, message, hint = frame
                raise InputError(message, hint, reason=code)
            yield frame
    except wire.BrokenReplyError as error:
        _log.warning("a worker sent what it must not: %s", error)
        frame = None
    if frame is None:
        raise InputError(
            f"“{name}” could not be read: a worker of the cluster answered in no known form.",
            "Everything else is untouched. Add it without the cluster.",
            reason="crashed",
        )
