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
import zlib
from collections.abc import Callable, Sequence
from random import Random

Mutation = Callable[[bytes, Random], bytes]
#: What is put in the place of a match: these bytes, or what is made of it and of another match.
New = bytes | Callable[[re.Match[bytes], re.Match[bytes], Random], bytes]

_STILL = (1980, 1, 1, 0, 0, 0)
#: Bytes beyond which a file is not grown further, and how deep things are nested.
_MOST, _DEEP = 4_000_000, 3000

_INTEGERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def _utf8(*texts: str) -> tuple[bytes, ...]:
    return tuple(each.encode("utf-8", "surrogatepass") for each in texts)


_NUMBERS = _utf8(
    *("0", "-1", "1", "65536", "2147483648", "-2147483649", "4294967296", "9" * 20, "9" * 5000),
    *("1e309", "-1e309", "1e-400", "NaN", "Infinity", "0x7f", "²", "٣", "1_000", "०", "1.5.5"),
)
_WORDS = _utf8(
    *("\x00", "\x1b]52;c;AAAA\x07", "\u202e", "\ufeff", "\u2028", "\ufffe", "\x85", "\ud7ff", "\r"),
    *("\ue000", "\uf8ff", "\U0010ffff", "a\u0301" * 300, "\u0627" * 300, "🏴\u200d" * 100, ""),
    *("=?nope?b?a?=", "=?utf-8?b?a?=", "]]>", "<!--", "-->", "<![CDATA[", "&#x110000;", "&#0;"),
    *("{{{{", "\\u", "%s%n", "../../x", "x" * 100_000, "word " * 20_000, "\n" * 2000, "1.1.1."),
    *("’" * 50, "”)]", "Mr. " * 500, "http://" + "a." * 500, "From x Mon May 6 10:11:12 2024\n"),
)
_NAMES = (
    *("../../../etc/x", "/abs", "C:\\x", "a\x00b", "a\nb", "\u202efdp.txt", "x" * 5000, "", "."),
    *("con.txt", "a/" * 200 + "b", "META-INF/container.xml", "mimetype", "word/document.xml"),
)
_ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp1252", "shift_jis", "cp037")


def mutated(data: bytes, random: Random, kind: str = "") -> bytes:
    """The file with one to three changes that fit its kind, told from its content."""
    for _ in range(random.choice((1, 1, 2, 3))):
        data = random.choice(_fitting(data, kind))(data, random)[:_MOST]
    return data


def _fitting(data: bytes, kind: str) -> Sequence[Mutation]:
    head = data[:2048]
    if head.startswith(b"PK"):
        return (_member, _member, _member, _member, _package, _package, _raw)
    if b"%PDF-" in head:
        return (_stream, _stream, _object, _object, _number, _reference, _raw)
    if head.startswith(b"\x89PNG"):
        return (_chunk, _chunk, _raw)
    if any(magic in head[:16] for magic in _BINARY):
        return (_field, _field, _raw)
    if kind in ("eml", "mbox") or re.search(rb"^(?:From|Received|Return-Path)\b", head, re.M):
        return (_header, _header, _header, _line, _number, _raw)
    if re.match(rb"\s*<", head):
        return (_tag, _tag, _tag, _line, _number, _raw)
    if head.startswith(b"{\\rtf"):
        return (_control, _control, _line, _number, _raw)
    if head.lstrip()[:1] in (b"{", b"["):
        return (_value, _value, _value, _line, _number)
    return (_line, _line, _line, _cell, _number, _raw)


_BINARY = (
    *(b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"WEBP", b"WAVE", b"ftyp"),
    *(b"\x1aE\xdf\xa3", b"ID3", b"OggS", b"fLaC", b"SQLite format 3", b"\xd0\xcf\x11\xe0"),
    b"\x1f\x8b",
)


