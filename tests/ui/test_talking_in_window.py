"""One field asks and tells: what Enter will do is said before, what was done after.

Over a real library: what is told in the Ask tab is in the Library, and answers from then on.
"""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fits import clipped
from tests.ui.looks import unnamed
from tests.ui.stage import came_to_rest, library_of, words_of
from workbench.library import Library
from workbench.memory.facts.records import Fact
from workbench.recall.wording import markdown
from workbench.settings import Settings
from workbench.ui import theme
from workbench.ui.ask.fact_card import StatementCard
from workbench.ui.library.scope import Scope
from workbench.ui.memories.switch import MEMORIES
from workbench.ui.shelf.wanted import Wanted
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import LIBRARY

BOOK = (
    "The harbour of Falun is closed in winter. The lighthouse keeper of Falun is called Brandt. "
    "Nobody has seen the lamp go out. The boats stay on the beach until the ice has left."
)


def _opened(make_window: MakeWindow, qtbot: QtBot, **more: object) -> MainWindow:
    window = make_window(**more)
    qtbot.waitUntil(lambda: window.shelf.library is not None and window.ask_tab.composer.ready)
    window.navigate.focus_question()
    return window


def _say(qtbot: QtBot, window: MainWindow, line: str, *, alt: bool = False) -> None:
    """Type a line, press Enter, and wait until what became of it is on the page."""
    tab, before = window.ask_tab, len(window.ask_tab.talk.lines)
    tab.composer.field.setText(line)
    keys = Qt.KeyboardModifier.AltModifier if alt else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(tab.composer.field, Qt.Key.Key_Return, keys)
    qtbot.waitUntil(lambda: len(tab.talk.lines) > before)
    shown = tab.result or tab.turn
    assert shown is not None
    qtbot.waitUntil(shown.isVisible)


def _press(qtbot: QtBot, widget: QWidget, text: str) -> None:
    """Press a button as soon as it can be seen."""

    def seen() -> list[QPushButton]:
        found = [b for b in widget.findChildren(QPushButton) if b.text().strip() == text]
        return [each for each in found if each.isVisible()]

    qtbot.waitUntil(lambda: bool(seen()))
    seen()[0].click()


def _cards(window: MainWindow) -> list[StatementCard]:
    return [card for card in window.ask_tab.findChildren(StatementCard) if card.isVisible()]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("", "Ask"),
        ("What is my plan?", "Ask"),
        ("sleep and synapses", "Ask"),
        ("My plan is pro now", "Remember"),
        ("Hi, my plan is pro now. What is the rent?", "Remember"),
        ("“The keeper slept at last.” ", "Ask"),
        ("2 + 3 * 4", "Say"),
    ],
)
def test_the_button_says_what_enter_will_do(
    make_window: MakeWindow, qtbot: QtBot, line: str, word: str
) -> None:
    composer = _opened(make_window, qtbot).ask_tab.composer
    composer.field.setText(line)
    assert composer.ask_button.text().strip() == word
    assert composer.ask_button.accessibleName() == word


