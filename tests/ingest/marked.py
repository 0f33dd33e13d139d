"""Documents of every format, made from paragraphs whose runs are set apart."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path

#: A run: its words, and how they are set: "", "struck", "up", "down", "symbol" or "hidden".
Run = tuple[str, str]
Paragraph = Sequence[Run]
Make = Callable[[Path, Sequence[Paragraph]], Path]

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RUN_PROPERTIES = {
    "": "", "struck": "<w:strike/>", "up": '<w:vertAlign w:val="superscript"/>',
    "down": '<w:vertAlign w:val="subscript"/>', "hidden": "<w:vanish/>",
    "symbol": '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>',
}  # fmt: skip


def packed(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """Write a ZIP package."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def docx(path: Path, body: str, **parts: str) -> Path:
    """A Word document with this body; `parts` are further parts by name, without suffix."""
    content = f"<w:document {_W}><w:body>{body}</w:body></w:document>"
    named = {f"word/{name}.xml": text.replace("@W", _W) for name, text in parts.items()}
    return packed(path, {"word/document.xml": content, **named})


def _word(path: Path, paragraphs: Sequence[Paragraph]) -> Path:
    def run(words: str, kind: str) -> str:
        text = f'<w:t xml:space="preserve">{escape(words)}</w:t>'
        return f"<w:r><w:rPr>{_RUN_PROPERTIES[kind]}</w:rPr>{text}</w:r>"

    body = "".join(f"<w:p>{''.join(run(*item) for item in runs)}</w:p>" for runs in paragraphs)
    return docx(path.with_suffix(".docx"), body)


_ODF_STYLES = (
    '<style:style style:name="struck"><style:text-properties '
    'style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="up"><style:text-properties style:text-position="super 58%"/>'
    '</style:style><style:style style:name="down"><style:text-properties '
    'style:text-position="sub 58%"/></style:style><style:style style:name="symbol">'
    '<style:text-properties style:font-name="Symbol"/></style:style><style:style '
    'style:name="hidden"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="gone" style:family="table"><style:table-properties '
    'table:display="false"/></style:style><style:style style:name="unseen" '
    'style:family="drawing-page"><style:drawing-page-properties presentation:visibility="hidden"/>'
    "</style:style>"
)
_SPACES = " ".join(
    f'xmlns:{name}="urn:{name}"'
    for name in ("office", "text", "table", "style", "draw", "presentation", "dc", "fo")
)


def odf(path: Path, kind: str, body: str, styles: str = "") -> Path:
    """An OpenDocument text, spreadsheet or presentation."""
    content = (
        f"<office:document-content {_SPACES}><office:automatic-styles>{_ODF_STYLES}"
        f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}>"
        "</office:body></office:document-content>"
    )
    parts = {"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content}
    if styles:
        parts["styles.xml"] = (
            f"<office:document-styles {_SPACES}><office:master-styles>{styles}"
            "</office:master-styles></office:document-styles>"
        )
    return packed(path, parts)


def _odf_paragraphs(paragraphs: Sequence[Paragraph]) -> list[str]:
    def run(words: str, kind: str) -> str:
        return f'<text:span text:style-name="{kind}">{escape(words)}</text:span>'

    return [f"<text:p>{''.join(run(*item) for item in runs)}</text:p>" for runs in paragraphs]


def _odt(path: Path, paragraphs: Sequence[Paragraph]) -> Path:
    return odf(path.with_suffix(".odt"), "text", "".join(_odf_paragraphs(paragraphs)))


def _ods(path: Path, paragraphs: Sequence[Paragraph]) -> Path:
    cells = (f"<table:table-cell>{item}</table:table-cell>" for item in _odf_paragraphs(paragraphs))
    rows = "".join(f"<table:table-row>{cell}</table:table-row>" for cell in cells)
    table = f'<table:table table:name="Sheet">{rows}</table:table>'
    return odf(path.with_suffix(".ods"), "spreadsheet", table)


_TAGS = {
    "": ("", ""), "struck": ("<s>", "</s>"), "up": ("<sup>", "</sup>"), "down": ("<sub>", "</sub>"),
    "symbol": ('<font face="Symbol">', "</font>"),
    "hidden": ('<span style="display:none">', "</span>"),
}  # fmt: skip


def _html_body(paragraphs: Sequence[Paragraph]) -> str:
    def run(words: str, kind: str) -> str:
        return escape(words).join(_TAGS[kind])

    return "".join(f"<p>{''.join(run(*item) for item in runs)}</p>" for runs in paragraphs)


def _html(path: Path, paragraphs: Sequence[Paragraph]) -> Path:
    path = path.with_suffix(".html")
    path.write_text(f"<!doctype html><html><body>{_html_body(paragraphs)}</body></html>")
    return path


def epub(path: Path, body: str) -> Path:
    """A book of one chapter."""
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile '
        'full-path="a.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/><manifest><item '
        'id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref '
        'idref="a"/></spine></package>'
    )
    page = (
        '<html xmlns="http://www.w3.org/1999/xhtml" '
        'xmlns:m="http://www.w3.org/1998/Math/MathML"><head><title>A</title></head>'
        f"<body>{body}</body></html>"
    )
    parts = {"mimetype": "application/epub+zip", "META-INF/container.xml": container}
    return packed(path, {**parts, "a.opf": package, "a.xhtml": page})


