"""The suite of the other doors: its clients of four kinds lose no write."""

from pathlib import Path

import pytest

from workbench.bench import doors
from workbench.bench.suites import SUITES


@pytest.mark.slow
def test_sixteen_clients_of_four_kinds_write_everything_once(tmp_path: Path) -> None:
    assert "doors" in SUITES
    assert doors.crowd(tmp_path / "crowd.brain") == 0


def test_an_agent_finds_chains_of_three_hops_in_a_few_tokens(tmp_path: Path) -> None:
    said: list[str] = []
    right, cited = doors._remembered(tmp_path, 300, said.append)
    assert right == 100
    assert cited < 20
    assert "pasted" in said[0]


@pytest.mark.slow
def test_what_expired_is_not_shown_and_what_weighs_comes_first(tmp_path: Path) -> None:
    assert doors.minded(tmp_path) == (0, 0, 0)
