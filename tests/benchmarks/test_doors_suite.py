"""The suite of the other doors: clients lose no write, and an agent pays little."""

import asyncio
from pathlib import Path

import pytest

from tests.benchmarks import doors
from tests.benchmarks.suites import SUITES


@pytest.mark.slow
def test_sixteen_clients_of_four_kinds_write_everything_once(tmp_path: Path) -> None:
    assert "doors" in SUITES
    assert doors.crowd(tmp_path / "crowd.brain") == 0


@pytest.mark.slow
def test_a_session_of_twenty_turns_costs_an_agent_little(tmp_path: Path) -> None:
    standing, turns = asyncio.run(doors.session(tmp_path / "session.brain"))
    assert len(turns) == 20
    assert standing + max(turns) <= 1100
