"""Highlights: marked passages of a source, in one of five colours, with an optional note.

A highlight is a note with a position. It follows its words when the source is read again, and is
deleted with the source.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from workbench.errors import UsageError
from workbench.memory.facts.index import FactIndex
from workbench.memory.notes import notes, stances, texts
from workbench.memory.notes.records import Highlight, NotePlace
from workbench.store import marks, sources, text
from workbench.store import notes as rows
from workbench.store.notes import HIGHLIGHT, Anchor, NewNote, NoteRow
from workbench.store.records import SectionRow

#: The colours of a highlight, the default first.
COLOURS = ("yellow", "green", "blue", "pink", "violet")
#: Maximum characters of a highlight: a quotation, not a chapter.
MAX_CHARACTERS = 20_000


def add(index: FactIndex, source: int, span: tuple[int, int], colour: str, note: str) -> Highlight:
    """Highlight a span of a source; an existing one at the same span gets this colour and note.

    The span is trimmed of white space. Raises `NotFoundError` and `UsageError`.
    """
    _check(colour)
    timestamp = index.store.clock()
    number = index.store.write(
        lambda c: store(c, source, span, colour, note, timestamp), act="highlight added"
    )
    return load(index, number)


def store(
    connection: sqlite3.Connection,
    source: int,
    span: tuple[int, int],
    colour: str,
    note: str,
    made: float,
) -> int:
    """Store a highlight as in `add`, within a write; returns its id."""
    start, end = span
    length = sources.by_id(connection, source).characters
    if not 0 <= start < end <= length:
        raise UsageError(
            f"The characters {start} to {end} are no part of a text of {length}.",
            f"Choose a start from 0 on and an end behind it, at most {length}.",
        )
    if end - start > MAX_CHARACTERS:
        raise UsageError("That is too long for a highlight.", "Select a shorter passage.")
    words = text.text_at(connection, source, start, end)
    first = start + len(words) - len(words.lstrip())
    quote = " ".join(words.split())
    if not quote:
        raise UsageError("There are no words at that place.", "Select some text first.")
    at = Anchor(source, first, first + len(words.strip()))
    new = _new(at.key, colour, quote, note)
    stored = rows.by_key(connection, 0, HIGHLIGHT, at.key)
    if stored is None:
        return rows.add(connection, 0, new, made)
    rows.change(connection, stored.id, new if note else _recoloured(stored, colour, None), made)
    return stored.id


def change(index: FactIndex, id: int, colour: str | None, note: str | None) -> Highlight:
    """Change the colour or note of a highlight; an empty note removes it.

    Raises `NotFoundError` and `UsageError`.
    """
    if colour is not None:
        _check(colour)
    timestamp = index.store.clock()

    def work(connection: sqlite3.Connection) -> None:
        stored = _stored(connection, id)
        new = _recoloured(stored, colour, note)
        if new.text != stored.text:
            stances.store_wording(connection, stored, timestamp)
        rows.change(connection, id, new, timestamp)

    index.store.write(work, act="highlight changed")
    return load(index, id)


def load(index: FactIndex, id: int) -> Highlight:
    """The highlight with this id. Raises `NotFoundError`."""
    with index.store.read() as connection:
        (record,) = _highlights(connection, [_stored(connection, id)])
    return record


def listing(index: FactIndex, source: int | None = None) -> list[Highlight]:
    """The highlights of a source in reading order, or all of them, source by source."""
    with index.store.read() as connection:
        if source is None:
            stored = rows.of_scope(connection, 0, HIGHLIGHT)
        else:
            sources.by_id(connection, source)
            stored = rows.highlights_of(connection, source)
        records = _highlights(connection, stored)
    return sorted(
        records,
        key=lambda highlight: (
            highlight.title.casefold(),
            highlight.source,
            highlight.start,
            highlight.end,
        ),
    )


def places_of(index: FactIndex, ids: Sequence[int]) -> list[NotePlace]:
    """The tags of facts and notes, and highlights with their positions; others are left out."""
    with index.store.read() as connection:
        tags = marks.tags_of(connection, ids)
        stored = [row for row in rows.by_ids(connection, ids) if row.kind == HIGHLIGHT]
        anchors = {row.id: rows.anchor_of(row.key) for row in stored}
        locations = locate(connection, anchors)
        titles = _titles(connection, anchors)
    made = [
        NotePlace(
            row.id, tags.pop(row.id, ()), at.source, titles.get(at.source, ""), locations[row.id],
            at.start, at.end, _colour(row), *rows.quote_and_comment(row.text),
            at.lost or at.source not in titles,
        )
        for row, at in zip(stored, anchors.values(), strict=True)
    ]  # fmt: skip
    return made + [NotePlace(id, names) for id, names in tags.items()]


def _titles(connection: sqlite3.Connection, anchors: Mapping[int, Anchor]) -> dict[int, str]:
    wanted = sorted({at.source for at in anchors.values()})
    return {row.id: row.title for row in sources.by_ids(connection, wanted)}


def _colour(row: NoteRow) -> str:
    return row.name if row.name in COLOURS else COLOURS[0]


def _highlights(connection: sqlite3.Connection, stored: Sequence[NoteRow]) -> list[Highlight]:
    """Stored highlights; `lost` if their position now has other words."""
    anchors = {row.id: rows.anchor_of(row.key) for row in stored}
    titles = _titles(connection, anchors)
    records = []
    for row, at in zip(stored, anchors.values(), strict=True):
        quote, note = rows.quote_and_comment(row.text)
        current_text = text.text_at(connection, at.source, at.start, at.end)
        is_lost = at.lost or current_text.split() != quote.split()
        records.append(
            Highlight(
                row.id, at.source, titles.get(at.source, ""), at.start, at.end, quote, note,
                _colour(row), row.told, row.changed, is_lost,
            )
        )  # fmt: skip
    return records


def _stored(connection: sqlite3.Connection, id: int) -> NoteRow:
    matches = rows.by_ids(connection, [id], damaged=True)
    if not matches or matches[0].kind != HIGHLIGHT:
        raise notes.missing(id)
    return matches[0]


def _check(colour: str) -> None:
    if colour not in COLOURS:
        raise UsageError(
            f"“{colour}” is not a highlighter colour.", f"Choose one of: {', '.join(COLOURS)}."
        )


def _recoloured(stored: NoteRow, colour: str | None, note: str | None) -> NewNote:
    quote, noted = rows.quote_and_comment(stored.text)
    return _new(stored.key, colour or stored.name, quote, noted if note is None else note)


def _new(key: str, colour: str, quote: str, note: str) -> NewNote:
    if note.strip():
        note = texts.prose(note, "note")
    content = rows.with_comment(quote, note.strip())
    return NewNote(HIGHLIGHT, key, colour, content)


# -- export ----------------------------------------------------------------------------------------


def markdown(index: FactIndex, highlights: list[Highlight]) -> str:
    """Highlights as Markdown: a heading per source, quotations with their location and note."""
    anchors = {row.id: Anchor(row.source, row.start, row.end, row.lost) for row in highlights}
    with index.store.read() as connection:
        locations = locate(connection, anchors)
    lines: list[str] = []
    source: int | None = None
    for highlight in highlights:
        if highlight.source != source:
            source = highlight.source
            lines += [f"# {highlight.title or 'Unknown source'}", ""]
        location = "no longer in the text" if highlight.lost else locations[highlight.id]
        suffix = location and f", {location}"
        lines += [f"> {highlight.quote}", "", f"*{highlight.colour.capitalize()}*{suffix}", ""]
        if highlight.note:
            lines += [highlight.note, ""]
    return "\n".join(lines).rstrip("\n") + "\n" if lines else ""


def locate(connection: sqlite3.Connection, anchors: Mapping[int, Anchor]) -> dict[int, str]:
    """The page or chapter of anchors by id, "" if there is none or the words are lost."""
    read = {at.source for at in anchors.values()}
    sections = {source: text.sections(connection, source) for source in read}
    return {id: _location(connection, at, sections[at.source]) for id, at in anchors.items()}


def _location(connection: sqlite3.Connection, at: Anchor, sections: Sequence[SectionRow]) -> str:
    page = None if at.lost else text.page_at(connection, at.source, at.start)
    if page is not None:
        return f"p. {page.label or page.number}"
    section = next((row for row in sections if row.start <= at.start < row.end), None)
    return text.chapter_path(connection, section) if section is not None and not at.lost else ""


def annotations(index: FactIndex, highlights: list[Highlight]) -> str:
    """Highlights as a W3C Web Annotation page (https://www.w3.org/TR/annotation-model/)."""
    with index.store.read() as connection:
        wanted = sorted({highlight.source for highlight in highlights})
        hashes = {row.id: row.hash for row in sources.by_ids(connection, wanted)}
        items = [
            _annotation(connection, highlight, hashes.get(highlight.source, ""))
            for highlight in highlights
        ]
    page = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationPage",
        "items": items,
    }
    return json.dumps(page, ensure_ascii=False, indent=2) + "\n"


