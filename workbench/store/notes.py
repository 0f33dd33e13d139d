"""The table of notes, told statements that are not facts.

Notes belong to scopes, like facts, and are interpreted in `memory.notes`. Highlights are notes with
a position in a source: their key is `SOURCE:START-END`, followed by `?` if the source no longer has
the text, which is the quote on one line, and the user's comment after an empty line.
"""

import re
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from workbench.store import change_purge, checksums, concept_mentions, damage, text, unlinked
from workbench.store.queries import integers, json_list, select_one


@dataclass(frozen=True, slots=True)
class NewNote:
    """A note to insert; `intensity` is that of a stance."""

    kind: str
    key: str
    name: str
    text: str
    intensity: float | None = None


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A stored note; times in seconds since the epoch."""

    id: int
    scope: int
    kind: str
    key: str
    name: str
    text: str
    told: float
    changed: float
    intensity: float | None
    priority: int | None
    expires: float | None


_ROWS = (
    "SELECT n.engram, n.scope, n.kind, n.key, n.name, e.text, n.told, n.changed, n.intensity, "
    "m.priority, m.expires, n.sum FROM note n JOIN engram e ON e.id = n.engram "
    "LEFT JOIN mark m ON m.engram = n.engram"
)


def _undamaged(rows: Iterable[tuple[Any, ...]], damaged: bool) -> list[NoteRow]:
    """The notes with a valid checksum, or all; others are skipped and reported."""
    results = []
    for *values, sum in rows:
        row = NoteRow(*values)
        words = (text.encode() for text in (row.kind, row.key, row.name))
        times = (row.told, row.changed, row.intensity)
        if damaged or sum == checksums.digest(
            "note", row.id, row.scope, *words, *times, row.text.encode()
        ):
            results.append(row)
        else:
            damage.leave_out(row.id)
    return results


def add(connection: sqlite3.Connection, scope: int, note: NewNote, recorded: float) -> int:
    """Insert a note; returns its id. Inside a transaction."""
    cursor = connection.execute(
        "INSERT INTO engram(kind, start, end, text) VALUES (?, 0, ?, ?)",
        (note.kind, len(note.text), note.text),
    )
    id = int(cursor.lastrowid or 0)
    connection.execute(
        "INSERT INTO note(engram, scope, kind, key, name, told, changed, intensity) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (id, scope, note.kind, note.key, note.name, recorded, recorded, note.intensity),
    )
    return id


def change(connection: sqlite3.Connection, id: int, note: NewNote, now: float) -> None:
    """Replace the text, key and intensity of a note; its id stays."""
    connection.execute(
        "UPDATE engram SET text = ?, end = ? WHERE id = ?", (note.text, len(note.text), id)
    )
    connection.execute(
        "UPDATE note SET key = ?, name = ?, changed = ?, intensity = ?, sum = NULL "
        "WHERE engram = ?",
        (note.key, note.name, now, note.intensity, id),
    )
    unlinked.queue_retrace(connection, [id])


def by_key(
    connection: sqlite3.Connection, scope: int, kind: str, key: str, *, damaged: bool = True
) -> NoteRow | None:
    """The note with a kind and key in a scope, including a damaged one, which blocks the key."""
    row = select_one(
        connection, f"{_ROWS} WHERE n.scope = ? AND n.kind = ? AND n.key = ?", scope, kind, key
    )
    return next(iter(_undamaged([] if row is None else [row], damaged)), None)


def by_ids(
    connection: sqlite3.Connection, ids: Iterable[int], *, damaged: bool = False
) -> list[NoteRow]:
    """The existing notes among these, by id; `damaged` includes damaged ones."""
    rows = connection.execute(
        f"{_ROWS} WHERE n.engram IN (SELECT value FROM json_each(?)) ORDER BY n.engram",
        (json_list(ids),),
    )
    return _undamaged(rows, damaged)


def of_scope(
    connection: sqlite3.Connection, scope: int, kind: str | None = None, limit: int = -1
) -> list[NoteRow]:
    """The notes of a scope, newest first; optionally of one kind."""
    rows = connection.execute(
        f"{_ROWS} WHERE n.scope = ? AND (? IS NULL OR n.kind = ?) ORDER BY n.engram DESC LIMIT ?",
        (scope, kind, kind, limit),
    )
    return _undamaged(rows, damaged=False)


def counts(connection: sqlite3.Connection, scope: int | None = None) -> dict[tuple[int, str], int]:
    """The number of notes of each kind in each scope, or in one."""
    rows = connection.execute(
        "SELECT scope, kind, count(*) FROM note WHERE ? IS NULL OR scope = ? "
        "GROUP BY scope, kind ORDER BY scope, kind",
        (scope, scope),
    )
    return {(int(of), kind): int(number) for of, kind, number in rows}


def fade(
    connection: sqlite3.Connection, scope: int, kind: str, besides: int, by: float, floor: float
) -> None:
    """Multiply the intensity of all other notes of a kind by a factor, down to the floor."""
    connection.execute(
        "UPDATE note SET intensity = max(intensity * ?, min(intensity, ?)) "
        "WHERE scope = ? AND kind = ? AND engram <> ?",
        (by, floor, scope, kind, besides),
    )


def remove(connection: sqlite3.Connection, ids: Collection[int]) -> int:
    """Remove notes with all their rows; returns their number."""
    change_purge.purge(connection, ids)
    removed = connection.execute(
        "DELETE FROM engram WHERE id IN (SELECT value FROM json_each(?)) "
        "AND id IN (SELECT engram FROM note)",
        (json_list(ids),),
    ).rowcount
    concept_mentions.settle(connection)
    return removed


def clear(connection: sqlite3.Connection, scope: int) -> int:
    """Remove all notes of a scope; returns their number."""
    ids = integers(connection, "SELECT engram FROM note WHERE scope = ?", scope)
    return remove(connection, ids)


def move(connection: sqlite3.Connection, scope: int, to: int, name: str) -> None:
    """Move all notes of a scope to another.

    On a conflict of kind and key with a different text, `name` is appended to the key.
    """
    for note in of_scope(connection, scope):
        key, visible, existing = note.key, note.name, by_key(connection, to, note.kind, note.key)
        number = 1
        while existing is not None and existing.text != note.text:
            number += 1
            suffix = f" ({name})" if number == 2 else f" ({name} {number - 1})"
            key, visible = note.key + suffix, note.name + suffix
            existing = by_key(connection, to, note.kind, key)
        if existing is not None:
            remove(connection, [note.id])
            continue
        connection.execute(
            "UPDATE note SET scope = ?, key = ?, name = ? WHERE engram = ?",
            (to, key, visible, note.id),
        )


#: Queries that count inconsistencies, by what they mean.
FAULTS = {
    "{} notes are of another kind than their words.": (
        "SELECT count(*) FROM note n JOIN engram e ON e.id = n.engram WHERE e.kind <> n.kind"
    ),
    "{} notes are in no scope.": (
        "SELECT count(*) FROM engram "
        "WHERE kind IN ('instruction', 'stance', 'variable', 'highlight') "
        "AND NOT EXISTS (SELECT 1 FROM note WHERE engram = id)"
    ),
    "{} notes are in a collection that is not there.": (
        "SELECT count(*) FROM note WHERE scope <> 0 "
        "AND NOT EXISTS (SELECT 1 FROM collection WHERE id = scope)"
    ),
}


HIGHLIGHT = "highlight"
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


def anchor_of(key: str) -> Anchor:
    """The position in a key; a lost one in source 0 for an invalid key."""
    regex_match = _KEY.fullmatch(key)
    if regex_match is None:
        return Anchor(0, 0, 0, True)
    return Anchor(
        int(regex_match[1]), int(regex_match[2]), int(regex_match[3]), bool(regex_match[4])
    )


def with_comment(quote: str, note: str) -> str:
    """Combine quote and comment to the text of a highlight."""
    return f"{quote}{_GAP}{note}" if note else quote


def quote_and_comment(text: str) -> tuple[str, str]:
    """Quote and comment of a highlight's text."""
    quote, _, note = text.partition(_GAP)
    return quote, note


