"""The Ask tab, through its own doors, over a library in memory."""

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.ask.asking import WHAT, WHEN, ask, texts
from tests.ui.fake_library import FakeLibrary, as_library
from tests.ui.looks import unnamed
from workbench.errors import WorkbenchError
from workbench.recall.records import Answer, Introduction
from workbench.ui import theme
from workbench.ui.ask.answer_view import AnswerView
from workbench.ui.ask.page import PastTurn
from workbench.ui.ask.tab import AskTab
from workbench.ui.jobs import Jobs
from workbench.ui.shelf.wanted import Wanted

#: Qt's offscreen plugin says so of every window with a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_c1_what_a_follow_up_is_about_is_shown_and_can_be_changed(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    made = library.prepared[WHAT]
    assert isinstance(made, Answer)
    library.prepared[WHAT] = replace(
        made, about="The Trace", asked_as="What settles The Trace?", others=("Ebbinghaus",)
    )
    result = ask(qtbot, tab, WHAT)
    assert "about The Trace" in [each.text().strip() for each in result.findChildren(QToolButton)]
    by_text = {each.text(): each for each in result.subject_menu().actions()}
    for text, about in (("About Ebbinghaus", "Ebbinghaus"), ("As It Is Written", None)):
        with qtbot.waitSignal(tab.answer_received):
            by_text[text].trigger()
        assert library.asked[-1] == (WHAT, None)
        assert library.abouts[-1] == about


@pytest.mark.parametrize("size", [(1200, 900), (1200, 300), (700, 300)])
def test_the_field_stands_below_the_answers_with_a_scroll_bar_and_without(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary, size: tuple[int, int]
) -> None:
    tab.resize(*size)
    tab.show()
    result = ask(qtbot, tab, WHAT)

    def stands_below() -> bool:
        field, button = tab.composer.field, tab.composer.ask_button
        left, right = result.mapTo(tab, QPoint()).x(), result.mapTo(tab, QPoint(result.width(), 0))
        end = button.mapTo(tab, QPoint(button.width(), 0))
        return (field.mapTo(tab, QPoint()).x(), end.x()) == (left, right.x())

    qtbot.waitUntil(stands_below)


def _past(tab: AskTab) -> list[PastTurn]:
    return [each for each in tab.findChildren(PastTurn) if each.isVisible()]


def _question(tab: AskTab) -> str:
    return tab.answer.question if tab.answer is not None else ""


