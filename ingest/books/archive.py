"""ZIP packages that documents come in (EPUB, DOCX, ODT): read in memory, within limits.

Nothing is unpacked to disk. What an archive claims and what it holds are both limited, members that
share bytes are refused (Fifield, "A better zip bomb", 2019), and XML that defines entities is
refused, so that none is ever resolved. `noun` is what the errors call the file ("EPUB", "Word
document").
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

#: Most bytes that a book may unpack to, in all and in one document.
MOST_BYTES = 500_000_000
MOST_DOCUMENT = 64_000_000
#: A document of more than a megabyte that shrinks further than this is a trap.
MOST_RATIO = 400

#: Bytes of the head that stands before each member.
_MIN_HEAD = 30

AGAIN = "Copy or download it again and add the new copy."

#: What `zipfile` raises on archives whose tables lie.
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
    """The package, its claims checked. Whatever is wrong with it is raised in our words."""
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
    """Whether the disk gave up, which is no fault of the file on it."""
    return isinstance(error, OSError) and error.errno in _REMOVED


def damaged(noun: str, why: str = "is cut off or corrupt") -> DamagedFileError:
    """The error for a package that does not hold what it should."""
    return DamagedFileError(f"This {noun} {why}.", AGAIN)


def is_trap(member: zipfile.ZipInfo) -> bool:
    """Whether a member claims to unpack to far more than honest text ever does."""
    return member.file_size >= 1_000_000 and member.file_size > MOST_RATIO * max(
        1, member.compress_size
    )


def overlap(package: zipfile.ZipFile) -> bool:
    """Whether members share bytes of the file, by which a small one unpacks to anything."""
    reached = 0
    for member in sorted(package.infolist(), key=lambda member: member.header_offset):
        if member.header_offset < reached:
            return True
        # The name stands in the member's own head, too, perhaps written in another encoding.
        reached = member.header_offset + _MIN_HEAD + member.compress_size
    return False


def check(package: zipfile.ZipFile, noun: str) -> None:
    """Refuse a package with a password, a trap, or too much in it."""
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
    """The part of a document that may declare anything is over."""


def xml(data: bytes, noun: str) -> ElementTree.Element:
    """The tree of an XML document that defines no entities of its own."""
    try:
        if _defines_entities(data):
            raise damaged(noun, "defines XML entities of its own, as harmful files do")
        return ElementTree.fromstring(data)
    except (ElementTree.ParseError, expat.ExpatError, LookupError, ValueError) as error:
        raise damaged(noun) from error


def _defines_entities(data: bytes) -> bool:
    """Whether entities are declared, told by the parser itself and so in any encoding."""
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
    """The number that up to four plain figures stand for: "²" and "9" a million times are none."""
    return int(words) if re.fullmatch(r"[0-9]{1,4}", words) else None


def attribute(element: ElementTree.Element, name: str) -> str:
    """The value of an attribute by its name without namespace, or ""."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return ""
