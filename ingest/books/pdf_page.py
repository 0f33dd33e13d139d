"""One PDF page into lines of text in reading order, from the positions of its characters alone.

PDFium returns characters in the order of painting, with boxes. They become *pieces* (runs without a
wide gap), pieces become columns where an empty gutter separates them, and pieces of one height
become lines. Coordinates are 1/65535 of the displayed page's width and height, from the top left;
`Piece` also has points, because a page is not square.
"""

import ctypes
import math
import re
import unicodedata
from dataclasses import dataclass, field
from itertools import pairwise, repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ingest import scripts
from ingest.books import pdf_direction, pdf_margin, pdf_order, pdf_unseen
from ingest.books.pdf_piece import Piece
from ingest.boxes import Boxes

FULL = 65535


@dataclass(slots=True)
class PageText:
    """The lines of one page in reading order, and the boxes of all its characters.

    `objects`: painted objects. `lettered`: its fonts map codes to letters. `unseen` are the
    invisible characters left out, `struck` the struck-out ones, `aside` those in no line. `figures`
    are the lines recognised in each figure; their characters have `boxes` on this page. `pictured`
    counts the figures, read or not.
    """

    number: int
    width: float
    height: float
    boxes: Boxes
    lines: list[Piece] = field(default_factory=list)
    objects: int = 0
    label: str = ""
    lettered: bool = True
    unseen: str = ""
    struck: str = ""
    aside: str = ""
    figures: list["PageText"] = field(default_factory=list)
    pictured: int = 0


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
        result = PageText(number, width, height, boxes)
        scale = (width, height, width, height)
        places = boxes.astype(np.float64) / FULL * scale
        text = _with_accents(text, boxes, places, scale)
        inked = np.flatnonzero(
            _visible(text) & (boxes[:, 2] > boxes[:, 0]) & (boxes[:, 3] > boxes[:, 1])
        )
        result.lettered = pdf_unseen.lettered(raw, textpage, text, inked)
        white, rules = pdf_unseen.painted(raw, page)
        hidden = pdf_unseen.unseen(raw, textpage, white, places, inked)
        if len(hidden):
            inked = np.setdiff1d(inked, hidden)
            visible = set(inked.tolist())
            result.unseen = "".join(c for at, c in enumerate(text) if at not in visible)
        struck = pdf_unseen.struck(painted, inked, rules)
        if len(struck):
            inked = np.setdiff1d(inked, struck)
            runs = np.split(struck, np.flatnonzero(np.diff(struck) > 2) + 1)
            result.struck = " ".join(text[int(run[0]) : int(run[-1]) + 1] for run in runs)
        if result.lettered:
            result.lines = _lines(text, places, inked, width, height)
            result.aside = _aside(text, inked, result.lines)
            slanted = [line for line in result.lines if _is_slanted(raw, textpage, line)]
            if 0 < 2 * sum(len(line.text) for line in slanted) < len(inked):
                result.lines = [line for line in result.lines if line not in slanted]
                result.aside = result.aside or " ".join(line.text for line in slanted)
            _mark_bold(raw, textpage, result.lines)
    finally:
        textpage.close()
    if not result.lines:
        result.objects = 1
    return result


#: Letters of a page of which one in so many, and fewer than so many, may be in no line.
_SHARE, _FEWEST = 50, 12


def _aside(text: str, inked: NDArray[np.intp], lines: list[Piece]) -> str:
    """The characters in none of the lines, such as those of an axis, if they are many."""
    lost = len(inked) - sum(int(np.count_nonzero(line.cells >= 0)) for line in lines)
    if lost < _FEWEST or lost * _SHARE <= len(inked):
        return ""
    seen = set().union(*(line.cells.tolist() for line in lines))
    return "".join(character for at, character in enumerate(text) if at not in seen)


#: Points from which a line may be a watermark, and by how much it is neither upright nor sideways.
_LARGE, _SLANTED = 20.0, 0.2


def _is_slanted(raw: Any, textpage: Any, line: Piece) -> bool:
    """Whether a large line is set across the page, as watermarks are."""
    if line.size < _LARGE or line.cells[0] < 0:
        return False
    angle: float = raw.FPDFText_GetCharAngle(textpage, int(line.cells[0])) % (math.pi / 2)
    return min(angle, math.pi / 2 - angle) > _SLANTED


def _none() -> Boxes:
    return np.zeros((0, 4), dtype=np.uint16)


