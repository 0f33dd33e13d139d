"""Made-up books: running heads, printed numbers, bookmarks."""

from pathlib import Path

import pytest

from tests.ingest.conftest import Read
from tests.ingest.pdf_layouts.typeset import (
    BOLD,
    LAMP,
    MILL,
    OIL,
    ROAD,
    SNOW,
    Sheet,
    check_ink,
    check_places,
    of_page,
    paragraphs,
)

TEXTS = [MILL, OIL, SNOW, ROAD, LAMP, SNOW, MILL, LAMP, OIL]


@pytest.mark.slow
@pytest.mark.parametrize("way", ["roman", "of", "sides", "dashes", "lone"])
def test_running_heads_go_and_labels_stay(way: str, tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    romans = ["v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii"]
    expected, gone = [], set()
    for number, text in enumerate(TEXTS):
        printed = str(number + 11)
        if way == "roman":
            printed = romans[number]
            marks = [(72, 50, "The Salt Jar"), (290, 800, printed)]
        elif way == "of":
            printed = str(number + 1)
            marks = [(72, 50, "Harbour Office"), (270, 800, f"Page {printed} of 9")]
        elif way == "sides":
            left = number % 2
            marks = [
                (72, 50, f"{printed}   IMOGEN HALE")
                if left
                else (400, 50, f"THE FERRY   {printed}")
            ]
        elif way == "dashes":
            marks = [(280, 800, f"– {printed} –")]
        else:
            marks = [(500, 46, printed)]
        for x, y, words in marks:
            sheet.at(x, y, words)
            gone.add(words)
        expected.append(printed)
        sheet.paragraph(text, y=100)
        sheet.paragraph(TEXTS[-number], y=220)
        sheet.turn()
    book = read(sheet.save())
    assert [page.label for page in book.pages] == expected
    assert paragraphs(book) == [part for n, text in enumerate(TEXTS) for part in (text, TEXTS[-n])]
    check_places(book, sheet.runs, tuple(gone))
    assert {passage.locator.page_label for passage in book.passages} <= set(expected)


def test_nested_bookmarks_and_several_on_a_page(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    entries = [
        [("Part One", 0, MILL), ("The Ferry", 1, OIL), ("The Licence", 2, SNOW)],
        [("The Mill", 1, ROAD)],
        [("Part Two", 0, LAMP), ("Snow", 1, MILL)],
    ]
    for page in entries:
        y = 90.0
        for title, level, text in page:
            sheet.canvas.bookmarkPage(title, fit="XYZ", top=842 - y + 14, left=0)
            sheet.canvas.addOutlineEntry(title, title, level=level)
            sheet.at(72, y, title, 14 - level, BOLD)
            y = sheet.paragraph(text, y=y + 24) + 14
        sheet.turn()
    book = read(sheet.save())
    assert [(section.title, section.level) for section in book.sections] == [
        ("Part One", 1), ("The Ferry", 2), ("The Licence", 3), ("The Mill", 2), ("Part Two", 1),
        ("Snow", 2),
    ]  # fmt: skip
    assert [passage.locator.chapter for passage in book.passages] == [
        "Part One",
        "Part One · The Ferry",
        "Part One · The Ferry · The Licence",
        "Part One · The Mill",
        "Part Two",
        "Part Two · Snow",
    ]
    assert [passage.text for passage in book.passages] == [MILL, OIL, SNOW, ROAD, LAMP, MILL]
    assert of_page(book, 2) == ["The Mill", ROAD]
    check_ink(sheet.path, book)
    check_places(book, sheet.runs)
