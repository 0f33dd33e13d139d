"""Highlights of other programs are offered beside an open PDF, and taken over from a file."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.memory.notes.test_taken_over import document
from tests.ui.conftest import MakeWindow
from tests.ui.stage import library_of, settled, words_of
from tests.ui.test_locked_pdf import type_into
from workbench.library import Library
from workbench.ui.components.controls import PasswordField
from workbench.ui.settings.sheets import Sheet
from workbench.ui.window.main import MainWindow

_CLIPPINGS = """\
A (Ida Holm)
- Your Highlight on page 1 | Location 40-41 | Added on Monday, 3 June 2024 10:01:02

The harbour master keeps the oldest log book
==========
Another Book (Somebody)
- Your Highlight on Location 7-8 | Added on Monday, 3 June 2024 10:03:02

Words of another book.
==========
"""


@pytest.fixture
def window(make_window: MakeWindow, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    with Library.open(tmp_path / "Thesis.brain") as library:
        library.add(document(tmp_path / "a.pdf"), title="A")
    made = make_window()
    settled(qtbot, made, 1)
    return made


@pytest.mark.slow
def test_highlights_of_an_open_pdf_are_offered_once_and_can_be_taken_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    library = library_of(window)
    window.navigate.open_source(1)
    qtbot.waitUntil(lambda: "1 highlight of another program" in words_of(window.bars))
    take = next(
        each for each in window.bars.findChildren(QPushButton) if each.text() == "Take Over"
    )
    take.click()
    qtbot.waitUntil(lambda: window.toasts.text == "1 new, 0 there already")
    assert [each.note for each in library.notes.list("highlight")] == ["late letters"]
    assert not window.bars.has("foreign")
    qtbot.waitUntil(lambda: len(window.reader_tab.annotating.marked.highlights) == 1)
    window.navigate.open_source(1)
    window.annotations.import_highlights(str(window.shelf.sources[0].path))
    qtbot.waitUntil(lambda: window.toasts.text == "0 new, 1 there already")
    assert not window.bars.has("foreign")
    window.shelf.step_back()
    qtbot.waitUntil(lambda: library.notes.list("highlight") == [])


@pytest.mark.slow
def test_an_export_is_taken_over_and_what_is_not_here_is_counted(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "My Clippings.txt"
    file.write_text(_CLIPPINGS, encoding="utf-8")
    window.annotations.import_highlights(str(file))
    qtbot.waitUntil(lambda: window.toasts.text == "1 new, 0 there already, 1 not found here")
    window.annotations.import_highlights(str(file))
    qtbot.waitUntil(lambda: window.toasts.text == "0 new, 1 there already, 1 not found here")


@pytest.mark.slow
def test_a_locked_pdf_asks_for_its_password_before_its_highlights(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    from tests.intake.test_locked_files import _PASSWORD, locked

    window.annotations.import_highlights(str(locked(tmp_path / "b.pdf")), 1)
    qtbot.waitUntil(lambda: bool(window.findChildren(Sheet)))
    (asks,) = window.findChildren(Sheet)[0].findChildren(PasswordField)
    type_into(asks, _PASSWORD)
    qtbot.waitUntil(lambda: window.toasts.text == "0 new, 0 there already")