def _painted(raw: Any, textpage: Any, count: int) -> NDArray[np.float32]:
    """(count, 4) boxes in the page's own space: left, top, right, bottom.

    By raw addresses, because a call per character dominates the cost of reading a PDF.
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


_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_HALF = re.compile("[\ud800-\udfff]")


def _characters(raw: Any, textpage: Any, count: int) -> str:
    """Exactly `count` characters; non-text becomes a space or a line end."""
    text: str = textpage.get_text_range(0, count)
    if len(text) != count:
        codes = [raw.FPDFText_GetUnicode(textpage, index) for index in range(count)]
        facts = [chr(code) if code < 0x110000 else " " for code in codes]
        # Mathematical letters (𝑎) and those of old scripts are surrogate pairs.
        text = _HALVES.sub(
            lambda results: (
                results[0].encode("utf-16", "surrogatepass").decode("utf-16") + _REMOVED
            ),
            "".join(facts),
        )
        text = _HALF.sub(" ", text)
    return _set_by_tex(text)


#: Ligatures and accents by their codes in TeX fonts without glyph names: the older encoding (OT1)
#: and the newer one (T1) of the LaTeX Font Encodings Guide.
_OT1 = {0x0B: "ﬀ", 0x0C: "ﬁ", 0x0E: "ﬃ", 0x0F: "ﬄ"}
_T1 = {
    0x1B: "ﬀ", 0x1C: "ﬁ", 0x1D: "ﬂ", 0x1E: "ﬃ", 0x1F: "ﬄ",
    0x10: "“", 0x11: "”", 0x15: "–", 0x16: "—",
}  # fmt: skip
_CONTROL = re.compile(r"[\x0b-\x0c\x0e-\x1f]")
_OT1_IN_WORD = re.compile(r"[^\W\d_][\x0b\x0c\x0e\x0f]|[\x0b\x0c\x0e\x0f][^\W\d_]")
_T1_IN_WORD = re.compile(r"[^\W\d_][\x1b-\x1f]|[\x1b-\x1f][^\W\d_]")


#: PDFium maps bitmap fonts of TeX, whose glyphs are named a16 to a126 by code, to the dingbats of
#: these names (Adobe's glyph list of ITC Zapf Dingbats), in that order.
_DINGBATS = (
    "✏✑✒✓✔✕✖✗✘✙✚✛✜✢✣✤✥"
    "✦✧★✩✪✫✬✭✮✯✰✱✲✳✴✵✶✷✸✹✺✻✼✽✾✿❀❁❂❃❄❅❆❇❈❉❊❋●❍■❏❑▲▼◆❖ ◗❘❙❚❯❱❲❳❨❩❬❭❪❫❴❵❛❜❝❞❡❢❣❤✐❥❦❧♠♥♦♣"
    "    ✉✈✇①②③④⑤⑥⑦"
)
_LETTERS_OF_DINGBATS = {ord(each): 16 + at for at, each in enumerate(_DINGBATS) if each != " "}
_IN_DINGBATS = re.compile(f"[{re.escape(_DINGBATS.replace(' ', ''))}]")
#: Share of such dingbats among a page's letters from which they are TeX's.
_MOSTLY = 0.3


def _set_by_tex(text: str) -> str:
    """Replace codes of TeX fonts by their characters, within words."""
    if text.isascii() and not _CONTROL.search(text):
        return text
    if len(_IN_DINGBATS.findall(text)) > _MOSTLY * len(text):
        text = text.translate(_LETTERS_OF_DINGBATS)
    if _OT1_IN_WORD.search(text):
        return text.translate(_OT1)
    return text.translate(_T1) if _T1_IN_WORD.search(text) else text


#: Spacing accents, and the same over a letter.
_ACCENTS = dict(
    zip("¨´`ˇ˝˚ˆ˜¸", "\u0308\u0301\u0300\u030c\u030b\u030a\u0302\u0303\u0327", strict=True)
)
_DOTLESS = {"ı": "i", "ȷ": "j"}
#: Stands for a character that was merged into another one.
_REMOVED = "\x01"
#: A gap between two words, in heights of the letters, beside an accent that was painted.
_ACCENT_SPACE = 0.15
#: Characters on both sides of an accent among which its letter is searched.
_CONTEXT = 200


def _with_accents(
    text: str, boxes: Boxes, places: NDArray[np.float64], scale: tuple[float, ...]
) -> str:
    """Combine accents that were painted over a letter with that letter.

    TeX's older fonts need this. Such an accent may be anywhere near its letter in the text, so only
    its position decides. `places` are in points as displayed.
    """
    painted = [at for at, each in enumerate(text) if each in _ACCENTS and places[at, 2] > 0]
    if not painted:
        return text
    words = list(text)
    for at in painted:
        first, final = max(0, at - _CONTEXT), min(len(text), at + _CONTEXT + 1)
        left, top, right, bottom = places[first:final].T
        shared = np.minimum(right, places[at, 2]) - np.maximum(left, places[at, 0])
        level = np.minimum(bottom, places[at, 3]) - np.maximum(top, places[at, 1])
        shared[level < 0.5 * (bottom - top)] = 0.0
        shared[at - first] = 0.0
        closing = first + int(shared.argmax())
        letter = _DOTLESS.get(words[closing], words[closing])
        full = unicodedata.normalize("NFC", letter + _ACCENTS[text[at]])
        adjacent = words[max(0, closing - 1) : closing] + words[closing + 1 : closing + 2]
        if shared.max() > 0 and len(full) == 1 and any(map(str.isalpha, adjacent)):
            words[closing] = full
            removed = [at]
            previous, trailing = places[max(0, at - 2)], places[min(at + 2, len(text) - 1)]
            if words[at - 1 : at + 2 : 2] == [" ", " "] and (
                trailing[0] - previous[2] < _ACCENT_SPACE * (previous[3] - previous[1])
            ):
                # PDFium splits a word at the accent of another one.
                removed = [at - 1, at, at + 1]
            for each in removed:
                # It goes with the preceding character, and separates no words.
                words[each] = _REMOVED
                boxes[each] = boxes[max(0, removed[0] - 1)]
                boxes[each, 0] = max(0, int(boxes[each, 2]) - 1)
                places[each] = boxes[each].astype(np.float64) / FULL * scale
    return "".join(words)


def _on_page(raw: Any, page: Any, painted: NDArray[np.float32]) -> Boxes:
    """Convert boxes in the page's own space (left, bottom, right, top) to the displayed page."""
    corners = []
    x, y = ctypes.c_int(), ctypes.c_int()
    for point in ((0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0)):
        raw.FPDF_PageToDevice(page, 0, 0, FULL, FULL, 0, *point, ctypes.byref(x), ctypes.byref(y))
        corners.append((x.value, y.value))
    result: Boxes = np.empty((len(painted), 4), dtype=np.uint16)
    for start in range(0, len(painted), _AT_ONCE):
        result[start : start + _AT_ONCE] = _displayed(painted[start : start + _AT_ONCE], corners)
    return result


