"""A library on another computer in the window, behind a server of its own process."""

import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.doors.serving import Served, served
from tests.ui.conftest import MakeWindow
from tests.ui.stage import settled, words_of
from workbench.library import Library
from workbench.ui.shelf import opened as shelves
from workbench.ui.window.library_problems import SUSPENDED
from workbench.ui.window.main import NOTICE, MainWindow
from workbench.ui.window.tabs import ASK, TODAY

_TEXT = "The lighthouse at Skagen was built by Maria Lindqvist in 1862. It burned rape oil."


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    # The server answers with the shipped reader.
    monkeypatch.delenv("WORKBENCH_READER", raising=False)
    file = tmp_path / "there" / "a.brain"
    file.parent.mkdir()
    with Library.open(file) as library:
        library.add_text(_TEXT, title="Skagen")
        library.facts.tell("Ada's plan is pro.")
    with served(file, "--write") as server:
        yield server


@pytest.fixture
def window(
    make_window: MakeWindow, qtbot: QtBot, there: Served, monkeypatch: pytest.MonkeyPatch
) -> MainWindow:
    monkeypatch.setattr(shelves, "_RETRY_DELAYS", (50,))
    made = make_window()
    qtbot.waitUntil(lambda: made.shelf.loaded)
    connect(qtbot, made, there.address, there.token)
    settled(qtbot, made, 1)
    return made


def connect(qtbot: QtBot, window: MainWindow, address: str, token: str) -> None:
    window.actions_by_name["open_remote"].trigger()
    sheet = window.libraries.open_remote()
    (press,) = sheet.presses
    sheet.fields["address"].setText(address.removeprefix("http://"))
    sheet.fields["token"].setText("wrong")
    QTest.mouseClick(press, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "token" in sheet.message.text() and press.isEnabled())
    sheet.fields["token"].setText(token)
    with qtbot.waitSignal(window.shelf.opened):
        QTest.mouseClick(press, Qt.MouseButton.LeftButton)


@pytest.mark.slow
def test_one_reads_and_asks_elsewhere_and_has_everything_again_at_home(
    window: MainWindow, qtbot: QtBot, there: Served, tmp_path: Path
) -> None:
    file = window.shelf.path
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert there.token not in window.collect_settings().library
    assert "on another computer" in window.windowTitle()
    assert "Read, ask and add files here." in words_of(window.bars)
    assert window.bars.has(NOTICE)
    assert not window.tabs.isTabVisible(TODAY)
    for name in ("back_up", "trash", "sleep", "watch"):
        assert not window.actions_by_name[name].isVisible(), name
    for name in ("add", "add_link", "focus_question", "open_library"):
        assert window.actions_by_name[name].isEnabled(), name
    source = window.shelf.sources[0]
    window.navigate.open_source(source.id)
    qtbot.waitUntil(lambda: window.reader_tab.source_id == source.id)
    window.navigate.show_tab(ASK)
    window.ask_tab.ask("Who built the lighthouse at Skagen?")
    qtbot.waitUntil(lambda: window.ask_tab.answer is not None)
    qtbot.waitUntil(lambda: "Maria Lindqvist" in words_of(window.ask_tab))
    assert not window.toasts.isVisible(), words_of(window.toasts)
    with qtbot.waitSignal(window.shelf.opened):
        window.libraries.switch(str(tmp_path / "Thesis.brain"))
    qtbot.waitUntil(lambda: window.shelf.loaded)
    assert window.tabs.isTabVisible(TODAY)
    assert window.actions_by_name["back_up"].isEnabled()
    assert "another computer" not in window.windowTitle()
    assert not window.bars.has(NOTICE)


@pytest.mark.slow
def test_files_are_sent_others_are_heard_and_a_server_that_goes_away_returns(
    window: MainWindow, qtbot: QtBot, there: Served, tmp_path: Path
) -> None:
    mill = tmp_path / "mill.txt"
    mill.write_text("The mill at Gudhjem was moved in 1893.", "utf-8")
    window.adding.add([mill])
    settled(qtbot, window, 2)
    qtbot.waitUntil(window.toasts.isVisible)
    assert "Added" in words_of(window.toasts)
    assert "Undo" not in words_of(window.toasts)
    with Library.open(there.address, token=there.token) as other:
        other.facts.tell("Berta's plan is basic.")
    qtbot.waitUntil(lambda: sum(each["fact"] for each in window.shelf.fact_counts.values()) == 2)
    there.process.terminate()
    qtbot.waitUntil(lambda: window.bars.has(SUSPENDED))
    assert "does not answer" in words_of(window.bars)
    assert QApplication.activeModalWidget() is None
    port = there.address.rpartition(":")[2]
    with served(tmp_path / "there" / "a.brain", "--write", "--port", port):
        qtbot.waitUntil(lambda: not window.bars.has(SUSPENDED))
