"""Stances: opinions on a topic, firmer with each repetition.

A new topic has intensity 1.0, each restatement adds 1.0; every other topic of the scope decays by
0.9, not below 0.5. From 1.5 on a stance is hardened (the constants are neuron-db's). Topics ignore
case; the former text stays in the history.
"""

import sqlite3
from dataclasses import replace

from workbench.errors import UsageError
from workbench.memory.notes import texts
from workbench.memory.notes.records import Stance
from workbench.store import marks
from workbench.store import notes as rows
from workbench.store.marks import WordingRow
from workbench.store.notes import NewNote, NoteRow

KIND = "stance"
STEP = 1.0
FADE = 0.9
FLOOR = 0.5
HARD = 1.5
_TOPIC_CHARACTERS = 80


def parse(text: str) -> tuple[str, str]:
    """Topic and text of “TOPIC: TEXT”; without a colon the text is its own topic."""
    topic, colon, feeling = text.partition(":")
    if colon and topic.strip() and feeling.strip() and len(topic) <= _TOPIC_CHARACTERS:
        return topic, feeling.strip()
    if len(text) > texts.MAX_NAME:
        raise UsageError("A stance needs a topic.", "Write it as “TOPIC: what you think of it”.")
    return text, text


def key_of(topic: str) -> str:
    """The normalised topic. Raises `UsageError` for one that cannot be typed again."""
    return texts.fold(texts.name(topic, "topic"))


def new(topic: str, text: str) -> NewNote:
    """A stance to store. Raises `UsageError`."""
    name = texts.name(topic, "topic")
    return NewNote(KIND, key_of(topic), name, texts.prose(text, "stance"), STEP)


def write(
    connection: sqlite3.Connection, scope: int, note: NewNote, timestamp: float
) -> tuple[int, bool]:
    """Store or restate a stance in a transaction: its id, and whether the topic was new."""
    stored = rows.by_key(connection, scope, KIND, note.key)
    if stored is None:
        id = rows.add(connection, scope, note, timestamp)
    else:
        id = stored.id
        if stored.text != note.text:
            store_wording(connection, stored, timestamp)
        firmer = replace(note, intensity=(stored.intensity or 0.0) + STEP)
        rows.change(connection, id, firmer, timestamp)
    rows.fade(connection, scope, KIND, id, FADE, FLOOR)
    return id, stored is None


def store_wording(connection: sqlite3.Connection, stored: NoteRow, timestamp: float) -> None:
    """Store the current wording of a note, before a change."""
    marks.store_wording(
        connection,
        WordingRow(
            0, stored.id, stored.id, stored.text, (("", stored.changed),), stored.changed,
            stored.changed, timestamp,
        ),
    )  # fmt: skip


def to_stance(row: NoteRow, collection: str | None) -> Stance:
    """A stored stance as a record."""
    intensity = row.intensity or 0.0
    return Stance(
        row.id, row.name, row.text, collection, round(intensity, 6), intensity >= HARD,
        row.told, row.changed, False,
    )  # fmt: skip
