"""Starts the window: one process, one event loop; the library is opened after the first paint."""

import gc
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from workbench import paths, permissions, running
from workbench import report as reports
from workbench import settings as remembered
from workbench.allocator import give_back
from workbench.errors import WorkbenchError
from workbench.settings import Settings
from workbench.ui import language, theme
from workbench.ui.components import delayed
from workbench.ui.window import screen
from workbench.ui.window.single_instance import First, raise_first

_log = logging.getLogger(__name__)

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.ui.shelf.opened import OpenLibrary
    from workbench.ui.shelf.shelf import Shelf
    from workbench.ui.window.main import MainWindow

_YOUNG_MILLISECONDS = 1000
_FULL_EVERY = 60
#: Seconds of processor time of a full collection, above which surviving objects are frozen.
_LONG = 0.02


class ShortPauses(QObject):
    """Collects garbage on the GUI thread from creation until `stop`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._turn = 0
        self._all = False
        if gc.isenabled():
            gc.collect()
        # Modules and classes survive: exclude them from later collections.
        self._modules = len(sys.modules)
        gc.freeze()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect)
        self._timer.start(_YOUNG_MILLISECONDS)

    def stop(self) -> None:
        """Restore automatic collection."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def look_through_all(self) -> None:
        """Include frozen objects in the next collection."""
        self._all = True

    def _collect(self) -> None:
        self._turn += 1
        gc.collect(1)
        if self._all:
            self._all = False
            gc.unfreeze()
            gc.collect()
            gc.freeze()
        if len(sys.modules) != self._modules:
            self._modules = len(sys.modules)
            gc.freeze()
        if self._turn % _FULL_EVERY == 0:
            began = time.thread_time()
            gc.collect()
            if time.thread_time() - began > _LONG:
                gc.freeze()
            give_back()


_SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")


class Orderly(QObject):
    """Calls `end` as soon as this process is told to end, then `close` from the event loop."""

    def __init__(
        self, app: QGuiApplication, end: Callable[[], object], close: Callable[[], object]
    ) -> None:
        super().__init__(app)
        self._end, self._close = end, close
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._woken = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._woken.activated.connect(self._wake)
        self._before: dict[int, object] = {}
        self._wakeup = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            if number is not None:
                self._before[number] = signal.signal(number, self._quit)
        app.commitDataRequest.connect(lambda _manager: self._end())

    def stop(self) -> None:
        """Restore the signal handlers; those that would kill the closing process are ignored."""
        for number, previous in self._before.items():
            if previous == signal.SIG_DFL:
                signal.signal(number, signal.SIG_IGN)
            elif callable(previous) or isinstance(previous, int):
                signal.signal(number, previous)
        self._before.clear()
        signal.set_wakeup_fd(self._wakeup)
        self._woken.setEnabled(False)
        self._reader.close()
        self._writer.close()

    def _quit(self, _number: int, _frame: object) -> None:
        self._end()
        QTimer.singleShot(0, self, self._close)

    def _wake(self) -> None:
        # Returning to Python suffices: its signal handler runs first.
        try:
            self._reader.recv(64)
        except BlockingIOError:
            return


#: Milliseconds until the window is shown and the library open.
_SETTLED_MS = 4000


