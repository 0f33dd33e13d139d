"""The window under test: over a library in memory or a real one, closed and checked after each."""

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.patience import seconds
from tests.ui.fake_library import as_library
from tests.ui.fake_shelf import FakeShelfLibrary
from tests.ui.stage import settled
from workbench.library import Library
from workbench.settings import Settings
from workbench.ui import theme
from workbench.ui.app import open_library
from workbench.ui.jobs import Jobs
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import LIBRARY

_PATIENCE = 20_000  # ms, on a quiet machine

MakeWindow = Callable[..., MainWindow]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Collect garbage on the GUI thread alone, as the program does (`workbench.ui.app`).

    On a worker it may destroy widgets, which ends the process. So it stays off until the last
    fixture has seen all threads end: on a busy machine some outlive the window they worked for.
    """
    if not item.path.is_relative_to(Path(__file__).parent):
        return (yield)
    gc.disable()
    # What is there before the test is neither looked through nor collected again after it: with
    # a thousand tests gone by, that took longer than the tests themselves.
    gc.freeze()
    try:
        return (yield)
    finally:
        gc.enable()


@pytest.fixture(autouse=True)
def _no_timer_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a Qt timer running behind it."""
    yield
    if "qapp" not in request.fixturenames:
        return
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    # By its own type: a weak proxy says what it stands for, and raises when that is gone.
    left = [
        timer
        for timer in gc.get_objects()
        if issubclass(type(timer), QTimer) and isValid(timer) and timer.isActive()
    ]
    names = [f"{timer.objectName()} in {type(timer.parent()).__name__}" for timer in left]
    for timer in left:
        timer.stop()
    if names:
        pytest.fail(f"timers left running: {', '.join(names)}")


class _PatientBot(QtBot):
    """Waits as long as a busy machine may need: what comes ends the waiting at once."""

    def waitSignal(self, signal: Any, *, timeout: int = _PATIENCE, **more: Any) -> Any:
        return super().waitSignal(signal, timeout=round(seconds(timeout)), **more)

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = _PATIENCE) -> None:
        super().waitUntil(callback, timeout=round(seconds(timeout)))


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """What drives widgets."""
    return _PatientBot(request)


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    theme.apply(qapp, "light")
    made = Jobs(workers=2)
    yield made
    made.close()


@pytest.fixture
def fake() -> FakeShelfLibrary:
    """A library in memory."""
    return FakeShelfLibrary()


@pytest.fixture
def make_window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MakeWindow]:
    """Make a window: over a fake library if given, else over a real one that lies in `tmp_path`.

    `exists=False` leaves the library's file unmade, as on a first start. `tab` is shown first. Many
    tests look into the Inspector of a wide window; without `inspector` it is hidden, as at first.
    """
    theme.zoom_first(1.0)
    if not QApplication.allWidgets():
        # As the program starts: the window puts the sheet on when all of its widgets stand. With
        # nothing there, Qt bears that it is taken off.
        qapp.setStyleSheet("")
    theme.apply(qapp, "light", sheet=False)
    made: list[MainWindow] = []

    def make(
        library: FakeShelfLibrary | None = None,
        *,
        exists: bool = True,
        settings: Settings | None = None,
        size: tuple[int, int] = (1440, 900),
        opens: Callable[[Path], object] | None = None,
        tab: int = LIBRARY,
        inspector: bool = True,
    ) -> MainWindow:
        path = tmp_path / "Thesis.brain"
        opener = opens or open_library
        if library is not None:
            library.path = path
            opener = _hand(library)
        if exists and library is not None:
            path.touch()
        elif exists and not path.exists():
            open_library(path).close()
        window = MainWindow(path, opener, settings, remember=False)  # type: ignore[arg-type]
        made.append(window)
        window.tabs.setCurrentIndex(tab)
        if inspector and settings is None and size[0] >= 1180:
            window.docks.wishes["inspector"] = True
        window.resize(*size)
        window.docks.first_sizes()
        window.show()
        qtbot.waitExposed(window)
        return window

    yield make
    for window in made:
        window.close()
        window.deleteLater()
    # They go before the theme is put back: each switch polishes whatever is still there.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme.zoom_first(1.0)
    theme.apply(qapp, "light")


def _hand(library: FakeShelfLibrary) -> Callable[[Path], object]:
    return lambda _path: as_library(library)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt's offscreen plugin warns of every window with a least size, and of raising one."""
    here = os.fspath(Path(__file__).parent)
    for item in items:
        if os.fspath(item.path).startswith(here):
            item.add_marker(pytest.mark.qt_log_ignore("plugin does not support", extend=True))


@pytest.fixture
def thesis_window(make_window: MakeWindow, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """A window on the library “Thesis” with one short source, “tides”."""
    book = tmp_path / "tides.txt"
    book.write_text("The tide was high in March.\n" * 20, encoding="utf-8")
    with Library.open(tmp_path / "Thesis.brain") as library:
        library.add(book)
    made = make_window()
    settled(qtbot, made, 1)
    return made
