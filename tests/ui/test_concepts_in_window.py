"""Concepts in the window: found in the Library, all about one in the Inspector, put right there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fits import clipped
from tests.ui.looks import unnamed
from tests.ui.stage import button_of, came_to_rest, library_of, words_of
from workbench.memory.graph.records import Mention
from workbench.settings import Settings
from workbench.ui import theme
from workbench.ui.ask.quote import QuoteText
from workbench.ui.concepts import kinds, loading
from workbench.ui.concepts.detail import MentionsOverTime
from workbench.ui.memories.card_editor import CardEditor
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import ASSOCIATIONS, LIBRARY, READER

PORT = "Ilona moved to Lisbon because the archive is there."


def _stocked(make_window: MakeWindow, qtbot: QtBot, **options: object) -> MainWindow:
    window = make_window(**options)
    qtbot.waitUntil(lambda: window.shelf.complete and window.shelf.library is not None)
    library = library_of(window)
    told = (
        "Ilona met Karel in Lisbon.",
        "Ilona called Karel.",
        "Ilona wrote to Petra in Porto.",
        "Karel left Lisbon.",
    )
    for month, text in enumerate(told, 2):
        library.facts.tell(text, at=f"2026-0{month}-05")
    library.add_text(f"{PORT} Petra stayed in Porto.", title="Letters")
    window.shelf.refresh()
    return window


def _open(qtbot: QtBot, window: MainWindow, name: str) -> None:
    window.navigate.show_library()
    window.inspection.show_concept(library_of(window).graph.concept(name).concept.id)
    _seen(qtbot, window, name)


def _seen(qtbot: QtBot, window: MainWindow, name: str) -> None:
    detail = window.inspector.concept
    qtbot.waitUntil(lambda: detail.seen is not None and detail.seen.card.concept.name == name)


def test_every_type_has_its_own_sign_and_word_and_an_ink() -> None:
    assert len({kinds.glyph(each) for each in kinds.TYPES}) == 8
    assert len({kinds.word(each) for each in kinds.TYPES}) == 8
    shapes = {(kinds.glyph(each), kinds.ink(each)) for each in kinds.TYPES}
    assert len(shapes) == 8
    for each in kinds.TYPES:
        assert theme.icon(kinds.glyph(each), kinds.ink(each)) is not None
        assert hasattr(theme.current(), kinds.ink(each))


@pytest.mark.slow
def test_finding_a_concept_leads_to_the_field_of_explore(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _stocked(make_window, qtbot)
    window.actions_by_name["concepts"].trigger()
    assert window.tabs.currentIndex() == ASSOCIATIONS
    focused = QApplication.focusWidget()
    assert focused is not None
    assert window.associations_tab.bar.isAncestorOf(focused)


@pytest.mark.slow
def test_the_inspector_tells_all_about_a_concept(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = _stocked(make_window, qtbot)
    _open(qtbot, window, "Ilona")
    detail = window.inspector.concept
    told = words_of(detail)
    assert "4 mentions" in told
    assert "Ilona met Karel in Lisbon." in told
    quotes = [each.quote for each in detail.findChildren(QuoteText)]
    assert PORT in quotes
    (chart,) = detail.findChildren(MentionsOverTime)
    assert "mentions from Feb 2026 to" in chart.accessibleName()
    chart.switch.click()
    assert "Feb 2026" in words_of(chart)
    assert detail.table is not None
    assert {"Karel", "Petra"} <= {row.name for row in detail.table.rows.rows}
    assert not unnamed(window)


@pytest.mark.slow
def test_evidence_opens_in_the_reader_and_memories_beside(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _stocked(make_window, qtbot)
    _open(qtbot, window, "Ilona")
    button_of(window.inspector.concept, "Open").click()
    qtbot.waitUntil(lambda: bool(window.reader_tab.highlighted_words()))
    assert window.tabs.currentIndex() == READER
    assert window.reader_tab.highlighted_words() == PORT
    window.navigate.show_tab(LIBRARY)
    qtbot.waitUntil(window.inspector.concept.isVisible)
    button_of(window.inspector.concept, "Show").click()
    qtbot.waitUntil(lambda: window.inspector.detail.memory is not None)
    # A memory names its concepts, too, and each leads back here.
    detail = window.inspector.detail
    qtbot.waitUntil(lambda: any("Ilona" in b.text() for b in detail.findChildren(QToolButton)))
    next(b for b in detail.findChildren(QToolButton) if "Ilona" in b.text()).click()
    qtbot.waitUntil(window.inspector.concept.isVisible)


@pytest.mark.slow
def test_choosing_a_neighbour_walks_on_and_back_and_forward(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _stocked(make_window, qtbot)
    _open(qtbot, window, "Ilona")
    detail = window.inspector.concept
    table = detail.table
    assert table is not None
    karel = next(row.id for row in table.rows.rows if row.name == "Karel")
    table.setFocus()
    table.choose(karel)
    qtbot.waitUntil(lambda: "Connection with Karel" in words_of(detail))
    quoted = detail.findChildren(QuoteText)
    assert [(each.quote, each.marks) for each in quoted] == [
        ("Ilona met Karel in Lisbon.", ((6, 9),))
    ]
    QTest.keyClick(table, Qt.Key.Key_Return)
    _seen(qtbot, window, "Karel")
    assert detail.table is not None
    assert detail.table.hasFocus()
    detail.back.click()
    _seen(qtbot, window, "Ilona")
    assert not detail.back.isEnabled()
    detail.forward.click()
    _seen(qtbot, window, "Karel")


@pytest.mark.slow
def test_name_type_and_merging_are_undone(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = _stocked(make_window, qtbot)
    _open(qtbot, window, "Karel")
    detail, undo = window.inspector.concept, window.actions_by_name["undo"]
    detail.retype(detail.seen.card.concept, "intent")  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: _type(window) == "intent")
    undo.trigger()
    qtbot.waitUntil(lambda: _type(window) == "entity")
    button_of(detail, "Rename").click()
    line = QApplication.focusWidget()
    assert line is not None
    assert line.accessibleName() == "Name of the concept"
    line.setText("Karel Novák")  # type: ignore[attr-defined]
    QTest.keyClick(line, Qt.Key.Key_Return)
    _seen(qtbot, window, "Karel Novák")
    undo.trigger()
    _seen(qtbot, window, "Karel")
    button_of(detail, "Merge…").click()
    line = QApplication.focusWidget()
    assert line is not None
    line.setText("Ilona")  # type: ignore[attr-defined]
    QTest.keyClick(line, Qt.Key.Key_Return)
    _seen(qtbot, window, "Ilona")
    assert "Karel" in words_of(detail)
    undo.trigger()
    library = library_of(window)
    qtbot.waitUntil(lambda: any(each.name == "Karel" for each in library.graph.concepts("Karel")))


def _type(window: MainWindow) -> str:
    seen = window.inspector.concept.seen
    return seen.card.concept.type if seen is not None else ""


@pytest.mark.slow
def test_a_name_that_is_taken_says_so_and_keeps_what_was_typed(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _stocked(make_window, qtbot)
    _open(qtbot, window, "Karel")
    button_of(window.inspector.concept, "Rename").click()
    line = QApplication.focusWidget()
    assert line is not None
    line.setText("Ilona")  # type: ignore[attr-defined]
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "There is a concept “Ilona” already." in window.toasts.text)
    assert line.isVisible()


@pytest.mark.slow
def test_a_memory_is_kept_for_review_and_given_another_kind(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _stocked(make_window, qtbot)
    library = library_of(window)
    window.navigate.show_memories()
    page = window.library_tab.memories
    qtbot.waitUntil(lambda: len(page.model.rows) == 4)
    fact = page.model.rows[0]
    page.select(fact.id)
    detail = window.inspector.detail
    qtbot.waitUntil(lambda: detail.looked is not None)
    button_of(detail, "Make card").click()
    qtbot.waitUntil(lambda: "Review due" in words_of(detail))
    (card,) = library.memory.reviews(fact.id)
    assert card.due is not None
    assert card.front in words_of(detail)
    button_of(detail, "Edit card").click()
    (editor,) = detail.findChildren(CardEditor)
    editor.front.setPlainText("What is it?")
    editor.save()
    qtbot.waitUntil(lambda: "What is it?" in words_of(detail))
    assert library.memory.reviews(fact.id)[0].answer == fact.text
    window.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: card.front in words_of(detail))
    window.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: not library.memory.reviews(fact.id))
    assert detail.memory is not None
    detail.set_kind(detail.memory, "decision")
    qtbot.waitUntil(lambda: library.facts.get(fact.id).info.type == "decision")


def test_parts_of_time_hold_every_mention() -> None:
    day = 86_400.0
    for step in (0.1, 1.0, 20.0, 400.0, 40_000.0):
        history = [Mention(n, "x", 1.7e9 + n * step * day) for n in range(20)]
        parts = loading.histogram(history)
        assert sum(part.mentions for part in parts) == 20
        assert len(parts) <= 26
        assert len({part.name for part in parts}) == len(parts)
    assert loading.histogram([Mention(1, "x", 5.0), Mention(2, "y", 5.0)]) == ()
    assert loading.histogram([]) == ()


@pytest.mark.slow
@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_nothing_of_a_concept_is_cut_off_in_a_small_window(
    make_window: MakeWindow, qtbot: QtBot, zoom: float
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.zoom_first(zoom)
    theme.apply(app, "light")
    window = _stocked(make_window, qtbot, settings=Settings(zoom=zoom), size=(1024, 700))
    _open(qtbot, window, "Ilona")
    window.navigate.show_panel("inspector")
    came_to_rest(qtbot, window)
    assert (window.width(), window.height()) == (1024, 700)
    assert clipped(window) == []
    assert not unnamed(window)
