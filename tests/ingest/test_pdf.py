"""PDF, typeset here: text as it reads, where it stands, and files that cannot be read."""

import json
import os
import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from reportlab.lib import pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

import ingest
from ingest import boxes
from ingest.books import pdf_flow
from ingest.books.pdfium import render
from ingest.records import Notice, Section
from tests.ingest.conftest import Book, Read

FONT, SIZE, LEAD = "Times-Roman", 11.0, 14.0
WIDTH, HEIGHT = A4
PROSE = (
    "The ferry left at seven in the morning, and by noon the whole village knew that Ines Valverde "
    "had taken it. She had sold the mill to her cousin, packed two trunks of letters, and told "
    "nobody where she meant to go. Her brother Tomas, who kept the accounts of the harbour, found "
    "the note under the salt jar on the third day. He read it twice and put it back."
)
OTHER = (
    "Letters came in autumn, two of them, from a town that neither he nor the postman had heard "
    "of. One held a pressed leaf and a bill for lamp oil. The other was addressed in a strange "
    "hand, and Tomas kept it unopened on the shelf above the stove until the first snow fell."
)
THIRD = (
    "Nothing happened for a long time after that. The mill was let to a man from the hills who "
    "ground chestnuts and played the accordion badly, and the children stopped asking about the "
    "woman with the trunks. Only the priest wrote her name each year in the book of the absent."
)


def filled(text: str, width: float, size: float = SIZE, indent: float = 0.0) -> Iterator[str]:
    """`text` in lines that fill `width` points; the first is shorter by `indent`."""
    line = ""
    room = width - indent
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and stringWidth(longer, FONT, size) > room:
            yield line
            line, room = word, width
        else:
            line = longer
    yield line


def endless(count: int, seed: int = 1) -> str:
    """Prose of `count` sentences, none like another."""
    chance = random.Random(seed)
    words = [*PROSE.lower().split(), *OTHER.lower().split(), *THIRD.lower().split()]
    plain = [word.strip(".,") for word in words]
    sentences = (" ".join(chance.sample(plain, 14)) for _ in range(count))
    return " ".join(f"{sentence[0].upper()}{sentence[1:]}." for sentence in sentences)


class Sheet:
    """Typesets lines from the top of a page downwards."""

    def __init__(self, path: Path, **options: object) -> None:
        self.canvas = Canvas(str(path), pagesize=A4, invariant=1, **options)
        self.y = HEIGHT - 90

    def line(self, text: str, x: float = 72.0, size: float = SIZE, lead: float = LEAD) -> None:
        """One line."""
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.y, text)
        self.y -= lead

    def paragraph(
        self,
        text: str,
        x: float = 72.0,
        width: float = 450.0,
        indent: float = 0.0,
        gap: float = 8.0,
    ) -> None:
        """A paragraph, with an indent or a gap after it."""
        for number, line in enumerate(filled(text, width, indent=indent)):
            self.line(line, x + (indent if number == 0 else 0))
        self.y -= gap

    def at(self, x: float, y: float, text: str, size: float = SIZE) -> None:
        """Text anywhere: x from the left, y from the top."""
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, HEIGHT - y, text)

    def turn(self) -> None:
        """Begin the next page."""
        self.canvas.showPage()
        self.y = HEIGHT - 90

    def save(self) -> None:
        """Write the file."""
        self.canvas.save()


def paragraphs(book: Book) -> list[str]:
    """The text of a book, a paragraph each."""
    return [part for part in book.text.split("\n\n") if part.strip()]


