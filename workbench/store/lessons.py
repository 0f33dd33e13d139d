"""The tables of recalls and lessons: eligible links, and what a reward changed."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.store.synapses import Pair

#: Recalls and lessons that are kept, the newest.
EPISODES, LESSONS = 512, 256
#: Recalls of the same cue within so many seconds are one: an answer that is watched again.
_ONE = 600.0


@dataclass(frozen=True, slots=True)
class EpisodeRow:
    """One recall, `at` seconds since the epoch: what was fired, and what it left eligible."""

    id: int
    at: float
    cue: tuple[int, ...]
    eligible: Mapping[Pair, float]


@dataclass(frozen=True, slots=True)
class LessonRow:
    """What a reward has changed: by how much each link, and why."""

    id: int
    at: float
    why: str
    about: str
    record: tuple[tuple[int, int, float], ...]


def add_episode(
    connection: sqlite3.Connection, at: float, cue: Sequence[int], eligible: Mapping[Pair, float]
) -> None:
    """Keep a recall; one of the same cue that is not long ago is replaced."""
    fired = json.dumps(list(cue))
    connection.execute("DELETE FROM episode WHERE cue = ? AND at > ?", (fired, at - _ONE))
    record = [[head, tail, round(1000 * much)] for (head, tail), much in eligible.items()]
    connection.execute(
        "INSERT INTO episode(at, cue, eligible) VALUES (?, ?, ?)",
        (at, fired, json.dumps(record, separators=(",", ":"))),
    )
    connection.execute(
        "DELETE FROM episode WHERE id <= "
        "(SELECT id FROM episode ORDER BY id DESC LIMIT 1 OFFSET ?)",
        (EPISODES,),
    )


def episodes(connection: sqlite3.Connection, after: float, until: float) -> list[EpisodeRow]:
    """The recalls after a moment and up to another, the oldest first."""
    rows = connection.execute(
        "SELECT id, at, cue, eligible FROM episode WHERE at > ? AND at <= ? ORDER BY id",
        (after, until),
    )
    return [
        EpisodeRow(
            id, at, tuple(json.loads(cue)),
            {(head, tail): much / 1000 for head, tail, much in json.loads(eligible)},
        )
        for id, at, cue, eligible in rows
    ]  # fmt: skip


def forget_episodes(connection: sqlite3.Connection) -> None:
    """Forget all recalls."""
    connection.execute("DELETE FROM episode")


def add(
    connection: sqlite3.Connection, at: float, why: str, about: str, changed: Mapping[Pair, float]
) -> None:
    """Keep what a reward has changed, by how much each link."""
    record = [[head, tail, much] for (head, tail), much in sorted(changed.items())]
    connection.execute(
        "INSERT INTO lesson(at, why, about, record) VALUES (?, ?, ?, ?)",
        (at, why, about, json.dumps(record)),
    )
    connection.execute(
        "DELETE FROM lesson WHERE id <= (SELECT id FROM lesson ORDER BY id DESC LIMIT 1 OFFSET ?)",
        (LESSONS,),
    )


def latest(connection: sqlite3.Connection, limit: int, id: int | None = None) -> list[LessonRow]:
    """The last lessons, the newest first, or that of this number."""
    query = f"{_LESSON} WHERE id = coalesce(?, id) ORDER BY id DESC LIMIT ?"
    return _rows(connection.execute(query, (id, limit)).fetchall())


def about(connection: sqlite3.Connection, edge: str) -> list[LessonRow]:
    """What a verdict on an edge has taught, the newest first."""
    return _rows(
        connection.execute(f"{_LESSON} WHERE about = ? ORDER BY id DESC", (edge,)).fetchall()
    )


def forget(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Forget lessons."""
    connection.executemany("DELETE FROM lesson WHERE id = ?", [(id,) for id in ids])


def forget_all(connection: sqlite3.Connection) -> None:
    """Forget every lesson."""
    connection.execute("DELETE FROM lesson")


_LESSON = "SELECT id, at, why, about, record FROM lesson"


def _rows(rows: Sequence[tuple[int, float, str, str, str]]) -> list[LessonRow]:
    return [
        LessonRow(
            id, at, reason, edge,
            tuple((int(head), int(tail), float(much)) for head, tail, much in json.loads(record)),
        )
        for id, at, reason, edge, record in rows
    ]  # fmt: skip
