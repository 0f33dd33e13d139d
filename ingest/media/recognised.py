"""Recognised words as a page of text with boxes, for the layout analysis of PDF pages.

So scans have columns, paragraphs, hyphens, running heads and headings, and passages can be
highlighted on their picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from ingest.books import pdf_order
from ingest.books.pdf_page import FULL, PageText
from ingest.books.pdf_piece import Piece
from ingest.media.remarks import RECOGNISED
from ingest.models.ocr import DOUBTFUL, Word

#: Mean confidence of a page below which it should be checked.
_LOW = 0.8
_LISTED = 6


@dataclass(frozen=True, slots=True)
class Sureness:
    """The confidence of a page: `average` over its letters, and doubtful words."""

    page: int
    average: float
    doubtful: tuple[str, ...]


def sureness(page: int, words: Sequence[Word]) -> Sureness:
    """The confidence of the words of a page."""
    letters = sum(len(word.text) for word in words)
    average = sum(word.certainty * len(word.text) for word in words) / max(1, letters)
    doubtful = (word.text.strip("“”\"'‘’.,;:()") for word in words if word.certainty < DOUBTFUL)
    return Sureness(page, average, tuple(word for word in doubtful if any(map(str.isalnum, word))))


def summary(pages: Sequence[Sureness]) -> tuple[str, str]:
    """A sentence on the confidence of the text, page by page, with advice."""
    item = ", ".join(f"page {part.page}: {part.average:.0%}" for part in pages[:20])
    more = f" and {len(pages) - 20} pages more" if len(pages) > 20 else ""
    low = [part.page for part in pages if part.average < _LOW]
    doubtful = list(dict.fromkeys(word for part in pages for word in part.doubtful))
    hint = ""
    if doubtful:
        examples = ", ".join(f"“{word}”" for word in doubtful[:_LISTED])
        remainder = " and others" if len(doubtful) > _LISTED else ""
        hint = f"Doubtful words: {examples}{remainder}."
    if low:
        numbers = ", ".join(map(str, low[:8]))
        message = f"Recognised text is doubtful on page {numbers} (sure of {item}{more})."
        return message, f"Compare it with the picture before you quote it. {hint}".strip()
    return f"{RECOGNISED}, with this certainty: {item}{more}.", hint


def page_of(
    words: Sequence[Word],
    number: int,
    pixels: tuple[float, float],
    points: tuple[float, float],
) -> PageText:
    """The words of a picture of `pixels` (width, height) as a page of `points` (width, height)."""
    width, height = points
    horizontal, down = width / pixels[0], height / pixels[1]
    rows = [list(row) for _, row in groupby(words, key=lambda word: word.line)]
    tall = [max(w.box[3] for w in row) - min(w.box[1] for w in row) for row in rows]
    typical = float(np.median(tall)) * down if tall else 0.0
    cells: list[tuple[float, float, float, float]] = []
    pieces: list[Piece] = []
    for row, high in zip(rows, tall, strict=True):
        text, indices = "", []
        for word in row:
            if text:
                text += " "
                indices.append(-1)
            left, top, right, bottom = word.box
            step = (right - left) / len(word.text)
            for at, letter in enumerate(word.text):
                text += letter
                indices.append(len(cells))
                cells.append((left + at * step, top, left + (at + 1) * step, bottom))
        size = high * down
        # A line without ascenders is lower than its neighbours, not smaller.
        size = typical if 0.65 * typical < size < 1.4 * typical else size
        pieces.append(
            Piece(
                text=text,
                cells=np.array(indices, np.int32),
                left=min(word.box[0] for word in row) * horizontal,
                top=min(word.box[1] for word in row) * down,
                right=max(word.box[2] for word in row) * horizontal,
                bottom=max(word.box[3] for word in row) * down,
                size=round(size * 2) / 2 or 0.5,
                column=row[0].block,
                first_word=(row[0].box[2] - row[0].box[0]) * horizontal,
            )
        )
    if pieces and not any(piece.column for piece in pieces):
        pieces = pdf_order.ordered(pieces)
    boxes = np.array(cells, np.float64).reshape(-1, 4) / (*pixels, *pixels) * FULL
    packed = np.clip(np.rint(boxes), 0, FULL).astype(np.uint16)
    return PageText(number, width, height, packed, pieces, objects=1)
