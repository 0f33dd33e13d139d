"""All the words of a file, taken without understanding: a second opinion for every reader.

Nothing here is shared with `ingest`: text nodes of XML and HTML, cells, text objects of PDF pages
by PDFium, text parts of messages. What these find and a reader does not is lost, unless a notice
says why.
"""

import csv
import io
import json
import posixpath
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from email import message_from_bytes
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

_EAST = "\u0e00-\u0eff\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d"
_WORD = re.compile(rf"[{_EAST}]|(?:(?![{_EAST}])[^\W\d_]){{2,}}|\d+")
_SPACED = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def bag(text: str) -> Counter[str]:
    """The words and numbers of a text, each with how often it is there."""
    plain = text.casefold().replace("\u00ad", "").replace("ﬁ", "fi").replace("ﬂ", "fl")
    return Counter(_WORD.findall(re.sub("[⁰¹²³⁴-⁹₀-₉]", " ", plain)))


class _Text(HTMLParser):
    """The text nodes of a page, but for those that no browser shows."""

    _UNSEEN = (
        *("script", "style", "head", "template", "noscript", "svg", "title", "iframe", "math"),
        # What they hold is for programs that cannot play them, or to be chosen from.
        *("audio", "video", "select"),
    )
    _VOID = ("br", "hr", "img", "input", "meta", "link", "wbr", "source", "col", "area", "embed")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append("" if tag in ("b", "i", "em", "span", "a", "u", "font", "sup") else " ")
        if tag in self._UNSEEN:
            self._unseen += 1

    def handle_endtag(self, tag: str) -> None:
        self.parts.append("" if tag in ("b", "i", "em", "span", "a", "u", "font", "sup") else " ")
        if tag in self._UNSEEN and self._unseen:
            self._unseen -= 1

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data)


def html(page: str) -> str:
    """The text of a page."""
    parser = _Text()
    parser.feed(page)
    # What broken quotation marks leave of tags is no text.
    return re.sub(r'\s[\w-]+="[^<>]*>', " ", "".join(parser.parts))


def _members(path: Path, pattern: str) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if re.fullmatch(pattern, name):
                yield name, package.read(name)


def docx(path: Path) -> str:
    """All runs of a Word document, its notes and comments, by paragraph."""
    lines = []
    for _, data in _members(path, r"word/(?:document|footnotes|endnotes|comments)\d*\.xml"):
        for paragraph in ElementTree.fromstring(data).iter(f"{_SPACED}p"):
            inner = {
                id(t) for p in paragraph.iter(f"{_SPACED}p") if p is not paragraph for t in p.iter()
            }
            # How the characters below are pronounced.
            inner |= {id(t) for ruby in paragraph.iter(f"{_SPACED}rt") for t in ruby.iter()}
            lines.append(
                "".join(
                    (item.text or "") if item.tag == f"{_SPACED}t" else " "
                    for item in paragraph.iter()
                    if id(item) not in inner
                    and item.tag in {f"{_SPACED}t", f"{_SPACED}tab", f"{_SPACED}br"}
                )
            )
    return "\n".join(lines)


def pptx(path: Path) -> str:
    """All paragraphs of slides and of their notes."""
    lines = []
    for _, data in _members(path, r"ppt/(?:slides|notesSlides)/\w+\.xml"):
        for paragraph in ElementTree.fromstring(data).iter(f"{_DRAWN}p"):
            lines.append("".join(item.text or "" for item in paragraph.iter(f"{_DRAWN}t")))
    return "\n".join(lines)