#: Boxes per batch, which bounds the memory of a page with a million letters.
_AT_ONCE = 50_000


def _displayed(painted: NDArray[np.float32], corners: list[tuple[int, int]]) -> Boxes:
    (x0, y0), (x1, y1), (x2, y2) = corners
    horizontal, vertical = (
        painted[:, [0, 2]].astype(np.float64),
        painted[:, [1, 3]].astype(np.float64),
    )
    empty = np.all(painted == 0, axis=1)
    xs = x0 + horizontal * (x1 - x0) / 1000 + vertical * (x2 - x0) / 1000
    ys = y0 + horizontal * (y1 - y0) / 1000 + vertical * (y2 - y0) / 1000
    visible = np.stack([xs.min(1), ys.min(1), xs.max(1), ys.max(1)], axis=1)
    inside = (
        (visible[:, 0] >= 0)
        & (visible[:, 2] <= FULL)
        & (visible[:, 1] < FULL)
        & (visible[:, 3] > 0)
    )
    visible = np.clip(np.rint(visible), 0, FULL)
    # An accent over another letter has no width of its own, and is visible all the same.
    flat = inside & (visible[:, 2] == visible[:, 0]) & (painted[:, 1] > painted[:, 3])
    visible[flat, 0] = np.minimum(visible[flat, 0], FULL - 1)
    visible[flat, 2] = visible[flat, 0] + 1
    visible[empty] = 0
    result: Boxes = visible.astype(np.uint16)
    return result


_BOLD = re.compile(rb"(?i)bold|black|heavy|demi|[-,]bd|(?:cm|sf|ec)bx|nimbus.*medi")
_LONGEST_HEADING = 90


