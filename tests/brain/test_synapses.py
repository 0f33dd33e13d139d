"""Learned links: rows and what is added beside them say the same."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.brain.engine import spreading
from workbench.brain.engine.synapses import WEIGHT_UNIT, Synapses, freeze
from workbench.brain.library.links import FROM_PAIR, TO_OBJECT, pairs_of, wire

links = st.lists(
    st.tuples(st.integers(0, 19), st.integers(0, 19), st.floats(0.05, 0.9)), max_size=60
)


def _empty() -> Synapses:
    none = np.zeros(0, np.int64)
    return freeze(20, none, none, np.zeros(0, np.float32))


def _of(synapses: Synapses, source: int) -> tuple[list[int], list[float]]:
    _, targets, weights = spreading.links(synapses, np.array([source]))
    return targets.tolist(), (weights / WEIGHT_UNIT).tolist()


def _said(synapses: Synapses) -> dict[tuple[int, int], float]:
    return {
        (source, target): round(weight * WEIGHT_UNIT)
        for source in range(synapses.size)
        for target, weight in zip(*_of(synapses, source), strict=True)
        if weight > 0
    }


@settings(max_examples=80, deadline=None)
@given(links, st.integers(0, 60))
def test_rows_and_what_is_added_say_the_same(drawn: list[tuple[int, int, float]], at: int) -> None:
    once = {(source, target): weight for source, target, weight in drawn}
    ends = np.array(list(once), np.int64).reshape(-1, 2)
    weights = np.array(list(once.values()), np.float32)
    whole = freeze(20, ends[:, 0], ends[:, 1], weights)
    parted = freeze(20, ends[:at, 0], ends[:at, 1], weights[:at])
    for source, target in ends[at:].tolist():
        parted.set_weight(source, target, whole.weight(source, target))
    assert _said(whole) == _said(parted)
    assert len(whole) == len(parted)
    assert all(parted.weight(*link) == weight for link, weight in _said(whole).items())


@settings(max_examples=60, deadline=None)
@given(links, st.tuples(st.integers(0, 19), st.integers(0, 19)), st.integers(1, 254))
def test_what_is_taken_back_leaves_what_was_before(
    drawn: list[tuple[int, int, float]], pair: tuple[int, int], weight: int
) -> None:
    synapses = _empty()
    for source, target, strength in drawn:
        synapses.set_weight(source, target, round(strength * WEIGHT_UNIT))
    before, own = _said(synapses), synapses.weight(*pair)
    synapses.set_weight(*pair, weight)
    assert synapses.weight(*pair) == weight
    synapses.set_weight(*pair, own)
    assert _said(synapses) == before


def test_triples_run_through_a_pair_of_subject_and_relation() -> None:
    subjects, relations = np.array([1, 1, 2, 1]), np.array([9, 9, 9, 8])
    objects = np.array([3, 4, 3, 3])
    made = wire(40, 20, subjects, relations, objects, np.ones(4, np.float32))
    assert made.subjects.tolist() == [1, 1, 2]
    assert made.relations.tolist() == [8, 9, 9]
    targets, weights = _of(made.synapses, 21)  # 1 by 9
    assert targets == [3, 4]
    assert np.allclose(weights, FROM_PAIR, atol=0.01)
    targets, weights = _of(made.synapses, 1)
    # Twice said (by two relations), so twice as strong.
    assert targets == [3, 4, 20, 21]
    assert np.allclose(weights, [1.4, 0.7, 0.5, 0.5], atol=0.02)
    assert 21 in _of(made.synapses, 9)[0]
    assert TO_OBJECT < FROM_PAIR


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2**40), st.integers(0, 2**20)), max_size=40))
def test_pairs_are_numbered_in_order(drawn: list[tuple[int, int]]) -> None:
    both = np.array(drawn, np.int64).reshape(-1, 2)
    subjects, relations, number = pairs_of(both[:, 0], both[:, 1])
    known = sorted(set(drawn))
    assert list(zip(subjects.tolist(), relations.tolist(), strict=True)) == known
    assert [known.index(each) for each in drawn] == number.tolist()
