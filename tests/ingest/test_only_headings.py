"""Documents of nothing but headings: their words are found, on the page where they stand."""

from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

import ingest
from ingest.records import Section
from tests.ingest.conftest import Read


def test_a_text_of_headings_alone_is_read(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "slip.md"
    path.write_text("# The ferry to Viana\n\n## Nobody was on it\n")
    found = read(path)
    said = " ".join(passage.text for passage in found.passages)
    assert "The ferry to Viana" in said
    assert "Nobody was on it" in said


def test_a_heading_above_text_stays_out_of_the_passages(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "letter.md"
    path.write_text("# The ferry to Viana\n\nIt left at seven.\n")
    assert [passage.text for passage in read(path).passages] == ["It left at seven."]


def test_pages_of_one_line_each_are_found_on_their_page(tmp_path: Path) -> None:
    path = tmp_path / "bookmarks.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    for country in ("France", "Denmark"):
        canvas.bookmarkPage(country)
        canvas.addOutlineEntry(country, country)
        canvas.drawString(80, 700, f"This is a page about {country}")
        canvas.showPage()
    canvas.save()
    sections = [each for each in ingest.read(path) if isinstance(each, Section)]
    passages = [passage for each in sections for passage in each.passages]
    assert [(each.text, each.locator.page) for each in passages] == [
        ("This is a page about France", 1),
        ("This is a page about Denmark", 2),
    ]


def test_signs_alone_are_no_words(tmp_path: Path) -> None:
    path = tmp_path / "signs.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.drawString(80, 700, "!")
    canvas.save()
    sections = [each for each in ingest.read(path) if isinstance(each, Section)]
    assert not any(each.passages for each in sections)


@pytest.mark.parametrize("text", ["Salt and brandy", ""])
def test_what_was_filled_into_a_form_is_read_with_the_page(text: str, tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.drawString(80, 700, "What did you bring home from the coast, and what is it for?")
    canvas.acroForm.textfield(name="brought", value=text, x=80, y=660, width=200, height=20)
    canvas.save()
    sections = [each for each in ingest.read(path) if isinstance(each, Section)]
    words = "".join(each.text for each in sections)
    assert "bring home from the coast" in words
    assert ("Salt and brandy" in words) == bool(text)
