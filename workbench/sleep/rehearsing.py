"""The phase that replays the recalls of the day in the brain; `replay` is that of memories.

A recall leaves traces of which concepts fired before which; those that somebody rewarded became
weights at once. Asleep all of them are replayed, as the hippocampus does with the day's episodes
(Wilson and McNaughton 1994), with a quarter of what a reward teaches. A
link counts with its three largest traces, so that what was asked a hundred times is not known a
hundred times better; each recall is replayed once, in the next sleep.
"""

import sqlite3
from collections.abc import Mapping, Sequence

from workbench.brain.engine.eligibility import RATE, bounded
from workbench.sleep.night import Night, Tally
from workbench.store import changes, lessons, sleeping, synapses
from workbench.store.synapses import Pair

#: What a full trace teaches asleep, and how many traces of a link count.
_TAUGHT, _TIMES = 0.25 * RATE, 3
_PARTS = 1_000_000

#: Head and tail of a link, and what it is to learn, in millionths.
Item = tuple[int, int, int]


def plan(night: Night) -> list[Item]:
    """The links that are to learn, in order; of a sleep that goes on those that are left."""
    # Concepts are of the whole library.
    if night.scope is not None or not night.strengths.learns():
        return []
    with night.store.read() as connection:
        traces_by_pair: dict[Pair, list[float]] = {}
        for episode in day(night, connection):
            for pair, trace in episode.eligible.items():
                traces_by_pair.setdefault(pair, []).append(trace)
        deltas = synapses.of(connection, traces_by_pair.keys())
    taught = {
        pair: sum(sorted(traces, key=abs)[-_TIMES:]) * _TAUGHT
        for pair, traces in traces_by_pair.items()
        if pair in deltas
    }
    items = [(*pair, round(_PARTS * by)) for pair, by in sorted(taught.items())]
    cursor = tuple(night.cursor or ())
    return [item for item in items if item[2] and item > cursor]


def work(night: Night, connection: sqlite3.Connection, items: Sequence[Item]) -> Tally:
    """Let some of what was planned learn."""
    after = foreseen(connection, items)
    synapses.store(connection, after, night.start)
    return {"rehearsed": changes.step(connection)}


def foreseen(connection: sqlite3.Connection, items: Sequence[Item]) -> dict[Pair, float]:
    """What these links know then; those that are none any more, or learn nothing, are left out."""
    by = {(head, tail): share / _PARTS for head, tail, share in items}
    deltas = synapses.of(connection, by.keys())
    after = {pair: bounded(delta, by[pair]) for pair, delta in deltas.items()}
    return {pair: delta for pair, delta in after.items() if delta != deltas[pair]}


def day(night: Night, connection: sqlite3.Connection) -> list[lessons.EpisodeRow]:
    """The recalls since the last sleep, the oldest first."""
    slept_until: Mapping[int | None, float] = sleeping.latest_starts(
        connection, night.start, night.run
    )
    return lessons.episodes(connection, slept_until.get(None, 0.0), night.start)
