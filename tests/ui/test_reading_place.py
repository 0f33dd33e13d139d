"""Where one was in each source comes back after a restart."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary
from workbench.ui.window.tabs import ASK, LIBRARY, READER

TEXT = "1 Night\n\n" + "The keeper counted ships and slept. " * 600


def _shelf() -> FakeShelfLibrary:
    library = FakeShelfLibrary()
    for title in ("The Lamp", "The Bell"):
        library.put(title, [("1 Night", TEXT)])
    return library


@pytest.mark.slow
def test_r4_every_source_opens_where_it_was_left_before_the_restart(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(_shelf())
    qtbot.waitUntil(lambda: len(window.shelf.sources) == 2)
    left = {}
    for source, start in ((1, 9_000), (2, 4_000)):
        with qtbot.waitSignal(window.reader_tab.opened):
            window.navigate.open_source(source)
        window.reader_tab.go_to(start)
        left[source] = window.reader_tab.place
    kept = window.collect_settings()
    window.close()

    again = make_window(_shelf(), settings=kept, tab=LIBRARY)
    qtbot.waitUntil(lambda: len(again.shelf.sources) == 2)
    # What was read last goes on by itself; the other where it was left.
    with qtbot.waitSignal(again.reader_tab.opened):
        again.navigate.show_tab(READER)
    assert (again.reader_tab.source_id, again.reader_tab.place) == (2, left[2])
    with qtbot.waitSignal(again.reader_tab.opened):
        again.navigate.open_source(1)
    assert again.reader_tab.place == left[1]


@pytest.mark.slow
def test_alt_right_leads_to_the_page_that_alt_left_left(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(_shelf())
    qtbot.waitUntil(lambda: len(window.shelf.sources) == 2)
    table, alt = window.library_tab.table, Qt.KeyboardModifier.AltModifier
    QTest.keyClick(table, Qt.Key.Key_Right, alt)
    assert window.tabs.currentIndex() == LIBRARY
    with qtbot.waitSignal(window.reader_tab.opened):
        window.navigate.open_source(1)
    QTest.keyClick(window.reader_tab.sheet, Qt.Key.Key_Left, alt)
    assert window.tabs.currentIndex() == LIBRARY
    QTest.keyClick(table, Qt.Key.Key_Right, alt)
    assert window.tabs.currentIndex() == READER
    assert window.reader_tab.source_id == 1


@pytest.mark.slow
def test_r4_a_source_that_is_chosen_is_opened_not_the_one_read_last(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(_shelf())
    qtbot.waitUntil(lambda: len(window.shelf.sources) == 2)
    with qtbot.waitSignal(window.reader_tab.opened):
        window.navigate.open_source(2)
    kept = window.collect_settings()
    window.close()
    again = make_window(_shelf(), settings=kept, tab=LIBRARY)
    qtbot.waitUntil(lambda: len(again.shelf.sources) == 2)
    with qtbot.waitSignal(again.reader_tab.opened):
        again.navigate.open_source(1)
    assert again.reader_tab.source_id == 1


@pytest.mark.slow
def test_r4_a_page_that_an_answer_brings_along_is_not_where_one_reads(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    library = _shelf()
    library.answer("What rang?", [library.quote(2, "The keeper counted ships and slept.")])
    window = make_window(library, size=(1440, 900))
    qtbot.waitUntil(lambda: len(window.shelf.sources) == 2)
    reader = window.reader_tab
    with qtbot.waitSignal(reader.opened):
        window.navigate.open_source(1)
    reader.go_to(9_000)
    left = reader.place
    window.navigate.show_tab(ASK)
    window.ask_tab.ask("What rang?")
    qtbot.waitUntil(lambda: reader.source_id == 2)
    assert [each.source for each in window.places.here] == [1]
    window.navigate.show_tab(READER)
    qtbot.waitUntil(lambda: reader.source_id == 1)
    assert reader.place == left
    window.navigate.show_tab(ASK)
    qtbot.waitUntil(lambda: reader.source_id == 2)
    QTest.mouseClick(reader.header.alone_button, Qt.MouseButton.LeftButton)
    assert window.tabs.currentIndex() == READER
    assert reader.source_id == 2
    assert [each.source for each in window.places.here] == [2, 1]
