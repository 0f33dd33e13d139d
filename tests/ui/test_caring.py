"""Care of the library from the window: trash, deleting for good, reading again, originals."""

import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from tests.patience import seconds
from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary
from tests.ui.stage import fill, library_of, settled, words_of
from workbench.errors import InputError, LibraryError
from workbench.store.records import SourceRow
from workbench.ui.library.scope import Scope
from workbench.ui.shelf import labels
from workbench.ui.window.main import MainWindow
from workbench.ui.window.source_actions import VanishSheet

QUESTION = "Who counted the herons by the weir?"


@pytest.fixture
def window(make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot) -> MainWindow:
    fill(fake)
    fake.sources.tag([2], "history")
    made = make_window(fake)
    settled(qtbot, made, 3)
    return made


def _trash(window: MainWindow, qtbot: QtBot, *sources: int) -> None:
    window.shelf.trash(sources)
    qtbot.waitUntil(lambda: {row.id for row in window.shelf.trashed} >= set(sources))
    window.collections.choose(Scope(trash=True))


def _sheet(window: MainWindow, qtbot: QtBot) -> VanishSheet:
    qtbot.waitUntil(lambda: window.source_actions.sheet is not None)
    sheet = window.source_actions.sheet
    assert sheet is not None
    qtbot.waitExposed(sheet)
    return sheet


def _write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


# -- deleting for good ----------------------------------------------------------------------------


@pytest.mark.slow
def test_l6_the_sheet_says_exactly_what_vanishes_and_what_stays(
    window: MainWindow, qtbot: QtBot
) -> None:
    _trash(window, qtbot, 2)
    window.library_tab.select((2,))
    window.actions_by_name["delete"].trigger()
    sheet = _sheet(window, qtbot)
    told = words_of(sheet).replace("\u200b", "")
    for part in (
        "Delete “The Trace” permanently?",
        "cannot be undone",
        "1 passage, 1 statement: 33 kB of the library",
        "Tags that no other source has: “history”",
        "Saved answers that lose a quote: 2",
        "Your files: /books/The Trace.epub",
        "Collections, with all other sources: “Thesis”",
    ):
        assert part in told, part
    assert not sheet.isModal()
    assert QApplication.activeModalWidget() is None
    assert sheet.keep_button.hasFocus()


@pytest.mark.slow
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape])
@pytest.mark.parametrize("button", ["keep_button", "delete_button"])
def test_l6_neither_enter_nor_esc_deletes(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot, key: Qt.Key, button: str
) -> None:
    _trash(window, qtbot, 2)
    window.library_tab.select((2,))
    window.actions_by_name["delete"].trigger()
    sheet = _sheet(window, qtbot)
    focused: QPushButton = getattr(sheet, button)
    focused.setFocus()
    QTest.keyClick(focused, key)
    assert not sheet.deleting
    qtbot.wait(30)
    assert 2 in fake.books


