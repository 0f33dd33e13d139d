"""An answer and the cards of its evidence, over a library in memory."""

from dataclasses import replace
from itertools import product

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.ask.asking import ARABIC, WHAT, WHEN, ask, texts
from tests.ui.fake_library import FakeLibrary
from workbench.recall.records import MARKED, Answer, AnswerSentence, Elsewhere, Step
from workbench.ui import theme
from workbench.ui.ask.evidence_cards import TierBars
from workbench.ui.ask.tab import AskTab
from workbench.ui.components.controls import ShareBar

#: Qt's offscreen plugin says so of every window with a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_a6_quotes_are_ranked_and_labelled_quotes(qtbot: QtBot, tab: AskTab) -> None:
    result = ask(qtbot, tab, WHAT)
    assert result.title.text() == WHAT
    assert result.mode.text() == "Answer"
    assert result.mode.isVisible()
    assert result.answer_view is not None
    assert "Sleep settles it." in result.answer_view.toPlainText()
    assert [card.evidence.n for card in result.evidence.cards] == [1, 2, 3]
    scores = [card.evidence.score for card in result.evidence.cards]
    assert scores == sorted(scores, reverse=True)


def test_the_value_stands_large_where_there_is_one(qtbot: QtBot, tab: AskTab) -> None:
    result = ask(qtbot, tab, WHEN)
    assert result.value.text() == "1885"
    assert result.value.isVisible()
    assert result.value.font().pixelSize() > result.title.font().pixelSize()
    assert not ask(qtbot, tab, WHAT).value.isVisible()


def test_a7_nothing_relevant_says_so_and_lists_the_two_nearest(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    quotes = [library.quote(1, "Sleep settles it.", n, score=0.12) for n in (1, 2, 3)]
    full = library.answer("x", quotes)
    asked = "Who won the cup?"
    library.prepared[asked] = replace(
        full, question=asked, abstained=True, sentences=(), suggestion="Ask everything instead."
    )
    tab.composer.set_scope("Thesis")
    result = ask(qtbot, tab, asked)
    words = texts(result)
    assert "Not in your sources" in words
    assert "Ask everything instead." in words
    assert words.count("Closest passages") == 1
    assert not any("%" in each for each in words)
    assert [card.evidence.n for card in result.evidence.cards] == [1, 2]
    card = result.evidence.cards[0]
    card.why_button.click()
    assert any("12\u202f% likely" in each for each in texts(card))
    assert "Evidence" not in words
    assert result.answer_view is None
    with qtbot.waitSignal(tab.answer_received):
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
        result = ask(qtbot, tab, WHAT)
        words = texts(result)
        said[confidence, silent] = [
            each for each in ("Answer", "May answer", "Closest passages") if each in words
        ]
        shown = [*words, *(each.accessibleName() for each in result.evidence.cards)]
        assert not [each for each in shown if "%" in each or "per cent" in each]
        card = result.evidence.cards[0]
        card.why_button.click()
        assert any("% likely" in each for each in texts(card))
    assert list(said.values()) == [["Answer"], ["May answer"], ["Closest passages"]]


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
    result = ask(qtbot, tab, WHAT)
    assert result.answer_view is not None
    assert result.answer_view.citations() == [1]
    shown = result.answer_view.toPlainText()
    assert "7" not in shown
    assert "○\u00a0Unsupported" in shown.replace(" ", "\u00a0")
    assert "1 sentence without evidence" in texts(result)


def test_a3_click_on_a_citation_opens_its_evidence(qtbot: QtBot, tab: AskTab) -> None:
    result = ask(qtbot, tab, WHAT)
    view = result.answer_view
    assert view is not None
    position = next(p for href, p, _ in view.anchors() if href == "cite:2")
    place = view.chip_rect(position, 3)
    with qtbot.waitSignal(tab.open_evidence) as caught:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place.center().toPoint())
    assert caught.args == [result.answer, 2]
    assert result.evidence.current == 2


