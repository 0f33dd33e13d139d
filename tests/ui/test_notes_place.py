"""The place of all notes: seen together, narrowed, tagged at once, opened at their words."""

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.stage import library_of, words_of
from workbench.library import Library
from workbench.ui.components.words import markdown, plain
from workbench.ui.inspector.chips import TagEditor
from workbench.ui.memories.links import follow, link_to, targets
from workbench.ui.memories.page import KEYS, MemoriesPage
from workbench.ui.shelf.wanted import Wanted
from workbench.ui.window.main import MainWindow
from workbench.ui.window.omnibox import NOTE
from workbench.ui.window.tabs import READER

_LAMP = "The lamp was lit at nine. The keeper slept until the fog came. Nobody saw the ship."
_HARBOUR = "The harbour is deep. The ferry leaves at noon."


@pytest.fixture
def window(make_window: MakeWindow, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """A window onto two sources, three highlights, one of them noted, and a statement."""
    for name, text in (("The Lamp", _LAMP), ("Harbour", _HARBOUR)):
        (tmp_path / f"{name}.txt").write_text(f"{text}\n", encoding="utf-8")
    with Library.open(tmp_path / "Thesis.brain") as library:
        library.add([tmp_path / "The Lamp.txt"])
        library.add([tmp_path / "Harbour.txt"])
        sources = {row.title: row.id for row in library.sources.list()}
        for title, quote, colour, note in (
            ("The Lamp", "The keeper slept until the fog came.", "blue", "Compare with Grace."),
            ("The Lamp", "Nobody saw the ship.", "pink", ""),
            ("Harbour", "The ferry leaves at noon.", "yellow", ""),
        ):
            text = library.sources.text(sources[title], 0, 1000)
            start = text.index(quote)
            library.notes.highlight(
                sources[title], start, start + len(quote), colour=colour, note=note
            )
        library.facts.tell("Maria Lindqvist kept the protocols.")
    made = make_window()
    qtbot.waitUntil(lambda: made.shelf.complete and len(made.shelf.sources) == 2)
    made.navigate.show_memories()
    qtbot.waitUntil(lambda: len(made.library_tab.memories.model.rows) == 4)
    return made


def _page(window: MainWindow) -> MemoriesPage:
    return window.library_tab.memories


def _cells(window: MainWindow, key: str) -> set[str]:
    model = _page(window).model
    return {model.index(at, KEYS.index(key)).data() for at in range(model.rowCount())}


def _choose_all(window: MainWindow, qtbot: QtBot) -> TagEditor:
    page = _page(window)
    page.table.selectAll()
    qtbot.waitUntil(page.tagging.isVisible)
    return page.tagging.findChildren(TagEditor)[-1]


@pytest.mark.slow
def test_highlights_notes_and_statements_stand_together_with_source_and_date(
    window: MainWindow,
) -> None:
    assert _cells(window, "text") == {
        "“The keeper slept until the fog came.”",
        "“Nobody saw the ship.”",
        "“The ferry leaves at noon.”",
        "Maria Lindqvist kept the protocols.",
    }
    assert _cells(window, "kind") == {"Note", "Highlight", "Statement"}
    assert _cells(window, "source") == {"The Lamp", "Harbour", ""}
    noted = next(row for row in _page(window).model.rows if row.at.note)
    assert (noted.words, noted.at.quote) == (
        "Compare with Grace.",
        "The keeper slept until the fog came.",
    )
    column = _page(window).model.columns[0]
    assert column.subtitle is not None
    assert column.subtitle(noted) == "Compare with Grace."


@pytest.mark.slow
def test_they_are_narrowed_by_colour_source_and_words_and_all_come_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = _page(window)
    next(pen for pen in page.filters.pens if pen.colour == "pink").click()
    assert _cells(window, "text") == {"“Nobody saw the ship.”"}
    next(pen for pen in page.filters.pens if pen.colour == "pink").click()
    assert len(page.model.rows) == 4
    menu = page.filters.sources.menu()
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["All", "The Lamp", "Harbour"]
    menu.actions()[1].trigger()
    assert _cells(window, "source") == {"The Lamp"}
    page.find_field.setText("grace compare")
    assert _cells(window, "text") == {"“The keeper slept until the fog came.”"}
    page.clear_filter()
    assert len(page.model.rows) == 4


@pytest.mark.slow
def test_many_are_tagged_at_once_and_undo_takes_the_tag_off(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = _page(window)
    QTest.keyClicks(_choose_all(window, qtbot).field, "essay 2")
    QTest.keyClick(page.tagging.findChildren(TagEditor)[-1].field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: all(row.tags == ("essay 2",) for row in page.model.rows))
    assert len(page.selected_rows()) == 4
    menu = page.filters.tags.menu()
    menu.aboutToShow.emit()
    menu.actions()[1].trigger()
    assert len(page.model.rows) == 4
    page.clear_filter()
    assert window.shelf.acts.undo_text == "Tag “essay 2”"
    window.shelf.step_back()
    qtbot.waitUntil(lambda: not any(row.tags for row in page.model.rows))


@pytest.mark.slow
def test_enter_opens_the_words_and_the_inspector_keeps_quote_and_note_apart(
    window: MainWindow, qtbot: QtBot
) -> None:
    page, detail = _page(window), window.inspector.detail
    noted = next(row for row in page.model.rows if row.at.note)
    page.select(noted.id)
    qtbot.waitUntil(lambda: detail.memory == noted and detail.looked is not None)
    said = words_of(window.inspector)
    assert "Compare with Grace." in said
    assert "The Lamp" in said
    pen = next(
        each for each in detail.findChildren(QToolButton) if "green" in each.accessibleName()
    )
    pen.click()
    qtbot.waitUntil(lambda: page.model.rows[page.model.row_of(noted.id)].at.colour == "green")
    window.shelf.step_back()
    qtbot.waitUntil(lambda: page.model.rows[page.model.row_of(noted.id)].at.colour == "blue")
    page.table.setFocus()
    with qtbot.waitSignal(window.reader_tab.opened):
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert window.tabs.currentIndex() == READER
    assert window.reader_tab.highlighted_words() == noted.at.quote


@pytest.mark.slow
def test_the_omnibox_finds_a_note_by_its_words_and_shows_them(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.actions_by_name["search"].trigger()
    window.omnibox.field.setText("grace")
    qtbot.waitUntil(lambda: any(row.kind == NOTE and row.open for row in window.omnibox.model.rows))
    (row,) = [row for row in window.omnibox.model.rows if row.kind == NOTE and row.open]
    assert row.text == "Compare with Grace. · “The keeper slept until the fog came.”"
    assert [row.text[start:end] for start, end in row.marks] == ["Grace"]
    assert row.detail == "The Lamp"


@pytest.mark.slow
def test_a_note_asks_for_no_kind_until_more_is_pressed(window: MainWindow) -> None:
    line = _page(window).line
    assert line.field.placeholderText() == "Remember…"
    menu = line.more.menu()
    assert line.more.accessibleName() == "More"
    assert not menu.isVisible()
    menu.aboutToShow.emit()
    assert len(menu.actions()) > 10
    next(action for action in menu.actions() if action.text() == "Decision").trigger()
    assert line.kind == "decision"
    assert line.field.placeholderText() == "Decision…"


@pytest.mark.slow
def test_a_row_of_its_own_is_chosen_alone_without_a_bar_for_many(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = _page(window)
    _choose_all(window, qtbot)
    flags = QItemSelectionModel.SelectionFlag
    page.table.selectionModel().setCurrentIndex(
        page.model.index(0, 0), flags.ClearAndSelect | flags.Rows
    )
    qtbot.waitUntil(lambda: not page.tagging.isVisible())
    export = [each for each in page.filters.findChildren(QPushButton) if each.text() == "Export…"]
    assert len(export) == 1


def _only(window: MainWindow, colour: str) -> None:
    next(pen for pen in _page(window).filters.pens if pen.colour == colour).click()


@pytest.mark.slow
def test_rows_that_a_filter_hides_are_no_longer_acted_upon(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = _page(window)
    editor = _choose_all(window, qtbot)
    _only(window, "pink")
    qtbot.waitUntil(lambda: not page.tagging.isVisible())
    assert len(page.selected_rows()) == 1
    assert not editor.isVisible()


@pytest.mark.slow
def test_only_the_highlights_that_are_listed_are_exported(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "some.md"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(file), ""))
    _only(window, "pink")
    _page(window).filters.export_requested.emit()
    qtbot.waitUntil(file.exists)
    qtbot.waitUntil(lambda: window.jobs.busy == 0)
    text = file.read_text(encoding="utf-8")
    assert "Nobody saw the ship." in text
    assert "The keeper slept" not in text
    assert "The ferry" not in text


@pytest.mark.slow
def test_many_notes_are_deleted_together_and_come_back(window: MainWindow, qtbot: QtBot) -> None:
    page = _page(window)
    menu = page.filters.sources.menu()
    menu.aboutToShow.emit()
    menu.actions()[1].trigger()
    _choose_all(window, qtbot)
    delete = [
        each for each in page.tagging.findChildren(QPushButton) if each.text().strip() == "Delete"
    ]
    before = {row.id: (row.text, row.at.colour) for row in page.model.rows}
    delete[-1].click()
    qtbot.waitUntil(lambda: not page.model.rows)
    library = library_of(window)
    assert [row.quote for row in library.notes.list("highlight")] == ["The ferry leaves at noon."]
    assert len(library.facts.list()) == 1
    window.shelf.step_back()
    qtbot.waitUntil(lambda: len(page.model.rows) == 2)
    assert {row.id: (row.text, row.at.colour) for row in page.model.rows} == before


@pytest.mark.slow
def test_only_pens_in_use_are_offered_each_with_its_word(window: MainWindow) -> None:
    pens = [pen for pen in _page(window).filters.pens if pen.isVisible()]
    assert [pen.text() for pen in pens] == ["Yellow", "Blue", "Pink"]
    assert all(pen.width() > pen.fontMetrics().horizontalAdvance(pen.text()) for pen in pens)


@pytest.mark.slow
def test_no_mark_of_markdown_is_left_where_a_note_is_one_line(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = _page(window)
    library = library_of(window)
    source = next(row.id for row in window.shelf.sources if row.title == "Harbour")
    note = "## Compare\n\nWith *Grace Darling*, `why` and [the ship](note:3)?"
    library.notes.highlight(source, 0, 20, colour="green", note=note)
    seen = "Compare With Grace Darling, why and the ship?"
    (column,) = [each for each in page.model.columns if each.key == "text"]
    assert column.subtitle is not None
    subtitle = column.subtitle
    qtbot.waitUntil(lambda: seen in map(subtitle, page.model.rows))
    window.actions_by_name["search"].trigger()
    window.omnibox.field.setText("darling")
    qtbot.waitUntil(lambda: any(seen in row.text for row in window.omnibox.model.rows))


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("5. Mai: the **ferry** left", "5. Mai: the ferry left"),
        ("> 5 of the _keepers_", "> 5 of the keepers"),
        ("snake_case_name and 3 * 4 * 5", "snake_case_name and 3 * 4 * 5"),
        ("![lamp](lamp.png) <b>bold</b> *x*", "!lamp <b>bold</b> x"),
        ("- one\n- `two`", "- one - two"),
    ],
)
def test_the_words_of_a_note_on_one_line(qapp: QApplication, note: str, words: str) -> None:
    assert plain(note) == words


@pytest.mark.slow
def test_notes_are_markdown_and_link_to_one_another_and_to_passages(
    window: MainWindow, qtbot: QtBot
) -> None:
    page, detail = _page(window), window.inspector.detail
    rows = {row.at.quote: row for row in page.model.rows}
    noted = rows["The keeper slept until the fog came."]
    ferry = rows["The ferry leaves at noon."]
    page.select(ferry.id)
    page.edit_requested.emit(ferry)
    qtbot.waitUntil(lambda: detail.editor is not None and detail.looked is not None)
    assert detail.editor is not None
    detail.editor.setPlainText("## Noon\n\nSee ")
    detail.editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(detail.editor, "[[")
    menus = [menu for menu in detail.findChildren(QMenu) if menu.isVisible()]
    offered = {action.text(): action for action in menus[-1].actions()}
    assert {"Compare with Grace.", "“Nobody saw the ship.”"} <= set(offered)
    offered["Compare with Grace."].trigger()
    menus[-1].close()
    assert detail.editor.toPlainText().endswith(f"See [Compare with Grace.](note:{noted.id})")
    QTest.keyClick(detail.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    shown = f"[Compare with Grace.](note:{noted.id})"
    qtbot.waitUntil(lambda: any(shown in each.text() for each in detail.findChildren(QLabel)))
    text = next(each for each in detail.findChildren(QLabel) if shown in each.text())
    assert text.textFormat() == Qt.TextFormat.MarkdownText
    text.linkActivated.emit(f"note:{noted.id}")
    qtbot.waitUntil(lambda: detail.memory is not None and detail.memory.id == noted.id)
    # Where a link leads to, it is seen who links there.
    qtbot.waitUntil(lambda: bool(detail.looked and detail.looked.back_links))
    looked = detail.looked
    assert looked is not None
    assert [row.id for row in looked.back_links] == [ferry.id]
    lone = rows["Nobody saw the ship."]
    assert link_to(lone) == (
        f"[Nobody saw the ship.](source:{lone.at.source}/{lone.at.start}-{lone.at.end})"
    )
    follow(window.shelf.wanted, f"source:{lone.at.source}/{lone.at.start}-{lone.at.end}")
    qtbot.waitUntil(lambda: window.navigate.tab == READER)
    qtbot.waitUntil(lambda: window.reader_tab.source_id == lone.at.source)


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("A picture: ![a lamp](/srv/lamp.png)", "A picture: !a lamp"),
        (r"A picture: \![a lamp](/srv/lamp.png)", "A picture: !a lamp"),
        (r"A picture: \\![a lamp](/srv/lamp.png)", r"A picture: \!a lamp"),
        (r"\<img src='/srv/lamp.png'> and so on", "<img src='/srv/lamp.png'> and so on"),
        ("List<String> of names", "List<String> of names"),
        ("if a <b> then c", "if a <b> then c"),
        ("<!-- later --> the lamp", "<!-- later --> the lamp"),
        ("The lamp.\nThe fog.\n\nThe ship.", "The lamp.\nThe fog.\nThe ship."),
        ("[1]: Hansen\nand others", "[1]: Hansen\nand others"),
        ("- lamp\n- **fog**\n\nsee [Ferry](note:3)", "lamp\nfog\nsee Ferry"),
        ("<https://example.org> at 9", "https://example.org at 9"),
    ],
)
def test_all_words_of_a_note_are_seen_and_no_file_is_opened(
    qtbot: QtBot, note: str, expected: str
) -> None:
    text = markdown(note, print)
    qtbot.addWidget(text)
    document = QTextDocument()
    document.setMarkdown(text.text())
    assert document.toPlainText() == expected
    assert text.accessibleName() == note
    assert ("<a " in document.toHtml()) == any(part in note for part in ("](", "https:"))
    assert ("<li" in document.toHtml()) == note.startswith("- ")


@pytest.mark.parametrize(
    "address", ["note:²", f"note:{2**40}", f"source:1/2-{2**40}", f"note:{'9' * 5000}", "note:"]
)
def test_a_link_to_a_number_that_none_can_have_leads_nowhere(address: str) -> None:
    requests, shown = Wanted(), list[object]()
    requests.statement.connect(shown.append)
    requests.sentence.connect(lambda *place: shown.append(place))
    follow(requests, address)
    assert shown == []
    assert targets(f"[a]({address}) [b](note:7)") == {7}
    follow(requests, "note:7")
    follow(requests, "source:1/2-3")
    assert shown == [7, (1, 2, 3)]


@pytest.mark.slow
def test_a_long_note_is_cut_in_the_inspector(window: MainWindow, qtbot: QtBot) -> None:
    page, detail = _page(window), window.inspector.detail
    noted = next(row for row in page.model.rows if row.at.note)
    assert window.shelf.library is not None
    window.shelf.library.notes.highlight(noted.id, note="Foghorn. " * 2000)
    qtbot.waitUntil(lambda: any(row.at.note.startswith("Fog") for row in page.model.rows))
    page.select(noted.id)
    qtbot.waitUntil(lambda: detail.memory is not None and detail.looked is not None)
    notes = [
        len(each.text())
        for each in detail.findChildren(QLabel)
        if each.textFormat() == Qt.TextFormat.MarkdownText
    ]
    assert len(notes) == 1
    assert 3000 < notes[0] < 5000


@pytest.mark.slow
def test_a_link_to_a_note_is_copied_from_the_list(window: MainWindow, qtbot: QtBot) -> None:
    page = _page(window)
    noted = next(row for row in page.model.rows if row.at.note)
    page.select(noted.id)
    way = next(action for action in page.table.actions() if action.text() == "Copy Link")
    way.trigger()
    assert QApplication.clipboard().text() == f"[Compare with Grace.](note:{noted.id})"


@pytest.mark.slow
def test_a_right_click_on_a_note_offers_what_one_does_with_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = _page(window)
    noted = next(row for row in page.model.rows if row.at.note)
    page.select(noted.id)
    ways = {action.text(): action for action in page.table.actions()}
    assert list(ways) == [
        *("Open", "Edit", "Tags…", "Make Card", "Strengthen", "Copy Link", "Forget…"),
    ]  # fmt: skip
    ways["Tags…"].trigger()
    detail = window.inspector.detail
    qtbot.waitUntil(lambda: detail.tags is not None and detail.tags.field.hasFocus())
    ways["Make Card"].trigger()
    library = library_of(window)
    qtbot.waitUntil(lambda: bool(library.memory.reviews(noted.id)))
