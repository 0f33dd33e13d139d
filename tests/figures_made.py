"""PDFs with figures at known places."""

from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

_WIDE, _HIGH = A4
_LEFT, _BOTTOM, _SIDE = 100.0, 400.0, 240.0
#: Where `with_figures` places the first figure of a page, in fractions from the top left.
BOX = (
    _LEFT / _WIDE,
    1 - (_BOTTOM + _SIDE) / _HIGH,
    (_LEFT + _SIDE) / _WIDE,
    1 - _BOTTOM / _HIGH,
)


def with_figures(path: Path, pages: Sequence[Sequence[Path]]) -> Path:
    """A PDF with words and these pictures on its pages, the first of each at `BOX`."""
    canvas = Canvas(str(path), pagesize=A4)
    for number, pictures in enumerate(pages, 1):
        canvas.drawString(100, 760, f"Page {number} tells how barley was ferried to Bredal.")
        for at, picture in enumerate(pictures):
            canvas.drawImage(str(picture), _LEFT, _BOTTOM - 300 * at, _SIDE, _SIDE)
            canvas.drawString(100, _BOTTOM - 300 * at - 16, f"Figure {number}: a field of colours.")
        canvas.showPage()
    canvas.save()
    return path
