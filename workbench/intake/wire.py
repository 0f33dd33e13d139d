"""The protocol of the reading and fetching processes: JSON in frames on a pipe.

What comes from a process that parses foreign files is foreign, too: `unpack` returns only what fits
the shape of its kind, and `BrokenReplyError` costs the file. Passages are sent without their text,
which is a slice of their section's.
"""

import json
import math
import os
import queue
import re
import struct
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import fields
from itertools import chain
from pathlib import Path
from typing import Any

from ingest.records import Locator, Notice, Page, Passage, Reading, Section, Source

_LENGTHS = struct.Struct(">QQ")
#: The bytes of the frame that this thread takes apart.
_received = threading.local()
_PROGRESS_SECONDS = 0.1
#: Bytes of a frame, and characters of a message; integers that a library can store.
_LONGEST, _LONGEST_MESSAGE, _GREATEST = 1 << 29, 20_000, (1 << 63) - 1
#: Halves of a character, which no text has; escaped only by who does not use `pack`.
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")

#: A frame: its kind (read, fetch, batch, progress, piece, ...) and its values.
Frame = tuple[Any, ...]
Shape = Callable[[Any], Any]


class BrokenReplyError(ValueError):
    """What a process sent does not have the shape that was agreed."""


def pack(frame: Frame) -> bytes:
    """Serialise a frame: the lengths of its JSON and of its bytes, and both.

    Bytes become [offset, length] in the JSON.
    """
    pieces: list[bytes] = []
    at = 0

    def placed(value: object) -> list[int]:
        nonlocal at
        if not isinstance(value, bytes):
            raise TypeError(type(value).__name__)
        pieces.append(value)
        at += len(value)
        return [at - len(value), len(value)]

    body = json.dumps(frame, ensure_ascii=False, separators=(",", ":"), default=placed)
    encoded = body.encode("utf-8", "replace")
    return b"".join((_LENGTHS.pack(len(encoded), at), encoded, *pieces))


def path_text(path: str | Path) -> str:
    """A path as text that JSON can hold, whatever bytes it is made of."""
    return os.fsencode(path).decode("latin-1")


def path_of(text: str) -> Path:
    """The path of `path_text`."""
    return Path(os.fsdecode(text.encode("latin-1")))


def unpack(read_exactly: Callable[[int], bytes]) -> Frame | None:
    """The next frame of a process; None at the end of the pipe, also within a frame.

    The records of a "batch" are made. Raises `BrokenReplyError`.
    """
    values = receive(read_exactly)
    if values is None:
        return None
    kind, *remainder = values or [None]
    shape = _SHAPES.get(kind) if isinstance(kind, str) else None
    if shape is None:
        raise BrokenReplyError("kind")
    return (kind, *shape(remainder))


