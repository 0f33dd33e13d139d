"""JSON Lines: one small source per line, `{"id", "title", "text", "date"?, "author"?}`."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from ingest import segment
from ingest.books.naming import iso_date
from ingest.errors import EmptyFileError
from ingest.parts import Parts
from ingest.records import Notice, Reading, ReadRequest, Section, Source
from ingest.stretches import stretches

READER = "record/1"
_EVERY = 64
_PIECE = 1 << 20
#: Longest line in bytes; longer ones are reported and left out.
MOST_LINE = 64_000_000
#: Bad lines that are reported individually.
MOST_TOLD = 20
_SHAPE = 'Each line must be an object like {"id": "1", "title": "...", "text": "..."}.'


def read(path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Yield each line as a `Source` (its `key` the id) and one `Section`; bad lines as `Notice`s.

    Each source has its own title, and all are returned: `title` and `start_section` do not apply.
    Raises `EmptyFileError` if no line has a text.
    """
    total = path.stat().st_size
    bad = _Bad()
    parts = Parts("line")
    result = False
    for number, line, completed in _lines(path):
        if number % _EVERY == 0:
            request.cancel()
            request.report(completed, total, "bytes")
        if line is None:
            yield from bad.line(number, f"is longer than {MOST_LINE // 1_000_000} MB")
            continue
        if not line.strip():
            continue
        reason, record = _record(line)
        if record is None:
            yield from bad.line(number, reason)
            continue
        request.cancel()
        records = parts.items(str(number), partial(whole_source, record, READER))
        result = result or bool(records)
        yield from records
    if not result:
        raise parts.error(bad.all())
    yield from bad.summarise()
    yield from parts.notices()
    request.report(total, total, "bytes")


def _lines(path: Path) -> Iterator[tuple[int, bytes | None, int]]:
    """Yield number, bytes (None if too long) and end of each line."""
    completed = number = 0
    with path.open("rb") as file:
        while line := file.readline(MOST_LINE):
            completed += len(line)
            number += 1
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if len(line) < MOST_LINE or line.endswith(b"\n"):
                yield number, line, completed
                continue
            while rest := file.readline(_PIECE):
                completed += len(rest)
                if rest.endswith(b"\n"):
                    break
            yield number, None, completed


def _record(line: bytes) -> tuple[str, dict[str, Any] | None]:
    """The record of a line, or why it has none."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return "is not valid JSON", None
    if not isinstance(record, dict):
        return "is not an object", None
    text = record.get("text")
    if not isinstance(text, str) or not any(character.isalnum() for character in text):
        return 'has no "text"', None
    return "", record


class _Bad:
    """Lines left out: the first ones are reported individually, all are counted."""

    def __init__(self) -> None:
        self._count = 0
        self._first = ""
        self._last = 0

    def line(self, number: int, why: str) -> Iterator[Notice]:
        """Record a line; the first `MOST_TOLD` are reported at once."""
        self._count += 1
        self._first = self._first or f"Line {number} {why}"
        self._last = number
        if self._count <= MOST_TOLD:
            yield Notice("bad_line", f"Line {number} {why} and was left out.", _SHAPE)

    def summarise(self) -> Iterator[Notice]:
        """A notice about the lines not reported yet."""
        more = self._count - MOST_TOLD
        if more > 0:
            lines = "line was" if more == 1 else "lines were"
            yield Notice(
                "bad_lines",
                f"{more} more {lines} left out, the last of them line {self._last}.",
                _SHAPE,
            )

    def all(self) -> EmptyFileError:
        """The error of a file without a single good line."""
        reason = f": {self._first[0].lower()}{self._first[1:]}" if self._first else ""
        return EmptyFileError(f"No line of this file contains text{reason}.", _SHAPE)


def whole_source(
    record: Mapping[str, Any], reader: str, language: str | None = None
) -> list[Reading]:
    """A record with a "text" as a `Source` of kind record and its `Section`, mostly one.

    Without a `language` that of the text is detected. A record that fails leaves nothing behind.
    """
    text = _sound(record["text"])
    key = record.get("id")
    canonical = json.dumps(record, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    language = segment.detect_language(text) if language is None else language
    source = Source(
        title=_sound(_words(record.get("title"))) or _opening(text),
        kind="record",
        reader=reader,
        author=_sound(_words(record.get("author"))),
        language=language,
        date=iso_date(_words(record.get("date"))) or _words(record.get("date")),
        key=None if key is None else _sound(str(key)),
        content_hash=hashlib.sha256(canonical.encode("ascii")).hexdigest(),
        characters=len(text),
        sections=1,
    )
    return [source, *_sections(text, language)]


def _sections(text: str, language: str) -> Iterator[Section]:
    """A text without chapters as one `Section`, or several if it is very long."""
    for ordinal, (start, after) in enumerate(stretches(text, 0, len(text), segment.BLANK_LINE)):
        own = text[start:after]
        yield Section(
            ordinal=ordinal,
            title="",
            start=start,
            text=own,
            passages=segment.passages(own, start, language),
        )


def _words(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_words(item) for item in value)
    return value.strip() if isinstance(value, str) else "" if value is None else str(value)


def _sound(text: str) -> str:
    """Replace unpaired surrogates of JSON, which no file or database accepts."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _opening(text: str) -> str:
    words = text.split()
    line = " ".join(words[:8])
    return line + " …" if len(words) > 8 else line
