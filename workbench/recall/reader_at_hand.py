"""Loads the reader and the model of revisions once per process, at their first use.

`WORKBENCH_READER` selects the reader: “off” for neither of the two, or the folder of another one.
The folder `reader` beside the embedding models has precedence over the included one, too.
"""

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from workbench import allocator, paths
from workbench.errors import InputError
from workbench.recall import reranker as reranking
from workbench.recall import revision
from workbench.recall.reader import ABOUT, Reader, shipped
from workbench.recall.reranker import Reranker
from workbench.recall.revision import RevisionModel

T = TypeVar("T")

#: Maximum threads: the window needs a core of its own.
_THREADS = 4
#: Seconds without use after which a model, 130 MB, is unloaded; reloading takes a third of one.
_UNASKED = 300.0


@dataclass(frozen=True, slots=True)
class _Loaded(Generic[T]):
    """The result of loading from a folder."""

    folder: Path | None
    model: T | None
    trouble: str = ""


class _Slot(Generic[T]):
    """Holds one loaded model."""

    def __init__(self, folder: Callable[[], Path | None], load: Callable[[Path], T]) -> None:
        self._folder, self._load = folder, load
        self._lock = threading.Lock()
        self._used = 0.0
        self.loaded: _Loaded[T] | None = None
        allocator.register_release(self._release)

    def model(self) -> T | None:
        """The model, loaded at the first use; None if there is none or it is unusable."""
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
        """Unload an unused model; current callers keep their reference."""
        # Never blocks: it may be loading, and the GUI thread may call.
        if self._lock.acquire(blocking=False):
            try:
                unasked = time.monotonic() - self._used >= _UNASKED
                if self.loaded is not None and self.loaded.model and unasked:
                    self.loaded = None
            finally:
                self._lock.release()


def folder() -> Path | None:
    """The folder of the selected reader; None for none."""
    entity = os.environ.get("WORKBENCH_READER", "")
    if entity == "off":
        return None
    if entity:
        return Path(entity).expanduser()
    primary = paths.models_dir() / "reader"
    return primary if (primary / ABOUT).is_file() else shipped()


def _reranker_folder() -> Path | None:
    """The folder of the included reranker; None beside another reader than the included one."""
    return reranking.shipped() if folder() == shipped() is not None else None


def _revision_folder() -> Path | None:
    return None if os.environ.get("WORKBENCH_READER") == "off" else revision.shipped()


def _read_with(place: Path) -> Reader:
    return Reader.load(place, threads=min(_THREADS, os.cpu_count() or 1))


_reader = _Slot(folder, _read_with)
_reranker = _Slot(_reranker_folder, partial(Reranker.load, threads=1))
_revision = _Slot(_revision_folder, RevisionModel.load)


def at_hand() -> Reader | None:
    """The reader, loaded at the first use; None if there is none, or it is unusable."""
    return _reader.model()


def reranker() -> Reranker | None:
    """The model that orders what the reader put first, as `at_hand` for the reader."""
    return _reranker.model()


def revisions() -> RevisionModel | None:
    """The model for effects of later statements, as `at_hand` for the reader."""
    return _revision.model()


def load_problem() -> str:
    """One sentence on models that could not be loaded; "" if there are none."""
    slots = (_reader.loaded, _reranker.loaded, _revision.loaded)
    return next((loaded.trouble for loaded in slots if loaded and loaded.trouble), "")
