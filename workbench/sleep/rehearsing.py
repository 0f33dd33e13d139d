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
from workbench.store import lessons, sleeping, synapses
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
        held: dict[Pair, list[float]] = {}
        for each in day(night, connection):
            for pair, trace in each.eligible.items():
                held.setdefault(pair, []).append(trace)
        before = synapses.of(connection, held.keys())
    taught = {
        pair: sum(sorted(traces, key=abs)[-_TIMES:]) * _TAUGHT
        for pair, traces in held.items()
        if pair in before
    }
    items = [(*pair, round(_PARTS * by)) for pair, by in sorted(taught.items())]
    done = tuple(night.cursor or ())
    return [item for item in items if item[2] and item > done]


def work(night: Night, connection: sqlite3.Connection, items: Sequence[Item]) -> Tally:
    """Let some of what was planned learn."""
    assert night.run is not None
    after = learned(connection, items)
    changed = sleeping.recorded(
        connection, night.run, "synapse", list(after),
        lambda: synapses.put(connection, after, night.begun),
    )  # fmt: skip
    return {"rehearsed": changed}


def learned(connection: sqlite3.Connection, items: Sequence[Item]) -> dict[Pair, float]:
    """What these links know then; those that are none any more, or learn nothing, are left out."""
    by = {(head, tail): much / _PARTS for head, tail, much in items}
    before = synapses.of(connection, by.keys())
    after = {pair: bounded(delta, by[pair]) for pair, delta in before.items()}
    return {pair: delta for pair, delta in after.items() if delta != before[pair]}


def day(night: Night, connection: sqlite3.Connection) -> list[lessons.EpisodeRow]:
    """The recalls since the last sleep, the oldest first."""
    until: Mapping[int | None, float] = sleeping.slept_until(connection, night.begun, night.run)
    return lessons.episodes(connection, until.get(None, 0.0), night.begun)
