"""Changes to text: words, numbers, lines, encodings, cells, JSON, tags, RTF groups and mail."""

import re
from random import Random

from workbench.bench.reliability.mutations_binary import NUMBERS, raw

_DEEP = 3000

_WORDS = (
    *("\x00", "\x1b]52;c;AAAA\x07", "\u202e", "\ufeff", "\u2028", "\ufffe", "\x85", "\ud7ff", "\r"),
    *("\ue000", "\uf8ff", "\U0010ffff", "a\u0301" * 300, "\u0627" * 300, "🏴\u200d" * 100, ""),
    *("=?nope?b?a?=", "=?utf-8?b?a?=", "]]>", "<!--", "-->", "<![CDATA[", "&#x110000;", "&#0;"),
    *("{{{{", "\\u", "%s%n", "../../x", "x" * 100_000, "word " * 20_000, "\n" * 2000, "1.1.1."),
    *("’" * 50, "”)]", "Mr. " * 500, "http://" + "a." * 500, "From x Mon May 6 10:11:12 2024\n"),
)
_ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp1252", "shift_jis", "cp037")


# -- text ------------------------------------------------------------------------------------------


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def words(data: bytes, random: Random) -> bytes:
    text = _decoded(data)
    lines = text.split("\n")
    at = random.randrange(len(lines))
    match random.randrange(7):
        case 0:
            place = random.randrange(len(text) + 1)
            text = text[:place] + random.choice(_WORDS) + text[place:]
            return _encoded(text)
        case 1:
            encoding = random.choice(_ENCODINGS)
            return text.encode("utf-8", "replace").decode().encode(encoding, "replace")
        case 2:
            half = len(text) // 2
            return _encoded(text[:half]) + text[half:].encode("utf-16-le", "replace")
        case 3:
            lines[at : at + 1] = [lines[at]] * random.choice((2, 50, 2000))
        case 4:
            del lines[at : at + random.choice((1, 5, 500))]
        case 5:
            opening, closing = random.choice(("()", "[]", "{}", "<>", "**", "> ", "``", "\t "))
            lines[at] = opening * _DEEP + lines[at] + closing * _DEEP
        case _:
            lines[at] = random.choice(_WORDS) + lines[at]
    return _encoded("\n".join(lines))


def cells(data: bytes, random: Random) -> bytes:
    lines = _decoded(data).split("\n")
    at = random.randrange(len(lines))
    cells = lines[at].split(",")
    cell = random.randrange(len(cells))
    cells[cell] = random.choice(('"', '"a""', "x" * 200_000, "," * 5000, *NUMBERS, *_WORDS))
    lines[at] = random.choice((",", ";", "\t")).join(cells)
    return _encoded("\n".join(lines))


def values(data: bytes, random: Random) -> bytes:
    """One value of JSON becomes another: of another type, enormous, or nested beyond reason."""
    text = _decoded(data)
    found = list(re.finditer(r'"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null', text))
    if not found:
        return words(data, random)
    match = random.choice(found)
    depth = random.choice((20, 400, 900, 100_000))
    value = random.choice(
        (
            *("null", "[]", "{}", "true", '""', '"\\ud800"', '"\\u0000"'),
            *("[" * depth + "]" * depth, '{"a":' * depth + "1" + "}" * depth),
            *('["a", null, {}]', '{"text": [1]}'),
            *NUMBERS[:15], f'"{"x" * 100_000}"',
        )
    )  # fmt: skip
    return _encoded(text[: match.start()] + value + text[match.end() :])


# -- marked-up text --------------------------------------------------------------------------------

_TAG = re.compile(r"<(/?)([A-Za-z][\w:.-]*)([^<>]*)>")


