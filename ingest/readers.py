"""What is this file, and who reads it: the only dispatch, by content and never by name."""

import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from ingest.errors import DamagedFileError, EmptyFileError, MissingFileError, UnsupportedFileError
from ingest.records import Reading

Report = Callable[[int, int, str], None]
Check = Callable[[], None]

_HEAD = 1 << 16

_ADVICE = "Add a text, EPUB, PDF or JSON Lines file."
_PICTURE = "text recognition in pictures is not built in yet"

# First bytes of what is known and not read; a longer beginning stands before a shorter one.
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "This looks like a PNG image", _PICTURE),
    (b"\xff\xd8\xff", "This looks like a JPEG image", _PICTURE),
    (b"GIF8", "This looks like a GIF image", _PICTURE),
    (b"BM", "This looks like a bitmap image", _PICTURE),
    (b"II*\x00", "This looks like a TIFF image", _PICTURE),
    (b"MM\x00*", "This looks like a TIFF image", _PICTURE),
    (b"AT&TFORM", "This looks like a DjVu document", "that format is not read yet"),
    (b"ID3", "This looks like an MP3 recording", "recordings are not read yet"),
    (b"fLaC", "This looks like a FLAC recording", "recordings are not read yet"),
    (b"OggS", "This looks like an Ogg recording", "recordings are not read yet"),
    (b"\x1a\x45\xdf\xa3", "This looks like a Matroska or WebM video", "videos are not read yet"),
    (b"SQLite format 3\x00", "This is a SQLite database", "databases are not read as sources"),
    (b"Rar!\x1a\x07", "RAR archives", ""),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip archives", ""),
    (b"\x1f\x8b", "Gzip archives", ""),
    (b"BZh", "Bzip2 archives", ""),
    (b"\xfd7zXZ\x00", "XZ archives", ""),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "This looks like an old Microsoft Office document",
        "that format is not read yet",
    ),
    (b"{\\rtf", "This looks like a rich text (RTF) document", "that format is not read yet"),
    (b"%!PS", "This looks like a PostScript document", "that format is not read yet"),
    (b"\x7fELF", "This looks like a program", "programs are not read"),
    (b"MZ", "This looks like a Windows program", "programs are not read"),
)
_OFFICE = (
    ("word/", "This looks like a Word document (DOCX)"),
    ("xl/", "This looks like an Excel workbook (XLSX)"),
    ("ppt/", "This looks like a PowerPoint presentation (PPTX)"),
)
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


def sniff(path: str | Path) -> str:
    """What kind of file this is, by its content: text, epub, pdf or record.

    Raises `MissingFileError`, `EmptyFileError`, `DamagedFileError` and, for everything that is
    known but not read, `UnsupportedFileError`.
    """
    path = Path(path)
    head = _head(path)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(path, head)
    if head.startswith((b"PK\x05\x06", b"PK\x07\x08")):
        raise UnsupportedFileError("ZIP archives are not read yet.", "Unpack it and add the files.")
    return kind_of_bytes(head)


def kind_of_bytes(head: bytes) -> str:
    """The kind of a file that is neither PDF nor ZIP, from its first bytes: text or record."""
    for magic, name, why in _FOREIGN:
        if head.startswith(magic) and _is_really(magic, head):
            raise _unsupported(name, why)
    if head[4:8] == b"ftyp":
        if head[8:12] in (b"heic", b"heix", b"mif1", b"avif"):
            raise _unsupported("This looks like a HEIC or AVIF image", _PICTURE)
        raise _unsupported(
            "This looks like an MP4 video or recording", "recordings are not read yet"
        )
    if head.startswith(b"RIFF") and head[8:12] in (b"WAVE", b"AVI ", b"WEBP"):
        kinds = {b"WAVE": "a WAV recording", b"AVI ": "an AVI video", b"WEBP": "a WebP image"}
        picture = head[8:12] == b"WEBP"
        raise _unsupported(
            f"This looks like {kinds[head[8:12]]}",
            _PICTURE if picture else "recordings are not read yet",
        )
    if head[60:68] in (b"BOOKMOBI", b"TEXtREAd"):
        raise _unsupported("This looks like a Kindle book (MOBI)", "that format is not read yet")
    from ingest.books.encoding import looks_binary

    if looks_binary(head):
        raise UnsupportedFileError(
            "This file is no text and of no kind that is known here.", _ADVICE
        )
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise _unsupported("This looks like a web page (HTML)", "web pages are not read yet")
    return "record" if _is_records(head) else "text"


