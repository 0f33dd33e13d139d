"""Captions of other programs as WebVTT: SubStation Alpha, SBV, LRC, TTML, SAMI and MicroDVD.

Of SubStation scripts the lines of dialogue are kept with their speakers, without styles and
drawings; of TTML (W3C, TTML 2) the paragraphs with a time. A line of lyrics (LRC) or of SAMI lasts
until the next one. MicroDVD counts frames; its first line may say how many there are a second.
"""

import html
import re
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

from ingest.books import markup
from ingest.books.archive import attribute, local, xml
from ingest.patterns import later

_SCRIPT = later(r"\s*\[Script Info\]", re.IGNORECASE)
_SBV_TIME = r"(\d{1,2}:\d\d:\d\d\.\d{1,3}),(\d{1,2}:\d\d:\d\d\.\d{1,3})"
_SBV = later(rf"\s*{_SBV_TIME}[ \t]*\r?\n")
_SBV_CUE = later(rf"(?m)^{_SBV_TIME}[ \t]*\n((?:(?!\d{{1,2}}:\d\d:\d\d\.)[^\n]*\n?)*)")
_LRC_TAG = r"\[(?:ar|ti|al|au|by|length|offset|re|ve|la|#):[^\]\n]*\]"
_LRC_TIME = r"\[\d{1,3}:\d\d(?:[.:]\d{1,3})?\]"
_LRC = later(rf"\s*(?:{_LRC_TAG}\s*)+{_LRC_TIME}")
_LRC_LINE = later(rf"(?m)^\s*((?:{_LRC_TIME}\s*)+)([^\n]*)")
_LRC_STAMP = later(r"\[(\d{1,3}):(\d\d)(?:[.:](\d{1,3}))?\]")
_LRC_WORD = later(r"&lt;(\d{1,3}:\d\d\.\d{1,3})&gt;")
_TITLE = later(r"(?m)^(?:Title:([^\n]*)|\[ti:([^\]\n]*)\])|<(?i:title)>([^<]*)")
_TTML = later(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*+-->\s*)*+<(?:\w+:)?tt[\s>]", re.DOTALL)
_SAMI = later(r"\s*<SAMI\b", re.IGNORECASE)
_SYNC = later(r"<sync\s[^<>]{0,80}?start\s*=\s*[\"']?\s*(\d{1,12})[^<>]*>", re.IGNORECASE)
_FRAMED = later(r"(?m)^[ \t]*\{(\d{1,9})\}\{(\d{0,9})\}([^\n]*)")
_OVERRIDE = later(r"\{[^{}]*\}")
_DRAWING = later(r"\{[^{}]*\\p[1-9][^{}]*\}")
_CLOCK = later(r"(?:(\d{1,6}):)?(\d{1,9}):(\d{1,9}(?:\.\d{1,9})?)(?::(\d{1,9}))?$")
_OFFSET = later(r"(\d{1,15}(?:\.\d{1,15})?)(h|ms|m|s|f|t)$")
_UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
#: Seconds of the last line of lyrics.
_LAST = 5.0
#: Frames a second where a file does not say: of television, and of films (MicroDVD); and at most.
_FRAMES, _FILM, _MOST_FRAMES = 30.0, 23.976, 1000.0


def opens(head: bytes, name: str) -> bool:
    """Whether a file that begins so has captions in one of these formats."""
    text = head.decode("utf-8", "replace")
    if name.endswith(".lrc") and _LRC_LINE.search(text):
        return True
    is_ttml = "ttml" in text and bool(_TTML.match(text))
    openings = (_SCRIPT, _SBV, _LRC, _SAMI, _FRAMED)
    return is_ttml or any(pattern.match(text) for pattern in openings)


def title(text: str) -> str:
    """The title that a file gives itself, or ""."""
    titled = any(pattern.match(text) for pattern in (_SCRIPT, _LRC, _SAMI))
    match = _TITLE.search(text[:10_000]) if titled else None
    name = "".join(match.groups("")).strip() if match else ""
    return "" if name.lower().startswith("default ") else name


def webvtt(text: str) -> str:
    """The captions as WebVTT; other text stays as it is. Raises `DamagedFileError`."""
    text = text.removeprefix("\ufeff")
    if _SCRIPT.match(text):
        cues = _substation(text)
    elif _SBV.match(text):
        cues = _sbv(text)
    elif _TTML.match(text):
        cues = _ttml(text)
    elif _SAMI.match(text):
        cues = _sami(text)
    elif _FRAMED.match(text):
        cues = _framed(text)
    elif not text.lstrip().startswith("WEBVTT") and "-->" not in text and _LRC_LINE.search(text):
        cues = _lyrics(text)
    else:
        return text
    return "WEBVTT\n\n" + "".join(
        f"{_stamp(begin)} --> {_stamp(max(begin, end))}\n{words}\n\n" for begin, end, words in cues
    )


