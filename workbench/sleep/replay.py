"""The phase that strengthens links between memories used together since the last sleep.

Like the sleeping hippocampus (Wilson and McNaughton 1994) it replays activity: memories of a scope
used within ten minutes of one another are linked by a saturating Hebbian rule, weakly conducting
fibers improve a little, and working memory is refreshed. Strengths do not grow, and each use is
replayed once, so that sleeping more often strengthens nothing.
"""

import sqlite3
from collections.abc import Sequence
from itertools import groupby

from workbench.memory.plasticity import HOUR, fade, hebb, hours_left
from workbench.memory.reflex.activation import CONDUCTING
from workbench.memory.strengths import lasting
from workbench.sleep.night import Night, Tally
from workbench.store import changes, sleeping
from workbench.store import strengths as held
from workbench.store.sleeping import Use
from workbench.store.strengths import COACTIVATION, LinkRow
from workbench.store.synapses import weigh_better

#: Seconds within which two uses count as joint.
_CO_USE_SECONDS = 600.0
#: Growth of a link by a replay, relative to a use.
_SHARE = 0.5
#: Kinds of items, in order: a fiber conducts, two memories are linked, one stays in working memory.
_FIBER, LINK, _MIND = 0, 1, 2

#: Kind, and the engrams concerned.
Item = tuple[int, int, int]


def plan(night: Night) -> list[Item]:
    """The items to replay, in order; those remaining if a sleep is resumed."""
    with night.store.read() as connection:
        slept_until = sleeping.latest_starts(connection, night.start, night.run)
        start = 0.0 if night.scope is None else _slept_until(slept_until, night.scope)
        uses = sleeping.uses(connection, start, night.start, night.scope)
        not_used = night.keepers(connection) | night.merged
        used = [
            use
            for use in uses
            if use.used > _slept_until(slept_until, use.scope) and use.engram not in not_used
        ]
        minds = _retained(
            night, connection, sleeping.in_mind(connection, start, night.start, night.scope)
        )
        dull = sleeping.dull(connection, [use.engram for use in used])
    items: list[Item] = [(_FIBER, id, 0) for id in dull]
    items += [(LINK, *pair) for pair in _pairs(used, night.strengths.settings.window)]
    items += [
        (_MIND, use.engram, 0)
        for use in minds
        if _slept_until(slept_until, use.scope) < use.used < night.start
        and use.engram not in night.merged
    ]
    cursor = tuple(night.cursor or ())
    return sorted(item for item in items if item > cursor)


def work(night: Night, connection: sqlite3.Connection, items: Sequence[Item]) -> Tally:
    """Replay a slice of the plan."""
    for kind, group in groupby(items, key=lambda item: item[0]):
        group_items = list(group)
        ids = [first for _, first, _ in group_items]
        if kind == _FIBER:
            weigh_better(connection, ids, CONDUCTING)
        elif kind == LINK:
            _bind(night, connection, [(a, b) for _, a, b in group_items])
        else:
            held.stay_in_mind(connection, ids, night.start)
    changes.step(connection)
    return {"replayed": len(items)}


def _slept_until(slept_until: dict[int | None, float], scope: int) -> float:
    return max(slept_until.get(None, 0.0), slept_until.get(scope, 0.0))


def _retained(night: Night, connection: sqlite3.Connection, minds: Sequence[Use]) -> list[Use]:
    """What is still in working memory when the sleep begins."""
    ids = [use.engram for use in minds]
    rows, created = night.strengths.stored(connection, ids), held.origins(connection, ids)
    return [
        use
        for use in minds
        if use.engram in rows
        and hours_left(
            lasting(rows[use.engram], created[use.engram].kind), (night.start - use.used) / HOUR
        )
    ]


def _pairs(used: Sequence[Use], window: int) -> set[tuple[int, int]]:
    """Pairs of engrams of one scope used within ten minutes, the smaller id first.

    Each with its `window`.
    """
    pairs: set[tuple[int, int]] = set()
    recent: dict[int, list[Use]] = {}
    for use in used:
        previous = recent.setdefault(use.scope, [])
        pairs.update(
            (min(use.engram, other.engram), max(use.engram, other.engram))
            for other in previous
            if use.used - other.used <= _CO_USE_SECONDS
        )
        previous.append(use)
        del previous[:-window]
    return pairs


def _bind(night: Night, connection: sqlite3.Connection, pairs: Sequence[tuple[int, int]]) -> None:
    settings = night.strengths.settings
    existing = held.coactivations(connection, pairs)
    number = held.link_counts(connection, {end for pair in pairs for end in pair})
    rows = []
    for a, b in pairs:
        link, left = existing.get((a, b)), 0.0
        if link is None:
            # Memories with many links get no new ones, which would evict their weakest.
            if max(number[a], number[b]) >= settings.fan_out:
                continue
            number[a] += 1
            number[b] += 1
        else:
            left = fade(link.weight, night.start - link.used, settings.link_half_life)
        weight = hebb(left, rate=settings.link * _SHARE, cap=settings.link_cap)
        rows.append(LinkRow(a, b, COACTIVATION, weight, night.start))
    held.store_links(connection, rows)
