"""Key–value facts about the library itself: its id, its age, whether the queue is paused."""

import json
import sqlite3
from typing import Any

LIBRARY_ID = "library_id"
#: How often engrams were removed: an index that has seen another number looks what it holds too
#: much.
REMOVALS = "removals"
#: How often sources got statements, or went to the trash or came back: with `REMOVALS` all that
#: changes which statements count.
SOURCE_CHANGES = "held"
#: How often facts were given to another scope.
FACT_MOVES = "fact_moves"
#: The last engram whose concepts are linked.
LINKED = "linked"
#: The last engram from which triples are drawn, and by which version of the rules.
EXTRACTED = "drawn"
EXTRACTOR = "extractor"
#: How often concepts went, or keys were given to another one.
CONCEPT_MOVES = "concept_moves"
#: How often associations came, went, or were recounted.
GRAPH_MOVES = "graph_moves"
#: How often memories were linked by use, or their links went.
LINK_MOVES = "link_moves"
#: How often what the brain has beside associations has changed: synapses and verdicts.
TAUGHT = "taught"
#: The settings of reflex recall that are not the usual ones, as JSON.
BRAIN_CONFIG = "brain_config"
#: Before the path of a watched folder: its collection or null, since when, and what is wrong with
#: it, a JSON list; what was offered of it, a JSON object of [size, mtime] by path.
WATCHED, OFFERED = "watched:", "offered:"
#: Before the name of a lease: who holds it and until when, a JSON list; renewed while that lives.
LEASE = "lease:"
#: The facts that were in mind last, a few of each scope: a JSON object of when, by the engram.
IN_MIND = "in_mind"
#: The language models that have read triples, oldest first, as `modelled.ReaderRow`.
READERS = "readers"
#: Before the number of an embedding model: what `vectors.SpaceRow` has of it, a JSON list; and
#: the last such number.
SPACE, SPACES = "space:", "spaces"
#: Before the number of a lock of the vault: its scope, salt in hexadecimal, cost (n, r, p), and how
#: often anything was written behind it, a JSON list; and the last such number.
LOCK, LOCKS = "lock:", "locks"
#: Before the number of two names that may be one: what `aliases.AliasRow` has of them, a JSON list;
#: and the last such number.
ALIAS, ALIASES = "alias:", "aliases"
#: Before a scope in small letters: what is asked in it after what, `question_pairs.FollowUpRow`s.
FOLLOWED = "followed:"
#: There where no embedding model is to read the library.
EMBEDDINGS_OFF = "embeddings_off"

Value = str | int | float | bytes


def get(connection: sqlite3.Connection, key: str) -> Value | None:
    """The value stored under `key`, or None."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return None if row is None else row[0]


def put(connection: sqlite3.Connection, key: str, value: Value) -> None:
    """Store `value` under `key`."""
    connection.execute(
        "INSERT INTO meta(key, value) VALUES (?, ?) "
        "ON CONFLICT(key) DO UPDATE SET value = excluded.value",
        (key, value),
    )


def load(connection: sqlite3.Connection, key: str) -> Any:
    """The JSON value stored under `key`, or None."""
    return json.loads(str(get(connection, key) or "null"))


def dump(connection: sqlite3.Connection, key: str, value: Any) -> None:
    """Store a JSON value under `key`; an empty one is forgotten."""
    if value:
        put(connection, key, json.dumps(value))
    else:
        remove(connection, key)


def statement_version(connection: sqlite3.Connection) -> tuple[int, int]:
    """Two numbers that change, one of them at least, when other statements count than before."""
    rows = dict(
        connection.execute(
            "SELECT key, value FROM meta WHERE key IN (?, ?)", (SOURCE_CHANGES, REMOVALS)
        )
    )
    return int(rows.get(SOURCE_CHANGES, 0)), int(rows.get(REMOVALS, 0))


def remove(connection: sqlite3.Connection, key: str) -> None:
    """Forget `key`."""
    connection.execute("DELETE FROM meta WHERE key = ?", (key,))


def count(connection: sqlite3.Connection, key: str) -> int:
    """Add one to the number under `key`; one that is not there is 0. Returns what it is now."""
    connection.execute(
        "INSERT INTO meta(key, value) VALUES (?, 1) "
        "ON CONFLICT(key) DO UPDATE SET value = value + 1",
        (key,),
    )
    return int(get(connection, key) or 0)


def numbered(connection: sqlite3.Connection, prefix: str) -> dict[int, Any]:
    """The JSON values whose keys are this, with a number behind it, by that number."""
    rows = connection.execute(
        "SELECT substr(key, ?), value FROM meta WHERE key GLOB ? || '*'", (len(prefix) + 1, prefix)
    )
    return {int(number): json.loads(value) for number, value in rows}
