"""The Associations tab in the window, over a real library with text of our own."""

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.patience import seconds
from tests.ui.conftest import MakeWindow
from tests.ui.fits import clipped
from tests.ui.looks import unnamed
from tests.ui.stage import button_of, came_to_rest, library_of, words_of
from workbench.memory.graph.records import Edge, Saying
from workbench.settings import Settings
from workbench.ui import theme
from workbench.ui.ask.quote import QuoteText
from workbench.ui.associations import tab as tabs
from workbench.ui.associations.bar import GRAPH, TOPICS
from workbench.ui.associations.ego import TAGS
from workbench.ui.associations.lines import WORDS
from workbench.ui.associations.sayings import passage_row
from workbench.ui.library.scope import Scope
from workbench.ui.shelf.wanted import Wanted
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import ASSOCIATIONS, READER

MILL = (
    "Marta Olsen founded the Harbour Mill. The Harbour Mill employed Jonas Brandt. "
    "Jonas Brandt invented the tide wheel. The tide wheel drives the Harbour Mill. "
    "Jonas Brandt taught Edda Lund. Edda Lund wrote a book about tides. "
    "Marta Olsen admired Edda Lund."
)
PORT = "Viktor Rahm built a lighthouse. The lighthouse guides the ferry."


def _stocked(make_window: MakeWindow, qtbot: QtBot, **options: object) -> MainWindow:
    window = make_window(**options)
    qtbot.waitUntil(lambda: window.shelf.complete and window.shelf.library is not None)
    library = library_of(window)
    library.add_text(MILL, title="The Mill", collection="Mills")
    library.add_text(PORT, title="The Port", collection="Ports")
    library.graph.link()
    window.shelf.refresh()
    qtbot.waitUntil(lambda: len(window.shelf.sources) == 2)
    return window


def _open(qtbot: QtBot, window: MainWindow, name: str) -> None:
    """Type a concept's name, as a user does, and press Enter."""
    window.actions_by_name["explore"].trigger()
    line = window.associations_tab.bar.field.line
    assert line.hasFocus()
    line.clear()
    QTest.keyClicks(line, name)
    QTest.keyClick(line, Qt.Key.Key_Return)
    _at(qtbot, window, name)


def _at(qtbot: QtBot, window: MainWindow, name: str) -> None:
    tab = window.associations_tab
    qtbot.waitUntil(
        lambda: tab.ego is not None and tab.ego.name == name,
    )


def _row(window: MainWindow, head: str, tail: str) -> str:
    """The id of the link from one concept to another."""
    rows = window.associations_tab.model.rows
    return next(row.id for row in rows if (row.head_name, row.tail_name) == (head, tail))


def _presses(widget: QWidget, text: str) -> list[QPushButton]:
    found = [b for b in widget.findChildren(QPushButton) if b.text().strip() == text]
    return [each for each in found if each.isVisible()]


def _told(qtbot: QtBot, window: MainWindow, id: str) -> None:
    assert window.associations_tab.select_edge(id)
    link = window.associations_tab.detail
    qtbot.waitUntil(
        lambda: link.told is not None and link.told.edge.id == id and link.isVisible(),
    )


