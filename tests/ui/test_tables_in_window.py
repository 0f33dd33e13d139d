"""Tables in the window: sources in rows, questions in columns, answers that open at their words."""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary
from tests.ui.looks import unnamed
from tests.ui.stage import came_to_rest, words_of
from workbench.jobs import Cancel, Progress, Report
from workbench.library import Library
from workbench.library.tables import Tables
from workbench.recall.records import Answer, Cell, Chronology, SourceRef, Table, TableRow
from workbench.ui.ask.quote import QuoteText
from workbench.ui.memories.switch import DIFFERENCES, TIMELINE
from workbench.ui.tables.grid import GridModel
from workbench.ui.tables.page import NewTable, QuestionSheet, TablesPage
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import ASK, LIBRARY

_TESTED, _FEE = "When was recall tested?", "What did the ferry to Marl cost?"
_TEXTS = {
    "Weak memories": "They learned ninety-six pairs of words. Recall was tested the next morning.",
    "Replay": "They looked at sixty pictures. Recall was tested after a nap of ninety minutes.",
}
Opened = Callable[..., tuple[MainWindow, TablesPage]]


@pytest.fixture
def opened(make_window: MakeWindow, tmp_path: Path, qtbot: QtBot) -> Opened:
    """A window over a library of two reports, at its tables; with a table of two questions."""

    def opened(*questions: str, **more: object) -> tuple[MainWindow, TablesPage]:
        with Library.open(tmp_path / "Thesis.brain") as library:
            for title, text in _TEXTS.items():
                library.add_text(text, title=title)
            if questions:
                library.tables.create("Sleep", questions, sources=[1, 2])
        window = make_window(inspector=False, opens=Library.open, **more)
        qtbot.waitUntil(lambda: window.shelf.complete and len(window.shelf.sources) == 2)
        window.actions_by_name["tables"].trigger()
        page = window.table_actions.page
        qtbot.waitUntil(lambda: (page.table is not None) == bool(questions))
        return window, page

    return opened


def _texts(page: TablesPage) -> list[list[str]]:
    model = page.model
    columns = range(model.columnCount(QModelIndex()))
    return [[str(model.index(at, n).data()) for n in columns] for at in range(len(model.rows))]


def _filled(qtbot: QtBot, page: TablesPage) -> None:
    qtbot.waitUntil(lambda: page.table is not None and not page.filling and not page.table.unfilled)


def _choose(page: TablesPage, row: int, column: int) -> None:
    page.grid.setCurrentIndex(page.model.index(row, column))


def test_a_table_is_filled_in_the_background_and_opens_at_its_words(
    opened: Opened, qtbot: QtBot
) -> None:
    window, page = opened(_TESTED, _FEE)
    assert window.navigate.at == ASK
    assert page.isVisible()
    assert _texts(page) == [["–", "–"], ["–", "–"]]
    assert "0 of 4" in words_of(page)
    page.fill_button.click()
    assert page.fill_button.text() == "Stop"
    _filled(qtbot, page)
    assert page.fill_button.text() == "Fill"
    # What is filled has no button for it.
    assert not page.fill_button.isVisible()
    assert window.activity.tasks.is_empty
    first, second = _texts(page)
    assert "next morning" in first[0]
    assert "ninety minutes" in second[0]
    assert first[1] == second[1] == "Not stated"
    # A click opens the passage beside, and the arrows lead it along.
    _choose(page, 1, 0)
    page.grid.clicked.emit(page.model.index(1, 0))
    qtbot.waitUntil(lambda: window.reader_tab.isVisible() and window.reader_tab.source_id == 2)
    assert page.isVisible()
    QTest.keyClick(page.grid, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: window.reader_tab.source_id == 1)
    said = page.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith(f"Weak memories, {_TESTED}: ")
    assert "next morning" in said
    assert unnamed(window) == []


def test_a_narrow_bar_shows_every_view_of_ask(opened: Opened, qtbot: QtBot) -> None:
    _window, page = opened(_TESTED)
    page.setParent(None)
    qtbot.addWidget(page)
    page.resize(602, 600)
    with qtbot.waitExposed(page):
        page.show()
    inside = page.switch.rect()
    assert all(inside.contains(each.geometry()) for each in page.switch.segments.values())
    assert inside.width() >= page.switch.sizeHint().width()
    assert all(each.width() >= each.sizeHint().width() for each in page.presses)


