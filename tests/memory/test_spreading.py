"""One walk of activation with the parameters of several models."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.memory.spreading import (
    FOCUSED,
    NEURAL_MEMORY,
    NEURON_DB,
    NEURRAM,
    WIDE,
    Active,
    Preset,
    inhibited,
    spread,
    strongest,
)

PRESETS = (NEURAL_MEMORY, NEURRAM, NEURON_DB, FOCUSED, WIDE)
Links = dict[tuple[int, int], float]
Front = Mapping[int, Active[int]]


def over(links: Links) -> Callable[[Front], Iterator[tuple[int, int, float]]]:
    def adjacent(front: Front) -> Iterator[tuple[int, int, float]]:
        for (head, tail), share in links.items():
            if head in front:
                yield head, tail, share
            if tail in front:
                yield tail, head, share

    return adjacent


def levels(active: Mapping[int, Active[int]]) -> dict[int, float]:
    return {node: round(found.level, 6) for node, found in active.items()}


def test_each_hop_keeps_a_part_and_says_over_what_it_came() -> None:
    active = spread({1: 1.0}, over({(1, 2): 1.0, (2, 3): 0.5, (3, 4): 1.0}), FOCUSED, 2)
    assert levels(active) == {1: 1.0, 2: 0.8, 3: 0.32}
    assert [(found.hops, found.previous) for found in active.values()] == [
        (0, None),
        (1, 1),
        (2, 2),
    ]


def test_the_best_way_counts_or_the_sum_of_all() -> None:
    links = {(1, 3): 0.5, (2, 3): 1.0}
    best = spread({1: 1.0, 2: 1.0}, over(links), FOCUSED, 1)
    assert (best[3].level, best[3].previous, best[3].seeds) == (0.8, 2, frozenset((2,)))
    both = spread({1: 1.0, 2: 1.0}, over(links), NEURON_DB, 1)
    assert (both[3].level, both[3].seeds) == (0.75, frozenset((1, 2)))
    # What is active already is so the more by what leads back to it.
    assert spread({1: 1.0}, over({(1, 2): 1.0}), NEURON_DB, 2)[1].level == 1.25


def test_nothing_is_passed_below_the_threshold() -> None:
    links = {(1, 2): 0.9, (2, 3): 0.3}
    assert set(spread({1: 1.0}, over(links), NEURRAM)) == {1, 2, 3}
    assert set(spread({1: 1.0}, over(links), replace(NEURRAM, threshold=0.1))) == {1, 2}


def test_only_the_strongest_that_may_pass_do() -> None:
    links = {(1, 2): 0.9, (1, 3): 0.8, (2, 4): 1.0, (3, 5): 1.0}
    narrow = Preset(decay=1.0, beam=1)
    assert set(spread({1: 1.0}, over(links), narrow)) == {1, 2, 3, 4}
    assert set(spread({1: 1.0}, over(links), narrow, passes=lambda node: node != 2)) == {1, 2, 3, 5}
    assert strongest({1: 0.5, 2: 0.5, 3: 0.9}) == [3, 2, 1]


def test_inhibition_damps_all_but_the_most_active() -> None:
    active = {place: 1 - place / 20 for place in range(12)}
    found = inhibited(active, replace(NEURAL_MEMORY, winners=2))
    assert (found[0], found[1]) == (1.0, 0.95)
    assert found[2] == pytest.approx(0.27)
    assert 11 not in found
    assert inhibited({1: 0.1}, NEURAL_MEMORY) == {1: 0.1}
    damped = spread({1: 1.0}, over({(1, 2): 1.0, (1, 3): 0.9}), replace(NEURAL_MEMORY, winners=1))
    assert set(damped) == {1, 2}


_LINKS = st.dictionaries(
    st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda ends: ends[0] < ends[1]),
    st.floats(0, 1),
    max_size=25,
)


@given(_LINKS, st.sets(st.integers(0, 9), min_size=1, max_size=3), st.sampled_from(PRESETS))
def test_what_is_active_hangs_together_and_ends(
    links: Links, seeds: set[int], preset: Preset
) -> None:
    active = spread(dict.fromkeys(seeds, 1.0), over(links), preset)
    assert set(active) >= seeds
    for node, found in active.items():
        assert (found.previous is None) == (found.hops == 0) == (node in seeds)
        assert found.seeds <= seeds
        if found.previous is not None:
            assert (min(node, found.previous), max(node, found.previous)) in links
            assert active[found.previous].hops == found.hops - 1
            if not preset.adding:
                assert found.level <= preset.decay * active[found.previous].level
