"""Detects the kind of a file by its content.

Names alone decide nothing; for Markdown, tables and HTML fragments, whose content is ambiguous, a
suffix lowers the evidence required.
"""

import codecs
import json
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from ingest import mailbox, plugins
from ingest.books.naming import one_line
from ingest.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    ForeignFormatError,
    MissingFileError,
    UnsupportedFileError,
)
from ingest.media import caption_formats, signatures
from ingest.patterns import later

# -- unsupported ----------------------------------------------------------------------------------
# File types that are recognised but not supported, each with advice. Documents, pictures and
# archives are reported even when a whole folder is added, since somebody may rely on them; programs
# and databases in a folder are skipped.


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_UNPACK = "Unpack it and add the files that are in it."
_PDF = "Save or export it as PDF and add that."
_SHEET = "Save the sheet that has the texts as CSV and add that."

# Offset and magic bytes -> name and advice; longer prefixes before shorter ones.
_KNOWN: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"AT&TFORM", "a DjVu document", _PDF),
    (0, b"%!PS", "a PostScript document", _PDF),
    (0, b"ITSF\x03", "a compiled help file (CHM)", "Convert it to HTML or PDF and add that."),
    (60, b"BOOKMOBI", "a Kindle book (MOBI)", "Convert it to EPUB and add that."),
    (60, b"TEXtREAd", "a Palm book", "Convert it to EPUB and add that."),
    (0, b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (0, b"\x1f\x8b", "a Gzip archive", _UNPACK),
    (0, b"BZh", "a Bzip2 archive", _UNPACK),
    (0, b"\xfd7zXZ\x00", "an XZ archive", _UNPACK),
    (257, b"ustar", "a tar archive", _UNPACK),
)
_UNWANTED: tuple[tuple[bytes, str], ...] = (
    (b"SQLite format 3\x00", "This is a SQLite database; databases are not read as sources."),
    (b"\x7fELF", "This is a program; programs are not read."),
    (b"MZ", "This is a Windows program; programs are not read."),
)
_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1")

# Stream names in an old Office file, which may be anywhere in it.
_STREAMS: tuple[tuple[str, str, str], ...] = (
    ("WordDocument", "an old Word document (DOC)", "Save it as DOCX or PDF and add that."),
    ("Workbook", "an old Excel workbook (XLS)", _SHEET),
    ("PowerPoint Document", "an old PowerPoint presentation (PPT)", _PDF),
    ("__substg1.0_", "an Outlook message (MSG)", "Save it as an .eml file and add that."),
)


def refuse(head: bytes, advice: str) -> None:
    """Raise the error for a file of a known, unsupported type."""
    for place, magic, what, step in _KNOWN:
        if head[place:].startswith(magic) and is_really(magic, head):
            raise _not_read(what, step)
    for magic, message in _UNWANTED:
        if head.startswith(magic) and is_really(magic, head):
            raise UnsupportedFileError(message, advice)
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        raise ForeignFormatError(
            "This is a HEIC photograph, and the software that unpacks those cannot be included.",
            "Save or export it as JPEG or PNG and add that.",
        )


def is_really(magic: bytes, head: bytes) -> bool:
    """Two letters are not enough: text may begin with "BM" or "MZ"."""
    return len(magic) > 3 or magic[0] > 0x7E or b"\x00" in head[:256]


def old_office(has: Callable[[bytes], bool]) -> ForeignFormatError:
    """The error for an old Office file; `has` says whether it contains some bytes."""
    for name, what, step in _STREAMS:
        if has(name.encode("utf-16-le")):
            return _not_read(what, step)
    return _not_read("an old Microsoft Office document", _PDF)


def open_document() -> ForeignFormatError:
    """The error for an OpenDocument file of an unsupported kind."""
    return _not_read("an OpenDocument drawing or formula", _PDF)


def _not_read(what: str, step: str) -> ForeignFormatError:
    return ForeignFormatError(f"This is {what}; that format is not read yet.", step)


# -- kinds ----------------------------------------

_HEAD = 1 << 16

