"""Hanging indents, as in bibliographies: the first line of an entry is outdented.

Lists of references, dictionaries and itemised lists are set like that; other paragraphs begin with
an *indented* line. The line before each step decides: before a step in, a full line begins an entry
and a short one ends a paragraph; before a step out, a short line ends an entry and a full one
begins a paragraph.
"""

from collections.abc import Sequence
from itertools import pairwise

from ingest.books.pdf_piece import Piece

#: Range of steps that count as indents, in sizes of the text.
_MINIMUM, _MAXIMUM = 0.6, 6.0
_ENOUGH = 3


def hanging(lines: Sequence[Piece], heads: Sequence[bool], slack: float) -> list[float | None]:
    """The left edge of the entries for each line of a list, in points, or None.

    `heads` marks headings; a line is full if the first word of the next one would have exceeded its
    column's right edge less `slack` points.
    """
    results: list[float | None] = [None] * len(lines)
    start = 0
    for index in range(1, len(lines) + 1):
        if (
            index < len(lines)
            and not (heads[index - 1] or heads[index])
            and _goes_on(lines[index - 1], lines[index])
        ):
            continue
        if index - start > _ENOUGH:
            edge = _edge(lines[start:index], slack)
            results[start:index] = [edge] * (index - start)
        start = index
    return results


def _goes_on(final: Piece, line: Piece) -> bool:
    return (
        line.column == final.column
        and not (line.kind or final.kind)
        and abs(line.size - final.size) <= 0.1 * max(line.size, final.size)
        and 0 < line.top - final.top < 2.5 * final.size
    )


def _edge(run: Sequence[Piece], slack: float) -> float | None:
    """The left edge of the entries in a run of lines, or None without hanging indents."""
    hang = steps_in = other = 0
    outer: list[float] = []
    right = max(line.right for line in run) - slack
    for final, line in pairwise(run):
        step = (line.left - final.left) / final.size
        full = final.right + line.first_word + 0.3 * final.size > right
        if _MINIMUM < step < _MAXIMUM:
            hang += full
            steps_in += full
            other += not full
            outer.append(final.left)
        elif -_MAXIMUM < step < -_MINIMUM:
            hang += not full
            other += full
            outer.append(line.left)
    if hang < _ENOUGH or not steps_in or hang <= 2 * other:
        return None
    edge = min(outer)
    # If the edges differ, it is a drawing of words or verse.
    return edge if max(outer) - edge < run[0].size else None
