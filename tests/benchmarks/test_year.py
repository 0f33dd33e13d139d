"""The simulated year, a small one, and the quick questions, on a small library."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.benchmarks import strength_queries, year
from tests.benchmarks.strength_queries import MovedClock
from tests.benchmarks.year import Year
from workbench.memory.facts import facts
from workbench.memory.facts.facts import Weighed

SMALL = Year(notes=36, books=1, days=12, questions=3, sentences=10, nights=6)


@pytest.mark.slow
def test_t2_in_a_small_year_fading_takes_no_right_answer_out_of_the_first_five() -> None:
    said: list[str] = []
    (lost,) = year.rows(said.append, SMALL)
    assert (lost.name, lost.value, lost.met) == ("year_lost_from_first_five", 0, True)
    assert "12 days" in lost.input
    assert len(said) == 3
    # A year without right answers could lose none.
    right = int(said[0].split()[2])
    assert right > 0.8 * SMALL.days * SMALL.questions


@pytest.mark.slow
def test_t2_a_year_in_which_strength_outranks_words_is_seen_to_lose_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the year is for: it must be able to fail."""

    def by_strength(fact: Weighed) -> tuple[float, float]:
        return -fact.strength, -fact.row.at

    monkeypatch.setattr(facts, "_by_words", by_strength)
    (lost,) = year.rows(lambda _: None, replace(SMALL, notes=300, questions=6))
    assert lost.value is not None
    assert lost.value > 0
    assert lost.met is False


def test_the_quick_questions_are_put_to_a_library_of_used_and_unused_memories(
    tmp_path: Path,
) -> None:
    clock = MovedClock()
    strength_queries.make(tmp_path / "a.brain", 100, clock, days=4)
    found = strength_queries.measured(tmp_path / "a.brain", 100, clock)
    assert found.keys() == {"strength_of", "reviews_due", "fading"}
    assert all(value > 0 for value in found.values())
