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
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.memory.concepts.keys import key_of
from workbench.memory.graph.source_words import stem
from workbench.memory.graph.termhood import SHORT, Telling

Ids = NDArray[np.int64]

#: Group of what was told, which is counted as one text.
TOLD = -1
#: Least mutual information and log-likelihood of a pair by sentences (the second where three and
#: more name both), of two names, of a pair with a bare word, and by neighbouring sentences.
_NPMI, _G2, _G2_OFTEN, _NAMES, _BARE = 0.10, 6.6, 3.84, 0.03, 0.14
_NPMI_NEAR, _G2_NEAR, _NEAR = 0.15, 15.0, 4
#: Sentences up to which a text is small: then two sentences and this suffice.
_SMALL, _NPMI_SMALL = 700, 0.2
#: Statements from which on chance does not matter, unless it speaks against it.
_OFTEN, _EVEN = 3, 1e-6
#: Concepts of a sentence from which on it lists.
_CROWDED = 14
#: How much what is stated counts for more.
_STATED = 1.35
#: The least weight of a join, and the score from which on a concept is as good as any.
_LIGHT, _GOOD = 0.04, 12.0
#: What a bare word at the other end is worth beside a name or a phrase.
_WORD = 0.6
#: The most that what was told, stated and named together gives a pair's strength.
_TOLD, _READ, _NAMED = 0.95, 0.9, 0.7


class Pair(NamedTuple):
    """Two concepts, the smaller number first, that belong together.

    `sentences` name both; `npmi` is from -1 to 1; `stated` whether a statement says how, `told`
    whether you told one, or the library is too small to tell chance from sense.
    """

    a: int
    b: int
    sentences: int
    npmi: float
    weight: float
    stated: bool
    told: bool

    @property
    def strength(self) -> float:
        """How strongly the two belong together, from 0 to 1."""
        most = _TOLD if self.told else _READ if self.stated else _NAMED
        return most * (1 - 1 / (1 + self.sentences * max(self.npmi, _TOLD * self.told, _LIGHT)))


class Stated(NamedTuple):
    """How many statements say how two belong together; `sure`: some were told, or are short."""

    number: int
    sure: bool
    told: bool


_UNSAID = Stated(0, False, False)


@dataclass(frozen=True, slots=True)
class DrawnGraph:
    """The drawn graph of a library, or of some places of it.

    `mentions` are of its concepts there; what is said loosely counts if it is said so `often`.
    """

    scores: Mapping[int, float]
    firm: Collection[int]
    mentions: Mapping[int, int]
    pairs: Mapping[tuple[int, int], Pair]
    beside: Mapping[int, Sequence[tuple[float, int]]]
    often: float = math.inf

    def around(self, concept: int, most: int | None = None) -> list[Pair]:
        """The pairs of a concept, what tells most of it first."""
        near = self.beside.get(concept, ())[:most]
        return [self.pairs[ordered(concept, other)] for _, other in near]


def ordered(one: int, other: int) -> tuple[int, int]:
    """Two concepts as a pair is named."""
    return (one, other) if one < other else (other, one)


def drawn(
    held: Telling,
    told: Mapping[int, int],
    rows: Sequence[tuple[int, int, int]],
    stated: Mapping[tuple[int, int], Stated],
    names: Mapping[int, str],
    firm: Collection[int],
    rejected: Collection[tuple[int, int]] = (),
) -> DrawnGraph:
    """Draw the graph of the mentions `rows` (concept, place, engram).

    `told` are concepts of told statements, which always count; `stated` how many statements say
    how two belong together; `firm` are names and phrases. What is `rejected` is not drawn.
    """
    scores = dict(held.scores)
    for concept, number in told.items():
        score = math.log2(2 + number) if concept in firm else 0.0
        scores[concept] = max(scores.get(concept, 0.0), score)
    counted = _counted(held, scores, rows)
    small = sum(held.words.values()) < SHORT
    mentions = Counter(row[0] for row in rows)
    pairs: dict[tuple[int, int], Pair] = {}
    gone = set(rejected)
    every = dict.fromkeys((*counted, *stated))
    for ends in every:
        if ends in gone or ends[0] not in scores or ends[1] not in scores:
            continue
        if overlap(names.get(ends[0], ""), names.get(ends[1], "")):
            continue
        found = counted.get(ends, _NEVER)
        said = stated.get(ends, _UNSAID)
        if not said.number and not (scores[ends[0]] and scores[ends[1]]):
            # What is done or felt is drawn where it is stated only.
            continue
        if not said.sure and not _holds(ends, found, said.number, firm, held):
            continue
        number = max(found.sentences, said.number)
        weight = max(found.npmi, _LIGHT) * math.log2(1 + number) * (_STATED if said.number else 1.0)
        by_you = said.told or (small and bool(said.number))
        pairs[ends] = Pair(*ends, number, found.npmi, weight, bool(said.number), by_you)
    beside: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (a, b), pair in pairs.items():
        for one, other in ((a, b), (b, a)):
            worth = pair.weight * (0.5 + min(1.0, scores[other] / _GOOD))
            if other not in firm and not pair.told:
                worth *= _WORD
            beside[one].append((worth, other))
    for around in beside.values():
        around.sort(key=lambda each: (-each[0], each[1]))
    return DrawnGraph(scores, firm, mentions, pairs, dict(beside), held.often)


class _Together(NamedTuple):
    """How often two are named together, in the group of texts where that is least by chance."""

    sentences: int
    npmi: float
    g2: float
    near: int
    npmi_near: float
    g2_near: float
    group: int
    theme: bool


