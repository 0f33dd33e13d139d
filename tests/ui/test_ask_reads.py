"""What the Ask tab shows while an answer is read: a first look, whose order changes once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.patience import seconds
from tests.recall.test_rerank import ISLAND
from workbench.library import Library
from workbench.ui import theme
from workbench.ui.ask.tab import AskTab
from workbench.ui.jobs import Jobs
from workbench.ui.shelf.wanted import Wanted

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
HOW = "How did Orla Fenn die?"


@pytest.fixture
def tab(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[AskTab]:
    monkeypatch.setenv("WORKBENCH_READER", "")
    theme.apply(qapp, "light")
    (tmp_path / "island.txt").write_text(ISLAND, encoding="utf-8")
    jobs = Jobs(workers=2)
    with Library.open(tmp_path / "island.brain") as library:
        library.add([tmp_path / "island.txt"])
        made = AskTab(library, jobs, Wanted())
        qtbot.addWidget(made)
        made.resize(828, 640)
        made.show()
        qtbot.waitExposed(made)
        yield made
        jobs.close()


def _asked(qtbot: QtBot, tab: AskTab) -> list[str]:
    """Ask, and wait for the answer; what stood on the page each time that it changed."""
    pages: list[str] = []

    def look() -> bool:
        result = tab.result
        if result is not None:
            page = "|".join(card.evidence.quote for card in result.evidence.cards)
            confidence = f"{result.answer.confidence} {page}"
            if not pages or pages[-1] != confidence:
                pages.append(confidence)
        return len(pages) == 2

    tab.ask(HOW)
    qtbot.waitUntil(look, timeout=int(1000 * seconds(20)))
    return pages


@pytest.mark.slow
def test_the_first_look_comes_first_and_is_replaced_once(qtbot: QtBot, tab: AskTab) -> None:
    with qtbot.waitSignal(tab.answer_received, timeout=int(1000 * seconds(30))) as heard:
        assert len(_asked(qtbot, tab)) == 2
    assert heard.args is not None
    assert "died in the winter of 1931" in heard.args[0].sentences[0].text
    assert tab.answer == heard.args[0]


@pytest.mark.slow
def test_nothing_changes_under_the_mouse(
    qtbot: QtBot, tab: AskTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = [True]
    monkeypatch.setattr(
        "workbench.ui.ask.evidence_cards.EvidenceList.underMouse", lambda _: over[0]
    )
    # It is answered and kept all the same, and nothing is under way any more.
    with qtbot.waitSignal(tab.answer_received, timeout=int(1000 * seconds(30))) as heard:
        tab.ask(HOW)
    first = tab.result
    assert first is not None
    QTest.mouseMove(first.evidence, QPoint(4, 4))
    QTest.qWait(700)
    assert tab.result is first
    assert heard.args is not None
    assert first.answer != heard.args[0]
    over[0] = False
    qtbot.waitUntil(lambda: tab.result is not first, timeout=int(1000 * seconds(10)))


@pytest.mark.slow
def test_what_is_typed_meanwhile_is_not_marked_to_be_typed_over(
    qtbot: QtBot, tab: AskTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = [True]
    monkeypatch.setattr(
        "workbench.ui.ask.evidence_cards.EvidenceList.underMouse", lambda _: over[0]
    )
    tab.focus_question()
    tab.ask(HOW)
    qtbot.waitUntil(lambda: tab.result is not None, timeout=int(1000 * seconds(20)))
    first = tab.result
    tab.composer.field.setText("And wh")
    over[0] = False
    qtbot.waitUntil(lambda: tab.result is not first, timeout=int(1000 * seconds(30)))
    assert tab.composer.field.selectedText() == ""
    assert tab.composer.field.text() == "And wh"


@pytest.mark.slow
def test_what_waited_for_the_mouse_is_forgotten_with_its_library(
    qtbot: QtBot, tab: AskTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.ui.ask.evidence_cards.EvidenceList.underMouse", lambda _: True)
    tab.set_mode("written")
    with qtbot.waitSignal(tab.answer_received, timeout=int(1000 * seconds(30))):
        tab.ask(HOW)
    tab.set_library(None)
    with qtbot.captureExceptions() as raised:
        QTest.qWait(700)
    assert not raised
