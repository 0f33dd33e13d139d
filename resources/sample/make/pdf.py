"""The sample book as a PDF, set by reportlab."""

import io
import re
from typing import Any
from xml.sax.saxutils import escape

from manuscript import ACCENT, INK, Book, curve, inline
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

from ingest.books.numerals import numeral

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
    return str(number - front) if number > front else numeral(number, "i")


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
