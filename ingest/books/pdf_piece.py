"""A run of characters of a PDF page with its position, from which lines are built."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(slots=True)
class Piece:
    """Adjacent characters on a line of a page; positions in points.

    `cells` are the characters' indices on the page, -1 for unpainted ones. `column` counts the
    blocks of a page in reading order; `left_edge`, `right_edge` are its sides. `kind` is row for
    the row of a table, aside for text beside the column, names for the authors of a paper, or "".
    `initial`: the first character is a drop cap. `across`: it crosses the gutter. `bold`: it is
    short and all bold. `numbered`: it begins its page as other pages begin, with another number.
    """

    text: str
    cells: NDArray[np.int32]
    left: float
    top: float
    right: float
    bottom: float
    size: float
    column: int = 0
    left_edge: float = 0.0
    right_edge: float = 0.0
    first_word: float = 0.0
    kind: str = ""
    initial: bool = False
    across: bool = False
    bold: bool = False
    numbered: bool = False

    @property
    def height(self) -> float:
        """Height of the line, in points."""
        return self.bottom - self.top


def merged(row: Sequence[Piece], between: str = " ", kind: str = "") -> Piece:
    """Merge pieces; `between` fills gaps."""
    if len(row) == 1 and not kind:
        return row[0]
    texts: list[str] = []
    cells: list[NDArray[np.int32]] = []
    gap = np.full(len(between), -1, dtype=np.int32)
    previous: Piece | None = None
    for piece in row:
        touches = previous is not None and _touches(piece, previous)
        if previous is not None and (kind or not touches):
            texts.append(between)
            cells.append(gap)
        texts.append(piece.text)
        cells.append(piece.cells)
        previous = piece
    biggest = max(row, key=lambda p: len(p.text))
    return Piece(
        text="".join(texts),
        cells=np.concatenate(cells),
        left=min(piece.left for piece in row),
        top=biggest.top if not kind else min(piece.top for piece in row),
        right=max(piece.right for piece in row),
        bottom=biggest.bottom if not kind else max(piece.bottom for piece in row),
        size=biggest.size,
        first_word=row[0].first_word,
        kind=kind,
        initial=row[0].initial,
    )


def _touches(piece: Piece, previous: Piece) -> bool:
    """Whether a piece goes on without a space on the same line, and is not set below."""
    size = min(piece.size, previous.size)
    gap = piece.left - previous.right
    return -size < gap < 0.1 * size and (piece.top + piece.bottom) / 2 < previous.bottom
