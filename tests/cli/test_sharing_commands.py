"""The commands version, export, import and merge, as people and scripts call them."""

import json
from pathlib import Path
from typing import Any

import pytest

from workbench.cli.main import main


@pytest.fixture
def library(tmp_path: Path) -> str:
    path = str(tmp_path / "a.brain")
    _run(path, "remember", "My plan is pro. The door is green.", "--collection", "u")
    return path


def _run(library: str, *words: str) -> int:
    return main(["--library", library, *words])


def _records(capsys: pytest.CaptureFixture[str]) -> list[Any]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.slow
def test_a_version_is_kept_compared_and_brought_back(
    library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(library, "version", "save", "one", "--collection", "u") == 0
    _run(library, "remember", "My plan is free.", "--collection", "u")
    _run(library, "var", "set", "port", "80", "--collection", "u")
    capsys.readouterr()
    assert _run(library, "version", "diff", "one", "--collection", "u") == 0
    assert capsys.readouterr().out.splitlines() == ["+ My plan is free.", "+ port is 80"]
    assert _run(library, "version", "restore", "one", "--collection", "u") == 0
    told = capsys.readouterr()
    assert "2 removed" in told.out
    assert "before one" in told.err
    assert _run(library, "value", "what is my plan?", "--collection", "u") == 0
    assert capsys.readouterr().out == "pro\n"
    _run(library, "version", "list", "--json")
    assert [each["name"] for each in _records(capsys)] == ["one", "before one"]
    assert _run(library, "version", "drop", "one", "--collection", "u") == 0
    assert _run(library, "version", "drop", "one", "--collection", "u") == 1
    assert _run(library, "version", "diff") == 2


def test_a_bundle_goes_out_and_comes_in(
    library: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = str(tmp_path / "b.brain")
    capsys.readouterr()
    assert _run(library, "export", str(tmp_path / "out"), "--json") == 0
    (made,) = _records(capsys)
    assert made["facts"] == 2
    assert _run(other, "import", made["path"], "--preview") == 0
    assert "Would be new: 0 sources with 0 statements, 2 memories" in capsys.readouterr().out
    assert _run(other, "import", made["path"], "--json") == 0
    (done,) = _records(capsys)
    assert (done["added"], done["conflicts"], done["preview"]) == (2, [], False)
    assert _run(other, "import", "--undo") == 0
    assert "2 memories" in capsys.readouterr().out
    assert _run(other, "import", "--undo") == 1
    assert _run(other, "import", "--undo", made["path"]) == 2
    assert _run(other, "import") == 2


def test_tables_go_into_a_folder_of_their_own(
    library: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(library, "export", str(tmp_path / "csv"), "--format", "csv") == 0
    assert (tmp_path / "csv" / "facts.csv").exists()
    assert _run(library, "export", str(tmp_path / "csv"), "--format", "csv") == 2
    assert "not empty" in capsys.readouterr().err


def test_contradictions_are_told_when_collections_meet(
    library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _run(library, "remember", "My plan is free.", "--collection", "v")
    capsys.readouterr()
    assert _run(library, "merge", "u", "v", "--policy", "prefer_local") == 0
    told = capsys.readouterr().out
    assert "“My plan is pro.” counts, not “My plan is free.”; the other was left out" in told
    assert _run(library, "merge", "u", "nowhere") == 1


def test_what_is_no_bundle_is_said_in_one_sentence(
    library: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.engrams").touch()
    capsys.readouterr()
    assert _run(library, "import", str(tmp_path / "empty.engrams"), "--json") == 3
    assert json.loads(capsys.readouterr().err)["error"]["code"] == "empty"
    assert _run(library, "import", library) == 3
    assert "is a library" in capsys.readouterr().err
    assert _run(library, "import", str(tmp_path / "nowhere.engrams")) == 1
