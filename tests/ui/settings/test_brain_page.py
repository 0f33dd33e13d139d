"""The page of the brain: its size is chosen once, its loops are compiled beside the window."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fits import clipped
from tests.ui.looks import unnamed
from tests.ui.stage import came_to_rest, label_words
from workbench import kernels
from workbench.brain.engine.kernel_set import BRAIN_KERNELS
from workbench.brain.records import Lesson
from workbench.jobs import Cancel, Progress, Report
from workbench.ui.components import words
from workbench.ui.settings.brain import BrainPage, changes
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import BRAIN


@pytest.fixture
def window(make_window: MakeWindow, qtbot: QtBot) -> MainWindow:
    made = make_window()
    qtbot.waitUntil(lambda: made.shelf.library is not None)
    return made


def _opened(window: MainWindow, qtbot: QtBot) -> BrainPage:
    page = window.preferences.pages.of(BrainPage)
    window.preferences.show(page)
    qtbot.waitUntil(_says(page, "2 million neurons"))
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


@pytest.mark.slow
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
    qtbot.waitUntil(lambda: library.brain.status().scale == 0.01)
    assert window.settings.brain_scale == 0.01
    looked = page.brain.state
    qtbot.waitUntil(lambda: page.brain.state is not None and page.brain.state.scale == 0.01)
    assert looked is not None
    window.navigate.show_tab(BRAIN)
    told = f"{words.large(19_920)} neurons"
    qtbot.waitUntil(lambda: told in window.navigate.lab.extent.text())


@pytest.mark.slow
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
    monkeypatch.setattr(kernels, "is_cached", lambda _each: False)
    page = _opened(window, qtbot)
    assert "Not compiled" in label_words(page)
    # Nothing is said to be under way that is not.
    assert "Being " not in label_words(page)
    assert not _press(page, "Measure: step time").isEnabled()
    _press(page, "Compile: the loops").click()
    qtbot.waitUntil(_says(page, "2 of 7 functions"))
    window.navigate.show_panel("activity")
    assert "Compiling the loops of the brain" in label_words(window.activity.tasks)
    _press(page, "Stop: the loops").click()
    qtbot.waitUntil(lambda: window.preferences.works["brain"].subject == "")
    qtbot.waitUntil(_says(page, "Not compiled"))
    over = True
    _press(page, "Compile: the loops").click()
    ready.add(BRAIN_KERNELS.name)
    qtbot.waitUntil(_says(page, "Ready"))
    assert _press(page, "Measure: step time").isEnabled()


@pytest.mark.slow
def test_the_step_time_is_measured_at_every_size(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workbench.brain import sizes

    page = _opened(window, qtbot)
    real = sizes.step_times
    monkeypatch.setattr(sizes, "_ROUNDS", 1)
    monkeypatch.setattr(
        sizes, "step_times",
        lambda report, cancel: real((0.01,), report, cancel),
    )  # fmt: skip
    page.brain.measure()
    qtbot.waitUntil(lambda: page.brain.steps.get(0.01, 0) > 0)
    qtbot.waitUntil(_says(page, "ms a step"))


def _forgets(page: BrainPage) -> list[QPushButton]:
    return [
        each
        for each in page.findChildren(QPushButton)
        if each.accessibleName().startswith("Forget this lesson: ") and each.isVisible()
    ]


def _forgettable(page: BrainPage, many: int) -> Callable[[], bool]:
    return lambda: len(_forgets(page)) == many


@pytest.mark.slow
def test_what_asking_has_taught_is_listed_and_each_lesson_can_be_forgotten(
    window: MainWindow, qtbot: QtBot
) -> None:
    library = window.shelf.library
    assert library is not None
    page = _opened(window, qtbot)
    assert "Nothing yet. When you open or pin" in label_words(page)
    library.brain.configure(scale=0.01)
    library.facts.tell("Clara Voss founded the Kiln Press. Clara Voss bought a schooner.")
    library.graph.link()
    edges = library.graph.neighbourhood("Clara Voss").edges
    for name in ("schooner", "Kiln Press"):
        (edge,) = (each for each in edges if each.tail_name == name)
        library.brain.recall("Clara Voss")
        library.memory.used(*[each.engram for each in library.graph.evidence(edge.id)])
        library.brain.lessons()
    before = library.brain.lessons()
    assert before
    page.refresh()
    qtbot.waitUntil(_says(page, "You opened a suggested passage"))
    assert "Clara Voss – " in label_words(page)
    assert unnamed(window) == []
    came_to_rest(qtbot, window)
    assert clipped(window) == []
    for left in range(len(before), 0, -1):
        qtbot.waitUntil(_forgettable(page, left))
        _forgets(page)[0].click()
    qtbot.waitUntil(_says(page, "Nothing yet. When you open or pin"))
    assert library.brain.lessons() == []
    assert library.brain.status().taught == 0


def test_a_lesson_names_each_pair_once_and_says_how_much_it_changed() -> None:
    links = (
        ("A-1", "B", 0.051), ("B", "A-1", 0.05), ("B", "C", -0.02), ("C", "D", 0.01),
        ("D", "E", 0.01),
    )  # fmt: skip
    told = changes(Lesson(1, 0.0, "opened", links))
    assert told == "A-1 – B +0.05, B – C −0.02, C – D +0.01 and 1 other link"
