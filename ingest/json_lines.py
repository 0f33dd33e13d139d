"""JSON Lines: one small source per line, `{"id", "title", "text", "date"?, "author"?}`.

Other fields of a line are below its text. Lines with short texts and other fields are a list, which
is read as a table (`json_file`).
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from ingest import segment
from ingest.books.naming import iso_date
from ingest.books.table_rows import BETWEEN
from ingest.errors import EmptyFileError
from ingest.parts import Parts
from ingest.records import Notice, Reading, ReadRequest, Section, Source
from ingest.stretches import stretches

READER = "record/2"
_EVERY = 64
_PIECE = 1 << 20
#: Longest line in bytes; longer ones are reported and left out.
MOST_LINE = 64_000_000
#: Lines by which a list is told from texts; and the largest list in bytes.
_SAMPLE, _LARGEST_LIST = 100, 64_000_000
_FIELDS = ("id", "title", "text", "date", "author")
#: Depth to which objects in a field are followed.
_DEEPEST = 3
#: Bad lines that are reported individually.
MOST_TOLD = 20
_SHAPE = 'Each line must be an object like {"id": "1", "title": "...", "text": "..."}.'


def read(path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Yield each line as a `Source` (its `key` the id) and one `Section`; bad lines as `Notice`s.

    Each source has its own title, and all are returned: `title` and `start_section` do not apply.
    Raises `EmptyFileError` if no line has a text.
    """
    total = path.stat().st_size
    if total <= _LARGEST_LIST and _is_list(path):
        from ingest import json_file

        yield from json_file.read(path, request)
        return
    bad, first = 0, ""
    parts = Parts("line")
    result = False
    for number, line, completed in _lines(path):
        if number % _EVERY == 0:
            request.cancel()
            request.report(completed, total, "bytes")
        if line is not None and not line.strip():
            continue
        reason, record = _record(line)
        if record is None:
            bad += 1
            first = first or f": line {number} {reason}"
            if bad <= MOST_TOLD:
                message = f"Line {number} {reason} and was left out."
                yield Notice("bad_line", message, _SHAPE, words="")
            continue
        request.cancel()
        records = parts.items(str(number), partial(whole_source, record, READER))
        result = result or bool(records)
        yield from records
    if not result:
        raise parts.error(EmptyFileError(f"No line of this file contains text{first}.", _SHAPE))
    if (more := bad - MOST_TOLD) > 0:
        lines = "line was" if more == 1 else "lines were"
        yield Notice("bad_lines", f"{more} more {lines} left out.", _SHAPE, words="")
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


def _record(line: bytes | None) -> tuple[str, dict[str, Any] | None]:
    """The record of a line, or why it has none."""
    if line is None:
        return f"is longer than {MOST_LINE // 1_000_000} MB", None
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return "is not valid JSON", None
    if not isinstance(record, dict):
        return "is not an object", None
    text = record.get("text")
    if not isinstance(text, str) or not any(character.isalnum() for character in text):
        return 'has no "text"', None
    if len({*record} - {*_FIELDS}):
        others = flat({name: value for name, value in record.items() if name not in _FIELDS})
        beside = BETWEEN.join(f"{name}: {value}" for name, value in others.items())
        fields = {name: record[name] for name in _FIELDS if name in record}
        record = {**fields, "text": f"{text}\n\n{beside}" if beside else text}
    return "", record


def _is_list(path: Path) -> bool:
    """Whether the lines are a list, of whose fields one is a short text."""
    from ingest.rows import is_of_texts

    records = []
    for _, line, _ in islice(_lines(path), _SAMPLE):
        try:
            record = json.loads(line or b"")
        except (ValueError, RecursionError):
            continue
        if isinstance(record, dict) and isinstance(record.get("text"), str):
            records.append(record)
    names = {name for record in records for name in flat(record)}
    words = sum(len(record["text"].split()) for record in records) / max(1, len(records))
    return bool(records) and not is_of_texts([*names], "text", words)


def flat(record: Mapping[str, Any], prefix: str = "", depth: int = 0) -> dict[str, str]:
    """The filled fields of an object as words by name; those of objects in it have both names."""
    results: dict[str, str] = {}
    for key, value in record.items():
        name = " ".join(f"{prefix} {key}".split())
        if isinstance(value, dict) and depth < _DEEPEST:
            results |= flat(value, name, depth + 1)
        elif text := _flat_words(value, depth):
            results[name] = text
    return results


def _flat_words(value: object, depth: int) -> str:
    if isinstance(value, list):
        inside = value if depth < _DEEPEST else ()
        return ", ".join(filter(None, (_flat_words(item, depth + 1) for item in inside)))
    if isinstance(value, dict):
        inner = flat(value, depth=depth + 1) if depth < _DEEPEST else {}
        return " ".join(f"{name}: {text}" for name, text in inner.items())
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else _sound(str(value).strip())


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