def test_paragraphs_are_joined_from_lines(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    for text in (PROSE, OTHER, THIRD):
        sheet.paragraph(text)
    sheet.save()
    book = read(tmp_path / "a.pdf")
    assert paragraphs(book) == [PROSE, OTHER, THIRD]
    assert (book.source.kind, book.source.language, book.source.title) == ("pdf", "en", "A")


def test_paragraphs_are_told_by_their_indent(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    for text in (PROSE, OTHER, "“Yes,” he said.", THIRD, PROSE):
        sheet.paragraph(text, indent=18, gap=0)
    sheet.save()
    assert paragraphs(read(tmp_path / "a.pdf")) == [PROSE, OTHER, "“Yes,” he said.", THIRD, PROSE]


def test_words_broken_at_a_line_end_are_whole_again(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    for line in (
        "The well-known keeper of the light was a remark-",
        "able man. He wrote down the hour of every well-",
        "known ship that he saw between 1890-",
        "1910 and never once was he found asleep in his chair.",
    ):
        sheet.line(line)
    sheet.save()
    text = read(tmp_path / "a.pdf").text
    assert "a remarkable man." in text
    assert "every well-known ship" in text
    assert "1890-1910" in text


def test_columns_are_read_one_after_the_other(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.line("A title that runs across both of the columns of this page", size=18, lead=40)
    top = sheet.y
    # Painted row by row, so that only the places tell the columns.
    left = [line for text in (PROSE, OTHER) for line in filled(text, 210)]
    right = [line for text in (THIRD, PROSE) for line in filled(text, 210)]
    for a, b in zip(left, right, strict=False):
        sheet.at(72, HEIGHT - sheet.y, a)
        sheet.at(312, HEIGHT - sheet.y, b)
        sheet.y -= LEAD
    for rest in right[len(left) :]:
        sheet.at(312, HEIGHT - sheet.y, rest)
        sheet.y -= LEAD
    for rest in left[len(right) :]:
        sheet.at(72, HEIGHT - sheet.y, rest)
        sheet.y -= LEAD
    assert sheet.y < top
    sheet.save()
    book = read(tmp_path / "a.pdf")
    flat = " ".join(book.text.split())
    assert flat.endswith(" ".join([PROSE, OTHER, THIRD, PROSE]))
    assert flat.startswith("A title that runs across")


def novel(path: Path, pages: int, **options: object) -> None:
    """Pages of running text with a running head and a number; a paragraph crosses each page end."""
    sheet = Sheet(path, **options)
    lines = list(filled(endless(25 * pages), 450))
    each = len(lines) // pages
    for number in range(pages):
        sheet.at(72, 50, "THE SALT JAR" if number % 2 else "IMOGEN HALE")
        sheet.at(290, 800, str(number + 7))
        for line in lines[number * each : (number + 1) * each if number + 1 < pages else None]:
            sheet.line(line)
        sheet.turn()
    sheet.save()


def test_running_heads_and_numbers_are_left_out_and_pages_join(tmp_path: Path, read: Read) -> None:
    novel(tmp_path / "a.pdf", 6)
    book = read(tmp_path / "a.pdf")
    assert " ".join(book.text.split()) == endless(150)
    assert [page.label for page in book.pages] == ["7", "8", "9", "10", "11", "12"]
    assert [page.number for page in book.pages] == [1, 2, 3, 4, 5, 6]
    crossing = [
        (a, b)
        for passage in book.passages
        for a, b in passage.sentences
        if any(a < page.end < b for page in book.pages)
    ]
    assert len(crossing) >= 3


def test_heads_that_change_with_the_chapter_are_told_by_their_number(
    tmp_path: Path, read: Read
) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    lines = list(filled(endless(120), 450))
    for number, head in enumerate(["The Ferry", "The Mill", "Snow", "The Letter", "Oil"]):
        sheet.at(72, 50, f"{head}   {number + 3}" if number % 2 else f"{number + 3}   {head}")
        for line in lines[number * 20 : number * 20 + 20]:
            sheet.line(line)
        sheet.turn()
    sheet.save()
    book = read(tmp_path / "a.pdf")
    assert " ".join(book.text.split()) == " ".join(lines[:100])
    assert [page.label for page in book.pages] == ["3", "4", "5", "6", "7"]


def test_footnotes_and_their_marks_cut_no_sentence(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.paragraph(PROSE)
    lines = list(filled(OTHER, 450))
    sheet.line(lines[0])
    end = 72 + stringWidth(lines[0], FONT, SIZE)
    sheet.at(end, HEIGHT - sheet.y - LEAD - 5, "1", size=7)
    sheet.at(72, 780, "1 To a cousin, who never paid.", size=8)
    sheet.turn()
    for line in lines[1:]:
        sheet.line(line)
    sheet.y -= 8
    sheet.paragraph(THIRD)
    sheet.save()
    book = read(tmp_path / "a.pdf")
    assert paragraphs(book) == [PROSE, "1 To a cousin, who never paid.", OTHER, THIRD]
    assert "1 To a cousin, who never paid." in [p.text for p in book.passages]


def test_lines_that_differ_in_figures_alone_are_no_running_heads(
    tmp_path: Path, read: Read
) -> None:
    """A report that says the same of each berth, below a head that counts its pages."""
    sheet = Sheet(tmp_path / "a.pdf")
    berths = [
        f"On berth {n} the crane of type {n % 7} moved {n * 3} containers in {n % 59} days of June."
        for n in range(100, 108)
    ]
    for number, berth in enumerate(berths, 1):
        head = f"The harbour of Velsen, its berths and cranes, in 2019, page {number}, draft"
        sheet.at(72, 50, head)
        sheet.y = HEIGHT - 90
        sheet.line(berth)
        sheet.line("Nobody was hurt.")
        sheet.turn()
    sheet.save()
    book = read(tmp_path / "a.pdf")
    assert book.sentences == [each for berth in berths for each in (berth, "Nobody was hurt.")]
    assert [page.label for page in book.pages] == [str(n) for n in range(1, 9)]


def test_a_word_beside_a_single_narrow_letter_is_read(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.at(72, 200, "Ferries")
    sheet.at(300, 202, "i", size=5)
    sheet.at(300, 400, "Mills")
    sheet.save()
    assert read(tmp_path / "a.pdf").text.split() == ["Ferries", "i", "Mills"]


def test_a_single_page_keeps_its_first_and_last_line(tmp_path: Path, read: Read) -> None:
    novel(tmp_path / "a.pdf", 1)
    assert read(tmp_path / "a.pdf").text.startswith("IMOGEN HALE")


def test_printed_labels_come_from_the_file_where_it_has_them(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.canvas.addPageLabel(0, style="ROMAN_LOWER", start=1)
    sheet.canvas.addPageLabel(2, style="ARABIC", start=1)
    for text in (PROSE, OTHER, THIRD, PROSE):
        sheet.paragraph(text)
        sheet.turn()
    sheet.save()
    book = read(tmp_path / "a.pdf")
    assert [page.label for page in book.pages] == ["i", "ii", "1", "2"]
    assert {p.locator.page_label for p in book.passages} > {"i", "2"}


def test_the_outline_makes_chapters_where_they_stand(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    for number, (title, text) in enumerate(
        [("The Ferry", PROSE), ("The Mill", OTHER), ("Snow", THIRD)]
    ):
        sheet.canvas.bookmarkPage(title)
        sheet.canvas.addOutlineEntry(title, title, level=0)
        sheet.line(f"Chapter {number + 1}: {title}" if number else title, lead=30)
        sheet.paragraph(text)
        if number == 1:
            sheet.turn()
    sheet.save()
    book = read(tmp_path / "a.pdf")
    assert [(s.title, s.kind) for s in book.sections] == [
        ("The Ferry", "body"),
        ("The Mill", "body"),
        ("Snow", "body"),
    ]
    assert [p.text for p in book.passages] == [PROSE, OTHER, THIRD]
    assert [p.locator.chapter for p in book.passages] == ["The Ferry", "The Mill", "Snow"]
    assert [p.locator.page for p in book.passages] == [1, 1, 2]


def test_headings_make_chapters_where_there_is_no_outline(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.line("The Salt Jar", size=26, lead=60)
    sheet.turn()
    for title, text in [
        ("Chapter 1", PROSE),
        ("On the nature of mills", OTHER),
        ("Chapter 3", THIRD),
    ]:
        sheet.line(title, size=16, lead=34)
        sheet.paragraph(text)
        sheet.paragraph(PROSE)
    sheet.save()
    book = read(tmp_path / "a.pdf")
    assert book.titles == ["Chapter 1", "On the nature of mills", "Chapter 3"]
    assert not any(p.text.startswith(("Chapter", "On the")) for p in book.passages)


@pytest.mark.slow
def test_many_pages_without_chapters_come_in_sections(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    for number in range(40):
        sheet.paragraph(endless(5, number))
        sheet.turn()
    sheet.save()
    book = read(tmp_path / "a.pdf")
    assert [len(s.pages) for s in book.sections] == [16, 16, 8]
    whole = list(ingest.read(tmp_path / "a.pdf"))
    assert list(ingest.read(tmp_path / "a.pdf", ingest.ReadRequest(start_section=1))) == [
        whole[0],
        *whole[2:],
    ]


def test_each_character_has_its_place_on_the_page(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.at(100, 200, "Anchor words here.")
    sheet.at(100, 400, "And more below them.")
    sheet.save()
    book = read(tmp_path / "a.pdf")
    (page,) = book.pages
    cells = boxes.unpack(page.boxes)
    assert len(cells) == page.end - page.start == len(book.text)
    at = book.text.index("words")
    (box,) = boxes.lines(cells[at : at + 5])
    before = stringWidth("Anchor ", FONT, SIZE)
    assert box[0] * WIDTH == pytest.approx(100 + before, abs=1.5)
    assert box[2] * WIDTH == pytest.approx(100 + before + stringWidth("words", FONT, SIZE), abs=1.5)
    assert box[1] * HEIGHT < 200 < box[3] * HEIGHT + 1
    assert (box[3] - box[1]) * HEIGHT < 2 * SIZE
    assert len(boxes.lines(cells)) == 2
    assert not cells[book.text.index(" ")].any()


def ink(path: Path, number: int, box: tuple[float, float, float, float]) -> float:
    """The share of a page's dark pixels that lies inside a box."""
    width, height, rgba = render(path, number, 800)
    dark = np.frombuffer(rgba, np.uint8).reshape(height, width, 4)[:, :, 0] < 128
    left, top, right, bottom = box
    inside = dark[
        int(top * height) : int(bottom * height) + 1, int(left * width) : int(right * width) + 1
    ]
    return float(inside.sum() / max(1, dark.sum()))


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_boxes_lie_on_the_words_as_the_page_is_shown(
    turned: int, tmp_path: Path, read: Read
) -> None:
    path = tmp_path / "a.pdf"
    sheet = Sheet(path)
    sheet.canvas.setPageRotation(turned)
    sheet.at(150, 300, "Turned words stay where they are.")
    sheet.save()
    book = read(path)
    assert book.text == "Turned words stay where they are."
    (page,) = book.pages
    found = boxes.unpack(page.boxes)
    inked = found[found.any(axis=1)]
    hull = (*(inked[:, :2].min(0) / 65535), *(inked[:, 2:].max(0) / 65535))
    assert ink(path, 1, hull) > 0.99
    assert (page.width, page.height) == pytest.approx(A4, abs=1)


def test_text_turned_on_its_page_is_read(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.canvas.rotate(90)
    sheet.canvas.setFont(FONT, SIZE)
    for number, line in enumerate(filled(PROSE, 600)):
        sheet.canvas.drawString(72, -100 - number * LEAD, line)
    sheet.save()
    assert " ".join(read(tmp_path / "a.pdf").text.split()) == PROSE


def test_a_page_picture_has_the_width_that_was_asked_for(tmp_path: Path) -> None:
    novel(tmp_path / "a.pdf", 2)
    width, height, rgba = render(tmp_path / "a.pdf", 2, 333)
    assert (width, len(rgba)) == (333, width * height * 4)
    assert height == pytest.approx(333 * HEIGHT / WIDTH, abs=2)
    assert set(rgba[3::4]) == {255}
    assert min(rgba[0::4]) < 100 < max(rgba[0::4])
    with pytest.raises(ingest.IngestError, match="no page 3"):
        render(tmp_path / "a.pdf", 3, 333)


def scan(sheet: Sheet) -> None:
    """A page that is a picture."""
    sheet.canvas.rect(100, 100, 300, 500, fill=1)


@pytest.mark.slow
def test_a_scan_says_that_it_has_no_text(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    for _ in range(3):
        scan(sheet)
        sheet.turn()
    sheet.save()
    with pytest.raises(ingest.NoTextError, match="3 pages") as caught:
        list(ingest.read(tmp_path / "a.pdf"))
    assert caught.value.hint


@pytest.mark.slow
def test_pages_without_text_are_named(tmp_path: Path, read: Read) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    for number in range(5):
        if number in (0, 3):
            scan(sheet)
        elif number != 2:
            sheet.paragraph(PROSE)
        sheet.turn()
    sheet.save()
    book = read(tmp_path / "a.pdf")
    (notice,) = book.notices
    assert (notice.code, notice.pages) == ("pages_without_text", (1, 4))
    assert [page.number for page in book.pages] == [1, 2, 3, 4, 5]
    assert [p.locator.page for p in book.passages] == [2, 5]


def test_pages_left_out_keep_their_place_and_are_named(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    for text in (PROSE, OTHER, THIRD):
        sheet.paragraph(text)
        sheet.turn()
    sheet.save()
    told: list[tuple[int, int, str]] = []
    records = list(
        ingest.read(
            tmp_path / "a.pdf",
            ingest.ReadRequest(
                left_out=frozenset([2, 9]), report=lambda *where: told.append(where)
            ),
        )
    )
    pages = [page for record in records if isinstance(record, Section) for page in record.pages]
    text = "".join(record.text for record in records if isinstance(record, Section))
    assert [(page.number, page.label) for page in pages] == [(1, "1"), (2, "2"), (3, "3")]
    assert (pages[1].width, pages[1].height) == pytest.approx(A4, abs=1)
    assert not text[pages[1].start : pages[1].end].strip()
    assert text.split("\n\n") == [PROSE, THIRD]
    (notice,) = [record for record in records if isinstance(record, Notice)]
    assert (notice.code, notice.pages) == ("pages_left_out", (2,))
    assert (told[0], told[-1]) == ((0, 3, "pages"), (3, 3, "pages"))
    with pytest.raises(ingest.NoTextError, match="left out"):
        list(ingest.read(tmp_path / "a.pdf", ingest.ReadRequest(left_out=frozenset([1, 2, 3]))))


@pytest.mark.parametrize(
    ("title", "author", "expected"),
    [
        ("The Salt Jar", "Imogen Hale", ("The Salt Jar", "Imogen Hale")),
        ("untitled", "anonymous", ("My Report", "")),
        ("Microsoft Word - draft3.doc", "", ("My Report", "")),
        ("thesis_final.dvi", "unknown", ("My Report", "")),
    ],
)
def test_titles_that_say_nothing_give_way_to_the_file_name(
    title: str, author: str, expected: tuple[str, str], tmp_path: Path, read: Read
) -> None:
    sheet = Sheet(tmp_path / "my-report.pdf")
    sheet.canvas.setTitle(title)
    sheet.canvas.setAuthor(author)
    sheet.paragraph(PROSE)
    sheet.save()
    source = read(tmp_path / "my-report.pdf").source
    assert (source.title, source.author) == expected


def test_a_password_is_named_as_the_reason(tmp_path: Path, read: Read) -> None:
    locked = pdfencrypt.StandardEncryption("secret", "owner", strength=128)
    novel(tmp_path / "a.pdf", 1, encrypt=locked)
    with pytest.raises(ingest.EncryptedFileError, match="password"):
        list(ingest.read(tmp_path / "a.pdf"))
    open_to_readers = pdfencrypt.StandardEncryption("", "owner", strength=128)
    novel(tmp_path / "b.pdf", 1, encrypt=open_to_readers)
    assert read(tmp_path / "b.pdf").passages


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95])
def test_a_cut_off_pdf_is_damaged(share: float, tmp_path: Path) -> None:
    novel(tmp_path / "a.pdf", 4)
    data = (tmp_path / "a.pdf").read_bytes()
    (tmp_path / "cut.pdf").write_bytes(data[: int(len(data) * share)])
    with pytest.raises(ingest.DamagedFileError):
        list(ingest.read(tmp_path / "cut.pdf"))


def test_bytes_before_the_header_do_not_matter(tmp_path: Path, read: Read) -> None:
    novel(tmp_path / "a.pdf", 1)
    path = tmp_path / "كتاب 📚.txt"
    path.write_bytes(b"\n\n" + (tmp_path / "a.pdf").read_bytes())
    assert ingest.sniff(path) == "pdf"
    assert read(path).source.title == "كتاب 📚"


def test_ligatures_are_spelt_out_and_share_their_box() -> None:
    text, cells = pdf_flow.plain("e\ufb03cient\u00ad o\ufb01", np.arange(12, dtype=np.int32)[:11])
    assert text == "efficient ofi"
    page = np.tile(np.array([[0, 10, 0, 20]], np.uint16), (11, 1))
    page[:, 0] = np.arange(11) * 300
    page[:, 2] = page[:, 0] + 300
    found = pdf_flow.boxes_of(cells, page)
    assert len(found) == len(text)
    assert found[1:4, [0, 2]].tolist() == [[300, 400], [400, 500], [500, 600]]
    for before, after in pairwise(found.tolist()):
        assert before[0] < after[0]


CORPUS = Path(os.environ.get("WORKBENCH_CORPUS", Path(__file__).parents[3] / "shared" / "data"))


@pytest.mark.corpus
def test_known_pages_are_read_word_for_word(read: Read) -> None:
    folder = CORPUS / "pdf"
    if not folder.is_dir():
        pytest.skip(f"the evaluation data is not at {CORPUS}; set WORKBENCH_CORPUS")
    wanted = [
        json.loads(line)
        for line in (folder / "frankenstein-pages.jsonl").read_text("utf-8").splitlines()
    ]
    book = read(folder / "frankenstein-pages.pdf")
    for page, known in zip(book.pages, wanted, strict=True):
        # Nobody can tell a hyphen at a line's end from that of a word seen nowhere else.
        parts = book.text[page.start : page.end].replace("-", "").split("\n\n")
        wanted_parts = [part.replace("-", "") for part in known["paragraphs"]]
        assert [part.strip() for part in parts if part.strip()] == wanted_parts
        assert page.label == str(known["page"])
