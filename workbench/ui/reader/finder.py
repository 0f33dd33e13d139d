"""Walks through the places of some words in the source that is open.

Knows the find bar and the library, not the views: where one is comes from a callable, where to go
is told by a signal.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from workbench.errors import WorkbenchError
from workbench.ui.jobs import Jobs
from workbench.ui.reader.bars import FindBar
from workbench.ui.reader.finding import Span
from workbench.ui.reader.opening import Shelf, search

if TYPE_CHECKING:
    from workbench.library import Library


class Finder(QObject):
    """The state of a search: all places, and the one at hand."""

    #: The places or the one at hand changed.
    changed = Signal()
    #: The find bar was closed.
    closed = Signal()
    #: The source could not be searched: a `WorkbenchError`.
    failed = Signal(object)

    def __init__(self, jobs: Jobs, position: Callable[[], int], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._here = jobs, position
        self._key = f"reader.find.{id(self)}"
        self._library: Library | None = None
        self._shelf: Shelf | None = None
        self.hits: list[Span] = []
        self._at: int | None = None
        #: Where the search begins, so that one more letter does not begin at the hit of the last.
        self._from = 0
        self.bar = FindBar()
        self.bar.hide()
        self.bar.field.textChanged.connect(self._search)
        self.bar.stepped.connect(self.step)
        self.bar.closed.connect(self.close)

    @property
    def current(self) -> Span | None:
        """The place at hand."""
        return self.hits[self._at] if self._at is not None else None

    def open(self, library: Library, shelf: Shelf) -> None:
        """Open the bar over this source, with the words of last time selected."""
        self._library, self._shelf = library, shelf
        self._from = self._here()
        self.bar.show()
        self.bar.field.setFocus()
        self.bar.field.selectAll()
        self._search(self.bar.field.text())

    def close(self) -> None:
        """Close the bar; nothing is found any more."""
        self._jobs.cancel(self._key)
        self._library = self._shelf = None
        was_open = self.bar.isVisible()
        self.bar.hide()
        self.hits, self._at = [], None
        self.changed.emit()
        if was_open:
            self.closed.emit()

    def step(self, by: int) -> None:
        """Go to the next place (1) or to the one before (-1), round the end."""
        if self._at is not None:
            self._at = (self._at + by) % len(self.hits)
            self._from = self.hits[self._at][0]
            self._show_count()

    def _search(self, words: str) -> None:
        if self._library is None or self._shelf is None:
            return
        if not words.strip():
            self._jobs.cancel(self._key)
            self._loaded([])
            return
        self._jobs.run(
            search,
            self._library,
            self._shelf,
            words,
            self._from,
            done=self._loaded,
            failed=self._failed,
            key=self._key,
        )

    def _loaded(self, hits: list[Span]) -> None:
        self.hits = hits
        after = (i for i, hit in enumerate(hits) if hit[0] >= self._from)
        self._at = next(after, 0) if hits else None
        self._show_count()

    def _failed(self, error: WorkbenchError) -> None:
        self.failed.emit(error)

    def _show_count(self) -> None:
        self.bar.show_hits(self._at, len(self.hits))
        self.changed.emit()
