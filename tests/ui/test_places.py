"""The places of the window: Read, Ask beside its page, Explore, Today; Lab only where wanted."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary
from tests.ui.stage import came_to_rest, fill, settled
from workbench import paths
from workbench.library import Library
from workbench.recall.records import Chronology
from workbench.ui import theme
from workbench.ui.app import open_library
from workbench.ui.memories.switch import DIFFERENCES, THREADS, TIMELINE
from workbench.ui.reader.page_view import PageView
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import ASK, BRAIN, LIBRARY, READER

_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def _shown(window: MainWindow) -> list[str]:
    tabs = window.tabs
    return [tabs.accessibleTabName(at) for at in range(tabs.count()) if tabs.isTabVisible(at)]


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_r5_an_answer_brings_the_cited_page_until_it_is_closed(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot, size: tuple[int, int]
) -> None:
    fill(fake)
    fake.answer("What was it?", [fake.quote(1, "It was a dreary night.")])
    window = make_window(fake, size=size, tab=ASK, inspector=False)
    settled(qtbot, window, 3)
    window.ask_tab.ask("What was it?")
    window.navigate.focus_question()
    qtbot.waitUntil(lambda: window.reader_tab.isVisible() and window.reader_tab.source_id == 1)
    qtbot.waitUntil(lambda: window.reader_tab.evidence_words() == "It was a dreary night.")
    assert window.tabs.currentIndex() == ASK
    assert window.ask_tab.isVisible()
    assert window.ask_tab.composer.field.hasFocus()
    assert window.size().width() == size[0]
    # In a narrow window collections make room in all of Ask.
    assert window.collections.isVisible() == (size[0] == 1440)
    header = window.reader_tab.header
    QTest.mouseClick(header.close_button, _LEFT)
    assert not window.reader_tab.isVisible()
    assert window.collections.isVisible() == (size[0] == 1440)
    window.ask_tab.ask("What was it?")
    qtbot.waitUntil(lambda: len(window.ask_tab.talk.lines) == 2)
    assert not window.reader_tab.isVisible()
    assert window.ask_tab.result is not None
    card = window.ask_tab.result.evidence.card(1)
    assert card is not None
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Return)
    qtbot.waitUntil(window.reader_tab.isVisible)
    QTest.mouseClick(header.alone_button, _LEFT)
    assert window.tabs.currentIndex() == READER
    assert not window.ask_tab.isVisible()
    assert not header.alone_button.isVisible()


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_the_switch_of_ask_and_the_answer_stand_still(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot, size: tuple[int, int]
) -> None:
    fill(fake)
    fake.answer("What was it?", [fake.quote(1, "It was a dreary night.")])
    fake.differences = SimpleNamespace(list=lambda *_scope, **_more: [])  # type: ignore[attr-defined]
    undated = SimpleNamespace(list=lambda *_scope, **_more: Chronology((), 0))
    fake.timeline = undated  # type: ignore[attr-defined]
    window = make_window(fake, size=size, tab=ASK, inspector=False)
    settled(qtbot, window, 3)
    ask = window.ask_tab

    def left(widget: QWidget) -> int:
        came_to_rest(qtbot, window)
        return widget.mapTo(window, QPoint()).x()

    first, field = left(ask.switch), left(ask.composer.field)
    ask.ask("What was it?")
    qtbot.waitUntil(lambda: ask.result is not None and window.reader_tab.isVisible())
    assert ask.result is not None
    beside = left(ask.result)
    assert (left(ask.switch), left(ask.composer.field)) == (first, field)
    QTest.mouseClick(window.reader_tab.header.close_button, _LEFT)
    assert left(ask.result) == beside
    parts = window.table_actions
    for name in (DIFFERENCES, TIMELINE, THREADS):
        ask.switch.selected.emit(name)
        pages: dict[str, tuple[QWidget, QWidget]] = {
            DIFFERENCES: (parts.differences, parts.differences.switch),
            TIMELINE: (parts.timeline, parts.timeline.switch),
        }
        page, switch = pages.get(name, (ask, ask.switch))
        assert page.isVisible()
        assert left(switch) == first


@pytest.mark.slow
def test_r5_the_page_beside_follows_the_answer_and_leaves_the_focus(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    fake.answer("What was it?", [fake.quote(1, "It was a dreary night.")])
    other = next(book for book in fake.books.values() if book.row.id != 1 and book.text)
    second = fake.quote(other.row.id, other.text.split("\n")[0], n=1)
    fake.answer("And then?", [second, fake.quote(1, "It was a dreary night.", n=2)])
    window = make_window(fake, size=(1440, 900), tab=ASK, inspector=False)
    settled(qtbot, window, 3)
    ask, reader = window.ask_tab, window.reader_tab
    ask.ask("What was it?")
    ask.focus_question()
    qtbot.waitUntil(lambda: reader.source_id == 1)
    ask.ask("And then?")
    qtbot.waitUntil(lambda: reader.source_id == other.row.id)
    assert reader.evidence_words() == second.quote
    assert ask.composer.field.hasFocus()
    assert ask.result is not None
    card = ask.result.evidence.card(2)
    assert card is not None
    ask.result.evidence.focus_first()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: reader.source_id == 1)
    assert card.hasFocus()
    # Answered while one is elsewhere: what one reads there stays, the page follows afterwards.
    window.navigate.show_tab(LIBRARY)
    ask.ask("And then?")
    qtbot.waitUntil(lambda: len(ask.talk.lines) == 3)
    assert reader.source_id == 1
    window.navigate.show_tab(ASK)
    qtbot.waitUntil(lambda: reader.source_id == other.row.id)
    # Nothing is found for this: no page stands beside it.
    ask.ask("Whatever else?")
    qtbot.waitUntil(lambda: len(ask.talk.lines) == 4)
    assert not reader.isVisible()
    # Nothing answers this, and the closest passage is shown: so is its page.
    silent = fake.answer("And who?", [fake.quote(1, "It was a dreary night.")])
    fake.prepared["And who?"] = replace(silent, abstained=True, sentences=())
    ask.ask("And who?")
    qtbot.waitUntil(lambda: reader.isVisible() and reader.source_id == 1)


@pytest.mark.slow
def test_lab_is_there_only_where_it_is_switched_on(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window()
    qtbot.waitUntil(lambda: window.shelf.loaded)
    assert _shown(window) == ["Read", "Ask", "Explore", "Today"]
    assert not window.actions_by_name["watch_recall"].isVisible()
    window.actions_by_name["lab"].trigger()
    assert _shown(window) == ["Read", "Ask", "Explore", "Today", "Lab"]
    QTest.keyClick(window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    assert window.tabs.currentIndex() == BRAIN
    assert window.collect_settings().lab
    again = make_window(FakeShelfLibrary(), settings=window.collect_settings())
    assert "Lab" in _shown(again)
    window.actions_by_name["lab"].trigger()
    assert "Lab" not in _shown(window)
    assert window.tabs.currentIndex() != BRAIN


@pytest.mark.slow
def test_read_goes_between_the_library_and_what_is_read(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    window = make_window(fake)
    settled(qtbot, window, 3)
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(window, Qt.Key.Key_1, control)
    assert window.tabs.currentIndex() == LIBRARY
    window.navigate.open_source(1)
    qtbot.waitUntil(lambda: window.reader_tab.source_id == 1)
    QTest.keyClick(window, Qt.Key.Key_2, control)
    QTest.keyClick(window, Qt.Key.Key_1, control)
    assert window.tabs.currentIndex() == READER
    QTest.keyClick(window, Qt.Key.Key_1, control)
    assert window.tabs.currentIndex() == LIBRARY
    assert _shown(window).count("Read") == 1


def _drag(pages: PageView, start: QPoint, end: QPoint) -> None:
    port = pages.viewport()
    QTest.mousePress(port, _LEFT, pos=start)
    there = QPointF(port.mapToGlobal(end))
    moved = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(end), there, Qt.MouseButton.NoButton, _LEFT, _NONE
    )
    QApplication.sendEvent(port, moved)
    QTest.mouseRelease(port, _LEFT, pos=end)


@pytest.mark.slow
def test_words_of_a_pdf_page_are_selected_highlighted_and_cited(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    with open_library(tmp_path / "Thesis.brain") as library:
        library.add([paths.sample_book().with_suffix(".pdf")])
    window = make_window()
    qtbot.waitUntil(lambda: len(window.shelf.sources) == 1)
    window.navigate.open_source(window.shelf.sources[0].id)
    reader, pages = window.reader_tab, window.reader_tab.page_view
    qtbot.waitUntil(lambda: reader.shows_pages and bool(pages.page))
    page = next(each for each in reader.library.sources.pages(reader.source_id)  # type: ignore
                if each.end - each.start > 600)  # fmt: skip
    pages.reveal(page.number)
    text = reader.library.sources.text(reader.source_id, page.start, page.end)  # type: ignore
    start = page.start + text.index(" ", 300) + 1
    end = page.start + text.index(" ", 380)
    qtbot.waitUntil(lambda: bool(pages.line_rects(start, end)))
    lines = pages.line_rects(start, end)
    first, last = lines[0], lines[-1]
    left = QPoint(round(first.left()) + 1, round(first.center().y()))
    right = QPoint(round(last.right()) - 1, round(last.center().y()))
    _drag(pages, left, right)
    assert pages.selected_span == (start, end)
    bar = reader.annotating.bar
    assert bar.isVisible()
    assert bar.parentWidget() is pages
    QTest.keyClick(pages, Qt.Key.Key_C)
    words = " ".join(text[start - page.start : end - page.start].split())
    assert words in QGuiApplication.clipboard().text()
    _drag(pages, left, right)
    QTest.keyClick(pages, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: bool(reader.annotating.marked.highlights))
    made = reader.annotating.marked.highlights[0]
    assert (made.start, made.end, made.colour) == (start, end, "green")
    assert reader.page_view.selected_span is None
    # The margin has come, and the page has moved.
    qtbot.waitUntil(reader.annotating.margin.isVisible)
    first = pages.line_rects(start, end)[0]
    left = QPoint(round(first.left()) + 4, round(first.center().y()))
    QTest.mouseDClick(pages.viewport(), _LEFT, pos=left)
    qtbot.waitUntil(lambda: pages.selected_span is not None)
    span = pages.selected_span
    assert span is not None
    assert span[0] == start
    assert pages.selected_words(*span) == words.split()[0].strip(".,;:")


@pytest.mark.slow
def test_chapters_and_earlier_questions_stand_below_the_collections(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    with open_library(tmp_path / "Thesis.brain") as library:
        library.add(paths.sample_book())[0]
    window = make_window()
    qtbot.waitUntil(lambda: len(window.shelf.sources) == 1)
    aside = window.chapters_and_threads
    assert not aside.isVisible()
    window.navigate.open_source(window.shelf.sources[0].id)
    qtbot.waitUntil(lambda: aside.isVisible() and aside.list.count() > 3)
    assert aside.list.accessibleName() == "Chapters"
    there = aside.list.visualItemRect(aside.list.item(3)).center()
    QTest.mouseClick(aside.list.viewport(), _LEFT, pos=there)
    qtbot.waitUntil(lambda: window.reader_tab.header.chapters.currentIndex() == 3)
    assert aside.list.currentRow() == 3
    window.navigate.show_tab(ASK)
    window.ask_tab.ask("What does sleep do to the synapses?")
    qtbot.waitUntil(lambda: window.ask_tab.answer is not None)
    qtbot.waitUntil(lambda: aside.list.accessibleName() == "Threads" and aside.isVisible())
    assert [aside.list.item(at).text() for at in range(aside.list.count())] == [
        "What does sleep do to the synapses?"
    ]
    window.actions_by_name["new_thread"].trigger()
    assert window.ask_tab.answer is None
    there = aside.list.visualItemRect(aside.list.item(0)).center()
    QTest.mouseClick(aside.list.viewport(), _LEFT, pos=there)
    qtbot.waitUntil(lambda: window.ask_tab.answer is not None)
    window.navigate.show_tab(LIBRARY)
    assert not aside.isVisible()


def test_the_chosen_collection_and_read_itself_lead_back_from_a_page(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    window = make_window(fake, tab=LIBRARY)
    settled(qtbot, window, 3)
    tree, tabs = window.collections.tree, window.tabs
    everything = tree.topLevelItem(0)
    assert everything is not None
    for widget in (tree.viewport(), tabs):
        window.navigate.open_source(1)
        qtbot.waitUntil(lambda: tabs.currentIndex() == READER)
        at = tabs.tabRect(READER) if widget is tabs else tree.visualItemRect(everything)
        QTest.mouseClick(widget, _LEFT, pos=at.center())
        assert tabs.currentIndex() == LIBRARY


def test_the_chapter_one_reads_is_in_view_among_the_others_on_coming_back(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fake.put("Long", [(f"{number} Night", "He read on. " * 90) for number in range(1, 81)])
    window = make_window(fake, tab=LIBRARY)
    settled(qtbot, window, 1)
    with qtbot.waitSignal(window.reader_tab.opened):
        window.navigate.open_source(1)
    chapters = window.chapters_and_threads.list
    window.reader_tab.go_to_section(60)
    qtbot.waitUntil(lambda: chapters.currentRow() == 60)
    window.navigate.show_tab(LIBRARY)
    window.navigate.show_tab(READER)
    inside = chapters.viewport().rect()
    qtbot.waitUntil(lambda: inside.contains(chapters.visualItemRect(chapters.item(60)).center()))


@pytest.mark.slow
def test_the_outline_of_a_chat_has_its_days(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    chat = tmp_path / "_chat.txt"
    said = [
        f"[{day}/03/2024, {hour:02}:00:00] {who}: The boat leaves at {hour}."
        for day in (12, 13)
        for hour, who in enumerate(("Ada", "Ben") * 6, 8)
    ]
    chat.write_text("\n".join(said), encoding="utf-8")
    with Library.open(tmp_path / "Thesis.brain") as library:
        library.add(chat)
    window = make_window()
    settled(qtbot, window, 1)
    reader, aside = window.reader_tab, window.chapters_and_threads
    with qtbot.waitSignal(reader.opened):
        window.navigate.open_source(window.shelf.sources[0].id)
    rows = [aside.list.item(at).text() for at in range(aside.list.count())]
    assert rows == ["2024-03-12", "2024-03-13"]
    chapters = reader.header.chapters
    assert [chapters.itemText(at) for at in range(chapters.count())] == rows
    reader.go_to_section(1)
    qtbot.waitUntil(lambda: aside.list.currentRow() == 1)
    assert chapters.currentIndex() == 1


def test_a_chapter_has_a_dot_for_each_colour_of_its_highlights(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fake.put("Long", [(f"{number} Night", "He read on. " * 90) for number in range(1, 5)])
    window = make_window(fake, tab=LIBRARY)
    settled(qtbot, window, 1)
    second = fake.sources_sections(1)[1].start
    for start, colour in ((0, "green"), (30, "yellow"), (60, "green"), (second + 20, "blue")):
        made = fake.notes_highlight(1, start, start + 9, colour=colour)
    with qtbot.waitSignal(window.reader_tab.opened):
        window.navigate.open_source(1)
    chapters = window.chapters_and_threads.list
    spoken = Qt.ItemDataRole.AccessibleTextRole
    qtbot.waitUntil(lambda: chapters.item(1).data(spoken) == "2 Night, highlights: blue")
    assert chapters.item(0).data(spoken) == "1 Night, highlights: yellow, green"
    assert chapters.item(2).data(spoken) is None
    row = chapters.visualItemRect(chapters.item(1))
    image = chapters.viewport().grab(row).toImage()
    blue = theme.colour("blue_edge")
    dots = [x for x in range(image.width()) if image.pixelColor(x, image.height() // 2) == blue]
    assert dots
    assert min(dots) > image.width() - 24
    fake.facts_forget([made.id])
    window.reader_tab.annotating.read()
    qtbot.waitUntil(lambda: chapters.item(1).data(spoken) == "2 Night")
