"""What fades, one memory's strength, and letting go from the outside."""

from pathlib import Path

import pytest

from tests.cli.running import run
from workbench.cli.main import main


@pytest.mark.slow
def test_what_fades_is_listed_reinforced_and_let_go(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ("--library", str(tmp_path / "a.brain"))
    run(capsys, *at, "remember", "the fix for the jam is to reseat tray two")
    code, (page,), _ = run(capsys, *at, "list", "fading")
    assert (code, page) == (0, {"items": [], "total": 0, "complete": True})
    code, (page,), _ = run(capsys, *at, "list", "fading", "--days", "90")
    (item,) = page["items"]
    assert (item["kind"], item["source"], page["total"]) == ("fact", None, 1)
    assert item["strength"] == pytest.approx(1, abs=0.01)
    id = str(item["engram"])
    assert main([*at, "list", "fading", "--days", "90"]) == 0
    said = capsys.readouterr()
    assert "reseat tray two" in said.out
    assert "· 100 % ·" in said.out
    assert "1 of 1" in said.err
    assert run(capsys, *at, "reinforce", id)[1] == [{"reinforced": 1}]
    assert run(capsys, *at, "list", "fading", "--days", "90")[1][0]["total"] == 0
    assert run(capsys, *at, "let-go", id)[1] == [{"let_go": 1}]
    assert run(capsys, *at, "list", "fading", "--days", "900")[1][0]["total"] == 0
    assert run(capsys, *at, "let-go", id, "--undo")[1] == [{"taken_back": 1}]
    assert run(capsys, *at, "reinforce", "999")[0] == 1
    assert run(capsys, *at, "list", "fading", "--days", "-1")[0] == 2
    assert run(capsys, *at, "list", "fading", "--collection", "none")[0] != 0


def test_show_tells_the_strength_of_a_memory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ("--library", str(tmp_path / "a.brain"))
    run(capsys, *at, "remember", "the fix for the jam is to reseat tray two")
    run(capsys, *at, "reinforce", "1")
    code, (told,), _ = run(capsys, *at, "show", "1")
    assert code == 0
    assert told["strength"]["strength"] == pytest.approx(2, abs=0.01)
    assert told["strength"]["half_life"] > 0
    assert len(told["curve"]["times"]) == len(told["curve"]["strengths"])
    assert main([*at, "show", "1", "--memory"]) == 0
    said = capsys.readouterr().out
    assert "Last use" in said
    assert "Half-life  35 days" in said
    assert main([*at, "show", "77"]) != 0
    assert "77" in capsys.readouterr().err
