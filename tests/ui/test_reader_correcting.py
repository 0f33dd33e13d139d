"""The Reader over a transcript: words that were heard wrong are corrected, and citations follow."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ingest.records import Section
from workbench.library import Library
from workbench.store import sources
from workbench.ui.jobs import Jobs
from workbench.ui.reader.tab import ReaderTab

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

SAID = """WEBVTT

00:00:01.000 --> 00:00:03.000
The lock of Bredal opens at noon every day.

00:00:20.000 --> 00:00:24.000
In winter the water freezes, and nobody comes for weeks.

00:00:40.000 --> 00:00:44.000
The keeper's name is Torbald, and he counts the ships.
"""
QUESTION = "What is the keeper's name, who counts the ships?"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    (tmp_path / "talk.en.vtt").write_text(SAID)
    (tmp_path / "book.txt").write_text("The lock was built by hand in a long summer.")
    with Library.open(tmp_path / "x.brain") as opened:
        opened.add([tmp_path / "talk.en.vtt", tmp_path / "book.txt"])
        yield opened


@pytest.fixture
def reader(qtbot: QtBot, jobs: Jobs, library: Library) -> ReaderTab:
    tab = ReaderTab(library, jobs)
    qtbot.addWidget(tab)
    tab.resize(900, 600)
    tab.show()
    return tab


def _open(qtbot: QtBot, reader: ReaderTab, library: Library, kind: str = "captions") -> int:
    source = next(row.id for row in library.sources.list() if row.kind == kind)
    reader.open_source(source)
    qtbot.waitUntil(lambda: reader.source_id == source)
    if kind == "captions":
        qtbot.waitUntil(lambda: reader.timeline.isVisible())
    return source


def _is_marked(reader: ReaderTab, words: str) -> bool:
    return words == reader.highlighted_words()


def _select(reader: ReaderTab, words: str) -> None:
    at = reader.sheet.toPlainText().index(words)
    cursor = reader.sheet.textCursor()
    cursor.setPosition(at)
    cursor.setPosition(at + len(words), QTextCursor.MoveMode.KeepAnchor)
    reader.sheet.setTextCursor(cursor)


@pytest.mark.slow
def test_i13_words_heard_wrong_are_corrected_by_keyboard_and_taken_back(
    qtbot: QtBot, reader: ReaderTab, library: Library
) -> None:
    _open(qtbot, reader, library)
    bar = reader.correcting.bar
    assert not bar.isVisible()
    _select(reader, " Torbald")
    QTest.keyClick(reader.sheet, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: bar.field.isVisible())
    assert bar.field.text() == "Torbald"
    bar.field.setText("Torvald  Bye")
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "name is Torvald Bye, and" in reader.sheet.toPlainText())
    qtbot.waitUntil(lambda: reader.highlighted_words() == "Torvald Bye")
    assert bar.said.accessibleName().startswith("Corrected: “Torvald Bye”")
    answer = library.ask(QUESTION)
    assert "Torvald Bye" in answer.evidence[0].quote
    assert answer.evidence[0].locator.seconds == 40.0
    reader.open_evidence(answer, 1)
    qtbot.waitUntil(lambda: "Torvald Bye" in reader.evidence_words())
    qtbot.waitUntil(lambda: reader.timeline.clock.text().startswith("0:40"))
    assert bar.undo.isVisible()
    bar.undo.click()
    qtbot.waitUntil(lambda: "name is Torbald, and" in reader.sheet.toPlainText())
    assert not bar.undo.isVisible()
    assert "Torbald" in library.ask(QUESTION).evidence[0].quote


@pytest.mark.slow
def test_i13_without_a_selection_the_reader_says_what_to_do_and_esc_changes_nothing(
    qtbot: QtBot, reader: ReaderTab, library: Library
) -> None:
    source = _open(qtbot, reader, library)
    bar = reader.correcting.bar
    reader.timeline.corrector.click()
    assert "Select the words" in bar.said.accessibleName()
    assert not bar.field.isVisible()
    _select(reader, "winter")
    QTest.keyClick(reader.sheet, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: bar.field.isVisible())
    bar.field.setText("summer")
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert reader.sheet.hasFocus()
    assert "winter" in library.sources.text(source)


@pytest.mark.slow
def test_i13_what_was_written_is_not_corrected_here_and_another_source_closes_the_bar(
    qtbot: QtBot, reader: ReaderTab, library: Library
) -> None:
    _open(qtbot, reader, library)
    _select(reader, "winter")
    QTest.keyClick(reader.sheet, Qt.Key.Key_F2)
    bar = reader.correcting.bar
    qtbot.waitUntil(lambda: bar.field.isVisible())
    _open(qtbot, reader, library, "text")
    qtbot.waitUntil(lambda: not bar.isVisible())
    _select(reader, "hand")
    QTest.keyClick(reader.sheet, Qt.Key.Key_F2)
    assert not bar.isVisible()
    assert not reader.timeline.isVisible()


@pytest.mark.slow
def test_f2_leads_from_one_doubtful_word_to_the_next_until_each_is_corrected_or_confirmed(
    qtbot: QtBot, reader: ReaderTab, library: Library
) -> None:
    source = next(row.id for row in library.sources.list() if row.kind == "captions")
    whole = library.sources.text(source)
    places = [(whole.index(each), whole.index(each) + len(each)) for each in ("noon", "Torbald")]
    heard = Section(0, "", 0, whole, (), doubtful=tuple(places))
    library._core.store.write(lambda c: sources.add_metadata(c, source, [heard]))
    _open(qtbot, reader, library)
    cursor = reader.sheet.textCursor()
    cursor.setPosition(reader.sheet.toPlainText().index("noon") + 2)
    look = cursor.charFormat()
    assert look.underlineStyle() is QTextCharFormat.UnderlineStyle.DotLine
    assert "not sure of this word" in look.toolTip()
    bar = reader.correcting.bar
    for heard_as, said, done in (("noon", "noon", "Confirmed"), ("Torbald", "Tor", "Corrected")):
        QTest.keyClick(reader.sheet, Qt.Key.Key_F2)
        qtbot.waitUntil(bar.field.isVisible)
        assert bar.field.text() == heard_as
        bar.field.setText(said)
        QTest.keyClick(bar.field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not bar.field.isVisible())
        assert bar.said.accessibleName().startswith(f"{done}: “{said}”")
        qtbot.waitUntil(partial(_is_marked, reader, said))
    assert library.sources.get(source).doubtful == ()
    QTest.keyClick(reader.sheet, Qt.Key.Key_F2)
    assert "Select the words" in bar.said.accessibleName()
