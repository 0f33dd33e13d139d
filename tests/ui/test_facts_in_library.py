"""Facts and notes in the Library: found, added, looked at, forgotten; over a real library."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary
from tests.ui.fits import clipped
from tests.ui.looks import unnamed
from tests.ui.stage import came_to_rest, fill, library_of, settled, words_of
from tests.variables import value_of
from workbench.settings import Settings
from workbench.ui import theme
from workbench.ui.library.scope import Scope
from workbench.ui.memories.page import BY_AGE, KEYS, MemoriesPage
from workbench.ui.memories.switch import MEMORIES, SOURCES
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import LIBRARY


def _stocked(make_window: MakeWindow, qtbot: QtBot) -> MainWindow:
    """A window onto a few facts, two of which are about the same thing."""
    window = make_window()
    qtbot.waitUntil(lambda: window.shelf.complete and window.shelf.library is not None)
    library = library_of(window)
    library.facts.tell("My plan is basic.", at="2026-01-04")
    library.facts.tell("My plan is pro now.", source="Ilona", at="2026-03-01")
    library.facts.tell("The office is in Lund.", collection="Work")
    window.shelf.refresh()
    window.navigate.show_memories()
    _shows(qtbot, window, 3)
    return window


def _page(window: MainWindow) -> MemoriesPage:
    return window.library_tab.memories


def _shows(qtbot: QtBot, window: MainWindow, rows: int) -> None:
    qtbot.waitUntil(lambda: len(_page(window).model.rows) == rows)


def _texts(window: MainWindow) -> list[str]:
    return [row.text for row in _page(window).model.rows]


def _choose(qtbot: QtBot, window: MainWindow, words: str) -> None:
    row = next(row for row in _page(window).model.rows if words in row.text)
    _page(window).select(row.id)
    detail = window.inspector.detail
    qtbot.waitUntil(lambda: detail.memory == row and detail.looked is not None)


def _button(widget: QWidget, text: str) -> QPushButton:
    found = [b for b in widget.findChildren(QPushButton) if b.text().strip() == text]
    return next(each for each in found if each.isVisible())


@pytest.mark.slow
def test_the_switch_counts_both_and_shows_either(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = _stocked(make_window, qtbot)
    page = _page(window)
    qtbot.waitUntil(lambda: page.switch.segments[MEMORIES].text() == "Notes 3")
    assert _texts(window) == [
        "The office is in Lund.",
        "My plan is pro now.",
        "My plan is basic.",
    ]
    page.switch.segments[SOURCES].click()
    assert window.library_tab.kind == SOURCES
    assert not page.isVisible()
    window.actions_by_name["facts"].trigger()
    assert page.isVisible()


@pytest.mark.slow
def test_a_collection_shows_its_own_facts_and_tags_have_none(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _stocked(make_window, qtbot)
    window.collections.choose(Scope("Work"))
    _shows(qtbot, window, 1)
    qtbot.waitUntil(lambda: _page(window).counts.total() == 1)
    window.collections.choose(Scope(trash=True))
    _shows(qtbot, window, 0)
    assert "Notes are not shown in the Trash" in words_of(_page(window))
    assert not _page(window).line.isVisible()


@pytest.mark.slow
def test_what_holds_no_longer_says_so_and_rows_speak(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = _stocked(make_window, qtbot)
    model = _page(window).model
    old = next(at for at, row in enumerate(model.rows) if "basic" in row.text)
    assert model.index(old, KEYS.index("state")).data() == "Replaced"
    spoken = model.index(old, 0).data(int(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken.startswith("My plan is basic., said by you, 4 Jan")
    assert spoken.endswith("replaced")


@pytest.mark.slow
def test_typing_filters_and_says_when_nothing_is_found(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _stocked(make_window, qtbot)
    page = _page(window)
    page.find_field.setText("PLAN pro")
    assert _texts(window) == ["My plan is pro now."]
    page.find_field.setText("zebra")
    assert _texts(window) == []
    assert "No note contains “zebra”." in words_of(page)
    _button(page, "Show all notes").click()
    assert len(_texts(window)) == 3
    page.find_field.setFocus()
    page.find_field.setText("lund")
    QTest.keyClick(page.find_field, Qt.Key.Key_Escape)
    assert len(_texts(window)) == 3


@pytest.mark.slow
def test_a_line_is_remembered_and_undo_takes_it_back(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = _stocked(make_window, qtbot)
    line = _page(window).line
    window.actions_by_name["remember"].trigger()
    assert line.field.hasFocus()
    line.field.setText("Kenji owns Aurora")
    QTest.keyClick(line.field, Qt.Key.Key_Return)
    _shows(qtbot, window, 4)
    qtbot.waitUntil(lambda: window.toasts.text == "Remembered")
    assert line.field.text() == ""
    chosen = _page(window).selected()
    assert chosen is not None
    assert chosen.text == "Kenji owns Aurora"
    window.toasts.offers[0].call()
    _shows(qtbot, window, 3)
    window.actions_by_name["redo"].trigger()
    _shows(qtbot, window, 4)
    window.actions_by_name["undo"].trigger()
    _shows(qtbot, window, 3)


@pytest.mark.slow
def test_what_is_not_kept_stays_in_the_line_with_its_reason(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _stocked(make_window, qtbot)
    line = _page(window).line
    line.field.setText("Is the door open?")
    line.press.click()
    qtbot.waitUntil(lambda: bool(line.text))
    assert (
        line.text == "Not saved: “Is the door open?”: That's a question – ask it under Ask instead."
    )
    assert line.field.text() == "Is the door open?"
    assert len(library_of(window).facts.list()) == 2
    line.dismiss.click()
    assert not line.text


@pytest.mark.slow
def test_a_fact_goes_into_the_chosen_collection(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = _stocked(make_window, qtbot)
    window.collections.choose(Scope("Work"))
    _shows(qtbot, window, 1)
    _page(window).line.field.setText("The printer is on the second floor")
    _page(window).line.press.click()
    _shows(qtbot, window, 2)
    assert len(library_of(window).facts.list(collection="Work")) == 2


@pytest.mark.slow
def test_the_inspector_tells_claims_provenance_and_history(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _stocked(make_window, qtbot)
    _choose(qtbot, window, "pro now")
    told = words_of(window.inspector)
    for words in (
        "My plan · is · pro",
        "Ilona",
        "1 March 2026",
        "Said before",
        "My plan is basic.",
    ):
        assert words in told
    _button(window.inspector, "Show").click()
    qtbot.waitUntil(lambda: "Said of the same" in words_of(window.inspector))
    assert "current" in words_of(window.inspector)


@pytest.mark.slow
def test_forgetting_asks_once_and_is_for_good(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = _stocked(make_window, qtbot)
    _choose(qtbot, window, "Lund")
    table = _page(window).table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert "Delete this permanently?" in words_of(window.inspector)
    _button(window.inspector, "Keep").click()
    assert len(library_of(window).facts.list(collection="Work")) == 1
    assert table.hasFocus()
    QTest.keyClick(table, Qt.Key.Key_Delete)
    _button(window.inspector, "Forget").click()
    _shows(qtbot, window, 2)
    assert library_of(window).facts.list(collection="Work") == []
    qtbot.waitUntil(lambda: window.toasts.text == "Forgotten")
    qtbot.waitUntil(lambda: window.shelf.acts.undo_text == "Forget")
    window.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: "cannot be undone" in window.toasts.text)
    assert window.shelf.acts.undo_text == ""


@pytest.mark.slow
def test_kinds_are_told_counted_and_filtered(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = _stocked(make_window, qtbot)
    page = _page(window)
    for kind, text in (
        ("instruction", "Always cite the page"),
        ("variable", "deadline is 1 May"),
        ("decision", "We publish in spring"),
    ):
        page.line.choose(kind)
        page.line.field.setText(text)
        before = len(page.model.rows)
        page.line.press.click()
        _shows(qtbot, window, before + 1)
    # The rows may be there before the counts.
    qtbot.waitUntil(lambda: page.switch.segments[MEMORIES].text() == "Notes 6")
    qtbot.waitUntil(lambda: page.chips["fact"].text().strip() == "Statements 4")
    page.chips["variable"].click()
    assert _texts(window) == ["deadline is 1 May"]
    page.chips["fact"].click()
    assert len(_texts(window)) == 4
    window.actions_by_name["undo"].trigger()
    window.actions_by_name["undo"].trigger()
    page.chips[""].click()
    _shows(qtbot, window, 4)
    assert [note.kind for note in library_of(window).notes.list()] == ["instruction"]


@pytest.mark.slow
def test_words_are_edited_in_place_and_undo_brings_the_old_ones_back(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _stocked(make_window, qtbot)
    _choose(qtbot, window, "Lund")
    table, detail = _page(window).table, window.inspector.detail
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = detail.editor
    assert editor is not None
    assert editor.hasFocus()
    editor.setPlainText("The office is in Malmö.")
    _choose(qtbot, window, "pro now")  # a look at another one loses nothing
    _choose(qtbot, window, "Lund")
    assert detail.editor is not None
    assert detail.editor.toPlainText() == "The office is in Malmö."
    QTest.keyClick(detail.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "The office is in Malmö." in _texts(window))
    qtbot.waitUntil(lambda: "Read before" in words_of(window.inspector))
    assert "The office is in Lund." in words_of(window.inspector)
    _button(window.inspector, "Edit")
    window.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: "The office is in Lund." in _texts(window))
    window.actions_by_name["redo"].trigger()
    qtbot.waitUntil(lambda: "The office is in Malmö." in _texts(window))


@pytest.mark.slow
def test_of_a_variable_the_value_is_edited(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = _stocked(make_window, qtbot)
    library_of(window).notes.add("variable", "in May", key="what is due")
    _shows(qtbot, window, 4)
    _choose(qtbot, window, "what is due")
    window.inspector.detail.edit()
    editor = window.inspector.detail.editor
    assert editor is not None
    assert editor.toPlainText() == "in May"
    editor.setPlainText("in June")
    _button(window.inspector, "Save").click()
    qtbot.waitUntil(lambda: value_of(library_of(window), "what is due") == "in June")
    _shows(qtbot, window, 4)


@pytest.mark.slow
def test_what_cannot_be_saved_says_why_and_stays(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = _stocked(make_window, qtbot)
    _choose(qtbot, window, "Lund")
    window.inspector.detail.edit()
    editor = window.inspector.detail.editor
    assert editor is not None
    editor.setPlainText("Is it in Lund?")
    _button(window.inspector, "Save").click()
    qtbot.waitUntil(lambda: window.toasts.isVisible() and bool(window.toasts.text))
    assert window.inspector.detail.editor is not None
    assert window.inspector.detail.editor.toPlainText() == "Is it in Lund?"
    assert library_of(window).facts.list(collection="Work")[0].text == "The office is in Lund."


@pytest.mark.slow
def test_a_fact_is_strengthened_and_pinned(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = _stocked(make_window, qtbot)
    _choose(qtbot, window, "Lund")
    qtbot.waitUntil(lambda: "never used yet, half of it fades in" in words_of(window.inspector))
    table = _page(window).table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Plus)
    qtbot.waitUntil(lambda: window.toasts.text == "Strengthened to 2.0")
    number = _page(window).model.rows[0].id
    strong = library_of(window).memory.strength(number)
    assert strong is not None
    assert strong.strength > 1.9
    qtbot.waitUntil(lambda: "last used just now" in words_of(window.inspector))
    _button(window.inspector, "Pin").click()
    qtbot.waitUntil(lambda: "pinned, it does not fade" in words_of(window.inspector))
    found = library_of(window).memory.strength(_page(window).model.rows[0].id)
    assert found is not None
    assert found.pinned


@pytest.mark.slow
def test_what_is_done_to_sources_waits_until_they_are_seen(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    fake.tell_fact("The office is in Lund.")
    window = make_window(fake)
    settled(qtbot, window, 3)
    window.library_tab.select((1,))
    assert window.actions_by_name["trash"].isEnabled()
    window.navigate.show_memories()
    for name in ("trash", "open_source", "indexed", "tags", "reindex"):
        assert not window.actions_by_name[name].isEnabled(), name
    _shows(qtbot, window, 1)
    assert _page(window).table.hasFocus()
    window.actions_by_name["find"].trigger()
    assert _page(window).find_field.hasFocus()
    window.library_tab.show_kind(SOURCES)
    assert window.actions_by_name["trash"].isEnabled()


@pytest.mark.slow
def test_f6_leads_to_the_table_and_enter_on_to_the_inspector(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _stocked(make_window, qtbot)
    _choose(qtbot, window, "Lund")
    window.collections.tree.setFocus()
    window.actions_by_name["next_panel"].trigger()
    table = _page(window).table
    assert table.hasFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert window.inspector.isAncestorOf(focused)


@pytest.mark.slow
def test_columns_sort_and_a_third_press_brings_the_order_of_telling_back(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _stocked(make_window, qtbot)
    head = _page(window).table.horizontalHeader()
    head.setSortIndicator(KEYS.index("text"), Qt.SortOrder.AscendingOrder)
    assert _texts(window)[0] == "My plan is basic."
    head.setSortIndicator(BY_AGE, Qt.SortOrder.DescendingOrder)
    assert _texts(window)[0] == "The office is in Lund."


@pytest.mark.slow
def test_thousands_come_page_by_page_and_a_filter_reaches_them_all(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    for number in range(3000):
        fake.tell_fact(f"Room {number} holds {number * 7} chairs.")
    window = make_window(fake)
    window.navigate.show_memories()
    page = _page(window)
    qtbot.waitUntil(lambda: bool(page.model.rows))
    assert len(page.model.rows) < 1000
    first = len(page.model.rows)
    page.table.scrollToBottom()
    qtbot.waitUntil(lambda: len(page.model.rows) > first)
    page.find_field.setText("room 17 ")
    qtbot.waitUntil(lambda: "Room 17 holds 119 chairs." in _texts(window))
    page.find_field.clear()
    wanted = fake.facts_told[-1]
    window.navigate.show_fact(wanted.id)
    qtbot.waitUntil(lambda: page.selected() is not None)
    chosen = page.selected()
    assert chosen is not None
    assert chosen.id == wanted.id


@pytest.mark.slow
def test_nothing_told_leads_to_the_line(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    window = make_window(fake)
    qtbot.waitUntil(lambda: window.shelf.loaded)
    window.navigate.show_memories()
    qtbot.waitUntil(lambda: "No notes yet" in words_of(_page(window)))
    _button(_page(window), "Remember something").click()
    assert _page(window).line.field.hasFocus()


@pytest.mark.slow
def test_what_another_program_tells_appears(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window = make_window(fake)
    window.navigate.show_memories()
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    fake.tell_fact("The lease ends in May.")
    _shows(qtbot, window, 1)
    fake.facts.forget([fake.facts_told[0].id])
    _shows(qtbot, window, 0)


@pytest.mark.slow
def test_the_library_is_asked_off_the_gui_thread(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fake.tell_fact("The lease ends in May.")
    window = make_window(fake)
    window.navigate.show_memories()
    _shows(qtbot, window, 1)
    assert threading.get_ident() not in fake.threads


def _not_kept(window: MainWindow) -> None:
    _page(window).line.show_text(
        "Not saved: “Is the door of the archive open?”: it asks something."
    )


def _asked(window: MainWindow) -> None:
    window.inspector.detail.ask_forget()


def _edited(window: MainWindow) -> None:
    window.inspector.detail.edit()


@pytest.mark.slow
@pytest.mark.parametrize("mirrored", [False, True])
def test_k3_nothing_is_cut_off_at_200_percent(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot, mirrored: bool
) -> None:
    fake.tell_fact("The office is in the cellar of the old library behind the market.")
    fake.tell_fact("My plan is basic.", current=False, sources=("The minutes of the meeting",))
    theme.zoom_first(2.0)
    theme.apply(_app(), "contrast")
    window = make_window(fake, settings=Settings(zoom=2.0), size=(1024, 700))
    if mirrored:
        window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    window.navigate.show_memories()
    _shows(qtbot, window, 2)
    _choose(qtbot, window, "office")
    if window.docks.docks["collections"].isVisible():
        window.actions_by_name["panel_collections"].trigger()
    window.navigate.show_panel("inspector")
    for prepare in (_not_kept, _asked, _edited):
        prepare(window)
        came_to_rest(qtbot, window)
        assert (window.width(), window.height()) == (1024, 700)
        assert clipped(window) == [], prepare.__name__


@pytest.mark.slow
def test_k2_everything_has_a_name(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fake.tell_fact("The office is in Lund.")
    window = make_window(fake)
    window.navigate.show_memories()
    _shows(qtbot, window, 1)
    _choose(qtbot, window, "office")
    window.inspector.detail.edit()
    window.inspector.detail.ask_forget()
    came_to_rest(qtbot, window)
    assert unnamed(window) == []
    assert window.tabs.currentIndex() == LIBRARY


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
