"""Questions of before in the window: looked through, opened again, forgotten, exported."""

import json
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.looks import unnamed
from tests.ui.stage import library_of, words_of
from workbench.ui.app import open_library
from workbench.ui.ask.empty import HistoryPage
from workbench.ui.ask.page import PastTurn
from workbench.ui.window.exporting import as_kind
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import ASK

BOOK = (
    "The Ferrow mill was built by Anna Brook in 1842. She sold it to Jonas Pell for 9,000 crowns. "
    "The observatory of Tarn lies on a hill. Its first keeper was Ida Weil, who counted comets."
)
WHO, KEEPER = "Who built the Ferrow mill?", "Who was the first keeper of the observatory of Tarn?"


@pytest.fixture
def window(make_window: MakeWindow, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    (tmp_path / "mill.txt").write_text(BOOK, encoding="utf-8")
    with open_library(tmp_path / "Thesis.brain") as library:
        library.add([str(tmp_path / "mill.txt")])
        # Asked in a run before this one.
        library.answers.keep(library.ask(WHO))
    made = make_window()
    qtbot.waitUntil(lambda: made.shelf.library is not None and made.ask_tab.composer.ready)
    return made


def _history(window: MainWindow, qtbot: QtBot, rows: int) -> HistoryPage:
    window.actions_by_name["asked_before"].trigger()
    page = window.ask_tab.history_page
    assert page is not None
    qtbot.waitUntil(lambda: page.list.count() == rows)
    return page


@pytest.mark.slow
def test_c1_a_thread_is_listed_once_and_comes_back_as_a_whole(
    window: MainWindow, qtbot: QtBot
) -> None:
    tab, aside, kept = window.ask_tab, window.chapters_and_threads.list, library_of(window).answers
    window.navigate.show_tab(ASK)
    for question in (WHO, KEEPER):
        with qtbot.waitSignal(tab.answer_received):
            tab.ask(question)
    qtbot.waitUntil(lambda: len(kept.list()) == 3)
    newest, oldest, _alone = kept.list()
    thread = newest.answer.scope["conversation"]
    assert oldest.answer.scope["conversation"] == thread
    # The one of the run before is another thread; this one is called by its first question.
    held = Qt.ItemDataRole.UserRole
    qtbot.waitUntil(lambda: aside.count() == 2 and aside.item(0).data(held) == newest.id)
    assert [aside.item(at).text() for at in range(2)] == [WHO, WHO]
    window.actions_by_name["new_thread"].trigger()
    assert tab.result is None
    # The thread that was left is not marked as the one on the page.
    qtbot.waitUntil(lambda: aside.currentRow() == -1)
    aside.setCurrentRow(0)
    QTest.keyClick(aside, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab.answer is not None and tab.answer.question == KEEPER)

    def shown() -> list[PastTurn]:
        return [each for each in tab.findChildren(PastTurn) if each.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()))
    assert WHO in words_of(shown()[0])
    with qtbot.waitSignal(tab.answer_received):
        tab.ask("Who bought it?")
    qtbot.waitUntil(lambda: len(kept.list()) == 4)
    assert kept.list()[0].answer.scope["conversation"] == thread


@pytest.mark.slow
def test_a12_what_was_asked_before_is_looked_through_and_opened_again(
    window: MainWindow, qtbot: QtBot
) -> None:
    tab = window.ask_tab
    _history(window, qtbot, 1)
    with qtbot.waitSignal(tab.answer_received):
        tab.ask(KEEPER)
    assert tab.history_page is None
    qtbot.waitUntil(lambda: len(library_of(window).answers.list()) == 2)
    page = _history(window, qtbot, 2)
    assert unnamed(page) == []
    page.field.setText("mill? ANNA")
    qtbot.waitUntil(lambda: page.list.count() == 1)
    assert page.list.item(0).text().startswith(WHO)
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab.answer is not None and tab.answer.question == WHO)
    result = tab.result
    assert result is not None
    assert result.answer_view is not None
    assert "Anna Brook" in result.answer_view.toPlainText()
    assert tab.composer.field.text() == ""
    # Its evidence opens like that of an answer of today; it is kept once.
    with qtbot.waitSignal(window.reader_tab.opened):
        result.evidence.opened.emit(1)
    assert "Anna Brook" in window.reader_tab.highlighted_words()
    assert len(library_of(window).answers.list()) == 2


@pytest.mark.slow
def test_a12_a_question_is_forgotten_and_an_answer_exported(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = _history(window, qtbot, 1)
    page.list.setCurrentRow(0)
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.ask_tab.answer is not None)
    answer, result = window.ask_tab.answer, window.ask_tab.result
    assert answer is not None
    assert result is not None
    file = tmp_path / "mill.json"
    window.exporting.save((answer,), file)
    qtbot.waitUntil(lambda: "Exported to “mill.json”" in words_of(window))
    (item,) = json.loads(file.read_text(encoding="utf-8"))
    assert item["title"] == "Mill"
    window.exporting.save((answer,), tmp_path / "none" / "mill.md")
    qtbot.waitUntil(lambda: "could not be written" in words_of(window))
    page = _history(window, qtbot, 1)
    page.list.setCurrentRow(0)
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.list.count() == 0)
    assert "No questions yet." in words_of(page)
    page.closed.emit()
    assert window.ask_tab.answer is not None
    assert library_of(window).answers.list() == []


@pytest.mark.slow
def test_a12_a_whole_thread_is_exported_with_its_references(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab, export = window.ask_tab, window.actions_by_name["export_thread"]
    window.navigate.show_tab(ASK)
    assert not export.isEnabled()
    for question in (WHO, KEEPER):
        with qtbot.waitSignal(tab.answer_received):
            tab.ask(question)
    qtbot.waitUntil(export.isEnabled)
    offered: list[str] = []
    chosen = "Markdown (*.md)", "Word document (*.docx)"

    def choose(_parent: object, _title: str, start: str, kinds: str) -> tuple[str, str]:
        kind = chosen[len(offered)]
        assert kind in kinds.split(";;")
        offered.append(Path(start).name)
        return str(tmp_path / "talk"), kind

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    export.trigger()
    qtbot.waitUntil(lambda: "Exported to “talk.md”" in words_of(window))
    text = (tmp_path / "talk.md").read_text(encoding="utf-8")
    assert offered == ["Who built the Ferrow mill.docx"]
    assert text.index(WHO) < text.index("Anna Brook") < text.index(KEEPER) < text.rindex("Ida Weil")
    export.trigger()
    qtbot.waitUntil(lambda: "Exported to “talk.docx”" in words_of(window))
    saved = [each.text for each in docx.Document(str(tmp_path / "talk.docx")).paragraphs]
    assert saved.index(WHO) < saved.index(KEEPER)
    tab.new_thread()
    qtbot.waitUntil(lambda: not export.isEnabled())


def test_a12_a_file_ends_as_the_kind_that_was_chosen() -> None:
    kinds = ["Word document (*.docx)", "Markdown (*.md)", "CSL JSON (*.json)"]
    for name, kind, ends in (
        ("talk", 0, "talk.docx"),
        ("talk.docx", 1, "talk.md"),
        ("talk.md", 2, "talk.json"),
        ("Dr. Seeger", 1, "Dr. Seeger.md"),
        # Nobody chose the first kind, which the dialog shows by itself: a typed ending counts.
        ("talk.md", 0, "talk.md"),
    ):
        assert as_kind(Path(name), kinds[kind], kinds) == Path(ends)
