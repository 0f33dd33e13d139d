"""The formulas of plasticity: fading, use, retention, links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.memory import plasticity
from workbench.memory.plasticity import DAY, DEFAULTS

strengths = st.floats(0, 8)
ages = st.floats(0, 1e12)


@pytest.mark.parametrize(("age", "left"), [(0, 1), (25, 0.7071), (50, 0.5), (100, 0.25)])
def test_half_of_a_strength_is_left_after_a_half_life(age: float, left: float) -> None:
    assert plasticity.fade(1, age, 50) == pytest.approx(left, abs=1e-4)


@given(strengths, ages, ages)
def test_fading_in_two_steps_is_fading_in_one(strength: float, one: float, two: float) -> None:
    half_life = DEFAULTS.half_life("fact")
    twice = plasticity.fade(plasticity.fade(strength, one, half_life), two, half_life)
    assert twice == pytest.approx(plasticity.fade(strength, one + two, half_life), abs=1e-9)
    assert 0 <= twice <= strength


def test_nothing_grows_where_a_clock_goes_back() -> None:
    assert plasticity.fade(2, -100, 50) == 2
    assert plasticity.retention(-5, 1) == 1


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=50))
def test_no_use_makes_stronger_than_the_cap(amounts: list[float]) -> None:
    strength = 1.0
    for amount in amounts:
        after = plasticity.reinforce(strength, amount)
        assert strength <= after <= DEFAULTS.cap
        strength = after


def test_a_single_use_lifts_no_rank_and_two_do() -> None:
    ranks = [plasticity.rank(strength) for strength in (1, 2, 2.9, 4, 8)]
    assert ranks == [0, 0, 1, 1, 2]
    assert [plasticity.rank(strength) for strength in (0.5, 0.3, 0.25, 0.05, 0)][:4] == [
        0,
        0,
        -1,
        -2,
    ]


@given(strengths, strengths)
def test_what_is_stronger_never_ranks_lower(one: float, two: float) -> None:
    assert (one <= two) <= (plasticity.rank(one) <= plasticity.rank(two))


def test_uses_make_stable_the_more_the_more_it_matters() -> None:
    first = plasticity.stabilise(1, 0.5, 0)
    assert first == pytest.approx(1.20794, abs=1e-5)
    assert plasticity.stabilise(first, 0.5, 1) == pytest.approx(1.53753, abs=1e-5)
    assert plasticity.stabilise(1, 0.9, 0) == pytest.approx(1.33271, abs=1e-5)
    assert plasticity.weaken(0.15, 0.1, 0.2) == (0.1, 0.0)
    assert [plasticity.first_stability(s) for s in (0.74, 0.75)] == [1, 2]


def test_retention_falls_and_says_when_it_is_gone() -> None:
    assert plasticity.retention(2, 4) == pytest.approx(0.60653, abs=1e-5)
    assert plasticity.hours_left(1, 0) == pytest.approx(2.9957, abs=1e-4)
    assert plasticity.hours_left(1, 99) == 0
    left = plasticity.hours_left(5, 2)
    assert plasticity.retention(2 + left, 5) == pytest.approx(DEFAULTS.forgotten)


@given(st.integers(1, 500), st.floats(0.01, 0.3))
def test_links_grow_less_and_less_and_never_over_their_cap(times: int, rate: float) -> None:
    weight, grown = 0.0, float("inf")
    for _ in range(times):
        after = plasticity.hebb(weight, rate=rate, cap=DEFAULTS.link_cap)
        assert after - weight <= grown + 1e-12
        weight, grown = after, after - weight
    assert 0 < weight <= DEFAULTS.link_cap


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.integers(0, 100))
def test_hebbs_rule_stays_between_what_was_and_one(
    weight: float, before: float, after: float, count: int
) -> None:
    assert weight <= plasticity.hebb(weight, before, after, count) <= 1
    assert plasticity.hebb(0.5, 1, 1, 10) == pytest.approx(0.56616, abs=1e-5)


def test_half_lives_differ_by_kind() -> None:
    assert DEFAULTS.half_life("fact") == pytest.approx(34.66 * DAY, rel=1e-3)
    assert DEFAULTS.half_life("todo") < DEFAULTS.half_life("fact") < DEFAULTS.half_life("statement")
    assert DEFAULTS.half_life("of no kind") == DEFAULTS.half_life("fact")
