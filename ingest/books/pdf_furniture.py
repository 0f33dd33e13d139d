"""Detects page furniture: running heads, feet and page numbers.

A line near the top or bottom edge is furniture if nearby pages have the same one, except for
digits, or if it has the page's number, which increases with the pages around it. A line as long as
text may differ in digits only if these count the pages.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.books.pdf_page import PageText
from ingest.books.pdf_piece import Piece

#: Pages to each side, and lines from each edge, that are compared.
AROUND = 6
_LINES = 3
#: Margin in hundredths of the page's height; and the number of neighbours below which a single
#: match is enough there.
_MARGIN = 8
_FEW = 4
#: Guide words on both sides of a page number are no longer than this together.
_GUIDE = 60
#: A line larger than the text by this factor is a title, not a running head.
_LARGER = 1.25
_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_FIGURES = re.compile(r"\d+")
_NUMBER = re.compile(r"(?<![\w.,])(?:\d{1,4}|[ivxlcdm]{1,8}|[IVXLCDM]{1,8})(?![\w]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class Edge:
    """A line near an edge of a page: `place` in hundredths of the page's height.

    `numbers` are its Arabic and Roman numerals; `alone`: it is a single one.
    """

    line: Piece
    key: str
    place: int
    top: bool
    alone: bool
    numbers: tuple[str, ...]


def edges(page: PageText) -> list[Edge]:
    """Candidates for furniture: the first and last few lines near an edge."""
    ordered = sorted(page.lines, key=lambda line: line.top)
    results: list[Edge] = []
    for top, lines in ((True, ordered[:_LINES]), (False, ordered[: -_LINES - 1 : -1])):
        for line in lines:
            place = round(100 * (line.top + line.bottom) / 2 / max(1.0, page.height))
            if (place > 18 if top else place < 82) or len(line.text) > 110:
                break
            numbers = tuple(n for n in _NUMBER.findall(line.text) if value(n))
            isolated = line.text.strip(" -–—[]().|") in numbers
            results.append(Edge(line, _key(line.text), place, top, isolated, numbers))
    return results


def _usual_size(page: PageText) -> float:
    """The size of most of a page's text, in points."""
    sizes: Counter[float] = Counter()
    for line in page.lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def _key(text: str) -> str:
    return _FIGURES.sub("#", " ".join(text.casefold().split()))


def value(numeral: str) -> int:
    """The value of an Arabic or Roman numeral; 0 for others."""
    if numeral.isdecimal():
        return int(numeral)
    if not numeral or not _ROMAN.fullmatch(numeral):
        return 0
    values = [_VALUES[letter] for letter in numeral.lower()]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-single if single < following else single for single, following in pairs)


def furniture(
    page: PageText, inner: Sequence[Edge], surrounding: Sequence[tuple[PageText, Sequence[Edge]]]
) -> tuple[set[int], str]:
    """The `id`s of this page's furniture, and its printed number ("" if unknown)."""
    offsets: Counter[tuple[int, bool]] = Counter()
    positioned: Counter[tuple[int, bool, bool]] = Counter()
    for other, theirs in surrounding:
        tally = {
            (value(numeral) - other.number, not numeral.isdigit())
            for edge in theirs
            for numeral in edge.numbers
        }
        offsets.update(tally)
        positioned.update(
            {
                (value(numeral) - other.number, not numeral.isdigit(), edge.top)
                for edge in theirs
                for numeral in edge.numbers
            }
        )
    typical = _usual_size(page)
    isolated_counts = any(
        edge.alone and offsets[value(edge.numbers[0]) - page.number, not edge.numbers[0].isdigit()]
        for edge in inner
    )
    removed: set[int] = set()
    label = ""
    inside: dict[bool, bool] = {True: False, False: False}
    for row in _rows(inner):
        top = row[0].top
        if inside[top]:
            # After a line of text no furniture follows.
            continue
        results = False
        for edge in row:
            numbered = _running_number(edge, page, offsets, few=len(surrounding) <= _FEW)
            same = sum(
                any(_is_repeated(edge, item, other.number - page.number) for item in theirs)
                for other, theirs in surrounding
            )
            large = edge.line.size > _LARGER * typical
            counts = positioned[value(numbered) - page.number, not numbered.isdigit(), top] >= 2
            # "2 Method" at the top of page 2, which has its number elsewhere: a chapter's title.
            elsewhere = isolated_counts and not edge.alone
            if large and same < 2 and (not counts or elsewhere):
                numbered = ""
            # "The Ferry 12": a head that changes with the chapter, recognised by its number.
            guide = counts and _in_margin(edge) and len(edge.line.text) <= _GUIDE
            framed = guide or _is_framed(edge.line.text, numbered)
            head = bool(numbered) and not elsewhere and framed
            frequent = 2 if large else _required(edge, few=len(surrounding) <= _FEW)
            worded = any(character.isalpha() for character in edge.key)
            repeated = same >= frequent and (worded or numbered or edge.key.strip("# -–—"))
            if repeated or (numbered and (edge.alone or head or same >= 1)):
                results = True
                label = label or numbered
        if results:
            removed.update(id(edge.line) for edge in row)
        inside[top] = not results
    return removed, label


def _is_repeated(edge: Edge, other: Edge, pages: int) -> bool:
    """Whether a line occurs on other pages, too."""
    if edge.key != other.key or edge.top != other.top or (len(edge.key) < 2 and edge.key != "#"):
        return False
    single, two = (_FIGURES.findall(item.line.text) for item in (edge, other))
    counts = (a == b or int(b) - int(a) == pages for a, b in zip(single, two, strict=False))
    return len(edge.line.text) <= _GUIDE or all(counts)


def _rows(inner: Sequence[Edge]) -> list[list[Edge]]:
    """The rows of each edge, from the outermost inwards."""
    rows: list[list[Edge]] = []
    for edge in inner:
        adjacent = rows and rows[-1][0].top == edge.top and rows[-1][0].line
        if adjacent and abs(adjacent.bottom - edge.line.bottom) < 0.3 * adjacent.size:
            rows[-1].append(edge)
        else:
            rows.append([edge])
    return rows


def _required(edge: Edge, *, few: bool) -> int:
    """How many neighbours must match; one in the margin of a short document."""
    return 1 if few and _in_margin(edge) else 2


def _in_margin(edge: Edge) -> bool:
    return edge.place <= _MARGIN or edge.place >= 100 - _MARGIN


def _running_number(
    edge: Edge, page: PageText, offsets: Counter[tuple[int, bool]], *, few: bool
) -> str:
    """The number in a line that increases with the pages around it, or ""."""
    minimum = _required(edge, few=few) if edge.alone else 2
    for numeral in edge.numbers:
        existing = offsets[value(numeral) - page.number, not numeral.isdigit()] >= minimum
        if existing or (edge.alone and numeral == page.label):
            return numeral
    return ""


def _is_framed(text: str, number: str) -> bool:
    """Whether a line begins or ends with its page's number (and not with a number of its own)."""
    framed = text.strip()
    return framed.endswith(number) or re.match(rf"{number}(?![.)])", framed) is not None
