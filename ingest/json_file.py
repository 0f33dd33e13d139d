"""JSON other than JSON Lines: lists of records are read like lines of them, data is refused.

Programs export texts as one list, as an object around one (`{"articles": [...]}`), or as lines with
other field names. "text", "body", "content" and so on is the text of a record; a list of anything
else, and of short texts among other fields, is a table (`rows`). Chats are read by their messages
(`chats`), streamed if the file is large, Jupyter notebooks by their cells, notes of Google Keep by
their words. Settings and
measurements are refused; a file that is not valid JSON is read as plain text.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from ingest import chats, rows
from ingest.books import document, markdown, naming, plain, sheets
from ingest.books.document import Document
from ingest.books.encoding import decode
from ingest.books.markup import Block
from ingest.errors import DamagedFileError, NoTextError, TooLargeError, UnsupportedFileError
from ingest.json_lines import flat, whole_source
from ingest.parts import Parts
from ingest.records import Notice, Reading, ReadRequest, Report

READER = "json/2"

#: Records between two reports of progress.
_REPORT_INTERVAL = 64
#: Words that a field of text has at least, and records that are examined.
_MIN_WORDS, _SAMPLE = 3, 1000
#: Maximum bytes of a file, and characters of an element, to parse; characters per read.
_MAX_SIZE, _PIECE = 64_000_000, 1 << 20
_NONE = NoTextError("The cells of this notebook are empty.", "Add a notebook that has text in it.")
_NOTE = NoTextError(
    "This note is empty, or was in the trash of Google Keep.", "Restore it, and export it again."
)
#: Microseconds since 1970 in the year 3000.
_LAST_STAMP = 32_500_000_000_000_000
_BETWEEN = frozenset(", \t\r\n")


def read(path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Yield each record as a `Source` and its `Section`s; records without text are one `Notice`.

    Each source has its own title, and all are returned: `title` and `start_section` do not apply.
    Raises `UnsupportedFileError` for data without texts, `TooLargeError`.
    """
    large = path.stat().st_size > _MAX_SIZE
    if large and path.suffix.lower() == ".json":
        elements = _elements(path, request.report)
        begin = chats.conversations(next(elements, None))
        if not begin:
            raise _size_error()
        yield from chats.read_export(chain(begin, elements), lambda *_: None, request.cancel)
        return
    # Other large files can be read as plain text.
    text = "" if large else decode(path.read_bytes()).text
    request.cancel()
    content = _parsed(text)
    if talks := chats.conversations(content):
        if "slack" in talks[0]:
            talks = [{**talks[0], "names": _slack_names(path)}]
        name = _chat_name(path) if "slack" in talks[0] else ""
        yield from chats.read_export(talks, request.report, request.cancel, name)
        return
    if isinstance(content, dict) and "isTrashed" in content:
        note = _keep_note(content)
        yield from document.records(
            note, path, document.Format("text", READER), request, None, _NOTE
        )
        return
    if (
        isinstance(content, dict)
        and "nbformat" in content
        and isinstance(content.get("cells"), list)
    ):
        parts = Parts("cell")
        notebook = _notebook(content, parts)
        yield from document.records(
            notebook, path, document.Format("markdown", READER), request, parts, _NONE
        )
        return
    result = _lines(text) if content is None else _records(content)
    if result is None:
        yield from plain.read(path, request)
        return
    fields = {_key(name) for record in result for name in record}
    result = [flat(record) for record in result]
    # Records of texts, all of which are empty, are no list of their titles.
    fields -= {_key(name) for record in result for name in record}
    column = _column(result)
    if not column and (not fields.isdisjoint(rows.TEXTS) or not _is_table(result)):
        raise UnsupportedFileError(
            "This JSON file contains data but no text.",
            'Add JSON Lines or a list of objects like {"id": "1", "title": "...", "text": "..."}.',
        )
    if not column or not _is_of_texts(result, column):
        names = [*dict.fromkeys(name for record in result for name in record)]
        table = [[record.get(name, "") for name in names] for record in result]
        # The name of the sheet is not part of its text.
        page = Document(blocks=sheets.blocks_of("", [names, *table])[1:])
        yield from document.records(page, path, document.Format("sheets", READER), request)
        return
    empty = 0
    parts = Parts("record")
    for number, record in enumerate(result):
        if number % _REPORT_INTERVAL == 0:
            request.cancel()
            request.report(number, len(result), "records")
        cells = {_key(name): value for name, value in record.items()}
        described = rows.described(cells, column, {_key(name): name for name in record})
        if not any(character.isalnum() for character in described["text"]):
            empty += 1
            continue
        yield from parts.items(str(number + 1), partial(whole_source, described, READER))
    if empty:
        yield Notice(
            "bad_rows",
            f"{empty} {'record has' if empty == 1 else 'records have'} no text and "
            f"{'was' if empty == 1 else 'were'} left out.",
            f"The texts are taken from “{column}”.",
            words="",
        )
    yield from parts.notices()
    request.report(len(result), len(result), "records")


