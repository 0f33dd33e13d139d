"""How books are set and PDF pages are coloured in the Reader, and how much has been read."""

import colorsys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.contrast import contrast
from tests.ui.fake_shelf import FakeShelfLibrary
from tests.ui.stage import settled
from workbench.library import Library
from workbench.store.records import PageRow
from workbench.ui import theme
from workbench.ui.reader.page_view import PageView
from workbench.ui.reader.pages import darkened
from workbench.ui.window.main import MainWindow

LAMP = "1 Night\n\n" + "The keeper counted ships and slept. " * 900


@pytest.fixture
def shelf(fake: FakeShelfLibrary) -> FakeShelfLibrary:
    fake.put("The Lamp", [("1 Night", LAMP)])
    return fake


def _reading(qtbot: QtBot, window: MainWindow) -> MainWindow:
    qtbot.waitUntil(lambda: len(window.shelf.sources) == 1)
    with qtbot.waitSignal(window.reader_tab.opened):
        window.navigate.open_source(1)
    return window


@pytest.mark.slow
def test_r3_size_width_and_face_of_a_book_are_chosen_and_stay(
    make_window: MakeWindow, shelf: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window = _reading(qtbot, make_window(shelf, inspector=False, size=(1440, 900)))
    sheet, header = window.reader_tab.sheet, window.reader_tab.header
    menu = header.type_menu
    assert header.typesetting.isVisible()

    def shown() -> tuple[int, float, str]:
        font = sheet.document().defaultFont()
        return font.pixelSize(), sheet.column.width(), font.family()

    size, width, face = shown()
    window.reader_tab.go_to(9_000)
    menu.larger.trigger()
    assert shown()[0] > size
    qtbot.waitUntil(lambda: abs((window.reader_tab.place or 0) - 9_000) < 200)
    menu.usual.trigger()
    menu.widths["narrow"].trigger()
    assert shown()[0] == size
    assert shown()[1] < width
    menu.widths["wide"].trigger()
    menu.faces["sans"].trigger()
    menu.smaller.trigger()
    chosen = shown()
    assert chosen[0] < size
    assert chosen[1] != width
    assert chosen[2] != face
    assert [a.text() for a in menu.actions() if a.isChecked()] == ["Wide Lines", "Sans Serif"]
    again = _reading(qtbot, make_window(shelf, settings=window.collect_settings(), inspector=False))
    font = again.reader_tab.sheet.document().defaultFont()
    assert (font.pixelSize(), font.family()) == (chosen[0], chosen[2])


@pytest.mark.slow
def test_r4_the_bar_says_how_much_of_a_book_is_read(
    make_window: MakeWindow, shelf: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window = _reading(qtbot, make_window(shelf, inspector=False, size=(1440, 900)))
    said = window.reader_tab.header.read
    assert said.isVisible()
    seen = []
    for share in (0.0, 0.5, 1.0):
        window.reader_tab.go_to(round(share * len(LAMP)))
        qtbot.waitUntil(lambda: said.text() not in seen)
        seen.append(said.text())
    first, half, last = (int(each.removesuffix(" % read")) for each in seen)
    assert 0 < first < 15
    assert 48 < half < 65
    assert last == 100


def test_a_dark_page_keeps_its_hues_and_puts_light_ink_on_dark_paper() -> None:
    colours = [(255, 255, 255), (0, 0, 0), (200, 30, 30), (40, 90, 200), (250, 240, 120)]
    rows = bytes(each for colour in colours for each in (*colour, 255))
    black, white = QColor("black"), QColor("white")
    _, _, turned = darkened((len(colours), 1, rows), black, white)
    found = np.frombuffer(turned, np.uint8).reshape(-1, 4)[:, :3] / 255
    for before, after in zip(colours, found.tolist(), strict=True):
        hue, lightness, _ = colorsys.rgb_to_hls(*(each / 255 for each in before))
        new_hue, new_lightness, _ = colorsys.rgb_to_hls(*after)
        assert abs(lightness + new_lightness - 1) < 0.02
        assert abs(hue - new_hue) < 0.02
    paper, ink = QColor("#262A31"), QColor("#E9E6E0")
    _, _, themed = darkened((2, 1, rows[:8]), paper, ink)
    assert QColor(*themed[:3]) == paper
    assert QColor(*themed[4:7]) == ink


@pytest.mark.parametrize(("ink", "least"), [(233, 6.0), (130, 3.0)])
def test_cited_words_of_a_dark_page_stand_out_even_in_thin_letters(
    qtbot: QtBot, qapp: QApplication, ink: int, least: float
) -> None:
    theme.apply(qapp, "dark")
    view = PageView()
    qtbot.addWidget(view)
    view.resize(400, 500)
    view.set_dark(True)
    view.show_pages([PageRow(1, "1", 0, 9, 100.0, 100.0)])
    view.show()
    # The right half of the page is one letter, the left half paper.
    half = np.full((100, 100, 4), 255, np.uint8)
    raised = QColor(theme.current().raised)
    half[:, :50, :3] = raised.red(), raised.green(), raised.blue()
    half[:, 50:, :3] = ink
    view.set_picture(1, 100, (100, 100, half.tobytes()))
    view.mark([(1, (0.0, 0.0, 1.0, 1.0))])
    picture = view.viewport().grab().toImage()
    middle, high = picture.width() // 2, 100
    paper, letter = (picture.pixelColor(middle + by, high).name() for by in (-40, 40))
    assert contrast(letter, paper) >= least


@pytest.mark.slow
def test_r3_pages_of_a_pdf_are_dark_in_the_dark_theme_unless_their_colours_are_wanted(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot, qapp: QApplication
) -> None:
    fake.put("Paper", [("All", "x" * 400)], kind="pdf", pages=[("1", 0, 400)])
    window = _reading(qtbot, make_window(fake, inspector=False))
    view, menu = window.reader_tab.page_view, window.reader_tab.header.type_menu

    def light() -> float:
        picture = view.viewport().grab().toImage()
        return QColor(picture.pixel(picture.width() // 2, 200)).lightnessF()

    qtbot.waitUntil(lambda: view.pictures > 0)
    assert light() > 0.9
    theme.apply(qapp, "dark")
    qtbot.waitUntil(lambda: view.pictures > 0 and light() < 0.3)
    assert not menu.larger.isVisible()
    menu.colours.trigger()
    qtbot.waitUntil(lambda: view.pictures > 0 and light() > 0.9)
    assert window.collect_settings().original_colours


PACKING = "# Packing\n\nBring these:\n\n- rope\n- salt\n    1. fine\n\nThen go.\n"
HEBREW = "# רשימה\n\nאלה הדברים:\n\n- חבל\n- מלח\n"


@pytest.mark.slow
@pytest.mark.parametrize(("text", "left"), [(PACKING, True), (HEBREW, False)])
def test_lists_have_their_bullets_beside_words_that_are_set_in(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path, text: str, left: bool
) -> None:
    note = tmp_path / "packing.md"
    note.write_text(text, encoding="utf-8")
    with Library.open(tmp_path / "Thesis.brain") as library:
        library.add(note)
        assert "•" not in library.sources.text(1, 0, 1000)
    window = make_window(inspector=False)
    settled(qtbot, window, 1)
    _reading(qtbot, window)
    sheet = window.reader_tab.sheet
    # Told apart from what is read: it is no part of the document, and nobody copies it.
    assert "•" not in sheet.toPlainText()
    assert window.reader_tab.header.read.text() == "100 % read"

    def inked(block: int) -> bool:
        """Whether something stands beside the first line of a paragraph."""
        words = sheet.line_rect(sheet.flow.paragraphs[block].start).toRect()
        room = QRect(words.left() - 24, words.top(), 22, words.height())
        if not left:
            room = QRect(words.right() + 2, words.top(), 22, words.height())
        picture = sheet.viewport().grab(room).toImage()
        paper = picture.pixelColor(0, 0)
        return any(
            picture.pixelColor(x, y) != paper
            for x in range(picture.width())
            for y in range(picture.height())
        )

    # A number is part of the words, by which it can be asked for.
    marked = [inked(block) for block in range(sheet.document().blockCount())]
    assert marked == [False, False, True, True, *([False, False] if left else [])]
    indents = [
        sheet.document().findBlockByNumber(block).blockFormat().indent()
        for block in range(len(marked))
    ]
    assert indents == [0, 0, 1, 1, *([2, 0] if left else [])]
