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

#: The share of the most that a link weighs whose ends were recalled together, not only once.
_RECALLED = 0.5
#: Types of concepts that a memory is about, of which the first counts.
_ABOUT = (ConceptType.SPATIAL, ConceptType.ENTITY, ConceptType.CONCEPT)


def concepts_recalled_together(
    connection: sqlite3.Connection,
    timestamp: float,
    places: Places = EVERYWHERE,
    settings: Plasticity = DEFAULTS,
) -> dict[Pair, float]:
    """Pairs of concepts, the smaller number first, whose memories in `places` were so recalled.

    With the share, to 1, of the most that the link of their memories weighs at a moment (seconds
    since the epoch). A memory stands for the concept that it names first.
    """
    shares = {
        (link.a, link.b): _weight(link, timestamp, settings) / settings.link_cap
        for link in rows.strong(connection, _RECALLED * settings.link_cap)
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
    """The links of one library that use has made; `Strengths` is one."""

    settings: Plasticity
    _store: Store

    def current_weight(self, link: LinkRow) -> float:
        """The weight of a link by now; only what use has learned fades."""
        return self.link_at(link, self._store.clock())

    def link_at(self, link: LinkRow, timestamp: float) -> float:
        """The weight of a link at a moment, in seconds since the epoch."""
        if link.kind != COACTIVATION:
            return link.weight
        return _weight(link, timestamp, self.settings)

    def companions(
        self, connection: sqlite3.Connection, ids: Iterable[int], until: float | None
    ) -> list[tuple[int, FactRow, float]]:
        """What was recalled together with each of these: (it, the other, share of the most, to 1).

        What was told after `until` does not count, nor what was only told in one breath.
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
        """Make the learned link between two stronger by `more`. To be called in a write."""
        pair = min(a, b), max(a, b)
        existing, cap = rows.coactivations(connection, [pair]), self.settings.link_cap
        rows.store_links(connection, [self._bound(pair, existing.get(pair), more / cap, at)])
        self._thin(connection, pair)

    def _bound(self, pair: Pair, existing: LinkRow | None, share: float, at: float) -> LinkRow:
        """The link after it has grown by a share of what it lacks to the cap."""
        left = 0.0 if existing is None else _weight(existing, at, self.settings)
        weight = plasticity.hebb(left, rate=share, novelty=0.0, cap=self.settings.link_cap)
        return LinkRow(*pair, COACTIVATION, weight, at)

    def _thin(self, connection: sqlite3.Connection, ends: Collection[int]) -> None:
        """Let engrams keep only their strongest learned links, of equals the latest."""
        for engram in rows.crowded(connection, ends, self.settings.fan_out):
            learned_links = rows.links(connection, engram, COACTIVATION)
            learned_links.sort(key=lambda link: (-self.current_weight(link), -link.used))
            rows.drop_links(connection, learned_links[self.settings.fan_out :])
