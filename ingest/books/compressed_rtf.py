"""Rich text as Outlook compresses it (Microsoft, [MS-OXRTFCP], 2.1 and 3.1)."""

import struct

from ingest.errors import DamagedFileError

_COMPRESSED, _PLAIN = b"LZFu", b"MELA"
_HEADER = 16
#: What the dictionary holds before the first byte is read, and how much there is room for.
_PREFIX = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_RING = 4096


def decompressed(data: bytes) -> bytes:
    """The rich text in a compressed stream, as far as it reaches. Raises `DamagedFileError`."""
    kind = data[8:12]
    if len(data) < _HEADER or kind not in (_COMPRESSED, _PLAIN):
        raise DamagedFileError("Its letter is in a form of rich text that is not known.")
    size = struct.unpack_from("<I", data, 4)[0]
    if kind == _PLAIN:
        return data[_HEADER : _HEADER + size]
    # The ring is the tail of all that was written, what it holds at first included.
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
