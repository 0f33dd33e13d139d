"""The sample book as an EPUB 3."""

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

from manuscript import ACCENT, INK, Book, Chapter, curve, inline

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
