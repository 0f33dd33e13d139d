"""The tag editor of the Inspector: chips, a field that completes, several sources, Undo."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary
from tests.ui.stage import fill, settled
from workbench.errors import UsageError
from workbench.ui.inspector.chips import TagEditor
from workbench.ui.window.main import MainWindow


@pytest.fixture
def window(make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot) -> MainWindow:
    fill(fake)
    fake.sources.tag([1, 2], "history")
    fake.sources.tag([2], "to read")
    made = make_window(fake)
    settled(qtbot, made, 3)
    qtbot.waitUntil(lambda: bool(made.shelf.tags))
    return made


def _editor(window: MainWindow) -> TagEditor:
    assert window.inspector.tags is not None
    return window.inspector.tags


def _chips(window: MainWindow) -> dict[str, bool]:
    return {chip.text().strip(): chip.isChecked() for chip in _editor(window).chips}


def _chip(window: MainWindow, name: str) -> QToolButton:
    return next(each for each in _editor(window).chips if each.accessibleName() == name)


@pytest.mark.slow
def test_l3_a_tag_is_typed_and_the_field_is_ready_for_the_next(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window.library_tab.select((3,))
    window.actions_by_name["tags"].trigger()
    assert _editor(window).field.hasFocus()
    QTest.keyClicks(_editor(window).field, "whales,  the  sea ")
    QTest.keyClick(_editor(window).field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: fake.books[3].row.tags == ("the sea", "whales"))
    qtbot.waitUntil(lambda: _chips(window) == {"the sea": True, "whales": True})
    assert _editor(window).field.hasFocus()
    assert _editor(window).field.text() == ""
    window.shelf.step_back()
    qtbot.waitUntil(lambda: fake.books[3].row.tags == ("whales",))
    window.shelf.step_back()
    qtbot.waitUntil(lambda: fake.books[3].row.tags == ())
    window.shelf.step_forward()
    qtbot.waitUntil(lambda: fake.books[3].row.tags == ("whales",))


def test_l3_tags_that_there_are_complete_what_is_typed(window: MainWindow) -> None:
    window.library_tab.select((1,))
    completer = _editor(window).field.completer()
    completer.setCompletionPrefix("READ")
    assert completer.currentCompletion() == "to read"
    # What the source has already is not offered again.
    completer.setCompletionPrefix("hist")
    assert completer.currentCompletion() == ""
    popup = completer.popup()
    assert popup is not None
    assert popup.accessibleName() == "Tags in this library"


@pytest.mark.slow
def test_l3_a_chip_takes_the_tag_off_and_the_focus_stays(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window.library_tab.select((2,))
    chip = _chip(window, "history")
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: fake.books[2].row.tags == ("to read",))
    qtbot.waitUntil(lambda: _chips(window) == {"to read": True})
    assert _editor(window).field.hasFocus()


@pytest.mark.slow
def test_l3_several_sources_are_tagged_at_once_and_undone_as_they_were(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window.library_tab.select((1, 2, 3))
    assert _chips(window) == {"history · 2 of 3": False, "to read · 1 of 3": False}
    QTest.mouseClick(_chip(window, "history, 2 of 3"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _chips(window).get("history") is True)
    assert all("history" in fake.books[n].row.tags for n in (1, 2, 3))
    QTest.mouseClick(_chip(window, "history"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not any("history" in fake.books[n].row.tags for n in (1, 2, 3)))
    window.shelf.step_back()
    qtbot.waitUntil(lambda: all("history" in fake.books[n].row.tags for n in (1, 2, 3)))
    window.shelf.step_back()
    qtbot.waitUntil(lambda: "history" not in fake.books[3].row.tags)
    assert all("history" in fake.books[n].row.tags for n in (1, 2))


@pytest.mark.slow
def test_l3_collections_of_several_sources_are_chips_too(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window.library_tab.select((1, 2, 3))
    chips = {b.accessibleName(): b for b in window.inspector.findChildren(QToolButton)}
    assert not chips["Thesis, 2 of 3"].isChecked()
    QTest.mouseClick(chips["Thesis, 2 of 3"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Thesis" in fake.books[1].row.collections)
    window.shelf.step_back()
    qtbot.waitUntil(lambda: "Thesis" not in fake.books[1].row.collections)
    assert "Thesis" in fake.books[3].row.collections


@pytest.mark.slow
def test_l3_a_tag_that_is_refused_is_told_and_leaves_no_undo(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window.library_tab.select((1,))
    before = [act.text for act in window.shelf.acts.applied]
    fake.refuses = UsageError("A tag can have 100 characters at most.", "Choose a shorter name.")
    QTest.keyClicks(_editor(window).field, "x" * 101)
    QTest.keyClick(_editor(window).field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "100 characters" in window.toasts.text)
    assert [act.text for act in window.shelf.acts.applied] == before


@pytest.mark.slow
def test_l3_what_lies_in_the_trash_is_not_tagged(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window.shelf.trash([2])
    settled(qtbot, window, 2)
    window.inspector.show_sources(window.shelf.trashed)
    assert window.inspector.tags is None
