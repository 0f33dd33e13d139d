"""The sources of the Library as covers: the same rows, chosen and opened by mouse and keys."""

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary
from tests.ui.stage import fill, pick_row, settled
from workbench.settings import Columns, Settings
from workbench.ui.library.covers import CLOTHS, GILT, SCREEN, CoverGrid, paint_cover
from workbench.ui.theme.tokens import contrast
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import READER

_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def _middle(grid: CoverGrid, row: int) -> QPoint:
    return grid.visualRect(grid.model().index(row, 0)).center()


def _grid(window: MainWindow) -> CoverGrid:
    QTest.mouseClick(window.library_tab.covers_button, _LEFT)
    grid = window.library_tab.grid
    assert grid is not None
    assert grid.isVisible()
    assert not window.library_tab.table.isVisible()
    return grid


@pytest.mark.slow
def test_covers_share_rows_choice_and_keys_with_the_table(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    window = make_window(fake)
    settled(qtbot, window, 3)
    tab = window.library_tab
    pick_row(window, 2)
    grid = _grid(window)
    assert [row.row() for row in grid.selectionModel().selectedRows()] == [2]
    QTest.mouseClick(grid.viewport(), _LEFT, _NONE, _middle(grid, 1))
    assert [row.title for row in tab.selected()] == [tab.model.rows[1].title]
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert [row.title for row in tab.selected()] == [tab.model.rows[2].title]
    tab.find_field.setText("moby")
    assert grid.model().rowCount() == 1
    tab.find_field.clear()
    QTest.mouseClick(grid.viewport(), _LEFT, _NONE, _middle(grid, 0))
    QTest.mouseDClick(grid.viewport(), _LEFT, _NONE, _middle(grid, 0))
    qtbot.waitUntil(lambda: window.reader_tab.source_id == tab.model.rows[0].id)
    assert window.tabs.currentIndex() == READER


@pytest.mark.slow
def test_a_cover_goes_to_the_trash_by_a_key_and_back_by_undo(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    window = make_window(fake)
    settled(qtbot, window, 3)
    grid = _grid(window)
    QTest.mouseClick(grid.viewport(), _LEFT, _NONE, _middle(grid, 0))
    QTest.keyClick(grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: grid.model().rowCount() == 2)
    window.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: grid.model().rowCount() == 3)


@pytest.mark.slow
def test_covers_are_shown_again_after_a_restart(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    window = make_window(fake)
    settled(qtbot, window, 3)
    _grid(window)
    kept = window.settings_now()
    assert kept.columns.covers
    again = make_window(FakeShelfLibrary(), settings=Settings(columns=Columns(covers=True)))
    assert again.library_tab.grid is not None
    assert again.library_tab.covers_button.isChecked()


def test_words_on_cloth_and_screens_are_read_easily() -> None:
    assert min(contrast(GILT, ground) for ground in (*CLOTHS, SCREEN)) >= 4.5


@pytest.mark.parametrize("kind", ["book", "paper", "video", "audio", "image"])
def test_every_kind_of_source_has_a_cover(qapp: object, kind: str) -> None:
    image = QImage(144, 192, QImage.Format.Format_ARGB32)
    image.fill(QColor("magenta"))
    painter = QPainter(image)
    paint_cover(painter, QRectF(0, 0, 144, 192), kind, 3, "The Picture of Dorian Gray", "Wilde")
    painter.end()
    seen = {image.pixel(x, y) for x in range(4, 140) for y in range(4, 188)}
    assert QColor("magenta").rgba() not in seen
    assert len(seen) > 1
