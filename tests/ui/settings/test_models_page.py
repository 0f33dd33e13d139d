"""The page Models: a row for each kind, its trial, and the way to what there is to choose."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.ollama_server import FakeModel, ollama_server
from tests.ui.conftest import MakeWindow
from tests.ui.settings.model_lists import model_list
from tests.ui.stage import words_of
from workbench import translation
from workbench.capability import State
from workbench.model_kinds import KINDS
from workbench.models import choices, server
from workbench.ui.settings.library import LibraryPage
from workbench.ui.settings.library_models import EmbeddingModels
from workbench.ui.settings.models import ModelsPage
from workbench.ui.settings.page import Line, Page
from workbench.ui.window.main import MainWindow


@pytest.fixture
def window(make_window: MakeWindow, qtbot: QtBot) -> MainWindow:
    choices.change({"address": "127.0.0.1:9"})
    made = make_window()
    qtbot.waitUntil(lambda: made.shelf.loaded and made.shelf.library is not None)
    made.preferences.show(made.preferences.pages.of(ModelsPage))
    qtbot.waitUntil(lambda: bool(made.preferences.pages.of(ModelsPage).rows))
    return made


def _press(page: Page, name: str) -> QPushButton:
    return next(e for e in page.findChildren(QPushButton) if e.accessibleName() == name)


@pytest.mark.slow
def test_each_kind_stands_in_a_row_with_its_state(window: MainWindow) -> None:
    page = window.preferences.pages.of(ModelsPage)
    told = words_of(page)
    assert [row.kind for row in page.rows] == list(KINDS)
    for part in ("Search by meaning", "all-MiniLM-L6-v2", "Needs a model", "Needs a server"):
        assert part in told
    assert "`" not in told


@pytest.mark.slow
def test_a_model_at_hand_is_called_the_same_in_its_row_and_in_its_list(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = window.preferences.pages.of(ModelsPage)
    below = model_list(window, EmbeddingModels, show=True)
    qtbot.waitUntil(lambda: "Ready" in words_of(below).splitlines())
    row = next(each for each in page.findChildren(Line) if "Search by meaning" in words_of(each))
    assert row.state.text() == "Ready"
    assert "Works" not in [each.text() for each in page.findChildren(QLabel)]


@pytest.mark.slow
def test_a_model_is_tried_in_its_row(window: MainWindow, qtbot: QtBot) -> None:
    page = window.preferences.pages.of(ModelsPage)
    _press(page, "Try it: Search by meaning").click()
    assert _press(page, "Stop: Search by meaning").isEnabled()
    qtbot.waitUntil(lambda: "Marie Curie" in words_of(page))
    qtbot.waitUntil(lambda: "ms a sentence" in words_of(page))
    assert _press(page, "Try it: Search by meaning").isEnabled()


@pytest.mark.slow
def test_what_a_trial_found_is_told_in_german(window: MainWindow, qtbot: QtBot) -> None:
    page = window.preferences.pages.of(ModelsPage)
    translation.choose("de")
    try:
        page.try_("embedding")
        qtbot.waitUntil(lambda: "ähnelt" in words_of(page))
        qtbot.waitUntil(lambda: "ms je Satz" in words_of(page))
    finally:
        translation.choose("en")


@pytest.mark.slow
def test_what_a_model_said_goes_when_its_server_does(window: MainWindow, qtbot: QtBot) -> None:
    page = window.preferences.pages.of(ModelsPage)
    with ollama_server(FakeModel("small", says="It is a ferry.")) as running:
        choices.change({"address": running.address, "dialogue": "small"})
        server.forget()
        page.refresh()
        qtbot.waitUntil(lambda: page.rows[4].state is State.WORKS)
        _press(page, "Try it: Language model").click()
        qtbot.waitUntil(lambda: "It is a ferry." in words_of(page))
        qtbot.waitUntil(lambda: "tokens a second" in words_of(page))
    server.forget()
    page.refresh()
    qtbot.waitUntil(lambda: page.rows[4].state is State.NEEDS_SERVER)
    # The rows are shown a moment after their states are known.
    qtbot.waitUntil(lambda: "No model server answers" in words_of(page))
    told = words_of(page)
    assert "It is a ferry." not in told
    assert "tokens a second" not in told


@pytest.mark.slow
def test_what_there_is_to_choose_opens_in_its_row_one_at_a_time(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = window.preferences.pages.of(ModelsPage)
    _press(page, "Set up…: Speech").click()
    speech = page.models("speech")
    assert speech.isVisible()
    qtbot.waitUntil(lambda: "large-v3-turbo" in words_of(speech))
    assert "huggingface.co" in words_of(speech)
    _press(page, "Change…: Search by meaning").click()
    assert not speech.isVisible()
    assert page.models("embedding").isVisible()
    # Whoever uses the keyboard stays at the row.
    close = _press(page, "Close: Search by meaning")
    close.setFocus()
    close.click()
    assert not page.models("embedding").isVisible()
    focused = window.focusWidget()
    assert focused is not None
    assert focused.accessibleName().endswith(": Search by meaning")


@pytest.mark.slow
def test_what_few_people_change_stands_last(window: MainWindow) -> None:
    pages = window.preferences.pages

    def at() -> Page:
        return pages.page

    listed = [pages.list.item(at).text() for at in range(pages.list.count())]
    assert listed[:5] == ["General", "Models", "Library & backup", "Connections", "Privacy"]
    assert listed[5:] == ["Sleep and learning", "Shortcuts"]
    pages.list.setFocus()
    QTest.keyClick(pages.list, Qt.Key.Key_Down)
    assert at() is pages.of(LibraryPage)
    QTest.keyClick(pages.list, Qt.Key.Key_Up)
    assert at() is pages.of(ModelsPage)
