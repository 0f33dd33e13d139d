"""What fades, in the window: in Today, on the left, and in its list, by key and with Undo."""

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.patience import seconds
from tests.ui.conftest import MakeWindow
from tests.ui.looks import unnamed
from tests.ui.resting.night import lived, pressed
from tests.ui.stage import library_of, words_of
from workbench.ui.library.scope import Scope
from workbench.ui.shelf.labels import ARCHIVED, REINFORCED
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import LIBRARY


@pytest.fixture
def window(make_window: MakeWindow, qtbot: QtBot) -> MainWindow:
    made = lived(make_window, qtbot)
    qtbot.waitUntil(lambda: made.today_tab.fading is not None)
    return made


def _left(window: MainWindow) -> dict[str, str]:
    tree = window.collections.tree
    items = [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
    return {item.text(0): item.text(1) for item in items if item is not None}


def _listed(window: MainWindow, qtbot: QtBot) -> None:
    window.sleep_actions.show_fading()
    page = window.library_tab.fading
    qtbot.waitUntil(lambda: len(page.model.rows) == 3 and page.table.isVisible())
    page.focus_first()


@pytest.mark.slow
def test_t5_today_shows_what_fades_and_leads_to_the_list(window: MainWindow, qtbot: QtBot) -> None:
    rows = window.today_tab.fading
    assert rows is not None
    assert len(rows.items) == 3
    told = words_of(window.today_tab)
    assert "Fading" in told
    assert "The faculty wants the thesis printed twice." in told
    assert _left(window)["Fading"] == "3"
    assert not unnamed(window)
    pressed(qtbot, window.today_tab, "Review 3")
    page = window.library_tab.fading
    qtbot.waitUntil(lambda: page.count.text() == "3 of 3")
    assert window.tabs.currentIndex() == LIBRARY
    assert window.collections.scope == Scope(fading=True)
    assert not unnamed(window)


@pytest.mark.slow
def test_t5_let_go_asks_once_in_place_and_is_undone(window: MainWindow, qtbot: QtBot) -> None:
    tab, library = window.today_tab, library_of(window)
    pressed(qtbot, tab, "Archive…")
    asked = "remain searchable"
    qtbot.waitUntil(lambda: asked in words_of(tab))
    pressed(qtbot, tab, "Keep")
    assert library.memory.fading().total == 3
    pressed(qtbot, tab, "Archive…")
    pressed(qtbot, tab, "Archive")
    qtbot.waitUntil(lambda: "Archived (still searchable" in words_of(tab))
    assert library.memory.fading().total == 0
    assert len(library.facts.list()) == 5
    assert "3 archived" in window.toasts.text
    window.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: library.memory.fading().total == 3)
    qtbot.waitUntil(lambda: "Archive…" in _words(window))


def _words(window: MainWindow) -> list[str]:

    found = window.today_tab.findChildren(QPushButton)
    return [each.text().strip() for each in found if each.isVisible()]


@pytest.mark.slow
def test_t5_keys_reinforce_let_go_and_open(window: MainWindow, qtbot: QtBot) -> None:
    _listed(window, qtbot)
    page, library = window.library_tab.fading, library_of(window)
    first, second, third = (row.engram for row in page.model.rows)
    QTest.keyClick(page.table, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: page.model.done.get(first) == REINFORCED)
    assert [row.engram for row in page.selected_rows()] == [second]
    strong = library.memory.strength(first)
    assert strong is not None
    assert strong.uses == 1
    window.shelf.step_back()
    qtbot.waitUntil(lambda: page.model.done.get(first) == "")
    weak = library.memory.strength(first)
    assert weak is not None
    assert weak.uses == 0
    window.shelf.step_forward()
    qtbot.waitUntil(lambda: page.model.done.get(first) == REINFORCED)
    window.shelf.step_back()
    qtbot.waitUntil(lambda: page.model.done.get(first) == "")
    weak = library.memory.strength(first)
    assert weak is not None
    assert weak.uses == 0
    QTest.keyClick(page.table, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: page.model.done.get(second) == ARCHIVED)
    gone = library.memory.strength(second)
    assert gone is not None
    assert gone.archived
    assert [row.engram for row in page.selected_rows()] == [third]
    # The rows stay where they are, and say what was done.
    assert len(page.model.rows) == 3
    window.shelf.step_back()
    qtbot.waitUntil(lambda: page.model.done.get(second) == "")
    back = library.memory.strength(second)
    assert back is not None
    assert not back.archived
    qtbot.waitUntil(lambda: window.inspector.strength is not None)
    qtbot.waitUntil(window.inspector.strength.isVisible)  # type: ignore[union-attr]
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert not page.table.hasFocus()


@pytest.mark.slow
def test_t5_a_list_that_comes_late_takes_no_word_out_of_a_row(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    _listed(window, qtbot)
    page, library = window.library_tab.fading, library_of(window)
    first = page.model.rows[0].engram
    reading, go, read = threading.Event(), threading.Event(), library.memory.fading

    def slowly(**asked: object) -> object:
        found = read(**asked)  # type: ignore[arg-type]
        reading.set()
        go.wait(seconds(10))
        return found

    monkeypatch.setattr(library.memory, "fading", slowly)
    page.reload()
    assert reading.wait(seconds(10))
    QTest.keyClick(page.table, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: page.model.done.get(first) == REINFORCED)
    go.set()
    qtbot.wait(200)
    assert page.model.done.get(first) == REINFORCED
    assert [row.engram for row in page.selected_rows()] == [page.model.rows[1].engram]


@pytest.mark.slow
def test_t5_a_sentence_that_fades_opens_in_its_place(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = lived(make_window, qtbot)
    library = library_of(window)
    library.add_text("Lisbon exports cork. Porto sells wine.", title="Ports")
    sentence = library.graph.sentences(library.sources.list()[0].id, 0, 5)[0]
    window.shelf.refresh()
    qtbot.waitUntil(lambda: window.shelf.complete and bool(window.shelf.sources))
    _listed(window, qtbot)

    row = replace(window.library_tab.fading.model.rows[0], engram=sentence, source=1, title="Ports")
    window.library_tab.fading.opened.emit(row)
    qtbot.waitUntil(lambda: window.reader_tab.source_id is not None)


@pytest.mark.slow
def test_t5_nothing_fades_says_so(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window()
    qtbot.waitUntil(lambda: window.sleep_actions.overview is not None)
    assert "Fading" not in _left(window)
    window.sleep_actions.show_fading()
    page = window.library_tab.fading
    qtbot.waitUntil(lambda: "Nothing is fading" in words_of(page))
    assert not any(each.isVisible() for each in page.findChildren(QPushButton))
    assert not page.count.text()
    # The focus does not wander to the next button of the window.
    assert page.isAncestorOf(window.focusWidget()) or page.hasFocus()
    window.navigate.show_memories()
    assert window.library_tab.stack.currentWidget() is window.library_tab.memories
