"""The formulas of reflexes: synapses, activation, trails, co-activation, spreading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.memory.concepts.records import AssociationType
from workbench.memory.reflex import activation
from workbench.memory.reflex.activation import ROLES
from workbench.memory.reflex.reflex_recall import co_activated

UNIT = st.floats(0, 1)


def test_every_kind_of_association_has_a_role() -> None:
    assert set(ROLES) == set(AssociationType)


@given(UNIT, st.floats(0, 1e6), st.floats(0, 1e6), st.integers(0, 30))
def test_age_only_weakens_and_never_takes_all(
    weight: float, one: float, other: float, count: int
) -> None:
    young, old = sorted((one, other))
    late = activation.time_decay(weight, old, count)
    assert 0.3 * weight <= late <= activation.time_decay(weight, young, count) <= weight


def test_use_slows_ageing() -> None:
    assert activation.time_decay(1.0, 1440) == pytest.approx(0.5)
    assert activation.time_decay(1.0, 1440, 5) > 0.8


def test_outgoing_weights_share_a_budget() -> None:
    assert activation.scale_to_budget([1.0, 2.0]) == [1.0, 2.0]
    assert activation.scale_to_budget([6.0, 4.0]) == [3.0, 2.0]


@given(UNIT, st.floats(0, 1), st.floats(0, 400), st.sampled_from(("hot", "warm", "cold")))
def test_decay_never_adds(level: float, rate: float, days: float, tier: str) -> None:
    assert 0 <= activation.level_decay(level, rate, days, tier) <= level


def test_what_is_hot_holds_one_half() -> None:
    assert activation.level_decay(1.0, 0.1, 1000, "hot") == 0.5
    assert activation.level_decay(0.2, 0.1, 1000, "hot") == 0.2


def test_a_trail_runs_both_ways_and_wears_off() -> None:
    found = activation.trail("abcde", ["c"], 0.7)
    assert [found[each].hops for each in "abcde"] == [2, 1, 0, 1, 2]
    assert found["b"].level == pytest.approx(0.7)
    assert found["a"].level == pytest.approx(0.49)


def test_a_trail_ends_where_it_is_too_weak() -> None:
    assert set(activation.trail("abcde", ["a"], 0.4)) == {"a", "b"}


def test_of_several_trails_the_strongest_counts() -> None:
    found = activation.trail("abc", {"a": 1.0, "c": 0.5}, 0.9)
    assert found["b"] == activation.Reached(0.9, 1)
    assert found["c"].level == pytest.approx(0.81)


@given(st.lists(st.integers(0, 9), unique=True), st.sets(st.integers(0, 9)), st.floats(0, 0.85))
def test_no_trail_reaches_more_than_its_start(
    pathway: list[int], start: set[int], passes: float
) -> None:
    found = activation.trail(pathway, start, passes)
    assert set(found) <= set(pathway)
    assert all(each.level <= 1 for each in found.values())
    assert {each for each in start if each in pathway} <= set(found)


def test_a_fiber_that_never_conducted_goes_by_its_salience() -> None:
    assert activation.time_factor(None) == pytest.approx(0.3)
    assert activation.time_factor(None, 1.0) == pytest.approx(0.7)
    assert activation.time_factor(1e9) == 0.1


def test_binding_is_by_concept() -> None:
    found = co_activated([{"press": 1.0, "oil": 0.4}, {"press": 1.0, "barn": 0.5}, {"oil": 0.6}])
    assert [each.concept for each in found] == ["press", "oil"]
    assert found[0].strength == pytest.approx(2 / 3)
    assert found[1].count == 2
    assert co_activated([]) == []


def test_what_causes_passes_more_than_what_stands_beside() -> None:
    passed = {
        kind: activation.share_passed(0.5, kind)
        for kind in (
            AssociationType.LEADS_TO,
            AssociationType.IS_A,
            AssociationType.CO_OCCURS,
            AssociationType.HAPPENED_AT,
        )
    }
    assert list(passed.values()) == pytest.approx([0.65, 0.5, 0.425, 0.0])
    often = activation.share_passed(0.5, AssociationType.IS_A, 1000)
    assert often == pytest.approx(0.5 * 1.15)
