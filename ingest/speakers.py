"""Headings of messages: “Ines Moreau to Tomas Reed, 11 Apr 2024”, “Ada, 18:03”.

A section of a mail or chat has one person's words. Its heading names the speaker, recipients and
date, for citations and the index.
"""

import calendar
from collections.abc import Sequence
from datetime import date

_QUOTED = "quoted by "
#: Recipients in a heading, and characters of each name.
_MOST_NAMED, _LONGEST = 2, 80
#: Kinds of sources whose sections have one speaker each.
KINDS = ("mail", "chat")


def heading(speaker: str, to: Sequence[str], day: str, quoted_by: str | None = None) -> str:
    """The heading for a speaker, recipients and a day (ISO 8601); "" without any."""
    names = [name.replace(",", "")[:_LONGEST] for name in to]
    remaining = len(names) - _MOST_NAMED
    if remaining > 0:
        names[_MOST_NAMED:] = ["1 other" if remaining == 1 else f"{remaining} others"]
    people = " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
    who = speaker.replace(",", "")[:_LONGEST]
    said = f"{who} to {people}" if people else who
    quoted = f"{_QUOTED}{quoted_by}" if quoted_by else "quoted" if quoted_by is not None else ""
    return ", ".join(filter(None, (said, day_words(day), quoted)))


def speaker_of(heading: str) -> str:
    """The speaker in a heading; "" if it is unknown whose words are quoted."""
    speaker, _, remainder = heading.partition(", ")
    is_unknown = speaker.startswith(_QUOTED) or (
        remainder.startswith(_QUOTED) and speaker[:1].isdigit()
    )
    return "" if is_unknown else speaker.partition(" to ")[0]


def sender_of(heading: str) -> str:
    """The sender of the mail: who quotes, if the words are another's."""
    _, is_by, name = heading.rpartition(_QUOTED)
    return name if is_by else speaker_of(heading)


def is_quoted(heading: str) -> bool:
    """Whether the words below a heading are quoted by somebody else than their speaker."""
    return f", {_QUOTED}" in f", {heading}"


def day_words(day: str) -> str:
    """Format an ISO 8601 day for a heading: “11 Apr 2024”."""
    try:
        moment = date.fromisoformat(day)
    except ValueError:
        return day
    return f"{moment.day} {calendar.month_abbr[moment.month]} {moment.year}"