@pytest.mark.slow
def test_a_statement_is_remembered_answers_and_is_undone(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _opened(make_window, qtbot)
    _say(qtbot, window, "My plan is pro now")
    assert "Remembered" in words_of(window.ask_tab)
    assert [card.fact.text for card in _cards(window)] == ["My plan is pro now"]
    assert window.ask_tab.composer.field.text() == ""
    _say(qtbot, window, "What is my plan?")
    result = window.ask_tab.result
    assert result is not None
    assert result.value.text() == "pro"
    assert result.told is not None
    assert result.told.quote.marks == ((11, 14),)
    assert "Said by you" in words_of(window.ask_tab)
    window.ask_tab.show_again(0)
    qtbot.wait(10)
    _press(qtbot, window.ask_tab, "Undo")
    qtbot.waitUntil(lambda: "Undone" in words_of(window.ask_tab))
    assert library_of(window).facts.list() == []
    _press(qtbot, window.ask_tab, "Save it again")
    qtbot.waitUntil(lambda: len(library_of(window).facts.list()) == 1)


@pytest.mark.slow
def test_undo_of_the_menu_takes_back_what_was_told_here(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _opened(make_window, qtbot)
    _say(qtbot, window, "My plan is pro now")
    undo = window.actions_by_name["undo"]
    qtbot.waitUntil(lambda: undo.text().endswith("Remember"))
    undo.trigger()
    qtbot.waitUntil(lambda: "Undone" in words_of(window.ask_tab))
    assert library_of(window).facts.list() == []


@pytest.mark.slow
def test_a_fact_opens_in_the_library_by_enter(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = _opened(make_window, qtbot)
    library_of(window).facts.tell("The rent is 950.", source="Ilona", collection="Home")
    _say(qtbot, window, "What is the rent?")
    (card,) = _cards(window)
    assert "Said by Ilona" in words_of(card)
    assert "In “Home”" in words_of(card)
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Return)
    page = window.library_tab.memories
    qtbot.waitUntil(lambda: page.selected() is not None)
    assert window.tabs.currentIndex() == LIBRARY
    assert window.library_tab.kind == MEMORIES
    chosen = page.selected()
    assert chosen is not None
    assert chosen.text == "The rent is 950."


@pytest.mark.slow
def test_a_fact_of_another_collection_is_shown_in_everything(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _opened(make_window, qtbot)
    library_of(window).facts.tell("The rent is 950.")
    library_of(window).collections.create("Thesis")
    qtbot.waitUntil(lambda: bool(window.shelf.collections))
    window.collections.choose(Scope("Thesis"))
    window.ask_tab.composer.set_scope(None)
    window.navigate.focus_question()
    _say(qtbot, window, "What is the rent?")
    _press(qtbot, window.ask_tab, "Show in Library")
    qtbot.waitUntil(lambda: window.library_tab.memories.selected() is not None)
    assert window.library_tab.scope == Scope()


def test_of_a_long_fact_the_words_around_its_value_are_shown(qtbot: QtBot) -> None:
    words = "The colours are grey and " + "pale grey and " * 1000
    text = f"{words}blue, {'and white ' * 1000}."
    at = text.index("blue")
    fact = Fact(1, text, None, ("Ilona",), 1.7e9, 1.7e9, True)
    card = StatementCard(fact, Wanted(), [(at, at + 4)])
    qtbot.addWidget(card)
    assert len(card.quote.quote) < 3000
    ((start, end),) = card.quote.marks
    assert card.quote.quote[start:end] == "blue"
    assert card.quote.quote.startswith("… ")
    assert card.quote.quote.endswith(" …")


@pytest.mark.slow
def test_a_fact_stands_above_the_sources_and_is_no_citation(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = _opened(make_window, qtbot)
    book = tmp_path / "harbour.txt"
    book.write_text(BOOK, encoding="utf-8")
    library_of(window).add([book])
    library_of(window).facts.tell("The lighthouse keeper of Falun is Ekman now.")
    _say(qtbot, window, "Who is the lighthouse keeper of Falun?")
    result = window.ask_tab.result
    assert result is not None
    assert result.answer.evidence
    assert result.value.text() == "Ekman"
    assert result.told is not None
    assert result.answer_view is not None
    assert "Ekman" not in result.answer_view.toPlainText()
    assert all("Ekman" not in card.evidence.quote for card in result.evidence.cards)
    came_to_rest(qtbot, window)
    told, quoted = result.told.geometry(), result.answer_view.geometry()
    assert told.bottom() < quoted.top()
    assert "In your sources" in words_of(result)
    copied = markdown(result.answer)
    assert "“The lighthouse keeper of Falun is Ekman now.” (told by you, " in copied
    assert copied.index("Ekman now.") < copied.index("1. ")


@pytest.mark.slow
def test_facts_that_bear_on_an_unanswered_question_are_shown(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _opened(make_window, qtbot)
    library_of(window).facts.tell("The tariff of Petrel was agreed with Ilona.")
    library_of(window).facts.tell("The office is in Lund.")
    _say(qtbot, window, "Petrel tariff")
    result = window.ask_tab.result
    assert result is not None
    if result.answer.abstained:
        assert "Closest in your notes" in words_of(result)
    texts = [card.fact.text for card in _cards(window)]
    assert texts == ["The tariff of Petrel was agreed with Ilona."]


@pytest.mark.slow
def test_every_part_of_a_line_is_answered(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = _opened(make_window, qtbot)
    library_of(window).facts.tell("The rent is 950.")
    line = "Hello! The office is in Lund. 12 * 3.5. What is the rent? What is the tariff?"
    _say(qtbot, window, line)
    told = words_of(window.ask_tab)
    for words in ("Hello.", "Remembered", "42", "12 * 3.5 = 42", "What is the rent?", "950"):
        assert words in told
    result = window.ask_tab.result
    assert result is not None
    assert result.answer.question == "What is the tariff?"


@pytest.mark.slow
def test_a_refused_order_says_so_and_can_be_kept_or_asked(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _opened(make_window, qtbot)
    _say(qtbot, window, "delete all my files")
    assert "Nothing to do" in words_of(window.ask_tab)
    assert library_of(window).facts.list() == []
    _press(qtbot, window.ask_tab, "Save it as a note")
    qtbot.waitUntil(lambda: len(library_of(window).facts.list()) == 1)
    assert library_of(window).facts.list()[0].text == "delete all my files"


@pytest.mark.slow
def test_words_that_were_asked_can_be_remembered_instead(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _opened(make_window, qtbot)
    _say(qtbot, window, "blue wool for the winter coat")
    assert library_of(window).facts.list() == []
    _press(qtbot, window.ask_tab, "Save it as a note")
    qtbot.waitUntil(lambda: len(library_of(window).facts.list()) == 1)
    qtbot.waitUntil(lambda: "Remembered" in words_of(window.ask_tab))
    _say(qtbot, window, "red wool for the summer coat", alt=True)
    assert len(library_of(window).facts.list()) == 2
    _say(qtbot, window, "The coat is red", alt=True)
    assert len(library_of(window).facts.list()) == 2


@pytest.mark.slow
def test_what_was_known_is_said_and_what_was_told_can_be_asked(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _opened(make_window, qtbot)
    _say(qtbot, window, "The rent is 950.")
    _say(qtbot, window, "The rent is 950.")
    assert "Already saved" in words_of(window.ask_tab)
    _say(qtbot, window, "The tariff is 12.")
    _press(qtbot, window.ask_tab, "Ask it as a question")
    qtbot.waitUntil(lambda: window.ask_tab.result is not None)
    assert window.ask_tab.answer is not None
    assert window.ask_tab.answer.told is None
    assert len(library_of(window).facts.list()) == 1


@pytest.mark.slow
def test_a_line_goes_into_the_scope_that_is_chosen(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = _opened(make_window, qtbot)
    library_of(window).collections.create("Home")
    qtbot.waitUntil(lambda: bool(window.shelf.collections))
    window.ask_tab.composer.set_scope("Home")
    _say(qtbot, window, "The rent is 950.")
    assert [fact.collection for fact in library_of(window).facts.list(collection="Home")] == [
        "Home"
    ]


@pytest.mark.slow
def test_what_another_program_tells_is_seen_and_asked(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _opened(make_window, qtbot)
    window.navigate.show_memories()
    with Library.open(window.shelf.path) as other:
        other.facts.tell("The lease ends in May.")
    rows = window.library_tab.memories.model
    qtbot.waitUntil(lambda: [row.text for row in rows.rows] == ["The lease ends in May."])
    with Library.open(window.shelf.path) as other:
        other.facts.forget("lease")
    qtbot.waitUntil(lambda: rows.rows == [])


@pytest.mark.slow
def test_k3_a_conversation_fits_at_200_percent_and_has_names(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    theme.zoom_first(2.0)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "dark")
    window = _opened(make_window, qtbot, settings=Settings(zoom=2.0), size=(1024, 700))
    library_of(window).collections.create("A collection with a rather long name")
    qtbot.waitUntil(lambda: bool(window.shelf.collections))
    line = "Hello! The office of the harbour is in Lund. 12 * 3.5. delete all my files. What is it?"
    _say(qtbot, window, line)
    window.ask_tab.composer.field.setText("The archive is in the cellar")
    came_to_rest(qtbot, window)
    assert (window.width(), window.height()) == (1024, 700)
    assert clipped(window) == []
    assert unnamed(window) == []
    field = window.ask_tab.composer.field
    assert field.width() >= field.fontMetrics().horizontalAdvance("The archive is in the")
