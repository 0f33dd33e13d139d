"""JSON Lines: one small source a line, `{"id", "title", "text", "date"?, "author"?}`."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ingest import segment
from ingest.books.naming import iso_date
from ingest.records import Notice, Reading, Section, Source

READER = "record/1"
_EVERY = 64


def read(
    path: Path,
    *,
    title: str | None = None,
    start_section: int = 0,
    report: Callable[[int, int, str], None],
    cancel: Callable[[], None],
) -> Iterator[Reading]:
    """Each line as a `Source` (its `key` the id) and one `Section`; a bad line is a `Notice`.

    Each source has its own title, and all of them come: `title` and `start_section` say nothing.
    """
    total = path.stat().st_size
    done = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            done += len(line)
            if number % _EVERY == 0:
                cancel()
                report(done, total, "bytes")
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except ValueError:
                yield _bad(number, "is not valid JSON")
                continue
            yield from _one(number, record)
    report(total, total, "bytes")


def _bad(number: int, why: str) -> Notice:
    return Notice(
        code="bad_line",
        message=f"Line {number} {why} and was left out.",
        hint='Each line must be an object like {"id": "1", "title": "...", "text": "..."}.',
    )


def _one(number: int, record: Any) -> Iterator[Reading]:
    if not isinstance(record, dict):
        yield _bad(number, "is not an object")
        return
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        yield _bad(number, 'has no "text"')
        return
    yield from small_source(record, READER)


def small_source(record: Mapping[str, Any], reader: str) -> Iterator[Reading]:
    """A record with a "text" as a `Source` of kind record and its one `Section`."""
    text = _sound(record["text"])
    key = record.get("id")
    title = _sound(_words(record.get("title"))) or _opening(text)
    canonical = json.dumps(record, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    language = segment.detect_language(text)
    yield Source(
        title=title,
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
    yield Section(
        ordinal=0,
        title="",
        start=0,
        text=text,
        passages=segment.passages(text, 0, language),
    )


def _words(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_words(each) for each in value)
    return value.strip() if isinstance(value, str) else "" if value is None else str(value)


def _sound(text: str) -> str:
    """JSON may hold half a surrogate pair, which no file or database takes."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _opening(text: str) -> str:
    words = text.split()
    line = " ".join(words[:8])
    return line + " …" if len(words) > 8 else line
