"""Choose Videos: a list is shown with ticks before anything of it is loaded."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.stage import settled
from tests.web_server import Page, WebServer, web_server
from workbench.ui.window import links
from workbench.ui.window.links import PlaylistSheet
from workbench.ui.window.main import MainWindow

SAID = "WEBVTT\n\n00:00:05.000 --> 00:00:08.000\nThe keeper of the lock is called Torvald {n}.\n"


@pytest.fixture
def server() -> Iterator[WebServer]:
    """A list of films, each with captions."""
    with web_server() as running:
        items = []
        for n in range(1, 8):
            film = (
                f"<!doctype html><html><head><title>Part {n}</title></head><body><video "
                f'src="/{n}.mp4"><track kind="captions" srclang="en" src="/{n}.vtt"></video></body>'
            )
            running.pages[f"/part{n}"] = Page(film.encode())
            vtt = Page(SAID.format(n=n).encode(), headers={"Content-Type": "text/vtt"})
            running.pages[f"/{n}.vtt"] = vtt
            link = running.url(f"/part{n}")
            items.append(f"<item><title>Part {n}</title><link>{link}</link></item>")
        running.pages["/feed"] = Page(
            '<?xml version="1.0"?><rss version="2.0"><channel><title>The series</title>'
            f"{''.join(items)}</channel></rss>".encode(),
            headers={"Content-Type": "application/rss+xml"},
        )
        yield running


@pytest.fixture
def window(make_window: MakeWindow, qtbot: QtBot) -> MainWindow:
    made = make_window()
    qtbot.waitUntil(lambda: made.shelf.library is not None)
    return made


def _sheet(window: MainWindow, address: str) -> PlaylistSheet:
    links = window.adding.choose_links([address])
    links.choose_button.click()
    return window.findChildren(PlaylistSheet)[-1]


@pytest.mark.slow
def test_i12_a_list_is_ticked_by_keyboard_and_nothing_of_it_is_loaded(
    window: MainWindow, qtbot: QtBot, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "PART", 5)
    monkeypatch.setattr(links, "_TICK_ALL", 3)
    added: list[list[str]] = []
    sheet = PlaylistSheet(window.context, server.url("/feed"), "127.0.0.1", added.append)
    sheet.show()
    qtbot.waitUntil(lambda: "Asking 127.0.0.1" in window.status.queue.text())
    qtbot.waitUntil(lambda: sheet.list.count() == 5)
    assert "Asking" not in window.status.queue.text()
    assert sheet.title.text() == "The series"
    assert sheet.ticked == []
    assert not sheet.add_button.isEnabled()
    sheet.more.click()
    qtbot.waitUntil(lambda: sheet.list.count() == 7)
    assert not sheet.more.isVisible()
    sheet.all.click()
    assert len(sheet.ticked) == 7
    sheet.all.click()
    assert sheet.ticked == []
    sheet.list.setCurrentRow(5)
    QTest.keyClick(sheet.list, Qt.Key.Key_Space)
    assert sheet.ticked == [server.url("/part6")]
    assert sheet.add_button.text() == "Add 1 video"
    sheet.add_button.click()
    assert added == [[server.url("/part6")]]
    assert set(server.paths) == {"/feed"}


@pytest.mark.slow
def test_i12_only_what_is_ticked_is_loaded_and_is_known_the_next_time(
    window: MainWindow, qtbot: QtBot, server: WebServer
) -> None:
    sheet = _sheet(window, server.url("/feed"))
    qtbot.waitUntil(lambda: sheet.list.count() == 7)
    assert len(sheet.ticked) == 7
    sheet.all.click()
    sheet.list.item(5).setCheckState(Qt.CheckState.Checked)
    sheet.add_button.click()
    settled(qtbot, window, 1)
    qtbot.waitUntil(lambda: bool(window.shelf.sources[0].verified), timeout=30_000)
    assert window.shelf.sources[0].title == "Part 6"
    assert {path for path in server.paths if "part" in path} == {"/part6"}
    again = _sheet(window, server.url("/feed"))
    qtbot.waitUntil(lambda: again.list.count() == 7)
    assert again.list.item(5).text().endswith("in the library")
    assert server.url("/part6") not in again.ticked
    QTest.keyClick(again, Qt.Key.Key_Escape)


@pytest.mark.slow
def test_i12_what_keeps_a_list_away_is_said_in_the_sheet(
    window: MainWindow, qtbot: QtBot, server: WebServer
) -> None:
    sheet = _sheet(window, server.url("/gone"))
    qtbot.waitUntil(lambda: sheet.more.isVisible())
    assert sheet.more.text() == "Try again"
    assert not sheet.told.text().startswith("Asking")
    assert not sheet.add_button.isEnabled()
    sheet.close()
    assert window.shelf.sources == []
