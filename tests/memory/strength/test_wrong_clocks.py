"""A clock that goes ten years ahead or back, and comes right again, makes nothing old for good."""

import math
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.clock import Clock
from workbench.library import Library
from workbench.memory import plasticity, use_history
from workbench.memory.plasticity import DAY, DEFAULTS
from workbench.memory.use_history import Use
from workbench.store.strengths import StrengthRow

TEN_YEARS = 3652 * DAY


def strength(library: Library, id: int) -> float:
    held = library.memory.strength(id)
    assert held is not None
    return held.strength


def seen(library: Library, words: str) -> float:
    """The strength of a fact as recall has it."""
    (fact,) = library.facts.recall(words, limit=1)
    return fact.strength


@pytest.mark.parametrize("jump", [TEN_YEARS, -TEN_YEARS])
def test_t6_what_was_used_while_the_clock_was_wrong_is_as_strong_as_before_and_more(
    library: Library, clock: Clock, jump: float
) -> None:
    library.brain.configure(learning=False)
    used, other = library.facts.tell("The lamp is in the shed.\nThe gate is shut.").new
    for _ in range(4):
        clock.days(3)
        library.memory.reinforce(used, other)
    before = strength(library, used), strength(library, other)
    clock.now += jump
    library.memory.reinforce(used)
    clock.now -= jump
    after = strength(library, used)
    assert after == pytest.approx(before[0] + 1, rel=1e-5)
    assert strength(library, other) == pytest.approx(before[1])
    # A later use leaves nothing of the wrong time behind.
    clock.days(1)
    library.memory.reinforce(used)
    held = library.memory.strength(used)
    assert held is not None
    assert held.used == clock.now
    assert held.strength == pytest.approx(before[0] + 2, abs=0.1)
    (row,) = library._store.rows("SELECT used FROM strength WHERE engram = ?", (used,))
    assert row[0] == clock.now
    assert seen(library, "lamp shed") == pytest.approx(held.strength)
    clock.days(30)
    assert strength(library, used) < held.strength


@pytest.mark.parametrize("jump", [TEN_YEARS, -TEN_YEARS])
def test_t6_recall_while_the_clock_was_wrong_is_set_right_by_the_flush(
    tmp_path: Path, jump: float
) -> None:
    clock = Clock()
    with Library.open(tmp_path / "a.brain", clock=clock) as library:
        (lamp,) = library.facts.tell("The lamp is in the shed.").new
        clock.days(2)
        library.facts.value("where is the lamp?")
        before = strength(library, lamp)
        clock.now += jump
        library.facts.value("where is the lamp?")
    with Library.open(tmp_path / "a.brain", clock=clock) as library:
        clock.now -= jump
        library.brain.configure(learning=False)
        assert strength(library, lamp) >= before
        assert seen(library, "lamp shed") >= before * 0.99 or jump < 0
        library.memory.reinforce(lamp)
        assert strength(library, lamp) == pytest.approx(before + 2, rel=1e-5)
        assert seen(library, "lamp shed") == pytest.approx(before + 2, rel=1e-5)


def test_t6_a_long_absence_forgets_nothing(library: Library, clock: Clock) -> None:
    ids = library.facts.tell("The lamp is in the shed.\nThe blue key opens bay 3.").new
    clock.now += 5 * TEN_YEARS
    assert len(library.facts.list()) == 2
    found = library.facts.value("what does the blue key open?")
    assert found is not None
    assert "bay 3" in found.shown
    assert library.memory.fading().total == 1
    assert [each.text for each in library.facts.recall("lamp")] == ["The lamp is in the shed."]
    assert strength(library, ids[1]) == pytest.approx(1, abs=0.01)


def test_t6_what_was_told_in_the_future_is_as_good_as_new_now(
    library: Library, clock: Clock
) -> None:
    clock.now += TEN_YEARS
    (lamp,) = library.facts.tell("The lamp is in the shed.").new
    library.memory.reinforce(lamp)
    clock.now -= TEN_YEARS
    assert strength(library, lamp) == 2
    library.memory.reinforce(lamp)
    assert strength(library, lamp) == 3
    assert library.memory.curve(lamp).now == clock.now


@pytest.mark.slow
@pytest.mark.parametrize(
    "told", [math.nan, math.inf, -1e300, 1 << 2000, None, "noon"], ids=lambda told: str(told)[:9]
)
def test_a_clock_that_gives_no_time_is_replaced_by_the_system_s(
    tmp_path: Path, told: object
) -> None:
    before = time.time()
    with Library.open(tmp_path / "a.brain", clock=lambda: told) as library:  # type: ignore[arg-type, return-value]
        library.facts.tell("The lamp is in the shed.")
        library.notes.add("instruction", "Answer in one sentence")
        assert library.facts.value("where is the lamp?") is not None
        library.memory.reinforce(1)
        (fact,) = library.facts.list()
        assert before <= fact.told <= time.time()
        assert library.clock_notice == ""
    with Library.open(tmp_path / "a.brain") as library:
        assert library.verify().sound


TIMES = st.floats(1.6e9, 1.8e9)


@given(
    came=TIMES,
    ripe=st.none() | st.floats(plasticity._WORKED + DAY, 1e7),
    since=st.floats(-1e6, 1e8),
    aged=st.floats(0, 1e8),
)
@settings(max_examples=100, deadline=None)
def test_the_moment_by_which_something_has_aged_is_the_inverse_of_ageing(
    came: float, ripe: float | None, since: float, aged: float
) -> None:
    knows = None if ripe is None else came + ripe
    begin = came + since
    at = plasticity.aged_at(came, knows, begin, aged)
    assert at >= begin
    assert plasticity.ageing(came, knows, begin, at) == pytest.approx(aged, rel=1e-6, abs=1e-3)


@given(st.lists(st.tuples(TIMES, st.floats(0, 8), st.floats(0, 4)), max_size=30))
def test_a_log_comes_back_and_a_damaged_one_does_no_harm(told: list[tuple[float, ...]]) -> None:
    uses = [Use(*each) for each in told]
    back = use_history.unpacked(use_history.packed(uses))
    assert [each.at for each in back] == [each.at for each in uses[-use_history.MAX_USES :]]
    assert use_history.unpacked(use_history.packed(uses)[:-5]) == back[:-1]


def test_a_right_clock_changes_nothing() -> None:
    row = StrengthRow(1, 3.0, 1.7e9, 2, came=1.6e9)
    log = [Use(1.65e9, 2.0, 1.0), Use(1.7e9, 3.0, 1.0)]
    assert use_history.corrected(row, log, 1.7e9 + DAY, 30 * DAY, DEFAULTS) is row
    assert use_history.corrected(row, log, 1.7e9 + TEN_YEARS, 30 * DAY, DEFAULTS) is row