@pytest.mark.slow
def test_l6_space_on_the_red_button_deletes_and_nothing_undoes_it(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    labels.tag(window.shelf, [1, 2], "whales")
    qtbot.waitUntil(lambda: len(window.shelf.acts.applied) == 1)
    _trash(window, qtbot, 2)
    window.library_tab.select((2,))
    QTest.mouseClick(window.library_tab.trash_bar.delete_button, Qt.MouseButton.LeftButton)
    sheet = _sheet(window, qtbot)
    sheet.delete_button.setFocus()
    QTest.keyClick(sheet.delete_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: 2 not in fake.books)
    qtbot.waitUntil(lambda: window.toasts.text == "1 source deleted for good")
    assert window.toasts.offers == ()
    assert window.source_actions.sheet is None
    # The entry for it is gone from the Undo; the tag of the other source can still be undone.
    qtbot.waitUntil(lambda: len(window.shelf.acts.applied) == 1)
    assert window.shelf.acts.undo_text == "Tag “whales”"
    window.shelf.step_back()
    qtbot.waitUntil(lambda: fake.books[1].row.tags == ())
    window.shelf.step_forward()
    qtbot.waitUntil(lambda: fake.books[1].row.tags == ("whales",))


@pytest.mark.slow
def test_l6_what_fails_is_told_in_the_sheet_and_nothing_is_gone(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    _trash(window, qtbot, 2)
    window.actions_by_name["empty_trash"].trigger()
    sheet = _sheet(window, qtbot)
    fake.refuses = LibraryError("The library is in use.", "Close the other program.")
    QTest.mouseClick(sheet.delete_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "The library is in use." in words_of(sheet))
    assert sheet.isVisible()
    assert sheet.keep_button.hasFocus()
    assert 2 in fake.books


@pytest.mark.slow
def test_l6_what_was_restored_meanwhile_is_not_deleted(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    _trash(window, qtbot, 2)
    window.actions_by_name["empty_trash"].trigger()
    sheet = _sheet(window, qtbot)
    fake.sources.trash([2], restore=True)
    QTest.mouseClick(sheet.delete_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Nothing was deleted" in words_of(sheet))
    assert 2 in fake.books


@pytest.mark.slow
def test_l6_while_it_deletes_the_window_goes_on(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    _trash(window, qtbot, 2)
    window.actions_by_name["empty_trash"].trigger()
    sheet = _sheet(window, qtbot)
    fake.held.clear()
    QTest.mouseClick(sheet.delete_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Deleting 1 source…" in words_of(sheet))
    assert not sheet.delete_button.isEnabled()
    window.collections.choose(Scope())
    settled(qtbot, window, 2)
    fake.held.set()
    qtbot.waitUntil(lambda: 2 not in fake.books)
    qtbot.waitUntil(lambda: window.toasts.text == "1 source deleted for good")


@pytest.mark.slow
def test_l6_a_book_deleted_for_good_is_gone_from_the_library_and_its_neighbour_is_not(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    herons = _write(tmp_path, "herons.txt", "Agnes counted the herons by the weir. " * 4)
    terns = _write(tmp_path, "terns.txt", "Agnes counted the terns by the weir, too. " * 4)
    window = make_window()
    window.adding.add([herons, terns])
    qtbot.waitUntil(lambda: [row.state for row in window.shelf.sources] == ["verified"] * 2)
    gone = next(row.id for row in window.shelf.sources if row.path == str(herons))
    _trash(window, qtbot, gone)
    settled(qtbot, window, 1)
    window.actions_by_name["empty_trash"].trigger()
    sheet = _sheet(window, qtbot)
    told = words_of(sheet).replace("\u200b", "")
    assert "herons.txt" in told
    QTest.mouseClick(sheet.delete_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.shelf.trashed)
    library = library_of(window)
    assert [row.path for row in library.sources.list()] == [str(terns)]
    answer = library.ask(QUESTION)
    assert not any("herons" in each.quote for each in answer.evidence)
    assert herons.exists()


# -- trash ----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_l5_undo_brings_back_search_and_citations(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    book = _write(tmp_path, "herons.txt", "In spring Agnes counted the herons by the weir. " * 4)
    window = make_window()
    window.adding.add([book])
    qtbot.waitUntil(lambda: [row.state for row in window.shelf.sources] == ["verified"])
    library, source = library_of(window), window.shelf.sources[0].id
    before = library.ask(QUESTION)
    assert before.evidence
    window.ask_tab.ask(QUESTION)
    qtbot.waitUntil(lambda: window.ask_tab.answer is not None)
    answer = window.ask_tab.answer
    assert answer is not None
    window.shelf.trash([source])
    qtbot.waitUntil(lambda: "moved to the Trash" in window.toasts.text)
    assert not library.ask(QUESTION).evidence
    # Only when the list has lost it, can its coming back be seen there.
    qtbot.waitUntil(lambda: not window.shelf.sources)
    # The answer that is still open leads to the words, and says where they lie now.
    window.navigate.open_evidence(answer, 1)
    qtbot.waitUntil(lambda: "in the Trash" in window.reader_tab.notice())
    assert window.reader_tab.highlighted_words()
    window.shelf.step_back()
    qtbot.waitUntil(lambda: window.shelf.complete and bool(window.shelf.sources))
    after = library.ask(QUESTION)
    assert [each.quote for each in after.evidence] == [each.quote for each in before.evidence]
    assert [each.locator for each in after.evidence] == [each.locator for each in before.evidence]


@pytest.mark.slow
def test_l5_a_source_that_is_gone_for_good_is_told_where_its_words_stood(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    book = _write(tmp_path, "herons.txt", "In spring Agnes counted the herons by the weir. " * 4)
    window = make_window()
    window.adding.add([book])
    qtbot.waitUntil(lambda: [row.state for row in window.shelf.sources] == ["verified"])
    source = window.shelf.sources[0].id
    window.ask_tab.ask(QUESTION)
    qtbot.waitUntil(lambda: window.ask_tab.answer is not None)
    answer = window.ask_tab.answer
    assert answer is not None
    library_of(window).sources.trash([source])
    library_of(window).sources.delete([source])
    window.navigate.open_evidence(answer, 1)
    qtbot.waitUntil(lambda: bool(window.reader_tab.notice()))
    assert "no source with the number" in window.reader_tab.notice()
    assert QApplication.activeModalWidget() is None


@pytest.mark.slow
def test_l5_an_open_reader_says_that_its_source_is_in_the_trash_and_that_it_is_gone(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window.navigate.open_source(2)
    qtbot.waitUntil(lambda: window.reader_tab.source_id == 2)
    fake.tell("sources")
    qtbot.waitUntil(lambda: window.source_actions._read == {2})
    window.shelf.trash([2])
    qtbot.waitUntil(lambda: "in the Trash" in window.reader_tab.notice())
    window.shelf.step_back()
    qtbot.waitUntil(lambda: window.reader_tab.notice() == "")
    fake.sources.delete([2])
    qtbot.waitUntil(lambda: "was deleted" in window.reader_tab.notice())


@pytest.mark.slow
def test_l5_the_trash_says_what_it_is_and_its_buttons_follow_the_selection(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    bar = window.library_tab.trash_bar
    assert not bar.isVisible()
    assert not window.actions_by_name["empty_trash"].isEnabled()
    _trash(window, qtbot, 1, 2)
    settled(qtbot, window, 2)
    assert bar.isVisible()
    assert not bar.restore_button.isEnabled()
    window.library_tab.select((1,))
    assert bar.restore_button.isEnabled()
    QTest.mouseClick(bar.restore_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: fake.books[1].row.trashed is None)
    window.collections.choose(Scope())
    assert not bar.isVisible()


# -- reading again --------------------------------------------------------------------------------


@pytest.mark.slow
def test_l7_the_chosen_are_read_again_and_those_without_a_file_say_why(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    pasted = fake.put("Pasted", [("", "Words.")])
    row = fake.books[pasted].row
    fake.books[pasted].row = type(row)(
        **{**{name: getattr(row, name) for name in row.__slots__}, "path": None, "locations": ()}
    )
    fake.tell("sources")
    settled(qtbot, window, 4)
    window.library_tab.select((1, pasted))
    window.actions_by_name["reindex"].trigger()
    qtbot.waitUntil(lambda: [job.sources for job in fake.jobs] == [(1,)])
    qtbot.waitUntil(lambda: "“Pasted” was pasted." in window.toasts.text)
    fake.finish(1, sources=(1,))
    qtbot.waitUntil(lambda: window.toasts.text == "1 source read again")


@pytest.mark.slow
def test_l7_all_are_read_again_and_failures_are_told(
    window: MainWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    window.actions_by_name["reindex_all"].trigger()
    qtbot.waitUntil(lambda: len(fake.jobs) == 3)
    for number in (1, 2):
        fake.finish(number, sources=(number,))
    fake.finish(3, state="failed", error="It is gone.", sources=())
    qtbot.waitUntil(lambda: window.toasts.text.startswith("2 sources read again, 1 could not be"))
    assert [offer.word for offer in window.toasts.offers] == ["Show"]


@pytest.mark.slow
def test_l7_tags_and_collections_outlive_the_reading(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    book = _write(tmp_path, "herons.txt", "In spring Agnes counted the herons by the weir. " * 4)
    window = make_window()
    window.adding.add([book], "Birds")
    qtbot.waitUntil(lambda: [row.state for row in window.shelf.sources] == ["verified"])
    library, source = library_of(window), window.shelf.sources[0]
    library.sources.tag([source.id], "weir")
    window.library_tab.select((source.id,))
    window.actions_by_name["reindex"].trigger()
    qtbot.waitUntil(lambda: window.toasts.text == "1 source read again")
    after = library.sources.get(source.id)
    assert (after.title, after.tags, after.collections) == (source.title, ("weir",), ("Birds",))
    assert library.ask(QUESTION).evidence


# -- originals ------------------------------------------------------------------------------------


@pytest.mark.slow
def test_l8_missing_originals_are_found_out_behind_the_window_and_marked(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    fake.lost = [2]
    window = make_window(fake)
    settled(qtbot, window, 3)
    qtbot.waitUntil(lambda: window.originals.missing == {2})
    assert threading.get_ident() not in fake.threads
    tab = window.library_tab
    assert tab.model.state(fake.books[2].row).word == "Original missing"
    assert tab.chips[3].text().strip() == "Attention 1"
    tab.select((2,))
    assert "Original missing" in words_of(window.inspector)
    assert window.actions_by_name["locate"].isEnabled()
    assert not window.actions_by_name["show_in_folder"].isEnabled()
    tab.select((1,))
    assert not window.actions_by_name["locate"].isEnabled()
    assert window.actions_by_name["show_in_folder"].isEnabled()


@pytest.mark.slow
def test_l8_a_share_that_hangs_is_asked_once_and_holds_up_nothing(
    make_window: MakeWindow,
    fake: FakeShelfLibrary,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fill(fake)
    gate, asked = threading.Event(), []

    listed = fake.sources_list

    def hangs(*, missing: bool = False, **options: Any) -> list[SourceRow]:
        if not missing:
            return listed(**options)
        asked.append(1)
        gate.wait(seconds(20))
        return []

    monkeypatch.setattr(fake, "sources_list", hangs)
    window = make_window(fake)
    settled(qtbot, window, 3)
    qtbot.waitUntil(lambda: bool(asked))
    for _turn in range(5):
        window.originals.check()
    window.shelf.trash([1])
    settled(qtbot, window, 2)
    assert len(asked) == 1
    gate.set()


@pytest.mark.slow
def test_l8_another_file_is_refused_in_one_sentence_beside_the_source(
    make_window: MakeWindow,
    fake: FakeShelfLibrary,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fill(fake)
    fake.lost = [2]
    window = make_window(fake)
    settled(qtbot, window, 3)
    qtbot.waitUntil(lambda: window.originals.missing == {2})
    window.library_tab.select((2,))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: ("/else/x.epub", ""))
    fake.refuses = InputError("“x.epub” is not the file.", "Choose the original.")
    window.actions_by_name["locate"].trigger()
    qtbot.waitUntil(lambda: "“x.epub” is not the file." in words_of(window.inspector))
    assert QApplication.activeModalWidget() is None
    fake.refuses = None
    again = next(
        b for b in window.inspector.findChildren(QPushButton) if b.text().strip() == "Locate…"
    )
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.toasts.text == "Found the original of “The Trace”")
    assert "Original missing" not in words_of(window.inspector)


@pytest.mark.slow
def test_l8_a_moved_folder_is_found_again_and_text_answers_meanwhile(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, moved = tmp_path / "Reading", tmp_path / "Archive"
    folder.mkdir()
    _write(folder, "herons.txt", "In spring Agnes counted the herons by the weir. " * 4)
    _write(folder, "terns.txt", "In autumn Agnes counted the terns on the sand. " * 4)
    window = make_window()
    window.adding.add([folder])
    qtbot.waitUntil(lambda: [row.state for row in window.shelf.sources] == ["verified"] * 2)
    folder.rename(moved)
    window.originals._looked = float("-inf")
    window.originals.check()
    qtbot.waitUntil(lambda: len(window.originals.missing) == 2)
    assert library_of(window).ask(QUESTION).evidence
    one = next(row for row in window.shelf.sources if (row.path or "").endswith("herons.txt"))
    chosen = str(moved / "herons.txt")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (chosen, ""))
    window.source_actions.locate(one)
    qtbot.waitUntil(lambda: window.toasts.text.endswith("and 1 other beside it"))
    assert window.originals.missing == frozenset()


@pytest.mark.slow
def test_l8_the_original_and_its_folder_open_when_asked(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = _write(tmp_path, "herons.txt", "In spring Agnes counted the herons by the weir. " * 4)
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    window = make_window()
    window.adding.add([book])
    qtbot.waitUntil(lambda: [row.state for row in window.shelf.sources] == ["verified"])
    window.library_tab.select((window.shelf.sources[0].id,))
    assert not opened
    window.actions_by_name["open_original"].trigger()
    qtbot.waitUntil(lambda: len(opened) == 1)
    assert opened[0].endswith("/herons.txt")
    assert not window.actions_by_name["open_in_browser"].isEnabled()
    book.unlink()
    window.actions_by_name["open_original"].trigger()
    qtbot.waitUntil(lambda: "has moved" in window.toasts.text)
    # It is marked at once, not at the next look.
    qtbot.waitUntil(lambda: len(window.originals.missing) == 1)
