"""What one clicks first: rows stay where they are, and a double click opens the row it hits."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary, job
from tests.ui.stage import came_to_rest, library_of, settled, words_of
from workbench import paths
from workbench.memory.graph import background
from workbench.ui.components import words
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import LIBRARY, READER


def _stock(fake: FakeShelfLibrary) -> None:
    for title in ("Frankenstein", "Moby-Dick", "Persuasion", "Ulysses"):
        fake.put(title, [("1", "It was a dreary night.")], author="Somebody With a Long Name")
    fake.put("Photograph", [("", "Words.")], kind="image")
    fake.put("Paper", [("", "Words.")], kind="pdf")
    fake.jobs = [job(2, "locked.pdf", "failed", error="It asks for a password.", hint="")]


def _row_at(window: MainWindow, row: int) -> QPoint:
    table = window.library_tab.table
    place: QPoint = table.visualRect(window.library_tab.model.index(row, 0)).center()
    return place


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_a_double_click_opens_the_source_it_hits(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot, size: tuple[int, int]
) -> None:
    _stock(fake)
    window = make_window(fake, size=size, inspector=False)
    settled(qtbot, window, 6)
    came_to_rest(qtbot, window)
    shown = window.docks.docks["inspector"].isVisible()
    table, left = window.library_tab.table, Qt.MouseButton.LeftButton
    wanted = window.library_tab.model.rows[3]
    place = _row_at(window, 3)
    on_screen = table.viewport().mapToGlobal(place)
    QTest.mouseClick(table.viewport(), left, pos=place)
    came_to_rest(qtbot, window)
    assert window.docks.docks["inspector"].isVisible() == shown
    # The second click of the two falls on the same place of the screen.
    there = table.viewport().mapFromGlobal(on_screen)
    assert table.indexAt(there).row() == 3
    QTest.mouseDClick(table.viewport(), left, pos=there)
    qtbot.waitUntil(lambda: window.reader_tab.source_id == wanted.id)
    assert window.tabs.currentIndex() == READER


@pytest.mark.slow
def test_the_inspector_stays_as_it_was_left_whatever_is_clicked(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    _stock(fake)
    window = make_window(fake, inspector=False)
    settled(qtbot, window, 6)
    shown = window.docks.docks["inspector"]
    table = window.library_tab.table
    assert not shown.isVisible()
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert shown.isVisible()
    QTest.keyClick(window, Qt.Key.Key_F8)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=_row_at(window, 1))
    came_to_rest(qtbot, window)
    assert not shown.isVisible()
    # What was chosen while it was closed is made when it is opened.
    title = window.library_tab.model.rows[1].title
    assert title not in words_of(window.inspector)
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert title in words_of(window.inspector)
    QTest.keyClick(window, Qt.Key.Key_F8)
    again = make_window(fake, settings=window.collect_settings())
    settled(qtbot, again, 6)
    table = again.library_tab.table
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=_row_at(again, 1))
    came_to_rest(qtbot, again)
    assert not again.docks.docks["inspector"].isVisible()


@pytest.mark.slow
@pytest.mark.parametrize("wide", [1700, 1440, 1024])
def test_filters_wrap_and_none_is_cut_off(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot, wide: int
) -> None:
    _stock(fake)
    window = make_window(fake, size=(wide, 700))
    settled(qtbot, window, 6)
    window.navigate.show_panel("inspector")
    came_to_rest(qtbot, window)
    tab = window.library_tab
    shown = [tab.switch, tab.find_field, *(each for each in tab.chips if not each.isHidden())]
    assert len(shown) == 6
    places = [each.geometry() for each in shown]
    assert all(tab.filter_bar.rect().contains(place) for place in places)
    assert not any(places[at].intersects(other) for at in range(6) for other in places[:at])
    assert window.tabs.currentIndex() == LIBRARY


@pytest.mark.slow
def test_the_status_bar_tells_of_linking_until_it_is_done(
    make_window: MakeWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing is drawn until the test says so.
    monkeypatch.setattr(background, "_WAIT", 600.0)
    window = make_window(exists=False)
    window.shelf.add((paths.sample_book(),))
    told = window.status.queue
    qtbot.waitUntil(lambda: told.text().startswith(" Linking: The Trace"))
    assert window.activity.empty.text().startswith("Linking: The Trace")
    assert told.text().endswith(words.percent(0.0))
    library = library_of(window)
    library.graph.link(concepts_only=True)
    qtbot.waitUntil(lambda: told.text().endswith(words.percent(0.5)))
    library.add_text("Marie discovered polonium in Paris.", title="Elements")
    qtbot.waitUntil(lambda: told.text() == " Finding links: 2 of 2 sources left")
    library.graph.link()
    qtbot.waitUntil(lambda: told.text() == " Up to date")


@pytest.mark.slow
def test_a_toast_offers_no_undo_of_what_the_keys_have_undone(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    _stock(fake)
    window = make_window(fake)
    settled(qtbot, window, 6)
    table = window.library_tab.table
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=_row_at(window, 1))
    QTest.keyClick(table, Qt.Key.Key_Delete)
    settled(qtbot, window, 5)
    qtbot.waitUntil(lambda: "moved to the Trash" in window.toasts.text)
    assert window.toasts.isVisible()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, window, 6)
    qtbot.waitUntil(lambda: window.toasts.text == "Undone: 1 source moved to the trash")
    assert window.toasts.offers == ()