def test_c1_the_turns_of_a_thread_stay_on_the_page(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    ask(qtbot, tab, WHEN)
    assert tab.composer.field.text() == ""
    result = ask(qtbot, tab, WHAT)
    (past,) = _past(tab)
    assert WHEN in texts(past)
    assert "1885" in texts(past)
    assert past.mapTo(tab, QPoint()).y() < result.mapTo(tab, QPoint()).y()
    # One reads the new turn; the one before is a scroll away.
    qtbot.waitUntil(lambda: past.mapTo(tab, QPoint()).y() < 0)
    views = past.findChildren(AnswerView)
    with qtbot.waitSignal(tab.open_evidence) as opened:
        views[0].cited.emit(1)
    assert opened.args[0].question == WHEN
    next(each for each in past.findChildren(QPushButton)).click()
    assert _question(tab) == WHEN
    qtbot.waitUntil(lambda: len(_past(tab)) == 1)
    (later,) = _past(tab)
    assert WHAT in texts(later)
    tab.new_thread()
    assert _past(tab) == []
    assert _question(tab) == ""
    ask(qtbot, tab, WHAT)
    assert library.turns[-1] == ()


def test_c1_what_nobody_can_mean_is_asked_back(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    made = library.prepared[WHAT]
    assert isinstance(made, Answer)
    back = "Whom do you mean by “he”?"
    library.prepared[WHAT] = replace(
        made, mode="none", abstained=True, sentences=(), evidence=(), suggestion=back
    )
    shown = texts(ask(qtbot, tab, WHAT))
    assert back in shown
    assert "Not in your sources" not in shown


def test_r9_a_source_to_be_asked_alone_shows_what_it_is_about_and_what_to_ask(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    about = library.prepared[WHAT]
    assert isinstance(about, Answer)
    library.introductions[1] = Introduction(about, (WHEN, WHAT))
    tab.composer.ask_sources([1], "The Trace")
    qtbot.waitUntil(lambda: tab.result is not None)
    shown = texts(tab)
    assert "Sleep settles it." in _said(tab)
    assert WHEN in shown
    button = next(b for b in tab.findChildren(QPushButton) if b.text().strip() == WHEN)
    with qtbot.waitSignal(tab.answer_received):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert tab.answer is not None
    assert tab.answer.value == "1885"


def test_r9_a_thread_begins_with_the_newest_source_and_its_questions(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    about = library.prepared[WHAT]
    assert isinstance(about, Answer)
    newest = max(library.sources.list(), key=lambda row: (row.added, row.id))
    library.introductions[newest.id] = Introduction(about, (WHEN, WHAT))
    tab.set_library(as_library(library))
    qtbot.waitUntil(lambda: newest.title in texts(tab))
    assert "Sleep settles it." in _said(tab)
    before = tab.result
    tab.hide()
    tab.show()
    assert tab.result is before  # coming back makes nothing anew
    button = next(b for b in tab.findChildren(QPushButton) if b.text().strip() == WHEN)
    with qtbot.waitSignal(tab.answer_received):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    # The question is asked of the source that it was offered for, and of no other.
    assert tab.composer.sources == (newest.id,)
    assert tab.answer is not None
    assert tab.answer.value == "1885"
    tab.new_thread()
    qtbot.waitUntil(lambda: newest.title in texts(tab))


def test_r9_the_first_page_says_that_questions_are_being_looked_for(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = max(library.sources.list(), key=lambda row: (row.added, row.id))
    found = threading.Event()

    def introduce(source: int, **_more: object) -> Introduction:
        found.wait(20)
        return Introduction(None, ())

    monkeypatch.setattr(library, "sources_introduce", introduce)
    tab.set_library(as_library(library))
    qtbot.waitUntil(lambda: f"Finding questions that “{newest.title}” answers…" in texts(tab))
    found.set()
    # None were found: then it says how many sources there are to ask.
    qtbot.waitUntil(lambda: any("Answers quote your sources" in each for each in texts(tab)))
    assert not any("Finding questions" in each for each in texts(tab))


def _said(tab: AskTab) -> str:
    assert tab.result is not None
    assert tab.result.answer_view is not None
    return tab.result.answer_view.toPlainText()


def test_a_question_of_fifty_thousand_letters_is_asked_whole_and_shown_short(
    qtbot: QtBot, tab: AskTab
) -> None:
    question = f"What did she find {'in the fog of the sea ' * 2300}?"
    tab.composer.field.setText(question)
    with qtbot.waitSignal(tab.answer_received):
        # So long a line would be remembered by Enter; with Alt it is asked.
        QTest.keyClick(tab.composer.field, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert tab.answer is not None
    assert tab.answer.question == question
    assert tab.result is not None
    assert len(tab.result.title.text()) < 500
    assert tab.result.title.text().startswith("What did she find in the fog")


def test_a9_coverage_is_told(qtbot: QtBot, tab: AskTab) -> None:
    result = ask(qtbot, tab, WHAT)
    assert result.coverage.text() == "3 quotes from 3 of 3\u202f480 passages"
    assert result.sources.text() == "4 sources"
    assert result.coverage.isVisible()
    assert result.sources.isVisible()


@pytest.mark.parametrize("silent", [True, False])
def test_that_the_reader_was_not_asked_is_told_beside_the_quotes(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary, silent: bool
) -> None:
    plain = library.prepared[WHAT]
    assert isinstance(plain, Answer)
    note = "The question looks like a language that the reader does not know."
    sentences = () if silent else plain.sentences
    library.prepared[WHAT] = replace(plain, note=note, abstained=silent, sentences=sentences)
    assert note in texts(ask(qtbot, tab, WHAT))


@pytest.mark.parametrize("question", ["?", "🧠🧠", "… – !"])
def test_a_question_without_words_is_told_in_place(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary, question: str
) -> None:
    tab.composer.field.setText(question)
    QTest.keyClick(tab.composer.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: f"“{question}” has no words to search for" in texts(tab))
    assert "Try again" not in texts(tab)
    assert library.asked == []
    assert ask(qtbot, tab, WHEN).value.text() == "1885"


def test_what_was_told_of_a_question_stays_while_the_library_changes(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    told = "“🧠🧠” has no words to search for"
    tab.composer.field.setText("🧠🧠")
    QTest.keyClick(tab.composer.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: told in texts(tab))
    library.put("Another", [("1", "It was found.")], collections=["Newly made"])
    qtbot.waitUntil(lambda: "Newly made" in tab.composer._collections)
    assert told in texts(tab)


def test_s8_without_a_library_one_is_led_to_adding(qtbot: QtBot, jobs: Jobs) -> None:
    tab = AskTab(None, jobs, Wanted())
    qtbot.addWidget(tab)
    tab.resize(800, 600)
    tab.show()
    qtbot.waitExposed(tab)
    assert "Add a source first. You can ask while it is still being read." in texts(tab)
    assert not tab.composer.ready
    tab.focus_question()
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QPushButton))
    focused = QApplication.focusWidget()
    assert focused is not None
    with qtbot.waitSignal(tab.wanted.files):
        QTest.keyClick(focused, Qt.Key.Key_Space)
    sample = next(b for b in tab.findChildren(QPushButton) if b.text() == "Try with a sample")
    with qtbot.waitSignal(tab.wanted.sample):
        sample.click()


def test_s8_a_library_that_cannot_be_opened_is_told_with_the_way_to_it(
    qtbot: QtBot, jobs: Jobs, library: FakeLibrary
) -> None:
    tab = AskTab(None, jobs, Wanted())
    qtbot.addWidget(tab)
    tab.resize(800, 600)
    tab.show()
    qtbot.waitExposed(tab)
    tab.show_opening()
    qtbot.waitUntil(lambda: "Opening the library…" in texts(tab))
    tab.show_error(WorkbenchError("The library is damaged.", "Restore a backup of it."))
    qtbot.waitUntil(lambda: "The library is damaged. Restore a backup of it." in texts(tab))
    assert "Add files…" not in texts(tab)
    look = next(b for b in tab.findChildren(QPushButton) if b.text().strip() == "Go to Library")
    with qtbot.waitSignal(tab.library_requested):
        look.click()
    tab.set_library(as_library(library))
    qtbot.waitUntil(lambda: "The library is damaged. Restore a backup of it." not in texts(tab))
    assert tab.composer.ready


def test_asking_never_waits_and_esc_stops_it(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    kept = ask(qtbot, tab, WHEN).answer
    library.gate.clear()
    tab.composer.field.setText(WHAT)
    QTest.keyClick(tab.composer.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(library.asked) == 2)
    qtbot.waitUntil(lambda: "Looking through 2 passages…" in texts(tab))
    assert tab.composer.ask_button.text().strip() == "Stop"
    QTest.keyClick(tab.composer.field, Qt.Key.Key_Escape)
    assert tab.composer.ask_button.text().strip() == "Ask"
    assert tab.answer == kept
    # The button stops too, whatever stands in the field by then.
    QTest.keyClick(tab.composer.field, Qt.Key.Key_Return)
    tab.composer.field.clear()
    tab.composer.ask_button.click()
    assert tab.composer.ask_button.text().strip() == "Ask"
    assert tab.answer == kept
    library.gate.set()
    qtbot.wait(50)
    assert tab.answer == kept
    assert library.threads.isdisjoint({threading.get_ident()})


def test_a_later_question_wins(qtbot: QtBot, tab: AskTab, library: FakeLibrary) -> None:
    library.gate.clear()
    tab.ask(WHAT)
    tab.ask(WHEN)
    library.gate.set()
    qtbot.waitUntil(lambda: tab.answer is not None)
    qtbot.wait(50)
    assert tab.answer is not None
    assert tab.answer.question == WHEN
    assert [one.line for one in tab.talk.lines] == [WHEN]


def test_an_empty_question_asks_nothing(tab: AskTab, library: FakeLibrary) -> None:
    tab.composer.field.setText("   ")
    QTest.keyClick(tab.composer.field, Qt.Key.Key_Return)
    assert library.asked == []


def test_ctrl_enter_asks(qtbot: QtBot, tab: AskTab) -> None:
    tab.composer.field.setText(WHEN)
    with qtbot.waitSignal(tab.answer_received):
        QTest.keyClick(tab.composer.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a8_scope_goes_with_the_question_and_is_shown(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    chips = tab.composer.scopes.findChildren(QToolButton)
    assert [each.text().strip() for each in chips] == ["Teaching", "Thesis", "Everything"]
    QTest.mouseClick(chips[1], Qt.MouseButton.LeftButton)
    assert tab.composer.scope == "Thesis"
    assert tab.composer.scope_name == "Thesis"
    result = ask(qtbot, tab, WHAT)
    assert result.answer.scope["collection"] == "Thesis"
    tab.composer.set_scope(None)
    ask(qtbot, tab, WHEN)
    assert library.asked == [(WHAT, "Thesis"), (WHEN, None)]


def test_a_scope_that_is_gone_becomes_everything(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    tab.composer.set_scope("Thesis")
    library.names.remove("Thesis")
    library.tell("collections")
    qtbot.waitUntil(lambda: tab.composer.scope is None)


def test_questions_asked_before_come_back(qtbot: QtBot, tab: AskTab, library: FakeLibrary) -> None:
    ask(qtbot, tab, WHAT)
    ask(qtbot, tab, WHEN)
    field = tab.composer.field
    field.setText("a draft")
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.text() == WHEN
    QTest.keyClick(field, Qt.Key.Key_Up)
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.text() == WHAT
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.text() == "a draft"
    actions = tab.composer.history_menu().actions()
    assert [action.text() for action in actions] == [WHEN, WHAT, "", "All Questions…"]
    actions[1].trigger()
    assert tab.answer is not None
    assert tab.answer.question == WHAT
    assert len(library.asked) == 2


def test_e1_an_error_stands_in_place_with_its_next_step(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    library.prepared["broken"] = WorkbenchError("The library is busy.", "Ask again in a moment.")
    tab.ask("broken")
    qtbot.waitUntil(lambda: "The library is busy." in texts(tab))
    words = texts(tab)
    assert "Ask again in a moment." in words
    library.prepared["broken"] = library.prepared[WHEN]
    again = next(b for b in tab.findChildren(QPushButton) if b.text() == "Try again")
    with qtbot.waitSignal(tab.answer_received):
        again.click()


def test_an_empty_library_leads_to_adding(qtbot: QtBot, jobs: Jobs) -> None:
    library = FakeLibrary()
    tab = AskTab(as_library(library), jobs, Wanted())
    qtbot.addWidget(tab)
    tab.resize(800, 600)
    tab.show()

    def press(text: str) -> None:
        next(b for b in tab.findChildren(QPushButton) if b.text().strip() == text).click()

    qtbot.waitUntil(lambda: "Add files…" in texts(tab))
    assert any("Add a source first." in text for text in texts(tab))
    with qtbot.waitSignal(tab.wanted.files):
        press("Add files…")
    with qtbot.waitSignal(tab.wanted.sample):
        press("Try with a sample")
    library.put("The Trace", [("1 Beginnings", "1 Beginnings\n\nIt began in 1885.")])
    qtbot.waitUntil(lambda: any(text.startswith("1 source, 1 passage.") for text in texts(tab)))
    assert "Add files…" not in texts(tab)


def test_k2_every_control_of_the_answer_has_an_accessible_name(qtbot: QtBot, tab: AskTab) -> None:
    ask(qtbot, tab, WHAT)
    assert unnamed(tab) == []


def test_the_tab_fits_a_small_window(tab: AskTab) -> None:
    assert tab.minimumSizeHint().width() <= 560
    assert tab.minimumSizeHint().height() <= 420


@pytest.mark.parametrize("width", [560, 700, 1100])
def test_k3_at_double_size_nothing_is_cut_off(
    qtbot: QtBot, qapp: QApplication, tab: AskTab, library: FakeLibrary, width: int
) -> None:
    theme.zoom(qapp, 2.0)
    tab.resize(width, 640)
    plain = library.prepared[WHAT]
    assert isinstance(plain, Answer)
    every = {"lexical": 1.0, "semantic": 0.5, "graph": 0.2, "spiking": 0.1}
    met = tuple(replace(item, tiers=every) for item in plain.evidence)
    library.prepared[WHAT] = replace(plain, evidence=met)
    result = ask(qtbot, tab, WHAT)
    cards = result.evidence.cards

    def inside(part: QWidget) -> bool:
        return part.mapTo(tab, part.rect().bottomRight()).x() <= tab.width()

    parts = (result, *cards, *(card.open_button for card in cards))
    # A layout that wraps comes to rest after a few rounds of events.
    qtbot.waitUntil(lambda: all(map(inside, parts)))
    theme.zoom(qapp, 1.0)


def test_another_library_forgets_what_was_asked(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    ask(qtbot, tab, WHAT)
    other = FakeLibrary()
    tab.set_library(as_library(other))
    assert tab.answer is None
    assert tab.talk.lines == []
    library.tell("sources")
    qtbot.waitUntil(lambda: "Add files…" in texts(tab))