def nearest_words(text: str, words: str, share: float) -> tuple[int, int] | None:
    """The span of `words`, ignoring whitespace, nearest to `share` (0 to 1) of a text."""
    item = words.split()
    if not item:
        return None
    result = re.finditer(r"\s+".join(map(re.escape, item)), text)
    spans = [match.span() for match in result]
    return min(spans, key=lambda s: abs(s[0] / len(text) - share)) if spans else None


def highlights_of(connection: sqlite3.Connection, source: int) -> list[NoteRow]:
    """The highlights in a source, including damaged ones."""
    ids = connection.execute(
        "SELECT engram FROM note WHERE scope = 0 AND kind = ? AND key >= ? AND key < ?",
        (HIGHLIGHT, f"{source}:", f"{source};"),
    ).fetchall()
    return by_ids(connection, [id for (id,) in ids], damaged=True)


def follow_highlights(
    connection: sqlite3.Connection, source: int, characters: int
) -> tuple[int, int]:
    """Relocate highlights in the new text of a source: numbers (followed, lost).

    `characters` is the length of the former text. Inside a transaction.
    """
    entire: str | None = None
    followed = missing = 0
    for row in highlights_of(connection, source):
        if entire is None:
            (end,) = select_one(
                connection, "SELECT coalesce(max(end), 0) FROM section WHERE source = ?", source
            )
            entire = text.text_at(connection, source, 0, end)
        was = anchor_of(row.key)
        share = was.start / characters if characters else 0.0
        place = nearest_words(entire, quote_and_comment(row.text)[0], share)
        at = Anchor(source, *place) if place else Anchor(source, was.start, was.end, True)
        _relocate(connection, row, at)
        followed, missing = followed + (place is not None), missing + (place is None)
    return followed, missing


def absorb_highlights(connection: sqlite3.Connection, double: int, source: int) -> None:
    """Move highlights to another source with the same text. Inside a transaction."""
    for row in highlights_of(connection, double):
        was = anchor_of(row.key)
        _relocate(connection, row, Anchor(source, was.start, was.end, was.lost))


def remove_highlights(connection: sqlite3.Connection, sources: Collection[int]) -> None:
    """Remove the highlights in these sources, including deleted ones that could be restored.

    Inside a transaction.
    """
    ids = [row.id for source in sources for row in highlights_of(connection, source)]
    for source in sources:
        deleted = connection.execute(
            "SELECT DISTINCT owner FROM change_item WHERE name = 'note' "
            "AND iif(before IS NULL, after, before) ->> 'kind' = ? "
            "AND iif(before IS NULL, after, before) ->> 'key' GLOB ?",
            (HIGHLIGHT, f"{source}:*"),
        )
        ids += [id for (id,) in deleted]
    if ids:
        remove(connection, ids)


def _relocate(connection: sqlite3.Connection, row: NoteRow, at: Anchor) -> None:
    """Move a highlight; one that exists at the new position is merged."""
    twin = by_key(connection, row.scope, HIGHLIGHT, at.key)
    if twin is not None and twin.id != row.id:
        # Two highlights now mark the same words: the one with the longer text stays.
        if len(twin.text) > len(row.text):
            remove(connection, [row.id])
            return
        remove(connection, [twin.id])
    connection.execute("UPDATE note SET key = ? WHERE engram = ?", (at.key, row.id))
