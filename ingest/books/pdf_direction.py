"""Restores the logical order of lines in Hebrew or Arabic.

PDFium returns right-to-left text in the order of painting: words of a Latin phrase reversed,
letters of some words backwards, brackets mirrored. So a line is sorted by the positions of its
letters, and the bidirectional algorithm is inverted (Unicode Standard Annex 9): runs against the
direction of the line are reversed, and numbers inside them once more.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

#: Right-to-left letters.
RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
#: A gap between words, the width of a space, and a gap between columns, in heights.
_GAP, _SPACE, _COLUMN = 0.15, 0.25, 1.6
_RIGHT, _LEFT, _NUMBER, _MARK = "R", "L", "N", "M"
_CLASSES = {"R": _RIGHT, "AL": _RIGHT, "L": _LEFT, "EN": _NUMBER, "AN": _NUMBER, "NSM": _MARK}
#: Left-to-right words in a right-to-left line, a number, and right-to-left words in other lines.
_FROM_LEFT, _FROM_RIGHT = re.compile("L(?:[^R]*[LN])?"), re.compile("R(?:[^L]*R)?")
_FIGURES = re.compile("N(?:[ns]?N)*%?")
_MIRRORED = str.maketrans("()[]{}«»", ")(][}{»«")
_ROTATED = re.compile(r"(?<!\S)[)\]}»](?=\S)|(?<=[^\s(\[{«])[(\[{«](?![^\s.,;:!?،؛؟])")
_NO_LETTERS = re.compile(r"[\W\d_]+")
_LAM, _ALEF = "ل", frozenset("اأإآ")


@dataclass(frozen=True, slots=True)
class Letters:
    """The characters of a page with positions; `painted` are the visible ones.

    `origins` are their indices on the page, -1 for an inserted space.
    """

    text: str
    places: NDArray[np.float64]
    painted: NDArray[np.intp]
    origins: NDArray[np.int32]


def is_from_right(text: str, painted: int) -> bool:
    """Whether most of a page is right-to-left."""
    return len(RTL.findall(text)) * 2 > painted


def as_read(
    text: str, places: NDArray[np.float64], painted: NDArray[np.intp], from_right: bool
) -> Letters:
    """The letters of a page with right-to-left lines in logical order.

    Reversed lines get new positions within their extent.
    """
    if text.isascii() or not RTL.search(text):
        return Letters(text, places, painted, np.arange(len(text), dtype=np.int32))
    origins: list[NDArray[np.int32]] = []
    laid: list[NDArray[np.float64]] = []
    letters = list(text)
    for row in _rows(places[painted], painted):
        words = "".join(letters[at] for at in row.tolist())
        if not RTL.search(words) and not (from_right and _NO_LETTERS.fullmatch(words)):
            between = np.arange(row[0], row[-1] + 1, dtype=np.int32)
            origins.append(between)
            laid.append(places[between])
            continue
        for unit in _units(places, row):
            order = _order(text, places, unit, from_right)
            spaced, boxes = _laid_out(places, order, from_right)
            words = "".join(letters[at] if at >= 0 else " " for at in spaced.tolist())
            for match in _ROTATED.finditer(words):
                letters[spaced[match.start()]] = match[0].translate(_MIRRORED)
            origins.append(spaced)
            laid.append(boxes)
        origins.append(np.array([-1], np.int32))
        laid.append(np.zeros((1, 4)))
    interval = np.concatenate(origins)
    is_painted = np.isin(interval, painted)
    visible = "".join(letters[at] if at >= 0 else " " for at in interval.tolist())
    return Letters(visible, np.concatenate(laid), np.flatnonzero(is_painted), interval)


def _rows(inner: NDArray[np.float64], painted: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """The letters of each line, in the order of painting."""
    tall, middle = inner[:, 3] - inner[:, 1], (inner[:, 1] + inner[:, 3]) / 2
    shifted = np.abs(np.diff(middle)) > 0.6 * np.maximum(tall[1:], tall[:-1])
    return np.split(painted, np.flatnonzero(shifted) + 1)


def _height(inner: NDArray[np.float64]) -> float:
    """The height of a line; boxes of some letters are only as large as their ink."""
    return float(np.quantile(inner[:, 3] - inner[:, 1], 0.9))


def _units(places: NDArray[np.float64], row: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """The letters of each column of a line, from the left."""
    inner = places[row]
    spanning = np.argsort(inner[:, 0] + inner[:, 2], kind="stable")
    inner = inner[spanning]
    reach = np.maximum.accumulate(inner[:, 2])
    tall = _height(inner)
    return np.split(row[spanning], np.flatnonzero(inner[1:, 0] - reach[:-1] > _COLUMN * tall) + 1)


def _order(
    text: str, places: NDArray[np.float64], unit: NDArray[np.intp], from_right: bool
) -> list[int]:
    """The letters of a line in logical order; `unit` has them from the left."""
    line = _with_spaces(text, places, unit)
    words = "".join(text[at] if at >= 0 else " " for at in line)
    kinds = _kinds(words, any(unicodedata.bidirectional(sign) == "AL" for sign in words))
    if from_right:
        runs = [match.span() for match in _FROM_LEFT.finditer(kinds)]
        inside = {at for start, end in runs for at in range(start, end)}
        figures = [match.span() for match in _FIGURES.finditer(kinds)]
        runs += [span for span in figures if span[0] not in inside]
        line = _reversed_runs(line, runs)[::-1]
    else:
        for start, end in [match.span() for match in _FROM_RIGHT.finditer(kinds)]:
            figures = [match.span() for match in _FIGURES.finditer(kinds, start, end)]
            run = _reversed_runs(line[start:end], [(a - start, b - start) for a, b in figures])
            line[start:end] = run[::-1]
    return _with_marks(text, places, line)


def _kinds(words: str, arabic: bool) -> str:
    """A letter for each character: right-to-left, left-to-right, number, or number separator."""
    kinds = [_CLASSES.get(unicodedata.bidirectional(sign), "-") for sign in words]
    for at, sign in enumerate(words):
        if kinds[at] == "-" and sign in ".,:/":
            kinds[at] = "n"
        elif kinds[at] == "-" and sign in "-+" and not arabic:
            kinds[at] = "s"
        elif sign == "%":
            kinds[at] = "%"
    return "".join(kinds)


def _reversed_runs(line: list[int], runs: list[tuple[int, int]]) -> list[int]:
    line = list(line)
    for start, end in runs:
        line[start:end] = line[start:end][::-1]
    return line


def _with_spaces(text: str, places: NDArray[np.float64], unit: NDArray[np.intp]) -> list[int]:
    """The letters of a line from the left, with -1 for spaces between words."""
    inner = places[unit]
    tall = _height(inner)
    wide = inner[1:, 0] - np.maximum.accumulate(inner[:, 2])[:-1] > _GAP * tall
    spaced = [text[min(pair) + 1 : max(pair)].isspace() for pair in pairwise(unit.tolist())]
    # Beside left-to-right words a space has another position in the text than on the page.
    first, final = int(unit.min()), int(unit.max())
    spaces = np.array([at for at in range(first, final) if text[at] == " "], int)
    middles = np.sort(places[spaces, 0] + places[spaces, 2]) / 2
    starts = np.searchsorted(middles, (inner[:-1, 0] + inner[:-1, 2]) / 2)
    ends = np.searchsorted(middles, (inner[1:, 0] + inner[1:, 2]) / 2)
    gaps = wide | np.array(spaced, bool) | (ends > starts)
    return np.insert(unit, np.flatnonzero(gaps) + 1, -1).tolist()


def _with_marks(text: str, places: NDArray[np.float64], line: list[int]) -> list[int]:
    """Move vowel signs behind their letters, and order both letters of lam-alef."""
    marks = [at for at in line if at >= 0 and unicodedata.combining(text[at])]
    bases = [at for at in line if at not in marks] if marks else list(line)
    for first, (previous, after) in enumerate(pairwise(bases)):
        is_single = min(previous, after) >= 0 and np.array_equal(places[previous], places[after])
        if is_single and text[after] == _LAM and text[previous] in _ALEF:
            bases[first : first + 2] = after, previous
    if not marks or not bases:
        return bases + marks
    middles = np.where(np.array(bases) < 0, np.inf, places[bases, 0] + places[bases, 2])
    above: dict[int, list[int]] = {}
    for mark in sorted(marks):
        nearest = int(np.abs(middles - places[mark, 0] - places[mark, 2]).argmin())
        above.setdefault(bases[nearest], []).append(mark)
    return [at for base in bases for at in (base, *above.get(base, ()))]


def _laid_out(
    places: NDArray[np.float64], order: list[int], from_right: bool
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """The letters and new positions in the same extent, which spaces share."""
    inner = places[[at for at in order if at >= 0]]
    tall = _height(inner)
    ids = np.array(order, np.int32)
    wide = np.where(ids < 0, _SPACE * tall, places[ids, 2] - places[ids, 0])
    boxes = places[ids]
    boxes[ids < 0] = 0.0
    ends = np.cumsum(wide)
    left, right = float(inner[:, 0].min()), float(inner[:, 2].max())
    edges = np.append(0.0, ends) * ((right - left) / ends[-1] if ends[-1] else 1.0)
    if from_right:
        boxes[:, 0], boxes[:, 2] = right - edges[1:], right - edges[:-1]
    else:
        boxes[:, 0], boxes[:, 2] = left + edges[:-1], left + edges[1:]
    return ids, boxes
