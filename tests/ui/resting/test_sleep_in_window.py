"""Sleep in the window: previewed, stopped, reported and taken back, in place and beside asking."""

import time
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary
from tests.ui.fits import clipped
from tests.ui.looks import unnamed
from tests.ui.resting.night import lived, press, pressed
from tests.ui.stage import came_to_rest, library_of, words_of
from workbench.errors import LibraryLockedError
from workbench.jobs import Cancel, Progress, Report
from workbench.library import Library
from workbench.sleep.records import Proposal, Slept
from workbench.ui import theme
from workbench.ui.settings.appearance import SleepSettingsPage
from workbench.ui.today.ideas import Idea
from workbench.ui.today.requests import TodayRequests
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import BRAIN, LIBRARY, TODAY


@pytest.fixture
def window(make_window: MakeWindow, qtbot: QtBot) -> MainWindow:
    return lived(make_window, qtbot)


def _facts(library: Library) -> list[tuple[str, bool, float]]:
    return sorted(
        (fact.text, fact.archived, round(fact.strength, 3)) for fact in library.facts.list()
    )


def _asleep(window: MainWindow, qtbot: QtBot) -> Slept:
    window.actions_by_name["sleep"].trigger()
    qtbot.waitUntil(lambda: window.sleep_actions.asleep)
    qtbot.waitUntil(lambda: window.sleep_actions.undoable is not None)
    found = window.sleep_actions.undoable
    assert found is not None
    return found


@pytest.mark.slow
def test_t3_the_preview_changes_nothing_and_leads_to_sleep(
    window: MainWindow, qtbot: QtBot
) -> None:
    library = library_of(window)
    before = _facts(library)
    window.actions_by_name["preview_sleep"].trigger()
    page = window.today_tab.sleep_page
    qtbot.waitUntil(lambda: page.shown is not None)
    qtbot.waitUntil(lambda: "Nothing has been changed" in words_of(page))
    told = words_of(page)
    assert "Nothing is deleted." in told
    assert page.shown is not None
    assert page.shown.state == "preview"
    assert press(page, "Sleep now").property("kind") == "primary"
    qtbot.waitUntil(press(page, "Sleep now").hasFocus)
    assert not unnamed(window)
    assert _facts(library) == before
    assert library.sleep.history() == []
    pressed(qtbot, page, "Sleep now")
    qtbot.waitUntil(lambda: bool(library.sleep.history()))
    qtbot.waitUntil(lambda: not window.sleep_actions.asleep)


@pytest.mark.slow
def test_t3_the_report_lists_what_was_done_and_one_undo_takes_it_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    library = library_of(window)
    before = _facts(library)
    slept = _asleep(window, qtbot)
    assert "Slept" in window.status.rest.text()
    qtbot.waitUntil(lambda: "Last sleep" in words_of(window.today_tab))
    assert "Nothing was deleted" in words_of(window.today_tab)
    pressed(qtbot, window.today_tab, "Report")
    page = window.today_tab.sleep_page
    assert page.isVisible()
    came_to_rest(qtbot, window)
    told = words_of(page)
    for part, count in (("Strengthened", slept.replayed), ("Merged", slept.merged)):
        assert (part in told) == bool(count)
    assert told.count("Nothing was deleted") == 1
    assert not unnamed(window)
    pressed(qtbot, page, "Undo this sleep")
    qtbot.waitUntil(lambda: library.sleep.history()[0].state == "undone")
    qtbot.waitUntil(lambda: "The sleep is undone" in window.toasts.text)
    assert not page.isVisible()
    assert _facts(library) == before


@pytest.mark.slow
def test_t3_the_undo_of_the_menu_takes_a_sleep_back(window: MainWindow, qtbot: QtBot) -> None:
    library = library_of(window)
    _asleep(window, qtbot)
    undo = window.actions_by_name["undo"]
    qtbot.waitUntil(lambda: undo.text().endswith("Sleep"))
    undo.trigger()
    qtbot.waitUntil(lambda: library.sleep.history()[0].state == "undone")
    qtbot.waitUntil(lambda: window.sleep_actions.undoable is None)
    assert not window.actions_by_name["undo_sleep"].isEnabled()


@pytest.mark.slow
def test_t3_the_next_sleep_is_told_and_its_settings_are_set_in_place(
    window: MainWindow, qtbot: QtBot
) -> None:
    library = library_of(window)
    assert "Sleeps" in window.status.rest.text()
    window.status.rest.click()
    settings = window.preferences.pages.of(SleepSettingsPage).rest
    qtbot.waitUntil(settings.automatic.hasFocus)
    settings.every.setCurrentIndex(0)
    settings.every.activated.emit(0)
    qtbot.waitUntil(lambda: library.sleep.configure().every_hours == 6.0)
    settings.automatic.click()
    qtbot.waitUntil(lambda: not library.sleep.configure().automatic)
    qtbot.waitUntil(lambda: not settings.every.isEnabled())
    QTest.keyClick(settings.automatic, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not settings.isVisible())
    assert window.navigate.at == window.tabs.currentIndex()


