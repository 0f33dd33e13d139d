"""Sources are asked alone: from their rows in the Library, and from the scopes of the Ask tab."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary
from tests.ui.stage import fill, library_of, settled
from workbench.ui.app import open_library
from workbench.ui.library.scope import Scope
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


def _chip(window: MainWindow, name: str) -> QToolButton:
    """The chip that has the next question search `name`."""
    chips = window.ask_tab.composer.scopes.findChildren(QToolButton)
    return next(
        each for each in chips if each.accessibleName() == f"Search in {name}" and each.isVisible()
    )


@pytest.mark.slow
def test_c3_a_source_is_asked_alone_and_everything_again(
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
    assert composer.scopes.isVisible()
    assert composer.scope_name == "South"
    assert window.status.scope.text() == "Scope: South"
    assert _ask(qtbot, window) == {"South"}
    assert _chip(window, "South").isChecked()
    QTest.mouseClick(_chip(window, "Everything"), Qt.MouseButton.LeftButton)
    assert composer.sources is None
    assert window.status.scope.text() == "Scope: Everything"
    assert _ask(qtbot, window) == {"North", "South"}


@pytest.mark.slow
def test_c3_a_source_that_cannot_answer_leads_to_everything(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = _window(make_window, qtbot, tmp_path)
    south = next(row.id for row in window.shelf.sources if row.title == "South")
    composer = window.ask_tab.composer
    composer.ask_sources((south,), "South")
    composer.field.setText("Who was called Edda Lund?")
    QTest.keyClick(composer.field, Qt.Key.Key_Return)
    tab = window.ask_tab
    qtbot.waitUntil(lambda: tab.result is not None and tab.result.answer.abstained)
    assert tab.result is not None
    buttons = tab.result.findChildren(QPushButton)
    next(each for each in buttons if each.text() == "Search everything").click()
    assert composer.sources is None
    qtbot.waitUntil(lambda: tab.answer is not None and not tab.answer.abstained)
    assert tab.answer is not None
    assert tab.answer.evidence[0].source.title == "North"


@pytest.mark.slow
def test_c3_several_sources_are_asked_alone(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = _window(make_window, qtbot, tmp_path)
    library = library_of(window)
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
    assert composer.scope_name == "2 sources"
    assert _chip(window, "2 sources").toolTip() == "Only these 2 sources are searched"
    assert _ask(qtbot, window) == {"South", "East"}
    answer = window.ask_tab.answer
    assert answer is not None
    assert len(answer.scope["sources"]) == 2  # type: ignore[arg-type]
    # It is stored with the question.
    qtbot.waitUntil(lambda: bool(library.answers.list()))
    assert library.answers.list()[0].answer.scope["sources"] == answer.scope["sources"]
    assert _chip(window, "2 sources").isChecked()
    # A line that tells something may ask as well: it is asked of the same sources.
    window.ask_tab.say(f"My name is Ivo. {_QUESTION}")
    qtbot.waitUntil(lambda: window.ask_tab.answer not in (None, answer))
    answer = window.ask_tab.answer
    assert answer is not None
    assert {each.source.title for each in answer.evidence} == {"South", "East"}


@pytest.mark.slow
def test_c3_the_source_that_is_read_is_offered(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = _window(make_window, qtbot, tmp_path)
    north = next(row.id for row in window.shelf.sources if row.title == "North")
    window.navigate.open_source(north)
    qtbot.waitUntil(lambda: window.reader_tab.source_id == north)
    window.navigate.show_tab(ASK)
    assert not _chip(window, "North").isChecked()
    QTest.mouseClick(_chip(window, "North"), Qt.MouseButton.LeftButton)
    assert _ask(qtbot, window) == {"North"}


@pytest.mark.slow
def test_c3_what_is_chosen_in_the_library_and_a_collection_are_offered(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = _window(make_window, qtbot, tmp_path)
    library = library_of(window)
    ids = {row.title: row.id for row in window.shelf.sources}
    library.collections.create("Islands")
    library.collections.assign([ids["North"]], "Islands")
    window.library_tab.select((ids["South"],))
    window.navigate.show_tab(ASK)
    qtbot.waitUntil(lambda: "Islands" in window.ask_tab.composer.scope_names)
    assert window.ask_tab.composer.scope_names == ["South", "Islands", "Everything"]
    QTest.mouseClick(_chip(window, "Islands"), Qt.MouseButton.LeftButton)
    assert _ask(qtbot, window) == {"North"}
    QTest.mouseClick(_chip(window, "South"), Qt.MouseButton.LeftButton)
    assert _ask(qtbot, window) == {"South"}
    # By keys: the chip that is pressed keeps the focus, though its row is made anew.
    everything = _chip(window, "Everything")
    everything.setFocus()
    QTest.keyClick(everything, Qt.Key.Key_Space)
    assert window.ask_tab.composer.sources is None
    assert _chip(window, "Everything").hasFocus()


def test_one_scope_is_shown_everywhere_until_another_is_chosen(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    window = make_window(fake, tab=ASK)
    settled(qtbot, window, 3)
    composer, shown = window.ask_tab.composer, window.status.scope
    qtbot.waitUntil(lambda: "Sea" in composer.scope_names)
    QTest.mouseClick(_chip(window, "Sea"), Qt.MouseButton.LeftButton)
    assert shown.text() == "Scope: Sea"
    assert window.collections.scope.collection == window.library_tab.scope.collection == "Sea"
    window.collections.choose(Scope("Thesis"))
    assert (composer.scope, shown.text()) == ("Thesis", "Scope: Thesis")
    # Single sources are a scope of this thread, and no chip is left of them after it.
    composer.ask_sources((1, 2), "Frankenstein")
    assert shown.text() == "Scope: 2 sources"
    window.actions_by_name["new_thread"].trigger()
    assert (composer.scope, shown.text()) == ("Thesis", "Scope: Thesis")
    assert "2 sources" not in composer.scope_names