def _annotation(
    connection: sqlite3.Connection, highlight: Highlight, hash: str
) -> dict[str, object]:
    quote: dict[str, str] = {"type": "TextQuoteSelector", "exact": highlight.quote}
    selectors: list[dict[str, object]] = [dict(quote)]
    if not highlight.lost:
        prefix = text.text_at(
            connection, highlight.source, max(0, highlight.start - 32), highlight.start
        )
        suffix = text.text_at(connection, highlight.source, highlight.end, highlight.end + 32)
        selectors = [
            {**quote, "prefix": prefix, "suffix": suffix},
            {"type": "TextPositionSelector", "start": highlight.start, "end": highlight.end},
        ]
    body: list[dict[str, str]] = [
        {"type": "TextualBody", "purpose": "tagging", "value": highlight.colour}
    ]
    if highlight.note:
        body.append({"type": "TextualBody", "purpose": "commenting", "value": highlight.note,
                     "format": "text/plain"})  # fmt: skip
    return {
        "id": f"urn:engram:highlight:{highlight.id}",
        "type": "Annotation",
        "motivation": "commenting" if highlight.note else "highlighting",
        "created": _iso(highlight.made),
        "modified": _iso(highlight.changed),
        "body": body,
        "target": {
            "source": f"urn:sha256:{hash}" if hash else f"urn:engram:source:{highlight.source}",
            "title": highlight.title,
            "selector": selectors,
        },
    }


def _iso(timestamp: float) -> str:
    return datetime.fromtimestamp(timestamp, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
