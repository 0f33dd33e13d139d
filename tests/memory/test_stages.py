"""Stages of maturation: told by time and by spaced recalls, and worked out when they are read."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.memory import plasticity
from workbench.memory.plasticity import DAY, HOUR, Stage
from workbench.store.strengths import StrengthRow

moments = st.floats(0, 1e10)


@pytest.mark.parametrize(
    ("hours", "stage"),
    [(0, "stm"), (0.49, "stm"), (0.51, "working"), (4.4, "working"), (4.6, "episodic"),
     (9000, "episodic")],
)  # fmt: skip
def test_what_is_never_recalled_stays_an_episode(hours: float, stage: str) -> None:
    assert plasticity.stage(1000.0, None, 1000.0 + hours * HOUR) == stage


def _recalled(*hours: float) -> StrengthRow:
    """What came at 0 and was recalled at these hours, as counted use by use."""
    row = StrengthRow(1, 1.0, 0.0)
    for hour in hours:
        at = hour * HOUR
        days, windows = plasticity.spaced(row.days, row.windows, row.uses, row.used, at)
        ripe = plasticity.ripening(row.came, row.ripe, days, windows, row.uses + 1, at)
        row = replace(row, used=at, uses=row.uses + 1, days=days, windows=windows, ripe=ripe)
    return row


@pytest.mark.parametrize(
    ("hours", "ripe"),
    [
        ((30, 54), 76.5),
        ((30, 100), 100),
        ((30, 31, 32, 33, 35), 76.5),
        # Crammed into an hour it may be often: it is one day, and one window.
        ((30,) + (30.5,) * 12, None),
        ((30, 31, 32, 33), None),
        ((6, 7, 8, 9, 10, 11, 12, 13, 14, 15), 28.5),
        ((), None),
    ],
)
def test_spaced_recalls_make_knowledge(hours: tuple[float, ...], ripe: float | None) -> None:
    row = _recalled(*hours)
    assert row.ripe == (None if ripe is None else pytest.approx(ripe * HOUR))
    if ripe is not None:
        assert plasticity.stage(0, row.ripe, ripe * HOUR - 1) != Stage.SEMANTIC
        assert plasticity.stage(0, row.ripe, ripe * HOUR + 1) == Stage.SEMANTIC


def test_each_stage_has_its_own_pace() -> None:
    def pace(hour: float, ripe: float | None = None) -> float:
        since = hour * HOUR
        return plasticity.ageing(0, ripe, since, since + 60) / 60

    assert pace(0.1) == pytest.approx(5)
    assert pace(2) == pytest.approx(2)
    assert pace(10) == pytest.approx(1)
    assert pace(100, ripe=80 * HOUR) == pytest.approx(0.3)


@given(moments, st.none() | moments, moments, moments, moments)
def test_ageing_in_two_steps_is_ageing_in_one(
    came: float, ripe: float | None, one: float, two: float, three: float
) -> None:
    first, middle, last = sorted((one, two, three))
    came = min(came, first)
    if ripe is not None:
        ripe = max(ripe, came + 2 * DAY)
    whole = plasticity.ageing(came, ripe, first, last)
    parts = plasticity.ageing(came, ripe, first, middle) + plasticity.ageing(
        came, ripe, middle, last
    )
    assert whole == pytest.approx(parts, abs=1e-3)
    assert whole >= 0


@given(moments, st.none() | moments, moments, moments)
def test_t6_a_clock_that_goes_back_makes_nothing_older(
    came: float, ripe: float | None, since: float, now: float
) -> None:
    early, late = sorted((since, now))
    assert plasticity.ageing(came, ripe, late, early) == 0


def test_t6_a_recall_before_the_last_one_counts_no_day_more() -> None:
    assert plasticity.spaced(1, 1, 4, 900 * DAY, 3 * DAY) == (1, 1)
