"""The rows of models: true states, a trial of each that can be tried, speeds that are kept."""

import json
import re
from pathlib import Path

import pytest

from ingest.models import ocr
from tests.ollama_server import FakeModel, ollama_server
from workbench.capability import State
from workbench.cli.main import main
from workbench.doctor import examine
from workbench.errors import NotFoundError, UsageError
from workbench.library import Library
from workbench.model_kinds import KINDS, kind_row, kinds, try_kind
from workbench.models import choices, server


@pytest.fixture(autouse=True)
def _own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader that ships with the program, and an address at which no server is."""
    monkeypatch.delenv("WORKBENCH_READER", raising=False)
    choices.change({"address": "127.0.0.1:9"})


@pytest.mark.slow
def test_every_kind_has_a_row_with_its_state_and_the_doctor_says_the_same(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a.brain") as library:
        library.add_text("Salt is old.")
    rows = {row.kind: row for row in kinds(tmp_path / "a.brain")}
    assert tuple(rows) == KINDS
    for kind in ("embedding", "reader"):
        assert rows[kind].state is State.WORKS
        assert rows[kind].size > 1_000_000
        assert Path(rows[kind].place).is_dir()
    assert rows["speech"].state is State.NEEDS_MODEL
    assert rows["language"].state is State.NEEDS_SERVER
    assert (rows["text"].state is State.WORKS) == bool(ocr.engine())
    states = [each.state for each in examine(tmp_path / "a.brain")][-len(KINDS) :]
    assert states == [row.state for row in rows.values()]
    assert all(row.does for row in rows.values())


def test_a_folder_that_is_gone_is_no_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_READER", str(tmp_path / "gone"))
    row = kind_row("reader")
    assert row.state is State.NEEDS_MODEL
    assert row.how
    monkeypatch.setenv("WORKBENCH_READER", "off")
    assert kind_row("reader").model == ""


def test_a_model_is_tried_and_its_speed_kept() -> None:
    assert not any(row.speed for row in kinds())
    for kind, said in (("reader", "Anna Brook"), ("embedding", "Marie Curie")):
        trial = try_kind(kind)
        assert said in trial.said
        assert trial.speed
        assert {row.kind: row.speed for row in kinds()}[kind] == trial.speed


@pytest.mark.slow
def test_drawn_words_are_recognised() -> None:
    if not ocr.engine():
        pytest.skip("no text recognition is installed")
    assert "mill was built in 1842" in try_kind("text").said


def test_what_cannot_be_tried_is_told() -> None:
    with pytest.raises(NotFoundError, match="needs a model"):
        try_kind("speech")
    with pytest.raises(NotFoundError, match="needs a server"):
        try_kind("language")
    with pytest.raises(UsageError, match="no kind"):
        try_kind("smell")


@pytest.mark.slow
def test_the_command_prints_the_rows_and_tries_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.forget()
    here = ["--library", str(tmp_path / "a.brain")]
    with ollama_server(FakeModel("small", says="The capital is Paris.")) as running:
        running.speaks = "openai"
        with Library.open(tmp_path / "a.brain") as library:
            library.models.choose(running.address, "server")
            library.models.choose("small", "dialogue")
        capsys.readouterr()
        assert main(["--json", *here, "models", "try", "language"]) == 0
        tried = json.loads(capsys.readouterr().out)
        assert tried["said"].startswith("“The capital is Paris.”")
        assert main(["--json", *here, "models"]) == 0
        (row,) = [
            r for r in json.loads(capsys.readouterr().out)["kinds"] if r["kind"] == "language"
        ]
        assert (row["state"], row["model"], row["speed"]) == ("works", "small", tried["speed"])
        assert main([*here, "models"]) == 0
        assert re.search(r"^Language model +works ", capsys.readouterr().out, re.MULTILINE)
    server.forget()
    assert kind_row("language").state is State.NEEDS_SERVER