def _slack_names(path: Path) -> dict[str, str]:
    """The names of people by their number, from the list beside the channels."""
    for folder in (path.parent, path.parent.parent):
        listed = folder / "users.json"
        if listed.is_file() and listed.stat().st_size < _MAX_SIZE:
            content = _parsed(decode(listed.read_bytes()).text)
            people = [item for item in content or () if isinstance(item, dict)]
            return {
                str(item["id"]): str(item.get("real_name") or item.get("name") or item["id"])
                for item in people
                if "id" in item
            }
    return {}


def _chat_name(path: Path) -> str:
    """A day of a channel, by the name of its folder: “general, 2024-03-04”."""
    day = re.fullmatch(r"\d{4}-\d\d-\d\d", path.stem)
    return f"{path.parent.name}, {path.stem}" if day else naming.from_file_name(path)


def _keep_note(content: dict[str, Any]) -> Document:
    """A note of Google Keep: its words, or its list with what is done; none in the trash."""
    note = Document(title=naming.one_line(str(content.get("title") or "")))
    if content.get("isTrashed"):
        return note
    stamp = content.get("userEditedTimestampUsec") or content.get("createdTimestampUsec")
    if isinstance(stamp, int) and 0 < stamp < _LAST_STAMP:
        note.date = datetime.fromtimestamp(stamp / 1e6, UTC).date().isoformat()
    labels = (item.get("name") for item in content.get("labels") or () if isinstance(item, dict))
    if tags := ", ".join(filter(None, map(str, labels))):
        note.metadata["tags"] = tags[:1000]
    text = content.get("textContent")
    paragraphs = re.split(r"\n+", text) if isinstance(text, str) else []
    note.blocks = [Block(line.strip()) for line in paragraphs if line.strip()]
    for item in content.get("listContent") or ():
        if isinstance(item, dict) and (words := str(item.get("text") or "").strip()):
            note.blocks.append(Block(words, depth=1, mark="☑" if item.get("isChecked") else "☐"))
    for link in content.get("annotations") or ():
        if isinstance(link, dict) and link.get("url"):
            words = f"{link.get('title') or ''} ({link['url']})".strip()
            note.blocks.append(Block(words))
    if note.title and not note.blocks:
        note.blocks = [Block(note.title)]
    return note


def _notebook(content: dict[str, Any], parts: Parts) -> Document:
    """Read a Jupyter notebook (nbformat 4) by its cells."""
    text = Document()
    for number, cell in enumerate(content["cells"], 1):
        text.blocks += parts.items(f"cell {number}", partial(_cell, cell))
    text.title = document.first_heading(text.blocks)
    return text


