"""Key–value metadata of the library: its id, its counters, its settings."""

import json
import sqlite3
from typing import Any

from workbench.store.queries import select_value

LIBRARY_ID = "library_id"
#: Number of removals of engrams, by which an index detects stale entries.
REMOVALS = "removals"
#: Number of changes of a source's statements or its trashing; with `REMOVALS` the version of all
#: active statements.
SOURCE_CHANGES = "held"
#: Number of moves of facts between scopes.
FACT_MOVES = "fact_moves"
#: The last engram whose concepts are linked.
LINKED = "linked"
#: The last engram with extracted triples, and the version of the rules.
EXTRACTED = "drawn"
EXTRACTOR = "extractor"
#: Number of removals of concepts and reassignments of keys.
CONCEPT_MOVES = "concept_moves"
#: Number of changes of associations.
GRAPH_MOVES = "graph_moves"
#: Number of changes of learned links.
LINK_MOVES = "link_moves"
#: Number of changes of synapses and verdicts.
TAUGHT = "taught"
#: Settings of reflex recall that differ from the defaults, as JSON.
BRAIN_CONFIG = "brain_config"
#: Prefixes of the path of a watched folder: its collection or null, start, and problem, a JSON
#: list; its known files, a JSON object of [size, mtime] by path.
WATCHED, OFFERED = "watched:", "offered:"
#: Prefix of the name of a lease: its holder and expiry, a JSON list.
LEASE = "lease:"
#: Working memory: the last recalled facts of each scope, a JSON object of times by engram.
IN_MIND = "in_mind"
#: Language models that have read triples, oldest first, as `modelled.ReaderRow`.
READERS = "readers"
#: Prefix of the id of an embedding model's `vectors.SpaceRow`, a JSON list; and the last id.
SPACE, SPACES = "space:", "spaces"
#: Prefix of the id of a vault's lock: its scope, salt in hexadecimal, cost (n, r, p), and number of
#: writes, a JSON list; and the last id.
LOCK, LOCKS = "lock:", "locks"
#: Prefix of the id of an `concept_changes.AliasRow`, a JSON list; and the last id.
ALIAS, ALIASES = "alias:", "aliases"
#: Prefix of a lower-case scope: its `questions.FollowUpRow`s.
FOLLOWED = "followed:"
#: Exists if no text of the library may be sent to another computer (`sending`).
SENDING = "sending"
#: Exists if no embedding model may read the library.
EMBEDDINGS_OFF = "embeddings_off"

Value = str | int | float | bytes


def get(connection: sqlite3.Connection, key: str) -> Value | None:
    """The value of a key, or None."""
    return select_value(connection, "SELECT value FROM meta WHERE key = ?", key)


def number(connection: sqlite3.Connection, key: str) -> int:
    """The integer that a key has, 0 where it has none."""
    return int(get(connection, key) or 0)


def put(connection: sqlite3.Connection, key: str, value: Value) -> None:
    """Set the value of a key."""
    connection.execute(
        "INSERT INTO meta(key, value) VALUES (?, ?) "
        "ON CONFLICT(key) DO UPDATE SET value = excluded.value",
        (key, value),
    )


def load(connection: sqlite3.Connection, key: str) -> Any:
    """The JSON value of a key, or None."""
    return json.loads(str(get(connection, key) or "null"))


def dump(connection: sqlite3.Connection, key: str, value: Any) -> None:
    """Set the JSON value of a key; an empty one removes it."""
    if value:
        put(connection, key, json.dumps(value))
    else:
        remove(connection, key)


def statement_version(connection: sqlite3.Connection) -> tuple[int, int]:
    """A version of the active statements, as two counters."""
    rows = dict(
        connection.execute(
            "SELECT key, value FROM meta WHERE key IN (?, ?)", (SOURCE_CHANGES, REMOVALS)
        )
    )
    return int(rows.get(SOURCE_CHANGES, 0)), int(rows.get(REMOVALS, 0))


def remove(connection: sqlite3.Connection, key: str) -> None:
    """Remove a key."""
    connection.execute("DELETE FROM meta WHERE key = ?", (key,))


def count(connection: sqlite3.Connection, key: str) -> int:
    """Increment the number of a key, 0 by default; returns the new one."""
    connection.execute(
        "INSERT INTO meta(key, value) VALUES (?, 1) "
        "ON CONFLICT(key) DO UPDATE SET value = value + 1",
        (key,),
    )
    return int(get(connection, key) or 0)


def numbered(connection: sqlite3.Connection, prefix: str) -> dict[int, Any]:
    """The JSON values of keys with a prefix and a number, by number."""
    rows = connection.execute(
        "SELECT substr(key, ?), value FROM meta WHERE key GLOB ? || '*'", (len(prefix) + 1, prefix)
    )
    return {int(number): json.loads(value) for number, value in rows}


_FAILURES = "failed_work"


def failures(connection: sqlite3.Connection) -> dict[str, str]:
    """Failure messages by the name of the work."""
    return dict(load(connection, _FAILURES) or {})


def note_failure(connection: sqlite3.Connection, name: str, sentence: str) -> None:
    """Store the failure message of a kind of work; "" after success."""
    rows = failures(connection)
    rows.pop(name, None)
    if sentence:
        rows[name] = sentence
    dump(connection, _FAILURES, rows)
