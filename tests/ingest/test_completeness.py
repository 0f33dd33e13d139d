"""What readers lose is noticed at reading, by a look that shares nothing with them."""

import zipfile
from pathlib import Path

from docx import Document
from openpyxl import Workbook

import ingest
from ingest import completeness
from ingest.records import Notice, Reading

_TEXT = "The harbour of Velm was dredged in spring, and the dredger belongs to the town."
_LOST = "Ambrosius Leontine Quarnbek russet cider Wilhelmine barracks mole wasps October presses"


def _notices(path: Path) -> list[Notice]:
    return [record for record in ingest.read(path) if isinstance(record, Notice)]


def _word(path: Path, paragraphs: int) -> Path:
    document = Document()
    for number in range(paragraphs):
        document.add_paragraph(f"{_TEXT} Page {number}.")
    document.save(str(path))
    return path


def _with(path: Path, member: str, old: str, new: str) -> Path:
    """The package with a change in one of its parts."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert old.encode() in parts[member]
    parts[member] = parts[member].replace(old.encode(), new.encode(), 1)
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def test_words_that_no_reader_finds_are_said_with_some_of_them(tmp_path: Path) -> None:
    path = _word(tmp_path / "a.docx", 3)
    # An element that nobody has heard of, where its reader does not look.
    odd = f"<w:rPr><w:t>{_LOST} </w:t></w:rPr><w:t>The harbour"
    _with(path, "word/document.xml", "<w:t>The harbour", odd)
    (notice,) = _notices(path)
    assert notice.code == "words_lost"
    assert "“wilhelmine”" in notice.message
    assert notice.words is not None
    assert {*_LOST.casefold().split()} <= {*notice.words.split()}


def test_a_document_that_is_read_whole_has_no_notice(tmp_path: Path) -> None:
    assert _notices(_word(tmp_path / "a.docx", 3)) == []
    book = Workbook()
    book.active.append(["Person", "Remark"])
    for number in range(30):
        book.active.append([f"Person{number}", f"{_TEXT} {number}"])
    book.save(tmp_path / "a.xlsx")
    assert _notices(tmp_path / "a.xlsx") == []


def test_a_second_look_that_fails_costs_nothing(tmp_path: Path) -> None:
    path = _word(tmp_path / "a.docx", 3)
    records = list(ingest.read(path))
    path.write_bytes(b"PK")
    assert list(completeness.complete("word", path, iter(records))) == records


def test_elements_without_an_end_take_time_only_in_proportion(tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("a.html", "<script >" * 300_000)
        package.writestr("b.html", "<script ></script>It was sold. " * 300_000)
    records = iter(list[Reading]())
    assert list(completeness.complete("epub", path, records)) == []
