"""What a printer puts on every page: running heads and feet, and the numbers of the pages.

A line near the top or bottom edge is furniture where nearby pages have the same one, figures
aside, or where it holds the page's number: a number that counts up with the pages around it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.books.pdf_page import PageText
from ingest.books.pdf_piece import Piece

#: How many pages to each side are looked at, and how many lines from each edge.
AROUND = 6
_LINES = 3
_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_FIGURES = re.compile(r"\d+")
_NUMBER = re.compile(r"(?<![\w.,])(?:\d{1,4}|[ivxlcdm]{1,8}|[IVXLCDM]{1,8})(?![\w]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class Edge:
    """A line near an edge of a page: `place` in hundredths of the page's height.

    `numbers` are the figures and Roman numerals in it; `alone`: it is nothing but one.
    """

    line: Piece
    key: str
    place: int
    top: bool
    alone: bool
    numbers: tuple[str, ...]


def edges(page: PageText) -> list[Edge]:
    """The lines that may be furniture: the first and last few that stand near an edge."""
    ordered = sorted(page.lines, key=lambda line: line.top)
    found: list[Edge] = []
    for top, lines in ((True, ordered[:_LINES]), (False, ordered[: -_LINES - 1 : -1])):
        for line in lines:
            place = round(100 * (line.top + line.bottom) / 2 / max(1.0, page.height))
            if (place > 18 if top else place < 82) or len(line.text) > 110:
                break
            numbers = tuple(n for n in _NUMBER.findall(line.text) if value(n))
            alone = line.text.strip(" -–—[]().|") in numbers
            found.append(Edge(line, _key(line.text), place, top, alone, numbers))
    return found


def _key(text: str) -> str:
    return _FIGURES.sub("#", " ".join(text.casefold().split()))


def value(numeral: str) -> int:
    """The number that figures or a Roman numeral stand for; 0 for neither."""
    if numeral.isdigit():
        return int(numeral)
    if not numeral or not _ROMAN.fullmatch(numeral):
        return 0
    values = [_VALUES[letter] for letter in numeral.lower()]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-one if one < following else one for one, following in pairs)


def furniture(
    page: PageText, own: Sequence[Edge], around: Sequence[tuple[PageText, Sequence[Edge]]]
) -> tuple[set[int], str]:
    """The `id`s of this page's lines that are furniture, and its printed number ("" unknown)."""
    alike: Counter[tuple[str, bool]] = Counter()
    offsets: Counter[tuple[int, bool]] = Counter()
    for other, theirs in around:
        seen = {(edge.key, edge.top) for edge in theirs if len(edge.key) > 1 or edge.key == "#"}
        alike.update(seen)
        counted = {
            (value(numeral) - other.number, not numeral.isdigit())
            for edge in theirs
            for numeral in edge.numbers
        }
        offsets.update(counted)
    gone: set[int] = set()
    label = ""
    inside: dict[bool, bool] = {True: False, False: False}
    for edge in own:
        if inside[edge.top]:
            # Behind a line that belongs to the text, everything does.
            continue
        numbered = ""
        for numeral in edge.numbers:
            known = offsets[value(numeral) - page.number, not numeral.isdigit()] >= 2
            if known or (edge.alone and numeral == page.label):
                numbered = numeral
                break
        # "The Ferry 12": a head that changes with the chapter, told by the number at its end.
        framed = edge.line.text.strip()
        head = bool(numbered) and (framed.endswith(numbered) or framed.startswith(numbered))
        same = alike[edge.key, edge.top]
        worded = any(character.isalpha() for character in edge.key)
        repeated = same >= 2 and (worded or numbered or edge.key.strip("# -–—"))
        if repeated or (numbered and (edge.alone or head or same >= 1)):
            gone.add(id(edge.line))
            label = label or numbered
        else:
            inside[edge.top] = True
    return gone, label
