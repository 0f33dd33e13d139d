"""Restores damaged text from its second copy: each word of a source is stored twice.

A chapter has its text, and every statement its own words with their position. What is lost of one
comes from the other, under the same ids.
"""

import sqlite3
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.segment import segment
from workbench.jobs import Cancel
from workbench.store import checksums

#: Unreadable bytes, as spaces.
_UNREADABLE = {0: " ", 0xFFFD: " "}
#: A statement: id, start, end, text.
_Statement = tuple[int, int, int, str]


@dataclass(slots=True)
class Recovery:
    """What was rebuilt, and what could not be, as sentences; `reread` are sources with losses."""

    done: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    reread: set[int] = field(default_factory=set)


def restore_text(connection: sqlite3.Connection, cancel: Cancel) -> Recovery:
    """Rebuild missing chapters, passages and statements. Call within a transaction."""
    recovery = Recovery()
    counts = [
        (_rebuild_chapters(connection, recovery), "put together from its statements", "chapter"),
        (_rebuild_passages(connection, recovery), "found by its statements", "passage"),
        (_repair_chapters(connection, recovery), "mended by its statements", "chapter"),
        (_rebuild_statements(connection, cancel), "cut out of its chapter again", "statement"),
    ]
    _split_incomplete_passages(connection)
    _fill_gaps(connection, recovery)
    for number, method, noun in counts:
        if number:
            subject = f"1 {noun} was" if number == 1 else f"{number} {noun}s were"
            recovery.done.append(
                f"{subject} {method if number == 1 else method.replace('its', 'their')}."
            )
    return recovery


def _title(connection: sqlite3.Connection, source: int) -> str:
    row = connection.execute("SELECT title FROM source WHERE id = ?", (source,)).fetchone()
    return f"source {source}" if row is None else f"“{row[0]}” (source {source})"


def _rebuild_chapters(connection: sqlite3.Connection, recovery: Recovery) -> int:
    """Rebuild chapters from the statements of their passages."""
    missing = connection.execute(
        "SELECT section, source, min(start), max(end) FROM passage "
        "WHERE section NOT IN (SELECT id FROM section) "
        "AND id IN (SELECT passage FROM engram) GROUP BY section ORDER BY source, 3"
    ).fetchall()
    for number, (section, source, first, last) in enumerate(missing):
        previous = connection.execute(
            "SELECT ordinal + 1, end FROM section WHERE source = ? AND end <= ? "
            "ORDER BY end DESC LIMIT 1",
            (source, first),
        ).fetchone()
        ordinal, start = previous or (0, 0)
        (after,) = connection.execute(
            "SELECT min(start) FROM section WHERE source = ? AND start >= ?", (source, last)
        ).fetchone()
        following = missing[number + 1] if number + 1 < len(missing) else None
        if following is not None and following[1] == source:
            after = min(after or following[2], following[2])
        end = max(last, after or _characters(connection, source))
        words = [" "] * (end - start)
        for _, from_, to, text in _statements_of(connection, section):
            if start <= from_ and to <= end and len(text) == to - from_:
                words[from_ - start : to - start] = text
        connection.execute(
            "INSERT OR IGNORE INTO section(id, source, ordinal, title, level, kind, start, end, "
            "text) VALUES (?, ?, ?, '', 1, 'text', ?, ?, ?)",
            (section, source, ordinal, start, end, "".join(words)),
        )
        recovery.reread.add(source)
        recovery.lost.append(
            f"The title and layout of chapter {ordinal} of {_title(connection, source)}; its text "
            "is that of its statements."
        )
    return len(missing)


def _characters(connection: sqlite3.Connection, source: int) -> int:
    row = connection.execute("SELECT characters FROM source WHERE id = ?", (source,)).fetchone()
    return 0 if row is None else int(row[0])


def _statements_of(connection: sqlite3.Connection, section: int) -> list[_Statement]:
    return connection.execute(
        "SELECT e.id, e.start, e.end, e.text FROM passage p JOIN engram e ON e.passage = p.id "
        "AND e.id BETWEEN p.first_engram AND p.last_engram WHERE p.section = ? ORDER BY e.id",
        (section,),
    ).fetchall()


def _rebuild_passages(connection: sqlite3.Connection, recovery: Recovery) -> int:
    """Rebuild passages from the statements that refer to them."""
    result = 0
    for passage, first, last, start, end in connection.execute(
        "SELECT passage, min(id), max(id), min(start), max(end) FROM engram "
        "WHERE passage IS NOT NULL AND passage NOT IN (SELECT id FROM passage) "
        "GROUP BY passage ORDER BY passage"
    ).fetchall():
        row = connection.execute(
            "SELECT s.source, s.id FROM section s WHERE s.start <= :start AND s.end >= :end "
            "AND s.source = coalesce((SELECT source FROM extent WHERE first <= :first "
            "AND last >= :last ORDER BY first DESC LIMIT 1), (SELECT source FROM passage "
            "WHERE last_engram < :first ORDER BY id DESC LIMIT 1)) "
            "ORDER BY s.ordinal LIMIT 1",
            {"start": start, "end": end, "first": first, "last": last},
        ).fetchone()
        if row is None:
            recovery.lost.append(f"The place of statements {first} to {last}.")
            continue
        source, section = row
        number, label = connection.execute(
            "SELECT number, label FROM page WHERE source = ? AND start <= ? "
            "ORDER BY number DESC LIMIT 1",
            (source, start),
        ).fetchone() or (None, None)
        connection.execute(
            "INSERT INTO passage(id, source, section, start, end, page, page_label, first_engram, "
            "last_engram) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (passage, source, section, start, end, number, label, first, last),
        )
        result += 1
    return result


