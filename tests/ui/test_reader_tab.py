"""The Reader tab, through its own doors, over a library in memory."""

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.fake_library import FakeLibrary, as_library
from tests.ui.looks import unnamed
from workbench.recall.records import Answer, AnswerSentence
from workbench.ui import theme
from workbench.ui.jobs import Jobs
from workbench.ui.reader import finding
from workbench.ui.reader.tab import ReaderTab

#: Qt's offscreen plugin says so of every window with a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

NIGHT = (
    "By evening the cortex carries a debt. Slow-wave sleep settles it by scaling every\n"
    "connection down in proportion."
)
CHAPTER = f"9 The price of plasticity\n\n{'For half a century it grew. ' * 60}\n\n{NIGHT}\n\n" + (
    "Not everyone was persuaded. " * 80
)
ARABIC = "الذاكرة هي قدرة الدماغ على حفظ المعلومات"


@pytest.fixture
def library() -> FakeLibrary:
    made = FakeLibrary()
    made.put(
        "The Trace",
        [("Contents", ""), ("1 Lists", "1 Lists\n\nIn 1885 he wrote.\n\n"), ("9 Night", CHAPTER)],
        author="A. Writer",
    )
    paper = "Of ink. " * 400
    labels = ["i", "ii", *(str(number) for number in range(139, 149))]
    pages = [(label, i * 250, (i + 1) * 250) for i, label in enumerate(labels)]
    made.put("Ink", [("Introduction", paper[:1500]), ("Results", paper[1500:3000])], kind="pdf",
             pages=pages)  # fmt: skip
    made.put("كتاب", [("الفصل", f"الفصل\n\n{ARABIC}")])
    return made


@pytest.fixture
def reader(qtbot: QtBot, library: FakeLibrary, jobs: Jobs) -> ReaderTab:
    tab = ReaderTab(as_library(library), jobs)
    qtbot.addWidget(tab)
    tab.resize(828, 600)
    tab.show()
    qtbot.waitExposed(tab)
    return tab


def _answer(library: FakeLibrary) -> Answer:
    return library.answer(
        "What settles the debt?",
        [
            library.quote(1, NIGHT, 1),
            library.quote(2, "Of ink.", 2),
            library.quote(3, ARABIC, 3),
        ],
    )


def _open(qtbot: QtBot, reader: ReaderTab, answer: Answer, n: int) -> None:
    with qtbot.waitSignal(reader.opened):
        reader.open_evidence(answer, n)


