"""The first ten minutes of the guide, done step by step in a window that starts with nothing.

With `WORKBENCH_WALK=FOLDER` a picture of the window after each minute is kept there.
"""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.stage import library_of, settled
from workbench import paths
from workbench.ui.window.main import MainWindow

_PAGE = paths.resources() / "guide" / "01-first-ten-minutes.md"


def _keep(window: MainWindow, minute: str) -> None:
    if folder := os.environ.get("WORKBENCH_WALK"):
        window.grab().save(str(Path(folder) / f"minute-{minute}.png"))


def _type(window: MainWindow, words: str) -> None:
    """What the page tells to do: Ctrl+L, the words, Enter. The page has the words."""
    assert words in " ".join(_PAGE.read_text("utf-8").split())
    window.actions_by_name["focus_question"].trigger()
    field = window.ask_tab.composer.field
    field.clear()
    QTest.keyClicks(field, words)


def _ask(window: MainWindow, qtbot: QtBot, words: str) -> None:
    _type(window, words)
    with qtbot.waitSignal(window.ask_tab.answer_received, timeout=30_000):
        QTest.keyClick(window.ask_tab.composer.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.ask_tab.composer.busy)


@pytest.mark.slow
def test_each_minute_of_the_page_leads_where_it_says(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The reader that the program has, and other tests do without.
    monkeypatch.delenv("WORKBENCH_READER", raising=False)
    window = make_window(exists=False)
    window.resize(1280, 800)
    acts = window.actions_by_name
    qtbot.waitUntil(lambda: window.shelf.loaded)
    _keep(window, "0")

    acts["sample"].trigger()
    settled(qtbot, window, 7)
    library = library_of(window)
    qtbot.waitUntil(lambda: library.tables.list() == ["Three papers"], timeout=60_000)
    _keep(window, "1")

    _ask(window, qtbot, "What does sleep do to the synapses?")
    answer = window.ask_tab.answer
    assert answer is not None
    assert answer.evidence[0].source.title.startswith("The Trace")
    qtbot.waitUntil(lambda: bool(window.reader_tab.highlighted_words()))
    _keep(window, "3")

    _type(window, "My seminar paper is due on 14 June.")
    send = window.ask_tab.composer.ask_button
    qtbot.waitUntil(lambda: send.text().strip() == "Remember")
    _keep(window, "5")
    QTest.keyClick(window.ask_tab.composer.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(library.facts.list()) == 1)
    _ask(window, qtbot, "When is my seminar paper due?")
    answer = window.ask_tab.answer
    assert answer is not None
    assert answer.value == "14 June"
    _keep(window, "5-asked")

    acts["tables"].trigger()
    page = window.table_actions.page
    qtbot.waitUntil(lambda: page.table is not None and len(page.table.rows) == 3)
    page.fill()

    def filled() -> bool:
        table = page.table
        return table is not None and all(cell.text for row in table.rows for cell in row.cells)

    qtbot.waitUntil(filled, timeout=60_000)
    _keep(window, "6")
    window.ask_tab.switch.segments["differences"].click()
    differences = window.table_actions.differences
    qtbot.waitUntil(lambda: len(differences.model.rows) == 1)
    _keep(window, "7")

    acts["tab_associations"].trigger()
    tab = window.associations_tab
    qtbot.waitUntil(tab.isVisible)
    library.graph.link()
    tab.open_concept("Nobel Prize")
    qtbot.waitUntil(lambda: tab.shown is not None and len(tab.shown.nodes) > 4, timeout=30_000)
    _keep(window, "8")

    own = tmp_path / "report.md"
    own.write_text("# Report\n\nThe lamp of the north pier burns red.\n", encoding="utf-8")
    window.adding.add([own])
    settled(qtbot, window, 8)
    acts["focus_question"].trigger()
    QTest.keyClicks(window.ask_tab.composer.field, "What colour is the lamp of the north pier?")
    with qtbot.waitSignal(window.ask_tab.answer_received, timeout=30_000):
        QTest.keyClick(window.ask_tab.composer.field, Qt.Key.Key_Return)
    answer = window.ask_tab.answer
    assert answer is not None
    assert answer.evidence[0].source.title == "Report"
    _keep(window, "9")

    acts["remove_sample"].trigger()
    settled(qtbot, window, 1)
    qtbot.waitUntil(lambda: library.tables.list() == [] and len(library.facts.list()) == 1)
    undo = [b for b in window.toasts.findChildren(QPushButton) if b.text() == "Undo"]
    assert undo
    _keep(window, "10")
