"""A first look passes no sentence: no verdict, and nothing in display type, before it is read."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.ask.asking import WHAT, WHEN, ask, texts
from tests.ui.fake_library import FakeLibrary
from workbench.recall.records import Answer
from workbench.ui.ask.page import PastTurn
from workbench.ui.ask.tab import AskTab

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def reading(library: FakeLibrary, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set once the passages may be read; the first look knows less."""
    held = threading.Event()
    asks = library.ask

    def slowly(question: str, *, read: bool = True, **more: Any) -> Answer:
        answer = asks(question, read=read, **more)
        if not read:
            return replace(answer, abstained=True, value=None, sentences=(), confidence=0.1)
        held.wait(20)
        return answer

    monkeypatch.setattr(library, "reads", True)
    monkeypatch.setattr(library, "ask", slowly)
    return held


def _shows(tab: AskTab, words: str) -> Callable[[], bool]:
    return lambda: words in texts(tab)


def test_a_first_look_gives_no_verdict_before_it_is_read(
    qtbot: QtBot, tab: AskTab, reading: threading.Event
) -> None:
    tab.ask(WHEN)
    qtbot.waitUntil(_shows(tab, "Reading the closest passages…"))
    for verdict in ("Not in your sources", "Add files…", "Answer", "May answer"):
        assert verdict not in texts(tab)
    assert "Closest passages" in texts(tab)
    with qtbot.waitSignal(tab.answer_received):
        reading.set()
    qtbot.waitUntil(_shows(tab, "Answer"))
    assert "1885" in texts(tab)
    assert "Reading the closest passages…" not in texts(tab)


def test_a_look_that_is_stopped_before_it_was_read_says_that_and_no_more(
    qtbot: QtBot, tab: AskTab, reading: threading.Event
) -> None:
    tab.ask(WHEN)
    qtbot.waitUntil(_shows(tab, "Reading the closest passages…"))
    tab.stop()
    assert "Stopped before the passages were read" in texts(tab)
    assert "Not in your sources" not in texts(tab)
    reading.set()
    ask(qtbot, tab, WHAT)
    (past,) = [each for each in tab.findChildren(PastTurn) if each.isVisible()]
    assert "Not in your sources" not in texts(past)


def test_display_type_is_for_values_that_the_reader_is_sure_of(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    sure = library.prepared[WHEN]
    assert isinstance(sure, Answer)
    library.prepared[WHEN] = replace(sure, confidence=0.4)
    result = ask(qtbot, tab, WHEN)
    assert not result.value.isVisible()
    # Nothing is claimed: the passages are shown, with the sentence marked in its card.
    assert result.answer_view is None
    assert result.evidence.cards
    ask(qtbot, tab, WHAT)
    (past,) = [each for each in tab.findChildren(PastTurn) if each.isVisible()]
    assert "1885" not in texts(past)


def test_passages_that_are_not_cited_wait_below_a_button(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    full = library.prepared[WHAT]
    assert isinstance(full, Answer)
    library.prepared[WHAT] = replace(full, sentences=full.sentences[:1])
    result = ask(qtbot, tab, WHAT)
    cards = result.evidence.cards
    assert [card.isVisible() for card in cards] == [True, False, False]
    more = next(b for b in result.findChildren(QPushButton) if b.text().strip() == "Show 2 more")
    assert more.isVisible()
    # Whoever walks on with the keys is shown what comes.
    cards[0].setFocus()
    QTest.keyClick(result.evidence, Qt.Key.Key_Down)
    assert [card.isVisible() for card in cards] == [True, True, True]
    assert cards[1].hasFocus()
    assert not more.isVisible()
