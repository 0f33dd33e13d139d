"""The suite `sleep`, on a library that is small enough for a test."""

from pathlib import Path

from workbench.bench import sleeping
from workbench.bench.suites import SUITES


def test_sleeping_is_measured_alone_and_while_somebody_asks(tmp_path: Path) -> None:
    assert "sleep" in SUITES
    said: list[str] = []
    rows = {row.name: row for row in sleeping.rows(tmp_path, 400, said.append)}
    assert set(sleeping.GOALS) <= rows.keys()
    assert all(row.value is not None and row.value > 0 for row in rows.values())
    # Goals are for the size that they were set for.
    assert all(row.goal is None for row in rows.values())
