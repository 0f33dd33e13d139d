"""Calendars (iCalendar, RFC 5545) and address books (vCard, RFC 6350): a section per entry.

Both consist of folded lines of a name, parameters and a value. An entry becomes a row of labelled
fields: what it is, then when, where and with whom.
"""

import calendar
import quopri
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from ingest.books import document, table_rows
from ingest.books.document import Document
from ingest.books.encoding import decode
from ingest.books.markup import Block
from ingest.errors import NoTextError
from ingest.patterns import later
from ingest.records import Reading, ReadRequest

READER = "calendar/3"

OPENING = later(rb"\s*BEGIN:(?:VCALENDAR|VCARD)\s*\r?\n", re.IGNORECASE)
_FOLD = later(r"\n[ \t]")
_VALUE = r"(?:\"[^\"]*\"|[^\";:,]*)"
_LINE = later(
    rf"(?:(?P<group>[\w-]+)\.)?(?P<name>[\w-]+)(?P<told>(?:;[\w-]+(?:={_VALUE}(?:,{_VALUE})*)?)*):(?P<value>.*)"
)
_CHARSET = later(r";CHARSET=\"?([\w-]+)", re.IGNORECASE)
_ZONE = later(r";TZID=(\"[^\"]*\"|[^;:,]*)", re.IGNORECASE)
_DURATION = later(r"P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,4})M)?(?:\d+S)?)?$")
_WEEKDAY = later(r"([+-]?\d*)(\w\w)$")
_CALLED = later(r";CN=(\"[^\"]*\"|[^;:,]*)", re.IGNORECASE)
_ANSWER = later(r";PARTSTAT=(ACCEPTED|DECLINED|TENTATIVE)\b", re.IGNORECASE)
_MOMENT = later(r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d)(?:[:\d]*)(Z)?)?")
_ESCAPED = later(r"\\([\\;,nN])")
_ENTRIES = frozenset({"VEVENT", "VTODO", "VJOURNAL", "VCARD"})
#: Longest name and parameters of a line.
_LONGEST_HEAD = 200
#: Field names in the file -> labels in a row; equal labels are joined.
_FIELDS = dict(
    map(
        str.split,
        """\
    LOCATION Where
    ORGANIZER With
    ATTENDEE With
    STATUS Status
    CATEGORIES Kind
    URL Address
    ORG Organisation
    TITLE Position
    ROLE Role
    TEL Phone
    EMAIL E-mail
    ADR Address
    BDAY Born
    NICKNAME Nickname
    ANNIVERSARY Anniversary
    X-ANNIVERSARY Anniversary
    RELATED Related
    X-ABRELATEDNAMES Related
    X-SPOUSE Spouse
    X-MANAGER Manager
    X-ASSISTANT Assistant
    IMPP Chat
    X-SOCIALPROFILE Profile""".splitlines(),
    )
)
_DAYS = frozenset({"BDAY", "ANNIVERSARY", "X-ANNIVERSARY"})
#: Fields of which an entry may have several, for home and work.
_TYPED = frozenset({"TEL", "EMAIL", "ADR", "URL", "RELATED", "X-ABRELATEDNAMES", "IMPP"})
_KIND = later(r";(?:TYPE=)?(\"[^\"]*\"|[\w $<>!,-]+)(?=;|$)", re.IGNORECASE)
#: Types that do not say whose or which one it is.
_UNSAID_KINDS = frozenset({"voice", "internet", "pref", "other", "x-other"})
_CALLED_KINDS = {"cell": "mobile", "iphone": "mobile"}
#: A day of no year: vCard 4 (RFC 6350, 4.3.1), and Apple's, in a year of its own.
_YEARLESS = later(r"(?:--|1604-?)(\d\d)-?(\d\d)(?!\d)")
_PARAGRAPHS = ("DESCRIPTION", "COMMENT", "NOTE")
_GROUP = later(r";GROUP=([\w-]+)")
_QUOTED = "QUOTED-PRINTABLE"

#: The fields of an entry: by name, values with their parameters.
Entry = Mapping[str, Sequence[tuple[str, str]]]


