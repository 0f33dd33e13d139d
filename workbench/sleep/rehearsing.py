"""The phase that replays the recalls of the day in the brain; `replay` does so for memories.

A recall leaves traces of the order in which concepts fired; rewarded ones became weights at once.
During sleep all are replayed, as the hippocampus replays the day's episodes (Wilson and McNaughton
1994), at a quarter of the rate of a reward. A link counts its three largest traces, so that asking
a hundred times does not teach a hundred times as much; each recall is replayed once.
"""

import sqlite3
from collections.abc import Mapping, Sequence

from workbench.brain.engine.eligibility import RATE, bounded
from workbench.sleep.night import Night, Tally
from workbench.store import changes, sleeping, synapses
from workbench.store.synapses import Pair

#: Weight change per full trace during sleep, and traces of a link that count.
_TAUGHT, _TIMES = 0.25 * RATE, 3
_PARTS = 1_000_000

#: Head and tail of a link, and its weight change in millionths.
Item = tuple[int, int, int]


def plan(night: Night) -> list[Item]:
    """The links that are to learn, in order; those remaining if a sleep is resumed."""
    # Concepts belong to the whole library.
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
    """Apply a slice of the weight changes."""
    after = foreseen(connection, items)
    synapses.store(connection, after, night.start)
    return {"rehearsed": changes.step(connection)}


def foreseen(connection: sqlite3.Connection, items: Sequence[Item]) -> dict[Pair, float]:
    """The learned weights after the plan; deleted and unchanged links are left out."""
    by = {(head, tail): share / _PARTS for head, tail, share in items}
    deltas = synapses.of(connection, by.keys())
    after = {pair: bounded(delta, by[pair]) for pair, delta in deltas.items()}
    return {pair: delta for pair, delta in after.items() if delta != deltas[pair]}


def day(night: Night, connection: sqlite3.Connection) -> list[synapses.EpisodeRow]:
    """The recalls since the last sleep, the oldest first."""
    slept_until: Mapping[int | None, float] = sleeping.latest_starts(
        connection, night.start, night.run
    )
    return synapses.episodes(connection, slept_until.get(None, 0.0), night.start)
