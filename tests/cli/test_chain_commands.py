"""Chains from the command line: the value, the cited trail, and where it breaks."""

import json
from pathlib import Path

import pytest

from workbench.cli.main import main


@pytest.fixture
def library(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """A library with two facts."""
    path = str(tmp_path / "chains.brain")
    text = "Aurora is owned by Kenji. Kenji reports to Lotte."
    assert main(["--library", path, "remember", text, "--source", "wiki"]) == 0
    capsys.readouterr()
    return path


def test_a_chain_prints_its_end_and_cites_every_hop(
    library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--library", library, "chain", "Aurora", "owner", "manager"]) == 0
    told = capsys.readouterr()
    assert told.out == "Lotte\n"
    assert "Aurora → Kenji → Lotte" in told.err
    assert "“Aurora is owned by Kenji.”, from wiki" in told.err


def test_a_broken_chain_says_where_and_gives_what_it_has(
    library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--library", library, "chain", "Aurora", "owner", "city"]
    assert main(words) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "Aurora → Kenji" in told.err
    assert "“city” of Kenji" in told.err
    assert main([*words, "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["value"], found["broken_at"]) == (None, "city")
    assert found["trail"] == ["Aurora", "Kenji"]
    assert found["hops"][0]["fact"]["text"] == "Aurora is owned by Kenji."


def test_a_chain_without_a_start_is_wrong_usage(
    library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--library", library, "chain", "?", "owner"]) == 2
    assert "no start" in capsys.readouterr().err


def test_associate_shows_what_is_reached_and_how(
    library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--library", library, "associate", "Lotte", "--hops", "1"]) == 0
    told = capsys.readouterr().out
    assert "Kenji reports to Lotte.  · explicit, in it" in told
    assert "Aurora is owned by Kenji.  · emergent, 1 hop away" in told
    assert main(["--library", library, "associate", "Lotte", "--json", "--limit", "1"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["seed"], found["tag"], found["hops"]) == (True, "explicit", 0)
    assert main(["--library", library, "associate", "nobody"]) == 1
    assert main(["--library", library, "associate", "Lotte", "--hops", "-1"]) == 2
