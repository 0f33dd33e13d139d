"""Versions of statements: saved and restored from the File menu, with Undo."""

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.stage import settled
from workbench.ui.window.main import MainWindow


@pytest.mark.slow
def test_statements_are_saved_restored_and_the_restore_is_undone(
    thesis_window: MainWindow, qtbot: QtBot
) -> None:
    window, library = thesis_window, thesis_window.shelf.library
    assert library is not None
    library.facts.tell("My mooring is berth nine.")
    window.actions_by_name["save_version"].trigger()
    qtbot.waitUntil(lambda: window.toasts.text.startswith("Saved as"))
    (version,) = library.versions.list()
    assert version.facts == 1
    library.facts.tell("My locker is painted green.")
    window.actions_by_name["restore_version"].trigger()
    qtbot.waitUntil(lambda: window.forms.sheet is not None)
    sheet = window.forms.sheet
    assert sheet is not None

    def named() -> dict[str, QPushButton]:
        return {each.accessibleName(): each for each in sheet.findChildren(QPushButton)}

    qtbot.waitUntil(lambda: f"Restore: {version.name}" in named())
    named()[f"Restore: {version.name}"].click()
    qtbot.waitUntil(lambda: window.toasts.text == f"Restored “{version.name}”")
    assert library.facts.recall("locker") == []
    assert library.facts.recall("mooring") != []
    (undo,) = window.toasts.offers
    undo.call()
    qtbot.waitUntil(lambda: library.facts.recall("locker") != [])
    settled(qtbot, window, 1)
