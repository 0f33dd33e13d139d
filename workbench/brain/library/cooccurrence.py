"""Co-occurrence counts of concepts in a library, for links that nobody wrote.

Places are passages, and what was told on its own; concepts lie where the words of their sentences
put them. Rare and all too common concepts, and what is no thing, can be asked about, but nobody
speaks of them.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import Stemmer
from numpy.typing import NDArray

from workbench.arrays import I64
from workbench.brain.engine import meaning
from workbench.brain.engine.fabric import Rows, beside, speaking
from workbench.brain.engine.fibers import fibers
from workbench.brain.engine.kinship import codes, kin, placed
from workbench.brain.engine.meaning import Meant
from workbench.brain.engine.neighbour_rows import kindred
from workbench.brain.engine.undertone import Undertone
from workbench.jobs import Cancel
from workbench.memory import words
from workbench.memory.concepts.records import ConceptType
from workbench.memory.vocabulary import STOP
from workbench.space import concept_vectors
from workbench.space.latent import Counts
from workbench.store import mention_rows
from workbench.store.graph import Places

#: A concept is spoken of where it stands in so many places, and in no larger share of them than
#: this, a thing that has no name of its own in a smaller one, or in so few all the same.
_LEAST, _COMMON, _PLAIN, _FEW = 2, 0.05, 0.003, 20
_NAMES = (int(ConceptType.SPATIAL), int(ConceptType.ENTITY))
_THING = int(ConceptType.CONCEPT)
#: Sentences that vectors are learned from, and sentences of one concept.
_SENTENCES, _OF_ONE = 200_000, 200
_WORD = 3

Texts = Callable[[Sequence[int]], Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class Mentions:
    """Concept `concepts[i]` is named by engram `engrams[i]` in place `places[i]`, in reading order.

    `lines[i]` is another number wherever another text begins.
    """

    concepts: I64
    engrams: I64
    places: I64
    lines: I64

    def __len__(self) -> int:
        return len(self.concepts)

    def only(self, kept: NDArray[np.bool_]) -> "Mentions":
        """Some of them."""
        return Mentions(
            self.concepts[kept], self.engrams[kept], self.places[kept], self.lines[kept]
        )


@dataclass(frozen=True, slots=True)
class Woven:
    """Concepts `ids`, sorted, of which those in `spoken` have assemblies, in this order.

    `number` int64[ids] is the assembly of a concept or -1, `places` has where each stands. `below`
    is the brain below the threshold, `ahead` the one that expects. `kin` has the assemblies nearest
    to each by meaning, `named` says which of `ids` have a name of their own, `meant` has the codes
    by which the assemblies of the whole brain overlap, by the ids of concepts.
    """

    ids: I64
    spoken: I64
    number: I64
    places: Rows
    below: Undertone
    ahead: Undertone
    kin: Rows
    named: NDArray[np.bool_]
    meant: Meant = meaning.NOTHING

    def rows(self, concepts: Sequence[int]) -> I64:
        """Where concepts are among `ids`, of those that are known."""
        wanted = np.array(concepts, np.int64)
        at = np.minimum(np.searchsorted(self.ids, wanted), max(len(self.ids) - 1, 0))
        found: I64 = at[self.ids[at] == wanted] if len(self.ids) else at[:0]
        return found


def mentions(connection: sqlite3.Connection, among: Places, cancel: Cancel) -> Mentions:
    """Read who is mentioned where. Raises `Cancelled`."""
    concepts: list[int] = []
    engrams: list[int] = []
    sources: list[int] = []
    sizes: list[int] = []
    for part in mention_rows.every(connection, among):
        cancel.check()
        concepts.extend(chain.from_iterable(named for _, _, named in part))
        engrams.extend(engram for engram, _, _ in part)
        sources.extend(place for _, place, _ in part)
        sizes.extend(len(named) for _, _, named in part)
    bounds = np.array(mention_rows.passages(connection), np.int64).reshape(-1, 2)
    said, many = np.array(engrams, np.int64), np.array(sizes, np.int64)
    source = np.array(sources, np.int64)
    at = np.searchsorted(bounds[:, 0], said, side="right") - 1
    inside = (at >= 0) & (source >= 0)
    inside[inside] &= said[inside] <= bounds[at[inside], 1]
    # What was told stands alone: each engram is a place and a line of its own.
    place = np.where(inside, at, len(bounds) + np.arange(len(said)))
    line = np.where(inside, source, -1 - np.arange(len(said)))
    return Mentions(
        np.array(concepts, np.int64), np.repeat(said, many), np.repeat(place, many),
        np.repeat(line, many),
    )  # fmt: skip


def woven(
    found: Mentions, types: Mapping[int, int], texts: Texts, language: str, cancel: Cancel
) -> Woven:
    """Make both brains.

    `types` are those of concepts, `texts` gives the words of engrams. Raises `Cancelled`.
    """
    ids, concepts = np.unique(found.concepts, return_inverse=True)
    numbers, places = np.unique(found.places, return_inverse=True)
    count = max(len(numbers), 1)
    keys = np.unique(concepts * np.int64(count) + places)
    one, where = keys // count, keys % count
    spread = np.bincount(one, minlength=len(ids))
    kinds = np.array([types.get(id, 0) for id in ids.tolist()], np.int64)
    names, things = np.isin(kinds, _NAMES), kinds == _THING
    most = np.maximum(np.where(names, _COMMON, _PLAIN) * count, _FEW) * (names | things)
    spoken = np.flatnonzero((spread >= _LEAST) & (spread <= most))
    number = np.full(len(ids), -1, np.int64)
    number[spoken] = np.arange(len(spoken))
    named = number[one] >= 0
    fabric = beside(number[one[named]], where[named], len(spoken), count)
    cancel.check()
    heard = number[concepts] >= 0
    counted = _company(
        found.engrams[heard], number[concepts[heard]], len(spoken), texts, language, cancel
    )
    vectors = concept_vectors.vectors(counted)
    meant = meaning.meant(ids[spoken], meaning.codes(vectors, check=cancel.check))
    cancel.check()
    shared = placed(codes(vectors))
    near = kindred(vectors, check=cancel.check)
    line, told = found.lines[heard], number[concepts[heard]]
    begins = np.flatnonzero(np.diff(line, prepend=line[:1] - 1))
    lines = np.split(told, begins[1:]) if len(told) else []
    ahead = fibers([_plain(each) for each in lines], len(spoken))
    return Woven(
        ids, spoken, number, speaking(one, where, len(ids)),
        Undertone(fabric, kin(len(spoken), shared)), Undertone(ahead, kin(len(spoken))),
        near, names, meant,
    )  # fmt: skip


def _plain(line: I64) -> list[int]:
    """Without a concept that follows itself."""
    found: list[int] = line[np.flatnonzero(np.diff(line, prepend=line[:1] - 1))].tolist()
    return found


def _company(
    engrams: I64, concepts: I64, size: int, texts: Texts, language: str, cancel: Cancel
) -> Counts:
    """How often stems stand in sentences that name a concept, without those of its own name there.

    Of one that many sentences name, so many evenly chosen ones are read.
    """
    order = np.argsort(concepts, kind="stable")
    number = np.bincount(concepts, minlength=size)
    first = np.cumsum(number) - number
    within = np.arange(len(order)) - first[concepts[order]]
    full = number[concepts[order]]
    step = np.maximum(full, 1)
    kept = order[
        (full <= _OF_ONE) | ((within * _OF_ONE) // step != ((within - 1) * _OF_ONE) // step)
    ]
    distinct = np.unique(engrams[kept])
    if len(distinct) > _SENTENCES:
        distinct = distinct[:: -(-len(distinct) // _SENTENCES)]
    stem = Stemmer.Stemmer(words.ALGORITHMS[words.base_language(language)])
    vocabulary: dict[str, int] = {}
    stems: list[int] = []
    sizes: list[int] = []
    for low in range(0, len(distinct), 5000):
        cancel.check()
        part = distinct[low : low + 5000].tolist()
        told = texts(part)
        for engram in part:
            raw = [each.lower() for each, _, _ in words.spans(told.get(engram, ""))]
            plain = [each for each in raw if len(each) >= _WORD and each not in STOP]
            here = [vocabulary.setdefault(each, len(vocabulary)) for each in stem.stemWords(plain)]
            stems.extend(here)
            sizes.append(len(here))
    spans = np.concatenate([[0], np.cumsum(np.array(sizes, np.int64))])
    at = np.searchsorted(distinct, engrams[kept])
    known = at < len(distinct)
    known[known] &= distinct[at[known]] == engrams[kept][known]
    who, at = concepts[kept][known], at[known]
    many = spans[at + 1] - spans[at]
    spot = np.arange(int(many.sum())) + np.repeat(spans[at] - (np.cumsum(many) - many), many)
    wide = max(len(vocabulary), 1)
    keys, times = np.unique(
        np.repeat(who, many) * np.int64(wide) + np.array(stems, np.int64)[spot], return_counts=True
    )
    # A word that stands in every sentence of a concept is its name, or as good as that.
    read = np.bincount(who, minlength=size)
    apart = (times < read[keys // wide]) | (read[keys // wide] < _LEAST)
    keys, times = keys[apart], times[apart]
    starts = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(keys // wide, minlength=size), out=starts[1:])
    return Counts(starts, (keys % wide).astype(np.int32), times.astype(np.float32), wide)
