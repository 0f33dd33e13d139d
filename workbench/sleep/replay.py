"""The phase that strengthens links between memories used together since the last sleep.

As in the sleeping hippocampus what was active is gone through again (Wilson and McNaughton 1994):
 memories of a scope that were used within ten minutes of one another are linked by
Hebb's rule, which saturates; fibers that conducted badly conduct a little better; and what came to
mind stays in mind. No strength grows by it, and each use is replayed once: sleeping more often
makes nothing stronger.
"""

import sqlite3
from collections.abc import Sequence
from itertools import groupby

from workbench.memory.plasticity import HOUR, bind, fade, hours_left
from workbench.memory.reflex.fibers import CONDUCTING
from workbench.memory.strengths import lasting
from workbench.sleep.night import Night, Tally
from workbench.store import sleep_queries, sleeping, working
from workbench.store import strengths as held
from workbench.store.conduction import weigh_better
from workbench.store.sleep_queries import Use
from workbench.store.strengths import TOGETHER, LinkRow

#: Seconds within which two uses count as together.
_TOGETHER = 600.0
#: How much a link grows by one replay: half of what it does by a use.
_SHARE = 0.5
#: What is done to an item: a fiber conducts, two are linked, one stays in mind. In this order.
_FIBER, LINK, _MIND = 0, 1, 2

#: What is done, and to which engrams.
Item = tuple[int, int, int]


def plan(night: Night) -> list[Item]:
    """What there is to replay, in order; of a sleep that goes on what is left of it."""
    with night.store.read() as connection:
        until = sleeping.slept_until(connection, night.begun, night.run)
        least = 0.0 if night.scope is None else _since(until, night.scope)
        found = sleep_queries.uses(connection, least, night.begun, night.scope)
        not_used = night.keepers(connection) | night.gone
        used = [
            use
            for use in found
            if use.used > _since(until, use.scope) and use.engram not in not_used
        ]
        minds = _retained(
            night, connection, sleep_queries.in_mind(connection, least, night.begun, night.scope)
        )
        dull = sleep_queries.dull(connection, [use.engram for use in used])
    items: list[Item] = [(_FIBER, id, 0) for id in dull]
    items += [(LINK, *pair) for pair in _pairs(used, night.strengths.settings.window)]
    items += [
        (_MIND, use.engram, 0)
        for use in minds
        if _since(until, use.scope) < use.used < night.begun and use.engram not in night.gone
    ]
    done = tuple(night.cursor or ())
    return sorted(item for item in items if item > done)


def work(night: Night, connection: sqlite3.Connection, items: Sequence[Item]) -> Tally:
    """Replay some of what was planned."""
    assert night.run is not None
    changed = 0
    for what, group in groupby(items, key=lambda item: item[0]):
        some = list(group)
        ids = [first for _, first, _ in some]
        if what == _FIBER:
            changed += sleeping.recorded(
                connection, night.run, "fiber", [(id,) for id in ids],
                lambda ids=ids: weigh_better(connection, ids, CONDUCTING),  # type: ignore[misc]
            )  # fmt: skip
        elif what == LINK:
            pairs = [(a, b) for _, a, b in some]
            changed += sleeping.recorded(
                connection, night.run, "link", [(a, b, TOGETHER) for a, b in pairs],
                lambda pairs=pairs: _bind(night, connection, pairs),  # type: ignore[misc]
            )  # fmt: skip
        else:
            changed += sleeping.recorded(
                connection, night.run, "in_mind", [(id,) for id in ids],
                lambda ids=ids: working.stay(connection, ids, night.begun),  # type: ignore[misc]
            )  # fmt: skip
    return {"replayed": changed}


def _since(until: dict[int | None, float], scope: int) -> float:
    return max(until.get(None, 0.0), until.get(scope, 0.0))


def _retained(night: Night, connection: sqlite3.Connection, minds: Sequence[Use]) -> list[Use]:
    """What is still in mind when the sleep begins."""
    ids = [use.engram for use in minds]
    rows, came = night.strengths.stored(connection, ids), held.came(connection, ids)
    return [
        use
        for use in minds
        if use.engram in rows
        and hours_left(
            lasting(rows[use.engram], came[use.engram].kind), (night.begun - use.used) / HOUR
        )
    ]


def _pairs(used: Sequence[Use], window: int) -> set[tuple[int, int]]:
    """Engrams of one scope that were used after one another within ten minutes, the smaller first.

    Each with the `window` before it.
    """
    pairs: set[tuple[int, int]] = set()
    last: dict[int, list[Use]] = {}
    for use in used:
        before = last.setdefault(use.scope, [])
        pairs.update(
            (min(use.engram, other.engram), max(use.engram, other.engram))
            for other in before
            if use.used - other.used <= _TOGETHER
        )
        before.append(use)
        del before[:-window]
    return pairs


def _bind(night: Night, connection: sqlite3.Connection, pairs: Sequence[tuple[int, int]]) -> None:
    settings = night.strengths.settings
    known = held.learned(connection, pairs)
    number = held.link_counts(connection, {end for pair in pairs for end in pair})
    rows = []
    for a, b in pairs:
        link, left = known.get((a, b)), 0.0
        if link is None:
            # Whoever has many links already gets no new ones: that would cost it its weakest.
            if max(number[a], number[b]) >= settings.fan_out:
                continue
            number[a] += 1
            number[b] += 1
        else:
            left = fade(link.weight, night.begun - link.used, settings.link_half_life)
        weight = bind(left, settings.link * _SHARE, settings.link_cap)
        rows.append(LinkRow(a, b, TOGETHER, weight, night.begun))
    held.put_links(connection, rows)
