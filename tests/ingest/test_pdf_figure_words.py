"""Words in figures of pages that have text: read behind it, with their places, each figure once."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

import ingest
from ingest import boxes
from ingest.books import pdf_figure_words
from ingest.models import ocr
from ingest.records import Notice, Page, Section
from tests.benchmarks.drawn_pages import draw_page, overlap

pytestmark = pytest.mark.skipif(not ocr.engine(), reason="no text recognition is installed")

CHART = "Harvest of barley by parish, in sacks"
BEFORE = "The ferry carries what the parishes grow, and in a dry summer it carries"
AFTER = "less than half of that, as the chart shows."
#: Where a figure stands on its page, in points: left, bottom, wide.
LEFT, BOTTOM, WIDE = 120.0, 420.0, 300.0


def paper(path: Path, *pictures: Path, pages: int = 2) -> Path:
    """Pages of a sentence that goes on over the page's end, each with these figures."""
    canvas = Canvas(str(path), pagesize=A4)
    for page in range(pages):
        canvas.drawString(80, 780, AFTER if page else "Of the ferry and its freight.")
        for row, picture in enumerate(pictures):
            with Image.open(picture) as seen:
                high = WIDE * seen.height / seen.width
            canvas.drawImage(str(picture), LEFT, BOTTOM - 150 * row, WIDE, high)
        canvas.drawString(80, 60, BEFORE if page < pages - 1 else "So it is told.")
        canvas.showPage()
    canvas.save()
    return path


def drawn(path: Path, words: str = CHART) -> Path:
    draw_page(words, width=760, size=34).picture.save(path)
    return path


def read(path: Path) -> tuple[str, list[Page], list[Notice], list[str]]:
    found = list(ingest.read(path))
    sections = [each for each in found if isinstance(each, Section)]
    passages = [p.text for each in sections for p in each.passages]
    return (
        "".join(each.text for each in sections),
        [page for each in sections for page in each.pages],
        [each for each in found if isinstance(each, Notice)],
        passages,
    )


@pytest.mark.slow
def test_i10_words_of_a_figure_beside_text_are_read_with_their_box(tmp_path: Path) -> None:
    chart = drawn(tmp_path / "chart.png")
    text, pages, (notice,), passages = read(paper(tmp_path / "a.pdf", chart))
    assert " ".join(text.split()).count(CHART) == 1, "the same figure again is the same figure"
    assert any(" ".join(each.split()) == CHART for each in passages), "a passage of its own"
    assert f"{BEFORE} {AFTER}" in " ".join(text.split()), "no sentence is torn"
    assert notice.code == "figures_recognised"
    assert notice.pages == (1,)

    page = pages[0]
    at = text.index("Harvest")
    assert page.start <= at < page.end
    (found,) = boxes.lines(boxes.unpack(page.boxes)[at - page.start : at - page.start + 7])
    picture = draw_page(CHART, width=760, size=34)
    left, top, right, bottom = picture.boxes[0]
    scale = WIDE / picture.picture.width
    high = picture.picture.height * scale
    wide, tall = A4
    true = (
        (LEFT + left * scale) / wide, (tall - BOTTOM - high + top * scale) / tall,
        (LEFT + right * scale) / wide, (tall - BOTTOM - high + bottom * scale) / tall,
    )  # fmt: skip
    assert overlap(found, true) >= 0.6


def test_i10_what_has_its_letters_already_is_not_read_twice(tmp_path: Path) -> None:
    chart = drawn(tmp_path / "chart.png")
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.drawImage(str(chart), LEFT, BOTTOM, WIDE, 120)
    canvas.drawString(LEFT + 24, BOTTOM + 60, CHART)
    canvas.showPage()
    canvas.save()
    text, _, notices, _ = read(tmp_path / "a.pdf")
    assert text.count("barley") == 1
    assert not notices


@pytest.mark.slow
def test_i10_a_picture_without_words_adds_nothing(tmp_path: Path) -> None:
    field = np.random.default_rng(3).integers(0, 255, (240, 320, 3), dtype=np.uint8)
    Image.fromarray(field).save(tmp_path / "leaves.png")
    plain, _, _, _ = read(paper(tmp_path / "plain.pdf"))
    text, _, notices, _ = read(paper(tmp_path / "a.pdf", tmp_path / "leaves.png"))
    assert text == plain
    assert not notices


@pytest.mark.slow
def test_i10_how_many_figures_are_looked_at_is_bounded_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_figure_words, "_AT_MOST", 1)
    one, two = drawn(tmp_path / "1.png"), drawn(tmp_path / "2.png", "Wages of the ferrymen")
    text, _, notices, _ = read(paper(tmp_path / "a.pdf", one, two))
    assert "Harvest" in text
    assert "Wages" not in text
    left = next(each for each in notices if each.code == "figures_left")
    assert "up to page 1 only" in left.message
    assert left.hint


def test_without_recognition_the_text_is_read_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_OCR", "none")
    text, _, notices, _ = read(paper(tmp_path / "a.pdf", drawn(tmp_path / "chart.png")))
    assert "Harvest" not in text
    assert f"{BEFORE} {AFTER}" in " ".join(text.split())
    assert not notices
