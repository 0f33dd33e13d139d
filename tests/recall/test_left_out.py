"""A word is only called missing where everything was read; else the part with it is named."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from workbench.library import Library
from workbench.library.options import SourceDetails


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "notes.brain") as opened:
        yield opened


def _budget(path: Path) -> Path:
    book = Workbook()
    visible, hidden = book.active, book.create_sheet("Staff")
    for row in (["Department", "Cost"], ["Kitchen", 1200], ["Garden", 800]):
        visible.append(row)
    for row in (["Person", "Salary"], ["Ambrosius", 4100], ["Leontine", 3900]):
        hidden.append(row)
    hidden.sheet_state = "hidden"
    book.save(path)
    return path


def test_a_name_in_a_hidden_sheet_is_offered_instead_of_called_missing(
    library: Library, tmp_path: Path
) -> None:
    library.add(_budget(tmp_path / "Budget.xlsx"))
    answer = library.ask("What does Ambrosius earn?", quotes=True)
    assert answer.abstained
    assert answer.suggestion == (
        "A hidden sheet of “Budget” has “Ambrosius”, but was left out: open the original to see it."
    )
    strange = library.ask("What does Wilhelmine earn?", quotes=True)
    assert "never mention “Wilhelmine”" in strange.suggestion


def test_what_was_left_out_is_still_known_after_reading_again(
    library: Library, tmp_path: Path
) -> None:
    (added,) = library.add(_budget(tmp_path / "Budget.xlsx"))
    assert added.source is not None
    library.add([added.source])
    library.sources.edit([added.source], SourceDetails(title="Costs of the house"))
    answer = library.ask("What does Leontine earn?", quotes=True)
    assert "A hidden sheet of “Costs of the house” has “Leontine”" in answer.suggestion
    assert library.sources.get(added.source).metadata["left_out"].count("leontine") == 1


def test_a_word_without_a_capital_is_offered_too(library: Library, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("The harbour of Velm was dredged in spring by the town.")
    run = document.add_paragraph().add_run("The dredger cost ninety florins at the auction.")
    run.font.hidden = True
    document.save(str(tmp_path / "Velm.docx"))
    library.add(tmp_path / "Velm.docx")
    answer = library.ask("How many florins were paid at the auctions?", quotes=True)
    assert answer.abstained
    assert "Hidden text of “" in answer.suggestion
    assert "“florins”" in answer.suggestion


def test_where_parts_could_not_be_read_that_is_said(library: Library, tmp_path: Path) -> None:
    source = tmp_path / "plan.tex"
    text = (
        "\\section{Harbour}\nThe harbour of Velm was dredged in spring.\n\\input{chapters/crew}\n"
    )
    source.write_text("\\documentclass{article}\\begin{document}" + text + "\\end{document}")
    library.add(source)
    answer = library.ask("Whom did Ambrosius marry?", quotes=True)
    assert "never mention “Ambrosius” in what was read of them: parts of “" in answer.suggestion


def test_only_sources_that_are_asked_are_looked_at(library: Library, tmp_path: Path) -> None:
    library.add(_budget(tmp_path / "Budget.xlsx"))
    note = tmp_path / "harbour.txt"
    note.write_text("The harbour of Velm was dredged in spring.")
    (added,) = library.add(note)
    assert added.source is not None
    answer = library.ask("What does Ambrosius earn?", quotes=True, sources=[added.source])
    assert "never mention “Ambrosius”: " in answer.suggestion
