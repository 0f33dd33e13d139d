"""Figures on the pages of a PDF: what is placed there as a picture, with its box.

Photographs and scans are image objects; drawings that a typesetter included are forms with lines
and areas of their own. Parts that touch, such as the strips that some programs cut pictures into,
count as one.
"""

import ctypes
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ingest.books import pdfium
from ingest.records import Box

if TYPE_CHECKING:
    from PIL.Image import Image

#: Pages that are looked through in one go; dots an inch of a figure, and a page's longer side.
_PAGES = 40
_DOTS, _LONGEST = 110, 2000
#: Shares of a page: what parts may lie apart, how wide, how high, how large a figure is at least,
#: and from which on a form is the page itself.
_APART, _WIDE, _HIGH, _LARGE, _WHOLE = 0.004, 0.08, 0.04, 0.01, 0.8
#: Parts of a page that are looked at; of more it is a map of a thousand specks.
_MOST = 400
#: Tones between the darkest and the brightest dot of what shows anything.
_TONES = 12
_FINE = 1 << 16


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its page from 1, its box there in fractions, and what it looks like."""

    page: int
    box: Box
    picture: "Image"


def figures(path: Path, page: int, most: int) -> tuple[list[Figure], int]:
    """The figures from a page (from 1) on, and the page to go on from, 0 after the last.

    Stops after the page with which there are `most`, or when it has looked through enough. Damaged
    pages have none. Raises what `pdfium.opened` does.
    """
    found: list[Figure] = []
    with pdfium.opened(path) as document, pdfium.LOCK:
        last = pdfium.pages_there(document)
        for number in range(page, last + 1):
            if len(found) >= most or number - page >= _PAGES:
                return found, number
            try:
                found += _of_page(document[number - 1], number)
            except Exception:  # noqa: BLE001 - one page, whatever is wrong with it
                continue
    return found, 0


def _of_page(page: Any, number: int) -> list[Figure]:
    places = boxes(page)
    if not places:
        return []
    points = max(page.get_size())
    drawn = page.render(scale=min(_DOTS / 72, _LONGEST / max(1.0, points))).to_pil().convert("RGB")
    made: list[Figure] = []
    for box in places:
        cut = cut_out(drawn, box)
        if cut is None:
            continue
        darkest, brightest = cast("tuple[int, int]", cut.convert("L").getextrema())
        if brightest - darkest >= _TONES:
            made.append(Figure(number, box, cut))
    return made


def cut_out(drawn: "Image", box: Box) -> "Image | None":
    """The part of a drawn page within a box; None where that is next to nothing."""
    sides = (drawn.width, drawn.height) * 2
    left, top, right, bottom = (round(share * side) for share, side in zip(box, sides, strict=True))
    if right - left < 2 or bottom - top < 2:
        return None
    return drawn.crop((left, top, right, bottom))


def boxes(page: Any) -> list[Box]:
    """Where figures stand on a page (`pypdfium2.PdfPage`), as it is shown, from the top."""
    from pypdfium2 import raw

    parts: list[Box] = []
    for part in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM], max_depth=1):
        form = part.type == raw.FPDF_PAGEOBJ_FORM
        if form and not _draws(raw, part):
            continue
        box = _shown(raw, page, part.get_bounds())
        if not form or _area(box) < _WHOLE:
            parts.append(box)
        if len(parts) > _MOST:
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
    """Whether a form holds more than words and a line below them."""
    count = raw.FPDFFormObj_CountObjects(form)
    kinds = [
        raw.FPDFPageObj_GetType(raw.FPDFFormObj_GetObject(form, at))
        for at in range(min(count, _MOST))
    ]
    if raw.FPDF_PAGEOBJ_IMAGE in kinds:
        return True
    return len([kind for kind in kinds if kind != raw.FPDF_PAGEOBJ_TEXT]) >= 3


def _shown(raw: Any, page: Any, bounds: tuple[float, float, float, float]) -> Box:
    """Bounds in a page's own space (left, bottom, right, top) as fractions of what is shown."""
    left, bottom, right, top = bounds
    x, y = ctypes.c_int(), ctypes.c_int()
    across: list[float] = []
    down: list[float] = []
    for point in ((left, bottom), (right, top)):
        raw.FPDF_PageToDevice(page, 0, 0, _FINE, _FINE, 0, *point, ctypes.byref(x), ctypes.byref(y))
        across.append(min(1.0, max(0.0, x.value / _FINE)))
        down.append(min(1.0, max(0.0, y.value / _FINE)))
    return min(across), min(down), max(across), max(down)


def _joined(parts: list[Box]) -> list[Box]:
    """Boxes that touch, as one each."""
    whole: list[Box] = []
    for part in parts:
        box = part
        while True:
            near = [each for each in whole if _touch(each, box)]
            if not near:
                break
            whole = [each for each in whole if each not in near]
            both = [*near, box]
            box = (
                min(each[0] for each in both), min(each[1] for each in both),
                max(each[2] for each in both), max(each[3] for each in both),
            )  # fmt: skip
        whole.append(box)
    return whole


def _touch(one: Box, other: Box) -> bool:
    return (
        one[0] <= other[2] + _APART
        and other[0] <= one[2] + _APART
        and one[1] <= other[3] + _APART
        and other[1] <= one[3] + _APART
    )


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
