"""The graph that is shown: informative concepts, and sufficiently certain associations.

Two concepts are joined if a statement relates them, or if they co-occur more often than by chance
(log-likelihood ratio, Dunning 1993; normalised pointwise mutual information, Bouma 2009), within
sentences or, less strictly, adjacent ones. Tautologies (one name within the other) and pairs from a
single sentence of a long text are not drawn. Common words need more evidence than names. Counts are
per source, or for all short sources together.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.memory.concepts.keys import key_of
from workbench.memory.graph.source_words import stem
from workbench.memory.graph.termhood import SHORT, Termhood

Ids = NDArray[np.int64]

#: The group of stored statements, counted as one text.
NOTES = -1
#: Minimum NPMI and log-likelihood of a pair in sentences (the second for three or more), NPMI of
#: two names, and in adjacent sentences.
_NPMI, _G2, _G2_FREQUENT, _NAMES = 0.10, 6.6, 3.84, 0.03
_NPMI_WINDOW, _G2_WINDOW, _WINDOW_COUNT = 0.15, 15.0, 4
#: Maximum sentences of a small text, in which two sentences and this NPMI suffice.
_SMALL, _NPMI_SMALL = 700, 0.2
#: Statements from which chance is ignored, unless it speaks against the pair.
_FREQUENT, _TOLERANCE = 3, 1e-6
#: Concepts from which a sentence is an enumeration.
_CROWDED = 14
#: The weight factor of stated relations.
_RELATION_FACTOR = 1.35
#: The minimum weight of a pair, and the score at which a concept's weight saturates.
_LIGHT, _GOOD = 0.04, 12.0
#: The factor for a common word at the other end.
_WORD = 0.6
#: The maximum strength of pairs from notes, stated relations and co-occurrence.
_NOTE_MAX, _RELATION_MAX, _NAME_MAX = 0.95, 0.9, 0.7
#: The maximum strength by joint recalls, which no statement supports.
_RECALL_MAX = 0.7


class Pair(NamedTuple):
    """Two associated concepts, the smaller id first.

    `sentences` name both; `npmi` is from -1 to 1; `has_relation` whether a statement relates them,
    `in_notes` whether a stored statement does, or the library is too small for statistics. Pairs
    that were only recalled together have no sentence; `weight` is then their strength.
    """

    a: int
    b: int
    sentences: int
    npmi: float
    weight: float
    has_relation: bool
    in_notes: bool

    @property
    def strength(self) -> float:
        """The strength of the association, 0 to 1."""
        if not self.sentences:
            return self.weight
        limit = _NOTE_MAX if self.in_notes else _RELATION_MAX if self.has_relation else _NAME_MAX
        return limit * (
            1 - 1 / (1 + self.sentences * max(self.npmi, _NOTE_MAX * self.in_notes, _LIGHT))
        )


class RelationCount(NamedTuple):
    """How many statements relate two concepts; `certain`: some are facts, or in short sources."""

    number: int
    certain: bool
    in_notes: bool


_UNSAID = RelationCount(0, False, False)


@dataclass(frozen=True, slots=True)
class GraphView:
    """The drawn graph of a library, or of some places of it.

    `mentions` are those of its concepts there; uncertain statements count from `loose_minimum` on.
    """

    scores: Mapping[int, float]
    firm: Collection[int]
    mentions: Mapping[int, int]
    pairs: Mapping[tuple[int, int], Pair]
    neighbours: Mapping[int, Sequence[tuple[float, int]]]
    loose_minimum: float = math.inf

    def pairs_of(self, concept: int, limit: int | None = None) -> list[Pair]:
        """The pairs of a concept, the most informative first."""
        nearest = self.neighbours.get(concept, ())[:limit]
        return [self.pairs[ordered(concept, other)] for _, other in nearest]

    def with_recalled(self, recalled: Mapping[tuple[int, int], float]) -> "GraphView":
        """This graph with pairs recalled together, weighted relative to the strongest."""
        pairs = {
            ends: Pair(*ends, 0, -1.0, _RECALL_MAX * share, False, False)
            for ends, share in recalled.items()
            if ends not in self.pairs and ends[0] in self.scores and ends[1] in self.scores
        }
        neighbours: dict[int, Sequence[tuple[float, int]]] = {}
        for (a, b), pair in pairs.items():
            for head, tail in ((a, b), (b, a)):
                previous = neighbours.get(head, self.neighbours.get(head, ()))
                entries = [*previous, (pair.weight, tail)]
                neighbours[head] = sorted(entries, key=lambda entry: (-entry[0], entry[1]))
        if not pairs:
            return self
        return replace(
            self,
            pairs={**self.pairs, **pairs},
            neighbours={**self.neighbours, **neighbours},
        )


def ordered(first: int, second: int) -> tuple[int, int]:
    """A pair in canonical order."""
    return (first, second) if first < second else (second, first)


def build_view(
    termhood: Termhood,
    note_counts: Mapping[int, int],
    rows: Sequence[tuple[int, int, int]],
    relations: Mapping[tuple[int, int], RelationCount],
    names: Mapping[int, str],
    rejected: Collection[tuple[int, int]] = (),
) -> GraphView:
    """Build the graph from the mentions `rows` (concept, place, engram).

    `note_counts` are concepts of stored statements, which are always included; `relations` how many
    statements relate two concepts. `rejected` pairs are not drawn.
    """
    firm = termhood.firm
    scores = dict(termhood.scores)
    for concept, number in note_counts.items():
        score = math.log2(2 + number) if concept in firm else 0.0
        scores[concept] = max(scores.get(concept, 0.0), score)
    co_occurring = _count_pairs(termhood, scores, rows)
    small = sum(termhood.words.values()) < SHORT
    mentions = Counter(row[0] for row in rows)
    pairs: dict[tuple[int, int], Pair] = {}
    hidden = set(rejected)
    candidates = dict.fromkeys((*co_occurring, *relations))
    for ends in candidates:
        if ends in hidden or ends[0] not in scores or ends[1] not in scores:
            continue
        if overlap(names.get(ends[0], ""), names.get(ends[1], "")):
            continue
        counts = co_occurring.get(ends, _NO_CO_OCCURRENCE)
        relation = relations.get(ends, _UNSAID)
        if not relation.number and not (scores[ends[0]] and scores[ends[1]]):
            # Actions and states are drawn only if stated.
            continue
        if not relation.certain and not _is_visible(ends, counts, relation.number, termhood):
            continue
        number = max(counts.sentences, relation.number)
        weight = (
            # The two main figures of a novel are everywhere, and thereby together by chance.
            max(counts.npmi, _NPMI if counts.theme else _LIGHT)
            * math.log2(1 + number)
            * (_RELATION_FACTOR if relation.number else 1.0)
        )
        in_notes = relation.in_notes or (small and bool(relation.number))
        pairs[ends] = Pair(*ends, number, counts.npmi, weight, bool(relation.number), in_notes)
    neighbours: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (a, b), pair in pairs.items():
        for head, tail in ((a, b), (b, a)):
            weight_there = pair.weight * (0.5 + min(1.0, scores[tail] / _GOOD))
            if tail not in firm and not pair.in_notes:
                weight_there *= _WORD
            neighbours[head].append((weight_there, tail))
    for entries in neighbours.values():
        entries.sort(key=lambda entry: (-entry[0], entry[1]))
    return GraphView(scores, firm, mentions, pairs, dict(neighbours), termhood.loose_minimum)


class _CoOccurrence(NamedTuple):
    """The co-occurrence of two concepts, in the group of texts where it is least due to chance."""

    sentences: int
    npmi: float
    g2: float
    windows: int
    npmi_window: float
    g2_window: float
    group: int
    theme: bool


_NO_CO_OCCURRENCE = _CoOccurrence(0, -1.0, 0.0, 0, -1.0, 0.0, 0, False)


def _is_visible(
    ends: tuple[int, int],
    counts: _CoOccurrence,
    statements: int,
    termhood: Termhood,
) -> bool:
    """Whether the evidence for a pair suffices to show it."""
    number, npmi = counts.sentences, max(counts.npmi, counts.npmi_window)
    short = counts.group == NOTES or termhood.words.get(counts.group, 0) < SHORT
    has_word = not termhood.firm.issuperset(ends)
    if counts.theme:
        return True
    if statements:
        return counts.npmi >= (_NPMI if has_word and statements < _FREQUENT else -_TOLERANCE)
    small = short or termhood.sentences.get(counts.group, 0) < _SMALL
    return (
        (short and not has_word and number >= 2 and counts.npmi > 0)
        or (not has_word and number >= 3 and npmi >= _NAMES)
        or (small and number >= 2 and counts.npmi >= _NPMI_SMALL and counts.g2 >= _G2_FREQUENT)
        or (number >= 3 and counts.npmi >= _NPMI and counts.g2 >= _G2_FREQUENT)
        or (number >= 2 and counts.npmi >= _NPMI and counts.g2 >= _G2)
        or (
            counts.windows >= _WINDOW_COUNT
            and counts.npmi_window >= _NPMI_WINDOW
            and counts.g2_window >= _G2_WINDOW
        )
    )


def overlap(first: str, second: str) -> bool:
    """Whether one name is part of the other, so that joining them is a tautology."""
    a, b = ({stem(word) for word in key_of(text).split()} for text in (first, second))
    return a <= b or b <= a or key_of(first).replace(" ", "") == key_of(second).replace(" ", "")


# -- counting --------------------------------------------------------------------------------------


def _count_pairs(
    termhood: Termhood, scores: Mapping[int, float], rows: Sequence[tuple[int, int, int]]
) -> dict[tuple[int, int], _CoOccurrence]:
    """The co-occurrence of each pair of concepts."""
    table = np.array([row for row in rows if row[0] in scores], np.int64).reshape(-1, 3)
    if len(table) and len(termhood.unfit):
        at = np.minimum(np.searchsorted(termhood.unfit, table[:, 2]), len(termhood.unfit) - 1)
        table = table[termhood.unfit[at] != table[:, 2]]
    if not len(table):
        return {}
    places, place_index = np.unique(table[:, 1], return_inverse=True)
    group = np.array([termhood.group_of.get(int(p), NOTES if p < 0 else 0) for p in places])[
        place_index
    ]
    ids, concept = np.unique(table[:, 0], return_inverse=True)
    engram = table[:, 2]
    number = {int(key): termhood.sentences.get(int(key), 0) for key in np.unique(group)}
    number[NOTES] = len(np.unique(engram[group == NOTES]))
    close = _pairs(concept, engram, group, ids)
    # A window is a sentence and its predecessor: a mention counts in two.
    windows = _pairs(
        np.concatenate((concept, concept)),
        np.concatenate((engram, engram + 1)),
        np.concatenate((group, group)),
        ids,
    )
    best: dict[tuple[int, int], _CoOccurrence] = {}
    total: dict[tuple[int, int], int] = defaultdict(int)
    for key, (c, a, b) in close.items():
        *ends, of = key
        npmi, g2 = _strength(c, a, b, number[of])
        # Two sentences may have too many concepts together, but not separately.
        c2, a2, b2 = windows.get(key, (c, a, b))
        npmi2, g22 = _strength(c2, a2, b2, number[of])
        pair = ends[0], ends[1]
        total[pair] += c
        themes = termhood.themes.get(of, ())
        theme = c >= 3 and pair[0] in themes and pair[1] in themes
        source = _CoOccurrence(c, npmi, g2, c2, npmi2, g22, of, theme)
        previous = best.get(pair)
        if previous is None or (source.theme, source.g2, source.npmi) > (
            previous.theme, previous.g2, previous.npmi,
        ):  # fmt: skip
            best[pair] = source
    return {pair: counts._replace(sentences=total[pair]) for pair, counts in best.items()}


def _pairs(
    concept: NDArray[Any], engram: Ids, group: Ids, ids: Ids
) -> dict[tuple[int, int, int], tuple[int, int, int]]:
    """For each pair of concepts in a group: sentences with both, the first, the second."""
    size = len(ids)
    groups, at = np.unique(group, return_inverse=True)
    unique = np.unique(np.stack((engram, at, concept), axis=1), axis=0)
    engram, at, concept = unique.T
    totals = np.bincount(at * size + concept, minlength=size * len(groups))
    first = np.searchsorted(engram, engram)
    crowd = np.searchsorted(engram, engram, side="right") - first
    uncrowded = crowd <= _CROWDED
    engram, at, concept = engram[uncrowded], at[uncrowded], concept[uncrowded]
    parts: list[Ids] = []
    for step in range(1, _CROWDED):
        same = engram[step:] == engram[:-step]
        if not same.any():
            break
        first_index, other = concept[:-step][same], concept[step:][same]
        parts.append((at[step:][same] * size + first_index) * size + other)
    if not parts:
        return {}
    keys, numbers = np.unique(np.concatenate(parts), return_counts=True)
    of, codes = np.divmod(keys, size * size)
    first_index, other = np.divmod(codes, size)
    return {
        (a, b, g): (c, x, y)
        for a, b, g, c, x, y in zip(
            ids[first_index].tolist(),
            ids[other].tolist(),
            groups[of].tolist(),
            numbers.tolist(),
            totals[of * size + first_index].tolist(),
            totals[of * size + other].tolist(),
            strict=True,
        )
    }


def _strength(c: int, a: int, b: int, n: int) -> tuple[float, float]:
    """NPMI and log-likelihood ratio: `c` common sentences of `n`, `a` and `b` of each."""
    n = max(n, a + b - c, 1)
    if c >= n:
        return 1.0, 0.0
    npmi = math.log(c * n / (a * b)) / -math.log(c / n)
    if c * n <= a * b:
        return npmi, 0.0
    cells = (c, a - c, b - c, n - a - b + c)
    g2 = 2 * (_entropy(cells) - _entropy((a, n - a)) - _entropy((b, n - b)))
    return npmi, g2


def _entropy(cells: Sequence[int]) -> float:
    total = sum(cells)
    return sum(count * math.log(count / total) for count in cells if count > 0)
