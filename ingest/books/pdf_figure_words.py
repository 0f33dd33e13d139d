"""Recognises text in the figures of PDF pages: charts, screenshots, scanned tables.

A figure is processed if the page's own characters leave it free, once however often it is printed
(a logo on every page), and its words are used only with high confidence: a photograph of leaves has
none. They follow the page's text, one figure at a time, with positions. Their number is limited,
since each takes about a second; callers who want the text at once postpone figures, and read the
document again for them.
"""

import hashlib
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ingest.best_effort import attempt
from ingest.books import pdf_figures, pdf_flow, pdf_scan
from ingest.books.hyphens import Words
from ingest.books.pdf_flow import Block
from ingest.books.pdf_page import FULL, PageText
from ingest.media import recognised
from ingest.media.recognised import Sureness
from ingest.media.remarks import RECOGNISED
from ingest.models import ocr
from ingest.records import Box, Notice

if TYPE_CHECKING:
    from PIL.Image import Image

#: Figures processed per page, the largest first, and per document.
_A_PAGE, _AT_MOST = 6, 80
#: Characters of the page inside a figure from which its words are text already.
_HANDWRITING = 30
#: Mean confidence below which the words of a figure are dropped.
_CERTAIN = 0.8
_BREAK = "\n\n"


class FigureWords:
    """The recognised figures of one document. The caller holds PDFium's lock."""

    def __init__(self) -> None:
        self._off = not ocr.engine()
        self._looked: dict[bytes, bool] = {}
        self._sure: dict[int, list[Sureness]] = {}
        self._last = self._in_a_row = 0
        self._more = self.put_off = False

    def read(self, page: Any, found: PageText) -> None:
        """Add the text of a page's figures to `found.figures`, by position."""
        if found.objects or found.lines:
            attempt(lambda: self._read_figures(page, found), None, ocr.failed(found.number))

    def _read_figures(self, page: Any, found: PageText) -> None:
        boxes = pdf_figures.boxes(page)
        found.pictured = len(boxes)
        if self._off or not found.lines or self._more or self.put_off:
            return
        free = [box for box in boxes if not _has_text(found, box)]
        if ocr.is_postponed("figures"):
            self.put_off = bool(free)
            return
        largest = sorted(free, key=lambda box: (box[0] - box[2]) * (box[3] - box[1]))[:_A_PAGE]
        painted: Image | None = None
        for box in (item for item in free if item in largest):
            if len(self._looked) >= _AT_MOST:
                self._more = True
                return
            if self._in_a_row >= ocr.FAILURES:
                return
            painted = painted or pdf_scan.rendered(page)
            inspect = partial(self._read_figure, painted, box, found)
            finished = attempt(inspect, False, ocr.failed(found.number))
            self._in_a_row = 0 if finished else self._in_a_row + 1
            self._last = found.number

    def _read_figure(self, painted: "Image", box: Box, found: PageText) -> bool:
        """Read one figure; True, even if it has no text."""
        cut = pdf_figures.cut_out(painted, box)
        if cut is None:
            return True
        print_ = hashlib.sha256(cut.tobytes()).digest()
        if print_ in self._looked or pdf_scan.is_blank(cut):
            return True
        self._looked[print_] = True
        words = ocr.recognise(cut)
        certain = recognised.sureness(found.number, words)
        if not words or certain.average < _CERTAIN:
            return True
        points = (
            found.width * cut.width / painted.width,
            found.height * cut.height / painted.height,
        )
        figure = recognised.page_of(words, found.number, cut.size, points)
        corner = (round(box[0] * painted.width), round(box[1] * painted.height))
        _place(figure, found, corner, (painted.width, painted.height), cut.size)
        found.figures.append(figure)
        self._sure.setdefault(found.number, []).append(certain)
        return True

    def notices(self) -> Iterator[Notice]:
        """Notices: pages with recognised figures, confidence, and where recognition stopped."""
        if self._sure:
            item = [
                max(of_page, key=lambda single: single.average) for of_page in self._sure.values()
            ]
            message, hint = recognised.summary(item)
            yield Notice("figures_recognised", message, hint, tuple(self._sure))
        if self._more:
            yield Notice(
                "figures_left",
                f"{RECOGNISED} up to page {self._last} only: {_AT_MOST} figures are looked at.",
                "Add the pages after it as a file of their own if their figures hold words.",
            )


def blocks(page: PageText, existing: Words) -> list[Block]:
    """The words of each figure of a page as one block, after the page's text."""
    results: list[Block] = []
    for figure in page.figures:
        style = pdf_flow.style_of([figure])
        laid = pdf_flow.flow(figure, figure.lines, style, None, existing)
        parts = [*laid.blocks, *laid.apart]
        if parts:
            results.append(_joined(parts))
    return results


def _joined(parts: Sequence[Block]) -> Block:
    gap = np.full(len(_BREAK), -1, dtype=np.int32)
    cells: list[NDArray[np.int32]] = []
    for part in parts:
        cells += [gap, part.cells] if cells else [part.cells]
    text = _BREAK.join(part.text for part in parts)
    return Block(text, np.concatenate(cells), size=parts[0].size, kind="figure")


def _has_text(page: PageText, box: Box) -> bool:
    """Whether a figure contains characters of the page: a drawing, or a scan with a text layer."""
    places = page.boxes.astype(np.float64) / FULL
    spanning = (places[:, 0] + places[:, 2]) / 2
    down = (places[:, 1] + places[:, 3]) / 2
    inside = (spanning > box[0]) & (spanning < box[2]) & (down > box[1]) & (down < box[3])
    inside &= places[:, 2] > places[:, 0]
    return int(np.count_nonzero(inside)) >= _HANDWRITING


def _place(
    figure: PageText,
    page: PageText,
    corner: tuple[int, int],
    full: tuple[int, int],
    size: tuple[int, int],
) -> None:
    """Convert the positions of a figure's characters to those of the page.

    `corner`, `full` and `size` are pixels: origin of the figure, size of page and figure.
    """
    first = len(page.boxes)
    scale = np.array([size[0] / full[0], size[1] / full[1]] * 2)
    begin = np.array([corner[0] / full[0], corner[1] / full[1]] * 2) * FULL
    places = np.clip(np.rint(figure.boxes * scale + begin), 0, FULL).astype(np.uint16)
    page.boxes = np.concatenate([page.boxes, places])
    for line in figure.lines:
        line.cells = np.where(line.cells >= 0, line.cells + first, -1).astype(np.int32)