def _mark_bold(raw: Any, textpage: Any, lines: list[Piece]) -> None:
    """Mark short lines that are bold throughout, by the names of their fonts."""
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    for line in lines:
        if len(line.text) > _LONGEST_HEADING or line.kind:
            continue
        line.bold = True
        for cell in (int(line.cells[0]), int(line.cells[-1])):
            size = raw.FPDFText_GetFontInfo(textpage, cell, name, 128, ctypes.byref(flags))
            if cell < 0 or not 0 < size <= 128 or not _BOLD.search(name.value):
                line.bold = False
                break


# -- pieces --------------------------------------------------------------------------------------


def _lines(
    text: str, places: NDArray[np.float64], inked: NDArray[np.intp], width: float, height: float
) -> list[Piece]:
    if not len(inked):
        return []
    rtl = pdf_direction.is_from_right(text, len(inked))
    places = _upright(places, _turn(places[inked], rtl), width, height)
    letters = pdf_direction.as_read(text, places, inked, rtl)
    places = letters.places
    if rtl:
        # Mirrored, a right-to-left page is a left-to-right one.
        spanning = float(places[letters.painted, 2].max())
        places = np.stack(
            [spanning - places[:, 2], places[:, 1], spanning - places[:, 0], places[:, 3]], 1
        )
    pieces = _pieces(letters.text, places, letters.painted)
    for piece in pieces:
        piece.cells = np.where(piece.cells < 0, -1, letters.origins[piece.cells])
    pieces = pdf_margin.without_line_numbers(_without_sideways(pieces))
    return pdf_order.ordered(pieces)


def _turn(places: NDArray[np.float64], rtl: bool) -> int:
    """The clockwise rotation of most of the displayed text: 0, 90, 180 or 270."""
    middles = (places[:, :2] + places[:, 2:]) / 2
    steps = np.diff(middles, axis=0)
    close_by = np.abs(steps).sum(axis=1) < 2.5 * np.median(places[:, 3] - places[:, 1])
    spanning, down = np.median(steps[close_by], axis=0) if close_by.any() else (1.0, 0.0)
    if abs(down) > abs(spanning):
        return 90 if down > 0 else 270
    return 180 if spanning < 0 and not rtl else 0


def _upright(
    places: NDArray[np.float64], rotated: int, width: float, height: float
) -> NDArray[np.float64]:
    left, top, right, bottom = places.T
    if rotated == 90:
        places = np.stack([top, width - right, bottom, width - left], axis=1)
    elif rotated == 270:
        places = np.stack([height - bottom, left, height - top, right], axis=1)
    elif rotated == 180:
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
    visible: NDArray[np.bool_] = plain | (codes == 1) | (codes == 2) | (codes == 0xFFFE)
    return visible


def _pieces(text: str, places: NDArray[np.float64], inked: NDArray[np.intp]) -> list[Piece]:
    left, top, right, bottom = places[inked].T
    tall = bottom - top
    middle = (top + bottom) / 2
    minimum = np.minimum(tall[1:], tall[:-1])
    limit = np.maximum(tall[1:], tall[:-1])
    shared = np.minimum(bottom[1:], bottom[:-1]) - np.maximum(top[1:], top[:-1])
    shifted = (shared < 0.3 * minimum) | (np.abs(np.diff(middle)) > 0.6 * limit)
    ahead = left[1:] - right[:-1]
    back = left[:-1] - right[1:]
    separate = (ahead > 1.6 * limit) | (back > 1.6 * limit)
    # A small number in the margin, close to its line.
    separate |= (ahead > 0.6 * limit) & (limit > 1.3 * minimum)
    # A drop cap is not part of the line that it opens.
    starts = np.flatnonzero(shifted | separate | (limit > 2.2 * minimum)) + 1
    firsts = np.concatenate([[0], starts])
    bounds = [*firsts.tolist(), len(inked)]
    # Properties of all pieces, computed at once.
    gaps = np.ones(len(inked), dtype=np.int64)
    gaps[1:] = np.diff(inked)
    gaps[starts] = 1
    widest = np.maximum.reduceat(gaps, firsts).tolist()
    lefts = np.minimum.reduceat(left, firsts).tolist()
    rights = np.maximum.reduceat(right, firsts).tolist()
    uniform = (
        (np.minimum.reduceat(top, firsts) == np.maximum.reduceat(top, firsts))
        & (np.minimum.reduceat(bottom, firsts) == np.maximum.reduceat(bottom, firsts))
    ).tolist()
    unspaced = _unspaced(text, inked, ahead / minimum, gaps)
    return [
        _piece(
            text,
            places,
            inked[bounds[n] : bounds[n + 1]],
            extent,
            [at - bounds[n] for at in unspaced if bounds[n] < at < bounds[n + 1]],
        )
        for n, extent in enumerate(map(_Extent, widest, lefts, rights, uniform))
    ]


