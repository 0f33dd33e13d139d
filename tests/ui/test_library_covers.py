"""The sources of the Library as covers: the same rows, chosen and opened by mouse and keys."""

import io
import threading
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ingest.test_epub import METADATA, body, book
from tests.ui.conftest import MakeWindow
from tests.ui.contrast import contrast
from tests.ui.fake_shelf import FakeShelfLibrary
from tests.ui.stage import fill, pick_row, settled, words_of
from workbench.library import Library
from workbench.settings import Columns, Settings
from workbench.ui.library.covers import CLOTHS, GILT, SCREEN, CoverGrid, paint_cover
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import READER, TODAY

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
    kept = window.collect_settings()
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


def _seen(window: MainWindow, grid: CoverGrid, row: int) -> str:
    """The colour in the middle of a cover."""
    place = grid.visualRect(grid.model().index(row, 0))
    picture = grid.viewport().grab().toImage()
    return QColor(picture.pixelColor(place.center().x(), place.top() + 100)).name()


@pytest.mark.slow
def test_a_source_shows_the_cover_that_it_brings_along(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (60, 90), "#c02040").save(drawn, "PNG")
    Image.new("RGB", (90, 60), "#20c040").save(tmp_path / "meadow.png")
    book(
        tmp_path / "ferry.epub",
        {"a.xhtml": body("<h1>One</h1><p>The ferry left at seven in the morning.</p>")},
        metadata=f'{METADATA}<meta name="cover" content="c"/>',
        items='<item id="c" href="front.png" media-type="image/png"/>',
        extra={"OPS/front.png": drawn.getvalue()},
    )
    (tmp_path / "note.txt").write_text("The tide was high in March.\n" * 20, encoding="utf-8")
    with Library.open(tmp_path / "Thesis.brain") as library:
        for name in ("ferry.epub", "meadow.png", "note.txt"):
            library.add(tmp_path / name)
    window = make_window(inspector=False)
    settled(qtbot, window, 3)
    grid = _grid(window)
    rows = {each.kind: at for at, each in enumerate(window.library_tab.model.rows)}
    qtbot.waitUntil(lambda: _seen(window, grid, rows["epub"]) == "#c02040")
    qtbot.waitUntil(lambda: _seen(window, grid, rows["image"]) == "#20c040")
    assert _seen(window, grid, rows["text"]) not in ("#c02040", "#20c040")
    window.navigate.show_tab(TODAY)

    def on_today(wanted: str) -> bool:
        picture = window.today_tab.grab().toImage()
        colours = {
            QColor(picture.pixelColor(x, y)).name()
            for x in range(0, picture.width(), 8)
            for y in range(0, picture.height(), 8)
        }
        return wanted in colours

    qtbot.waitUntil(lambda: on_today("#20c040"))
    # What comes later makes Today anew, and tells nobody who is gone.
    Image.new("RGB", (60, 80), "#2040c0").save(tmp_path / "night.png")
    window.shelf.add([tmp_path / "night.png"])
    settled(qtbot, window, 4)
    qtbot.waitUntil(lambda: on_today("#2040c0"))


@pytest.mark.slow
def test_covers_come_off_the_gui_thread_and_are_drawn_where_the_original_is_gone(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    fake.originals = False
    window = make_window(fake)
    settled(qtbot, window, 3)
    grid = _grid(window)
    qtbot.waitUntil(lambda: len({source for source, _, _ in fake.painted}) == 3)
    qtbot.waitUntil(lambda: window.jobs.busy == 0)
    before = len(fake.painted)
    grid.viewport().repaint()
    assert len(fake.painted) == before
    assert threading.get_ident() not in fake.threads
    assert not words_of(window.toasts)
