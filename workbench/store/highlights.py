"""Rows of highlights, which are notes with a position in a source; `follow` relocates them.

The key is `SOURCE:START-END`, followed by `?` if the source no longer has the text. The text of the
note is the quote on one line, and the user's comment after an empty line.
"""

import re
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass

from workbench.store import notes, text
from workbench.store.notes import NoteRow
from workbench.store.queries import select_one

KIND = "highlight"
_KEY = re.compile(r"(\d+):(\d+)-(\d+)(\??)")
_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Characters `[start, end)` of a source; `lost` if the quote is no longer there."""

    source: int
    start: int
    end: int
    lost: bool = False

    @property
    def key(self) -> str:
        """The key of a highlight at this position."""
        return f"{self.source}:{self.start}-{self.end}{'?' if self.lost else ''}"


def anchor(key: str) -> Anchor:
    """The position in a key; a lost one in source 0 for an invalid key."""
    regex_match = _KEY.fullmatch(key)
    if regex_match is None:
        return Anchor(0, 0, 0, True)
    return Anchor(
        int(regex_match[1]), int(regex_match[2]), int(regex_match[3]), bool(regex_match[4])
    )


def joined(quote: str, note: str) -> str:
    """Combine quote and comment to the text of a highlight."""
    return f"{quote}{_GAP}{note}" if note else quote


def parts(text: str) -> tuple[str, str]:
    """Quote and comment of a highlight's text."""
    quote, _, note = text.partition(_GAP)
    return quote, note


def nearest(text: str, words: str, share: float) -> tuple[int, int] | None:
    """The span of `words`, ignoring whitespace, nearest to `share` (0 to 1) of a text."""
    item = words.split()
    if not item:
        return None
    result = re.finditer(r"\s+".join(map(re.escape, item)), text)
    spans = [match.span() for match in result]
    return min(spans, key=lambda s: abs(s[0] / len(text) - share)) if spans else None


def of_source(connection: sqlite3.Connection, source: int) -> list[NoteRow]:
    """The highlights in a source, including damaged ones."""
    ids = connection.execute(
        "SELECT engram FROM note WHERE scope = 0 AND kind = ? AND key >= ? AND key < ?",
        (KIND, f"{source}:", f"{source};"),
    ).fetchall()
    return notes.by_ids(connection, [id for (id,) in ids], damaged=True)


def follow(connection: sqlite3.Connection, source: int, characters: int) -> tuple[int, int]:
    """Relocate highlights in the new text of a source: numbers (followed, lost).

    `characters` is the length of the former text. Inside a transaction.
    """
    entire: str | None = None
    followed = missing = 0
    for row in of_source(connection, source):
        if entire is None:
            (end,) = select_one(
                connection, "SELECT coalesce(max(end), 0) FROM section WHERE source = ?", source
            )
            entire = text.text_at(connection, source, 0, end)
        was = anchor(row.key)
        share = was.start / characters if characters else 0.0
        place = nearest(entire, parts(row.text)[0], share)
        at = Anchor(source, *place) if place else Anchor(source, was.start, was.end, True)
        _relocate(connection, row, at)
        followed, missing = followed + (place is not None), missing + (place is None)
    return followed, missing


def absorb(connection: sqlite3.Connection, double: int, source: int) -> None:
    """Move highlights to another source with the same text. Inside a transaction."""
    for row in of_source(connection, double):
        was = anchor(row.key)
        _relocate(connection, row, Anchor(source, was.start, was.end, was.lost))


def remove_of(connection: sqlite3.Connection, sources: Collection[int]) -> None:
    """Remove the highlights in these sources, including deleted ones that could be restored.

    Inside a transaction.
    """
    ids = [row.id for source in sources for row in of_source(connection, source)]
    for source in sources:
        deleted = connection.execute(
            "SELECT DISTINCT owner FROM change_item WHERE name = 'note' "
            "AND iif(before IS NULL, after, before) ->> 'kind' = ? "
            "AND iif(before IS NULL, after, before) ->> 'key' GLOB ?",
            (KIND, f"{source}:*"),
        )
        ids += [id for (id,) in deleted]
    if ids:
        notes.remove(connection, ids)


def _relocate(connection: sqlite3.Connection, row: NoteRow, at: Anchor) -> None:
    """Move a highlight; one that exists at the new position is merged."""
    twin = notes.by_key(connection, row.scope, KIND, at.key)
    if twin is not None and twin.id != row.id:
        # Two highlights now mark the same words: the one with the longer text stays.
        if len(twin.text) > len(row.text):
            notes.remove(connection, [row.id])
            return
        notes.remove(connection, [twin.id])
    connection.execute("UPDATE note SET key = ? WHERE engram = ?", (at.key, row.id))
