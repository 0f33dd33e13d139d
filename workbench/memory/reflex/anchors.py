"""Anchors: the concepts of a cue, and their initial activation.

A cue is traced like any statement. Its times, names and other words form ranked lists, and a
further one ranks by rarity; they are combined by reciprocal rank fusion (Cormack, Clarke, Büttcher
2009) and scaled to 0.1 to 1, as in NeuralMemory.
"""

import math
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.memory import words
from workbench.memory.concepts.records import ConceptSpan, ConceptType, Trace
from workbench.memory.vocabulary import STOP
from workbench.store import graph
from workbench.store.graph import EVERYWHERE, Places

#: The weights of the lists: times, names and places, other concepts, rarity.
_TIME, _NAMES, _WORDS, _RARE = 1.0, 0.9, 0.7, 0.7
_LISTS = {
    ConceptType.TIME: _TIME,
    ConceptType.ENTITY: _NAMES,
    ConceptType.SPATIAL: _NAMES,
}
_MIN_LEVEL = 0.1
#: Maximum anchors of a cue, the most informative.
_ANCHOR_LIMIT = 12


@dataclass(frozen=True, slots=True)
class Anchor:
    """A concept of a cue: its initial `level`, and its `share` of the cue's weight.

    `mentions` is how many eligible memories mention it.
    """

    concept: int
    name: str
    type: ConceptType
    level: float
    share: float
    mentions: int

    @property
    def names(self) -> bool:
        """Whether this is a time, a name or a place."""
        return self.type in _LISTS


@dataclass(frozen=True, slots=True)
class Anchors:
    """The anchors of a cue, rarest first.

    `unknown` are the concepts without mentions, `unseen` their share of the cue's weight.
    `name_count` and `keywords` count its times and names, and its other words.
    """

    anchors: tuple[Anchor, ...]
    unknown: tuple[str, ...]
    unseen: float
    name_count: int
    keywords: int


def anchors_of(
    connection: sqlite3.Connection, trace: Trace, rrf_k: int, places: Places = EVERYWHERE
) -> Anchors:
    """The anchors of a traced cue that are mentioned in these places."""
    traced = [span for span in trace.spans if not _is_function_word(span)]
    name_count = sum(_LISTS.get(span.type) is not None for span in traced)
    ids = graph.owners(connection, [span.key for span in traced])
    rows = graph.by_ids(connection, {id for owners in ids.values() for id in owners})
    numbers = graph.mentioning(connection, rows, places)
    by_concept: dict[int, ConceptSpan] = {}
    unknown: list[ConceptSpan] = []
    for span in traced:
        known = [concept for concept in ids.get(span.key, ()) if numbers.get(concept)]
        if not known:
            unknown.append(span)
        for concept in known:
            if concept not in by_concept or span.weight > by_concept[concept].weight:
                by_concept[concept] = span
    weights = {id: rarity(numbers[id]) * span.weight for id, span in by_concept.items()}
    rare = sorted(by_concept, key=lambda id: (numbers[id], id))[:_ANCHOR_LIMIT]
    levels = _fused([(by_concept[id], id) for id in rare], rare, rrf_k)
    unknown_weight = sum(span.weight for span in unknown)
    total = sum(weights.values()) + unknown_weight
    return Anchors(
        tuple(
            Anchor(
                id, rows[id].name, by_concept[id].type, levels[id], weights[id] / total,
                numbers[id],
            )
            for id in rare
        ),
        tuple(span.name for span in unknown),
        unknown_weight / total if total else 0.0,
        name_count,
        len(traced) - name_count,
    )  # fmt: skip


def _is_function_word(span: ConceptSpan) -> bool:
    """Whether a span is only a capitalised stop word."""
    return span.type is not ConceptType.TIME and all(
        word in STOP for token in words.tokens(span.name) for word in token.words
    )


def rarity(mentions: int) -> float:
    """The weight of a concept by its mentions: 1 for one, 0.18 for a hundred."""
    return 1 / (1 + math.log(max(mentions, 1)))


def _fused(
    pairs: Sequence[tuple[ConceptSpan, int]], rare: Iterable[int], k: int
) -> dict[int, float]:
    """Levels from 0.1 to 1, by reciprocal rank fusion."""
    sums = dict.fromkeys((id for _, id in pairs), 0.0)
    by_weight = sorted(pairs, key=lambda pair: -pair[0].weight)
    for weight in sorted({_LISTS.get(span.type, _WORDS) for span, _ in pairs}):
        ranked = [id for span, id in by_weight if _LISTS.get(span.type, _WORDS) == weight]
        for rank, id in enumerate(ranked, 1):
            sums[id] += weight / (k + rank)
    for rank, id in enumerate(rare, 1):
        sums[id] += _RARE / (k + rank)
    low, high = min(sums.values(), default=0.0), max(sums.values(), default=0.0)
    if high <= low:
        return dict.fromkeys(sums, 1.0)
    return {
        id: _MIN_LEVEL + (1 - _MIN_LEVEL) * (total - low) / (high - low)
        for id, total in sums.items()
    }
