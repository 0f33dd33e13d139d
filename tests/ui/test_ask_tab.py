"""The Ask tab, through its own doors, over a library in memory."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.fake_library import FakeLibrary, as_library
from workbench.errors import WorkbenchError
from workbench.recall.records import Answer, AnswerSentence, Elsewhere, Introduction, Step
from workbench.ui import theme
from workbench.ui.ask.answer_view import AnswerView
from workbench.ui.ask.evidence_cards import EvidenceCard, TierBars
from workbench.ui.ask.past_turn import PastTurn
from workbench.ui.ask.result import Result
from workbench.ui.ask.tab import AskTab
from workbench.ui.jobs import Jobs
from workbench.ui.looks import unnamed

#: Qt's offscreen plugin says so of every window with a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

ARABIC = "الذاكرة هي قدرة الدماغ على حفظ المعلومات"
WHEN = "When did Ebbinghaus publish?"
WHAT = "What settles the debt?"


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    theme.apply(qapp, "light")
    made = Jobs(workers=2)
    yield made
    made.close()


@pytest.fixture
def library() -> FakeLibrary:
    made = FakeLibrary()
    made.put(
        "The Trace",
        [("1 Lists", "In 1885 he published.\n\n"), ("9 Night", "Sleep settles it. It rests.")],
        author="A. Writer",
        collections=["Thesis"],
    )
    made.put("كتاب", [("الفصل", ARABIC)], collections=["Teaching"])
    evidence = [
        made.quote(1, "Sleep settles it.", 1),
        made.quote(1, "In 1885 he published.", 2),
        made.quote(2, ARABIC, 3),
    ]
    made.answer(WHAT, evidence)
    made.answer(WHEN, [made.quote(1, "In 1885 he published.", 1)], value="1885")
    return made


@pytest.fixture
def tab(qtbot: QtBot, library: FakeLibrary, jobs: Jobs) -> AskTab:
    made = AskTab(as_library(library), jobs)
    qtbot.addWidget(made)
    made.resize(828, 640)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: not made.composer.scopes.isHidden())
    return made


def _ask(qtbot: QtBot, tab: AskTab, question: str) -> Result:
    tab.focus_question()
    tab.composer.field.setText(question)
    with qtbot.waitSignal(tab.answered):
        QTest.keyClick(tab.composer.field, Qt.Key.Key_Return)
    result = tab.result
    assert result is not None
    qtbot.waitUntil(result.isVisible)
    return result


def _texts(widget: QWidget) -> list[str]:
    # Qt shows what comes into a layout with the next posted events.
    QApplication.sendPostedEvents()
    shown = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    return shown + [b.text().strip() for b in widget.findChildren(QPushButton) if b.isVisible()]


def test_c1_what_a_follow_up_is_about_is_shown_and_can_be_changed(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    made = library.prepared[WHAT]
    assert isinstance(made, Answer)
    library.prepared[WHAT] = replace(
        made, about="The Trace", asked_as="What settles The Trace?", others=("Ebbinghaus",)
    )
    result = _ask(qtbot, tab, WHAT)
    assert "about The Trace" in [each.text().strip() for each in result.findChildren(QToolButton)]
    by_text = {each.text(): each for each in result.about_menu().actions()}
    for text, about in (("About Ebbinghaus", "Ebbinghaus"), ("As It Is Written", None)):
        with qtbot.waitSignal(tab.answered):
            by_text[text].trigger()
        assert library.asked[-1] == (WHAT, None)
        assert library.abouts[-1] == about


def _past(tab: AskTab) -> list[PastTurn]:
    return [each for each in tab.findChildren(PastTurn) if each.isVisible()]


def _question(tab: AskTab) -> str:
    return tab.answer.question if tab.answer is not None else ""


def test_c1_the_turns_of_a_thread_stay_on_the_page(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    _ask(qtbot, tab, WHEN)
    assert tab.composer.field.text() == ""
    result = _ask(qtbot, tab, WHAT)
    (past,) = _past(tab)
    assert WHEN in _texts(past)
    assert "1885" in _texts(past)
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
    assert WHAT in _texts(later)
    tab.new_thread()
    assert _past(tab) == []
    assert _question(tab) == ""
    _ask(qtbot, tab, WHAT)
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
    shown = _texts(_ask(qtbot, tab, WHAT))
    assert back in shown
    assert "No answer found" not in shown


def test_r9_a_source_to_be_asked_alone_shows_what_it_is_about_and_what_to_ask(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    about = library.prepared[WHAT]
    assert isinstance(about, Answer)
    library.introductions[1] = Introduction(about, (WHEN, WHAT))
    tab.composer.ask_sources([1], "The Trace")
    qtbot.waitUntil(lambda: tab.result is not None)
    shown = _texts(tab)
    assert "Sleep settles it." in _said(tab)
    assert WHEN in shown
    button = next(b for b in tab.findChildren(QPushButton) if b.text().strip() == WHEN)
    with qtbot.waitSignal(tab.answered):
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
    qtbot.waitUntil(lambda: newest.title in _texts(tab))
    assert "Sleep settles it." in _said(tab)
    before = tab.result
    tab.hide()
    tab.show()
    assert tab.result is before  # coming back makes nothing anew
    button = next(b for b in tab.findChildren(QPushButton) if b.text().strip() == WHEN)
    with qtbot.waitSignal(tab.answered):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    # The question is asked of the source that it was offered for, and of no other.
    assert tab.composer.sources == (newest.id,)
    assert tab.answer is not None
    assert tab.answer.value == "1885"
    tab.new_thread()
    qtbot.waitUntil(lambda: newest.title in _texts(tab))


def _said(tab: AskTab) -> str:
    assert tab.result is not None
    assert tab.result.answer_view is not None
    return tab.result.answer_view.toPlainText()


def test_a6_quotes_are_ranked_and_labelled_quotes(qtbot: QtBot, tab: AskTab) -> None:
    result = _ask(qtbot, tab, WHAT)
    assert result.title.text() == WHAT
    assert result.mode.text() == "Answer"
    assert result.mode.isVisible()
    assert result.answer_view is not None
    assert "Sleep settles it." in result.answer_view.toPlainText()
    assert [card.evidence.n for card in result.evidence.cards] == [1, 2, 3]
    scores = [card.evidence.score for card in result.evidence.cards]
    assert scores == sorted(scores, reverse=True)


def test_a_question_of_fifty_thousand_letters_is_asked_whole_and_shown_short(
    qtbot: QtBot, tab: AskTab
) -> None:
    question = f"What did she find {'in the fog of the sea ' * 2300}?"
    tab.composer.field.setText(question)
    with qtbot.waitSignal(tab.answered):
        # So long a line would be remembered by Enter; with Alt it is asked.
        QTest.keyClick(tab.composer.field, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert tab.answer is not None
    assert tab.answer.question == question
    assert tab.result is not None
    assert len(tab.result.title.text()) < 500
    assert tab.result.title.text().startswith("What did she find in the fog")


def test_the_value_stands_large_where_there_is_one(qtbot: QtBot, tab: AskTab) -> None:
    result = _ask(qtbot, tab, WHEN)
    assert result.value.text() == "1885"
    assert result.value.isVisible()
    assert result.value.font().pixelSize() > result.title.font().pixelSize()
    assert not _ask(qtbot, tab, WHAT).value.isVisible()


def test_a9_coverage_is_told(qtbot: QtBot, tab: AskTab) -> None:
    result = _ask(qtbot, tab, WHAT)
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
    assert note in _texts(_ask(qtbot, tab, WHAT))


def test_a7_nothing_relevant_says_so_and_lists_the_nearest(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    full = library.answer("x", [library.quote(1, "Sleep settles it.", 1, score=0.12)])
    asked = "Who won the cup?"
    library.prepared[asked] = replace(
        full, question=asked, abstained=True, sentences=(), suggestion="Ask everything instead."
    )
    tab.composer.set_scope("Thesis")
    result = _ask(qtbot, tab, asked)
    words = _texts(result)
    assert "No answer found" in words
    assert "Ask everything instead." in words
    assert "Closest passages" in words
    assert not any("%" in each for each in words)
    card = result.evidence.cards[0]
    card.why_button.click()
    assert any("12\u202f% likely" in each for each in _texts(card))
    assert "Evidence" not in words
    assert result.answer_view is None
    assert len(result.evidence.cards) == 1
    with qtbot.waitSignal(tab.answered):
        next(b for b in result.findChildren(QPushButton) if b.text() == "Search everything").click()
    assert library.asked[-2:] == [(asked, "Thesis"), (asked, None)]
    assert tab.composer.scope is None


def test_c4_three_words_say_how_certain_an_answer_is_and_numbers_only_why(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    sure = library.prepared[WHAT]
    assert isinstance(sure, Answer)
    said = {}
    for confidence, silent in ((0.9, False), (0.2, False), (0.2, True)):
        library.prepared[WHAT] = replace(
            sure, confidence=confidence, abstained=silent,
            sentences=() if silent else sure.sentences,
        )  # fmt: skip
        result = _ask(qtbot, tab, WHAT)
        said[confidence, silent] = result.mode.text()
        shown = [*_texts(result), *(each.accessibleName() for each in result.evidence.cards)]
        assert not [each for each in shown if "%" in each or "per cent" in each]
        card = result.evidence.cards[0]
        card.why_button.click()
        assert any("% likely" in each for each in _texts(card))
    assert list(said.values()) == ["Answer", "Possible answer", "Closest passages"]


def test_a2_marks_outside_the_evidence_never_appear(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    found = library.prepared[WHAT]
    assert isinstance(found, Answer)
    sentences = (
        AnswerSentence("Sleep settles it.", (1, 7)),
        AnswerSentence("Nobody knows why.", (), supported=False),
    )
    library.prepared[WHAT] = replace(found, mode="written", sentences=sentences)
    result = _ask(qtbot, tab, WHAT)
    assert result.answer_view is not None
    assert result.answer_view.citations() == [1]
    shown = result.answer_view.toPlainText()
    assert "7" not in shown
    assert "○\u00a0Unsupported" in shown.replace(" ", "\u00a0")
    assert "1 sentence without evidence" in _texts(result)


def test_a3_click_on_a_citation_opens_its_evidence(qtbot: QtBot, tab: AskTab) -> None:
    result = _ask(qtbot, tab, WHAT)
    view = result.answer_view
    assert view is not None
    position = next(p for href, p, _ in view.anchors() if href == "cite:2")
    place = view.chip_rect(position, 3)
    with qtbot.waitSignal(tab.open_evidence) as caught:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place.center().toPoint())
    assert caught.args == [result.answer, 2]
    assert result.evidence.current == 2


def test_a3_tab_reaches_a_citation_and_enter_opens_it(qtbot: QtBot, tab: AskTab) -> None:
    result = _ask(qtbot, tab, WHAT)
    view = result.answer_view
    assert view is not None
    view.setFocus(Qt.FocusReason.TabFocusReason)
    opened: list[int] = []
    tab.open_evidence.connect(lambda _answer, n: opened.append(n))
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Tab)
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert len(set(opened)) >= 2
    assert set(opened) <= {1, 2, 3}


def test_chips_of_right_to_left_sentences_lie_under_their_digits(qtbot: QtBot, tab: AskTab) -> None:
    result = _ask(qtbot, tab, WHAT)
    view = result.answer_view
    assert view is not None
    position, length = next((p, n) for href, p, n in view.anchors() if href == "cite:3")
    place = view.chip_rect(position, length)
    assert place.width() > 8
    assert view.anchorAt(place.center().toPoint()) == "cite:3"


def test_cards_are_walked_opened_and_shown_by_keyboard(qtbot: QtBot, tab: AskTab) -> None:
    result = _ask(qtbot, tab, WHAT)
    cards = result.evidence.cards
    assert cards[0].selected
    cards[0].setFocus()
    with qtbot.waitSignal(tab.inspect) as caught:
        QTest.keyClick(cards[0], Qt.Key.Key_Down)
    assert caught.args == [cards[1].evidence]
    assert [card.selected for card in cards] == [False, True, False]
    assert QApplication.focusWidget() is cards[1]
    with qtbot.waitSignal(tab.open_evidence) as caught:
        QTest.keyClick(cards[1], Qt.Key.Key_Return)
    assert caught.args == [result.answer, 2]
    QTest.keyClick(cards[1], Qt.Key.Key_Up)
    assert QApplication.focusWidget() is cards[0]
    cards[2].setFocus()
    QTest.keyClick(cards[2], Qt.Key.Key_Space)
    assert result.evidence.current == 3


def test_down_leads_from_the_question_to_the_evidence_and_up_back(
    qtbot: QtBot, tab: AskTab
) -> None:
    tab.resize(600, 360)
    result = _ask(qtbot, tab, WHAT)
    field, cards = tab.composer.field, result.evidence.cards
    QTest.keyClick(field, Qt.Key.Key_Down)
    for card in cards:
        assert QApplication.focusWidget() is card
        top = card.mapTo(tab, card.rect().topLeft()).y()
        assert 0 <= top < tab.composer.y()
        QTest.keyClick(card, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is cards[-1]
    for card in reversed(cards):
        QTest.keyClick(card, Qt.Key.Key_Up)
    assert QApplication.focusWidget() is field


def test_an_opened_card_is_the_selected_one(qtbot: QtBot, tab: AskTab) -> None:
    result = _ask(qtbot, tab, WHAT)
    with qtbot.waitSignals([tab.open_evidence, tab.inspect]):
        result.evidence.cards[2].open_button.click()
    assert result.evidence.current == 3


def test_a_card_names_number_title_place_and_probability(qtbot: QtBot, tab: AskTab) -> None:
    card = _ask(qtbot, tab, WHAT).evidence.cards[0]
    assert card.accessibleName() == "Evidence 1, The Trace, ch. 9"
    assert card.accessibleDescription() == "Sleep settles it."
    assert card.open_button.text() == "Open chapter 9"
    card.copy_button.click()
    assert QGuiApplication.clipboard().text() == "“Sleep settles it.” (A. Writer, The Trace, ch. 9)"


def test_A10_a_card_shows_when_asked_four_bars_and_why_it_is_here(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    plain = library.prepared[WHAT]
    assert isinstance(plain, Answer)
    first, *others = plain.evidence
    reasons = ("Words of the question: sleep.", "Reached over “debt”.")
    met = replace(first, tiers={**first.tiers, "graph": 0.4}, reasons=reasons)
    library.prepared[WHAT] = replace(plain, evidence=(met, *others))
    cards = _ask(qtbot, tab, WHAT).evidence.cards
    assert [card.bars.accessibleName() for card in cards[:2]] == [
        "Found by Words 90 per cent, Links 40 per cent; not by Meaning, Spikes",
        "Found by Words 90 per cent; not by Meaning, Links, Spikes",
    ]
    assert not cards[0].bars.isVisible()
    cards[0].why_button.click()
    assert cards[0].bars.isVisible()
    said = [text.strip("\u2066\u2069") for text in _texts(cards[0])]
    assert set(reasons) <= set(said)


def test_A10_a_card_leads_to_the_other_places_that_say_the_same(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    plain = library.prepared[WHAT]
    assert isinstance(plain, Answer)
    first, *others = plain.evidence
    assert _ask(qtbot, tab, WHAT).evidence.cards[0].places is None
    there = tuple(Elsewhere(90 + n, n, f"Notes & {n}", None, 10 * n, 10 * n + 5) for n in (7, 8))
    met = replace(first, elsewhere=there, places=1_500)
    library.prepared[WHAT] = replace(plain, evidence=(met, *others))
    places = _ask(qtbot, tab, WHAT).evidence.cards[0].places
    assert places is not None
    assert places.button.text() == "1500 other places say the same…"
    one, two, more = places.menu().actions()
    assert (one.text(), two.text()) == ("Notes && 7", "Notes && 8")
    assert more.text().startswith("and 1")
    assert not more.isEnabled()
    with qtbot.waitSignal(tab.sentence_requested) as opened:
        two.trigger()
    assert opened.args == [8, 80, 85]


def test_s13_the_marker_lies_on_the_cited_sentence_of_a_card(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    quote = "Sleep settles it. It rests."
    evidence = [library.quote(1, quote, 1), library.quote(1, "In 1885 he published.", 2)]
    answer = library.answer(WHAT, evidence)
    library.prepared[WHAT] = replace(answer, sentences=(AnswerSentence("It rests.", (1,)),))
    result = _ask(qtbot, tab, WHAT)
    cited, other = (card.quote for card in result.evidence.cards)
    assert [quote[a:b] for a, b in cited.marks] == ["It rests."]
    assert cited.strong == ((0, 5),)
    assert other.marks == ()
    assert other.strong == ((0, 2),)
    assert result.answer_view is not None
    preview = result.answer_view.document().toHtml()
    assert "It rests." in preview
    marker = theme.colour("marker")
    for shown, yellow in ((cited, True), (other, False)):
        image = shown.grab().toImage()
        places = product(range(image.width()), range(image.height()))
        assert any(image.pixelColor(x, y) == marker for x, y in places) is yellow


@pytest.mark.parametrize("narrow", [False, True])
def test_the_round_end_of_the_last_bar_is_not_cut_off(
    qtbot: QtBot, jobs: Jobs, narrow: bool
) -> None:
    bars = TierBars({"lexical": 1.0, "semantic": 1.0, "graph": 1.0, "spiking": 1.0})
    qtbot.addWidget(bars)
    bars.set_narrow(narrow)
    picture, accent = bars.grab().toImage(), theme.colour("accent").rgb()
    last = picture.width() - 1
    assert not any(picture.pixel(last, y) == accent for y in range(picture.height()))
    middle = range(picture.height())
    assert any(picture.pixel(last - 4, y) == accent for y in middle)


def test_bars_mirror_where_the_window_runs_from_right_to_left(
    qtbot: QtBot, qapp: QApplication
) -> None:
    theme.apply(qapp, "light")
    filled = theme.colour("accent")

    def centre(direction: Qt.LayoutDirection) -> float:
        bars = TierBars({"lexical": 1.0, "semantic": 0.0})
        qtbot.addWidget(bars)
        bars.setLayoutDirection(direction)
        image = bars.grab().toImage()
        xs = [
            x
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y) == filled
        ]
        assert xs
        return sum(xs) / len(xs) / image.width()

    left, right = map(centre, (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft))
    assert left < 0.5 < right
    assert abs(left + right - 1) < 0.05


def test_no_citation_stands_alone_on_a_line(qtbot: QtBot, tab: AskTab) -> None:
    view = _ask(qtbot, tab, WHAT).answer_view
    assert view is not None
    for width in range(170, 420, 7):
        view.setFixedWidth(width)
        QApplication.processEvents()
        for _, position, length in view.anchors():
            block = view.document().findBlock(position)
            line = block.layout().lineForTextPosition(position - block.position())
            words = block.text()[line.textStart() : position - block.position()]
            assert words.strip()
            assert line.textLength() >= length


def test_a_value_stands_on_the_side_of_its_words(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    library.answer("متى؟", [library.quote(2, ARABIC, 1)], value="1885")
    right = _ask(qtbot, tab, "متى؟").value.alignment()
    left = _ask(qtbot, tab, WHEN).value.alignment()
    assert right & Qt.AlignmentFlag.AlignRight
    assert left & Qt.AlignmentFlag.AlignLeft


@pytest.mark.parametrize("question", ["?", "🧠🧠", "… – !"])
def test_a_question_without_words_is_told_in_place(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary, question: str
) -> None:
    tab.composer.field.setText(question)
    QTest.keyClick(tab.composer.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: f"“{question}” has no words to search for" in _texts(tab))
    assert "Try again" not in _texts(tab)
    assert library.asked == []
    assert _ask(qtbot, tab, WHEN).value.text() == "1885"


def test_what_was_told_of_a_question_stays_while_the_library_changes(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    told = "“🧠🧠” has no words to search for"
    tab.composer.field.setText("🧠🧠")
    QTest.keyClick(tab.composer.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: told in _texts(tab))
    library.put("Another", [("1", "It was found.")], collections=["Newly made"])
    qtbot.waitUntil(lambda: "Newly made" in tab.composer._collections)
    assert told in _texts(tab)


def test_s8_without_a_library_one_is_led_to_adding(qtbot: QtBot, jobs: Jobs) -> None:
    tab = AskTab(None, jobs)
    qtbot.addWidget(tab)
    tab.resize(800, 600)
    tab.show()
    qtbot.waitExposed(tab)
    assert "Add a source first. You can ask while it is still being read." in _texts(tab)
    assert not tab.composer.ready
    tab.focus_question()
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QPushButton))
    focused = QApplication.focusWidget()
    assert focused is not None
    with qtbot.waitSignal(tab.add_requested):
        QTest.keyClick(focused, Qt.Key.Key_Space)
    sample = next(b for b in tab.findChildren(QPushButton) if b.text() == "Try with a sample")
    with qtbot.waitSignal(tab.sample_requested):
        sample.click()


def test_s8_a_library_that_cannot_be_opened_is_told_with_the_way_to_it(
    qtbot: QtBot, jobs: Jobs, library: FakeLibrary
) -> None:
    tab = AskTab(None, jobs)
    qtbot.addWidget(tab)
    tab.resize(800, 600)
    tab.show()
    qtbot.waitExposed(tab)
    tab.show_opening()
    qtbot.waitUntil(lambda: "Opening the library…" in _texts(tab))
    tab.show_trouble(WorkbenchError("The library is damaged.", "Restore a backup of it."))
    qtbot.waitUntil(lambda: "The library is damaged. Restore a backup of it." in _texts(tab))
    assert "Add files…" not in _texts(tab)
    look = next(b for b in tab.findChildren(QPushButton) if b.text().strip() == "Go to Library")
    with qtbot.waitSignal(tab.library_requested):
        look.click()
    tab.set_library(as_library(library))
    qtbot.waitUntil(lambda: "The library is damaged. Restore a backup of it." not in _texts(tab))
    assert tab.composer.ready


def test_copy_with_references_is_markdown(qtbot: QtBot, tab: AskTab) -> None:
    result = _ask(qtbot, tab, WHEN)
    copies = [b for b in result.findChildren(QPushButton) if "references" in b.text()]
    copies[0].click()
    assert QGuiApplication.clipboard().text() == (
        f"## {WHEN}\n\n**1885**\n\n> In 1885 he published. [1]\n\n"
        "1. A. Writer, *The Trace*, ch. 1: “In 1885 he published.”\n"
    )


def test_asking_never_waits_and_esc_stops_it(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    kept = _ask(qtbot, tab, WHEN).answer
    library.gate.clear()
    tab.composer.field.setText(WHAT)
    QTest.keyClick(tab.composer.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(library.asked) == 2)
    qtbot.waitUntil(lambda: "Looking through 2 passages…" in _texts(tab))
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
    assert [one.question for one in tab.history] == [WHEN]


def test_an_empty_question_asks_nothing(tab: AskTab, library: FakeLibrary) -> None:
    tab.composer.field.setText("   ")
    QTest.keyClick(tab.composer.field, Qt.Key.Key_Return)
    assert library.asked == []


def test_ctrl_enter_asks(qtbot: QtBot, tab: AskTab) -> None:
    tab.composer.field.setText(WHEN)
    with qtbot.waitSignal(tab.answered):
        QTest.keyClick(tab.composer.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a8_scope_goes_with_the_question_and_is_shown(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    chips = tab.composer.scopes.findChildren(QToolButton)
    assert [each.text().strip() for each in chips] == ["Teaching", "Thesis", "Everything"]
    QTest.mouseClick(chips[1], Qt.MouseButton.LeftButton)
    assert tab.composer.scope == "Thesis"
    assert tab.composer.scope_name == "Thesis"
    result = _ask(qtbot, tab, WHAT)
    assert result.answer.scope["collection"] == "Thesis"
    tab.composer.set_scope(None)
    _ask(qtbot, tab, WHEN)
    assert library.asked == [(WHAT, "Thesis"), (WHEN, None)]


def test_a_scope_that_is_gone_becomes_everything(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    tab.composer.set_scope("Thesis")
    library.names.remove("Thesis")
    library.tell("collections")
    qtbot.waitUntil(lambda: tab.composer.scope is None)


def test_questions_asked_before_come_back(qtbot: QtBot, tab: AskTab, library: FakeLibrary) -> None:
    _ask(qtbot, tab, WHAT)
    _ask(qtbot, tab, WHEN)
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
    qtbot.waitUntil(lambda: "The library is busy." in _texts(tab))
    words = _texts(tab)
    assert "Ask again in a moment." in words
    library.prepared["broken"] = library.prepared[WHEN]
    again = next(b for b in tab.findChildren(QPushButton) if b.text() == "Try again")
    with qtbot.waitSignal(tab.answered):
        again.click()


def test_the_evidence_that_the_answer_stands_on_is_selected(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    made = library.prepared[WHAT]
    assert isinstance(made, Answer)
    cited = (AnswerSentence("In 1885 he published.", (2,)),)
    library.prepared[WHAT] = replace(made, sentences=cited)
    with qtbot.waitSignal(tab.inspect, check_params_cb=lambda shown: shown is not None):
        result = _ask(qtbot, tab, WHAT)
    assert result.evidence.current == 2
    assert tab.selected == made.evidence[1]


def test_an_empty_library_leads_to_adding(qtbot: QtBot, jobs: Jobs) -> None:
    library = FakeLibrary()
    tab = AskTab(as_library(library), jobs)
    qtbot.addWidget(tab)
    tab.resize(800, 600)
    tab.show()

    def press(text: str) -> None:
        next(b for b in tab.findChildren(QPushButton) if b.text().strip() == text).click()

    qtbot.waitUntil(lambda: "Add files…" in _texts(tab))
    assert any("Add a source first." in text for text in _texts(tab))
    with qtbot.waitSignal(tab.add_requested):
        press("Add files…")
    with qtbot.waitSignal(tab.sample_requested):
        press("Try with a sample")
    library.add_sample()
    qtbot.waitUntil(lambda: any(text.startswith("1 source, 1 passage.") for text in _texts(tab)))
    assert "Add files…" not in _texts(tab)


def test_answers_follow_the_theme_while_on_screen(
    qtbot: QtBot, qapp: QApplication, tab: AskTab
) -> None:
    result = _ask(qtbot, tab, WHAT)
    view = result.answer_view
    assert view is not None

    def ink() -> str:
        cursor = view.textCursor()
        cursor.setPosition(3)
        return cursor.charFormat().foreground().color().name().upper()

    assert ink() == theme.THEMES["light"].text
    theme.apply(qapp, "dark")
    qtbot.waitUntil(lambda: ink() == theme.THEMES["dark"].text)
    theme.apply(qapp, "light")


def test_the_answer_grows_with_its_words_and_is_never_cut(qtbot: QtBot, tab: AskTab) -> None:
    view = _ask(qtbot, tab, WHAT).answer_view
    assert view is not None
    for width in (480, 1100):
        tab.resize(width, 640)
        QApplication.processEvents()
        assert view.height() >= view.document().size().height()
        assert view.verticalScrollBar().maximum() == 0


def test_hovering_a_citation_previews_the_quote(qtbot: QtBot, tab: AskTab) -> None:
    view = _ask(qtbot, tab, WHAT).answer_view
    assert view is not None
    cursor = view.textCursor()
    cursor.setPosition(next(p for href, p, _ in view.anchors() if href == "cite:1") + 1)
    shown = cursor.charFormat().toolTip()
    assert "The Trace" in shown
    assert "Sleep settles it." in shown


def test_k2_every_control_of_the_answer_has_an_accessible_name(qtbot: QtBot, tab: AskTab) -> None:
    _ask(qtbot, tab, WHAT)
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
    result = _ask(qtbot, tab, WHAT)
    cards = result.evidence.cards

    def inside(part: QWidget) -> bool:
        return part.mapTo(tab, part.rect().bottomRight()).x() <= tab.width()

    def apart(card: EvidenceCard) -> bool:
        bars, copy = card.bars.geometry(), card.copy_button.geometry()
        return bars.right() < copy.left() or bars.bottom() < copy.top()

    parts = (result, *cards, *(card.open_button for card in cards))
    # A layout that wraps comes to rest after a few rounds of events.
    qtbot.waitUntil(lambda: all(map(inside, parts)) and all(map(apart, cards)))
    theme.zoom(qapp, 1.0)


def test_another_library_forgets_what_was_asked(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    _ask(qtbot, tab, WHAT)
    other = FakeLibrary()
    tab.set_library(as_library(other))
    assert tab.answer is None
    assert tab.history == ()
    library.tell("sources")
    qtbot.waitUntil(lambda: "Add files…" in _texts(tab))


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_a10_a_card_shows_what_led_to_its_quote_and_each_step_opens_its_sentence(
    qtbot: QtBot, qapp: QApplication, tab: AskTab, library: FakeLibrary, zoom: float
) -> None:
    question = "Whose lists settle the debt?"
    text = library.books[1].text
    said = "In 1885 he published."
    start = text.index(said)
    step = Step("H. Ebbinghaus & Sons", 1, said, 1, "The Trace", start, start + len(said))
    quote = library.quote(1, "Sleep settles it.", 2)
    last = Step("", 2, quote.quote, 1, "The Trace", quote.locator.start, quote.locator.end)
    library.answer(question, [library.quote(1, said, 1), replace(quote, path=(step, last))])
    theme.zoom(qapp, zoom)
    try:
        first, second = _ask(qtbot, tab, question).evidence.cards
        assert first.way is None
        assert second.way is not None
        (shown,) = second.way.buttons
        assert shown.accessibleName() == "Step 1 of 1: H. Ebbinghaus & Sons, in The Trace"
        assert said in shown.toolTip()
        assert shown.width() <= second.width()
        with qtbot.waitSignal(tab.sentence_requested) as asked_for:
            shown.setFocus()
            QTest.keyClick(shown, Qt.Key.Key_Space)
        assert asked_for.args == [1, start, start + len(said)]
    finally:
        theme.zoom(qapp, 1.0)
