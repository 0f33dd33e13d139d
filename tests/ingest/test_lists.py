"""Lists: the text has their words and numbers, the section their bullets beside it."""

from pathlib import Path

import pytest

from ingest.books.numerals import numeral
from tests.ingest.conftest import Book, Read
from tests.ingest.test_epub import body, book
from tests.ingest.test_word import W, docx, p

MARKDOWN = """# Packing

Bring these things, and count them twice before the ferry leaves.

- rope
- two sacks of salt, which
  are heavy

  Keep them dry.
  - fine
  - coarse
- a lamp

Then do this in the order given.

3. Close the door.
3. Lock it.
   a word more
10) Go down.

* [x] asked
* [ ] paid
"""
ITEMS = [
    ("rope", 1, "•"), ("two sacks of salt, which are heavy", 1, "•"), ("Keep them dry.", 1, ""),
    ("fine", 2, "•"), ("coarse", 2, "•"), ("a lamp", 1, "•"), ("3. Close the door.", 1, ""),
    ("4. Lock it. a word more", 1, ""), ("10) Go down.", 1, ""), ("asked", 1, "☑"),
    ("paid", 1, "☐"),
]  # fmt: skip
HTML = """<html><head><title>Packing</title></head><body><article><h1>Packing</h1>
<p>Bring these things, and count them twice before the ferry leaves in the morning.</p>
<ul><li>rope</li><li><p>two sacks</p><p>Keep them dry.</p><ul><li>fine</li></ul>at home</li></ul>
<ol start="3" type="i"><li>Close the door.</li><li>Lock it.</li><li value="9">Go down.</li></ol>
<ol><li><h2>A heading</h2><p>The ferry left at seven in the morning.</p></li></ol>
<p>All the others came later.</p></article></body></html>"""
NUMBERING = (
    f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0">'
    '<w:start w:val="2"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
    '<w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId="6">'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>'
    '</w:abstractNum><w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="Steps"/>'
    '</w:abstractNum><w:abstractNum w:abstractNumId="8"><w:styleLink w:val="Steps"/>'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1)"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="1">'
    '<w:abstractNumId w:val="5"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="6"/></w:num></w:numbering>'
)


def items(found: Book) -> list[tuple[str, int, str]]:
    """The paragraphs of the lists of a source, as the text has them."""
    return [
        (found.text[at:].split("\n\n", 1)[0], depth, mark)
        for section in found.sections
        for at, depth, mark in section.items
    ]


