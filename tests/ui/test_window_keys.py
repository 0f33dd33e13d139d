"""Names and keys of the window: what a screen reader says, and what goes without a mouse."""

from functools import partial

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QMenu,
    QScrollArea,
    QScrollBar,
)
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary, job
from tests.ui.looks import unnamed
from tests.ui.stage import fill, pick_row, settled, words_of
from workbench import version
from workbench.capability import Capability, State
from workbench.ui.library.scope import Scope
from workbench.ui.settings.appearance import ShortcutsPage
from workbench.ui.settings.library import Fetched, PrivacyPage, fetched_words
from workbench.ui.settings.sheets import Sheet
from workbench.ui.window import keys
from workbench.ui.window.tabs import ASK, ASSOCIATIONS, LIBRARY, READER, TODAY


@pytest.mark.slow
def test_k2_every_control_has_an_accessible_name(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    fake.jobs = [
        job(1, "a.pdf", "failed", error="It is empty.", hint="Choose another."),
        job(2, "b.txt", "running", stage="read", stage_word="Indexing", done=3, total=9),
    ]
    quote = fake.quote(1, "It was a dreary night.")
    fake.answer("What was it?", [quote])
    window = make_window(fake)
    settled(qtbot, window, 3)
    nameless: dict[str, list[str]] = {}

    def look(where: str) -> None:
        qtbot.wait(20)
        nameless[where] = unnamed(window)

    look("library")
    window.library_tab.table.selectAll()
    look("library, all selected")
    pick_row(window, 0)
    look("library, one selected")
    window.library_tab.show_indexed()
    qtbot.waitUntil(lambda: bool(window.library_tab.indexed.text.toPlainText()))
    look("what was indexed")
    window.collections.choose(Scope(trash=True))
    look("trash")
    window.collections.choose(Scope())
    window.navigate.open_source(1)
    qtbot.waitUntil(lambda: window.reader_tab.source_id == 1)
    look("reader")
    window.reader_tab.open_find()
    look("reader, finding")
    window.navigate.show_tab(ASK)
    look("ask")
    window.ask_tab.ask("What was it?")
    qtbot.waitUntil(lambda: window.ask_tab.answer is not None)
    look("answer")
    assert not {where: found for where, found in nameless.items() if found}


@pytest.mark.slow
def test_k2_the_first_start_has_accessible_names_too(
    make_window: MakeWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(version, "releases", lambda: "http://127.0.0.1:9/json")
    window = make_window(exists=False)
    qtbot.waitUntil(window.library_tab.add_button.isVisible)
    assert not unnamed(window)
    for name in ("shortcuts", "updates", "about", "works", "guide", "watch", "add_link"):
        window.actions_by_name[name].trigger()
    qtbot.waitUntil(lambda: len(window.findChildren(QDialog)) == 7)
    for sheet in window.findChildren(QDialog):
        assert not sheet.isModal()
        assert not unnamed(sheet)
        sheet.close()


@pytest.mark.slow
def test_k1_tabs_question_and_filter_have_keys(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    window = make_window(fake)
    settled(qtbot, window, 3)
    control = Qt.KeyboardModifier.ControlModifier
    keys = (Qt.Key.Key_2, ASK), (Qt.Key.Key_3, ASSOCIATIONS), (Qt.Key.Key_4, TODAY)
    for key, tab in (*keys, (Qt.Key.Key_1, LIBRARY)):
        QTest.keyClick(window, key, control)
        assert window.tabs.currentIndex() == tab
    QTest.keyClick(window, Qt.Key.Key_L, control)
    assert window.ask_tab.composer.field.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_F, control | Qt.KeyboardModifier.ShiftModifier)
    assert window.omnibox.field.hasFocus()
    QTest.keyClick(window.omnibox.field, Qt.Key.Key_Escape)
    QTest.keyClick(window, Qt.Key.Key_F, control)
    assert window.library_tab.find_field.hasFocus()


@pytest.mark.slow
def test_k1_f6_goes_round_the_panels_and_back_to_where_one_was(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    fake.jobs = [job(1, "a.pdf", "failed", error="It is empty.", hint="Choose another.")]
    window = make_window(fake)
    settled(qtbot, window, 3)
    table, field = window.library_tab.table, window.library_tab.find_field
    pick_row(window, 0)
    window.navigate.show_panel("activity")
    table.setFocus()
    seen = []
    for _press in range(4):
        QTest.keyClick(window, Qt.Key.Key_F6)
        focused = QApplication.focusWidget()
        assert focused is not None
        panels = [window.collections, window.pages, window.inspector, window.activity]
        seen.append(next(i for i, p in enumerate(panels) if p.isAncestorOf(focused)))
    assert seen == [2, 3, 0, 1]
    assert table.hasFocus()
    field.setFocus()
    QTest.keyClick(window, Qt.Key.Key_F6)
    QTest.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert field.hasFocus()


@pytest.mark.slow
def test_k1_f6_goes_to_the_tree_and_to_a_reader_with_nothing_open(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    window = make_window(fake)
    settled(qtbot, window, 3)
    window.tabs.setCurrentIndex(READER)
    window.collections.new_button.setFocus()
    QTest.keyClick(window, Qt.Key.Key_F6)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused is window.reader_tab or window.reader_tab.isAncestorOf(focused)
    window.cycle._last.clear()
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert window.collections.tree.hasFocus()


@pytest.mark.slow
def test_k1_the_shortcuts_are_told_by_what_they_do_not_by_what_was_done(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    window = make_window(fake)
    settled(qtbot, window, 3)
    window.shelf.trash([1])
    qtbot.waitUntil(lambda: window.actions_by_name["undo"].text() == "&Undo Move to Trash")
    listed = dict(keys.shortcuts(window.actions_by_name))
    assert [text for text, _keys in listed["Edit"]][:2] == ["Undo", "Redo"]


@pytest.mark.slow
def test_i2_the_first_start_offers_links_too(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(exists=False)
    qtbot.waitUntil(lambda: window.library_tab.link_button.isVisible())
    window.library_tab.link_button.click()
    assert window.adding.sheet is not None
    assert window.adding.sheet.isVisible()
    window.adding.sheet.close()


@pytest.mark.slow
def test_the_scope_in_the_status_bar_is_that_of_questions(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    window = make_window(fake)
    settled(qtbot, window, 3)
    window.collections.choose(Scope("Thesis"))
    assert window.status.scope.text() == "Scope: Thesis"
    window.collections.choose(Scope(trash=True))
    assert window.status.scope.text() == "Scope: Everything (not the Trash)"
    assert "no language model" in window.status.mode.toolTip()


def _fits(bar: QScrollBar) -> bool:
    return bar.maximum() == 0


@pytest.mark.slow
def test_sheets_are_as_high_as_what_they_say(
    make_window: MakeWindow,
    fake: FakeShelfLibrary,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Paths as long as usual: those of a test's own folders take lines more.
    monkeypatch.setattr("workbench.ui.components.words.home_short", lambda _: "~/.local/share/here")
    window = make_window(fake)
    heights = {}
    for name in ("about", "shortcuts"):
        window.actions_by_name[name].trigger()
        qtbot.waitUntil(lambda: bool(window.findChildren(Sheet)))
        sheet = window.findChildren(Sheet)[0]
        qtbot.waitExposed(sheet)
        area = sheet.findChild(QScrollArea)
        assert area is not None
        if name != "shortcuts":
            bar = area.verticalScrollBar()
            qtbot.waitUntil(partial(_fits, bar))
        heights[name] = sheet.height()
        sheet.close()
        QApplication.sendPostedEvents(sheet, QEvent.Type.DeferredDelete)
    assert heights["about"] < 320 < heights["shortcuts"]


@pytest.mark.slow
def test_s4_what_works_is_asked_anew_at_each_look(
    make_window: MakeWindow,
    fake: FakeShelfLibrary,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = [
        Capability("Text, books, PDF, office files, e-mail", State.WORKS, "", needed=True),
        Capability("Web pages", State.NOT_INSTALLED, "Run `uv sync`: idna is not installed."),
        Capability(
            "Written answers (language model)", State.NEEDS_SERVER, "No model server answers."
        ),
        Capability("Speech", State.NEEDS_MODEL, "Load one."),
    ]
    looks = []

    def examine(library: object) -> list[Capability]:
        looks.append(library)
        return found

    monkeypatch.setattr("workbench.doctor.examine", examine)
    window = make_window(fake)
    press = window.status.works
    qtbot.waitUntil(press.isVisible)
    assert press.text().strip() == "Features"
    assert looks == []
    press.setFocus()
    QTest.keyClick(press, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(window.findChildren(Sheet)))
    sheet = window.findChildren(Sheet)[0]
    assert not sheet.isModal()
    told = words_of(sheet)
    for each in found:
        assert each.name in told
        assert each.how in told
        assert each.state.value.capitalize() in told
    sheet.close()
    QApplication.sendPostedEvents(sheet, QEvent.Type.DeferredDelete)
    found[2] = Capability(
        "Written answers (language model)", State.WORKS, "“llama” writes answers."
    )
    QTest.keyClick(press, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(window.findChildren(Sheet)))
    assert "Needs a server" not in words_of(window.findChildren(Sheet)[0])


@pytest.mark.slow
def test_s4_every_capability_of_this_machine_is_named(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window = make_window(fake)
    window.actions_by_name["works"].trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(Sheet)))
    told = words_of(window.findChildren(Sheet)[0])
    for name in ("Ollama", "OCR", "Speech", "YouTube", "Web pages", "Window", "CLIP"):
        assert name in told


@pytest.mark.slow
def test_p3_what_was_fetched_is_told(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window = make_window(fake)
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    window.actions_by_name["stored"].trigger()
    page = window.preferences.pages.of(PrivacyPage)
    assert page.isVisible()
    said = words_of(page)
    assert "No page has been fetched for this library." in said
    assert window.shelf.path.name in said
    told = fetched_words(Fetched(3, 1.7e9, "https://example.org/a"))
    assert "3 pages in this library came that way" in told
    assert "https://example.org/a" in told
    assert "14 November 2023" in told


@pytest.mark.slow
def test_k1_no_two_actions_share_a_key_and_all_have_words(
    make_window: MakeWindow, fake: FakeShelfLibrary
) -> None:
    window = make_window(fake)
    keys: dict[str, str] = {}
    for name, action in window.actions_by_name.items():
        assert action.text()
        for shortcut in action.shortcuts():
            text = shortcut.toString()
            assert text not in keys, f"{name} and {keys[text]} share {text}"
            keys[text] = name
    assert keys[QKeySequence(QKeySequence.StandardKey.Open).toString()] == "add"
    assert keys["Ctrl+L"] == "focus_question"


@pytest.mark.slow
def test_k1_every_menu_has_its_own_letters(make_window: MakeWindow, fake: FakeShelfLibrary) -> None:
    window = make_window(fake)
    for opener in window.menuBar().actions():
        menu = opener.menu()
        assert isinstance(menu, QMenu)
        letters = []
        for action in menu.actions():
            if not action.isSeparator() and action.isVisible():
                at = action.text().find("&")
                letters.append(action.text()[at + 1].lower() if at >= 0 else action.text())
        assert len(letters) == len(set(letters)), (opener.text(), letters)


def test_k1_the_list_of_shortcuts_shows_the_keys(
    make_window: MakeWindow, fake: FakeShelfLibrary
) -> None:
    page = make_window(fake).preferences.pages.of(ShortcutsPage)
    page.refresh()
    rows = page.table.rows
    visible = [rows.index(at, 2).data() for at in range(len(rows.rows))]
    assert visible == [row.keys for row in rows.rows]
    assert "Ctrl+O" in visible


@pytest.mark.slow
def test_k1_shortcuts_are_changed_told_of_conflicts_and_reset(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window = make_window(fake)
    page = window.preferences.pages.of(ShortcutsPage)
    window.preferences.show(page)
    actions = window.actions_by_name

    def press(name: str, keys: str) -> None:
        page.filter.setText("")
        assert page.table.choose(name)
        page.edit.setKeySequence(QKeySequence(keys))

    assert unnamed(page) == []
    press("trash", "A")
    assert not page.use.isEnabled()
    assert "needed for typing" in page.told.text()
    press("tags", "Alt+Left")
    assert not page.use.isEnabled()
    # Keys of another action go over only when its reader says so, and the other one has none.
    press("tags", "Ctrl+K")
    assert "“Search or Ask”, which would lose it" in page.told.text()
    page.use.click()
    assert actions["tags"].shortcut() == QKeySequence("Ctrl+K")
    assert actions["search"].shortcuts() == []
    listed = dict(dict(keys.shortcuts(actions))["Library"])
    assert listed["Tags"] == "Ctrl+K"
    page.filter.setText("ctrl+k")
    assert [row.name for row in page.table.rows.rows] == ["tags"]
    # They come back with the next window, and go back to what they were.
    assert make_window(fake, settings=window.settings).actions_by_name[
        "tags"
    ].shortcut() == QKeySequence("Ctrl+K")
    page.filter.setText("")
    page.table.choose("search")
    page.reset.click()
    assert actions["search"].shortcut() == QKeySequence("Ctrl+K")
    press("trash", "Ctrl+Shift+Backspace")
    page.use.click()
    assert list(window.settings.shortcuts) == ["trash=Ctrl+Shift+Backspace"]
    page.reset_all.click()
    assert not window.settings.shortcuts
    assert actions["tags"].shortcut() == QKeySequence("Ctrl+T")
    assert not page.reset_all.isEnabled()


@pytest.mark.slow
def test_k1_of_two_keys_of_an_action_one_is_changed_and_the_other_stays(
    make_window: MakeWindow, fake: FakeShelfLibrary
) -> None:
    window = make_window(fake)
    page, actions = window.preferences.pages.of(ShortcutsPage), window.actions_by_name
    name, (first, second) = next(
        (name, shortcuts)
        for _menu, names in keys.groups()
        for name in names
        if len(shortcuts := actions[name].shortcuts()) == 2
    )
    window.preferences.show(page)
    page.table.choose(name)
    page.edit.setKeySequence(QKeySequence("Ctrl+Alt+J"))
    page.use.click()
    chosen = [QKeySequence("Ctrl+Alt+J"), second]
    assert actions[name].shortcuts() == chosen
    again = make_window(fake, settings=window.settings)
    assert again.actions_by_name[name].shortcuts() == chosen
    # Taken by another action, one of the two is left as well.
    page.table.choose("tags")
    page.edit.setKeySequence(QKeySequence("Ctrl+Alt+J"))
    page.use.click()
    assert actions[name].shortcuts() == [second]
    page.table.choose(name)
    page.reset.click()
    assert actions[name].shortcuts() == [first, second]


@pytest.mark.slow
def test_k1_new_keys_are_recorded_as_they_are_pressed_and_tab_leads_on(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window = make_window(fake)
    page = window.preferences.pages.of(ShortcutsPage)
    window.preferences.show(page)
    page.table.choose("works")
    qtbot.waitUntil(page.isVisible)
    window.activateWindow()
    page.field.setFocus()
    qtbot.waitUntil(page.field.hasFocus)
    QTest.keyClick(page.field, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert page.edit.keySequence() == QKeySequence("Ctrl+J")
    QTest.keyClick(page.field, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: not page.field.hasFocus())
    assert page.use.isEnabled()
    page.use.click()
    assert window.actions_by_name["works"].shortcut() == QKeySequence("Ctrl+J")
