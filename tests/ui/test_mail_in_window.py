"""A mail opens as a mail: what it quotes keeps its mark and who wrote it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from workbench.library import Library
from workbench.ui import theme
from workbench.ui.reader.sheet import Sheet
from workbench.ui.window.tabs import ASK

_HEAD = (
    "From: Ines Brandt <ines@example.org>\nTo: Tom Hale <tom@example.org>\n"
    "Subject: Re: Ropes of the ferry\nDate: Mon, 02 Mar 2026 10:00:00 +0000\n"
    "Message-ID: <a2@example.org>\nContent-Type: text/plain; charset=utf-8\n\n"
)
_QUOTED = "> Who looked after the ropes of the ferry?\n> And when was it, please?\n"
_ANSWER = "\nOberland Rigging looked after them in February.\n\nInes\n"


def _bars(sheet: Sheet, start: int, end: int) -> bool:
    """Whether a bar stands left of the lines of a span."""
    picture = sheet.viewport().grab().toImage()
    first, last = sheet.line_rect(start), sheet.line_rect(end)
    left = QRect(0, round(first.top()) + 4, round(first.left()), round(last.bottom() - first.top()))
    paper, ink = theme.colour("surface"), theme.colour("edge")
    line = {picture.pixelColor(x, left.center().y()).name() for x in range(left.right())}
    return paper.name() in line and ink.name() in line


@pytest.mark.slow
@pytest.mark.parametrize("told", ["On 1 March 2026, Tom Hale wrote:\n", ""])
def test_a_mail_keeps_the_mark_and_the_writer_of_what_it_quotes(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path, told: str
) -> None:
    file = tmp_path / "ropes.eml"
    file.write_text(f"{_HEAD}Dear Tom,\n\n{told}{_QUOTED}{_ANSWER}", encoding="utf-8")
    with Library.open(tmp_path / "Thesis.brain") as library:
        library.add(file)
        sections = library.sources.sections(1)
    quoted = next(part for part in sections if part.kind == "quoted")
    answer = next(part for part in sections if part.start >= quoted.end)
    window = make_window(tab=ASK, inspector=False)
    qtbot.waitUntil(lambda: window.shelf.complete and bool(window.shelf.sources))
    ask, sheet = window.ask_tab, window.reader_tab.sheet
    ask.ask("Who looked after the ropes of the ferry?")
    qtbot.waitUntil(lambda: ask.result is not None)
    assert ask.result is not None
    words = {button.text() for button in ask.result.findChildren(QPushButton)}
    assert "Open mail" in words
    assert not any("chapter" in word for word in words)
    qtbot.waitUntil(lambda: sheet.isVisible() and sheet.flow.end > answer.start)
    qtbot.waitUntil(lambda: _bars(sheet, quoted.start, quoted.end - 4))
    assert not _bars(sheet, answer.start, answer.start + 9)
    block = sheet.document().findBlock(sheet.flow.span(quoted.start, quoted.end)[0])  # type: ignore[index]
    writer = block.begin().fragment().charFormat().toolTip()
    assert writer == quoted.title
    assert "quoted by Ines Brandt" in writer or "Quoted by Ines Brandt" in writer
