"""Plugins: readers, citation styles, exporters and themes that other packages declare.

A plugin is an entry point of an installed package
(https://packaging.python.org/specifications/entry-points/). It is found by its metadata alone, and
imported and called in a process of its own without a network, run as `python -m ingest.plugins`;
one that reads a file that is added runs in the process that reads files, shut in as that is. So one
that raises, blocks or asks for the network costs what it was asked for, and the error names its
package; one that ends the process that reads costs its file, by that file's name.
"""

import contextlib
import io
import logging
import os
import pickle
import queue
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ingest import errors, isolation, records, telemetry
from ingest.errors import IngestError, PluginError
from ingest.records import Notice, Reading, ReadRequest, Section, Source, uncancelled, unreported

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

#: Groups of entry points. The name of an entry point is the suffix of the files that a reader
#: reads, and the name under which a style, format or theme is chosen.
READERS, CITATION_STYLES = "workbench.readers", "workbench.citation_styles"
EXPORTERS, THEMES = "workbench.exporters", "workbench.themes"
GROUPS = (READERS, CITATION_STYLES, EXPORTERS, THEMES)

#: Seconds without a result or progress after which a plugin is given up; fewer than those after
#: which a reader process is.
SILENCE_SECONDS = 120.0
_TICK = 0.05

_log = logging.getLogger(__name__)


#: The group, the name and the arguments of a plugin; what comes back of it.
_Call = tuple[str, str, tuple[object, ...]]
_Messages = queue.Queue[tuple[Any, ...] | None]


def found(group: str) -> "Mapping[str, EntryPoint]":
    """The plugins of a group by name, without importing any."""
    # A bundle has no interpreter that could run them.
    return {} if getattr(sys, "frozen", False) else _found(group, tuple(sys.path))


@lru_cache(maxsize=16)
def _found(group: str, _path: tuple[str, ...]) -> "Mapping[str, EntryPoint]":
    from importlib.metadata import entry_points  # takes as long as all other imports

    return {plugin.name: plugin for plugin in entry_points(group=group)}


def reader_of(name: str) -> str:
    """The plugin that reads files of this name, the one of the longest suffix; "" if none."""
    suffixes = [suffix for suffix in found(READERS) if name.lower().endswith(f".{suffix}")]
    return max(suffixes, key=len, default="")


def described(plugin: "EntryPoint") -> str:
    """The name and version of its package."""
    return f"{plugin.dist.name} {plugin.dist.version}" if plugin.dist else plugin.value


