"""The activation field of one recall: concepts and memories, their activation and paths.

Memories with words or concepts of the cue are reached directly. From them activation runs along
their fibers (reflex) and over associations (classic) to other concepts, and from the most
informative of these to memories that mention them. Of several paths to a memory the best counts,
not their sum, so that hubs gain nothing. Learned weights change the activation of concepts, and so
the order of expansion and the bindings; ranking scores ignore them, so that no habit lifts a wrong
memory. Every step is bounded: the cost is independent of the size of the library.
"""

import heapq
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from workbench.memory import spreading
from workbench.memory.concepts.records import AssociationType, ConceptType
from workbench.memory.reflex import activation
from workbench.memory.reflex.activation import ROLES, Reached, gate, level_decay
from workbench.memory.reflex.anchors import Anchor
from workbench.memory.reflex.settings import DEFAULTS, BrainConfig
from workbench.memory.spreading import NEURAL_MEMORY, Active, Preset
from workbench.memory.strengths import Strengths
from workbench.store import concept_mentions, graph, synapses
from workbench.store.graph import AssociationRow, Places
from workbench.store.synapses import ConductionPath

#: Concepts with more mentions are not expanded; the smaller limit is for indirectly reached ones.
HUB, _SMALL_HUB = 2000, 400
#: Mentions read of an anchor, and of other concepts.
_OF_ANCHOR, _OF_OTHER = 48, 16
#: Fibers read at the start and per hop, and those that conduct.
_FIBERS, _MORE, _CONDUCTING = 48, 24, 16
#: Associations followed per concept.
_ASSOCIATED = 16
#: The weight of classic spreading relative to reflexes.
_CLASSIC_FACTOR = 0.6
#: The factor for a memory always recalled together with a reached one.
_TOGETHER = 0.5
_HOUR = 3600.0
#: The default salience of a memory.
_SALIENCE = 0.5
#: The factor of a path to a memory that adds nothing to the cue.
_REDUNDANT = 0.6
#: The weight of concepts for a memory without words of the cue.
_BY_CONCEPTS = 0.75
#: Candidate concepts per expanded one.
_NEAREST = 3
#: Types of specific concepts; common words weigh less.
_NAMES = frozenset((ConceptType.ENTITY, ConceptType.SPATIAL, ConceptType.TIME))
_COMMON = 0.5
#: The factor for a memory that mentions a concept, but not at the beginning.
_OFF_TOPIC = 0.6
#: The weight of an indirect path relative to a direct match, and the maximum of both.
_WAY_FACTOR, _SCORE_LIMIT = 3.0, 0.98
_MIN_ASSOCIATION = 0.05
_DEFAULT_WEIGHT = DEFAULTS.default_synapse_weight


class Reach(NamedTuple):
    """How a memory was reached: score, hops, previous memory, and concepts."""

    score: float
    hops: int
    via: int | None
    through: tuple[int, ...]


class _Lead(NamedTuple):
    """A concept to expand: the weight of a path to it, and its origin."""

    weight: float
    via: int | None
    through: tuple[int, ...]


