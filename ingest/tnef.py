"""Outlook's container winmail.dat as a multipart message: its text and files.

Microsoft, [MS-OXTNEF], sections 2.1.3.3 and 2.1.3.4.
"""

import struct
from collections.abc import Iterator
from email.message import EmailMessage

from ingest.books import rich_text
from ingest.errors import DamagedFileError

# -- compressed rtf -------------------------------------------------------------------------------
# Rich text as Outlook compresses it (Microsoft, [MS-OXRTFCP], 2.1 and 3.1).


_COMPRESSED, _PRELOADED = b"LZFu", b"MELA"
_HEADER = 16
#: Initial content of the dictionary, and its size.
_PREFIX = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_RING = 4096


def decompressed(data: bytes) -> bytes:
    """Decompress rich text, as far as it reaches. Raises `DamagedFileError`."""
    kind = data[8:12]
    if len(data) < _HEADER or kind not in (_COMPRESSED, _PRELOADED):
        raise DamagedFileError("Its letter is in a form of rich text that is not known.")
    size = struct.unpack_from("<I", data, 4)[0]
    if kind == _PRELOADED:
        return data[_HEADER : _HEADER + size]
    # The ring buffer is the tail of the output, beginning with its initial content.
    text = bytearray(_PREFIX)
    at = _HEADER
    while at < len(data):
        flags, at = data[at], at + 1
        for bit in range(8):
            if not flags >> bit & 1:
                text += data[at : at + 1]
                at += 1
                continue
            reference, at = int.from_bytes(data[at : at + 2], "big"), at + 2
            back = (len(text) - (reference >> 4)) % _RING
            if not back or at > len(data):
                return bytes(text[len(_PREFIX) :][:size])
            for _ in range((reference & 15) + 2):
                text.append(text[-back] if back <= len(text) else 0)
    return bytes(text[len(_PREFIX) :][:size])


# -- tnef ----------------------------------------

_SIGNATURE = 0x223E9F78
_BODY, _CODE_PAGE, _LETTER = 0x2800C, 0x69007, 0x69003
_BEGUN, _TITLE, _DATA, _DESCRIBED = 0x69002, 0x18010, 0x6800F, 0x69005
_PLAIN, _HTML, _LONG_NAME, _RICH = 0x1000, 0x1013, 0x3707, 0x1009
#: Length in bytes of fixed-size values, by type.
_FIXED = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}


def message(data: bytes) -> EmailMessage:
    """The message with its files. Raises `DamagedFileError`."""
    if len(data) < 6 or struct.unpack_from("<I", data)[0] != _SIGNATURE:
        raise DamagedFileError("It is damaged: it does not begin as Outlook's container does.")
    plain, html, rich, encoding = "", "", b"", "cp1252"
    files: list[tuple[str, bytes]] = []
    for name, value in _attributes(data):
        if name == _CODE_PAGE and len(value) >= 4:
            encoding = f"cp{struct.unpack_from('<I', value)[0]}"
        elif name == _BODY:
            plain = plain or _text(value, encoding)
        elif name == _LETTER:
            facts = dict(_properties(value, encoding))
            plain, html = facts.get(_PLAIN, plain), facts.get(_HTML, html)
            rich = facts.get(_RICH, "").encode("latin-1")
        elif name == _BEGUN:
            files.append(("attachment", b""))
        elif files and name == _TITLE:
            files[-1] = _text(value, encoding), files[-1][1]
        elif files and name == _DATA:
            files[-1] = files[-1][0], value
        elif files and name == _DESCRIBED:
            facts = dict(_properties(value, encoding))
            files[-1] = facts.get(_LONG_NAME, files[-1][0]), files[-1][1]
    if rich and not (plain or html):
        plain = rich_text.words(decompressed(rich))
    full = EmailMessage()
    full.set_content(plain or html, subtype="plain" if plain or not html else "html")
    for title, content in files:
        full.add_attachment(content, maintype="application", subtype="octet-stream", filename=title)
    return full


def _text(value: bytes, encoding: str) -> str:
    try:
        return value.decode(encoding, "replace").rstrip("\0")
    except LookupError:
        return value.decode("cp1252", "replace").rstrip("\0")


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 6
    while at + 9 <= len(data):
        _, name, length = struct.unpack_from("<BII", data, at)
        yield name, data[at + 9 : at + 9 + length]
        at += 9 + length + 2


def _properties(data: bytes, encoding: str) -> Iterator[tuple[int, str]]:
    """The text properties, up to one of an unknown type."""
    at = 4
    while at + 4 <= len(data):
        kind, name = struct.unpack_from("<HH", data, at)
        at += 4
        try:
            if name >= 0x8000:
                labelled, length = struct.unpack_from("<II", data, at + 16)
                at += 24 + (-(-length // 4) * 4 if labelled else 0)
            if kind in _FIXED:
                at += _FIXED[kind]
                continue
            if kind not in {0x1E, 0x1F, 0x102, 0x0D}:
                return
            count, at = struct.unpack_from("<I", data, at)[0], at + 4
            for _ in range(count):
                length = struct.unpack_from("<I", data, at)[0]
                value = data[at + 4 : at + 4 + length]
                at += 4 + -(-length // 4) * 4
                if name == _RICH:
                    # Bytes that are not decoded yet.
                    yield name, value.decode("latin-1")
                else:
                    yield name, _text(value, "utf-16-le" if kind == 0x1F else encoding)
        except struct.error:
            return
