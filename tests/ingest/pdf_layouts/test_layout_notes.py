"""Made-up pages with notes, tables, captions, lists and speech: what belongs to what."""

from pathlib import Path

import pytest

from tests.ingest.conftest import Book, Read
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
    filled,
    of_page,
    paragraphs,
)


def notes(book: Book) -> list[str]:
    """The passages that are notes, line ends as spaces."""
    return [" ".join(passage.text.split()) for passage in book.passages]


def test_footnotes_with_raised_marks_are_joined_to_them(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    y = sheet.paragraph(MILL)
    head, tail = "The ferry had a licence", "and the mill had none. Nobody asked for it."
    end = sheet.at(72, y, head)
    sheet.at(end, y - 4, "1", 6)
    sheet.at(end + 6, y, tail)
    sheet.paragraph(OIL, y=y + 21)
    note = "The licence was granted by the harbour office and never renewed."
    sheet.at(72, 738, "1", 5.5)
    sheet.at(76, 742, note, 8)
    sheet.at(72, 753, "2", 5.5)
    sheet.at(76, 757, "See the parish book.", 8)
    book = read(sheet.save())
    assert paragraphs(book) == [
        MILL,
        f"{head} {tail}",
        OIL,
        f"1 {note}",
        "2 See the parish book.",
    ]
    assert f"1 {note} 2 See the parish book." in notes(book)
    check_ink(sheet.path, book)


def test_a_note_that_runs_over_and_the_sentence_above_it(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    y = sheet.paragraph(MILL)
    lines = filled(SNOW, 450)
    sheet.lines(lines[:1], 72, y)
    sheet.lines(
        ["1 A cousin of the widow kept the book until the fire, and what is known of it comes"],
        72, 760, 8,
    )  # fmt: skip
    sheet.turn()
    y = sheet.lines(lines[1:], 72, 90) + 8
    sheet.paragraph(ROAD, y=y)
    sheet.lines(["from two letters that survived in the harbour office."], 72, 770, 8)
    book = read(sheet.save())
    # The sentence of the text is whole; the note's is cut, because the page is.
    assert SNOW in paragraphs(book)
    assert of_page(book, 1)[:2] == [
        MILL,
        "1 A cousin of the widow kept the book until the fire, and what is known of it comes",
    ]
    assert "from two letters that survived in the harbour office." in of_page(book, 2)
    assert not any("comes Nothing" in each or "office. Nothing" in each for each in notes(book))


def test_a_note_that_runs_over_below_a_finished_page_is_whole(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    y = sheet.paragraph(MILL)
    sheet.paragraph(SNOW, y=y)
    sheet.lines(
        ["1 A cousin of the widow kept the book until the fire, and what is known of it comes"],
        72, 760, 8,
    )  # fmt: skip
    sheet.turn()
    y = sheet.paragraph(ROAD)
    sheet.paragraph(LAMP, y=y)
    sheet.lines(
        ["from two letters that survived in the harbour office.", "2 Both are lost."], 72, 770, 8
    )
    book = read(sheet.save())
    note = (
        "1 A cousin of the widow kept the book until the fire, and what is known of it comes "
        "from two letters that survived in the harbour office."
    )
    assert paragraphs(book) == [MILL, SNOW, note, ROAD, LAMP, "2 Both are lost."]
    assert note in book.sentences
    assert book.pages[0].end < len(book.text)
    check_places(book, sheet.runs)


def test_raised_figures_that_are_no_notes_stay(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    y = sheet.paragraph(MILL)
    end = sheet.at(72, y, "The oil lost 3 × 10")
    end = sheet.at(end, y - 4, "−3", 6)
    end = sheet.at(end + 2.5, y, "of its weight in 12 m")
    end = sheet.at(end, y - 4, "2", 6)
    end = sheet.at(end + 2.5, y, "of light, as was known [12].")
    y = sheet.at(72, y + 13, "The keeper wrote H")
    book = read(sheet.save())
    assert paragraphs(book)[1].startswith(
        "The oil lost 3 × 10⁻³ of its weight in 12 m² of light, as was known [12]."
    )
    check_ink(sheet.path, book)


ROWS = [
    ["Year", "Barrels of oil", "Price in coin"],
    ["1890", "412", "7.50"],
    ["1891", "388", "8.25"],
    ["1892", "", "9.00"],
    ["1893", "501", "6.75"],
]


def test_a_table_is_read_row_by_row(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    y = sheet.paragraph(MILL)
    caption = "Table 2: Oil bought by the lower town. The price is that of the first week."
    sheet.at(72, y + 8, caption, 9)
    y += 30
    for number, row in enumerate(ROWS):
        for x, cell in zip((80, 200, 340), row, strict=True):
            if cell:
                sheet.at(x, y, cell, 10, BOLD if number == 0 else "Times-Roman")
        y += 15
    sheet.paragraph(OIL, y=y + 12)
    book = read(sheet.save())
    assert paragraphs(book) == [
        MILL,
        caption,
        "Year | Barrels of oil | Price in coin",
        "Year: 1890 | Barrels of oil: 412 | Price in coin: 7.50",
        "Year: 1891 | Barrels of oil: 388 | Price in coin: 8.25",
        "Year: 1892 | Price in coin: 9.00",
        "Year: 1893 | Barrels of oil: 501 | Price in coin: 6.75",
        OIL,
    ]
    assert "Year: 1891 | Barrels of oil: 388 | Price in coin: 8.25" in book.sentences
    assert caption in [passage.text for passage in book.passages]
    check_places(book, sheet.runs)
    check_ink(sheet.path, book)


@pytest.mark.parametrize("lead", [13.0, 9.0, 7.5])
def test_a_table_painted_by_column_with_broken_cells(
    lead: float, tmp_path: Path, read: Read
) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    y = sheet.paragraph(MILL)
    rows = [
        (["Place"], ["What is kept there"], ["Since"]),
        (["Harbour office"], ["The accounts of the ferry", "and its licence"], ["1871"]),
        (["Mill"], ["Two trunks of letters"], ["1884"]),
        (["Lighthouse"], ["A shelf of notebooks, one", "for each winter"], ["1890"]),
    ]
    for column, x in enumerate((80, 190, 380)):
        foot = y + 10
        for row in rows:
            sheet.lines(row[column], x, foot, lead=lead)
            foot += lead * max(len(cell) for cell in row) + 9
    sheet.paragraph(OIL, y=foot + 12)
    book = read(sheet.save())
    assert paragraphs(book) == [
        MILL,
        "Place | What is kept there | Since",
        "Place: Harbour office | What is kept there: The accounts of the ferry and its licence"
        " | Since: 1871",
        "Place: Mill | What is kept there: Two trunks of letters | Since: 1884",
        "Place: Lighthouse | What is kept there: A shelf of notebooks, one for each winter"
        " | Since: 1890",
        OIL,
    ]
    check_places(book, sheet.runs)


def test_captions_are_whole_and_apart(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    first = (
        "Fig. 3. The mill from the road. To the left is the sluice that was closed in the second "
        "winter; the wheel behind it was sold."
    )
    second = "Table 1. What the surveyor was owed."
    y = sheet.paragraph(MILL)
    sheet.canvas.rect(72, 842 - y - 110, 300, 100)
    y = sheet.paragraph(first, y=y + 128, width=450)
    y = sheet.paragraph(OIL, y=y + 10)
    y = sheet.paragraph(second, y=y + 6, width=450)
    sheet.paragraph(SNOW, y=y + 6)
    book = read(sheet.save())
    assert paragraphs(book) == [MILL, first, OIL, second, SNOW]
    texts = [" ".join(passage.text.split()) for passage in book.passages]
    assert texts == [MILL, first, OIL, second, SNOW]
    check_places(book, sheet.runs)


def test_lists_keep_their_items(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    y = sheet.paragraph(MILL)
    items = [
        "The accounts of the ferry, which were kept by her brother until the second winter and "
        "then by nobody",
        "Two trunks",
        "A map of everything that could be seen from the door, with a well that nobody had "
        "remembered and a road that was gone",
    ]
    for item in items:
        sheet.at(80, y, "•")
        y = sheet.lines(filled(item, 430), 92, y) + 2
    y += 8
    for number, item in enumerate(items):
        sheet.at(80, y, f"{number + 1}.")
        y = sheet.lines(filled(item, 430), 96, y)
    sheet.paragraph(OIL, y=y + 8)
    book = read(sheet.save())
    flat = [
        " ".join(line.split())
        for part in book.text.split("\n\n")
        for line in part.replace("\n•", "\n\n•")
        .replace("\n2", "\n\n2")
        .replace("\n3", "\n\n3")
        .split("\n\n")
    ]
    assert flat == [
        MILL,
        *[f"• {item}" for item in items],
        *[f"{number + 1}. {item}" for number, item in enumerate(items)],
        OIL,
    ]
    check_places(book, sheet.runs)


def test_speech_begins_a_paragraph_each(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    speech = [
        "“Is the mill let?” he asked.",
        "“It is,” she said.",
        "“To whom? I was told that nobody in the valley would have it while the wheel was "
        "broken, and the wheel has been broken since before the war.”",
        "“To a man from the hills.”",
    ]
    y = 90.0
    for text in (MILL, *speech, SNOW):
        lines = filled(text, 450, indent=14)
        sheet.at(86, y, lines[0])
        y = sheet.lines(lines[1:], 72, y + 13)
    book = read(sheet.save())
    assert paragraphs(book) == [MILL, *speech, SNOW]
    check_places(book, sheet.runs)


def test_forms_and_remarks_do_not_disturb_the_text_and_entries_come_behind_it(
    tmp_path: Path, read: Read
) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    y = sheet.paragraph(MILL)
    sheet.at(72, y, "Name of the keeper:")
    form = sheet.canvas.acroForm
    form.textfield(name="keeper", x=180, y=842 - y - 4, width=150, height=16, value="Bram Okonkwo")
    form.checkbox(name="paid", x=350, y=842 - y - 4, checked=True)
    sheet.canvas.linkURL("https://example.org/", (72, 600, 200, 620))
    sheet.canvas.textAnnotation("A remark in a bubble", (300, 500, 320, 520))
    sheet.paragraph(OIL, y=y + 30)
    book = read(sheet.save())
    assert paragraphs(book) == [MILL, "Name of the keeper:", OIL, "Bram Okonkwo"]


def test_a_numbered_heading_takes_no_line_of_its_paragraph(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    y = 90.0
    for number, (title, text) in enumerate((("WHO MAY COPY", MILL), ("AT WHOSE COST", OIL))):
        sheet.at(72, y, f"{number + 1}. {title}")
        y = sheet.paragraph(text, 86, y + 14, 430)
    found = paragraphs(read(sheet.save()))
    assert found == ["1. WHO MAY COPY", MILL, "2. AT WHOSE COST", OIL]


def test_figures_in_small_letters_at_the_foot_are_no_notes(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    y = sheet.paragraph(MILL)
    sheet.at(72, y, "The keeper's own count of that winter's oil ran as follows:")
    sheet.lines(["0000 4d 49 4d 45 2d 4d 61", "0010 74 65 78 74 2f 78 2d"], 72, y + 20, 8)
    book = read(sheet.save())
    assert book.text.index("0000 4d") > book.text.index("as follows:")
    assert len(book.passages) == 1


def test_a_figure_between_two_pages_cuts_no_sentence(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    caption = "Figure 7: The sluice, closed."
    y = sheet.paragraph(MILL)
    lines = filled(SNOW, 450)
    y = sheet.lines(lines[:1], 72, y)
    sheet.canvas.rect(72, 842 - y - 200, 300, 180)
    sheet.at(72, y + 225, caption, 9)
    sheet.turn()
    y = sheet.lines(lines[1:], 72, 90) + 8
    sheet.paragraph(ROAD, y=y)
    book = read(sheet.save())
    assert paragraphs(book) == [MILL, caption, SNOW, ROAD]
    check_places(book, sheet.runs)


def test_a_table_of_contents_is_no_table(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    entries = [("Preface", "v"), ("The Ferry", "1"), ("The Mill", "14"), ("Snow", "14")]
    for number, (title, page) in enumerate([*entries, ("The Road", "31"), ("Oil", "40")]):
        sheet.at(72, 120 + 16 * number, title)
        sheet.at(480, 120 + 16 * number, page)
    sheet.turn()
    y = sheet.paragraph(MILL)
    sheet.paragraph(OIL, y=y)
    book = read(sheet.save())
    assert "|" not in book.text
    assert [" ".join(passage.text.split()) for passage in book.passages] == [f"{MILL} {OIL}"]
