"""The suite `brain`: its rows are the agreed ones; a small brain is measured the same way."""

from pathlib import Path

import pytest

from workbench.bench import brain
from workbench.bench.suites import SUITES


def test_the_rows_of_the_suite_of_the_brain_are_the_ones_that_were_agreed() -> None:
    assert "brain" in SUITES
    goals = {name: (goal.unit, goal.value, goal.higher) for name, goal in brain.GOALS.items()}
    assert goals == {
        "added_memory_full_scale": ("MB", 200, False),
        "recall_30_steps_300k": ("ms", 100, False),
        "step_0.1_percent": ("ms", 3, False),
        "step_2_percent": ("ms", 20, False),
        "learn_batch": ("triples/s", 1e6, True),
        "learn_single": ("ms", 1, False),
        "direct_hit_300k": ("%", 99, True),
        "direct_hit_1M": ("%", 99, True),
        "two_hops_300k": ("%", 95, True),
        "two_hops_1M_strongest24": ("%", 80, True),
        "unrelated_cover": ("%", 1, False),
        "unrelated_above_5": ("%", 0.1, False),
        "completion_from_30_percent": ("%", 80, True),
    }


@pytest.mark.slow
def test_b2_a_small_brain_is_measured_the_same_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path))
    said: list[str] = []
    rows = {row.name: row for row in brain.run(said.append, (600, 1200), 400, 0.1)}
    assert brain.GOALS.keys() <= rows.keys()
    assert all(row.value is not None for row in rows.values())
    assert rows["direct_hit_300k"].value == 100
    assert (rows["completion_from_30_percent"].value or 0) > 99
    assert len(said) == len(rows)