def xlsx(path: Path) -> str:
    """All stored texts of cells, by openpyxl."""
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True)
    cells = (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    return "\n".join(str(cell.value) for cell in cells if isinstance(cell.value, str))


def odf(path: Path) -> str:
    """All text nodes of an OpenDocument file."""
    (content,) = [data for _, data in _members(path, r"content\.xml")]
    body = ElementTree.fromstring(content).find("{*}body")
    lines = []
    for item in body.iter() if body is not None else ():
        lines += [item.text or "", "" if item.tag.endswith("}span") else " ", item.tail or ""]
    return "".join(lines)


def epub(path: Path) -> str:
    """The text of the pages of a book that are in its order of reading."""
    ((name, package), *_) = _members(path, r".*\.opf")
    source = re.sub("<!--.*?-->", "", package.decode("utf-8", "replace"), flags=re.DOTALL)
    tags = [dict(re.findall(r'([\w:-]+)="([^"]*)"', tag)) for tag in re.findall("<[^>]+>", source)]
    places = {tag["id"]: tag["href"] for tag in tags if "id" in tag and "href" in tag}
    folder = name.rpartition("/")[0]
    lines = []
    for tag in tags:
        if place := places.get(tag.get("idref", "")):
            member = posixpath.normpath(posixpath.join(folder, unquote(place)))
            pages = _members(path, re.escape(member))
            lines += [html(data.decode("utf-8", "replace")) for _, data in pages]
    return "\n".join(lines)


def pdf(path: Path) -> str:
    """The text of all pages, as PDFium finds it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        # Only what lies inside the visible part of each page.
        text = "\n".join(
            page.get_textpage().get_text_bounded(*page.get_bbox()) for page in document
        )
    finally:
        document.close()
    # Words that are divided at the end of a line, with the marks that PDFium leaves for hyphens.
    return re.sub(r"(?<=\w)[-\u00ad\u2010\ufffe\x02]\s*\n?(?=[a-zà-ÿ])", "", text)


def eml(path: Path) -> str:
    """The text parts of a message; of alternatives the longest."""
    lines = []

    def walk(part: object) -> None:
        if part.is_multipart():  # type: ignore[attr-defined]
            inner = part.get_payload()  # type: ignore[attr-defined]
            if part.get_content_type() == "multipart/alternative":  # type: ignore[attr-defined]
                inner = inner[:1]
            for item in inner:
                walk(item)
        elif part.get_content_maintype() == "text":  # type: ignore[attr-defined]
            data = part.get_payload(decode=True) or b""  # type: ignore[attr-defined]
            charset = part.get_content_charset() or "utf-8"  # type: ignore[attr-defined]
            try:
                text = data.decode(charset)
            except (LookupError, UnicodeError):
                # What is in another charset than it says is left to other checks.
                text = re.sub(r"\w*[^\x00-\x7f]+\w*", " ", data.decode("latin-1"))
            lines.append(html(text) if part.get_content_subtype() == "html" else text)  # type: ignore[attr-defined]

    walk(message_from_bytes(path.read_bytes()))
    return "\n".join(lines)


def rtf(path: Path) -> str:
    """The text of rich text without its control words and machinery."""
    # Behind the last brace there is no text.
    raw = re.sub(r"[\r\n]", "", path.read_bytes().decode("latin-1").rpartition("}")[0])
    machinery = re.compile(
        r"\{(?:\\\*)?\s*\\(?:\*|fonttbl|stylesheet|colortbl|info|pict|list|rsidtbl|xmlnstbl|themedata"
        r"|datafield|objdata|fldinst|mmathPr|sp(?![a-z])|latentstyles|generator|header|footer)"
    )
    while match := machinery.search(raw):
        depth, at = 0, match.start()
        for brace in re.finditer(r"\\[{}\\]|[{}]", raw[at:]):
            depth += {"{": 1, "}": -1}.get(brace[0], 0)
            if not depth:
                raw = raw[:at] + " " + raw[at + brace.end() :]
                break
        else:
            raw = raw[:at]
    # Accented letters are left to other checks, with the words that have them.
    raw = re.sub(r"\w*(?:(?:\\'[0-9a-f]{2}|\\u-?\d+ ?\??)\w*)+", " ", raw)
    # Only these break words; other control words stand within them.
    breaks = ("\\par", "\\line", "\\tab", "\\cell", "\\row", "\\page", "\\sect", "\\column", "\\~")
    pattern = r"\\[a-zA-Z]+-?\d* ?|[{}\\]"
    return re.sub(pattern, lambda m: " " if m[0].startswith(breaks) else "", raw)


def table(path: Path) -> str:
    """All cells of a table."""
    text = path.read_text(encoding="utf-8", errors="replace")
    dialect = "\t" if path.suffix == ".tsv" else max(",;\t|", key=text[:5000].count)
    rows = csv.reader(io.StringIO(text), delimiter=dialect)
    return "\n".join(" ".join(row) for row in rows)


def data(path: Path) -> str:
    """All texts and numbers of JSON, or of lines of it."""
    text = path.read_text(encoding="utf-8", errors="replace")
    lines = [text] if path.suffix == ".json" else text.splitlines()
    found: list[str] = []

    def walk(value: object) -> None:
        if isinstance(value, dict):
            for item in value.values():
                walk(item)
        elif isinstance(value, list):
            for item in value:
                walk(item)
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            found.append(str(value))

    for line in filter(str.strip, lines):
        walk(json.loads(line))
    return "\n".join(found)


def plain(path: Path) -> str:
    """The text itself, with the references of HTML resolved."""
    raw = path.read_bytes()
    if re.match(rb"(?:[A-Z][\w-]+: .*\r?\n)+Message-ID: ", raw):
        return eml(path)
    try:
        return unescape(raw.decode("utf-8"))
    except UnicodeDecodeError:
        # A page may say what it is in; what it says is left to other checks.
        other = "ascii" if path.suffix == ".html" else "cp1252"
        return unescape(raw.decode(other, "replace"))


#: By suffix.
EXTRACTORS: dict[str, Callable[[Path], str]] = {
    ".docx": docx, ".docm": docx, ".pptx": pptx, ".xlsx": xlsx, ".odt": odf, ".odp": odf,
    ".ods": odf, ".epub": epub, ".html": lambda path: html(plain(path)), ".pdf": pdf, ".eml": eml,
    ".rtf": rtf, ".csv": table, ".tsv": table, ".json": data, ".jsonl": data, ".txt": plain,
}  # fmt: skip


def lost(words: Counter[str], text: str) -> list[str]:
    """The words that are not in what a reader found, whole, as two or three parts, or spread."""
    found = bag(text)
    # Digits of one number that stand wide apart, or are raised; words that were joined at a hyphen.
    joined = unicodedata.normalize("NFKC", re.sub(r"[\s\u00ad\u2010-]+", "", text)).casefold()

    def is_there(word: str, parts: int) -> bool:
        if word in found:
            return True
        cuts = range(1, len(word)) if parts > 1 else ()
        return any(word[:at] in found and is_there(word[at:], parts - 1) for at in cuts)

    def is_spread(word: str) -> bool:
        # Or all digits in a row, as a font is shown.
        row = "0123456789" if len(word) == 1 else word
        return (word.isdigit() or len(word) > 4) and row in joined

    return [word for word in words if not is_there(word, 3) and not is_spread(word)]
