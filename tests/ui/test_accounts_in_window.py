"""The Inspector says what was read of a document, and shows the page that holds no text."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.ui.conftest import MakeWindow
from workbench.library import Library
from workbench.ui.window.tabs import LIBRARY, READER


def _texts(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


@pytest.mark.slow
def test_what_was_read_is_counted_and_an_empty_page_shown(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_OCR", "none")
    canvas = Canvas(str(tmp_path / "salt.pdf"), pagesize=A4)
    said = ("Ines left on the ferry at seven.", "She took salt along.", "", "Nobody saw her go.")
    for page, words in enumerate(said):
        canvas.drawString(72, 700 - 40 * page, words)
        canvas.rect(100, 100, 300, 300, fill=1)
        canvas.showPage()
    canvas.save()
    with Library.open(tmp_path / "Thesis.brain") as library:
        (added,) = library.add(tmp_path / "salt.pdf")
    window = make_window(tab=LIBRARY)
    qtbot.waitUntil(lambda: window.shelf.complete and bool(window.shelf.sources))
    assert added.source is not None
    window.library_tab.select((added.source,))
    qtbot.waitUntil(lambda: "4 pages, 1 without text (3); 15 words" in _texts(window.inspector))
    shown = [b for b in window.inspector.findChildren(QPushButton) if b.text() == "Show page 3"]
    assert shown
    with qtbot.waitSignal(window.reader_tab.opened):
        shown[0].click()
    assert window.tabs.currentIndex() == READER
    qtbot.waitUntil(lambda: window.reader_tab.page_view.page == 3)
