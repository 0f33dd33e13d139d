"""Alerts, health and follow-up questions from the outside."""

import json
from pathlib import Path

import pytest

from tests.cli.running import run
from workbench.cli.main import main


@pytest.fixture
def at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """A library with two facts."""
    where = ("--library", str(tmp_path / "a.brain"))
    run(capsys, *where, "remember", "The plumber is Ines Roth.")
    run(capsys, *where, "remember", "The rent is 900 euros.")
    return where


@pytest.mark.slow
def test_alerts_are_shown_marked_and_set(
    at: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, *at, "alerts")[:2] == (0, [])
    code, (alert,), _ = run(capsys, *at, "alerts", "--limit", "memories=1")
    assert (code, alert["type"], alert["status"]) == (0, "high_neuron_count", "active")
    code, (alert,), _ = run(capsys, *at, "alerts", "--acknowledge", str(alert["id"]))
    assert (code, alert["status"]) == (0, "acknowledged")
    code, (alert,), _ = run(capsys, *at, "alerts", "--set", "memories=1")
    assert alert["status"] == "acknowledged"
    assert run(capsys, *at, "alerts", "--resolve", "high_neuron_count")[0] == 0
    assert run(capsys, *at, "alerts")[1] == []
    assert run(capsys, *at, "alerts", "--set", "memories=usual")[1] == []
    code, (alert,), _ = run(capsys, *at, "alerts", "--resolved")
    assert alert["status"] == "resolved"


def test_people_read_what_to_do(at: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main([*at, "alerts", "--limit", "memories=1"]) == 0
    said = capsys.readouterr().out
    assert "info · active · There are 2 memories, more than 1." in said
    assert "alert_memories" in said
    assert main([*at, "alerts"]) == 0
    assert "No limit is exceeded" in capsys.readouterr().err
    assert main([*at, "health"]) == 1
    assert "too little to grade yet" in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.parametrize("words", [
    ("alerts", "--limit", "memories"), ("alerts", "--limit", "memories=many"),
    ("alerts", "--limit", "noise=5"), ("alerts", "--set", "noise=5"),
    ("alerts", "--seen", "noise"), ("suggest", "rent", "--limit", "0"),
])  # fmt: skip
def test_wrong_words_are_told(
    words: tuple[str, ...], at: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, *at, *words)
    assert (code, out) == (2, [])
    assert json.loads(err)["error"]["message"]


def test_what_is_not_there_is_told(at: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert "no open alert" in run(capsys, *at, "alerts", "--seen", "7")[2]
    for command in ("alerts", "health", "suggest"):
        code, _, err = run(capsys, *at, command, "--collection", "nowhere")
        assert "no collection called" in json.loads(err)["error"]["message"]
        assert code != 0


def test_health_as_json(at: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    code, (health,), _ = run(capsys, *at, "health")
    assert (code, health["grade"], health["memories"]) == (1, None, 2)
    assert len(health["parts"]) == 7


@pytest.mark.slow
def test_what_is_asked_in_turn_is_suggested_and_forgotten(
    at: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(3):
        run(capsys, *at, "recall", "rent")
        run(capsys, *at, "recall", "plumber")
    code, found, _ = run(capsys, *at, "suggest", "what is the rent?")
    assert (code, [each["topic"] for each in found]) == (0, ["plumber"])
    assert len(run(capsys, *at, "suggest")[1]) >= 1
    assert run(capsys, *at, "suggest", "--forget")[0] == 0
    assert run(capsys, *at, "suggest", "rent")[:2] == (1, [])
    assert run(capsys, *at, "suggest", "--learn", "off")[1] == [{"learn": False}]
    for _ in range(3):
        run(capsys, *at, "recall", "rent")
        run(capsys, *at, "recall", "plumber")
    assert run(capsys, *at, "suggest", "rent")[0] == 1