def run(
    library_path: str | Path | None = None, argv: Sequence[str] = (), files: Sequence[str] = ()
) -> int:
    """Open a window of a library (None for the last one) and return its exit code.

    `files` are paths and links to add. A second start with the same library raises the first
    window, passes them on and returns 0.
    """
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication(["workbench", *argv])
    app.setApplicationName("engram-workbench")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("engram-workbench")
    settings = remembered.load()
    path = choose_library(library_path, settings.library)
    requested = [absolute(name) for name in files]
    if raise_first(path, requested):
        return 0
    language.choose(settings.language)
    language.translate_qt(app)
    # Deferred, as texts in tables are translated on import.
    from workbench.ui.window.session import At, Session

    crashed = running.crashed(str(path))
    this = running.Run()
    theme.zoom_first(settings.zoom)
    try:
        theme.apply(app, settings.theme, sheet=False)
    except WorkbenchError as error:
        _log.warning("%s", error)
        theme.apply(app, "system", sheet=False)
    app.setWindowIcon(theme.icon("library", "accent"))
    window = make_window(path, open_to_read, settings)
    notes = reports.Notes(this.id, window.reports.fault)
    session = Session(window.context, this, window.collect_settings)
    if crashed:
        session.restore(At.from_record(crashed[0].at))
        window.reports.report_crash(crashed[0])
    if library_path is None and settings.library and path != Path(settings.library):
        window.problems.report_missing(Path(settings.library), path)
    first = First(path, window)
    first.requested.connect(lambda more: greet(window, more))
    if first.problem:
        window.bars.say("first", first.problem)
    window.shelf.switched.connect(lambda: first.listen(window.shelf.path))
    # From now on, a second start must not find this window.
    window.shelf.closing.connect(first.close)
    orderly = Orderly(app, this.end, window.close)
    screen.show(window)
    if requested:
        window.adding.add_arguments(requested)
    pauses = ShortPauses(app)
    window.shelf.switched.connect(pauses.look_through_all)
    quicker = delayed(app, lambda: _make_quicker(window))
    quicker.start(_SETTLED_MS)
    code = app.exec()
    quicker.stop()
    _stop_making()
    pauses.stop()
    this.end()
    notes.close()
    orderly.stop()
    if not window.ended:
        _leave(code)
    return code


def make_window(
    path: Path, opener: "OpenLibrary", settings: Settings, *, remember: bool = True
) -> "MainWindow":
    """Create the window of a library; its parts are imported here."""
    from workbench.ui.window.main import MainWindow

    return MainWindow(path, opener, settings, remember=remember)


def _make_quicker(window: "MainWindow") -> None:
    """Compile the simulation's loops, or load them from the cache.

    Not while something is being added, as the window would stutter.
    """
    from workbench import kernels
    from workbench.brain.engine.kernel_set import BRAIN_KERNELS

    kernels.begin([BRAIN_KERNELS], lambda: is_adding(window.shelf))


def is_adding(shelf: "Shelf") -> bool:
    """Whether items are being added to the library; a paused queue does not count."""
    from workbench.intake.queue import UNFINISHED

    return bool(shelf.coming) or any(row.state in UNFINISHED for row in shelf.queue)


def _stop_making() -> None:
    from workbench import kernels

    kernels.end()


def absolute(name: str) -> str:
    """An absolute path, or a link as it is: another process has another working folder."""
    return name if "://" in name else str(Path(name).expanduser().absolute())


def greet(window: "MainWindow", files: Sequence[str]) -> None:
    """Handle a second start: raise the window and add its files."""
    come_forward(window)
    if files:
        window.adding.add_arguments(files)


def _leave(code: int) -> NoReturn:
    """End the process while threads still wait for a lock of another program.

    The library survives this without loss; the interpreter's own shutdown is skipped, as such a
    thread might resume during it.
    """
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def choose_library(named: str | Path | None, last: str) -> Path:
    """The named library, else the last one if it exists, else the default."""
    if named is not None:
        return Path(named).expanduser().absolute()
    if last and Path(last).exists():
        return Path(last)
    return paths.default_library()


def open_library(path: Path, *, background: bool = False) -> "Library":
    """Open a library. Runs on a worker, which imports numpy and SQLite."""
    from workbench.library import Library
    from workbench.ui.shelf.calls import is_remote

    if is_remote(path):
        from workbench.library.remote import open_connection

        return open_connection(path)
    permissions.folder(path.parent)
    return Library.open(path, background=background)


def open_to_read(path: Path) -> "Library":
    """Open a library for a window, with background embedding."""
    return open_library(path, background=True)


def come_forward(window: "MainWindow") -> None:
    """Bring the window to the front."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


if __name__ == "__main__":
    sys.exit(run())
