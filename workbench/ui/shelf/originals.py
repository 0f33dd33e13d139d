"""The original files of sources: check whether they exist, locate and open them.

Network folders may be slow or not respond: one check runs at a time, on a worker. Originals count
as present until checked.
"""

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from workbench.errors import NotFoundError, WorkbenchError
from workbench.jobs import Cancel
from workbench.store.records import SourceRow
from workbench.ui.jobs import Job
from workbench.ui.language import tr
from workbench.ui.shelf.shelf import Shelf

if TYPE_CHECKING:
    from workbench.library import Library

_INTERVAL = 10.0  # minimum seconds between checks of a library
_PLACE = "originals:place"


class Originals(QObject):
    """Has the `missing` originals, and `troubles` in locating them, by source."""

    changed = Signal()
    #: (source, number of others located with it)
    found = Signal(object, int)
    #: The error if a chosen file is not the original.
    refused = Signal(object)
    #: The error if an original could not be opened.
    failed = Signal(object)

    def __init__(self, shelf: Shelf, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self.missing: frozenset[int] = frozenset()
        self.troubles: dict[int, WorkbenchError] = {}
        self._looking: Job | None = None
        self._looked = float("-inf")
        shelf.listed.connect(self.check)
        shelf.switched.connect(self._forget)
        shelf.batch_finished.connect(lambda _batch: self.check())

    # -- checking ----------------------------------------------------------------------------------

    def check(self) -> None:
        """Check which originals are missing, unless this is running or recent."""
        library = self._shelf.library
        resting = time.monotonic() - self._looked < _INTERVAL
        if library is None or resting or self._is_checking:
            return
        self._looking = self._shelf.jobs.run(
            library.sources.list, missing=True, done=self._store_missing
        )

    @property
    def _is_checking(self) -> bool:
        return self._looking is not None and not self._looking.finished

    def _store_missing(self, missing: "Sequence[SourceRow]") -> None:
        self._looked = time.monotonic()
        self._take(frozenset(row.id for row in missing))

    def _forget(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
        self._looking, self._looked = None, float("-inf")
        self._shelf.jobs.cancel(_PLACE)
        self.troubles.clear()
        self._take(frozenset())

    def _take(self, missing: frozenset[int]) -> None:
        if missing != self.missing:
            self.missing = missing
            self.troubles = {at: reason for at, reason in self.troubles.items() if at in missing}
            self.changed.emit()

    # -- locating ----------------------------------------------------------------------------------

    def locate(self, source: SourceRow, file: Path) -> None:
        """Set `file` as the original of a source, or record in `troubles` that its content differs.

        Missing originals at the same relative place are located as well.
        """

        def finish(result: tuple[tuple[int, ...], tuple[int, ...]]) -> None:
            located, remaining = result
            self.troubles.pop(source.id, None)
            self._looked = float("-inf")
            self._take(self.missing.difference(located, remaining))
            self.found.emit(source, len(remaining))

        def failed(error: WorkbenchError) -> None:
            self.troubles[source.id] = error
            self.changed.emit()
            self.refused.emit(error)

        self._shelf.ask(_locate, source.id, file, done=finish, failed=failed)

    # -- opening -----------------------------------------------------------------------------------

    def open(self, source: SourceRow) -> None:
        """Open the original in its default program."""
        self._at_its_place(source, folder=False)

    def show_in_folder(self, source: SourceRow) -> None:
        """Show the original in the file manager."""
        self._at_its_place(source, folder=True)

    def open_in_browser(self, source: SourceRow) -> None:
        """Open the address of a link in the browser; only this leaves the computer."""
        address = link(source)
        if address is not None:
            QDesktopServices.openUrl(QUrl(address))

    def _at_its_place(self, source: SourceRow, *, folder: bool) -> None:
        def open_file(file: Path) -> None:
            if folder:
                show_in_folder(file)
            else:
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

        places = tuple(path for path in source.locations if not is_link(path))
        self._shelf.jobs.run(
            _first_existing, places, done=open_file, failed=self._fail_opening, key=_PLACE
        )

    def _fail_opening(self, error: WorkbenchError) -> None:
        self.failed.emit(error)
        self._looked = float("-inf")
        self.check()


def is_link(path: str) -> bool:
    """Whether a location is a web address."""
    return path.startswith(("http://", "https://"))


def link(source: SourceRow) -> str | None:
    """The address of a source from the web."""
    return next(filter(is_link, source.locations), None)


def has_file(source: SourceRow) -> bool:
    """Whether a source was read from a file."""
    return any(not is_link(path) for path in source.locations)


def show_in_folder(file: Path) -> None:
    """Show a file in the file manager, selected where supported."""
    if sys.platform == "win32":
        QProcess.startDetached("explorer", ["/select,", str(file)])
    elif sys.platform == "darwin":
        QProcess.startDetached("open", ["-R", str(file)])
    else:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))


def _first_existing(places: Sequence[str]) -> Path:
    for place in map(Path, places):
        if place.exists():
            return place
    raise NotFoundError(tr("The original file has moved."), tr("Choose Locate… to find it."))


def _locate(
    library: "Library", source: int, file: Path, cancel: Cancel
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    located = tuple(library.sources.locate(source, file, cancel=cancel))
    return located, tuple(library.sources.locate(source, file, others=True, cancel=cancel))
