"""A fetched document as a file: its name and encoding.

Readers decide by content; the name helps if that is ambiguous (Markdown, tables), and becomes the
title of a document without one.
"""

import codecs
import re
import unicodedata
import urllib.parse

_SUFFIXES = dict(
    map(
        str.split,
        """\
    text/html .html
    application/xhtml+xml .html
    text/markdown .md
    text/csv .csv
    text/tab-separated-values .tsv
    text/vtt .vtt
    text/plain .txt
    application/pdf .pdf
    application/epub+zip .epub
    application/rtf .rtf
    text/rtf .rtf
    message/rfc822 .eml""".splitlines(),
    )
)
_LONGEST = 80
_BAD = re.compile(r"""[\x00-\x1f\x7f<>:"/\\|?*]""")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LATIN = ("iso-8859-1", "latin-1", "latin1", "iso8859-1", "us-ascii", "ascii")


def file_name(address: str, media_type: str, name: str = "") -> str:
    """A portable file name for a document: the server's, or that of the path."""
    if not name:
        try:
            parts = urllib.parse.urlsplit(address)
        except ValueError:
            parts = urllib.parse.urlsplit("")
        final = urllib.parse.unquote(parts.path).rstrip("/").rpartition("/")[2]
        name = final or (parts.hostname or "")
        if not final and name:
            name += ".html"
    name = _BAD.sub(" ", unicodedata.normalize("NFC", name))
    name = " ".join(name.encode("utf-8", "replace").decode().split()).strip(" .") or "page"
    stem, dot, end = name.rpartition(".")
    suffix = f".{end}" if dot and stem and re.fullmatch(r"\w{1,8}", end) else ""
    stem = stem if suffix else name
    request = _SUFFIXES.get(media_type, "")
    # "paper.php" may be a PDF; a known suffix that only differs ("notes.md" sent as text/plain)
    # stays.
    if (request and media_type != "text/plain" and suffix.lower() != request) or not suffix:
        suffix = request
    if _RESERVED.match(stem + suffix):
        stem = f"_{stem}"
    return stem[:_LONGEST].rstrip(" .") + suffix


def readable(content: bytes, media_type: str, charset: str) -> bytes:
    """The content, converted to UTF-8 with a byte order mark if the server declared an encoding.

    The server's declaration precedes the page's own (HTML standard, "determining the character
    encoding"), unless the bytes contradict it.
    """
    is_text = media_type.startswith("text/") or media_type.endswith(("xhtml+xml", "/xml"))
    if not charset or not is_text or content.startswith(_MARKS):
        return content
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        # ASCII, or UTF-8 whatever the server says, even if the page declares another one.
        wide = charset.startswith(("utf-16", "utf-32", "iso-2022", "hz", "utf-7"))
        if not wide:
            return content if content.isascii() else codecs.BOM_UTF8 + content
    try:
        text = content.decode("cp1252" if charset in _LATIN else charset)
    except (LookupError, UnicodeDecodeError):
        return content
    return codecs.BOM_UTF8 + text.encode("utf-8", "replace")
