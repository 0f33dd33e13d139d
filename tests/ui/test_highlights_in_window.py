"""Highlights in the whole window: undone and redone, and asked about in Ask."""

import json
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from tests.benchmarks import made_pdf
from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary
from workbench.library import Library
from workbench.ui.memories.switch import MEMORIES
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import ASK, READER

WORDS = "The keeper counted eleven ships."


def _reading(make_window: MakeWindow, qtbot: QtBot, fake: FakeShelfLibrary) -> MainWindow:
    fake.put("The Lamp", [("1 Night", f"1 Night\n\n{WORDS} Then came fog.")])
    window = make_window(fake)
    qtbot.waitUntil(lambda: window.shelf.complete and bool(window.shelf.sources))
    with qtbot.waitSignal(window.reader_tab.opened):
        window.navigate.open_source(1)
    assert window.tabs.currentIndex() == READER
    sheet = window.reader_tab.sheet
    sheet.reveal(sheet.flow.source.index(WORDS))
    for _ in range(len(WORDS)):
        QTest.keyClick(sheet, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(window.reader_tab.annotating.bar.isVisible)
    return window


@pytest.mark.slow
def test_r1_a_highlight_is_undone_redone_and_its_deletion_undone(
    make_window: MakeWindow, qtbot: QtBot, fake: FakeShelfLibrary
) -> None:
    window = _reading(make_window, qtbot, fake)
    sheet = window.reader_tab.sheet
    QTest.keyClick(sheet, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: bool(window.shelf.acts.applied))
    assert [(h.quote, h.colour) for h in fake.marked.values()] == [(WORDS, "green")]
    window.shelf.step_back()
    qtbot.waitUntil(lambda: not fake.marked)
    window.shelf.step_forward()
    qtbot.waitUntil(lambda: [h.colour for h in fake.marked.values()] == ["green"])
    annotating = window.reader_tab.annotating
    annotating.read()
    qtbot.waitUntil(lambda: [h.id for h in annotating.marked.highlights] == list(fake.marked))
    annotating.remove(next(iter(fake.marked)))
    qtbot.waitUntil(lambda: window.toasts.text == "Highlight deleted")
    assert not fake.marked
    window.shelf.step_back()
    qtbot.waitUntil(lambda: [h.colour for h in fake.marked.values()] == ["green"])


@pytest.mark.slow
def test_r1_ask_puts_the_words_above_an_empty_composer_and_starts_nothing(
    make_window: MakeWindow, qtbot: QtBot, fake: FakeShelfLibrary
) -> None:
    window = _reading(make_window, qtbot, fake)
    tab, composer = window.ask_tab, window.ask_tab.composer
    tab.ask("Who kept the lamp?")
    qtbot.waitUntil(lambda: len(tab.talk.lines) == 1)
    on_page, asked, scope = tab.result, len(fake.asked), composer.scope_name
    QTest.keyClick(window.reader_tab.sheet, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: window.tabs.currentIndex() == ASK)
    qtbot.waitUntil(lambda: window.jobs.busy == 0)
    assert composer.quotation == WORDS
    assert composer.field.text() == ""
    assert composer.field.hasFocus()
    # Nothing was asked, introduced or limited, and the thread goes on.
    assert len(fake.asked) == asked
    assert tab.result is on_page
    assert (composer.sources, composer.scope_name) == (None, scope)
    composer.field.setText("Why eleven?")
    QTest.keyClick(composer.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(tab.talk.lines) == 2)
    assert fake.asked[-1][0] == f"“{WORDS}” Why eleven?"
    qtbot.waitUntil(lambda: composer.quotation == "")
    assert composer.field.text() == ""


@pytest.mark.slow
def test_r1_a_quotation_above_the_composer_can_be_taken_away(
    make_window: MakeWindow, qtbot: QtBot, fake: FakeShelfLibrary
) -> None:
    window = _reading(make_window, qtbot, fake)
    QTest.keyClick(window.reader_tab.sheet, Qt.Key.Key_A)
    composer = window.ask_tab.composer
    qtbot.waitUntil(lambda: composer.quotation == WORDS)
    presses = composer.findChildren(QToolButton)
    next(b for b in presses if b.accessibleName() == "Remove the quotation").click()
    assert composer.quotation == ""
    composer.field.setText("Why eleven?")
    QTest.keyClick(composer.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [asked for asked, _ in fake.asked][-1:] == ["Why eleven?"])


@pytest.mark.slow
def test_r2_highlights_are_listed_with_all_notes_lead_to_their_words_and_are_exported(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    book = tmp_path / "The Lamp.txt"
    book.write_text(f"The lamp was lit at nine. {WORDS} Then came fog.\n", encoding="utf-8")
    with Library.open(tmp_path / "Thesis.brain") as library:
        library.add([book])
        start = library.sources.text(1, 0, 1000).index(WORDS)
        library.notes.highlight(1, start, start + len(WORDS), note="Eleven?")
    window = make_window()
    qtbot.waitUntil(lambda: window.shelf.complete and bool(window.shelf.sources))
    window.navigate.show_memories()
    memories = window.library_tab.memories
    qtbot.waitUntil(lambda: len(memories.model.rows) == 1)
    (row,) = memories.model.rows
    assert (row.kind, row.text) == ("highlight", f"“{WORDS}” Eleven?")
    # Counted as well, where the Library switches between its lists.
    counted = window.library_tab.switch.segments[MEMORIES]
    qtbot.waitUntil(lambda: counted.accessibleName() == "Notes, 1")
    memories.table.setFocus()
    memories.table.setCurrentIndex(memories.model.index(0, 0))
    with qtbot.waitSignal(window.reader_tab.opened):
        QTest.keyClick(memories.table, Qt.Key.Key_Return)
    assert window.tabs.currentIndex() == READER
    assert window.reader_tab.highlighted_words() == WORDS
    window.annotations.export_to(None, tmp_path / "all")
    qtbot.waitUntil(lambda: window.toasts.text == "Exported to “all.md”")
    assert f"> {WORDS}" in (tmp_path / "all.md").read_text(encoding="utf-8")
    window.annotations.export_to(1, tmp_path / "lamp.json")
    qtbot.waitUntil(lambda: window.toasts.text == "Exported to “lamp.json”")
    page = json.loads((tmp_path / "lamp.json").read_text(encoding="utf-8"))
    assert [item["target"]["title"] for item in page["items"]] == ["The Lamp"]
    window.navigate.reading.annotating.remove(row.id)
    qtbot.waitUntil(lambda: not window.navigate.reading.annotating.marked.highlights)
    window.annotations.export_to(1, tmp_path / "none.md")
    qtbot.waitUntil(lambda: "no highlight to export" in window.toasts.text)
    assert not (tmp_path / "none.md").exists()


@pytest.mark.slow
def test_r2_the_highlights_of_a_pdf_are_written_into_a_copy_never_into_the_original(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    pdf = tmp_path / "long.pdf"
    made_pdf.write(pdf, 2)
    was = pdf.read_bytes()
    with Library.open(tmp_path / "Thesis.brain") as library:
        library.add([pdf])
        library.notes.highlight(1, 5, 30, note="Whose?")
    window = make_window()
    qtbot.waitUntil(lambda: window.shelf.complete and bool(window.shelf.sources))
    window.annotations.export_to(1, pdf)
    qtbot.waitUntil(lambda: window.toasts.text.startswith("That is the original"))
    assert pdf.read_bytes() == was
    window.annotations.export_to(1, tmp_path / "copy.pdf")
    qtbot.waitUntil(lambda: window.toasts.text == "Exported to “copy.pdf”")
    document = pypdfium2.PdfDocument(tmp_path / "copy.pdf")
    assert sum(pypdfium2.raw.FPDFPage_GetAnnotCount(page) for page in document) == 1
    document.close()
    assert pdf.read_bytes() == was
