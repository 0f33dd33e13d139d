"""Tables: the same questions asked of several sources, each cell a quote with its place."""

import csv
import io
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from workbench.cli.main import main
from workbench.errors import Cancelled, NotFoundError, UsageError
from workbench.jobs import Cancel, Progress
from workbench.library import Library, tables
from workbench.library.tables import TEMPLATES
from workbench.recall.answered.saved import Answered, restore_answer
from workbench.recall.answered.tables import compared
from workbench.recall.records import Cell, Table
from workbench.store import questions

_TESTED, _FEE = "When was recall tested?", "What did the ferry to Marl cost?"
_MORNING = "They learned ninety-six pairs of words. Recall was tested the next morning."
_NAP = "They looked at sixty pictures. Recall was tested after a nap of ninety minutes."


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A library with two short reports, and the reader that ships."""
    monkeypatch.delenv("WORKBENCH_READER")
    library = Library.open(tmp_path / "x.brain")
    library.add_text(_MORNING, title="Weak memories")
    library.add_text(_NAP, title="Replay")
    return library


def states(table: Table) -> list[list[str]]:
    return [[cell.state for cell in row.cells] for row in table.rows]


def test_each_source_is_asked_each_question(library: Library) -> None:
    with library:
        table = library.tables.create("Sleep", [_TESTED, _FEE], sources=[1, 2])
        assert states(table) == [["empty"] * 2] * 2
        told: list[Progress] = []
        table = library.tables.fill("Sleep", report=told.append)
        assert [(step.done, step.total) for step in told] == [(n, 4) for n in range(4)]
        assert table.unfilled == 0
        first, second = table.rows
        assert "next morning" in first.cells[0].text
        assert "ninety minutes" in second.cells[0].text
        for row in table.rows:
            cell = row.cells[0]
            assert cell.evidence is not None
            assert cell.evidence.source.id == row.source.id == cell.source
            assert 0 < cell.confidence <= 1
            assert row.cells[1].state == "unstated"
            assert row.cells[1].text == ""
        assert library.tables.list() == ["Sleep"]
        assert library.answers.list() == []
        assert library.verify().sound


def test_it_is_the_source_itself(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "weirs.md"
    file.write_text(
        "---\ntitle: On Weirs\nauthor: Ada Holm\ndate: 1911\n---\n\n# On Weirs\n\nBy Ada Holm\n\n"
        "A weir raises the level of a river. Most are of stone.\n",
        encoding="utf-8",
    )
    with library:
        source = library.add(file)[0].source
        assert source is not None
        library.tables.create("Books", ["Who wrote it?"], sources=[source, 1])
        first, second = library.tables.fill("Books").rows
        assert first.cells[0].text == "Ada Holm"
        assert first.cells[0].question == "Who wrote it?"
        assert second.cells[0].state == "unstated"


def test_what_is_filled_stays_filled_after_a_cancel(library: Library) -> None:
    with library:
        library.tables.create("Sleep", [_TESTED], sources=[1, 2])
        cancel = Cancel()
        with pytest.raises(Cancelled):
            library.tables.fill(
                "Sleep", report=lambda step: cancel.set() if step.done else None, cancel=cancel
            )
        assert library.tables.get("Sleep").unfilled == 1
        told: list[Progress] = []
        assert library.tables.fill("Sleep", report=told.append).unfilled == 0
        assert len(told) == 1


def test_a_sentence_that_answers_one_question_is_doubted_for_another() -> None:
    def cell(question: str, text: str, confidence: float) -> Cell:
        state = "answer" if confidence > 0.6 else "possible" if text else "unstated"
        return Cell(1, question, state, text, confidence)

    cells = [
        cell("What is proposed?", "It proposes a lock.", 0.96),
        cell("What was rejected?", "It proposes a lock.", 0.57),
        cell("How fast is it?", "It proposes a lock.", 0.83),
        cell("Who wrote it?", "Ada Holm", 0.95),
        cell("What is missing?", "", 0.1),
    ]
    row = compared([(item, item.text) for item in cells])
    assert [item.state for item in row] == ["answer", "unstated", "possible", "answer", "unstated"]
    assert row[1].text == ""


def test_of_doubtful_cells_from_one_sentence_the_best_stays() -> None:
    sentence = "Forty mice ran in Ghent."
    chances = {"Forty": 0.55, "Ghent": 0.5, "mice": 0.2, sentence: 0.15}
    cells = [Cell(1, "?", "possible", text, chance) for text, chance in chances.items()]
    row = compared([(cell, sentence) for cell in cells])
    assert [item.text for item in row] == ["Forty", "Ghent", "", ""]


def test_a_short_source_that_says_it_in_few_words_is_doubted_and_not_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WORKBENCH_READER")
    with Library.open(tmp_path / "x.brain") as library:
        library.add_text(
            "Sleep matters. We recruited 96 volunteers from the town. Breakfast was at eight."
        )
        library.tables.create(
            "Studies", ["How many people from the town took part?", _FEE], sources=[1]
        )
        ((count, fee),) = [row.cells for row in library.tables.fill("Studies").rows]
        assert (count.state, "96" in count.text) == ("possible", True)
        assert fee.state == "unstated"


def test_a_correction_stands_until_it_is_taken_back(library: Library) -> None:
    with library:
        library.tables.create("Sleep", [_TESTED], sources=[1, 2])
        library.tables.fill("Sleep")
        before = library.tables.get("Sleep")
        cell = library.tables.correct("Sleep", 1, _TESTED, "at eight")
        assert (cell.state, cell.text) == ("corrected", "at eight")
        assert cell.original == before.rows[0].cells[0].text
        library.tables.fill("Sleep")
        assert library.tables.get("Sleep").rows[0].cells[0] == cell
        library.tables.correct("Sleep", 1, _TESTED, None)
        assert library.tables.get("Sleep") == before
        with pytest.raises(NotFoundError):
            library.tables.correct("Sleep", 1, "Who paid?", "nobody")


def test_a_cell_can_be_filled_by_hand(library: Library) -> None:
    with library:
        library.tables.create("Sleep", [_TESTED], sources=[1])
        library.tables.correct("Sleep", 1, _TESTED, "at eight")
        assert library.tables.fill("Sleep").rows[0].cells[0].text == "at eight"
        assert library.tables.correct("Sleep", 1, _TESTED, "").text == ""


def test_what_was_filled_by_hand_alone_is_asked_once_that_is_taken_back(library: Library) -> None:
    with library:
        library.tables.create("Sleep", [_TESTED], sources=[1])
        library.tables.correct("Sleep", 1, _TESTED, "at eight")
        assert library.tables.correct("Sleep", 1, _TESTED, None).state == "empty"
        assert "next morning" in library.tables.fill("Sleep").rows[0].cells[0].text


def test_a_source_that_was_read_anew_is_asked_anew(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "nap.txt"
    file.write_text("They slept in a hut. Recall was tested at noon.", encoding="utf-8")
    with library:
        source = library.add(file)[0].source
        assert source is not None
        library.tables.create("Sleep", [_TESTED], sources=[source])
        library.tables.fill("Sleep")
        library.tables.correct("Sleep", source, _TESTED, "at eight")
        file.write_text("They slept in a hut. Recall was tested at midnight.", encoding="utf-8")
        library.add(file, replace=True)
        (cell,) = library.tables.get("Sleep").cells
        assert cell.text == "at eight"
        # What it said before is no answer of what it says now.
        assert library.tables.correct("Sleep", source, _TESTED, None).state == "empty"
        (cell,) = library.tables.fill("Sleep").cells
        assert "midnight" in cell.text


def test_a_table_outlives_its_collection_and_follows_its_name(library: Library) -> None:
    with library:
        library.collections.create("Papers")
        library.collections.assign([2], "Papers")
        library.tables.create("Sleep", [_TESTED], sources=[1], collection="Papers")
        library.collections.change("Papers", name="Reports")
        table = library.tables.get("Sleep")
        assert (table.collection, len(table.rows)) == ("Reports", 2)
        library.collections.remove("Reports")
        table = library.tables.fill("Sleep")
        assert (table.collection, len(table.rows)) == (None, 1)


def test_filling_a_cell_costs_the_same_in_a_large_table(library: Library) -> None:
    with library:
        library.tables.create("Sleep", [f"Who is number {n}?" for n in range(50)], sources=[1, 2])
        for row in library.tables.get("Sleep").rows:
            for cell in row.cells[:-1]:
                library.tables.correct("Sleep", cell.source, cell.question, "x" * 2000)
        read = 0

        def of_table(
            connection: sqlite3.Connection, name: str, after: int = 0
        ) -> list[questions.QuestionRow]:
            nonlocal read
            rows = original(connection, name, after)
            read += len(rows)
            return rows

        original = questions.of_table
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(questions, "of_table", of_table)
            library.tables.fill("Sleep")
        # The table is read before and after, and not for every cell.
        assert read <= 3 * 101


def test_correcting_a_cell_reads_its_row_and_not_the_table(library: Library) -> None:
    with library:
        library.tables.create("Sleep", [_TESTED], sources=[1, 2])
        library.tables.fill("Sleep")
        restored: list[int] = []
        original = restore_answer

        def counted(number: int, *rest: Any) -> Answered:
            restored.append(number)
            return original(number, *rest)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(tables, "restore_answer", counted)
            library.tables.correct("Sleep", 1, _TESTED, "at eight")
        assert len(restored) == 2
        assert len(set(restored)) == 1


def test_columns_and_rows_come_and_go(library: Library) -> None:
    with library:
        library.collections.create("Papers")
        library.collections.assign([1], "Papers")
        library.tables.create("Sleep", [_TESTED], collection="Papers")
        assert len(library.tables.fill("Sleep").rows) == 1
        library.collections.assign([2], "Papers")
        assert states(library.tables.get("Sleep"))[1] == ["empty"]
        table = library.tables.change("Sleep", add=[_FEE], drop=[_TESTED])
        assert table.questions == (_FEE,)
        library.tables.correct("Sleep", 1, _FEE, "two crowns")
        back = library.tables.change("Sleep", questions=[_TESTED])
        # What comes back has the answers that it had.
        assert [row.cells[0].state == "empty" for row in back.rows] == [False, True]
        table = library.tables.change("Sleep", questions=[_TESTED, _FEE])
        assert table.questions == (_TESTED, _FEE)
        assert table.rows[0].cells[1].text == "two crowns"
        library.tables.fill("Sleep")
        library.sources.delete([2])
        assert len(library.tables.get("Sleep").rows) == 1
        library.tables.delete("Sleep")
        assert library.tables.list() == []
        with pytest.raises(NotFoundError):
            library.tables.get("Sleep")


def test_a_column_is_asked_again_where_nobody_corrected_it(library: Library) -> None:
    with library:
        library.tables.create("Sleep", [_TESTED, _FEE], sources=[1, 2])
        library.tables.fill("Sleep")
        library.tables.correct("Sleep", 1, _TESTED, "at eight")
        asked: list[Progress] = []
        table = library.tables.fill("Sleep", again=[_TESTED], report=asked.append)
        assert [(step.note, step.total) for step in asked] == [(_TESTED, 1)]
        assert table.rows[0].cells[0].text == "at eight"
        assert "ninety minutes" in table.rows[1].cells[0].text


@pytest.mark.parametrize("again", [False, True])
def test_what_is_corrected_while_a_table_is_filled_stays(library: Library, again: bool) -> None:
    with library:
        library.tables.create("Sleep", [_TESTED], sources=[1, 2])
        if again:
            library.tables.fill("Sleep")

        def correct(step: Progress) -> None:
            if step.done == 0:
                library.tables.correct("Sleep", 2, _TESTED, "at eight")

        table = library.tables.fill("Sleep", again=[_TESTED] * again, report=correct)
        cell = table.rows[1].cells[0]
        assert (cell.state, cell.text) == ("corrected", "at eight")
        library.undo()
        (_, (cell,)) = (row.cells for row in library.tables.fill("Sleep").rows)
        assert "ninety minutes" in cell.text


def test_a_source_that_is_deleted_while_a_table_is_filled_leaves_nothing(library: Library) -> None:
    class Deleting(Cancel):
        """Deletes the first source while it is asked."""

        def check(self) -> None:
            if asked and len(library.sources.list()) == 2:
                library.sources.delete([1])

    asked: list[Progress] = []
    with library:
        library.tables.create("Sleep", ["What was the main result?", _TESTED], sources=[1, 2])
        table = library.tables.fill("Sleep", report=asked.append, cancel=Deleting())
        assert len(asked) == 4
        assert [row.source.id for row in table.rows] == [2]
        assert table.unfilled == 0
        with library._core.store.read() as connection:
            rows = questions.of_table(connection, "Sleep")
        assert all(row.scope["sources"] == [2] for row in rows[1:])


def test_a_source_that_is_read_again_while_it_is_asked_is_asked_again(
    library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "nap.txt"
    file.write_text("They slept in a hut. Recall was tested at noon.", encoding="utf-8")

    class Changing(Cancel):
        """Changes the file once the old one was searched."""

        checks = 0

        def check(self) -> None:
            self.checks += len(asked)
            if self.checks == 6:
                file.write_text("They slept. Recall was tested at midnight.", encoding="utf-8")
                library.add(file, replace=True)

    asked: list[Progress] = []
    with library:
        source = library.add(file)[0].source
        assert source is not None
        library.tables.create("Sleep", [_TESTED], sources=[source])
        library.tables.fill("Sleep", report=asked.append, cancel=Changing())
        (cell,) = library.tables.fill("Sleep").cells
        assert "midnight" in cell.text


def test_answers_that_are_forgotten_leave_tables(library: Library) -> None:
    with library:
        library.tables.create("Sleep", [_TESTED], sources=[1])
        table = library.tables.fill("Sleep")
        library.answers.keep(library.ask(_TESTED))
        assert library.answers.forget(everything=True) == 1
        assert library.tables.get("Sleep") == table


@pytest.mark.parametrize("template", TEMPLATES)
def test_ready_columns_are_questions(library: Library, template: str) -> None:
    with library:
        table = library.tables.create(template, template=template, sources=[1])
        assert len(table.questions) >= 5
        assert all(question.endswith("?") for question in table.questions)


def test_what_is_no_table_is_refused_in_a_sentence(library: Library) -> None:
    with library:
        library.tables.create("Sleep", [_TESTED])
        for name, questions in (("Sleep", [_TESTED]), (" ", [_TESTED]), ("A", ["…"])):
            with pytest.raises(UsageError):
                library.tables.create(name, questions)
        with pytest.raises(UsageError):
            library.tables.create("A", template="poems")
        with pytest.raises(UsageError):
            library.tables.create("A", [f"Who is number {n}?" for n in range(51)])
        with pytest.raises(NotFoundError):
            library.tables.create("A", [_TESTED], sources=[9])
        with pytest.raises(NotFoundError):
            library.tables.create("A", [_TESTED], collection="Nothing")
        with pytest.raises(UsageError):
            library.tables.export("Sleep", "odt")
        with pytest.raises(UsageError):
            library.tables.export("Sleep", "docx")
        assert library.tables.list() == ["Sleep"]


def test_a_table_of_books_has_their_main_characters_beginnings_and_ends(
    library: Library, tmp_path: Path
) -> None:
    asked = ["Who is the main character?", "How does the story begin?", "How does the story end?"]
    days = " ".join(f"Olaf Brandt rowed {n} miles to the rock. It rained." for n in range(2, 20))
    file = tmp_path / "sea.md"
    file.write_text(
        f"# The Sea\n\nA grey house stood alone on the rock of Skerry. {days} Mina Lund sang."
        " Mina Lund wrote. In spring the keepers of the light left the rock for good.\n",
        encoding="utf-8",
    )
    with library:
        source = library.add(file)[0].source
        assert source is not None
        library.tables.create("Books", asked, sources=[source, 1])
        first, second = library.tables.fill("Books").rows
    assert [cell.text for cell in first.cells] == [
        "Olaf Brandt", "A grey house stood alone on the rock of Skerry.",
        "In spring the keepers of the light left the rock for good.",
    ]  # fmt: skip
    assert {cell.state for cell in first.cells} == {"possible"}
    assert second.cells[0].state == "unstated"


def test_a_table_is_exported_with_its_places(library: Library, tmp_path: Path) -> None:
    with library:
        library.tables.create("Sleep", [_TESTED, _FEE], sources=[1, 2])
        library.tables.fill("Sleep")
        library.tables.correct("Sleep", 2, _FEE, "=2+3 | crowns")
        rows = list(csv.reader(io.StringIO(library.tables.export("Sleep", "csv"))))
        columns = [
            part
            for asked in (_TESTED, _FEE)
            for part in (asked, f"Place: {asked}", f"Certainty: {asked}")
        ]
        assert rows[0] == ["Source", "Authors", "Year", *columns]
        assert rows[1][0] == "Weak memories"
        assert "next morning" in rows[1][3]
        assert rows[1][5] in ("strong", "possible", "weak")
        assert rows[1][6:] == ["not stated", "", ""]
        # A spreadsheet takes what begins with “=” for a formula.
        assert rows[2][6:] == ["'=2+3 | crowns", "", "corrected"]
        assert r"=2+3 \| crowns (corrected) |" in library.tables.export("Sleep")
        workbook = load_workbook(library.tables.export("Sleep", file=tmp_path / "t.xlsx"))
        assert workbook.active is not None
        assert workbook.active["G3"].value == "=2+3 | crowns"
        assert workbook.active["G3"].data_type == "s"
        assert workbook.active["I3"].value == "corrected"
        document = Document(library.tables.export("Sleep", file=tmp_path / "t.docx"))
        assert document.tables[0].cell(1, 2).text == "not stated"


def test_rows_are_exported_in_the_order_asked_for_with_authors_and_numbers(
    library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "mills.md"
    file.write_text("---\ntitle: Mills\nauthor: Anna Brook\ndate: 1842\n---\n\nThe fee was 40.\n")
    with library:
        source = library.add(file)[0].source
        assert source is not None
        library.tables.create("Sleep", [_FEE], sources=[1, 2, source])
        library.tables.correct("Sleep", source, _FEE, "40")
        target = library.tables.export("Sleep", file=tmp_path / "t.xlsx", sources=[source, 2])
        markdown = library.tables.export("Sleep", sources=[2]).splitlines()
    sheet = load_workbook(target).active
    assert sheet is not None
    ids = [sheet[f"A{row}"].value for row in (2, 3, 4)]
    assert ids[0] == "Mills"
    assert ids[2] == "Weak memories"
    row = [sheet[f"{column}2"].value for column in "BCDF"]
    assert row == ["Anna Brook", 1842, 40, "corrected"]
    assert sheet["D2"].data_type == "n"
    assert not markdown[2].startswith("| Weak memories")


def test_a_correction_is_exported_on_one_line_and_without_a_place(
    library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "lab.md"
    file.write_text(f"# Lab\n\n## Recall\n\n{_MORNING}\n", encoding="utf-8")
    with library:
        source = library.add(file)[0].source
        assert source is not None
        questions = [_TESTED, _FEE, "Who came?", "Who left?"]
        library.tables.create("Sleep", questions, sources=[source])
        library.tables.fill("Sleep")
        assert "(Recall" in library.tables.export("Sleep")
        library.tables.correct("Sleep", source, _TESTED, "at eight\nor nine")
        lines = library.tables.export("Sleep").splitlines()
        document = Document(library.tables.export("Sleep", file=tmp_path / "t.docx"))
        workbook = load_workbook(library.tables.export("Sleep", file=tmp_path / "t.xlsx"))
    assert lines[2].startswith("| Lab | at eight or nine (corrected) |")
    assert len(lines) == 3
    # Five columns need a wide page.
    (section,) = document.sections
    assert section.page_width is not None
    assert section.page_height is not None
    assert section.page_width > section.page_height
    (sheet,) = workbook.worksheets
    assert sheet.column_dimensions["E"].width > 30


def test_a_table_is_made_and_shown_in_a_terminal(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library.close()
    path = ["--library", str(tmp_path / "x.brain")]
    assert main(["tables", "create", "Sleep", "--questions", _TESTED, "--sources", "1", *path]) == 0
    assert "Fill it with" in capsys.readouterr().err
    assert main(["tables", "fill", "Sleep", *path]) == 0
    assert f"{_TESTED}: Recall was tested the next morning" in capsys.readouterr().out
    assert main(["tables", "get", "Sleep", "--json", *path]) == 0
    table = json.loads(capsys.readouterr().out)
    assert table["rows"][0]["cells"][0]["state"] in ("answer", "possible")
