"""Variables: exact text under a key; a new value replaces the former.

Keys are compared as a whole and with case, so that `port`, `Port` and `port backup` are three.
"""

import re
import sqlite3

from workbench.errors import UsageError
from workbench.memory.notes import texts
from workbench.memory.notes.records import Variable
from workbench.store import notes as rows
from workbench.store.notes import NewNote, NoteRow

KIND = "variable"
_ASSIGNMENT = re.compile(r"\s*(.+?)(?:\s+is\s+|\s*=\s*|\s*:\s+)(.*)", re.DOTALL)


def parse(text: str) -> tuple[str, str]:
    """Key and value of “KEY is VALUE”, “KEY = VALUE” or “KEY: VALUE”. Raises `UsageError`."""
    match = _ASSIGNMENT.fullmatch(text)
    if match is None or not match[2].strip():
        raise UsageError("A variable needs a key and a value.", "Write it as “KEY is VALUE”.")
    return match[1], match[2]


def key_of(key: str) -> str:
    """The normalised key. Raises `UsageError` for one that cannot be typed again."""
    return texts.name(key, "key")


def new(key: str, value: str) -> NewNote:
    """A variable to store. Raises `UsageError`."""
    name = key_of(key)
    return NewNote(KIND, name, name, texts.content(value, "value"))


def write(
    connection: sqlite3.Connection, scope: int, note: NewNote, timestamp: float
) -> tuple[int, bool]:
    """Set a variable in a transaction: its id, and whether the key was new."""
    stored = rows.by_key(connection, scope, KIND, note.key)
    if stored is None:
        return rows.add(connection, scope, note, timestamp), True
    if stored.text != note.text:
        rows.change(connection, stored.id, note, timestamp)
    return stored.id, False


def to_variable(row: NoteRow, collection: str | None) -> Variable:
    """A stored variable as a record."""
    return Variable(row.id, row.name, row.text, collection, row.changed)
