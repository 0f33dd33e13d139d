"""Calendars (iCalendar, RFC 5545) and address books (vCard, RFC 6350): a section for each entry.

Both are written alike: lines of a name, parameters and a value, long ones folded. An entry reads as
the row of a table does: what it is, then when, where and with whom, each after its name.
"""

import calendar
import quopri
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from ingest.books import document, table_rows
from ingest.books.document import Document
from ingest.books.encoding import decode
from ingest.books.markup import Block
from ingest.errors import NoTextError
from ingest.patterns import later
from ingest.records import Reading, Wanted

READER = "calendar/1"

OPENING = later(rb"\s*BEGIN:(?:VCALENDAR|VCARD)\s*\r?\n", re.IGNORECASE)
_FOLD = later(r"\n[ \t]")
_VALUE = r"(?:\"[^\"]*\"|[^\";:,]*)"
_LINE = later(
    rf"(?:[\w-]+\.)?(?P<name>[\w-]+)(?P<told>(?:;[\w-]+(?:={_VALUE}(?:,{_VALUE})*)?)*):(?P<value>.*)"
)
_CHARSET = later(r";CHARSET=\"?([\w-]+)", re.IGNORECASE)
_CALLED = later(r";CN=(\"[^\"]*\"|[^;:,]*)", re.IGNORECASE)
_MOMENT = later(r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d)(?:[:\d]*)(Z)?)?")
_ESCAPED = later(r"\\([\\;,nN])")
_ENTRIES = frozenset({"VEVENT", "VTODO", "VJOURNAL", "VCARD"})
#: Characters of a line that say how its value is written.
_LONGEST_HEAD = 200
#: The name of a field in a file -> what it is called in a row; several of a name stand together.
_FIELDS = {
    "LOCATION": "Where", "ORGANIZER": "With", "ATTENDEE": "With", "STATUS": "Status",
    "CATEGORIES": "Kind", "URL": "Address", "RRULE": "Repeats", "ORG": "Organisation",
    "TITLE": "Position", "ROLE": "Role", "TEL": "Phone", "EMAIL": "E-mail", "ADR": "Address",
    "BDAY": "Born",
}  # fmt: skip
_PARAGRAPHS = ("DESCRIPTION", "COMMENT", "NOTE")
_QUOTED = "QUOTED-PRINTABLE"

#: The fields of an entry: their names in the file, and for each the values with their parameters.
Entry = Mapping[str, Sequence[tuple[str, str]]]


def read(path: Path, wanted: Wanted) -> Iterator[Reading]:
    """Read one calendar or address book: `Source`, then a `Section` for each entry.

    Raises `NoTextError`.
    """
    text = Document()
    for name, entry in _entries(decode(path.read_bytes()).text):
        if name:
            wanted.cancel()
            text.blocks += _blocks(entry)
        else:
            text.title = _first(entry, "X-WR-CALNAME")
    nothing = NoTextError(
        "There are no entries in this calendar or address book.", "Export it again and add that."
    )
    yield from document.records(text, path, "text", READER, wanted, nothing=nothing)


def _entries(text: str) -> Iterator[tuple[str, Entry]]:
    """The entries with what they are, and under "" what stands outside of all."""
    within: list[str] = []
    found: dict[str, list[tuple[str, str]]] = {}
    outside: dict[str, list[tuple[str, str]]] = {}
    for line in _lines(text):
        match = _LINE.match(line.strip())
        if not match:
            continue
        name, told, value = match["name"].upper(), match["told"], match["value"]
        if name == "BEGIN":
            within.append(value.upper())
            if value.upper() in _ENTRIES:
                found = {}
        elif name == "END":
            if within and within.pop() in _ENTRIES:
                yield value.upper(), found
        elif within and within[-1] in _ENTRIES:
            found.setdefault(name, []).append((told, _plain(told, value)))
        elif len(within) == 1:
            outside.setdefault(name, []).append((told, _plain(told, value)))
    if not _ENTRIES.isdisjoint(within):
        # The end of the file is missing.
        yield within[-1], found
    yield "", outside


