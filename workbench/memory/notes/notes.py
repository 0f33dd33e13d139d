"""Notes of any kind: storing, listing, searching and changing.

A note of a kind of fact is a fact. Instructions, stances and variables are separate: they are found
only by their kind, are not counted as facts and never answer a question.
"""

import math
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import blake2b
from itertools import islice

from workbench.errors import NotFoundError, UsageError
from workbench.memory.facts import facts, remembering
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.marking import ALL_KINDS, KINDS, NOTE_KINDS, PLAIN, Mark, checked
from workbench.memory.facts.records import Fact, FactQuery, Remembered
from workbench.memory.notes import stances, texts, variables
from workbench.store import collections, marks
from workbench.store import facts as fact_rows
from workbench.store import notes as rows
from workbench.store.notes import NewNote, NoteRow

#: Maximum notes of a scope and kind that are compared with a cue, newest first.
_SCAN_LIMIT = 4000
_CUE_CHARACTERS = 2000

_Writer = Callable[[sqlite3.Connection, int, NewNote, float], tuple[int, bool]]


def note(
    index: FactIndex,
    kind: str,
    text: str,
    key: str | None = None,
    *,
    collection: str | None = None,
    marked: Mark = PLAIN,
) -> Remembered:
    """Store a note of one of `KINDS` or `NOTE_KINDS`. Raises `UsageError`.

    A variable without a key is parsed as “KEY is VALUE”, a stance as “TOPIC: TEXT”.
    """
    kind = checked(kind, ALL_KINDS)
    if key is not None and kind not in (variables.KIND, stances.KIND):
        raise no_key(kind)
    if key is None:
        texts.content(text, "note")
    if kind in KINDS:
        mark_ = replace(marked, kind=kind)
        return remembering.remember(index, text, remembering.StoreOptions(collection, mark=mark_))
    new, write = _parse(kind, text, key)
    timestamp = index.store.clock()

    def work(connection: sqlite3.Connection) -> tuple[int, bool]:
        id, fresh = write(connection, collections.scope(connection, collection), new, timestamp)
        if marked.priority is not None or marked.days is not None:
            expires = marked.expires(timestamp)
            marks.store(connection, [id], new.kind, marked.priority, expires)
        return id, fresh

    id, fresh = index.store.write(work, act="note added")
    return Remembered((id,) if fresh else (), () if fresh else (id,), ())


def new_note(kind: str, text: str, key: str | None = None) -> NewNote:
    """A note to store, as `add` would make it. Raises `UsageError`."""
    return _parse(kind, text, key)[0]


def no_key(kind: str) -> UsageError:
    """The error that notes of this kind have no key."""
    return UsageError(f"Notes of kind “{kind[:40]}” have no key.", "Choose variable or stance.")


def _parse(kind: str, text: str, key: str | None) -> tuple[NewNote, _Writer]:
    if kind == variables.KIND:
        pair = variables.parse(text) if key is None else (key, text)
        return variables.new(*pair), variables.write
    if kind == stances.KIND:
        pair = stances.parse(text) if key is None else (key, text)
        return stances.new(*pair), stances.write
    if kind == rows.HIGHLIGHT:
        raise UsageError(
            "A highlight needs a place in a source.", "Select the words in the Reader."
        )
    return _instruction(text), _write_instruction


def _instruction(text: str) -> NewNote:
    text = texts.prose(text, "note")
    key = blake2b(texts.same(text).encode(), digest_size=16).hexdigest()
    return NewNote("instruction", key, "", text)


def _write_instruction(
    connection: sqlite3.Connection, scope: int, note: NewNote, timestamp: float
) -> tuple[int, bool]:
    stored = rows.by_key(connection, scope, note.kind, note.key)
    if stored is not None:
        return stored.id, False
    return rows.add(connection, scope, note, timestamp), True


# -- search ----------------------------------------------------------------------------------------