def read(path: Path, request: ReadRequest) -> Iterator[Reading]:
    """Read a calendar or address book: `Source`, then a `Section` for each entry.

    Raises `NoTextError`.
    """
    text = Document()
    entries = list(_entries(decode(path.read_bytes()).text))
    # Replacements of single dates of a series, by the series.
    overrides: dict[str, list[Entry]] = defaultdict(list)
    for _, entry in entries:
        if "RECURRENCE-ID" in entry:
            overrides[_first(entry, "UID")].append(entry)
    for name, entry in entries:
        if name:
            request.cancel()
            series = "RECURRENCE-ID" not in entry and "UID" in entry
            text.blocks += _blocks(entry, overrides[_first(entry, "UID")] if series else ())
        else:
            text.title = _first(entry, "X-WR-CALNAME")
    empty = NoTextError(
        "There are no entries in this calendar or address book.", "Export it again and add that."
    )
    yield from document.records(text, path, document.Format("text", READER), request, nothing=empty)


def words(text: str) -> str:
    """The entries of a calendar as paragraphs, for a message that contains it."""
    return "\n\n".join(
        block.text for name, entry in _entries(text) if name for block in _blocks(entry, ())
    )


def _entries(text: str) -> Iterator[tuple[str, Entry]]:
    """Yield the entries with their types, and the fields outside of entries under ""."""
    inside: list[str] = []
    results: dict[str, list[tuple[str, str]]] = {}
    labels: dict[str, str] = {}
    outside: dict[str, list[tuple[str, str]]] = {}
    for line in _lines(text):
        match = _LINE.match(line.strip())
        if not match:
            continue
        name, facts, value = match["name"].upper(), match["told"], match["value"]
        group = (match["group"] or "").upper()
        if name == "BEGIN":
            inside.append(value.upper())
            if value.upper() in _ENTRIES:
                results, labels = {}, {}
        elif name == "END":
            if inside and inside.pop() in _ENTRIES:
                yield value.upper(), _labelled(results, labels)
        elif inside and inside[-1] in _ENTRIES:
            if name == "X-ABLABEL":
                # Apple's own labels are in brackets of signs.
                labels[group] = re.sub(r"[^\w\s'-]|_", "", value).strip().lower()
            facts = f"{facts};GROUP={group}" if group else facts
            results.setdefault(name, []).append((facts, _plain(facts, value)))
        elif len(inside) == 1:
            outside.setdefault(name, []).append((facts, _plain(facts, value)))
    if not _ENTRIES.isdisjoint(inside):
        # The end of the file is missing.
        yield inside[-1], _labelled(results, labels)
    yield "", outside


def _labelled(fields: Entry, labels: Mapping[str, str]) -> Entry:
    """The fields of an entry with the labels of their groups as types."""
    if not labels:
        return fields
    return {
        name: [
            (_GROUP.sub(lambda m: f";TYPE={labels[m[1]]}" if m[1] in labels else "", facts), value)
            for facts, value in values
        ]
        for name, values in fields.items()
    }


def _lines(text: str) -> Iterator[str]:
    """Unfold the lines."""
    parts: list[str] = []
    for line in _FOLD.sub("", text).split("\n"):
        parts.append(line.removesuffix("="))
        if not line.endswith("=") or _QUOTED not in parts[0][:_LONGEST_HEAD].upper():
            parts[-1] = line
            yield "".join(parts)
            parts = []
    yield "".join(parts)


def _plain(facts: str, value: str) -> str:
    if _QUOTED in facts.upper():
        labelled = _CHARSET.search(facts)
        content = quopri.decodestring(value.encode())
        try:
            value = content.decode(labelled[1] if labelled else "utf-8", "replace")
        except (LookupError, ValueError):
            value = content.decode("utf-8", "replace")
    value = _ESCAPED.sub(lambda sign: "\n" if sign[1] in "nN" else sign[1], value)
    return value.strip(" ;")


def _first(entry: Entry, *names: str) -> str:
    return next((entry[name][0][1] for name in names if name in entry), "")


