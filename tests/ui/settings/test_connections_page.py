"""The page of other programs: what is copied is right, and Privacy lists who is connected."""

import json
import tomllib
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.doors.serving import served
from tests.ui.conftest import MakeWindow
from tests.ui.stage import words_of
from workbench.doors.clients import CLIENTS, configuration
from workbench.library import Library
from workbench.ui.settings.library import ConnectionsPage, PrivacyPage


def test_every_client_gets_its_own_form() -> None:
    library = Path("/books/my “library”.brain")
    made = {
        name: configuration(name, ["uv", "run", "workbench"], library, write=True)
        for name in CLIENTS
    }
    args = ["run", "workbench", "--library", str(library), "mcp", "--write"]
    wanted = {"command": "uv", "args": args}
    assert json.loads(made["Most clients"]) == {"mcpServers": {"library": wanted}}
    assert json.loads(made["VS Code"]) == {"servers": {"library": wanted}}
    assert json.loads(made["Zed"]) == {"context_servers": {"library": wanted}}
    assert tomllib.loads(made["Codex"]) == {"mcp_servers": {"library": wanted}}
    assert "--write" not in configuration("Codex", ["workbench"], None, write=False)


@pytest.mark.slow
def test_what_is_copied_starts_with_the_open_library(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window()
    qtbot.waitUntil(lambda: window.shelf.complete and window.shelf.library is not None)
    page = window.preferences.pages.of(ConnectionsPage)
    window.preferences.show(page)
    press = next(
        each
        for each in page.findChildren(QPushButton)
        if each.accessibleName() == "Copy: configuration"
    )
    press.click()
    made = json.loads(QApplication.clipboard().text())["mcpServers"]["library"]["args"]
    assert made[-3:] == ["--library", str(window.shelf.path), "mcp"]
    page.write.setChecked(True)
    assert page.text.toPlainText().count("--write") == 1
    page.client.setCurrentText("Command line")
    assert page.text.toPlainText().endswith("mcp --write")


@pytest.mark.slow
def test_privacy_lists_a_server_while_it_runs(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window()
    Library.open(tmp_path / "shared.brain").close()
    page = window.preferences.pages.of(PrivacyPage)
    window.preferences.show(page)
    qtbot.waitUntil(lambda: "When you set one up" in words_of(page))
    with served(tmp_path / "shared.brain") as server:
        page.refresh()
        qtbot.waitUntil(lambda: server.address in words_of(page))
        assert "shared.brain (read only)" in words_of(page)
    page.refresh()
    qtbot.waitUntil(lambda: "When you set one up" in words_of(page))
