"""`workbench models` with a server of language models, from the outside."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ollama_server import NONSENSE, FakeModel, OllamaServer, ollama_server
from workbench.cli.main import main
from workbench.library import Library
from workbench.models import choices, server


@pytest.fixture
def ollama() -> Iterator[OllamaServer]:
    server.forget()
    with ollama_server(FakeModel("writer:3b", says="The capital is Paris.")) as running:
        yield running


def _library(tmp_path: Path) -> None:
    main(["--library", str(tmp_path / "a.brain"), "remember", "The ferry leaves at nine."])


def _run(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, *words: str
) -> tuple[int, list[Any], str]:
    capsys.readouterr()
    code = main(["--json", "--library", str(tmp_path / "a.brain"), "models", *words])
    told = capsys.readouterr()
    return code, [json.loads(line) for line in told.out.splitlines()], told.err


@pytest.mark.slow
def test_a_walk_from_the_server_to_a_trial(
    ollama: OllamaServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, (kept,), _ = _run(capsys, tmp_path, "server", ollama.address)
    assert (code, kept["address"]) == (0, ollama.address)
    ollama.pulls["small:1b"] = [100]
    code, (fetched,), _ = _run(capsys, tmp_path, "pull", "small:1b")
    assert (code, fetched) == (0, {"fetched": "small:1b"})
    code, (chosen,), _ = _run(capsys, tmp_path, "use-language", "writer:3b")
    assert (code, chosen["dialogue"], chosen["extraction"]) == (0, "writer:3b", "")
    _, (chosen,), _ = _run(capsys, tmp_path, "use-language", "small:1b", "--for", "extraction")
    assert (chosen["dialogue"], chosen["extraction"]) == ("writer:3b", "small:1b")
    _library(tmp_path)
    _, (listed,), _ = _run(capsys, tmp_path)
    assert [each["name"] for each in listed["language_models"]] == ["small:1b", "writer:3b"]
    code, (trial,), _ = _run(capsys, tmp_path, "try", "writer:3b")
    assert (code, trial["reply"]) == (0, "The capital is Paris.")
    code, (status,), _ = _run(capsys, tmp_path, "status")
    assert (code, status["state"]) == (0, "works")
    _, (chosen,), _ = _run(capsys, tmp_path, "use-language", "none", "--for", "extraction")
    assert chosen["extraction"] == ""


@pytest.mark.slow
def test_what_is_printed_for_people(
    ollama: OllamaServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = ["--library", str(tmp_path / "a.brain"), "models"]
    _library(tmp_path)
    main([*here, "server", ollama.address])
    main([*here, "use-language", "writer:3b"])
    assert main(here) == 0
    told = capsys.readouterr()
    assert "writer:3b  2 GB  writes" in told.out
    assert "chosen for dialogue" in told.out
    assert "writes answers" in told.out + told.err
    assert main([*here, "try", "writer:3b"]) == 0
    assert "The capital is Paris." in capsys.readouterr().out


@pytest.mark.slow
def test_quotes_come_first_and_a_silent_server_is_not_waited_for(
    ollama: OllamaServer,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = ["--library", str(tmp_path / "a.brain")]
    with Library.open(tmp_path / "a.brain") as library:
        library.add_text("The lighthouse at Skagen was built by Maria Lindqvist in 1862.")
    main([*here, "models", "server", ollama.address])
    main([*here, "models", "use-language", "writer:3b"])
    choices.change({"first_word": 1})
    capsys.readouterr()
    shown: list[str] = []

    def silent(handler: Any) -> None:
        # What is on the terminal while the server has said nothing.
        shown.append(capsys.readouterr().out)
        NONSENSE["drip"](handler)

    monkeypatch.setitem(NONSENSE, "silent", silent)
    ollama.nonsense = {"/api/chat": "silent"}
    assert main([*here, "ask", "Who built the lighthouse at Skagen?"]) == 0
    told = capsys.readouterr()
    assert "Maria Lindqvist in 1862" in shown[0]
    assert "Maria Lindqvist" not in told.out
    assert "took too long" in told.err


def test_another_machine_is_refused_until_it_is_agreed_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, told = _run(capsys, tmp_path, "server", "models.example")
    assert code == 3
    assert "another machine" in told
    code, (kept,), _ = _run(capsys, tmp_path, "server", "models.example", "--beyond")
    assert (code, kept["beyond"]) == (0, True)


def test_models_are_listed_and_tried_before_there_is_a_library(
    ollama: OllamaServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(capsys, tmp_path, "server", ollama.address)[0] == 0
    code, (listed,), _ = _run(capsys, tmp_path)
    assert code == 0
    assert [each["name"] for each in listed["language_models"]] == ["writer:3b"]
    code, (tried,), _ = _run(capsys, tmp_path, "try", "writer:3b")
    assert (code, tried["reply"]) == (0, "The capital is Paris.")
    code, _, told = _run(capsys, tmp_path, "use", "writer:3b")
    assert code == 1
    assert "There is no library" in told
    assert not (tmp_path / "a.brain").exists()


def test_where_no_server_is_the_list_says_so_and_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = ["--library", str(tmp_path / "a.brain"), "models"]
    _library(tmp_path)
    main([*here, "server", "127.0.0.1:9"])
    server.forget()
    assert main(here) == 0
    told = capsys.readouterr()
    assert "No model server answers" in told.out + told.err
    code, _, told_err = _run(capsys, tmp_path, "pull", "small:1b")
    assert code == 3
    assert "ollama serve" in told_err
