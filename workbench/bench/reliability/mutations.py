"""Changes to files that keep enough of their structure to get past the first check of a parser.

A mutation is made inside what the file is made of: members of ZIP packages, objects and unpacked
streams of PDFs, tags of XML and HTML, headers and parts of mail, cells, JSON values, chunks of
pictures, boxes of recordings, pages of databases. The same generator makes the same file.
"""

import base64
import io
import re
import struct
import zipfile
from collections.abc import Callable, Sequence
from random import Random

from workbench.bench.reliability import mutations_binary as binary
from workbench.bench.reliability import mutations_text as text

Mutation = Callable[[bytes, Random], bytes]

_STILL = (1980, 1, 1, 0, 0, 0)
#: Bytes beyond which a file is not grown further.
_MOST = 4_000_000

_NAMES = (
    *("../../../etc/x", "/abs", "C:\\x", "a\x00b", "a\nb", "\u202efdp.txt", "x" * 5000, "", "."),
    *("con.txt", "a/" * 200 + "b", "META-INF/container.xml", "mimetype", "word/document.xml"),
)
_BINARY: tuple[tuple[bytes, Mutation], ...] = (
    (b"\x89PNG", binary.png),
    *(
        (magic, binary.fields)
        for magic in (b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"WEBP")
    ),
    *(
        (magic, binary.fields)
        for magic in (b"WAVE", b"ftyp", b"\x1aE\xdf\xa3", b"ID3", b"OggS", b"fLaC")
    ),
    *((magic, binary.fields) for magic in (b"SQLite format 3", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")),
)


def mutated(data: bytes, random: Random, kind: str = "") -> bytes:
    """The file with one to three changes that fit its kind, told from its content."""
    for _ in range(random.choice((1, 1, 2, 3))):
        data = random.choice(_fitting(data, kind))(data, random)[:_MOST]
    return data


def _fitting(data: bytes, kind: str) -> Sequence[Mutation]:
    head = data[:2048]
    if head.startswith(b"PK"):
        return (_member, _member, _member, _member, _package, _package, binary.raw)
    if b"%PDF-" in head:
        return (
            binary.streams,
            binary.streams,
            binary.objects,
            binary.objects,
            binary.number,
            binary.references,
            binary.raw,
        )
    for magic, change in _BINARY:
        if magic in head[:16]:
            return (change, change, binary.raw)
    if kind in ("eml", "mbox") or re.search(rb"^(?:From|Received|Return-Path)\b", head, re.M):
        return (text.mail, text.mail, text.mail, text.words, binary.number, binary.raw)
    if re.match(rb"\s*<", head):
        return (text.tags, text.tags, text.tags, text.words, binary.number, binary.raw)
    if head.startswith(b"{\\rtf"):
        return (text.groups, text.groups, text.words, binary.number, binary.raw)
    if head.lstrip()[:1] in (b"{", b"["):
        return (text.values, text.values, text.values, text.words, binary.number)
    return (text.words, text.words, text.words, text.cells, binary.number, binary.raw)


# -- packages --------------------------------------------------------------------------------------


def members(data: bytes) -> list[tuple[str, bytes]]:
    """Names and contents of a package; none where it cannot be opened (any more)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            small = [each for each in package.infolist() if each.file_size < _MOST]
            return [(each.filename, package.read(each)) for each in small]
    except Exception:  # noqa: BLE001 - what was mutated before may be no package any more
        return []


def _packed(found: Sequence[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as package:
        for number, (name, content) in enumerate(found):
            info = zipfile.ZipInfo(name.encode("utf-8", "replace").decode() or "x", _STILL)
            first = number == 0 and name == "mimetype"
            info.compress_type = zipfile.ZIP_STORED if first else method
            # One of the same name is a change like others, and no slip to be warned of.
            package.NameToInfo.pop(info.filename, None)
            package.writestr(info, content)
    return target.getvalue()


def _member(data: bytes, random: Random) -> bytes:
    """A member is changed as a file of its own kind would be."""
    found = members(data)
    if not found:
        return binary.raw(data, random)
    at = random.randrange(len(found))
    name, content = found[at]
    found[at] = (name, mutated(content, random, name.rpartition(".")[2]))
    return _packed(found)


def _package(data: bytes, random: Random) -> bytes:
    found = members(data)
    if not found:
        return binary.raw(data, random)
    at = random.randrange(len(found))
    name, content = found[at]
    match random.randrange(9):
        case 0:
            del found[at]
        case 1:
            found[at] = (random.choice(_NAMES) or "x", content)
        case 2:
            found[at] = (name, b"\x00" * random.choice((900_000, 20_000_000)))
        case 3:
            found.append((name + ".zip", data))
        case 4:
            found[at] = (name, b"")
        case 5:
            # The lie is told where the directory says how large a member is.
            packed = bytearray(_packed(found))
            place = packed.rfind(b"PK\x01\x02")
            packed[place + 24 : place + 28] = struct.pack("<I", random.choice(binary.INTEGERS))
            return bytes(packed)
        case 6:
            return _packed(found, random.choice((zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2)))
        case 7:
            other = random.randrange(len(found))
            found[at], found[other] = (name, found[other][1]), (found[other][0], content)
        case _:
            packed = bytearray(_packed(found))
            place = packed.find(b"PK", random.randrange(len(packed)))
            packed[min(place + random.randrange(4, 30), len(packed) - 1)] ^= 0xFF
            return bytes(packed)
    return _packed(found) if found else b"PK\x05\x06" + bytes(18)


def quine() -> bytes:
    """A ZIP within ZIPs within ZIPs, and at the bottom zeros that packed well."""
    data = _packed([("a.txt", bytes(3_000_000))])
    for level in range(6):
        data = _packed([(f"{level}-{copy}.zip", data) for copy in range(4)])
    return data


def encoded_bomb() -> bytes:
    """A message of many attachments in base64 that unpack to nothing but themselves."""
    body = base64.encodebytes(bytes(300_000)).decode()
    parts = "".join(
        f"--q\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n{body}"
        for _ in range(5)
    )
    head = "From: a@x\nTo: b\nDate: x\nContent-Type: multipart/mixed; boundary=q\n\n"
    return f"{head}{parts}--q--\n".encode()
