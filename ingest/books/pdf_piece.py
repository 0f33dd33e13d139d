"""A run of characters of a PDF page with its position: what lines are built from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(slots=True)
class Piece:
    """Characters of a page that stand together on a line; places in points.

    `cells` are the characters' numbers on the page, -1 for what nobody painted.
    `column` counts the blocks of a page in reading order; `left_edge`, `right_edge` are its sides.
    `kind` is row for the row of a table, aside for what stands beside the text, names for the
    authors of a paper, else "".
    `initial`: the first character is a large one that opens a paragraph. `across`: it crosses the
    space between the columns of its page. `bold`: it is short and all of it is set in bold.
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

    @property
    def height(self) -> float:
        """Of the line, in points."""
        return self.bottom - self.top


def merged(row: Sequence[Piece], between: str = " ", kind: str = "") -> Piece:
    """One piece of several; `between` stands where there is a gap."""
    if len(row) == 1 and not kind:
        return row[0]
    texts: list[str] = []
    cells: list[NDArray[np.int32]] = []
    gap = np.full(len(between), -1, dtype=np.int32)
    previous: Piece | None = None
    for piece in row:
        touches = (
            previous is not None
            and piece.left - previous.right < 0.1 * min(piece.size, previous.size)
            and piece.top < previous.bottom
        )
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
