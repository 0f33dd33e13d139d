"""What is too large, too old or gone while it is shown is listed, drawn and opened all the same."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.stage import words_of
from workbench.library import Library
from workbench.recall.records import Cell, SourceRef, Table, TableRow
from workbench.ui.memories.switch import DIFFERENCES, TIMELINE
from workbench.ui.plots.timeline import year_ticks
from workbench.ui.tables.grid import Grid, GridModel
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import ASK

_QUESTIONS = tuple(f"How many were there on day {day}?" for day in range(30))
_ASKED = "Who repaired the bridge of Sund?"


def _table(filled: int) -> Table:
    """2,000 sources and 30 questions, the first `filled` cells with numbers in no order."""
    rows = []
    for source in range(2_000):
        cells = tuple(
            Cell(source, question, "answer", f"{source * 37 % 1999} mice")
            if source * 30 + at < filled
            else Cell(source, question)
            for at, question in enumerate(_QUESTIONS)
        )
        ref = SourceRef(source, None, f"Report {source}", None, "text")
        rows.append(TableRow(ref, cells))
    return Table("Large", _QUESTIONS, tuple(rows))


def _ask_view(window: MainWindow, qtbot: QtBot, name: str) -> None:
    qtbot.waitUntil(lambda: window.shelf.complete and bool(window.shelf.sources))
    window.navigate.show_tab(ASK)
    window.ask_tab.switch.segments[name].click()


def test_a_large_table_stays_sorted_while_it_fills(qtbot: QtBot, qapp: QApplication) -> None:
    model = GridModel()
    grid = Grid(model)
    qtbot.addWidget(grid)
    grid.show()
    model.show_table(_table(30_000), filling=True)
    model.sort(0, Qt.SortOrder.DescendingOrder)
    grid.setCurrentIndex(model.index(3, 0))
    chosen = grid.cell
    assert chosen is not None
    for filled in (30_001, 30_031, 60_000):
        table = _table(filled)
        grid.keep_cell(partial(model.show_table, table, filling=filled < 60_000))
        texts = [row.cells[0].text for row in model.rows]
        numbers = [int(text.split()[0]) for text in texts if text]
        assert numbers == sorted(numbers, reverse=True)
        assert len(texts) == 2_000
        assert grid.cell is not None
        assert (grid.cell.source, grid.cell.question) == (chosen.source, chosen.question)


@pytest.mark.slow
def test_of_thousands_of_differences_the_first_are_shown_and_counted(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    pairs = [
        f"Clause {at}. The keeper of {place}{at} shall send %s lamps to the harbour of Sund."
        for at in range(600)
        for place in ("Marl", "Quellmark")
    ]
    same = [f"The boats of pier {at} are counted in spring." for at in range(1_200)]
    with Library.open(tmp_path / "Thesis.brain") as library:
        for name, number in (("old", "nine"), ("new", "ten")):
            said = [line % number for line in pairs]
            file = tmp_path / f"{name}.txt"
            file.write_text("\n\n".join([*same, *said]), "utf-8")
            library.add([file])
        library.add_text("The library of Emden has 12,000 books.", title="Plan")
        library.add_text("The library of Emden has 20,000 books.", title="Paper")
    window = make_window(inspector=False, opens=Library.open)
    _ask_view(window, qtbot, DIFFERENCES)
    page = window.table_actions.differences
    qtbot.waitUntil(lambda: len(page.model.rows) == 200, timeout=60_000)
    assert page.count.text() == "The first 200 differences"
    # What sources say of one thing is not hidden by the editions.
    assert page.model.index(0, 0).data() == "12,000  ≠  20,000"


def test_five_thousand_years_have_an_axis_with_readable_years(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    with Library.open(tmp_path / "Thesis.brain") as library:
        library.add_text(
            "The mound was built in 3000 BC. The weir was built in 1911. The contract ends in 2100."
        )
    window = make_window(inspector=False, opens=Library.open)
    _ask_view(window, qtbot, TIMELINE)
    page = window.table_actions.timeline
    qtbot.waitUntil(lambda: len(page.model.rows) == 3)
    assert [page.model.index(at, 0).data() for at in range(3)] == ["3000 BC", "1911", "2100"]
    ticks = [name for _, name in year_ticks(-2999.0, 2100.0)]
    assert 3 <= len(ticks) <= 7
    assert ticks[0].endswith("BC")


def test_a_source_deleted_while_its_passage_is_shown_leaves_no_dead_end(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    with Library.open(tmp_path / "Thesis.brain") as library:
        library.add_text("Oberland Engineering repaired the bridge of Sund.", title="Bridge")
        library.add_text("The lamps of Marl were lit with oil.", title="Lamps")
    window = make_window(inspector=False, tab=ASK, opens=Library.open)
    qtbot.waitUntil(lambda: window.shelf.complete and len(window.shelf.sources) == 2)
    window.ask_tab.ask(_ASKED)
    qtbot.waitUntil(lambda: window.reader_tab.isVisible() and window.reader_tab.source_id == 1)
    window.shelf.trash((1,))
    qtbot.waitUntil(lambda: [row.id for row in window.shelf.sources] == [2])
    answer = window.ask_tab.answer
    assert answer is not None
    window.ask_tab.open_evidence.emit(answer, 1)
    qtbot.waitUntil(lambda: window.jobs.busy == 0)
    # The answer and its passage stay, for Undo brings the source back.
    assert window.ask_tab.answer is answer
    window.shelf.restore((1,))
    qtbot.waitUntil(lambda: len(window.shelf.sources) == 2)


@pytest.mark.parametrize("title", ["تاريخ الجسور في الميناء", "תולדות הגשרים בנמל"])
def test_a_title_from_right_to_left_stands_at_the_same_side_in_every_list(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path, title: str
) -> None:
    with Library.open(tmp_path / "Thesis.brain") as library:
        library.add_text("The weir was built in 1911.", title=title)
        library.add_text("The library of Emden has 12,000 books.", title=title)
        library.add_text("The library of Emden has 20,000 books.", title="Paper")
    window = make_window(inspector=False, opens=Library.open)
    _ask_view(window, qtbot, DIFFERENCES)
    page = window.table_actions.differences
    qtbot.waitUntil(lambda: len(page.model.rows) == 1)
    # Without a mark the separator and the other title would change their order.
    assert title in page.model.columns[0].subtitle(page.model.rows[0])  # type: ignore[misc]
    assert title in words_of(page.detail)
