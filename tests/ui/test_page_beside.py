"""The page beside an answer: a PDF is as large as the column of the passage, under its title."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.ui.conftest import MakeWindow
from workbench.library import Library
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import ASK

_SAID = "The lanterns of Quellmark were lit with herring oil."
_OTHER = "Rain fell on the ropes for days."
_LINES = 40


def _two_columns(file: Path, *, columns: int) -> None:
    """A page of nine-point type in so many columns, with a wide title above them."""
    canvas = Canvas(str(file), pagesize=A4)
    canvas.setFont("Times-Roman", 16)
    canvas.drawString(60, 790, "On the Lighting of Small Harbours and of the Streets behind them")
    canvas.setFont("Times-Roman", 9)
    for column in range(columns):
        for at in range(_LINES):
            said = column == columns - 1 and at == _LINES // 2
            words = _SAID if said else f"{_OTHER} In hall {column} rope {at} dried."
            words += " Nobody kept count of all the men who came there." if columns == 1 else ""
            canvas.drawString(60 + 250 * column, 740 - 14 * at, words)
    canvas.save()


def _asked(make_window: MakeWindow, qtbot: QtBot, size: tuple[int, int]) -> MainWindow:
    window = make_window(size=size, tab=ASK, inspector=False)
    qtbot.waitUntil(lambda: window.shelf.complete and bool(window.shelf.sources))
    window.ask_tab.ask("What were the lanterns of Quellmark lit with?")
    qtbot.waitUntil(lambda: window.reader_tab.isVisible() and window.reader_tab.shows_pages)
    qtbot.waitUntil(lambda: bool(window.reader_tab.page_view.marked()))
    return window


@pytest.mark.slow
@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_the_column_of_the_passage_is_read_beside_its_answer(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path, columns: int, size: tuple[int, int]
) -> None:
    _two_columns(tmp_path / "On the Lighting of Small Harbours.pdf", columns=columns)
    with Library.open(tmp_path / "Thesis.brain") as library:
        library.add(tmp_path / "On the Lighting of Small Harbours.pdf")
    window = _asked(make_window, qtbot, size)
    reader = window.reader_tab
    pages = reader.page_view
    seen = pages.viewport().rect()

    def column_fills_the_view() -> bool:
        (number, box), *_ = pages.marked()
        line = pages.visible_box(number, box)
        # Nine-point type, of which the box has the height from the lowest to the highest ink.
        em = pages.visible_box(1, (0, 0, 1, 1)).width() * 9 / A4[0]
        return em >= 9 and line.left() >= 0 and seen.top() <= line.top() < seen.bottom()

    qtbot.waitUntil(column_fills_the_view)
    (number, box), *_ = pages.marked()
    if columns == 2:
        assert pages.visible_box(number, box).right() <= seen.right()
        assert pages.zoom_factor > 1.3
    title = reader.header.title
    qtbot.waitUntil(lambda: title.isVisible() and title.width() >= 100)
    # Zooming goes on from there; alone, the page fits its width again.
    before = pages.zoom_factor
    reader.zoom(1)
    assert pages.zoom_factor == pytest.approx(min(4.0, 1.2 * before))
    reader.zoom(0)
    assert pages.fits_width
    window.ask_tab.ask("Which oil were the lanterns of Quellmark lit with?")
    qtbot.waitUntil(lambda: len(window.ask_tab.talk.lines) == 2 and not pages.fits_width)
    reader.header.alone_button.click()
    assert pages.fits_width
