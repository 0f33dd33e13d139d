"""Traces of spike timing, what a reward makes of them, and that no weight explodes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.brain.engine.eligibility import (
    FAINT,
    MAX_DELTA,
    MIN_DELTA,
    SET_POINT,
    TRACE_SECONDS,
    bounded,
    change,
    faded,
    renormalised,
    surprise,
    timing,
    traces,
)
from workbench.brain.engine.modulators import BROAD, FOCUSED, Modulators
from workbench.brain.engine.spreading import links
from workbench.brain.engine.synapses import WEIGHT_UNIT, Synapses, freeze
from workbench.brain.library.links import lay

_REST = Modulators()
_unit = st.floats(-1, 1)
_level = st.floats(0, 2)


def test_both_branches_of_spike_timing_leave_a_trace() -> None:
    # As in a recall: the cue at steps 0, 4 and 8, what it drives one step later.
    ahead, behind = timing((0, 4, 8), (1, 5, 9)), timing((1, 5, 9), (0, 4, 8))
    assert ahead > 0.2
    assert behind < -0.2
    assert timing((3,), (3,)) == 0
    assert timing((), (1, 2)) == 0
    assert timing((0,), (1,)) > timing((0,), (4,)) > 0
    assert traces([(7,), (9,), (), (), (7,), (9,)], [(7, 9), (9, 7), (7, 8)], _REST).keys() == {
        (7, 9), (9, 7),
    }  # fmt: skip


def test_a_trace_fades_and_serotonin_makes_one_wait_longer() -> None:
    assert faded(0.5, 0, _REST) == 0.5
    assert 0 < faded(0.5, TRACE_SECONDS, _REST) < 0.25
    assert faded(0.5, 10 * TRACE_SECONDS, _REST) == 0
    patient, hasty = Modulators(serotonin=2.0), Modulators(serotonin=0.5)
    assert faded(0.5, 300, patient) > faded(0.5, 300, _REST) > faded(0.5, 300, hasty)
    # A clock that is set back takes nothing away, and adds nothing.
    assert faded(0.5, -1e9, _REST) == 0.5


def test_each_modulator_has_its_part_in_what_is_learned() -> None:
    assert change(1.0, 0.5, FOCUSED) > change(1.0, 0.5, _REST) > change(1.0, 0.5, BROAD) > 0
    assert change(-1.0, 0.5, _REST) == -change(1.0, 0.5, _REST)
    assert change(1.0, -0.5, _REST) < 0
    assert change(0.0, 1.0, FOCUSED) == 0
    # What was expected teaches less than what comes as a surprise.
    assert surprise(1.0, 0.0) > surprise(1.0, 1.0) > 0 > surprise(-1.0, 0.0)
    firing = [(1,), (2,)]
    aroused = traces(firing, [(1, 2)], Modulators(noradrenaline=2.0))
    assert aroused[1, 2] > traces(firing, [(1, 2)], _REST)[1, 2]


@pytest.mark.slow
@given(
    st.lists(st.tuples(_unit, _unit, _unit, _level, _level), max_size=60),
    st.floats(MIN_DELTA, MAX_DELTA),
)
def test_no_weight_explodes_whatever_is_rewarded(
    course: list[tuple[float, float, float, float, float]], delta: float
) -> None:
    for reward, expected, trace, acetylcholine, dopamine in course:
        levels = Modulators(dopamine=dopamine, acetylcholine=acetylcholine)
        by = change(surprise(reward, expected), trace, levels)
        after = bounded(delta, by)
        assert MIN_DELTA <= after <= MAX_DELTA
        assert (after - delta) * by >= 0
        delta = after


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 5), st.integers(0, 40)),
        st.floats(MIN_DELTA, MAX_DELTA),
        max_size=120,
    )
)
def test_homeostasis_holds_a_set_point_and_what_is_settled_stays(
    learned: dict[tuple[int, int], float],
) -> None:
    after = {**learned, **renormalised(learned)}
    left = {link: delta for link, delta in after.items() if delta}
    for source in {source for source, _ in left}:
        total = sum(abs(delta) for (one, _), delta in left.items() if one == source)
        assert total <= SET_POINT * (1 + 1e-6)
    assert renormalised(left) == {}
    assert all(abs(delta) > FAINT / 10 for delta in left.values())


@pytest.mark.slow
@given(
    st.lists(
        st.dictionaries(
            st.tuples(st.integers(0, 7), st.integers(0, 7)), st.floats(-3, 3), max_size=20
        ),
        max_size=6,
    )
)
def test_what_lies_over_the_links_stays_in_bounds_and_goes_without_a_trace(
    courses: list[dict[tuple[int, int], float]],
) -> None:
    sources = np.array([0, 0, 1, 3, 6], np.int64)
    targets = np.array([1, 5, 2, 3, 0], np.int64)
    weights = np.array([0.7, 0.35, 1.9, 0.0, 0.5], np.float32)
    rows = freeze(8, sources, targets, weights)
    before = [_links(rows, each) for each in range(8)]
    own: dict[tuple[int, int], int] = {}
    for course in courses:
        lay(rows, own, course)
        for each in range(8):
            assert all(0 <= weight <= 2 for weight in _links(rows, each).values())
    lay(rows, own, {})
    for each in range(8):
        assert _links(rows, each) == before[each]


def _links(rows: Synapses, source: int) -> dict[int, float]:
    """Where links of a source lead that drive anything, and their weights."""
    _, ends, weights = links(rows, np.array([source]))
    return {
        end: weight / WEIGHT_UNIT
        for end, weight in zip(ends.tolist(), weights.tolist(), strict=True)
        if weight
    }


def test_a_link_that_was_learned_weighs_what_was_learned() -> None:
    rows = freeze(4, np.array([0]), np.array([1]), np.array([0.5], np.float32))
    own: dict[tuple[int, int], int] = {}
    lay(rows, own, {(0, 1): 0.25, (2, 3): 0.1, (9, 1): 1.0})
    assert _links(rows, 0) == pytest.approx({1: 0.75}, abs=0.01)
    assert _links(rows, 2) == pytest.approx({3: 0.1}, abs=0.01)
    lay(rows, own, {(2, 3): 0.3})
    assert _links(rows, 0) == pytest.approx({1: 0.5}, abs=0.01)
    assert _links(rows, 2) == pytest.approx({3: 0.3}, abs=0.01)
