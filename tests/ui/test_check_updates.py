"""Help ▸ Check for Updates: the request is shown, and sent only if allowed."""

import json
from functools import partial

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.stage import words_of
from tests.web_server import Page, web_server
from workbench import version
from workbench.ui.settings.sheets import Sheet


def _send(sheet: Sheet) -> None:
    (button,) = [each for each in sheet.findChildren(QPushButton) if each.text() == "Send"]
    button.click()


def test_the_request_is_shown_and_sent_once_it_is_allowed(
    make_window: MakeWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = json.dumps({"info": {"version": "99.1"}}).encode()
    window = make_window()
    with web_server() as server:
        server.pages["/json"] = Page(answer, 200, {"Content-Type": "application/json"})
        monkeypatch.setattr(version, "releases", partial(server.url, "/json"))
        window.actions_by_name["updates"].trigger()
        (sheet,) = window.findChildren(Sheet)
        shown = " ".join(each.text() for each in sheet.findChildren(QLabel))
        assert "Sends this one request, nothing else:" in shown
        assert server.url("/json") in shown.replace("\u200b", "")
        assert server.paths == []
        _send(sheet)
        qtbot.waitUntil(lambda: "Version 99.1 has been released" in words_of(window.toasts))
        assert server.paths == ["/json"]


def test_no_answer_is_said(
    make_window: MakeWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window()
    with web_server() as server:
        monkeypatch.setattr(version, "releases", partial(server.url, "/json"))
    window.actions_by_name["updates"].trigger()
    _send(window.findChildren(Sheet)[0])
    qtbot.waitUntil(lambda: "cannot be reached" in words_of(window.toasts))


def test_a_copy_without_an_address_says_so(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window()
    window.actions_by_name["updates"].trigger()
    qtbot.waitUntil(lambda: "no address of releases" in words_of(window.toasts))
    assert not window.findChildren(Sheet)
