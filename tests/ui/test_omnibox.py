"""Ctrl+K finds sentences, sources, notes, names and commands, and asks; Ctrl+Shift+F sentences."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary
from tests.ui.stage import fill, library_of, settled
from workbench import paths
from workbench.jobs import Cancel
from workbench.ui.app import open_library
from workbench.ui.library.scope import Scope
from workbench.ui.window.main import MainWindow
from workbench.ui.window.omnibox import TEXT, excerpt, search_others
from workbench.ui.window.tabs import ASK, READER

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
        library.add(paths.sample_book())[0]
    window = make_window()
    qtbot.waitUntil(lambda: window.shelf.complete and len(window.shelf.sources) == 2)
    window.activateWindow()
    return window


def _open(window: MainWindow, *, text: bool = False) -> QLineEdit:
    held = Qt.KeyboardModifier.ControlModifier
    if text:
        QTest.keyClick(window, Qt.Key.Key_F, held | Qt.KeyboardModifier.ShiftModifier)
    else:
        QTest.keyClick(window, Qt.Key.Key_K, held)
    line = window.omnibox.field
    assert line.hasFocus()
    line.clear()
    return line


def _kinds(window: MainWindow) -> list[str]:
    return [each.kind for each in window.omnibox.model.rows if each.open is not None]


@pytest.mark.slow
def test_a_word_of_a_book_is_found_and_opened_in_its_place(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = _window(make_window, qtbot, tmp_path)
    line, box = _open(window, text=True), window.omnibox
    QTest.keyClicks(line, "doubloon")
    qtbot.waitUntil(lambda: box.said.text() == "2 sentences")
    first = box.model.index(1, 0)
    spoken = first.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "He nailed the doubloon to the mast., Whale, ch. 36"
    place = box.list.visualRect(first).center()
    QTest.mouseClick(box.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    reader = window.reader_tab
    qtbot.waitUntil(lambda: reader.evidence_words() == "He nailed the doubloon to the mast.")
    assert window.tabs.currentIndex() == READER
    assert not box.isVisible()
    assert _open_again(window) == "doubloon"


def _open_again(window: MainWindow) -> str:
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    return window.omnibox.field.selectedText()


@pytest.mark.slow
def test_all_kinds_stand_below_each_other_and_keys_go_through_them(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = _window(make_window, qtbot, tmp_path)
    library = library_of(window)
    library.facts.tell("The whale of the sea is called Moby.")
    line, box = _open(window), window.omnibox
    QTest.keyClicks(line, "whale")
    qtbot.waitUntil(lambda: "note" in _kinds(window))
    assert _kinds(window)[:1] == ["ask"]
    assert sorted(set(_kinds(window)) & {"ask", "note", "source"}) == ["ask", "note", "source"]
    assert box.said.text() == "No sentence"
    line.clear()
    QTest.keyClicks(line, "mast")
    qtbot.waitUntil(lambda: "text" in _kinds(window))
    assert box.model.rows[box.list.currentIndex().row()].kind == "text"
    QTest.keyClick(line, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: set(_kinds(window)) == {"text"})
    QTest.keyClick(line, Qt.Key.Key_Down)
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "mast" in window.reader_tab.evidence_words())


@pytest.mark.slow
def test_what_is_nowhere_is_said_so_and_a_collection_is_searched_alone(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = _window(make_window, qtbot, tmp_path)
    window.collections.choose(Scope("Sea"))
    line, box = _open(window, text=True), window.omnibox
    assert box.scope.isChecked()
    QTest.keyClicks(line, "hippocampus")
    qtbot.waitUntil(lambda: box.said.text() == "No sentence")
    QTest.mouseClick(box.scope, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: box.said.text().endswith("sentences"))
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert (line.text(), box.only, box.isVisible()) == ("", TEXT, True)
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not box.isVisible()


@pytest.mark.slow
def test_a_command_and_a_question_are_begun_from_the_omnibox(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    fake.answer("What was it?", [fake.quote(1, "It was a dreary night.")])
    window = make_window(fake)
    settled(qtbot, window, 3)
    line = _open(window)
    QTest.keyClicks(line, ">privacy")
    assert [each.text for each in window.omnibox.model.rows] == ["Commands", "Privacy and Data"]
    line.clear()
    QTest.keyClicks(line, "What was it?")
    QTest.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.tabs.currentIndex() == ASK
    qtbot.waitUntil(lambda: window.ask_tab.answer is not None)
    QTest.mouseClick(_opener(window), Qt.MouseButton.LeftButton)
    assert window.omnibox.isVisible()
    QTest.mouseClick(window.omnibox, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert not window.omnibox.isVisible()


def _opener(window: MainWindow) -> QToolButton:
    return next(
        press
        for press in window.findChildren(QToolButton)
        if press.accessibleName() == "Search or ask"
    )


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


@pytest.mark.slow
def test_r8_every_key_brings_sentences_before_anything_else_is_looked_up(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = _window(make_window, qtbot, tmp_path)
    line, box = _open(window), window.omnibox
    seen: list[tuple[str, list[str]]] = []
    box.model.rowsInserted.connect(lambda *_rows: seen.append((line.text(), _kinds(window))))
    for end in range(1, len("doubloon") + 1):
        QTest.keyClicks(line, "doubloon"[end - 1])
        qtbot.waitUntil(lambda: box._seen == line.text())
    at_last = [kinds for text, kinds in seen if text == "doubloon"]
    # No pause is waited for: the first rows of a word are its sentences, and what to ask.
    assert at_last[0] == ["ask", "text", "text"]
    texts = [each.text for each in box.model.rows if each.kind == "text" and each.open is not None]
    assert all("doubloon" in each for each in texts)


def test_a_key_that_leads_elsewhere_closes_it(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    window = make_window(fake)
    settled(qtbot, window, 3)
    window.activateWindow()
    _open(window)
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.ask_tab.composer.field.hasFocus()
    assert not window.omnibox.isVisible()


def test_what_is_done_is_no_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    named = [SimpleNamespace(type=each) for each in ("action", "entity", "sensory")]
    with open_library(tmp_path / "Thesis.brain") as library:
        monkeypatch.setattr(library.graph, "concepts", lambda *_, **__: named)
        beside = search_others(library, "Ahab", [], 3, Cancel())
    assert [each.type for each in beside.names] == ["entity"]
