"""The strength of a memory in the Inspector: of a fact, of evidence, of a sentence that is read."""

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.looks import unnamed
from tests.ui.resting.night import lived, press, pressed
from tests.ui.stage import library_of, words_of
from workbench.ui.strength.place import StrengthPlace
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import LIBRARY


def _chosen(make_window: MakeWindow, qtbot: QtBot, words: str) -> MainWindow:
    window = lived(make_window, qtbot, tab=LIBRARY)
    window.navigate.show_memories()
    page = window.library_tab.memories
    qtbot.waitUntil(lambda: len(page.model.rows) == 5)
    page.select(next(row.id for row in page.model.rows if words in row.text))
    qtbot.waitUntil(lambda: _place(window).strong is not None)
    return window


def _place(window: MainWindow) -> StrengthPlace:
    place = window.inspector.detail.strength
    assert place is not None
    return place


@pytest.mark.slow
def test_t1_a_fact_shows_its_strength_its_uses_and_its_curve(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _chosen(make_window, qtbot, "in the first hour")
    told = words_of(_place(window))
    for word in ("last used 24 hours ago", "half of it fades in 35 days"):
        assert word in told
    section = _place(window).section
    assert section is not None
    assert "last used on" in section.curve.accessibleName()
    assert len(section.curve.curve.uses) == 2
    assert not unnamed(window)


@pytest.mark.slow
@pytest.mark.parametrize(("word", "sign"), [("Pin", "Pinned: "), ("Archive", "Archived (")])
def test_t1_pins_and_letting_go_are_told_by_sign_and_word_and_undone(
    make_window: MakeWindow, qtbot: QtBot, word: str, sign: str
) -> None:
    window = _chosen(make_window, qtbot, "in the first hour")
    library, engram = library_of(window), _place(window).engram
    button = press(_place(window), word)
    button.setFocus()
    button.click()
    qtbot.waitUntil(lambda: sign in words_of(_place(window)))
    strong = library.memory.strength(engram)
    assert strong is not None
    assert strong.pinned if word == "Pin" else strong.archived
    # Who pressed it is still there.
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() in ("pin", "let_go")
    window.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: sign not in words_of(_place(window)))
    after = library.memory.strength(engram)
    assert after is not None
    assert not after.pinned
    assert not after.archived


@pytest.mark.slow
def test_t1_strengthening_adds_a_use(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = _chosen(make_window, qtbot, "in the first hour")
    pressed(qtbot, _place(window), "Strengthen")
    qtbot.waitUntil(lambda: _uses(window) == 3)
    assert window.toasts.text == "Reinforced"


def _uses(window: MainWindow) -> int:
    strong = _place(window).strong
    return strong.strength.uses if strong is not None else -1


@pytest.mark.slow
def test_t1_evidence_and_a_selected_sentence_show_their_strength(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window()
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    library = library_of(window)
    library.add_text("Lisbon exports cork because the oak grows there.", title="Ports")
    window.shelf.refresh()
    qtbot.waitUntil(lambda: window.shelf.complete and bool(window.shelf.sources))
    found = library.ask("What does Lisbon export?").evidence[0]
    window.inspector.show_evidence(found)

    def shown() -> bool:
        # What has changed meanwhile shows the evidence anew, in another place.
        place = window.inspector.strength
        return place is not None and place.strong is not None

    qtbot.waitUntil(shown)
    place = window.inspector.strength
    assert place is not None
    assert place.engram == found.engram
    window.navigate.open_source(found.source.id)
    reader = window.reader_tab
    qtbot.waitUntil(lambda: reader.source_id == found.source.id)
    cursor = reader.sheet.textCursor()
    cursor.select(QTextCursor.SelectionType.Document)
    reader.sheet.setTextCursor(cursor)
    qtbot.waitUntil(lambda: window.inspector.strength not in (None, place))
    qtbot.waitUntil(lambda: bool(window.inspector.strength.strong))  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: "Ports" in words_of(window.inspector))
    assert not unnamed(window)
