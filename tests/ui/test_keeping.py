"""Backup, restore, check and repair from the window, on real libraries."""

import sqlite3
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from tests.patience import seconds
from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary
from tests.ui.stage import button_of, came_to_rest, settled, words_of
from workbench.errors import UsageError
from workbench.jobs import Cancel, Progress, Report
from workbench.library import Library
from workbench.store.verify import Verified
from workbench.ui.window.backup_actions import BACKUP, RESTORE
from workbench.ui.window.main import MainWindow


def _told(window: MainWindow) -> str:
    return words_of(window.activity.tasks)


@pytest.fixture
def window(thesis_window: MainWindow) -> MainWindow:
    return thesis_window


@pytest.mark.slow
def test_x1_a_backup_is_made_while_the_window_runs_and_restored_over_the_library(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copies" / "Copy.brain"
    copy.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(copy), ""))
    window.actions_by_name["back_up"].trigger()
    qtbot.waitUntil(lambda: window.toasts.text == "Backed up 1 source to “Copy.brain”")
    assert [action.word for action in window.toasts.offers] == ["Show"]
    qtbot.waitUntil(lambda: "Every row was compared." in _told(window))
    assert copy.exists()
    window.shelf.trash([window.shelf.sources[0].id])
    qtbot.waitUntil(lambda: not window.shelf.sources)

    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(copy), ""))
    window.actions_by_name["restore_backup"].trigger()
    assert window.bars.has(RESTORE)
    assert "moved aside, not deleted" in words_of(window.bars)
    assert QApplication.activeModalWidget() is None
    QTest.mouseClick(button_of(window.bars, "Keep the library"), Qt.MouseButton.LeftButton)
    assert not window.bars.has(RESTORE)
    qtbot.wait(30)
    assert not window.shelf.sources

    window.actions_by_name["restore_backup"].trigger()
    assert window.focusWidget() is button_of(window.bars, "Keep the library")
    QTest.mouseClick(button_of(window.bars, "Restore"), Qt.MouseButton.LeftButton)
    settled(qtbot, window, 1)
    qtbot.waitUntil(lambda: "Restored 1 source" in _told(window))
    qtbot.waitUntil(lambda: "Your library is as it was when the backup was made." in _told(window))
    assert "What was there before is now" in _told(window)
    asides = [file for file in tmp_path.glob("*.brain") if file.name != "Thesis.brain"]
    assert len(asides) == 1
    with Library.open(asides[0]) as before:
        assert len(before.sources.list(trashed=True)) == 1


@pytest.mark.slow
def test_x1_a_spoilt_backup_is_refused_and_the_library_opens_again(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    spoilt = tmp_path / "spoilt.brain"
    spoilt.write_bytes(b"no library at all" * 100)
    window.backup_actions.restore_from(spoilt)
    qtbot.waitUntil(lambda: "is not a backup of a library" in _told(window))
    settled(qtbot, window, 1)
    button_of(window.activity.tasks, "Dismiss").click()
    assert window.activity.tasks.is_empty


@pytest.mark.slow
def test_x1_a_backup_can_be_stopped_and_says_how_far_it_is(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot, tmp_path: Path
) -> None:
    stopped = threading.Event()

    def backup(file: Path, *, report: Report, cancel: Cancel, **_options: object) -> None:
        report(Progress("copying", 45, 100, "pages", file.name))
        cancel.wait(seconds(20))
        stopped.set()
        cancel.check()

    fake.backup = backup  # type: ignore[attr-defined]
    window = make_window(fake)
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    window.backup_actions.back_up_to(tmp_path / "Copy.brain")
    qtbot.waitUntil(lambda: "Backing up 45\u202f%" in window.status.queue.text())
    window.navigate.show_queue()
    assert "Copying · 45\u202f%" in _told(window)
    cancel = button_of(window.activity.tasks, "Cancel")
    assert cancel.accessibleName() == "Cancel: Backing up"
    QTest.keyClick(cancel, Qt.Key.Key_Space)
    assert window.activity.tasks.is_empty
    assert "Backing up" not in window.status.queue.text()
    qtbot.waitUntil(stopped.is_set)
    assert not window.toasts.isVisible()


@pytest.mark.slow
def test_a_message_alone_in_activity_is_as_high_as_what_it_says(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window = make_window(fake)
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    tasks = window.activity.tasks
    tasks.settle("backup", "done", "Backed up 3 sources", "Every row was compared.")
    window.navigate.show_panel("activity")
    came_to_rest(qtbot, window)
    assert tasks.height() <= tasks.sizeHint().height() + 2


@pytest.mark.slow
def test_e1_a_backup_that_fails_says_why_in_its_line(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot, tmp_path: Path
) -> None:
    def backup(_file: Path, **_options: object) -> None:
        raise UsageError("There is something else of that name.", "Choose another name.")

    fake.backup = backup  # type: ignore[attr-defined]
    window = make_window(fake)
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    window.backup_actions.back_up_to(tmp_path / "Copy.brain")
    qtbot.waitUntil(lambda: "There is something else of that name." in _told(window))
    button_of(window.activity.tasks, "Copy details").click()
    assert "code: usage" in QApplication.clipboard().text()


@pytest.mark.slow
def test_verify_tells_that_the_library_is_sound(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_by_name["verify"].trigger()
    qtbot.waitUntil(lambda: "The library is sound" in _told(window))
    assert "1 source" in _told(window)


@pytest.mark.slow
def test_verify_offers_repair_where_something_derivable_is_wrong(
    window: MainWindow, qtbot: QtBot
) -> None:
    other = sqlite3.connect(window.shelf.path, isolation_level=None)
    other.execute("UPDATE source SET passages = passages + 7")
    other.close()
    window.backup_actions.verify()
    qtbot.waitUntil(lambda: "problem" in _told(window))
    QTest.mouseClick(button_of(window.activity.tasks, "Repair"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "The library is sound again" in _told(window))
    assert "Repaired:" in _told(window)


@pytest.mark.slow
def test_what_cannot_be_mended_leads_to_a_backup(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    problems = tuple(f"Page {n} of the file is lost." for n in range(5))
    found = Verified(False, 1, 2, 3, 0.1, problems)
    fake.verify = lambda repair: found  # type: ignore[attr-defined]
    window = make_window(fake)
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    window.backup_actions.verify(repair=True)
    qtbot.waitUntil(lambda: "The library has 5 problems" in _told(window))
    assert "And 2 more." in _told(window)
    assert button_of(window.activity.tasks, "Restore from Backup…").isVisible()
    button_of(window.activity.tasks, "Copy details").click()
    assert QApplication.clipboard().text().count("is lost") == 5


@pytest.mark.slow
def test_another_library_takes_the_lines_of_the_first_away(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window(fake)
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    window.activity.tasks.begin(BACKUP, "Backing up", None)
    assert "Backing up" in window.status.queue.text()
    window.libraries.switch(str(tmp_path / "Other.brain"))
    qtbot.waitUntil(lambda: window.activity.tasks.is_empty)
