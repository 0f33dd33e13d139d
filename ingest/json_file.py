"""JSON that is not JSON Lines: a list of records is read like lines of them, data is refused.

Programs export texts as one list, or as an object around one (`{"articles": [...]}`), or as lines
with names of their own. What calls itself "text", "body", "content" and so on is the text of a
record. Chats are read by their messages (`chats`). Notebooks, settings and measurements are JSON,
too, and nothing to read; and what only begins like JSON is plain text.
"""

import json
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from ingest import chats, rows
from ingest.books import plain
from ingest.books.encoding import decode
from ingest.books.plain import Check, Report
from ingest.errors import UnsupportedFileError
from ingest.json_lines import whole_source
from ingest.parts import Parts
from ingest.records import Notice, Reading

READER = "json/1"

_EVERY = 64
_LEAST_WORDS = 3


def read(
    path: Path, *, title: str | None = None, start_section: int = 0, report: Report, cancel: Check
) -> Iterator[Reading]:
    """Each record as a `Source` and its `Section`s; records without a text are one `Notice`.

    Each source has its own title, and all of them come: `title` and `start_section` say nothing.
    Raises `UnsupportedFileError` for data without texts.
    """
    text = decode(path.read_bytes()).text
    cancel()
    whole = _parsed(text)
    if talks := chats.conversations(whole):
        yield from chats.told(talks, report, cancel)
        return
    found = _lines(text) if whole is None else _records(whole)
    if found is None:
        yield from plain.read(
            path, title=title, start_section=start_section, report=report, cancel=cancel
        )
        return
    column = _column(found)
    if not column:
        raise UnsupportedFileError(
            "This JSON file contains data but no text.",
            'Add JSON Lines or a list of objects like {"id": "1", "title": "...", "text": "..."}.',
        )
    empty = 0
    parts = Parts("record")
    for number, record in enumerate(found):
        if number % _EVERY == 0:
            cancel()
            report(number, len(found), "records")
        cells = {
            name.strip().lower().replace(" ", "_"): _words(value) for name, value in record.items()
        }
        told = rows.described({name: cell for name, cell in cells.items() if cell}, column)
        if not any(character.isalnum() for character in told["text"]):
            empty += 1
            continue
        yield from parts.some(str(number + 1), partial(whole_source, told, READER))
    if empty:
        yield Notice(
            "bad_rows",
            f"{empty} {'record has' if empty == 1 else 'records have'} no text and "
            f"{'was' if empty == 1 else 'were'} left out.",
            f"The texts are taken from “{column}”.",
        )
    yield from parts.notices()
    report(len(found), len(found), "records")


def _parsed(text: str) -> Any:
    """What a JSON file holds, [] where that is nested too deeply; None where it is not JSON."""
    try:
        return json.loads(text)
    except RecursionError:
        return []
    except ValueError:
        return None


def _records(whole: Any) -> list[dict[str, Any]]:
    """The objects of the longest list of a JSON file, [] where there are none."""
    if isinstance(whole, dict):
        lists = [value for value in whole.values() if isinstance(value, list)]
        whole = max(lists, key=len, default=[])
    return [each for each in whole if isinstance(each, dict)] if isinstance(whole, list) else []


def _lines(text: str) -> list[dict[str, Any]] | None:
    found: list[dict[str, Any]] = []
    lines = [line for line in text.split("\n") if line.strip()]
    for line in lines:
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(record, dict):
            found.append(record)
    return found if found and len(found) * 2 >= len(lines) else None


def _column(found: list[dict[str, Any]]) -> str:
    """The name under which most records have their text, "" where there is none."""
    seen: Counter[str] = Counter()
    for record in found[:1000]:
        for name, value in record.items():
            if isinstance(value, str) and len(value.split()) >= _LEAST_WORDS:
                seen[name.strip().lower().replace(" ", "_")] += 1
    for name in rows.TEXTS:
        if seen[name] * 2 >= min(len(found), 1000) and seen[name]:
            return name
    return ""


def _words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_words(each) for each in value if isinstance(each, str | int | float))
    if isinstance(value, dict) or value is None or isinstance(value, bool):
        return ""
    return str(value).strip()
