"""XML of any vocabulary: paragraphs, headings, records and notes, and no tags."""

from pathlib import Path

import pytest

import ingest
from tests.ingest.conftest import Read

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LETTERS = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><titleStmt><title>Letters of Ann Lee'
    "</title><author>Ann Lee</author></titleStmt></teiHeader><text><body><div><head>To the mayor"
    "</head><p>The crane was sold <hi>without</hi> my consent<note>In 1903.</note>, Sir.</p>"
    "<!-- a remark --><lg><l>The lamps burn</l><l>until dawn</l></lg></div></body></text></TEI>"
)
_NOTES = (
    "<en-export><note><title>Interview</title><content><![CDATA[<?xml version='1.0'?>"
    "<!DOCTYPE en-note SYSTEM 'e.dtd'><en-note><div>The crane weighs forty tons.</div><div>"
    "<en-todo/>Call Bo</div></en-note>]]></content></note>"
    "<note><title>Second</title><content><![CDATA[<div>The mill was sold.</div>]]></content>"
    "</note></en-export>"
)
_OUTLINE = (
    "<opml><head><title>The book</title></head><body><outline text='Lamps' _note='Ask Ann.'>"
    "<outline text='Skerry was lit in 1886.'/></outline></body></opml>"
)
_RECORDS = (
    "<ships><ship><name>Heron</name><built>1987</built><master/></ship>"
    "<ship><name>Tern</name><built>1990</built><master>Bo Okonkwo</master></ship></ships>"
)


@pytest.mark.parametrize(
    ("xml", "title", "blocks"),
    [
        (
            _LETTERS,
            "Letters of Ann Lee",
            [
                "title: Letters of Ann Lee | author: Ann Lee",
                "To the mayor",
                "The crane was sold without my consent, Sir.",
                "The lamps burn",
                "until dawn",
                "In 1903.",
            ],
        ),
        (
            _NOTES,
            "Export",
            [
                "Interview",
                "The crane weighs forty tons.",
                "Call Bo",
                "Second",
                "The mill was sold.",
            ],
        ),
        (_OUTLINE, "The book", ["The book", "Lamps", "Ask Ann.", "Skerry was lit in 1886."]),
        (
            _RECORDS,
            "Export",
            ["name: Heron | built: 1987", "name: Tern | built: 1990 | master: Bo Okonkwo"],
        ),
    ],
)
def test_words_come_without_tags(
    xml: str, title: str, blocks: list[str], tmp_path: Path, read: Read
) -> None:
    path = tmp_path / "export.xml"
    path.write_text(_HEAD + xml, encoding="utf-8")
    assert ingest.sniff(path) == "xml"
    book = read(path)
    assert book.source.title == title
    assert book.text.split("\n\n")[:-1] == blocks


def test_fields_stand_apart_and_files_in_it_are_no_text(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.xml"
    picture = "\n".join(["/9j/4AAQSkZJRgABAQAAAQABAAD2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8U"] * 9)
    path.write_text(
        f"{_HEAD}<a><author><first>Ann</first><last>Lee</last></author><p>It burned<note>In 1903."
        "<note>Or 1904.</note></note> o<hi>il</hi>.</p>"
        f"<data>{picture}==</data></a>",
        encoding="utf-8",
    )
    book = read(path)
    assert book.source.author == "Ann Lee"
    assert book.text.split("\n\n")[:-1] == [
        "first: Ann | last: Lee",
        "It burned oil.",
        "In 1903.Or 1904.",
    ]


def test_broken_and_deep_xml_keeps_its_words(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.xml"
    path.write_text(f"{_HEAD}<a><b>The mill burns oil.</b>", encoding="utf-8")
    book = read(path)
    assert "The mill burns oil." in book.text
    assert [notice.code for notice in book.notices] == ["xml_unread"]
    path.write_text(_HEAD + "<a>" * 3000 + "The mill burns." + "</a>" * 3000, encoding="utf-8")
    assert read(path).sentences == ["The mill burns."]
