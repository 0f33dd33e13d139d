"""Detects page furniture: running heads, feet and page numbers.

A line near the top or bottom edge is furniture if nearby pages have the same one, except for the
page's number, or if it has that number, which increases with the pages around it. A number counts
as a page's if it stands alone, before the words of its line, or behind a word or sign for pages;
"Invoice no. 4712" above "Invoice no. 4713" has a number of its own.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.books.pdf_page import PageText
from ingest.books.pdf_piece import Piece
from ingest.language.numerals import months
from ingest.media.remarks import BOILERPLATE
from ingest.records import Notice

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
#: Lines that a notice shows.
_MOST_SHOWN = 8
#: A gap between words is wide from so many times their size.
_WIDE = 1.2
_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_FIGURES = re.compile(r"\d+")
_NUMBER = re.compile(r"(?<![\w.,])(?:\d{1,4}|[ivxlcdm]{1,8}|[IVXLCDM]{1,8})(?![\w]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class Edge:
    """A line near an edge of a page: `place` in hundredths of the page's height.

    `numbers` are its Arabic and Roman numerals, `apart` those beyond a wide gap; `alone`: it is a
    single one.
    """

    line: Piece
    key: str
    place: int
    top: bool
    alone: bool
    numbers: tuple[str, ...]
    apart: frozenset[str] = frozenset()


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
            apart = _apart(line, page) if numbers and not isolated else frozenset()
            results.append(Edge(line, _key(line.text), place, top, isolated, numbers, apart))
    return results


def _apart(line: Piece, page: PageText) -> frozenset[str]:
    """The numbers of a line with a wide gap before or behind them."""
    scale = page.width / 65_535
    shown = [(at, cell) for at, cell in enumerate(line.cells[: len(line.text)]) if cell >= 0]
    if len(line.cells) != len(line.text) or not shown:
        return frozenset()
    gaps = {
        at: (float(page.boxes[b][0]) - float(page.boxes[a][2])) * scale
        for (_, a), (at, b) in pairwise(shown)
    }
    wide = {at for at, gap in gaps.items() if gap > _WIDE * line.size}
    following = {before: after for (before, _), (after, _) in pairwise(shown)}
    return frozenset(
        match[0]
        for match in _NUMBER.finditer(line.text)
        if match.start() in wide or following.get(match.end() - 1) in wide
    )


def number_tops(
    page: PageText, inner: Sequence[Edge], surrounding: Sequence[tuple[PageText, Sequence[Edge]]]
) -> None:
    """Mark the first line of a page if others begin alike, with a number or date of their own.

    Such pages are invoices, certificates or minutes, each of which is a chapter by itself.
    """
    first = next((edge for edge in inner if edge.top), None)
    if first is None or first.alone or not _FIGURES.search(first.line.text):
        return
    others = [
        edge.line.text
        for _, theirs in surrounding
        if (edge := next((edge for edge in theirs if edge.top), None)) and edge.key == first.key
    ]
    if others and all(text != first.line.text for text in others):
        first.line.numbered = len(first.line.text) <= _GUIDE


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
    counted = _page_numbers([(page, inner), *surrounding])
    needed = 1 if len(surrounding) <= _FEW else 2

    def is_of_page(edge: Edge, numeral: str) -> bool:
        place = value(numeral) - page.number, not numeral.isdigit()
        return _is_page_number(edge, numeral) or counted[place] >= needed

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
            numbered = numbered if is_of_page(edge, numbered) else ""
            same = sum(
                any(
                    _is_repeated(edge, item, other.number - page.number, is_of_page)
                    for item in theirs
                )
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


#: Words before the number of a page.
_PAGE_WORDS = r"page|pages|p|pp|seite|s|pagina|página|pág|side|sida|sivu|folio|f|стр|blatt"


def _is_page_number(edge: Edge, numeral: str) -> bool:
    """Whether a number in a line looks like its page's."""
    if edge.alone or numeral in edge.apart:
        return True
    text = edge.line.text.strip()
    first = re.match(rf"{numeral}(?![.)\w:/-])\s+(\w*)", text)
    if first and first[1].casefold() not in months():
        return True
    sign = rf"(?:(?<![^\W\d_])(?:{_PAGE_WORDS})\.?|[|·•–—\[(/-])\s*{numeral}(?![\w.,]\d)"
    return bool(re.search(sign, text, re.IGNORECASE))


def _page_numbers(
    pages: Iterable[tuple[PageText, Sequence[Edge]]],
) -> Counter[tuple[int, bool]]:
    """How many pages have a number that looks like theirs, by its distance from the page."""
    return Counter(
        place
        for page, theirs in pages
        for place in {
            (value(numeral) - page.number, not numeral.isdigit())
            for edge in theirs
            for numeral in edge.numbers
            if _is_page_number(edge, numeral)
        }
    )


def _is_repeated(
    edge: Edge, other: Edge, pages: int, is_of_page: Callable[[Edge, str], bool]
) -> bool:
    """Whether a line occurs on another page, too, but for the number of the page."""
    if edge.key != other.key or edge.top != other.top or (len(edge.key) < 2 and edge.key != "#"):
        return False
    single, two = (_FIGURES.findall(item.line.text) for item in (edge, other))
    return all(
        a == b or (int(b) - int(a) == pages and is_of_page(edge, a))
        for a, b in zip(single, two, strict=False)
    )


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


def left_out(lines: Sequence[str]) -> Notice:
    """A notice of running heads and feet whose words are nowhere else."""
    shown = ", ".join(f"“{line[:_GUIDE]}”" for line in lines[:_MOST_SHOWN])
    more = f" and {len(lines) - _MOST_SHOWN} more" if len(lines) > _MOST_SHOWN else ""
    return Notice(
        "running_heads",
        f"{BOILERPLATE}: lines at the top or bottom of several pages, {shown}{more}.",
        "Open the file to see them.",
        words=" ".join(lines),
    )
