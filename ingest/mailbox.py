"""The messages of a mailbox with their attachments, up to a limit.

Attachments can be most of a mailbox. Those beyond the limit are dropped while reading, which bounds
the memory of a message (RFC 4155, RFC 2046).
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import BinaryIO

from ingest.errors import DamagedFileError

#: Most bytes of text of one message.
MAX_MESSAGE_BYTES = 64_000_000
#: Most encoded bytes of the attachments of one message.
MAX_ATTACHMENT_BYTES = 48_000_000
_PIECE = 1 << 20
_MAX_HEADER_BYTES = 1 << 18
_MAX_HEADER_LINE = 200

# The standard library treats every line that begins with "From " as a separator; only one with a
# time on it, after an empty line, is.
_FROM = re.compile(rb"From \S.*\d\d:\d\d")
# Without the empty line only one with a day and a month is, if a header follows.
_DAY = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? "
_STAMP = re.compile(rb"From \S[^\n]{0,200}? " + _DAY + rb"[^\n]{0,20}\d\d:\d\d[^\n]*")
_HEADER = re.compile(rb"[!-9;-~]+:")
_MAIL_HEADER = re.compile(
    rb"^(?:from|subject|date|received|message-id):", re.IGNORECASE | re.MULTILINE
)
_FOLDED = re.compile(rb"[ \t]")
_ESCAPED = re.compile(rb">+From ")
_TYPE = re.compile(rb"^content-type:[ \t]*([\w.+-]+/[\w.+-]+)?", re.IGNORECASE | re.MULTILINE)
_BOUNDARY = re.compile(
    rb"""boundary\s*=\s*(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))""", re.IGNORECASE
)
_READ = (b"text/", b"multipart/", b"message/")


@dataclass(frozen=True, slots=True)
class Raw:
    """A message as bytes, None if its text is too large; large attachments are left empty.

    `digest` is of the whole message, `length` its size in the file.
    """

    data: bytes | None
    digest: str
    length: int


class _MessageBuffer:
    """One message while it is read: its retained bytes, and its hash."""

    def __init__(self) -> None:
        self.length = 0
        self._digest = hashlib.sha256()
        self._kept: list[bytes] | None = []
        self._size = 0
        self._head: list[bytes] | None = []
        self._head_size = 0
        self._boundaries: set[bytes] = set()
        #: Whether this is an attachment, its part of `_kept`, and the bytes of all of them.
        self._is_attached = self._drops = False
        self._first = self._attached = 0

    def add(self, piece: bytes, starts_line: bool) -> None:
        """Add a line, or the next piece of a very long one."""
        self._digest.update(piece)
        if not self._accepts(piece, starts_line) or self._kept is None:
            return
        self._kept.append(piece)
        if self._is_attached and self._head is None:
            self._attached += len(piece)
            if self._attached > MAX_ATTACHMENT_BYTES:
                self._attached -= sum(map(len, self._kept[self._first :]))
                del self._kept[self._first :]
                self._drops = True
            return
        self._size += len(piece)
        if self._size > MAX_MESSAGE_BYTES:
            self._kept = None

    def _accepts(self, piece: bytes, starts_line: bool) -> bool:
        if self._head is not None:
            if starts_line and piece in (b"\n", b"\r\n"):
                self._begin_body(b"".join(self._head))
            elif self._head_size < _MAX_HEADER_BYTES:
                self._head.append(piece)
                self._head_size += len(piece)
            return True
        if starts_line and piece.startswith(b"--") and self._boundaries:
            mark = piece[2:].rstrip()
            if mark in self._boundaries or mark.removesuffix(b"--") in self._boundaries:
                self._head, self._head_size = [], 0
                self._is_attached = self._drops = False
                return True
        return not self._drops

    def _begin_body(self, head: bytes) -> None:
        self._head = None
        for quoted, unquoted in _BOUNDARY.findall(head):
            self._boundaries.add(quoted or unquoted)
        kind = _TYPE.search(head)
        name = (kind[1] or b"").lower() if kind else b""
        self._is_attached = bool(name) and not name.startswith(_READ)
        # The empty line above it comes first.
        self._first = len(self._kept) + 1 if self._kept is not None else 0

    def finish(self) -> Raw:
        """The message."""
        data = None if self._kept is None else b"".join(self._kept)
        return Raw(data, self._digest.hexdigest(), self.length)


def is_mailbox(head: bytes) -> bool:
    """Whether a file with these first bytes is a mailbox."""
    first, _, remainder = head.partition(b"\n")
    if _STAMP.match(first):
        return True
    return _FROM.match(first) is not None and _HEADER.match(remainder) is not None


def parsed(data: bytes) -> Message:
    """Parse a message. Raises `DamagedFileError` if it has too many parts."""
    try:
        return message_from_bytes(with_repaired_headers(data))
    except RecursionError as error:
        raise DamagedFileError(
            "The parts of this message are nested too deeply.",
            "Save the text that you need from it as a file and add that.",
        ) from error


def with_repaired_headers(data: bytes) -> bytes:
    """Repair the headers, so that no stray line ends them.

    A separator above them is removed; other lines continue the previous header, or begin the text
    if no header follows.
    """
    head, gap, body = _divided(data.lstrip(b"\r\n"))
    if data.startswith((b"\n", b"\r")) and not _MAIL_HEADER.search(head):
        return data
    lines = head.splitlines(keepends=True)
    if lines and lines[0].lstrip(b">").startswith(b"From "):
        del lines[0]
    sound = [bool(_HEADER.match(line)) for line in lines]
    final_header = max((n for n, is_header in enumerate(sound) if is_header), default=-1)
    if final_header < 0:
        return data
    for n, line in enumerate(lines):
        if sound[n] or _FOLDED.match(line):
            continue
        if n > final_header:
            return b"".join([*lines[:n], b"\n", *lines[n:], gap, body])
        lines[n] = b" " + line
    return b"".join([*lines, gap, body])


def _divided(data: bytes) -> tuple[bytes, bytes, bytes]:
    """Header, the empty line, and the rest."""
    empty = re.search(rb"^\r?\n", data, re.MULTILINE)
    if empty is None:
        return data, b"", b""
    return data[: empty.start()], empty[0], data[empty.end() :]


def messages(
    path: Path,
    cancel: Callable[[], None],
    *,
    single: bool = False,
    span: tuple[int, int] | None = None,
) -> Iterator[Raw]:
    """The messages of a mailbox; with `single`, the whole file as one, or `span` of it.

    A span is the place and the length of the message, in bytes.
    """
    message: _MessageBuffer | None = _MessageBuffer() if single else None
    after_empty = starts_line = True
    read = 0
    with path.open("rb") as file:
        start, left = span or (0, path.stat().st_size)
        file.seek(start)
        while left > 0 and (piece := file.readline(min(_PIECE, left))):
            left -= len(piece)
            read += len(piece)
            if read > _PIECE:
                cancel()
                read = 0
            if not single and starts_line and _separates(piece, file, after_empty):
                if message:
                    yield message.finish()
                message = _MessageBuffer()
                message.length = len(piece)
            else:
                message = message or _MessageBuffer()
                message.length += len(piece)
                # Inside a message the format writes "From " as ">From ".
                escaped = not single and starts_line and _ESCAPED.match(piece)
                message.add(piece[1:] if escaped else piece, starts_line)
            after_empty = starts_line and piece in (b"\n", b"\r\n")
            starts_line = piece.endswith(b"\n")
    if message:
        yield message.finish()


def _separates(piece: bytes, file: BinaryIO, after_empty: bool) -> bool:
    """Whether a line begins the next message."""
    if not _FROM.match(piece):
        return False
    if after_empty or not _STAMP.match(piece):
        return after_empty
    at = file.tell()
    following = file.readline(_MAX_HEADER_LINE)
    file.seek(at)
    return _HEADER.match(following) is not None