def read(
    path: str | Path,
    *,
    title: str | None = None,
    start_section: int = 0,
    report: Report | None = None,
    cancel: Check | None = None,
) -> Iterator[Reading]:
    """Read a file: a stream of `Source`, its `Section`s in order, and `Notice`s.

    `title` replaces the title that was found. Sections before `start_section` are left out: the
    same file always gives the same records, so an interrupted reading goes on where it stopped.
    `report(done, total, unit)` is told how far it is; `cancel()` may raise to stop it.
    Raises the errors of `ingest.errors`.
    """
    path = Path(path)
    kind = sniff(path)
    report = report or _unreported
    cancel = cancel or _uncancelled
    try:
        if kind == "epub":
            from ingest.books import epub

            yield from epub.read(
                path, title=title, start_section=start_section, report=report, cancel=cancel
            )
        elif kind == "pdf":
            from ingest.books import pdf

            yield from pdf.read(
                path, title=title, start_section=start_section, report=report, cancel=cancel
            )
        elif kind == "record":
            from ingest import json_lines

            yield from json_lines.read(path, report=report, cancel=cancel)
        else:
            from ingest.books import plain

            yield from plain.read(
                path, title=title, start_section=start_section, report=report, cancel=cancel
            )
    except FileNotFoundError as error:
        raise _missing(path) from error
    except PermissionError as error:
        raise _forbidden(path) from error


def _unreported(_done: int, _total: int, _unit: str) -> None:
    """Progress that nobody follows."""


def _uncancelled() -> None:
    """Work that nobody stops."""


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except FileNotFoundError as error:
        raise _missing(path) from error
    except PermissionError as error:
        if path.is_dir():
            raise _folder(path) from error
        raise _forbidden(path) from error
    except IsADirectoryError as error:
        raise _folder(path) from error
    except OSError as error:
        raise MissingFileError(
            f"“{path.name}” cannot be opened ({error.strerror or error}).",
            "Check that its disk is connected and try again.",
        ) from error
    if not head:
        raise EmptyFileError("The file is empty (0 bytes).", "Choose a file that has text in it.")
    return head


def _missing(path: Path) -> MissingFileError:
    return MissingFileError(
        f"There is no file “{path.name}” here any more.", "Check where it is and add it again."
    )


def _forbidden(path: Path) -> MissingFileError:
    return MissingFileError(
        f"“{path.name}” may not be read.", "Change its permissions, or copy it to your own folder."
    )


def _folder(path: Path) -> UnsupportedFileError:
    return UnsupportedFileError(f"“{path.name}” is a folder.", "Add the files in it.")


def _unsupported(name: str, why: str) -> UnsupportedFileError:
    if not why:
        return UnsupportedFileError(f"{name} are not read yet.", "Unpack it and add the files.")
    return UnsupportedFileError(f"{name}; {why}.", _ADVICE)


def _is_really(magic: bytes, head: bytes) -> bool:
    """Two letters are not enough: text may begin with "BM" or "MZ"."""
    return len(magic) > 3 or magic[0] > 0x7E or b"\x00" in head[:256]


def _is_records(head: bytes) -> bool:
    line = head.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0].strip()
    if not line.startswith(b"{") or b'"text"' not in line:
        return False
    if len(line) >= _HEAD - 8:
        # The first line is longer than what was looked at.
        return True
    try:
        record = json.loads(line)
    except ValueError:
        return False
    return isinstance(record, dict) and isinstance(record.get("text"), str)


_SPOILT = (
    *(zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError),
    *(struct.error, UnicodeDecodeError, OverflowError),
)


def _zip_kind(path: Path, head: bytes) -> str:
    if b"mimetypeapplication/epub+zip" in head[:200]:
        return "epub"
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            mime = archive.read("mimetype")[:100] if "mimetype" in names else b""
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
        raise _unsupported("This looks like an OpenDocument file", "that format is not read yet")
    for folder, name in _OFFICE:
        if any(each.startswith(folder) for each in names):
            raise _unsupported(name, "that format is not read yet")
    raise UnsupportedFileError("ZIP archives are not read yet.", "Unpack it and add the files.")