def _lines(text: str) -> Iterator[str]:
    """The lines, those joined that were broken because they are long."""
    parts: list[str] = []
    for line in _FOLD.sub("", text).split("\n"):
        parts.append(line.removesuffix("="))
        if not line.endswith("=") or _QUOTED not in parts[0][:_LONGEST_HEAD].upper():
            parts[-1] = line
            yield "".join(parts)
            parts = []
    yield "".join(parts)


def _plain(told: str, value: str) -> str:
    if _QUOTED in told.upper():
        named = _CHARSET.search(told)
        content = quopri.decodestring(value.encode())
        try:
            value = content.decode(named[1] if named else "utf-8", "replace")
        except (LookupError, ValueError):
            value = content.decode("utf-8", "replace")
    value = _ESCAPED.sub(lambda sign: "\n" if sign[1] in "nN" else sign[1], value)
    return value.strip(" ;")


def _first(entry: Entry, *names: str) -> str:
    return next((entry[name][0][1] for name in names if name in entry), "")


def _blocks(entry: Entry) -> Iterator[Block]:
    """An entry under its name: a row, then what is written about it."""
    unnamed = _said("N", "", _first(entry, "N", "ORG", "EMAIL"))
    name = " ".join((_first(entry, "SUMMARY", "FN") or unnamed).split())
    rows: dict[str, list[str]] = {"": [name], "When": [_when(entry)]}
    for field, called in _FIELDS.items():
        values = (_said(field, told, value) for told, value in entry.get(field, ()))
        rows.setdefault(called, []).extend(values)
    cells = [", ".join(dict.fromkeys(filter(None, values))) for values in rows.values()]
    if any(cells):
        yield Block(name or "Entry", level=1)
        yield Block(table_rows.line(cells, list(rows)))
    for field in _PARAGRAPHS:
        for _, value in entry.get(field, ()):
            yield from (Block(" ".join(line.split())) for line in value.split("\n") if line.strip())


def _said(field: str, told: str, value: str) -> str:
    """A value as a row says it."""
    if field in ("ORGANIZER", "ATTENDEE"):
        called = _CALLED.search(told)
        return called[1].strip('"') if called else re.sub("^mailto:", "", value, flags=re.I)
    if field == "RRULE":
        often = re.search(r"FREQ=(\w+)", value)
        return often[1].lower() if often else ""
    if field == "BDAY":
        born = _moment(value)[0]
        return _day(born) if born else value
    value = re.sub("^(?:mailto|tel):", "", value, flags=re.I)
    return ", ".join(part.strip() for part in re.split(r"[;\n]", value) if part.strip())


def _when(entry: Entry) -> str:
    """From when to when: “5 March 2020, 14:00–15:30”."""
    begin, timed, zone = _moment(_first(entry, "DTSTART", "DUE"))
    end = _moment(_first(entry, "DTEND"))[0]
    if begin is None:
        return ""
    first = _day(begin)
    if not timed:
        # A whole day ends with the next one.
        last = _day(end - timedelta(days=1)) if end is not None and end > begin else first
        return first if last == first else f"{first} – {last}"
    said = f"{first}, {begin:%H:%M}"
    if end is not None and end != begin:
        said += f"–{end:%H:%M}" if _day(end) == first else f" – {_day(end)}, {end:%H:%M}"
    return said + zone


def _moment(value: str) -> tuple[datetime | None, bool, str]:
    """A day or a time of a day, which of them, and “ UTC” where it is told so."""
    match = _MOMENT.match(value)
    if match is None:
        return None, False, ""
    year, month, day, hour, minute = (int(part or 0) for part in match.groups()[:5])
    try:
        moment = datetime(year, month, day, hour, minute)
    except ValueError:
        return None, False, ""
    return moment, match[4] is not None, " UTC" if match[6] else ""


def _day(moment: datetime) -> str:
    return f"{moment.day} {calendar.month_name[moment.month]} {moment.year}"
