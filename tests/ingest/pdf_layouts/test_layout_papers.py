"""Made-up papers, theses and word lists: authors, headings, entries that hang, numbered lines."""

from pathlib import Path

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from tests.ingest.conftest import Read
from tests.ingest.pdf_layouts.raw import Raw
from tests.ingest.pdf_layouts.typeset import (
    BOLD,
    ITALIC,
    LAMP,
    MILL,
    OIL,
    ROAD,
    ROMAN,
    SNOW,
    WIDTH,
    Sheet,
    check_ink,
    check_places,
    filled,
    paragraphs,
)

LEFT, RIGHT, COLUMN = 60.0, 312.0, 225.0
REFERENCES = [
    "Mast, R., Ost, P. and Quill, A. (1994). A well that nobody remembered, and how it was found "
    "by a surveyor with a chain. Proceedings of the Conference on Wells, 101–108.",
    "Torvald, L. (1987). The Book of the Absent. Mill Press, Valley, and its second part in the "
    "year after.",
    "Valverde, I. and Okonkwo, B. (1991). On the price of lamp oil in small harbours, J. "
    "Harbours, 3(2), 11–19.",
    "Ost, P. (1996). Chestnuts. Nature of Hills, 9:7.",
]


def centred(sheet: Sheet, x: float, y: float, text: str, size: float, font: str = ROMAN) -> None:
    """A line whose middle is at `x`."""
    sheet.at(x - float(stringWidth(text, font, size)) / 2, y, text, size, font)


def columns(sheet: Sheet, y: float) -> None:
    """Two columns of two paragraphs each."""
    for x, texts in ((LEFT, (MILL, OIL)), (RIGHT, (SNOW, ROAD))):
        foot = y
        for text in texts:
            foot = sheet.paragraph(text, x, foot, COLUMN)


def entries(sheet: Sheet, x: float, y: float, width: float, texts: list[str]) -> float:
    """Entries whose first line stands out."""
    for text in texts:
        lines = filled(text, width - 14, indent=-14)
        sheet.at(x, y, lines[0])
        y = sheet.lines(lines[1:], x + 14, y + 13)
    return y


@pytest.mark.parametrize("authors", [2, 3])
def test_authors_beside_one_another_are_read_one_by_one(
    authors: int, tmp_path: Path, read: Read
) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    title = "On the Length of Evenings in a Small Harbour: A Sparse Method"
    centred(sheet, WIDTH / 2, 80, title, 16)
    people = [
        ("Ines Valverde", "Harbour Institute", "ines@harbour.example"),
        ("Bram Okonkwo", "University of the Hills", "okonkwo@hills.example"),
        ("Lia Torvald", "Lamp Laboratory, Lower Town", "lia@lamps.example"),
    ][:authors]
    for number, person in enumerate(people):
        x = {2: (172.0, 424.0), 3: (130.0, 298.0, 466.0)}[authors][number]
        for line, text in enumerate(person):
            centred(sheet, x, 115 + 13 * line, text, 12 if line == 0 else 9)
    columns(sheet, 190)
    book = read(sheet.save())
    expected = [title, *[" ".join(person) for person in people], MILL, OIL, SNOW, ROAD]
    assert paragraphs(book) == expected
    # People are no chapters.
    assert not {person[0] for person in people} & {section.title for section in book.sections}
    check_places(book, sheet.runs)
    check_ink(sheet.path, book)


