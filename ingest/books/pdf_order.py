"""The reading order of a page's pieces: bands across the page, columns within a band.

Columns are separated by gutters, which are empty vertical stripes. Asides (margin notes, pull
quotes) are removed first, and drop caps are put before the line that they open.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ingest.books import pdf_table
from ingest.books.pdf_piece import Piece, merged

# -- pdf bands ------------------------------------------------------------------------------------
# Splits a page in columns into horizontal bands: headings across, headlines side by side, columns.
#
# A line that crosses a gutter ends the columns above it and begins what is across; so does a group
# of short lines that stand centred beside one another, as the names of authors do, which are read
# one below the other before the columns that follow.


Row = list[Piece]

#: Size of a headline relative to the smaller half of the page.
_HEADLINE = 1.2
#: Limits of the length and lines of names beside one another.
_NAME = 60
_MAX_NAMES = 8


@dataclass(slots=True)
class Band:
    """Either `lines` across the page or `rows` in its columns.

    `heads`: the lines are headlines, each above its own columns.
    """

    lines: list[Piece] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    heads: bool = False


def bands(rows: Sequence[Row], gutters: Sequence[float]) -> list[Band]:
    """The bands of a page whose columns are separated at `gutters` (points), from the top."""
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
    """The rows of a table across the page, from its first: more than two cells per column."""
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
    """Whether a short line is the last one of a title or caption across the page."""
    if len(previous) != 1 or len(row) != 1:
        return False
    final, line = previous[0], row[0]
    if abs(line.size - final.size) > 0.05 * final.size or line.top - final.top > 1.5 * final.size:
        return False
    centred = abs(line.left + line.right - final.left - final.right) < 6.0
    if abs(line.left - final.left) > 1.5 and not centred:
        return False
    # The first line of a column has others close below it.
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
    """Whether two rows have as many pieces, short and centred below one another."""
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
    """The rows of centred names at the top of columns, one per column."""
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
    """The columns of `rows` one after the other, without headings and text."""
    for row in rows:
        for piece in row:
            piece.kind = "names"
    return [Band(lines=list(column)) for column in zip(*rows, strict=True)]


# -- pdf order ----------------------------------------

_WORD = re.compile(r"[^\W\d_]{3}")
#: A page with more pieces than this has no asides.
_MAX_PIECES = 1500


def ordered(pieces: list[Piece]) -> list[Piece]:
    """The lines of a page in reading order, asides last."""
    if not pieces:
        return []
    pieces = _with_initials(pieces)
    rows = _rows(pieces)
    adjacent: list[Piece] = []
    if any(len(row) > 1 for row in rows) and len(pieces) <= _MAX_PIECES:
        adjacent = _asides(pieces)
        if adjacent:
            separate = set(map(id, adjacent))
            pieces = [piece for piece in pieces if id(piece) not in separate]
            rows = _rows(pieces)
    result, column = _columns(pieces, rows)
    for row in _rows(adjacent):
        line = merged(row)
        line.kind = "aside"
        # Each block by itself: a margin note does not continue in the next one.
        far = not result or result[-1].kind != "aside" or line.top - result[-1].bottom > line.size
        column += far
        line.column = column
        result.append(line)
    return result


def _columns(pieces: Sequence[Piece], rows: Sequence[list[Piece]]) -> tuple[list[Piece], int]:
    gutters = _gutters(pieces, rows)
    left, right = min(p.left for p in pieces), max(p.right for p in pieces)
    result: list[Piece] = []
    column = 0
    if not gutters:
        lines = pdf_table.lines(rows)
        for line in lines:
            line.column = 1
        return lines, 2
    edges = [left, *gutters, right]
    heads: list[Piece] = []
    for band in bands(rows, gutters):
        if band.heads:
            result.extend(heads)
            heads = band.lines
            continue
        if band.lines:
            for line in [*heads, *band.lines]:
                line.column, line.across = column, True
                result.append(line)
            heads = []
            column += 1
            continue
        for begin, end in pairwise(edges):
            inner = [
                piece
                for row in band.rows
                for piece in row
                if begin - 1 <= (piece.left + piece.right) / 2 < end + 1
            ]
            if not inner:
                continue
            column += 1
            # A headline is above the first of its own columns.
            for head in [head for head in heads if head.left < end - 1]:
                heads.remove(head)
                head.column, head.across = column, True
                result.append(head)
                column += 1
            lines = pdf_table.lines(_rows(inner))
            for line in lines:
                line.column = column
            result.extend(lines)
        column += 1
    for head in heads:
        head.column = column
        result.append(head)
        column += 1
    return result, column


def _rows(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces that share a line, from the top, each row from the left."""
    rows: list[list[Piece]] = []
    anchors: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: p.top + p.bottom):
        middle = (piece.top + piece.bottom) / 2
        for at in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
            anchor = anchors[at]
            shared = min(anchor.bottom, piece.bottom) - max(anchor.top, piece.top)
            if shared > 0.5 * min(anchor.height, piece.height) and abs(
                middle - (anchor.top + anchor.bottom) / 2
            ) < 0.5 * max(anchor.height, piece.height):
                rows[at].append(piece)
                if piece.size > anchor.size:
                    anchors[at] = piece
                break
        else:
            rows.append([piece])
            anchors.append(piece)
    for row in rows:
        if len(row) > 1:
            row.sort(key=lambda p: p.left)
    return rows


