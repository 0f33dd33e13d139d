"""Large initials open the lines beside them, and cost no page its text."""

import numpy as np

from ingest.books import pdf_order
from ingest.books.pdf_piece import Piece


def piece(text: str, left: float, top: float, size: float) -> Piece:
    cells = np.arange(len(text), dtype=np.int32)
    right = left + len(text) * size / 2
    return Piece(text, cells, left, top, right, top + size, size, 20)


def test_two_initials_beside_the_same_lines_leave_the_page_its_words() -> None:
    lines = [
        piece("he mill stood idle for a year,", 100, 100, 10),
        piece("and nobody came to it.", 100, 112, 10),
        *(piece("In spring the wheel was mended.", 72, 130 + 12 * n, 10) for n in range(6)),
    ]
    capitals = [piece("T", 72, 98, 48), piece("I", 50, 99, 47)]
    ordered = pdf_order.ordered([*capitals, *lines])
    words = " ".join(line.text for line in ordered)
    assert "The mill stood idle for a year," in words
    assert words.count("the wheel was mended") == 6
