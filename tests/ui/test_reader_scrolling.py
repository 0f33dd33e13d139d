"""One scroll through a whole book: the text slides in under what is seen, and nothing moves."""

from functools import partial
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QTextCursor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.fake_library import FakeLibrary, as_library
from workbench.ui.jobs import Jobs
from workbench.ui.reader.opening import Shelf, open_stretch, paths
from workbench.ui.reader.paragraphs import STRETCH
from workbench.ui.reader.tab import ReaderTab

#: Qt's offscreen plugin says so of every window with a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

CHAPTERS = 40


def _chapter(number: int) -> str:
    words = (f"Paragraph {number}.{each} of very many words.\n\n" for each in range(200))
    return f"{number} Chapter\n\n" + "".join(words)


BOOK = [(f"{number} Chapter", _chapter(number)) for number in range(1, CHAPTERS + 1)]
TEXT = "".join(text for _, text in BOOK)


@pytest.fixture
def library() -> FakeLibrary:
    made = FakeLibrary()
    made.put("Many Words", BOOK)
    return made


@pytest.fixture
def reader(qtbot: QtBot, library: FakeLibrary, jobs: Jobs) -> ReaderTab:
    tab = ReaderTab(as_library(library), jobs)
    qtbot.addWidget(tab)
    tab.resize(1180, 600)
    tab.show()
    qtbot.waitExposed(tab)
    with qtbot.waitSignal(tab.opened):
        tab.open_source(1)
    return tab