def test_a_short_second_line_belongs_to_its_title(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.at(LEFT, 70, "The evenings of a harbour town are", 18, BOLD)
    sheet.at(LEFT, 92, "as long as its oil", 18, BOLD)
    sheet.at(LEFT, 112, "By Ines Valverde, Bram Okonkwo and Lia Torvald", 10, ITALIC)
    columns(sheet, 150)
    found = paragraphs(read(sheet.save()))
    assert found == [
        "The evenings of a harbour town are as long as its oil",
        "By Ines Valverde, Bram Okonkwo and Lia Torvald",
        MILL,
        OIL,
        SNOW,
        ROAD,
    ]


def test_headlines_beside_one_another_stand_above_their_columns(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.at(40, 80, "Surveyor finds a lost well", 17, BOLD)
    sheet.at(308, 80, "The ferry stands still today", 17, BOLD)
    texts = (f"{ROAD} {LAMP}", f"{OIL} {SNOW}", f"{MILL} {OIL}", f"{SNOW} {ROAD}")
    for x, text in zip((40, 174, 308, 442), texts, strict=True):
        sheet.paragraph(text, x, 110, 118, 8)
    book = read(sheet.save())
    assert paragraphs(book) == [
        "Surveyor finds a lost well",
        texts[0],
        texts[1],
        "The ferry stands still today",
        texts[2],
        texts[3],
    ]
    assert [s.title for s in book.sections] == [
        "Surveyor finds a lost well",
        "The ferry stands still today",
    ]
    check_places(book, sheet.runs)


def test_a_remark_at_the_foot_without_a_mark_cuts_no_sentence(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    remark = "Manuscript received April 19; revised August 16. The harbour office paid for it."
    text = f"{MILL} {SNOW} {ROAD} {LAMP} {OIL}"
    lines = filled(text, COLUMN)
    sheet.lines(lines[:12], LEFT, 90)
    sheet.lines(filled(remark, COLUMN, 7.5), LEFT, 290, 7.5, ROMAN, 9)
    sheet.lines(lines[12:], RIGHT, 90)
    assert not lines[11].endswith(".")
    book = read(sheet.save())
    assert text in paragraphs(book)
    assert remark in paragraphs(book)
    check_places(book, sheet.runs)


def test_words_and_figures_in_a_figure_cut_no_sentence(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    y = sheet.paragraph(MILL)
    lines = filled(OIL, 450)
    sheet.lines(lines[:1], 72, y)
    sheet.turn()
    caption = "Fig. 1. The price of light over four winters."
    sheet.canvas.rect(72, 842 - 200, 300, 130)
    for number in range(4):
        sheet.at(76, 90 + 25 * number, str(100 - 20 * number), 6)
        sheet.at(120 + 60 * number, 192, str(1890 + number), 6)
    sheet.at(200, 100, "Upper town", 7)
    sheet.at(72, 216, caption, 9)
    y = sheet.lines(lines[1:], 72, 250) + 8
    sheet.paragraph(SNOW, y=y)
    book = read(sheet.save())
    assert OIL in paragraphs(book)
    assert any(OIL in " ".join(passage.text.split()) for passage in book.passages)
    assert caption in paragraphs(book)
    check_places(book, sheet.runs)


@pytest.mark.parametrize("numbered", [False, True])
def test_references_that_hang_are_an_entry_each(numbered: bool, tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    texts = [f"[{n}] {text}" for n, text in enumerate(REFERENCES, 1)] if numbered else REFERENCES
    y = sheet.paragraph(MILL)
    sheet.at(72, y + 12, "References", 13, BOLD)
    entries(sheet, 72, y + 36, 400, texts)
    book = read(sheet.save())
    assert paragraphs(book) == [MILL, "References", *texts]
    check_places(book, sheet.runs)


def test_a_word_list_in_two_columns_with_guide_words(tmp_path: Path, read: Read) -> None:
    words = [
        "harbour noun. A place where boats lie, in the shelter of a wall or a hill.",
        "hasp noun. A hinged metal fastening for a door or lid, secured by a pin.",
        "haul verb. To pull with effort. The men hauled the trunks on board.",
        "hazel noun. 1. A shrub with nuts that are eaten. 2. A colour between brown and green.",
        "hearth noun. The floor of a fireplace, and so the home of a family.",
        "heath noun. Open land with low shrubs; the shrub itself, used for brooms.",
    ]
    sheet = Sheet(tmp_path / "a.pdf")
    for page in range(5):
        own = words[page:] + words[:page]
        for guide, x in ((own[0], LEFT), (own[-1], 500.0)):
            sheet.at(x, 50, guide.split(" ")[0], 12, BOLD)
        centred(sheet, WIDTH / 2, 50, str(200 + page), 9)
        for x in (LEFT, RIGHT):
            entries(sheet, x, 90, COLUMN, own)
        sheet.turn()
    book = read(sheet.save())
    expected = [text for page in range(5) for _ in range(2) for text in words[page:] + words[:page]]
    assert paragraphs(book) == expected
    assert [page.label for page in book.pages] == ["200", "201", "202", "203", "204"]


def test_first_lines_that_stand_in_begin_paragraphs_as_before(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    y = 90.0
    for text in (MILL, OIL, SNOW, ROAD, LAMP):
        lines = filled(text, 450, indent=14)
        sheet.at(86, y, lines[0])
        y = sheet.lines(lines[1:], 72, y + 13)
    assert paragraphs(read(sheet.save())) == [MILL, OIL, SNOW, ROAD, LAMP]


@pytest.mark.parametrize("gap", [12.0, 34.0])
def test_numbers_of_lines_belong_to_no_sentence(gap: float, tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    numbers = []
    for texts in ((MILL, OIL, SNOW), (ROAD, LAMP, MILL)):
        y = 90.0
        count = 0
        for text in texts:
            for line in filled(text, 380, 12):
                count += 1
                numbers.append(str(count))
                wide = float(stringWidth(str(count), ROMAN, 7))
                sheet.at(110 - gap - wide, y, str(count), 7)
                sheet.at(110, y, line, 12)
                y += 24
            y += 12
        sheet.turn()
    book = read(sheet.save())
    assert paragraphs(book) == [MILL, OIL, SNOW, ROAD, LAMP, MILL]
    assert len(numbers) > 20


def test_verse_numbered_by_fives(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    lines = [
        "The miller had a lamp of tin and lit it when the boats",
        "Came slowly up the harbour wall with all their heavy coats",
        "Of salt and tar and winter rain that nobody could dry",
        "Before the second Sunday came and put the oven by",
    ] * 6
    for number, line in enumerate(lines, 1):
        sheet.at(100, 80 + 15 * number, line, 11)
        if number % 5 == 0:
            sheet.at(460, 80 + 15 * number, str(number), 9)
    book = read(sheet.save())
    assert not any(letter.isdigit() or letter == "|" for letter in book.text)


def test_the_first_column_of_a_table_is_no_count_of_lines(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    for number in range(1, 13):
        for x, cell in ((72, str(number)), (120, f"The lamp of street {number * 7}"), (330, "oil")):
            sheet.at(x, 80 + 15 * number, cell)
    book = read(sheet.save())
    assert "3 | The lamp of street 21 | oil" in paragraphs(book)


def test_a_chapter_whose_number_is_that_of_its_page(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    texts = [MILL, OIL, SNOW, ROAD]
    for number, text in enumerate(texts, 1):
        sheet.at(72, 90, f"{number} The Price of {('Oil', 'Snow', 'Road', 'Mill')[number - 1]}", 17)
        sheet.paragraph(text, y=130)
        if number % 2:
            sheet.at(290, 800, str(number))
        else:
            sheet.at(500, 50, str(number))
        sheet.turn()
    book = read(sheet.save())
    assert book.titles == [
        "1 The Price of Oil",
        "2 The Price of Snow",
        "3 The Price of Road",
        "4 The Price of Mill",
    ]
    assert [page.label for page in book.pages] == ["1", "2", "3", "4"]


def test_the_margins_of_a_paper_of_two_pages(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    for number, text in enumerate((MILL, OIL)):
        sheet.at(72, 40, "Journal of Harbours, vol. 12", 8)
        sheet.at(290, 800, str(17 + number), 9)
        y = sheet.paragraph(text)
        sheet.paragraph((SNOW, ROAD)[number], y=y)
        sheet.turn()
    book = read(sheet.save())
    assert paragraphs(book) == [MILL, SNOW, OIL, ROAD]
    assert [page.label for page in book.pages] == ["17", "18"]


def test_headings_in_bold_of_the_size_of_the_text(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    y = 90.0
    sheet.at(72, y, "The Price of Light", 18, BOLD)
    y = sheet.paragraph(OIL, y=y + 24) + 6
    for title, text in (("Data and materials", MILL), ("Lamps", SNOW), ("What was found", ROAD)):
        sheet.at(72, y, title, 10, BOLD)
        y = sheet.paragraph(text, y=y + 16) + 6
    sheet.at(72, y, "Note the lamp:", 10, BOLD)
    sheet.paragraph(LAMP, y=y + 13)
    book = read(sheet.save())
    assert book.titles == [
        "The Price of Light",
        "Data and materials",
        "Lamps",
        "What was found",
    ]
    assert [section.level for section in book.sections] == [1, 2, 2, 2]
    assert "What was found" not in paragraphs(book)[-1]
    check_places(book, sheet.runs)


def test_verse_and_examples_end_where_the_margin_comes_back(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    y = 90.0
    lines = filled(MILL, 450, indent=14)
    sheet.at(86, y, lines[0])
    y = sheet.lines(lines[1:], 72, y + 13)
    sheet.at(86, y, "The children sang:")
    verse = ["The miller had a lamp of tin,", "And lit it when the boats came in,"]
    y = sheet.lines(verse, 150, y + 18) + 3
    sheet.paragraph(f"The priest forbade it. {ROAD}", y=y)
    found = paragraphs(read(sheet.save()))
    assert found[:2] == [MILL, "The children sang:"]
    assert " ".join(found[2:-1]) == " ".join(verse)
    assert found[-1] == f"The priest forbade it. {ROAD}"


def test_words_set_close_without_a_space_are_words(tmp_path: Path, read: Read) -> None:
    raw = Raw()
    font = raw.font()
    line = (
        "[(They saw) -320 (that the snow) -330 (fell over the valle) 10 (y) 65 (.) -310 (She)] TJ"
    )
    content = f"BT /F1 10 Tf 72 700 Td 14 TL {line} T* (left the mill to her cousin.) Tj ET"
    book = read(raw.save(tmp_path / "a.pdf", raw.pages([content], {"F1": font})))
    assert " ".join(book.text.split()) == (
        "They saw that the snow fell over the valley. She left the mill to her cousin."
    )


def test_several_raised_marks_in_a_row_belong_to_no_sentence(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    y = sheet.paragraph(MILL)
    end = sheet.at(72, y, "The oil was sold above the market")
    end = sheet.at(end, y - 4, "2,3", 6)
    end = sheet.at(end + 2.5, y, "and nowhere else")
    end = sheet.at(end, y - 4, "4–7", 6)
    sheet.at(end, y, ". It was dear.")
    found = paragraphs(read(sheet.save()))
    assert found[1] == "The oil was sold above the market and nowhere else. It was dear."


def test_a_short_list_of_figures_is_no_text(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.at(72, 90, "List of Figures", 16, BOLD)
    for number, title in enumerate(("The harbour from the road", "The mill and its two wheels")):
        y = 130 + 16.0 * number
        end = sheet.at(72, y, f"1.{number + 1} {title}")
        dots = " ." * int((500 - end) / float(stringWidth(" .", ROMAN, 10)))
        sheet.at(505, y, str(number + 4))
        sheet.at(end, y, dots)
    sheet.turn()
    sheet.paragraph(MILL)
    book = read(sheet.save())
    assert [" ".join(passage.text.split()) for passage in book.passages] == [MILL]


def test_a_formula_above_the_line_is_no_note_in_the_margin(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    y = sheet.paragraph(MILL)
    end = sheet.at(72, y + 2, "L(t) = at +")
    sheet.at(
        end + 20, y + 4.5, "w(s) where a is the rate of the wick and b is that of the wind, or"
    )
    sheet.paragraph("so the surveyor thought. He was wrong.", y=y + 18)
    text = " ".join(read(sheet.save()).text.split())
    assert text.index("L(t)") < text.index("w(s)")


def test_a_table_across_two_columns_keeps_its_rows(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    caption = "Table 1: Barrels of oil over five winters, by town, as they were counted."
    sheet.at(LEFT, 80, caption, 9)
    rows = [
        ["Town", "1890", "1891", "1892", "1893", "1894"],
        ["Lower town", "412", "388", "350", "501", "477"],
        ["Upper town", "98", "102", "97", "88", "90"],
        ["Hills", "1,204", "1,187", "1,340", "998", "1,011"],
    ]
    for number, row in enumerate(rows):
        for x, cell in zip((60, 190, 250, 320, 400, 480), row, strict=True):
            sheet.at(x, 102 + 14 * number, cell, 9)
    text = f"{MILL} {OIL} {SNOW} {ROAD}"
    lines = filled(text, COLUMN)
    half = len(lines) // 2
    sheet.lines(lines[:half], LEFT, 190)
    sheet.lines(lines[half:], RIGHT, 190)
    book = read(sheet.save())
    named = [
        " | ".join(f"{name}: {cell}" for name, cell in zip(rows[0], row, strict=True))
        for row in rows[1:]
    ]
    assert paragraphs(book) == [caption, " | ".join(rows[0]), *named, text]
    check_places(book, sheet.runs)