def _gutters(pieces: Sequence[Piece], rows: Sequence[Sequence[Piece]]) -> list[float]:
    """The gutters between the columns of a page; [] for one column.

    A gutter has text on both sides in at least six rows and few rows that cross it, and the sides
    read like text, not like the cells of a table.
    """
    shared = [row for row in rows if len(row) > 1]
    if len(shared) < 6:
        return []
    left, right = min(p.left for p in pieces), max(p.right for p in pieces)
    if right - left <= 0:
        return []
    bins = 400
    scale = bins / (right - left)
    # A title or abstract across the page does not affect the columns below.
    narrow = [p for p in pieces if p.right - p.left < 0.62 * (right - left)]
    if not narrow:
        return []
    starts = np.array([int((p.left - left) * scale) for p in narrow])
    ends = np.array([int((p.right - left) * scale) for p in narrow])
    steps = np.zeros(bins + 2)
    np.add.at(steps, starts, 1)
    np.add.at(steps, np.maximum(starts + 1, ends), -1)
    cover = np.cumsum(steps)[: bins + 1]
    results: list[float] = []
    low = cover[:bins] <= 0.25 * np.quantile(cover[:bins], 0.75)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], low.view(np.int8), [0]])))
    for begin, end in zip(edges[0::2].tolist(), edges[1::2].tolist(), strict=True):
        if begin < bins * 0.12 or end > bins * 0.88:
            continue
        at = left + (begin + end) / 2 / scale
        adjacent = [
            (a, b)
            for row in shared
            for a, b in pairwise(row)
            if a.right <= at + 1 and b.left >= at - 1
        ]
        crossing = sum(p.left < at - 2 and p.right > at + 2 for p in pieces)
        if len(adjacent) < 6 or crossing > len(adjacent):
            continue
        sizes = sorted(min(len(a.text), len(b.text)) for a, b in adjacent)
        if sizes[len(sizes) // 2] >= 12:
            results.append(at)
    return results


# -- initials ------------------------------------------------------------------------------------


def _with_initials(pieces: list[Piece]) -> list[Piece]:
    """Put each drop cap before the first line beside it."""
    tallest = max(piece.size for piece in pieces)
    typical = float(np.median([piece.size for piece in pieces]))
    if tallest < 1.9 * typical:
        return pieces
    removed: set[int] = set()
    result = list(pieces)
    for cap in pieces:
        letters = cap.text.strip("“”\"'«»„‘’")
        if cap.size < 1.9 * typical or len(letters) != 1 or not letters.isalpha():
            continue
        lines = [
            piece
            for piece in pieces
            if piece.size < 0.55 * cap.size
            and cap.right - 0.5 * piece.size <= piece.left <= cap.right + 1.5 * piece.size
            and cap.top - 0.5 * piece.size < (piece.top + piece.bottom) / 2 < cap.bottom
        ]
        if len(lines) < 2:
            continue
        first = min(lines, key=lambda piece: piece.top)
        at = next((index for index, piece in enumerate(result) if piece is first), None)
        if at is None:
            # Another drop cap has it already.
            continue
        for line in lines:
            # Indented only for the drop cap: no paragraph begins there.
            line.left = cap.left
        removed.add(id(cap))
        result[at] = Piece(
            text=cap.text + first.text,
            cells=np.concatenate([cap.cells, first.cells]),
            left=cap.left,
            top=first.top,
            right=first.right,
            bottom=first.bottom,
            size=first.size,
            first_word=first.first_word + cap.right - cap.left,
            initial=True,
        )
    return [piece for piece in result if id(piece) not in removed]


# -- beside the text -----------------------------------------------------------------------------


def _asides(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces beside the text that are no column of it."""
    places = np.array([(p.left, p.top, p.right, p.bottom) for p in pieces])
    sizes = np.array([p.size for p in pieces])
    lengths = np.array([len(p.text) for p in pieces])
    results: list[Piece] = []
    for group in _groups(places, sizes):
        if _is_marginal(group, places, sizes, lengths):
            inner = [pieces[index] for index in np.flatnonzero(group).tolist()]
            if any(_WORD.search(piece.text) for piece in inner):
                results.extend(inner)
    return results


def _groups(places: NDArray[np.float64], sizes: NDArray[np.float64]) -> list[NDArray[np.bool_]]:
    """Groups of pieces of one size, close below one another, as masks."""
    left, top, right, bottom = places.T
    shared = np.minimum(right[:, None], right) - np.maximum(left[:, None], left)
    narrower = np.minimum((right - left)[:, None], right - left)
    gap = np.maximum(top[:, None], top) - np.minimum(bottom[:, None], bottom)
    smaller, larger = np.minimum(sizes[:, None], sizes), np.maximum(sizes[:, None], sizes)
    linked = (shared > 0.3 * narrower) & (gap < 0.9 * smaller) & (larger < 1.1 * smaller)
    number = np.arange(len(sizes))
    while True:
        # Label propagation: each piece takes the lowest linked number until nothing changes.
        lowest = np.where(linked, number, len(sizes)).min(axis=1)
        lowest = np.minimum(lowest[lowest], number)
        if np.array_equal(lowest, number):
            break
        number = lowest
    return [number == item for item in np.unique(number)]


def _is_marginal(
    group: NDArray[np.bool_],
    places: NDArray[np.float64],
    sizes: NDArray[np.float64],
    lengths: NDArray[np.int64],
) -> bool:
    left, top, right, bottom = places.T
    inner_left, inner_top = left[group].min(), top[group].min()
    inner_right, inner_bottom = right[group].max(), bottom[group].max()
    minimum = 0.3 * np.minimum(sizes, np.median(sizes[group]))
    level = np.minimum(bottom, inner_bottom) - np.maximum(top, inner_top) > minimum
    remaining = level & ~group
    if not remaining.any() or ((left < inner_right) & (right > inner_left) & remaining).any():
        return False
    if lengths[remaining].sum() < lengths[group].sum():
        # “By” and a name, in two sizes, are one line.
        return False
    text_left, text_right = left[remaining].min(), right[remaining].max()
    if text_left < inner_left and text_right > inner_right:
        return False
    if max(text_left - inner_right, inner_left - text_right) < 0.4 * sizes[group].max():
        return False
    # The stripes of the group and of its neighbours.
    in_text = (left < text_right - 2) & (right > text_left + 2)
    in_stripe = (left < inner_right) & (right > inner_left) & ~in_text
    if not in_text.any() or np.median(lengths[in_text]) < 20:
        return False
    if lengths[in_stripe].sum() > 0.25 * lengths[in_text].sum():
        return False
    size, other = float(np.median(sizes[group])), float(np.median(sizes[remaining]))
    differs = abs(size - other) > 0.06 * other
    broad = float((right - left)[in_text].max())
    if right[in_stripe].max() - left[in_stripe].min() > (0.75 if differs else 0.45) * broad:
        return False
    # On the same lines: the first column of a table, or an adjacent word.
    feet = np.abs(bottom[group][:, None] - bottom[remaining]).min(axis=1)
    aligned = bool(np.median(feet) <= 0.12 * size)
    return not aligned or (differs and (size < 0.85 * other or inner_bottom - inner_top > 2 * size))
