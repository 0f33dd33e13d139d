"""The program's log, and the crash report made from it.

Neither contains text of the user: log lines keep the literal text of the program's source, and only
numbers and error types of the values filled in; tracebacks keep only the program's own files, lines
and names. What is not known to be harmless is omitted, so a report can be read in a minute and
shown to strangers. Nothing is sent.
"""

import faulthandler
import logging
import platform
import re
import sqlite3
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TextIO

from workbench import paths, permissions
from workbench.errors import WorkbenchError
from workbench.running import Crashed
from workbench.version import __version__

#: Error types whose messages come from the program or the interpreter, not from texts.
_OWN_WORDS = (
    ArithmeticError,
    AttributeError,
    ImportError,
    MemoryError,
    NameError,
    RecursionError,
)
_OURS = ("workbench", "ingest")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|'[^']*'")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,40}")
_PATH = re.compile(r"(?:[A-Za-z]:[\\/]|~|/|\\\\)[^\s'\"]*[\\/]?[^\s'\"]*")
_FRAME = re.compile(r'  File "(?P<file>.*)", line (?P<line>\d+|\?\?\?) in (?P<name>.{1,120})')
_FAULT = re.compile(
    r"(Fatal Python error|Windows fatal exception): [\w :()-]{1,80}"
    r"|(Current thread|Thread) 0x[0-9a-f]+( \[[^\]]*\])?( \(most recent call first\))?:"
    r"|  (<no Python frame>|<tstate is freed>|Garbage-collecting|\.\.\.)"
)
_LAST_LINES = 40
_KEPT_LOGS = 10
_MOST_LINES = 2000

_log = logging.getLogger(__name__)


class Notes:
    """Writes the log of one run, and the interpreter's output when it crashes.

    `fault` is called, on any thread, with each uncaught error. `close` restores the previous hooks.
    If the folder cannot be written, nothing is logged.
    """

    def __init__(
        self,
        run: str,
        fault: Callable[[BaseException], object] | None = None,
        folder: Path | None = None,
    ) -> None:
        self._fault = fault
        self._last: TextIO | None = None
        self._handler: logging.Handler = logging.NullHandler()
        logs = paths.log_dir() if folder is None else folder
        try:
            permissions.folder(logs)
            _tidy(logs)
            self._last = permissions.private(logs / f"{run}.fault").open("w", encoding="utf-8")
            self._handler = _LimitedLog(permissions.private(logs / f"{run}.log"), encoding="utf-8")
        except OSError:
            if self._last is not None:
                self._last.close()
                self._last = None
        self._handler.setFormatter(Harmless())
        logging.getLogger().addHandler(self._handler)
        self._hook, self._thread_hook = sys.excepthook, threading.excepthook
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread
        if self._last is not None:
            faulthandler.enable(self._last)

    def close(self) -> None:
        """Stop logging; the files stay."""
        if self._last is not None:
            faulthandler.disable()
            self._last.close()
            self._last = None
        sys.excepthook, threading.excepthook = self._hook, self._thread_hook
        logging.getLogger().removeHandler(self._handler)
        self._handler.close()

    def _uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        _log.critical("an error that nobody caught", exc_info=(kind, error, trace))
        self._hook(kind, error, trace)
        if self._fault is not None:
            self._fault(error)

    def _uncaught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            details = (args.exc_type, args.exc_value, args.exc_traceback)
            _log.critical("an error that nobody caught, in a thread", exc_info=details)
        self._thread_hook(args)
        if self._fault is not None and args.exc_value is not None:
            self._fault(args.exc_value)


class _LimitedLog(logging.FileHandler):
    """A log of limited length."""

    _left = _MOST_LINES

    def emit(self, record: logging.LogRecord) -> None:
        if self._left > 0:
            self._left -= 1
            super().emit(record)


class Harmless(logging.Formatter):
    """Formats log records with no text but that of the program's source."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line, followed by the frames of its error."""
        stamp = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(record.created))
        lines = [f"{stamp} {record.levelname} {record.name}: {_words(record)}"]
        if record.exc_info and record.exc_info[1] is not None:
            lines += traceback_lines(record.exc_info[1])
        return "\n".join(lines)


def traceback_lines(error: BaseException) -> Iterator[str]:
    """An error as lines: its frames, its type, and its cause."""
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {_file(frame.filename)}:{frame.lineno} in {frame.name}"
    yield f"  {described(error)}"
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield f"  after {described(cause)}"


