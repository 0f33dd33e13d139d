"""What holds the library up and passes: nothing is lost, the bar says so, it goes on by itself."""

import sqlite3
from concurrent.futures import wait
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.patience import seconds
from tests.ui.conftest import MakeWindow
from tests.ui.fake_library import as_library
from tests.ui.fake_shelf import FakeShelfLibrary, job
from tests.ui.stage import fill, library_of, settled, words_of
from workbench.errors import (
    LibraryError,
    LibraryFullError,
    LibraryLockedError,
    LibraryUnreachableError,
    WorkbenchError,
)
from workbench.library import Library
from workbench.ui.app import open_library
from workbench.ui.shelf import opened as shelves
from workbench.ui.window.library_problems import MISSING, QUEUE, SUSPENDED
from workbench.ui.window.main import MainWindow

LOCKED = LibraryLockedError("The library is being written.", "Wait until it has finished.")
FULL = LibraryFullError("The disk is full.", "Free some space.")
GONE = LibraryUnreachableError("The disk could not be read.", "Check that it is connected.")


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "_RETRY_DELAYS", (40,))


@pytest.fixture
def window(make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot) -> MainWindow:
    fill(fake)
    made = make_window(fake)
    settled(qtbot, made, 3)
    return made


def _press(window: MainWindow, text: str) -> QPushButton:
    presses = window.bars.findChildren(QPushButton)
    return next(press for press in presses if press.text() == text and press.isVisible())


@pytest.mark.slow
@pytest.mark.parametrize("error", [LOCKED, FULL, GONE])
def test_e2_what_was_changed_waits_and_is_made_when_the_cause_has_passed(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot, error: WorkbenchError
) -> None:
    fake.refuses = error
    window.shelf.trash([1])
    window.shelf.create_collection("Night")
    qtbot.waitUntil(lambda: window.bars.has(SUSPENDED))
    told = words_of(window.bars)
    assert error.message in told
    assert "2 changes of yours wait and nothing is lost." in told
    assert QApplication.activeModalWidget() is None
    assert not window.toasts.isVisible()
    qtbot.wait(120)
    assert "Night" not in fake.names
    fake.refuses = None
    qtbot.waitUntil(lambda: "Night" in fake.names)
    settled(qtbot, window, 2)
    assert not window.bars.has(SUSPENDED)
    assert window.shelf.acts.applied