def test_what_is_stopped_goes_on_from_there(
    opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    _window, page = opened(_TESTED, _FEE)
    answer, asked = Tables._answer, list[Cell]()

    def slow(tables: Tables, cell: Cell, title: str, stop: Cancel) -> Answer:
        asked.append(cell)
        while len(asked) == 3:
            stop.check()
            time.sleep(0.01)
        return answer(tables, cell, title, stop)

    monkeypatch.setattr(Tables, "_answer", slow)
    page.fill()
    qtbot.waitUntil(lambda: page.table is not None and page.table.unfilled == 2)
    assert [text for row in _texts(page) for text in row if "…" in text] == ["Reading…"]
    page.fill_button.click()
    assert not page.filling
    qtbot.waitUntil(lambda: [text for row in _texts(page) for text in row].count("–") == 2)
    page.fill()
    _filled(qtbot, page)
    assert len(asked) == 5


def test_a_table_that_takes_long_to_read_is_shown_while_it_is_filled(
    opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    _window, page = opened(*(f"Who is number {n}?" for n in range(12)))
    get, answer = Tables.get, Tables._answer

    def get_slowly(tables: Tables, name: str) -> Table:
        time.sleep(0.4)
        return get(tables, name)

    def answer_slowly(tables: Tables, cell: Cell, title: str, stop: Cancel) -> Answer:
        time.sleep(0.1)
        return answer(tables, cell, title, stop)

    monkeypatch.setattr(Tables, "get", get_slowly)
    monkeypatch.setattr(Tables, "_answer", answer_slowly)
    shown: list[int] = []
    page.model.dataChanged.connect(
        lambda *_: shown.append(page.table.unfilled if page.table else 0)
    )
    page.fill()
    _filled(qtbot, page)
    # Each report came before the table was read, which was not given up for it.
    assert any(0 < unfilled < 24 for unfilled in shown)


def test_a_cell_is_corrected_in_its_place_and_back_by_undo(opened: Opened, qtbot: QtBot) -> None:
    window, page = opened(_TESTED)
    _choose(page, 0, 0)
    page.grid.setFocus()
    QTest.keyClick(page.grid, Qt.Key.Key_F2)
    (editor,) = page.grid.findChildren(QLineEdit)
    editor.setText("at eight")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _texts(page)[0] == ["at eight"])
    page.fill()
    _filled(qtbot, page)
    assert _texts(page)[0] == ["at eight"]
    window.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: _texts(page)[0] == ["–"])
    window.actions_by_name["redo"].trigger()
    qtbot.waitUntil(lambda: _texts(page)[0] == ["at eight"])


@pytest.mark.parametrize("name", [DIFFERENCES, TIMELINE])
def test_what_takes_long_tells_how_far_it_is_and_stops(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot, name: str
) -> None:
    begun: list[Cancel] = []
    free = threading.Event()

    def slow(*_args: object, report: Report, cancel: Cancel, **_more: object) -> object:
        begun.append(cancel)
        while not free.is_set():
            report(Progress("comparing", 3, 40, "sources"))
            cancel.check()
            time.sleep(0.01)
        return [] if name == DIFFERENCES else Chronology((), 0)

    setattr(fake, name, SimpleNamespace(list=slow))
    window = make_window(fake, tab=ASK, inspector=False)
    qtbot.waitUntil(lambda: window.ask_tab.composer.ready)
    window.ask_tab.switch.selected.emit(name)
    parts = window.table_actions
    page = parts.differences if name == DIFFERENCES else parts.timeline
    qtbot.waitUntil(lambda: "3 of 40 sources" in page.count.text())
    (stop,) = [each for each in page.findChildren(QPushButton) if each.text() == "Stop"]
    # No axes from 0 to 1 without a date.
    assert name == DIFFERENCES or not parts.timeline.dots.isVisible()
    stop.click()
    assert all(cancel.is_set for cancel in begun)
    free.set()
    assert "Stopped" in words_of(page)
    presses = page.findChildren(QPushButton)
    next(each for each in presses if each.text() == "Look again" and each.isVisible()).click()
    qtbot.waitUntil(lambda: " found" in words_of(page))
    assert "Stopped" not in words_of(page)


