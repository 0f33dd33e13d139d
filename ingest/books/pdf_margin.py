"""Removes line numbers in the margin of pleadings, manuscripts under review and verse.

They differ from the first column of a table by their position (beside all of the text) and
sequence: by ones down most of the page, or by fives or tens.
"""

from collections.abc import Sequence
from itertools import pairwise

from ingest.books.pdf_piece import Piece

_FEWEST = 4
_FEWEST_BY_ONE = 8
#: Share of the text's height that numbers in steps of one must span.
_REACH = 0.6
#: Numbers are beside lines of text, not beside the cells of a table.
_LETTERS = 20


def without_line_numbers(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of a page without its line numbers."""
    numbers = [p for p in pieces if p.text.isdecimal() and len(p.text) <= 5]
    if len(numbers) < _FEWEST:
        return list(pieces)
    removed: set[int] = set()
    remaining = [p for p in pieces if not p.text.isdecimal()]
    for stripe in _stripes(numbers):
        if _counts_lines(stripe, remaining):
            removed.update(map(id, stripe))
    return [piece for piece in pieces if id(piece) not in removed]


def _stripes(numbers: Sequence[Piece]) -> list[list[Piece]]:
    """Numbers in one vertical stripe, from the top."""
    result: list[list[Piece]] = []
    sides: list[tuple[float, float]] = []
    for piece in sorted(numbers, key=lambda p: p.left):
        if sides and piece.left < sides[-1][1]:
            result[-1].append(piece)
            sides[-1] = (sides[-1][0], max(sides[-1][1], piece.right))
        else:
            result.append([piece])
            sides.append((piece.left, piece.right))
    return [sorted(stripe, key=lambda p: p.top) for stripe in result]


def _counts_lines(stripe: Sequence[Piece], remaining: Sequence[Piece]) -> bool:
    values = [int(piece.text) for piece in stripe]
    # The page number may be in the same stripe, above or below.
    best = longest = 0
    start = 0
    for index in range(1, len(values) + 1):
        step = values[start + 1] - values[start] if start + 1 < len(values) else 0
        if index < len(values) and values[index] - values[index - 1] == step and step > 0:
            continue
        if index - start > longest:
            best, longest = start, index - start
        start = index
    run = stripe[best : best + longest]
    if longest < max(_FEWEST, len(stripe) - 1):
        return False
    step = values[best + 1] - values[best]
    if step not in {1, 2, 5, 10} or (step < 5 and longest < _FEWEST_BY_ONE):
        return False
    top, bottom = run[0].top, run[-1].bottom
    level = [p for p in remaining if p.bottom > top and p.top < bottom]
    left, right = min(p.left for p in run), max(p.right for p in run)
    if not level or not (
        all(p.left >= right for p in level) or all(p.right <= left for p in level)
    ):
        return False
    lengths = sorted(len(p.text) for p in level)
    if lengths[len(lengths) // 2] < _LETTERS or lengths[len(lengths) // 4] < _LETTERS / 2:
        return False
    if step >= 5:
        return True
    if _in_cells(run, level):
        return False
    high = max(p.bottom for p in remaining) - min(p.top for p in remaining)
    return bottom - top > _REACH * high


def _in_cells(run: Sequence[Piece], level: Sequence[Piece]) -> bool:
    """Whether several pieces or lines are beside most of the numbers."""
    adjacent = [
        sum(p.top < (number.top + number.bottom) / 2 < p.bottom for p in level) for number in run
    ]
    size = max(p.size for p in level)
    return sum(count > 2 for count in adjacent) * 2 > len(run) or all(
        b.top - a.top > 2.6 * size for a, b in pairwise(run)
    )