@pytest.mark.slow
def test_e2_files_that_were_dropped_meanwhile_wait_too(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fake.refuses = LOCKED
    window.adding.add([Path("/b/one.txt")])
    qtbot.waitUntil(lambda: window.bars.has(SUSPENDED))
    window.adding.add([Path("/b/two.txt")])
    qtbot.waitUntil(lambda: len(window.activity.model.rows) == 2)
    fake.refuses = None
    QTest.mouseClick(_press(window, "Try now"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: [w.paths for w in fake.wanted] == [("/b/one.txt",), ("/b/two.txt",)])


@pytest.mark.slow
def test_e2_one_may_give_up_waiting(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fake.refuses = FULL
    window.shelf.trash([1])
    window.adding.add([Path("/b/one.txt")])
    qtbot.waitUntil(lambda: window.bars.has(SUSPENDED))
    qtbot.waitUntil(lambda: bool(window.activity.model.rows))
    QTest.mouseClick(_press(window, "Give up"), Qt.MouseButton.LeftButton)
    assert not window.bars.has(SUSPENDED)
    fake.refuses = None
    qtbot.waitUntil(lambda: not window.activity.model.rows)
    qtbot.wait(80)
    assert fake.wanted == []
    assert fake.books[1].row.trashed is None


@pytest.mark.slow
def test_e2_undo_that_waits_is_made_and_one_that_is_given_up_is_not(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window.shelf.trash([1])
    settled(qtbot, window, 2)
    fake.refuses = LOCKED
    window.shelf.step_back()
    qtbot.waitUntil(lambda: window.bars.has(SUSPENDED))
    window.shelf.discard_waiting()
    qtbot.waitUntil(lambda: window.shelf.acts.undo_text == "Move to Trash")
    window.shelf.step_back()
    qtbot.waitUntil(lambda: window.bars.has(SUSPENDED))
    fake.refuses = None
    settled(qtbot, window, 3)


@pytest.mark.slow
def test_e2_lists_that_cannot_be_read_are_read_when_they_can_be(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(**_how: object) -> list[object]:
        raise GONE

    monkeypatch.setattr(fake, "sources_list", lost)
    fake.tell("sources")
    qtbot.waitUntil(lambda: window.bars.has(SUSPENDED))
    assert "It will continue automatically" in words_of(window.bars)
    assert len(window.library_tab.model.rows) == 3
    monkeypatch.undo()
    monkeypatch.setattr(shelves, "_RETRY_DELAYS", (40,))
    fake.put("New", [("", "Words.")])
    settled(qtbot, window, 4)
    assert not window.bars.has(SUSPENDED)


@pytest.mark.slow
def test_e2_a_library_that_cannot_be_opened_yet_opens_by_itself(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    trouble: list[WorkbenchError] = [LOCKED]

    def opens(_path: Path) -> Library:
        if trouble:
            raise trouble[0]
        return as_library(fake)

    window = make_window(opens=opens)
    qtbot.waitUntil(lambda: LOCKED.message in words_of(window.library_tab))
    window.adding.add([Path("/b/one.txt")])
    qtbot.wait(100)
    trouble.clear()
    settled(qtbot, window, 3)
    qtbot.waitUntil(lambda: [wanted.paths for wanted in fake.wanted] == [("/b/one.txt",)])
    assert not window.bars.has(SUSPENDED)


@pytest.mark.slow
def test_e2_what_does_not_pass_is_told_at_once(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fake.refuses = LibraryError("The library can only be read here.", "Copy it.")
    window.shelf.trash([1])
    qtbot.waitUntil(lambda: "only be read here" in window.toasts.text)
    assert not window.bars.has(SUSPENDED)
    assert window.shelf.waiting == 0


@pytest.mark.slow
def test_e2_a_queue_that_is_held_up_is_told_above_the_page(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fake.jobs = [job(1, "a.txt", "paused", error="The disk is full.", hint="Free some space.")]
    fake.tell("queue")
    qtbot.waitUntil(lambda: window.bars.has(QUEUE))
    assert "Finished work is kept" in words_of(window.bars)
    fake.jobs = [job(1, "a.txt", "running")]
    fake.tell("queue")
    qtbot.waitUntil(lambda: not window.bars.has(QUEUE))


@pytest.mark.slow
def test_e1_what_holds_up_the_queue_can_be_dismissed_and_another_cause_is_told(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fake.jobs = [job(1, "a.txt", "paused", error="The disk is full.", hint="Free some space.")]
    fake.tell("queue")
    qtbot.waitUntil(lambda: window.bars.has(QUEUE))
    presses = {press.text(): press for press in window.bars.findChildren(QPushButton)}
    presses["Dismiss"].click()
    assert not window.bars.has(QUEUE)
    with qtbot.waitSignal(window.shelf.queue_changed):
        fake.tell("queue")
    assert not window.bars.has(QUEUE)
    fake.jobs = [job(1, "a.txt", "paused", error="The disk is gone.", hint="Connect it.")]
    fake.tell("queue")
    qtbot.waitUntil(lambda: window.bars.has(QUEUE))
    assert "The disk is gone." in words_of(window.bars)
    fake.jobs = [job(1, "a.txt", "paused", error="The disk is full.", hint="Free some space.")]
    fake.tell("queue")
    qtbot.waitUntil(lambda: "The disk is full." in words_of(window.bars))


@pytest.mark.slow
def test_e2_closing_makes_what_waits_if_it_can_be_made(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fake.refuses = LOCKED
    window.shelf.trash([1])
    qtbot.waitUntil(lambda: window.bars.has(SUSPENDED))
    fake.refuses = None
    window.close()
    assert fake.books[1].row.trashed is not None


@pytest.mark.slow
def test_e2_closing_makes_what_was_just_tried_in_vain(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fake.refuses = LOCKED
    window.shelf.trash([1])
    # It has failed on its worker, and nobody has heard of it yet.
    job = window.shelf._changing
    assert job is not None
    assert job[1].future is not None
    wait([job[1].future], timeout=seconds(60))
    fake.refuses = None
    window.close()
    assert fake.books[1].row.trashed is not None


@pytest.mark.slow
def test_e2_a_library_that_may_only_be_read_says_so_above_the_page(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "Thesis.brain"
    open_library(path).close()

    def opens(where: Path) -> Library:
        return Library.open(where, read_only=True)

    window = make_window(opens=opens)
    qtbot.waitUntil(lambda: "can only be read" in words_of(window.bars))
    window.shelf.create_collection("Night")
    qtbot.waitUntil(lambda: "can only be read" in window.toasts.text)


@pytest.mark.slow
def test_e2_a_real_lock_of_another_program_is_waited_for(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window()
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    library = library_of(window)
    library._store._busy = 0.1
    assert library._store._writer is not None
    library._store._writer._busy = 0.1
    other = sqlite3.connect(window.shelf.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    window.shelf.create_collection("Night")
    qtbot.waitUntil(lambda: window.bars.has(SUSPENDED))
    assert "being written by another program" in words_of(window.bars)
    other.execute("ROLLBACK")
    other.close()
    qtbot.waitUntil(lambda: [row.name for row in window.shelf.collections] == ["Night"])
    assert not window.bars.has(SUSPENDED)


def test_e2_a_library_that_is_not_where_it_was_is_named(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot, tmp_path: Path
) -> None:
    lost = tmp_path / "stick" / "Mine.brain"
    window.problems.report_missing(lost, window.shelf.path)
    told = words_of(window.bars)
    assert "“Mine.brain” has moved or is missing, so “Thesis.brain” is open." in told
    QTest.mouseClick(_press(window, "Open it"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.shelf.path == lost)
    assert not window.bars.has(MISSING)
