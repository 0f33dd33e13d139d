"""Starts the window: one process, one event loop, the library opened behind the first paint."""

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from workbench import paths, permissions, running
from workbench import report as reports
from workbench import settings as remembered
from workbench.ui import language, theme
from workbench.ui.components.delay import delayed
from workbench.ui.pauses import ShortPauses
from workbench.ui.termination import Orderly
from workbench.ui.window import screen
from workbench.ui.window.single_instance import First, raise_first

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.ui.window.library_actions import Shelf
    from workbench.ui.window.main import MainWindow

#: By then the window stands and the library is open.
_SETTLED_MS = 4000


def run(
    library_path: str | Path | None = None, argv: Sequence[str] = (), files: Sequence[str] = ()
) -> int:
    """Open the window on a library (None: the one that was open last) and return its exit code.

    `files` are paths and links to be added. A second start with the same library raises the first
    window, hands them over and returns 0.
    """
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication(["workbench", *argv])
    app.setApplicationName("engram-workbench")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("engram-workbench")
    settings = remembered.load()
    path = choose_library(library_path, settings.library)
    wanted = [whole(name) for name in files]
    if raise_first(path, wanted):
        return 0
    language.choose(settings.language)
    language.translate_qt(app)
    # Only now: words in tables are translated when their module is imported.
    from workbench.ui.window.main import MainWindow
    from workbench.ui.window.session import At, Session

    crashed = running.crashed(str(path))
    this = running.Run()
    theme.zoom_first(settings.zoom)
    theme.apply(app, settings.theme if settings.theme in theme.NAMES else "system", sheet=False)
    app.setWindowIcon(theme.icon("library", "accent"))
    window = MainWindow(path, open_to_read, settings)
    notes = reports.Notes(this.id, window.reports.fault)
    session = Session(window, this)
    if crashed:
        session.bring_back(At.from_record(crashed[0].at))
        window.reports.tell(crashed[0])
    if library_path is None and settings.library and path != Path(settings.library):
        window.trouble.tell_lost(Path(settings.library), path)
    first = First(path, window)
    first.asked.connect(lambda more: greet(window, more))
    window.shelf.switched.connect(lambda: first.listen(window.shelf.path))
    # A second start from now on must not take this window for one that it can raise.
    window.closing.connect(first.close)
    orderly = Orderly(app, this.end, window.close)
    screen.show(window)
    if wanted:
        window.adding.add_named(wanted)
    pauses = ShortPauses(app)
    window.shelf.switched.connect(pauses.look_through_all)
    quicker = delayed(app, lambda: _make_quicker(window))
    quicker.start(_SETTLED_MS)
    code = app.exec()
    quicker.stop()
    _stop_making()
    pauses.stop()
    orderly.stop()
    this.end()
    notes.close()
    if not window.ended:
        _leave(code)
    return code


def _make_quicker(window: "MainWindow") -> None:
    """Have compiled what is looped over often, or taken over from an earlier run.

    Not while something is being added: the processor is needed, and the window would stutter.
    """
    from workbench import kernels
    from workbench.brain.engine.kernel_set import BRAIN_KERNELS

    kernels.begin([BRAIN_KERNELS], lambda: is_adding(window.shelf))


def is_adding(shelf: "Shelf") -> bool:
    """Whether anything is on its way into the library, as the window shows it; a rest is none."""
    from workbench.intake.queue import UNFINISHED

    return bool(shelf.coming) or any(row.state in UNFINISHED for row in shelf.queue)


def _stop_making() -> None:
    from workbench import kernels

    kernels.end()


def whole(name: str) -> str:
    """A link as it is, a path from the root on: another process has another working folder."""
    return name if "://" in name else str(Path(name).expanduser().absolute())


def greet(window: "MainWindow", files: Sequence[str]) -> None:
    """What a second start asks for: come to the front, and add what it was given."""
    come_forward(window)
    if files:
        window.adding.add_named(files)


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
    from workbench.ui.window.remote import is_remote

    if is_remote(path):
        from workbench.library.remote import kept

        address, token = kept(path)
        return Library.open(address, token=token)
    permissions.folder(path.parent)
    return Library.open(path)


def open_to_read(path: Path) -> "Library":
    """Open a library for a window that stays: a model reads on in the background."""
    from workbench.ui.window.remote import is_remote

    library = open_library(path)
    if not is_remote(path):
        library.embeddings.update(background=True)
    return library


def come_forward(window: "MainWindow") -> None:
    """Bring the window to the front."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


if __name__ == "__main__":
    sys.exit(run())