def _repair_chapters(connection: sqlite3.Connection, recovery: Recovery) -> int:
    """Repair damaged chapters with the text of their statements."""
    table = next((item for item in checksums.tables(connection) if item.name == "section"), None)
    if table is None:
        return 0
    damaged = [key for key, missing in checksums.damaged(connection, table) if not missing]
    repaired = 0
    for (section,) in damaged:
        source, ordinal, start, end, text = connection.execute(
            "SELECT source, ordinal, start, end, text FROM section WHERE id = ?", (section,)
        ).fetchone()
        statements = _statements_of(connection, int(str(section)))
        if (
            not statements
            or not 0 < end - start <= len(text) + max(item[2] for item in statements) - start
        ):
            continue
        words = list(text.ljust(end - start)[: end - start])
        for _, from_, to, item in statements:
            if start <= from_ and to <= end and len(item) == to - from_:
                words[from_ - start : to - start] = item
        connection.execute("UPDATE section SET text = ? WHERE id = ?", ("".join(words), section))
        repaired += 1
        (is_intact,) = connection.execute(
            f"SELECT sum = {table.sum('section')} FROM section WHERE id = ?", (section,)
        ).fetchone()
        if not is_intact:
            # The text between statements: spaces and line ends.
            plain = "".join(words).translate(_UNREADABLE)
            connection.execute(
                "UPDATE section SET text = ?, sum = NULL WHERE id = ?", (plain, section)
            )
            recovery.reread.add(source)
            recovery.lost.append(
                f"What lies between statements in chapter {ordinal} of "
                f"{_title(connection, source)}."
            )
    return repaired


def _rebuild_statements(connection: sqlite3.Connection, cancel: Cancel) -> int:
    """Cut missing or damaged statements out of the text of their chapter."""
    created = 0
    for section, base, text in connection.execute(
        "SELECT id, start, text FROM section ORDER BY id"
    ).fetchall():
        cancel.check()
        by_passage: dict[int, list[_Statement]] = {}
        for owner, *statement in connection.execute(
            "SELECT e.passage, e.id, e.start, e.end, e.text FROM passage p "
            "JOIN engram e ON e.id BETWEEN p.first_engram AND p.last_engram "
            "WHERE p.section = ? AND e.passage = p.id ORDER BY e.id",
            (section,),
        ):
            by_passage.setdefault(owner, []).append(
                (int(statement[0]), int(statement[1]), int(statement[2]), str(statement[3]))
            )
        for passage, start, end, first, last in connection.execute(
            "SELECT id, start, end, first_engram, last_engram FROM passage WHERE section = ?",
            (section,),
        ).fetchall():
            existing_rows = _with_corrected_bounds(
                connection, text, base, by_passage.get(passage, [])
            )
            created += _restore_from_chapter(connection, text, base, existing_rows)
            if not 0 <= last - first < end - start <= len(text):
                continue
            if len(existing_rows) == last - first + 1:
                continue
            existing = {statement[0] for statement in existing_rows}
            requested = [id for id in range(first, last + 1) if id not in existing]
            spans = _statement_spans(text, base, (start, end), (first, last), existing_rows)
            for id in requested:
                if id in spans:
                    from_, to = spans[id]
                    connection.execute(
                        "INSERT OR IGNORE INTO engram(id, passage, start, end, text) "
                        "VALUES (?, ?, ?, ?, ?)",
                        (id, passage, from_, to, text[from_ - base : to - base]),
                    )
                    created += 1
    return created


def _with_corrected_bounds(
    connection: sqlite3.Connection, text: str, base: int, statements: list[_Statement]
) -> list[_Statement]:
    """Correct statements one of whose bounds is off by the error of their length."""
    placed = []
    for id, start, end, words in statements:
        spans = ((start, start + len(words)), (end - len(words), end))
        fitting = [span for span in spans if words and _words_at(text, base, span) == words]
        place = (fitting or [(start, end)])[0]
        if place != (start, end):
            connection.execute("UPDATE engram SET start = ?, end = ? WHERE id = ?", (*place, id))
        placed.append((id, *place, words))
    return placed


def _words_at(text: str, base: int, span: tuple[int, int]) -> str:
    start, end = span
    return text[start - base : end - base] if start >= base else ""


