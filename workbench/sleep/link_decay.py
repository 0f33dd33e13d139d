"""The phase that removes learned links that have become very weak.

As NeuralMemory prunes synapses weaker than .05 and a week old; otherwise each question would leave
links behind for good. Only days of use age a link: a clock set ahead, or a year in which nobody
opened the library, removes none. Stated links stay.
"""

import sqlite3
from collections.abc import Sequence

from workbench.memory.plasticity import DAY
from workbench.sleep.night import Night, Tally
from workbench.store import changes, sleep_queries, sleeping
from workbench.store import strengths as held
from workbench.store.sleep_queries import Faint
from workbench.store.strengths import LinkRow

#: Weight below which a link is removed, and the days of use for which it must be unused.
FAINT, WAIT = 0.05, 7
#: Steps per half-life, and the number of half-lives, for which decay is tabulated.
_PARTS, _HALF_LIVES = 4, 8


def plan(night: Night) -> list[tuple[int, int]]:
    """The links to remove, by their ends, in order."""
    with night.store.read() as connection:
        faint = sleep_queries.faint(connection, _rules(night, connection))
        if night.scope is not None and faint:
            ends = sorted({end for pair in faint for end in pair})
            in_scope = sleep_queries.in_scope(connection, ends, night.scope)
            faint = [pair for pair in faint if in_scope.issuperset(pair)]
    return faint


def work(night: Night, connection: sqlite3.Connection, items: Sequence[tuple[int, int]]) -> Tally:
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
        use_days = max(WAIT, round(half_lives * night.strengths.settings.link_half_life / DAY))
        if use_days > len(days):
            break
        # Both before the first of so many days of use, and by the clock.
        cutoff = min(days[-use_days] * DAY, night.start - use_days * DAY)
        rules.append(Faint(FAINT * 2**half_lives, cutoff))
    return rules


def _is_faint(link: LinkRow, rules: Sequence[Faint]) -> bool:
    return any(link.weight < rule.weight and link.used < rule.used for rule in rules)
