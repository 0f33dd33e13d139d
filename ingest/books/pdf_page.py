"""One PDF page into lines of text in reading order, from nothing but its characters' places.

PDFium gives characters in the order they were painted, with their boxes. Here they become
*pieces* (stretches without a wide gap), pieces become columns where an empty gutter runs between
them, and pieces of one height become lines. Coordinates are 1/65535 of the page's width and
height as it is shown, from the top left; `Piece` also keeps points, because a page is not square.
"""

import ctypes
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.boxes import Boxes

FULL = 65535
_HYPHENS = "-\u2010\u00ad\x02\ufffe"


@dataclass(slots=True)
class Piece:
    """Characters `[first, last)` of a page that stand together; places in points.

    `cells` are the characters' numbers on the page, -1 for a space that nobody painted.
    `column` counts the blocks of a page in reading order; `left_edge`, `right_edge` are its sides.
    """

    text: str
    cells: NDArray[np.int32]
    left: float
    top: float
    right: float
    bottom: float
    size: float
    column: int = 0
    left_edge: float = 0.0
    right_edge: float = 0.0
    first_word: float = 0.0

    @property
    def height(self) -> float:
        """Of the line, in points."""
        return self.bottom - self.top


@dataclass(slots=True)
class PageText:
    """The lines of one page in reading order and the boxes of all its characters."""

    number: int
    width: float
    height: float
    boxes: Boxes
    lines: list[Piece] = field(default_factory=list)
    objects: int = 0
    label: str = ""


def extract(page: Any, number: int) -> PageText:
    """Read one page (numbered from 1). The caller holds PDFium's lock."""
    from pypdfium2 import raw

    width, height = page.get_size()
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        if count <= 0:
            return PageText(number, width, height, _none(), objects=raw.FPDFPage_CountObjects(page))
        text = _characters(raw, textpage, count)
        painted = _painted(raw, textpage, count)
        boxes = _on_page(raw, page, painted)
    finally:
        textpage.close()
    result = PageText(number, width, height, boxes)
    result.lines = _lines(text, boxes, width, height)
    if not result.lines:
        result.objects = 1
    return result


def _none() -> Boxes:
    return np.zeros((0, 4), dtype=np.uint16)


def _painted(raw: Any, textpage: Any, count: int) -> NDArray[np.float32]:
    """(count, 4) boxes in the page's own space: left, top, right, bottom.

    By plain addresses, because a call a character is what reading a PDF costs.
    """
    box_of = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
        ctypes.cast(raw.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
    )
    boxes = np.zeros((count, 4), dtype=np.float32)
    handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
    base = boxes.ctypes.data
    places = range(base, base + count * 16, 16)
    for _ in map(box_of, repeat(handle), range(count), places):
        pass
    return boxes


def _characters(raw: Any, textpage: Any, count: int) -> str:
    """Exactly `count` characters; anything that is no text is a space or a line end."""
    text: str = textpage.get_text_range(0, count)
    if len(text) != count:
        codes = (raw.FPDFText_GetUnicode(textpage, index) for index in range(count))
        text = "".join(
            chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else " " for code in codes
        )
    return text


def _on_page(raw: Any, page: Any, painted: NDArray[np.float32]) -> Boxes:
    """Boxes in the page's own space (left, top, right, bottom) as it is shown, turned or not."""
    corners = []
    x, y = ctypes.c_int(), ctypes.c_int()
    for point in ((0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0)):
        raw.FPDF_PageToDevice(page, 0, 0, FULL, FULL, 0, *point, ctypes.byref(x), ctypes.byref(y))
        corners.append((x.value, y.value))
    (x0, y0), (x1, y1), (x2, y2) = corners
    horizontal, vertical = (
        painted[:, [0, 2]].astype(np.float64),
        painted[:, [1, 3]].astype(np.float64),
    )
    empty = np.all(painted == 0, axis=1)
    xs = x0 + horizontal * (x1 - x0) / 1000 + vertical * (x2 - x0) / 1000
    ys = y0 + horizontal * (y1 - y0) / 1000 + vertical * (y2 - y0) / 1000
    shown = np.stack([xs.min(1), ys.min(1), xs.max(1), ys.max(1)], axis=1)
    shown = np.clip(np.rint(shown), 0, FULL)
    shown[empty] = 0
    result: Boxes = shown.astype(np.uint16)
    return result


