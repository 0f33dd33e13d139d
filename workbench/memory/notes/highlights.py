"""Highlights: words that a reader marked in a source, in one of five colours, with a note or none.

A highlight is a note with a place. It follows its words when the source is read again, and is
removed for good with the source.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from workbench.errors import UsageError
from workbench.memory.facts.index import FactIndex
from workbench.memory.notes import notes, stances, texts
from workbench.memory.notes.records import Highlight
from workbench.store import highlights as places
from workbench.store import notes as rows
from workbench.store import sources, text
from workbench.store.highlights import KIND, Anchor
from workbench.store.notes import NewNote, NoteRow
from workbench.store.records import SectionRow

#: The colours of a highlight, the usual one first.
COLOURS = ("yellow", "green", "blue", "pink", "violet")
#: Characters of one highlight; more is a chapter, not a quotation.
MOST = 20_000


def add(index: FactIndex, source: int, start: int, end: int, colour: str, note: str) -> Highlight:
    """Highlight `[start, end)` of a source; one at the same place gets this colour and note.

    White space at the ends is left out. Raises `NotFoundError` and `UsageError`.
    """
    _check(colour)
    now = index.store.clock()

    def work(connection: sqlite3.Connection) -> int:
        sources.by_id(connection, source)
        if end - start > MOST:
            raise UsageError("That is too long for a highlight.", "Select a shorter passage.")
        words = text.text_at(connection, source, start, end)
        first = start + len(words) - len(words.lstrip())
        quote = " ".join(words.split())
        if not quote:
            raise UsageError("There are no words at that place.", "Select some text first.")
        at = Anchor(source, first, first + len(words.strip()))
        new = _new(at.key, colour, quote, note)
        there = rows.by_key(connection, 0, KIND, at.key)
        if there is None:
            return rows.add(connection, 0, new, now)
        rows.change(connection, there.id, new if note else _with(there, colour, None), now)
        return there.id

    return one(index, index.store.write(work))


def change(index: FactIndex, id: int, colour: str | None, note: str | None) -> Highlight:
    """Give a highlight another colour or note; an empty note takes the note away.

    Raises `NotFoundError` and `UsageError`.
    """
    if colour is not None:
        _check(colour)
    now = index.store.clock()

    def work(connection: sqlite3.Connection) -> None:
        there = _stored(connection, id)
        new = _with(there, colour, note)
        if new.text != there.text:
            stances.keep(connection, there, now)
        rows.change(connection, id, new, now)

    index.store.write(work)
    return one(index, id)


def one(index: FactIndex, id: int) -> Highlight:
    """The highlight of that id. Raises `NotFoundError`."""
    with index.store.read() as connection:
        return _told(connection, _stored(connection, id))


def listing(index: FactIndex, source: int | None = None) -> list[Highlight]:
    """The highlights of a source in reading order, or all of them, source by source."""
    with index.store.read() as connection:
        if source is None:
            stored = rows.of_scope(connection, 0, KIND)
        else:
            sources.by_id(connection, source)
            stored = places.of_source(connection, source)
        titles: dict[int, str] = {}
        made = [_told(connection, row, titles) for row in stored]
    return sorted(made, key=lambda each: (each.title.casefold(), each.source, each.start, each.end))


def _told(
    connection: sqlite3.Connection, row: NoteRow, titles: dict[int, str] | None = None
) -> Highlight:
    """A stored highlight; lost where other words stand at its place."""
    titles = {} if titles is None else titles
    at = places.anchor(row.key)
    quote, note = places.parts(row.text)
    if at.source not in titles:
        known = sources.by_ids(connection, [at.source])
        titles[at.source] = known[0].title if known else ""
    here = text.text_at(connection, at.source, at.start, at.end)
    lost = at.lost or here.split() != quote.split()
    return Highlight(
        row.id, at.source, titles[at.source], at.start, at.end, quote, note,
        row.name if row.name in COLOURS else COLOURS[0], row.told, row.changed, lost,
    )  # fmt: skip


def _stored(connection: sqlite3.Connection, id: int) -> NoteRow:
    found = rows.by_ids(connection, [id], damaged=True)
    if not found or found[0].kind != KIND:
        raise notes.no_such(id)
    return found[0]


def _check(colour: str) -> None:
    if colour not in COLOURS:
        raise UsageError(
            f"“{colour}” is not a highlighter colour.", f"Choose one of: {', '.join(COLOURS)}."
        )


def _with(there: NoteRow, colour: str | None, note: str | None) -> NewNote:
    quote, noted = places.parts(there.text)
    return _new(there.key, colour or there.name, quote, noted if note is None else note)


def _new(key: str, colour: str, quote: str, note: str) -> NewNote:
    if note.strip():
        note = texts.prose(note, "note")
    whole = places.joined(quote, note.strip())
    return NewNote(KIND, key, colour, whole, texts.words(f"{colour} {whole}"))


# -- taking them along -----------------------------------------------------------------------------


def markdown(index: FactIndex, found: list[Highlight]) -> str:
    """Highlights as Markdown: a heading for each source, quotations with place and note below."""
    with index.store.read() as connection:
        read = {each.source for each in found if not each.lost}
        sections = {source: text.sections(connection, source) for source in read}
        placed = {each.id: _where(connection, each, sections) for each in found}
    lines: list[str] = []
    source: int | None = None
    for each in found:
        if each.source != source:
            source = each.source
            lines += [f"# {each.title or 'Unknown source'}", ""]
        where = placed[each.id] and f", {placed[each.id]}"
        lines += [f"> {each.quote}", "", f"*{each.colour.capitalize()}*{where}", ""]
        if each.note:
            lines += [each.note, ""]
    return "\n".join(lines).rstrip("\n") + "\n" if lines else ""


def _where(
    connection: sqlite3.Connection, each: Highlight, sections: Mapping[int, Sequence[SectionRow]]
) -> str:
    """Page or chapter of a highlight, as far as there is one."""
    if each.lost:
        return "no longer in the text"
    page = text.page_at(connection, each.source, each.start)
    if page is not None:
        return f"p. {page.label or page.number}"
    among = sections[each.source]
    around = next((row for row in among if row.start <= each.start < row.end), None)
    return text.chapter_path(connection, around) if around is not None else ""


def annotations(index: FactIndex, found: list[Highlight]) -> str:
    """Highlights as a W3C Web Annotation page (https://www.w3.org/TR/annotation-model/)."""
    with index.store.read() as connection:
        known = {
            row.id: row
            for row in sources.by_ids(connection, sorted({each.source for each in found}))
        }
        items = [
            _annotation(connection, each, known[each.source].hash if each.source in known else "")
            for each in found
        ]
    page = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationPage",
        "items": items,
    }
    return json.dumps(page, ensure_ascii=False, indent=2) + "\n"


