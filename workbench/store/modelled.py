"""Triples that language models found, beside those of rules.

A reader is a model with one version of its prompt. Another reader begins at the first sentence
again and replaces, sentence by sentence, what the one before it has read.
"""

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple


class ModelRow(NamedTuple):
    """One triple in the words of its sentence; `flags` as of `stated.Claim`."""

    reader: int
    subject: str
    relation: str
    object: str
    flags: int


class ReaderRow(NamedTuple):
    """A reader; see the table."""

    id: int
    model: str
    digest: str
    prompt: int
    made: float
    upto: int
    sentences: int
    triples: int
    refused: int
    unread: int
    empty: int


_READERS = (
    "SELECT id, model, digest, prompt, made, upto, sentences, triples, refused, unread, empty "
    "FROM triple_reader"
)


def readers(connection: sqlite3.Connection) -> list[ReaderRow]:
    """Every reader, the newest first."""
    return [ReaderRow(*row) for row in connection.execute(f"{_READERS} ORDER BY id DESC")]


def begin(
    connection: sqlite3.Connection, model: str, digest: str, prompt: int, now: float
) -> ReaderRow:
    """The reader of this model and prompt, made where there is none yet."""
    connection.execute(
        "INSERT INTO triple_reader(model, digest, prompt, made) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        (model, digest, prompt, now),
    )
    row = connection.execute(
        f"{_READERS} WHERE model = ? AND digest = ? AND prompt = ?", (model, digest, prompt)
    ).fetchone()
    return ReaderRow(*row)


def of(connection: sqlite3.Connection, engrams: Collection[int]) -> dict[int, list[ModelRow]]:
    """What was read in these engrams, in its order."""
    results: dict[int, list[ModelRow]] = {}
    for engram, *row in connection.execute(
        "SELECT engram, reader, subject, relation, object, flags FROM model_triple "
        "WHERE engram IN (SELECT value FROM json_each(?)) ORDER BY engram, number",
        (json.dumps(list(engrams)),),
    ):
        results.setdefault(engram, []).append(ModelRow(*row))
    return results


def store(
    connection: sqlite3.Connection,
    reader: ReaderRow,
    upto: int,
    triples: Mapping[int, Sequence[ModelRow]],
    counts: tuple[int, int, int, int],
) -> bool:
    """Store what a reader has read in engrams, instead of what was read before.

    `counts` are the sentences read, triples refused, sentences for which there was no answer, and
    long texts without a triple. False where somebody else has read on from `reader.upto` meanwhile.
    """
    sentences, rejected, unread, empty = counts
    total = sum(map(len, triples.values()))
    updated = connection.execute(
        "UPDATE triple_reader SET upto = ?, sentences = sentences + ?, triples = triples + ?, "
        "refused = refused + ?, unread = unread + ?, empty = empty + ? WHERE id = ? AND upto = ?",
        (upto, sentences, total, rejected, unread, empty, reader.id, reader.upto),
    ).rowcount
    if not updated:
        return False
    connection.execute(
        "DELETE FROM model_triple WHERE engram IN (SELECT value FROM json_each(?))",
        (json.dumps(list(triples)),),
    )
    connection.executemany(
        "INSERT INTO model_triple(engram, number, reader, subject, relation, object, flags) "
        "SELECT id, ?, ?, ?, ?, ?, ? FROM engram WHERE id = ?",
        [
            (number, row.reader, row.subject, row.relation, row.object, row.flags, engram)
            for engram, rows in triples.items()
            for number, row in enumerate(rows)
        ],
    )
    return True
