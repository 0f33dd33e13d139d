"""Builds the sample book's EPUB and PDF from its manuscript.

Run `python resources/sample/build.py`. The manuscript `the-trace.md` is the one source of truth;
both outputs are committed, and the same manuscript always gives the same bytes.
"""

from __future__ import annotations

import argparse
import io
import math
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    HRFlowable,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

HERE = Path(__file__).resolve().parent
MANUSCRIPT = HERE / "the-trace.md"
EPUB_NAME = "the-trace.epub"
PDF_NAME = "the-trace.pdf"

UNNUMBERED = ("Preface", "References")

# Retained effort after a delay in hours (Ebbinghaus 1885): the ornament of cover and title page.
FORGETTING = (
    (0.33, 58.2),
    (1, 44.2),
    (8.8, 35.8),
    (24, 33.7),
    (48, 27.8),
    (144, 25.4),
    (744, 21.1),
)

INLINE = re.compile(r"\[\^(?P<note>\d+)\]|\*(?P<italic>[^*]+)\*")
NOTE_LINE = re.compile(r"\[\^(\d+)\]: (.+)")

SOFT_HYPHEN = "\u00ad"
# Enough break points to keep a narrow justified column even; words not covered stay whole.
BREAKS = """
ac-cess-ible ac-quired ac-tiv-ity af-ter-wards amyg-dala ana-tom-ists ani-mals an-swered ap-para-tus
as-sem-bly be-haved book-keep-ing cal-cu-lat-ing cat-egor-ies
cere-bel-lum chem-is-try col-leagues com-pli-ca-tions com-puted con-cluded
con-denser con-nected con-sol-id-ated con-struc-tion con-tes-ted con-trolled cor-tex de-clar-at-ive
de-pends de-scribed dif-fer-ence dif-fer-ent dif-fi-culty dis-cussed dis-puted dis-tinc-tion
dis-trib-uted doc-tor-ate Ebbing-haus elec-tri-city en-tire-ly ento-rhinal epi-sode epi-sodic
equi-po-ten-ti-al-ity ev-id-ence ex-amined ex-peri-ence ex-peri-ments ex-plained ex-plor-ing
fol-lowed for-get-ting frag-ment gen-er-ally hippo-cam-pus homeo-stasis hy-po-thesis
im-port-ant in-de-pend-ence in-tel-li-gence in-ter-val in-ven-ted
labor-at-or-ies labor-at-ory learn-ing lit-er-at-ure mag-ne-sium mech-an-ism mem-or-ies mem-ory
min-utes mo-ment neigh-bours neo-cor-tex net-work net-works neuro-bi-o-lo-gist neur-ons no-body
non-de-clar-at-ive no-ticed o-ri-ginal or-din-ary par-tic-u-lar path-way pa-tient pa-tients
phil-o-sopher phil-o-soph-ers physi-olo-gists plas-ti-city post-u-late pre-vents pro-duced
prop-erty pro-teins pub-lished psy-cho-lo-gical psy-cho-lo-gist psy-cho-lo-gists psy-cho-logy
re-ceiver re-ceiv-ing re-cog-nise re-cog-nised re-col-lec-tion re-con-sol-id-a-tion re-cord-ings
re-mem-ber re-mem-bered re-mem-ber-ing re-peated re-pe-ti-tions re-ported re-sponse
re-trieval sci-ence sep-ar-ate some-thing stim-u-lus strength-ened struc-ture sub-ject sug-ges-ted
sug-ges-tion syl-lables syn-apse syn-apses syn-aptic tem-poral the-or-ists to-gether tri-angles
vo-cab-u-lary with-out won-der work-ing writ-ten
"""
HYPHENATED = {
    word.replace("-", "").lower(): [len(part) for part in word.split("-")]
    for word in BREAKS.split()
}

PAGE_WIDTH, PAGE_HEIGHT = A5
LEADING = 14.0
INNER, OUTER, TOP = 56.0, 48.0, 64.0
LINES = 33
SERIF, SERIF_ITALIC = "Times-Roman", "Times-Italic"
INK = "#1c1a17"
ACCENT = "#8a3b22"

