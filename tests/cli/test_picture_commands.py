"""`workbench pictures` from the outside, where no image model has been chosen yet."""

import json
from pathlib import Path

import pytest

from workbench.cli.main import main


def _run(tmp_path: Path, *words: str, as_json: bool = False) -> int:
    how = ["--json"] if as_json else []
    return main([*how, "--library", str(tmp_path / "a.brain"), "pictures", *words])


def test_without_a_model_each_command_says_how_to_choose_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--library", str(tmp_path / "a.brain"), "remember", "The ferry leaves at nine."])
    capsys.readouterr()
    assert _run(tmp_path) == 0
    assert "workbench pictures use FOLDER" in capsys.readouterr().err
    assert _run(tmp_path, as_json=True) == 0
    assert json.loads(capsys.readouterr().out) == {"space": None}
    assert _run(tmp_path, "find", "a crane") != 0
    assert "No image model is in use." in capsys.readouterr().err
    assert _run(tmp_path, "update") != 0
    assert "No image model is in use." in capsys.readouterr().err
    assert _run(tmp_path, "off") == 0
    assert "No image model is used any more." in capsys.readouterr().out


def test_what_is_asked_has_to_fit_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--library", str(tmp_path / "a.brain"), "remember", "The ferry leaves at nine."])
    capsys.readouterr()
    assert _run(tmp_path, "find") == 2
    assert "Say what to find." in capsys.readouterr().err
    assert _run(tmp_path, "update", "now") == 2
    assert "takes nothing more" in capsys.readouterr().err
    assert _run(tmp_path, "use", str(tmp_path)) == 3
    told = capsys.readouterr().err
    assert "contains no image model" in told
    assert "open_clip" in told


def test_a_model_is_chosen_before_the_first_source(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(tmp_path, "use", str(tmp_path)) == 3
    assert "contains no image model" in capsys.readouterr().err


def test_models_that_can_be_downloaded_are_listed_with_their_sizes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(tmp_path, "get") == 0
    printed = capsys.readouterr()
    assert "ViT-B-32           605 MB  not here" in printed.out
    assert "workbench pictures get ViT-B-32" in printed.err
    assert _run(tmp_path, "get", "resnet") != 0
    assert "There is no image model “resnet” to download." in capsys.readouterr().err
