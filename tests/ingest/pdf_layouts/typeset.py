"""Typesets the made-up pages and checks that what was read stands where it was set.

`Sheet` remembers each run of letters that it draws, with its page and place. Whatever was read
must have its boxes on exactly those runs, and each line of each passage must have ink under it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from ingest import boxes
from ingest.books.pdfium import render
from tests.ingest.conftest import Book

WIDTH, HEIGHT = A4
ROMAN, BOLD, ITALIC, SANS = "Times-Roman", "Times-Bold", "Times-Italic", "Helvetica"
SIZE, LEAD = 10.0, 13.0

#: Made-up prose; each paragraph is told apart by its first words.
MILL = (
    "Ines Valverde left the mill to her cousin and took the early ferry. She had packed two trunks "
    "of letters and told nobody where she meant to go. Her brother kept the accounts of the "
    "harbour and found the note under the salt jar on the third day. He read it twice, put it "
    "back, and went out to see whether the boats had come home before the weather turned."
)
OIL = (
    "Letters came in autumn from a town that neither he nor the postman had heard of. One held a "
    "pressed leaf and a bill for lamp oil. The other was addressed in a strange hand, and he kept "
    "it unopened on the shelf above the stove until the first snow fell over the valley."
)
SNOW = (
    "Nothing happened for a long time after that. The mill was let to a man from the hills who "
    "ground chestnuts and played the accordion badly. The children stopped asking about the woman "
    "with the trunks, and only the priest wrote her name each year in the book of the absent."
)
ROAD = (
    "Twelve years later a surveyor walked down the old road with a chain and a notebook. He asked "
    "for water at the mill and was given wine. In return he drew the widow a map of everything "
    "that could be seen from her door, and marked on it a well that nobody had remembered."
)
LAMP = (
    "Every lamp in the lower town burned with the same oil, and the price of it was set in a room "
    "above the fish market. Whoever sat there in winter decided how long the evenings were. The "
    "keeper of the light paid no more than the others, but he paid in the morning and in coin."
)


@dataclass(frozen=True, slots=True)
class Run:
    """Letters that were drawn: on which page, and the hull of their ink in points from the top."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


def filled(
    text: str, width: float, size: float = SIZE, font: str = ROMAN, indent: float = 0.0
) -> list[str]:
    """`text` in lines that fill `width` points; the first is shorter by `indent`."""
    found: list[str] = []
    line, room = "", width - indent
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and stringWidth(longer, font, size) > room:
            found.append(line)
            line, room = word, width
        else:
            line = longer
    return [*found, line]


