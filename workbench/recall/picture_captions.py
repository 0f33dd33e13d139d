"""The words that belong to a picture: its caption and the sentences about it."""

import sqlite3

from ingest import boxes
from ingest.records import Box
from workbench.space.pictures.showing import Sight
from workbench.store import pictures, text

#: How much farther above a figure words may stand than below it, as a share of the page, to be
#: preferred: captions stand below.
_ABOVE = 0.04
#: How far words may reach into a figure's box, whose edge is not the picture's.
_INTO = 0.02


def words_beside(connection: sqlite3.Connection, sight: Sight) -> tuple[int, int]:
    """The place `[start, end)` in its source's text of the sentence that is nearest to a picture.

    Of a picture that is a source it is the first one; of a page without words, where it begins.
    """
    if sight.page is None:
        first = text.engrams(connection, [sight.first]).get(sight.first)
        return (0, 0) if first is None else (first.start, first.end)
    found = pictures.page(connection, sight.shown.source, sight.page)
    if found is None:
        return 0, 0
    page, packed = found
    on_page = pictures.engrams_on(connection, sight.shown.source, page.start, page.end)
    cells = boxes.unpack(packed) if packed else None
    best = page.start, page.start
    nearest = float("inf")
    for row in text.engrams(connection, on_page).values():
        if cells is None or not page.start <= row.start < page.end:
            continue
        lines = boxes.lines(cells[row.start - page.start : row.end - page.start])
        far = min((_far(line, sight.box) for line in lines), default=float("inf"))
        if far < nearest:
            best, nearest = (row.start, row.end), far
    return best


def _far(line: Box, figure: Box) -> float:
    """How far a line stands from a figure, as a share of the page; infinite for one beside it."""
    if line[2] < figure[0] or line[0] > figure[2]:
        return float("inf")
    if line[1] >= figure[3] - _INTO:
        return abs(line[1] - figure[3])
    if line[3] <= figure[1] + _INTO:
        return abs(figure[1] - line[3]) + _ABOVE
    return float("inf")
