"""Recalls with their eligibility traces, and lessons: changes of links by rewards."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.store import changes
from workbench.store.changes import Change, Row
from workbench.store.synapses import Pair

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
KIND = "lesson"


def latest(connection: sqlite3.Connection, limit: int, id: int | None = None) -> list[LessonRow]:
    """The latest lessons that were not undone, newest first; optionally by id."""
    test = "kind = ? AND state = 'done' AND id = coalesce(?, id)"
    return _rows(connection, changes.changes(connection, test, KIND, id, limit=limit))


def of_edge(connection: sqlite3.Connection, edge: str) -> list[LessonRow]:
    """The lessons of a verdict on an edge, newest first."""
    test = "kind = ? AND state = 'done' AND report ->> '$.about' = ?"
    return _rows(connection, changes.changes(connection, test, KIND, edge))


def forget_all(connection: sqlite3.Connection) -> None:
    """Delete all lessons."""
    connection.execute("DELETE FROM change WHERE kind = ?", (KIND,))


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
