"""The suite `brain`: its rows are the agreed ones; a small brain is measured the same way."""

from pathlib import Path

import pytest

from tests.benchmarks import brain


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
