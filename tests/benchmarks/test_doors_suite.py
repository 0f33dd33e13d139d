"""The suite of the other doors: its clients of four kinds lose no write."""

from pathlib import Path

import pytest

from tests.benchmarks import doors
from tests.benchmarks.suites import SUITES


@pytest.mark.slow
def test_sixteen_clients_of_four_kinds_write_everything_once(tmp_path: Path) -> None:
    assert "doors" in SUITES
    assert doors.crowd(tmp_path / "crowd.brain") == 0