def _epub(path: Path, paragraphs: Sequence[Paragraph]) -> Path:
    return epub(path.with_suffix(".epub"), _html_body(paragraphs))


_RTF = {
    "": "", "struck": r"\strike", "up": r"\super", "down": r"\sub", "symbol": r"\f1",
    "hidden": r"\v",
}  # fmt: skip
RTF_HEAD = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fswiss Arial;}{\f1\froman\fcharset2 Symbol;}}"


def _rtf(path: Path, paragraphs: Sequence[Paragraph]) -> Path:
    def run(words: str, kind: str) -> str:
        text = "".join(c if c.isascii() else rf"\'{ord(c):02x}" for c in words)
        return f"{{{_RTF[kind]} {text}}}" if kind else text

    lines = ("".join(run(*item) for item in runs) for runs in paragraphs)
    path = path.with_suffix(".rtf")
    path.write_text(RTF_HEAD + "".join(rf"\pard\plain {line}\par " for line in lines) + "}")
    return path


def _pptx(path: Path, paragraphs: Sequence[Paragraph]) -> Path:
    from pptx import Presentation
    from pptx.util import Inches

    shown = Presentation()
    slide = shown.slides.add_slide(shown.slide_layouts[6])
    frame = slide.shapes.add_textbox(*map(Inches, (1, 1, 5, 3))).text_frame
    for number, runs in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        for words, kind in runs:
            run = paragraph.add_run()
            run.text = words
            properties = run._r.get_or_add_rPr()
            if kind == "symbol":
                run.font.name = "Symbol"
            elif kind == "struck":
                properties.set("strike", "sngStrike")
            elif kind:
                properties.set("baseline", "30000" if kind == "up" else "-25000")
    path = path.with_suffix(".pptx")
    shown.save(str(path))
    return path


_XLSX = {
    "": "", "struck": "<strike/>", "up": '<vertAlign val="superscript"/>',
    "down": '<vertAlign val="subscript"/>', "symbol": '<rFont val="Symbol"/>',
}  # fmt: skip
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def xlsx(path: Path, sheets: Mapping[str, str], book: str = "", **parts: str) -> Path:
    """A workbook of these sheets: their `row` elements by name; `parts` by name in `xl`."""
    entries = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, 1)
    )
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{_R}/worksheet" Target="worksheets/s{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    relations += "".join(
        f'<Relationship Id="{name}" Type="{_R}/{name}" Target="{name}.xml"/>' for name in parts
    )
    spaces = f'{_MAIN} xmlns:r="{_R}"'
    return packed(
        path,
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f"<workbook {spaces}>{book}<sheets>{entries}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f"<Relationships>{relations}</Relationships>",
            **{f"xl/{name}.xml": text.replace("@M", _MAIN) for name, text in parts.items()},
            **{
                f"xl/worksheets/s{n}.xml": f"<worksheet {spaces}><sheetData>{rows}</sheetData>"
                "</worksheet>"
                for n, rows in enumerate(sheets.values(), 1)
            },
        },
    )


