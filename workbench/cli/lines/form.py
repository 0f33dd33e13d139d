"""What the renderers of records share: lines, their registry, and forms of values."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from inspect import signature
from typing import Any, TypeVar

from workbench.cli.output import plural
from workbench.translation import tr

#: Length of a shortened text, and of the part of it that is processed.
_SHORT, _SCANNED = 200, 400
_DAY = 86_400

Lines = Iterator[str]
Renderer = TypeVar("Renderer", bound=Callable[..., Lines])


class Remark(str):
    """A line of additional information."""


class Complaint(str):
    """A line about a partial failure."""


def aside(text: str, /, **values: object) -> Remark:
    """A translated remark."""
    return Remark(tr(text, **values))


def complaint(text: str, /, **values: object) -> Complaint:
    """A translated complaint."""
    return Complaint(tr(text, **values))


_RENDERERS: dict[str, Callable[..., Lines]] = {}


def shows(renderer: Renderer) -> Renderer:
    """Register a renderer for the type of its first parameter.

    Others are arguments of the command, by name.
    """
    _RENDERERS[next(iter(renderer.__annotations__.values()))] = renderer
    return renderer


def renderer_of(record: object) -> Callable[..., Lines] | None:
    """The renderer of a record's type; two types of one name have their room's before it."""
    name = type(record).__name__
    room = type(record).__module__.split(".")[-2:][0]
    return _RENDERERS.get(f"{room}.{name}") or _RENDERERS.get(name)


def rendered(renderer: Callable[..., Lines], record: object, arguments: Mapping[str, Any]) -> Lines:
    """The lines of a record, with the arguments that its renderer takes."""
    _, *names = signature(renderer).parameters
    return renderer(record, **{name: arguments[name] for name in names if name in arguments})


def optional(value: object, form: str = " · {}") -> str:
    """A part of a line with a value, or "" if that is empty."""
    return form.format(value) if value else ""


def listed(values: Sequence[object], form: str = " · {}") -> str:
    """A part of a line with values, or "" if there are none."""
    return optional(", ".join(map(str, values)), form)


def fields(width: int, *rows: tuple[str, object]) -> Lines:
    """Labels with values in two columns; empty values are left out."""
    return (f"{label:<{width}} {value}" for label, value in rows if value)


def short(text: str) -> str:
    """Shorten a text to one line of at most 200 letters."""
    # A terminal obeys control characters.
    line = " ".join("".join(c if c.isprintable() else " " for c in text[:_SCANNED]).split())
    return line if len(line) <= _SHORT and len(text) <= _SCANNED else f"{line[: _SHORT - 1]}…"


def cut(text: str, length: int) -> str:
    """Shorten a text to a number of letters."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def quoted(texts: Sequence[str]) -> str:
    """Quotes below a line, each on a line."""
    return "".join(f"\n    “{' '.join(text.split())}”" for text in texts)


def day(at: float, form: str = "%d %b %Y") -> str:
    """A day in local time."""
    return time.strftime(form, time.localtime(at))


def minute(at: float) -> str:
    """A moment up to its minute."""
    return day(at, "%Y-%m-%d %H:%M")


def until(at: float) -> str:
    """How far a moment is from today."""
    days = (at - time.time()) / _DAY
    if 0 < days < 1:
        return tr("today")
    return tr("in {days} days" if days >= 1 else "{days} days ago", days=f"{abs(days):.0f}")


def clock(seconds: float) -> str:
    """A length of time as 1:02:09."""
    minutes, remainder = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{remainder:02d}" if hours else f"{minutes}:{remainder:02d}"


def times(count: int) -> str:
    """How often: “once”, “3 times”."""
    return tr("once" if count == 1 else "{times} times", times=count)


def away(hops: int) -> str:
    """How many links away."""
    return tr("{hops} away", hops=plural(hops, "hop")) if hops else tr("in it")


def tally(*counts: tuple[int, str]) -> str:
    """Counts with their words, without those of zero."""
    return ", ".join(f"{count:,} {words}" for count, words in counts if count)
