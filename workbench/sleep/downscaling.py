"""The phase of synaptic homeostasis: weakens the links of memories that are linked too strongly.

After Tononi and Cirelli (2006). The learned links of a memory, and what use has added to the
associations of a concept, have a budget of 5.0 in total, as in NeuralMemory. What is within it is
unchanged, so that a second sleep changes nothing.
"""

import sqlite3
from collections.abc import Sequence

from workbench.sleep.night import Night, Tally
from workbench.store import sleep_queries
from workbench.store import strengths as held
from workbench.store.strengths import COACTIVATION

BUDGET = 5.0
#: Tolerance of rounding errors above the budget.
_ABOVE = BUDGET * (1 + 1e-9)
_MEMORY, _CONCEPT = 0, 1

#: Kind (memory or concept) and id.
Item = tuple[int, int]


def plan(night: Night) -> list[Item]:
    """The memories and concepts that may be linked too strongly, in order."""
    items: list[Item] = []
    with night.store.read() as connection:
        engrams = sleep_queries.overloaded(connection, _ABOVE)
        if night.scope is not None:
            engrams = sorted(sleep_queries.in_scope(connection, engrams, night.scope))
        else:
            # Concepts and their associations belong to the whole library.
            items += [(_CONCEPT, id) for id in sleep_queries.overlearned(connection, _ABOVE)]
        for id in engrams:
            if _load(night, connection, id) > _ABOVE:
                items.append((_MEMORY, id))
    return sorted(items)


def foreseen(night: Night, items: Sequence[Item]) -> int:
    """Count what would be scaled down, in sequence, for a preview."""
    scaled, left = 0, dict[tuple[int, int], float]()
    with night.store.read() as connection:
        for kind, id in items:
            if kind == _CONCEPT:
                scaled += 1
                continue
            links = held.links(connection, id, COACTIVATION)
            pairs = {
                (link.a, link.b): left.get(
                    (link.a, link.b), night.strengths.link_at(link, night.start)
                )
                for link in links
                if not {link.a, link.b} & night.merged
            }
            load = sum(pairs.values())
            if load > _ABOVE:
                left.update({pair: BUDGET / load * weight for pair, weight in pairs.items()})
                scaled += 1
    return scaled


def work(night: Night, connection: sqlite3.Connection, items: Sequence[Item]) -> Tally:
    """Scale down a slice of the plan, in sequence, since links have two ends."""
    scaled = 0
    for kind, id in items:
        if kind == _MEMORY:
            load = _load(night, connection, id)
            if load > _ABOVE:
                links = held.links(connection, id, COACTIVATION)
                sleep_queries.weaken(connection, links, BUDGET / load)
                scaled += 1
        else:
            weights = dict(sleep_queries.reinforced(connection, id))
            total = sum(weights.values())
            if total > _ABOVE:
                sleep_queries.unlearn(connection, weights, BUDGET / total)
                scaled += 1
    return {"downscaled": scaled}


def _load(night: Night, connection: sqlite3.Connection, engram: int) -> float:
    """The total strength of the learned links of a memory when the sleep begins."""
    return sum(
        night.strengths.link_at(link, night.start)
        for link in held.links(connection, engram, COACTIVATION)
    )