# -- pieces --------------------------------------------------------------------------------------

_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def _lines(text: str, boxes: Boxes, width: float, height: float) -> list[Piece]:
    places = boxes.astype(np.float64) / FULL * (width, height, width, height)
    visible = _visible(text) & (boxes[:, 2] > boxes[:, 0]) & (boxes[:, 3] > boxes[:, 1])
    inked = np.flatnonzero(visible)
    if not len(inked):
        return []
    rtl = len(_RTL.findall(text)) * 2 > len(inked)
    places = _upright(places, _turn(places[inked], rtl), width, height)
    if rtl:
        # Mirrored, a page that reads from the right is one that reads from the left.
        across = float(places[inked, 2].max())
        places = np.stack(
            [across - places[:, 2], places[:, 1], across - places[:, 0], places[:, 3]], 1
        )
    pieces = _pieces(text, places, inked)
    pieces = _without_sideways(pieces)
    return _ordered(pieces)


def _turn(places: NDArray[np.float64], rtl: bool) -> int:
    """0, 90, 180 or 270: how far most of the text is turned as it is shown, clockwise."""
    middles = (places[:, :2] + places[:, 2:]) / 2
    steps = np.diff(middles, axis=0)
    near = np.abs(steps).sum(axis=1) < 2.5 * np.median(places[:, 3] - places[:, 1])
    across, down = np.median(steps[near], axis=0) if near.any() else (1.0, 0.0)
    if abs(down) > abs(across):
        return 90 if down > 0 else 270
    return 180 if across < 0 and not rtl else 0


def _upright(
    places: NDArray[np.float64], turned: int, width: float, height: float
) -> NDArray[np.float64]:
    left, top, right, bottom = places.T
    if turned == 90:
        places = np.stack([top, width - right, bottom, width - left], axis=1)
    elif turned == 270:
        places = np.stack([height - bottom, left, height - top, right], axis=1)
    elif turned == 180:
        places = np.stack([width - right, height - bottom, width - left, height - top], axis=1)
    return places


def _visible(text: str) -> NDArray[np.bool_]:
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype="<u4")
    plain = (codes > 0x20) & (codes != 0x7F) & (codes != 0xA0) & (codes != 0xFEFF)
    if len(text) and not text.isascii():
        spaces = np.isin(
            codes, [0x1680, *range(0x2000, 0x2010), 0x202F, 0x205F, 0x3000, 0x2028, 0x2029]
        )
        plain &= ~spaces
    # PDFium writes 2 for a hyphen at a line's end.
    visible: NDArray[np.bool_] = plain | (codes == 2) | (codes == 0xFFFE)
    return visible


def _pieces(text: str, places: NDArray[np.float64], inked: NDArray[np.intp]) -> list[Piece]:
    left, top, right, bottom = places[inked].T
    tall = bottom - top
    middle = (top + bottom) / 2
    least = np.minimum(tall[1:], tall[:-1])
    most = np.maximum(tall[1:], tall[:-1])
    shared = np.minimum(bottom[1:], bottom[:-1]) - np.maximum(top[1:], top[:-1])
    moved = (shared < 0.3 * least) | (np.abs(np.diff(middle)) > 0.6 * most)
    ahead = left[1:] - right[:-1]
    back = left[:-1] - right[1:]
    apart = (ahead > 1.6 * most) | (back > 1.6 * most)
    starts = np.flatnonzero(moved | apart) + 1
    bounds = np.concatenate([[0], starts, [len(inked)]])
    result = []
    for begin, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        result.append(_piece(text, places, inked[begin:end]))
    return result