def test_rows_are_as_low_as_their_text(opened: Opened, qtbot: QtBot) -> None:
    _window, page = opened(_FEE)
    page.fill_button.click()
    _filled(qtbot, page)
    qtbot.waitUntil(lambda: page.grid.rowHeight(0) < 108)
    rows = [page.grid.rowHeight(at) for at in range(2)]
    assert max(rows) < 80
    cell = page.model.cell(page.model.index(1, 0))
    assert cell is not None
    page.model.corrected.emit(cell, "A long answer of several words, which needs its lines. " * 4)
    qtbot.waitUntil(lambda: page.grid.rowHeight(1) > page.grid.rowHeight(0))
    assert page.grid.rowHeight(0) == rows[0]
    assert page.grid.rowHeight(1) <= 130


def test_a_deleted_table_comes_back_by_undo(opened: Opened, qtbot: QtBot) -> None:
    window, page = opened(_TESTED)
    before = _texts(page)
    page.confirm_deletion()
    assert page.sheet is not None
    (press,) = (each for each in page.sheet.findChildren(QPushButton) if each.text() == "Delete")
    press.click()
    qtbot.waitUntil(lambda: page.table is None)
    window.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: page.table is not None and _texts(page) == before)
    window.actions_by_name["redo"].trigger()
    qtbot.waitUntil(lambda: page.table is None)


def test_undo_and_redo_pressed_at_once_are_both_done(opened: Opened, qtbot: QtBot) -> None:
    window, page = opened(_TESTED)
    _choose(page, 0, 0)
    page.grid.setFocus()
    QTest.keyClick(page.grid, Qt.Key.Key_F2)
    (editor,) = page.grid.findChildren(QLineEdit)
    editor.setText("at eight")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.shelf.acts.undo_text != "")
    qtbot.waitUntil(lambda: _texts(page)[0] == ["at eight"])
    seen: list[list[str]] = []
    window.shelf.undo_applied.connect(lambda _undone: seen.append(_texts(page)[0]))
    window.actions_by_name["undo"].trigger()
    window.actions_by_name["redo"].trigger()
    qtbot.waitUntil(lambda: len(seen) == 2)
    qtbot.waitUntil(lambda: _texts(page)[0] == ["at eight"])


def test_columns_and_rows_come_go_and_come_back(opened: Opened, qtbot: QtBot) -> None:
    window, page = opened(_TESTED, _FEE)
    page.fill()
    _filled(qtbot, page)
    before = _texts(page)
    _choose(page, 0, 0)
    ways = {action.text(): action for action in page.grid.actions()}
    ways["Remove question"].trigger()
    qtbot.waitUntil(lambda: _texts(page) == [["Not stated"], ["Not stated"]])
    window.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: _texts(page) == before)
    _choose(page, 0, 0)
    ways["Move right"].trigger()
    qtbot.waitUntil(lambda: _texts(page) == [row[::-1] for row in before])
    _choose(page, 0, 0)
    ways["Remove source"].trigger()
    qtbot.waitUntil(lambda: len(page.model.rows) == 1)
    window.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: len(page.model.rows) == 2)
    assert page.table is not None
    assert page.table.unfilled == 0
    page.edit_question()
    assert isinstance(page.sheet, QuestionSheet)
    # What is refused stays to be mended.
    page.sheet.field.setPlainText("…")
    page.sheet.save()
    came_to_rest(qtbot, window)
    assert page.sheet.isVisible()
    # Each line is a question; what is ready goes below what is written.
    page.sheet.field.setPlainText("What did they learn?\n\n")
    page.sheet.ready.setCurrentIndex(1)
    page.sheet.ready.activated.emit(1)
    ready = page.sheet.ready.currentData()
    page.sheet.save()
    qtbot.waitUntil(lambda: page.table is not None and len(page.table.questions) == 4)
    assert page.table.questions[2:] == ("What did they learn?", ready)
    # A new question is asked of every source at once.
    _filled(qtbot, page)