@dataclass(slots=True)
class Field:
    """The activation in one recall over the memories of `places` until a time (None: all).

    `levels` are those of concepts, `sets` what each anchor reached separately. `reads` counts
    mentions, associations and fibers that were read.
    """

    connection: sqlite3.Connection
    places: Places
    deadline: float | None
    timestamp: float
    settings: BrainConfig
    anchors: Sequence[Anchor]
    reached: dict[int, Reach] = field(default_factory=dict)
    fibers: dict[int, ConductionPath] = field(default_factory=dict)
    levels: dict[int, float] = field(default_factory=dict)
    sets: dict[int, dict[int, float]] = field(default_factory=dict)
    reads: int = 0
    _leads: dict[int, _Lead] = field(default_factory=dict)
    _followed: set[int] = field(default_factory=set)
    _shares: dict[int, float] = field(default_factory=dict)
    _direct: dict[int, float] = field(default_factory=dict)
    _top: float = 0.0

    def __post_init__(self) -> None:
        self._shares = {anchor.concept: anchor.share for anchor in self.anchors}
        for anchor in self.anchors:
            self.levels[anchor.concept] = anchor.level
            self.sets[anchor.concept] = {anchor.concept: anchor.level}

    # -- direct matches -------------------------------------------------------------------------

    def begin(self, lexical: Mapping[int, float]) -> None:
        """Reach the memories that match the cue: `lexical` by words, others by concepts."""
        shares: dict[int, float] = {}
        for anchor in self.anchors:
            if anchor.mentions <= HUB and len(shares) < 4 * _FIBERS:
                for id in self._mentions(anchor.concept, _OF_ANCHOR):
                    shares[id] = shares.get(id, 0.0) + anchor.share
        by_concept = [id for id in shares if id not in lexical]
        limit = max(_FIBERS - len(lexical), _FIBERS // 2)
        best = heapq.nlargest(limit, by_concept, key=lambda id: (shares[id], id))
        self._read([*lexical, *best])
        for id in (*lexical, *best):
            if id in self.fibers or id in lexical:
                cover = self.cover(id)
                self._direct[id] = _direct(lexical.get(id, 0.0), cover)
                self.reached[id] = Reach(self._direct[id], 0, None, ())
        self._top = max(self._direct.values(), default=0.0)

    def cover(self, id: int) -> float:
        """The share of the cue's concepts that a memory mentions."""
        fiber = self.fibers.get(id)
        if fiber is None:
            return 0.0
        return sum(self._shares.get(concept, 0.0) for concept in set(fiber.concepts))

    def leaves(self, id: int) -> bool:
        """Whether a memory lacks a concept of the cue that others mention."""
        return id in self.fibers and len(self.concepts_met(id)) < len(self.anchors)

    def concepts_met(self, id: int) -> list[int]:
        """The concepts of the cue that a memory mentions."""
        fiber = self.fibers.get(id)
        inside: Collection[int] = () if fiber is None else set(fiber.concepts)
        return [anchor.concept for anchor in self.anchors if anchor.concept in inside]

    def direct(self, id: int) -> float:
        """How well a memory matches the cue directly, 0 to 1."""
        return self._direct.get(id, 0.0)

    def fired(self) -> int:
        """The number of concepts that fire, after lateral inhibition."""
        levels = spreading.inhibited(self.levels, self._preset())
        threshold = self.settings.default_firing_threshold
        steep = self.settings.sigmoid_steepness
        return sum(gate(level, steep) >= threshold for level in levels.values())

    # -- spreading ----------------------------------------------------------------------------

    def conduct(self) -> None:
        """Spread activation along the fibers of the best reached memories."""
        with_fiber = [id for id in self.reached if id in self.fibers]
        best = heapq.nlargest(_CONDUCTING, with_fiber, key=lambda id: self.reached[id].score)
        for id in best:
            if self.anchors:
                self._follow_fiber(self.fibers[id], self.reached[id])
            else:
                self._from(self.fibers[id], self.reached[id].score)

    def spread(self, rounds: int, factor: float = 1.0) -> None:
        """Spread activation over associations for so many rounds, weighted by `factor`."""
        preset = self._preset(factor)
        numbers = {anchor.concept: anchor.mentions for anchor in self.anchors}

        def adjacent(front: Mapping[int, Active[int]]) -> Iterator[tuple[int, int, float]]:
            for concept, active in front.items():
                if numbers.get(concept, HUB + 1) <= HUB:
                    yield from self._associated(concept, active, factor, numbers, preset)

        seeds = {anchor.concept: anchor.level for anchor in self.anchors}
        spreading.spread(seeds, adjacent, preset, rounds)

    def _preset(self, factor: float = 1.0) -> Preset:
        """The spreading preset of the settings, scaled by a factor."""
        return replace(
            NEURAL_MEMORY,
            threshold=self.settings.activation_threshold * factor,
            winners=self.settings.lateral_inhibition_k,
            damping=self.settings.lateral_inhibition_factor,
        )

    def follow(self, hop: int) -> bool:
        """Reach the memories of the most informative active concepts; False if there are none."""
        leads = self._next()
        if not leads:
            return False
        candidates: dict[int, tuple[float, int]] = {}
        for concept, value in leads.items():
            self._followed.add(concept)
            for id in self._mentions(concept, _OF_OTHER):
                if value > candidates.get(id, (0.0, 0))[0]:
                    candidates[id] = value, concept
        gain = {id: value + self._direct.get(id, 0.0) for id, (value, _) in candidates.items()}
        fresh = [id for id in candidates if self._may_gain(id, gain[id])]
        best = heapq.nlargest(_MORE, fresh, key=lambda id: (gain[id], id))
        self._read(best)
        new: list[int] = []
        for id in best:
            if id not in self.fibers:
                continue
            value, concept = candidates[id]
            lead = self._leads[concept]
            if self.fibers[id].concepts[:1] != (concept,):
                value *= _OFF_TOPIC
            gain_here = value * (_REDUNDANT + (1 - _REDUNDANT) * self._more(id, lead.via))
            own_score = self._direct.get(id)
            # The best direct match stays first, whatever its links.
            score = min((own_score or 0.0) + _WAY_FACTOR * gain_here, _SCORE_LIMIT * self._top)
            previous = self.reached.get(id)
            if lead.via != id and (previous is None or score > previous.score):
                far = hop if own_score is None else 0
                self.reached[id] = Reach(score, far, lead.via, lead.through)
                if own_score is None:
                    new.append(id)
        for id in new:
            self._follow_fiber(self.fibers[id], self.reached[id])
        return bool(new)

    def join(self, strengths: Strengths) -> None:
        """Reach facts recalled together with the best reached ones."""
        best = heapq.nlargest(_CONDUCTING, self.reached, key=lambda id: self.reached[id].score)
        for id, row, share in strengths.companions(self.connection, best, self.deadline):
            if row.id not in self.reached and graph.place_of(row.scope) in self.places:
                hops, score = self.reached[id].hops + 1, _TOGETHER * share * self.reached[id].score
                self.reached[row.id] = Reach(score, hops, id, ())
                self._read([row.id])

    def _next(self) -> dict[int, float]:
        """The concepts to expand now, with the weight of a memory that mentions them."""
        waiting = {
            concept: lead.weight
            for concept, lead in self._leads.items()
            if concept not in self._followed and concept not in self._shares
        }
        winners = self.settings.lateral_inhibition_k
        nearest = heapq.nlargest(_NEAREST * winners, waiting, key=lambda concept: waiting[concept])
        by_id = graph.by_ids(self.connection, nearest)
        self.reads += len(by_id)
        numbers = {id: row.mentions for id, row in by_id.items()}
        if not self.places.everywhere:
            numbers = graph.mentioning(self.connection, by_id, self.places)
        weights = {
            id: waiting[id] * numbers[id] ** -0.25 * (1.0 if row.type in _NAMES else _COMMON)
            for id, row in by_id.items()
            if 1 < numbers[id] <= _SMALL_HUB
        }
        self._followed.update(concept for concept in nearest if concept not in weights)
        best = heapq.nlargest(winners, weights, key=lambda concept: weights[concept])
        return {concept: weights[concept] for concept in best}

    def _may_gain(self, id: int, value: float) -> bool:
        previous = self.reached.get(id)
        return previous is None or value > previous.score

    def _more(self, id: int, via: int | None) -> float:
        """The share of the rest of the cue that a memory adds to the previous one."""
        covered = set() if via is None else set(self.concepts_met(via))
        left = sum(share for concept, share in self._shares.items() if concept not in covered)
        if left <= 0:
            return 0.0
        gained = sum(
            self._shares[concept] for concept in self.concepts_met(id) if concept not in covered
        )
        return gained / left

    # -- fibers and concepts ------------------------------------------------------------------

    def _follow_fiber(self, fiber: ConductionPath, reach: Reach) -> None:
        pathway, plain = fiber.concepts, _passes(fiber)
        reinforced = plain
        if fiber.conducted is not None:
            hours = max(0.0, self.timestamp - fiber.conducted) / _HOUR
            gain = max(0.0, _passes(fiber, hours) - plain)
            reinforced += level_decay(gain, self.settings.decay_rate, hours / 24)
        starts = {concept: 1.0 for concept in reach.through[-1:]}
        starts.update((c, self.levels[c]) for c in pathway if c in self._shares)
        threshold = self.settings.activation_threshold
        tie_pass = plain * self.settings.default_synapse_weight / _DEFAULT_WEIGHT
        for start, level in starts.items():
            levels = activation.trail(pathway, (start,), plain, threshold)
            for head, kind, tail in fiber.ties:
                ends = pathway[head], pathway[tail]
                if start in ends and ends[0] != ends[1]:
                    # Concepts bound to the start are one step away, whatever their distance in the
                    # text.
                    other = ends[ends[0] == start]
                    passed = min(1.0, tie_pass * ROLES[AssociationType(kind)])
                    levels[other] = max(levels.get(other, _UNREACHED), Reached(passed, 1))
            for concept, (passed, hops) in levels.items():
                gain = (reinforced / plain) ** hops if reinforced > plain else 1.0
                self._activate(start, concept, min(1.0, level * passed * gain))
                if hops:
                    through = (*reach.through, concept)
                    self._lead(concept, _Lead(reach.score * passed, fiber.engram, through))

    def _from(self, fiber: ConductionPath, score: float) -> None:
        """Start from all concepts of a memory that only words have reached.

        If the cue names no concept, all of them are equally near.
        """
        level = score * _passes(fiber)
        if level < self.settings.activation_threshold:
            return
        for concept in fiber.concepts:
            self._activate(concept, concept, level)
            self._lead(concept, _Lead(level, fiber.engram, (concept,)))

    def _associated(
        self,
        concept: int,
        active: Active[int],
        factor: float,
        numbers: dict[int, int],
        preset: Preset,
    ) -> Iterator[tuple[int, int, float]]:
        """Yield the associations of a concept, with the share of its level that passes."""
        rows = self._associations(concept)
        ends = [row.tail if row.head == concept else row.head for row in rows]
        unknown = [end for end in ends if end not in numbers]
        numbers.update(graph.mentioning(self.connection, unknown, self.places))
        # Cosine of the memories that mention both, which penalises hubs.
        own_mentions = numbers[concept]
        weights = activation.scale_to_budget(
            [
                min(1.0, row.evidence / max(own_mentions * numbers.get(other, 1), 1) ** 0.5)
                for row, other in zip(rows, ends, strict=True)
            ],
            self.settings.weight_normalization_budget,
        )
        level = active.level * preset.decay
        (origin,) = active.seeds
        for row, other, plain in zip(rows, ends, weights, strict=True):
            if plain < _MIN_ASSOCIATION:
                continue
            kind = AssociationType(row.type)
            learned = min(1.0, plain + row.learned)
            share = activation.share_passed(learned, kind, row.reinforced)
            if level * share < preset.threshold:
                continue
            self._activate(origin, other, level * share * factor)
            plain_share = activation.share_passed(plain, kind)
            self._lead(other, _Lead(level * plain_share * factor, None, (concept, other)))
            yield concept, other, share

    def _associations(self, concept: int) -> list[AssociationRow]:
        """The associations of a concept in eligible memories, most frequent first."""
        if self.places.everywhere and self.deadline is None:
            rows = graph.neighbours(self.connection, concept, _ASSOCIATED)
            self.reads += len(rows)
            return rows
        # Associations count over the whole library, so these are computed from the memories.
        ids = self._mentions(concept, _OF_ANCHOR)
        self._read(ids)
        numbers: Counter[concept_mentions.Triple] = Counter()
        for id in ids:
            if id in self.fibers:
                numbers.update(
                    concept_mentions.joins(self.fibers[id].concepts, self.fibers[id].ties)
                )
        counts = {
            triple: number
            for triple, number in numbers.items()
            if concept in (triple[0], triple[2])
        }
        frequent = heapq.nlargest(_ASSOCIATED, counts, key=lambda triple: (counts[triple], triple))
        weights = synapses.reinforcement(self.connection, frequent)
        return [
            AssociationRow(*triple, counts[triple], *weights.get(triple, (0.0, 0, None)))
            for triple in frequent
        ]

    def _activate(self, origin: int, concept: int, level: float) -> None:
        self.levels[concept] = max(self.levels.get(concept, 0.0), level)
        if origin in self.sets:
            anchor_set = self.sets[origin]
            anchor_set[concept] = max(anchor_set.get(concept, 0.0), level)

    def _lead(self, concept: int, lead: _Lead) -> None:
        previous = self._leads.get(concept)
        if previous is None or lead.weight > previous.weight:
            self._leads[concept] = lead

    # -- reading --------------------------------------------------------------------------------

    def _mentions(self, concept: int, limit: int) -> list[int]:
        engrams = graph.mentions(self.connection, concept, self.places, limit)
        self.reads += len(engrams)
        return engrams

    def _read(self, ids: Iterable[int]) -> None:
        unknown = [id for id in ids if id not in self.fibers]
        if not unknown:
            return
        rows = synapses.conduction_paths(self.connection, unknown)
        self.reads += len(rows)
        for row in rows:
            if row.place in self.places and (self.deadline is None or row.at <= self.deadline):
                self.fibers[row.engram] = row


#: No activation.
_UNREACHED = Reached(0.0, 0)


def _passes(fiber: ConductionPath, hours: float | None = None) -> float:
    """The share passed by a step along a fiber, so many hours after its last use (None: never)."""
    salience = _SALIENCE if fiber.salience is None else fiber.salience
    conductivity = 1.0 if fiber.conductivity is None else fiber.conductivity
    return activation.step(conductivity, hours, salience)


def _direct(by_words: float, by_concepts: float) -> float:
    """The score of a memory by its shares of the cue's words and concepts."""
    best = max(by_words, _BY_CONCEPTS * by_concepts)
    return min(1.0, best + 0.1 * min(by_words, by_concepts) * (1 - best))


def run(active: Field, rounds: int, strategy: str) -> None:
    """Expand a started field for so many rounds in total."""
    if strategy != "classic":
        active.conduct()
    if strategy != "reflex":
        active.spread(min(rounds, 2), _CLASSIC_FACTOR if strategy == "hybrid" else 1.0)
    for hop in range(1, rounds):
        if not active.follow(hop):
            return