def _raw(data: bytes, random: Random) -> bytes:
    """Bits, bytes, pieces and whole numbers anywhere."""
    if not data:
        return b"\x00"
    at, to = random.randrange(len(data)), random.randrange(len(data))
    length = random.choice((1, 2, 16, 200, 4096))
    piece = data[at : at + length]
    number = random.choice(_INTEGERS)
    packed = struct.pack(random.choice("<>") + "Q", number << random.choice((0, 32)))
    before, after = data[:at], data[at + len(piece) :]
    return random.choice(
        (
            before + bytes([data[at] ^ 1 << random.randrange(8)]) + data[at + 1 :],
            before + random.randbytes(len(piece)) + after,
            before + after,
            before + piece * random.choice((2, 4, 201)) + after,
            before,
            before + packed[: random.choice((2, 4, 8))] + after,
            before + random.randbytes(length) + data[at:],
            data[:to] + piece + data[to + len(piece) :],
        )
    )


# -- what a pattern finds --------------------------------------------------------------------------


def _put(pattern: bytes, *new: New) -> Mutation:
    """The mutation that puts one of these in the place of a match of the pattern."""
    compiled = re.compile(pattern, re.DOTALL)

    def change(data: bytes, random: Random) -> bytes:
        found = list(compiled.finditer(data))
        if not found:
            return _raw(data, random)
        one, other, made = random.choice(found), random.choice(found), random.choice(new)
        put = made if isinstance(made, bytes) else made(one, other, random)
        return data[: one.start()] + put + data[one.end() :]

    return change


def _within(pattern: bytes, new: bytes) -> New:
    """What the match becomes where the first that this pattern finds in it is replaced."""
    return lambda one, _other, _random: re.sub(pattern, lambda _: new, one[0], count=1)


def _other(_one: re.Match[bytes], other: re.Match[bytes], _random: Random) -> bytes:
    return other[0]


def _odd(_one: re.Match[bytes], _other: re.Match[bytes], random: Random) -> bytes:
    return random.choice((*_NUMBERS, *_WORDS))


def _again(*times: int) -> New:
    return lambda one, _other, random: (one[0] + b"\n") * random.choice(times)


_number = _put(rb"\d+", lambda _one, _other, random: random.choice(_NUMBERS))
#: An object is taken for another: a page for its own parent, a font for a page.
_reference = _put(rb"\d+ 0 R", _other)
_object = _put(
    rb"\d+ 0 obj\b.*?endobj",
    b"",
    _other,
    _within(rb"<<", b"<< /Filter [" + b"/FlateDecode " * 60 + b"]"),
    _within(rb"\[[^\]]*\]", b"[" * _DEEP + b"]" * _DEEP),
    _within(rb"/MediaBox\s*\[[^\]]*\]", b"/MediaBox [0 0 1e9 -1e9] /Rotate 45"),
    _within(rb"/Type /Page", b"/Type /Pages"),
    _within(rb"\([^()]*\)", b"(\\376\\377\\330\\000)"),
    _within(rb"<<", b"<< /Rotate -7 /UserUnit 1e6 /Tabs /X /Lang (" + b"x" * 9999 + b")"),
    _within(rb"/Count\s+\d+", b"/Count 99999999"),
)
#: One value of JSON becomes another: of another type, enormous, or nested beyond reason.
_value = _put(
    rb'"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null',
    *(b"null", b"[]", b"{}", b"true", b'""', b'"\\ud800"', b'"\\u0000"', b'["a", null, {}]'),
    *(b'{"text": [1]}', b'"' + b"x" * 100_000 + b'"', *_NUMBERS[:15]),
    *(b"[" * deep + b"]" * deep for deep in (20, 400, 900, 100_000)),
    *(b'{"a":' * deep + b"1" + b"}" * deep for deep in (20, 400, 900, 100_000)),
)
_tag = _put(
    rb"<(/?)([A-Za-z][\w:.-]*)([^<>]*)>",
    b"",
    _again(2, 200, _DEEP),
    lambda one, _, random: b"<%s>" % one[2] * _DEEP + b"</%s>" % one[2] * random.choice((0, _DEEP)),
    lambda one, other, _: b"<%s%s%s>" % (one[1], other[2], one[3]),
    lambda one, other, random: re.sub(
        rb'=\s*"[^"]*"', lambda _: b'="%s"' % _odd(one, other, random), one[0], count=1
    ),
    lambda one, other, random: one[0] + _odd(one, other, random),
    lambda one, _, __: one[0][:-1] + b" a" * 3000 + b">",
    b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>',
    b'<?xml encoding="nope"?>',
)
#: Groups and control words of rich text.
_control = _put(
    rb"\\[a-z]+-?\d* ?|[{}]",
    *(b"", b"{" * _DEEP, b"}" * 50, b"\\bin99999999 ", b"\\u-99999 ", b"\\uc99999 ", b"{\\*\\"),
    *(b"\\'zz", b"\\ansicpg99999 ", b"{\\pict" + b"00" * 5000, b"{\\footnote " * 500),
    *(b"\\outlinelevel9 ", b"\\s99999 ", b"\\row" * 500, _again(500)),
)
_cell = _put(rb"[^,\n]+", b'"', b'"a""', b"x" * 200_000, b"," * 5000, b";", b"\t", _odd)
_TYPES = _utf8(
    *("multipart/mixed; boundary=q", "multipart/alternative", "message/rfc822", "text/html"),
    *("text/plain; charset=nope", "text/plain; charset=utf-16", "text/plain; charset*=x''%ff"),
    *("text/plain; charset=\x00", "a/b/c", "", "multipart/encrypted", "text/plain; format=flowed"),
    *("text/plain; charset=idna", "text/plain; charset=rot13", "text/plain; charset=undefined"),
)
_TYPED = _utf8("nope", "utf-8", "utf-7", "x\u00e9", "idna", "utf-16", "punycode")
_DATES = _utf8("Mon, 99 Foo 99999 99:99:99 +9999", "²", "0", "9" * 500, "-1 Jan -1")
_CODINGS = (b"base64", b"quoted-printable", b"x-uuencode", b"binary", b"nope")
_FILES = (b"filename*=nope''%ff", b"filename*0*=x''a; filename*2=b", b"filename=")