CSS = """\
body { font-family: serif; line-height: 1.45; margin: 0 5%; }
h1 { font-weight: normal; font-size: 1.7em; line-height: 1.2; margin: 2.5em 0 1.5em; }
h1 .number { display: block; font-size: 0.6em; color: #8a3b22; margin-bottom: 0.4em; }
h2 { font-weight: normal; font-style: italic; font-size: 1.15em; margin: 1.8em 0 0.6em; }
p { margin: 0; text-indent: 1.2em; text-align: justify; hyphens: auto; }
h1 + p, h2 + p { text-indent: 0; }
sup { font-size: 0.7em; line-height: 0; }
a { color: inherit; text-decoration: none; }
sup a, aside a { color: #8a3b22; }
.footnotes { margin-top: 2.5em; border-top: 1px solid #b9b2a6; padding-top: 0.8em; }
aside { font-size: 0.85em; margin-bottom: 0.4em; }
aside p { text-indent: 0; text-align: left; }
.references p { text-indent: -1.5em; margin: 0 0 0.5em 1.5em; text-align: left; }
.title { text-align: center; }
.title h1 { font-size: 2.4em; margin: 3em 0 0.2em; }
.title p { text-indent: 0; text-align: center; margin: 0 0 1em; }
.cover { margin: 0; text-align: center; }
.cover svg { width: 100%; height: 98vh; }
"""

XHTML = """\
<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" \
lang="{language}" xml:lang="{language}">
<head>
<meta charset="utf-8"/>
<title>{title}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body>
{body}
</body>
</html>
"""

