"""Lists of Markdown, HTML and Word: the text has their words, the section their marks beside it."""

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
    ("fine", 2, "•"), ("coarse", 2, "•"), ("a lamp", 1, "•"), ("Close the door.", 1, "3."),
    ("Lock it. a word more", 1, "4."), ("Go down.", 1, "10)"), ("asked", 1, "☑"), ("paid", 1, "☐"),
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


def test_markdown_lists_keep_their_marks_beside_the_text(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "packing.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    found = read(path)
    assert items(found) == ITEMS
    assert "Keep them dry.\n\nfine\n\ncoarse" in found.text
    assert "•" not in found.text


def test_lists_of_web_pages_keep_their_marks_beside_the_text(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "packing.html"
    path.write_text(HTML, encoding="utf-8")
    assert items(read(path)) == [
        ("rope", 1, "•"), ("two sacks", 1, "•"), ("Keep them dry.", 1, ""), ("fine", 2, "•"),
        ("at home", 1, ""), ("Close the door.", 1, "iii."), ("Lock it.", 1, "iv."),
        ("Go down.", 1, "ix."), ("The ferry left at seven in the morning.", 1, ""),
    ]  # fmt: skip


def test_contents_of_a_book_are_lists_without_numbers(tmp_path: Path, read: Read) -> None:
    text = "<h1>One</h1><p>The ferry left at seven in the morning.</p><ol><li>Lock it.</li></ol>"
    contents = "<nav><ol><li>The Ferry<ol><li>At Seven</li></ol></li></ol></nav>"
    path = book(tmp_path / "f.epub", {"n.xhtml": body(contents), "a.xhtml": body(text)})
    assert items(read(path)) == [("The Ferry", 1, ""), ("At Seven", 2, ""), ("Lock it.", 1, "1.")]


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
        ("Close the door.", 1, "2."), ("Lock it.", 2, "2.a)"), ("Twice.", 2, "2.b)"),
        ("Go down.", 1, "3."), ("Wait.", 2, "3.a)"), ("rope", 1, "•"), ("unknown", 3, "•"),
        ("first", 1, "I)"), ("second", 1, "II)"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "form", "said"),
    [(4, "1", "4"), (28, "a", "ab"), (3, "A", "C"), (1994, "i", "mcmxciv"), (0, "I", "0")],
)
def test_numbers_take_the_form_of_their_list(number: int, form: str, said: str) -> None:
    assert numeral(number, form) == said
