"""Detects the encoding of a file by its bytes, and decodes it.

In order: a byte order mark; UTF-16 without one, by its zeros and control characters; UTF-8, which
no other text resembles; then the likeliest legacy encoding, by how much the result looks like some
language.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.errors import UnsupportedFileError
from ingest.records import Notice

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 1 << 16


@dataclass(frozen=True, slots=True)
class Decoded:
    r"""A decoded file: its text with "\n" line ends, the encoding, and what was invalid."""

    text: str
    encoding: str
    invalid: int = 0

    def notices(self) -> Iterator[Notice]:
        """A notice if something was invalid."""
        if self.invalid:
            yield Notice(
                "undecodable",
                f"{self.invalid} characters of this file are not valid {self.encoding} and are "
                "shown as �.",
                "Save the file as UTF-8 and add it again if words are missing.",
            )


def looks_binary(head: bytes) -> bool:
    """Whether `head`, the beginning of a file, is no text in any known encoding."""
    if not head or any(head.startswith(mark) for mark, _ in _MARKS):
        return False
    control = len(_CONTROL.findall(head))
    if control * 200 <= len(head) or (control * 10 <= len(head) and _is_utf8(head)):
        return False
    # The head may end within a character.
    return not _wide(head[: len(head) & ~1])


def _is_utf8(head: bytes) -> bool:
    """Whether bytes are UTF-8 without a zero byte."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return b"\0" not in head