def described(error: BaseException) -> str:
    """The type of an error, with its message if that cannot quote a text or a path."""
    kind = type(error).__name__
    if isinstance(error, WorkbenchError):
        return f"{kind} ({error.code})"
    if isinstance(error, OSError):
        return f"{kind} ({error.errno}: {error.strerror or 'no reason'})"
    if isinstance(error, sqlite3.Error):
        return f"{kind} ({getattr(error, 'sqlite_errorname', 'no code')})"
    if isinstance(error, _OWN_WORDS):
        return f"{kind}: {scrubbed(str(error))}"
    return kind


def scrubbed(text: str) -> str:
    """A message of the interpreter without paths and quoted text, except names."""
    masked = _QUOTED.sub(lambda m: m[0] if _NAME.fullmatch(m[0][1:-1]) else "“…”", text)
    return _PATH.sub("…", masked)[:200]


def report(run: Crashed, folder: Path | None = None) -> str:
    """The full crash report as text; users see it before they copy it."""
    logs = paths.log_dir() if folder is None else folder
    ran = max(0, round((run.seen - run.started) / 60))
    seen = time.strftime("%Y-%m-%d %H:%M", time.localtime(run.seen))
    return "\n".join(
        (
            f"Engram Workbench ended unexpectedly\n\nLast seen: {seen}, after {ran} minutes",
            *(_platform_lines(run.version), "\nWhat it said at its end:"),
            *(list(_fault_lines(logs / f"{run.id}.fault")) or [_NO_TRACE]),
            "\nLast lines of its log:",
            *(_last_lines(logs / f"{run.id}.log") or ["  none"]),
            _LEFT_OUT,
        )
    )


def report_of_error(error: BaseException) -> str:
    """The report of an uncaught error after which the program went on."""
    lines = (
        "Engram Workbench made a mistake and went on\n",
        _platform_lines(__version__),
        "\nThe error:",
    )
    return "\n".join((*lines, *traceback_lines(error), _LEFT_OUT))


_NO_TRACE = (
    "  Nothing. It was ended from outside (as a system does that is short of memory), or the power"
    " failed."
)
_LEFT_OUT = "\nLeft out: file names, titles, questions and every word of your documents."


def _platform_lines(version: str) -> str:
    return (
        f"Version: {version}\nPlatform: {platform.platform()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


def _words(record: logging.LogRecord) -> str:
    if record.name.split(".")[0] not in _OURS or not isinstance(record.msg, str):
        return "(words left out)"
    try:
        return record.msg % _values(record.args) if record.args else record.msg
    except (TypeError, ValueError, KeyError):
        return record.msg


def _values(values: object) -> tuple[object, ...] | dict[str, object]:
    if isinstance(values, dict):
        return {str(name): _value(value) for name, value in values.items()}
    return tuple(_value(value) for value in values) if isinstance(values, tuple) else ()


def _value(value: object) -> object:
    if value is None or isinstance(value, int | float):
        return value
    return described(value) if isinstance(value, BaseException) else "…"


def _file(path: str) -> str:
    """A path of the program relative to its package, of Python's library its end, else “…”."""
    parts = re.split(r"[\\/]", path)
    for package in (*_OURS, "site-packages", "tests"):
        if package in parts:
            at = len(parts) - 1 - parts[::-1].index(package)
            return "/".join(parts[at + (package == "site-packages") :])
    if path.startswith("<"):
        return "<code>"
    return "/".join(parts[-2:]) if f"python{sys.version_info[0]}" in path.lower() else "…"


def _fault_lines(file: Path) -> Iterator[str]:
    for line in _lines(file):
        frame = _FRAME.fullmatch(line)
        if frame is not None:
            yield f"  {_file(frame['file'])}:{frame['line']} in {frame['name']}"
        elif _FAULT.fullmatch(line):
            yield f"  {line.strip()}"


def _last_lines(file: Path) -> list[str]:
    # These lines were scrubbed when written; other lines are not ours.
    return [f"  {line}" for line in _lines(file)[-_LAST_LINES:]]


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _tidy(folder: Path) -> None:
    """Keep only the latest logs."""
    runs = sorted({file.stem for file in folder.glob("*.*") if file.suffix in (".log", ".fault")})
    for run in runs[:-_KEPT_LOGS]:
        for end in (".log", ".fault"):
            (folder / f"{run}{end}").unlink(missing_ok=True)