def _cell(cell: dict[str, Any]) -> list[Block]:
    """The text of a cell, or its code and output."""
    source = _joined(cell.get("source"))
    if cell["cell_type"] == "markdown":
        return markdown.blocks(source)
    outputs = cell.get("outputs") or ()
    visible = (item.get("text") or (item.get("data") or {}).get("text/plain") for item in outputs)
    return [Block(words) for item in (source, *map(_joined, visible)) if (words := item.strip())]


def _joined(lines: Any) -> str:
    """A text that a notebook may store as lines."""
    return "".join(lines) if isinstance(lines, list) else lines if isinstance(lines, str) else ""


def _elements(path: Path, report: Report) -> Iterator[Any]:
    """Stream the elements of a JSON list.

    Raises `TooLargeError` for a large one, `DamagedFileError` for invalid JSON.
    """
    decoder, total, completed = json.JSONDecoder(), path.stat().st_size, 0
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        buffer, at = file.read(_PIECE).lstrip().removeprefix("["), 0
        while True:
            while buffer[at : at + 1] in _BETWEEN:
                at += 1
            try:
                element, at = decoder.raw_decode(buffer, at)
            except ValueError:
                buffer = buffer[at:]
                if len(buffer) > _MAX_SIZE:
                    raise _size_error() from None
                # Twice as much each time, so that a long element is not parsed again for every
                # piece.
                more = file.read(max(_PIECE, len(buffer)))
                # A character of several bytes counts as one, so progress lags a little.
                completed += len(more)
                report(completed, total, "bytes")
                if not more:
                    break
                buffer, at = buffer + more, 0
            else:
                yield element
        if buffer.strip() != "]":
            raise DamagedFileError("The file is cut off here.", "Export it again and add that.")


def _size_error() -> TooLargeError:
    return TooLargeError(
        f"This JSON file is larger than {_MAX_SIZE // 1_000_000} MB and no list of conversations.",
        "Split its list into several files, each from “[” to “]”, and add those.",
    )


def _parsed(text: str) -> Any:
    """The content of a JSON file; [] if nested too deeply, None if it is not JSON."""
    try:
        return json.loads(text)
    except RecursionError:
        return []
    except ValueError:
        return None


def _records(content: Any) -> list[dict[str, Any]]:
    """The objects of the longest list of a JSON file, or []."""
    if isinstance(content, dict):
        lists = [value for value in content.values() if isinstance(value, list)]
        content = max(lists, key=len, default=[])
    return [item for item in content if isinstance(item, dict)] if isinstance(content, list) else []


def _lines(text: str) -> list[dict[str, Any]] | None:
    results: list[dict[str, Any]] = []
    lines = [line for line in text.split("\n") if line.strip()]
    for line in lines:
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(record, dict):
            results.append(record)
    return results if results and len(results) * 2 >= len(lines) else None


def _key(name: str) -> str:
    return name.strip().lower().replace(" ", "_")


def _column(records: list[dict[str, str]]) -> str:
    """The field with the text of most records, or ""."""
    counts: Counter[str] = Counter()
    for record in records[:_SAMPLE]:
        counts.update(_key(k) for k, value in record.items() if len(value.split()) >= _MIN_WORDS)
    for name in rows.TEXTS:
        if counts[name] * 2 >= min(len(records), _SAMPLE) and counts[name]:
            return name
    return ""


def _is_of_texts(records: list[dict[str, str]], column: str) -> bool:
    texts = [v for item in records[:_SAMPLE] for k, v in item.items() if _key(k) == column]
    names = dict.fromkeys(_key(name) for record in records[:_SAMPLE] for name in record)
    words = sum(len(text.split()) for text in texts) / max(1, len(texts))
    return rows.is_of_texts([*names], column, words)


def _is_table(records: list[dict[str, str]]) -> bool:
    """Whether records are the rows of a table, with the same fields and words in them."""
    if len(records) < 2:
        return False
    fields = Counter(name for record in records for name in record)
    common = [name for name, count in fields.items() if count * 2 > len(records)]
    worded = any(map(str.isalpha, "".join(records[0].get(name, "") for name in common)))
    return len(common) > 1 and worded