def _header_of(name: bytes, values: Sequence[bytes]) -> New:
    return lambda _one, _other, random: name + random.choice(values)


def _coded(one: re.Match[bytes], _other: re.Match[bytes], random: Random) -> bytes:
    how, text = random.choice((b"b", b"q", b"x")), random.choice((b"a", b"=zz", b"+AA"))
    return b"%s =?%s?%s?%s?=" % (one[1], random.choice(_TYPED), how, text)


def _nested(_one: re.Match[bytes], _other: re.Match[bytes], random: Random) -> bytes:
    part = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"
    return b"".join(part % (n, n) for n in range(random.choice((5, 60, _DEEP))))


_header = _put(
    rb"(?m)^([A-Za-z][\w-]*:)[^\n]*$",
    lambda one, other, random: b"%s %s" % (one[1], _odd(one, other, random)),
    lambda one, _, __: (one[1] + b" " + b"a" * 5000 + b"\n") * 200 + one[0],
    _coded,
    _nested,
    _header_of(b"Content-Type: ", _TYPES),
    _header_of(b"Content-Transfer-Encoding: ", _CODINGS),
    _header_of(b"Content-Disposition: attachment; ", _FILES),
    _header_of(b"Date: ", _DATES),
)


def _bracketed(one: re.Match[bytes], _other: re.Match[bytes], random: Random) -> bytes:
    pair = random.choice((b"()", b"[]", b"{}", b"<>", b"**", b"> ", b"``", b"\t "))
    return pair[:1] * _DEEP + one[0] + pair[1:] * _DEEP


