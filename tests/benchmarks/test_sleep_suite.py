"""The suite `sleep`: its rows are the agreed ones, on a small library and a short year too."""

from pathlib import Path

import pytest

from tests.benchmarks import sleeping
from tests.benchmarks.year import Year

SHORT = Year(notes=12, books=1, days=4, questions=2, sentences=8, nights=2)


@pytest.mark.slow
def test_sleeping_is_measured_alone_and_while_somebody_asks(tmp_path: Path) -> None:
    said: list[str] = []
    rows = {row.name: row for row in sleeping.rows(tmp_path, 400, said.append)}
    assert {*sleeping.GOALS} - rows.keys() == {"strength_queries_1M", "year_lost_from_first_five"}
    assert all(row.value is not None and row.value > 0 for row in rows.values())
    # Goals are for the size that they were set for.
    assert all(row.goal is None for row in rows.values())


@pytest.mark.slow
def test_the_whole_suite_of_sleep_runs_on_a_small_library() -> None:
    said: list[str] = []
    rows = {row.name: row for row in sleeping.run(said.append, 120, 60, SHORT)}
    assert sleeping.GOALS.keys() - rows.keys() == {"strength_queries_1M"}
    assert "strength_queries" in rows
    assert all(row.value is not None for row in rows.values())
    # Only the year says the same of a small library.
    judged = [name for name, row in rows.items() if row.met is not None]
    assert judged == ["year_lost_from_first_five"]
    assert rows["year_lost_from_first_five"].met is True
    assert "slept in" in "".join(said)
