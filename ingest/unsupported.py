"""File types that are recognised but not supported, each with advice on what to do instead.

Documents, pictures and archives are told about even where a whole folder is added: somebody may
count on their words. Programs and databases in a folder are passed over.
"""

from collections.abc import Callable

from ingest.errors import ForeignFormatError, UnsupportedFileError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_UNPACK = "Unpack it and add the files that are in it."
_PDF = "Save or export it as PDF and add that."
_SHEET = "Save the sheet that has the texts as CSV and add that."

# Place and first bytes -> what it is and the next step; a longer beginning before a shorter one.
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

# Names in the directory of an old Office file, which may be anywhere in it.
_STREAMS: tuple[tuple[str, str, str], ...] = (
    ("WordDocument", "an old Word document (DOC)", "Save it as DOCX or PDF and add that."),
    ("Workbook", "an old Excel workbook (XLS)", _SHEET),
    ("PowerPoint Document", "an old PowerPoint presentation (PPT)", _PDF),
    ("__substg1.0_", "an Outlook message (MSG)", "Save it as an .eml file and add that."),
)


def refuse(head: bytes, advice: str) -> None:
    """Raise the error for a file that begins like something which is known and not read."""
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
    """The error for an old Office file; `has` says whether these bytes are in it."""
    for name, what, step in _STREAMS:
        if has(name.encode("utf-16-le")):
            return _not_read(what, step)
    return _not_read("an old Microsoft Office document", _PDF)


def open_document() -> ForeignFormatError:
    """The error for an OpenDocument file of a kind that is not read."""
    return _not_read("an OpenDocument drawing or formula", _PDF)


def _not_read(what: str, step: str) -> ForeignFormatError:
    return ForeignFormatError(f"This is {what}; that format is not read yet.", step)
