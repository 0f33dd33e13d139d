"""The table of learned synapses: bounded changes of links between concepts; lessons; conduction.

A row belongs to a pair of associated concepts, and is deleted with their last association. Bounds
and learning are defined in `brain.eligibility`.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from workbench.store import changes, fiber_records, meta, verdicts
from workbench.store.changes import Change, Row
from workbench.store.edges import Ends
from workbench.store.queries import execute, select_number, select_one

#: Head and tail of a link between concepts.
Pair = tuple[int, int]
#: Maximum of rows; the oldest and weakest are dropped.
ROOM = 50_000


def version(connection: sqlite3.Connection) -> int:
    """A counter that changes with learning, unlearning and verdicts."""
    return meta.number(connection, meta.TAUGHT)


def load(connection: sqlite3.Connection) -> dict[Pair, float]:
    """All learned changes, by head and tail."""
    rows = connection.execute("SELECT head, tail, delta FROM synapse ORDER BY head, tail")
    return _deltas(rows)


def _deltas(rows: Iterable[tuple[int, int, float]]) -> dict[Pair, float]:
    return {(int(head), int(tail)): float(delta) for head, tail, delta in rows}


def of(connection: sqlite3.Connection, pairs: Collection[Pair]) -> dict[Pair, float]:
    """The learned changes of links, 0 by default, without pairs that have no association.

    An association makes links in both directions.
    """
    rows = execute(
        connection,
        "SELECT p.h, p.t, coalesce(s.delta, 0.0) FROM "
        "(SELECT value ->> 0 AS h, value ->> 1 AS t FROM json_each(?)) p "
        "LEFT JOIN synapse s ON s.head = p.h AND s.tail = p.t "
        "WHERE EXISTS (SELECT 1 FROM association a WHERE a.head = p.h AND a.tail = p.t) "
        "OR EXISTS (SELECT 1 FROM association a WHERE a.head = p.t AND a.tail = p.h)",
        sorted(pairs),
    )
    return _deltas(rows)


def leaving(connection: sqlite3.Connection, heads: Iterable[int]) -> dict[Pair, float]:
    """The learned changes of links that start at these concepts."""
    rows = execute(
        connection,
        "SELECT head, tail, delta FROM synapse WHERE head IN (SELECT value FROM json_each(?)) "
        "ORDER BY head, tail",
        sorted(heads),
    )
    return _deltas(rows)


def store(connection: sqlite3.Connection, deltas: Mapping[Pair, float], now: float) -> None:
    """Store learned changes; 0 deletes a row."""
    _drop_zeros(connection, deltas)
    connection.executemany(
        "INSERT INTO synapse(head, tail, delta, times, used) VALUES (?, ?, ?, 1, ?) "
        "ON CONFLICT DO UPDATE SET delta = excluded.delta, times = times + 1, "
        "used = excluded.used",
        [(*pair, delta, now) for pair, delta in sorted(deltas.items()) if delta != 0],
    )
    number = count(connection)
    if number > ROOM:
        connection.execute(
            "DELETE FROM synapse WHERE (head, tail) IN "
            "(SELECT head, tail FROM synapse ORDER BY abs(delta), used LIMIT ?)",
            (number - ROOM,),
        )


def scale(connection: sqlite3.Connection, deltas: Mapping[Pair, float]) -> None:
    """Rescale learned changes, without counting a use; 0 deletes a row."""
    connection.executemany(
        "UPDATE synapse SET delta = ? WHERE head = ? AND tail = ?",
        [(delta, *pair) for pair, delta in sorted(deltas.items()) if delta != 0],
    )
    _drop_zeros(connection, deltas)


def _drop_zeros(connection: sqlite3.Connection, deltas: Mapping[Pair, float]) -> None:
    connection.executemany(
        "DELETE FROM synapse WHERE head = ? AND tail = ?",
        [pair for pair, delta in sorted(deltas.items()) if delta == 0],
    )
    meta.count(connection, meta.TAUGHT)


def count(connection: sqlite3.Connection) -> int:
    """The number of learned changes."""
    return select_number(connection, "SELECT count(*) FROM synapse")


#: Maximum of stored recalls.
EPISODES = 512
#: Seconds within which recalls of the same cue count as one, such as an answer shown again.
_FULL_WEIGHT = 600.0


@dataclass(frozen=True, slots=True)
class EpisodeRow:
    """A recall: the fired cue, and the eligibility of links."""

    cue: tuple[int, ...]
    eligible: Mapping[Pair, float]


@dataclass(frozen=True, slots=True)
class LessonRow:
    """The changes of links by a reward, and its reason."""

    id: int
    at: float
    why: str
    record: tuple[tuple[int, int, float], ...]


def add_episode(
    connection: sqlite3.Connection, at: float, cue: Sequence[int], eligible: Mapping[Pair, float]
) -> None:
    """Store a recall; a recent one of the same cue is replaced."""
    fired = json.dumps(list(cue))
    connection.execute(
        "DELETE FROM derived WHERE kind = 'recall' AND stamp = ? AND part > ?",
        (fired, int(1e6 * (at - _FULL_WEIGHT))),
    )
    record = [[head, tail, round(1000 * weight)] for (head, tail), weight in eligible.items()]
    connection.execute(
        "INSERT OR REPLACE INTO derived(kind, part, stamp, data) VALUES ('recall', ?, ?, ?)",
        (int(1e6 * at), fired, json.dumps(record, separators=(",", ":")).encode()),
    )
    connection.execute(
        "DELETE FROM derived WHERE kind = 'recall' AND part <= (SELECT part FROM derived "
        "WHERE kind = 'recall' ORDER BY part DESC LIMIT 1 OFFSET ?)",
        (EPISODES,),
    )


def episodes(connection: sqlite3.Connection, after: float, until: float) -> list[EpisodeRow]:
    """The recalls in (after, until], oldest first."""
    rows = connection.execute(
        "SELECT stamp, data FROM derived WHERE kind = 'recall' AND part > ? AND part <= ? "
        "ORDER BY part",
        (int(1e6 * after), int(1e6 * until)),
    )
    return [
        EpisodeRow(
            tuple(json.loads(cue)),
            {(head, tail): weight / 1000 for head, tail, weight in json.loads(eligible)},
        )
        for cue, eligible in rows
    ]  # fmt: skip


def forget_episodes(connection: sqlite3.Connection) -> None:
    """Delete all recalls."""
    connection.execute("DELETE FROM derived WHERE kind = 'recall'")


#: The kind of a lesson among the changes; its `why` is the reason for the reward.
LESSON = "lesson"


def latest_lessons(connection: sqlite3.Connection, limit: int) -> list[LessonRow]:
    """The latest lessons that were not undone, newest first."""
    test = "kind = ? AND state = 'done'"
    return _rows(connection, changes.changes(connection, test, LESSON, limit=limit))


def lessons_of_edge(connection: sqlite3.Connection, edge: str) -> list[LessonRow]:
    """The lessons of a verdict on an edge, newest first."""
    test = "kind = ? AND state = 'done' AND report ->> '$.about' = ?"
    return _rows(connection, changes.changes(connection, test, LESSON, edge))


def forget_lessons(connection: sqlite3.Connection) -> None:
    """Delete all lessons."""
    connection.execute("DELETE FROM change WHERE kind = ?", (LESSON,))


def _rows(connection: sqlite3.Connection, lessons: Sequence[Change]) -> list[LessonRow]:
    return [
        LessonRow(
            row.id, row.begun, row.why,
            tuple(
                (head, tail, _delta(after) - _delta(before))
                for (head, tail), before, after in changes.items(connection, row.id, "synapse")
            ),
        )
        for row in lessons
    ]  # fmt: skip


def _delta(row: Row | None) -> float:
    return 0.0 if row is None else float(row["delta"])


class ConductionPath(NamedTuple):
    """The pathway of an engram for spreading activation; see `graph.FiberRow`.

    `ties` are (position, type, position). A tuple, as hundreds are read for one question.
    """

    engram: int
    place: int
    at: float
    concepts: tuple[int, ...]
    ties: tuple[tuple[int, int, int], ...]
    conductivity: float | None
    salience: float | None
    frequency: int | None
    conducted: float | None


def conduction_paths(
    connection: sqlite3.Connection, engrams: Collection[int]
) -> list[ConductionPath]:
    """The pathways of engrams that have one, without damaged ones and rejected ties."""
    results: list[ConductionPath] = []
    wrong = verdicts.rejected(connection)
    rows = execute(
        connection,
        "SELECT engram, place, at, conductivity, salience, frequency, conducted, record "
        "FROM fiber WHERE engram IN (SELECT value FROM json_each(?))",
        engrams,
    )
    for engram, place, at, *remainder, pathway in fiber_records.intact(rows):
        concepts = pathway.concepts
        ties: tuple[tuple[int, int, int], ...] = pathway.ties
        if wrong:
            ties = _right(concepts, ties, wrong)
        results.append(ConductionPath(engram, place, at, concepts, ties, *remainder))
    return results


def _right(
    concepts: tuple[int, ...], ties: tuple[tuple[int, int, int], ...], wrong: Collection[Ends]
) -> tuple[tuple[int, int, int], ...]:
    """The ties that are not rejected."""
    return tuple(
        (head, type, tail)
        for head, type, tail in ties
        if verdicts.in_order(concepts[head], type, concepts[tail]) not in wrong
    )


def conduct(
    connection: sqlite3.Connection, used: Mapping[int, tuple[int, float]], step: float
) -> None:
    """Count uses of fibers: (times, last use); each adds `step` to conductivity, up to 1."""
    connection.executemany(
        "UPDATE fiber SET conductivity = min(1.0, coalesce(conductivity, 1.0) + ?4 * ?2), "
        "frequency = coalesce(frequency, 0) + ?2, "
        "conducted = max(coalesce(conducted, 0.0), ?3) WHERE engram = ?1",
        [(engram, *use, step) for engram, use in sorted(used.items())],
    )


def weigh_better(connection: sqlite3.Connection, engrams: Iterable[int], step: float) -> None:
    """Add `step` to the conductivity of fibers below 1."""
    execute(
        connection,
        "UPDATE fiber SET conductivity = min(1.0, conductivity + ?) WHERE conductivity < 1 "
        "AND engram IN (SELECT value FROM json_each(?))",
        step,
        engrams,
    )


def reinforcement(
    connection: sqlite3.Connection, ends: Collection[tuple[int, int, int]]
) -> dict[tuple[int, int, int], tuple[float, int, float | None]]:
    """Reinforcement of existing associations: (weight, times, last use)."""
    query = (
        "SELECT learned, reinforced, used FROM association WHERE head = ? AND type = ? AND tail = ?"
    )
    rows = {each: select_one(connection, query, *each) for each in ends}
    return {each: row for each, row in rows.items() if row is not None}


def learn(
    connection: sqlite3.Connection,
    rows: Iterable[tuple[tuple[int, int, int], tuple[float, int, float]]],
) -> None:
    """Store the reinforcement of existing associations."""
    connection.executemany(
        "UPDATE association SET learned = ?, reinforced = ?, used = ? "
        "WHERE head = ? AND type = ? AND tail = ?",
        [(*after, *ends) for ends, after in rows],
    )
