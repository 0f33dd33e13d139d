"""Loads the reader once in a process, when a question first needs it.

`WORKBENCH_READER` says which: “off” for none, or the folder of one's own in place of the one that
comes with the program. The folder `reader` beside the embedding models takes its place, too.
"""

import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from workbench import allocator, paths
from workbench.errors import InputError
from workbench.recall.reader import ABOUT, Reader, shipped

#: Most threads that read: a window beside it wants a core of its own.
_THREADS = 4
#: Seconds without a question after which a reader, 55 MB, goes; a third of one loads it again.
_UNASKED = 300.0


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What came of loading from a folder."""

    folder: Path | None
    reader: Reader | None
    trouble: str = ""


_lock = threading.Lock()
_loaded: _Loaded | None = None
_asked = 0.0


def folder() -> Path | None:
    """The folder of the reader that is to be used; None where none is."""
    named = os.environ.get("WORKBENCH_READER", "")
    if named == "off":
        return None
    if named:
        return Path(named).expanduser()
    own = paths.models_dir() / "reader"
    return own if (own / ABOUT).is_file() else shipped()


def at_hand() -> Reader | None:
    """The reader, loaded by the first who asks; None where there is none, or it cannot be used."""
    return _now().reader


def trouble() -> str:
    """One sentence on the reader that was to be used and cannot be; "" where all is well."""
    return _loaded.trouble if _loaded is not None else ""


def _now() -> _Loaded:
    global _loaded, _asked
    wanted = folder()
    with _lock:
        _asked = time.monotonic()
        if _loaded is None or _loaded.folder != wanted:
            _loaded = _load(wanted)
        return _loaded


def _rest() -> None:
    """Let go of a reader that nobody asks; who holds it may go on reading."""
    global _loaded
    # Never waited for: it may just be loading, and the window's own thread may ask.
    if _lock.acquire(blocking=False):
        try:
            if _loaded is not None and _loaded.reader and time.monotonic() - _asked >= _UNASKED:
                _loaded = None
        finally:
            _lock.release()


allocator.keeps(_rest)


def _load(wanted: Path | None) -> _Loaded:
    if wanted is None:
        return _Loaded(None, None)
    threads = min(_THREADS, os.cpu_count() or 1)
    try:
        return _Loaded(wanted, Reader.load(wanted, threads=threads))
    except InputError as error:
        return _Loaded(wanted, None, f"{error.message} {error.hint}")
