"""Finds figures on the pages of a PDF, with their boxes.

Photographs and scans are image objects; included drawings are forms with lines and areas of their
own. Touching parts, such as the strips that some programs cut pictures into, count as one.
"""

import ctypes
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ingest.books import pdfium
from ingest.records import Box

if TYPE_CHECKING:
    from PIL.Image import Image

#: Pages per call; resolution of a figure in dpi, and the longer side of a page.
_PAGES = 40
_DOTS, _LONGEST = 110, 2000
#: Shares of a page: distance of connected parts; least width, height and area of a figure; and the
#: size from which a form is the page itself.
_DISTANCE, _WIDE, _HIGH, _LARGE, _COMPLETE = 0.004, 0.08, 0.04, 0.01, 0.8
#: Parts of a page that are processed; more are a map of a thousand specks.
_MAXIMUM = 400
#: Tonal range of a picture that is not blank.
_TONES = 12
_FINE = 1 << 16


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its page from 1, its box in fractions, and its picture."""

    page: int
    box: Box
    picture: "Image"


def figures(path: Path, page: int, maximum: int) -> tuple[list[Figure], int]:
    """The figures from a page (from 1) on, and the next page, 0 after the last.

    Stops after the page that completes `maximum`, or after enough pages. Damaged pages have none.
    Raises as `pdfium.open_document`.
    """
    results: list[Figure] = []
    with pdfium.open_document(path) as document, pdfium.LOCK:
        final = pdfium.pages_there(document)
        for number in range(page, final + 1):
            if len(results) >= maximum or number - page >= _PAGES:
                return results, number
            try:
                results += _of_page(document[number - 1], number)
            except Exception:  # noqa: BLE001 - one page, whatever is wrong with it
                continue
    return results, 0


def _of_page(page: Any, number: int) -> list[Figure]:
    places = boxes(page)
    if not places:
        return []
    points = max(page.get_size())
    painted = (
        page.render(scale=min(_DOTS / 72, _LONGEST / max(1.0, points))).to_pil().convert("RGB")
    )
    created: list[Figure] = []
    for box in places:
        cut = cut_out(painted, box)
        if cut is None:
            continue
        darkest, brightest = cast("tuple[int, int]", cut.convert("L").getextrema())
        if brightest - darkest >= _TONES:
            created.append(Figure(number, box, cut))
    return created


def cut_out(painted: "Image", box: Box) -> "Image | None":
    """The part of a rendered page within a box; None if it is tiny."""
    sides = (painted.width, painted.height) * 2
    left, top, right, bottom = (round(share * side) for share, side in zip(box, sides, strict=True))
    if right - left < 2 or bottom - top < 2:
        return None
    return painted.crop((left, top, right, bottom))


def boxes(page: Any) -> list[Box]:
    """The boxes of figures on a page (`pypdfium2.PdfPage`), as displayed, from the top."""
    from pypdfium2 import raw

    parts: list[Box] = []
    for part in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM], max_depth=1):
        form = part.type == raw.FPDF_PAGEOBJ_FORM
        if form and not _draws(raw, part):
            continue
        box = _fractions(raw, page, part.get_bounds())
        if not form or _area(box) < _COMPLETE:
            parts.append(box)
        if len(parts) > _MAXIMUM:
            return []
    return sorted(
        (
            box
            for box in _joined(parts)
            if box[2] - box[0] >= _WIDE and box[3] - box[1] >= _HIGH and _area(box) >= _LARGE
        ),
        key=lambda box: (round(box[1], 2), box[0]),
    )


def _draws(raw: Any, form: Any) -> bool:
    """Whether a form contains more than words and a line below them."""
    count = raw.FPDFFormObj_CountObjects(form)
    kinds = [
        raw.FPDFPageObj_GetType(raw.FPDFFormObj_GetObject(form, at))
        for at in range(min(count, _MAXIMUM))
    ]
    if raw.FPDF_PAGEOBJ_IMAGE in kinds:
        return True
    return len([kind for kind in kinds if kind != raw.FPDF_PAGEOBJ_TEXT]) >= 3


def _fractions(raw: Any, page: Any, bounds: tuple[float, float, float, float]) -> Box:
    """Convert page coordinates (left, bottom, right, top) to fractions of the displayed page."""
    left, bottom, right, top = bounds
    x, y = ctypes.c_int(), ctypes.c_int()
    spanning: list[float] = []
    down: list[float] = []
    for point in ((left, bottom), (right, top)):
        raw.FPDF_PageToDevice(page, 0, 0, _FINE, _FINE, 0, *point, ctypes.byref(x), ctypes.byref(y))
        spanning.append(min(1.0, max(0.0, x.value / _FINE)))
        down.append(min(1.0, max(0.0, y.value / _FINE)))
    return min(spanning), min(down), max(spanning), max(down)


def _joined(parts: list[Box]) -> list[Box]:
    """Merge touching boxes."""
    full: list[Box] = []
    for part in parts:
        box = part
        while True:
            close_by = [item for item in full if _touch(item, box)]
            if not close_by:
                break
            full = [item for item in full if item not in close_by]
            pair = [*close_by, box]
            box = (
                min(item[0] for item in pair), min(item[1] for item in pair),
                max(item[2] for item in pair), max(item[3] for item in pair),
            )  # fmt: skip
        full.append(box)
    return full


def _touch(single: Box, other: Box) -> bool:
    return (
        single[0] <= other[2] + _DISTANCE
        and other[0] <= single[2] + _DISTANCE
        and single[1] <= other[3] + _DISTANCE
        and other[1] <= single[3] + _DISTANCE
    )


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
