"""What helps to read a document may fail in any way: the document is read, and a notice says so."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageOps
from pypdfium2 import PdfDocument
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

import ingest
from ingest import detection
from ingest.books import pdf_figures
from ingest.media import image
from ingest.models import ocr, ocr_rapid
from ingest.records import Notice, Section, Source
from tests.benchmarks.drawn_pages import draw_page

SENTENCE = "The ferry carries what the parishes grow."


class Panic(BaseException):
    """What a library written in Rust raises, which is no `Exception`."""


FAILURES = [ValueError, RecursionError, MemoryError, OSError, Panic]

#: Stands in for the package `rapidocr` in the process that imports it.
RAPIDOCR = """
import os, time, types
class RapidOCR:
    def __init__(self, params): pass
    def __call__(self, picture, return_word_box):
        {does}
"""
WORD = '(("Herring", 0.98, [[40, 40], [180, 40], [180, 80], [40, 80]]),)'
DOES = {
    "crashes": "os.abort()",
    "hangs": "time.sleep(600)",
    "raises": "raise RecursionError",
    "runs out of memory": "raise MemoryError",
    "panics": "raise type('PanicException', (BaseException,), {})()",
}


def fails(error: type[BaseException]) -> Callable[..., object]:
    def raising(*_args: object, **_more: object) -> object:
        raise error("on purpose")

    return raising


def read(path: Path) -> tuple[Source, str, dict[str, Notice]]:
    found = list(ingest.read(path))
    assert isinstance(found[0], Source)
    text = " ".join(each.text for each in found if isinstance(each, Section))
    return found[0], text, {each.code: each for each in found if isinstance(each, Notice)}


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Puts a RapidOCR that does something else in the place of the installed one."""

    def put(does: str) -> None:
        folder = tmp_path / "packages"
        folder.mkdir()
        (folder / "rapidocr.py").write_text(RAPIDOCR.format(does=does), "utf-8")
        monkeypatch.syspath_prepend(folder)

    monkeypatch.setenv("WORKBENCH_OCR", "rapidocr")
    ocr_rapid.close()
    yield put
    ocr_rapid.close()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.png"
    draw_page("Herring barrels on the quay", width=400, size=30).picture.save(path)
    return path


@pytest.fixture
def paper(tmp_path: Path, picture: Path) -> Path:
    """A page of text with a figure, a page that is a picture, and one of text again."""
    path = tmp_path / "paper.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.bookmarkPage("first")
    canvas.addOutlineEntry("Freight", "first")
    canvas.drawString(80, 780, SENTENCE)
    canvas.drawImage(str(picture), 120, 420, 300, 100)
    canvas.showPage()
    canvas.drawImage(str(picture), 0, 0, *A4)
    canvas.showPage()
    canvas.drawString(80, 780, "In a dry summer it carries less than half of that.")
    canvas.save()
    return path


@pytest.mark.slow
@pytest.mark.parametrize("does", DOES)
def test_recognition_that_fails_costs_a_picture_only_its_words(
    does: str, picture: Path, stand_in: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "_SECONDS", 2.0)
    stand_in(DOES[does])
    _, text, notices = read(picture)
    assert text.startswith("Picture “Harbour”")
    assert set(notices) == {"not_recognised"}
    assert ("too long" in notices["not_recognised"].message) == (does == "hangs")
    assert notices["not_recognised"].hint


@pytest.mark.slow
@pytest.mark.parametrize("does", ["crashes", "raises"])
def test_recognition_that_fails_costs_a_pdf_only_those_pictures(
    does: str, paper: Path, stand_in: Callable[[str], None]
) -> None:
    stand_in(DOES[does])
    _, text, notices = read(paper)
    assert SENTENCE in text
    assert "dry summer" in text
    assert notices["not_recognised"].pages == (1, 2)
    assert notices["not_recognised"].message.startswith("Pages 1, 2: ")
    assert notices["pages_without_text"].pages == (2,)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("results", "words"),
    [
        ("None", 0),
        ("()", 0),
        ('(("", 1.0, None),)', 0),
        ('(("Herring", 1.0, None),)', 0),
        (f"({WORD},)", 1),
        (f'({WORD}, (("", 1.0, None),))', 1),
    ],
)
def test_what_versions_of_rapidocr_give_for_pictures_without_words(
    results: str, words: int, picture: Path, stand_in: Callable[[str], None]
) -> None:
    stand_in(f"return types.SimpleNamespace(word_results={results})")
    _, text, notices = read(picture)
    assert text.count("Herring") == words
    assert set(notices) == ({"text_recognised"} if words else set())


@pytest.mark.parametrize("error", FAILURES)
def test_metadata_of_a_picture_may_be_unreadable(
    error: type[BaseException], picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_OCR", "none")
    monkeypatch.setattr(image, "picture_facts", fails(error))
    source, text, notices = read(picture)
    assert source.title == "Harbour"
    assert text.startswith("Picture “Harbour”")
    assert error.__name__ not in notices["metadata_unreadable"].message


@pytest.mark.parametrize("error", FAILURES)
def test_figures_and_printed_page_numbers_of_a_pdf_may_be_unreadable(
    error: type[BaseException], paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "engine", lambda: "rapidocr")
    monkeypatch.setattr(ocr, "recognise", lambda _picture: [])
    monkeypatch.setattr(PdfDocument, "get_page_label", fails(error))
    monkeypatch.setattr(pdf_figures, "boxes", fails(error))
    source, text, notices = read(paper)
    assert source.title == "Paper"
    assert SENTENCE in text
    assert set(notices) == {"labels_unreadable", "not_recognised", "pages_without_text"}


@pytest.mark.parametrize("error", FAILURES)
def test_a_language_that_cannot_be_detected_costs_nothing(
    error: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ferry.txt"
    path.write_text(f"{SENTENCE} In a dry summer it carries less.", "utf-8")
    monkeypatch.setattr(detection, "_by_words", fails(error))
    source, text, notices = read(path)
    assert source.language == ""
    assert SENTENCE in text
    assert set(notices) == {"language_undetected"}


def test_a_wish_to_stop_is_no_failure(picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image, "picture_facts", fails(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        read(picture)


def test_two_documents_read_in_turns_keep_their_notices_apart(
    tmp_path: Path, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_OCR", "none")
    Image.new("L", (40, 40)).save(tmp_path / "dark.png")
    monkeypatch.setattr(image, "picture_facts", fails(ValueError))
    one, other = ingest.read(picture), ingest.read(tmp_path / "dark.png")
    next(one)
    next(other)
    for records in (one, other):
        codes = [each.code for each in records if isinstance(each, Notice)]
        assert sorted(codes) == ["metadata_unreadable", "not_recognised"]


@pytest.mark.parametrize("error", FAILURES)
def test_which_way_up_a_picture_belongs_may_be_unreadable(
    error: type[BaseException], picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_OCR", "none")
    monkeypatch.setattr(ImageOps, "exif_transpose", fails(error))
    _, text, notices = read(picture)
    assert text.startswith("Picture “Harbour”")
    assert "way_up_unreadable" in notices
