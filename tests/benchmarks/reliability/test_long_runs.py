"""The runs that go on for minutes, for a second: what they count, and that nothing goes wrong."""

from pathlib import Path

import pytest

from tests.benchmarks.reliability import soak, writers

pytestmark = pytest.mark.slow


def test_mixed_work_makes_no_fault(tmp_path: Path) -> None:
    did, faults = soak.work(tmp_path / "soak.brain", 3)
    assert faults == []
    assert all(did.values()), did


@pytest.mark.parametrize(
    ("figures", "percent"),
    [([1.0], None), ([9.0, *[4.0] * 10], 0.0), ([9.0, 9.0, *[4.0] * 5, *[5.0] * 5], 25.0)],
)
def test_growth_leaves_out_the_time_of_warming_up(
    figures: list[float], percent: float | None
) -> None:
    assert soak.growth(figures) == percent


def test_what_several_processes_wrote_is_there_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "WRITERS", 2)
    monkeypatch.setattr(writers, "_MINUTE", 3.0)
    said: list[str] = []
    rows = {row.name: row.value for row in writers.measure(tmp_path, 1, said.append)}
    assert rows == {"writers_lost_or_doubled": 0, "writers_faults": 0}, said
