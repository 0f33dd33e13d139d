"""The phases of synaptic homeostasis: they weaken, balance and prune links.

Downscaling (Tononi and Cirelli 2006): the learned links of a memory, and what use has added to the
associations of a concept, have a budget of 5.0 in total, as in NeuralMemory. Balance: if feedback
has taught the links from a concept more than the set point in total, they are scaled down to it
evenly, as neurons scale their synapses to hold their rate (Turrigiano 2008); weights below the
resolution of the brain are pruned. Decay: learned links weaker than .05 and unused for a week are
removed, as in NeuralMemory; only days of use count, so that a clock set ahead, or a year in which
nobody opened the library, removes none.

What is within bounds is not touched, so that a second sleep changes nothing. Stated links, and
associations with their evidence, stay.
"""

import sqlite3
from collections.abc import Mapping, Sequence

from workbench.brain.engine.eligibility import renormalised
from workbench.memory.plasticity import DAY
from workbench.sleep.night import Night, Tally
from workbench.store import changes, sleeping, synapses
from workbench.store import strengths as held
from workbench.store.sleeping import Faint
from workbench.store.strengths import COACTIVATION, LinkRow
from workbench.store.synapses import Pair

#: Total strength of the links of one memory or concept.
BUDGET = 5.0
#: The budget with a tolerance of rounding errors.
_MAX_LOAD = BUDGET * (1 + 1e-9)
#: Weight below which a link is removed, and the days of use for which it must be unused.
FAINT, UNUSED_DAYS = 0.05, 7
#: Steps per half-life, and the number of half-lives, for which decay is tabulated.
_PARTS, _HALF_LIVES = 4, 8
_MEMORY, _CONCEPT = 0, 1

#: Kind (memory or concept) and id.
ScaledItem = tuple[int, int]


def plan_downscaling(night: Night) -> list[ScaledItem]:
    """The memories and concepts that may be linked too strongly, in order."""
    items: list[ScaledItem] = []
    with night.store.read() as connection:
        engrams = sleeping.overloaded(connection, _MAX_LOAD)
        if night.scope is not None:
            engrams = sorted(sleeping.in_scope(connection, engrams, night.scope))
        else:
            # Concepts and their associations belong to the whole library.
            items += [(_CONCEPT, id) for id in sleeping.overlearned(connection, _MAX_LOAD)]
        for id in engrams:
            if _load(night, connection, id) > _MAX_LOAD:
                items.append((_MEMORY, id))
    return sorted(items)


def preview_downscaling(night: Night, items: Sequence[ScaledItem]) -> int:
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
            if load > _MAX_LOAD:
                left.update({pair: BUDGET / load * weight for pair, weight in pairs.items()})
                scaled += 1
    return scaled


def downscale(night: Night, connection: sqlite3.Connection, items: Sequence[ScaledItem]) -> Tally:
    """Scale down a slice of the plan, in sequence, since links have two ends."""
    scaled = 0
    for kind, id in items:
        if kind == _MEMORY:
            load = _load(night, connection, id)
            if load > _MAX_LOAD:
                links = held.links(connection, id, COACTIVATION)
                sleeping.weaken(connection, links, BUDGET / load)
                scaled += 1
        else:
            weights = dict(sleeping.reinforced(connection, id))
            total = sum(weights.values())
            if total > _MAX_LOAD:
                sleeping.unlearn(connection, weights, BUDGET / total)
                scaled += 1
    return {"downscaled": scaled}


def _load(night: Night, connection: sqlite3.Connection, engram: int) -> float:
    """The total strength of the learned links of a memory when the sleep begins."""
    return sum(
        night.strengths.link_at(link, night.start)
        for link in held.links(connection, engram, COACTIVATION)
    )


def plan_balance(night: Night, ahead: Mapping[Pair, float] | None = None) -> list[int]:
    """The concepts whose links are to be scaled; `ahead` has the links that a preview foresees."""
    return sorted({head for head, _ in preview_balance(night, ahead or {})})


def preview_balance(night: Night, ahead: Mapping[Pair, float]) -> dict[Pair, float]:
    """The links that would change, 0 where they would be pruned."""
    # Concepts belong to the whole library.
    if night.scope is not None:
        return {}
    with night.store.read() as connection:
        return renormalised({**synapses.load(connection), **ahead})


def balance(night: Night, connection: sqlite3.Connection, items: Sequence[int]) -> Tally:
    """Scale the links of a slice of the plan."""
    after = renormalised(synapses.leaving(connection, items))
    synapses.scale(connection, after)
    return {"balanced": changes.step(connection)}


def plan_decay(night: Night) -> list[tuple[int, int]]:
    """The links to remove, by their ends, in order."""
    with night.store.read() as connection:
        faint = sleeping.faint(connection, _rules(night, connection))
        if night.scope is not None and faint:
            ends = sorted({end for pair in faint for end in pair})
            in_scope = sleeping.in_scope(connection, ends, night.scope)
            faint = [pair for pair in faint if in_scope.issuperset(pair)]
    return faint


def decay(night: Night, connection: sqlite3.Connection, items: Sequence[tuple[int, int]]) -> Tally:
    """Remove a slice of the planned links, except those used meanwhile."""
    rules = _rules(night, connection)
    links = [
        link for link in held.coactivations(connection, items).values() if _is_faint(link, rules)
    ]
    held.drop_links(connection, links)
    return {"loosened": changes.step(connection)}


def _rules(night: Night, connection: sqlite3.Connection) -> list[Faint]:
    """Times before which a link must have been used to be faint, for rising weights."""
    days = sleeping.days(connection)
    rules: list[Faint] = []
    for part in range(_PARTS * _HALF_LIVES + 1):
        half_lives = part / _PARTS
        use_days = max(
            UNUSED_DAYS, round(half_lives * night.strengths.settings.link_half_life / DAY)
        )
        if use_days > len(days):
            break
        # Both before the first of so many days of use, and by the clock.
        cutoff = min(days[-use_days] * DAY, night.start - use_days * DAY)
        rules.append(Faint(FAINT * 2**half_lives, cutoff))
    return rules


def _is_faint(link: LinkRow, rules: Sequence[Faint]) -> bool:
    return any(link.weight < rule.weight and link.used < rule.used for rule in rules)
