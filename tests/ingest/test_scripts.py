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
    assert scripts.without_marks(text) == "10⁻⁹ m"


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


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("A pile of 2<sup>2<sup>5</sup></sup> tiles.", "A pile of 2^2⁵ tiles."),
        (
            "Some 10<span style='font-size:8px; vertical-align:super'>9</span> ants.",
            "Some 10⁹ ants.",
        ),
        ("Beans<sup>1,2</sup> and peas.", "Beans and peas."),
        ("Some 3<math><msup><mn>10</mn><mn>8</mn></msup></math> of them.", "Some 310⁸ of them."),
        (
            "<math><mi>E</mi><mo>=</mo><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow>"
            "<mn>2</mn></mfrac><msqrt><mi>x</mi></msqrt><msub><mi>a</mi><mn>1</mn></msub></math>",
            "E = (a+b)/2√xa₁",
        ),
    ],
)
def test_styles_and_formulas_of_pages(html: str, text: str) -> None:
    """Styles raise as tags do; a formula keeps its fractions, roots and powers."""
    assert [block.text for block in markup.blocks(f"<p>{html}</p>")] == [text]


def test_style_sheets_raise() -> None:
    """A class is what the style sheets, in the page or beside it, say that it is."""
    page = "<style>p.x, .hoch { vertical-align: super; }</style><p>2<i class='hoch'>16</i> hues, "
    page += "7<i class='tief'>5</i> of them, 3<i class='other'>3</i> more.</p>"
    tree = markup.parse(page, "i.tief{color:red;vertical-align:sub} .other{}")
    (block,) = markup.blocks_of([tree.body])
    assert block.text == "2¹⁶ hues, 7₅ of them, 33 more."


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("It lasts $10^{-3}$ s or $\\frac{a+b}{2c}$ s.", "It lasts 10⁻³ s or (a+b)/(2c) s."),
        ("Display $$a^2$$ here.", "Display a² here."),
        ("It costs $5 and $6, or $7-$8, and `$x^2$`.", "It costs $5 and $6, or $7-$8, and $x^2$."),
        ("Set $HOME/$USER first.", "Set $HOME/$USER first."),
    ],
)
def test_formulas_of_markdown(source: str, text: str) -> None:
    """A formula between dollars is set in plain signs, prices stay."""
    assert markdown.inline(source) == text


def _read_text(path: Path) -> str:
    from ingest.readers import read
    from ingest.records import Section

    return "".join(each.text for each in read(path) if isinstance(each, Section)).strip()


def test_styles_of_word_raise(tmp_path: Path) -> None:
    """A style of characters raises, and so does the position of a run."""
    import docx
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    document = docx.Document()
    document.styles.add_style("Hoch", WD_STYLE_TYPE.CHARACTER).font.superscript = True
    paragraph = document.add_paragraph("The jar holds 10")
    paragraph.add_run("7", style="Hoch")
    paragraph.add_run(" seeds, 2")
    position = OxmlElement("w:position")
    position.set(qn("w:val"), "6")
    paragraph.add_run("9")._r.get_or_add_rPr().append(position)
    path = tmp_path / "seeds.docx"
    document.save(str(path))
    assert _read_text(path) == "The jar holds 10⁷ seeds, 2⁹"


def test_slides_raise(tmp_path: Path) -> None:
    """A run of a slide above the line is an exponent."""
    from pptx import Presentation
    from pptx.util import Inches

    shown = Presentation()
    slide = shown.slides.add_slide(shown.slide_layouts[5])
    slide.shapes.title.text = "Seeds"
    frame = slide.shapes.add_textbox(0, Inches(2), Inches(5), Inches(1)).text_frame
    frame.text = "The jar holds 10"
    run = frame.paragraphs[0].add_run()
    run.text = "6"
    run.font._element.set("baseline", "30000")
    path = tmp_path / "seeds.pptx"
    shown.save(str(path))
    assert _read_text(path).endswith("The jar holds 10⁶")


def test_open_documents_raise(tmp_path: Path) -> None:
    """A style of OpenDocument raises or lowers by its position."""
    import zipfile

    path = tmp_path / "seeds.odt"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr(
            "content.xml",
            '<o:document-content xmlns:o="o" xmlns:s="s" xmlns:t="t"><o:automatic-styles>'
            '<s:style s:name="A"><s:text-properties s:text-position="super 58%"/></s:style>'
            '<s:style s:name="B"><s:text-properties s:text-position="-33% 58%"/></s:style>'
            '</o:automatic-styles><o:body><o:text><t:p>The jar holds 10<t:span t:style-name="A">'
            '-6</t:span> seeds, 2<t:span t:style-name="B">8</t:span>.</t:p></o:text></o:body>'
            "</o:document-content>",
        )
    assert _read_text(path) == "The jar holds 10⁻⁶ seeds, 2₈."


def test_pages_raise(tmp_path: Path) -> None:
    """What a PDF prints above the line is an exponent, the mark of a note is left out."""
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    path = tmp_path / "seeds.pdf"
    words = (
        "The jar holds 10<super>12</super> seeds and the tin 2<super>n</super> of them, each of "
        "10<super>-9</super> kg, x<super>n+1</super> in all. It was full.<super>3</super> Nobody "
        "opened the jar for the rest of that year, since nobody knew where it was."
    )
    style = getSampleStyleSheet()["BodyText"]
    SimpleDocTemplate(str(path)).build([Paragraph(words, style)])
    text = " ".join(_read_text(path).split())
    assert text.startswith("The jar holds 10¹² seeds and the tin 2ⁿ of them, each of 10⁻⁹ kg, xⁿ⁺¹")
    assert "full. Nobody" in text