#: Parts of a letter's height: the width of a space, and a gap that never occurs within a word.
_SPACE, _TOUCHING = 0.17, 0.06


def _unspaced(
    text: str, inked: NDArray[np.intp], ahead: NDArray[np.float64], gaps: NDArray[np.int64]
) -> list[int]:
    """Which of the characters `inked` begin a word without a space before them.

    `ahead`: the gaps between them, in parts of their height; `gaps`: the differences of their
    indices. Letter-spaced text is left alone.
    """
    wide = np.flatnonzero((ahead > _SPACE) & (ahead < 1.6) & (gaps[1:] == 1)) + 1
    if not len(wide):
        return []
    results: list[int] = []
    for at in wide.tolist():
        close_by = ahead[max(0, at - 9) : at + 8]
        previous, after = text[inked[at - 1]], text[inked[at]]
        if (
            float(np.median(close_by)) < _TOUCHING
            and (previous.isalnum() or previous in _CLOSING)
            and (after.isalnum() or after in _OPENING)
            and max(previous, after) < "\u0590"
            and not (previous.isdigit() and after.isdigit())
        ):
            results.append(at)
    return results


_CLOSING = ".,;:!?)]”’»%"
_OPENING = "([“‘«"


class _Extent(NamedTuple):
    """The largest gap within a piece, and its left and right edge.

    `uniform`: all characters have the same top and bottom.
    """

    widest: int
    left: float
    right: float
    uniform: bool


