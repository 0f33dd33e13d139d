"""Fibers: immutable records of a pathway."""

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import UsageError
from workbench.memory.reflex.fibers import Fiber

NUMBERS = st.floats(allow_nan=False)


def fiber() -> Fiber[str]:
    return Fiber.along(("gate", "yard", "mill"))


def test_conducting_strengthens_counts_and_stamps_another_fiber() -> None:
    first = fiber().with_conductivity(0.8)
    after = first.conduct(60.0)
    assert after.conductivity == pytest.approx(0.82)
    assert (after.frequency, after.last_conducted) == (1, 60.0)
    assert (first.conductivity, first.frequency, first.last_conducted) == (0.8, 0, None)


def test_conducting_without_reinforcement_only_counts() -> None:
    after = fiber().with_conductivity(0.4).conduct(1.0, reinforce=False)
    assert (after.conductivity, after.frequency) == (0.4, 1)


def test_nothing_of_a_fiber_can_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        fiber().conductivity = 0.2  # type: ignore[misc]


@given(st.lists(NUMBERS, max_size=5), st.integers(0, 60))
def test_qualities_stay_between_0_and_1(values: list[float], times: int) -> None:
    found = fiber()
    for value in values:
        found = found.with_conductivity(value).with_salience(value)
    for moment in range(times):
        found = found.conduct(float(moment))
    assert 0 <= found.conductivity <= 1
    assert 0 <= found.salience <= 1
    assert found.frequency == times


def test_places_in_the_pathway() -> None:
    found = fiber()
    assert found.pathway_length == 3
    assert found.pathway_position("mill") == 2
    assert found.pathway_position("river") is None


def test_tags_gather_without_doubles() -> None:
    assert fiber().add_tags("Harvest", "2026").add_tags("harvest ", "", "press").tags == {
        "harvest",
        "2026",
        "press",
    }


@pytest.mark.parametrize(
    ("anchor", "pathway", "named"),
    [("moon", ("gate",), "moon"), ("gate", ("gate", "moon"), "moon")],
)
def test_a_missing_member_is_refused_in_a_sentence(
    anchor: str, pathway: tuple[str, ...], named: str
) -> None:
    with pytest.raises(UsageError, match=named):
        Fiber(frozenset(("gate", "yard")), anchor, pathway)


def test_a_fiber_without_a_concept_and_a_number_that_is_none_are_refused() -> None:
    with pytest.raises(UsageError):
        Fiber.along(())
    with pytest.raises(UsageError):
        fiber().with_salience(float("nan"))


def test_a_concept_stands_once_in_a_pathway() -> None:
    assert Fiber.along(("a", "b", "a")).pathway == ("a", "b")