CONTAINER = """\
<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""


# --- The manuscript ---------------------------------------------------------------------------


def read_book(path: Path = MANUSCRIPT) -> Book:
    """Parses the manuscript: a metadata block, then chapters, sections, paragraphs and notes."""
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    meta = dict(line.split(": ", 1) for line in head.strip().splitlines())
    book = Book(meta)
    for line in filter(None, (line.strip() for line in body.splitlines())):
        if line.startswith("# "):
            book.add_chapter(line[2:])
        elif line.startswith("## "):
            book.chapters[-1].blocks.append(Block("section", line[3:]))
        elif note := NOTE_LINE.fullmatch(line):
            book.chapters[-1].notes.append((int(note[1]), note[2]))
        else:
            book.chapters[-1].blocks.append(Block("paragraph", line))
    return book


def inline(text: str, italic: Callable[[str], str], note: Callable[[int], str]) -> str:
    """Turns inline Markdown into XML, escaping everything else."""
    out, at = [], 0
    for match in INLINE.finditer(text):
        out.append(escape(text[at : match.start()]))
        out.append(italic(escape(match["italic"])) if match["italic"] else note(int(match["note"])))
        at = match.end()
    return "".join([*out, escape(text[at:])])


def curve(width: float, height: float) -> list[tuple[float, float]]:
    """The forgetting curve's points in a box with its origin at the lower left.

    The time axis is logarithmic, or five of the seven points would lie on the left edge.
    """
    start, end = (math.log(FORGETTING[i][0]) for i in (0, -1))
    return [
        (width * (math.log(hours) - start) / (end - start), height * saved / FORGETTING[0][1])
        for hours, saved in FORGETTING
    ]


# --- The EPUB ---------------------------------------------------------------------------------


def build_epub(book: Book) -> bytes:
    """Packs the EPUB 3, with an NCX table of contents for EPUB 2 readers."""
    files = {
        "META-INF/container.xml": CONTAINER,
        "EPUB/package.opf": package(book),
        "EPUB/nav.xhtml": navigation(book),
        "EPUB/toc.ncx": ncx(book),
        "EPUB/style.css": CSS,
        "EPUB/cover.svg": cover_svg(book),
        "EPUB/cover.xhtml": page(book, "Cover", cover_body(book)),
        "EPUB/title.xhtml": page(book, book.meta["title"], title_body(book)),
    }
    for chapter in book.chapters:
        files[f"EPUB/{chapter.file}"] = page(book, chapter.title, chapter_body(chapter))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in {"mimetype": "application/epub+zip", **files}.items():
            info = zipfile.ZipInfo(name, (2026, 1, 15, 0, 0, 0))
            # Stored, not deflated: zlib builds differ in their output, and the book is small.
            info.compress_type = zipfile.ZIP_STORED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, text.encode("utf-8"))
    return out.getvalue()


def page(book: Book, title: str, body: str) -> str:
    return XHTML.format(language=book.meta["language"], title=escape(title), body=body)


def chapter_body(chapter: Chapter) -> str:
    number = f'<span class="number">{chapter.number}</span> ' if chapter.number else ""
    kind = {"Preface": "preface", "References": "bibliography"}.get(chapter.title, "chapter")
    style = ' class="references"' if chapter.title == "References" else ""
    lines = [
        f'<section epub:type="{kind}" role="doc-{kind}"{style}>',
        f"<h1>{number}{escape(chapter.title)}</h1>",
    ]
    sections = 0
    for block in chapter.blocks:
        if block.kind == "section":
            sections += 1
            lines.append(f'<h2 id="s{sections}">{escape(block.text)}</h2>')
        else:
            lines.append(f"<p>{inline(block.text, html_italic, html_note)}</p>")
    if chapter.notes:
        lines.append('<div class="footnotes">')
        for number_, text in chapter.notes:
            lines.append(
                f'<aside epub:type="footnote" role="doc-footnote" id="fn{number_}"><p>'
                f'<a href="#fnref{number_}">{number_}</a>. '
                f"{inline(text, html_italic, html_note)}</p></aside>"
            )
        lines.append("</div>")
    return "\n".join([*lines, "</section>"])


def html_italic(text: str) -> str:
    return f"<em>{text}</em>"


def html_note(number: int) -> str:
    return (
        f'<sup><a epub:type="noteref" role="doc-noteref" id="fnref{number}" '
        f'href="#fn{number}">{number}</a></sup>'
    )


def title_body(book: Book) -> str:
    meta = {key: escape(value) for key, value in book.meta.items()}
    return (
        '<section class="title" epub:type="titlepage">\n'
        f"<h1>{meta['title']}</h1>\n<p>{meta['subtitle']}</p>\n<p>{meta['author']}</p>\n"
        f"<p>{meta['date'][:4]}</p>\n<p>{meta['rights']}</p>\n<p>{meta['figure']}</p>\n</section>"
    )


def cover_body(book: Book) -> str:
    return (
        f'<section class="cover" epub:type="cover">\n{cover_svg(book).split("?>", 1)[1].strip()}'
        "\n</section>"
    )


def cover_svg(book: Book) -> str:
    points = [(90 + x, 560 - y) for x, y in curve(420, 260)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7"/>' for x, y in points)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 900" role="img" '
        f"aria-label={quoteattr('Cover: ' + book.title)}>\n"
        '<rect width="600" height="900" fill="#f6f1e7"/>\n'
        f'<g font-family="serif" fill="{INK}" text-anchor="middle">\n'
        f'<text x="300" y="170" font-size="76">{escape(book.meta["title"])}</text>\n'
        f'<text x="300" y="222" font-size="26" font-style="italic">'
        f"{escape(book.meta['subtitle'])}</text>\n"
        f'<text x="300" y="820" font-size="24">{escape(book.meta["author"])}</text>\n</g>\n'
        f'<path d="M90 560H510" stroke="{INK}" stroke-width="1"/>\n'
        f'<polyline points="{line}" fill="none" stroke="{ACCENT}" stroke-width="3"/>\n'
        f'<g fill="{ACCENT}">{dots}</g>\n</svg>\n'
    )


def navigation(book: Book) -> str:
    """The EPUB 3 table of contents."""
    items = []
    for chapter in book.chapters:
        inner = "".join(
            f'<li><a href="{chapter.file}#s{i}">{escape(name)}</a></li>'
            for i, name in enumerate(chapter.sections, 1)
        )
        nested = f"\n<ol>{inner}</ol>" if inner else ""
        items.append(f'<li><a href="{chapter.file}">{escape(chapter.label)}</a>{nested}</li>')
    first = next(chapter for chapter in book.chapters if chapter.number)
    body = (
        '<nav epub:type="toc" role="doc-toc" id="toc">\n<h1>Contents</h1>\n<ol>\n'
        + "\n".join(items)
        + '\n</ol>\n</nav>\n<nav epub:type="landmarks" hidden="hidden">\n<h2>Landmarks</h2>\n<ol>\n'
        '<li><a epub:type="toc" href="nav.xhtml#toc">Contents</a></li>\n'
        f'<li><a epub:type="bodymatter" href="{first.file}">Start of the text</a></li>\n'
        "</ol>\n</nav>"
    )
    return page(book, "Contents", body)


def ncx(book: Book) -> str:
    """The EPUB 2 table of contents."""
    order = 0
    points = []

    def point(name: str, target: str, inner: str = "") -> str:
        return (
            f'<navPoint id="n{order}" playOrder="{order}"><navLabel><text>{escape(name)}</text>'
            f'</navLabel><content src="{target}"/>{inner}</navPoint>'
        )

    for chapter in book.chapters:
        order += 1
        mine = order
        inner = []
        for i, name in enumerate(chapter.sections, 1):
            order += 1
            inner.append(point(name, f"{chapter.file}#s{i}"))
        last, order = order, mine
        points.append(point(chapter.label, chapter.file, "".join(inner)))
        order = last
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">\n<head>\n'
        f'<meta name="dtb:uid" content={quoteattr(book.meta["identifier"])}/>\n'
        '<meta name="dtb:depth" content="2"/>\n<meta name="dtb:totalPageCount" content="0"/>\n'
        '<meta name="dtb:maxPageNumber" content="0"/>\n</head>\n'
        f"<docTitle><text>{escape(book.title)}</text></docTitle>\n<navMap>\n"
        + "\n".join(points)
        + "\n</navMap>\n</ncx>\n"
    )


def package(book: Book) -> str:
    meta = {key: escape(value) for key, value in book.meta.items()}
    items = [
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
        '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>',
        '<item id="css" href="style.css" media-type="text/css"/>',
        '<item id="cover-image" href="cover.svg" media-type="image/svg+xml"'
        ' properties="cover-image"/>',
        '<item id="cover" href="cover.xhtml" media-type="application/xhtml+xml" properties="svg"/>',
        '<item id="title" href="title.xhtml" media-type="application/xhtml+xml"/>',
    ]
    spine = ['<itemref idref="cover"/>', '<itemref idref="title"/>', '<itemref idref="nav"/>']
    for chapter in book.chapters:
        name = chapter.file.removesuffix(".xhtml")
        items.append(
            f'<item id="{name}" href="{chapter.file}" media-type="application/xhtml+xml"/>'
        )
        spine.append(f'<itemref idref="{name}"/>')
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"'
        f' xml:lang="{meta["language"]}">\n'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<dc:identifier id="id">{meta["identifier"]}</dc:identifier>\n'
        f"<dc:title>{escape(book.title)}</dc:title>\n"
        f'<dc:creator id="author">{meta["author"]}</dc:creator>\n'
        '<meta refines="#author" property="role" scheme="marc:relators">aut</meta>\n'
        f"<dc:language>{meta['language']}</dc:language>\n"
        f"<dc:date>{meta['date']}</dc:date>\n"
        f"<dc:publisher>{meta['publisher']}</dc:publisher>\n"
        f"<dc:rights>{meta['rights']}</dc:rights>\n"
        f"<dc:description>{meta['description']}</dc:description>\n"
        f'<meta property="dcterms:modified">{meta["date"]}T00:00:00Z</meta>\n'
        '<meta name="cover" content="cover-image"/>\n'
        "</metadata>\n<manifest>\n"
        + "\n".join(items)
        + '\n</manifest>\n<spine toc="ncx">\n'
        + "\n".join(spine)
        + "\n</spine>\n</package>\n"
    )


# --- The PDF ----------------------------------------------------------------------------------


def build_pdf(book: Book) -> bytes:
    """Sets the PDF, again and again until the contents page agrees with the pages it lists."""
    front, pages = 0, dict[str, int]()
    while True:
        out = io.BytesIO()
        setter = Typesetter(out, book, front)
        setter.build(story(book, front, pages))
        if (setter.front, setter.pages) == (front, pages):
            return out.getvalue()
        front, pages = setter.front, setter.pages


def page_label(number: int, front: int) -> str:
    """The label printed on a page: roman before the body, arabic from one within it."""
    return str(number - front) if number > front else roman(number)


def roman(number: int) -> str:
    out = ""
    for value, digits in ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        out += digits * (number // value)
        number %= value
    return out


def hyphenate(text: str) -> str:
    """Puts soft hyphens into the words that have known break points."""

    def breakable(match: re.Match[str]) -> str:
        word = match[0]
        parts, at = [], 0
        for length in HYPHENATED.get(word.lower(), [len(word)]):
            parts.append(word[at : at + length])
            at += length
        return SOFT_HYPHEN.join(parts)

    # Tags are left alone: a soft hyphen inside one would break it.
    return re.sub(r"(?<![<\w/&])[A-Za-z]{6,}(?![\w>;=])", breakable, text)


def pdf_italic(text: str) -> str:
    return f"<i>{text}</i>"


def pdf_note(number: int) -> str:
    return f'<super rise="4" size="6.5">{number}</super>'


def pdf_text(text: str) -> str:
    return hyphenate(inline(text, pdf_italic, pdf_note))


def style(name: str, **changes: Any) -> ParagraphStyle:
    base: dict[str, Any] = {
        "fontName": SERIF,
        "fontSize": 10.5,
        "leading": LEADING,
        "textColor": INK,
        "alignment": TA_JUSTIFY,
        "allowWidows": 0,
        "allowOrphans": 0,
    }
    return ParagraphStyle(name, **(base | changes))


def story(book: Book, front: int, pages: dict[str, int]) -> list[Flowable]:
    """Everything that is set, in order."""
    first = style("first")
    body = style("body", firstLineIndent=13)
    section = style(
        "section",
        fontName=SERIF_ITALIC,
        fontSize=12,
        alignment=TA_LEFT,
        spaceBefore=LEADING,
        spaceAfter=LEADING / 2,
    )
    number = style("number", fontSize=13, textColor=ACCENT, alignment=TA_LEFT, spaceAfter=8)
    title = style("title", fontSize=21, leading=25, alignment=TA_LEFT, spaceAfter=2 * LEADING)
    note = style(
        "note",
        fontSize=8.5,
        leading=11,
        alignment=TA_LEFT,
        leftIndent=18,
        bulletFontName=SERIF,
        bulletFontSize=8.5,
    )
    reference = style(
        "reference",
        fontSize=9,
        leading=11.5,
        alignment=TA_LEFT,
        leftIndent=14,
        firstLineIndent=-14,
        spaceAfter=3.5,
    )
    out = [*title_pages(book), *contents_page(book, front, pages)]
    for chapter in book.chapters:
        if chapter.title == "Preface" or chapter.number == 1:
            # Both begin on a right-hand page.
            out += [PageBreak(), Mark("plain"), Spacer(1, 1)]
        out += [PageBreak(), Mark("opener"), Spacer(1, 3 * LEADING)]
        out.append(Paragraph(str(chapter.number) if chapter.number else "&nbsp;", number))
        opening = Paragraph(escape(chapter.title), title)
        opening.chapter = chapter
        out.append(opening)
        fresh = True
        for block in chapter.blocks:
            if block.kind == "section":
                heading = Paragraph(escape(block.text), section)
                heading.section = block.text
                # Not keepWithNext: it would keep the whole next paragraph, and leave pages short.
                out += [CondPageBreak(6 * LEADING), heading]
            elif chapter.title == "References":
                out.append(Paragraph(inline(block.text, pdf_italic, pdf_note), reference))
            else:
                out.append(Paragraph(pdf_text(block.text), first if fresh else body))
            fresh = block.kind == "section"
        if chapter.notes:
            out.append(Spacer(1, LEADING))
            rule = HRFlowable(width=72, thickness=0.4, color=INK, hAlign="LEFT", spaceAfter=6)
            rule.keepWithNext = 1
            out.append(rule)
        for mark, text in chapter.notes:
            out.append(Paragraph(inline(text, pdf_italic, pdf_note), note, bulletText=f"{mark}."))
    return out


def title_pages(book: Book) -> list[Flowable]:
    centred = style("centred", alignment=TA_CENTER)
    small = style("small", fontSize=9, leading=12, alignment=TA_LEFT, spaceAfter=8)
    year = book.meta["date"][:4]
    imprint = [
        f"<i>{escape(book.title)}</i>",
        f"Written and published by {escape(book.meta['author'])}, {year}.",
        escape(book.meta["rights"]),
        escape(book.meta["figure"]),
        escape(book.meta["identifier"]),
    ]
    return [
        Mark("plain"),
        Spacer(1, 76),
        Paragraph(
            escape(book.meta["title"]),
            style("book", fontSize=38, leading=44, alignment=TA_CENTER, spaceAfter=8),
        ),
        Paragraph(
            f"<i>{escape(book.meta['subtitle'])}</i>",
            style("subtitle", fontSize=14, leading=18, alignment=TA_CENTER, spaceAfter=58),
        ),
        Ornament(),
        Spacer(1, 92),
        Paragraph(escape(book.meta["author"]), centred),
        Paragraph(year, centred),
        PageBreak(),
        Mark("plain"),
        Spacer(1, LEADING * LINES - 136),
        *(Paragraph(line, small) for line in imprint),
    ]


def contents_page(book: Book, front: int, pages: dict[str, int]) -> list[Flowable]:
    left = style("entry", alignment=TA_LEFT)
    rows = []
    for chapter in book.chapters:
        number = f'<font color="{ACCENT}">{chapter.number}</font>' if chapter.number else ""
        label = page_label(pages.get(chapter.title, 0), front)
        target = f'<link destination="{chapter.key}">{escape(chapter.title)}</link>'
        rows.append(
            [
                Paragraph(number, left),
                Paragraph(target, left),
                Paragraph(label, style("folio", alignment=2)),
            ]
        )
    width = PAGE_WIDTH - INNER - OUTER
    table = Table(rows, colWidths=[22, width - 62, 40], rowHeights=22)
    table.setStyle([("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0)])
    heading = style("contents", fontSize=21, leading=25, alignment=TA_LEFT, spaceAfter=2 * LEADING)
    return [
        PageBreak(),
        Mark("opener"),
        Spacer(1, 3 * LEADING),
        Paragraph("Contents", heading),
        table,
    ]


def polyline(canvas: Canvas, points: list[tuple[float, float]]) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    canvas.drawPath(path)


# --- Classes ----------------------------------------------------------------------------------


@dataclass
class Block:
    """A section heading or a paragraph."""

    kind: str
    text: str


@dataclass
class Chapter:
    """A chapter; the preface and the references have no number."""

    title: str
    number: int | None
    file: str
    blocks: list[Block] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)

    @property
    def label(self) -> str:
        return f"{self.number}. {self.title}" if self.number else self.title

    @property
    def key(self) -> str:
        return self.file.removesuffix(".xhtml")

    @property
    def sections(self) -> list[str]:
        return [block.text for block in self.blocks if block.kind == "section"]


@dataclass
class Book:
    """The parsed manuscript."""

    meta: dict[str, str]
    chapters: list[Chapter] = field(default_factory=list)

    @property
    def title(self) -> str:
        return f"{self.meta['title']}: {self.meta['subtitle']}"

    def add_chapter(self, title: str) -> None:
        numbered = [chapter for chapter in self.chapters if chapter.number]
        number = None if title in UNNUMBERED else len(numbered) + 1
        name = f"chapter-{number:02}" if number else title.lower()
        self.chapters.append(Chapter(title, number, f"{name}.xhtml"))


class Ornament(Flowable):  # type: ignore[misc]
    """The forgetting curve, drawn small."""

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.offset = (width - 190) / 2
        return width, 110

    def draw(self) -> None:
        canvas = self.canv
        canvas.translate(self.offset, 0)
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.5)
        canvas.line(0, 0, 190, 0)
        points = curve(190, 110)
        canvas.setStrokeColor(ACCENT)
        canvas.setFillColor(ACCENT)
        canvas.setLineWidth(1.2)
        polyline(canvas, points)
        for x, y in points:
            canvas.circle(x, y, 2.6, stroke=0, fill=1)


class Mark(Flowable):  # type: ignore[misc]
    """Tells the typesetter what the page it lands on is: "plain" or an "opener"."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self.what = what

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        pass


