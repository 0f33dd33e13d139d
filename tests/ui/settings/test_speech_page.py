"""The page of speech models: what is here, loading with progress and stop, the one that is used."""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ingest.errors import UnreachableError
from ingest.media import speech_models, speech_settings
from ingest.web import download
from tests.benchmarks.made_whisper import write_model
from tests.patience import seconds
from tests.ui.conftest import MakeWindow
from tests.ui.fits import clipped
from tests.ui.looks import unnamed
from tests.ui.settings.model_lists import model_list
from tests.ui.stage import button_of, came_to_rest, words_of
from tests.web_server import Page, WebServer, web_server
from workbench.intake import speech
from workbench.ui.settings.library_models import SpeechModels
from workbench.ui.window.main import MainWindow


def _bring(name: str) -> None:
    """Have a model lie where models lie."""
    write_model(speech.folder() / name)


@pytest.fixture
def window(make_window: MakeWindow, qtbot: QtBot) -> MainWindow:
    made = make_window()
    qtbot.waitUntil(lambda: made.shelf.library is not None)
    return made


def _opened(window: MainWindow, qtbot: QtBot) -> SpeechModels:
    page = model_list(window, SpeechModels)
    window.preferences.show_models("speech")
    qtbot.waitUntil(_says(page, "large-v3-turbo"))
    return page


def _says(page: SpeechModels, words: str) -> Callable[[], bool]:
    return lambda: words in words_of(page)


def _there(page: SpeechModels, name: str) -> bool:
    return any(
        each.accessibleName() == name and each.isVisible() and each.isEnabled()
        for each in page.findChildren(QPushButton)
    )


@pytest.mark.slow
def test_m2_speech_models_are_listed_with_disk_memory_and_state(
    window: MainWindow, qtbot: QtBot
) -> None:
    _bring("base")
    _bring("tiny")
    page = _opened(window, qtbot)
    told = words_of(page)
    assert "about 400 MB of memory" in told
    assert "In use" in told
    assert "Ready" in told
    assert "Download (484 MB): small" in {
        each.accessibleName() for each in page.findChildren(QPushButton)
    }
    assert unnamed(window) == []
    came_to_rest(qtbot, window)
    assert clipped(window) == []
    button_of(page, "Use: tiny").click()
    qtbot.waitUntil(lambda: _used() == "tiny")
    qtbot.waitUntil(lambda: _there(page, "Use: base"))
    page.language.activated.emit(page.language.findData("de"))
    qtbot.waitUntil(lambda: _language() == "de")
    # Another model goes on in that language.
    qtbot.waitUntil(lambda: page.language.currentData() == "de")
    qtbot.waitUntil(lambda: _there(page, "Use: base"))
    button_of(page, "Use: base").click()
    qtbot.waitUntil(lambda: _used() == "base")
    assert _language() == "de"