def receive(read_exactly: Callable[[int], bytes]) -> list[Any] | None:
    """The values of the next frame, whatever they are; None at the end of the pipe."""
    head = read_exactly(_LENGTHS.size)
    if len(head) < _LENGTHS.size:
        return None
    length, more = _LENGTHS.unpack(head)
    if length > _LONGEST or more > _LONGEST:
        raise BrokenReplyError("length")
    body, _received.octets = read_exactly(length), read_exactly(more)
    if len(body) < length or len(_received.octets) < more:
        return None
    try:
        values = json.loads(body.decode("utf-8"), parse_constant=_refused)
        if _SURROGATE.search(body):
            json.dumps(values, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise BrokenReplyError(type(error).__name__) from None
    if not isinstance(values, list):
        raise BrokenReplyError("frame")
    return values


def _refused(name: str) -> float:
    raise BrokenReplyError(name)


# -- shapes ----------------------------------------------------------------------------------------


def _whole(value: Any) -> int:
    if type(value) is not int or not -_GREATEST <= value <= _GREATEST:
        raise BrokenReplyError("integer")
    return value


def _number(value: Any) -> float:
    if type(value) not in (int, float) or not math.isfinite(value):
        raise BrokenReplyError("number")
    return value  # type: ignore[no-any-return]


def _text(value: Any) -> str:
    if type(value) is not str:
        raise BrokenReplyError("text")
    return value


def _message(value: Any) -> str:
    return _text(value)[:_LONGEST_MESSAGE]


def _octets(value: Any) -> bytes:
    offset, length = _PLACE(value)
    held: bytes = _received.octets
    if offset < 0 or length < 0 or offset + length > len(held):
        raise BrokenReplyError("bytes")
    return held[offset : offset + length]


def _path(value: Any) -> Path:
    try:
        return path_of(_text(value))
    except UnicodeEncodeError:
        raise BrokenReplyError("path") from None


def _optional(shape: Shape) -> Shape:
    def checked(value: Any) -> Any:
        return None if value is None else shape(value)

    return checked


def _list(shape: Shape) -> Shape:
    def checked(value: Any) -> tuple[Any, ...]:
        if type(value) is not list:
            raise BrokenReplyError("list")
        return tuple(map(shape, value))

    return checked


def _row(*shapes: Shape) -> Shape:
    def checked(value: Any) -> tuple[Any, ...]:
        if type(value) is not list or len(value) != len(shapes):
            raise BrokenReplyError("row")
        return tuple([shape(item) for shape, item in zip(shapes, value, strict=True)])

    return checked


def _names(value: Any) -> Mapping[str, str]:
    if type(value) is not dict or not all(type(item) is str for item in value.values()):
        raise BrokenReplyError("names")
    return value


def _spans(value: Any) -> tuple[tuple[int, int], ...]:
    """Spans in order, none beginning before the one before it."""
    if type(value) is not list:
        raise BrokenReplyError("spans")
    result = []
    for span in value:
        if type(span) is not list or len(span) != 2:
            raise BrokenReplyError("spans")
        start, end = span
        if type(start) is not int or type(end) is not int or not 0 <= start <= end <= _GREATEST:
            raise BrokenReplyError("spans")
        result.append((start, end))
    return tuple(result)


_PLACE = _row(_whole, _whole)


def _picture(value: Any) -> tuple[Any, ...]:
    width, height, rows = _row(_whole, _whole, _octets)(value)
    if width < 1 or height < 1 or len(rows) != 4 * width * height:
        raise BrokenReplyError("picture")
    return width, height, rows


_BOX = _optional(_row(*[_number] * 4))
_PAGE, _NAME, _SECONDS = _optional(_whole), _optional(_text), _optional(_number)
_SECTION = _row(
    *(_whole, _text, _whole, _text, _whole, _text, _list(lambda row: row)),
    _list(_row(_whole, _text, _whole, _whole, _number, _number, _octets)),
    *(_whole, _spans, _list(_row(_whole, _whole, _text))),
)
_NOTICE = _row(_text, _message, _message, _list(_whole), _optional(_text))
_SOURCE = _row(*[_text] * 6, _optional(_text), _optional(_text), _whole, _whole, _names)


def _passage(row: Any, text: str, start: int, end: int) -> Passage:
    """A passage of a section; there are thousands, so that it is checked at one go."""
    if type(row) is not list or len(row) != 8:
        raise BrokenReplyError("passage")
    first, last, page, label, chapter, seconds, box, bounds = row
    if type(bounds) is not list or len(bounds) % 2 or {*map(type, bounds)} - {int}:
        raise BrokenReplyError("sentences")
    if type(first) is not int or type(last) is not int or not start <= first <= last <= end:
        raise BrokenReplyError("place")
    if bounds and not (first <= min(bounds) and max(bounds) <= last):
        raise BrokenReplyError("sentences")
    place = Locator(
        first, last, _PAGE(page), _NAME(label), _NAME(chapter), _SECONDS(seconds), _BOX(box)
    )
    sentences = tuple(zip(bounds[::2], bounds[1::2], strict=True))
    return Passage(place, text[first - start : last - start], sentences)


def _section(value: Any) -> Section:
    row = _SECTION(value)
    ordinal, title, start, text, level, kind, passages, pages, *remainder = row
    end = start + len(text)
    made = tuple([_passage(row, text, start, end) for row in passages])
    paged = tuple(Page(*page) for page in pages)
    return Section(ordinal, title, start, text, made, level, kind, paged, *remainder)


_RECORDS: Mapping[str, Callable[[Any], Reading]] = {
    "section": _section,
    "notice": lambda value: Notice(*_NOTICE(value)),
    "source": lambda value: Source(*_SOURCE(value)),
}


def _record(value: Any) -> Reading:
    if type(value) is not list or not value or value[0] not in _RECORDS:
        raise BrokenReplyError("record")
    return _RECORDS[value[0]](value[1:])


_SHAPES: Mapping[str, Shape] = {
    "batch": _row(_list(_record)),
    "progress": _row(_whole, _optional(_whole), _text),
    "done": _row(),
    "error": _row(*[_message] * 3),
    "fault": _row(_whole, _message),
    "piece": _row(_octets),
    "fetched": _row(_text, _text, _text, _text, _number, _text),
    "listed": _row(
        *(_text, _text, _optional(_whole)),
        _list(_row(_whole, _text, _text, _optional(_number))),
    ),
    "levels": _row(_number, _list(_number)),
    "still": _picture,
    "attachments": _row(_list(_path)),
}


def to_values(record: Reading) -> Frame:
    """A record of a reading as the values of a "batch"."""
    if isinstance(record, Section):
        return ("section", *_of_section(record))
    if isinstance(record, Notice):
        return ("notice", *_values(record))
    *remainder, metadata = _values(record)
    return ("source", *remainder, dict(metadata))


def _of_section(section: Section) -> Frame:
    return (
        section.ordinal,
        section.title,
        section.start,
        section.text,
        section.level,
        section.kind,
        [_of_passage(item) for item in section.passages],
        [_values(item) for item in section.pages],
        section.figures,
        section.doubtful,
        section.items,
    )


def _of_passage(passage: Passage) -> Frame:
    at, bounds = passage.locator, [*chain.from_iterable(passage.sentences)]
    return at.start, at.end, at.page, at.page_label, at.chapter, at.seconds, at.box, bounds


def _values(record: Any) -> Frame:
    return tuple(getattr(record, item.name) for item in fields(record))


# -- the other side --------------------------------------------------------------------------------


class Channel:
    """The pipes of a process that answers requests; it exits when its input closes."""

    def __init__(self) -> None:
        self._out = os.dup(1)
        # Output printed by a parser must not mix with the frames.
        os.dup2(2, 1)
        self._last_report = 0.0
        self._requests: queue.SimpleQueue[list[Any]] = queue.SimpleQueue()

    def first(self) -> list[Any]:
        """Wait for the first request, before there is another thread."""
        values = receive(_read_exactly)
        if values is None:
            os._exit(0)
        return values

    def listen(self) -> None:
        """Take further requests from now on."""
        threading.Thread(target=self._listen, daemon=True).start()

    def next(self) -> list[Any]:
        """Wait for the next request."""
        return self._requests.get()

    def send(self, *frame: Any) -> None:
        """Send a frame. Raises `BrokenPipeError`."""
        view = memoryview(pack(frame))
        while view:
            view = view[os.write(self._out, view) :]

    def report(self, done: int, total: int | None = None, unit: str = "") -> None:
        """Send a progress frame, unless one was sent a moment ago."""
        current = time.monotonic()
        # A crash or hang is blamed on the last page reported.
        if unit == "pages" or current - self._last_report >= _PROGRESS_SECONDS:
            self._last_report = current
            self.send("progress", done, total, unit)

    def _listen(self) -> None:
        while (values := receive(_read_exactly)) is not None:
            self._requests.put(values)
        os._exit(0)


def _read_exactly(count: int) -> bytes:
    data = b""
    while len(data) < count:
        piece = os.read(0, count - len(data))
        if not piece:
            break
        data += piece
    return data


def sentences_in(record: Reading) -> int:
    """The number of engrams that a record becomes."""
    if isinstance(record, Section):
        return sum(len(passage.sentences) for passage in record.passages)
    return 0
