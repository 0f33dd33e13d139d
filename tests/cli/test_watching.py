"""Watched folders from the command line."""

import json
import os
from pathlib import Path

import pytest

from tests.cli.running import run
from workbench.cli.main import main


def test_i15_a_folder_is_watched_listed_and_let_go_from_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library = str(tmp_path / "l.brain")
    inbox = tmp_path / "in box"
    inbox.mkdir()
    code, (made,), _ = run(
        capsys, "--library", library, "watch", str(inbox), "--collection", "Thesis"
    )
    assert code == 0
    assert (made["folder"], made["collection"], made["problem"]) == (str(inbox), "Thesis", "")
    assert run(capsys, "--library", library, "watch")[1] == [made]
    assert main(["--library", library, "watch"]) == 0
    assert f"{inbox}  → Thesis" in capsys.readouterr().out
    assert run(capsys, "--library", library, "watch", str(inbox), "--stop")[:2] == (0, [])
    code, _, told = run(capsys, "--library", library, "watch", str(inbox), "--stop")
    assert (code, json.loads(told)["error"]["code"]) == (1, "not_found")
    assert main(["--library", library, "watch"]) == 0
    assert "workbench watch FOLDER" in capsys.readouterr().err


def test_i15_what_is_no_folder_is_refused_from_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library = str(tmp_path / "l.brain")
    code, _, told = run(capsys, "--library", library, "watch", str(tmp_path / "nowhere"))
    assert (code, json.loads(told)["error"]["code"]) == (3, "missing")
    code, _, told = run(capsys, "--library", library, "watch", "--stop")
    assert (code, json.loads(told)["error"]["code"]) == (2, "usage")


def test_i15_a_folder_that_may_not_be_looked_into_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    library, closed = str(tmp_path / "l.brain"), tmp_path / "closed"
    closed.mkdir()
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda p, mode: p != closed and allowed(p, mode))
    code, _, told = run(capsys, "--library", library, "watch", str(closed))
    assert (code, json.loads(told)["error"]["code"]) == (3, "missing")
    assert run(capsys, "--library", library, "watch")[1] == []
