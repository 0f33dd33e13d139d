"""Manual changes of concepts and learned words, as plain records."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from workbench.store import derived

Record = dict[str, Any]


def concepts(connection: sqlite3.Connection) -> Iterator[Record]:
    """The concepts that the user named, typed or merged, with all of their keys."""
    rows = connection.execute(
        "SELECT id, name, type FROM concept WHERE kept ORDER BY name, type, id"
    ).fetchall()
    for id, name, type in rows:
        keys = connection.execute(
            # Keys of one source mean nothing elsewhere.
            "SELECT key FROM concept_key WHERE concept = ? AND key >= ' ' ORDER BY key",
            (id,),
        ).fetchall()
        if keys:
            yield {"name": name, "type": type, "keys": [key for (key,) in keys]}


def add_concept(connection: sqlite3.Connection, record: Record) -> int | None:
    """Import an edited concept; None if one of its keys exists here."""
    keys = [str(key) for key in record["keys"]]
    existing = connection.execute(
        "SELECT 1 FROM concept_key WHERE key IN (SELECT value FROM json_each(?)) LIMIT 1",
        (json.dumps(keys),),
    ).fetchone()
    if existing is not None or not keys:
        return None
    cursor = connection.execute(
        "INSERT INTO concept(name, type, kept) VALUES (?, ?, 1)",
        (str(record["name"]), int(record["type"])),
    )
    id = int(cursor.lastrowid or 0)
    connection.executemany(
        "INSERT INTO concept_key(key, concept) VALUES (?, ?)", [(key, id) for key in keys]
    )
    return id


def is_same(connection: sqlite3.Connection, record: Record) -> bool:
    """Whether the concept of a record's keys has its name and type here."""
    row = connection.execute(
        "SELECT 1 FROM concept c WHERE c.name = ? AND c.type = ? AND EXISTS (SELECT 1 "
        "FROM concept_key WHERE concept = c.id AND key IN (SELECT value FROM json_each(?)))",
        (str(record["name"]), int(record["type"]), json.dumps(record["keys"])),
    ).fetchone()
    return row is not None


def remove_concepts(connection: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Remove imported concepts; mentioned ones are only no longer kept."""
    parameters = (json.dumps(list(ids)),)
    connection.execute(
        "UPDATE concept SET kept = 0 WHERE mentions > 0 AND id IN (SELECT value FROM json_each(?))",
        parameters,
    )
    connection.execute(
        "DELETE FROM concept WHERE mentions = 0 AND kept = 1 "
        "AND id IN (SELECT value FROM json_each(?))",
        parameters,
    )


def words(connection: sqlite3.Connection) -> Iterator[list[Any]]:
    """The learned words: word, count, vector in hexadecimal."""
    for word, count, vector in sorted(derived.all_words(connection)):
        yield [word, count, vector.hex()]


def add_word(connection: sqlite3.Connection, word: str, count: int, vector: str) -> bool:
    """Import a word unless it exists here."""
    if not isinstance(word, str) or not isinstance(count, int):
        raise TypeError("no word")
    cursor = connection.execute(
        "INSERT OR IGNORE INTO derived(kind, part, stamp, data) VALUES ('word:' || ?, 0, ?, ?)",
        (word, count, bytes.fromhex(vector)),
    )
    return cursor.rowcount > 0


def remove_words(connection: sqlite3.Connection, removed: Sequence[str]) -> None:
    """Remove words."""
    connection.executemany(
        "DELETE FROM derived WHERE kind = 'word:' || ?", [(word,) for word in removed]
    )
