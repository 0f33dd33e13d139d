"""The window synchronises with another device, and settles what both changed."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.stage import settled, words_of
from workbench.library import Library
from workbench.library.options import SourceDetails
from workbench.ui.window.main import MainWindow


def _press(window: MainWindow, text: str) -> None:
    buttons = window.activity.tasks.findChildren(QPushButton)
    next(each for each in buttons if each.text() == text).click()


@pytest.mark.slow
def test_the_first_time_asks_for_a_folder_and_a_conflict_is_settled_there(
    thesis_window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, library = thesis_window, thesis_window.shelf.library
    assert library is not None
    folder = tmp_path / "carried"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: str(folder))
    window.actions_by_name["share"].trigger()
    qtbot.waitUntil(lambda: window.toasts.text.startswith("Received 0 changes, sent"))
    monkeypatch.delattr(QFileDialog, "getExistingDirectory")
    source = library.sources.list()[0].id
    with Library.open(tmp_path / "other.brain") as other:
        other.group.join(str(folder), name="laptop")
        assert other.group.sync().sources == 1
        other.facts.tell("The crane is broken.")
        other.sources.edit([other.sources.list()[0].id], SourceDetails(title="Theirs"))
        library.sources.edit([source], SourceDetails(title="Ours"))
        other.group.sync()
        window.actions_by_name["share"].trigger()
        qtbot.waitUntil(lambda: "Two devices changed" in words_of(window.activity.tasks))
        assert {"Ours", "Theirs"} <= set(words_of(window.activity.tasks).replace("“", " ")
                                         .replace("”", " ").split())  # fmt: skip
        before = library.sources.list()[0].title
        _press(window, "Take the Other")
        qtbot.waitUntil(lambda: window.activity.tasks.is_empty)
        assert library.sources.list()[0].title != before
        assert library.group.conflicts() == []
        assert [fact.text for fact in library.facts.list()] == ["The crane is broken."]
    settled(qtbot, window, 1)
