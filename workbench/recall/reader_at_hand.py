"""Loads the reader, and the model of revisions, once in a process, when a question needs them.

`WORKBENCH_READER` says which reader: “off” for none of the two, or the folder of one's own in place
of the one that comes with the program. The folder `reader` beside the embedding models takes its
place, too.
"""

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from workbench import allocator, paths
from workbench.errors import InputError
from workbench.recall import revision
from workbench.recall.reader import ABOUT, Reader, shipped
from workbench.recall.revision import RevisionModel

T = TypeVar("T")

#: Most threads that read: a window beside it wants a core of its own.
_THREADS = 4
#: Seconds without a question after which a model, 55 MB, goes; a third of one loads it again.
_UNASKED = 300.0


@dataclass(frozen=True, slots=True)
class _Loaded(Generic[T]):
    """What came of loading from a folder."""

    folder: Path | None
    model: T | None
    trouble: str = ""


class _Slot(Generic[T]):
    """A place for one loaded model."""

    def __init__(self, folder: Callable[[], Path | None], load: Callable[[Path], T]) -> None:
        self._folder, self._load = folder, load
        self._lock = threading.Lock()
        self._used = 0.0
        self.loaded: _Loaded[T] | None = None
        allocator.register_release(self._release)

    def model(self) -> T | None:
        """The model, loaded by the first who asks; None where there is none or it is unusable."""
        target = self._folder()
        with self._lock:
            self._used = time.monotonic()
            if self.loaded is None or self.loaded.folder != target:
                self.loaded = self._loaded_from(target)
            return self.loaded.model

    def _loaded_from(self, target: Path | None) -> _Loaded[T]:
        if target is None:
            return _Loaded(None, None)
        try:
            return _Loaded(target, self._load(target))
        except InputError as error:
            return _Loaded(target, None, f"{error.message} {error.hint}")

    def _release(self) -> None:
        """Let go of a model that nobody asks; who holds it may go on reading."""
        # Never waited for: it may just be loading, and the window's own thread may ask.
        if self._lock.acquire(blocking=False):
            try:
                unasked = time.monotonic() - self._used >= _UNASKED
                if self.loaded is not None and self.loaded.model and unasked:
                    self.loaded = None
            finally:
                self._lock.release()


def folder() -> Path | None:
    """The folder of the reader that is to be used; None where none is."""
    entity = os.environ.get("WORKBENCH_READER", "")
    if entity == "off":
        return None
    if entity:
        return Path(entity).expanduser()
    primary = paths.models_dir() / "reader"
    return primary if (primary / ABOUT).is_file() else shipped()


def _revision_folder() -> Path | None:
    return None if os.environ.get("WORKBENCH_READER") == "off" else revision.shipped()


def _read_with(place: Path) -> Reader:
    return Reader.load(place, threads=min(_THREADS, os.cpu_count() or 1))


_reader = _Slot(folder, _read_with)
_revision = _Slot(_revision_folder, RevisionModel.load)


def at_hand() -> Reader | None:
    """The reader, loaded by the first who asks; None where there is none, or it cannot be used."""
    return _reader.model()


def revisions() -> RevisionModel | None:
    """The model that says what a newer statement does to an older one, as `at_hand` the reader."""
    return _revision.model()


def load_problem() -> str:
    """One sentence on the models that were to be used and cannot be; "" where all is well."""
    slots = (_reader.loaded, _revision.loaded)
    return next((loaded.trouble for loaded in slots if loaded and loaded.trouble), "")