def _restore_from_chapter(
    connection: sqlite3.Connection, text: str, base: int, statements: list[_Statement]
) -> int:
    """Restore statements from the text of their chapter; returns how many differed."""
    remaining = [
        (chapter_words, id)
        for id, start, end, words in statements
        if end - base <= len(text)
        and (chapter_words := _words_at(text, base, (start, end))) not in ("", words)
    ]
    connection.executemany("UPDATE engram SET text = ? WHERE id = ?", remaining)
    return len(remaining)


def _statement_spans(
    text: str, base: int, place: tuple[int, int], ids: tuple[int, int], existing: list[_Statement]
) -> dict[int, tuple[int, int]]:
    """The bounds of the statements of a passage: its sentences, or else evenly between words."""
    start, end = place
    sentences = [
        (start + from_, start + to) for from_, to in segment(text[start - base : end - base])
    ]
    if len(sentences) == ids[1] - ids[0] + 1:
        return dict(zip(range(ids[0], ids[1] + 1), sentences, strict=True))
    spans: dict[int, tuple[int, int]] = {}
    edges = [
        (ids[0] - 1, start, start),
        *((i, s, e) for i, s, e, _ in existing),
        (ids[1] + 1, end, end),
    ]
    for (left, _, from_), (right, to, _) in pairwise(edges):
        missing = range(left + 1, right)
        spans.update(zip(missing, _split_evenly(text, base, from_, to, len(missing)), strict=False))
    return spans


def _split_evenly(text: str, base: int, start: int, end: int, count: int) -> list[tuple[int, int]]:
    """Divide a stretch of text into so many pieces, without spaces at their ends."""
    if not count or end <= start:
        return []
    words: list[tuple[int, int]] = []
    at = start
    for word in text[start - base : end - base].split():
        at = text.index(word, at - base) + base
        words.append((at, at + len(word)))
        at += len(word)
    if len(words) < count:
        return []
    share = len(words) / count
    cuts = [round(number * share) for number in range(count + 1)]
    return [(words[a][0], words[b - 1][1]) for a, b in pairwise(cuts)]


def _split_incomplete_passages(connection: sqlite3.Connection) -> None:
    """Divide passages with lost statements that no text has; delete those without any."""
    for passage, first, last in connection.execute(
        "SELECT p.id, p.first_engram, p.last_engram FROM passage p "
        "WHERE p.last_engram - p.first_engram + 1 <> (SELECT count(*) FROM engram e "
        "WHERE e.passage = p.id AND e.id BETWEEN p.first_engram AND p.last_engram)"
    ).fetchall():
        statements = [
            row[0]
            for row in connection.execute(
                "SELECT id FROM engram WHERE passage = ? AND id BETWEEN ? AND ? ORDER BY id",
                (passage, first, last),
            )
        ]
        starts = [id for id in statements if id - 1 not in statements]
        ends = [id for id in statements if id + 1 not in statements]
        for part in zip(starts, ends, strict=True):
            (fresh,) = connection.execute(
                "INSERT INTO passage(source, section, start, end, page, page_label, seconds, box, "
                "first_engram, last_engram) SELECT source, section, start, end, page, page_label, "
                "seconds, box, ?, ? FROM passage WHERE id = ? RETURNING id",
                (*part, passage),
            ).fetchone()
            connection.execute(
                "UPDATE engram SET passage = ? WHERE id BETWEEN ? AND ?", (fresh, *part)
            )
        connection.execute("DELETE FROM passage WHERE id = ?", (passage,))


def _fill_gaps(connection: sqlite3.Connection, recovery: Recovery) -> None:
    """Insert empty chapters where text is lost, so that the rest keeps its position."""
    for source, characters in connection.execute("SELECT id, characters FROM source").fetchall():
        at = missing = 0
        ordinals = []
        for section, ordinal, start, end in connection.execute(
            "SELECT id, ordinal, start, end FROM section WHERE source = ? ORDER BY start, ordinal",
            (source,),
        ).fetchall():
            if start > at:
                missing += start - at
                (fresh,) = connection.execute(
                    "INSERT INTO section(source, ordinal, title, level, kind, start, end, text) "
                    "VALUES (?, -1 - ?, '', 1, 'text', ?, ?, ?) RETURNING id",
                    (source, at, at, start, " " * (start - at)),
                ).fetchone()
                ordinals.append((fresh, -1))
            ordinals.append((section, ordinal))
            at = max(at, end)
        if [ordinal for _, ordinal in ordinals] != list(range(len(ordinals))):
            for offset in (-1 << 40, 0):
                connection.executemany(
                    "UPDATE section SET ordinal = ? WHERE id = ?",
                    [(number + offset, id) for number, (id, _) in enumerate(ordinals)],
                )
        missing += max(0, characters - at)
        if missing:
            recovery.reread.add(source)
            recovery.lost.append(
                f"{missing:,} of {max(at, characters):,} characters of "
                f"{_title(connection, source)}."
            )
            connection.execute("DELETE FROM page WHERE source = ? AND end > ?", (source, at))
        if not at:
            # Mark as unread: a search cannot find it.
            connection.execute("UPDATE source SET state = 'queued' WHERE id = ?", (source,))
