"""Hanging indents, as in bibliographies: entries whose first line stands out to the left.

Lists of references, dictionaries and lists of items are set so, other text begins its paragraphs
with a line that stands *in*. Which of the two it is shows at the line before each step: before a
step in, a full line is the first of an entry, a short one the last of a paragraph; before a step
out, a short line is the last of an entry, a full one the first of a paragraph.
"""

from collections.abc import Sequence
from itertools import pairwise

from ingest.books.pdf_piece import Piece

#: Steps, in sizes of the text, between which a line stands in or out.
_MINIMUM, _MAXIMUM = 0.6, 6.0
_ENOUGH = 3


def hanging(lines: Sequence[Piece], heads: Sequence[bool], slack: float) -> list[float | None]:
    """For each line the left edge of its list's entries, in points; None where there is no list.

    `heads` tells which lines are headings; a line is full where the first word of the next one
    would have overrun its column's right edge less `slack` points.
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
    """Where the entries of a run of lines begin, or None where they do not hang."""
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
    # One edge for all: where they differ, it is a drawing of words or verse.
    return edge if max(outer) - edge < run[0].size else None