def test_a3_tab_reaches_a_citation_and_enter_opens_it(qtbot: QtBot, tab: AskTab) -> None:
    result = ask(qtbot, tab, WHAT)
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
    result = ask(qtbot, tab, WHAT)
    view = result.answer_view
    assert view is not None
    position, length = next((p, n) for href, p, n in view.anchors() if href == "cite:3")
    place = view.chip_rect(position, length)
    assert place.width() > 8
    assert view.anchorAt(place.center().toPoint()) == "cite:3"


def test_cards_are_walked_opened_and_shown_by_keyboard(qtbot: QtBot, tab: AskTab) -> None:
    result = ask(qtbot, tab, WHAT)
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
    result = ask(qtbot, tab, WHAT)
    field, cards = tab.composer.field, result.evidence.cards
    QTest.keyClick(field, Qt.Key.Key_Down)
    for card in cards:
        assert QApplication.focusWidget() is card
        top = card.mapTo(tab, card.rect().topLeft()).y()
        assert 0 <= top < tab.composer.mapTo(tab, QPoint()).y()
        QTest.keyClick(card, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is cards[-1]
    for card in reversed(cards):
        QTest.keyClick(card, Qt.Key.Key_Up)
    assert QApplication.focusWidget() is field


def test_an_opened_card_is_the_selected_one(qtbot: QtBot, tab: AskTab) -> None:
    result = ask(qtbot, tab, WHAT)
    with qtbot.waitSignals([tab.open_evidence, tab.inspect]):
        result.evidence.cards[2].open_button.click()
    assert result.evidence.current == 3


def test_a_card_names_number_title_place_and_probability(qtbot: QtBot, tab: AskTab) -> None:
    card = ask(qtbot, tab, WHAT).evidence.cards[0]
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
    cards = ask(qtbot, tab, WHAT).evidence.cards
    assert [card.bars.accessibleName() for card in cards[:2]] == [
        "Found by Words 90 per cent, Links 40 per cent; not by Meaning",
        "Found by Words 90 per cent; not by Meaning, Links",
    ]
    assert not cards[0].bars.isVisible()
    cards[0].why_button.click()
    assert cards[0].bars.isVisible()
    said = [text.strip("\u2066\u2069") for text in texts(cards[0])]
    assert set(reasons) <= set(said)


def test_A10_a_card_leads_to_the_other_places_that_say_the_same(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    plain = library.prepared[WHAT]
    assert isinstance(plain, Answer)
    first, *others = plain.evidence
    assert ask(qtbot, tab, WHAT).evidence.cards[0].places is None
    there = tuple(Elsewhere(90 + n, n, f"Notes & {n}", None, 10 * n, 10 * n + 5) for n in (7, 8))
    met = replace(first, elsewhere=there, places=1_500)
    library.prepared[WHAT] = replace(plain, evidence=(met, *others))
    places = ask(qtbot, tab, WHAT).evidence.cards[0].places
    assert places is not None
    assert places.button.text() == "1500 other places say the same…"
    one, two, more = places.menu().actions()
    assert (one.text(), two.text()) == ("Notes && 7", "Notes && 8")
    assert more.text().startswith("and 1")
    assert not more.isEnabled()
    with qtbot.waitSignal(tab.wanted.sentence) as opened:
        two.trigger()
    assert opened.args == [8, 80, 85]


def test_s13_the_marker_lies_on_the_cited_sentence_of_a_card(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    quote = "Sleep settles it. It rests."
    evidence = [library.quote(1, quote, 1), library.quote(1, "In 1885 he published.", 2)]
    answer = library.answer(WHAT, evidence)
    library.prepared[WHAT] = replace(answer, sentences=(AnswerSentence("It rests.", (1,)),))
    result = ask(qtbot, tab, WHAT)
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


@pytest.mark.parametrize("wide", [150, 600])
def test_the_round_end_of_the_last_bar_is_not_cut_off(qtbot: QtBot, wide: int) -> None:
    bars = TierBars({"lexical": 1.0, "semantic": 1.0, "graph": 1.0, "spiking": 1.0})
    qtbot.addWidget(bars)
    bars.resize(wide, bars.heightForWidth(wide))
    bars.show()
    assert bars.grab().height() > 20 if wide < 200 else bars.height() < 40
    for each in bars.findChildren(ShareBar):
        assert bars.rect().contains(QRect(each.mapTo(bars, QPoint()), each.size()))


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
    view = ask(qtbot, tab, WHAT).answer_view
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
    right = ask(qtbot, tab, "متى؟").value.alignment()
    left = ask(qtbot, tab, WHEN).value.alignment()
    assert right & Qt.AlignmentFlag.AlignRight
    assert left & Qt.AlignmentFlag.AlignLeft


def test_copy_with_references_is_markdown(qtbot: QtBot, tab: AskTab) -> None:
    result = ask(qtbot, tab, WHEN)
    copies = [b for b in result.findChildren(QPushButton) if "references" in b.text()]
    copies[0].click()
    assert QGuiApplication.clipboard().text() == (
        f"## {WHEN}\n\n**1885**\n\n> In 1885 he published. [1]\n\n"
        "1. A. Writer, *The Trace*, ch. 1: “In 1885 he published.”\n"
    )


def test_the_evidence_that_the_answer_stands_on_is_selected(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    made = library.prepared[WHAT]
    assert isinstance(made, Answer)
    cited = (AnswerSentence("In 1885 he published.", (2,)),)
    library.prepared[WHAT] = replace(made, sentences=cited)
    with qtbot.waitSignal(tab.inspect, check_params_cb=lambda shown: shown is not None):
        result = ask(qtbot, tab, WHAT)
    assert result.evidence.current == 2
    assert tab.selected == made.evidence[1]


def test_answers_follow_the_theme_while_on_screen(
    qtbot: QtBot, qapp: QApplication, tab: AskTab
) -> None:
    result = ask(qtbot, tab, WHAT)
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
    view = ask(qtbot, tab, WHAT).answer_view
    assert view is not None
    for width in (480, 1100):
        tab.resize(width, 640)
        QApplication.processEvents()
        assert view.height() >= view.document().size().height()
        assert view.verticalScrollBar().maximum() == 0


def test_hovering_a_citation_previews_the_quote(qtbot: QtBot, tab: AskTab) -> None:
    view = ask(qtbot, tab, WHAT).answer_view
    assert view is not None
    cursor = view.textCursor()
    cursor.setPosition(next(p for href, p, _ in view.anchors() if href == "cite:1") + 1)
    shown = cursor.charFormat().toolTip()
    assert "The Trace" in shown
    assert "Sleep settles it." in shown


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
        first, second = ask(qtbot, tab, question).evidence.cards
        assert first.way is None
        assert second.way is not None
        (shown,) = second.way.buttons
        assert shown.accessibleName() == "Step 1 of 1: H. Ebbinghaus & Sons, in The Trace"
        assert said in shown.toolTip()
        assert shown.width() <= second.width()
        with qtbot.waitSignal(tab.wanted.sentence) as asked_for:
            shown.setFocus()
            QTest.keyClick(shown, Qt.Key.Key_Space)
        assert asked_for.args == [1, start, start + len(said)]
    finally:
        theme.zoom(qapp, 1.0)


def test_the_cards_of_a_long_answer_come_one_after_the_other(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    quotes = [library.quote(1, "Sleep settles it.", n) for n in range(1, 9)]
    full = library.answer("x", quotes)
    asked = "What is this book about?"
    sentence = AnswerSentence("Sleep settles it.", (7,), True)
    library.prepared[asked] = replace(full, question=asked, sentences=(sentence,))
    result = ask(qtbot, tab, asked)
    assert tab.selected is not None
    assert tab.selected.n == 7
    qtbot.waitUntil(lambda: len(result.evidence.cards) == 8)
    assert [card.evidence.n for card in result.evidence.cards if card.selected] == [7]
    assert [card.evidence.n for card in result.evidence.cards] == list(range(1, 9))


def test_a_card_says_that_its_quote_gives_orders(
    qtbot: QtBot, tab: AskTab, library: FakeLibrary
) -> None:
    quotes = [library.quote(1, "Sleep settles it.", n) for n in (1, 2)]
    marked = [quotes[0], replace(quotes[1], tags=(MARKED,))]
    library.prepared[WHAT] = library.answer(WHAT, marked)
    cards = ask(qtbot, tab, WHAT).evidence.cards
    said = [any("Gives orders to a program" in each for each in texts(card)) for card in cards]
    assert said == [False, True]
