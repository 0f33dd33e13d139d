"""Learned links: frozen rows and an overlay say the same; removing brings the state before back."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.brain.engine.synapses import Synapses, freeze
from workbench.brain.engine.wiring import FROM_PAIR, TO_OBJECT, pairs_of, wire

links = st.lists(
    st.tuples(st.integers(0, 19), st.integers(0, 19), st.floats(0.05, 0.9)), max_size=60
)


def _empty() -> Synapses:
    none = np.zeros(0, np.int64)
    return freeze(20, none, none, np.zeros(0, np.float32))


def _said(synapses: Synapses) -> dict[tuple[int, int], float]:
    return {
        (source, int(target)): round(float(weight) * 127)
        for source in range(synapses.size)
        for target, weight in zip(*synapses.of(source), strict=True)
        if weight > 0
    }


@settings(max_examples=80, deadline=None)
@given(links, st.integers(0, 60))
def test_one_by_one_at_once_and_frozen_in_between_say_the_same(
    drawn: list[tuple[int, int, float]], at: int
) -> None:
    single = _empty()
    for number, (source, target, weight) in enumerate(drawn):
        if number == at:
            single = single.frozen()
        single.add(source, target, weight)
    ends = np.array([each[:2] for each in drawn], np.int64).reshape(-1, 2)
    weights = np.array([each[2] for each in drawn], np.float32)
    batch = freeze(20, ends[:, 0], ends[:, 1], weights)
    assert _said(single) == _said(batch) == _said(single.frozen())


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(links, st.tuples(st.integers(0, 19), st.integers(0, 19)), st.floats(0.05, 0.4))
def test_what_is_taken_back_leaves_what_was_before(
    drawn: list[tuple[int, int, float]], pair: tuple[int, int], weight: float
) -> None:
    synapses = _empty()
    for source, target, strength in drawn:
        if (source, target) != pair:
            synapses.add(source, target, strength)
    before = _said(synapses)
    synapses.add(*pair, weight)
    synapses.weaken(*pair, weight)
    assert _said(synapses) == before
    assert _said(synapses.frozen()) == before


def test_many_can_be_added_between_two_freezings() -> None:
    synapses = _empty()
    for number in range(3000):
        synapses.add(number % 20, number // 20 % 20, 0.001, once=True)
    assert len(_said(synapses)) <= 400


def test_triples_run_through_a_pair_of_subject_and_relation() -> None:
    subjects, relations = np.array([1, 1, 2, 1]), np.array([9, 9, 9, 8])
    objects = np.array([3, 4, 3, 3])
    made = wire(40, 20, subjects, relations, objects, np.ones(4, np.float32))
    assert made.subjects.tolist() == [1, 1, 2]
    assert made.relations.tolist() == [8, 9, 9]
    targets, weights = made.synapses.of(21)  # 1 by 9
    assert targets.tolist() == [3, 4]
    assert np.allclose(weights, FROM_PAIR, atol=0.01)
    targets, weights = made.synapses.of(1)
    # Twice said (by two relations), so twice as strong.
    assert targets.tolist() == [3, 4, 20, 21]
    assert np.allclose(weights, [1.4, 0.7, 0.5, 0.5], atol=0.02)
    assert 21 in made.synapses.of(9)[0]
    assert TO_OBJECT < FROM_PAIR


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2**40), st.integers(0, 2**20)), max_size=40))
def test_pairs_are_numbered_in_order(drawn: list[tuple[int, int]]) -> None:
    both = np.array(drawn, np.int64).reshape(-1, 2)
    subjects, relations, number = pairs_of(both[:, 0], both[:, 1])
    known = sorted(set(drawn))
    assert list(zip(subjects.tolist(), relations.tolist(), strict=True)) == known
    assert [known.index(each) for each in drawn] == number.tolist()
