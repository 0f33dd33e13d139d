"""Reads the strings of a Redis dump (RDB, versions 1 to 12): `SAVE`, or `redis-cli --rdb FILE`.

Source: the layout that Redis documents in `rdb.h`. Lists, sets, hashes and sorted sets are passed
over; streams and data of modules have no length to pass over them by.
"""

import struct
from collections.abc import Iterator
from io import BytesIO

#: The first bytes of a dump.
HEAD = b"REDIS"
_STRING, _ZSET, _ZSET_2, _HASH, _QUICKLIST_2 = 0, 3, 5, 4, 18
#: Types that are as many strings, and types that are packed into one.
_LISTS, _PACKED, _QUICKLIST = (1, 2), (9, 10, 11, 12, 13, 16, 17, 20), 14
_AUX, _RESIZE, _EXPIRES_MS, _EXPIRES_S, _DATABASE, _END = 0xFA, 0xFB, 0xFC, 0xFD, 0xFE, 0xFF
_IDLE, _FREQUENCY = 0xF8, 0xF9
#: Bytes of a string at most; Redis has the same limit.
_LONGEST = 512 << 20


def strings(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield key and value of each string. Raises `ValueError` for what is no dump, or cut off."""
    stream = BytesIO(content)
    if stream.read(5) != HEAD or not 1 <= int(stream.read(4)) <= 12:
        raise ValueError("no dump")
    while True:
        kind = _byte(stream)
        if kind == _END:
            return
        if kind == _AUX:
            _string(stream), _string(stream)
        elif kind == _RESIZE:
            _length(stream), _length(stream)
        elif kind == _DATABASE:
            _length(stream)
        elif kind in (_EXPIRES_MS, _EXPIRES_S, _FREQUENCY):
            _read(stream, {_EXPIRES_MS: 8, _EXPIRES_S: 4, _FREQUENCY: 1}[kind])
        elif kind == _IDLE:
            _length(stream)
        else:
            key = _string(stream)
            if kind == _STRING:
                yield key.decode(errors="replace"), _string(stream).decode(errors="replace")
            else:
                _pass_over(stream, kind)


def _pass_over(stream: BytesIO, kind: int) -> None:
    if kind in _PACKED:
        _string(stream)
        return
    if kind not in (*_LISTS, _QUICKLIST, _QUICKLIST_2, _HASH, _ZSET, _ZSET_2):
        raise ValueError("a type without a length")
    for _ in range(_length(stream)):
        if kind == _QUICKLIST_2:
            _length(stream)
        _string(stream)
        if kind == _HASH:
            _string(stream)
        elif kind == _ZSET_2:
            _read(stream, 8)
        elif kind == _ZSET:
            size = _byte(stream)
            # Three sizes stand for no number and the infinities.
            _read(stream, size if size < 253 else 0)


def _string(stream: BytesIO) -> bytes:
    first = _byte(stream)
    if first >> 6 != 3:
        return _read(stream, _sized(stream, first))
    encoding = first & 0x3F
    integers = {0: "<b", 1: "<h", 2: "<i"}
    if encoding in integers:
        format = integers[encoding]
        return str(struct.unpack(format, _read(stream, struct.calcsize(format)))[0]).encode()
    if encoding != 3:
        raise ValueError("an unknown encoding")
    packed, size = _length(stream), _length(stream)
    return _unpacked(_read(stream, packed), size)


def _length(stream: BytesIO) -> int:
    return _sized(stream, _byte(stream))


def _sized(stream: BytesIO, first: int) -> int:
    """A length whose first byte is read: 6, 14, 32 or 64 bits."""
    kind = first >> 6
    if kind == 0:
        return first & 0x3F
    if kind == 1:
        return (first & 0x3F) << 8 | _byte(stream)
    if first in (0x80, 0x81):
        size = 4 if first == 0x80 else 8
        return int.from_bytes(_read(stream, size), "big")
    raise ValueError("no length")


def _unpacked(packed: bytes, size: int) -> bytes:
    """Decompress LZF: literal runs, and copies of what is already there."""
    if size > _LONGEST:
        raise ValueError("too long")
    out, at = bytearray(), 0
    try:
        while at < len(packed):
            control = packed[at]
            at += 1
            if control < 32:
                out += packed[at : at + control + 1]
                at += control + 1
                continue
            length = control >> 5
            if length == 7:
                length += packed[at]
                at += 1
            start = len(out) - ((control & 0x1F) << 8 | packed[at]) - 1
            at += 1
            if start < 0:
                raise ValueError("damaged")
            for place in range(start, start + length + 2):
                out.append(out[place])
    except IndexError as error:
        raise ValueError("cut off") from error
    if len(out) != size:
        raise ValueError("damaged")
    return bytes(out)


def _byte(stream: BytesIO) -> int:
    return _read(stream, 1)[0]


def _read(stream: BytesIO, size: int) -> bytes:
    data = stream.read(size) if size <= _LONGEST else b""
    if len(data) != size:
        raise ValueError("cut off")
    return data
