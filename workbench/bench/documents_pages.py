"""Pages of PDFs looked at apart from the reader: are their columns interleaved, can they be read?

Both are judged by PDFium's own boxes and characters, not by what the reader makes of them.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from ingest import readers
from ingest.errors import IngestError
from ingest.records import Notice, Section

#: Lines that a column has at least, words that half of its lines have and the share of the page's
#: width (cells of a table are narrower), and the share of all lines that may cross the gap.
_LINES, _WORDS, _WIDE, _CROSSING = 10, 4, 0.25, 0.15
#: How often the text may go from one column to the other, for each line of the shorter one.
_CHANGES = 0.5
#: Characters of a page on which letters are judged, and the shares of them below and above which
#: they are no writing.
_CHARACTERS, _LETTERS, _DIGITS, _STRANGE = 100, 0.3, 0.3, 0.3
#: Words by which a line is found in the text.
_HEAD = 4

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Looked:
    """Pages in two columns, those of them that are interleaved; unreadable ones, those untold."""

    columned: int
    interleaved: tuple[str, ...]
    unreadable: int
    untold: tuple[str, ...]


def look(paths: Sequence[Path]) -> Looked:
    """Read PDFs without text recognition, and compare page by page."""
    columned = unreadable = 0
    interleaved: list[str] = []
    untold: list[str] = []
    for path in paths:
        texts, told = _read(path)
        for number, width, lines, characters in _pages(path):
            name = f"{path.name}, page {number}"
            gap = _gap(lines, width)
            if gap and number in texts:
                columned += 1
                if is_interleaved(lines, gap, texts[number]):
                    interleaved.append(name)
            ours = _is_unreadable(texts.get(number, ""))
            unreadable += ours or _is_unreadable(characters)
            if ours and number not in told:
                untold.append(name)
    return Looked(columned, tuple(interleaved), unreadable, tuple(untold))


def _read(path: Path) -> tuple[Mapping[int, str], set[int]]:
    """The text of each page, and the pages that a notice is about."""
    texts: dict[int, str] = {}
    told: set[int] = set()
    try:
        for record in readers.read(path):
            if isinstance(record, Section):
                for page in record.pages:
                    part = record.text[page.start - record.start : page.end - record.start]
                    texts[page.number] = texts.get(page.number, "") + " " + part
            elif isinstance(record, Notice):
                told.update(record.pages)
    except IngestError:
        return {}, told
    return texts, told


def _pages(path: Path) -> Iterator[tuple[int, float, list[tuple[Box, str]], str]]:
    """Number, width, lines and characters of each page, as PDFium has them."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
        for number in range(1, len(document) + 1):
            page = document[number - 1]
            text = page.get_textpage()
            boxes = [text.get_rect(at) for at in range(text.count_rects())]
            lines = [(box, text.get_text_bounded(*box)) for box in _joined(boxes)]
            yield number, page.get_width(), lines, text.get_text_range()
    except pypdfium2.PdfiumError:
        return


def _joined(boxes: Sequence[Any]) -> list[Box]:
    """The boxes of runs of characters, joined to lines: left, bottom, right, top."""
    lines: list[list[float]] = []
    for left, bottom, right, top in sorted(boxes, key=lambda box: (-round(box[1]), box[0])):
        last = lines[-1] if lines else None
        height = top - bottom
        if last and abs(last[1] - bottom) < height / 2 and 0 <= left - last[2] + 1 < height:
            last[2], last[3] = max(last[2], right), max(last[3], top)
        else:
            lines.append([left, bottom, right, top])
    return [(each[0], each[1], each[2], each[3]) for each in lines]


def _gap(lines: Sequence[tuple[Box, str]], width: float) -> float:
    """Where two columns of prose are parted; 0 where there are none."""
    for share in range(40, 61):
        at = width * share / 100
        crossing = sum(box[0] < at < box[2] for box, _ in lines)
        sides = [[each for each in lines if (each[0][2] <= at) == left] for left in (True, False)]
        if crossing <= _CROSSING * len(lines) and all(
            len(side) - crossing >= _LINES
            and median(len(text.split()) for _, text in side) >= _WORDS
            and median(box[2] - box[0] for box, _ in side) >= _WIDE * width
            for side in sides
        ):
            return at
    return 0.0


def is_interleaved(lines: Sequence[tuple[Box, str]], gap: float, text: str) -> bool:
    """Whether a text goes to and fro between the columns."""
    said = f" {' '.join(text.casefold().split())} "
    found = []
    for box, line in lines:
        head = line.casefold().split()[:_HEAD]
        sought = f" {' '.join(head)} "
        at = said.find(sought) if len(head) == _HEAD and said.count(sought) == 1 else -1
        if at >= 0 and not box[0] < gap < box[2]:
            found.append((at, box[2] <= gap))
    sides = [left for _, left in sorted(found)]
    shorter = min(sides.count(True), sides.count(False))
    changes = sum(one != other for one, other in pairwise(sides))
    return shorter >= _LINES // 2 and changes > _CHANGES * shorter


def _is_unreadable(text: str) -> bool:
    kinds = [unicodedata.category(each) for each in text if not each.isspace()]
    if len(kinds) < _CHARACTERS:
        return False
    letters = sum(kind[0] == "L" for kind in kinds) / len(kinds)
    digits = sum(kind[0] == "N" for kind in kinds) / len(kinds)
    strange = sum(kind in ("Cc", "Co", "Cn") for kind in kinds) / len(kinds)
    return strange > _STRANGE or (letters < _LETTERS and digits < _DIGITS)
