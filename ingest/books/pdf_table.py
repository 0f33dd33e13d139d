"""Recognises tables in lines of text by the alignment of their pieces.

A run of lines is a table if empty vertical stripes separate its pieces throughout. Its lines become
rows: one begins wherever the first column has text, or, if rows are separated by larger gaps, after
each of these. Justified text, whose gaps vary, has no stripes.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from ingest.books import table_rows
from ingest.books.pdf_piece import Piece, merged

_MARKER = re.compile(r"(?:[^\w\s]|\(?\w{1,4}[.)]|\(\w{1,4}\))")
_PAGE = re.compile(r"[ivxlcdm]{1,7}|\d{1,4}")
_PROSE = 25

Row = list[Piece]
Stripe = tuple[float, float]


def lines(rows: Sequence[Row]) -> list[Piece]:
    """The lines of one column from the top; the rows of a table as one line each."""
    result: list[Piece] = []
    left = min(row[0].left for row in rows)
    right = max(row[-1].right for row in rows)
    index = 0
    while index < len(rows):
        if len(rows[index]) < 2:
            result.append(rows[index][0])
            index += 1
            continue
        end, columns = _run(rows, index)
        run = rows[index:end]
        if not _is_table(run, columns) or _is_stretched(run, left, right):
            # Part of a list is no table either.
            end = end if sum(len(row) > 1 for row in run) >= 3 else index + 1
            result.extend(merged(row) for row in rows[index:end])
            index = end
            continue
        if _is_prose(run, columns):
            for column in range(len(columns)):
                for row in run:
                    inner = [piece for piece in row if _column(piece, columns) == column]
                    if inner:
                        result.append(merged(inner))
        else:
            result.extend(_as_rows(run, columns))
        index = end
    return result


def _run(rows: Sequence[Row], start: int) -> tuple[int, list[Stripe]]:
    """The end of the lines that share the columns of line `start`, and these columns."""
    columns = _united([], rows[start])
    end = start + 1
    smallest = 0.0
    while end < len(rows):
        row, previous = rows[end], rows[end - 1]
        pitch = row[0].top - previous[0].top
        size = max(piece.size for piece in row)
        if pitch > 3.0 * size:
            break
        wider = _united(columns, row)
        retained = len(wider) >= 2 and all(
            len({_column(piece, wider) for piece in item}) >= 2
            for item in rows[start : end + 1]
            if len(item) > 1
        )
        if not retained or (len(row) == 1 and len(wider) != len(columns)):
            break
        columns = wider
        smallest = min(smallest or pitch, pitch)
        end += 1
    # A single line at the end continues a cell, or does not belong to the table.
    while end - start > 1 and len(rows[end - 1]) == 1:
        final = rows[end - 1][0]
        pitch = final.top - rows[end - 2][0].top
        if _column(final, columns) > 0 and pitch <= 1.05 * smallest:
            break
        end -= 1
    return end, columns


def _united(columns: Sequence[Stripe], row: Sequence[Piece]) -> list[Stripe]:
    """The columns, each widened to contain the pieces that touch it."""
    spans = sorted([*columns, *((piece.left, piece.right) for piece in row)])
    result: list[Stripe] = []
    for left, right in spans:
        if result and left < result[-1][1] + 2.0:
            result[-1] = (result[-1][0], max(result[-1][1], right))
        else:
            result.append((left, right))
    return result


def _column(piece: Piece, columns: Sequence[Stripe]) -> int:
    middle = (piece.left + piece.right) / 2
    return next((n for n, (_, right) in enumerate(columns) if middle <= right), len(columns) - 1)


def _cells(run: Sequence[Row], columns: Sequence[Stripe], column: int) -> list[str]:
    return [p.text for row in run for p in row if _column(p, columns) == column]


def _is_table(run: Sequence[Row], columns: Sequence[Stripe]) -> bool:
    several = sum(len(row) > 1 for row in run)
    if len(columns) < 2 or several < 2 or (several < 3 and len(columns) < 3):
        return False
    first = _cells(run, columns, 0)
    if len(columns) == 2:
        if sum(bool(_MARKER.fullmatch(text)) for text in first) * 2 > len(first):
            # The items of a list, or line numbers.
            return False
        final = [text.strip(" .") for text in _cells(run, columns, 1)]
        if len(final) > 3 and all(map(_PAGE.fullmatch, final)):
            numbers = [int(text) for text in final if text.isdecimal()]
            if all(a <= b for a, b in pairwise(numbers)):
                # A table of contents: titles and pages.
                return False
    return True


def _is_stretched(run: Sequence[Row], left: float, right: float) -> bool:
    """Whether lines are justified text with wide, even gaps, aligned by chance."""
    several = [row for row in run if len(row) > 1]
    stretched = 0
    for row in several:
        gaps = [b.left - a.right for a, b in pairwise(row)]
        size = row[0].size
        full = row[0].left - left < 2 * size and right - row[-1].right < 0.5 * size
        stretched += full and max(gaps) - min(gaps) < 0.5 * size and max(gaps) < 4 * size
    if stretched * 10 < len(several) * (5 if len(several) < 6 else 8):
        return False
    return not _is_aligned(several)


def _is_aligned(rows: Sequence[Row]) -> bool:
    """Whether the pieces of all rows are aligned left, or right."""
    if len({len(row) for row in rows}) > 1:
        return False
    columns = list(zip(*rows, strict=True))
    return all(
        min(_spread([p.left for p in item]), _spread([p.right for p in item])) < 2.0
        for item in columns
    )


def _spread(places: Sequence[float]) -> float:
    return max(places) - min(places)


def _is_prose(run: Sequence[Row], columns: Sequence[Stripe]) -> bool:
    """Whether the columns are text that is read down, too short for a gutter."""
    for column in range(len(columns)):
        lengths = sorted(map(len, _cells(run, columns, column)))
        if len(lengths) < 2 or lengths[len(lengths) // 2] < _PROSE:
            return False
    return True


def _as_rows(run: Sequence[Row], columns: Sequence[Stripe]) -> list[Piece]:
    pitches = [b[0].top - a[0].top for a, b in pairwise(run)]
    middle = (min(pitches) + max(pitches)) / 2
    large = sum(pitch > middle for pitch in pitches)
    spaced = max(pitches) >= 1.25 * min(pitches) and large >= max(2, len(pitches) // 4)
    rows: list[list[Row]] = []
    for index, line in enumerate(run):
        far = index == 0 or pitches[index - 1] > middle
        opens = any(_column(piece, columns) == 0 for piece in line)
        starts = (far if spaced else True) if opens else spaced and far
        if not rows or starts:
            rows.append([[] for _ in columns])
        for piece in line:
            rows[-1][_column(piece, columns)].append(piece)
    cells = [[merged(cell) if cell else None for cell in row] for row in rows]
    texts = [[cell.text.strip() if cell else "" for cell in row] for row in cells]
    start, names = table_rows.columns(texts[: table_rows.SAMPLE])
    return [
        merged(
            [
                _labelled(cell, label)
                for cell, label in zip(row, table_rows.labels(words, inner), strict=True)
                if cell
            ],
            between=table_rows.BETWEEN,
            kind="row",
        )
        for number, (row, words) in enumerate(zip(cells, texts, strict=True))
        for inner in [names if number >= start else ()]
    ]


def _labelled(cell: Piece, label: str) -> Piece:
    """A cell prefixed by the name of its column, which was not painted there."""
    unpainted = np.full(len(label), -1, dtype=np.int32)
    return replace(cell, text=label + cell.text, cells=np.concatenate([unpainted, cell.cells]))
