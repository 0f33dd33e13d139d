"""What goes to another computer, in the window: shown in full, allowed, said, and stopped."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ollama_server import FakeModel
from tests.provider import HOST, KEY, address_of, provider_server
from tests.ui.conftest import MakeWindow
from tests.ui.looks import unnamed
from tests.ui.settings.model_lists import model_list
from tests.ui.stage import library_of, words_of
from workbench.ui.ask.sending import SendingSheet
from workbench.ui.settings.language import LanguageModels
from workbench.ui.window.tabs import ASK

_TEXT = "The Ferrow mill was built by Anna Brook in 1842. She sold it to Jonas Pell."


@pytest.mark.slow
def test_what_would_be_sent_is_shown_before_it_is_allowed_and_stopped_with_one_click(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    says = "Anna Brook built the Ferrow mill in 1842 [1]."
    with provider_server(tmp_path, monkeypatch, FakeModel("writer", says=says)) as provider:
        window = make_window(size=(1200, 900))
        qtbot.waitUntil(lambda: window.shelf.library is not None)
        library = library_of(window)
        library.add_text(_TEXT, title="Mills")
        page = model_list(window, LanguageModels)
        window.preferences.show_models("language")
        page.field.setText(address_of(provider))
        page.key.setText(KEY)
        QTest.keyClick(page.field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: "is another computer" in words_of(page))
        assert provider.asked == []
        _press(page, "Send texts there")
        qtbot.waitUntil(lambda: "texts are sent there" in words_of(page))
        assert page.key.text() == ""
        assert page.sending.currentData() == "off"
        assert unnamed(window) == []
        library.models.choose("writer", "dialogue")
        window.navigate.show_tab(ASK)
        tab = window.ask_tab
        qtbot.waitUntil(lambda: tab.composer.ready)
        tab.composer.field.setText("Who built the Ferrow mill?")
        with qtbot.waitSignal(tab.wrote):
            QTest.keyClick(tab.composer.field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: tab.result is not None and "Nothing was sent" in words_of(tab))
        _press(tab, "See what would be sent…")
        qtbot.waitUntil(lambda: bool(tab.findChildren(SendingSheet)))
        (sheet,) = tab.findChildren(SendingSheet)
        shown = sheet.request.toPlainText()
        assert "Anna Brook in 1842" in shown
        assert "Who built the Ferrow mill?" in shown
        assert provider.asked_of("/v1/chat/completions") == []
        with qtbot.waitSignal(tab.wrote) as wrote:
            QTest.mouseClick(sheet.allow_button, Qt.MouseButton.LeftButton)
        assert wrote.args is not None
        assert wrote.args[0].sent_to == HOST
        (sent,) = provider.asked_of("/v1/chat/completions")
        assert "Anna Brook in 1842" in sent["messages"][-1]["content"]
        qtbot.waitUntil(lambda: f"Written on another computer, “{HOST}”" in words_of(tab))
        _press(tab, "Stop sending")
        qtbot.waitUntil(lambda: library.models.sending().state == "off")


def _press(inside: object, word: str) -> None:
    found = [each for each in inside.findChildren(QPushButton) if each.text() == word]  # type: ignore[attr-defined]
    (button,) = [each for each in found if each.isVisible()]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
