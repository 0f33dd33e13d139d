"""Lines for people, in the notation of the table of operations.

`{name}` is a field of the record, or an argument of the command; `{a|b}` is the first that is not
empty, `{a.last}` the last item, “it” the record. A format of `FORMATS` may follow. Brackets, and
lines, with an empty field are left out. A line that begins with “~ ” is a remark, with “! ” a
complaint, with “= ” a result; with “*name ” it is printed for each item of a field, “*name:10 ” for
ten (or as many as an argument says), “*name?flag ” if the flag is given; with the name alone, items
are printed as records.
"""

import re
import string
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from itertools import islice
from typing import Any

from workbench.cli.output import Output, plural
from workbench.cli.table import lines_of
from workbench.sizes import size_words
from workbench.translation import known, tr

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_LOOP = re.compile(r"\*([\w.]+)(?:\?(\w+))?(?::(\w+))?(?: (.*))?", re.DOTALL)
_CASE = re.compile(r"(-?\w+|\(\))⇒(.*)", re.DOTALL)
#: Length of a shortened text, and of the part of it that is processed.
_SHORT, _SCANNED = 200, 400
_DAY = 86_400


def short(text: str) -> str:
    """Shorten a text to one line of at most 200 letters."""
    # A terminal obeys control characters.
    line = " ".join("".join(c if c.isprintable() else " " for c in text[:_SCANNED]).split())
    return line if len(line) <= _SHORT and len(text) <= _SCANNED else f"{line[: _SHORT - 1]}…"


def local_time(at: float, form: str = "%d %b %Y") -> str:
    """Format a moment in local time."""
    return time.strftime(form, time.localtime(at))


def _clock(seconds: float) -> str:
    minutes, remainder = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{remainder:02d}" if hours else f"{minutes}:{remainder:02d}"


def _case(value: object, words: str) -> str:
    """The text of a value, in “value⇒text¦value⇒text¦text”."""
    for case in words.split("¦"):
        match = _CASE.fullmatch(case)
        if match is None or match[1] == str(value):
            return case if match is None else match[2]
    return ""


def _sum(record: Any, words: str) -> str:
    """Counts with nouns, in “field⇒words¦field⇒one/many¦text for none”."""
    *nouns, none = (case.split("⇒") for case in words.split("¦"))
    counts = ((getattr(record, name), noun.split("/")) for name, noun in nouns)
    texts = (plural(count, noun[0], noun[-1]) for count, noun in counts if count)
    return ", ".join(texts) or none[0]


def _remaining(at: float) -> str:
    days = (at - time.time()) / _DAY
    if 0 < days < 1:
        return tr("today")
    return tr("in {days} days" if days >= 1 else "{days} days ago", days=f"{abs(days):.0f}")


def _days(record: Any) -> str:
    """The first and last day of mentions; one if they are the same."""
    if record.first is None:
        return ""
    first, final = (
        local_time(at, "%Y-%m-%d") for at in (record.first, record.last or record.first)
    )
    return f", {first}" if first == final else tr(", {first} to {final}", first=first, final=final)


def _place(path: str) -> str:
    """The file or address as requested, or a name for pasted text."""
    from workbench.intake import places

    return places.name_of(path) if places.is_pasted(path) else path


def _cut(text: str, number: str) -> str:
    return text if len(text) <= int(number) else f"{text[: int(number) - 1].rstrip()}…"