def _stamp(seconds: float) -> str:
    whole = round(max(0.0, seconds) * 1000)
    minutes, milliseconds = divmod(whole, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{milliseconds / 1000:06.3f}"


def _said(words: str) -> str:
    """Words without empty lines, which would end a cue; with signs escaped as in WebVTT."""
    lines = (line.strip() for line in html.escape(words, quote=False).split("\n"))
    return "\n".join(filter(None, lines))


Cue = tuple[float, float, str]


def _substation(text: str) -> Iterator[Cue]:
    names: list[str] = []
    events = False
    for line in text.split("\n"):
        head, _, rest = line.partition(":")
        kind = head.strip().lower()
        if line.lstrip().startswith("["):
            events = line.strip().lower() == "[events]"
        elif events and kind == "format":
            names = [name.strip().lower() for name in rest.split(",")]
        elif events and kind == "dialogue" and names:
            fields = dict(zip(names, rest.split(",", len(names) - 1), strict=False))
            words = fields.get("text", "")
            if _DRAWING.search(words):
                continue
            words = _OVERRIDE.sub("", words).replace("\\N", "\n").replace("\\n", "\n")
            words = _said(words.replace("\\h", " "))
            speaker = fields.get("name", fields.get("actor", "")).strip()
            voice = f"<v {re.sub('[<>]', '', speaker)}>" if speaker else ""
            begin, end = (_seconds(fields.get(name, "").strip()) for name in ("start", "end"))
            if words:
                yield begin, end, voice + words


def _sbv(text: str) -> Iterator[Cue]:
    for match in _SBV_CUE.finditer(text):
        if words := _said(match[3].replace("[br]", "\n")):
            yield _seconds(match[1]), _seconds(match[2]), words


def _lyrics(text: str) -> Iterator[Cue]:
    lines = [
        (60 * int(minutes) + float(f"{seconds}.{fraction or 0}"), match[2].strip())
        for match in _LRC_LINE.finditer(text)
        for minutes, seconds, fraction in _LRC_STAMP.findall(match[1])
    ]
    # Times of single words stay.
    return ((begin, end, _LRC_WORD.sub(r"<\1>", words)) for begin, end, words in _lasting(lines))


def _lasting(lines: list[tuple[float, str]]) -> Iterator[Cue]:
    """Lines with a beginning only: each lasts until the next one."""
    lines.sort(key=lambda line: line[0])
    lines += [(lines[-1][0] + _LAST, "")] if lines else []
    for (begin, words), (end, _) in pairwise(lines):
        if words := _said(words):
            yield begin, end, words


def _sami(text: str) -> Iterator[Cue]:
    _, *pieces = _SYNC.split(text)
    return _lasting(
        [
            (int(start) / 1000, "\n".join(block.text for block in markup.blocks(page)))
            for start, page in zip(pieces[::2], pieces[1::2], strict=True)
        ]
    )


def _framed(text: str) -> Iterator[Cue]:
    rate = _FILM
    for begin, end, line in _FRAMED.findall(text):
        words = _OVERRIDE.sub("", line).strip()
        if begin in {"0", "1"} and end == begin and words.replace(".", "", 1).isdecimal():
            rate = float(words) if 1 <= float(words) <= _MOST_FRAMES else rate
        elif words := _said("\n".join(part.lstrip("/") for part in words.split("|"))):
            yield int(begin) / rate, int(end or begin) / rate, words


def _ttml(text: str) -> Iterator[Cue]:
    root = xml(text.encode(), "caption file")
    rates = {name: _number(attribute(root, name)) for name in ("frameRate", "tickRate")}
    frames = rates["frameRate"] or _FRAMES
    ticks = rates["tickRate"] or frames
    for item in root.iter():
        if local(item) != "p":
            continue
        begin = _seconds(attribute(item, "begin"), frames, ticks)
        end = _seconds(attribute(item, "end"), frames, ticks)
        end = end or begin + _seconds(attribute(item, "dur"), frames, ticks)
        if words := _said("".join(_spoken(item))):
            yield begin, end, words


def _spoken(element: Element) -> Iterator[str]:
    """The text of a paragraph, with its line breaks."""
    yield re.sub(r"\s+", " ", element.text or "")
    for item in element:
        if local(item) == "br":
            yield "\n"
        elif local(item) != "metadata":
            yield from _spoken(item)
        yield re.sub(r"\s+", " ", item.tail or "")


def _number(text: str) -> float:
    return float(text) if re.fullmatch(r"\d{1,9}", text) else 0.0


def _seconds(stamp: str, frames: float = _FRAMES, ticks: float = _FRAMES) -> float:
    """A time in seconds; 0 for another text."""
    if clock := _CLOCK.match(stamp):
        hours, minutes, seconds, frame = clock.groups()
        return (
            int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds) + int(frame or 0) / frames
        )
    if offset := _OFFSET.match(stamp):
        unit = {"f": 1 / frames, "t": 1 / ticks}.get(offset[2]) or _UNITS[offset[2]]
        return float(offset[1]) * unit
    return 0.0
