"""Perceiving, working memory and sleep from the outside."""

from pathlib import Path

import pytest

from tests.cli.running import run
from workbench.cli.main import main


@pytest.mark.slow
def test_sleep_is_previewed_reported_and_undone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ("--library", str(tmp_path / "a.brain"))
    run(capsys, *at, "remember", "The weir alarm is red", "--salience", "0.9")
    run(capsys, *at, "remember", "The guard whistles", "--reward", "0.9")
    code, (seen,), _ = run(capsys, *at, "sleep", "--preview")
    assert (code, seen["run"], seen["consolidated"]) == (0, None, 1)
    code, (done,), _ = run(capsys, *at, "sleep")
    assert (code, done["consolidated"], done["merged"], done["pruned"]) == (0, 1, 0, 0)
    assert run(capsys, *at, "info", "alarm")[1][0]["layer"] == "long_term"
    assert run(capsys, *at, "info", "whistles")[1][0]["region"] == "basal_ganglia"
    code, (undone,), _ = run(capsys, *at, "sleep", "--undo")
    assert (code, undone["kept"]) == (0, 1)
    assert main([*at, "sleep"]) == 0
    said = capsys.readouterr()
    assert "1 kept for long" in said.out
    assert "workbench sleep --undo" in said.err
    assert main([*at, "sleep", "--undo"]) == 0
    assert "1 kept for long" in capsys.readouterr().out


def test_what_makes_no_sense_is_said_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ("--library", str(tmp_path / "a.brain"))
    run(capsys, *at, "remember", "The weir alarm is red")
    assert run(capsys, *at, "sleep", "--undo", "--preview")[0] == 2
    assert run(capsys, *at, "sleep", "--collection", "nowhere")[0] != 0
    code, _, said = run(capsys, *at, "remember", "The guard whistles", "--reward", "7")
    assert code == 2
    assert "from 0 to 1" in said
    assert run(capsys, *at, "sleep", "--undo")[0] == 1 or "no consolidation" in said


def test_the_gate_tells_what_it_refuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = ("--library", str(tmp_path / "a.brain"))
    code, (done,), _ = run(capsys, *at, "perceive", "Ok, thanks. The ledger lies in the crypt.")
    assert (code, len(done["new"])) == (0, 1)
    assert done["refused"][0]["refused"] == "chatter"
    code, (done,), _ = run(capsys, *at, "perceive", "ok")
    assert (code, done["new"]) == (1, [])
    assert main([*at, "perceive", "ok. The ink is violet."]) == 0
    said = capsys.readouterr()
    assert "Refused: “ok.” (it says nothing)." in said.err
    assert "✓ Remembered: 1 fact." in said.out
    assert main([*at, "perceive", "ok"]) == 1


@pytest.mark.slow
def test_what_is_in_mind_is_shown_and_rehearsed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ("--library", str(tmp_path / "a.brain"))
    for number in range(8):
        run(capsys, *at, "remember", f"Drawer {number} is locked")
    code, found, _ = run(capsys, *at, "working-memory")
    assert (code, len(found)) == (0, 7)
    assert found[0]["fact"]["text"] == "Drawer 1 is locked"
    code, (done,), _ = run(capsys, *at, "rehearse", "Drawer 1")
    assert (code, done["touched"]) == (0, 1)
    assert run(capsys, *at, "working-memory")[1][-1]["fact"]["text"] == "Drawer 1 is locked"
    assert main([*at, "working-memory"]) == 0
    assert "Drawer 1 is locked · for " in capsys.readouterr().out
    assert run(capsys, *at, "rehearse", "no such drawer")[0] == 1
    assert main([*at, "rehearse", "no such drawer"]) != 0


@pytest.mark.slow
def test_t3_a_sleep_is_taken_back_by_its_number_and_settings_are_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ("--library", str(tmp_path / "a.brain"))
    run(capsys, *at, "remember", "The weir alarm is red", "--salience", "0.9")
    assert run(capsys, *at, "sleep", "--list")[:2] == (1, [])
    (done,) = run(capsys, *at, "sleep")[1]
    (told,) = run(capsys, *at, "sleep", "--list")[1]
    assert (told["run"], told["state"], told["consolidated"]) == (done["run"], "done", 1)
    assert run(capsys, *at, "sleep", "--undo", "99")[0] == 1
    assert run(capsys, *at, "sleep", "--undo", str(done["run"]))[1][0]["kept"] == 1
    code, _, said = run(capsys, *at, "sleep", "--undo", str(done["run"]))
    assert code == 1
    assert "already undone" in said
    code, (after,), _ = run(capsys, *at, "sleep", "--settings", "every_hours=12", "automatic=off")
    assert (code, after["every_hours"], after["automatic"]) == (0, 12.0, False)
    assert run(capsys, *at, "sleep", "--settings")[1] == [after]
    assert run(capsys, *at, "sleep", "--settings", "every_hours=never")[0] == 2
    assert run(capsys, *at, "sleep", "--settings", "snoring=1")[0] == 2
    assert run(capsys, *at, "sleep", "--accept", "7")[0] == 1
    assert main([*at, "sleep", "--list"]) == 0
    assert "undone" in capsys.readouterr().out
    assert main([*at, "sleep", "--settings"]) == 0
    assert "only when asked" in capsys.readouterr().out


def test_a_sleep_over_nothing_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = ("--library", str(tmp_path / "calm.brain"))
    main([*at, "remember", "the door is green"])
    for words in (("sleep", "--preview"), ("sleep",)):
        capsys.readouterr()
        main([*at, *words])
        assert "nothing to do" in capsys.readouterr().out
