"""Splits a page in columns into horizontal bands: headings across, headlines side by side, columns.

A line that crosses a gutter ends the columns above it and begins what is across; so does a group
of short lines that stand centred beside one another, as the names of authors do, which are read
one below the other before the columns that follow.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.books import pdf_table
from ingest.books.pdf_piece import Piece, merged

Row = list[Piece]

#: A headline is so many times as large as the smaller half of what is on the page.
_HEADLINE = 1.2
#: Names beside one another are no longer than this and take no more lines than this.
_NAME = 60
_MAX_NAMES = 8


@dataclass(slots=True)
class Band:
    """Either `lines` that go across the page or `rows` that stand in its columns.

    `heads`: the lines are headlines, each above columns of its own.
    """

    lines: list[Piece] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    heads: bool = False


def bands(rows: Sequence[Row], gutters: Sequence[float]) -> list[Band]:
    """The rows of a page whose columns are parted at `gutters` (points), from the top down."""
    sizes = sorted(piece.size for row in rows for piece in row)
    headline = _HEADLINE * sizes[len(sizes) // 2]
    result: list[Band] = []
    spanning: list[Row] = []
    pending: list[Row] = []
    skipped = 0
    for index, row in enumerate(rows):
        if skipped:
            skipped -= 1
            continue
        crosses = any(_crosses(piece, gutters) for piece in row)
        if (
            not crosses
            and spanning
            and not pending
            and _ends_line(spanning[-1], row, rows[index + 1 :])
        ):
            crosses = True
        table = () if crosses else _table(rows[index:], gutters)
        if pending and (crosses or table):
            result.append(Band(rows=pending))
            pending = []
        if crosses:
            spanning.append(row)
            continue
        names: Sequence[Row] = ()
        if spanning:
            result.extend(_spanning(spanning, gutters, headline))
            spanning = []
            names = _names(rows[index:], gutters)
        if table:
            result.append(Band(lines=pdf_table.lines(table)))
        elif names:
            result.extend(_stacked(names))
        else:
            pending.append(row)
        skipped = max(0, len(table or names) - 1)
    if spanning:
        result.extend(_spanning(spanning, gutters, headline))
    if pending:
        result.append(Band(rows=pending))
    return result


def _crosses(piece: Piece, gutters: Sequence[float]) -> bool:
    return any(piece.left < at - 2 and piece.right > at + 2 for at in gutters)


def _table(rows: Sequence[Row], gutters: Sequence[float]) -> Sequence[Row]:
    """The rows of a table across the page, from its first: more cells than two to a column."""
    columns = len(gutters) + 1
    if len(rows[0]) <= 2 * columns:
        return ()
    end = 1
    while (
        end < len(rows)
        and len(rows[end]) > columns
        and rows[end][0].top - rows[end - 1][0].top < 3.0 * rows[end][0].size
    ):
        end += 1
    return rows[:end] if end > 1 else ()


def _ends_line(previous: Row, row: Row, after: Sequence[Row]) -> bool:
    """Whether a short line is the last one of a title or caption that goes across the page."""
    if len(previous) != 1 or len(row) != 1:
        return False
    final, line = previous[0], row[0]
    if abs(line.size - final.size) > 0.05 * final.size or line.top - final.top > 1.5 * final.size:
        return False
    centred = abs(line.left + line.right - final.left - final.right) < 6.0
    if abs(line.left - final.left) > 1.5 and not centred:
        return False
    # The first line of a column has others of its column close below it.
    return not after or after[0][0].top - line.top > 1.05 * (line.top - final.top)


def _spanning(rows: Sequence[Row], gutters: Sequence[float], headline: float) -> list[Band]:
    result: list[Band] = []
    index = 0
    while index < len(rows):
        row = rows[index]
        end = index + 1
        while end < len(rows) and _is_continued(rows[index], rows[end]):
            end += 1
        if end - index > 1:
            result.extend(_stacked(rows[index:end]))
            index = end
            continue
        if (
            len(row) > 1
            and min(piece.size for piece in row) > headline
            and all(
                any(a.right <= at + 2 and b.left >= at - 2 for at in gutters)
                for a, b in pairwise(row)
            )
        ):
            result.append(Band(lines=list(row), heads=True))
        elif result and not result[-1].heads and index and not result[-1].rows:
            result[-1].lines.append(merged(row))
        else:
            result.append(Band(lines=[merged(row)]))
        index = end
    return result


def _is_continued(first: Row, row: Row) -> bool:
    """Whether the pieces of two rows are as many, short, and centred below one another."""
    return (
        1 < len(first) == len(row)
        and row[0].top - first[0].top < _MAX_NAMES * 1.6 * row[0].size
        and all(len(piece.text) < _NAME for piece in (*first, *row))
        and all(
            abs(a.left + a.right - b.left - b.right) < a.size
            for a, b in zip(first, row, strict=True)
        )
        and any(abs(a.left - b.left) > 2.0 for a, b in zip(first, row, strict=True))
    )


def _names(rows: Sequence[Row], gutters: Sequence[float]) -> Sequence[Row]:
    """The rows at the top of columns that are centred names, one to a column."""
    end = 1
    while (
        end < min(len(rows), _MAX_NAMES + 1)
        and _is_continued(rows[0], rows[end])
        and rows[end][0].top - rows[end - 1][0].top < 1.8 * rows[end][0].size
    ):
        end += 1
    if end < 2 or len(rows[0]) != len(gutters) + 1 or end > _MAX_NAMES:
        return ()
    return rows[:end]


def _stacked(rows: Sequence[Row]) -> list[Band]:
    """The columns of `rows` one after the other, none of them a heading or a part of the text."""
    for row in rows:
        for piece in row:
            piece.kind = "names"
    return [Band(lines=list(column)) for column in zip(*rows, strict=True)]
