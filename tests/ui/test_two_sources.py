"""Two sources side by side in Read."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary
from tests.ui.looks import unnamed
from tests.ui.stage import settled, words_of
from workbench.ui.reader.tab import ReaderTab
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import ASK, LIBRARY, READER

_LEFT = Qt.MouseButton.LeftButton
_CONTROL = Qt.KeyboardModifier.ControlModifier
LAMP = "1 Night\n\n" + "The keeper counted ships and slept. " * 600
BELL = "1 Noon\n\n" + "The bell rang over the keeper and the harbour. " * 600


@pytest.fixture
def shelf(fake: FakeShelfLibrary) -> FakeShelfLibrary:
    """Three books, two of them long enough to scroll."""
    fake.put("The Lamp", [("1 Night", LAMP)])
    fake.put("The Bell", [("1 Noon", BELL)])
    fake.put("Salt & Tar", [("1 Rope", "1 Rope\n\nHe coiled the rope.")])
    return fake


def _beside(qtbot: QtBot, window: MainWindow, first: int, second: int) -> ReaderTab:
    """Open one source, then choose another in the list and open it beside."""
    settled(qtbot, window, 3)
    with qtbot.waitSignal(window.reader_tab.opened):
        window.navigate.open_source(first)
    window.navigate.show_tab(LIBRARY)
    window.library_tab.select((second,))
    window.actions_by_name["open_beside"].trigger()
    return _opened(qtbot, window, second)


def _opened(qtbot: QtBot, window: MainWindow, source: int) -> ReaderTab:
    reader = window.second_source.reader
    assert reader is not None
    qtbot.waitUntil(lambda: reader.source_id == source)
    return reader


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_r6_a_source_of_the_list_opens_right_of_the_one_that_is_read(
    make_window: MakeWindow, shelf: FakeShelfLibrary, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window = make_window(shelf, size=size, inspector=False)
    second = _beside(qtbot, window, 1, 2)
    first = window.reader_tab
    listed = window.library_tab.table.actions()
    assert window.actions_by_name["open_beside"] in listed
    assert window.tabs.currentIndex() == READER
    assert (first.source_id, second.source_id) == (1, 2)
    assert first.isVisible()
    assert second.isVisible()
    qtbot.waitUntil(lambda: abs(first.width() - second.width()) < 8)
    assert first.geometry().right() < second.geometry().left()
    assert window.size().width() == size[0]
    assert not first.annotating.margin.isVisible()
    assert unnamed(window) == []
    # The second is not there in the other places, and comes back with the first.
    window.navigate.show_tab(ASK)
    assert not second.isVisible()
    window.navigate.show_tab(READER)
    assert second.isVisible()
    assert second.source_id == 2
    QTest.mouseClick(second.header.close_button, _LEFT)
    assert not second.isVisible()
    assert first.isVisible()
    assert first.source_id == 1
    qtbot.waitUntil(lambda: first.width() == window.spread.width())


@pytest.mark.slow
def test_r6_each_of_two_scrolls_and_finds_by_itself(
    make_window: MakeWindow, shelf: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window = make_window(shelf, inspector=False)
    second = _beside(qtbot, window, 1, 2)
    first = window.reader_tab
    first.go_to(9_000)
    second.go_to(4_000)
    left, right = first.place, second.place
    assert left is not None
    assert right is not None
    assert left > right > 3_000
    second.sheet.setFocus()
    assert window.navigate.reading is second
    window.actions_by_name["find"].trigger()
    assert second.find_bar.isVisible()
    assert not first.find_bar.isVisible()
    first.find_words("slept")
    second.find_words("harbour")
    qtbot.waitUntil(lambda: bool(first.finder.hits) and bool(second.finder.hits))
    assert LAMP[slice(*first.finder.hits[0])] == "slept"
    assert BELL[slice(*second.finder.hits[0])] == "harbour"
    first.sheet.setFocus()
    assert window.navigate.reading is first
    # Each source opens again where it was left, in whichever view.
    kept = second.place
    QTest.mouseClick(second.header.close_button, _LEFT)
    with qtbot.waitSignal(first.opened):
        window.navigate.open_source(2)
    assert first.place == kept


@pytest.mark.slow
def test_r6_words_highlighted_in_the_second_are_its_own_and_undone(
    make_window: MakeWindow, shelf: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window = make_window(shelf, inspector=False)
    second = _beside(qtbot, window, 1, 2)
    sheet = second.sheet
    sheet.setFocus()
    sheet.reveal(BELL.index("The bell"))
    for _ in range(len("The bell")):
        QTest.keyClick(sheet, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(second.annotating.bar.isVisible)
    QTest.keyClick(sheet, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: bool(window.shelf.acts.applied))
    assert [(h.source, h.quote) for h in shelf.marked.values()] == [(2, "The bell")]
    assert not window.reader_tab.annotating.marked.highlights
    window.shelf.step_back()
    qtbot.waitUntil(lambda: not shelf.marked)
    qtbot.waitUntil(lambda: not second.annotating.marked.highlights)


@pytest.mark.slow
def test_r6_the_bar_offers_the_other_sources_the_one_read_last_first(
    make_window: MakeWindow, shelf: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window = make_window(shelf, inspector=False)
    settled(qtbot, window, 3)
    for source in (3, 1):
        with qtbot.waitSignal(window.reader_tab.opened):
            window.navigate.open_source(source)
    assert window.reader_tab.header.beside_button.isVisible()
    window.actions_by_name["open_beside"].trigger()
    menu = window.second_source.menu
    assert menu.isVisible()
    offered = [action for action in menu.actions() if not action.isSeparator()]
    assert [action.text() for action in offered] == [
        "Salt && Tar",
        "The Bell",
        "This Source Again",
    ]
    menu.close()
    offered[0].trigger()
    second = _opened(qtbot, window, 3)
    # Chosen once more it takes the place of the second, not of the first.
    window.second_source.open(1)
    qtbot.waitUntil(lambda: second.source_id == 1)
    assert window.reader_tab.source_id == 1
    assert second.isVisible()
    assert not second.header.beside_button.isVisible()


@pytest.mark.slow
def test_r6_without_anything_to_stand_beside_a_source_opens_alone(
    make_window: MakeWindow, shelf: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window = make_window(shelf, inspector=False)
    settled(qtbot, window, 3)
    window.library_tab.select((2,))
    with qtbot.waitSignal(window.reader_tab.opened):
        window.actions_by_name["open_beside"].trigger()
    assert window.reader_tab.source_id == 2
    assert window.second_source.reader is None


@pytest.mark.slow
def test_r6_both_say_when_their_source_went_to_the_trash(
    make_window: MakeWindow, shelf: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window = make_window(shelf, inspector=False)
    second = _beside(qtbot, window, 1, 2)
    window.shelf.trash([2])
    qtbot.waitUntil(lambda: "Trash" in second.notice())
    assert not window.reader_tab.notice()


@pytest.mark.slow
def test_r6_both_are_there_again_after_a_restart_each_on_its_side(
    make_window: MakeWindow, shelf: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window = make_window(shelf, inspector=False)
    _beside(qtbot, window, 1, 2)
    kept = window.collect_settings()
    window.close()
    again = make_window(shelf, settings=kept, inspector=False, tab=LIBRARY)
    settled(qtbot, again, 3)
    # Nobody has gone to Read yet: that must not forget them either.
    assert again.collect_settings().side_by_side == kept.side_by_side
    again.navigate.show_tab(READER)
    second = _opened(qtbot, again, 2)
    qtbot.waitUntil(lambda: again.reader_tab.source_id == 1)
    assert second.isVisible()
    second.header.close_button.click()
    assert again.collect_settings().side_by_side == ()


@pytest.mark.slow
def test_r6_outline_and_details_follow_the_source_that_one_reads(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fake.put("The Lamp", [("1 Night", LAMP), ("2 Dawn", LAMP)])
    fake.put("The Bell", [("1 Noon", BELL), ("2 Dusk", BELL)])
    fake.put("Salt & Tar", [("1 Rope", "1 Rope\n\nHe coiled the rope.")])
    window = make_window(fake, size=(1440, 900))
    second = _beside(qtbot, window, 1, 2)
    outline = window.chapters_and_threads

    def told() -> bool:
        title = outline.title.text()
        return title == read and title in words_of(window.inspector)

    read = "The Bell"
    second.sheet.setFocus()
    qtbot.waitUntil(told)
    item = outline.list.item(1)
    assert item.text() == "2 Dusk"
    # The list takes the focus, and still belongs to the source beside which it was chosen.
    outline.list.setFocus()
    outline.list.itemActivated.emit(item)
    qtbot.waitUntil(lambda: second.place is not None and second.place > len(BELL) - 200)
    assert (window.reader_tab.place or 0) < 200
    read = "The Lamp"
    window.reader_tab.sheet.setFocus()
    qtbot.waitUntil(told)
    second.sheet.setFocus()
    second.header.close_button.click()
    qtbot.waitUntil(told)