def listing(
    index: FactIndex, *, collection: str | None = None, kind: str | None = None, limit: int = -1
) -> list[Fact]:
    """The notes of a scope, newest first; of one of `NOTE_KINDS` if given."""
    of = None if kind is None else checked(kind, NOTE_KINDS)
    return [to_fact(row, collection, index) for row in load_rows(index, collection, of, limit)]


def load_rows(
    index: FactIndex, collection: str | None, kind: str | None = None, limit: int = -1
) -> list[NoteRow]:
    """The stored notes of a scope; empty for an unknown collection."""
    with index.store.read() as connection:
        scope = fact_rows.scope_id(connection, collection)
        return [] if scope is None else rows.of_scope(connection, scope, kind, limit)


def by_key(index: FactIndex, collection: str | None, kind: str, key: str) -> NoteRow | None:
    """The note with this kind and key."""
    with index.store.read() as connection:
        scope = fact_rows.scope_id(connection, collection)
        return None if scope is None else rows.by_key(connection, scope, kind, key, damaged=False)


def recall(index: FactIndex, cue: str, query: FactQuery) -> list[Fact]:
    """The notes of a kind relevant to a cue, best and newest first; scores from 0 to 1."""
    terms = texts.cue_words(cue[:_CUE_CHARACTERS])
    with index.store.read() as connection:
        scope = fact_rows.scope_id(connection, query.collection)
        if scope is None:
            return []
        found = rows.of_scope(connection, scope, query.kind, _SCAN_LIMIT)
        stored = {row.id: row for row in found}
        vocabulary = {id: {*texts.words(f"{row.name} {row.text}")} for id, row in stored.items()}
        levels = [_levels(vocabulary, forms) for forms in terms]
        weights = [
            math.log(1 + len(stored) / len(by_note)) if by_note else 0.0 for by_note in levels
        ]
        # A word in no note weighs as much as the rarest one in any.
        highest = max(weights, default=0.0)
        total_weight = sum(weight or highest for weight in weights) or 1.0
        scored: dict[int, float] = {}
        for weight, by_note in zip(weights, levels, strict=True):
            for id, level in by_note.items():
                scored[id] = scored.get(id, 0.0) + weight * level / total_weight
        best = sorted(scored, key=lambda id: (-round(scored[id], 6), -id))
    facts_ = (
        to_fact(stored[id], query.collection, index, round(scored[id], 4))
        for id in best
        if (stored[id].priority or 0) >= query.min_priority
    )
    current = (fact for fact in facts_ if query.include_expired or not fact.expired)
    return list(islice(current, max(query.limit, 0)))


def _levels(vocabulary: dict[int, set[str]], forms: dict[str, float]) -> dict[int, float]:
    """The best match of each note with a word of the cue, by its form."""
    return {
        id: max(forms[word] for word in forms.keys() & words)
        for id, words in vocabulary.items()
        if not words.isdisjoint(forms)
    }


def to_fact(row: NoteRow, collection: str | None, index: FactIndex, score: float = 1.0) -> Fact:
    """A stored note as a `Fact`: stances and variables as one sentence."""
    return Fact(
        id=row.id,
        text=_sentence(row, row.text),
        collection=collection,
        sources=(),
        told=row.told,
        at=row.changed,
        current=True,
        score=score,
        kind=row.kind,
        priority=row.priority,
        expires=row.expires,
        expired=row.expires is not None and row.expires <= index.store.clock(),
    )


def _sentence(row: NoteRow, text: str) -> str:
    if row.kind == variables.KIND:
        return f"{row.name} is {text}"
    if row.kind == stances.KIND and row.name != text:
        return f"{row.name}: {text}"
    if row.kind == rows.HIGHLIGHT:
        quote, note = rows.quote_and_comment(text)
        return f"“{quote}” {note}".rstrip()
    return text


