"""The Ask tab and the Reader where they meet the rest of the window."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary
from tests.ui.stage import fill, settled
from workbench.errors import NotALibraryError
from workbench.memory.facts.records import Fact, Value
from workbench.recall.records import AnswerSentence
from workbench.ui.ask.quote import QuoteText
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import ASK, LIBRARY

WHY = "Thesis.brain is not a library."
QUESTION = "What settles the debt?"
QUOTE = "By evening there is a debt. Sleep settles it. It rests."


def _texts(widget: QWidget) -> list[str]:
    return [each.text() for each in widget.findChildren(QLabel) if each.isVisible()]


def _buttons(widget: QWidget, text: str) -> list[QPushButton]:
    found = [b for b in widget.findChildren(QPushButton) if b.text().strip() == text]
    return [button for button in found if button.isVisible()]


def _answered(qtbot: QtBot, window: MainWindow, library: FakeShelfLibrary) -> None:
    text = f"Before it. {QUOTE} After it."
    source = library.put("The Trace", [("9 Night", text)])
    evidence = library.quote(source, QUOTE, 1, before="Before it.", after="After it.")
    answer = library.answer(QUESTION, [evidence])
    said = (AnswerSentence("Sleep settles it.", (1,)),)
    library.prepared[QUESTION] = replace(answer, sentences=said)
    qtbot.waitUntil(lambda: window.ask_tab.composer.ready)
    window.navigate.show_tab(ASK)
    with qtbot.waitSignal(window.ask_tab.answer_received):
        window.ask_tab.ask(QUESTION)


@pytest.mark.slow
def test_words_of_the_simulation_stand_below_answers_only_with_the_lab(
    qtbot: QtBot, make_window: MakeWindow, fake: FakeShelfLibrary
) -> None:
    window = make_window(fake)
    _answered(qtbot, window, fake)
    result = window.ask_tab.result
    assert result is not None
    assert result.thought is None
    result.evidence.cards[0].why_button.click()
    shown = [*_texts(window.ask_tab), *(each.text() for each in result.findChildren(QToolButton))]
    assert not [text for text in shown if "Spikes" in text or "simulation" in text]
    window.navigate.set_lab(True)
    with qtbot.waitSignal(window.ask_tab.answer_received):
        window.ask_tab.ask(QUESTION)
    assert window.ask_tab.result is not None
    assert window.ask_tab.result.thought is not None


@pytest.mark.slow
def test_s8_a_first_start_leads_from_the_ask_tab_to_the_sample(
    qtbot: QtBot, make_window: MakeWindow, fake: FakeShelfLibrary
) -> None:
    window = make_window(fake, exists=False)
    qtbot.waitUntil(lambda: window.shelf.loaded)
    window.navigate.show_tab(ASK)
    qtbot.waitUntil(lambda: bool(_buttons(window.ask_tab, "Add files…")))
    window.navigate.focus_question()
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QPushButton))
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Add files…"
    _buttons(window.ask_tab, "Try with a sample")[0].click()
    qtbot.waitUntil(lambda: window.ask_tab.composer.ready)
    qtbot.waitUntil(lambda: bool(fake.enqueued))
    assert [file.name for file in fake.enqueued[0][0]][:1] == ["the-trace.epub"]


@pytest.mark.slow
def test_s8_a_library_that_cannot_be_opened_is_named_where_one_asks(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    def refuse(_path: object) -> object:
        raise NotALibraryError(WHY, "Choose another file.")

    window = make_window(opens=refuse)
    with qtbot.waitSignal(window.shelf.open_failed):
        pass
    window.navigate.show_tab(ASK)
    assert f"{WHY} Choose another file." in _texts(window.ask_tab)
    _buttons(window.ask_tab, "Go to Library")[0].click()
    assert window.tabs.currentIndex() == LIBRARY


@pytest.mark.slow
def test_s13_the_inspector_marks_the_words_that_the_answer_cites(
    qtbot: QtBot, make_window: MakeWindow, fake: FakeShelfLibrary
) -> None:
    window = make_window(fake)
    _answered(qtbot, window, fake)

    def shown() -> tuple[list[str], list[str]]:
        quotes = window.inspector.findChildren(QuoteText)
        visible = [quote for quote in quotes if quote.isVisible()]
        if len(visible) != 1:
            return [], []
        text = visible[0].quote
        return (
            [text[a:b] for a, b in visible[0].marks],
            [text[a:b] for a, b in visible[0].underlined],
        )

    wanted = (["Sleep settles it."], ["By evening there is a debt.", "It rests."])
    qtbot.waitUntil(lambda: shown() == wanted)
    assert "Words" not in _texts(window.inspector)  # one tier alone tells nothing
    answer = window.ask_tab.answer
    assert answer is not None
    with qtbot.waitSignal(window.reader_tab.opened):
        window.navigate.open_evidence(answer, 1)
    qtbot.waitUntil(lambda: shown() == wanted)
    assert window.reader_tab.highlighted_words() == "Sleep settles it."


def test_a_line_above_the_answer_leads_to_the_differences(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    made = fake.answer("What was it?", [fake.quote(1, "It was a dreary night.")])
    note = "Two sources differ: 4.2 million, 5.1 million."
    fake.prepared["What was it?"] = replace(made, differs=("4.2 million", "5.1 million"), note=note)
    fake.differences = SimpleNamespace(list=lambda *_scope, **_more: [])  # type: ignore[attr-defined]
    window = make_window(fake, tab=ASK, inspector=False)
    settled(qtbot, window, 3)
    ask = window.ask_tab
    ask.ask("What was it?")
    qtbot.waitUntil(lambda: ask.result is not None and ask.result.answer_view is not None)
    assert ask.result is not None
    assert ask.result.answer_view is not None
    (line,) = [each for each in ask.result.findChildren(QLabel) if each.text() == note]
    result, answer = ask.result, ask.result.answer_view
    # Its place is known once it is laid out.
    qtbot.waitUntil(lambda: line.mapTo(result, QPoint()).y() < answer.y())
    (press,) = _buttons(ask.result, "Show differences")
    QTest.mouseClick(press, Qt.MouseButton.LeftButton)
    assert window.table_actions.differences.isVisible()
    assert not ask.isVisible()


def test_a_note_that_a_source_contradicts_says_so_above_the_source(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot
) -> None:
    fill(fake)
    made = fake.answer("What was it?", [fake.quote(1, "It was a dreary night.")])
    fact = Fact(7, "It was a bright night.", None, (), 0.0, 0.0, current=True)
    fake.prepared["What was it?"] = replace(
        made,
        told=Value("What was it?", "bright", 0.95, fact, 9, 15),
        differs=("bright", "dreary"),
        note="A note says “bright”, a source “dreary”.",
    )
    window = make_window(fake, tab=ASK, inspector=False)
    settled(qtbot, window, 3)
    ask = window.ask_tab
    ask.ask("What was it?")
    qtbot.waitUntil(lambda: ask.result is not None and ask.result.told is not None)
    assert ask.result is not None
    assert ask.result.answer_view is not None
    texts = [each.text() for each in ask.result.findChildren(QLabel)]
    assert "A note says “bright”, a source “dreary”." in texts
    # the list of differences is between sources
    assert not _buttons(ask.result, "Show differences")


@pytest.mark.slow
def test_s5_the_way_back_is_alt_left_and_f6_reaches_what_is_read(
    qtbot: QtBot, make_window: MakeWindow, fake: FakeShelfLibrary
) -> None:
    window = make_window(fake)
    _answered(qtbot, window, fake)
    answer = window.ask_tab.answer
    assert answer is not None
    with qtbot.waitSignal(window.reader_tab.opened):
        window.navigate.open_evidence(answer, 1)
    sheet = window.reader_tab.sheet
    qtbot.waitUntil(lambda: QApplication.focusWidget() is sheet)
    window.collections.tree.setFocus()
    for _ in range(4):
        # The page stands beside its answer.
        window.cycle.step(1)
        if QApplication.focusWidget() is sheet:
            break
    assert QApplication.focusWidget() is sheet
    QTest.keyClick(sheet, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.tabs.currentIndex() == ASK