@pytest.mark.slow
def test_without_the_extra_the_page_says_how_to_add_it_and_offers_no_download(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    _bring("tiny")
    monkeypatch.setattr(speech_settings, "ready", lambda: False)
    page = model_list(window, SpeechModels)
    window.preferences.show_models("speech")
    qtbot.waitUntil(_says(page, "Add the extra `speech` with: uv sync --extra speech. Then start"))
    names = {each.accessibleName() for each in page.findChildren(QPushButton)}
    assert not any(name.startswith("Download") for name in names)
    assert "tiny" in words_of(page)
    assert unnamed(window) == []
    came_to_rest(qtbot, window)
    assert clipped(window) == []


def _used() -> str:
    means = speech.active_model()
    return means.model.name if means is not None else ""


def _language() -> str:
    means = speech.active_model()
    return means.language if means is not None else ""


def _serve(server: WebServer, model: Path, name: str, held: threading.Event) -> Page:
    """Have a server give the files of a model as its maker does; the weights stop in the middle.

    Returns the page of the weights, which wait until `held` is set.
    """
    base = f"/Systran/faster-whisper-{name}"
    for file in model.iterdir():
        server.pages[f"{base}/{file.name}"] = Page(file.read_bytes(), parts=True)
    weights = (model / "model.bin").read_bytes()
    half = len(weights) // 2

    def rest(handler: BaseHTTPRequestHandler) -> None:
        held.wait(seconds(60))
        handler.wfile.write(weights[half:])

    headers = {"Content-Length": str(len(weights)), "X-Linked-ETag": _digest(weights)}
    page = Page(weights[:half], headers=headers, more=rest)
    server.pages[f"{base}/model.bin"] = page
    return page


def _digest(data: bytes) -> str:
    return f'"{hashlib.sha256(data).hexdigest()}"'


@pytest.mark.slow
def test_m2_a_speech_model_is_downloaded_stopped_resumed_and_checked(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = write_model(tmp_path / "made")
    weights = (made / "model.bin").read_bytes()
    here = speech.folder() / "tiny"
    with web_server() as server:
        held = threading.Event()
        slow = _serve(server, made, "tiny", held)
        # The maker's address alone is another one.
        served = partial(download.Downloader, host=server.url("/{repository}/{file}"), private=True)
        monkeypatch.setattr(download, "Downloader", served)
        page = _opened(window, qtbot)
        assert server.asked == []
        button_of(page, "Download (75 MB): tiny").click()
        qtbot.waitUntil(_says(page, " of 75 MB"))
        part = here / "model.bin.part"
        qtbot.waitUntil(lambda: part.is_file() and part.stat().st_size == len(weights) // 2)
        window.navigate.show_panel("activity")
        assert "Downloading the speech model tiny" in words_of(window.activity.tasks)
        assert not button_of(page, "Download (145 MB): base").isEnabled()
        # The server says nothing more, and has all the time in the world.
        button_of(page, "Stop: tiny").click()
        qtbot.waitUntil(lambda: window.preferences.works["speech"].subject == "")
        held.set()
        assert (_used(), part.stat().st_size) == ("", len(weights) // 2)
        # What comes for the rest is of another file: it is not kept.
        where = next(each for each in server.pages if server.pages[each] is slow)
        told = {"X-Linked-ETag": _digest(weights)}
        server.pages[where] = Page(bytes(len(weights)), headers=told, parts=True)
        qtbot.waitUntil(lambda: _there(page, "Download (75 MB): tiny"))
        button_of(page, "Download (75 MB): tiny").click()
        qtbot.waitUntil(_says(page, "arrived damaged"))
        assert (_used(), part.exists()) == ("", False)
        server.pages[where] = replace(server.pages[where], body=weights)
        part.write_bytes(weights[:1000])
        qtbot.waitUntil(lambda: _there(page, "Download (75 MB): tiny"))
        button_of(page, "Download (75 MB): tiny").click()
        qtbot.waitUntil(lambda: _used() == "tiny")
        qtbot.waitUntil(_says(page, "In use"))
        assert [headers.get("Range") for path, headers in server.asked if path == where] == [
            None, f"bytes={len(weights) // 2}-", "bytes=1000-"
        ]  # fmt: skip
    assert (here / "model.bin").read_bytes() == weights


@pytest.mark.slow
def test_a_model_that_does_not_come_is_said(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(*_all: object, **_named: object) -> Path:
        raise UnreachableError("The connection broke off.", "Try again: what has arrived is kept.")

    monkeypatch.setattr(speech_models, "load", load)
    page = _opened(window, qtbot)
    button_of(page, "Download (75 MB): tiny").click()
    qtbot.waitUntil(_says(page, "The connection broke off."))
    assert "what has arrived is kept" in words_of(page)


@pytest.mark.slow
def test_a_folder_of_ones_own_is_a_model(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    page = _opened(window, qtbot)
    assert _there(page, "Choose a folder…")
    page.use_folder(str(write_model(tmp_path / "mine")))
    qtbot.waitUntil(_says(page, "your own"))
    assert page.data is not None
    assert [each.name for each in page.data[0] if each.used] == ["mine"]
    page.use_folder(str(tmp_path))
    qtbot.waitUntil(_says(page, "contains no speech model"))
    assert [each.name for each in page.data[0] if each.used] == ["mine"]