def wordings(index: FactIndex, note: Fact) -> list[Fact]:
    """The wordings of a note, oldest first, the current one last."""
    with index.store.read() as connection:
        rows_before = marks.wordings(connection, [note.id])
        stored = rows.by_ids(connection, [note.id])
    if not stored:
        raise missing(note.id)
    versions = (facts.past_wording(note, version) for version in rows_before)
    return [
        *(replace(version, text=_sentence(stored[0], version.text)) for version in versions),
        note,
    ]


def load(index: FactIndex, id: int) -> Fact | None:
    """The note with this id; None if there is none."""
    with index.store.read() as connection:
        stored = rows.by_ids(connection, [id])
        if not stored:
            return None
        return to_fact(stored[0], collections.name_of(connection, stored[0].scope), index)


def is_note(index: FactIndex, id: int) -> bool:
    """Whether there is a note with this id, even a damaged one."""
    with index.store.read() as connection:
        return bool(rows.by_ids(connection, [id], damaged=True))


# -- changes ---------------------------------------------------------------------------------------


def edit(index: FactIndex, id: int, text: str) -> Fact:
    """Reword a note; it keeps its id. Raises `NotFoundError` and `UsageError`.

    The text of a stance or the value of a variable; topic and key stay.
    """
    texts.content(text, "note")

    def work(connection: sqlite3.Connection, row: NoteRow, timestamp: float) -> None:
        new = _edited(row, text)
        twin = rows.by_key(connection, row.scope, row.kind, new.key)
        if twin is not None and twin.id != id:
            raise UsageError("There is such a note already.", "Forget one of the two.")
        if new.text == row.text:
            return
        if row.kind != variables.KIND:
            stances.store_wording(connection, row, timestamp)
        rows.change(connection, id, new, timestamp)

    return _changed(index, id, work)


def remove(index: FactIndex, ids: Sequence[int]) -> int:
    """Delete notes, which can be undone; returns how many existed."""
    removed = index.store.write(lambda c: rows.remove(c, ids), act="notes deleted")
    if removed:
        index.forget()
    return removed


def _changed(
    index: FactIndex, id: int, change: Callable[[sqlite3.Connection, NoteRow, float], None]
) -> Fact:
    timestamp = index.store.clock()

    def work(connection: sqlite3.Connection) -> None:
        stored = rows.by_ids(connection, [id], damaged=True)
        if not stored:
            raise missing(id)
        change(connection, stored[0], timestamp)

    index.store.write(work, act="note edited")
    changed = load(index, id)
    if changed is None:
        raise missing(id)
    return changed


def _edited(stored: NoteRow, text: str) -> NewNote:
    if stored.kind == variables.KIND:
        return variables.new(stored.name, text)
    if stored.kind == stances.KIND:
        text = texts.prose(text, "stance")
        return NewNote(stored.kind, stored.key, stored.name, text, stored.intensity)
    if stored.kind == rows.HIGHLIGHT:
        # Former wordings include the quotation, a new one is the note alone.
        quote, _ = rows.quote_and_comment(stored.text)
        if rows.quote_and_comment(text)[0] != quote:
            text = rows.with_comment(quote, texts.prose(text, "note"))
        return NewNote(stored.kind, stored.key, stored.name, text)
    return _instruction(text)


def undo(index: FactIndex, id: int) -> Fact:
    """Undo the last edit of a note. Raises `NotFoundError` and `UsageError`."""

    def work(connection: sqlite3.Connection, row: NoteRow, timestamp: float) -> None:
        rows_before = marks.wordings(connection, [id])
        if not rows_before:
            raise UsageError("This note was never edited.", "There is nothing to undo.")
        marks.drop(connection, rows_before[-1].id)
        rows.change(connection, id, _edited(row, rows_before[-1].text), timestamp)

    return _changed(index, id, work)


def missing(id: int) -> NotFoundError:
    """The error that there is no fact or note with this id."""
    return NotFoundError(
        f"There is no fact or note {id}.", "See `workbench list memories --json` for those."
    )
