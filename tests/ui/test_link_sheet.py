"""Add Link: what a line means, what is said before anything is fetched, and keys."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ingest.media.playlist import Entry, Playlist
from ingest.media.video_errors import is_playlist, no_captions
from tests.patience import seconds
from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary, Wanted, job
from tests.ui.stage import fill, settled
from workbench.ui.activity.rows import CHOOSE, SPEECH, stage_word, verbs
from workbench.ui.library.scope import Scope
from workbench.ui.window.links import PlaylistSheet, is_private, read_line, split_private
from workbench.ui.window.main import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot) -> MainWindow:
    fill(fake)
    made = make_window(fake)
    settled(qtbot, made, 3)
    return made


@pytest.mark.parametrize(
    ("text", "address", "host", "near"),
    [
        ("https://example.org/a", "https://example.org/a", "example.org", False),
        (" example.org/a b ", "https://example.org/a b", "example.org", False),
        ("Bücher.example", "https://Bücher.example", "xn--bcher-kva.example", False),
        ("localhost:8000/x", "http://localhost:8000/x", "localhost", True),
        ("http://127.0.0.1/x", "http://127.0.0.1/x", "127.0.0.1", True),
        ("http://[::1]/", "http://[::1]/", "::1", True),
        ("http://0x7f.1/", "http://0x7f.1/", "0x7f.1", True),
        ("https://8.8.8.8/", "https://8.8.8.8/", "8.8.8.8", False),
    ],
)
def test_i2_a_line_is_an_address(text: str, address: str, host: str, near: bool) -> None:
    line = read_line(text)
    assert (line.address, line.host, line.private, line.problem) == (address, host, near, "")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("file:///etc/passwd", "which links may not do"),
        ("ftp://example.org/a", "“ftp:” addresses are not read"),
        ("hello", "a web address"),
        ("https://", "no host"),
        ("https://ann:secret@example.org/", "password"),
    ],
)
def test_i2_a_line_that_is_no_address_says_why(text: str, told: str) -> None:
    line = read_line(text)
    assert told in line.problem
    assert not line.address


@given(st.text(max_size=60))
def test_i2_any_line_is_an_address_or_a_problem(text: str) -> None:
    line = read_line(text)
    assert bool(line.address) != bool(line.problem)


def test_i2_links_to_near_hosts_are_known_by_their_names() -> None:
    assert is_private("router")
    assert is_private("box.lan")
    assert is_private("2130706433")
    assert not is_private("example.org")
    public, near = split_private(["https://example.org/", "http://10.0.0.1/"])
    assert (public, near) == (["https://example.org/"], ["http://10.0.0.1/"])


@pytest.mark.slow
def test_i2_ctrl_u_adds_links_by_keyboard_alone(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window.collections.choose(Scope("Thesis"))
    QTest.keyClick(window, Qt.Key.Key_U, CONTROL)
    sheet = window.adding.sheet
    assert sheet is not None
    assert not sheet.isModal()
    assert QApplication.activeModalWidget() is None
    assert not sheet.add_button.isEnabled()
    QTest.keyClicks(sheet.field, "example.org/a")
    QTest.keyClick(sheet.field, Qt.Key.Key_Return)
    QTest.keyClicks(sheet.field, "http://192.168.1.5/notes")
    assert "Asks example.org, 192.168.1.5 for 2 pages." in sheet.told.text()
    assert "192.168.1.5 is on this computer or your own network" in sheet.told.text()
    QTest.keyClick(sheet.field, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: bool(fake.wanted))
    addresses = ("https://example.org/a", "http://192.168.1.5/notes")
    assert fake.wanted == [Wanted(addresses, "Thesis", typed=True)]


@pytest.mark.slow
def test_i12_a_video_may_have_its_language_chosen_and_its_sound_written_down(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    sheet = window.adding.choose_links()
    QTest.keyClicks(sheet.field, "example.org/a")
    assert not sheet.of_videos.isVisible()
    QTest.keyClick(sheet.field, Qt.Key.Key_Return)
    QTest.keyClicks(sheet.field, "https://www.youtube.com/watch?v=aaaaaaaaaaa")
    assert sheet.of_videos.isVisible()
    assert "for 1 page and 1 video." in sheet.told.text()
    assert not sheet.choose_button.isVisible()
    QTest.keyClicks(sheet.languages, "deutsch")
    assert "“deutsch” isn't a language code" in sheet.problem.text()
    assert not sheet.add_button.isEnabled()
    sheet.languages.setText("de, en")
    QTest.keyClick(sheet.speech, Qt.Key.Key_Space)
    sheet.add_button.click()
    qtbot.waitUntil(lambda: bool(fake.wanted))
    video = "https://www.youtube.com/watch?v=aaaaaaaaaaa#captions=de,en&speech"
    assert fake.wanted[0].paths == ("https://example.org/a", video)


@pytest.mark.slow
def test_i12_a_row_offers_to_write_down_a_video_without_captions(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    path = "https://youtu.be/aaaaaaaaaaa#captions=de"
    error = no_captions("A talk", 600.0).message
    row = job(7, "A talk", "failed", path=path, collection="Sea", error=error)
    assert verbs(row)[0] == SPEECH
    assert SPEECH not in verbs(replace(row, path="/talk.mp4"))
    fake.jobs = [row]
    fake.tell("queue")
    qtbot.waitUntil(lambda: len(window.activity.model.rows) == 1)
    window.activity.do(SPEECH, row)
    qtbot.waitUntil(lambda: bool(fake.wanted))
    assert fake.wanted == [Wanted((f"{path}&speech",), "Sea")]
    qtbot.waitUntil(lambda: ("dismiss", 7) in fake.handled)


@pytest.mark.slow
def test_i12_a_row_offers_to_choose_among_the_videos_of_a_list(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Playlist("The series", "", 1, (Entry(1, "https://youtu.be/bbbbbbbbbbb", "Part 1"),))
    monkeypatch.setattr(fake, "queue_playlist", lambda _link, **_more: found, raising=False)
    path = "https://www.youtube.com/playlist?list=PLaaaaaaaaaaa"
    row = job(8, "A list", "failed", path=path, error=is_playlist("The series").message)
    assert CHOOSE in verbs(row)
    window.activity.do(CHOOSE, row)
    sheet = window.findChildren(PlaylistSheet)[-1]
    qtbot.waitUntil(lambda: len(sheet.ticked) == 1)
    sheet.add_button.click()
    qtbot.waitUntil(lambda: bool(fake.wanted))
    assert fake.wanted == [Wanted(("https://youtu.be/bbbbbbbbbbb",))]


@pytest.mark.slow
def test_i2_what_is_no_address_is_told_and_not_added(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    sheet = window.adding.choose_links()
    QTest.keyClicks(sheet.field, "file:///etc/passwd")
    assert "which links may not do" in sheet.problem.text()
    assert not sheet.add_button.isEnabled()
    QTest.keyClick(sheet.field, Qt.Key.Key_Return, CONTROL)
    assert sheet.isVisible()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    qtbot.wait(30)
    assert not fake.wanted


@pytest.mark.slow
def test_i2_links_on_the_clipboard_fill_the_sheet(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    QApplication.clipboard().setText("https://example.org/a\nhttps://example.org/b")
    QTest.keyClick(window, Qt.Key.Key_V, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    sheet = window.adding.sheet
    assert sheet is not None
    assert [line.address for line in sheet.lines] == [
        "https://example.org/a",
        "https://example.org/b",
    ]
    assert not fake.wanted
    sheet.add_button.click()
    qtbot.waitUntil(lambda: bool(fake.wanted))


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b"<html><title>Tides</title><body><article><h1>Tides</h1>" + (
            b"<p>The moon pulls the water of the sea, and twice a day it rises and falls.</p>" * 9
        )
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        return


@pytest.fixture
def page() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Page)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/tides"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def slow_page() -> Iterator[tuple[str, threading.Event]]:
    """The address of a page, and what has to be set before the server sends it."""
    go_on = threading.Event()

    class Slow(_Page):
        def do_GET(self) -> None:
            go_on.wait(seconds(20))
            super().do_GET()

    server = HTTPServer(("127.0.0.1", 0), Slow)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/tides", go_on
    go_on.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.slow
def test_i1_i2_a_page_of_ones_own_machine_is_read_because_its_address_was_typed(
    make_window: MakeWindow, qtbot: QtBot, page: str
) -> None:
    window = make_window()
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    sheet = window.adding.choose_links()
    QTest.keyClicks(sheet.field, page)
    sheet.add_button.click()
    settled(qtbot, window, 1)
    qtbot.waitUntil(lambda: bool(window.shelf.sources[0].verified), timeout=30_000)
    assert window.shelf.sources[0].title == "Tides"
    assert window.toasts.text == "1 added"


@pytest.mark.slow
def test_p3_the_status_says_whom_the_window_is_asking_and_then_that_nobody_is_asked(
    make_window: MakeWindow, qtbot: QtBot, slow_page: tuple[str, threading.Event]
) -> None:
    address, answer = slow_page
    window = make_window()
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    assert window.status.network.text() == "Network off"
    sheet = window.adding.choose_links()
    QTest.keyClicks(sheet.field, address)
    sheet.add_button.click()
    qtbot.waitUntil(lambda: window.status.network.text() == "Fetching 127.0.0.1…")
    assert "only when you add their link" in window.status.network.toolTip()
    assert stage_word(window.shelf.queue[0]) == "Fetching"
    answer.set()
    settled(qtbot, window, 1)
    qtbot.waitUntil(lambda: window.status.network.text() == "Network off")
    # What was kept is read again without asking anybody.
    said: list[str] = []
    window.shelf.queue_changed.connect(lambda: said.append(window.status.network.text()))
    qtbot.waitUntil(lambda: bool(window.shelf.sources[0].verified))
    window.source_actions.reindex(window.shelf.sources)
    qtbot.waitUntil(lambda: "read again" in window.toasts.text)
    assert set(said) == {"Network off"}


@pytest.mark.slow
def test_p3_several_that_are_asked_are_counted(window: MainWindow) -> None:
    paths = ("https://example.org/a", "https://example.org/b", "http://example.com/")
    rows = [
        job(n, path, "running", path=path, stage_word="Fetching") for n, path in enumerate(paths, 1)
    ]
    window.status.show_network(rows)
    assert window.status.network.text() == "Fetching example.org and 1 more…"
    window.status.show_network(rows[:2])
    assert window.status.network.text() == "Fetching example.org…"


@pytest.mark.slow
def test_i1_the_same_page_named_without_being_typed_is_refused_in_its_row(
    make_window: MakeWindow, qtbot: QtBot, page: str
) -> None:
    window = make_window()
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    window.adding.add_arguments([page])
    qtbot.waitUntil(
        lambda: any(row.state == "failed" for row in window.shelf.queue), timeout=30_000
    )
    assert not window.shelf.sources
    assert window.shelf.queue[0].error
    assert window.shelf.queue[0].hint
