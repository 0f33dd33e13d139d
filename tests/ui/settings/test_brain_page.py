"""The page of the brain: its size is chosen once, its loops are compiled beside the window."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fits import clipped
from tests.ui.stage import came_to_rest, label_words, unnamed
from workbench import kernels
from workbench.brain.kernel_set import BRAIN_KERNELS
from workbench.jobs import Cancel, Progress, Report
from workbench.ui.components import words
from workbench.ui.settings.brain import BrainPage
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import BRAIN


@pytest.fixture
def window(make_window: MakeWindow, qtbot: QtBot) -> MainWindow:
    made = make_window()
    qtbot.waitUntil(lambda: made.shelf.library is not None, timeout=20_000)
    return made


def _opened(window: MainWindow, qtbot: QtBot) -> BrainPage:
    page = window.preferences.pages.brain
    window.preferences.show(page)
    qtbot.waitUntil(_says(page, "2 million neurons"), timeout=20_000)
    return page


def _says(page: BrainPage, said: str) -> Callable[[], bool]:
    return lambda: said in label_words(page)


def _press(page: BrainPage, name: str) -> QPushButton:
    found = [
        each
        for each in page.findChildren(QPushButton)
        if each.accessibleName() == name and each.isVisible()
    ]
    assert len(found) == 1, name
    return found[0]


def test_b2_the_size_is_chosen_once_and_shown_in_the_tab(window: MainWindow, qtbot: QtBot) -> None:
    page = _opened(window, qtbot)
    told = label_words(page)
    assert "2 billion synapses, computed and not stored" in told
    assert "fits this machine" in told.casefold()
    assert unnamed(window) == []
    came_to_rest(qtbot, window)
    assert clipped(window) == []
    _press(page, f"Use: {words.large(19_920)} neurons").click()
    library = window.shelf.library
    assert library is not None
    qtbot.waitUntil(lambda: library.brain_status().scale == 0.01, timeout=20_000)
    assert window.settings.brain_scale == 0.01
    looked = page.looked
    qtbot.waitUntil(lambda: page.looked is not None and page.looked.scale == 0.01, timeout=20_000)
    assert looked is not None
    window.show_tab(BRAIN)
    told = f"{words.large(19_920)} neurons"
    qtbot.waitUntil(lambda: told in window.brain_tab.extent.text(), timeout=20_000)


def test_loops_are_compiled_beside_the_window_with_progress_and_stop(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = False

    def prepare(_set: object, report: Report, cancel: Cancel) -> bool:
        # Compiling takes half a minute; what becomes of the set is tested with the kernels.
        while not over:
            report(Progress("compiling", 2, 7, "functions"))
            cancel.check()
            cancel.wait(0.02)
        return True

    ready: set[str] = set()
    monkeypatch.setattr(kernels, "prepare", prepare)
    monkeypatch.setattr(kernels, "ready", lambda each: each.name in ready)
    monkeypatch.setattr(kernels, "made", lambda _each: False)
    page = _opened(window, qtbot)
    assert "Not compiled" in label_words(page)
    assert not _press(page, "Measure: step time").isEnabled()
    _press(page, "Compile: the loops").click()
    qtbot.waitUntil(_says(page, "2 of 7 functions"), timeout=20_000)
    assert "Compiling the loops of the brain" in label_words(window.activity.tasks)
    _press(page, "Stop: the loops").click()
    qtbot.waitUntil(lambda: window.preferences.compiling.subject == "", timeout=20_000)
    qtbot.waitUntil(_says(page, "Not compiled"), timeout=20_000)
    over = True
    _press(page, "Compile: the loops").click()
    ready.add(BRAIN_KERNELS.name)
    qtbot.waitUntil(_says(page, "Ready"), timeout=20_000)
    assert _press(page, "Measure: step time").isEnabled()


@pytest.mark.slow
def test_the_step_time_is_measured_at_every_size(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workbench.recall import brain_sizes

    page = _opened(window, qtbot)
    real = brain_sizes.step_times
    monkeypatch.setattr(brain_sizes, "_ROUNDS", 1)
    monkeypatch.setattr(
        brain_sizes, "step_times",
        lambda report, cancel: real((0.01,), report, cancel),
    )  # fmt: skip
    page.measure()
    qtbot.waitUntil(lambda: page.steps.get(0.01, 0) > 0, timeout=20_000)
    qtbot.waitUntil(_says(page, "ms a step"), timeout=20_000)
