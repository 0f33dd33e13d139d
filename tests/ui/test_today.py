"""Today: what waits for one, answered in place; over a real library."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fits import clipped
from tests.ui.looks import unnamed
from tests.ui.stage import button_of, came_to_rest, library_of, words_of
from workbench.library import Library
from workbench.library.options import Marks
from workbench.memory.kinds.records import Review
from workbench.settings import Settings
from workbench.ui import theme
from workbench.ui.ask.quote import QuoteText
from workbench.ui.memories.card_editor import CardEditor
from workbench.ui.today.reviewing import ReviewCard
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import ASK, READER, TODAY

DAY = 86_400.0
PORT = "Lisbon exports cork because the oak grows there."


def _put(window_path: object, *, source: bool = False) -> None:
    """Two memories that are due, two facts that contradict each other."""
    path = str(window_path)
    with Library.open(path, clock=lambda: time.time() - 6 * DAY) as library:
        library.facts.tell("My plan is basic.", at="2026-01-04")
        library.facts.tell("My plan is pro.", source="Ilona", at="2026-03-01")
        kept = library.facts.tell("The spare key lies under the pot.").new
        kept += library.facts.tell("The archive closes at four.").new
        if source:
            library.add_text(f"{PORT} Porto sells wine.", title="Ports")
            said = library.ask("What does Lisbon export?").evidence[0].engram
            kept = (said, *kept)
        library.memory.mark([*kept], Marks(review=True))


def _stocked(
    make_window: MakeWindow, qtbot: QtBot, *, source: bool = False, **options: object
) -> MainWindow:
    window = make_window(exists=False, tab=TODAY, **options)
    _put(window.shelf.path, source=source)
    window.shelf.start()
    tab = window.today_tab
    qtbot.waitUntil(lambda: tab.reviews is not None and bool(tab.conflicts))
    qtbot.waitUntil(lambda: _asked(window).isVisible() and window.jobs.busy == 0)
    return window


def _card(window: MainWindow) -> ReviewCard:
    card = window.today_tab.reviews
    assert card is not None
    return card


def _quotes(widget: QWidget) -> list[str]:
    return [quote.quote for quote in widget.findChildren(QuoteText)]


def _asked(window: MainWindow) -> QPushButton:
    """What the focus goes to: the answer, or the rating Good."""
    first = _card(window).first
    assert first is not None
    return first


def _review(window: MainWindow) -> Review:
    review = _card(window).review
    assert review is not None
    return review


@pytest.mark.slow
def test_the_window_begins_with_today_and_its_field(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(tab=TODAY)
    qtbot.waitUntil(lambda: window.today_tab.gathered is not None)
    assert window.tabs.currentIndex() == TODAY
    assert window.tabs.accessibleTabName(TODAY) == "Today"
    qtbot.waitUntil(window.today_tab.composer.field.hasFocus)
    qtbot.waitUntil(lambda: "Nothing to read yet" in words_of(window.today_tab))
    assert "Drop a book or paper here to start." in words_of(window.today_tab)
    # Sections without content are not shown.
    assert "Export to Anki" not in words_of(window.today_tab)
    assert not unnamed(window)


@pytest.mark.slow
def test_a_first_start_offers_what_leads_to_a_library(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(exists=False, tab=TODAY)
    qtbot.waitUntil(lambda: "Nothing to read yet" in words_of(window.today_tab))
    assert not window.today_tab.composer.ready
    assert button_of(window.today_tab, "Try with a sample").isEnabled()
    assert not unnamed(window)


@pytest.mark.slow
def test_the_field_asks_and_tells_as_the_ask_tab_does(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(tab=TODAY)
    qtbot.waitUntil(lambda: window.today_tab.composer.ready and window.ask_tab.composer.ready)
    field = window.today_tab.composer.field
    field.setText("My desk is by the window.")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.ask_tab.turn is not None)
    assert window.tabs.currentIndex() == ASK
    assert [fact.text for fact in library_of(window).facts.list()] == ["My desk is by the window."]
    window.navigate.show_tab(TODAY)
    field.setText("Where is my desk?")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.ask_tab.answer is not None)
    assert not field.text()
    window.navigate.show_tab(TODAY)
    window.today_tab.refresh()
    qtbot.waitUntil(lambda: "Continue reading" in words_of(window.today_tab))


@pytest.mark.slow
def test_cards_are_asked_one_after_the_other_and_a_rating_is_taken_back(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _stocked(make_window, qtbot)
    card, first = _card(window), _review(window)
    told = words_of(card)
    assert "new · 1 of 2" in told
    assert first.answer not in told
    _asked(window).setFocus()
    # A number rates nothing before the answer is seen.
    QTest.keyClick(_asked(window), Qt.Key.Key_4)
    QTest.keyClick(_asked(window), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: first.answer in words_of(card))
    presses = [press.accessibleName() for press in card.findChildren(QPushButton)]
    for name in ("Again, 10 minutes", "Hard, 15 minutes", "Good, 2 days", "Easy, 8 days"):
        assert name in presses
    assert _asked(window).accessibleName() == "Good, 2 days"
    qtbot.waitUntil(_asked(window).hasFocus)
    QTest.keyClick(_asked(window), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: card.review is not None and card.review.id != first.id)
    second = _review(window)
    qtbot.waitUntil(lambda: "due again on" in words_of(card))
    assert "new · 2 of 2" in words_of(card)
    QTest.keyClick(_asked(window), Qt.Key.Key_Space)
    QTest.keyClick(_asked(window), Qt.Key.Key_1)
    qtbot.waitUntil(lambda: card.review is None)
    reviews = library_of(window).memory.reviews
    assert [(r.state, r.times) for r in reviews(first.id, second.id)] in (
        [("review", 1), ("learning", 1)], [("learning", 1), ("review", 1)],
    )  # fmt: skip
    window.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: card.review is not None and card.review.id == second.id)
    assert reviews(second.id)[0].state == "new"
    qtbot.waitUntil(lambda: window.jobs.busy == 0)
    window.actions_by_name["redo"].trigger()
    qtbot.waitUntil(lambda: card.review is None)
    assert reviews(second.id)[0].lapses == 1


@pytest.mark.slow
def test_a_card_is_edited_where_it_is_asked(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = _stocked(make_window, qtbot)
    card, review = _card(window), _review(window)
    card.answer()
    qtbot.waitUntil(lambda: "Answer" in words_of(card))
    button_of(card, "Edit card").click()
    (editor,) = card.findChildren(CardEditor)
    assert editor.front.toPlainText() == review.front
    qtbot.waitUntil(editor.isVisible)
    assert not editor.answer.isVisible()
    editor.front.setPlainText("What of it?")
    assert editor.answer.isVisible()
    QTest.keyClicks(editor.answer, "12")
    QTest.keyClick(editor.answer, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "What of it?" in _quotes(card))
    (written,) = library_of(window).memory.reviews(review.id)
    assert (written.front, written.answer, written.times) == ("What of it?", "12", 0)
    qtbot.waitUntil(lambda: window.jobs.busy == 0)
    window.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: "What of it?" not in _quotes(card))
    assert library_of(window).memory.reviews(review.id)[0].front == review.front


@pytest.mark.slow
def test_a_skipped_card_comes_last(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = _stocked(make_window, qtbot)
    first = _review(window)
    button_of(_card(window), "Skip").click()
    second = _review(window)
    assert second != first
    qtbot.waitUntil(_asked(window).isVisible)
    button_of(_card(window), "Skip").click()
    assert _review(window) == first


@pytest.mark.slow
def test_a_card_is_put_off_until_tomorrow_and_that_is_undone(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _stocked(make_window, qtbot)
    card, first = _card(window), _review(window)
    button_of(card, "Not today").click()
    qtbot.waitUntil(lambda: card.review is not None and card.review.id != first.id)
    reviews = library_of(window).memory.reviews
    assert first.id not in [review.id for review in reviews()]
    assert reviews(first.id)[0].times == 0
    window.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: card.review is not None and card.review.id == first.id)


@pytest.mark.slow
def test_cards_are_reviewed_over_the_full_page(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = _stocked(make_window, qtbot)
    tab, first = window.today_tab, _review(window)
    button_of(tab, "Full page").click()
    assert "Contradictions" not in words_of(tab)
    assert not tab.composer.isVisible()
    assert _review(window) == first
    QTest.keyClick(_asked(window), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: first.answer in words_of(tab))
    back = next(b for b in tab.findChildren(QToolButton) if b.accessibleName() == "Back to Today")
    back.click()
    assert tab.composer.isVisible()
    qtbot.waitUntil(lambda: "Contradictions" in words_of(tab))


@pytest.mark.slow
def test_stopping_a_review_can_be_undone(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = _stocked(make_window, qtbot)
    card, review = _card(window), _review(window)
    card.answer()
    qtbot.waitUntil(lambda: "Answer" in words_of(card))
    button_of(card, "Stop asking").click()
    qtbot.waitUntil(lambda: card.review != review)
    due = library_of(window).memory.reviews
    assert due(review.id)[0].due is None
    window.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: due(review.id)[0].due is not None)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("word", "state", "stands"),
    [
        ("Keep newer", "newer", "My plan is pro."),
        ("Keep older", "older", "My plan is basic."),
        ("Both are true", "both", "My plan is pro."),
    ],
)
def test_a_contradiction_is_settled_and_opened_again(
    make_window: MakeWindow, qtbot: QtBot, word: str, state: str, stands: str
) -> None:
    window = _stocked(make_window, qtbot)
    (row,) = window.today_tab.conflicts
    told = words_of(row)
    assert "My plan is pro." in told
    assert "My plan is basic." in told
    assert "Newer · 1 March 2026 · Ilona" in told
    button_of(row, word).click()
    library = library_of(window)
    qtbot.waitUntil(lambda: library.facts.conflicts() == [])
    (settled,) = library.facts.conflicts(settled=True)
    assert settled.state == state
    current = [fact.text for fact in library.facts.list() if fact.current and "plan" in fact.text]
    assert stands in current
    undo = "Undo"
    qtbot.waitUntil(lambda: undo in [b.text().strip() for b in row.findChildren(QPushButton)])
    next(b for b in row.findChildren(QPushButton) if b.text().strip() == undo).click()
    qtbot.waitUntil(lambda: len(library.facts.conflicts()) == 1)
    qtbot.waitUntil(lambda: word in [b.text() for b in row.findChildren(QPushButton)])


@pytest.mark.slow
def test_a_sentence_that_is_due_opens_in_its_place(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = _stocked(make_window, qtbot, source=True)
    card = _card(window)
    while _review(window).source is None:
        button_of(card, "Skip").click()
        qtbot.waitUntil(_asked(window).isVisible)
    card.answer()
    qtbot.waitUntil(lambda: "Answer" in words_of(card))
    assert "Ports" in words_of(card)
    button_of(card, "Open").click()
    qtbot.waitUntil(lambda: window.tabs.currentIndex() == READER)
    qtbot.waitUntil(lambda: bool(window.reader_tab.highlighted_words()))
    assert window.reader_tab.highlighted_words() == PORT


@pytest.mark.slow
def test_what_comes_while_one_reads_is_announced_and_moves_nothing(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _stocked(make_window, qtbot)
    tab = window.today_tab
    before = tab.reviews
    _asked(window).setFocus()
    library = library_of(window)
    library.facts.tell("We use Postgres for billing.", at="2026-01-01")
    library.facts.tell("We do not use Postgres for billing.", source="Rolf", at="2026-02-01")
    # What one person changes is no contradiction.
    library.facts.tell("The lamp is green.", at="2026-01-01")
    library.facts.tell("The lamp is blue.", at="2026-02-01")
    window.shelf.refresh()
    news = next(b for b in tab.findChildren(QPushButton) if b.text().strip() == "Show what is new")
    qtbot.waitUntil(news.isVisible)
    assert tab.reviews == before
    news.click()
    assert len(tab.conflicts) == 2


@pytest.mark.slow
def test_what_failed_and_where_one_was_are_there(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = _stocked(make_window, qtbot, source=True)
    locked = window.shelf.path.with_name("empty.txt")
    locked.write_text("")
    window.adding.add([locked])
    tab = window.today_tab
    qtbot.waitUntil(lambda: "Needs attention" in words_of(tab), timeout=30_000)
    assert "empty.txt: " in words_of(tab)
    blank = locked.with_name("blank.txt")
    blank.write_text(" ")
    window.adding.add([blank])
    qtbot.waitUntil(lambda: "2 could not be read" in words_of(tab), timeout=30_000)
    # What was never opened is offered; once it is, it says how far one is.
    assert "Start reading" in words_of(tab)
    assert "Not opened yet" in words_of(tab)
    source = window.shelf.sources[0].id
    window.navigate.open_source(source)
    qtbot.waitUntil(lambda: window.reader_tab.source_id == source)
    window.navigate.show_tab(TODAY)
    qtbot.waitUntil(lambda: "Continue reading" in words_of(tab))
    assert "0 % read" in words_of(tab)
    kept = window.collect_settings().places
    assert len(kept) == 1


@pytest.mark.slow
@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_nothing_of_today_is_cut_off_in_a_small_window(
    make_window: MakeWindow, qtbot: QtBot, zoom: float
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.zoom_first(zoom)
    theme.apply(app, "light")
    window = _stocked(
        make_window, qtbot, source=True, settings=Settings(zoom=zoom), size=(1024, 700)
    )
    came_to_rest(qtbot, window)
    assert (window.width(), window.height()) == (1024, 700)
    assert clipped(window) == []
    assert not unnamed(window)
    for name in ("dark", "contrast"):
        window.look.set_theme(name)
        came_to_rest(qtbot, window)
        assert clipped(window) == []


@pytest.mark.slow
def test_f6_goes_round_from_today_and_back_to_where_one_was(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _stocked(make_window, qtbot)
    start = _asked(window)
    start.setFocus()
    QTest.keyClick(window, Qt.Key.Key_F6)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert not window.today_tab.isAncestorOf(focused)
    QTest.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert start.hasFocus()


@pytest.mark.slow
def test_a_sentence_is_kept_from_the_reader_and_undone(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window()
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    library = library_of(window)
    library.add_text(f"{PORT} Porto sells wine.", title="Ports")
    window.shelf.refresh()
    qtbot.waitUntil(lambda: window.shelf.complete and bool(window.shelf.sources))
    source = window.shelf.sources[0].id
    keep = window.actions_by_name["keep_review"]
    assert not keep.isEnabled()
    window.navigate.open_source(source)
    qtbot.waitUntil(lambda: window.reader_tab.source_id == source)
    qtbot.waitUntil(keep.isEnabled)
    keep.trigger()
    qtbot.waitUntil(lambda: "Select a sentence first" in window.toasts.text)
    window.navigate.read_at(source, 3, 9)
    qtbot.waitUntil(lambda: window.reader_tab.chosen_span() == (3, 9))
    keep.trigger()
    qtbot.waitUntil(lambda: window.toasts.text == "Kept for review")
    (sentence,) = library.graph.sentences(source, 3, 9)
    (kept,) = library.memory.reviews(sentence)
    assert kept.text == PORT
    assert len(library.graph.sentences(source, 0, 1_000)) == 2
    window.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: not library.memory.reviews(sentence))


@pytest.mark.slow
def test_a_card_is_tried_on_the_day_it_is_made(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window()
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    library = library_of(window)
    library.facts.tell("The berth of the Karin is number nine.")
    (told,) = library.facts.list()
    window.today_actions.mark_for_review([told.id])
    qtbot.waitUntil(lambda: window.toasts.text == "Kept for review")
    assert library.memory.reviews() == []
    assert [offer.word for offer in window.toasts.offers] == ["Undo", "Try now"]
    window.toasts.offers[1].call()
    tab = window.today_tab
    qtbot.waitUntil(lambda: tab.reviews is not None and tab.isVisible())
    # What is gathered meanwhile knows of no card that is due, and takes this one not away.
    tab.refresh()
    qtbot.wait(300)
    assert tab.reviews is not None
    assert tab.reviews.review is not None
    assert tab.reviews.review.id == told.id
    tab.reviews.answer()
    presses = tab.reviews.findChildren(QPushButton)
    next(each for each in presses if each.text().startswith("Good")).click()
    qtbot.waitUntil(lambda: tab.reviews is not None and tab.reviews.review is None)
    (card,) = library.memory.reviews(told.id)
    assert card.times == 1


@pytest.mark.slow
def test_alerts_say_what_to_do_and_are_acknowledged_in_place(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window()
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    library = library_of(window)
    library.brain.configure(alert_memories=1, alert_fibers=1)
    library.facts.tell("The office is in Lund.")
    library.facts.tell("The lab is in Uppsala.")
    library.graph.link(concepts_only=True)
    window.navigate.show_tab(TODAY)
    tab = window.today_tab
    qtbot.waitUntil(lambda: len(tab.alerts) == 2)
    qtbot.waitUntil(lambda: "Needs attention" in words_of(tab))
    assert "There are 2 memories, more than 1." in words_of(tab)
    assert not unnamed(window)
    first = next(iter(tab.alerts.values()))
    first.findChildren(QPushButton)[0].click()
    qtbot.waitUntil(
        lambda: [b.text() for b in first.findChildren(QPushButton)] == ["Acknowledged"],
    )
    assert sorted(each.status for each in library.alerts()) == ["acknowledged", "active"]
    assert len(tab.alerts) == 2