def test_chosen_sources_are_asked_in_a_new_table(opened: Opened, qtbot: QtBot) -> None:
    window, page = opened()
    qtbot.waitUntil(lambda: "Ask many sources the same questions" in words_of(page))
    window.navigate.show_tab(LIBRARY)
    window.library_tab.select((2,))
    window.actions_by_name["ask_table"].trigger()
    assert page.isVisible()
    assert isinstance(page.sheet, NewTable)
    page.sheet.field.setText("Naps")
    page.sheet.make()
    qtbot.waitUntil(lambda: page.table is not None)
    assert page.table is not None
    assert [row.source.title for row in page.table.rows] == ["Replay"]
    assert "No questions yet" in words_of(page)
    window.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: page.table is None)


def test_rows_are_sorted_and_filtered(opened: Opened, qtbot: QtBot) -> None:
    _window, page = opened(_TESTED)
    page.fill()
    _filled(qtbot, page)
    _choose(page, 0, 0)
    ways = {action.text(): action for action in page.grid.actions()}
    in_order = sorted(_texts(page), key=lambda row: row[0].casefold())
    ways["Sort by this column"].trigger()
    assert _texts(page) == in_order
    # The chosen cell goes along, so that the same key turns the order.
    assert page.grid.cell is not None
    ways["Sort by this column"].trigger()
    assert _texts(page) == in_order[::-1]
    page.filter.setText("NAP")
    assert len(page.model.rows) == 1
    page.filter.clear()
    assert len(page.model.rows) == 2


@pytest.mark.parametrize(
    "texts",
    [
        ("19 September 2020", "2 October 2020", "1 May 2021"),
        ("€ 12", "1.250,50 Euro", "4.2 million euros"),
        ("96 mice", "1,500 mice", "none"),
    ],
)
def test_dates_and_numbers_are_sorted_by_value(texts: tuple[str, ...]) -> None:
    model, source = GridModel(), SourceRef(1, None, "Replay", None, "text")
    cells = [Cell(1, _TESTED, "answer", text) for text in texts[::-1]]
    rows = tuple(TableRow(source, (cell,)) for cell in cells)
    model.show_table(Table("Sleep", (_TESTED,), rows), filling=False)
    model.sort(0)
    assert [model.index(at, 0).data() for at in range(len(texts))] == list(texts)


def test_a_table_is_exported_from_the_window(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    _window, page = opened(_TESTED)
    page.fill()
    _filled(qtbot, page)
    file = tmp_path / "Sleep.xlsx"
    page.save(file)
    qtbot.waitUntil(lambda: file.is_file() and file.stat().st_size > 0)
    sheet = load_workbook(file).active
    assert sheet is not None
    assert [sheet[f"{column}1"].value for column in "ABCD"] == [
        "Source",
        "Authors",
        "Year",
        _TESTED,
    ]
    titles = [page.model.headerData(at, Qt.Orientation.Vertical) for at in range(2)]
    assert [sheet[f"A{at}"].value for at in (2, 3)] == titles[: sheet.max_row - 1]


def test_ask_keeps_its_threads_beside_the_tables(opened: Opened, qtbot: QtBot) -> None:
    window, page = opened(_TESTED)
    page.switch.segments["threads"].click()
    assert window.ask_tab.isVisible()
    window.ask_tab.switch.segments["tables"].click()
    assert page.isVisible()
    # What asks leads to the threads.
    window.actions_by_name["focus_question"].trigger()
    assert window.ask_tab.isVisible()


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_the_tables_fit_their_window(opened: Opened, qtbot: QtBot, size: tuple[int, int]) -> None:
    window, page = opened(_TESTED, _FEE, size=size)
    page.grid.clicked.emit(page.model.index(0, 0))
    came_to_rest(qtbot, window)
    assert (window.width(), window.height()) == size
    # Words that are longer in another language make no window wider.
    page.title.setText("Schlafgewohnheiten und Erinnerungen von Schulkindern" * 3)
    came_to_rest(qtbot, window)
    assert (window.width(), window.height()) == size
    named = QAccessible.queryAccessibleInterface(page.grid).text(QAccessible.Text.Name)
    assert named == "Answers"
    assert QApplication.focusWidget() is page.grid


def test_what_sources_say_differently_is_listed_and_dismissed(
    make_window: MakeWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    with Library.open(tmp_path / "Thesis.brain") as library:
        library.add_text("The well of Korb is 31 metres deep.", title="Plan")
        library.add_text("The well of Korb has a depth of 44 metres.", title="Paper")
    window = make_window(inspector=False, opens=Library.open)
    qtbot.waitUntil(lambda: window.shelf.complete and len(window.shelf.sources) == 2)
    window.navigate.show_tab(ASK)
    window.ask_tab.switch.segments["differences"].click()
    page = window.table_actions.differences
    qtbot.waitUntil(lambda: len(page.model.rows) == 1)
    assert page.model.index(0, 0).data() == "31  ≠  44"
    shown = words_of(page)
    assert "1 difference" in shown
    # Both sides stand beside the list, with their values and sentences.
    quotes = [quote.quote for quote in page.detail.findChildren(QuoteText)]
    assert quotes == [
        "The well of Korb is 31 metres deep.", "The well of Korb has a depth of 44 metres.",
    ]  # fmt: skip
    assert all(words in shown for words in ("31", "44", "Plan", "Paper"))
    page.table.selectRow(0)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.reader_tab.isVisible() and window.reader_tab.source_id == 1)
    assert page.isVisible()
    assert unnamed(window) == []
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: "No differences found" in words_of(page))
    window.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: len(page.model.rows) == 1)


