"""A work that is there in two formats: the Inspector asks whether it counts once, undoably."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from workbench.library import Library
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import LIBRARY

_THINGS = ("lamp", "rope", "net", "sail", "oar", "mast", "keel", "bell")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_STORY = [
    f"On {day} Orsola Thane gave the {thing} of the boat to Bram Holm."
    for day in _DAYS
    for thing in _THINGS
]
_QUESTION = "This looks like the same work as "


@pytest.fixture
def window(make_window: MakeWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    text, page = tmp_path / "boat.txt", tmp_path / "boat.html"
    text.write_text("\n\n".join(_STORY))
    page.write_text(f"<title>The Boat</title>{''.join(f'<p>{said}</p>' for said in _STORY)}")
    with Library.open(tmp_path / "Thesis.brain") as library:
        library.add(text)
        library.add(page)
        library.add_text("Ines sold salt at the market.", title="Salt")
    made = make_window(tab=LIBRARY)
    qtbot.waitUntil(lambda: made.shelf.complete and len(made.shelf.sources) == 3)
    return made


def _question(window: MainWindow) -> str:
    texts = (label.text() for label in window.inspector.findChildren(QLabel) if label.isVisible())
    return next((text for text in texts if text.startswith(_QUESTION)), "")


def _choice(window: MainWindow, text: str) -> QPushButton:
    return next(b for b in window.inspector.findChildren(QPushButton) if b.text() == text)


def _ids(window: MainWindow) -> dict[str, int]:
    return {row.kind: row.id for row in window.shelf.sources if row.title != "Salt"}


@pytest.mark.slow
def test_two_formats_are_kept_apart_by_keyboard_and_counted_once_after_undo(
    window: MainWindow, qtbot: QtBot
) -> None:
    library, ids = window.shelf.library, _ids(window)
    assert library is not None
    window.library_tab.select((ids["html"],))
    qtbot.waitUntil(lambda: _question(window) == f"{_QUESTION}“Boat” (Text).")
    named = library.graph.concept("Orsola Thane").concept.mentions
    window.library_tab.select((ids["text"],))
    qtbot.waitUntil(lambda: _question(window) == f"{_QUESTION}“The Boat” (Web page).")

    button = _choice(window, "Keep Apart")
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not _question(window))
    assert library.graph.concept("Orsola Thane").concept.mentions == 2 * named

    window.shelf.step_back()
    qtbot.waitUntil(lambda: bool(_question(window)))
    assert library.graph.concept("Orsola Thane").concept.mentions == named
    window.shelf.step_forward()
    qtbot.waitUntil(lambda: not _question(window))


@pytest.mark.slow
def test_two_formats_that_count_as_one_are_asked_about_once(
    window: MainWindow, qtbot: QtBot
) -> None:
    library, ids = window.shelf.library, _ids(window)
    assert library is not None
    window.library_tab.select((ids["html"],))
    qtbot.waitUntil(lambda: bool(_question(window)))
    named = library.graph.concept("Orsola Thane").concept.mentions
    _choice(window, "Count as One").click()
    qtbot.waitUntil(lambda: not _question(window))
    assert library.sources.get(ids["html"]).metadata["same_work"] == "yes"
    assert library.graph.concept("Orsola Thane").concept.mentions == named
    window.shelf.step_back()
    qtbot.waitUntil(lambda: bool(_question(window)))
