"""Reads highlights of other programs from a PDF, and writes ours into a copy as annotations."""

import contextlib
import io
from collections.abc import Sequence
from ctypes import POINTER, byref, c_double, cast, create_string_buffer
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.books import pdfium
from ingest.errors import IngestError
from ingest.records import Box

_OPAQUE = 255
#: Annotations of one page that are read.
_MOST_MARKS = 2_000


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


@dataclass(frozen=True, slots=True)
class ReadMark:
    """A highlight of another program, with its note; `page` counts from 1.

    `title` and `author` identify the book in a file with highlights of several; `made` is in
    seconds since 1970, or None.
    """

    words: str
    note: str = ""
    page: int | None = None
    title: str = ""
    author: str = ""
    made: float | None = None


def read_marks(path: Path) -> list[ReadMark]:
    """Read highlights, underlines and notes of a PDF, page by page.

    A note beside the text gets the words of its line. Raises the errors of `ingest.errors`.
    """
    import pypdfium2

    marks: list[ReadMark] = []
    with pdfium.open_document(path) as document:
        for index in range(len(document)):
            # Page by page, so that rendering need not wait for the lock.
            with pdfium.LOCK, contextlib.suppress(pypdfium2.PdfiumError):
                # One damaged page has no marks; the others have.
                marks += _marks_of(document[index], index + 1)
    return marks


def _marks_of(page: Any, number: int) -> list[ReadMark]:
    from pypdfium2 import raw

    kinds = {
        raw.FPDF_ANNOT_HIGHLIGHT, raw.FPDF_ANNOT_UNDERLINE, raw.FPDF_ANNOT_SQUIGGLY,
        raw.FPDF_ANNOT_STRIKEOUT, raw.FPDF_ANNOT_TEXT,
    }  # fmt: skip
    marks = []
    count = min(raw.FPDFPage_GetAnnotCount(page), _MOST_MARKS)
    text = page.get_textpage() if count else None
    for at in range(count):
        annotation = raw.FPDFPage_GetAnnot(page, at)
        if not annotation:
            continue
        try:
            if raw.FPDFAnnot_GetSubtype(annotation) not in kinds:
                continue
            words = " ".join(_words_under(page, text, annotation).split())
            note = _string(annotation, b"Contents").strip()
            created = _time(_string(annotation, b"CreationDate") or _string(annotation, b"M"))
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
        # Some programs repeat the marked words as the note.
        note = "" if " ".join(note.split()) == words else note
        if words or note:
            marks.append(ReadMark(words, note, number, made=created))
    return marks


def _words_under(page: Any, text: Any, annotation: Any) -> str:
    """The words within the lines of an annotation, or else those of the line beside it."""
    from pypdfium2 import raw

    parts = []
    quad = raw.FS_QUADPOINTSF()
    for index in range(raw.FPDFAnnot_CountAttachmentPoints(annotation)):
        if raw.FPDFAnnot_GetAttachmentPoints(annotation, index, byref(quad)):
            xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            # Slightly smaller, since adjacent lines touch.
            inset = (max(ys) - min(ys)) / 4
            parts.append(text.get_text_bounded(min(xs), min(ys) + inset, max(xs), max(ys) - inset))
    if parts:
        return " ".join(parts)
    frame = raw.FS_RECTF()
    if not raw.FPDFAnnot_GetRect(annotation, byref(frame)):
        return ""
    left, bottom, right, top = page.get_mediabox()
    middle = (frame.bottom + frame.top) / 2
    line: str = text.get_text_bounded(left, max(bottom, middle - 1), right, min(top, middle + 1))
    return line


def _string(annotation: Any, key: bytes) -> str:
    from pypdfium2 import raw

    size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = create_string_buffer(size)
    raw.FPDFAnnot_GetStringValue(annotation, key, cast(buffer, POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def iso_time(words: str) -> float | None:
    """An ISO 8601 time in seconds since 1970, or None."""
    try:
        return datetime.fromisoformat(words).timestamp()
    except (ValueError, OverflowError, OSError):
        return None


def _time(words: str) -> float | None:
    """A date of a PDF, “D:20240603100102+02'00'” (ISO 32000-2, 7.9.4)."""
    return iso_time(f"{words[2:10]}T{words[10:]}".replace("'", ""))


def marked_copy(path: Path, marks: Sequence[Mark]) -> bytes:
    """A copy of the PDF at `path` with these highlights, as bytes.

    Raises the errors of `ingest.errors`.
    """
    import pypdfium2

    with pdfium.open_document(path) as document, pdfium.LOCK:
        for mark in marks:
            if not 1 <= mark.page <= len(document):
                raise IngestError(
                    f"“{path.name}” has no page {mark.page}.",
                    "The file may have changed; add it again.",
                )
            try:
                _add_highlight(document[mark.page - 1], mark)
            except pypdfium2.PdfiumError as error:
                raise pdfium.damaged(f"Page {mark.page} of this PDF is damaged.") from error
        copy = io.BytesIO()
        document.save(copy)
        return copy.getvalue()


def _add_highlight(page: Any, mark: Mark) -> None:
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
        # Set before the points, after which PDFium renders the appearance again.
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
    """The corners of a line in page points: top left and right, bottom left and right.

    The displayed page may be rotated and cropped.
    """
    wide, high = page.get_size()
    left, top, right, bottom = box
    corners = ((left, top), (right, top), (left, bottom), (right, bottom))
    return tuple(
        value for x, y in corners for value in _point(page, x * wide, y * high, wide, high)
    )


def _point(page: Any, x: float, y: float, wide: float, high: float) -> tuple[float, float]:
    from pypdfium2 import raw

    # Device units are integers: hundredths of a point are precise enough.
    spanning, down = c_double(), c_double()
    fine = 100
    raw.FPDF_DeviceToPage(
        page, 0, 0, round(wide * fine), round(high * fine), 0, round(x * fine), round(y * fine),
        byref(spanning), byref(down),
    )  # fmt: skip
    return spanning.value, down.value
