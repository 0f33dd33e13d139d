"""Triples found by language models, beside those of rules; and effects of later statements.

A reader is a model with one version of its prompt. A new reader starts at the first sentence, and
replaces the results of the previous one sentence by sentence. Effects of later statements on
earlier ones are judged anew when the model is another one: `derived` has one row a pair whose
effect is likely enough, and how far the statements were judged.
"""

import operator
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from workbench.store import meta
from workbench.store.queries import json_list


class ModelRow(NamedTuple):
    """A triple in the words of its sentence; `flags` as in `stated.Claim`."""

    reader: int
    subject: str
    relation: str
    object: str
    flags: int


class ReaderRow(NamedTuple):
    """A reader: a language model with one version of its prompt, and its start.

    `upto` is the last engram read; the rest counts sentences, triples, and failures.
    """

    id: int
    model: str
    digest: str
    prompt: int
    made: float
    upto: int = 0
    sentences: int = 0
    triples: int = 0
    refused: int = 0
    unread: int = 0
    empty: int = 0


def readers(connection: sqlite3.Connection) -> list[ReaderRow]:
    """All readers, newest first."""
    return [ReaderRow(*row) for row in reversed(meta.load(connection, meta.READERS) or [])]


def begin(
    connection: sqlite3.Connection, model: str, digest: str, prompt: int, now: float
) -> ReaderRow:
    """The reader of a model and prompt, created if need be."""
    rows = readers(connection)
    for row in rows:
        if row[1:4] == (model, digest, prompt):
            return row
    reader = ReaderRow(rows[0].id + 1 if rows else 1, model, digest, prompt, now)
    meta.dump(connection, meta.READERS, [*rows[::-1], reader])
    return reader


def of(connection: sqlite3.Connection, engrams: Collection[int]) -> dict[int, list[ModelRow]]:
    """The triples of these engrams, in order."""
    results: dict[int, list[ModelRow]] = {}
    for engram, *row in connection.execute(
        "SELECT engram, reader, subject, relation, object, flags FROM model_triple "
        "WHERE engram IN (SELECT value FROM json_each(?)) ORDER BY engram, number",
        (json_list(engrams),),
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
    """Replace the triples of engrams by those of a reader.

    `counts` are the sentences read, triples refused, sentences without an answer, and long texts
    without a triple. False if another process has read on from `reader.upto`.
    """
    rows = readers(connection)[::-1]
    if reader not in rows:
        return False
    more = counts[0], sum(map(len, triples.values())), *counts[1:]
    counted = ReaderRow(*reader[:5], upto, *map(operator.add, reader[6:], more))
    meta.dump(connection, meta.READERS, [counted if row == reader else row for row in rows])
    connection.execute(
        "DELETE FROM model_triple WHERE engram IN (SELECT value FROM json_each(?))",
        (json_list(triples),),
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


#: The row with the model and the last judged fact.
_UPTO = "revision:upto"


class RevisionRow(NamedTuple):
    """The probabilities, 0 to 1, that `newer` ends `older`, or replaces its value."""

    older: int
    newer: int
    ends: float
    replaces: float


def judged_upto(connection: sqlite3.Connection) -> tuple[str, int]:
    """The model, and the last fact that it judged; ("", 0) for none."""
    row = connection.execute(
        "SELECT stamp, part FROM derived WHERE kind = ? ORDER BY part DESC LIMIT 1", (_UPTO,)
    ).fetchone()
    return ("", 0) if row is None else (str(row[0]), int(row[1]))


def store_revisions(
    connection: sqlite3.Connection, model: str, rows: Iterable[RevisionRow], upto: int
) -> None:
    """Store judged pairs, and `upto` as the last judged fact; those of another model go."""
    if judged_upto(connection)[0] != model:
        connection.execute("DELETE FROM derived WHERE kind GLOB 'revision:*'")
    connection.executemany(
        "INSERT OR REPLACE INTO derived(kind, part, stamp, data) VALUES (?, ?, ?, X'')",
        (
            (f"revision:{row.older}", row.newer, f"{row.ends:.3f} {row.replaces:.3f}")
            for row in rows
        ),
    )
    connection.execute("DELETE FROM derived WHERE kind = ?", (_UPTO,))
    connection.execute("INSERT INTO derived VALUES (?, ?, ?, X'')", (_UPTO, upto, model))


def revisions_of(connection: sqlite3.Connection, older: Iterable[int]) -> list[RevisionRow]:
    """The judged effects on some facts, by the newer one."""
    found = []
    for id in older:
        rows = connection.execute(
            "SELECT part, stamp FROM derived WHERE kind = ? ORDER BY part", (f"revision:{id}",)
        )
        for newer, stamp in rows:
            ends, _, replaces = stamp.partition(" ")
            found.append(RevisionRow(id, newer, float(ends), float(replaces)))
    return found


def revision_of_pair(connection: sqlite3.Connection, a: int, b: int) -> RevisionRow | None:
    """The judged effect of one of two facts on the other."""
    return next((row for row in revisions_of(connection, (a, b)) if row.newer in (a, b)), None)