def _blocks(entry: Entry, overrides: Sequence[Entry]) -> Iterator[Block]:
    """An entry under its name: a row, then its description."""
    unnamed = _value_text("N", "", _first(entry, "N", "ORG", "EMAIL"))
    name = " ".join((_first(entry, "SUMMARY", "FN") or unnamed).split())
    rows: dict[str, list[str]] = {"": [name], "When": [_period(entry)], **_series(entry, overrides)}
    for field, called in _FIELDS.items():
        values = (_value_text(field, facts, value) for facts, value in entry.get(field, ()))
        rows.setdefault(called, []).extend(values)
    cells = [", ".join(dict.fromkeys(filter(None, values))) for values in rows.values()]
    if any(cells):
        yield Block(name or "Entry", level=1)
        yield Block(table_rows.line(cells, list(rows)))
    for field in _PARAGRAPHS:
        for _, value in entry.get(field, ()):
            yield from (Block(" ".join(line.split())) for line in value.split("\n") if line.strip())


def _value_text(field: str, facts: str, value: str) -> str:
    """Format a value for a row."""
    if field in ("ORGANIZER", "ATTENDEE"):
        called = _CALLED.search(facts)
        name = called[1].strip('"') if called else re.sub("^mailto:", "", value, flags=re.I)
        answer = _ANSWER.search(facts)
        return f"{name} ({answer[1].lower()})" if answer else name
    if field in _DAYS:
        if yearless := _YEARLESS.match(value):
            month, day = map(int, yearless.groups())
            return f"{day} {calendar.month_name[month]}" if 1 <= month <= 12 else value
        born = _parse_time("", value)[0]
        return _day(born) if born else value
    value = re.sub("^(?:mailto|tel|xmpp|x-apple):", "", value, flags=re.I)
    if value.lower().startswith("urn:"):
        return ""
    text = ", ".join(part.strip() for part in re.split(r"[;\n]", value) if part.strip())
    kinds = _kinds(facts) if field in _TYPED and text else ""
    return f"{text} ({kinds})" if kinds else text


def _kinds(facts: str) -> str:
    """What a number or address is for: “mobile”, “work fax”."""
    words = [
        word for match in _KIND.finditer(facts) for word in match[1].strip('"').lower().split(",")
    ]
    words = [_CALLED_KINDS.get(word, word) for word in words if word not in _UNSAID_KINDS]
    return " ".join(dict.fromkeys(word for word in words if re.fullmatch(r"[\w' -]{1,30}", word)))


def _period(entry: Entry) -> str:
    """Format a period: “5 March 2020, 14:00–15:30 Europe/Vienna”."""
    begin, timed, zone = _time_of(entry, "DTSTART", "DUE")
    end, _, end_zone = _time_of(entry, "DTEND")
    if begin is None:
        return ""
    first = _day(begin)
    duration = _DURATION.match(_first(entry, "DURATION"))
    if end is None and duration:
        weeks, days, hours, minutes = (int(part or 0) for part in duration.groups())
        length = timedelta(days=days, weeks=weeks, hours=hours, minutes=minutes)
        end, end_zone = _after(begin, length), zone
    if not timed:
        # The end of an all-day event is exclusive.
        day = timedelta(days=1)
        full = end is not None and end.replace(tzinfo=None) - begin > day
        return f"{first} – {_day(end - day)}" if end is not None and full else first
    text = f"{first}, {begin:%H:%M}"
    if end is not None and end != begin:
        text += zone if end_zone != zone else ""
        text += f"–{end:%H:%M}" if _day(end) == first else f" – {_day(end)}, {end:%H:%M}"
        zone = end_zone
    return text + zone


def _series(entry: Entry, overrides: Sequence[Entry]) -> dict[str, list[str]]:
    """How an event repeats: additional and excluded dates, and the date it replaces."""
    begin = _time_of(entry, "DTSTART")[0]
    replaced = []
    for override in overrides:
        days = _days(override, "RECURRENCE-ID", begin)
        shifted = (
            "" if _first(override, "STATUS") == "CANCELLED" else f" (then {_period(override)})"
        )
        replaced += [day + shifted for day in days]
    rules = [_rule(value, begin) for _, value in entry.get("RRULE", ())]
    return {
        "Repeats": rules,
        "Also on": _days(entry, "RDATE", begin),
        "Except": _days(entry, "EXDATE", begin) + replaced,
        "Instead of": _days(entry, "RECURRENCE-ID", begin),
    }


