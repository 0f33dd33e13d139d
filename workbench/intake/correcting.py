"""Corrects words of a transcript; citations and times of all others stay.

The section is segmented again, everything behind it is shifted, and new words share the time of
those they replace.
"""

import re
import sqlite3
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest import segment
from ingest.media import transcript
from ingest.records import Locator, Passage, Section, Source
from workbench.errors import UsageError
from workbench.store import exchange, sources, text
from workbench.store.records import PassageRow, SectionRow

KINDS = ("recording", "captions")

#: Speaking rate in characters per second.
_LETTERS_A_SECOND = 15.0
_ONE_BREAK = re.compile(r"[^\n]\n[^\n]")


@dataclass(frozen=True, slots=True)
class Corrected:
    """The number of statements of the source, and of quotes that moved or lost their words."""

    engrams: int
    followed: int
    lost: int


def correct(
    connection: sqlite3.Connection, source: int, start: int, end: int, words: str
) -> Corrected:
    """Replace `[start, end)` of a transcript by `words`.

    Raises `NotFoundError`, and `UsageError` for a source that is no transcript, or a span outside
    it.
    """
    row = sources.by_id(connection, source)
    if row.kind not in KINDS:
        raise UsageError(
            f"“{row.title}” is not a transcript, so its words are not changed here.",
            "Change the file and add it again.",
        )
    rows = text.sections(connection, source)
    section = next((item for item in rows if item.start <= start <= end <= item.end), None)
    if section is None or start >= end:
        raise UsageError(
            "These words are not in this transcript, or they cross from one part into the next.",
            "Choose some words within one part.",
        )
    by_section: dict[int, list[PassageRow]] = {}
    for passage in text.passages(connection, source):
        by_section.setdefault(passage.section, []).append(passage)
    corrected = " ".join(words.split())
    shift = len(corrected) - (end - start)
    created = []
    for item in rows:
        entire = text.section_text(connection, item.id)
        section_passages = by_section.get(item.id, [])
        if item.id == section.id:
            created.append(
                _renewed(item, entire, section_passages, (start, end), corrected, row.language)
            )
        else:
            created.append(
                _shifted(
                    connection, item, entire, section_passages, shift if item.start >= end else 0
                )
            )
    if not any(section.passages for section in created):
        raise UsageError(
            "This would leave the transcript empty.", "Move the source to the trash instead."
        )
    # Corrected or confirmed words are not doubtful any more.
    doubtful = ((a, b, shift * (a >= end)) for a, b in row.doubtful if b <= start or a >= end)
    existing = {"doubtful": " ".join(f"{a + by}-{b + by}" for a, b, by in doubtful)}
    record = Source(
        row.title, row.kind, _reader(connection, source), row.author, row.language, row.date,
        metadata={**row.metadata, **(existing if row.doubtful else {})},
    )  # fmt: skip
    completed = exchange.exchange(
        connection,
        source,
        exchange.Replacement(record, created, row.hash, row.size, row.notices),
    )
    return Corrected(completed.engrams, completed.followed, completed.missing)


def _reader(connection: sqlite3.Connection, source: int) -> str:
    row = connection.execute("SELECT reader FROM source WHERE id = ?", (source,)).fetchone()
    return str(row[0])


def _shifted(
    connection: sqlite3.Connection,
    row: SectionRow,
    full_text: str,
    passages: Sequence[PassageRow],
    by: int,
) -> Section:
    """A section moved by so many characters."""
    retained = []
    for item in passages:
        place = Locator(
            item.start + by, item.end + by, item.page, item.page_label, item.chapter or None,
            item.seconds, item.box,
        )  # fmt: skip
        engrams = text.engrams_between(connection, item.first_engram, item.last_engram)
        spans = tuple((engram.start + by, engram.end + by) for engram in engrams)
        retained.append(Passage(place, item.text, spans))
    return Section(
        row.ordinal, row.title, row.start + by, full_text, tuple(retained), row.level, row.kind
    )


def _renewed(
    row: SectionRow,
    full_text: str,
    passages: Sequence[PassageRow],
    span: tuple[int, int],
    corrected: str,
    language: str,
) -> Section:
    """The section with `span` of the source's text replaced."""
    first, end = span[0] - row.start, span[1] - row.start
    words = f"{full_text[:first]}{corrected}{full_text[end:]}"
    places: list[int] = []
    seconds: list[float] = []
    for item in passages:
        at = item.start - row.start
        if first < at < end or item.seconds is None:
            continue
        at += len(corrected) - (end - first) if at >= end else 0
        if not places or at > places[-1]:
            places.append(at)
            seconds.append(item.seconds)
    if passages and places:
        # The last passage lasts as long as its characters take to say.
        remainder = max(1, len(words) - places[-1])
        places.append(places[-1] + remainder)
        seconds.append(seconds[-1] + remainder / _LETTERS_A_SECOND)
    breaks = segment.EVERY_LINE if _ONE_BREAK.search(full_text) else segment.BLANK_LINE
    anew = _Anew(words, breaks, tuple(places) or (0,), tuple(seconds) or (0.0,))
    created = transcript.section(
        anew, row.ordinal, transcript.Part(0, len(words), row.title), language, base=row.start
    )
    return replace(created, level=row.level, kind=row.kind)


@dataclass(frozen=True, slots=True)
class _Anew:
    """A changed text, and the times of its positions, interpolated from the known ones."""

    text: str
    breaks: re.Pattern[str]
    places: tuple[int, ...]
    seconds: tuple[float, ...]

    def second(self, offset: int) -> float:
        """The second at which the character at `offset` is spoken, by linear interpolation."""
        after = bisect_right(self.places, offset)
        if after == 0:
            return self.seconds[0]
        if after == len(self.places):
            return self.seconds[-1]
        left, right = self.places[after - 1], self.places[after]
        share = (offset - left) / (right - left)
        begin, end = self.seconds[after - 1], self.seconds[after]
        return round(begin + share * (end - begin), 3)
