"""Starts the window: one process, one event loop, the library opened behind the first paint."""

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from workbench import paths
from workbench import settings as remembered
from workbench.ui import theme
from workbench.ui.pauses import ShortPauses
from workbench.ui.window.main import MainWindow
from workbench.ui.window.single import First, raise_first

if TYPE_CHECKING:
    from workbench.library import Library


def run(library_path: str | Path | None = None, argv: Sequence[str] = ()) -> int:
    """Open the window on a library (None: the one that was open last) and return its exit code.

    A second start with the same library raises the first window and returns 0.
    """
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication(["workbench", *argv])
    app.setApplicationName("engram-workbench")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("engram-workbench")
    settings = remembered.load()
    path = choose_library(library_path, settings.library)
    if raise_first(path):
        return 0
    theme.zoom_first(settings.zoom)
    theme.apply(app, settings.theme if settings.theme in theme.NAMES else "system")
    app.setWindowIcon(theme.icon("library", "accent"))
    window = MainWindow(path, open_library, settings)
    first = First(path, window)
    first.asked.connect(lambda: come_forward(window))
    window.shelf.switched.connect(lambda: first.listen(window.shelf.path))
    # A second start from now on must not take this window for one that it can raise.
    window.closing.connect(first.close)
    window.show()
    pauses = ShortPauses(app)
    code = app.exec()
    pauses.stop()
    if not window.ended:
        _leave(code)
    return code


def _leave(code: int) -> NoReturn:
    """End the process though threads of it still wait for the lock of another program.

    Nothing is lost by that, for the library is made to survive it; the interpreter's own end is
    left out because such a thread may come back in the middle of it.
    """
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def choose_library(named: str | Path | None, last: str) -> Path:
    """The one named, else the one open last if it is still there, else the default."""
    if named is not None:
        return Path(named).expanduser().absolute()
    if last and Path(last).exists():
        return Path(last)
    return paths.default_library()


def open_library(path: Path) -> "Library":
    """Open a library (on a worker thread); numpy and SQLite are imported here, not before."""
    from workbench.library import Library

    path.parent.mkdir(parents=True, exist_ok=True)
    return Library.open(path)


def come_forward(window: MainWindow) -> None:
    """Bring the window to the front."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


if __name__ == "__main__":
    sys.exit(run())