def _piece(
    text: str,
    places: NDArray[np.float64],
    cells: NDArray[np.intp],
    extent: _Extent,
    breaks: list[int],
) -> Piece:
    """One piece of the inked characters `cells`, with single spaces between words.

    `breaks`: which of the cells begin a word without a space before them.
    """
    widest = extent.widest
    first, final = int(cells[0]), int(cells[-1])
    if widest == 1:
        numbers = cells.astype(np.int32)
        words = text[first : final + 1]
        end = len(cells) - 1
    else:
        gaps = np.diff(cells)
        end = int(np.argmax(gaps > 1))
        if widest == 2:
            numbers = np.full(final - first + 1, -1, dtype=np.int32)
            numbers[cells - first] = cells
            words = text[first : final + 1]
        else:
            numbers = np.insert(cells.astype(np.int32), np.flatnonzero(gaps > 1) + 1, -1)
            words = "".join(text[n] if n >= 0 else " " for n in numbers.tolist())
        if not words.isascii() or not words.isprintable():
            # White space becomes one space.
            words = "".join(
                letter if number >= 0 else " "
                for letter, number in zip(words, numbers.tolist(), strict=True)
            )
    if breaks:
        at = np.flatnonzero(numbers >= 0)[breaks]
        words = " ".join(words[a:b] for a, b in pairwise([0, *at.tolist(), len(words)]))
        numbers = np.insert(numbers, at, -1).astype(np.int32)
        end = min(end, breaks[0] - 1)
    if words.count(" ") * 2 > len(words) - 4 and len(words) > 6:
        words, numbers = _closed_up(words, numbers, places[cells])
    if extent.uniform:
        top, bottom = float(places[first, 1]), float(places[first, 3])
    else:
        heights = np.sort(places[cells][:, [1, 3]], axis=0)
        top, bottom = (float(height) for height in heights[len(cells) // 2])
        raised = places[cells, 3] < bottom - 0.12 * (bottom - top)
        if raised.any() and not raised.all():
            marks = [at for at in cells[raised].tolist() if not _is_upper(text, places, at)]
            words, numbers = _without_marks(words, numbers, marks)
            words = _with_exponents(words, numbers, cells[raised])
    return Piece(
        text=words,
        cells=numbers,
        left=extent.left,
        top=top,
        right=extent.right,
        bottom=bottom,
        size=bottom - top,
        first_word=float(places[cells[end], 2] - places[first, 0]),
    )


def _closed_up(
    words: str, numbers: NDArray[np.int32], inner: NDArray[np.float64]
) -> tuple[str, NDArray[np.int32]]:
    """Close up letter-spaced words ("T H E M I L L").

    `inner` are the indices of the painted letters. Gaps between letters are uniform; between words
    they are wider by more than half.
    """
    letters = [word for word in words.split(" ") if word]
    if sum(len(word) == 1 for word in letters) * 5 < 4 * len(letters) or len(inner) < 5:
        return words, numbers
    gaps = inner[1:, 0] - inner[:-1, 2]
    tall = float(np.median(inner[:, 3] - inner[:, 1]))
    separate = float(np.median(gaps))
    if separate < 0.08 * tall:
        return words, numbers
    wide = (gaps > 1.5 * separate + 0.05 * tall).tolist()
    painted = [
        letter for letter, number in zip(words, numbers.tolist(), strict=True) if number >= 0
    ]
    inner_numbers = numbers[numbers >= 0]
    text: list[str] = []
    places: list[int] = []
    for index, letter in enumerate(painted):
        if index and wide[index - 1]:
            text.append(" ")
            places.append(-1)
        text.append(letter)
        places.append(int(inner_numbers[index]))
    return "".join(text), np.array(places, dtype=np.int32)


#: Twice the distance between the middles of numbers above each other, in heights; and characters
#: between them, such as a line end.
_STACKED, _BETWEEN = 0.5, 6
_MARK = re.compile(
    # Behind the number of an item a raised one is the upper part of a fraction.
    r"(?:(?<=[^\W\d_]{3})|(?<=[^\W\d_]{3} )|(?<=[.,;:!?\"”’»)\]])|(?<=[.,;:!?\"”’»)\]] ))"
    r"(?<!\d[.)] )(\d{1,3}(?:[,–-]\d{1,3})*|[*†‡§])(?=\W|$)"
)


def _without_marks(
    words: str, numbers: NDArray[np.int32], raised: list[int]
) -> tuple[str, NDArray[np.int32]]:
    """Remove raised note marks, which belong to no sentence."""
    up = np.isin(numbers, raised)
    mask = np.ones(len(numbers), dtype=np.bool_)
    for match in _MARK.finditer(words):
        if up[match.start() : match.end()].all():
            start, end = match.span()
            # No double space where the mark was.
            start -= words[start - 1 : start] == " " and words[end : end + 1] in {"", " "}
            mask[start:end] = False
    if mask.all():
        return words, numbers
    return "".join(w for w, k in zip(words, mask.tolist(), strict=True) if k), numbers[mask]


_EXPONENT = re.compile(r"(?<=[\w)\]])(?:(?<![^\W\d_]{2})[-−–+=()n\d]+|[-−–+]?\d+[-−–+]?)")


def _is_upper(text: str, places: NDArray[np.float64], at: int) -> bool:
    """Whether a number is the upper part of a fraction: the next one is below it."""
    left, _, right, bottom = places[at]
    limit = _STACKED * (bottom - places[at, 1])
    return any(
        other.isdigit() and abs(box[0] + box[2] - left - right) < limit and box[3] > bottom
        for other, box in zip(text[at + 1 : at + _BETWEEN], places[at + 1 :], strict=False)
    )


def _with_exponents(words: str, numbers: NDArray[np.int32], raised: NDArray[np.intp]) -> str:
    """Write raised digits as superscripts: 10²³, not 1023."""
    up = np.isin(numbers, raised)
    # The digits of base and exponent are one run of digits.
    edges = np.flatnonzero(np.diff(up)) + 1
    for start, end in pairwise([*edges.tolist(), len(words)]):
        match = _EXPONENT.match(words, start, end) if up[start] else None
        if match and match.end() == end:
            words = words[:start] + scripts.raised(match[0]) + words[end:]
    return words


def _without_sideways(pieces: list[Piece]) -> list[Piece]:
    """Remove text that runs up the margin: single characters above one another."""
    single = [len(piece.text) == 1 for piece in pieces]
    result = []
    index = 0
    while index < len(pieces):
        final = index
        while (
            final + 1 < len(pieces)
            and single[index]
            and single[final + 1]
            and abs(pieces[final + 1].left - pieces[index].left) < pieces[index].size
            and abs(pieces[final + 1].top - pieces[final].top) < 3 * pieces[index].size
        ):
            final += 1
        run = pieces[index : final + 1]
        # Upright characters, which are higher than wide, are a column of a table.
        if final - index < 4 or sum(each.height - each.right + each.left for each in run) > 0:
            result.extend(run)
        index = final + 1
    return result