def _piece(text: str, places: NDArray[np.float64], cells: NDArray[np.intp]) -> Piece:
    """One piece of the inked characters `cells`, with one space where there was any between."""
    first, last = int(cells[0]), int(cells[-1])
    gaps = np.diff(cells)
    widest = int(gaps.max()) if len(gaps) else 1
    if widest == 1:
        numbers = cells.astype(np.int32)
        words = text[first : last + 1]
        end = len(cells) - 1
    else:
        end = int(np.argmax(gaps > 1))
        if widest == 2:
            numbers = np.full(last - first + 1, -1, dtype=np.int32)
            numbers[cells - first] = cells
            words = text[first : last + 1]
        else:
            numbers = np.insert(cells.astype(np.int32), np.flatnonzero(gaps > 1) + 1, -1)
            words = "".join(text[n] if n >= 0 else " " for n in numbers.tolist())
        if not words.isascii() or not words.isprintable():
            # Whatever stood between two words is a space now.
            words = "".join(
                letter if number >= 0 else " "
                for letter, number in zip(words, numbers.tolist(), strict=True)
            )
    own = places[cells]
    middle = len(cells) // 2
    ranked = np.sort(own, axis=0)
    top, bottom = float(ranked[middle, 1]), float(ranked[middle, 3])
    raised = own[:, 3] < bottom - 0.12 * (bottom - top)
    if raised.any() and not raised.all():
        words, numbers = _without_marks(words, numbers, cells[raised])
    return Piece(
        text=words,
        cells=numbers,
        left=float(ranked[0, 0]),
        top=top,
        right=float(ranked[-1, 2]),
        bottom=bottom,
        size=bottom - top,
        first_word=float(own[end, 2] - own[0, 0]),
    )


_MARK = re.compile(
    r"(?:(?<=[^\W\d_]{3})|(?<=[.,;:!?\"”’»)\]])|(?<=[.,;:!?\"”’»)\]] ))(\d{1,3}|[*†‡§])(?=\W|$)"
)


def _without_marks(
    words: str, numbers: NDArray[np.int32], raised: NDArray[np.intp]
) -> tuple[str, NDArray[np.int32]]:
    """Leave out the raised figures that point to notes: they belong to no sentence."""
    up = np.isin(numbers, raised)
    keep = np.ones(len(numbers), dtype=np.bool_)
    for match in _MARK.finditer(words):
        if up[match.start() : match.end()].all():
            keep[match.start() : match.end()] = False
    if keep.all():
        return words, numbers
    return "".join(w for w, k in zip(words, keep.tolist(), strict=True) if k), numbers[keep]


def _without_sideways(pieces: list[Piece]) -> list[Piece]:
    """Leave out text that runs up the margin: single characters above one another."""
    single = [len(piece.text) == 1 for piece in pieces]
    result = []
    index = 0
    while index < len(pieces):
        last = index
        while (
            last + 1 < len(pieces)
            and single[index]
            and single[last + 1]
            and abs(pieces[last + 1].left - pieces[index].left) < pieces[index].size
            and abs(pieces[last + 1].top - pieces[last].top) < 3 * pieces[index].size
        ):
            last += 1
        if last - index < 4:
            result.extend(pieces[index : last + 1])
        index = last + 1
    return result


# -- reading order -------------------------------------------------------------------------------


def _ordered(pieces: list[Piece]) -> list[Piece]:
    """Lines in reading order: bands across the page, columns within a band."""
    if not pieces:
        return []
    rows = _rows(pieces)
    gutters = _gutters(pieces, rows)
    left, right = min(p.left for p in pieces), max(p.right for p in pieces)
    result: list[Piece] = []
    column = 0
    for band in _bands(rows, gutters):
        if isinstance(band, Piece):
            band.column = column
            result.append(band)
            continue
        edges = [left, *gutters, right]
        for begin, end in pairwise(edges):
            own = [p for p in band if begin - 1 <= (p.left + p.right) / 2 < end + 1]
            if not own:
                continue
            column += 1
            lines = [_merged(row) for row in _rows(own)]
            for line in lines:
                line.column = column
            result.extend(lines)
        column += 1
    return result


