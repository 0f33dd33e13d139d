"""What was fetched as a file to read: what to call it, and in which letters it is written.

Readers decide by content; the name only helps where content says little (Markdown, tables) and
gives a title to what has none.
"""

import codecs
import re
import unicodedata
import urllib.parse

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "text/vtt": ".vtt",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/epub+zip": ".epub",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "message/rfc822": ".eml",
}
_LONGEST = 80
_BAD = re.compile(r"""[\x00-\x1f\x7f<>:"/\\|?*]""")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LATIN = ("iso-8859-1", "latin-1", "latin1", "iso8859-1", "us-ascii", "ascii")


def file_name(address: str, media_type: str, name: str = "") -> str:
    """A file name for what is at an address, safe on every system: the server's, or the path's."""
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
    # "paper.php" with a PDF in it; a name of a known kind that only differs ("notes.md" sent as
    # text/plain) stays.
    if (request and media_type != "text/plain" and suffix.lower() != request) or not suffix:
        suffix = request
    if _RESERVED.match(stem + suffix):
        stem = f"_{stem}"
    return stem[:_LONGEST].rstrip(" .") + suffix


def readable(content: bytes, media_type: str, charset: str) -> bytes:
    """The content for a reader: in UTF-8 with its mark where the server named another encoding.

    The server's word stands before the page's own (HTML standard, "determining the character
    encoding"), except where the bytes show it to be wrong.
    """
    is_text = media_type.startswith("text/") or media_type.endswith(("xhtml+xml", "/xml"))
    if not charset or not is_text or content.startswith(_MARKS):
        return content
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        # ASCII, or UTF-8 whatever the server says. Declared otherwise inside, it is read as UTF-8.
        wide = charset.startswith(("utf-16", "utf-32", "iso-2022", "hz", "utf-7"))
        if not wide:
            return content if content.isascii() else codecs.BOM_UTF8 + content
    try:
        text = content.decode("cp1252" if charset in _LATIN else charset)
    except (LookupError, UnicodeDecodeError):
        return content
    return codecs.BOM_UTF8 + text.encode("utf-8", "replace")
