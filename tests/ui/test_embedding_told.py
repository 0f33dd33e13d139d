"""The window tells how far the embedding model is that reads by itself, and turns it off."""

import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.patience import seconds
from tests.space.embeddings import tiny_model
from tests.ui.conftest import MakeWindow
from tests.ui.settings.model_lists import model_list
from tests.ui.stage import library_of
from workbench.jobs import Cancel, Progress, Report
from workbench.space.embeddings import background, building, folder
from workbench.ui.app import open_to_read
from workbench.ui.components import words
from workbench.ui.settings.library_models import EmbeddingModels


@pytest.mark.slow
def test_the_status_bar_tells_of_reading_and_settings_turn_it_off(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny_model.write(tmp_path / "shipped", seed=7)
    made = folder.inspect_folder(tmp_path / "shipped")
    monkeypatch.setattr(folder, "shipped", lambda: made)
    monkeypatch.setattr(background, "_WAIT", 0.01)
    begun = threading.Event()

    def slow(_store: object, _space: int, _model: object, report: Report, cancel: Cancel) -> int:
        # The real thing is over too soon to be seen.
        report(Progress("reading", 41, 100, "statements", "shipped"))
        begun.set()
        cancel.wait(seconds(20))
        cancel.check()
        return 0

    monkeypatch.setattr(building, "build", slow)
    window = make_window(opens=open_to_read)
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    library = library_of(window)
    library.add_text("Salt is mined in deep old mountains.", title="Salt")
    qtbot.waitUntil(begun.is_set)
    told = window.status.queue
    qtbot.waitUntil(lambda: "Reading for meaning" in told.text())
    assert told.text().endswith(words.percent(0.41))
    page = model_list(window, EmbeddingModels)
    window.preferences.show_models("embedding")

    def turn_off() -> list[QPushButton]:
        wanted = ("Turn off…: shipped", "Turn off")
        return [
            each
            for each in page.findChildren(QPushButton)
            if each.isVisible() and wanted[asked] in (each.accessibleName(), each.text())
        ]

    asked = 0
    qtbot.waitUntil(lambda: bool(turn_off()))
    assert [each.state for each in page.models if each.name == "shipped"] == [
        "Reading in the background: 0 of 1"
    ]
    turn_off()[0].click()
    asked = 1
    qtbot.waitUntil(lambda: bool(turn_off()))
    turn_off()[0].click()
    qtbot.waitUntil(lambda: "Reading for meaning" not in told.text())
    qtbot.waitUntil(lambda: not library.models.readings("embedding"))
