"""Records of running windows, by which crashes are detected.

Each window keeps a record in the configuration folder: its start, its library, and the state of its
view. A lock on a file beside it is released by the system however the process ends, so a record
without a lock is that of a crash. An ordinary exit, a logout and a shutdown remove the record
first.
"""

import json
import os
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from workbench import paths, permissions
from workbench.version import __version__

_KEPT_SECONDS = 30 * 86400.0


@dataclass(frozen=True, slots=True)
class Crashed:
    """A run that ended unexpectedly: `seen` is its last write, `at` the state of its view."""

    id: str
    version: str
    started: float
    seen: float
    library: str
    at: Mapping[str, Any] = field(default_factory=dict)


class Run:
    """The record of this process; none if the folder cannot be written.

    Thread-safe; `note` writes a file and belongs on a worker. A signal handler may call `end`
    during either.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or _folder()
        self.started = time.time()
        self.id = f"{int(self.started)}-{os.getpid()}"
        self._writing = threading.RLock()
        self._lock: BinaryIO | None = None
        try:
            permissions.folder(self._folder)
            self._lock = _lock(self._folder / f"{self.id}.lock")
        except OSError:
            return
        self.note("", {})

    def note(self, library: str, at: Mapping[str, Any]) -> None:
        """Write the state of the view; JSON values only."""
        record = {
            "version": __version__,
            "started": self.started,
            "seen": time.time(),
            "library": library,
            "at": dict(at),
        }
        with self._writing:
            lock = self._lock
            if lock is None:
                return
            fresh = self._folder / f"{self.id}.new"
            try:
                permissions.private(fresh).write_text(json.dumps(record), encoding="utf-8")
                fresh.replace(self._folder / f"{self.id}.json")
            except OSError:
                # A full disk must not interrupt the user; the previous record stays.
                return
            finally:
                if lock.closed:
                    # A signal ended the run during this write.
                    _remove(self._folder, self.id)

    def end(self) -> None:
        """Remove the record on an orderly exit."""
        with self._writing:
            if self._lock is None:
                return
            lock, self._lock = self._lock, None
            _remove(self._folder, self.id)
            lock.close()


def crashed(library: str, folder: Path | None = None) -> list[Crashed]:
    """Crashed runs on this library, the latest first; each is returned once.

    Those on other libraries are kept for up to a month, until theirs is opened.
    """
    where = folder or _folder()
    found = []
    for file in sorted(where.glob("*.json")):
        run = file.stem
        try:
            lock = _lock(where / f"{run}.lock")
        except OSError:
            # Still running.
            continue
        try:
            record = _read(file)
            if record is None or time.time() - record.seen > _KEPT_SECONDS:
                _remove(where, run)
            elif record.library in ("", library):
                found.append(record)
                _remove(where, run)
        finally:
            lock.close()
    return sorted(found, key=lambda record: record.seen, reverse=True)


def alive(folder: Path) -> list[Mapping[str, Any]]:
    """The last states of the running processes of a folder, with their `library`."""
    found: list[Mapping[str, Any]] = []
    for file in sorted(folder.glob("*.json")):
        try:
            lock = _lock(folder / f"{file.stem}.lock")
        except OSError:
            record = _read(file)
            if record:
                found.append({"library": record.library, **record.at})
        else:
            _remove(folder, file.stem)
            lock.close()
    return found


def doors() -> Path:
    """The folder of the servers' records."""
    return paths.config_dir() / "doors"


def _folder() -> Path:
    return paths.config_dir() / "running"


def _read(file: Path) -> Crashed | None:
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
        return Crashed(
            id=file.stem,
            version=str(record["version"]),
            started=float(record["started"]),
            seen=float(record["seen"]),
            library=str(record["library"]),
            at=dict(record["at"]),
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _lock(path: Path) -> BinaryIO:
    """Open and lock a file; raises `OSError` if another process has locked it."""
    file = permissions.private(path).open("ab")
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BaseException:
        file.close()
        raise
    return file


def _remove(folder: Path, run: str) -> None:
    for end in (".json", ".new", ".lock"):
        try:
            (folder / f"{run}{end}").unlink(missing_ok=True)
        except OSError:
            # Windows cannot remove an open file; the next start does.
            continue
