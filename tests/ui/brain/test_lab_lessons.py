"""What Lab says of the brain itself: its loops are compiled beside the window, lessons listed."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fits import clipped
from tests.ui.looks import unnamed
from tests.ui.stage import came_to_rest, words_of
from workbench import kernels
from workbench.brain.engine.kernel_set import BRAIN_KERNELS
from workbench.brain.records import Lesson
from workbench.jobs import Cancel, Progress, Report
from workbench.ui.brain.lists import Lessons, changes
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import BRAIN


@pytest.fixture
def window(make_window: MakeWindow, qtbot: QtBot) -> MainWindow:
    made = make_window()
    qtbot.waitUntil(lambda: made.shelf.library is not None)
    library = made.shelf.library
    assert library is not None
    library.brain.configure(scale=0.01)
    library.facts.tell("Clara Voss founded the Kiln Press. Clara Voss bought a schooner.")
    library.graph.link()
    made.navigate.show_tab(BRAIN)
    lab = made.navigate.lab
    qtbot.waitUntil(lambda: lab.status is not None and lab.lessons.isVisible())
    return made


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
    lab, work = window.navigate.lab, window.preferences.works["brain"]
    lab.refresh()
    qtbot.waitUntil(lab.compile.isVisible)
    lab.compile.click()
    assert not lab.compile.isEnabled()
    window.navigate.show_panel("activity")
    assert "Compiling the loops of the brain" in words_of(window.activity.tasks)
    work.stop()
    qtbot.waitUntil(lambda: work.subject == "")
    assert lab.compile.isEnabled()
    over = True
    ready.add(BRAIN_KERNELS.name)
    lab.compile.click()
    qtbot.waitUntil(lambda: not lab.compile.isVisible())


def _forgets(lessons: Lessons) -> list[QToolButton]:
    buttons = lessons.findChildren(QToolButton)
    return [each for each in buttons if each.isVisible()]


def _forgettable(lessons: Lessons, many: int) -> Callable[[], bool]:
    return lambda: len(_forgets(lessons)) == many


@pytest.mark.slow
def test_what_asking_has_taught_is_listed_and_each_lesson_can_be_forgotten(
    window: MainWindow, qtbot: QtBot
) -> None:
    library, lessons = window.shelf.library, window.navigate.lab.lessons
    assert library is not None
    qtbot.waitUntil(lambda: "Nothing yet. A suggestion you open" in words_of(lessons))
    edges = library.graph.neighbourhood("Clara Voss").edges
    for name in ("schooner", "Kiln Press"):
        (edge,) = (each for each in edges if each.tail_name == name)
        library.brain.recall("Clara Voss")
        library.memory.used(*[each.engram for each in library.graph.evidence(edge.id)])
        library.brain.lessons()
    before = library.brain.lessons()
    assert before
    lessons.refresh()
    qtbot.waitUntil(lambda: "You opened a suggested passage" in words_of(lessons))
    assert "Clara Voss – " in words_of(lessons)
    assert unnamed(window) == []
    came_to_rest(qtbot, window)
    assert clipped(window) == []
    for left in range(len(before), 0, -1):
        qtbot.waitUntil(_forgettable(lessons, left))
        _forgets(lessons)[0].click()
    qtbot.waitUntil(lambda: "Nothing yet. A suggestion you open" in words_of(lessons))
    assert library.brain.lessons() == []
    assert library.brain.status().taught == 0


def test_a_lesson_names_each_pair_once_and_says_how_much_it_changed() -> None:
    links = (
        ("A-1", "B", 0.051), ("B", "A-1", 0.05), ("B", "C", -0.02), ("C", "D", 0.01),
        ("D", "E", 0.01),
    )  # fmt: skip
    told = changes(Lesson(1, 0.0, "opened", links))
    assert told == "A-1 – B +0.05, B – C −0.02, C – D +0.01 and 1 other link"
