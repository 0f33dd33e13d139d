"""Files that have changed since they were added: the question and its safe answer."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary, Wanted
from tests.ui.stage import library_of, settled, words_of
from workbench.errors import NotFoundError
from workbench.ui.window.library_problems import CHANGED, LEAVE, REPLACE, RETAIN, ChangedBar
from workbench.ui.window.main import MainWindow

OLD = ("/b/one.txt", "/b/two.txt", "/b/three.txt")


@pytest.fixture
def window(make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot) -> MainWindow:
    fake.put("one", [("1", "It was a dreary night.")])
    fake.altered = {path: 1 for path in OLD}
    made = make_window(fake)
    settled(qtbot, made, 1)
    return made


def _bar(window: MainWindow, qtbot: QtBot) -> ChangedBar:
    qtbot.waitUntil(lambda: window.bars.has(CHANGED))
    return window.bars.findChildren(ChangedBar)[-1]


@pytest.mark.slow
def test_i9_the_rest_is_added_at_once_and_the_changed_are_asked_about(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window.adding.add([Path("/b/new.txt"), *map(Path, OLD)])
    bar = _bar(window, qtbot)
    assert fake.wanted == [Wanted(("/b/new.txt",))]
    assert "3 files have changed since they were added." in words_of(bar)
    assert QApplication.activeModalWidget() is None
    assert window.focusWidget() is bar.answers[RETAIN]
    QTest.keyClick(bar.answers[RETAIN], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(fake.wanted) == 2)
    assert fake.wanted[1] == Wanted(OLD)
    assert not window.bars.has(CHANGED)


@pytest.mark.slow
def test_i9_replace_puts_them_in_the_place_of_what_they_were(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window.shelf.add([Path(OLD[0])], "Thesis")
    bar = _bar(window, qtbot)
    assert "“one.txt” has changed since it was added." in words_of(bar)
    QTest.mouseClick(bar.answers[REPLACE], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(fake.wanted))
    assert fake.wanted == [Wanted((OLD[0],), "Thesis", replace=True)]


@pytest.mark.slow
def test_i9_left_out_adds_nothing(window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot) -> None:
    window.adding.add([Path(OLD[0])])
    QTest.mouseClick(_bar(window, qtbot).answers[LEAVE], Qt.MouseButton.LeftButton)
    qtbot.wait(30)
    assert fake.wanted == []
    assert not window.bars.has(CHANGED)
    assert not window.toasts.isVisible()


@pytest.mark.slow
def test_i9_what_is_not_answered_yet_is_asked_together(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window.shelf.add([Path(OLD[0])], "Thesis")
    _bar(window, qtbot)
    window.shelf.add([Path(OLD[1])], "Sea")
    qtbot.waitUntil(lambda: "2 files have changed" in words_of(window.bars))
    QTest.mouseClick(_bar(window, qtbot).answers[RETAIN], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(fake.wanted) == 2)
    assert fake.wanted == [Wanted((OLD[0],), "Thesis"), Wanted((OLD[1],), "Sea")]


@pytest.mark.slow
def test_i9_nobody_can_be_asked_any_more_and_both_are_kept(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fake.put("one", [("1", "It was a dreary night.")])
    fake.altered = {OLD[0]: 1}
    window = make_window(fake)
    settled(qtbot, window, 1)
    window.shelf.change(lambda _library: fake.held.wait(0.3))
    window.shelf.add([Path(OLD[0])])
    window.close()
    assert fake.wanted == [Wanted((OLD[0],))]


@pytest.mark.slow
def test_i9_citations_follow_a_changed_file_in_a_real_library(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "Reading"
    folder.mkdir()
    book, other = folder / "tides.txt", folder / "new.txt"
    book.write_text("The tide was high in March.\n" * 20, encoding="utf-8")
    window = make_window()
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    window.adding.add([folder])
    settled(qtbot, window, 1)
    qtbot.waitUntil(lambda: bool(window.shelf.sources[0].verified), timeout=30_000)
    first = window.shelf.sources[0].id
    book.write_text("A preface.\n\n" + "The tide was high in March.\n" * 20, encoding="utf-8")
    os.utime(book, (1, 1))
    other.write_text("The harbour was empty all winter.\n" * 20, encoding="utf-8")
    window.adding.add([folder])
    bar = _bar(window, qtbot)
    settled(qtbot, window, 2)
    QTest.mouseClick(bar.answers[REPLACE], Qt.MouseButton.LeftButton)
    library = library_of(window)

    def read_anew() -> bool:
        try:
            return "preface" in library.sources.text(first)
        except NotFoundError:
            # The chapter was replaced between the two looks.
            return False

    qtbot.waitUntil(read_anew, timeout=30_000)
    assert sorted(Path(row.path or "").name for row in library.sources.list()) == [
        "new.txt",
        "tides.txt",
    ]
    qtbot.waitUntil(lambda: all(row.state == "done" for row in window.shelf.queue), timeout=30_000)
