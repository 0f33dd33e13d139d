"""The sample book: its manuscript, its questions, and the two files built from it."""

from __future__ import annotations

import json
import re
import runpy
import sys
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from workbench import Library, paths

SAMPLE = Path(__file__).parents[2] / "resources" / "sample"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"


def plain(markdown: str) -> str:
    """The manuscript's words without its metadata block and its markup."""
    body = markdown.split("---\n", 2)[2]
    return re.sub(r"\[\^\d+\]:?|\*|^#+ ", "", body, flags=re.MULTILINE)


def chapters(markdown: str) -> dict[str, str]:
    parts = re.split(r"^# (.+)\n", markdown.split("---\n", 2)[2], flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def epub_text(path: Path) -> str:
    """The words of all pages in reading order."""
    with zipfile.ZipFile(path) as archive:
        package = ET.fromstring(archive.read("EPUB/package.opf"))
        files = {item.get("id"): item.get("href") for item in package.iter(f"{OPF}item")}
        spine = [files[item.get("idref")] for item in package.iter(f"{OPF}itemref")]
        pages = [ET.fromstring(archive.read(f"EPUB/{name}")) for name in spine]
    return "\n".join("".join(page.itertext()) for page in pages)


@pytest.fixture(scope="module")
def manuscript() -> str:
    return (SAMPLE / "the-trace.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def questions() -> list[dict[str, Any]]:
    lines = (SAMPLE / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


# --- The manuscript ---------------------------------------------------------------------------


def test_length(manuscript: str) -> None:
    assert 8_000 <= len(plain(manuscript).split()) <= 9_500


def test_chapters(manuscript: str) -> None:
    found = chapters(manuscript)
    assert next(iter(found)) == "Preface"
    assert list(found)[-1] == "References"
    assert len(found) == 12
    for title, text in found.items():
        if title not in ("Preface", "References"):
            assert len(re.findall(r"^## ", text, flags=re.MULTILINE)) >= 3, title


def test_notes_are_numbered_through_and_stand_in_their_chapter(manuscript: str) -> None:
    seen = []
    for title, text in chapters(manuscript).items():
        calls = re.findall(r"\[\^(\d+)\](?!:)", text)
        assert calls == re.findall(r"^\[\^(\d+)\]:", text, flags=re.MULTILINE), title
        seen += calls
    assert seen == [str(number) for number in range(1, len(seen) + 1)]


def test_every_work_named_in_a_note_is_in_the_references(manuscript: str) -> None:
    references = chapters(manuscript)["References"].strip().split("\n\n")
    for note in re.findall(r"^\[\^\d+\]: (.+)", manuscript, flags=re.MULTILINE):
        for name, year in re.findall(r"([^\W\d_][\w’-]+)(?: and [^()]+?)? \((\d{4})\)", note):
            assert any(name in entry and f"({year})" in entry for entry in references), note


def test_quotation_marks_are_typographic(manuscript: str) -> None:
    body = manuscript.split("---\n", 2)[2]
    assert not re.search(r"[\"']| - |--", body)


# --- The questions ----------------------------------------------------------------------------


def test_forty_questions_have_an_answer_and_ten_have_none(questions: list[dict[str, Any]]) -> None:
    assert [row["id"] for row in questions] == [f"s{number:02}" for number in range(1, 51)]
    assert len({row["question"] for row in questions}) == 50
    kinds = [row["kind"] for row in questions]
    assert [kinds.count(kind) for kind in ("name", "paraphrase", "none")] == [20, 20, 10]
    for row in questions:
        assert row["answerable"] is (row["kind"] != "none")
        assert bool(row["answers"]) is bool(row["evidence"]) is row["answerable"]


def test_evidence_occurs_once(manuscript: str, questions: list[dict[str, Any]]) -> None:
    in_epub = epub_text(SAMPLE / "the-trace.epub")
    in_manuscript = plain(manuscript)
    by_chapter = chapters(manuscript)
    for row in questions:
        if row["answerable"]:
            evidence = row["evidence"]
            assert 3 <= len(evidence.split()) <= 20, row["id"]
            assert in_manuscript.count(evidence) == 1, row["id"]
            assert in_epub.count(evidence) == 1, row["id"]
            chapter = plain(f"---\n---\n{by_chapter[row['chapter']]}")
            assert evidence in chapter, row["id"]


# --- The built files --------------------------------------------------------------------------


@pytest.mark.slow
def test_build_is_deterministic_and_committed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A newer reportlab may lay out differently: rebuild and commit then.
    for folder in (tmp_path / "one", tmp_path / "two"):
        folder.mkdir()
        monkeypatch.setattr(sys, "argv", ["make", "--out", str(folder)])
        runpy.run_path(str(SAMPLE / "make"), run_name="__main__")
    made = [file for file in (tmp_path / "one").rglob("*") if file.is_file()]
    assert len(made) == 7
    for file in made:
        name, data = file.relative_to(tmp_path / "one"), file.read_bytes()
        assert data == (tmp_path / "two" / name).read_bytes()
        # Another Pillow may compress pictures otherwise.
        if name.suffix != ".png" and not name.name.startswith("letter"):
            assert data == (SAMPLE / name).read_bytes(), f"{name} is not what `make` makes"
        assert len(data) < 400_000


def test_the_rest_of_the_sample_is_there_and_small() -> None:
    notes = paths.table("sample/sample.toml")["notes"]
    assert len(notes) == 20
    assert all(re.fullmatch(r"2026-\d\d-\d\d", day) and text[-1] == "." for day, text in notes)
    assert all(file.is_file() for file in paths.sample_files())
    assert len(paths.sample_papers()) == 3
    captions = (SAMPLE / "lecture.vtt").read_text(encoding="utf-8")
    assert captions.count(" --> ") > 10
    assert sum(file.stat().st_size for file in paths.sample_files()) < 400_000


@pytest.mark.slow
def test_a_clock_that_was_never_set_dates_no_paper() -> None:
    """Each is built with the first day of 2000, so that its bytes are always the same."""
    with Library.open(":memory:") as library:
        library.add(paths.sample_papers())
        assert [row.date for row in library.sources.list()] == ["", "", ""]


def test_each_concept_of_the_sample_has_its_links_or_none() -> None:
    with Library.open(":memory:") as library:
        library.add(paths.sample_files(), collection="Sample")
        library.graph.link()
        names = [concept.name for concept in library.graph.concepts(limit=60)]
        assert len(names) == 60
        assert any(library.graph.neighbourhood(name).total for name in names)


def test_epub_container() -> None:
    with zipfile.ZipFile(SAMPLE / "the-trace.epub") as archive:
        assert archive.testzip() is None
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read("mimetype") == b"application/epub+zip"
        package = ET.fromstring(archive.read("EPUB/package.opf"))
        listed = {f"EPUB/{item.get('href')}" for item in package.iter(f"{OPF}item")}
        present = {name for name in archive.namelist() if name.startswith("EPUB/")}
    assert listed == present - {"EPUB/package.opf"}
    meta = {element.tag.removeprefix(DC): element.text for element in package.iter()}
    assert meta["title"] == "The Trace: A Short History of Memory Research"
    assert meta["creator"] == "Engram Workbench"
    assert meta["language"] == "en"
    assert (meta["rights"] or "").startswith("CC0")


def test_epub_contents_lead_somewhere(manuscript: str) -> None:
    with zipfile.ZipFile(SAMPLE / "the-trace.epub") as archive:
        nav = ET.fromstring(archive.read("EPUB/nav.xhtml"))
        ncx = ET.fromstring(archive.read("EPUB/toc.ncx"))
        targets = [link.get("href", "") for link in nav.iter(f"{XHTML}a")]
        targets += [content.get("src", "") for content in ncx.iter(f"{NCX}content")]
        for target in targets:
            name, _, anchor = target.partition("#")
            text = archive.read(f"EPUB/{name}").decode()
            assert not anchor or f'id="{anchor}"' in text, target
    headings = len(re.findall(r"^##? ", manuscript, flags=re.MULTILINE))
    assert len(list(ncx.iter(f"{NCX}navPoint"))) == headings


def test_epub_notes_and_calls_meet(manuscript: str) -> None:
    calls, notes = [], []
    with zipfile.ZipFile(SAMPLE / "the-trace.epub") as archive:
        for name in archive.namelist():
            if name.endswith(".xhtml"):
                page = ET.fromstring(archive.read(name))
                for element in page.iter():
                    if element.get(TYPE) == "noteref":
                        calls.append((name, element.get("href", "").removeprefix("#")))
                    elif element.get(TYPE) == "footnote":
                        notes.append((name, element.get("id")))
    assert calls == notes
    assert len(calls) == len(re.findall(r"^\[\^\d+\]:", manuscript, flags=re.MULTILINE))


def test_pdf_labels_outline_and_headers(manuscript: str) -> None:
    with pdfium.PdfDocument(SAMPLE / "the-trace.pdf") as document:
        labels = [document.get_page_label(index) for index in range(len(document))]
        front = labels.index("1")
        assert labels[:front] == ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii"][:front]
        assert labels[front:] == [str(number) for number in range(1, len(labels) - front + 1)]
        assert front % 2 == 0, "page 1 must be a right-hand page"
        entries = [
            (mark.get_title(), mark.get_dest().get_index())
            for mark in document.get_toc()
            if mark.level == 0
        ]
        texts = []
        for index in range(len(document)):
            page = document[index]
            textpage = page.get_textpage()
            texts.append(textpage.get_text_range())
            textpage.close()
            page.close()
        metadata = document.get_metadata_dict()
    titles = list(chapters(manuscript))
    assert [re.sub(r"^\d+\. ", "", title) for title, _ in entries] == titles
    for (_, index), title in zip(entries, titles, strict=True):
        assert title in texts[index]
    for label, text in zip(labels[front:], texts[front:], strict=True):
        assert re.search(rf"(?<!\d){label}(?!\d)", text), "the printed number is the label"
    running = re.compile(r"The Trace|" + "|".join(map(re.escape, titles)))
    assert all(running.search(text) for text in texts[front:])
    assert metadata["Title"] == "The Trace: A Short History of Memory Research"
    assert metadata["Author"] == "Engram Workbench"


def test_pdf_holds_the_book(questions: list[dict[str, Any]]) -> None:
    """All evidence is in the PDF, but for what a page break may have parted."""

    def letters(text: str) -> str:
        return re.sub(r"\W", "", text)

    with pdfium.PdfDocument(SAMPLE / "the-trace.pdf") as document:
        found = ""
        for index in range(len(document)):
            page = document[index]
            textpage = page.get_textpage()
            found += letters(textpage.get_text_range())
            textpage.close()
            page.close()
    wanted = [letters(row["evidence"]) for row in questions if row["answerable"]]
    assert sum(text in found for text in wanted) >= 0.9 * len(wanted)