@pytest.mark.slow
def test_a13_learning_from_asking_is_shown_and_switched_off(
    window: MainWindow, qtbot: QtBot
) -> None:
    library = library_of(window)
    window.actions_by_name["sleep_settings"].trigger()
    switch = window.preferences.pages.of(SleepSettingsPage).rest.learning
    qtbot.waitUntil(switch.isEnabled)
    assert switch.isChecked()
    switch.click()
    qtbot.waitUntil(lambda: not library.brain.configure().learning)
    qtbot.waitUntil(lambda: "Learning off" in window.status.rest.text())
    switch.click()
    qtbot.waitUntil(lambda: "Learning off" not in window.status.rest.text())


def _holds(library: Library, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Have sleep go on until it is stopped."""
    seen = SimpleNamespace(ended=False)

    def sleep(*, why: str, report: Report, cancel: Cancel) -> Slept:
        seen.why = why
        report(Progress("asleep", 3000, 100_000, "memories", "merging"))
        try:
            while True:
                cancel.check()
                cancel.wait(0.5)
        finally:
            seen.ended = True

    monkeypatch.setattr(library.sleep, "run", sleep)
    return seen


@pytest.mark.slow
def test_t4_sleep_is_told_and_stopped_in_activity_while_asking_goes_on(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = _holds(library_of(window), monkeypatch)
    window.navigate.show_panel("activity")
    window.sleep_actions.sleep()
    tasks = window.activity.tasks
    qtbot.waitUntil(lambda: "of 100\u202f000 memories" in words_of(tasks))
    assert "Merging · 3\u202f000" in words_of(tasks)
    assert window.status.rest.text().strip() == "Asleep"
    assert not window.actions_by_name["sleep"].isEnabled()
    window.navigate.focus_question()
    qtbot.waitUntil(lambda: window.ask_tab.composer.ready)
    window.ask_tab.composer.field.setText("When do savings fall?")
    window.ask_tab.composer.ask()
    qtbot.waitUntil(lambda: window.ask_tab.answer is not None)
    assert window.sleep_actions.asleep
    window.navigate.show_panel("activity")
    press(tasks, "Stop").click()
    qtbot.waitUntil(lambda: not window.sleep_actions.asleep)
    assert seen.ended
    assert "Nothing was lost" in window.toasts.text


@pytest.mark.slow
def test_t4_sleep_ends_with_the_window(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = _holds(library_of(window), monkeypatch)
    window.sleep_actions.sleep()
    qtbot.waitUntil(lambda: hasattr(seen, "why"))
    window.close()
    assert window.ended
    assert seen.ended


@pytest.mark.slow
def test_t4_a_sleep_that_was_cut_off_says_so_and_goes_on(
    make_window: MakeWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = lived(make_window, qtbot)
    library = library_of(window)
    state = library.sleep.state()

    monkeypatch.setattr(library.sleep, "state", lambda: replace(state, interrupted=1))
    window.sleep_actions.refresh()
    window.navigate.show_tab(LIBRARY)
    window.today_tab.refresh()
    window.navigate.show_tab(TODAY)
    qtbot.waitUntil(lambda: "Sleep was interrupted" in words_of(window.today_tab))
    assert "Nothing was lost." in words_of(window.today_tab)
    monkeypatch.undo()
    pressed(qtbot, window.today_tab, "Sleep now")
    qtbot.waitUntil(lambda: bool(library.sleep.history()))
    qtbot.waitUntil(lambda: "Sleep was interrupted" not in words_of(window.today_tab))


@pytest.mark.slow
def test_t4_what_cannot_sleep_now_says_why_in_its_line(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sleep(**_options: object) -> Slept:
        raise LibraryLockedError("The library is asleep already.", "Wait until it is awake.")

    monkeypatch.setattr(library_of(window).sleep, "run", sleep)
    window.sleep_actions.sleep()
    tasks = window.activity.tasks
    qtbot.waitUntil(lambda: "asleep already" in words_of(tasks))


@pytest.mark.slow
@pytest.mark.parametrize(("rested", "why"), [(5.0, None), (3600.0, "idle")])
def test_t4_the_library_sleeps_by_itself_once_nobody_is_there(
    window: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    rested: float,
    why: str | None,
) -> None:
    seen = _holds(library_of(window), monkeypatch)
    idling = window.sleep_actions.idling
    now = SimpleNamespace(seconds=0.0)
    clock = SimpleNamespace(monotonic=lambda: now.seconds, time=time.time)
    monkeypatch.setattr("workbench.ui.window.sleep_actions.time", clock)
    QTest.mouseMove(window.windowHandle())
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    assert idling.seconds == 0.0
    now.seconds = rested
    asked = _count(monkeypatch, library_of(window))
    idling.tick()
    qtbot.waitUntil(lambda: asked() > 0 and window.jobs.busy <= bool(why))
    if why is not None:
        qtbot.waitUntil(lambda: hasattr(seen, "why"))
    assert getattr(seen, "why", None) == why


def _count(monkeypatch: pytest.MonkeyPatch, library: Library) -> Callable[[], int]:
    calls: list[int] = []
    state = library.sleep.state

    def counted() -> object:
        calls.append(1)
        return state()

    monkeypatch.setattr(library.sleep, "state", counted)
    return lambda: len(calls)


@pytest.mark.slow
@pytest.mark.parametrize("wanted", [False, True])
def test_today_shows_ideas_only_where_they_are_wanted(
    make_window: MakeWindow,
    fake: FakeShelfLibrary,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    wanted: bool,
) -> None:
    idea = Proposal(1, "Dorian", "genius", "is_a", "No.", ("Dorian", "women", "genius"), "open")
    monkeypatch.setattr(fake, "sleep_proposals", lambda **_options: [idea])
    fake.sleep.configure(propose=wanted)
    fake.put("Dorian Gray", [("", "He was young.")])
    window = make_window(fake, tab=TODAY)
    qtbot.waitUntil(lambda: window.today_tab.gathered is not None)
    assert bool(window.today_tab.ideas) == wanted
    # What was put into a layout is shown in the next turn of the loop.
    qtbot.waitUntil(lambda: ("genius" in words_of(window.today_tab)) == wanted)


def test_ideas_are_accepted_rejected_and_opened_again(qtbot: QtBot) -> None:
    proposal = Proposal(
        1, "Replay", "Reward", "related_to", "Both go with Dopamine.",
        ("Replay", "Dopamine", "Reward"), "open",
    )  # fmt: skip
    wanted = TodayRequests()
    idea = Idea(proposal, wanted, more=2)
    qtbot.addWidget(idea)
    idea.show()
    assert "No passage says this. Both go with Dopamine." in words_of(idea)
    assert "2 more" in words_of(idea)
    press(idea, "Show path").click()
    assert "Replay → Dopamine → Reward" in words_of(idea)
    with qtbot.waitSignal(wanted.decided) as told:
        press(idea, "Accept").click()
    assert told.args == [proposal, True]
    idea.settle("accepted")
    qtbot.waitUntil(lambda: "Accepted." in words_of(idea))
    with qtbot.waitSignal(wanted.undecided):
        press(idea, "Undo").click()
    idea.settle("open")
    pressed(qtbot, idea, "Reject")


@pytest.mark.slow
def test_working_memory_is_shown_and_rehearsed_in_lab_and_not_on_today(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(tab=TODAY)
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    library = library_of(window)
    (fact,) = library.facts.tell("The archive closes at four.").new
    window.shelf.refresh()
    qtbot.waitUntil(lambda: window.today_tab.gathered is not None)
    assert "Working memory" not in words_of(window.today_tab)
    window.navigate.show_tab(BRAIN)
    working = window.navigate.lab.working
    qtbot.waitUntil(lambda: "3 h left" in words_of(working))
    assert not unnamed(window)
    again = next(each for each in working.findChildren(QToolButton))
    again.click()
    qtbot.waitUntil(lambda: _uses(library, fact) == 1)


def _uses(library: Library, fact: int) -> int:
    strong = library.memory.strength(fact)
    return strong.uses if strong is not None else -1


@pytest.mark.slow
@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_nothing_of_sleep_is_cut_off_in_a_small_window(
    make_window: MakeWindow, qtbot: QtBot, zoom: float
) -> None:

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.zoom_first(zoom)
    theme.apply(app, "light")
    window = lived(make_window, qtbot, size=(1024, 700))
    window.sleep_actions.preview()
    qtbot.waitUntil(lambda: window.today_tab.sleep_page.shown is not None)
    came_to_rest(qtbot, window)
    assert clipped(window) == []
    window.sleep_actions.show_fading()
    qtbot.waitUntil(lambda: bool(window.library_tab.fading.model.rows))
    came_to_rest(qtbot, window)
    assert clipped(window) == []
    assert (window.width(), window.height()) == (1024, 700)