_lines = _put(
    rb"(?m)^[^\n]*$",
    b"",
    _again(2, 50, 2000),
    _bracketed,
    lambda one, other, random: _odd(one, other, random) + one[0],
    lambda one, other, random: one[0][: len(one[0]) // 2] + _odd(one, other, random),
)


def _line(data: bytes, random: Random) -> bytes:
    """A line is changed, or the whole text's encoding, or that of its second half."""
    how = random.randrange(7)
    if how > 1:
        return _lines(data, random)
    text = data.decode("utf-8", "replace")
    half = 0 if how else len(text) // 2
    encoding = random.choice(_ENCODINGS) if how else "utf-16-le"
    return text[:half].encode() + text[half:].encode(encoding, "replace")


_OPERATORS = (
    *(b"q " * 5000, b"BT " * 500, b"/F1 1e30 Tf ", b"1e38 0 0 1e38 1e38 0 Tm ", b"[" * 5000),
    *(b"0 0 0 0 0 0 cm ", b"(" + b"x" * 100_000 + b") Tj ", b"[(a) -1e9 (b)] TJ ", b"<FFFE> Tj "),
    *(
        b"/Fm0 Do " * 200,
        b"BI /W 99999 /H 99999 /BPC 8 /CS /G ID x EI ",
        b"-1 Tr 3 Tr ",
        b"NaN Tz ",
    ),
)


def _stream(data: bytes, random: Random) -> bytes:
    """An unpacked content stream of a PDF is changed and packed again."""
    found = list(re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL))
    if not found:
        return _raw(data, random)
    match = random.choice(found)
    pack: Callable[[bytes], bytes] = zlib.compress
    try:
        content = zlib.decompress(match[1])
    except zlib.error:
        content, pack = match[1], bytes
    operator = random.choice(_OPERATORS)
    changed = (_number(content, random), _raw(content, random), operator + content)
    packed = pack(random.choice((*changed, content + b"\n" + operator + content)))
    before, length, size = data[: match.start(1)].rpartition(b"/Length")
    size = re.sub(rb"^\s+\d+", b" %d" % len(packed), size) if length else size
    return before + length + size + packed + data[match.end(1) :]


# -- pictures, recordings, databases ---------------------------------------------------------------


def _chunk(data: bytes, random: Random) -> bytes:
    """A chunk of a PNG is changed, and its checksum with it."""
    chunks: list[tuple[bytes, bytes]] = []
    at = 8
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        chunks.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + length]))
        at += 12 + length
    if not chunks:
        return _raw(data, random)
    one = random.randrange(len(chunks))
    name, content = chunks[one]
    size = random.choice((0, 1, 60_000, 0x7FFFFFFF)), random.choice((1, 60_000, 0xFFFFFFFF))
    to, put = random.choice(
        (
            (slice(0, 1), [(chunks[0][0], struct.pack(">II", *size) + chunks[0][1][8:])]),
            (slice(one, one + 1), [(name, _raw(content, random))]),
            (slice(one, one), [(b"zTXt", b"x\0\0" + zlib.compress(bytes(5_000_000)))]),
            (slice(1, 1), [(b"eXIf", b"MM\0*\0\0\0\x08\xff\xff" + random.randbytes(200))]),
            (slice(one, one), [(name, content)] * random.choice((2, 500))),
        )
    )
    chunks[to] = put
    return data[:8] + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def _field(data: bytes, random: Random) -> bytes:
    """A number in the head of a binary file, where sizes and offsets stand."""
    at, form = random.randrange(min(len(data), 400)), random.choice(("<H", ">H", "<I", ">I"))
    most = 0xFFFF if form[1] == "H" else 0xFFFFFFFF
    packed = struct.pack(form, min(most, random.choice(_INTEGERS)))
    return data[:at] + packed + data[at + len(packed) :]


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
        return _raw(data, random)
    at = random.randrange(len(found))
    name, content = found[at]
    found[at] = (name, mutated(content, random, name.rpartition(".")[2]))
    return _packed(found)


def _package(data: bytes, random: Random) -> bytes:
    """A member is renamed, doubled, emptied or swapped, or the directory lies about it."""
    found = members(data)
    if not found:
        return _raw(data, random)
    at, other = random.randrange(len(found)), random.randrange(len(found))
    name, content = found[at]
    how = random.randrange(9)
    if how < 2:
        packed = bytearray(_packed(found))
        if how:
            # The lie is told where the directory says how large a member is.
            place = packed.rfind(b"PK\x01\x02") + 24
            packed[place : place + 4] = struct.pack("<I", random.choice(_INTEGERS))
        else:
            place = packed.find(b"PK", random.randrange(len(packed))) + random.randrange(4, 30)
            packed[min(place, len(packed) - 1)] ^= 0xFF
        return bytes(packed)
    if how == 2:
        return _packed(found, random.choice((zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2)))
    if how == 3:
        found[at], found[other] = (name, found[other][1]), (found[other][0], content)
        return _packed(found)
    found[at : at + 1] = (
        [],
        [(random.choice(_NAMES) or "x", content)],
        [(name, bytes(random.choice((900_000, 20_000_000))))],
        [(name, content), (name + ".zip", data)],
        [(name, b"")],
    )[how - 4]
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
