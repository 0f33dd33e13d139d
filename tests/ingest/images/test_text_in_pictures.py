"""Text recognition in pictures and scans, with the real programs."""

import os
import re
import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import ingest
from ingest import boxes
from ingest.errors import NoTextError, UnsupportedFileError
from ingest.media import recognised
from ingest.media.remarks import is_remark
from ingest.models import ocr
from ingest.records import Notice, Section, Source
from tests.benchmarks.drawn_pages import overlap
from tests.ingest.images.conftest import TEXT, Drawn, draw
from tests.ingest.images.test_image_files import records, words_of

pytestmark = pytest.mark.skipif(not ocr.engine(), reason="no text recognition is installed")

Draw = Callable[..., Drawn]


@pytest.fixture(params=["tesseract", "rapidocr"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("WORKBENCH_OCR", request.param)
    if ocr.engine() != request.param:
        pytest.skip(f"{request.param} is not installed")
    return str(request.param)


@pytest.mark.slow
def test_words_have_their_places(drawn: Draw, engine: str) -> None:
    page = drawn()
    found = ocr.recognise(page.picture)
    assert [word.text for word in found] == list(page.words)
    shares = [overlap(word.box, box) for word, box in zip(found, page.boxes, strict=True)]
    assert np.mean(shares) >= 0.6
    assert all(0 <= word.certainty <= 1 for word in found)
    assert all(a.line <= b.line for a, b in pairwise(found))


@pytest.mark.slow
def test_a_passage_of_a_picture_has_a_box_around_its_words(drawn: Draw) -> None:
    page = drawn()
    source, sections, (notice,) = records(page.path)
    assert words_of(sections).endswith(TEXT)
    passage = sections[1].passages[0]
    assert passage.locator.box is not None
    assert passage.locator.page is None
    width, height = page.picture.size
    around = np.array(page.boxes)
    true = (*(around[:, :2].min(0) / (width, height)), *(around[:, 2:].max(0) / (width, height)))
    assert overlap(passage.locator.box, true) > 0.9
    (row,) = [page for section in sections for page in section.pages]
    at = "".join(section.text for section in sections).index("schooner")
    (line,) = boxes.lines(boxes.unpack(row.boxes)[at - row.start : at - row.start + 8])
    of_word = page.boxes[page.words.index("schooner")]
    true_line = tuple(np.array(of_word) / (width, height, width, height))
    assert overlap(line, true_line) >= 0.6
    assert notice.code == "text_recognised"
    assert is_remark(notice.message)
    assert source.language == "en"


@pytest.mark.slow
def test_specks_are_cleaned_away_and_doubt_is_told(tmp_path: Path) -> None:
    random = np.random.default_rng(8)
    clean = np.asarray(draw())
    noisy = np.where(random.random(clean.shape) < 0.04, 0, clean).astype(np.uint8)
    Image.fromarray(noisy).save(tmp_path / "noisy.png")
    words = words_of(records(tmp_path / "noisy.png")[1])
    missing = set(TEXT.split()) - set(words.split())
    assert len(missing) <= 2, missing


def test_doubtful_words_are_named() -> None:
    sure = ocr.Word("harbour", (0, 0, 9, 9), 0.97, 0, 0)
    unsure = ocr.Word("h4rb", (9, 0, 18, 9), 0.41, 0, 0)
    message, hint = recognised.summary([recognised.sureness(2, [sure, unsure])])
    assert message.startswith("Recognised text is doubtful on page 2 (sure of page 2: 77%")
    assert hint.endswith("Doubtful words: “h4rb”.")
    assert not is_remark(message)


@pytest.mark.slow
def test_a_photograph_without_words_has_none(tmp_path: Path) -> None:
    random = np.random.default_rng(3)
    rough = Image.fromarray(random.integers(0, 255, (40, 60), dtype=np.uint8))
    rough.resize((900, 600), Image.Resampling.BICUBIC).save(tmp_path / "leaves.png")
    _, sections, notices = records(tmp_path / "leaves.png")
    assert words_of(sections) == "Picture “Leaves”, 900 × 600 pixels."
    assert not notices


@pytest.mark.slow
def test_pages_of_a_tiff_are_pages(tmp_path: Path) -> None:
    pages = [draw(text) for text in (TEXT, "Second page, written by another hand entirely.")]
    pages[0].save(tmp_path / "fax.tif", save_all=True, append_images=pages[1:])
    _, sections, _ = records(tmp_path / "fax.tif")
    rows = [page for section in sections for page in section.pages]
    assert [page.number for page in rows] == [1, 2]
    text = "".join(section.text for section in sections)
    assert text[rows[1].start : rows[1].end].strip().startswith("Second page, written")
    assert sections[1].passages[0].locator.page == 1


def scanned(path: Path, pages: list[Image.Image]) -> Path:
    pages[0].save(path, "PDF", save_all=True, append_images=pages[1:], resolution=120)
    return path


@pytest.mark.slow
def test_i10_scanned_pages_are_read_with_boxes_and_certainty(tmp_path: Path, drawn: Draw) -> None:
    page = drawn()
    blank = Image.new("L", page.picture.size, 255)
    found = list(ingest.read(scanned(tmp_path / "scan.pdf", [page.picture, blank])))
    text = "".join(each.text for each in found if isinstance(each, Section))
    assert " ".join(text.split()) == TEXT
    rows = [row for each in found if isinstance(each, Section) for row in each.pages]
    assert [row.number for row in rows] == [1, 2]
    at = text.index("schooner")
    (line,) = boxes.lines(boxes.unpack(rows[0].boxes)[at : at + 8])
    size = page.picture.size
    true = np.array(page.boxes[page.words.index("schooner")]) / (*size, *size)
    assert overlap(line, tuple(true)) >= 0.6
    notices = {each.code: each for each in found if isinstance(each, Notice)}
    assert set(notices) == {"text_recognised", "pages_without_text"}
    assert re.search(r"page 1: (?:9\d|100)%", notices["text_recognised"].message)
    assert notices["pages_without_text"].pages == (2,)


@pytest.mark.slow
def test_i10_a_scan_goes_on_where_it_stopped(tmp_path: Path) -> None:
    pages = [draw(f"{number} — {TEXT}", width=700, size=20) for number in range(3)]
    path = scanned(tmp_path / "scan.pdf", pages)
    whole = [each for each in ingest.read(path) if isinstance(each, Section)]
    rest = [
        each
        for each in ingest.read(path, ingest.ReadRequest(start_section=1))
        if isinstance(each, Section)
    ]
    assert whole[1:] == rest


def test_without_recognition_a_sentence_says_how_to_add_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_OCR", "none")
    with pytest.raises(NoTextError, match=r"pictures and no text.*tesseract"):
        list(ingest.read(scanned(tmp_path / "scan.pdf", [draw()])))
    with pytest.raises(UnsupportedFileError, match="uv sync --extra ocr"):
        ocr.recognise(draw())
    draw().save(tmp_path / "page.png")
    source, sections, (notice,) = records(tmp_path / "page.png")
    assert isinstance(source, Source)
    assert words_of(sections).startswith("Picture “Page”")
    assert notice.code == "not_recognised"
    assert "tesseract-ocr" in notice.hint


@pytest.mark.skipif(not shutil.which("tesseract"), reason="Tesseract is not installed")
def test_i10_the_language_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    every = ocr.languages()
    assert every
    assert "osd" not in every
    monkeypatch.setenv("WORKBENCH_OCR_LANGUAGES", f"xxx+{every[-1]}")
    assert ocr.languages() == [every[-1]]
    assert os.environ["WORKBENCH_OCR_LANGUAGES"]
