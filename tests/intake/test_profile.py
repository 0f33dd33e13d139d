"""`add --profile` measures each stage of what was added."""

import json
from pathlib import Path

import pytest

from workbench.cli.main import main
from workbench.library import Library

STAGES = ["reading", "storing", "indexing", "verifying"]


def test_every_stage_is_measured_and_the_file_is_added(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "salt.txt").write_text("Ines left at seven. She took salt.\n", encoding="utf-8")
    words = ["--library", str(tmp_path / "a.brain"), "add", "--profile", str(tmp_path / "salt.txt")]
    assert main(["--json", *words]) == 0
    added, told = map(json.loads, capsys.readouterr().out.splitlines())
    assert added["state"] == "verified"
    assert list(told["profile"]["seconds"]) == STAGES
    assert all(seconds > 0 for seconds in told["profile"]["seconds"].values())
    assert set(told["profile"]["processor_seconds"]) == {"here", "readers"}


def test_a_library_that_read_nothing_spent_nothing(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a.brain") as library:
        assert library.queue.spent == {}
