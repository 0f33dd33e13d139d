"""Typed triples that were never written: rules, the tier, and both, on the held-out part.

Every (subject, relation), written or not, has an assembly of its own whose shared neurons follow
from the subject's code and the relation, so that what kindred subjects are said to stand in this
relation to is half-lit. Learned on the training part, ranked on the validation part, filtered.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import F32, F64, I64
from workbench.brain.engine.connectivity import bipartite, rows_of
from workbench.brain.engine.hashing import GOLDEN
from workbench.brain.engine.kinship import SLOT, coded_assemblies, codes
from workbench.brain.engine.subthreshold import RecallMode, SubthresholdNetwork
from workbench.space import latent
from workbench.space.latent import Counts

#: Slots of a pair's assembly that follow the meaning, directions and anchors (chosen on UMLS).
_SHARED, _WIDE, _ANCHORS = 40, 64, 64
#: Rules: evidence at least, in all, pairs of a body at most where there are many, and rules heeded.
_HITS, _DOUBT, _LARGEST, _HEEDED = 2, 5, 60_000, 5
_MANY = 500
_BEHIND = 1e-4


@dataclass(frozen=True, slots=True)
class Triples:
    """A set: `train` and `valid` int64[n, 3] of head, relation and tail."""

    entities: int
    relations: int
    train: I64
    valid: I64


def load(folder: Path) -> Triples:
    """Read train.txt and valid.txt of a folder."""
    parts = [
        [
            tuple(line.split("\t"))
            for line in (folder / name).read_text("utf-8").splitlines()
            if line
        ]
        for name in ("train.txt", "valid.txt")
    ]
    both = parts[0] + parts[1]
    entities = {x: i for i, x in enumerate(sorted({x for h, _, t in both for x in (h, t)}))}
    relations = {x: i for i, x in enumerate(sorted({r for _, r, _ in both}))}
    train, valid = (
        np.array([(entities[h], relations[r], entities[t]) for h, r, t in part], np.int64)
        for part in parts
    )
    return Triples(len(entities), len(relations), train, valid)


@dataclass(frozen=True, slots=True)
class Typed:
    """Reciprocal ranks of every held-out end: slot frequency, rules, the tier, rules and tier."""

    frequency: F64
    rules: F64
    tier: F64
    both: F64


def measure(data: Triples) -> Typed:
    """Rank both ends of every held-out triple."""
    found: dict[str, list[float]] = defaultdict(list)
    asked = _Asked(data)
    known = _known(data)
    for relation, scores in _rules(data):
        chosen = data.valid[data.valid[:, 1] == relation]
        for head, _, tail in chosen.tolist():
            for forward, query, gold in ((True, head, tail), (False, tail, head)):
                often = asked.frequency(relation, forward)
                rules = (scores[query] if forward else scores[:, query]) + _BEHIND * often
                tier = asked.scores(query, relation, forward) + _BEHIND * often
                others = np.array(sorted(known[relation, forward, query] - {gold}), np.int64)
                for name, score in (
                    ("frequency", often),
                    ("rules", rules),
                    ("tier", tier),
                    ("both", _level(rules) + _level(tier)),
                ):
                    found[name].append(1 / _rank(score, gold, others))
    return Typed(**{name: np.array(rows) for name, rows in found.items()})


def _known(data: Triples) -> Mapping[tuple[int, bool, int], set[int]]:
    known: dict[tuple[int, bool, int], set[int]] = defaultdict(set)
    for head, relation, tail in np.concatenate([data.train, data.valid]).tolist():
        known[relation, True, head].add(tail)
        known[relation, False, tail].add(head)
    return known


def _level(score: F64) -> F64:
    level: F64 = score / (np.abs(score).max() + 1e-12)
    return level


def _rank(score: F64, gold: int, others: I64) -> float:
    counted = np.ones(len(score), np.bool_)
    counted[others] = False
    own = score[gold]
    level = ((score == own) & counted).sum() - 1
    return float(1 + ((score > own) & counted).sum() + level / 2)


class _Asked:
    """The tier over pairs of an entity and a relation, in either direction."""

    def __init__(self, data: Triples) -> None:
        self._data = data
        m = data.relations
        both = np.concatenate([data.train, data.valid])
        keys = np.unique(
            np.concatenate([both[:, 0] * 2 * m + both[:, 1], both[:, 2] * 2 * m + both[:, 1] + m])
        )
        self._keys = keys
        n = data.entities
        size = n + len(keys)
        head, relation, tail = data.train.T
        pair = np.concatenate([self._pair(head, relation), self._pair(tail, relation + m)])
        end = np.concatenate([tail, head])
        places = len(keys)
        own = np.arange(places)
        forth = rows_of(size, n + own, own, np.ones(places), 1)
        there = rows_of(places, pair - n, end, np.ones(len(end)), 1)
        code = codes(entity_vectors(data), _SHARED, min(_ANCHORS, n // 4)).astype(np.uint64)
        subject, asked = keys // (2 * m), (keys % (2 * m)).astype(np.uint64)
        slots = np.arange(_SHARED, dtype=np.uint64)
        mixed = code[subject] * np.uint64(2654435761)
        mixed = (mixed + asked[:, None] * np.uint64(40503) + slots * np.uint64(97)) * GOLDEN
        shared = np.full((size, _SHARED), -1, np.int16)
        shared[n:] = ((mixed >> np.uint64(40)) % np.uint64(SLOT)).astype(np.int16)
        self._tier = SubthresholdNetwork(bipartite(forth, there), coded_assemblies(size, shared))

    def _pair(self, entity: I64, relation: I64) -> I64:
        number = np.searchsorted(self._keys, entity * 2 * self._data.relations + relation)
        return self._data.entities + number

    def scores(self, entity: int, relation: int, forward: bool) -> F64:
        """What is driven from one pair in one step: float64[entities], 1 the most."""
        turned = relation if forward else relation + self._data.relations
        cue = int(self._pair(np.array(entity), np.array(turned)))
        heard = self._tier.recall([cue], RecallMode(steps=1))
        return _level(heard.score[: self._data.entities])

    def frequency(self, relation: int, forward: bool) -> F64:
        """How often an entity stands at the open end of a relation, below 1."""
        chosen = self._data.train[self._data.train[:, 1] == relation]
        often = np.bincount(chosen[:, 2 if forward else 0], minlength=self._data.entities)
        share: F64 = often / (often.max() + 1)
        return share


def entity_vectors(data: Triples) -> F32:
    """Where entities lie by what they are said to stand in relations to: float32[n, d], length 1.

    Positive pointwise mutual information of entities and (relation, direction, other end).
    """
    head, relation, tail = data.train.T
    n, m = data.entities, data.relations
    row = np.concatenate([head, tail])
    column = np.concatenate([relation * n + tail, (m + relation) * n + head])
    rows, columns = np.bincount(row, minlength=n), np.bincount(column, minlength=2 * m * n)
    told = np.maximum(np.log(len(row) / (rows[row] * columns[column])), 0)
    order = np.lexsort((column, row))
    starts = np.zeros(n + 1, np.int64)
    np.cumsum(rows, out=starts[1:])
    matrix = Counts(
        starts, column[order].astype(np.int32), told[order].astype(np.float32), 2 * m * n
    )
    # Entities are few: they are taken apart exactly, by what they have in common.
    used, where = np.unique(matrix.words, return_inverse=True)
    narrow = Counts(starts, where.astype(np.int32), matrix.times, len(used))
    common = np.zeros((n, n), np.float64)
    flipped = latent.transposed(narrow)
    for low, high in zip(flipped.starts[:-1].tolist(), flipped.starts[1:].tolist(), strict=True):
        if high - low > 1:
            who, how = flipped.words[low:high], flipped.times[low:high].astype(np.float64)
            common[np.ix_(who, who)] += how[:, None] * how
    common[np.arange(n), np.arange(n)] = np.bincount(
        np.repeat(np.arange(n), rows), matrix.times.astype(np.float64) ** 2, minlength=n
    )
    values, vectors = np.linalg.eigh(common)
    wide = min(_WIDE, n - 1)
    strength = np.maximum(values[::-1][:wide], 0)
    found: F64 = vectors[:, ::-1][:, :wide] * strength**0.25
    found /= np.linalg.norm(found, axis=1, keepdims=True) + 1e-9
    narrowed: F32 = found.astype(np.float32)
    return narrowed


# -- rules -----------------------------------------------------------------------------------------


def _rules(data: Triples) -> Iterator[tuple[int, F64]]:
    """What rules of one and two steps say of every pair, relation by relation: float64[n, n].

    The rival of `BASELINES`: confidence hits / (pairs + 5), the surest five joined by noisy or.
    """
    n, m = data.entities, data.relations
    one = [data.train[data.train[:, 1] == r][:, [0, 2]] for r in range(m)]
    step = [*one, *(pairs[:, ::-1] for pairs in one)]
    bodies: dict[tuple[int, ...], NDArray[np.int32]] = {}
    for i, pairs in enumerate(step):
        if len(pairs):
            bodies[(i,)] = np.unique(pairs[:, 0] * n + pairs[:, 1]).astype(np.int32)
    rows = [pairs[np.argsort(pairs[:, 0], kind="stable")] for pairs in step]
    for i, first in enumerate(step):
        for j, second in enumerate(rows):
            keys = _joined(first, second, n)
            if 0 < len(keys) <= (_LARGEST if n > _MANY else n * n):
                bodies[i, j] = keys
    known = data.train[:, 0] * n + data.train[:, 2]
    order = np.argsort(known, kind="stable")
    known, of = known[order], data.train[order, 1]
    hits = {body: _hits(keys, known, of, m) for body, keys in bodies.items()}
    for r in range(m):
        sure = sorted(
            (
                (float(hits[body][r]) / (len(keys) + _DOUBT), body)
                for body, keys in bodies.items()
                if body != (r,) and hits[body][r] >= _HITS
            ),
            reverse=True,
        )
        miss, count = np.ones(n * n), np.zeros(n * n, np.int8)
        for confidence, body in sure[: 300 if n > _MANY else 1000]:
            keys = bodies[body]
            keys = keys[count[keys] < _HEEDED]
            miss[keys] *= 1 - confidence
            count[keys] += 1
        yield r, (1 - miss).reshape(n, n)


def _joined(first: I64, second: I64, n: int) -> NDArray[np.int32]:
    """Where the first step and then the second lead, from each: distinct keys, sorted."""
    low = np.searchsorted(second[:, 0], first[:, 1])
    sizes = np.searchsorted(second[:, 0], first[:, 1], side="right") - low
    at = np.arange(int(sizes.sum())) + np.repeat(low - (np.cumsum(sizes) - sizes), sizes)
    return np.unique(np.repeat(first[:, 0], sizes) * n + second[at, 1]).astype(np.int32)


def _hits(keys: NDArray[np.int32], known: I64, of: I64, relations: int) -> I64:
    low, high = np.searchsorted(known, keys), np.searchsorted(known, keys, side="right")
    sizes = high - low
    at = np.arange(int(sizes.sum())) + np.repeat(low - (np.cumsum(sizes) - sizes), sizes)
    return np.bincount(of[at], minlength=relations)
