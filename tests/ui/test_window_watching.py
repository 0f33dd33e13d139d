"""Watched folders in the window: what is watched, where it goes, what is wrong with it."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary
from tests.ui.stage import fill, settled, words_of
from workbench.errors import InputError
from workbench.intake.records import Watched
from workbench.ui.library.scope import Scope
from workbench.ui.settings.library import LibraryPage
from workbench.ui.window.forms import WatchSheet
from workbench.ui.window.main import MainWindow


def _sheet(window: MainWindow) -> WatchSheet:
    window.actions_by_name["watch"].trigger()
    return window.findChildren(WatchSheet)[-1]


def _stops(sheet: WatchSheet) -> dict[str, QPushButton]:
    """The buttons that stop watching, by folder."""
    named = {each.accessibleName(): each for each in sheet.findChildren(QPushButton)}
    begin = "Stop watching: "
    return {name.removeprefix(begin): each for name, each in named.items() if begin in name}


@pytest.mark.slow
def test_i15_a_folder_is_watched_and_let_go_by_keyboard(
    make_window: MakeWindow,
    fake: FakeShelfLibrary,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fill(fake)
    window = make_window(fake)
    settled(qtbot, window, 3)
    window.collections.choose(Scope("Thesis"))
    sheet = _sheet(window)
    assert not sheet.isModal()
    qtbot.waitUntil(lambda: "No watched folders." in words_of(sheet))
    assert sheet.collection.currentText() == "Thesis"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: "/reading")
    QTest.keyClick(sheet.add_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "/reading" in _stops(sheet))
    assert fake.folders[0].collection == "Thesis"
    qtbot.waitUntil(lambda: "into “Thesis”" in words_of(sheet))
    QTest.keyClick(_stops(sheet)["/reading"], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not fake.folders)
    qtbot.waitUntil(lambda: "No watched folders." in words_of(sheet))
    sheet.close()


@pytest.mark.slow
def test_i15_what_is_wrong_with_a_folder_is_told_in_its_line(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fake.folders = [Watched("/stick", None, time.time(), "The folder is no longer there.")]
    window = make_window(fake)
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    sheet = _sheet(window)
    qtbot.waitUntil(lambda: "no longer there" in words_of(sheet))
    fake.folders = [Watched("/stick", None, fake.folders[0].added, "")]
    fake.tell("queue")
    qtbot.waitUntil(lambda: "no longer there" not in words_of(sheet))
    sheet.close()


@pytest.mark.slow
def test_i15_a_folder_that_cannot_be_watched_says_why_in_the_sheet(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fake.refuses = InputError("There is no folder “gone”.", "Choose another.")
    window = make_window(fake)
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    sheet = _sheet(window)
    sheet.watch(Path("/gone"))
    qtbot.waitUntil(lambda: "There is no folder “gone”." in words_of(sheet))
    assert not window.toasts.isVisible()
    sheet.close()


@pytest.mark.slow
def test_i15_what_lies_in_a_watched_folder_comes_into_a_real_library(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "Reading"
    folder.mkdir()
    (folder / "tides.txt").write_text("The tide was high in March.\n" * 20, encoding="utf-8")
    window = make_window(exists=False)
    qtbot.waitUntil(lambda: window.shelf.loaded)
    sheet = _sheet(window)
    sheet.watch(folder)
    qtbot.waitUntil(lambda: str(folder) in _stops(sheet))
    settled(qtbot, window, 1)
    qtbot.waitUntil(lambda: bool(window.shelf.sources[0].verified), timeout=30_000)
    sheet.close()


@pytest.mark.slow
def test_i15_settings_say_what_is_watched_and_lead_to_the_sheet(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window()
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    preferences = window.preferences
    preferences.show(preferences.pages.of(LibraryPage))
    page = preferences.pages.of(LibraryPage)
    qtbot.waitUntil(lambda: "Watch folders" in words_of(page))
    assert "Off" in words_of(page)
    press = next(b for b in page.findChildren(QPushButton) if b.text() == "Watched folders…")
    press.setFocus()
    QTest.keyClick(press, Qt.Key.Key_Space)
    sheet = window.findChildren(WatchSheet)[-1]
    sheet.watch(tmp_path)
    qtbot.waitUntil(lambda: "new and changed files are added" in words_of(page))
    assert "Off" not in words_of(page)
    sheet.stop(str(tmp_path))
    qtbot.waitUntil(lambda: "Off" in words_of(page))
    sheet.close()
