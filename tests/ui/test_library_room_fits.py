"""The Library's newer places: nothing is cut off, everything has a name, keys reach it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary
from tests.ui.fits import clipped
from tests.ui.looks import unnamed
from tests.ui.stage import came_to_rest, fill, settled
from workbench.settings import Settings
from workbench.ui import theme
from workbench.ui.library.model import KEYS
from workbench.ui.library.scope import Scope
from workbench.ui.window.main import MainWindow

Place = Callable[[MainWindow, QtBot], None]


def _stock(fake: FakeShelfLibrary) -> None:
    fill(fake)
    fake.put("Paper", [("", "One page of words.")], kind="pdf", pages=[("1", 0, 18)])
    fake.sources.tag([1, 2, 3], "a tag that is longer than most of them")
    fake.sources.tag([2], "to read")
    fake.lost = [1]
    fake.sources.trash([3])


def _missing(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.originals.missing == {1})
    window.library_tab.select((1,))
    _only_inspector(window)


def _several(window: MainWindow, qtbot: QtBot) -> None:
    window.library_tab.select((1, 2))
    _only_inspector(window)


def _only_inspector(window: MainWindow) -> None:
    # Three panels side by side are more than a small window at 200 % has room for.
    if window.docks.docks["collections"].isVisible():
        window.actions_by_name["panel_collections"].trigger()
    window.navigate.show_panel("inspector")


def _trash(window: MainWindow, qtbot: QtBot) -> None:
    window.collections.choose(Scope(trash=True))
    window.library_tab.select((3,))


def _pages(window: MainWindow, qtbot: QtBot) -> None:
    window.library_tab.select((4,))
    window.library_tab.show_indexed()
    qtbot.waitUntil(lambda: window.library_tab.indexed.beside.pages.pictures > 0)


PLACES: tuple[Place, ...] = (_missing, _several, _trash, _pages)


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("mirrored", [False, True])
def test_k3_nothing_is_cut_off_at_200_percent(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot, place: Place, mirrored: bool
) -> None:
    _stock(fake)
    theme.zoom_first(2.0)
    theme.apply(_app(), "contrast")
    window = make_window(fake, settings=Settings(zoom=2.0), size=(1024, 700))
    if mirrored:
        window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    settled(qtbot, window, 3)
    place(window, qtbot)
    came_to_rest(qtbot, window)
    assert (window.width(), window.height()) == (1024, 700)
    assert clipped(window) == []


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_k2_the_newer_places_have_names(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot, place: Place
) -> None:
    _stock(fake)
    window = make_window(fake)
    settled(qtbot, window, 3)
    place(window, qtbot)
    came_to_rest(qtbot, window)
    assert unnamed(window) == []


@pytest.mark.slow
def test_k2_the_question_before_deleting_has_names_and_fits(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    _stock(fake)
    theme.zoom_first(2.0)
    theme.apply(_app(), "dark")
    window = make_window(fake, settings=Settings(zoom=2.0), size=(1024, 700))
    settled(qtbot, window, 3)
    window.source_actions.empty_trash()
    qtbot.waitUntil(lambda: window.source_actions.sheet is not None)
    sheet = window.source_actions.sheet
    assert sheet is not None
    qtbot.waitExposed(sheet)
    came_to_rest(qtbot, window)
    assert unnamed(sheet) == []
    assert clipped(sheet) == []
    assert sheet.delete_button.accessibleName() == "Delete for good"


@pytest.mark.slow
def test_k1_the_whole_way_to_deleting_for_good_goes_by_keys(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    _stock(fake)
    window = make_window(fake)
    settled(qtbot, window, 3)
    _trash(window, qtbot)
    table = window.library_tab.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: window.source_actions.sheet is not None)
    sheet = window.source_actions.sheet
    assert sheet is not None
    qtbot.waitExposed(sheet)
    QTest.keyClick(sheet.keep_button, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert sheet.delete_button.hasFocus()
    QTest.keyClick(sheet.delete_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: 3 not in fake.books)


@pytest.mark.slow
def test_l1_the_newer_columns_are_chosen_and_remembered(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    _stock(fake)
    window = make_window(fake, size=(1700, 900))
    settled(qtbot, window, 3)
    menu = window.library_tab.columns_button.menu()
    assert menu is not None
    by_title = {action.text(): action for action in menu.actions()}
    for title in ("Tags", "Place", "Pages", "Size"):
        by_title[title].trigger()
    for title in ("Author", "Added"):
        by_title[title].trigger()
    kept = window.library_tab.columns()
    assert kept.shown == ("pages", "size", "passages", "tags", "place", "state")
    other = FakeShelfLibrary()
    _stock(other)
    again = make_window(other, settings=Settings(columns=kept), size=(1700, 900))
    settled(qtbot, again, 3)
    hidden = {key for at, key in enumerate(KEYS) if again.library_tab.table.isColumnHidden(at)}
    assert not hidden & set(kept.shown)
    assert {"author", "added"} <= hidden


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