def _xlsx(path: Path, paragraphs: Sequence[Paragraph]) -> Path:
    def run(words: str, kind: str) -> str:
        text = f'<t xml:space="preserve">{escape(words)}</t>'
        return f"<r><rPr>{_XLSX[kind]}</rPr>{text}</r>"

    rows = "".join(
        f'<row><c t="inlineStr"><is>{"".join(run(*item) for item in runs)}</is></c></row>'
        for runs in paragraphs
    )
    return xlsx(path.with_suffix(".xlsx"), {"Sheet": rows})


def _markdown(path: Path, paragraphs: Sequence[Paragraph]) -> Path:
    marks = {"": ("", ""), "struck": ("~~", "~~"), "up": ("<sup>", "</sup>"), "down": ("~", "~")}
    text = "\n\n".join("".join(words.join(marks[kind]) for words, kind in p) for p in paragraphs)
    path = path.with_suffix(".md")
    path.write_text(f"# Notes\n\n{text}\n")
    return path


def _latex(path: Path, paragraphs: Sequence[Paragraph]) -> Path:
    commands = {"struck": "sout", "up": "textsuperscript", "down": "textsubscript"}
    lines = (
        "".join(f"\\{commands[kind]}{{{words}}}" if kind else words for words, kind in runs)
        for runs in paragraphs
    )
    path = path.with_suffix(".tex")
    body = "\n\n".join(lines)
    path.write_text(f"\\documentclass{{article}}\n\\begin{{document}}\n{body}\n\\end{{document}}\n")
    return path


def _xml(path: Path, paragraphs: Sequence[Paragraph]) -> Path:
    names = {"struck": "strike", "up": "sup", "down": "sub"}
    lines = (
        "".join(
            f"<{names[kind]}>{escape(words)}</{names[kind]}>" if kind else escape(words)
            for words, kind in runs
        )
        for runs in paragraphs
    )
    path = path.with_suffix(".xml")
    body = "".join(f"<p>{line}</p>" for line in lines)
    path.write_text(f'<?xml version="1.0"?>\n<article><body><sec>{body}</sec></body></article>')
    return path


def _notebook(path: Path, paragraphs: Sequence[Paragraph]) -> Path:
    page = _markdown(path, paragraphs)
    cells = [{"cell_type": "markdown", "source": page.read_text()}]
    path = path.with_suffix(".ipynb")
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}))
    return path


def _mail(path: Path, paragraphs: Sequence[Paragraph]) -> Path:
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"], message["To"] = "Wilma Sand <w@sand.example>", "Odd Berg <o@berg.example>"
    message["Date"], message["Subject"] = "Mon, 05 Feb 2024 10:00:00 +0000", "Looms"
    message["Message-ID"] = "<1@sand.example>"
    page = f"<html><body>{_html_body(paragraphs)}</body></html>"
    message.set_content(page, subtype="html")
    path = path.with_suffix(".eml")
    path.write_bytes(message.as_bytes())
    return path


MAKERS: dict[str, Make] = {
    "docx": _word, "odt": _odt, "ods": _ods, "html": _html, "epub": _epub, "rtf": _rtf,
    "pptx": _pptx, "xlsx": _xlsx, "md": _markdown, "tex": _latex, "xml": _xml, "ipynb": _notebook,
    "eml": _mail,
}  # fmt: skip
#: Formats that can set words in another font, and hide them.
WITH_FONTS = ("docx", "odt", "ods", "html", "epub", "rtf", "pptx", "xlsx", "eml")
WITH_HIDDEN = ("docx", "odt", "rtf")


def csv_of(rows: Sequence[Sequence[object]]) -> str:
    """Rows as CSV."""
    import csv

    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue()
