"""The Library tab: sorted, filtered, remembered; and exactly what was indexed of a source."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary
from tests.ui.rows import a_row
from tests.ui.stage import library_of
from workbench.settings import Columns, Settings
from workbench.store.records import SourceRow
from workbench.ui import theme
from workbench.ui.components import words
from workbench.ui.library import sifting, source_types
from workbench.ui.library.model import COLUMNS, KEYS, SourceTable
from workbench.ui.library.scope import Scope
from workbench.ui.library.sifting import fold
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import READER

ASCENDING, DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


ROWS = [
    a_row(1, "Über das Gedächtnis", author="Ebbinghaus", passages=604, date="1885"),
    a_row(2, "The Organization of Behavior", author="Hebb", passages=2214, kind="epub"),
    a_row(3, "die Mneme", author="Semon", passages=1890, kind="pdf", pages=420),
    a_row(4, "A scan", kind="pdf", pages=9, notices=("3 of 9 pages hold no text.",), passages=12),
    a_row(5, "Broken", state="failed", passages=0),
    a_row(6, "Being read", state="read", passages=40, collections=("Thesis",)),
]


@pytest.fixture
def table(qapp: QApplication) -> SourceTable:
    made = SourceTable()
    made.show_sources(ROWS)
    return made


def _titles(table: SourceTable) -> list[str]:
    return [row.title for row in table.rows]


def _texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


# -- the table ------------------------------------------------------------------------------------


def test_l1_every_column_sorts_by_what_it_means(table: SourceTable) -> None:
    table.sort(KEYS.index("title"), ASCENDING)
    assert _titles(table)[:3] == ["A scan", "Being read", "Broken"]
    assert _titles(table)[-1] == "Über das Gedächtnis"
    table.sort(KEYS.index("passages"), DESCENDING)
    assert [row.passages for row in table.rows] == [2214, 1890, 604, 40, 12, 0]
    table.sort(KEYS.index("added"), ASCENDING)
    assert [row.id for row in table.rows] == [1, 2, 3, 4, 5, 6]
    table.sort(KEYS.index("state"), ASCENDING)
    assert {row.title for row in table.rows[:2]} == {"A scan", "Broken"}
    table.sort(KEYS.index("pages"), DESCENDING)
    assert [row.pages for row in table.rows[:2]] == [420, 9]


@given(st.permutations(ROWS), st.sampled_from(range(len(COLUMNS))), st.booleans())
def test_l1_sorting_is_an_order_and_loses_nothing(
    rows: list[SourceRow], column: int, down: bool
) -> None:
    table = SourceTable()
    table.show_sources(rows)
    table.sort(column, DESCENDING if down else ASCENDING)
    assert {row.id for row in table.rows} == {row.id for row in ROWS}
    order = COLUMNS[column].order
    assert order is not None
    keys = [order(row) for row in table.rows]
    assert keys == sorted(keys, reverse=down)


def test_l2_the_filter_heeds_neither_case_nor_accents_nor_order(table: SourceTable) -> None:
    for text, found in (
        ("uber", {"Über das Gedächtnis"}),
        ("GEDACHTNIS ebbing", {"Über das Gedächtnis"}),
        ("behavior hebb", {"The Organization of Behavior"}),
        ("1885", {"Über das Gedächtnis"}),
        ("thesis", {"Being read"}),
        ("pdf", {"die Mneme", "A scan"}),
        ("nothing of the kind", set()),
        ("   ", {row.title for row in ROWS}),
    ):
        table.filter(text)
        assert set(_titles(table)) == found, text


@given(st.text(max_size=12).filter(lambda title: "tag:" not in title.casefold()))
def test_l2_a_title_is_found_by_itself(title: str) -> None:
    table = SourceTable()
    table.show_sources([a_row(1, title), a_row(2, "qqq")])
    table.filter(title)
    assert any(row.id == 1 for row in table.rows)


def test_l2_typing_over_ten_thousand_sources_folds_no_word_twice(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [a_row(n, f"Volume {n} of many", author=f"Author {n % 97}") for n in range(10_000)]
    calls: list[str] = []

    def counted(text: str) -> str:
        calls.append(text)
        return fold(text)

    monkeypatch.setattr(sifting, "fold", counted)
    table = SourceTable()
    table.show_sources(many)
    table.sort(KEYS.index("passages"), ASCENDING)
    calls.clear()
    for typed in ("v", "vo", "vol", "volume 99", "volume 999"):
        table.filter(typed)
    assert len(table.rows) == 19
    # One for each word that was typed: what is sought in was folded when it came.
    assert len(calls) == 7
    table.filter("")
    calls.clear()
    table.show_sources([*many[:-1], replace(many[-1], title="Changed")])
    assert len(calls) == 1
    assert table.rows[0].title == "Changed"


def test_rows_that_only_changed_are_repainted_not_reset(table: SourceTable) -> None:
    resets: list[int] = []
    changed: list[int] = []
    table.modelReset.connect(lambda: resets.append(1))
    table.dataChanged.connect(lambda first, _last: changed.append(first.row()))
    table.show_sources([replace(r, state="verified") if r.id == 6 else r for r in ROWS])
    assert resets == []
    assert changed == [table.row_of(6)]


def test_states_are_a_word_and_a_sign() -> None:
    told = {row.title: source_types.state(row) for row in ROWS}
    assert told["Broken"].word == "Could not be read"
    assert told["A scan"].word == "Needs attention"
    assert told["Being read"].word == "Indexing"
    assert told["die Mneme"].word == "Ready"
    later = [
        source_types.state(a_row(1, "a", state=s)).word for s in ("embedded", "linked", "learned")
    ]
    assert later == ["Ready"] * 3


def test_a_row_says_itself_in_one_sentence(table: SourceTable) -> None:
    at = table.row_of(2)
    spoken = table.index(at, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == ("The Organization of Behavior by Hebb, EPUB, 2\u202f214 passages, Ready")
    tip = table.index(table.row_of(4), KEYS.index("state")).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "3 of 9 pages hold no text."


def test_numbers_dates_and_sizes_read_well() -> None:
    assert words.number(1_888_004) == "1\u202f888\u202f004"
    assert words.count(1, "passage") == "1 passage"
    assert words.count(2, "box", "boxes") == "2 boxes"
    assert words.size(3_300_000) == "3.3 MB"
    assert words.language("de") == "German"
    assert words.language("") == ""
    assert words.names(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more"
    assert words.duration(0.2) == "1 s"
    assert words.duration(7200) == "2.0 h"
    assert words.home_short(str(Path.home() / "x.brain")) in ("~/x.brain", "~\\x.brain")


# -- the tab --------------------------------------------------------------------------------------


@pytest.fixture
def window(make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot) -> Iterator[MainWindow]:
    fake.put_rows(ROWS)
    fake.names.append("Thesis")
    made = make_window(fake)
    qtbot.waitUntil(lambda: len(made.library_tab.model.rows) == len(ROWS))
    yield made
    made.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.slow
def test_l1_the_choice_of_columns_is_remembered(
    window: MainWindow, make_window: MakeWindow, qtbot: QtBot
) -> None:
    tab = window.library_tab
    menu = tab.columns_button.menu()
    assert menu is not None
    by_title = {action.text(): action for action in menu.actions()}
    by_title["Type"].trigger()
    by_title["Author"].trigger()
    tab.table.horizontalHeader().resizeSection(KEYS.index("passages"), 133)
    tab.table.sortByColumn(KEYS.index("passages"), DESCENDING)
    kept = tab.columns()
    assert kept.shown == ("type", "added", "passages", "state")
    assert (kept.sorted_by, kept.descending) == ("passages", True)
    assert kept.widths["passages"] == 133
    fresh = FakeShelfLibrary()
    fresh.put_rows(ROWS)
    again = make_window(fresh, settings=Settings(columns=kept)).library_tab
    qtbot.waitUntil(lambda: len(again.model.rows) == len(ROWS))
    assert again.table.isColumnHidden(KEYS.index("author"))
    assert not again.table.isColumnHidden(KEYS.index("type"))
    assert again.table.columnWidth(KEYS.index("passages")) == 133
    assert again.model.rows[0].passages == 2214


@pytest.mark.slow
def test_l1_columns_of_another_version_do_no_harm(make_window: MakeWindow) -> None:
    odd = Columns(shown=("hologram", "state"), widths={"x": 9}, sorted_by="mood")
    window = make_window(FakeShelfLibrary(), settings=Settings(columns=odd))
    assert window.library_tab.columns().sorted_by == "added"


@pytest.mark.slow
def test_l2_the_filter_keeps_selection_and_says_how_many(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.library_tab
    assert tab.find_field.placeholderText() == "Filter 6 sources"
    tab.select((2,))
    QTest.keyClicks(tab.find_field, "hebb")
    assert [row.id for row in tab.model.rows] == [2]
    assert [row.id for row in tab.selected()] == [2]
    tab.find_field.clear()
    assert len(tab.model.rows) == 6
    assert [row.id for row in tab.selected()] == [2]
    tab.select((5,))
    assert [row.id for row in tab.selected()] == [5]


@pytest.mark.slow
def test_l2_a_filter_that_finds_nothing_says_so_and_esc_clears_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    tab = window.library_tab
    rows = len(tab.model.rows)
    tab.find_field.setFocus()
    QTest.keyClicks(tab.find_field, "zzz")
    assert "No source contains “zzz”." in _texts(tab)
    QTest.keyClick(tab.find_field, Qt.Key.Key_Escape)
    assert tab.find_field.text() == ""
    assert len(tab.model.rows) == rows
    assert "No source contains" not in _texts(tab)
    QTest.keyClicks(tab.find_field, "zzz")
    QTest.mouseClick(tab.show_all_button, Qt.MouseButton.LeftButton)
    assert len(tab.model.rows) == rows


@pytest.mark.slow
def test_l1_a_hidden_column_keeps_its_width(window: MainWindow) -> None:
    tab = window.library_tab
    head = tab.table.horizontalHeader()
    author = KEYS.index("author")
    head.resizeSection(author, 222)
    menu = tab.columns_button.menu()
    assert menu is not None
    choice = next(action for action in menu.actions() if action.text() == "Author")
    choice.trigger()
    assert tab.table.isColumnHidden(author)
    assert tab.columns().widths["author"] == 222
    assert "author" not in tab.columns().shown
    choice.trigger()
    assert head.sectionSize(author) == 222


@pytest.mark.slow
def test_selecting_thousands_asks_no_row_for_its_header(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = fake.put("One", [("", "Words.")])
    row = fake.books[source].row
    fake.put_rows([replace(row, id=n + 2, title=f"Source {n}") for n in range(2000)])
    window = make_window(fake)
    qtbot.waitUntil(lambda: len(window.library_tab.model.rows) == 2001)
    asked: list[int] = []
    flags = SourceTable.flags

    def counted(table: SourceTable, index: QModelIndex) -> Qt.ItemFlag:
        asked.append(index.row())
        return flags(table, index)

    monkeypatch.setattr(SourceTable, "flags", counted)
    window.library_tab.table.selectAll()
    window.library_tab.table.grab()
    QApplication.processEvents()
    # A row on screen is asked for each of its cells; those that are not shown are not asked.
    assert len(asked) < 2001


@pytest.mark.slow
def test_chips_limit_to_kinds_and_count_what_needs_attention(window: MainWindow) -> None:
    tab = window.library_tab
    everything, books, papers, attention, media = tab.chips
    assert media.isHidden()
    assert attention.text().strip() == "Attention 2"
    books.click()
    assert {row.title for row in tab.model.rows} == {"The Organization of Behavior", "die Mneme"}
    papers.click()
    assert "die Mneme" not in {row.title for row in tab.model.rows}
    attention.click()
    assert {row.title for row in tab.model.rows} == {"A scan", "Broken"}
    everything.click()
    assert len(tab.model.rows) == 6


def test_attention_goes_when_nothing_needs_it(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    tab = window.library_tab
    tab.chips[3].click()
    window.shelf.trash([4, 5])
    qtbot.waitUntil(lambda: tab.chips[3].isHidden())
    assert tab.chips[0].isChecked()
    assert len(tab.model.rows) == 4


@pytest.mark.slow
def test_enter_opens_the_reader(window: MainWindow, qtbot: QtBot) -> None:
    window.library_tab.select((2,))
    table = window.library_tab.table
    table.setCurrentIndex(window.library_tab.model.index(window.library_tab.model.row_of(2), 0))
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.reader_tab.source_id == 2)
    assert window.tabs.currentIndex() == READER


@pytest.mark.slow
def test_the_inspector_tells_what_is_known_and_nothing_else(window: MainWindow) -> None:
    window.library_tab.select((3,))
    told = _texts(window.inspector)
    for part in (
        "die Mneme",
        "Semon",
        "PDF, 420 pages, English",
        "1\u202f890 passages, 9 statements",
    ):
        assert part in told, part
    assert "Date" not in told
    window.library_tab.select((4,))
    assert "3 of 9 pages hold no text." in _texts(window.inspector)
    window.library_tab.select((1, 2, 3))
    assert "3 sources" in _texts(window.inspector)
    window.library_tab.table.clearSelection()


@pytest.mark.slow
def test_l3_chips_of_the_inspector_put_in_and_take_out(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: bool(window.shelf.collections))
    known = window.shelf.collections
    window.library_tab.select((6,))
    chip = next(b for b in window.inspector.findChildren(QToolButton) if _said(b) == "Thesis")
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: fake.books[6].row.collections == ())
    menu = window.inspector.collection_menu([ROWS[0]], known, window)
    assert [action.text() for action in menu.actions() if action.text()] == [
        "Thesis",
        "New collection…",
    ]
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: fake.books[1].row.collections == ("Thesis",))


def _said(widget: QWidget) -> str:
    return widget.accessibleName()


@pytest.mark.slow
def test_empty_places_say_what_to_do(window: MainWindow, qtbot: QtBot) -> None:
    window.collections.choose(Scope(trash=True))
    assert "The trash is empty" in _texts(window.library_tab)
    window.shelf.create_collection("Empty")
    qtbot.waitUntil(lambda: any(c.name == "Empty" for c in window.shelf.collections))
    window.collections.choose(Scope("Empty"))
    assert "Nothing in “Empty” yet" in _texts(window.library_tab)
    presses = [b.text().strip() for b in window.library_tab.findChildren(QPushButton)]
    assert presses.count("Add files…") == 2


@pytest.mark.slow
def test_a_mirrored_table_paints(window: MainWindow, qtbot: QtBot) -> None:
    window.library_tab.select((3,))
    plain = window.library_tab.table.grab().toImage()
    window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.wait(20)
    assert window.library_tab.table.grab().toImage() != plain


@pytest.mark.slow
def test_l4_what_was_indexed_stands_beside_the_original(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    book = tmp_path / "Gedächtnis 𝔐.txt"
    chapters = [
        f"CHAPTER {n}\n\nOn day {n} the list 𝔐 was learned anew. It took {n + 3} minutes.\n\n"
        for n in range(1, 9)
    ]
    book.write_text("".join(chapters), encoding="utf-8")
    window = make_window()
    window.adding.add([book])
    tab = window.library_tab
    qtbot.waitUntil(lambda: [source_types.state(r).word for r in tab.model.rows] == ["Ready"])
    source = tab.model.rows[0]
    library = library_of(window)
    indexed = library.sources.passages(source.id)
    tab.select((source.id,))
    window.actions_by_name["indexed"].trigger()
    sheet = tab.indexed
    qtbot.waitUntil(lambda: sheet.passages.rowCount() == len(indexed))
    shown = [sheet.passages.index(at, 0).data() for at in range(len(indexed))]
    assert shown == [passage.text for passage in indexed]
    last = len(indexed) - 1
    sheet.list.setCurrentIndex(sheet.passages.index(last, 0))
    qtbot.waitUntil(lambda: sheet.marked_words() == indexed[last].text)
    assert "CHAPTER 8" in sheet.text.toPlainText()
    assert sheet.text.document().defaultFont().family() == theme.family(serif=True)
    for at, passage in enumerate(indexed):
        # As high as its text, set as it is painted, in the width that is painted in.
        cell = sheet.list.visualRect(sheet.passages.index(at, 0))
        room = QRect(0, 0, cell.width() - 2 * theme.px(12), 10_000)
        metrics = QFontMetrics(theme.font("body", serif=True))
        needs = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap.value, passage.text).height()
        assert theme.px(26) + needs <= cell.height() <= theme.px(60) + needs
    QTest.keyClick(sheet.list, Qt.Key.Key_Escape)
    assert tab.stack.currentWidget() is not sheet
    assert tab.table.hasFocus()
