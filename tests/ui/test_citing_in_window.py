"""Copy with citation by the style that is chosen in Settings."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QTextDocument
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from workbench.library import Library
from workbench.recall.wording import quoted
from workbench.settings import Settings
from workbench.ui.settings.appearance import AppearancePage
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import ASK, READER

TEXT = (
    "---\ntitle: Mills and Weirs\nauthor: Anna Brook\ndate: 1842\n---\n\n"
    "Anna Brook built the mill on the river Ald. It burned in the winter of 1850.\n"
)
ENTRY = "Brook, A. (1842). Mills and Weirs."


def _window(qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, style: str) -> MainWindow:
    (tmp_path / "mills.md").write_text(TEXT, encoding="utf-8")
    with Library.open(tmp_path / "Thesis.brain") as library:
        library.add([tmp_path / "mills.md"])
    window = make_window(settings=Settings(citation_style=style))
    qtbot.waitUntil(lambda: window.shelf.complete and bool(window.shelf.sources))
    return window


def _copied() -> str:
    return QGuiApplication.clipboard().text()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Hark ye yet again", "“Hark ye yet again”"),
        ("“Hark ye yet again.”", "“Hark ye yet again.”"),
        ("“Hark ye yet again", "“‘Hark ye yet again”"),
        ("“Hark!” said he, “look ye!”", "“‘Hark!’ said he, ‘look ye!’”"),
        ('"Hark!" said he', "“‘Hark!’ said he”"),
        ("a “little lower” layer", "“a ‘little lower’ layer”"),
        ("the whale's hump", "“the whale's hump”"),
        ("", "“”"),
    ],
)
def test_quotation_marks_are_never_doubled(words: str, expected: str) -> None:
    assert quoted(words) == expected


@pytest.mark.slow
def test_evidence_is_copied_as_the_style_cites_it(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path
) -> None:
    window = _window(qtbot, make_window, tmp_path, "apa")
    window.navigate.show_tab(ASK)
    with qtbot.waitSignal(window.ask_tab.answer_received):
        window.ask_tab.ask("Who built the mill?")
    window.ask_tab.copy_with_citation()
    qtbot.waitUntil(lambda: _copied().endswith(f"(Brook, 1842)\n\n{ENTRY}"))
    assert "Anna Brook built the mill" in _copied()


@pytest.mark.slow
def test_words_in_the_reader_are_copied_as_the_style_chosen_in_settings_cites_them(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path
) -> None:
    window = _window(qtbot, make_window, tmp_path, "")
    window.navigate.show_tab(READER)
    # The selection ends within a word, which is copied whole.
    with qtbot.waitSignal(window.reader_tab.opened):
        window.reader_tab.open_source(window.shelf.sources[0].id, 0, 8)
    window.reader_tab.copy_with_citation()
    assert _copied() == "“Anna Brook” (Anna Brook, Mills and Weirs)"
    page = window.preferences.pages.of(AppearancePage)
    page.refresh()
    assert page.styles.currentData() == ""
    at = page.styles.findData("modern-language-association")
    page.styles.setCurrentIndex(at)
    page.styles.activated.emit(at)
    assert window.settings.citation_style == "modern-language-association"
    window.reader_tab.copy_with_citation()
    qtbot.waitUntil(lambda: "(Brook)" in _copied())
    assert _copied() == "“Anna Brook” (Brook)\n\nBrook, Anna. Mills and Weirs. 1842."


@pytest.mark.slow
def test_a_style_that_is_gone_is_said_and_the_plain_reference_stays(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path
) -> None:
    window = _window(qtbot, make_window, tmp_path, str(tmp_path / "gone.csl"))
    with qtbot.waitSignal(window.reader_tab.opened):
        window.reader_tab.open_source(window.shelf.sources[0].id, 0, 10)
    with qtbot.waitSignal(window.shelf.failed):
        window.reader_tab.copy_with_citation()
    assert _copied() == "“Anna Brook” (Anna Brook, Mills and Weirs)"


def test_an_answer_is_copied_as_word_processors_paste_it(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path
) -> None:
    window = _window(qtbot, make_window, tmp_path, "")
    window.navigate.show_tab(ASK)
    with qtbot.waitSignal(window.ask_tab.answer_received):
        window.ask_tab.ask("Who built the mill?")
    result = window.ask_tab.result
    assert result is not None
    result.copy()
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasHtml()
    assert "<h2>Who built the mill?</h2>" in data.html()
    assert "<i>Mills and Weirs</i>" in data.html()
    assert not any(mark in data.html() for mark in ("## ", "> Anna", "*Mills"))
    # A program that reads plain text gets Markdown.
    assert data.text().startswith("## Who built the mill?")
    document = QTextDocument()
    document.setHtml(data.html())
    assert "Anna Brook built the mill on the river Ald" in document.toPlainText()
    # A clipboard manager may ask when the answer is no longer on the screen.
    with qtbot.waitSignal(window.ask_tab.answer_received):
        window.ask_tab.new_thread()
        window.ask_tab.ask("Who owned the ferry?")
    qtbot.waitUntil(lambda: window.ask_tab.result is not result)
    late = QGuiApplication.clipboard().mimeData()
    assert "<h2>Who built the mill?</h2>" in late.html()
    assert late.text().startswith("## Who built the mill?")
