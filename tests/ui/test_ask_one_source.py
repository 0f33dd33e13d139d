"""Sources are asked alone: from their rows in the Library, and from the scopes of the Ask tab."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from workbench.ui.app import open_library
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import ASK

_ONE = "The lighthouse keeper was called Edda Lund. She lived in Svolvaer."
_TWO = "The lighthouse keeper was called Marta Olsen. She lived in Bergen."
_QUESTION = "What was the lighthouse keeper called?"


def _window(make_window: MakeWindow, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    with open_library(tmp_path / "Thesis.brain") as library:
        library.add_text(_ONE, title="North")
        library.add_text(_TWO, title="South")
    window = make_window()
    qtbot.waitUntil(lambda: len(window.shelf.sources) == 2)
    qtbot.waitUntil(lambda: window.ask_tab.composer.ready)
    return window


def _ask(qtbot: QtBot, window: MainWindow) -> set[str]:
    field = window.ask_tab.composer.field
    before = window.ask_tab.answer
    field.setText(_QUESTION)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.ask_tab.answer not in (None, before))
    answer = window.ask_tab.answer
    assert answer is not None
    return {each.source.title for each in answer.evidence}


@pytest.mark.slow
def test_a_source_is_asked_alone_and_everything_again(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = _window(make_window, qtbot, tmp_path)
    tab = window.library_tab
    south = next(row.id for row in window.shelf.sources if row.title == "South")
    place = tab.table.visualRect(tab.model.index(tab.model.row_of(south), 0)).center()
    QTest.mouseClick(tab.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    action = window.actions_by_name["ask_source"]
    assert action in tab.table.actions()
    action.trigger()
    assert window.tabs.currentIndex() == ASK
    composer = window.ask_tab.composer
    assert composer.scope_button.isVisible()
    assert composer.scope_button.accessibleName() == "Scope: South"
    assert _ask(qtbot, window) == {"South"}
    menu = composer.scope_menu()
    by_text = {each.text(): each for each in menu.actions()}
    assert by_text["Only “South”"].isChecked()
    by_text["Everything"].trigger()
    assert composer.sources is None
    assert _ask(qtbot, window) == {"North", "South"}


@pytest.mark.slow
def test_several_sources_are_asked_alone(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = _window(make_window, qtbot, tmp_path)
    library = window.shelf.library
    assert library is not None
    library.add_text("The lighthouse keeper was called Per Moe.", title="East")
    qtbot.waitUntil(lambda: len(window.shelf.sources) == 3)
    tab = window.library_tab
    action = window.actions_by_name["ask_source"]
    for title in ("South", "East"):
        number = next(row.id for row in window.shelf.sources if row.title == title)
        place = tab.table.visualRect(tab.model.index(tab.model.row_of(number), 0)).center()
        key = Qt.KeyboardModifier.ControlModifier
        QTest.mouseClick(tab.table.viewport(), Qt.MouseButton.LeftButton, key, pos=place)
    assert action.text() == "Ask These 2 &Sources Alone"
    action.trigger()
    composer = window.ask_tab.composer
    assert composer.scope_button.accessibleName() == "Scope: 2 sources"
    assert composer.scope_button.toolTip() == "Only these 2 sources are searched"
    assert _ask(qtbot, window) == {"South", "East"}
    answer = window.ask_tab.answer
    assert answer is not None
    assert len(answer.scope["sources"]) == 2  # type: ignore[arg-type]
    by_text = {each.text(): each for each in composer.scope_menu().actions()}
    assert by_text["Only 2 sources"].isChecked()
    # A line that tells something may ask as well: it is asked of the same sources.
    window.ask_tab.say(f"My name is Ivo. {_QUESTION}")
    qtbot.waitUntil(lambda: window.ask_tab.answer not in (None, answer))
    answer = window.ask_tab.answer
    assert answer is not None
    assert {each.source.title for each in answer.evidence} == {"South", "East"}


@pytest.mark.slow
def test_the_source_that_is_read_is_offered(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = _window(make_window, qtbot, tmp_path)
    north = next(row.id for row in window.shelf.sources if row.title == "North")
    window.open_source(north)
    qtbot.waitUntil(lambda: window.reader_tab.source_id == north)
    window.show_tab(ASK)
    menu = window.ask_tab.composer.scope_menu()
    by_text = {each.text(): each for each in menu.actions()}
    assert not by_text["Only “North”"].isChecked()
    by_text["Only “North”"].trigger()
    assert _ask(qtbot, window) == {"North"}