def _days(entry: Entry, field: str, begin: datetime | None) -> list[str]:
    """The days of a field, in the time zone of the event."""
    results = []
    for parameters, values in entry.get(field, ()):
        later = " and later" if "RANGE=THISANDFUTURE" in parameters.upper() else ""
        moments = (_parse_time(parameters, value)[0] for value in values.split(","))
        results += [_day(_in_zone(day, begin)) + later for day in moments if day]
    return results


def _rule(value: str, begin: datetime | None) -> str:
    """A recurrence rule (RFC 5545, 3.3.10): “weekly on Monday, 4 times, until 1 May 2027”."""
    parts = dict(part.upper().partition("=")[::2] for part in value.split(";"))
    frequent, interval = parts.get("FREQ", "").lower(), parts.get("INTERVAL", "1")
    unit = "day" if frequent == "daily" else frequent.removesuffix("ly")
    position = parts.get("BYSETPOS", "")
    days = [_weekday(day, position) for day in parts.get("BYDAY", "").split(",") if day]
    numbers = parts.get("BYMONTHDAY", "").split(",")
    days += [f"the {_ordinal(n)} day" if n < "0" else f"day {n}" for n in numbers if n]
    months = [int(month) for month in parts.get("BYMONTH", "").split(",") if month.isdecimal()]
    names = [calendar.month_name[month] for month in months if 1 <= month <= 12]
    until = _parse_time("", parts.get("UNTIL", ""))[0]
    text = frequent if interval == "1" else f"every {interval} {unit}s"
    text += f" on {' and '.join(days)}" if days else ""
    text += f" in {' and '.join(names)}" if names else ""
    text += f", {parts['COUNT']} times" if "COUNT" in parts else ""
    return text + (f", until {_day(_in_zone(until, begin))}" if until else "")


def _weekday(day: str, position: str) -> str:
    """“-1FR” as “last Friday”."""
    match = _WEEKDAY.match(day)
    names = {name[:2].upper(): name for name in calendar.day_name}
    if match is None:
        return day
    return " ".join(filter(None, (_ordinal(match[1] or position), names.get(match[2], match[2]))))


def _ordinal(number: str) -> str:
    words = {"1": "first", "2": "second", "3": "third", "-1": "last", "": ""}
    if number.startswith("-") and number not in words:
        return f"{_ordinal(number[1:])} to last"
    return words.get(number.lstrip("+"), f"{number}th")


def _time_of(entry: Entry, *fields: str) -> tuple[datetime | None, bool, str]:
    field = next((field for field in fields if field in entry), "")
    return _parse_time(*entry[field][0]) if field else (None, False, "")


def _parse_time(parameters: str, value: str) -> tuple[datetime | None, bool, str]:
    """A date or date-time, which of them, and the name of its zone."""
    match = _MOMENT.match(value)
    if match is None:
        return None, False, ""
    year, month, day, hour, minute = (int(part or 0) for part in match.groups()[:5])
    try:
        instant = datetime(year, month, day, hour, minute)
    except ValueError:
        return None, False, ""
    if match[6]:
        return instant.replace(tzinfo=UTC), True, " UTC"
    labelled = _ZONE.search(parameters)
    if labelled is None or match[4] is None:
        return instant, match[4] is not None, ""
    zone, name = _zone(labelled[1].strip('"'))
    return instant.replace(tzinfo=zone), True, f" {name.replace('_', ' ')}" if name else ""


def _zone(name: str) -> tuple[ZoneInfo | None, str]:
    """A time zone by its name, which a program may prefix with its own."""
    parts = name.strip("/").split("/")
    for start in range(len(parts)):
        with suppress(KeyError, ValueError, OSError):
            return ZoneInfo("/".join(parts[start:])), "/".join(parts[start:])
    return None, name


def _in_zone(instant: datetime, event: datetime | None) -> datetime:
    """Convert a moment to the time zone of an event, if both have one."""
    if event is None or instant.tzinfo is None or event.tzinfo is None:
        return instant
    try:
        return instant.astimezone(event.tzinfo)
    except OverflowError:
        return instant


def _after(instant: datetime, length: timedelta) -> datetime | None:
    try:
        return instant + length
    except OverflowError:
        return None


def _day(instant: datetime) -> str:
    return f"{instant.day} {calendar.month_name[instant.month]} {instant.year}"