@pytest.mark.slow
def test_g1_it_begins_at_the_most_telling_name(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = _stocked(make_window, qtbot)
    library_of(window).add_text("Edda Lund taught Olaf Berg. Edda Lund left.", title="Edda")
    library_of(window).graph.link()
    window.actions_by_name["tab_associations"].trigger()
    tab = window.associations_tab
    _at(qtbot, window, "Edda Lund")
    assert tab.stack.currentWidget() is tab.splitter
    assert not tab.bar.back.isEnabled()
    # Whoever is at the field types another name over it.
    line = tab.bar.field.line
    assert line.hasFocus()
    assert line.selectedText() == "Edda Lund"
    assert not unnamed(window)


@pytest.mark.slow
def test_the_page_that_waits_for_names_says_that_links_are_being_found(
    make_window: MakeWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, come = _stocked(make_window, qtbot), threading.Event()

    def first(*_asked: object) -> None:
        come.wait(20)

    monkeypatch.setattr("workbench.ui.associations.loading.first", first)
    window.actions_by_name["tab_associations"].trigger()
    tab = window.associations_tab
    window.status.worked.emit("Finding links: 2 of 3 sources left")
    assert "Looking for names…\nFinding links: 2 of 3 sources left." in words_of(tab)
    page = tab.stack.currentWidget()
    window.status.worked.emit("Finding links: 1 of 3 sources left")
    assert "Looking for names…\nFinding links: 1 of 3 sources left." in words_of(tab)
    assert tab.stack.currentWidget() is page
    come.set()
    qtbot.waitUntil(lambda: "Looking for names…" not in words_of(tab))
    # Once something else is there, what is said of links no longer takes its place.
    shown = tab.stack.currentWidget()
    window.status.worked.emit("Finding links: 3 of 3 sources left")
    assert tab.stack.currentWidget() is shown


@pytest.mark.slow
def test_g1_what_is_being_typed_stays_when_it_begins(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = _stocked(make_window, qtbot)
    window.actions_by_name["explore"].trigger()
    tab = window.associations_tab
    QTest.keyClicks(tab.bar.field.line, "Vik")
    qtbot.waitUntil(lambda: tab.ego is not None)
    assert tab.bar.field.line.text() == "Vik"


@pytest.mark.slow
def test_g1_a_change_of_the_library_does_not_drop_what_one_asked_for(
    make_window: MakeWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = _stocked(make_window, qtbot)
    _open(qtbot, window, "Marta Olsen")
    tab, library = window.associations_tab, library_of(window)
    shown = tab.shown
    assert shown is not None
    mill = next(node.id for node in shown.nodes if node.name == "Harbour Mill")
    go_on, asked, real = threading.Event(), [], library.graph.neighbourhood

    def slow(which: Any, **options: Any) -> Any:
        asked.append(which)
        assert go_on.wait(seconds(20))
        return real(which, **options)

    monkeypatch.setattr(tabs, "_INTERVAL", 0)
    monkeypatch.setattr(library.graph, "neighbourhood", slow)
    tab.canvas.nodeActivated.emit(mill)
    qtbot.waitUntil(lambda: asked == [mill])
    tab.reload()
    qtbot.wait(50)  # the pause of the reload is over
    go_on.set()
    qtbot.waitUntil(
        lambda: "Jonas Brandt" in {node.name for node in tab.shown.nodes} if tab.shown else False,
    )
    # And what changed meanwhile is looked at afterwards.
    qtbot.waitUntil(lambda: len(asked) > 2)


@pytest.mark.slow
def test_g1_it_begins_at_one_concept_and_goes_to_the_one_that_is_opened(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _stocked(make_window, qtbot)
    _open(qtbot, window, "Marta Olsen")
    tab = window.associations_tab
    shown = tab.shown
    assert shown is not None
    outer = {node.name: node.outer for node in shown.nodes}
    assert outer["Jonas Brandt"]  # beyond the mill, in the second ring
    assert not outer["Harbour Mill"]
    assert "Viktor Rahm" not in outer
    mill = next(node.id for node in shown.nodes if node.name == "Harbour Mill")
    tab.canvas.nodeActivated.emit(mill)
    _at(qtbot, window, "Harbour Mill")
    tab.bar.back.click()
    _at(qtbot, window, "Marta Olsen")
    assert tab.bar.forward.isEnabled()


@pytest.mark.slow
def test_g2_the_bar_says_how_many_of_how_many(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = _stocked(make_window, qtbot)
    _open(qtbot, window, "Jonas Brandt")
    tab = window.associations_tab
    shown = tab.shown
    assert shown is not None
    assert len(shown.edges) >= 3
    assert tab.bar.count.text() == f"{len(shown.edges)} of {shown.total} links"
    assert not tab.bar.more.isVisible()
    window.resize(1180, 800)
    came_to_rest(qtbot, window)
    # Tools may wrap; their menu stays at the edge, and is on no line of its own.
    assert tab.bar.width() - tab.bar.export.geometry().right() < tab.bar.export.width()
    # Once it has settled it stays.
    settled = dict(tab.canvas.picture.places)
    assert len(settled) >= 3
    came_to_rest(qtbot, window)
    assert tab.canvas.picture.places.keys() == settled.keys()
    for id, place in settled.items():
        assert tab.canvas.picture.places[id] == pytest.approx(place, abs=1.0)  # of a pixel


@pytest.mark.slow
def test_g3_a_link_opens_its_passage_at_the_words(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = _stocked(make_window, qtbot)
    _open(qtbot, window, "Jonas Brandt")
    _told(qtbot, window, _row(window, "Jonas Brandt", "tide wheel"))
    link = window.associations_tab.detail
    quotes = [each for each in link.findChildren(QuoteText) if each.isVisible()]
    assert quotes[0].quote == "Jonas Brandt invented the tide wheel."
    marked = [quotes[0].quote[start:end] for start, end in quotes[0].marks]
    assert any("invented" in words for words in marked)
    assert not unnamed(window)
    button_of(link, "Open").click()
    qtbot.waitUntil(lambda: bool(window.reader_tab.highlighted_words()))
    assert window.tabs.currentIndex() == READER
    assert window.reader_tab.highlighted_words() == "Jonas Brandt invented the tide wheel."


@pytest.mark.slow
def test_g4_the_legend_filters_and_says_line_word_and_number(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _stocked(make_window, qtbot)
    _open(qtbot, window, "Jonas Brandt")
    tab = window.associations_tab
    chips = tab.bar.filters.chips
    assert tuple(chips) == TAGS
    pictures = set()
    for tag, chip in chips.items():
        assert chip.text().strip().startswith(WORDS[tag])
        picture = chip.icon().pixmap(chip.iconSize()).toImage()
        pictures.add(bytes(picture.constBits()))
    assert len(pictures) == len(TAGS)
    count = len(tab.model.rows)
    assert chips["explicit"].text().strip() == f"Stated {count}"
    chips["explicit"].click()
    qtbot.waitUntil(lambda: not tab.model.rows)
    assert tab.shown is not None
    assert [node.name for node in tab.shown.nodes] == ["Jonas Brandt"]
    chips["explicit"].click()
    qtbot.waitUntil(lambda: len(tab.model.rows) == count)


@pytest.mark.slow
def test_g5_table_and_picture_choose_the_same_link(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = _stocked(make_window, qtbot)
    _open(qtbot, window, "Jonas Brandt")
    tab = window.associations_tab
    tab.table.setFocus()
    tab.table.selectRow(0)
    assert tab.canvas.selected_edge == tab.model.rows[0].id
    other = tab.model.rows[1].id
    tab.canvas.edgeSelected.emit(other)
    chosen = tab.table.chosen()
    assert chosen is not None
    assert chosen.id == other
    tab.table.horizontalHeader().setSortIndicator(2, Qt.SortOrder.AscendingOrder)
    names = [row.tail_name.casefold() for row in tab.model.rows]
    assert names == sorted(names)
    chosen = tab.table.chosen()
    assert chosen is not None
    assert chosen.id == other
    QTest.keyClick(tab.table, Qt.Key.Key_Up)
    assert tab.canvas.selected_edge != other
    spoken = tab.model.index(0, 0).data(int(Qt.ItemDataRole.AccessibleTextRole))
    assert "stated" in spoken


@pytest.mark.slow
def test_g5_the_links_are_exported_as_csv(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = _stocked(make_window, qtbot)
    _open(qtbot, window, "Jonas Brandt")
    file = tmp_path / "links"
    window.explore_actions.export_to("csv", file)
    written = file.with_suffix(".csv")
    qtbot.waitUntil(written.exists)
    qtbot.waitUntil(lambda: "Exported" in window.toasts.text)
    lines = written.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("From,Relation,To,Tag")
    assert any("Jonas Brandt,invented,tide wheel,explicit" in line for line in lines)


@pytest.mark.slow
def test_g6_a_link_is_rejected_and_confirmed_and_both_are_undone(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _stocked(make_window, qtbot)
    _open(qtbot, window, "Jonas Brandt")
    tab, undo = window.associations_tab, window.actions_by_name["undo"]
    id = _row(window, "Jonas Brandt", "tide wheel")
    _told(qtbot, window, id)
    button_of(window.associations_tab.detail, "Reject").click()
    qtbot.waitUntil(lambda: tab.model.row_of(id) < 0)
    undo.trigger()
    qtbot.waitUntil(lambda: tab.model.row_of(id) >= 0)
    _told(qtbot, window, id)
    button_of(window.associations_tab.detail, "Accept").click()

    def tag() -> str:
        at = tab.model.row_of(id)
        return str(tab.model.rows[at].tag) if at >= 0 else ""

    qtbot.waitUntil(lambda: tag() == "confirmed")
    undo.trigger()
    qtbot.waitUntil(lambda: tag() == "explicit")


@pytest.mark.slow
def test_g6_a_concept_is_renamed_and_merged_from_the_picture(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _stocked(make_window, qtbot)
    _open(qtbot, window, "Jonas Brandt")
    tab = window.associations_tab
    assert tab.ego is not None
    ways = dict(tab.ways_with("node", tab.ego.centre))
    ways["Rename…"]()
    qtbot.waitUntil(
        lambda: (
            (line := QApplication.focusWidget()) is not None
            and line.accessibleName() == "Name of the concept"
        ),
    )
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    line.setText("Jonas Brandt the Elder")
    QTest.keyClick(line, Qt.Key.Key_Return)
    _at(qtbot, window, "Jonas Brandt the Elder")
    window.actions_by_name["undo"].trigger()
    _at(qtbot, window, "Jonas Brandt")


@pytest.mark.slow
def test_g7_a_path_is_shown_stop_by_stop_with_its_passages(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _stocked(make_window, qtbot)
    _open(qtbot, window, "Marta Olsen")
    tab = window.associations_tab
    line = tab.bar.path_field.line
    line.setFocus()
    QTest.keyClicks(line, "tide wheel")
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab.path.way is not None)
    way = tab.path.way
    assert way is not None
    assert way.path is not None
    assert 1 <= len(way.path.steps) <= 6
    assert tab.path.isVisible()
    quotes = [each.quote for each in tab.path.findChildren(QuoteText)]
    assert len(quotes) == len(way.path.steps)
    # Where a passage joins both ends, its two sentences are shown.
    assert all(part in MILL for quote in quotes for part in quote.split(" … "))
    assert not unnamed(window)
    button_of(tab.path, "Open").click()
    qtbot.waitUntil(lambda: bool(window.reader_tab.highlighted_words()))
    window.navigate.show_tab(ASSOCIATIONS)
    tab.path.close_button.click()
    assert tab.canvas.isVisible()


@pytest.mark.slow
def test_g7_both_names_of_a_path_are_typed_in_path(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = _stocked(make_window, qtbot)
    _open(qtbot, window, "Jonas Brandt")
    tab = window.associations_tab
    tab.bar.segments["path"].click()

    def type_into(line: QLineEdit, name: str) -> None:
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, name)
        QTest.keyClick(line, Qt.Key.Key_Return)

    type_into(tab.bar.field.line, "Marta Olsen")
    qtbot.waitUntil(lambda: tab.ego is not None and tab.ego.name == "Marta Olsen")
    assert tab.view == "path"
    assert tab.bar.path_field.line.hasFocus()
    type_into(tab.bar.path_field.line, "tide wheel")
    qtbot.waitUntil(lambda: tab.path.way is not None)
    # Another beginning has its path looked for at once.
    type_into(tab.bar.field.line, "Jonas Brandt")
    qtbot.waitUntil(lambda: tab.path.way is not None and tab.path.way.head.name == "Jonas Brandt")
    assert tab.path.way is not None
    assert tab.path.way.tail.name == "tide wheel"
    assert tab.path.isVisible()


@pytest.mark.slow
def test_g7_where_no_path_leads_one_can_widen_the_scope(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _stocked(make_window, qtbot)
    library = library_of(window)
    library.add_text("Marta Olsen visited Viktor Rahm.", title="A visit")
    library.graph.link()
    window.shelf.refresh()
    tab = window.associations_tab
    window.navigate.show_tab(ASSOCIATIONS)
    qtbot.waitUntil(lambda: any(row.name == "Mills" for row in window.shelf.collections))
    window.collections.choose(Scope("Mills"))
    assert tab.collection == "Mills"
    _open(qtbot, window, "Marta Olsen")
    assert tab.ego is not None
    port = library.graph.concept("Viktor Rahm").concept.id
    tab.path.look_for(tab.ego.centre, port, "Mills")
    qtbot.waitUntil(lambda: "No path worth showing" in words_of(tab))
    button_of(tab.path, "Search everything").click()
    qtbot.waitUntil(lambda: tab.path.way is not None and tab.path.way.path is not None)
    assert tab.collection is None


@pytest.mark.slow
def test_a_name_that_is_no_concept_says_so_in_place(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = _stocked(make_window, qtbot)
    _open(qtbot, window, "Marta Olsen")
    tab = window.associations_tab
    tab.bar.field.focus()
    tab.bar.field.line.clear()
    QTest.keyClicks(tab.bar.field.line, "zzqx")
    QTest.keyClick(tab.bar.field.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "No name called “zzqx”" in tab.bar.count.text())
    # The library may be drawn anew meanwhile: that says nothing of the name.
    tab.changed()
    qtbot.waitUntil(lambda: window.jobs.busy == 0)
    assert "No name called “zzqx”" in tab.bar.count.text()
    QTest.keyClick(tab.bar.field.line, Qt.Key.Key_Escape)
    assert tab.bar.field.line.text() == "Marta Olsen"
    assert " of " in tab.bar.count.text()


@pytest.mark.slow
def test_the_inspector_leads_to_the_associations_of_a_concept(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _stocked(make_window, qtbot)
    concept = library_of(window).graph.concept("Edda Lund").concept.id
    window.inspection.show_concept(concept)
    shown = window.inspector.concept
    qtbot.waitUntil(lambda: shown.seen is not None and _presses(shown, "Show in Explore") != [])
    button_of(window.inspector.concept, "Show in Explore").click()
    _at(qtbot, window, "Edda Lund")
    assert window.tabs.currentIndex() == ASSOCIATIONS


@pytest.mark.slow
def test_evidence_leads_to_the_associations_of_what_it_is_about(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = _stocked(make_window, qtbot)
    window.navigate.focus_question()
    window.ask_tab.composer.field.setText("Who invented the tide wheel?")
    window.ask_tab.composer.ask()
    qtbot.waitUntil(lambda: window.ask_tab.answer is not None)
    answer = window.ask_tab.answer
    assert answer is not None
    window.shelf.wanted.associated.emit(answer.evidence[0])
    tab = window.associations_tab
    qtbot.waitUntil(lambda: tab.ego is not None)
    assert window.tabs.currentIndex() == ASSOCIATIONS


@pytest.mark.slow
def test_an_empty_library_says_where_concepts_come_from(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(exists=False)
    qtbot.waitUntil(lambda: window.shelf.loaded)
    window.navigate.show_tab(ASSOCIATIONS)
    qtbot.waitUntil(lambda: "No names yet" in words_of(window.associations_tab))
    assert not unnamed(window)


@pytest.mark.slow
@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_nothing_of_the_tab_is_cut_off_in_a_small_window(
    make_window: MakeWindow, qtbot: QtBot, zoom: float
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.zoom_first(zoom)
    theme.apply(app, "light")
    window = _stocked(make_window, qtbot, settings=Settings(zoom=zoom), size=(1024, 700))
    _open(qtbot, window, "Jonas Brandt")
    came_to_rest(qtbot, window)
    assert (window.width(), window.height()) == (1024, 700)
    assert clipped(window) == []
    assert not unnamed(window)


@pytest.mark.slow
def test_the_views_wrap_where_their_words_need_more_room(make_window: MakeWindow) -> None:
    views = make_window(tab=ASSOCIATIONS).associations_tab.bar.views
    assert views.minimumSizeHint().width() < views.sizeHint().width() / 2


@pytest.mark.slow
def test_without_a_name_the_keys_go_to_the_field(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(tab=ASSOCIATIONS)
    tab = window.associations_tab
    qtbot.waitUntil(lambda: "No names yet" in words_of(tab))
    for view in (TOPICS, GRAPH):
        tab.bar.segments[view].click()
    qtbot.waitUntil(tab.bar.field.line.hasFocus)


@pytest.mark.slow
def test_as_many_passages_are_counted_as_are_listed(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = _stocked(make_window, qtbot)
    library_of(window).add_text("Marta Olsen met Edda Lund. It rained.", title="The Sight")
    library_of(window).graph.link()
    _open(qtbot, window, "Marta Olsen")
    rows = window.associations_tab.model.rows
    edge = next(each for each in rows if each.tail_name == "Edda Lund")
    _told(qtbot, window, edge.id)
    detail = window.associations_tab.detail
    qtbot.waitUntil(lambda: window.jobs.busy == 0)
    # The library counts what says it in the words of the link; others are listed as well.
    detail.show_edge(replace(edge, evidence=1), None)
    qtbot.waitUntil(lambda: detail.told is not None and detail.told.edge.evidence == 1)
    assert "Stated in 2 passages" in words_of(detail)


def test_a_passage_that_says_no_relation_has_the_names_marked(qapp: QApplication) -> None:
    text = "Mr. Darcy bowed, and Elizabeth curtsied; Elizabeth went."
    said = Saying(1, text, "", 0, 0, False, False, 0.5, 0.0, source=1, title="Pride")
    edge = Edge(
        *("1:near:2", 1, 2, "Elizabeth", "mr. darcy", "near", "is named with", "emergent"),
        *(0.5, 1, 1, False, None, None),
    )
    ways = Wanted()
    for of, marked in ((edge, ["Mr. Darcy", "Elizabeth"]), (None, [])):
        quote = passage_row(said, None, ways, of).findChild(QuoteText)
        assert quote is not None
        assert [text[start:end] for start, end in quote.marks] == marked
