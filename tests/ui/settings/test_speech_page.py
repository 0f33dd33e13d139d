"""The page of speech models: what is here, loading with progress and stop, the one that is used."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ingest.errors import UnreachableError
from ingest.media import speech_models
from ingest.media.speech_models import SpeechModel
from tests.ui.conftest import MakeWindow
from tests.ui.fits import clipped
from tests.ui.stage import came_to_rest, label_words
from workbench.bench.made_whisper import write_model
from workbench.intake import speech
from workbench.ui.looks import unnamed
from workbench.ui.settings.speech import SpeechPage
from workbench.ui.window.main import MainWindow


def _bring(name: str) -> None:
    """Have a model lie where models lie."""
    write_model(speech.folder() / name)


@pytest.fixture
def window(make_window: MakeWindow, qtbot: QtBot) -> MainWindow:
    made = make_window()
    qtbot.waitUntil(lambda: made.shelf.library is not None)
    return made


def _opened(window: MainWindow, qtbot: QtBot) -> SpeechPage:
    page = window.preferences.pages.of(SpeechPage)
    window.preferences.show(page)
    qtbot.waitUntil(_says(page, "large-v3-turbo"))
    return page


def _says(page: SpeechPage, words: str) -> Callable[[], bool]:
    return lambda: words in label_words(page)


def _press(page: SpeechPage, name: str) -> QPushButton:
    found = [
        each
        for each in page.findChildren(QPushButton)
        if each.accessibleName() == name and each.isVisible()
    ]
    assert len(found) == 1, name
    return found[0]


def _there(page: SpeechPage, name: str) -> bool:
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
    told = label_words(page)
    assert "about 400 MB of memory" in told
    assert "In use" in told
    assert "Here" in told
    assert "Download (484 MB): small" in {
        each.accessibleName() for each in page.findChildren(QPushButton)
    }
    assert unnamed(window) == []
    came_to_rest(qtbot, window)
    assert clipped(window) == []
    _press(page, "Use: tiny").click()
    qtbot.waitUntil(lambda: _used() == "tiny")
    qtbot.waitUntil(lambda: _there(page, "Use: base"))
    page.language.activated.emit(page.language.findData("de"))
    qtbot.waitUntil(lambda: _language() == "de")
    # Another model goes on in that language.
    qtbot.waitUntil(lambda: page.language.currentData() == "de")
    qtbot.waitUntil(lambda: _there(page, "Use: base"))
    _press(page, "Use: base").click()
    qtbot.waitUntil(lambda: _used() == "base")
    assert _language() == "de"


def _used() -> str:
    means = speech.means()
    return means.model.name if means is not None else ""


def _language() -> str:
    means = speech.means()
    return means.language if means is not None else ""


@pytest.mark.slow
def test_m2_a_speech_model_is_loaded_with_progress_stopped_and_used_when_it_is_here(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = False

    def load(
        model: SpeechModel,
        folder: Path,
        *,
        report: Callable[[int, int, str], None],
        cancel: Callable[[], None],
    ) -> Path:
        # The network's part: what comes from there is not this page's business.
        report(30_000_000, model.disk, "bytes")
        while not whole:
            cancel()
        _bring(model.name)
        return folder / model.name

    monkeypatch.setattr(speech_models, "load", load)
    page = _opened(window, qtbot)
    _press(page, "Download (75 MB): tiny").click()
    qtbot.waitUntil(_says(page, "30 MB of 75 MB"))
    window.show_panel("activity")
    assert "Downloading the speech model tiny" in label_words(window.activity.tasks)
    assert not _press(page, "Download (145 MB): base").isEnabled()
    _press(page, "Stop: tiny").click()
    qtbot.waitUntil(lambda: window.preferences.loading.subject == "")
    assert _used() == ""
    whole = True
    qtbot.waitUntil(lambda: _there(page, "Download (75 MB): tiny"))
    _press(page, "Download (75 MB): tiny").click()
    qtbot.waitUntil(lambda: _used() == "tiny")
    qtbot.waitUntil(_says(page, "In use"))


def test_a_model_that_does_not_come_is_said(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(*_all: object, **_named: object) -> Path:
        raise UnreachableError("The connection broke off.", "Try again: what has arrived is kept.")

    monkeypatch.setattr(speech_models, "load", load)
    page = _opened(window, qtbot)
    _press(page, "Download (75 MB): tiny").click()
    qtbot.waitUntil(_says(page, "The connection broke off."))
    assert "what has arrived is kept" in label_words(page)


def test_a_folder_of_ones_own_is_a_model(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    page = _opened(window, qtbot)
    assert _there(page, "Choose a folder…")
    page.use_folder(str(write_model(tmp_path / "mine")))
    qtbot.waitUntil(_says(page, "your own"))
    assert page.spoken is not None
    assert [each.name for each in page.spoken.models if each.used] == ["mine"]
    page.use_folder(str(tmp_path))
    qtbot.waitUntil(_says(page, "contains no speech model"))
    assert [each.name for each in page.spoken.models if each.used] == ["mine"]
