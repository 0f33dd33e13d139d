"""Replaces the text of a source under the same id; citations follow.

A re-read source, by a better reader or from a new version of its file, keeps its id, title, tags
and collections. Quotes are located again by their text, nearest to their former position; quotes
that no longer occur are marked, and keep their text.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ingest.records import Section, Source
from workbench.store import details, marks, notes, questions, sources, strengths, text
from workbench.store.tags import patched


@dataclass(frozen=True, slots=True)
class Exchanged:
    """The result of an exchange: `mapping` leads from old ids to new ones with the same text.

    `followed` and `missing` count the quotes of saved answers that were and were not found again.
    """

    engrams: int
    mapping: Mapping[int, int]
    followed: int
    missing: int


@dataclass(frozen=True, slots=True)
class Replacement:
    """A source as it was read anew, with the hash and size of the bytes read."""

    record: Source
    sections: Iterable[Section]
    hash: str
    size: int
    notices: Iterable[str] = ()


def exchange(connection: sqlite3.Connection, source: int, new_text: Replacement) -> Exchanged:
    """Replace the text of `source`; inside a transaction.

    Another source with the same hash is merged into this one.
    """
    record, hash = new_text.record, new_text.hash
    double = sources.id_by_hash(connection, hash)
    if double is not None and double != source:
        _absorb(connection, double, source)
    previous = sources.by_id(connection, source)
    old = _engrams(connection, source)
    old_strengths = strengths.collect(connection, [id_ for id_, *_ in old])
    old_labels = marks.collect(connection, [id_ for id_, *_ in old])
    _clear(connection, source)
    # A gap in the ids tells every index that the source starts anew.
    connection.execute("UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'engram'")
    existing = {
        n: v
        for n, v in previous.metadata.items()
        if n not in ("figures", "doubtful", "items", "left_out")
    }
    connection.execute(
        "UPDATE source SET hash = ?, size = ?, reader = ?, kind = ?, notices = '[]', "
        # Later stages are repeated.
        "state = CASE WHEN verified IS NULL THEN state ELSE 'verified' END WHERE id = ?",
        (hash, new_text.size, record.reader, record.kind, source),
    )
    columns = {"author": record.author, "language": record.language, "date": record.date}
    details.record(connection, previous, columns, {**existing, **record.metadata})
    for section in new_text.sections:
        text.append(connection, source, [section])
        sources.add_metadata(connection, source, [section])
    for sentence in new_text.notices:
        sources.add_notice(connection, source, sentence)
    new = _engrams(connection, source)
    followed, missing = _follow(connection, source, previous.characters, new)
    notes.follow_highlights(connection, source, previous.characters)
    mapping = _match(old, new)
    strengths.follow(connection, old_strengths, mapping)
    marks.follow(connection, old_labels, mapping)
    return Exchanged(len(new), mapping, followed, missing)


def overlap(connection: sqlite3.Connection, source: int, sections: Iterable[Section]) -> float:
    """The share, 0 to 1, of the distinct statements of `source` that also occur in `sections`."""
    previous = {words for _, _, _, words in _engrams(connection, source)}
    current = {
        " ".join(section.text[start - section.start : end - section.start].split())
        for section in sections
        for passage in section.passages
        for start, end in passage.sentences
    }
    return len(previous & current) / len(previous) if previous else 0.0


_Engram = tuple[int, int, int, str]


def _engrams(connection: sqlite3.Connection, source: int) -> list[_Engram]:
    """(id, start, end, text with single spaces) of a source's statements, in order of position."""
    rows = connection.execute(
        "SELECT e.id, e.start, e.end, e.text FROM extent x "
        "JOIN engram e ON e.id BETWEEN x.first AND x.last WHERE x.source = ? ORDER BY e.start",
        (source,),
    )
    return [(id_, start, end, " ".join(words.split())) for id_, start, end, words in rows]


def _clear(connection: sqlite3.Connection, source: int) -> None:
    sources.remove_statements(connection, source)
    for table in ("extent", "page", "passage", "section"):
        connection.execute(f"DELETE FROM {table} WHERE source = ?", (source,))
    connection.execute(
        "UPDATE source SET characters = 0, passages = 0, engrams = 0, pages = 0 WHERE id = ?",
        (source,),
    )


