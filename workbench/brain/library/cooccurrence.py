"""Co-occurrence of the concepts of a library, for links that nobody wrote.

Places are passages, and single told statements; concept vectors are learned from the words of their
sentences. Rare and very common concepts, and those that are no things, may be in a cue but have no
assembly.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import Stemmer
from numpy.typing import NDArray

from workbench.arrays import F32, I64
from workbench.brain.engine import meaning
from workbench.brain.engine.connectivity import (
    Rows,
    cooccurrence_graph,
    emitting,
    flat_ranges,
    rows_of,
)
from workbench.brain.engine.fibers import fibers
from workbench.brain.engine.kinship import coded_assemblies, codes, hashed_codes
from workbench.brain.engine.meaning import Similarity
from workbench.brain.engine.subthreshold import SubthresholdNetwork
from workbench.jobs import Cancel
from workbench.memory import words
from workbench.memory.concepts.records import ConceptType
from workbench.memory.vocabulary import STOP
from workbench.space import concept_vectors
from workbench.space.latent import Counts
from workbench.store import graph_rows
from workbench.store.graph import Places

#: Neighbours per concept; fewer where the rows would exceed so many entries.
NEIGHBOURS, _FEWEST, _ENTRIES = 50, 8, 5_000_000
#: Most pairs of concepts to compare, and fewest cells to probe per concept.
_PAIRS, _CELLS = 1_000_000_000, 8
#: Fixed-point scale of a squared cosine.
_UNIT = 1 << 14
#: Cosines computed at a time; bounds memory.
_AT_A_TIME = 1_000_000


def nearest_neighbours(
    vectors: F32,
    limit: int = NEIGHBOURS,
    check: Callable[[], None] = lambda: None,
    pairs: int = _PAIRS,
) -> Rows:
    """Return the nearest concepts of each by positive cosine, weighted by its square.

    `vectors` float32[concepts, d] have unit length, or are zero and then have no neighbours. Up to
    `pairs` pairs the search is exact. Beyond, it probes the nearest of √n cells, each the concepts
    nearest to one drawn at random (an inverted file: Sivic and Zisserman 2003; Jégou, Douze,
    Schmid 2011): work grows with n√n, and some of the nearest are missed. `check` may raise.
    """
    filled = np.flatnonzero(np.any(vectors != 0, axis=1))
    limit = max(min(limit, _ENTRIES // max(len(filled), 1)), min(limit, _FEWEST))
    rows, columns = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    weights = [np.zeros(0)]
    for ours, theirs in _compared(vectors, filled, pairs):
        check()
        step = max(_AT_A_TIME // max(len(theirs), 1), 1)
        for low in range(0, len(ours), step):
            batch = ours[low : low + step]
            similarity = vectors[batch] @ vectors[theirs].T
            similarity[batch[:, None] == theirs] = 0
            if len(theirs) > limit:
                best = np.argpartition(-similarity, limit - 1, axis=1)[:, :limit]
            else:
                best = np.broadcast_to(np.arange(len(theirs)), similarity.shape)
            cosine = np.take_along_axis(similarity, best, axis=1)
            row, spot = np.nonzero(cosine > 0)
            rows.append(batch[row])
            columns.append(theirs[best[row, spot]])
            weights.append(cosine[row, spot].astype(np.float64) ** 2)
    return rows_of(
        len(vectors), np.concatenate(rows), np.concatenate(columns), np.concatenate(weights), _UNIT
    )


def _compared(vectors: F32, filled: I64, pairs: int) -> Iterator[tuple[I64, I64]]:
    """Yield batches of concepts, each with the candidates for its neighbours."""
    if len(filled) ** 2 <= pairs:
        yield filled, filled
        return
    chance = np.random.default_rng(len(filled))
    cell_count = round(len(filled) ** 0.5)
    middles = vectors[np.sort(chance.choice(filled, cell_count, replace=False))]
    cell = _cells(vectors, filled, middles)
    # One step of k-means.
    np.add.at(middles, cell, vectors[filled])
    middles /= np.linalg.norm(middles, axis=1, keepdims=True) + np.float32(1e-9)
    cell = _cells(vectors, filled, middles)
    order = filled[np.argsort(cell, kind="stable")]
    members = np.split(order, np.cumsum(np.bincount(cell, minlength=cell_count))[:-1])
    probes = max(pairs * cell_count // len(filled) ** 2, _CELLS)
    adjacent = np.argsort(-(middles @ middles.T), axis=1, kind="stable")[:, :probes]
    for batch, cells in zip(members, adjacent.tolist(), strict=True):
        if len(batch):
            yield batch, np.concatenate([members[cell_id] for cell_id in cells])


def _cells(vectors: F32, filled: I64, middles: F32) -> I64:
    """Return the nearest cell centre of each concept."""
    step = max(_AT_A_TIME // len(middles), 1)
    parts = [
        np.argmax(vectors[filled[low : low + step]] @ middles.T, axis=1)
        for low in range(0, len(filled), step)
    ]
    return np.concatenate(parts).astype(np.int64)


#: Fewest places of a concept with an assembly; largest share of all places, for concepts with and
#: without a name of their own; and the number of places that is always allowed.
_MIN_PLACES, _COMMON, _PLAIN, _RARE_PLACES = 2, 0.05, 0.003, 20
_NAMES = (int(ConceptType.SPATIAL), int(ConceptType.ENTITY))
_CONCEPT_TYPE = int(ConceptType.CONCEPT)
#: Sentences that vectors are learned from, in all and per concept.
_SENTENCES, _PER_CONCEPT = 200_000, 200
_WORD = 3

Texts = Callable[[Sequence[int]], Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class Mentions:
    """Mentions in reading order: concept `concepts[i]` by engram `engrams[i]` in place `places[i]`.

    `lines[i]` changes wherever another text begins.
    """

    concepts: I64
    engrams: I64
    places: I64
    lines: I64

    def __len__(self) -> int:
        return len(self.concepts)

    def subset(self, selected: NDArray[np.bool_]) -> "Mentions":
        """A subset by mask."""
        return Mentions(
            self.concepts[selected],
            self.engrams[selected],
            self.places[selected],
            self.lines[selected],
        )


@dataclass(frozen=True, slots=True)
class Cooccurrence:
    """Sorted concept `ids`; the `modelled` ones have assemblies, in this order.

    `number` int64[ids] is the assembly of a concept or -1, `places` has the places of each.
    `subthreshold` is the network of co-occurrence, `ahead` that of the order in the text.
    `neighbours` has the nearest assemblies by meaning, `has_name` says which of `ids` have a proper
    name, `similarity` has the codes of the whole brain by concept id.
    """

    ids: I64
    modelled: I64
    number: I64
    places: Rows
    subthreshold: SubthresholdNetwork
    ahead: SubthresholdNetwork
    neighbours: Rows
    has_name: NDArray[np.bool_]
    similarity: Similarity = meaning.NO_CODES

    def rows(self, concepts: Sequence[int]) -> I64:
        """The indices of known concepts in `ids`."""
        wanted = np.array(concepts, np.int64)
        at = np.minimum(np.searchsorted(self.ids, wanted), max(len(self.ids) - 1, 0))
        rows: I64 = at[self.ids[at] == wanted] if len(self.ids) else at[:0]
        return rows


def mentions(connection: sqlite3.Connection, scope: Places, cancel: Cancel) -> Mentions:
    """Read which concepts are mentioned where. Raises `Cancelled`."""
    concepts: list[int] = []
    engrams: list[int] = []
    sources: list[int] = []
    sizes: list[int] = []
    for part in graph_rows.fiber_members(connection, scope):
        cancel.check()
        concepts.extend(chain.from_iterable(named_ids for _, _, named_ids in part))
        engrams.extend(engram for engram, _, _ in part)
        sources.extend(place for _, place, _ in part)
        sizes.extend(len(named_ids) for _, _, named_ids in part)
    bounds = np.array(graph_rows.passages(connection), np.int64).reshape(-1, 2)
    engram_ids, counts = np.array(engrams, np.int64), np.array(sizes, np.int64)
    source = np.array(sources, np.int64)
    at = np.searchsorted(bounds[:, 0], engram_ids, side="right") - 1
    inside = (at >= 0) & (source >= 0)
    inside[inside] &= engram_ids[inside] <= bounds[at[inside], 1]
    # A told statement stands alone: a place and a line of its own.
    place = np.where(inside, at, len(bounds) + np.arange(len(engram_ids)))
    line = np.where(inside, source, -1 - np.arange(len(engram_ids)))
    return Mentions(
        np.array(concepts, np.int64), np.repeat(engram_ids, counts), np.repeat(place, counts),
        np.repeat(line, counts),
    )  # fmt: skip


def cooccurrence(
    occurrences: Mentions, types: Mapping[int, int], texts: Texts, language: str, cancel: Cancel
) -> Cooccurrence:
    """Build both brains.

    `types` are those of concepts, `texts` returns the text of engrams. Raises `Cancelled`.
    """
    ids, concepts = np.unique(occurrences.concepts, return_inverse=True)
    numbers, places = np.unique(occurrences.places, return_inverse=True)
    count = max(len(numbers), 1)
    keys = np.unique(concepts * np.int64(count) + places)
    concept_index, place_index = keys // count, keys % count
    spread = np.bincount(concept_index, minlength=len(ids))
    kinds = np.array([types.get(id, 0) for id in ids.tolist()], np.int64)
    names, are_concepts = np.isin(kinds, _NAMES), kinds == _CONCEPT_TYPE
    upper = np.maximum(np.where(names, _COMMON, _PLAIN) * count, _RARE_PLACES) * (
        names | are_concepts
    )
    modelled = np.flatnonzero((spread >= _MIN_PLACES) & (spread <= upper))
    number = np.full(len(ids), -1, np.int64)
    number[modelled] = np.arange(len(modelled))
    inside = number[concept_index] >= 0
    graph = cooccurrence_graph(
        number[concept_index[inside]], place_index[inside], len(modelled), count
    )
    cancel.check()
    in_model = number[concepts] >= 0
    counts = word_counts(
        occurrences.engrams[in_model],
        number[concepts[in_model]],
        len(modelled),
        texts,
        language,
        cancel,
    )
    vectors = concept_vectors.vectors(counts)
    similarity = meaning.similarity(ids[modelled], meaning.codes(vectors, check=cancel.check))
    cancel.check()
    shared = hashed_codes(codes(vectors))
    neighbours = nearest_neighbours(vectors, check=cancel.check)
    line, sequence = occurrences.lines[in_model], number[concepts[in_model]]
    line_starts = np.flatnonzero(np.diff(line, prepend=line[:1] - 1))
    lines = np.split(sequence, line_starts[1:]) if len(sequence) else []
    ahead = fibers([_plain(item) for item in lines], len(modelled))
    return Cooccurrence(
        ids, modelled, number, emitting(concept_index, place_index, len(ids)),
        SubthresholdNetwork(graph, coded_assemblies(len(modelled), shared)),
        SubthresholdNetwork(ahead, coded_assemblies(len(modelled))),
        neighbours, names, similarity,
    )  # fmt: skip


def _plain(line: I64) -> list[int]:
    """Remove transitions from a concept to itself."""
    result: list[int] = line[np.flatnonzero(np.diff(line, prepend=line[:1] - 1))].tolist()
    return result


def word_counts(
    engrams: I64, concepts: I64, size: int, texts: Texts, language: str, cancel: Cancel
) -> Counts:
    """Count stems in the sentences that mention a concept, without those of its own name there.

    Of a frequent concept that many sentences, evenly spaced, are read.
    """
    order = np.argsort(concepts, kind="stable")
    number = np.bincount(concepts, minlength=size)
    first = np.cumsum(number) - number
    offsets = np.arange(len(order)) - first[concepts[order]]
    full = number[concepts[order]]
    step = np.maximum(full, 1)
    selected = order[
        (full <= _PER_CONCEPT)
        | ((offsets * _PER_CONCEPT) // step != ((offsets - 1) * _PER_CONCEPT) // step)
    ]
    distinct = np.unique(engrams[selected])
    if len(distinct) > _SENTENCES:
        distinct = distinct[:: -(-len(distinct) // _SENTENCES)]
    stem = Stemmer.Stemmer(words.ALGORITHMS[words.base_language(language)])
    vocabulary: dict[str, int] = {}
    stems: list[int] = []
    sizes: list[int] = []
    for low in range(0, len(distinct), 5000):
        cancel.check()
        part = distinct[low : low + 5000].tolist()
        contents = texts(part)
        for engram in part:
            raw = [item.lower() for item, _, _ in words.spans(contents.get(engram, ""))]
            plain = [item for item in raw if len(item) >= _WORD and item not in STOP]
            stem_ids = [
                vocabulary.setdefault(item, len(vocabulary)) for item in stem.stemWords(plain)
            ]
            stems.extend(stem_ids)
            sizes.append(len(stem_ids))
    spans = np.concatenate([[0], np.cumsum(np.array(sizes, np.int64))])
    at = np.searchsorted(distinct, engrams[selected])
    known = at < len(distinct)
    known[known] &= distinct[at[known]] == engrams[selected][known]
    owners, at = concepts[selected][known], at[known]
    counts = spans[at + 1] - spans[at]
    spot = flat_ranges(spans[at], counts)
    wide = max(len(vocabulary), 1)
    keys, times = np.unique(
        np.repeat(owners, counts) * np.int64(wide) + np.array(stems, np.int64)[spot],
        return_counts=True,
    )
    # A word in every sentence of a concept is as good as its name.
    read = np.bincount(owners, minlength=size)
    distinctive = (times < read[keys // wide]) | (read[keys // wide] < _MIN_PLACES)
    keys, times = keys[distinctive], times[distinctive]
    starts = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(keys // wide, minlength=size), out=starts[1:])
    return Counts(starts, (keys % wide).astype(np.int32), times.astype(np.float32), wide)