def tags(data: bytes, random: Random) -> bytes:
    text = _decoded(data)
    found = list(_TAG.finditer(text))
    if not found:
        return words(data, random)
    one, other = random.choice(found), random.choice(found)
    name, attributes = one[2], one[3]
    new = ""
    match random.randrange(9):
        case 0:
            pass
        case 1:
            new = one[0] * random.choice((2, 200, _DEEP))
        case 2:
            new = f"<{name}>" * _DEEP + f"</{name}>" * random.choice((0, _DEEP))
        case 3:
            new = f"<{one[1]}{other[2]}{attributes}>"
        case 4:
            value = random.choice((*NUMBERS, *_WORDS)).replace('"', "")
            odd = re.sub(r'=\s*"[^"]*"', lambda _: f'="{value}"', attributes, count=1)
            new = f"<{one[1]}{name}{odd}>"
        case 5:
            new = one[0] + random.choice(_WORDS)
        case 6:
            prologue = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
            return _encoded(random.choice((prologue, '<?xml encoding="nope"?>')) + text)
        case 7:
            new = text[one.start() : other.end()] * 2
        case _:
            new = f"<{one[1]}{name}{attributes}{' a' * 3000}>"
    return _encoded(text[: one.start()] + new + text[one.end() :])


def groups(data: bytes, random: Random) -> bytes:
    """Groups and control words of rich text."""
    found = list(re.finditer(rb"\\[a-z]+-?\d* ?|[{}]", data))
    if not found:
        return raw(data, random)
    match = random.choice(found)
    new = random.choice(
        (
            *(b"", b"{" * _DEEP, b"}" * 50, b"\\bin99999999 ", b"\\u-99999 ", b"\\uc99999 "),
            *(b"\\'zz", b"\\ansicpg99999 ", b"{\\pict" + b"00" * 5000, b"{\\footnote " * 500),
            *(b"\\outlinelevel9 ", b"\\s99999 ", b"{\\*\\", match[0] * 500, b"\\row" * 500),
        )
    )
    return data[: match.start()] + new + data[match.end() :]


# -- mail ------------------------------------------------------------------------------------------

_ODD_TYPES = (
    *("multipart/mixed; boundary=q", "multipart/alternative", "message/rfc822", "text/html"),
    *("text/plain; charset=nope", "text/plain; charset=utf-16", "text/plain; charset*=x''%ff"),
    *("text/plain; charset=\x00", "a/b/c", "", "multipart/encrypted", "text/plain; format=flowed"),
    *("text/plain; charset=idna", "text/plain; charset=rot13", "text/plain; charset=undefined"),
)


def mail(data: bytes, random: Random) -> bytes:
    text = _decoded(data)
    lines = text.split("\n")
    headers = [n for n, line in enumerate(lines) if re.match(r"[A-Za-z][\w-]*:", line)] or [0]
    at = random.choice(headers)
    name = lines[at].partition(":")[0]
    match random.randrange(8):
        case 0:
            lines[at] = f"{name}: {random.choice(_WORDS)}"
        case 1:
            charset = random.choice(
                ("nope", "utf-8", "utf-7", "x\u00e9", "idna", "utf-16", "punycode")
            )
            lines[at] = (
                f"{name}: =?{charset}?{random.choice('bqx')}?{random.choice(('a', '=zz', '+AA'))}?="
            )
        case 2:
            lines[at] = f"Content-Type: {random.choice(_ODD_TYPES)}"
        case 3:
            how = random.choice(("base64", "quoted-printable", "x-uuencode", "binary", "nope"))
            lines[at:at] = [f"Content-Transfer-Encoding: {how}"]
        case 4:
            depth = random.choice((5, 60, _DEEP))
            nested = [
                f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}" for n in range(depth)
            ]
            lines[at:at] = nested
        case 5:
            odd = random.choice(
                ("filename*=nope''%ff", "filename*0*=x''a; filename*2=b", "filename=")
            )
            lines[at:at] = [f"Content-Disposition: attachment; {odd}"]
        case 6:
            lines[at:at] = [f"{name}: " + "a" * 5000] * 200
        case _:
            date = random.choice(
                ("Mon, 99 Foo 99999 99:99:99 +9999", "²", "0", "9" * 500, "-1 Jan -1")
            )
            lines[at] = f"Date: {date}"
    return _encoded("\n".join(lines))