class Typesetter(BaseDocTemplate):  # type: ignore[misc]
    """Lays out the pages, and notes where each chapter begins."""

    def __init__(self, out: io.BytesIO, book: Book, front: int) -> None:
        super().__init__(
            out,
            pagesize=A5,
            title=book.title,
            author=book.meta["author"],
            subject=book.meta["rights"],
            creator=book.meta["publisher"],
            lang=book.meta["language"],
            invariant=1,
            # Uncompressed for the same reason as in the EPUB: every zlib must give these bytes.
            pageCompression=0,
        )
        self.known_front = front
        self.front = 0
        self.pages: dict[str, int] = {}
        self.openers: set[int] = set()
        self.plain: set[int] = set()
        self.running = ""
        self.running_left = book.meta["title"]
        height, width = LEADING * LINES, PAGE_WIDTH - INNER - OUTER
        bottom = PAGE_HEIGHT - TOP - height
        self.addPageTemplates(
            [
                PageTemplate(
                    name,
                    Frame(left, bottom, width, height, 0, 0, 0, 0),
                    onPageEnd=self.furniture,
                )
                for name, left in (("recto", INNER), ("verso", OUTER))
            ]
        )

    def beforeDocument(self) -> None:
        self.canv.addPageLabel(0, "ROMAN_LOWER", 1)
        if self.known_front:
            self.canv.addPageLabel(self.known_front, "ARABIC", 1)
        self.canv.showOutline()

    def afterPage(self) -> None:
        self.handle_nextPageTemplate("verso" if self.page % 2 else "recto")

    def afterFlowable(self, flowable: Flowable) -> None:
        if isinstance(flowable, Mark):
            {"plain": self.plain, "opener": self.openers}[flowable.what].add(self.page)
        elif chapter := getattr(flowable, "chapter", None):
            self.running = chapter.title
            self.pages[chapter.title] = self.page
            if chapter.number == 1:
                self.front = self.page - 1
            self.outline(chapter.label, chapter.key, 0, flowable)
        elif section := getattr(flowable, "section", None):
            self.outline(section, f"{self.running}/{section}", 1, flowable)

    def outline(self, title: str, key: str, level: int, flowable: Flowable) -> None:
        top = self.frame._y + flowable.height + LEADING
        self.canv.bookmarkPage(key, fit="XYZ", top=top)
        self.canv.addOutlineEntry(title, key, level, closed=1)

    def furniture(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        """Draws the running header, or a chapter's first page number at its foot."""
        number = self.page
        if number in self.plain:
            return
        label = page_label(number, self.known_front)
        canvas.saveState()
        canvas.setFillColor(INK)
        if number in self.openers:
            canvas.setFont(SERIF, 9.5)
            left = INNER if number % 2 else OUTER
            middle = left + (PAGE_WIDTH - INNER - OUTER) / 2
            canvas.drawCentredString(middle, 38, label)
        else:
            y = PAGE_HEIGHT - 42
            recto = number % 2 == 1
            canvas.setFont(SERIF, 9.5)
            if recto:
                canvas.drawRightString(PAGE_WIDTH - OUTER, y, label)
            else:
                canvas.drawString(OUTER, y, label)
            canvas.setFont(SERIF_ITALIC, 9.5)
            if recto:
                canvas.drawString(INNER, y, self.running)
            else:
                canvas.drawRightString(PAGE_WIDTH - INNER, y, self.running_left)
        canvas.restoreState()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, default=HERE, help="folder for the two files")
    folder = parser.parse_args().out
    book = read_book()
    for name, data in ((EPUB_NAME, build_epub(book)), (PDF_NAME, build_pdf(book))):
        (folder / name).write_bytes(data)
        print(f"{folder / name}: {len(data):,} bytes")


if __name__ == "__main__":
    main()
