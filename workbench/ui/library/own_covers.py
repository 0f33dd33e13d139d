"""Covers that sources bring along: drawn off the GUI thread, kept small in memory, no more.

A view asks while it paints and paints the drawn cover until the other one comes. What is asked for
last is drawn first: that is what one looks at.
"""

from collections import OrderedDict
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from workbench.errors import WorkbenchError
from workbench.store.records import SourceRow
from workbench.ui.jobs import Jobs
from workbench.ui.library.source_types import FILM_SUFFIXES
from workbench.ui.window.library_actions import Shelf

if TYPE_CHECKING:
    from workbench.library import Library

#: Kinds that may have a picture of their own; a recording, where it is a film.
_KINDS = frozenset({"epub", "pdf", "image", "captions"})
_MAX_JOBS, _MAX_QUEUED, _CACHE_BYTES = 1, 48, 16 * 1024 * 1024
#: The shape of a cover; a wider picture is seen whole, a longer one from its top.
TALL = 4 / 3

_Key = tuple[int, str, int]


class CoverCache(QObject):
    """The covers of the sources on a shelf, for the views of one window."""

    #: That of the source of this id has come.
    loaded = Signal(int)

    def __init__(self, shelf: Shelf, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._shelf, self._jobs = shelf, jobs
        self._kept: OrderedDict[_Key, QImage | None] = OrderedDict()
        self._wanted: list[_Key] = []
        self._drawing: set[_Key] = set()

    def of(self, source: SourceRow, width: int) -> QImage | None:
        """The cover of a source, `width` pixels wide; None where it has none, or not yet."""
        key = (source.id, source.hash, width)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        film = source.kind == "recording" and (source.path or "").lower().endswith(FILM_SUFFIXES)
        if (film or source.kind in _KINDS) and key not in self._drawing:
            self._wanted = [item for item in self._wanted if item != key][1 - _MAX_QUEUED :]
            self._wanted.append(key)
            self._draw()
        return None

    def _draw(self) -> None:
        library = self._shelf.library
        while library is not None and self._wanted and len(self._drawing) < _MAX_JOBS:
            key = self._wanted.pop()
            self._drawing.add(key)
            self._jobs.run(
                _render, library, key[0], key[2],
                done=partial(self._store, key), failed=partial(self._failed, key),
            )  # fmt: skip

    def _store(self, key: _Key, picture: QImage | None) -> None:
        self._drawing.discard(key)
        self._kept[key] = picture
        while sum(value.sizeInBytes() for value in self._kept.values() if value) > _CACHE_BYTES:
            self._kept.popitem(last=False)
        if picture is not None:
            self.loaded.emit(key[0])
        self._draw()

    def _failed(self, key: _Key, _error: WorkbenchError) -> None:
        self._store(key, None)


def _render(library: "Library", source: int, width: int) -> QImage:
    wide, high, rows = library.sources.page_picture(source, 1, width)
    entire = QImage(rows, wide, high, 4 * wide, QImage.Format.Format_RGBA8888)
    return entire.copy(0, 0, wide, min(high, round(wide * TALL))).convertToFormat(
        QImage.Format.Format_RGB32
    )