def _rows(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces that share a line, from the top, each row from the left."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (p.top + p.bottom) / 2):
        middle = (piece.top + piece.bottom) / 2
        for row in reversed(rows[-3:]):
            anchor = max(row, key=lambda p: p.size)
            shared = min(anchor.bottom, piece.bottom) - max(anchor.top, piece.top)
            if shared > 0.5 * min(anchor.height, piece.height) and abs(
                middle - (anchor.top + anchor.bottom) / 2
            ) < 0.5 * max(anchor.height, piece.height):
                row.append(piece)
                break
        else:
            rows.append([piece])
    for row in rows:
        row.sort(key=lambda p: p.left)
    return rows


def _merged(row: Sequence[Piece]) -> Piece:
    if len(row) == 1:
        return row[0]
    cells: list[NDArray[np.int32]] = []
    gap = np.full(1, -1, dtype=np.int32)
    for index, piece in enumerate(row):
        if index:
            cells.append(gap)
        cells.append(piece.cells)
    biggest = max(row, key=lambda p: len(p.text))
    return Piece(
        text=" ".join(piece.text for piece in row),
        cells=np.concatenate(cells),
        left=row[0].left,
        top=biggest.top,
        right=max(piece.right for piece in row),
        bottom=biggest.bottom,
        size=biggest.size,
        first_word=row[0].first_word,
    )


def _gutters(pieces: Sequence[Piece], rows: Sequence[Sequence[Piece]]) -> list[float]:
    """Where empty stripes divide the page into columns; [] for one column.

    A stripe counts where at least six rows have text on both sides of it and few cross it, and
    where what stands beside it reads like text: the pieces are not the cells of a table.
    """
    shared = [row for row in rows if len(row) > 1]
    if len(shared) < 6:
        return []
    left, right = min(p.left for p in pieces), max(p.right for p in pieces)
    if right - left <= 0:
        return []
    bins = 400
    scale = bins / (right - left)
    cover = np.zeros(bins + 1)
    for piece in pieces:
        begin, end = int((piece.left - left) * scale), int((piece.right - left) * scale)
        cover[begin : max(begin + 1, end)] += 1
    found: list[float] = []
    low = cover[:bins] <= 0.25 * np.quantile(cover[:bins], 0.75)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], low.view(np.int8), [0]])))
    for begin, end in zip(edges[0::2].tolist(), edges[1::2].tolist(), strict=True):
        if begin < bins * 0.12 or end > bins * 0.88:
            continue
        at = left + (begin + end) / 2 / scale
        beside = [
            (a, b)
            for row in shared
            for a, b in pairwise(row)
            if a.right <= at + 1 and b.left >= at - 1
        ]
        crossing = sum(p.left < at - 2 and p.right > at + 2 for p in pieces)
        if len(beside) < 6 or crossing > len(beside):
            continue
        sizes = sorted(min(len(a.text), len(b.text)) for a, b in beside)
        if sizes[len(sizes) // 2] >= 12:
            found.append(at)
    return found


def _bands(rows: Sequence[Sequence[Piece]], gutters: Sequence[float]) -> list[Piece | list[Piece]]:
    """Lines that cross a gutter, and between them what stands in columns."""
    if not gutters:
        return [[piece for row in rows for piece in row]]
    result: list[Piece | list[Piece]] = []
    held: list[Piece] = []
    for row in rows:
        if any(p.left < at - 2 and p.right > at + 2 for p in row for at in gutters):
            if held:
                result.append(held)
                held = []
            result.append(_merged(row))
        else:
            held.extend(row)
    if held:
        result.append(held)
    return result
