"""Changes to bytes: anywhere, in the heads of binary files, in chunks of pictures and in PDFs."""

import re
import struct
import zlib
from random import Random

NUMBERS = (
    *("0", "-1", "1", "65536", "2147483648", "-2147483649", "4294967296", "9" * 20, "9" * 5000),
    *("1e309", "-1e309", "1e-400", "NaN", "Infinity", "0x7f", "²", "٣", "1_000", "०", "1.5.5"),
)
INTEGERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def raw(data: bytes, random: Random) -> bytes:
    """Bits, bytes, pieces and whole numbers anywhere."""
    if not data:
        return b"\x00"
    changed = bytearray(data)
    at = random.randrange(len(changed))
    length = min(len(changed) - at, random.choice((1, 2, 16, 200, 4096)))
    piece = changed[at : at + length]
    match random.randrange(8):
        case 0:
            changed[at] ^= 1 << random.randrange(8)
        case 1:
            changed[at : at + length] = random.randbytes(length)
        case 2:
            del changed[at : at + length]
        case 3:
            changed[at:at] = piece * random.choice((1, 3, 200))
        case 4:
            del changed[at:]
        case 5:
            order = random.choice("<>")
            width = random.choice("HIQ")
            number = struct.pack(order + width, random.choice(INTEGERS) & 0xFFFF)
            changed[at : at + len(number)] = number
        case 6:
            changed[at:at] = random.randbytes(length)
        case _:
            to = random.randrange(len(changed))
            changed[to : to + length] = piece
    return bytes(changed)


# -- PDF -------------------------------------------------------------------------------------------


def streams(data: bytes, random: Random) -> bytes:
    """An unpacked content stream is changed and packed again."""
    found = list(re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL))
    if not found:
        return raw(data, random)
    match = random.choice(found)
    try:
        content = zlib.decompress(match[1])
        packs = True
    except zlib.error:
        content, packs = match[1], False
    operators = (
        *(
            b"q " * 5000,
            b"BT " * 500,
            b"/F1 1e30 Tf ",
            b"1e38 0 0 1e38 1e38 0 Tm ",
            b"0 0 0 0 0 0 cm ",
        ),
        *(
            b"(" + b"x" * 100_000 + b") Tj ",
            b"[(a) -1e9 (b)] TJ ",
            b"/Fm0 Do " * 200,
            b"<FFFE> Tj ",
        ),
        *(b"BI /W 99999 /H 99999 /BPC 8 /CS /G ID x EI ", b"[" * 5000, b"-1 Tr 3 Tr ", b"NaN Tz "),
    )
    content = random.choice(
        (
            lambda: number(content, random),
            lambda: raw(content, random),
            lambda: random.choice(operators) + content,
            lambda: content + b"\n" + random.choice(operators) + content,
        )
    )()
    packed = zlib.compress(content) if packs else content
    before = data[: match.start(1)]
    length = before.rfind(b"/Length")
    if length >= 0:
        before = before[:length] + re.sub(
            rb"/Length\s+\d+", b"/Length %d" % len(packed), before[length:], count=1
        )
    return before + packed + data[match.end(1) :]


def objects(data: bytes, random: Random) -> bytes:
    found = list(re.finditer(rb"\d+ 0 obj\b.*?endobj", data, re.DOTALL))
    if not found:
        return raw(data, random)
    one, other = random.choice(found), random.choice(found)
    body = one[0]
    new = random.choice(
        (
            lambda: b"",
            lambda: other[0],
            lambda: body.replace(b"<<", b"<< /Filter [" + b"/FlateDecode " * 60 + b"]", 1),
            lambda: re.sub(rb"\[[^\]]*\]", b"[" * 3000 + b"]" * 3000, body, count=1),
            lambda: re.sub(
                rb"/MediaBox\s*\[[^\]]*\]", b"/MediaBox [0 0 1e9 -1e9] /Rotate 45", body
            ),
            lambda: body.replace(b"/Type /Page", b"/Type /Pages"),
            lambda: re.sub(rb"\([^()]*\)", b"(\\376\\377\\330\\000)", body, count=1),
            lambda: body.replace(
                b"<<", b"<< /Rotate -7 /UserUnit 1e6 /Tabs /X /Lang (" + b"x" * 9999 + b")", 1
            ),
            lambda: re.sub(rb"/Count\s+\d+", b"/Count 99999999", body),
        )
    )()
    return data[: one.start()] + new + data[one.end() :]


def references(data: bytes, random: Random) -> bytes:
    """An object is taken for another: a page for its own parent, a font for a page."""
    found = list(re.finditer(rb"(\d+) 0 R", data))
    if not found:
        return raw(data, random)
    one, other = random.choice(found), random.choice(found)
    return data[: one.start()] + other[0] + data[one.end() :]


# -- pictures, recordings, databases ---------------------------------------------------------------


def png(data: bytes, random: Random) -> bytes:
    """A chunk is changed, and its checksum with it."""
    chunks: list[tuple[bytes, bytes]] = []
    at = 8
    while at + 12 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        chunks.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + length]))
        at += 12 + length
    if not chunks:
        return raw(data, random)
    one = random.randrange(len(chunks))
    name, content = chunks[one]
    match random.randrange(5):
        case 0:
            size = random.choice((0, 1, 60_000, 0x7FFFFFFF)), random.choice((1, 60_000, 0xFFFFFFFF))
            chunks[0] = (chunks[0][0], struct.pack(">II", *size) + chunks[0][1][8:])
        case 1:
            chunks[one] = (name, raw(content, random))
        case 2:
            chunks[one:one] = [(b"zTXt", b"x\0\0" + zlib.compress(bytes(5_000_000)))]
        case 3:
            chunks[1:1] = [(b"eXIf", b"MM\0*\0\0\0\x08\xff\xff" + random.randbytes(200))]
        case _:
            chunks[one:one] = [(name, content)] * random.choice((2, 500))
    made = b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
    return data[:8] + made


def fields(data: bytes, random: Random) -> bytes:
    """A number in the head of a binary file, where sizes and offsets stand."""
    changed = bytearray(data)
    at = random.randrange(min(len(changed), 400))
    form = random.choice(("<H", ">H", "<I", ">I"))
    most = 0xFFFF if form[1] == "H" else 0xFFFFFFFF
    number = struct.pack(form, min(most, random.choice(INTEGERS)))
    changed[at : at + len(number)] = number
    return bytes(changed)


def number(data: bytes, random: Random) -> bytes:
    """One number becomes another, or no number."""
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return raw(data, random)
    match = random.choice(found)
    return data[: match.start()] + random.choice(NUMBERS).encode() + data[match.end() :]
