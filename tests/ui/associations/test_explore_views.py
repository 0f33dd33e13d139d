"""The views of Explore over a real library: names, sentences with passages, list, path, topics."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.memory.graph.test_topics import MILL, PORT, tale
from tests.ui.conftest import MakeWindow
from tests.ui.looks import unnamed
from tests.ui.stage import library_of, words_of
from workbench.ui.ask.quote import QuoteText
from workbench.ui.associations.bar import GRAPH, LIST, PATH, TOPICS
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import ASK, ASSOCIATIONS


def _stocked(make_window: MakeWindow, qtbot: QtBot, folder: Path) -> MainWindow:
    window = make_window()
    qtbot.waitUntil(lambda: window.shelf.complete and window.shelf.library is not None)
    library = library_of(window)
    for name, names in (("mill", MILL), ("port", PORT)):
        (folder / f"{name}.txt").write_text(tale(names), encoding="utf-8")
        library.add([folder / f"{name}.txt"], wait="linked")
    library.graph.link()
    window.shelf.refresh()
    qtbot.waitUntil(lambda: len(window.shelf.sources) == 2)
    window.navigate.show_tab(ASSOCIATIONS)
    return window


@pytest.mark.slow
def test_g1_a_name_of_the_list_is_looked_at_with_its_passages(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = _stocked(make_window, qtbot, tmp_path)
    tab = window.associations_tab
    names = tab.names
    qtbot.waitUntil(lambda: len(names.model.rows) == len(MILL) + len(PORT))
    assert names.isVisible()
    names.find_field.setText("olga")
    qtbot.waitUntil(lambda: [each.name for each in names.model.rows] == ["Olga Brandt"])
    QTest.keyClick(names.find_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab.ego is not None and tab.ego.name == "Olga Brandt")
    assert names.table.chosen() is not None
    # Nothing was chosen: the passages of the strongest link are there.
    qtbot.waitUntil(lambda: tab.detail.told is not None)
    assert tab.detail.isVisible()
    first = tab.side.links.chosen()
    assert first is not None
    assert "Olga Brandt" in (first.head_name, first.tail_name)
    listed = len(tab.side.links.rows.rows)
    assert tab.side.title.text() == f"{listed} link{'s' * (listed != 1)} of Olga Brandt"
    # The sentences are the list twin of the picture, and both say which link is chosen.
    other = next(each for each in tab.side.links.rows.rows if each.id != first.id)
    tab.canvas.edgeSelected.emit(other.id)
    qtbot.waitUntil(lambda: tab.detail.told is not None and tab.detail.told.edge.id == other.id)
    assert [each.quote for each in tab.detail.findChildren(QuoteText) if each.isVisible()]
    assert not unnamed(window)
    window.navigate.show_tab(ASK)
    assert not names.isVisible()


@pytest.mark.slow
def test_what_passages_name_together_is_not_said_to_be_in_none(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = _stocked(make_window, qtbot, tmp_path)
    library = library_of(window)
    for name, season in (("one", "spring"), ("two", "autumn"), ("three", "winter")):
        library.add_text(f"In {season}, near Ada Birch, there was Rolf Elmer.", title=name)
    library.graph.link()
    tab = window.associations_tab
    tab.open_concept("Ada Birch")
    qtbot.waitUntil(lambda: tab.ego is not None)
    (beside,) = (each for each in tab.model.rows if "Rolf" in each.head_name + each.tail_name)
    assert (beside.kind, beside.evidence) == ("co_occurs", 3)
    assert tab.select_edge(beside.id)
    qtbot.waitUntil(lambda: tab.detail.told is not None and tab.detail.told.edge.id == beside.id)
    assert [each.quote for each in tab.detail.findChildren(QuoteText)]
    assert "No passage states this" not in words_of(tab.detail)
    assert "Named together in 3 passages" in words_of(tab.detail)


@pytest.mark.slow
def test_g5_views_keep_what_is_chosen(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = _stocked(make_window, qtbot, tmp_path)
    tab = window.associations_tab
    tab.open_concept("Olga Brandt")
    qtbot.waitUntil(lambda: tab.ego is not None)
    edge = tab.model.rows[-1].id
    assert tab.select_edge(edge)
    shown = {
        LIST: tab.table,
        PATH: tab.bar.path_field.line,
        TOPICS: tab.topics.list,
        GRAPH: tab.canvas,
    }
    for view, part in shown.items():
        tab.bar.segments[view].click()
        qtbot.waitUntil(part.isVisible)
        assert [each.isVisible() for each in shown.values()].count(True) == 1
        qtbot.waitUntil(lambda: not unnamed(window))
    assert tab.canvas.selected_edge == edge
    chosen = tab.table.chosen()
    assert chosen is not None
    assert chosen.id == edge


@pytest.mark.slow
def test_a_topic_is_looked_at_alone_and_its_sources_are_asked(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = _stocked(make_window, qtbot, tmp_path)
    tab = window.associations_tab
    tab.bar.segments[TOPICS].click()
    topics = tab.topics
    qtbot.waitUntil(lambda: len(topics.topics) == 2)
    at = next(n for n, each in enumerate(topics.topics) if PORT[0] in str(each.concepts))
    topics.list.selectRow(at)
    chosen = topics.list.chosen()
    assert chosen is not None
    assert chosen == topics.topics[at]
    assert "5 names in 1 source." in topics.about.text()
    topics.alone.click()
    qtbot.waitUntil(lambda: {each.name for each in tab.names.model.rows} == set(PORT))
    qtbot.waitUntil(lambda: tab.shown is not None and tab.view == GRAPH)
    tab.names.topic_chip.click()
    qtbot.waitUntil(lambda: len(tab.names.model.rows) == len(MILL) + len(PORT))
    tab.bar.segments[TOPICS].click()
    topics.ask.click()
    assert window.tabs.currentIndex() == ASK
    assert window.ask_tab.composer.sources == chosen.sources


_GUESTS = (
    "Ada Brink", "Per Moen", "Olga Strand", "Ivo Lund", "Tore Vik", "Mia Dahl", "Nils Berg",
    "Eva Holm", "Jon Aas", "Liv Roe", "Kai Nes", "Una Haug", "Odd Lien", "Siv Moe", "Gro Eide",
)  # fmt: skip
_STATED = (
    "Nora Hale founded the Dolm Mill. Nora Hale married Erik Sand."
    " Nora Hale wrote the Tidal Almanac. Nora Hale discovered Karsten Island."
)


@pytest.mark.slow
def test_what_a_text_states_of_a_name_comes_before_who_is_named_with_it(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    together = (f"Nora Hale, {guest} and the rain filled the evening. " for guest in 2 * _GUESTS)
    window = make_window()
    qtbot.waitUntil(lambda: window.shelf.complete and window.shelf.library is not None)
    library = library_of(window)
    (tmp_path / "inn.txt").write_text(f"{''.join(together)}\n\n{_STATED}\n", encoding="utf-8")
    library.add([tmp_path / "inn.txt"], wait="linked")
    library.graph.link()
    window.shelf.refresh()
    window.navigate.show_tab(ASSOCIATIONS)
    tab = window.associations_tab
    tab.open_concept("Nora Hale")
    qtbot.waitUntil(lambda: tab.ego is not None and tab.ego.name == "Nora Hale")
    assert tab.shown is not None
    links = [edge for edge in tab.shown.edges if tab.shown.centre in (edge.head, edge.tail)]
    relations = [edge.kind != "co_occurs" for edge in links]
    assert relations[:12] == sorted(relations[:12], reverse=True)
    ends = {edge.tail_name for edge in links[:8]}
    assert ends >= {"Dolm Mill", "Erik Sand", "Tidal Almanac", "Karsten Island"}