class Sheet:
    """Pages in the making. Places are in points from the top left of the upright page."""

    def __init__(self, path: Path, **options: object) -> None:
        self.path = path
        self.canvas = Canvas(str(path), pagesize=A4, invariant=1, **options)
        self.page = 1
        self.runs: list[Run] = []

    def at(self, x: float, y: float, text: str, size: float = SIZE, font: str = ROMAN) -> float:
        """Draw a line of text with its foot at `y`; returns where it ends on the right."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, HEIGHT - y, text)
        end = x + stringWidth(text, font, size)
        self.runs.append(Run(self.page, text, x, y - 0.9 * size, end, y + 0.3 * size))
        return float(end)

    def lines(
        self,
        texts: Sequence[str],
        x: float,
        y: float,
        size: float = SIZE,
        font: str = ROMAN,
        lead: float = LEAD,
    ) -> float:
        """Lines below one another; returns the foot of the line that would come next."""
        for text in texts:
            self.at(x, y, text, size, font)
            y += lead
        return y

    def paragraph(
        self,
        text: str,
        x: float = 72.0,
        y: float = 90.0,
        width: float = 450.0,
        size: float = SIZE,
        font: str = ROMAN,
        gap: float = 8.0,
    ) -> float:
        """A paragraph; returns the foot of the line that would come next."""
        return self.lines(filled(text, width, size, font), x, y, size, font, 1.3 * size) + gap

    def justified(
        self, texts: Sequence[str], x: float, y: float, width: float, size: float = SIZE
    ) -> float:
        """Lines stretched to `width` by wide spaces; the last one is not."""
        for text in texts[:-1]:
            words = text.split(" ")
            room = width - sum(stringWidth(word, ROMAN, size) for word in words)
            at = x
            for word in words:
                self.at(at, y, word, size)
                at += stringWidth(word, ROMAN, size) + room / max(1, len(words) - 1)
            y += 1.3 * size
        self.at(x, y, texts[-1], size)
        return y + 1.3 * size

    def turn(self) -> None:
        """Begin the next page."""
        self.canvas.showPage()
        self.page += 1

    def save(self) -> Path:
        """Write the file; returns its path."""
        self.canvas.save()
        return self.path


def paragraphs(book: Book) -> list[str]:
    """The text of a book, a paragraph each, line ends as spaces."""
    return [" ".join(part.split()) for part in book.text.split("\n\n") if part.strip()]


def of_page(book: Book, number: int) -> list[str]:
    """The paragraphs, or parts of them, that stand on a page."""
    page = book.pages[number - 1]
    parts = book.text[page.start : page.end].split("\n\n")
    return [" ".join(part.split()) for part in parts if part.strip()]


def _letters(text: str) -> str:
    return "".join(sorted(letter for letter in text if not letter.isspace() and letter != "|"))


def _cells(book: Book) -> Iterator[tuple[int, str, NDArray[np.float64]]]:
    """Each page's number, text and boxes in points."""
    for page in book.pages:
        found = boxes.unpack(page.boxes).astype(np.float64) / 65535
        assert len(found) == page.end - page.start
        scale = (page.width, page.height, page.width, page.height)
        yield page.number, book.text[page.start : page.end], found * scale


def check_places(book: Book, runs: Sequence[Run], skipped: Sequence[str] = ()) -> None:
    """The letters read from each run's place are the run's own, or none (`skipped` runs).

    Only for upright pages. A letter belongs to the run that holds the middle of its box.
    """
    pages = {number: (text, found) for number, text, found in _cells(book)}
    for run in runs:
        text, found = pages[run.page]
        across, down = (found[:, 0] + found[:, 2]) / 2, (found[:, 1] + found[:, 3]) / 2
        inside = (
            (across > run.left) & (across < run.right) & (down > run.top) & (down < run.bottom)
        ) & (found[:, 2] > found[:, 0])
        got = "".join(letter for letter, own in zip(text, inside.tolist(), strict=True) if own)
        if run.text in skipped:
            assert got == "", run
        else:
            assert _letters(got) == _letters(run.text), (run, got)


def check_ink(path: Path, book: Book) -> None:
    """Each line of each passage has ink under it, and lies on its page."""
    pictures: dict[int, NDArray[np.bool_]] = {}
    pages = {page.number: page for page in book.pages}
    for passage in book.passages:
        number = passage.locator.page
        assert number is not None
        for page in (pages[n] for n in range(number, len(pages) + 1)):
            if page.start >= passage.locator.end:
                break
            cells = boxes.unpack(page.boxes)
            a = max(passage.locator.start, page.start) - page.start
            b = min(passage.locator.end, page.end) - page.start
            if page.number not in pictures:
                width, height, rgba = render(path, page.number, 700)
                shown = np.frombuffer(rgba, np.uint8).reshape(height, width, 4)
                pictures[page.number] = shown[:, :, 0] < 160
            dark = pictures[page.number]
            height, width = dark.shape
            for left, top, right, bottom in boxes.lines(cells[a:b]):
                assert 0 <= left < right <= 1, passage
                assert 0 <= top < bottom <= 1, passage
                under = dark[
                    int(top * height) : int(bottom * height) + 1,
                    int(left * width) : int(right * width) + 1,
                ]
                assert under.any(), (passage.text, page.number)