def decode(data: bytes) -> Decoded:
    """Decode a file. Raises `UnsupportedFileError` if it is no text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], encoding)
    # Before UTF-8, which Latin and Cyrillic UTF-16 may be valid in, too.
    wide = _wide(data[:_SAMPLE])
    if wide:
        return _lenient(data, wide)
    try:
        return Decoded(_line_ends(data.decode("utf-8")), "utf-8")
    except UnicodeDecodeError:
        pass
    if looks_binary(data[:_SAMPLE]):
        raise UnsupportedFileError(
            "This file contains no text that can be read.", "Add a text, EPUB or PDF file instead."
        )
    if _mostly_utf8(data) or _has_utf8_lines(data[:_SAMPLE]):
        return _mixed(data)
    return _lenient(data, guess(data))


def decode_declared(data: bytes, declared: str) -> str:
    """Decode text with a declared encoding, unless its bytes are UTF-8 without doubt.

    Servers and programs that convert pages leave declarations of before. Raises as `decode`.
    """
    name = declared.strip().lower()
    if (
        name
        and not data.startswith(tuple(mark for mark, _ in _MARKS))
        and not surely_utf8(data, name)
    ):
        try:
            # Latin-1 is read as cp1252, as in every browser.
            return _line_ends(data.decode("cp1252" if name in _LATIN else name))
        except (LookupError, ValueError):
            pass
    return decode(data).text if data else ""


_LATIN = frozenset({"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"})
#: Encodings whose characters of two bytes may be valid UTF-8 by accident.
_DOUBLE = re.compile(r"gb|big5|hz|euc|shift|sjis|iso-?2022|johab|uhc|utf-?(?:7|16|32)|cp9\d\d")


def surely_utf8(data: bytes, declared: str) -> bool:
    """Whether bytes that are declared otherwise are UTF-8, and have other letters than ASCII."""
    if data.isascii() or declared.replace("_", "-") in {"utf-8", "utf8"}:
        return False
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not _DOUBLE.match(declared) or bool(re.search("[\u0800-\uffff]{2}", text))


def _mixed(data: bytes) -> Decoded:
    """Decode UTF-8 with lines in other encodings, each by itself.

    Mailboxes, logs and concatenated files are like that.
    """
    lines = data.replace(b"\r\n", b"\n").split(b"\n")
    strange: dict[int, bytes] = {}
    texts: list[str] = []
    for number, line in enumerate(lines):
        try:
            texts.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            texts.append("")
            strange[number] = line
    full = _by_lines(list(strange.values()))
    encoding = guess(full) if full else ""
    for number, line in strange.items():
        # A mostly valid line has corrupt characters; others are in another encoding.
        plain = not encoding or _mostly_utf8(line)
        texts[number] = line.decode("utf-8" if plain else encoding, "replace")
    text = _line_ends("\n".join(texts))
    # A truncated file loses its last character, not its last line.
    if text.endswith("\ufffd") and not data.endswith("\ufffd".encode()):
        text = text.removesuffix("\ufffd")
    return Decoded(text, "utf-8", text.count("\ufffd"))


def _has_utf8_lines(head: bytes) -> bool:
    """Whether a good part of the non-ASCII lines is UTF-8, which no line is by accident."""
    good = bad = 0
    for line in head.split(b"\n")[:-1]:
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            bad += 1
        else:
            good += 1
    return good >= 3 and good * 2 >= bad


def _by_lines(lines: list[bytes]) -> bytes:
    """The lines that are not valid UTF-8."""
    return b"\n".join(line for line in lines if not _mostly_utf8(line))


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _lenient(data: bytes, encoding: str) -> Decoded:
    # A truncated file loses its last character, not its last line.
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    text = decoder.decode(data, False)
    return Decoded(_line_ends(text), encoding, text.count("\ufffd"))


def _wide(head: bytes) -> str:
    """ "utf-16-le" or "-be" if two bytes make a character, or "".

    In Latin script nearly every other byte is zero. In other scripts spaces and line ends have
    zeros, and the rest are letters.
    """
    uniform, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    for encoding, high, low in (("utf-16-le", odd, uniform), ("utf-16-be", uniform, odd)):
        if half >= 2 and high * 5 > half * 2 and low * 20 < half:
            text = head.decode(encoding, "replace")
            # Two-byte numbers have such zeros, too, but few of them are letters.
            return encoding if _unprintable(text) * 10 <= len(text) else ""
    if len(head) >= 2 * _MIN_WIDE and len(_CONTROL.findall(head)) * 200 > len(head):
        for encoding in ("utf-16-le", "utf-16-be"):
            if _reads_as(head[: len(head) & ~1], encoding):
                return encoding
    return ""


_MIN_WIDE = 32
_WIDE_SIGNS = frozenset(" \n\r\t\u3000\u3001\u3002\u060c,.\uff0c\uff01")


def _reads_as(head: bytes, encoding: str) -> bool:
    try:
        text = codecs.getincrementaldecoder(encoding)("strict").decode(head, False)
    except UnicodeDecodeError:
        return False
    signs = sum(character in _WIDE_SIGNS for character in text)
    if _unprintable(text) * 200 > len(text) or signs * 60 < len(text):
        return False
    rows = Counter(ord(character) >> 8 for character in text if character.isalpha())
    # An alphabet lies within a page or two; Chinese and Korean use at most eighty of 256.
    common = sum(count for row, count in rows.items() if row in _ROWS)
    return common * 100 >= sum(rows.values()) * 97


def _unprintable(text: str) -> int:
    return sum(not (c.isprintable() or c in "\n\r\t\f\ufeff\u200c\u200d\u00ad") for c in text)


# High bytes of letters in living scripts: alphabets, kana, ideographs, Hangul.
_ROWS = frozenset([*range(0x00, 0x18), 0x1E, 0x1F, 0x30, *range(0x4E, 0xA0), *range(0xAC, 0xD8)])


def _mostly_utf8(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    text = sample.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for character in text if character > "\x7f") - bad
    return good > 8 * bad


_EAST = ("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr")
_WEST = ("cp1252", "cp1251", "koi8_r", "cp866", "cp1250", "cp1253", "cp1255", "cp1256")

# The commonest characters of running text; wrongly decoded text has few of them.
_COMMON = {
    "gb18030": (
        "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以"
        "会家可下而过天去能对小多然于心学么之都好看起发当没成只如事把还用第样道想作种开美"
        "总从无情己面最女但现前些所同日手又行意动方期它头经长儿回位分爱老因很给名法间斯知"
        "世什两次使身者被高已亲其进此话常与活正感"
    ),
    "big5": (
        "的一是了我不人在他有這個上們來到時大地為子中你說生國年著就那和要她出也得裡後自以"
        "會家可下而過天去能對小多然於心學麼之都好看起發當沒成只如事把還用第樣道想作種開美"
        "總從無情己面最女但現前些所同日手又行意動方期它頭經長兒回位分愛老因很給名法間知世"
        "什兩次使身者被高已親其進此話常與活正感"
    ),
    "shift_jis": (
        "のにはをたがでとしれさあるいもなっかよらこうくすりてきみまえ"
        "けだおそんわせどめちつ、。日本人大一"
    ),
    "euc_jp": (
        "のにはをたがでとしれさあるいもなっかよらこうくすりてきみまえ"
        "けだおそんわせどめちつ、。日本人大一"
    ),
    "euc_kr": (
        "이다는의에을가고하를은지한도로사기나어서리라자대시그아인해있"
        "수보정부일들게만것면과니여주성전"
    ),
    "cp1251": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэф",
    "koi8_r": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэф",
    "cp866": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэф",
    "cp1252": "éèàêçùôîâëïûœæöäüßáíóúñãõåøìò‘’“”–—…«»°£§©¿¡ÉÀÄÖÜÅØÇ€·",
    "cp1250": "áéíóúýčďěňřšťůžąćęłńśźżőűöüăâîşţđä‘’“”„–—…",
    "cp1253": "αοιετσνηυρκπμλςάόίέώήύγδθφχωβξζψ",
    "cp1255": "יוהלארתבמשנעםדקחפכטצןגסךזףץ",
    "cp1256": "اليمنتربوهدعسفحقكجصةشطضذزخأغىثظإئءؤآچپگژ،؟",
}


def guess(data: bytes) -> str:
    """The likeliest legacy encoding of bytes that are not Unicode."""
    sample = _around_high_bytes(data)
    scores = {encoding: _plausibility(sample, encoding) for encoding in (*_EAST, *_WEST)}
    best = max(scores, key=lambda encoding: scores[encoding])
    if scores[best] >= (0.4 if best in _EAST else 0.7):
        return best
    from charset_normalizer import from_bytes

    match = from_bytes(sample).best()
    return match.encoding if match and match.encoding else "cp1252"


def _around_high_bytes(data: bytes) -> bytes:
    """A sample of whole lines that are not ASCII."""
    if len(data) <= _SAMPLE:
        return data
    first = re.search(rb"[\x80-\xff]", data)
    start = data.rfind(b"\n", 0, first.start()) + 1 if first else 0
    stop = data.find(b"\n", start + _SAMPLE)
    return data[start : stop if stop > 0 else start + _SAMPLE]


def _plausibility(sample: bytes, encoding: str) -> float:
    """The share of non-ASCII characters that are common in the languages of `encoding`, 0 to 1."""
    text = codecs.getincrementaldecoder(encoding)("replace").decode(sample, False)
    foreign = [character for character in text if character > "\x7f"]
    if not foreign or foreign.count("\ufffd") * 50 > len(foreign):
        return 0.0
    common = set(_COMMON[encoding])
    hits = sum(character in common for character in foreign)
    share = hits / len(foreign)
    # A capital in the middle of a word reveals a wrong Cyrillic encoding.
    odd = len(re.findall(r"(?<=[^\W\d_])(?<![A-ZА-Я])[А-ЯÀ-ÖØ-Þ]", text))
    share -= odd / len(foreign)
    if encoding in _EAST:
        # Of thousands of characters the list has only those that make half of any text.
        return min(1.0, 2 * share)
    if encoding in _WEST:
        # In Latin script a non-ASCII letter has ASCII neighbours; elsewhere it does not.
        plain = len(re.findall(r"[A-Za-z]", text))
        latin = encoding in {"cp1252", "cp1250"}
        if latin != (plain > len(foreign)):
            share *= 0.6
    return share
