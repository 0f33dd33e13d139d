"""Ctrl+Shift+F finds words in the text of all sources, and opens a sentence at its place."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from workbench.ui.app import open_library
from workbench.ui.library.scope import Scope
from workbench.ui.library.search import excerpt
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import LIBRARY, READER

_LONG = "He spoke of the sea and the ship and the wind and the sails and the men of the crew, "
_WHALE = f"""CHAPTER 36. The Quarter-Deck

Call me Ishmael. He nailed the doubloon to the mast. {_LONG} and then of the doubloon again.

CHAPTER 99. The End

The mast stood, and the sea rolled on as it rolled before.
"""


def _window(make_window: MakeWindow, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    book = tmp_path / "whale.txt"
    book.write_text(_WHALE, encoding="utf-8")
    with open_library(tmp_path / "Thesis.brain") as library:
        library.add([book], collection="Sea")
        library.add_sample()
    window = make_window()
    qtbot.waitUntil(lambda: window.shelf.loaded and len(window.shelf.sources) == 2)
    window.activateWindow()
    return window


def _search(qtbot: QtBot, window: MainWindow, words: str) -> None:
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_F, both)
    page = window.library_tab.search
    assert page.isVisible()
    assert page.field.hasFocus()
    QTest.keyClicks(page.field, words)


@pytest.mark.slow
def test_a_word_of_a_book_is_found_and_opened_in_its_place(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = _window(make_window, qtbot, tmp_path)
    _search(qtbot, window, "doubloon")
    page = window.library_tab.search
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    assert page.told.text() == "2 sentences in 1 source"
    first = page.model.index(0, 0)
    spoken = first.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "He nailed the doubloon to the mast. Whale · ch. 36"
    place = page.list.visualRect(first).center()
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    reader = window.reader_tab
    qtbot.waitUntil(lambda: reader.evidence_words() == "He nailed the doubloon to the mast.")
    assert window.tabs.currentIndex() == READER
    QTest.mouseClick(reader.header.back_button, Qt.MouseButton.LeftButton)
    assert window.tabs.currentIndex() == LIBRARY
    assert page.isVisible()
    assert page.model.rowCount() == 2


@pytest.mark.slow
def test_what_is_nowhere_is_said_so_and_escape_leads_back(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = _window(make_window, qtbot, tmp_path)
    _search(qtbot, window, "unheardof")
    page = window.library_tab.search
    qtbot.waitUntil(lambda: page.told.text() == "No source contains “unheardof”.")
    page.field.clear()
    QTest.keyClicks(page.field, "Ishmael hippocampus")
    qtbot.waitUntil(lambda: page.told.text() == "No sentence has all of these words.")
    QTest.keyClick(page.field, Qt.Key.Key_Escape)
    assert not page.isVisible()
    assert window.library_tab.table.isVisible()


@pytest.mark.slow
def test_a_collection_is_searched_alone_and_enter_goes_by_keys(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = _window(make_window, qtbot, tmp_path)
    page = window.library_tab.search
    _search(qtbot, window, "hippocampus")
    qtbot.waitUntil(lambda: page.model.rowCount() > 0)
    window.collections.choose(Scope("Sea"))
    qtbot.waitUntil(lambda: page.told.text() == "No source contains “hippocampus” in “Sea”.")
    assert page.isVisible()
    page.field.clear()
    QTest.keyClicks(page.field, "mast")
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "mast" in window.reader_tab.evidence_words())


def test_a_long_sentence_is_cut_before_the_word_that_was_found(tmp_path: Path) -> None:
    (tmp_path / "whale.txt").write_text(_WHALE, encoding="utf-8")
    with open_library(tmp_path / "a.brain") as library:
        library.add([tmp_path / "whale.txt"])
        hit = library.search("doubloon sails").hits[0]
    text, marks = excerpt(hit)
    assert [text[a:b] for a, b in marks] == ["sails", "doubloon"]
    far = type(hit)(hit.engram, hit.source, hit.place, hit.text, hit.marks[1:])
    text, marks = excerpt(far)
    assert text.startswith("… ")
    assert [text[a:b] for a, b in marks] == ["doubloon"]
    assert text.index("doubloon") < 70
