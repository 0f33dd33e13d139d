"""Exports timelines: a table of dated statements, and a calendar."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from workbench.errors import UsageError
from workbench.recall.answered.tables import plain_text
from workbench.recall.records import Chronology, DatedStatement
from workbench.recall.wording import escaped, place_words

#: The export formats of timelines, with file suffixes.
TIMELINE_FORMS: Mapping[str, str] = {"markdown": "md", "csv": "csv", "ics": "ics"}
#: Maximum bytes of a calendar line (RFC 5545), and characters of a summary.
_LONGEST_LINE, _SUMMARY = 75, 120


def exported_timeline(chronology: Chronology, form: str) -> str:
    """Dated statements as a document. Raises `UsageError` for an unknown form.

    A calendar has no years before 1, so "ics" leaves them out.
    """
    match form:
        case "markdown":
            return "".join(map(_markdown, chronology.statements))
        case "csv":
            output = io.StringIO()
            writer = csv.writer(output, lineterminator="\n")
            writer.writerow(("from", "to", "uncertain", "sentence", "source", "place"))
            for item in chronology.statements:
                words = (item.sentence.text, item.sentence.source.title, _place(item))
                writer.writerow((item.first, item.last, item.doubt, *map(plain_text, words)))
            return output.getvalue()
        case "ics":
            lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Engram Workbench//Timeline//EN"]
            for item in chronology.statements:
                lines += _event(item) if not item.first.startswith(("-", "0000")) else ()
            return "".join(map(_folded, [*lines, "END:VCALENDAR"]))
    raise UsageError(f"There is no format “{form}”.", f"One of: {', '.join(TIMELINE_FORMS)}.")


def _place(item: DatedStatement) -> str:
    return place_words(item.sentence.place, item.sentence.source)


def _markdown(item: DatedStatement) -> str:
    remark = f" ({item.doubt})" if item.doubt else ""
    cited = ", ".join(filter(None, (item.sentence.source.title, _place(item))))
    words = escaped(" ".join(item.sentence.text.split()))
    return f"- **{item.date_to_read}**{remark}: {words} ({escaped(cited)})\n"


def _event(item: DatedStatement) -> Iterator[str]:
    sentence = " ".join(item.sentence.text.split())
    short = sentence if len(sentence) <= _SUMMARY else f"{sentence[:_SUMMARY].rstrip()}…"
    cited = ", ".join(filter(None, (item.sentence.source.title, _place(item))))
    start, _ = item.sentence.marks[0]
    if (begin := _bound(item.first)) is None:
        return
    yield "BEGIN:VEVENT"
    yield f"UID:{item.sentence.engram}-{start}-{item.date.replace('/', '-')}@engram-workbench"
    yield "DTSTAMP:19700101T000000Z"
    yield f"DTSTART;VALUE=DATE:{begin.isoformat().replace('-', '')}"
    if (end := _bound(item.last, after=True)) is not None:
        yield f"DTEND;VALUE=DATE:{end.isoformat().replace('-', '')}"
    yield f"SUMMARY:{_text(short)}"
    yield f"DESCRIPTION:{_text(f'{sentence} ({cited})')}"
    if item.doubt:
        yield "STATUS:TENTATIVE"
    yield "END:VEVENT"


def _bound(iso_date: str, *, after: bool = False) -> date | None:
    """The first day of a day, month or year, or the first `after` it; None beyond year 9999."""
    year, month, day = (int(part) for part in f"{iso_date}-0-0".split("-")[:3])
    try:
        if not after:
            return date(year, month or 1, day or 1)
        if day:
            return date(year, month, day) + timedelta(1)
        return date(year + (month in (0, 12)), month % 12 + 1 if month else 1, 1)
    except (OverflowError, ValueError):
        return None


def _text(words: str) -> str:
    """A text escaped for iCalendar (RFC 5545)."""
    for mark in ("\\", ";", ","):
        words = words.replace(mark, f"\\{mark}")
    return words


def _folded(line: str) -> str:
    """Fold a line into pieces of at most 75 bytes, without splitting characters."""
    pieces, piece, size = [], "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > _LONGEST_LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + width
    return "\r\n".join([*pieces, piece]) + "\r\n"
