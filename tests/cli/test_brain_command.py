"""`workbench brain`: exit codes, JSON and what is shown."""

import json
from pathlib import Path

import pytest

from workbench.cli.main import main


@pytest.mark.slow
def test_b2_the_command_shows_size_recall_and_dream(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ("--library", str(tmp_path / "brain.brain"))
    assert main([*at, "remember", "Marta Olsen founded the Harbour Mill."]) == 0
    assert main([*at, "remember", "The Harbour Mill employed Jonas Brandt."]) == 0
    capsys.readouterr()
    assert main([*at, "brain"]) == 0
    assert "Association cortex" in capsys.readouterr().out
    assert main([*at, "--json", "brain", "status"]) == 0
    assert len(json.loads(capsys.readouterr().out)["regions"]) == 10
    small = ("--scale", "0.02")
    assert main([*at, "--json", "brain", "recall", "Marta Olsen", *small]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["lit"][0]["name"] == "Harbour Mill"
    assert found["lit"][0]["tag"] == "confirmed"
    assert len(found["steps"]) == 30
    assert len(found["steps"][0]["spikes"]) == 10
    assert main([*at, "brain", "recall", "Marta Olsen", *small]) == 0
    shown = capsys.readouterr()
    assert "Marta Olsen → Harbour Mill" in shown.out
    assert main([*at, "brain", "dream", "Marta Olsen", *small]) == 0
    assert "bits of surprise" in capsys.readouterr().out
    assert main([*at, "brain", "recall", "nobody at all", *small]) != 0
    assert "names no concept" in capsys.readouterr().err
    assert main([*at, "brain", "recall"]) == 2
    assert main([*at, "brain", "status", "Marta"]) == 2
    assert main([*at, "brain", "recall", "Marta Olsen", "--scale", "7"]) == 2
