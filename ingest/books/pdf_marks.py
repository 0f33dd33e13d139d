"""Writes highlights into a copy of a PDF, as annotations that every PDF viewer shows."""

import io
from collections.abc import Sequence
from ctypes import byref, c_double
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.books import pdfium
from ingest.errors import IngestError
from ingest.records import Box

_OPAQUE = 255


@dataclass(frozen=True, slots=True)
class Mark:
    """A highlight on one page (from 1): its lines in fractions of the page, and its note.

    `made` is in seconds since 1970.
    """

    page: int
    lines: Sequence[Box]
    colour: tuple[int, int, int]
    note: str
    made: float


def marked_copy(path: Path, marks: Sequence[Mark]) -> bytes:
    """The bytes of the PDF at `path` with these marks; the file itself is only read.

    Raises the errors of `ingest.errors`.
    """
    import pypdfium2

    with pdfium.opened(path) as document, pdfium.LOCK:
        for mark in marks:
            if not 1 <= mark.page <= len(document):
                raise IngestError(
                    f"“{path.name}” has no page {mark.page}.",
                    "The file may have changed; add it again.",
                )
            try:
                _put(document[mark.page - 1], mark)
            except pypdfium2.PdfiumError as error:
                raise pdfium.damaged(f"Page {mark.page} of this PDF is damaged.") from error
        copy = io.BytesIO()
        document.save(copy)
        return copy.getvalue()


def _put(page: Any, mark: Mark) -> None:
    """Add one highlight annotation (ISO 32000-2, 12.5.6.10)."""
    import pypdfium2
    from pypdfium2 import raw

    quads = [_quad(page, box) for box in mark.lines]
    annotation = raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_HIGHLIGHT)
    if not annotation:
        raise pypdfium2.PdfiumError("no annotation could be made")
    try:
        xs = [x for quad in quads for x in quad[::2]]
        ys = [y for quad in quads for y in quad[1::2]]
        raw.FPDFAnnot_SetRect(annotation, raw.FS_RECTF(min(xs), max(ys), max(xs), min(ys)))
        # Before the points, for PDFium then draws what the annotation looks like anew.
        red, green, blue = mark.colour
        raw.FPDFAnnot_SetColor(annotation, raw.FPDFANNOT_COLORTYPE_Color, red, green, blue, _OPAQUE)
        for quad in quads:
            raw.FPDFAnnot_AppendAttachmentPoints(annotation, raw.FS_QUADPOINTSF(*quad))
        raw.FPDFAnnot_SetFlags(annotation, raw.FPDF_ANNOT_FLAG_PRINT)
        date = datetime.fromtimestamp(mark.made, UTC).strftime("D:%Y%m%d%H%M%SZ")
        for name, value in (("Contents", mark.note), ("M", date)):
            words = (value + "\0").encode("utf-16-le")
            retained = (raw.FPDF_WCHAR * (len(words) // 2)).from_buffer_copy(words)
            raw.FPDFAnnot_SetStringValue(annotation, name.encode(), retained)
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


def _quad(page: Any, box: Box) -> tuple[float, ...]:
    """The corners of a line in points of the page: top left and right, bottom left and right.

    What is seen may be turned and cut out of the page that the points count on.
    """
    wide, high = page.get_size()
    left, top, right, bottom = box
    corners = ((left, top), (right, top), (left, bottom), (right, bottom))
    return tuple(
        value for x, y in corners for value in _point(page, x * wide, y * high, wide, high)
    )


def _point(page: Any, x: float, y: float, wide: float, high: float) -> tuple[float, float]:
    from pypdfium2 import raw

    # Device units are whole numbers: hundredths of a point are fine enough for letters.
    spanning, down = c_double(), c_double()
    fine = 100
    raw.FPDF_DeviceToPage(
        page, 0, 0, round(wide * fine), round(high * fine), 0, round(x * fine), round(y * fine),
        byref(spanning), byref(down),
    )  # fmt: skip
    return spanning.value, down.value
