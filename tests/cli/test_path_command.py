"""`workbench path`: exit codes, JSON and what is shown."""

import json
from pathlib import Path

import pytest

from workbench.cli.main import main


def test_a_path_is_shown_with_what_says_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ("--library", str(tmp_path / "paths.brain"))
    assert main([*at, "remember", "The drought caused the famine."]) == 0
    assert main([*at, "remember", "The famine led to the revolt."]) == 0
    capsys.readouterr()
    assert main(["--json", *at, "path", "drought", "revolt"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["trail"] == ["drought", "famine", "revolt"]
    assert found["steps"][0]["saying"]["text"] == "The drought caused the famine."
    assert main([*at, "path", "drought", "revolt"]) == 0
    told = capsys.readouterr()
    assert "drought → famine → revolt" in told.out
    assert "The famine led to the revolt." in told.out + told.err
    assert main([*at, "path", "drought", "revolt", "--hops", "1"]) == 1
    assert "There is no path worth showing within 1 hop" in capsys.readouterr().err
    assert main(["--json", *at, "path", "drought", "revolt", "--hops", "1"]) == 1
    assert json.loads(capsys.readouterr().out)["steps"] == []
    assert main([*at, "path", "drought", "nowhere at all"]) != 0
