"""Anchors: the concepts of a cue, and their initial activation.

A cue is traced like any statement. Its times, names and other words each make a ranked list, a last
one has the rarest first; reciprocal ranks are added up (Cormack, Clarke, Büttcher 2009) and mapped
to levels from 0.1 to 1, as NeuralMemory does.
"""

import math
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.memory import words
from workbench.memory.concepts.records import ConceptType, Found, Trace
from workbench.memory.vocabulary import STOP
from workbench.store import graph
from workbench.store.graph import EVERYWHERE, Places

#: What the lists count, by what their concepts are: times, names and places, all else.
_TIME, _NAMES, _WORDS, _RARE = 1.0, 0.9, 0.7, 0.7
_LISTS = {
    ConceptType.TIME: _TIME,
    ConceptType.ENTITY: _NAMES,
    ConceptType.SPATIAL: _NAMES,
}
_LEAST = 0.1
#: Concepts of a cue that are followed, the most telling ones.
_MOST = 12


@dataclass(frozen=True, slots=True)
class Anchor:
    """A concept of a cue: its `level` at the start, and its `share` of what the cue says.

    `mentions` is how many memories of those that count mention it.
    """

    concept: int
    name: str
    type: ConceptType
    level: float
    share: float
    mentions: int

    @property
    def names(self) -> bool:
        """Whether it is a time, a name or a place."""
        return self.type in _LISTS


@dataclass(frozen=True, slots=True)
class Anchors:
    """The anchors of a cue, the rarest first.

    `unknown` are the concepts that nothing mentions, `unseen` their share of what the cue says.
    `named` and `keywords` count its times and names, and its other words.
    """

    known: tuple[Anchor, ...]
    unknown: tuple[str, ...]
    unseen: float
    named: int
    keywords: int


def anchors_of(
    connection: sqlite3.Connection, trace: Trace, rrf_k: int, among: Places = EVERYWHERE
) -> Anchors:
    """The anchors of a traced cue, those that these places mention."""
    traced = [each for each in trace.found if not _only_asks(each)]
    named = sum(_LISTS.get(each.type) is not None for each in traced)
    ids = graph.by_keys(connection, [each.key for each in traced])
    rows = graph.by_ids(connection, set(ids.values()))
    numbers = graph.mentioning(connection, rows, among)
    known: dict[int, Found] = {}
    unknown: list[Found] = []
    for each in traced:
        concept = ids.get(each.key)
        if concept is None or not numbers.get(concept):
            unknown.append(each)
        elif concept not in known or each.weight > known[concept].weight:
            known[concept] = each
    weights = {id: rarity(numbers[id]) * each.weight for id, each in known.items()}
    rare = sorted(known, key=lambda id: (numbers[id], id))[:_MOST]
    levels = _fused([(known[id], id) for id in rare], rare, rrf_k)
    lost = sum(each.weight for each in unknown)
    total = sum(weights.values()) + lost
    return Anchors(
        tuple(
            Anchor(
                id, rows[id].name, known[id].type, levels[id], weights[id] / total,
                numbers[id],
            )
            for id in rare
        ),
        tuple(each.name for each in unknown),
        lost / total if total else 0.0,
        named,
        len(traced) - named,
    )  # fmt: skip


def _only_asks(found: Found) -> bool:
    """Whether it is but a word that asks or joins, with the capital of a beginning."""
    return found.type is not ConceptType.TIME and all(
        word in STOP for token in words.tokens(found.name) for word in token.words
    )


def rarity(mentions: int) -> float:
    """What a concept weighs that so many memories mention: 1 for one, 0.18 for a hundred."""
    return 1 / (1 + math.log(max(mentions, 1)))


def _fused(found: Sequence[tuple[Found, int]], rare: Iterable[int], k: int) -> dict[int, float]:
    """Levels from 0.1 to 1 by the ranks of concepts in their lists."""
    sums = dict.fromkeys((id for _, id in found), 0.0)
    by_weight = sorted(found, key=lambda each: -each[0].weight)
    for weight in sorted({_LISTS.get(each.type, _WORDS) for each, _ in found}):
        own = [id for each, id in by_weight if _LISTS.get(each.type, _WORDS) == weight]
        for rank, id in enumerate(own, 1):
            sums[id] += weight / (k + rank)
    for rank, id in enumerate(rare, 1):
        sums[id] += _RARE / (k + rank)
    low, high = min(sums.values(), default=0.0), max(sums.values(), default=0.0)
    if high <= low:
        return dict.fromkeys(sums, 1.0)
    return {id: _LEAST + (1 - _LEAST) * (each - low) / (high - low) for id, each in sums.items()}
