"""Output of the command line: results on standard output, everything else on standard error.

People get lines, scripts get JSON (`--json`). An error is one sentence with its next step, or with
`--json` an object `{"error": {"code", "message", "hint"}}` on standard error. Only this module
writes to a terminal, and escapes control sequences of documents and file names there; pipes and
files get the text unchanged.
"""

import getpass
import json
import math
import os
import sys
import time
import traceback
from dataclasses import asdict, dataclass, is_dataclass
from pathlib import PurePath
from types import TracebackType
from typing import Any, Self, TextIO

from workbench.controls import in_json, neutralised
from workbench.errors import WorkbenchError
from workbench.jobs import Progress
from workbench.translation import known, tr, tr_n


class OutputError(WorkbenchError):
    """Standard output cannot be written, usually because of a full disk."""

    code = "output"


@dataclass(frozen=True, slots=True)
class Output:
    """Where and how to print: `as_json` for scripts, `quiet` without progress and remarks."""

    as_json: bool = False
    quiet: bool = False

    def result(self, text: str) -> None:
        """Print a result for people."""
        _print(text, sys.stdout)

    def record(self, value: object) -> None:
        """Print one JSON value on a line."""
        _print(_json(plain(value)), sys.stdout)

    def print_either(self, value: object, text: str) -> None:
        """Print a result: JSON for scripts, text for people."""
        if self.as_json:
            self.record(value)
        else:
            self.result(text)

    def remark(self, text: str) -> None:
        """Print additional information."""
        if not self.quiet:
            _print(known(text), sys.stderr)

    def complaint(self, text: str) -> None:
        """Print a partial failure, even if `quiet`."""
        _print(known(text), sys.stderr)

    def error(self, error: WorkbenchError, code: str | None = None) -> None:
        """Print an error: one sentence with its next step."""
        if self.as_json:
            record = {"code": code or error.code, "message": error.message, "hint": error.hint}
            _print(_json({"error": record}), sys.stderr)
        else:
            text = f"{known(error.message)} {known(error.hint)}".rstrip()
            _print(f"workbench: {text}", sys.stderr)


#: Seconds between progress lines in a file.
_LONG = 10.0


class ProgressLine:
    """Progress on standard error: one line that is rewritten, on terminals only."""

    def __init__(self, output: Output) -> None:
        self._show = sys.stderr.isatty() and not output.quiet and not output.as_json
        self._lines = not self._show and not output.quiet and not output.as_json
        self._begun = time.monotonic()
        self._last = 0.0
        self._ready = 0
        self._width = 0

    def __call__(self, progress: Progress) -> None:
        """Show `progress`, at most ten times a second; in a file, each finished file."""
        current = time.monotonic()
        if self._lines and progress.unit == "files" and current - self._begun > _LONG:
            self._print_line(progress)
        if not self._show or current - self._last < 0.1:
            return
        self._last = current
        share = ""
        if progress.total:
            share = f" {100 * progress.done // progress.total} %"
        line = _ready(progress) or f"{progress.stage.capitalize()} {progress.note}{share}"
        line = " ".join(neutralised(line).split())[:100]
        sys.stderr.write("\r" + line.ljust(self._width))
        sys.stderr.flush()
        self._width = len(line)

    def _print_line(self, progress: Progress) -> None:
        if progress.done > self._ready:
            self._ready = progress.done
            _print(_ready(progress), sys.stderr)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def clear(self) -> None:
        """Erase the line."""
        if self._show and self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()
            self._width = 0


def _ready(progress: Progress) -> str:
    """How many files can be searched already; "" if files are not counted."""
    if progress.unit != "files" or progress.total is None:
        return ""
    line = tr("{done} of {total} ready", done=progress.done, total=progress.total)
    left = progress.total - progress.done
    if progress.stage != "recognising":
        return f"{line} · {progress.note}"
    slow = tr("reading figures")
    if left:
        slow = tr_n(left, "{left} being recognised", "{left} being recognised", left=left)
    page = tr(", page {page}", page=progress.page) if progress.page else ""
    return f"{line}, {slow} · {progress.note}{page}"


def plain(value: object) -> Any:
    """Convert dataclasses, tuples, mappings, paths and infinities for JSON."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, PurePath):
        return str(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def plural(number: int, noun: str = "fact", plural_noun: str = "") -> str:
    """A number with its noun: “1 fact”, “2,000 facts”."""
    return f"{number:,} {tr_n(number, noun, plural_noun or f'{noun}s')}"


def _json(value: object) -> str:
    """JSON with the same characters escaped, since it may be read in a terminal."""
    return in_json(json.dumps(value, ensure_ascii=False))


def read_secret(prompt: str) -> str:
    """Prompt for a secret without echo; "" without an answer."""
    try:
        return getpass.getpass(neutralised(prompt), stream=sys.stderr)
    except EOFError:
        return ""


def crashed(kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
    """Print a traceback (`sys.excepthook`), escaped: its message may quote a document."""
    if sys.stderr is not None:
        _print("".join(traceback.format_exception(kind, error, at)).rstrip(), sys.stderr)


def silence() -> None:
    """Discard the buffer of standard output when the process ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print(text: str, stream: TextIO | None) -> None:
    if stream is None:
        # Closed by the parent (`>&-`), which wants no output.
        return
    if stream.isatty():
        text = neutralised(text)
    try:
        stream.write(text + "\n")
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(
            f"The output could not be written ({error.strerror}).",
            "Send it to another file; what was done is saved.",
        ) from error
    except UnicodeEncodeError:
        # A terminal that cannot display a title must not stop an import of a hundred files.
        encoding = stream.encoding or "ascii"
        stream.write(text.encode(encoding, "replace").decode(encoding) + "\n")
        stream.flush()
