"""The graph that is shown: informative concepts, and associations that are sure enough.

Two are joined where a statement says how, or where sentences name both more often than chance
(log-likelihood ratio and normalised pointwise mutual information; in single sentences, and looser
in pairs of neighbouring ones). Tautologies (one name within the other) and what only one sentence
of a long text names together are not drawn. Bare words need more than names. All counts are within
a source, or within all short sources as one.
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

#: Group of what was told, which is counted as one text.
NOTES = -1
#: Least mutual information and log-likelihood of a pair by sentences (the second where three and
#: more name both), of two names, of a pair with a bare word, and by neighbouring sentences.
_NPMI, _G2, _G2_FREQUENT, _NAMES, _WORD_NPMI = 0.10, 6.6, 3.84, 0.03, 0.14
_NPMI_WINDOW, _G2_WINDOW, _WINDOW_COUNT = 0.15, 15.0, 4
#: Sentences up to which a text is small: then two sentences and this suffice.
_SMALL, _NPMI_SMALL = 700, 0.2
#: Statements from which on chance does not matter, unless it speaks against it.
_FREQUENT, _TOLERANCE = 3, 1e-6
#: Concepts of a sentence from which on it lists.
_CROWDED = 14
#: How much what is stated counts for more.
_RELATION_FACTOR = 1.35
#: The least weight of a join, and the score from which on a concept is as good as any.
_LIGHT, _GOOD = 0.04, 12.0
#: What a bare word at the other end is worth beside a name or a phrase.
_WORD = 0.6
#: The most that what was told, stated and named together gives a pair's strength.
_NOTE_MAX, _RELATION_MAX, _NAME_MAX = 0.95, 0.9, 0.7
#: The most that joint recalls give a pair: no statement stands behind it.
_RECALL_MAX = 0.7


class Pair(NamedTuple):
    """Two concepts, the smaller number first, that belong together.

    `sentences` name both; `npmi` is from -1 to 1; `has_relation` whether a statement says how,
    `in_notes` whether you told one, or the library is too small to tell chance from sense. No
    sentence does of what was only recalled together; `weight` is then its strength.
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
        """How strongly the two belong together, from 0 to 1."""
        if not self.sentences:
            return self.weight
        limit = _NOTE_MAX if self.in_notes else _RELATION_MAX if self.has_relation else _NAME_MAX
        return limit * (
            1 - 1 / (1 + self.sentences * max(self.npmi, _NOTE_MAX * self.in_notes, _LIGHT))
        )


class RelationCount(NamedTuple):
    """How many statements say how two belong together; `certain`: some were told, or are short."""

    number: int
    certain: bool
    in_notes: bool


_UNSAID = RelationCount(0, False, False)


@dataclass(frozen=True, slots=True)
class GraphView:
    """The drawn graph of a library, or of some places of it.

    `mentions` are of its concepts there; what is said loosely counts if it is said so
    `loose_minimum`.
    """

    scores: Mapping[int, float]
    firm: Collection[int]
    mentions: Mapping[int, int]
    pairs: Mapping[tuple[int, int], Pair]
    neighbours: Mapping[int, Sequence[tuple[float, int]]]
    loose_minimum: float = math.inf

    def pairs_of(self, concept: int, limit: int | None = None) -> list[Pair]:
        """The pairs of a concept, what tells most of it first."""
        nearest = self.neighbours.get(concept, ())[:limit]
        return [self.pairs[ordered(concept, other)] for _, other in nearest]

    def with_recalled(self, recalled: Mapping[tuple[int, int], float]) -> "GraphView":
        """This graph and pairs that were recalled together, by their shares of the most."""
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
    """Two concepts as a pair is named."""
    return (first, second) if first < second else (second, first)


def build_view(
    termhood: Termhood,
    note_counts: Mapping[int, int],
    rows: Sequence[tuple[int, int, int]],
    relations: Mapping[tuple[int, int], RelationCount],
    names: Mapping[int, str],
    firm: Collection[int],
    rejected: Collection[tuple[int, int]] = (),
) -> GraphView:
    """Draw the graph of the mentions `rows` (concept, place, engram).

    `note_counts` are concepts of told statements, which always count; `relations` how many
    statements say how two belong together; `firm` are names and phrases. What is `rejected` is not
    drawn.
    """
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
            # What is done or felt is drawn where it is stated only.
            continue
        if not relation.certain and not _is_visible(ends, counts, relation.number, firm, termhood):
            continue
        number = max(counts.sentences, relation.number)
        weight = (
            max(counts.npmi, _LIGHT)
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
    """How often two are named together, in the group of texts where that is least by chance."""

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
    firm: Collection[int],
    termhood: Termhood,
) -> bool:
    """Whether what joins two concepts is enough to be shown."""
    number, npmi = counts.sentences, max(counts.npmi, counts.npmi_window)
    short = counts.group == NOTES or termhood.words.get(counts.group, 0) < SHORT
    has_word = not (ends[0] in firm and ends[1] in firm)
    if not statements and has_word and npmi < _WORD_NPMI and not counts.theme:
        return False
    if statements:
        return counts.npmi >= (_NPMI if has_word and statements < _FREQUENT else -_TOLERANCE)
    if number < 1:
        return False
    small = short or termhood.sentences.get(counts.group, 0) < _SMALL
    return (
        counts.theme
        or (short and not has_word and number >= 2 and counts.npmi > 0)
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
    """Whether one name is part of the other, so that to join them says nothing."""
    a, b = ({stem(word) for word in key_of(text).split()} for text in (first, second))
    return a <= b or b <= a or key_of(first).replace(" ", "") == key_of(second).replace(" ", "")


# -- counting --------------------------------------------------------------------------------------


def _count_pairs(
    termhood: Termhood, scores: Mapping[int, float], rows: Sequence[tuple[int, int, int]]
) -> dict[tuple[int, int], _CoOccurrence]:
    """How often concepts are named together."""
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
    # A window is a sentence with the one before it: a mention counts in two.
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
        # Two sentences may name too many to be looked at where each by itself does not.
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
    """Of each pair of concepts in a group: sentences with both, with the one, with the other."""
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
    """Normalised pointwise mutual information and log-likelihood of `c` common of `n`."""
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