def _annotation(connection: sqlite3.Connection, each: Highlight, hash: str) -> dict[str, object]:
    quote: dict[str, str] = {"type": "TextQuoteSelector", "exact": each.quote}
    selectors: list[dict[str, object]] = [dict(quote)]
    if not each.lost:
        before = text.text_at(connection, each.source, max(0, each.start - 32), each.start)
        after = text.text_at(connection, each.source, each.end, each.end + 32)
        selectors = [
            {**quote, "prefix": before, "suffix": after},
            {"type": "TextPositionSelector", "start": each.start, "end": each.end},
        ]
    body: list[dict[str, str]] = [
        {"type": "TextualBody", "purpose": "tagging", "value": each.colour}
    ]
    if each.note:
        body.append({"type": "TextualBody", "purpose": "commenting", "value": each.note,
                     "format": "text/plain"})  # fmt: skip
    return {
        "id": f"urn:engram:highlight:{each.id}",
        "type": "Annotation",
        "motivation": "commenting" if each.note else "highlighting",
        "created": _iso(each.made),
        "modified": _iso(each.changed),
        "body": body,
        "target": {
            "source": f"urn:sha256:{hash}" if hash else f"urn:engram:source:{each.source}",
            "title": each.title,
            "selector": selectors,
        },
    }


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
