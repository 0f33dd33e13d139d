"""Work in the book, by real mouse and keys: select, highlight, note, ask, cite; and the margin."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.fake_library import FakeLibrary, as_library
from workbench.memory.notes.highlights import COLOURS
from workbench.memory.notes.records import Highlight
from workbench.ui import theme
from workbench.ui.jobs import Jobs
from workbench.ui.reader.page_letters import cut_word
from workbench.ui.reader.tab import ReaderTab

#: Qt's offscreen plugin says so of every window with a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

WORDS = "Slow waves settle the debt"
TEXT = f"9 Night\n\n{'The day was long and full. ' * 8}{WORDS} by morning.\n\n" + (
    "Not everyone was persuaded. " * 120
)


@pytest.fixture
def library() -> FakeLibrary:
    made = FakeLibrary()
    made.put("The Trace", [("9 Night", TEXT)], author="A. Writer")
    made.put("Ink", [("All", "Of ink and paper. " * 40)], kind="pdf", pages=[("1", 0, 720)])
    return made


@pytest.fixture
def reader(qtbot: QtBot, library: FakeLibrary, jobs: Jobs) -> ReaderTab:
    tab = ReaderTab(as_library(library), jobs)
    qtbot.addWidget(tab)
    tab.resize(1180, 700)
    tab.show()
    qtbot.waitExposed(tab)
    _open(qtbot, tab, 1)
    return tab


def _open(qtbot: QtBot, reader: ReaderTab, source: int) -> None:
    with qtbot.waitSignal(reader.opened):
        reader.open_source(source)


def _point(reader: ReaderTab, offset: int) -> QPoint:
    rect = reader.sheet.line_rect(offset)
    return QPoint(round(rect.left()), round(rect.center().y()))


def _drag(qtbot: QtBot, reader: ReaderTab, words: str = WORDS) -> None:
    """Select words with the mouse and wait for the bar."""
    start = TEXT.index(words)
    view = reader.sheet.viewport()
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(view, left, none, _point(reader, start))
    QTest.mouseMove(view, _point(reader, start + len(words) // 2))
    QTest.mouseMove(view, _point(reader, start + len(words)))
    assert not reader.annotating.bar.isVisible()
    QTest.mouseRelease(view, left, none, _point(reader, start + len(words)))
    qtbot.waitUntil(reader.annotating.bar.isVisible)


def _put(qtbot: QtBot, reader: ReaderTab, library: FakeLibrary, words: str = WORDS,
         **more: str) -> Highlight:  # fmt: skip
    start = TEXT.index(words)
    made = library.notes_highlight(1, start, start + len(words), **more)
    reader.annotating.read()
    qtbot.waitUntil(lambda: made in reader.annotating.marked.highlights)
    return made


def _click(reader: ReaderTab, words: str = WORDS) -> None:
    spot = _point(reader, TEXT.index(words) + 4)
    QTest.mouseClick(reader.sheet.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def _colour_at(reader: ReaderTab, words: str = WORDS) -> QColor:
    """The colour behind the space after the first word."""
    at = _point(reader, TEXT.index(words) + words.index(" "))
    image = reader.sheet.viewport().grab().toImage()
    return image.pixelColor(at + QPoint(2, 0))


def test_r1_words_selected_by_mouse_are_highlighted_by_a_pen(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    paper = _colour_at(reader)
    _drag(qtbot, reader)
    bar = reader.annotating.bar
    words = reader.sheet.line_rect(TEXT.index(WORDS))
    assert bar.geometry().bottom() <= words.top()
    assert reader.sheet.hasFocus()
    with qtbot.waitSignal(reader.annotating.changed) as told:
        QTest.mouseClick(bar.pens[2], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(reader.annotating.marked.highlights) == 1)
    (made,) = reader.annotating.marked.highlights
    assert told.args == [None, made]
    assert (made.quote, made.colour) == (WORDS, "blue")
    assert not bar.isVisible()
    assert not reader.sheet.textCursor().hasSelection()
    assert _colour_at(reader) == QColor(theme.THEMES["light"].blue) != paper


def _draw(reader: ReaderTab, first: int, last: int) -> None:
    """Select from one letter to another with the mouse, and wait for the bar."""
    view = reader.sheet.viewport()
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(view, left, none, _point(reader, first))
    QTest.mouseMove(view, _point(reader, (first + last) // 2))
    QTest.mouseMove(view, _point(reader, last))
    QTest.mouseRelease(view, left, none, _point(reader, last))


def test_a_highlight_drawn_with_the_mouse_cuts_no_word(qtbot: QtBot, reader: ReaderTab) -> None:
    start = TEXT.index(WORDS)
    _draw(reader, start + 2, start + len(WORDS) - 2)
    qtbot.waitUntil(reader.annotating.bar.isVisible)
    drawn = reader.sheet.textCursor().selectedText()
    assert drawn == WORDS[2:-2]
    QTest.keyClick(reader.sheet, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: len(reader.annotating.marked.highlights) == 1)
    assert reader.annotating.marked.highlights[0].quote == WORDS


def test_a_highlight_of_letters_chosen_by_keys_is_of_those_letters(
    qtbot: QtBot, reader: ReaderTab
) -> None:
    reader.sheet.reveal(TEXT.index(WORDS))
    for _ in range(7):
        QTest.keyClick(reader.sheet, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(reader.annotating.bar.isVisible)
    QTest.keyClick(reader.sheet, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: len(reader.annotating.marked.highlights) == 1)
    assert reader.annotating.marked.highlights[0].quote == WORDS[:7]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a sle|ep of", (3, 2)),
        ("a |sleep", (0, 0)),
        ("sleep|, and", (0, 0)),
        ("don|’t go", (3, 2)),
        ("don’|t go", (4, 1)),
        ("the “|word”", (0, 0)),
        ("‘tis the boys|’ own", (0, 0)),
        ("Paris|-Lyon", (0, 0)),
        ("हि|न्दी में", (2, 4)),
        ("記憶|は眠り", (0, 0)),
        ("|", (0, 0)),
        ("in 20|03 Tononi", (2, 2)),
    ],
)
def test_a_cut_word_has_letters_on_both_sides(text: str, parts: tuple[int, int]) -> None:
    before, after = text.split("|")
    assert cut_word(before, after) == parts


def test_r1_the_bar_says_less_where_its_words_have_no_room(qtbot: QtBot, reader: ReaderTab) -> None:
    bar, view = reader.annotating.bar, reader.sheet.viewport()
    _drag(qtbot, reader)
    wide = bar.width()
    for width, words in ((theme.px(340), False), (1180, True)):
        QTest.keyClick(reader.sheet, Qt.Key.Key_Escape)
        reader.resize(width, 700)
        reader.sheet.reveal(TEXT.index(WORDS))
        _drag(qtbot, reader, WORDS.split()[0])
        assert view.rect().contains(bar.geometry())
        assert (bar.width() == wide) == words
        beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        assert (bar.note.toolButtonStyle() == beside) == words


def test_r1_words_selected_by_keys_are_highlighted_by_a_number(
    qtbot: QtBot, reader: ReaderTab
) -> None:
    reader.sheet.reveal(TEXT.index(WORDS))
    for _ in range(4):
        QTest.keyClick(reader.sheet, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(reader.annotating.bar.isVisible)
    with qtbot.waitSignal(reader.annotating.changed):
        QTest.keyClick(reader.sheet, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: len(reader.annotating.marked.highlights) == 1)
    (made,) = reader.annotating.marked.highlights
    assert (made.quote, made.colour) == ("Slow", "pink")


def test_r1_escape_closes_the_bar_and_keys_are_the_pages_again(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    _drag(qtbot, reader)
    QTest.keyClick(reader.sheet, Qt.Key.Key_Escape)
    assert not reader.annotating.bar.isVisible()
    QTest.keyClick(reader.sheet, Qt.Key.Key_1)
    assert not library.marked


def test_r1_ask_and_cite_take_the_selected_words(qtbot: QtBot, reader: ReaderTab) -> None:
    _drag(qtbot, reader)
    with qtbot.waitSignal(reader.annotating.said):
        QTest.keyClick(reader.sheet, Qt.Key.Key_C)
    assert QGuiApplication.clipboard().text().startswith(f"“{WORDS}” (A. Writer, The Trace")
    _drag(qtbot, reader, "Not everyone was persuaded")
    with qtbot.waitSignal(reader.annotating.asked) as told:
        QTest.mouseClick(reader.annotating.bar.ask, Qt.MouseButton.LeftButton)
    assert told.args == [1, "Not everyone was persuaded"]


@pytest.mark.parametrize("width", [1180, 700])
def test_r1_a_note_is_written_at_once_in_the_margin_or_over_the_page(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary, width: int
) -> None:
    reader.resize(width, 700)
    _drag(qtbot, reader)
    QTest.keyClick(reader.sheet, Qt.Key.Key_N)

    def writing() -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and focus.accessibleName() == "Note"

    qtbot.waitUntil(writing)
    field = QApplication.focusWidget()
    assert field is not None
    assert reader.annotating.margin.isAncestorOf(field) is (width == 1180)
    QTest.keyClicks(field, "Whose debt?")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: [h.note for h in library.marked.values()] == ["Whose debt?"])
    qtbot.waitUntil(lambda: not writing())


def test_r1_a_click_on_a_highlight_offers_colour_note_and_delete(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    made = _put(qtbot, reader, library)
    bar = reader.annotating.bar
    _click(reader)
    qtbot.waitUntil(bar.isVisible)
    assert [pen.isChecked() for pen in bar.pens] == [True, False, False, False, False]
    assert bar.remove.isVisible()
    QTest.mouseClick(bar.pens[4], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: library.marked[made.id].colour == "violet")
    qtbot.waitUntil(lambda: reader.annotating.marked.highlights[0].colour == "violet")
    _click(reader)
    qtbot.waitUntil(bar.isVisible)
    with qtbot.waitSignal(reader.annotating.changed) as told:
        QTest.keyClick(reader.sheet, Qt.Key.Key_Delete)
    assert told.args[1] is None
    assert not library.marked
    qtbot.waitUntil(lambda: not reader.annotating.marked.highlights)


def test_a_library_that_is_only_read_offers_no_pens(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    library.read_only = True
    _drag(qtbot, reader)
    bar = reader.annotating.bar
    assert not any(pen.isVisible() for pen in bar.pens)
    assert bar.cite.isVisible()
    QTest.keyClick(reader.sheet, Qt.Key.Key_1)
    assert not library.marked


def test_r2_cards_stand_beside_their_words_scroll_with_them_and_never_overlap(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    margin = reader.annotating.margin
    first = _put(qtbot, reader, library, note="Whose?")
    second = _put(qtbot, reader, library, "by morning", colour="green")
    qtbot.waitUntil(margin.isVisible)
    one, two = margin.card(first.id), margin.card(second.id)
    assert one is not None
    assert two is not None
    words = reader.sheet.line_rect(first.start).top()
    assert abs(one.y() + 8 - words) <= 1
    assert two.y() >= one.geometry().bottom()
    before = one.y()
    reader.sheet.verticalScrollBar().setValue(40)
    assert one.y() == before - 40
    # No room: the page has it all.
    reader.resize(700, 700)
    assert not margin.isVisible()


@pytest.mark.parametrize("wide", [900, 1200])
@pytest.mark.parametrize("source", [1, 2])
def test_the_line_one_reads_stays_where_it_is_when_the_first_highlight_is_made(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary, source: int, wide: int
) -> None:
    reader.resize(wide, 700)
    _open(qtbot, reader, source)
    view = reader.page_view if reader.shows_pages else reader.sheet
    margin = reader.annotating.margin
    before = view.width(), reader.sheet.line_rect(20), reader.page_view.visible_box(1, (0, 0, 1, 1))
    assert margin.isVisible()
    assert margin.hint.isVisible()
    library.notes_highlight(source, 0, 6)
    reader.annotating.read()
    qtbot.waitUntil(lambda: bool(reader.annotating.marked.highlights))
    assert not margin.hint.isVisible()
    after = view.width(), reader.sheet.line_rect(20), reader.page_view.visible_box(1, (0, 0, 1, 1))
    assert after == before


@pytest.mark.slow
def test_a_long_chapter_has_cards_only_near_the_view(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    long = library.put("Long", [("All", "Some words of a long chapter. " * 1000)])
    for at in range(0, 30_000, 300):
        last = library.notes_highlight(long, at, at + 10)
    _open(qtbot, reader, long)
    margin = reader.annotating.margin
    qtbot.waitUntil(lambda: len(reader.annotating.marked.highlights) == 100)
    assert 0 < len(margin.cards) < 60
    assert margin.card(last.id) is None
    QTest.keyClick(reader.sheet, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: margin.card(last.id) is not None)
    assert 0 < len(margin.cards) < 60
    card = margin.card(last.id)
    assert card is not None
    assert abs(card.y() + 8 - reader.sheet.line_rect(last.start).top()) <= 1


def test_r2_a_card_leads_to_its_words_and_is_removed_by_key(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    made = _put(qtbot, reader, library)
    bar = reader.sheet.verticalScrollBar()
    bar.setValue(bar.maximum())
    card = reader.annotating.margin.card(made.id)
    assert card is not None
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Return)
    top = reader.sheet.line_rect(made.start).top()
    assert 0 <= top < reader.sheet.height()
    assert card.active
    QTest.keyClick(card, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not library.marked)


def test_r7_a_highlight_without_its_words_says_so_and_is_painted_nowhere(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    paper = _colour_at(reader)
    made = _put(qtbot, reader, library)
    library.marked[made.id] = replace(made, lost=True)
    reader.annotating.read()
    qtbot.waitUntil(lambda: reader.annotating.marked.highlights[0].lost)
    assert _colour_at(reader) == paper


def test_highlights_lie_on_the_pages_of_a_pdf_and_can_be_clicked(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    made = library.notes_highlight(2, 0, 6, colour="pink")
    _open(qtbot, reader, 2)
    assert reader.shows_pages
    qtbot.waitUntil(lambda: bool(reader.annotating.marked.boxes))
    number, box = reader.annotating.marked.boxes[made.id][0]
    spot = reader.page_view.visible_box(number, box).center().toPoint()
    with qtbot.waitSignal(reader.page_view.highlight_clicked) as told:
        QTest.mouseClick(reader.page_view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert told.args == [made.id]


def test_the_pens_of_the_window_are_the_colours_of_the_library() -> None:
    assert theme.PENS == COLOURS


def test_every_control_of_the_bar_and_the_margin_has_a_name(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    made = _put(qtbot, reader, library, note="Whose?")
    bar = reader.annotating.bar
    for press in (*bar.pens, bar.note, bar.ask, bar.cite, bar.remove):
        assert press.accessibleName()
        assert press.toolTip()
    card = reader.annotating.margin.card(made.id)
    assert card is not None
    assert card.accessibleName() == f"Note, yellow: {WORDS}. Whose?"
