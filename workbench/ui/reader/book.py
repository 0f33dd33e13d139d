"""Continuous scrolling through the text of a whole source.

Only the stretch around the viewport is laid out; close to its end the next one is loaded and
replaces it without moving the visible lines. The scroll bar covers the whole source in characters,
since the height of the rest is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QScrollBar, QWidget

from workbench.errors import WorkbenchError
from workbench.ui.components import row
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.reader.finding import Span
from workbench.ui.reader.opening import Shelf, Stretch, open_stretch
from workbench.ui.reader.sheet import Sheet

if TYPE_CHECKING:
    from workbench.library import Library

#: Minimum number of characters laid out above and below the viewport: a screen or two.
_MARGIN = 4_000
#: Approximate characters per line.
_LINE = 66


class Book(QWidget):
    """A `Sheet` that slides along its source, and the scroll bar of the whole source."""

    def __init__(self, jobs: Jobs, failed: Callable[[WorkbenchError], object]) -> None:
        super().__init__()
        self._jobs, self._failed = jobs, failed
        self._key = f"reader.stretch.{id(self)}"
        self._library: Library | None = None
        self._shelf: Shelf | None = None
        self._sliding = False
        self.sheet = Sheet()
        self.bar = QScrollBar(Qt.Orientation.Vertical)
        self.bar.setAccessibleName(tr("Place in the whole text"))
        self.bar.setSingleStep(3 * _LINE)
        # Keeps its width while hidden, so that lines do not wrap differently.
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(policy)
        self.setLayout(row(self.sheet, self.bar, gap=0, wide=0))
        self.setFocusProxy(self.sheet)
        self.bar.valueChanged.connect(self.go_to)
        self.sheet.moved.connect(self._scrolled)
        self.sheet.laid_out.connect(self._show_place)
        self.sheet.end_wanted.connect(self._go_to_end)

    def open(
        self,
        library: Library,
        shelf: Shelf,
        stretch: Stretch,
        marks: Sequence[Span],
        underlined: Sequence[Span],
    ) -> None:
        """Show a source with its first loaded `stretch`; others are loaded on demand."""
        self.leave()
        self._library, self._shelf = library, shelf
        self.sheet.show_stretch(stretch, marks, underlined, shelf.source.doubtful)

    def leave(self) -> None:
        """Cancel loading and close the source."""
        self._jobs.cancel(self._key)
        self._library = self._shelf = None
        self._sliding = False

    def go_to(self, offset: int, share: float = 0.0) -> None:
        """Scroll the line of `offset` to `share` of the viewport's height."""
        if self._library is None or self._shelf is None:
            return
        self._jobs.cancel(self._key)
        self._sliding = False
        offset = max(0, min(offset, self._shelf.end - 1))
        if self._position(offset):
            self.sheet.reveal(offset, share)
        else:
            self._fetch(offset, partial(self._loaded, offset, share))

    def _fetch(self, offset: int, finish: Callable[[Stretch], object]) -> None:
        self._jobs.run(
            open_stretch, self._library, self._shelf, offset,
            done=finish, failed=self._fetch_failed, key=self._key,
        )  # fmt: skip

    def _fetch_failed(self, error: WorkbenchError) -> None:
        self._sliding = False
        self._failed(error)

    def _position(self, offset: int) -> bool:
        """Whether an offset is laid out with enough text around it, except at the ends."""
        flow, end = self.sheet.flow, self._shelf.end if self._shelf is not None else 0
        first = flow.start + _MARGIN if flow.start > 0 else 0
        return first <= offset <= (flow.end - _MARGIN if flow.end < end else end)

    def _loaded(self, offset: int, share: float, stretch: Stretch) -> None:
        self.sheet.slide(stretch)
        self.sheet.reveal(offset, share)

    def _go_to_end(self, end: bool) -> None:
        self.go_to(self._shelf.end if end and self._shelf is not None else 0)

    def _scrolled(self, _offset: int) -> None:
        self._show_place()
        if self._shelf is None or self._sliding:
            return
        first, end = self.sheet.top_offset(), self.sheet.bottom_offset()
        if not (self._position(first) and self._position(end)):
            self._sliding = True
            self._fetch((first + end) // 2, self._slide)

    def _slide(self, stretch: Stretch) -> None:
        self._sliding = False
        visited, flow = self.sheet.top_offset(), stretch.flow
        if flow.start <= visited < flow.end and flow != self.sheet.flow:
            self.sheet.slide(stretch)

    def _show_place(self) -> None:
        """Move the scroll bar to the current position, unless it is being dragged."""
        if self._shelf is None or self.bar.isSliderDown():
            return
        first, end = self.sheet.top_offset(), self.sheet.bottom_offset()
        inside, flow = self.sheet.verticalScrollBar(), self.sheet.flow
        with QSignalBlocker(self.bar):
            self.bar.setRange(0, max(0, self._shelf.end - max(1, end - first)))
            self.bar.setPageStep(max(1, end - first))
            if flow.end >= self._shelf.end and inside.value() >= inside.maximum():
                first = self.bar.maximum()
            if flow.start == 0 and inside.value() == 0:
                first = 0
            self.bar.setValue(first)
        self.bar.setVisible(self.bar.maximum() > 0)
