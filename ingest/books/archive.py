"""ZIP packages of documents (EPUB, DOCX, ODT): read in memory, within limits.

Nothing is extracted to disk. Declared and actual sizes are both limited, overlapping members are
refused (Fifield, "A better zip bomb", 2019), and so is XML that defines entities. `noun` is the
name of the file in errors ("EPUB", "Word document").
"""

import errno
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from ingest.errors import DamagedFileError, EncryptedFileError

#: Most unpacked bytes, in total and per document.
MOST_BYTES = 500_000_000
MOST_DOCUMENT = 64_000_000
#: A document of more than a megabyte with a higher compression ratio is refused.
MOST_RATIO = 400

#: Bytes of the local file header of a member.
_MIN_HEAD = 30

AGAIN = "Copy or download it again and add the new copy."

#: Exceptions of `zipfile` for corrupt archives.
SPOILT = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, OSError),
    *(struct.error, UnicodeDecodeError, OverflowError),
)


_REMOVED = frozenset(
    getattr(errno, name)
    for name in ("EIO", "ENODEV", "ENXIO", "ESTALE", "ENOTCONN", "EHOSTDOWN", "ETIMEDOUT")
    if hasattr(errno, name)
)


@contextmanager
def open_package(path: Path, noun: str) -> Iterator[zipfile.ZipFile]:
    """Open a package and check its sizes. All errors are raised as ours."""
    try:
        with zipfile.ZipFile(path) as package:
            check(package, noun)
            yield package
    except (FileNotFoundError, PermissionError):
        raise
    except SPOILT as error:
        if is_disk_failure(error):
            raise
        raise damaged(noun) from error


def is_disk_failure(error: BaseException) -> bool:
    """Whether the disk failed, rather than the file."""
    return isinstance(error, OSError) and error.errno in _REMOVED


def damaged(noun: str, why: str = "is cut off or corrupt") -> DamagedFileError:
    """The error for a corrupt package."""
    return DamagedFileError(f"This {noun} {why}.", AGAIN)


def is_trap(member: zipfile.ZipInfo) -> bool:
    """Whether the compression ratio of a member is higher than that of any text."""
    return member.file_size >= 1_000_000 and member.file_size > MOST_RATIO * max(
        1, member.compress_size
    )


def overlap(package: zipfile.ZipFile) -> bool:
    """Whether members overlap, by which a small archive unpacks to any size."""
    reached = 0
    for member in sorted(package.infolist(), key=lambda member: member.header_offset):
        if member.header_offset < reached:
            return True
        # The local header contains the name again, perhaps in another encoding.
        reached = member.header_offset + _MIN_HEAD + member.compress_size
    return False


def check(package: zipfile.ZipFile, noun: str) -> None:
    """Refuse an encrypted or oversized package."""
    if overlap(package):
        raise damaged(noun, "has parts that overlap, as harmful files have")
    total = 0
    for member in package.infolist():
        total += member.file_size
        if member.flag_bits & 1:
            raise EncryptedFileError(
                f"This {noun} is locked with a password.", "Unlock it and add the unlocked copy."
            )
        if is_trap(member):
            raise damaged(noun, "unpacks to far more than it contains, as harmful files do")
    if total > MOST_BYTES:
        raise damaged(noun, f"unpacks to more than {MOST_BYTES // 1_000_000} MB")


def content(package: zipfile.ZipFile, name: str, noun: str) -> bytes:
    """The bytes of one member. Raises `DamagedFileError`."""
    try:
        with package.open(name) as file:
            data = file.read(MOST_DOCUMENT + 1)
    except SPOILT as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise damaged(noun, "has a part that is cut off or corrupt") from error
    if len(data) > MOST_DOCUMENT:
        raise damaged(noun, f"has a part larger than {MOST_DOCUMENT // 1_000_000} MB")
    return data


class _PrologEnd(Exception):
    """Stops the parser after the prolog, which has all declarations."""


def xml(data: bytes, noun: str) -> ElementTree.Element:
    """Parse an XML document that defines no entities."""
    try:
        if defines_entities(data):
            raise damaged(noun, "defines XML entities of its own, as harmful files do")
        return ElementTree.fromstring(data, _parser(data))
    except (ElementTree.ParseError, expat.ExpatError, LookupError, ValueError) as error:
        raise damaged(noun) from error


def _parser(data: bytes) -> ElementTree.XMLParser | None:
    """A parser for UTF-8 if a document declares another encoding by mistake."""
    declared = re.match(rb"<\?xml[^>]*encoding=[\"']([\w.-]+)", data[:200])
    if declared is None or data.isascii():
        return None
    from ingest.books.encoding import surely_utf8

    name = declared[1].decode("ascii").lower()
    return ElementTree.XMLParser(encoding="utf-8") if surely_utf8(data, name) else None


def defines_entities(data: bytes) -> bool:
    """Whether entities are declared, according to the parser and so in any encoding."""
    parser = expat.ParserCreate()
    results = False

    def declared(*_: object) -> None:
        nonlocal results
        results = True
        raise _PrologEnd

    def end_prolog(*_: object) -> None:
        raise _PrologEnd

    parser.EntityDeclHandler = declared
    parser.StartElementHandler = end_prolog
    with suppress(_PrologEnd):
        parser.Parse(data, True)
    return results


def local(element: ElementTree.Element) -> str:
    """The name of an element without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def whole_number(words: str) -> int | None:
    """The value of one to four ASCII digits, or None."""
    return int(words) if re.fullmatch(r"[0-9]{1,4}", words) else None


def attribute(element: ElementTree.Element, name: str) -> str:
    """The value of an attribute by its name without namespace, or ""."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return ""