def _match(old: list[_Engram], new: list[_Engram]) -> dict[int, int]:
    """Map every old statement to the nearest new one with the same text, by relative position."""
    places: dict[str, list[tuple[float, int]]] = {}
    for at, (id_, _, _, words) in enumerate(new):
        places.setdefault(words, []).append((at / len(new), id_))
    mapping = {}
    for at, (id_, _, _, words) in enumerate(old):
        candidates = places.get(words)
        if candidates:
            share = at / len(old)
            mapping[id_] = min(candidates, key=lambda place: abs(place[0] - share))[1]
    return mapping


def _follow(
    connection: sqlite3.Connection, source: int, characters: int, new: list[_Engram]
) -> tuple[int, int]:
    """Update the positions of quotes in saved answers: (followed, lost)."""
    followed = missing = 0
    entire: str | None = None
    for question in questions.quoting(connection, [source]):
        answer = questions.answer_of(connection, question)
        for evidence in questions.evidence_of(answer):
            if questions.source_of(evidence) != source:
                continue
            if entire is None:
                entire = text.text_at(connection, source, 0, max(e[2] for e in new) if new else 0)
            place = _find(entire, evidence, characters)
            if place is None:
                evidence["lost"] = True
                missing += 1
                continue
            _move(connection, source, evidence, place, new)
            followed += 1
        questions.replace_answer(connection, question, answer)
    return followed, missing


def _find(content: str, evidence: Mapping[str, Any], characters: int) -> tuple[int, int] | None:
    """The span of a quote in a text, nearest to its former relative position."""
    share = _start(evidence) / characters if characters else 0.0
    return notes.nearest_words(content, str(evidence.get("quote", "")), share)


def _start(evidence: Mapping[str, Any]) -> int:
    locator = evidence.get("locator")
    start = locator.get("start") if isinstance(locator, dict) else None
    return start if isinstance(start, int) else 0


def _move(
    connection: sqlite3.Connection,
    source: int,
    evidence: dict[str, Any],
    place: tuple[int, int],
    new: list[_Engram],
) -> None:
    start, end = place
    inside = [id_ for id_, from_, to, _ in new if from_ < end and to > start]
    section = next(
        (item for item in text.sections(connection, source) if item.start <= start < item.end), None
    )
    page = text.page_at(connection, source, start)
    locator = evidence.get("locator")
    evidence["locator"] = {
        **(locator if isinstance(locator, dict) else {}),
        "start": start,
        "end": end,
        "page": page.number if page else None,
        "page_label": page.label if page else None,
        "chapter": text.chapter_path(connection, section) if section else None,
    }
    if inside:
        evidence["engram"] = inside[0]
        if "engrams" in evidence:
            evidence["engrams"] = inside
    evidence.pop("lost", None)


def _absorb(connection: sqlite3.Connection, double: int, source: int) -> None:
    """Move everything that belongs to `double` to `source`, and remove `double`."""
    for question in questions.quoting(connection, [double]):
        answer = questions.answer_of(connection, question)
        for evidence in questions.evidence_of(answer):
            if questions.source_of(evidence) == double:
                evidence["source"]["id"] = source
            for step in questions.steps_of(evidence):
                if step.get("source") == double:
                    step["source"] = source
        questions.replace_answer(connection, question, answer)
    connection.execute(
        "UPDATE source SET original = coalesce(original, "
        "(SELECT original FROM source WHERE id = ?)) WHERE id = ?",
        (double, source),
    )
    ((others, own),) = connection.execute(
        "SELECT d.tags, s.tags FROM source d JOIN source s WHERE d.id = ? AND s.id = ?",
        (double, source),
    )
    connection.execute(
        "UPDATE source SET tags = ? WHERE id = ?", (patched(others, json.loads(own)), source)
    )
    for table in ("membership", "location"):
        connection.execute(
            f"UPDATE OR IGNORE {table} SET source = ? WHERE source = ?", (source, double)
        )
    notes.absorb_highlights(connection, double, source)
    sources.delete(connection, [double])