def test_one_side_of_a_difference_holds_until_it_is_opened_again(
    make_window: MakeWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    with Library.open(tmp_path / "Thesis.brain") as library:
        library.add_text("The well of Korb is 31 metres deep.", title="Plan")
        library.add_text("The well of Korb has a depth of 44 metres.", title="Paper")
    window = make_window(inspector=False, opens=Library.open)
    qtbot.waitUntil(lambda: window.shelf.complete and len(window.shelf.sources) == 2)
    window.navigate.show_tab(ASK)
    window.ask_tab.switch.segments["differences"].click()
    page = window.table_actions.differences
    qtbot.waitUntil(lambda: "second" in page.detail.buttons)
    assert page.detail.buttons["second"].text() == "44 holds"
    QTest.mouseClick(page.detail.buttons["second"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "No differences found" in words_of(page))
    page.states["settled"].click()
    qtbot.waitUntil(lambda: list(page.detail.buttons) == ["open"])
    assert "You said that 44 holds." in words_of(page)
    page.detail.buttons["open"].click()
    qtbot.waitUntil(lambda: "Nothing is settled yet" in words_of(page))
    page.states["open"].click()
    qtbot.waitUntil(lambda: len(page.model.rows) == 1)


def test_dates_are_drawn_in_order_filtered_by_names_and_exported(
    make_window: MakeWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    with Library.open(tmp_path / "Thesis.brain") as library:
        library.add_text("York, 3 June 1885. Last week the weir broke.", title="Letter")
        library.add_text("The weir was built in 1811. Jane Orme left in 49 BC.", title="Report")
    window = make_window(inspector=False, opens=Library.open)
    qtbot.waitUntil(lambda: window.shelf.complete and len(window.shelf.sources) == 2)
    window.navigate.show_tab(ASK)
    window.ask_tab.switch.segments["timeline"].click()
    page = window.table_actions.timeline
    qtbot.waitUntil(lambda: len(page.model.rows) == 4)
    dates = [page.model.index(at, 0).data() for at in range(4)]
    assert dates == ["49 BC", "1811", "25 May 1885 – 31 May 1885", "3 Jun 1885"]
    assert "4 dates" in words_of(page)
    assert page.dots.accessibleName() == "4 dates from 49 BC to 3 Jun 1885"
    page.table.selectRow(2)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.reader_tab.isVisible() and window.reader_tab.source_id == 1)
    assert unnamed(window) == []
    page.names.setText("Orme, Nobody")
    qtbot.waitUntil(lambda: len(page.model.rows) == 1)
    page.save(tmp_path / "x.ics")
    qtbot.waitUntil((tmp_path / "x.ics").exists)
    page.names.setText("Nobody")
    qtbot.waitUntil(lambda: "No dates found" in words_of(page))