def read(name: str, path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Read a file by a plugin. Raises as it, and `PluginError`, also for invalid records."""
    plugin = found(READERS)[name]
    plain = ReadRequest(request.title, request.start_section, left_out=request.left_out)
    for record in _run(plugin, (path, plain), request.report, request.cancel, SILENCE_SECONDS):
        if not isinstance(record, Source | Section | Notice) or not _is_consistent(record):
            raise _failure(plugin, "gave text that is not where it says")
        yield record


def value(group: str, name: str, *arguments: object, seconds: float = SILENCE_SECONDS) -> Any:
    """What an entry point is, or, if it is a function, its result: built-in types alone.

    Raises `PluginError`, also after `seconds`.
    """
    plugin = found(group)[name]
    return next(_run(plugin, arguments, unreported, uncancelled, seconds), None)


def _is_consistent(record: Reading) -> bool:
    """Whether each passage of a section is at its place in the section's text."""
    return not isinstance(record, Section) or all(
        record.text[passage.locator.start - record.start : passage.locator.end - record.start]
        == passage.text
        for passage in record.passages
    )


def _failure(plugin: "EntryPoint", what: str) -> PluginError:
    return PluginError(
        f"The plugin “{described(plugin)}” {what}.", "Update or uninstall it, then retry."
    )


def _run(
    plugin: "EntryPoint",
    arguments: tuple[object, ...],
    report: records.Report,
    cancel: Callable[[], None],
    seconds: float,
) -> Iterator[Any]:
    """Yield the results of a plugin, and end its process.

    A process that is shut in already (`isolation.enclose`) may start none, and runs it itself.
    """
    messages: queue.Queue[tuple[Any, ...] | None] = queue.Queue(maxsize=4)
    ended = threading.Event()
    call = (plugin.group, plugin.name, arguments)
    with (_here if isolation.is_enclosed() else _elsewhere)(call, messages, ended):
        while True:
            message = _next(messages, cancel, seconds)
            if message is None:
                raise _failure(plugin, "ended without an answer")
            kind, *values = message
            if kind == "done":
                return
            if kind == "silence":
                raise _failure(plugin, f"gave no answer for {seconds:g} seconds")
            if kind == "progress":
                report(*values)
            elif kind == "result":
                yield values[0]
            elif kind == "error":
                raise getattr(errors, values[0])(*values[1:])
            else:
                _log.warning("%s: %s", described(plugin), values[1])
                raise _failure(plugin, f"failed (“{values[0]}”)")


@contextlib.contextmanager
def _elsewhere(call: _Call, messages: _Messages, ended: threading.Event) -> Iterator[None]:
    """Run a plugin in a process without a network."""
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", f"{__package__}.plugins"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **telemetry.OFFLINE, "PYTHONPATH": os.pathsep.join(sys.path)},
        creationflags=flags,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    thread = threading.Thread(
        target=_collect, args=(process.stdout, messages, ended), name="plugin", daemon=True
    )
    thread.start()
    try:
        with contextlib.suppress(OSError):
            process.stdin.write(pickle.dumps(call))
            process.stdin.close()
        yield
    finally:
        ended.set()
        process.kill()
        process.wait()
        thread.join()
        process.stdout.close()
        with contextlib.suppress(OSError):
            process.stdin.close()


@contextlib.contextmanager
def _here(call: _Call, messages: _Messages, ended: threading.Event) -> Iterator[None]:
    """Run a plugin in a thread of this process; one that blocks is left behind."""

    def send(*message: object) -> None:
        while not ended.is_set():
            with contextlib.suppress(queue.Full):
                messages.put(message, timeout=_TICK)
                return

    threading.Thread(target=_answer, args=(call, send), name="plugin", daemon=True).start()
    try:
        yield
    finally:
        ended.set()


def _next(
    messages: _Messages, cancel: Callable[[], None], seconds: float
) -> tuple[Any, ...] | None:
    """The next message, "silence" if there is none for `seconds`. Raises as `cancel`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        cancel()
        with contextlib.suppress(queue.Empty):
            return messages.get(timeout=_TICK)
    return ("silence",)


class _Results(pickle.Unpickler):
    """Unpickles records and built-in values, and nothing that could run code here."""

    def find_class(self, module: str, name: str) -> Any:
        if module != records.__name__:
            raise pickle.UnpicklingError(f"{module}.{name} is no record")
        return getattr(records, name)


def _collect(pipe: IO[bytes], messages: _Messages, ended: threading.Event) -> None:
    """Move messages to the queue until either ends; a full queue slows the plugin."""
    going = True
    while going:
        message: tuple[Any, ...] | None = None
        try:
            message = _Results(pipe).load()
        except (EOFError, OSError, ValueError):
            going = False
        except Exception as error:  # noqa: BLE001 - bytes of a plugin
            message, going = ("fault", str(error), ""), False
        while not ended.is_set():
            with contextlib.suppress(queue.Full):
                messages.put(message, timeout=_TICK)
                break


# -- the process of a plugin -----------------------------------------------------------------------


def _main() -> None:
    """Answer one request on standard input, on the former standard output."""
    channel = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    isolation.isolate()

    def send(*message: object) -> None:
        data = io.BytesIO()
        pickle.dump(message, data)
        channel.write(data.getvalue())
        channel.flush()

    _answer(pickle.load(sys.stdin.buffer), send)


def _answer(call: _Call, send: Callable[..., None]) -> None:
    """Send the results of a plugin, or how it failed."""
    group, name, arguments = call
    try:
        result = found(group)[name].load()
        if callable(result):
            report = partial(send, "progress")
            result = result(
                *(replace(one, report=report) if isinstance(one, ReadRequest) else one
                  for one in arguments)
            )  # fmt: skip
        for item in result if isinstance(result, Iterator) else (result,):
            send("result", item)
        send("done")
    except IngestError as error:
        send("error", type(error).__name__, error.message, error.hint)
    except BaseException as error:  # noqa: BLE001 - foreign code
        send("fault", f"{type(error).__name__}: {error}".rstrip(": "), traceback.format_exc())


if __name__ == "__main__":
    _main()
