"""Figures in PDFs: found with their boxes, whole, and nothing else with them."""

from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from ingest.books.pdf_figures import figures
from ingest.errors import DamagedFileError
from tests.figures_made import BOX, with_figures


def _painted(path: Path, seed: int = 1) -> Path:
    field = np.random.default_rng(seed).integers(0, 255, (4, 4, 3), dtype=np.uint8)
    Image.fromarray(field).resize((64, 64), Image.Resampling.NEAREST).save(path)
    return path


def test_i10_each_figure_has_its_page_and_box_and_looks_like_itself(tmp_path: Path) -> None:
    one, two = _painted(tmp_path / "1.png"), _painted(tmp_path / "2.png", 2)
    paper = with_figures(tmp_path / "a.pdf", [[one, two], [], [two]])
    found, after = figures(paper, 1, 10)
    assert ([each.page for each in found], after) == ([1, 1, 3], 0)
    assert found[0].box == pytest.approx(BOX, abs=0.004)
    shown = np.asarray(found[0].picture.resize((64, 64)), np.int16)
    assert np.abs(shown - np.asarray(Image.open(one), np.int16)).mean() < 12
    # In parts, the parts are the whole.
    first, after = figures(paper, 1, 2)
    assert ([each.page for each in first], after) == ([1, 1], 2)
    rest, after = figures(paper, after, 2)
    assert ([each.page for each in rest], after) == ([3], 0)


def test_a_turned_page_has_its_figures_as_it_is_shown(tmp_path: Path) -> None:
    one = _painted(tmp_path / "1.png")
    document = pypdfium2.PdfDocument(with_figures(tmp_path / "a.pdf", [[one]]))
    document[0].set_rotation(90)
    document.save(tmp_path / "b.pdf")
    document.close()
    (found,), _ = figures(tmp_path / "b.pdf", 1, 9)
    left, top, right, bottom = BOX
    assert found.box == pytest.approx((1 - bottom, left, 1 - top, right), abs=0.004)


def test_strips_are_one_figure_and_lines_rules_and_specks_none(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(600, 800))
    one = _painted(tmp_path / "1.png")
    for strip in range(8):
        canvas.drawImage(str(one), 100, 300 + 30 * strip, 300, 30)
    canvas.drawImage(str(one), 20, 20, 12, 12)
    canvas.drawImage(str(one), 50, 700, 500, 2)
    canvas.line(50, 690, 550, 690)
    blank = tmp_path / "blank.png"
    Image.new("RGB", (9, 9), "white").save(blank)
    canvas.drawImage(str(blank), 420, 100, 150, 150)
    # A drawing that was included, and words that were.
    canvas.beginForm("drawing")
    for at in range(9):
        canvas.line(100, 60 + 15 * at, 300, 240 - 15 * at)
    canvas.endForm()
    canvas.doForm("drawing")
    canvas.showPage()
    canvas.save()
    found, _ = figures(tmp_path / "a.pdf", 1, 9)
    strips, drawing = [each.box for each in found]
    assert strips == pytest.approx((100 / 600, 260 / 800, 400 / 600, 500 / 800), abs=0.01)
    assert drawing == pytest.approx((100 / 600, 560 / 800, 300 / 600, 740 / 800), abs=0.01)


def test_i14_a_pdf_cut_off_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 cut")
    with pytest.raises(DamagedFileError, match="This PDF is cut off or corrupt"):
        figures(tmp_path / "a.pdf", 1, 9)
