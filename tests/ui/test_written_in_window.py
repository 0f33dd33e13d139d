"""Written answers in the window: over a real library, the real client, and a server on a socket."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.ollama_server import FakeModel, OllamaServer, ollama_server
from tests.patience import seconds
from tests.ui.conftest import MakeWindow
from tests.ui.fits import clipped
from tests.ui.looks import unnamed
from tests.ui.stage import came_to_rest, library_of, words_of
from workbench.models import choices, server
from workbench.recall.records import Answer
from workbench.settings import Settings
from workbench.ui import theme
from workbench.ui.ask.answer_view import QUOTES, WRITTEN
from workbench.ui.ask.result import Result
from workbench.ui.ask.tab import AskTab
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import ASK, LIBRARY

BOOK = (
    "The Ferrow mill was built by Anna Brook in 1842. She sold it to Jonas Pell for 9,000 crowns. "
    "The weir above the mill was made of oak. "
    "The observatory of Tarn lies on a hill. Its first keeper was Ida Weil, who counted comets."
)
GERMAN = (
    "Die Mühle von Lohr wurde 1876 von Klara Voss gegründet. Sie mahlte Roggen für drei Dörfer. "
    "Am Wehr wohnte der Müller mit seiner Familie."
)
QUESTION = "Who built the Ferrow mill?"
#: Letters that the server says at once, each after a while where it is slow.
SLOW = 0.05


def writes(body: dict[str, Any]) -> str:
    """A model that says what the passages say, and of the mill one thing that they do not."""
    prompt = body["messages"][-1]["content"]
    asked = prompt.rsplit("Question:", 1)[1]
    if "German" in body["messages"][0]["content"]:
        return f"Klara Voss gründete die Mühle von Lohr 1876 [{_number(prompt, 'Klara')}]."
    n = _number(prompt, "Anna Brook")
    if "sell" in asked:
        return f"She sold it to Jonas Pell [{n}]."
    return f"Anna Brook built the Ferrow mill in 1842 [{n}]. It burned in 1901 [{n}]. It fell [77]."


def writes_on(body: dict[str, Any]) -> str:
    """A model that goes on and on after its first sentence: it is not done before it is stopped."""
    first, _, _ = writes(body).partition(" It burned")
    return f"{first} It burned {'and burned ' * 170}"


def _number(prompt: str, words: str) -> str:
    found = re.search(rf"\[(\d+)\] \([^)]*\) [^\n]*{words}", prompt)
    return found[1] if found else "1"


@pytest.fixture
def ollama() -> Iterator[OllamaServer]:
    server.forget()
    with ollama_server(FakeModel("writer:3b", says=writes, context=4096)) as running:
        choices.change({"address": running.address, "dialogue": "writer:3b"})
        yield running
    server.forget()


@pytest.fixture
def opened(make_window: MakeWindow, qtbot: QtBot, tmp_path: Path) -> tuple[MainWindow, AskTab]:
    (tmp_path / "mill.txt").write_text(BOOK, encoding="utf-8")
    (tmp_path / "lohr.txt").write_text(GERMAN, encoding="utf-8")
    window = make_window(size=(1200, 900))
    qtbot.waitUntil(lambda: window.shelf.library is not None and window.ask_tab.composer.ready)
    library = library_of(window)
    library.add([str(tmp_path / "mill.txt"), str(tmp_path / "lohr.txt")])
    window.navigate.show_tab(ASK)
    window.navigate.focus_question()
    return window, window.ask_tab


def _model(ollama: OllamaServer, behaviour: str, **more: object) -> None:
    kept = {"says": writes, "context": 4096, **more}
    ollama.add(FakeModel("writer:3b", behaviour, **kept))  # type: ignore[arg-type]


def _type(tab: AskTab, question: str) -> None:
    tab.composer.field.setText(question)
    QTest.keyClick(tab.composer.field, Qt.Key.Key_Return)


def _ask(qtbot: QtBot, tab: AskTab, question: str = QUESTION) -> Answer:
    """Ask, and wait for what the model makes of it."""
    with qtbot.waitSignal(tab.wrote) as came:
        _type(tab, question)
    assert came.args is not None
    answer = came.args[0]
    assert isinstance(answer, Answer)
    _seen(qtbot, tab)
    return answer


def _seen(qtbot: QtBot, tab: AskTab) -> None:
    """Wait until what is on the page has been laid out."""
    qtbot.waitUntil(lambda: tab.result is not None and tab.result.title.isVisible())


def _shown(tab: AskTab) -> Result:
    assert tab.result is not None
    return tab.result


def _words(tab: AskTab) -> str:
    view = _shown(tab).answer_view
    return view.toPlainText() if view is not None else ""


def _press(qtbot: QtBot, tab: AskTab, text: str) -> None:
    def seen() -> list[QPushButton]:
        found = [b for b in tab.findChildren(QPushButton) if b.text().strip() == text]
        return [each for each in found if each.isVisible()]

    qtbot.waitUntil(lambda: bool(seen()))
    seen()[0].click()


def _choose(tab: AskTab, way: str) -> None:
    ways = _shown(tab).ways
    assert ways is not None
    ways.buttons[way].click()


@pytest.mark.slow
def test_a1_quotes_come_at_once_and_the_answer_streams_in_above_them(
    qtbot: QtBot, opened: tuple[MainWindow, AskTab], ollama: OllamaServer
) -> None:
    _, tab = opened
    _model(ollama, "silent")
    with qtbot.waitSignal(tab.answer_received):
        _type(tab, QUESTION)
    # The model has not said a word, and the quotes are there.
    result = _shown(tab)
    assert result.answer.mode == QUOTES
    qtbot.waitUntil(lambda: "Writing from these quotes…" in words_of(result))
    assert "Anna Brook" in _words(tab)
    assert [card.evidence.n for card in result.evidence.cards]
    tab.stop()
    qtbot.waitUntil(lambda: "The answer was stopped" in words_of(_shown(tab)))
    # From now on it says the next piece only once the one before is on the page.
    turns = threading.Semaphore(1)
    _model(ollama, "good", turns=turns)
    grown: list[str] = []

    def drawn() -> None:
        assert tab.draft is not None
        # Qt shows what is new in a layout in a turn of its own; the first words may come before.
        assert tab.draft.view.isVisible() or not grown
        grown.append(tab.draft.view.toPlainText())
        turns.release()

    tab._writer.drafted.connect(drawn)
    with qtbot.waitSignal(tab.wrote):
        _press(qtbot, tab, "Write it again")
    _seen(qtbot, tab)
    assert len(dict.fromkeys(grown)) > 5
    assert all(words.startswith("Anna") for words in grown)
    assert not any("[" in words for words in grown)
    assert _shown(tab).answer.mode == WRITTEN


@pytest.mark.slow
def test_a1_esc_keeps_the_part_that_is_written(
    qtbot: QtBot, opened: tuple[MainWindow, AskTab], ollama: OllamaServer
) -> None:
    _, tab = opened
    _model(ollama, "good", wait=SLOW, says=writes_on)
    _type(tab, QUESTION)
    qtbot.waitUntil(lambda: tab.draft is not None and "1842." in tab.draft.view.toPlainText())
    assert tab.composer.ask_button.accessibleName() == "Stop"
    with qtbot.waitSignal(tab.wrote):
        QTest.keyClick(tab.composer.field, Qt.Key.Key_Escape)
    _seen(qtbot, tab)
    assert _shown(tab).answer.mode == WRITTEN
    assert "Anna Brook built the Ferrow mill in 1842." in _words(tab)
    assert "The answer was stopped; what was written until then is kept." in words_of(tab)
    assert tab.composer.ask_button.accessibleName() == "Ask"
    assert ollama.hung_up.wait(seconds(60))


@pytest.mark.slow
def test_a2_what_the_quotes_do_not_say_is_marked_and_no_mark_leads_nowhere(
    qtbot: QtBot, opened: tuple[MainWindow, AskTab], ollama: OllamaServer
) -> None:
    window, tab = opened
    _ask(qtbot, tab)
    words = _words(tab)
    assert words.count("Unsupported") == 2
    assert words.index("1842.") < words.index("Unsupported")
    view = _shown(tab).answer_view
    assert view is not None
    assert set(view.citations()) <= {card.evidence.n for card in _shown(tab).evidence.cards}
    assert "77" not in words
    told = words_of(_shown(tab))
    assert "2 sentences without evidence" in told
    assert re.search(r"Written by writer:3b, \d+\.\d s", told)
    # What it cites is marked on its card, and opens in its place.
    cited = _shown(tab).evidence.card(view.citations()[0])
    assert cited is not None
    assert "Anna Brook in 1842." in cited.quote.quote[slice(*cited.quote.marks[0])]
    with qtbot.waitSignal(window.reader_tab.opened):
        view.cited.emit(view.citations()[0])
    assert "Anna Brook" in window.reader_tab.highlighted_words()
    assert window.status.mode.text() == "writer:3b"


@pytest.mark.slow
def test_the_switch_shows_the_quotes_or_the_written_answer_and_is_remembered(
    qtbot: QtBot, opened: tuple[MainWindow, AskTab], ollama: OllamaServer
) -> None:
    window, tab = opened
    _ask(qtbot, tab)
    _choose(tab, QUOTES)
    assert _shown(tab).answer.mode == QUOTES
    assert "Unsupported" not in _words(tab)
    assert window.status.mode.text() == "Quotes"
    assert window.collect_settings().answers == QUOTES
    asked = len(ollama.asked_of("/api/chat"))
    with qtbot.waitSignal(tab.answer_received):
        _type(tab, "Who was the first keeper of the observatory of Tarn?")
    assert not tab.composer.busy
    assert len(ollama.asked_of("/api/chat")) == asked
    tab.show_again(0)
    _choose(tab, WRITTEN)
    assert "Unsupported" in _words(tab)
    assert len(ollama.asked_of("/api/chat")) == asked
    tab.show_again(1)
    # It was never written: choosing to see it has it written.
    assert tab.draft is None
    _choose(tab, QUOTES)
    with qtbot.waitSignal(tab.wrote):
        _choose(tab, WRITTEN)
    assert len(ollama.asked_of("/api/chat")) == asked + 1


@pytest.mark.slow
def test_a6_without_a_model_nothing_is_different(
    qtbot: QtBot, opened: tuple[MainWindow, AskTab], ollama: OllamaServer
) -> None:
    _, tab = opened
    choices.change({"dialogue": ""})
    with qtbot.waitSignal(tab.answer_received):
        _type(tab, QUESTION)
    _seen(qtbot, tab)
    assert _shown(tab).ways is None
    assert _shown(tab).mode.isVisible()
    assert _shown(tab).mode.text() == "Answer"
    assert not tab.composer.busy
    assert ollama.asked == []


@pytest.mark.slow
def test_e2_what_goes_wrong_is_said_in_a_sentence_and_the_quotes_stay(
    qtbot: QtBot, opened: tuple[MainWindow, AskTab], ollama: OllamaServer
) -> None:
    _, tab = opened
    for behaviour in ("dying", "out of memory", "html"):
        _model(ollama, behaviour)
        answer = _ask(qtbot, tab)
        told = words_of(tab)
        assert answer.note in told
        assert answer.hint in told
        assert "Anna Brook" in _words(tab)
        if behaviour != "dying":
            assert _shown(tab).answer.mode == QUOTES
            assert "\nQuotes\n" in told
    _model(ollama, "good")
    with qtbot.waitSignal(tab.wrote):
        _press(qtbot, tab, "Write it again")
    _seen(qtbot, tab)
    assert _shown(tab).answer.mode == WRITTEN
    assert answer.note not in words_of(tab)


@pytest.mark.slow
def test_e2_the_server_is_killed_and_the_walk_goes_on(
    qtbot: QtBot, opened: tuple[MainWindow, AskTab], ollama: OllamaServer
) -> None:
    _, tab = opened
    _ask(qtbot, tab)
    _model(ollama, "good", wait=SLOW, says=writes_on)
    _type(tab, "Who sold the Ferrow mill?")
    qtbot.waitUntil(lambda: tab.draft is not None and tab.draft.view.isVisible())
    with qtbot.waitSignal(tab.wrote):
        ollama.kill()
    _seen(qtbot, tab)
    assert _shown(tab).answer.evidence
    assert "Ollama" in words_of(_shown(tab))
    answer = _ask(qtbot, tab)
    assert (answer.mode, _shown(tab).answer.mode) == (QUOTES, QUOTES)
    assert "Anna Brook" in _words(tab)
    tab.show_again(0)
    assert "Unsupported" in _words(tab)


@pytest.mark.slow
def test_a9_what_did_not_fit_is_said_with_how_much_was_looked_at(
    qtbot: QtBot, opened: tuple[MainWindow, AskTab], ollama: OllamaServer, tmp_path: Path
) -> None:
    window, tab = opened
    library = library_of(window)
    for n in range(4):
        stone = f"Anna Brook built the Ferrow mill with wall {n} of stone upon stone from the hill."
        (tmp_path / f"{n}.txt").write_text(stone, encoding="utf-8")
    library.add([str(tmp_path / f"{n}.txt") for n in range(4)])
    # Rules, question and answer leave room for a quote or two.
    _model(ollama, "good", context=900)
    server.forget()
    answer = _ask(qtbot, tab)
    assert answer.cut > 0
    told = words_of(_shown(tab))
    assert "did not fit into what the model reads" in told
    assert re.search(r"\d quotes from \d+ of \d+ passages", told)


@pytest.mark.slow
def test_a11_a_conversation_goes_on_with_what_was_cited_before_in_the_language_of_each(
    qtbot: QtBot, opened: tuple[MainWindow, AskTab], ollama: OllamaServer
) -> None:
    _, tab = opened
    _ask(qtbot, tab)
    answer = _ask(qtbot, tab, "And to whom did she sell it?")
    assert answer.sentences[0].text == "She sold it to Jonas Pell."
    assert answer.sentences[0].supported
    prompt = ollama.asked_of("/api/chat")[-1]["messages"][-1]["content"]
    assert f"Q: {QUESTION}" in prompt
    # A question about something else has nothing of it, and an answer in its own language.
    _ask(qtbot, tab, "Wer gründete die Mühle von Lohr?")
    rules, asked = ollama.asked_of("/api/chat")[-1]["messages"]
    assert "Q: " not in asked["content"]
    assert "Write in German" in rules["content"]
    assert "Klara Voss gründete die Mühle von Lohr 1876." in _words(tab)
    assert "Unsupported" not in _words(tab)


@pytest.mark.slow
def test_another_question_ends_the_answer_before_and_keeps_its_part(
    qtbot: QtBot, opened: tuple[MainWindow, AskTab], ollama: OllamaServer
) -> None:
    _, tab = opened
    _model(ollama, "good", wait=SLOW, says=writes_on)
    _type(tab, QUESTION)
    qtbot.waitUntil(lambda: tab.draft is not None and "1842." in tab.draft.view.toPlainText())
    _model(ollama, "good")
    _type(tab, "Wer gründete die Mühle von Lohr?")
    qtbot.waitUntil(lambda: len(tab.talk.lines) == 2 and tab.talk.lines[1].generated is not None)
    qtbot.waitUntil(lambda: tab.talk.lines[0].generated is not None)
    assert "Klara Voss" in _words(tab)
    first = tab.talk.lines[0].generated
    assert first is not None
    assert first.sentences[0].text == "Anna Brook built the Ferrow mill in 1842."


@pytest.mark.slow
def test_the_window_closes_while_an_answer_is_being_written(
    qtbot: QtBot, opened: tuple[MainWindow, AskTab], ollama: OllamaServer
) -> None:
    window, tab = opened
    _model(ollama, "silent")
    _type(tab, QUESTION)
    qtbot.waitUntil(lambda: tab.draft is not None)
    window.close()
    assert window.ended


@pytest.mark.slow
def test_k2_k3_a_written_answer_is_named_and_nothing_is_clipped(
    qtbot: QtBot, opened: tuple[MainWindow, AskTab], ollama: OllamaServer
) -> None:
    window, tab = opened
    _model(ollama, "dying")
    _ask(qtbot, tab)
    assert unnamed(tab) == []
    for zoom, name in ((2.0, "contrast"), (1.0, "dark")):
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.zoom(app, zoom)
        theme.apply(app, name)
        came_to_rest(qtbot, window)
        assert clipped(tab) == []


@pytest.mark.slow
def test_the_way_of_answers_is_that_of_the_last_start(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(settings=Settings(answers=QUOTES), tab=LIBRARY)
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    assert window.ask_tab.way == QUOTES