def _seen(reader: ReaderTab) -> str:
    """The first line in view."""
    cursor = reader.sheet.cursorForPosition(QPoint(reader.sheet.viewport().width() // 2, 8))
    cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
    return cursor.selectedText().strip("\u2029")


def _laid_out(reader: ReaderTab, offset: int) -> bool:
    return reader.sheet.flow.start <= offset < reader.sheet.flow.end


def _wheel(reader: ReaderTab, notches: int) -> None:
    view = reader.sheet.viewport()
    where = QPointF(view.rect().center())
    event = QWheelEvent(
        where, view.mapToGlobal(where), QPoint(), QPoint(0, -120 * notches),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


@pytest.mark.slow
def test_r3_the_wheel_leads_through_a_whole_book_without_a_break(
    qtbot: QtBot, reader: ReaderTab
) -> None:
    assert len(TEXT) > 6 * STRETCH
    assert reader.header.chapters.currentIndex() == 0
    named, places = {0}, [reader.sheet.top_offset()]
    for _ in range(3000):
        before = reader.sheet.top_offset(), reader.sheet.verticalScrollBar().value()
        _wheel(reader, 8)
        if (reader.sheet.top_offset(), reader.sheet.verticalScrollBar().value()) == before:
            if reader.sheet.flow.end == len(TEXT):
                break
            # The end of what is laid out: the next stretch is on its way.
            qtbot.waitUntil(lambda: reader.sheet.top_offset() < reader.sheet.flow.end - 4000)
        QApplication.processEvents()
        named.add(reader.header.chapters.currentIndex())
        places.append(reader.sheet.top_offset())
        assert len(reader.sheet.flow.source) <= STRETCH
    assert named == set(range(CHAPTERS))
    assert TEXT.split()[-20:] == reader.sheet.toPlainText().split()[-20:]
    assert all(0 <= after - before < 4000 for before, after in pairwise(places))
    bar = reader.book.bar
    assert bar.value() == bar.maximum()


@pytest.mark.slow
def test_r3_what_is_in_view_does_not_move_when_the_text_slides(
    qtbot: QtBot, reader: ReaderTab
) -> None:
    sheet, inside = reader.sheet, reader.sheet.verticalScrollBar()
    reader.go_to(TEXT.index("Paragraph 20.3 "))
    qtbot.waitUntil(lambda: "Paragraph 20.3 " in _seen(reader))
    start = TEXT.index("Paragraph 20.5 ")
    cursor = sheet.textCursor()
    cursor.setPosition(sheet.flow.position(start))
    cursor.setPosition(sheet.flow.position(start + 14), QTextCursor.MoveMode.KeepAnchor)
    sheet.setTextCursor(cursor)
    old = sheet.flow
    told: list[object] = []
    sheet.selectionChanged.connect(lambda: told.append(None))
    while sheet.flow is old:
        inside.setValue(inside.value() + 40)
        line, top = _seen(reader), sheet.line_rect(sheet.top_offset()).top()
        offset = sheet.top_offset()
        QApplication.processEvents()
    assert _seen(reader) == line
    assert abs(sheet.line_rect(offset).top() - top) <= 1
    # What is selected is so still, and nobody was told otherwise.
    assert sheet.selected_span() == (start, start + 14)
    assert told == []


def test_r3_the_bar_is_that_of_the_whole_book(qtbot: QtBot, reader: ReaderTab) -> None:
    bar = reader.book.bar
    assert bar.value() == 0
    assert len(TEXT) - 8000 < bar.maximum() < len(TEXT)
    middle = TEXT.index("Paragraph 21.0 ")
    bar.setValue(middle)
    qtbot.waitUntil(lambda: "21" in _seen(reader))
    assert reader.header.chapters.currentIndex() == 20
    assert abs(bar.value() - middle) < 100
    QTest.keyClick(reader.sheet, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())
    assert reader.header.chapters.currentIndex() == CHAPTERS - 1
    QTest.keyClick(reader.sheet, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: bar.value() == 0)
    assert _seen(reader) == "1 Chapter"


def test_r4_a_place_deep_in_a_book_comes_back(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    other = library.put("Other", [("", "Words.")])
    reader.go_to(TEXT.index("Paragraph 33.7 "))
    qtbot.waitUntil(lambda: "Paragraph 33.7 " in _seen(reader))
    for source in (other, 1):
        with qtbot.waitSignal(reader.opened):
            reader.open_source(source)
    assert "Paragraph 33.7 " in _seen(reader)


def test_r4_back_and_forward_lead_along_the_jumps(qtbot: QtBot, reader: ReaderTab) -> None:
    alt, header = Qt.KeyboardModifier.AltModifier, reader.header
    assert not header.back_button.isVisible()
    reader.go_to(TEXT.index("Paragraph 3.4 "))
    first = _seen(reader)
    reader.go_to_section(29)
    qtbot.waitUntil(lambda: _seen(reader) == "30 Chapter")
    reader.go_to_section(9)
    qtbot.waitUntil(lambda: _seen(reader) == "10 Chapter")
    assert header.back_button.isVisible()
    assert not header.forward_button.isVisible()
    for wanted in ("30 Chapter", first):
        QTest.keyClick(reader.sheet, Qt.Key.Key_Left, alt)
        qtbot.waitUntil(lambda wanted=wanted: _seen(reader) == wanted)  # type: ignore[misc]
    assert not header.back_button.isVisible()
    QTest.keyClick(reader.sheet, Qt.Key.Key_Right, alt)
    qtbot.waitUntil(lambda: _seen(reader) == "30 Chapter")
    QTest.mouseClick(header.forward_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _seen(reader) == "10 Chapter")
    assert not header.forward_button.isVisible()
    # Where no jump lies behind, the way leads out of the source.
    for _ in range(2):
        reader.go_back()
    with qtbot.waitSignal(reader.back):
        QTest.keyClick(reader.sheet, Qt.Key.Key_Left, alt)


def test_r3_marks_hits_and_highlights_are_there_after_scrolling(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    words = "Paragraph 12.100 of very many words."
    start = TEXT.index(words)
    made = library.notes_highlight(1, start, start + len(words))
    answer = library.answer("Which?", [library.quote(1, "Paragraph 12.90 of very many words.")])
    with qtbot.waitSignal(reader.opened):
        reader.open_evidence(answer, 1)
    qtbot.waitUntil(lambda: made in reader.annotating.marked.highlights)
    reader.find_words("12.110 of")
    qtbot.waitUntil(lambda: reader.find_bar.found.text() == "1 of 1")
    for away in (len(TEXT) - 1, start):
        reader.go_to(away, share=0.3)
        qtbot.waitUntil(partial(_laid_out, reader, away))
        QApplication.processEvents()
    assert reader.highlighted_words() == "Paragraph 12.90 of very many words."
    (hit,) = reader.sheet.extraSelections()
    assert hit.cursor.selectedText() == "12.110 of"
    assert len(reader.sheet.plates.rects(made)) == 1
    card = reader.annotating.margin.card(made.id)
    assert card is not None
    assert abs(card.y() + 8 - reader.sheet.line_rect(start).top()) <= 1
    # The words of the evidence are known wherever one has scrolled to.
    reader.go_to(0)
    qtbot.waitUntil(lambda: reader.sheet.flow.start == 0)
    reader.copy_with_citation()
    assert "Paragraph 12.90 of very many words." in QApplication.clipboard().text()


@pytest.mark.parametrize("text", ["word " * 40_000, "x" * 200_000, "line of words\n" * 14_000])
def test_r3_text_without_paragraphs_is_cut_where_it_can_be(text: str) -> None:
    library = FakeLibrary()
    source = library.put("Long", [("All", text)])
    sections = tuple(library.sources_sections(source))
    shelf = Shelf(library.sources_get(source), sections, (), paths(sections))
    for offset in (0, 50_000, 100_001, len(text) - 1):
        flow = open_stretch(as_library(library), shelf, offset).flow
        assert flow.start <= offset < flow.end
        assert flow.source == text[flow.start : flow.end]
        assert offset - flow.start >= min(offset, STRETCH // 2 - 2100)
        assert flow.end - offset >= min(len(text) - offset, STRETCH // 2 - 2100)
    keep = (60_000, 140_000)
    flow = open_stretch(as_library(library), shelf, 60_000, keep).flow
    assert flow.start <= keep[0]
    assert keep[1] <= flow.end


def test_r3_a_stretch_ends_at_a_paragraph() -> None:
    library = FakeLibrary()
    source = library.put("Many Words", BOOK)
    sections = tuple(library.sources_sections(source))
    shelf = Shelf(library.sources_get(source), sections, (), paths(sections))
    flow = open_stretch(as_library(library), shelf, len(TEXT) // 2).flow
    assert flow.source.startswith(("Paragraph ", "Chapter"))
    assert flow.source.endswith(".")
