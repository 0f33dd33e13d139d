"""Loads rendered pages and their characters for a page view."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor

from workbench.errors import WorkbenchError
from workbench.store.records import PageRow
from workbench.ui import theme
from workbench.ui.jobs import Jobs
from workbench.ui.reader.opening import letters_of
from workbench.ui.reader.page_letters import Letters
from workbench.ui.reader.page_view import PageView

if TYPE_CHECKING:
    from workbench.library import Library


#: Width and height in pixels, and RGBA rows.
Picture = tuple[int, int, bytes]


class Pages(QObject):
    """Serves one view with the pages of one source at a time."""

    #: The `WorkbenchError` if no page can be shown, as the original is missing.
    unseen = Signal(object)

    def __init__(self, view: PageView, jobs: Jobs) -> None:
        super().__init__(view)
        self._view, self._jobs = view, jobs
        self._library: Library | None = None
        self._source: int | None = None
        #: Whether rendering a page has failed.
        self.failed = False
        view.ask_picture = self._request_picture
        view.ask_letters = self._request_letters
        self._printed, self._original = True, False
        theme.watch(view, self._darken)

    def show(
        self,
        library: Library | None,
        source: int | None,
        pages: tuple[PageRow, ...],
        *,
        printed: bool = True,
    ) -> None:
        """Show the pages of a source from the first on; none clears the view.

        Only `printed` pages are darkened in a dark theme, not pictures.
        """
        self._library, self._source, self.failed = library, source, False
        self._printed = printed
        self._darken()
        self._view.show_pages(pages)

    def unlock(self, password: str, **ends: Any) -> None:
        """Try a password; `ends` are the callbacks `done` and `failed` of the job."""
        if self._library is not None and self._source is not None:
            self._jobs.run(_unlock, self._library, self._source, password, **ends)

    def set_original(self, original: bool) -> None:
        """Set whether pages keep their original colours in dark themes."""
        self._original = original
        self._darken()

    def _darken(self) -> None:
        self._view.set_dark(self._printed and not self._original and theme.current().dark)

    def _request_picture(self, number: int, width: int) -> None:
        if self._library is None or self._source is None:
            return
        dark = self._view.dark
        colours = (theme.colour("raised"), theme.colour("text")) if dark else None
        self._jobs.run(
            _picture, self._library, self._source, number, width, colours,
            done=partial(self._picture_loaded, self._source, number, width, dark),
            failed=partial(self._picture_failed, self._source, number, width),
        )  # fmt: skip

    def _request_letters(self, page: PageRow) -> None:
        if self._library is not None and self._source is not None:
            loaded = partial(self._letters_loaded, self._source, page.number)
            self._jobs.run(letters_of, self._library, self._source, page, done=loaded)

    def _letters_loaded(self, source: int, number: int, letters: Letters) -> None:
        if source == self._source:
            self._view.set_letters(number, letters)

    def _picture_loaded(
        self, source: int, number: int, width: int, dark: bool, picture: Picture
    ) -> None:
        if source == self._source and dark == self._view.dark:
            self._view.set_picture(number, width, picture)

    def _picture_failed(self, source: int, number: int, width: int, error: WorkbenchError) -> None:
        if source != self._source:
            return
        self._view.picture_failed(number, width)
        self.failed = True
        if self._view.pictures == 0:
            self.unseen.emit(error)


def _picture(
    library: Library, source: int, number: int, width: int, colours: tuple[QColor, QColor] | None
) -> Picture:
    """Render a page, optionally in these colours of paper and ink. Runs on a worker."""
    painted = library.sources.page_picture(source, number, width)
    return painted if colours is None else darkened(painted, *colours)


def _unlock(library: Library, source: int, password: str) -> None:
    library.queue.unlock(password, library.sources.get(source).path)


def darkened(picture: Picture, paper: QColor, ink: QColor) -> Picture:
    """Invert lightness but keep the hue; white becomes `paper`, black `ink`."""
    import numpy as np

    width, height, rows = picture
    pixels = np.frombuffer(rows, np.uint8).reshape(height, width, 4).copy()
    colours = pixels[..., :3].astype(np.int16)
    # Lightness is the mean of the largest and smallest channel; mirroring it keeps the differences
    # between channels, and so hue and chroma.
    inverted = colours + (255 - colours.max(-1, keepdims=True) - colours.min(-1, keepdims=True))
    low, high = (np.array((c.red(), c.green(), c.blue()), np.int32) for c in (paper, ink))
    pixels[..., :3] = low + inverted * (high - low) // 255
    return width, height, pixels.tobytes()
