"""From “engram” to who taught whom, with the page: the tab over the sample that comes along."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.stage import library_of
from workbench import paths
from workbench.memory.graph import background
from workbench.ui.window.tabs import READER


@pytest.mark.slow
def test_g_sample_four_clicks(
    make_window: MakeWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "_QUIET", 0.1)
    window = make_window()
    qtbot.waitUntil(lambda: window.shelf.complete and window.shelf.library is not None)
    library = library_of(window)
    library.add(paths.sample_book())[0]
    # Nobody asks for it: "Semon" and "Richard Semon" become one by themselves.
    qtbot.waitUntil(lambda: bool(library.graph.aliases(state="merged")), timeout=60_000)
    qtbot.waitUntil(
        lambda: library.graph.concept("Semon").concept.name == "Richard Semon", timeout=60_000
    )
    window.actions_by_name["explore"].trigger()
    tab = window.associations_tab

    def node(name: str) -> int:
        shown = tab.shown
        assert shown is not None
        return next(each.id for each in shown.nodes if each.name == name)

    def shows(name: str) -> bool:
        shown = tab.shown
        return shown is not None and name in {each.name for each in shown.nodes}

    # 1: the concept that one begins with.
    QTest.keyClicks(tab.bar.field.line, "engram")
    QTest.keyClick(tab.bar.field.line, Qt.Key.Key_Return)
    engram = library.graph.concept("engram").concept.id
    qtbot.waitUntil(
        lambda: tab.ego is not None and tab.ego.centre == engram and shows("Richard Semon"),
        timeout=30_000,
    )
    # 2: who coined it; his teacher is among what is said of him.
    tab.canvas.nodeActivated.emit(node("Richard Semon"))
    qtbot.waitUntil(lambda: len(tab.model.rows) > 4, timeout=30_000)
    qtbot.waitUntil(lambda: shows("Ernst Haeckel"), timeout=30_000)
    # 3: the link between the two.
    ends = "Ernst Haeckel", "Richard Semon"
    edge = next(row for row in tab.model.rows if (row.head_name, row.tail_name) == ends)
    assert (edge.kind, edge.relation, edge.tag) == ("influenced", "teaches", "explicit")
    tab.canvas.edgeSelected.emit(edge.id)
    link = window.associations_tab.detail
    qtbot.waitUntil(
        lambda: link.told is not None and link.told.edge.id == edge.id and link.isVisible(),
        timeout=30_000,
    )
    # 4: the page.
    found = [each for each in link.findChildren(QPushButton) if each.isVisible()]
    next(each for each in found if each.text().strip() == "Open").click()
    qtbot.waitUntil(lambda: bool(window.reader_tab.highlighted_words()), timeout=30_000)
    assert window.tabs.currentIndex() == READER
    assert "a pupil of Ernst Haeckel" in window.reader_tab.highlighted_words()