#: Formats of a value, with the words after the format's name.
FORMATS: Mapping[str, Callable[[Any, str], str]] = {
    "away": lambda value, _: tr("{hops} away", hops=plural(value, "hop")) if value else tr("in it"),
    "case": _case,
    "clock": lambda value, _: _clock(value),
    "count": lambda value, words: plural(len(value), *words.split("/")),
    "cut": _cut,
    "date": lambda value, _: local_time(value, "%d %B %Y"),
    "day": lambda value, words: local_time(value, words or "%d %b %Y"),
    "days": lambda value, _: _days(value),
    "and": lambda value, _: tr(" and ").join(value),
    "else": lambda value, words: "" if value else words,
    "known": lambda value, width: known(str(value)).ljust(int(width or 0)),
    "len": lambda value, width: str(len(value)).rjust(int(width or 0)),
    "list": lambda value, none: ", ".join(map(str, value)) or none,
    "many": lambda value, words: plural(value, *words.split("/")),
    "minute": lambda value, _: local_time(value, "%Y-%m-%d %H:%M"),
    "more": lambda value, number: str(max(len(value) - int(number), 0) or ""),
    "n": format,
    "names": lambda value, _: ", ".join(item.name for item in value),
    "or": lambda value, words: str(value or words),
    "part": lambda value, _: "  –" if value is None else f"{100 * value:3.0f}",
    "place": lambda value, _: _place(value),
    "per": lambda value, number: f"{value / float(number):.0f}",
    "quoted": lambda value, _: "".join(f"\n    “{' '.join(text.split())}”" for text in value),
    "sentence": lambda value, _: f"{value[:1].upper()}{value[1:]}",
    "share": lambda value, form: f"{100 * value:{form or '.0f'}} %",
    "short": lambda value, _: short(value),
    "shown": lambda value, _: fill(str(lines_of(value)), value),
    "abs": lambda value, _: f"{abs(value):.3g}",
    "size": lambda value, width: size_words(value).rjust(int(width or 0)),
    "sum": _sum,
    "then": lambda value, words: words if value else "",
    "times": lambda value, _: tr("once" if value == 1 else "{times} times", times=value),
    "trail": lambda value, least: " → ".join(value) if len(value) >= int(least or 1) else "",
    "unique": lambda value, _: str(len(set(value))),
    "until": lambda value, _: _remaining(value),
    "words": lambda value, _: " ".join(map(str, value)),
}
#: Formats that apply to empty values.
_FOR_EMPTY = ("case", "else", "or", "part", "then")


class _Formatter(string.Formatter):
    """Fills fields by `FORMATS`, and records whether one was empty."""

    def __init__(self, places: Sequence[object]) -> None:
        self._places = places
        self.empty = False

    def get_field(self, field_name: str, *_: object) -> tuple[Any, str]:
        return find(field_name, self._places), field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        name, _, words = format_spec.partition(" ")
        for_empty = name in _FOR_EMPTY
        if _is_empty(value) and not for_empty and (name != "n" or value is None):
            self.empty = True
        if name in FORMATS and (for_empty or value is not None):
            text = FORMATS[name](value, words)
            self.empty = self.empty or not (text or for_empty)
            return text
        return "" if value is None else format(value, format_spec)


def find(name: str, places: Sequence[object]) -> Any:
    """The value of a name in the first scope that has it; “it” is the first scope."""
    value: Any = None
    for path in name.split("|"):
        first, *parts = path.split(".")
        value = places[0] if first == "it" else _first(first, places)
        for part in parts:
            value = None if value is None else _part(value, part)
        if not _is_empty(value):
            break
    return value


def _part(value: Any, name: str) -> Any:
    if isinstance(value, Mapping):
        return value.get(name)
    places = {"first": 0, "last": -1, "second": 1, "third": 2}
    return value[places[name]] if name in places else getattr(value, name)


def _is_empty(value: Any) -> bool:
    """Whether a value is None, False, 0, or empty."""
    return len(value) == 0 if hasattr(value, "__len__") else not value


def _first(name: str, places: Sequence[object]) -> Any:
    for place in places:
        if isinstance(place, Mapping):
            if name in place:
                return place[name]
        elif hasattr(place, name):
            return getattr(place, name)
    raise KeyError(name)


def fill(template: str, *places: object) -> str:
    """Fill the fields of a line from the first scope that has each."""

    def optional(match: re.Match[str]) -> str:
        inside = _Formatter(places)
        text = inside.format(match[1])
        # Inserted text is not expanded again.
        return "" if inside.empty else text.replace("{", "{{").replace("}", "}}")

    return _Formatter(places).format(_OPTIONAL.sub(optional, tr(template)))


def print_lines(
    lines: str | Iterable[str],
    output: Output,
    *places: object,
    show: Callable[[object], None] | None = None,
) -> None:
    """Print lines for people; `show` prints items that are records."""
    for line in [lines] if isinstance(lines, str) else lines:
        if loop := _LOOP.fullmatch(line):
            name, flag, bound, template = loop.groups()
            if flag and not find(flag, places):
                continue
            limit = int(bound if bound.isdecimal() else find(bound, places)) if bound else None
            for item in islice(_items(find(name, places)), limit):
                if template is not None:
                    print_lines(template, output, item, *places)
                elif show is not None:
                    show(item)
            continue
        text = fill(re.sub(r"^[~!=] ", "", line), *places)
        if line and not text.strip():
            continue
        if line.startswith("~ "):
            output.remark(text)
        elif line.startswith("! "):
            output.complaint(text)
        else:
            output.result(text)


def _items(value: Any) -> Iterable[object]:
    """The items of a field; mappings and records have names and values."""
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    if isinstance(value, Mapping):
        return ({"name": name, "value": item} for name, item in value.items())
    items: Iterable[object] = value or ()
    return items
