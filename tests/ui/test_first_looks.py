"""What a tab shows before there is anything: never a blank page."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.patience import seconds
from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary, job
from tests.ui.looks import unnamed
from tests.ui.stage import words_of
from workbench.errors import LibraryError
from workbench.library import Library
from workbench.ui.app import open_library
from workbench.ui.window.tabs import BRAIN, TODAY


@pytest.mark.slow
def test_today_says_that_the_library_is_being_opened(make_window: MakeWindow, qtbot: QtBot) -> None:
    go_on = threading.Event()

    def slowly(path: Path) -> Library:
        assert go_on.wait(seconds(60))
        return open_library(path)

    window = make_window(opens=slowly, tab=TODAY)
    try:
        qtbot.waitUntil(lambda: "Opening your library…" in words_of(window.today_tab))
        assert "Nothing to read" not in words_of(window.today_tab)
    finally:
        go_on.set()
    qtbot.waitUntil(lambda: "Nothing to read yet" in words_of(window.today_tab))
    assert "Opening" not in words_of(window.today_tab)


@pytest.mark.slow
def test_the_first_page_names_what_is_being_read(
    make_window: MakeWindow, qtbot: QtBot, fake: FakeShelfLibrary
) -> None:
    window = make_window(fake)
    qtbot.waitUntil(lambda: "Drop books and papers here" in words_of(window.library_tab))
    fake.jobs = [job(1, "moby-dick.epub", "running"), job(2, "old.pdf", "failed")]
    fake.tell("queue")
    qtbot.waitUntil(lambda: "Reading\nmoby-dick.epub" in words_of(window.library_tab))
    assert "old.pdf" not in words_of(window.library_tab)
    fake.jobs = []
    fake.tell("queue")
    qtbot.waitUntil(lambda: "Drop books and papers here" in words_of(window.library_tab))


@pytest.mark.slow
def test_today_says_why_a_library_cannot_be_opened_and_tries_again(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    tried: list[Path] = []

    def fails_once(path: Path) -> Library:
        tried.append(path)
        if len(tried) == 1:
            raise LibraryError("The disk does not answer.", "Plug it in.")
        return open_library(path)

    window = make_window(opens=fails_once, tab=TODAY)
    qtbot.waitUntil(lambda: "The disk does not answer." in words_of(window.today_tab))
    again = next(
        each
        for each in window.today_tab.findChildren(QPushButton)
        if each.text() == "Try again" and each.isVisible()
    )
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Nothing to read yet" in words_of(window.today_tab))
    assert len(tried) == 2


@pytest.mark.slow
@pytest.mark.parametrize("exists", [False, True])
def test_an_empty_brain_says_what_leads_to_a_replay(
    make_window: MakeWindow, qtbot: QtBot, exists: bool
) -> None:
    window = make_window(exists=exists)
    qtbot.waitUntil(lambda: window.shelf.loaded)
    window.navigate.show_tab(BRAIN)
    tab = window.navigate.lab
    qtbot.waitUntil(tab.empty.isVisible)
    assert "Add something to read" in words_of(tab.empty)
    assert not unnamed(window)
    window.shelf.add_sample()
    qtbot.waitUntil(tab.across.isVisible)


@pytest.mark.slow
def test_a_brain_at_rest_is_never_a_blank_page(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(exists=False)
    window.shelf.add_sample()
    qtbot.waitUntil(lambda: window.shelf.complete and bool(window.shelf.sources))
    window.navigate.show_tab(BRAIN)
    qtbot.waitUntil(window.navigate.lab.plan.isVisible)
    # Before the first picture has come, and after.
    for _look in range(2):
        picture = window.navigate.lab.plan.grab().toImage()
        ground = picture.pixelColor(2, 2)
        middle = range(picture.width() // 4, picture.width() * 3 // 4, 2)
        seen = {
            picture.pixelColor(x, y).rgba() for x in middle for y in range(0, picture.height(), 2)
        }
        assert seen != {ground.rgba()}
        qtbot.waitUntil(lambda: window.navigate.lab.plan.composed)
