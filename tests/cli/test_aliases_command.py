"""`workbench aliases`: what was found, merged and rejected."""

import json
from pathlib import Path
from typing import Any

import pytest

from workbench.cli.main import main


@pytest.mark.slow
def test_aliases_are_shown_merged_and_rejected(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ("--library", str(tmp_path / "names.brain"))

    def run(*words: str) -> list[Any]:
        capsys.readouterr()
        assert main(["--json", *at, *words]) == 0
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    run("remember", "Richard Tamuro coined a word. In old age Tamuro left for Oslo.")
    (found,) = run("aliases")
    assert (found["name"], found["into"], found["state"]) == ("Tamuro", "Richard Tamuro", "open")
    (done,) = run("aliases", "--merge")
    assert done["state"] == "merged"
    assert run("aliases") == []
    (back,) = run("aliases", "--reject", str(done["id"]))
    assert back["state"] == "rejected"
    assert run("aliases", "--merge") == []
    capsys.readouterr()
    assert main([*at, "aliases", "--state", "rejected"]) == 0
    told = capsys.readouterr()
    assert "Tamuro = Richard Tamuro" in told.out
    assert main([*at, "aliases", "--accept", "99"]) != 0
