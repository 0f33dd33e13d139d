"""Strengthening and consolidating from the outside."""

from pathlib import Path

import pytest

from tests.cli.running import run
from workbench.cli.main import main


def test_strengthen_says_how_many_and_makes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ("--library", str(tmp_path / "a.brain"))
    run(capsys, *at, "remember", "the fix for the jam is to reseat tray two")
    code, (done,), _ = run(capsys, *at, "strengthen", "reseat tray", "--amount", "2.5")
    assert (code, done["touched"]) == (0, 1)
    assert done["strength"] == pytest.approx(3.5, abs=0.01)
    code, (done,), _ = run(capsys, *at, "strengthen", "anything at all")
    assert (code, done["touched"]) == (1, 0)
    assert main([*at, "strengthen", "anything at all"]) == 1
    assert "nothing was changed" in capsys.readouterr().err
    assert run(capsys, *at, "strengthen", "tray", "--amount", "-1")[0] == 2
    code, (fact,), _ = run(capsys, *at, "list", "memories")
    assert fact["strength"] == pytest.approx(3.5, abs=0.01)
    assert fact["archived"] is False


@pytest.mark.slow
def test_consolidate_previews_merges_and_is_undone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ("--library", str(tmp_path / "a.brain"))
    for text in ("Ada owns the mill.", "The Ada owns the mill."):
        run(capsys, *at, "remember", text)
    code, (done,), _ = run(capsys, *at, "consolidate", "--preview")
    assert (code, done["merged"], done["run"]) == (0, 1, None)
    assert main([*at, "consolidate", "--prune-below", "2"]) == 0
    shown = capsys.readouterr()
    assert "Merged: 1 fact" in shown.out
    assert "--undo" in shown.err
    assert main([*at, "consolidate", "--undo"]) == 0
    assert len(run(capsys, *at, "list", "memories")[1]) == 2
    assert run(capsys, *at, "consolidate", "--undo")[0] == 1
    assert run(capsys, *at, "consolidate", "--undo", "--preview")[0] == 2


def test_what_is_archived_is_labelled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = ("--library", str(tmp_path / "a.brain"))
    run(capsys, *at, "remember", "the crow sat on the fence")
    assert main([*at, "consolidate", "--prune-below", "2"]) == 0
    assert "archived: 1" in capsys.readouterr().out
    assert main([*at, "recall", "crow"]) == 0
    assert "· archived" in capsys.readouterr().out