_ADVICE = (
    "Add a book or document (PDF, EPUB, Word, OpenDocument, RTF, HTML, Markdown, text), e-mail, "
    "captions, a picture, a table, JSON Lines, or a ZIP file of these."
)
# Magic bytes of supported pictures.
_PICTURES = (
    *(b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM"),
    *(b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"),
)

_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"
_HTML = later(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*+-->\s*)*+<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_SVG = later(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:(?:<!--(?:(?!-->).)*+-->|<!DOCTYPE\s+svg[^>]*>)\s*)*+<svg\b",
    re.I | re.S,
)
_XML = later(rb"\s*<\?xml\b[^>]*\?>\s*<")
_TAGS = later(rb"<(?:p|div|h[1-6]|table|ul|ol|span|a|br|section|article|main)\b[^<]*>", re.I)
_CAPTIONS = later(
    rb"\s*WEBVTT(?:[ \t\r\n]|\Z)"
    rb"|\s*(?:\d{1,9}[ \t]*\r?\n)?-?(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}[ \t]*-->[ \t]*-?\d"
)
_HEADER = later(rb"(?:>?From [^\n]*\n)?(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}\r?(?:\n|\Z)")
_HEADER_NAME = later(rb"^([!-9;-~]+):", re.MULTILINE)
_POSTMARKS = frozenset({b"message-id", b"received", b"mime-version", b"date", b"return-path"})
_RELATED = later(rb"^content-type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)
_SENT = frozenset({b"to", b"message-id", b"received", b"return-path", b"delivered-to"})
_ADDRESSES = frozenset({b"from", b"to", b"subject", b"reply-to", b"delivered-to", b"content-type"})

#: A BibTeX entry with key and first field, after comments and shared definitions.
_ENTRY = rb"@[A-Za-z]+\s*\{\s*[^\s,{}()\"=]+\s*,\s*[A-Za-z][A-Za-z0-9_:-]*\s*=\s*[\"{A-Za-z0-9]"
_BIBTEX = later(
    rb"\s*(?:(?:%|@(?:comment|preamble|string)\b)[^\n]*\n\s*)*+" + _ENTRY, re.IGNORECASE
)
_BIBTEX_INSIDE = later(rb"^[ \t]*" + _ENTRY, re.MULTILINE)
_BIBTEX_NAMES = (".bib", ".bibtex")
#: The first lines of a RIS entry, one of them its type; and that line anywhere.
_RIS = later(rb"\s*(?:[A-Z][A-Z0-9] {1,2}- ?[^\n]*\n\s*)*?TY {1,2}- ?[A-Z]{3,6}\s*\n")
_RIS_INSIDE = later(rb"^TY {1,2}- ?[A-Z]{3,6}\s*\n", re.MULTILINE)
_RIS_NAME = ".ris"
#: The beginning of a LaTeX file, after comments; and what an included one must contain.
_LATEX = later(rb"(?:\s*%[^\n]*\n)*+\s*\\(?:documentclass|documentstyle|begin\s*\{document\})")
_LATEX_INSIDE = later(
    rb"^[ \t]*\\(?:chapter|section|subsection|begin|title)\*?\s*[\[{]", re.MULTILINE
)
_LATEX_NAMES = (".tex", ".ltx", ".latex")
_JSON = later(rb"\s*[\[{]\s*(?:[\"\[{\]}]|-?\d|true\b|false\b|null\b)")
_CSL_NAMES = (b'"issued"', b'"container-title"', b'"DOI"')
_SOME_LINES = 500
#: The name of Zotero's database.
_ZOTERO = "zotero.sqlite"

_HTML_NAMES = (".html", ".htm", ".xhtml", ".xht")
_MARKDOWN_NAMES = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".qmd", ".rmd")
_RST_NAMES = (".rst", ".rest", ".restx")
_MAIL_NAMES = (".eml",)
#: The length of the message, in a file of Apple Mail.
_EMLX = later(rb"\A\s*\d{1,10}[ \t]*\r?\n(?=[!-9;-~]+:)")
_CAPTION_NAMES = (".srt", ".vtt")
_JSON3 = later(rb"\s*\{\s*\"(?:wireMagic|events)\"\s*:")
_VIDEO = later(rb"\s*\{\s*\"_type\"\s*:\s*\"video\"")
_VIDEO_NAME = ".info.json"
_TABLE_NAMES = (".csv", ".tsv", ".tab")

_SPOILT = (
    *(zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError),
    *(struct.error, UnicodeDecodeError, OverflowError),
)


def sniff(path: str | Path) -> str:
    """Detect the kind of a file by its content.

    One of text, markdown, rst, latex, xml, html, epub, pdf, word, slides, sheets, odt, rtf,
    captions, recording, video (its information file), mail, mailbox, chat, calendar, rows, record,
    json, bibtex, ris, csl, nbib, ciw, enw, endnote, zotero and archive. Raises `MissingFileError`,
    `EmptyFileError`, `DamagedFileError`, `EncryptedFileError` and, for known kinds without a
    reader, `UnsupportedFileError`. A file that a plugin reads is of the kind of its suffix.
    """
    path = Path(path)
    head = _head(path)
    return plugins.reader_of(path.name) or kind_in(path, head)


def kind_in(path: Path, head: bytes | None = None) -> str:
    """Detect the kind of a file by its content alone. Raises as `sniff`."""
    head = _head(path) if head is None else head
    if b"%PDF-" in head[:1024] and not _is_mail(head):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(path, head)
    if head.startswith((b"PK\x05\x06", b"PK\x07\x08")):
        return "archive"
    if head.startswith(b"SQLite format 3\x00") and path.name == _ZOTERO:
        return "zotero"
    if head.startswith(OLE):
        if _contains(path, "EncryptedPackage".encode("utf-16-le")):
            raise EncryptedFileError(
                "This Office document is locked with a password.",
                "Open it, remove the password, and add the unlocked copy.",
            )
        raise old_office(partial(_contains, path))
    return kind_of_bytes(head, path.name)


def kind_of_content(content: bytes) -> str:
    """The kind of a file in memory; "archive" for any ZIP.

    Raises `UnsupportedFileError`.
    """
    head = content[:_HEAD]
    if b"%PDF-" in head[:1024] and not _is_mail(head):
        return "pdf"
    return "archive" if head.startswith(b"PK") else kind_of_bytes(head)


def _contains(path: Path, words: bytes) -> bool:
    """Whether a file contains `words`: the directory of an old Office file may be anywhere."""
    previous = b""
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            if words in previous + piece:
                return True
            previous = piece[-len(words) :]
    return False


def kind_of_bytes(head: bytes, name: str = "") -> str:
    """The kind of a file that is neither PDF nor ZIP, by its first bytes and name."""
    if head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if is_picture(head):
        return "image"
    if signatures.is_recording(head):
        return "recording"
    if head.startswith(OLE):
        raise old_office(head.__contains__)
    refuse(head, _ADVICE)
    from ingest.books.encoding import looks_binary

    if looks_binary(head):
        raise UnsupportedFileError("Workbench can't read this kind of file.", _ADVICE)
    return _text_kind(_as_utf8(head), name.lower(), len(head) < _HEAD)


def is_picture(head: bytes) -> bool:
    """Whether a file begins like a picture that Pillow reads."""
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return True
    if head[4:12] in (b"ftypavif", b"ftypavis"):
        return True
    return any(head.startswith(magic) and is_really(magic, head) for magic in _PICTURES)


def missing(path: Path) -> MissingFileError:
    """The error for a missing path."""
    return MissingFileError(
        f"There is no file “{one_line(path.name)}” here any more.",
        "Check where it is and add it again.",
    )


def forbidden(path: Path) -> MissingFileError:
    """The error for a file without permission."""
    return MissingFileError(
        f"“{one_line(path.name)}” may not be read.",
        "Change its permissions, or copy it to your own folder.",
    )


def _head(path: Path) -> bytes:
    try:
        _refuse_special(path)
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except FileNotFoundError as error:
        raise missing(path) from error
    except PermissionError as error:
        if path.is_dir():
            raise _folder(path) from error
        raise forbidden(path) from error
    except IsADirectoryError as error:
        raise _folder(path) from error
    except (OSError, ValueError) as error:
        raise unreachable(path, error) from error
    if not head:
        raise EmptyFileError("The file is empty (0 bytes).", "Choose a file that has text in it.")
    return head


def unreachable(path: Path, error: OSError | ValueError) -> MissingFileError:
    """The error for an existing file that its disk cannot read."""
    reason = error.strerror if isinstance(error, OSError) and error.strerror else error
    return MissingFileError(
        f"“{one_line(path.name)}” cannot be read ({reason}).",
        "Check that its disk is connected and try again.",
    )


def _refuse_special(path: Path) -> None:
    """Refuse special files: a pipe would block, a device never end."""
    mode = path.stat().st_mode
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return
    kinds = (
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
    )
    what = next((name for test, name in kinds if test(mode)), "no file")
    raise UnsupportedFileError(
        f"“{one_line(path.name)}” is {what} and no file.",
        "Save its output as a file and add that.",
    )


def _folder(path: Path) -> UnsupportedFileError:
    return UnsupportedFileError(f"“{one_line(path.name)}” is a folder.", "Add the files in it.")


# -- what is not text ------------------------------------------------------------------------------


def _zip_kind(path: Path, head: bytes) -> str:
    if b"mimetypeapplication/epub+zip" in head[:200]:
        return "epub"
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            mime = b""
            if "mimetype" in names:
                with archive.open("mimetype") as file:
                    mime = file.read(100)
    except (FileNotFoundError, PermissionError):
        raise
    except _SPOILT as error:
        raise DamagedFileError(
            "This ZIP file is cut off or corrupt.",
            "Copy or download it again and add the new copy.",
        ) from error
    if "META-INF/container.xml" in names or mime.strip() == b"application/epub+zip":
        return "epub"
    if mime.startswith(_OPEN_DOCUMENT):
        return _open_document_kind(mime.removeprefix(_OPEN_DOCUMENT), names)
    if "word/document.xml" in names or (
        "[Content_Types].xml" in names and any(name.startswith("word/") for name in names)
    ):
        return "word"
    if "[Content_Types].xml" in names:
        for folder, office in (("ppt/", "slides"), ("xl/", "sheets")):
            if any(name.startswith(folder) for name in names):
                return office
    if "META-INF/MANIFEST.MF" in names or "AndroidManifest.xml" in names:
        raise UnsupportedFileError("This is a program; programs are not read.", _ADVICE)
    return "archive"


def _open_document_kind(kind: bytes, names: Sequence[str]) -> str:
    if kind.startswith((b".text", b".presentation", b".spreadsheet")) and "content.xml" in names:
        return "odt"
    raise open_document()


# -- kinds of text ---------------------------------------------------------------------------------


def _as_utf8(head: bytes) -> bytes:
    """The head in an ASCII-compatible encoding, without byte order mark."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in head[:1024]:
        from ingest.books.encoding import decode

        return decode(head).text.encode("utf-8", "replace")
    return head.removeprefix(b"\xef\xbb\xbf")


def _text_kind(head: bytes, name: str, whole: bool) -> str:
    from ingest.web import shortcut

    address = shortcut.address_of(head) if whole else None
    if address is not None:
        raise UnsupportedFileError(
            f"This is a shortcut to “{address[:200]}”; pages are only fetched when they are asked "
            "for by name.",
            "Add the address, or this file on its own.",
        )
    if _SVG.match(head):
        raise ForeignFormatError(
            "This is an SVG drawing: drawing instructions, not a picture.",
            "Export it as PNG and add that.",
        )
    if _HTML.match(head) or (name.endswith(_HTML_NAMES) and len(_TAGS.findall(head)) >= 2):
        return "html"
    if _CAPTIONS.match(head) or (name.endswith(_CAPTION_NAMES) and b"-->" in head):
        return "captions"
    if caption_formats.opens(head, name):
        return "captions"
    if _JSON3.match(head) and b'"tStartMs"' in head:
        return "captions"
    if _VIDEO.match(head) or (
        name.endswith(_VIDEO_NAME) and head.lstrip().startswith(b"{") and b'"title"' in head
    ):
        return "video"
    if is_web_archive(head):
        return "html"
    if mailbox.is_mailbox(head):
        return "mailbox"
    if _is_mail(head, name):
        return "mail"
    return _data_kind(head, name, whole)


def _data_kind(head: bytes, name: str, whole: bool) -> str:
    """The kind of a text that is data in a notation, or prose."""
    from ingest import calendars, chats, reference_formats

    if calendars.OPENING.match(head):
        return "calendar"
    if chats.opens(head, name):
        return "chat"
    if _is_records(head, whole):
        return "record"
    if _BIBTEX.match(head) or (name.endswith(_BIBTEX_NAMES) and _BIBTEX_INSIDE.search(head)):
        return "bibtex"
    if _RIS.match(head) or (name.endswith(_RIS_NAME) and _RIS_INSIDE.search(head)):
        return "ris"
    listed = (reference_formats.NBIB, reference_formats.CIW, reference_formats.ENW)
    for kind, opening in zip(("nbib", "ciw", "enw"), listed, strict=True):
        if opening.match(head):
            return kind
    if reference_formats.ENDNOTE.match(head) and b"<ref-type" in head:
        return "endnote"
    if _LATEX.match(head) or (name.endswith(_LATEX_NAMES) and _LATEX_INSIDE.search(head)):
        return "latex"
    if _XML.match(head):
        return "xml"
    if _JSON.match(head) and (not whole or _is_json(head)):
        return "csl" if _is_csl(head) else "json"
    if name.endswith(_TABLE_NAMES):
        from ingest import rows

        if rows.is_table(head, whole):
            return "rows"
    from ingest.books import markdown, restructured

    if restructured.is_restructured(head, name.endswith(_RST_NAMES)):
        return "rst"
    return "markdown" if markdown.is_markdown(head, name.endswith(_MARKDOWN_NAMES)) else "text"


def is_web_archive(head: bytes) -> bool:
    """Whether a file begins like a page saved by a browser (MHTML), addressed to nobody."""
    match = _HEADER.match(head)
    if not match or not _RELATED.search(match[0]):
        return False
    return not {name.lower() for name in _HEADER_NAME.findall(match[0])} & _SENT


def _is_mail(head: bytes, name: str = "") -> bool:
    head = _EMLX.sub(b"", head, count=1)
    match = _HEADER.match(head)
    if match:
        headers = match[0]
    elif name.endswith(_MAIL_NAMES):
        # Broken headers are repaired.
        headers = head.partition(b"\n\n")[0].partition(b"\r\n\r\n")[0]
    else:
        return False
    names = {name.lower() for name in _HEADER_NAME.findall(headers)}
    # A letter in a novel has a sender, too; only real mail has transport headers.
    return b"from" in names and bool(names & _POSTMARKS) and len(names & _ADDRESSES) >= 2


def _is_records(head: bytes, whole: bool) -> bool:
    """Whether one of the first lines is a record with a text, and most look like records."""
    lines = [line for line in head.split(b"\n")[:_SOME_LINES] if line.strip()]
    if not lines or sum(line.lstrip().startswith(b"{") for line in lines) * 2 <= len(lines):
        return False
    if len(lines) == 1 and not whole:
        # The first line is longer than the sample.
        return b'"text"' in lines[0]
    return any(_is_record(line) for line in lines)


def _is_json(data: bytes) -> bool:
    lines = [line for line in data.split(b"\n") if line.strip()]
    if sum(line.lstrip().startswith(b"{") for line in lines) * 2 > len(lines) > 1:
        return True
    try:
        json.loads(data)
    except RecursionError:
        return True
    except ValueError:
        return False
    return True


def _is_csl(head: bytes) -> bool:
    """Whether JSON begins like CSL items: types, titles, and venues."""
    if b'"text"' in head:
        return False
    return b'"type"' in head and b'"title"' in head and any(name in head for name in _CSL_NAMES)


def _is_record(line: bytes) -> bool:
    if b'"text"' not in line:
        return False
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and isinstance(record.get("text"), str)
