"""Exponents keep their number, in HTML, Word and Markdown."""

from pathlib import Path

import pytest

from ingest import scripts
from ingest.books import markdown, markup


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("A pail holds 3<sup>12</sup> grains.", "A pail holds 3¹² grains."),
        ("It weighs 10<sup>−4</sup> kg.", "It weighs 10⁻⁴ kg."),
        ("A field of 40 m<sup>2</sup>.", "A field of 40 m²."),
        ("The 5<sup>th</sup> door.", "The 5th door."),
        ("H<sub>2</sub>O is wet.", "H2O is wet."),
        ("Built in 1890<sub>136ya</sub> here.", "Built in 1890_136ya here."),
        ("She bought a lamp.<sup>7</sup> He paid.", "She bought a lamp. He paid."),
        ("The sum 2<sup>n</sup> and 2<sup>3x</sup>.", "The sum 2ⁿ and 2^3x."),
    ],
)
def test_html_raises_and_lowers(html: str, text: str) -> None:
    """What is raised or lowered is no part of the number before it."""
    assert [block.text for block in markup.blocks(f"<p>{html}</p>")] == [text]


@pytest.mark.parametrize(
    "source", ["It has 2<sup>40</sup> grains.", "It has 2^40^ grains.", "It has 2⁴⁰ grains."]
)
def test_markdown_raises(source: str) -> None:
    """Tags and the marks of Pandoc raise alike."""
    assert markdown.inline(source) == "It has 2⁴⁰ grains."


def test_runs_beside_each_other_are_one() -> None:
    """Word divides an exponent into runs as it likes."""
    text = f"10{scripts.UP}-{scripts.END}{scripts.UP}9{scripts.END} m"
    assert scripts.settled(text) == "10⁻⁹ m"


def test_word_raises(tmp_path: Path) -> None:
    """A raised run of a Word document is an exponent."""
    import docx

    from ingest.readers import read
    from ingest.records import Section

    document = docx.Document()
    paragraph = document.add_paragraph("The jar holds 10")
    paragraph.add_run("6").font.superscript = True
    paragraph.add_run(" seeds of poppy.")
    path = tmp_path / "seeds.docx"
    document.save(str(path))
    text = "".join(each.text for each in read(path) if isinstance(each, Section))
    assert text.strip() == "The jar holds 10⁶ seeds of poppy."
