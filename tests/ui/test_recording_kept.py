"""A recording without a speech model is kept, played, and says how to get its transcript."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.recorded import speak
from tests.ui.conftest import MakeWindow
from tests.ui.settings.model_lists import model_list
from tests.ui.stage import pick_row, settled, words_of
from workbench.ui.settings.library_models import SpeechModels


@pytest.mark.slow
def test_a_recording_without_a_model_plays_and_leads_to_the_models(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    window = make_window()
    settled(qtbot, window, 0)
    window.adding.add([speak(tmp_path / "The lock.wav")])
    settled(qtbot, window, 1)
    pick_row(window, 0)
    inspector = window.inspector
    qtbot.waitUntil(lambda: "no speech model" in words_of(inspector))
    assert "Recording, 0:09" in words_of(inspector)
    assert "workbench speech" not in words_of(inspector)
    window.navigate.open_source(window.shelf.sources[0].id)
    reader = window.reader_tab
    qtbot.waitUntil(lambda: reader.timeline.isVisible() and bool(reader.timeline.wave.levels))
    assert reader.timeline.wave.seconds > 5
    assert "There is no transcript yet" in reader.notice()
    assert "workbench speech" not in reader.notice()
    reader.timeline.wave.chosen.emit(3.0)
    assert reader.timeline.player.text() == " Play from 0:03"
    reader.timeline.player.click()
    qtbot.waitUntil(lambda: bool(opened))
    assert Path(opened[0].toLocalFile()).suffix == ".wav"
    presses = inspector.findChildren(QPushButton)
    next(each for each in presses if each.text() == "Speech models…").click()
    assert model_list(window, SpeechModels).isVisible()
