"""Hebbian links between memories that are used together, with decay."""

import sqlite3
from collections.abc import Collection

from workbench.memory import plasticity
from workbench.memory.plasticity import Plasticity
from workbench.store import strengths as rows
from workbench.store.store import Store
from workbench.store.strengths import TOGETHER, LinkRow

#: The two ends of a learned link, the smaller id first.
Pair = tuple[int, int]


class Bonds:
    """The links of one library that use has made; `Strengths` is one."""

    settings: Plasticity
    _store: Store

    def current_weight(self, link: LinkRow) -> float:
        """The weight of a link by now; only what use has learned fades."""
        return self.link_at(link, self._store.clock())

    def link_at(self, link: LinkRow, timestamp: float) -> float:
        """The weight of a link at a moment, in seconds since the epoch."""
        if link.kind != TOGETHER:
            return link.weight
        age = timestamp - link.used
        return plasticity.fade(link.weight, age, self.settings.link_half_life)

    def bind(self, connection: sqlite3.Connection, a: int, b: int, step: float, at: float) -> None:
        """Make the learned link between two stronger. To be called in a write."""
        pair = min(a, b), max(a, b)
        existing = rows.learned(connection, [pair])
        rows.put_links(connection, [self._bound(pair, existing.get(pair), step, at)])
        self._thin(connection, pair)

    def _bound(self, pair: Pair, existing: LinkRow | None, step: float, at: float) -> LinkRow:
        left = 0.0
        if existing is not None:
            age = at - existing.used
            left = plasticity.fade(existing.weight, age, self.settings.link_half_life)
        weight = plasticity.bind(left, step, self.settings.link_cap)
        return LinkRow(*pair, TOGETHER, weight, at)

    def _thin(self, connection: sqlite3.Connection, ends: Collection[int]) -> None:
        """Let engrams keep only their strongest learned links, of equals the latest."""
        for engram in rows.crowded(connection, ends, self.settings.fan_out):
            learned_links = rows.links(connection, engram, TOGETHER)
            learned_links.sort(key=lambda link: (-self.current_weight(link), -link.used))
            rows.drop_links(connection, learned_links[self.settings.fan_out :])