def test_a3_citation_opens_the_quoted_words(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    answer = _answer(library)
    _open(qtbot, reader, answer, 1)
    evidence = answer.evidence[0]
    assert reader.span == (evidence.locator.start, evidence.locator.end)
    assert reader.cited == (reader.span,)
    assert reader.highlighted_words() == evidence.quote
    assert reader.header.chapters.currentText() == "9 Night"
    # In view, with neighbours above and below it.
    start = reader.sheet.line_rect(evidence.locator.start)
    end = reader.sheet.line_rect(evidence.locator.end - 1)
    view = reader.sheet.viewport().height()
    assert view * 0.15 < start.top() < view * 0.5
    assert end.bottom() < view
    assert reader.notice() == ""


@pytest.mark.parametrize("pages", [False, True])
def test_a3_the_marker_lies_on_the_cited_sentence_and_the_rest_is_underlined(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary, pages: bool
) -> None:
    words = " ".join(f"Sentence {number} of ink." for number in range(1, 90))
    label = [("1", 0, len(words))] if pages else []
    source = library.put("Ink", [("All", words)], kind="pdf" if pages else "epub", pages=label)
    quote = "Sentence 40 of ink. Sentence 41 of ink. Sentence 42 of ink."
    answer = library.answer("Which?", [library.quote(source, quote, 1)])
    said = AnswerSentence("Sentence 41 of ink.", (1,))
    _open(qtbot, reader, replace(answer, sentences=(said,)), 1)
    assert reader.shows_pages is pages
    assert reader.highlighted_words() == "Sentence 41 of ink."
    assert reader.evidence_words() == quote
    start = words.index("Sentence 41 of ink.")
    assert reader.cited == ((start, start + 19),)
    assert reader.span == (start - 20, start + 39)
    if pages:
        assert reader.page_view.marked() == library.sources.page_boxes(source, start, start + 19)
        assert reader.page_view.underlined() == [
            *library.sources.page_boxes(source, start - 20, start),
            *library.sources.page_boxes(source, start + 19, start + 39),
        ]
        return
    cursor = QTextCursor(reader.sheet.document())

    def looks(offset: int) -> tuple[bool, bool]:
        cursor.setPosition(reader.sheet.flow.position(offset) + 1)
        look = cursor.charFormat()
        yellow = look.background().color() == theme.colour("marker")
        return yellow, look.fontUnderline()

    assert [looks(start + at) for at in (-22, -10, 5, 25, 41)] == [
        (False, False),
        (False, True),
        (True, False),
        (False, True),
        (False, False),
    ]


@pytest.mark.parametrize("pages", [False, True])
def test_evidence_that_the_answer_does_not_cite_is_underlined_only(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary, pages: bool
) -> None:
    answer = replace(_answer(library), sentences=())
    _open(qtbot, reader, answer, 2 if pages else 1)
    evidence = answer.evidence[1 if pages else 0]
    assert reader.shows_pages is pages
    assert reader.highlighted_words() == ""
    assert reader.evidence_words() == evidence.quote
    assert bool(reader.page_view.underlined()) is pages
    assert reader.notice() == ""
    view = reader.page_view if pages else reader.sheet
    assert view.accessibleDescription() == f"Not cited: {evidence.quote}"


def test_evidence_of_a_source_in_the_trash_says_so(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    answer = _answer(library)
    library.sources.trash([1])
    _open(qtbot, reader, answer, 1)
    assert reader.notice().startswith("This source is in the Trash")
    assert reader.highlighted_words() == answer.evidence[0].quote
    gone = replace(answer.evidence[0], quote="Nothing of the kind.")
    _open(qtbot, reader, replace(answer, evidence=(gone,)), 1)
    assert "This source is in the Trash" in reader.notice()
    assert "no longer on this page" in reader.notice()
    _open(qtbot, reader, answer, 3)
    assert reader.notice() == ""


@pytest.mark.parametrize("n", [1, 2])
def test_no_frame_stands_round_the_page_that_has_the_focus(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary, n: int
) -> None:
    _open(qtbot, reader, _answer(library), n)
    view = reader.page_view if reader.shows_pages else reader.sheet
    border = theme.colour("accent").name()

    def edges() -> set[str]:
        image = view.viewport().grab().toImage()
        last = image.width() - 1, image.height() - 1
        middle = last[0] // 2, last[1] // 2
        at = [(1, middle[1]), (last[0] - 1, middle[1]), (middle[0], 1), (middle[0], last[1] - 1)]
        return {image.pixelColor(x, y).name() for x, y in at}

    view.setFocus()
    assert view.hasFocus()
    assert border not in edges()


def test_no_cursor_is_drawn_between_the_words(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    _open(qtbot, reader, _answer(library), 3)
    sheet = reader.sheet
    inside = sheet.viewport().rect().adjusted(4, 4, -4, -4)
    sheet.setFocus()
    qtbot.waitUntil(sheet.hasFocus)
    focused = sheet.viewport().grab(inside).toImage()
    reader.header.finder.setFocus()
    assert sheet.viewport().grab(inside).toImage() == focused


def test_a3_the_span_shown_is_the_span_stored_not_words_that_look_like_it(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    # The same sentence stands on every page of the paper: only the offset tells which is meant.
    first = library.quote(2, "Of ink.", 1)
    shifted = replace(first, locator=replace(first.locator, start=1608, end=1615, page=7))
    answer = library.answer("Of what?", [shifted])
    _open(qtbot, reader, answer, 1)
    assert reader.span == (1608, 1615)
    assert reader.page_view.marked()[0][0] == 7


def test_a4_words_that_are_gone_open_the_place_unhighlighted(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    answer = _answer(library)
    gone = replace(answer.evidence[0], quote="By evening the cortex carries nothing.")
    _open(qtbot, reader, replace(answer, evidence=(gone,)), 1)
    assert reader.span is None
    assert reader.highlighted_words() == ""
    assert "The quoted words are no longer on this page" in reader.notice()
    assert reader.header.chapters.currentText() == "9 Night"
    # The next place that is right takes the notice away.
    _open(qtbot, reader, answer, 1)
    assert reader.notice() == ""


def test_a4_an_empty_span_is_never_highlighted(qtbot: QtBot, reader: ReaderTab) -> None:
    with qtbot.waitSignal(reader.opened):
        reader.open_source(1, 40, 40)
    assert reader.highlighted_words() == ""
    assert reader.notice() != ""


def test_a5_printed_label_and_index_first_page(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    with qtbot.waitSignal(reader.opened):
        reader.open_source(2, 0, 7)
    assert reader.shows_pages
    assert reader.header.page.text() == "i"
    assert reader.header.index.text() == "PDF 1 of 12"
    assert reader.page_view.marked()[0][0] == 1
    reader.page_view.reveal(2)
    assert (reader.header.page.text(), reader.header.index.text()) == ("ii", "PDF 2 of 12")
    reader.header.page_typed.emit("141")
    assert (reader.header.page.text(), reader.header.index.text()) == ("141", "PDF 5 of 12")
    reader.header.page_typed.emit("12")
    assert (reader.header.page.text(), reader.header.index.text()) == ("148", "PDF 12 of 12")
    # The text view tells the same pages.
    reader.header.page_typed.emit("140")
    reader.show_as_pages(False)
    assert (reader.header.page.text(), reader.header.index.text()) == ("140", "PDF 4 of 12")
    assert reader.sheet.position() == 750


def test_evidence_is_walked_with_previous_and_next(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    answer = _answer(library)
    _open(qtbot, reader, answer, 1)
    assert reader.banner.words == "Evidence 1 of 3 for “\u2068What settles the debt?\u2069”"
    assert not reader.banner.previous.isEnabled()
    with qtbot.waitSignals([reader.opened, reader.inspect]):
        QTest.mouseClick(reader.banner.next, Qt.MouseButton.LeftButton)
    assert reader.source_id == 2
    with qtbot.waitSignal(reader.opened):
        QTest.mouseClick(reader.banner.next, Qt.MouseButton.LeftButton)
    assert reader.source_id == 3
    assert reader.highlighted_words() == ARABIC
    assert not reader.banner.next.isEnabled()
    with qtbot.waitSignal(reader.opened):
        reader.step_evidence(-1)
    assert reader.source_id == 2


def test_a_source_from_the_library_has_no_banner_and_begins_at_its_first_words(
    qtbot: QtBot, reader: ReaderTab
) -> None:
    with qtbot.waitSignal(reader.opened):
        reader.open_source(1)
    assert reader.banner.isHidden()
    assert reader.header.chapters.currentText() == "1 Lists"
    assert reader.span is None
    assert reader.notice() == ""


def test_r3_chapters_stand_in_one_scroll_and_the_place_is_kept(
    qtbot: QtBot, reader: ReaderTab
) -> None:
    with qtbot.waitSignal(reader.opened):
        reader.open_source(1)
    night = len("1 Lists\n\nIn 1885 he wrote.\n\n")
    # The next chapter begins below the end of the first.
    assert 0 < reader.sheet.line_rect(night).top() < reader.sheet.viewport().height()
    reader.go_to_section(2)
    assert reader.header.chapters.currentText() == "9 Night"
    reader.go_to(night + 1500)
    place = reader.sheet.top_offset()
    assert place > 1000
    with qtbot.waitSignal(reader.opened):
        reader.open_source(3)
    with qtbot.waitSignal(reader.opened):
        reader.open_source(1)
    assert abs(reader.sheet.top_offset() - place) < 100
    reader.sheet.verticalScrollBar().setValue(0)
    assert reader.header.chapters.currentText() == "1 Lists"


def test_the_place_is_kept_when_the_window_changes_its_width(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    evidence = _answer(library).evidence[0]
    _open(qtbot, reader, _answer(library), 1)
    for width in (520, 1000, 640):
        reader.resize(width, 600)
        QApplication.processEvents()
        top = reader.sheet.line_rect(evidence.locator.start).top()
        assert 0 < top < reader.sheet.viewport().height() * 0.6


def test_find_walks_through_the_whole_source(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    with qtbot.waitSignal(reader.opened):
        reader.open_source(1)
    reader.open_find()
    assert reader.find_bar.isVisible()
    QTest.keyClicks(reader.find_bar.field, "in 1885")
    qtbot.waitUntil(lambda: reader.find_bar.found.text() == "1 of 1")
    reader.find_bar.field.setText("cortex carries")
    qtbot.waitUntil(lambda: reader.header.chapters.currentText() == "9 Night")
    reader.find_bar.field.setText("was persuaded")
    qtbot.waitUntil(lambda: reader.find_bar.found.text() == "1 of 80")
    QTest.keyClick(reader.find_bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert reader.find_bar.found.text() == "80 of 80"
    assert reader.sheet.extraSelections()
    reader.find_bar.field.setText("nowhere at all")
    qtbot.waitUntil(lambda: reader.find_bar.found.text() == "Not in this source")
    QTest.keyClick(reader.find_bar.field, Qt.Key.Key_Escape)
    assert reader.find_bar.isHidden()
    assert not reader.sheet.extraSelections()


def test_find_begins_where_one_reads_though_the_first_letter_is_everywhere_before(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MAX_HITS", 3)
    with qtbot.waitSignal(reader.opened):
        reader.open_source(1)
    reader.go_to(library.sources.sections(1)[-1].end - 600)
    begun = reader.sheet.position()
    reader.open_find()
    for typed in ("w", "wa", "was"):
        reader.find_bar.field.setText(typed)
        qtbot.waitUntil(lambda: bool(reader.finder.hits))
        hit = reader.finder.current
        assert hit is not None
        assert hit[0] >= begun


def test_the_mouse_finds_its_letter_between_two_lines_too(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    with qtbot.waitSignal(reader.opened):
        reader.open_source(1)
    sheet = reader.sheet
    sheet.reveal(library.sources.sections(1)[-1].end - 600)
    line = sheet.cursorRect(sheet.cursorForPosition(QPoint(300, 200)))
    letters = []
    for y in range(line.top() - 6, line.bottom() - 2):
        QTest.mouseClick(sheet.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, y))
        letters.append(sheet.textCursor().position())
    assert len(set(letters)) == 1


def test_copy_with_citation_takes_the_selection_or_the_quote(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    _open(qtbot, reader, _answer(library), 1)
    reader.copy_with_citation()
    quote = " ".join(NIGHT.split())
    assert QGuiApplication.clipboard().text() == f"“{quote}” (A. Writer, The Trace, ch. 9)"
    with qtbot.waitSignal(reader.opened):
        reader.open_source(2, 0, 7)
    reader.copy_with_citation()
    copied = QGuiApplication.clipboard().text()
    assert copied == "“Of ink.” (Ink, Introduction, p. i (PDF 1))"


def test_right_to_left_text_stands_on_the_right(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    _open(qtbot, reader, _answer(library), 3)
    start = reader.sheet.line_rect(_answer(library).evidence[2].locator.start)
    assert start.left() > reader.sheet.viewport().width() * 0.55


def _wheel(view: QWidget, turned: int) -> None:
    where = QPointF(view.rect().center())
    event = QWheelEvent(
        where,
        view.mapToGlobal(where),
        QPoint(),
        QPoint(0, turned),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def test_zoom_by_keys_and_wheel_keeps_the_place(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    answer = _answer(library)
    _open(qtbot, reader, answer, 1)
    sheet, place = reader.sheet, reader.sheet.position()
    usual = sheet.document().defaultFont().pixelSize()
    _wheel(sheet.viewport(), 120)
    reader.zoom(1)
    larger = sheet.document().defaultFont().pixelSize()
    assert larger > usual + 1
    assert sheet.position() == place
    assert reader.highlighted_words() == answer.evidence[0].quote
    reader.zoom(0)
    assert sheet.document().defaultFont().pixelSize() == usual
    _open(qtbot, reader, answer, 2)
    _wheel(reader.page_view.viewport(), -120)
    assert reader.page_view.zoom_factor < 1.0
    reader.zoom(0)
    assert reader.page_view.zoom_factor == 1.0


def test_focus_given_to_the_reader_goes_to_what_is_read(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    for n in (1, 2):
        _open(qtbot, reader, _answer(library), n)
        reader.header.finder.setFocus()
        reader.setFocus(Qt.FocusReason.OtherFocusReason)
        view = reader.page_view if reader.shows_pages else reader.sheet
        assert QApplication.focusWidget() is view


def test_alt_left_goes_back_to_the_answer(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    for n, pages in ((2, True), (1, False)):
        _open(qtbot, reader, _answer(library), n)
        assert reader.shows_pages is pages
        view = QApplication.focusWidget()
        assert view is (reader.page_view if pages else reader.sheet)
        with qtbot.waitSignal(reader.back):
            QTest.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    with qtbot.waitSignal(reader.back):
        QTest.mouseClick(reader.header.back_button, Qt.MouseButton.LeftButton)


def test_the_keyboard_scrolls_through_the_chapters(qtbot: QtBot, reader: ReaderTab) -> None:
    with qtbot.waitSignal(reader.opened):
        reader.open_source(1)
    QTest.keyClick(reader.sheet, Qt.Key.Key_PageDown)
    assert reader.header.chapters.currentText() == "9 Night"
    bar = reader.sheet.verticalScrollBar()
    QTest.keyClick(reader.sheet, Qt.Key.Key_Home)
    QTest.keyClick(reader.sheet, Qt.Key.Key_Down)
    assert 0 < bar.value() < reader.sheet.viewport().height() // 2
    QTest.keyClick(reader.sheet, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    QTest.keyClick(reader.sheet, Qt.Key.Key_Home)
    assert bar.value() == 0


def test_e1_a_source_that_is_gone_says_so_in_place(qtbot: QtBot, reader: ReaderTab) -> None:
    reader.open_source(99)
    qtbot.waitUntil(lambda: reader.notice() != "")
    assert "There is no such source. Look in the Library." in reader.notice()


def test_a_later_click_wins_over_one_before_it(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    answer = _answer(library)
    for n in (1, 2, 1, 3):
        reader.open_evidence(answer, n)
    qtbot.waitUntil(lambda: reader.source_id is not None)
    qtbot.wait(50)
    assert reader.source_id == 3
    assert reader.highlighted_words() == ARABIC


def test_no_library_call_is_made_on_the_gui_thread(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    for n in (1, 2, 3):
        _open(qtbot, reader, _answer(library), n)
    qtbot.waitUntil(lambda: bool(library.painted))
    assert threading.get_ident() not in library.threads


def test_the_marker_follows_the_theme_while_the_page_is_open(
    qtbot: QtBot, qapp: QApplication, reader: ReaderTab, library: FakeLibrary
) -> None:
    evidence = _answer(library).evidence[0]
    _open(qtbot, reader, _answer(library), 1)

    def marker() -> str:
        cursor = reader.sheet.textCursor()
        cursor.setPosition(reader.sheet.flow.position(evidence.locator.start) + 1)
        return cursor.charFormat().background().color().name().upper()

    assert marker() == theme.THEMES["light"].marker
    top = reader.sheet.top_offset()
    theme.apply(qapp, "dark")
    qtbot.waitUntil(lambda: marker() == theme.THEMES["dark"].marker)
    assert reader.sheet.top_offset() == top
    theme.apply(qapp, "light")


def test_k2_every_control_of_the_reader_has_an_accessible_name(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    _open(qtbot, reader, _answer(library), 2)
    reader.open_find()
    assert unnamed(reader) == []


def test_the_reader_fits_a_small_window(reader: ReaderTab) -> None:
    assert reader.minimumSizeHint().width() <= 640
    assert reader.minimumSizeHint().height() <= 420


@pytest.mark.parametrize(("width", "factor"), [(540, 1.0), (600, 1.0), (864, 2.0)])
def test_k3_the_header_leaves_out_rather_than_cuts_off(
    qtbot: QtBot,
    qapp: QApplication,
    reader: ReaderTab,
    library: FakeLibrary,
    width: int,
    factor: float,
) -> None:
    theme.zoom(qapp, factor)
    reader.resize(width, 600)
    _open(qtbot, reader, _answer(library), 2)
    QApplication.processEvents()
    header = reader.header
    words = header.page.fontMetrics().horizontalAdvance(header.page.text())
    assert header.page.isVisible()
    assert words < header.page.width() - 12 * factor
    kept = (header.as_text, header.as_pages, header.finder, header.copier, header.beside_button)
    for part in kept:
        assert part.isVisible()
        assert part.width() >= part.minimumSizeHint().width()
        assert part.mapTo(reader, part.rect().bottomRight()).x() <= reader.width()
    assert not header.chapters.isVisible()
    theme.zoom(qapp, 1.0)
    reader.resize(1000, 600)
    QApplication.processEvents()
    assert header.chapters.isVisible()
    assert header.title.isVisible()
    assert header.beside_button.geometry().right() > header.width() - 20


def test_a_mail_says_who_wrote_it_and_when_and_has_no_scroll_bar_without_need(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    mail = library.put("Sludge", [("", "Hello Tom. It is 42.")], kind="mail", author="I. Holm")
    book = library.books[mail]
    book.row = replace(book.row, date="2026-09-09")
    with qtbot.waitSignal(reader.opened):
        reader.open_source(mail)
    assert reader.header.by.isVisible()
    assert reader.header.by.text() == "I. Holm · 9 Sep 2026"
    qtbot.waitUntil(lambda: not reader.book.bar.isVisible())
    with qtbot.waitSignal(reader.opened):
        reader.open_source(1)
    reader.resize(828, 200)
    assert not reader.header.by.isVisible()
    qtbot.waitUntil(reader.book.bar.isVisible)


def test_another_library_closes_what_was_open(
    qtbot: QtBot, reader: ReaderTab, library: FakeLibrary
) -> None:
    _open(qtbot, reader, _answer(library), 1)
    reader.set_library(as_library(FakeLibrary()))
    assert reader.source_id is None
    assert reader.span is None
