"""The page view: only what is seen is rendered, and the marker lies where the words are."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.fake_library import FakeLibrary, as_library
from workbench.store.records import PageRow
from workbench.ui import theme
from workbench.ui.jobs import Jobs
from workbench.ui.reader.page_letters import Letters
from workbench.ui.reader.page_view import PageView
from workbench.ui.reader.tab import ReaderTab

#: Qt's offscreen plugin says so of every window with a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication) -> PageView:
    theme.apply(qapp, "light")
    made = PageView()
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    qtbot.waitExposed(made)
    return made


def _pages(count: int) -> list[PageRow]:
    return [PageRow(i + 1, f"{i - 9}", i * 100, (i + 1) * 100, 595, 842) for i in range(count)]


def _serve(view: PageView) -> list[int]:
    """Answer requests at once with white pages; returns the list of numbers asked for."""
    asked: list[int] = []

    def ask(number: int, width: int) -> None:
        asked.append(number)
        view.set_picture(number, width, (width, 20, b"\xff\xff\xff\xff" * (width * 20)))

    view.ask_picture = ask
    return asked


def test_a_thousand_pages_render_only_those_in_view_and_their_neighbours(view: PageView) -> None:
    asked = _serve(view)
    view.show_pages(_pages(1000))
    assert sorted(asked) == [1, 2] or sorted(asked) == [1, 2, 3]
    asked.clear()
    view.reveal(700)
    assert asked
    assert all(698 <= number <= 702 for number in asked)
    assert view.page == 700


def test_pages_that_fly_by_are_not_rendered(view: PageView) -> None:
    asked: list[int] = []
    view.ask_picture = lambda number, _width: asked.append(number)
    view.show_pages(_pages(1000))
    bar = view.verticalScrollBar()
    for value in range(0, bar.maximum(), bar.maximum() // 300):
        bar.setValue(value)
    assert len(asked) == 2
    assert view.waiting


def test_old_pictures_are_let_go(view: PageView) -> None:
    def ask(number: int, width: int) -> None:
        height = 4000
        view.set_picture(number, width, (width, height, b"\xff" * (4 * width * height)))

    view.ask_picture = ask
    view.show_pages(_pages(60))
    for number in range(1, 40):
        view.reveal(number)
    assert view.pictures <= 12


def test_the_marker_lies_on_the_words_and_leaves_the_ink(view: PageView) -> None:
    _serve(view)
    view.show_pages(_pages(3))
    box = (0.25, 0.1, 0.5, 0.13)
    view.mark([(1, box)])
    place: QRectF = view.visible_box(1, box)
    image = view.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    at = place.center() * ratio
    assert image.pixelColor(at.toPoint()) == QColor(theme.THEMES["light"].marker)
    beside = at.toPoint()
    beside.setX(int((place.right() + 30) * ratio))
    assert image.pixelColor(beside) == QColor("white")


def test_pages_are_zoomed_and_fitted_by_buttons(qtbot: QtBot, jobs: Jobs) -> None:
    library = FakeLibrary()
    library.put("Ink", [("All", "Of ink and paper. " * 40)], kind="pdf", pages=[("1", 0, 720)])
    reader = ReaderTab(as_library(library), jobs)
    qtbot.addWidget(reader)
    reader.resize(1180, 700)
    reader.show()
    with qtbot.waitSignal(reader.opened):
        reader.open_source(1)
    header, view = reader.header, reader.page_view
    assert header.zooming.isVisible()
    header.larger.click()
    assert view.zoom_factor == pytest.approx(1.2)
    header.smaller.click()
    assert view.zoom_factor == pytest.approx(1.0)
    header.fitting.click()
    assert view.visible_box(1, (0, 0, 1, 1)).height() < view.height()
    header.fitting.click()
    assert view.zoom_factor == pytest.approx(1.0)
    # Text has its own size, by the button of the letters.
    reader.show_as_pages(False)
    assert not header.zooming.isVisible()


def test_r3_find_marks_every_place_on_the_page(view: PageView) -> None:
    _serve(view)
    view.show_pages(_pages(1))
    boxes = [(0.1 + n * 0.008, 0.1, 0.108 + n * 0.008, 0.12) for n in range(90)]
    view.set_letters(1, Letters(0, "abc " * 22 + "ab", boxes))
    before = view.viewport().grab().toImage()
    view.show_hits([(0, 3), (40, 43)])
    after = view.viewport().grab().toImage()
    changed = {
        x
        for x in range(after.width())
        for y in range(0, after.height(), 2)
        if before.pixelColor(x, y) != after.pixelColor(x, y)
    }
    marks = sorted(changed)
    # Two marks with white between them.
    assert sum(right - left > 1 for left, right in pairwise(marks)) == 1
    view.show_hits(())
    assert view.viewport().grab().toImage() == before


def test_zoom_keeps_the_place_and_asks_for_sharper_pictures(view: PageView) -> None:
    widths: list[int] = []

    def ask(number: int, width: int) -> None:
        widths.append(width)
        view.set_picture(number, width, (width, 20, b"\xff\xff\xff\xff" * (width * 20)))

    view.ask_picture = ask
    view.show_pages(_pages(30))
    view.reveal(12)
    before = max(widths)
    view.zoom(1)
    assert view.page == 12
    assert max(widths) > before
    assert view.horizontalScrollBar().maximum() > 0
    view.zoom(0)
    assert view.zoom_factor == 1.0


def test_r3_a_page_fits_the_view_until_it_is_zoomed(view: PageView) -> None:
    _serve(view)
    view.show_pages(_pages(30))
    view.reveal(12)
    view.fit_page()
    for size in (view.size(), view.size() * 1.5):
        view.resize(size)
        QApplication.processEvents()
        whole = view.visible_box(12, (0, 0, 1, 1))
        assert view.page == 12
        assert whole.top() >= 0
        assert view.viewport().height() - 24 <= whole.bottom() <= view.viewport().height()
    view.zoom(0)
    assert view.zoom_factor == 1.0
    wide = view.visible_box(12, (0, 0, 1, 1)).width()
    assert wide == min(816, view.viewport().width() - 48)


def test_r3_pages_stand_apart_in_one_well(view: PageView) -> None:
    _serve(view)
    view.show_pages(_pages(3))
    first, second = (view.visible_box(number, (0, 0, 1, 1)) for number in (1, 2))
    assert first.top() == first.left() == 24
    assert second.top() - first.bottom() == pytest.approx(16)
    well = view.viewport().grab().toImage().pixelColor(8, 200)
    assert well.name() == theme.colour("sunken").name()


def test_a_picture_that_fails_is_not_asked_for_again(view: PageView) -> None:
    asked: list[int] = []

    def ask(number: int, width: int) -> None:
        asked.append(number)
        view.picture_failed(number, width)

    view.ask_picture = ask
    view.show_pages(_pages(1))
    view.reveal(1)
    view.zoom(1)
    assert asked == [1]


def test_without_the_original_the_text_is_shown_and_says_so(qtbot: QtBot, jobs: Jobs) -> None:
    library = FakeLibrary()
    library.originals = False
    text = "Ink fades. " * 200
    pages = [(str(i + 1), i * 220, (i + 1) * 220) for i in range(10)]
    library.put("Paper", [("All", text)], kind="pdf", pages=pages)
    answer = library.answer("?", [library.quote(1, "Ink fades.")])
    reader = ReaderTab(as_library(library), jobs)
    qtbot.addWidget(reader)
    reader.resize(800, 600)
    reader.show()
    with qtbot.waitSignal(reader.opened):
        reader.open_evidence(answer, 1)
    qtbot.waitUntil(lambda: not reader.shows_pages)
    assert "The original can't be shown; this is its text" in reader.notice()
    assert "The file has moved." in reader.notice()
    assert reader.highlighted_words() == "Ink fades."


def test_picture_comes_sharp_for_the_screen(qtbot: QtBot, jobs: Jobs) -> None:
    library = FakeLibrary()
    library.put("Paper", [("All", "x" * 400)], kind="pdf", pages=[("1", 0, 400)])
    reader = ReaderTab(as_library(library), jobs)
    qtbot.addWidget(reader)
    reader.resize(800, 600)
    reader.show()
    reader.open_source(1)
    qtbot.waitUntil(lambda: reader.page_view.pictures == 1)
    shown = reader.page_view.visible_box(1, (0, 0, 1, 1)).width()
    ratio = reader.page_view.devicePixelRatioF()
    assert {width for _, _, width in library.painted} == {round(shown * ratio)}
