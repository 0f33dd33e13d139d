"""The protocol of the reading and fetching processes: tuples in frames on a pipe.

`marshal` is several times faster than pickle with dataclasses, and runs no code when loading: the
output of a parser fed with a hostile file is only data. Passages are sent without their text, which
is a slice of their section's.
"""

import marshal
import os
import queue
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from ingest.records import Locator, Notice, Page, Passage, Reading, Section, Source

_LENGTH = struct.Struct(">Q")
_PROGRESS_SECONDS = 0.1

#: A frame: its kind (read, fetch, batch, progress, piece, ...) and its values.
Frame = tuple[Any, ...]


def pack(frame: Frame) -> bytes:
    """Serialise a frame, prefixed with its length."""
    body = marshal.dumps(frame)
    return _LENGTH.pack(len(body)) + body


def unpack(read_exactly: Callable[[int], bytes]) -> Frame | None:
    """The next frame; None at the end of the pipe, also within a frame."""
    head = read_exactly(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = read_exactly(length)
    if len(body) < length:
        return None
    frame = marshal.loads(body)
    return frame if isinstance(frame, tuple) else None


class Channel:
    """The pipes of a process that answers requests; it exits when its input closes."""

    def __init__(self) -> None:
        self._out = os.dup(1)
        # Output printed by a parser must not mix with the frames.
        os.dup2(2, 1)
        self._last_report = 0.0
        self._requests: queue.SimpleQueue[Frame] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def next(self) -> Frame:
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
        while (frame := unpack(_read_exactly)) is not None:
            self._requests.put(frame)
        os._exit(0)


def _read_exactly(count: int) -> bytes:
    data = b""
    while len(data) < count:
        piece = os.read(0, count - len(data))
        if not piece:
            break
        data += piece
    return data


def to_tuple(record: Reading) -> Frame:
    """A record of a reading as a tuple."""
    if isinstance(record, Section):
        return ("section", *_section(record))
    if isinstance(record, Notice):
        return ("notice", *_values(record))
    return ("source", *_values(replace(record, metadata=dict(record.metadata))))


def _section(section: Section) -> Frame:
    return (
        section.ordinal,
        section.title,
        section.start,
        section.text,
        section.level,
        section.kind,
        [(*_values(item.locator), item.sentences) for item in section.passages],
        [_values(item) for item in section.pages],
        section.figures,
        section.doubtful,
        section.items,
    )


def _values(record: Any) -> Frame:
    return tuple(getattr(record, item.name) for item in fields(record))


def from_tuple(frame: Frame) -> Reading:
    """The record of a tuple by `to_tuple`."""
    kind, *values = frame
    if kind == "source":
        return Source(*values)
    if kind == "notice":
        return Notice(*values)
    ordinal, title, start, text, level, section_kind, passages, pages, *remainder = values
    return Section(
        ordinal,
        title,
        start,
        text,
        tuple(
            Passage(Locator(*place), text[place[0] - start : place[1] - start], sentences)
            for *place, sentences in passages
        ),
        level,
        section_kind,
        tuple(Page(*page) for page in pages),
        *remainder,
    )


def sentences_in(record: Reading) -> int:
    """The number of engrams that a record becomes."""
    if isinstance(record, Section):
        return sum(len(passage.sentences) for passage in record.passages)
    return 0
