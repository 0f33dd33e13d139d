"""Hebbian links between memories that are used together, with decay."""

import sqlite3
from collections.abc import Collection, Iterable

from workbench.memory import plasticity
from workbench.memory.concepts.records import ConceptType
from workbench.memory.plasticity import DEFAULTS, Plasticity
from workbench.store import facts, graph
from workbench.store import strengths as rows
from workbench.store.facts import FactRow
from workbench.store.graph import EVERYWHERE, FiberRow, Places
from workbench.store.store import Store
from workbench.store.strengths import COACTIVATION, LinkRow

#: The two ends of a learned link, the smaller id first.
Pair = tuple[int, int]

#: The share of the maximum weight from which a link means joint recall, more than once.
_RECALLED = 0.5
#: Types of concepts that can be the topic of a memory, which is the first of them.
_ABOUT = (ConceptType.SPATIAL, ConceptType.ENTITY, ConceptType.CONCEPT)


def concepts_recalled_together(
    connection: sqlite3.Connection,
    timestamp: float,
    places: Places = EVERYWHERE,
) -> dict[Pair, float]:
    """Pairs of concepts, the smaller id first, whose memories in `places` were recalled together.

    The value is the weight of the link of those memories at a time (seconds since the epoch), as a
    share of the maximum, to 1. A memory represents the concept that it names first.
    """
    shares = {
        (link.a, link.b): _weight(link, timestamp, DEFAULTS) / DEFAULTS.link_cap
        for link in rows.strong(connection, _RECALLED * DEFAULTS.link_cap)
    }
    fibers = graph.fibers(connection, {end for pair in shares for end in pair})
    topics = {
        id: topic
        for id, fiber in fibers.items()
        if fiber.place in places and (topic := _topic(fiber)) is not None
    }
    pairs: dict[Pair, float] = {}
    for (a, b), share in shares.items():
        if share >= _RECALLED and a in topics and b in topics and topics[a] != topics[b]:
            pair = min(topics[a], topics[b]), max(topics[a], topics[b])
            pairs[pair] = max(share, pairs.get(pair, 0.0))
    return pairs


def _topic(fiber: FiberRow) -> int | None:
    return next((step.concept for step in fiber.pathway.steps if step.type in _ABOUT), None)


def _weight(link: LinkRow, timestamp: float, settings: Plasticity) -> float:
    return plasticity.fade(link.weight, timestamp - link.used, settings.link_half_life)


class Bonds:
    """The learned links of one library; a mixin of `Strengths`."""

    settings: Plasticity
    _store: Store

    def current_weight(self, link: LinkRow) -> float:
        """The current weight of a link; only learned ones decay."""
        return self.link_at(link, self._store.clock())

    def link_at(self, link: LinkRow, timestamp: float) -> float:
        """The weight of a link at a time, in seconds since the epoch."""
        if link.kind != COACTIVATION:
            return link.weight
        return _weight(link, timestamp, self.settings)

    def companions(
        self, connection: sqlite3.Connection, ids: Iterable[int], until: float | None
    ) -> list[tuple[int, FactRow, float]]:
        """Facts recalled together with these: (id, the other, share of the maximum weight, to 1).

        Facts stored after `until` are excluded, as are those only stored together.
        """
        cap = self.settings.link_cap
        shares = {
            (id, link.b if link.a == id else link.a): self.current_weight(link) / cap
            for id in ids
            for link in rows.links(connection, id, COACTIVATION)
        }
        others = {row.id: row for row in facts.by_ids(connection, {other for _, other in shares})}
        return [
            (id, others[other], share)
            for (id, other), share in shares.items()
            if share >= _RECALLED and other in others
            if until is None or others[other].at <= until
        ]

    def bind(self, connection: sqlite3.Connection, a: int, b: int, more: float, at: float) -> None:
        """Strengthen the learned link between two memories by `more`. To be called in a write."""
        pair = min(a, b), max(a, b)
        existing, cap = rows.coactivations(connection, [pair]), self.settings.link_cap
        rows.store_links(connection, [self._bound(pair, existing.get(pair), more / cap, at)])
        self._thin(connection, pair)

    def _bound(self, pair: Pair, existing: LinkRow | None, share: float, at: float) -> LinkRow:
        """The link after growing by a share of its distance to the cap."""
        left = 0.0 if existing is None else _weight(existing, at, self.settings)
        weight = plasticity.hebb(left, rate=share, novelty=0.0, cap=self.settings.link_cap)
        return LinkRow(*pair, COACTIVATION, weight, at)

    def _thin(self, connection: sqlite3.Connection, ends: Collection[int]) -> None:
        """Prune the learned links of engrams to the strongest, of equals the latest."""
        for engram in rows.crowded(connection, ends, self.settings.fan_out):
            learned_links = rows.links(connection, engram, COACTIVATION)
            learned_links.sort(key=lambda link: (-self.current_weight(link), -link.used))
            rows.drop_links(connection, learned_links[self.settings.fan_out :])
