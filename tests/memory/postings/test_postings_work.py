"""What a question costs, by counting what is read: it does not grow where it need not."""

from typing import Any

import numpy as np

from tests.memory.postings.told_facts import Told, batch_of
from workbench.memory.postings import building, intersection, lookup, scoring
from workbench.memory.postings.salting import salted
from workbench.memory.postings.segment import Segment

COMMON, RIVER, MOUNTAIN = (salted(i, 0) for i in (1, 2, 3))
SMALL, LARGE = 3_000, 24_000


class _Counted:
    """An array that counts how often it is read."""

    def __init__(self, array: Any) -> None:
        self.array = array
        self.reads = 0

    def __getitem__(self, at: Any) -> Any:
        self.reads += 1
        return self.array[at]


def _key(number: int) -> int:
    return salted(1000 + number, 0)


def _segment(size: int) -> Segment:
    """Every fact holds one word, each third one of two others, and four share a key."""
    third = (RIVER, MOUNTAIN, salted(4, 0))
    facts = [Told(i + 1, 0.0, (COMMON, third[i % 3], _key(i // 4)), i + 1) for i in range(size)]
    return building.build(0, batch_of(facts))


def _places(part: Segment, terms: list[int]) -> Any:
    places = np.empty(len(terms), np.int64)
    lookup.find.function(part.core, np.array(terms, np.uint64), places, np.zeros_like(places))
    return places


def _top_reads(part: Segment, terms: list[int], weights: list[int]) -> int:
    pool, bitmaps = _Counted(part.pool), _Counted(part.bitmaps)
    scoring.top.function(
        pool,  # type: ignore[arg-type]
        bitmaps,  # type: ignore[arg-type]
        part.live,
        0,
        _places(part, terms),
        np.array(weights),
        np.arange(len(terms)),
        np.empty(4, np.int64),
        0,
        np.zeros(scoring.WINDOW, np.int64),
        np.zeros(scoring.WINDOW, np.uint64),
        np.zeros(scoring.WINDOW // 64, np.uint64),
    )
    return pool.reads + bitmaps.reads


def _meet_reads(part: Segment, terms: list[int]) -> int:
    pool, bitmaps = _Counted(part.pool), _Counted(part.bitmaps)
    starts = np.arange(len(terms) + 1)
    found = np.empty(4, np.int64)
    places = _places(part, terms)
    intersection.meet.function(
        pool,  # type: ignore[arg-type]
        bitmaps,  # type: ignore[arg-type]
        part.live,
        0,
        places,
        starts,
        found,
        0,
    )
    return pool.reads + bitmaps.reads


def test_a_rare_term_beside_a_common_one_costs_the_same_at_any_size() -> None:
    small, large = _segment(SMALL), _segment(LARGE)
    for number in (0, SMALL // 8, SMALL // 4 - 1):
        terms = [_key(number), COMMON]
        assert _top_reads(large, terms, [400, 1]) <= _top_reads(small, terms, [400, 1]) + 8
        assert _meet_reads(large, terms) <= _meet_reads(small, terms) + 8


def test_a_term_of_every_fact_ends_with_the_newest() -> None:
    part = _segment(LARGE)
    assert _top_reads(part, [COMMON], [1]) < 500
    assert _meet_reads(part, [COMMON]) < 50
    assert _meet_reads(part, [COMMON, RIVER]) < 50


def test_common_terms_that_never_meet_cost_a_pass_over_their_bits() -> None:
    part = _segment(LARGE)
    words = len(part.live)
    assert _top_reads(part, [RIVER, MOUNTAIN], [70, 70]) < 3 * words
    assert _meet_reads(part, [RIVER, MOUNTAIN]) < 3 * words


def test_looking_a_term_up_reads_a_few_keys() -> None:
    part = _segment(LARGE)
    for term in (COMMON, _key(5), _key(LARGE)):
        keys = _Counted(part.keys)
        lookup.place_of(keys, part.radix, part.core[4], np.uint64(term))  # type: ignore[arg-type]
        assert keys.reads <= 7