def test_lists_of_markdown_keep_their_bullets_beside_the_text(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "packing.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    found = read(path)
    assert items(found) == ITEMS
    assert "Keep them dry.\n\nfine\n\ncoarse" in found.text
    assert "•" not in found.text


def test_lists_of_web_pages_keep_their_bullets_beside_the_text(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "packing.html"
    path.write_text(HTML, encoding="utf-8")
    assert items(read(path)) == [
        ("rope", 1, "•"), ("two sacks", 1, "•"), ("Keep them dry.", 1, ""), ("fine", 2, "•"),
        ("at home", 1, ""), ("iii. Close the door.", 1, ""), ("iv. Lock it.", 1, ""),
        ("ix. Go down.", 1, ""), ("The ferry left at seven in the morning.", 1, ""),
    ]  # fmt: skip


def test_contents_of_a_book_are_lists_without_numbers(tmp_path: Path, read: Read) -> None:
    text = "<h1>One</h1><p>The ferry left at seven in the morning.</p><ol><li>Lock it.</li></ol>"
    contents = "<nav><ol><li>The Ferry<ol><li>At Seven</li></ol></li></ol></nav>"
    path = book(tmp_path / "f.epub", {"n.xhtml": body(contents), "a.xhtml": body(text)})
    assert items(read(path)) == [("The Ferry", 1, ""), ("At Seven", 2, ""), ("1. Lock it.", 1, "")]


def test_lists_of_word_documents_are_counted_as_word_counts(tmp_path: Path, read: Read) -> None:
    def listed(text: str, id: int, level: int = 0) -> str:
        said = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{id}"/></w:numPr>'
        return p(text, properties=said)

    body = (
        p("These are the things to do today.") + listed("Close the door.", 1)
        + listed("Lock it.", 1, 1) + listed("Twice.", 1, 1) + listed("Go down.", 1)
        + listed("Wait.", 1, 1) + p("Bring rope too.") + listed("rope", 2) + listed("none", 0)
        + listed("unknown", 9, 2) + listed("first", 3) + listed("second", 3)
    )  # fmt: skip
    extra = {"word/numbering.xml": NUMBERING}
    assert items(read(docx(tmp_path / "todo.docx", body, extra=extra))) == [
        ("2. Close the door.", 1, ""), ("2.a) Lock it.", 2, ""), ("2.b) Twice.", 2, ""),
        ("3. Go down.", 1, ""), ("3.a) Wait.", 2, ""), ("rope", 1, "•"), ("unknown", 3, "•"),
        ("I) first", 1, ""), ("II) second", 1, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "form", "said"),
    [(4, "1", "4"), (28, "a", "ab"), (3, "A", "C"), (1994, "i", "mcmxciv"), (0, "I", "0")],
)
def test_numbers_take_the_form_of_their_list(number: int, form: str, said: str) -> None:
    assert numeral(number, form) == said


RULES = ["Looms are oiled on Mondays.", "Wool is weighed twice.", "The lamp is put out at nine."]


def _odt_list(folder: Path) -> Path:
    from tests.ingest.marked import odf

    styles = "".join(
        f'<text:list-level-style-number text:level="{level}" style:num-format="1" '
        f'style:num-suffix="." text:display-levels="{level}"/>'
        for level in (1, 2)
    )
    inner = "".join(f"<text:list-item><text:p>{rule}</text:p></text:list-item>" for rule in RULES)
    body = (
        f'<text:list-style style:name="L">{styles}</text:list-style><text:list '
        f'text:style-name="L"><text:list-item><text:p>Order</text:p><text:list>{inner}</text:list>'
        "</text:list-item></text:list>"
    )
    return odf(folder / "a.odt", "text", body)


def _rtf_list(folder: Path) -> Path:
    path = folder / "a.rtf"
    rows = [("1.", "Order"), *((f"1.{n}.", rule) for n, rule in enumerate(RULES, 1))]
    lines = (rf"{{\listtext\pard\plain {number}\tab}}{words}\par " for number, words in rows)
    path.write_text(r"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\pard " + "".join(lines) + "}")
    return path


def _word_headings(folder: Path) -> Path:
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1">'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )

    def listed(text: str, level: int, more: str = "") -> str:
        said = f'{more}<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
        return p(text, properties=said)

    body = listed("Order", 0, '<w:outlineLvl w:val="0"/>') + "".join(listed(r, 1) for r in RULES)
    return docx(folder / "a.docx", body, extra={"word/numbering.xml": numbering})


@pytest.mark.parametrize("make", [_odt_list, _rtf_list, _word_headings])
def test_numbers_of_clauses_are_part_of_their_text(
    make: object, tmp_path: Path, read: Read
) -> None:
    assert callable(make)
    text = read(make(tmp_path)).text
    assert text.startswith("1. Order")
    for number, rule in enumerate(RULES, 1):
        assert f"1.{number}. {rule}" in text


def test_numbers_of_slides_are_counted(tmp_path: Path, read: Read) -> None:
    from pptx import Presentation
    from pptx.util import Inches

    shown = Presentation()
    slide = shown.slides.add_slide(shown.slide_layouts[6])
    frame = slide.shapes.add_textbox(*map(Inches, (1, 1, 5, 3))).text_frame
    for number, rule in enumerate(RULES):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        paragraph.text = rule
        auto = paragraph._p.get_or_add_pPr().makeelement(
            "{http://schemas.openxmlformats.org/drawingml/2006/main}buAutoNum",
            {"type": "arabicPeriod", "startAt": "4"},
        )
        paragraph._p.pPr.append(auto)
    shown.save(str(tmp_path / "a.pptx"))
    assert read(tmp_path / "a.pptx").sentences == [
        f"{number}. {rule}" for number, rule in enumerate(RULES, 4)
    ]
