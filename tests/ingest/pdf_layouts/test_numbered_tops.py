"""Pages that begin alike: a number of their own stays, running heads with page numbers go."""

from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.ingest.conftest import Read

BODY = (
    "The weavers of the upper mill met on the first floor, as they do each month.",
    "They heard the report of the keeper on wool, flax and the price of dyes.",
    "Nobody had a question on the accounts, and the lamp was put out at nine.",
    "The next page of this file tells what the others had to say about it.",
)
TOPS = {
    "number": ["Bill no. 2291", "Bill no. 2292", "Bill no. 2293", "Bill no. 2294"],
    "date": ["Report of 3 May 2024", "Report of 10 May 2024", "Report of 17 May 2024"],
    "days": ["1 May 2024", "2 May 2024", "3 May 2024", "4 May 2024"],
    "room": ["Room 103", "Room 104", "Room 105"],
    "person": ["Pupil number 190232", "Pupil number 190447", "Pupil number 191008"],
    "task": ["Exercise 1", "Exercise 2", "Exercise 3", "Exercise 4", "Exercise 5"],
    "paper": ["Certificate no. 82", "Certificate no. 83", "Certificate no. 84"],
}


def _pdf(path: Path, pages: list[list[tuple[float, float, str]]], lines: int = 4) -> Path:
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    for marks in pages:
        for x, y, words in marks:
            canvas.drawString(x, y, words)
        for number, line in enumerate(BODY[:lines]):
            canvas.drawString(72, 680 - 16 * number, line)
        canvas.showPage()
    canvas.save()
    return path


@pytest.mark.parametrize("lines", [1, 4])
@pytest.mark.parametrize("kind", list(TOPS))
def test_a_number_of_its_own_stays_with_its_page(
    kind: str, lines: int, tmp_path: Path, read: Read
) -> None:
    pages = [[(72.0, 780.0, top)] for top in TOPS[kind]]
    book = read(_pdf(tmp_path / "a.pdf", pages, lines))
    said = [passage.text for passage in book.passages]
    for number, top in enumerate(TOPS[kind], 1):
        (holder,) = [text for text in said if f"{top}\n" in f"{text}\n"]
        assert BODY[0] in holder
        passage = book.passages[said.index(holder)]
        assert passage.locator.page == number


@pytest.mark.parametrize("way", ["page word", "alone", "sides", "gap", "of"])
def test_running_heads_with_the_number_of_the_page_go(way: str, tmp_path: Path, read: Read) -> None:
    pages: list[list[tuple[float, float, str]]] = []
    for number in range(12, 18):
        marks = {
            "page word": [(72, 800, f"The Weavers - Page {number}")],
            "alone": [(72, 800, "The Weavers"), (290, 40, str(number))],
            "sides": [(72, 800, f"{number} The Weavers" if number % 2 else f"The Loom {number}")],
            "gap": [(72, 800, "The Weavers"), (220, 800, str(number))],
            "of": [(72, 800, f"The Weavers | {number} of 40")],
        }[way]
        pages.append([(float(x), float(y), words) for x, y, words in marks])
    book = read(_pdf(tmp_path / "a.pdf", pages))
    assert "Weavers" not in book.text
    assert [page.label for page in book.pages] == [str(number) for number in range(12, 18)]


def test_a_head_whose_words_are_nowhere_else_is_named(tmp_path: Path, read: Read) -> None:
    heads = ("Contract WS-44178 of the upper mill", "The price of dyes")
    for head, said in zip(heads, (True, False), strict=True):
        pages = [[(72.0, 800.0, head), (290.0, 40.0, str(n))] for n in range(1, 6)]
        book = read(_pdf(tmp_path / "a.pdf", pages))
        assert head not in book.text
        assert [head in notice.message for notice in book.notices] == [True] * said