_NEVER = _Together(0, -1.0, 0.0, 0, -1.0, 0.0, 0, False)


def _holds(
    ends: tuple[int, int],
    found: _Together,
    said: int,
    firm: Collection[int],
    held: Telling,
) -> bool:
    """Whether what joins two concepts is enough to be shown."""
    number, npmi = found.sentences, max(found.npmi, found.npmi_near)
    short = found.group == TOLD or held.words.get(found.group, 0) < SHORT
    bare = not (ends[0] in firm and ends[1] in firm)
    if not said and bare and npmi < _BARE and not found.theme:
        return False
    if said:
        return found.npmi >= (_NPMI if bare and said < _OFTEN else -_EVEN)
    if number < 1:
        return False
    small = short or held.sentences.get(found.group, 0) < _SMALL
    return (
        found.theme
        or (short and not bare and number >= 2 and found.npmi > 0)
        or (not bare and number >= 3 and npmi >= _NAMES)
        or (small and number >= 2 and found.npmi >= _NPMI_SMALL and found.g2 >= _G2_OFTEN)
        or (number >= 3 and found.npmi >= _NPMI and found.g2 >= _G2_OFTEN)
        or (number >= 2 and found.npmi >= _NPMI and found.g2 >= _G2)
        or (found.near >= _NEAR and found.npmi_near >= _NPMI_NEAR and found.g2_near >= _G2_NEAR)
    )


def overlap(one: str, other: str) -> bool:
    """Whether one name is part of the other, so that to join them says nothing."""
    a, b = ({stem(word) for word in key_of(each).split()} for each in (one, other))
    return a <= b or b <= a or key_of(one).replace(" ", "") == key_of(other).replace(" ", "")


# -- counting --------------------------------------------------------------------------------------


def _counted(
    held: Telling, scores: Mapping[int, float], rows: Sequence[tuple[int, int, int]]
) -> dict[tuple[int, int], _Together]:
    """How often concepts are named together."""
    table = np.array([row for row in rows if row[0] in scores], np.int64).reshape(-1, 3)
    if len(table) and len(held.unfit):
        at = np.minimum(np.searchsorted(held.unfit, table[:, 2]), len(held.unfit) - 1)
        table = table[held.unfit[at] != table[:, 2]]
    if not len(table):
        return {}
    places, which = np.unique(table[:, 1], return_inverse=True)
    group = np.array([held.group_of.get(int(p), TOLD if p < 0 else 0) for p in places])[which]
    ids, concept = np.unique(table[:, 0], return_inverse=True)
    engram = table[:, 2]
    number = {int(each): held.sentences.get(int(each), 0) for each in np.unique(group)}
    number[TOLD] = len(np.unique(engram[group == TOLD]))
    close = _pairs(concept, engram, group, ids)
    # A window is a sentence with the one before it: a mention counts in two.
    near = _pairs(
        np.concatenate((concept, concept)),
        np.concatenate((engram, engram + 1)),
        np.concatenate((group, group)),
        ids,
    )
    found: dict[tuple[int, int], _Together] = {}
    total: dict[tuple[int, int], int] = defaultdict(int)
    for key, (c, a, b) in close.items():
        *ends, of = key
        npmi, g2 = _strength(c, a, b, number[of])
        # Two sentences may name too many to be looked at where each by itself does not.
        c2, a2, b2 = near.get(key, (c, a, b))
        npmi2, g22 = _strength(c2, a2, b2, number[of])
        pair = ends[0], ends[1]
        total[pair] += c
        themes = held.themes.get(of, ())
        theme = c >= 3 and pair[0] in themes and pair[1] in themes
        each = _Together(c, npmi, g2, c2, npmi2, g22, of, theme)
        before = found.get(pair)
        if before is None or (each.theme, each.g2, each.npmi) > (
            before.theme, before.g2, before.npmi,
        ):  # fmt: skip
            found[pair] = each
    return {pair: each._replace(sentences=total[pair]) for pair, each in found.items()}


def _pairs(
    concept: NDArray[Any], engram: Ids, group: Ids, ids: Ids
) -> dict[tuple[int, int, int], tuple[int, int, int]]:
    """Of each pair of concepts in a group: sentences with both, with the one, with the other."""
    size = len(ids)
    groups, at = np.unique(group, return_inverse=True)
    once = np.unique(np.stack((engram, at, concept), axis=1), axis=0)
    engram, at, concept = once.T
    alone = np.bincount(at * size + concept, minlength=size * len(groups))
    first = np.searchsorted(engram, engram)
    crowd = np.searchsorted(engram, engram, side="right") - first
    kept = crowd <= _CROWDED
    engram, at, concept = engram[kept], at[kept], concept[kept]
    parts: list[Ids] = []
    for step in range(1, _CROWDED):
        same = engram[step:] == engram[:-step]
        if not same.any():
            break
        one, other = concept[:-step][same], concept[step:][same]
        parts.append((at[step:][same] * size + one) * size + other)
    if not parts:
        return {}
    keys, numbers = np.unique(np.concatenate(parts), return_counts=True)
    of, rest = np.divmod(keys, size * size)
    one, other = np.divmod(rest, size)
    return {
        (a, b, g): (c, x, y)
        for a, b, g, c, x, y in zip(
            ids[one].tolist(),
            ids[other].tolist(),
            groups[of].tolist(),
            numbers.tolist(),
            alone[of * size + one].tolist(),
            alone[of * size + other].tolist(),
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
    return sum(each * math.log(each / total) for each in cells if each > 0)
