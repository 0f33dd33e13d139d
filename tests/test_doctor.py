"""The four states of what works here, asked of a real server and real folders at each look."""

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.benchmarks.made_whisper import write_model
from tests.ollama_server import FakeModel, OllamaServer, ollama_server
from workbench import doctor, paths
from workbench.capability import Capability, State
from workbench.errors import InputError
from workbench.library import Library
from workbench.models import choices
from workbench.models.language import LanguageModels
from workbench.translation import choose, known

WRITING, SPEECH, SHOWING = "Written answers", "Speech", "Pictures by what"


@pytest.fixture
def server() -> Iterator[OllamaServer]:
    with ollama_server(FakeModel("small")) as server:
        yield server


def _found(name: str, library: Path | None = None) -> Capability:
    return next(each for each in doctor.examine(library) if each.name.startswith(name))


def _lack(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    monkeypatch.setattr(
        "workbench.capabilities.find_spec",
        lambda name: None if name in names else find_spec(name),
    )


def test_written_answers_work_only_while_server_and_model_are_there(server: OllamaServer) -> None:
    doors = LanguageModels()
    doors.choose(server.address, "server")
    found = _found(WRITING)
    assert (found.state, "Choose a model" in found.how) == (State.NEEDS_MODEL, True)
    doors.choose("small", "dialogue")
    assert _found(WRITING).state is State.WORKS
    taken = server.models.pop("small")
    assert _found(WRITING).state is State.NEEDS_MODEL
    server.add(taken)
    assert _found(WRITING).state is State.WORKS
    server.kill()
    found = _found(WRITING)
    assert (found.state, "ollama serve" in found.how) == (State.NEEDS_SERVER, True)


def test_only_the_version_and_the_names_of_models_are_asked_for(server: OllamaServer) -> None:
    LanguageModels().choose(server.address, "server")
    LanguageModels().choose("small", "dialogue")
    server.asked.clear()
    doctor.examine()
    assert {each.path for each in server.asked} <= {"/api/version", "/api/tags", "/api/show"}


def test_search_by_meaning_of_a_server_needs_that_server(server: OllamaServer) -> None:
    LanguageModels().choose(server.address, "server")
    choices.change({"vectors": True})
    assert _found("Search by meaning").state is State.WORKS
    server.kill()
    assert _found("Search by meaning").state is State.NEEDS_SERVER


def test_search_by_meaning_needs_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.space.embeddings.folder.find_spec", lambda name: None)
    monkeypatch.setattr("workbench.space.embeddings.folder.shipped", lambda: None)
    assert _found("Search by meaning").state is State.NEEDS_MODEL
    _lack(monkeypatch, "tokenizers")
    assert _found("Search by meaning").state is State.NOT_INSTALLED


def test_speech_needs_a_whole_model() -> None:
    assert _found(SPEECH).state is State.NEEDS_MODEL
    place = write_model(paths.models_dir() / "speech" / "tiny", brief=True)
    (place / "tokenizer.json").rename(place / "away")
    assert _found(SPEECH).state is State.NEEDS_MODEL
    (place / "away").rename(place / "tokenizer.json")
    found = _found(SPEECH)
    assert (found.state, found.how) == (State.WORKS, "By “tiny”.")
    weights = (place / "model.bin").read_bytes()
    (place / "model.bin").write_bytes(weights[: len(weights) // 2])
    found = _found(SPEECH)
    assert found.state is State.NEEDS_MODEL
    assert "cut off" in found.how
    (place / "model.bin").unlink()
    assert _found(SPEECH).state is State.NEEDS_MODEL


def test_a_chosen_folder_that_vanished_is_named(tmp_path: Path) -> None:
    place = write_model(tmp_path / "mine", brief=True)
    with Library.open(":memory:") as library:
        library.models.choose(str(place), "speech")
        assert _found(SPEECH).state is State.WORKS
        shutil.rmtree(place)
        found = _found(SPEECH)
        assert found.state is State.NEEDS_MODEL
        assert "“mine” of the speech model is no longer there" in found.how


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    [
        (WRITING, "ollama", ""),
        (SPEECH, "faster_whisper", "speech"),
        (SHOWING, "open_clip", "vision"),
        ("Pictures", "PIL", ""),
    ],
)
def test_what_is_not_installed_is_said_so(
    monkeypatch: pytest.MonkeyPatch, name: str, module: str, extra: str
) -> None:
    _lack(monkeypatch, module)
    found = _found(name)
    assert found.state is State.NOT_INSTALLED
    assert (f"uv sync --extra {extra}" if extra else module) in found.how


def test_pictures_by_what_they_show_need_the_model_of_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.capabilities.find_spec", lambda name: name)
    file = tmp_path / "a.brain"
    assert _found(SHOWING, file).state is State.NEEDS_MODEL
    file.write_bytes(b"no library at all" * 100)
    assert _found(SHOWING, file).state is State.NEEDS_MODEL
    file.unlink()
    from workbench.library import Library
    from workbench.store import vectors

    with Library.open(file) as library:
        assert _found(SHOWING, file).state is State.NEEDS_MODEL
        model = tmp_path / "ViT"
        library._store.write(lambda c: vectors.begin(c, "ViT", "d", str(model), 4, "picture"))
        assert _found(SHOWING, file).state is State.NEEDS_MODEL
        model.mkdir()
        assert _found(SHOWING, file).state is State.WORKS


def test_a_server_on_another_machine_is_not_asked_unless_agreed() -> None:
    choices.change({"address": "192.0.2.7:11434"})
    found = _found(WRITING)
    assert (found.state, "another machine" in found.how) == (State.NEEDS_SERVER, True)
    with pytest.raises(InputError):
        LanguageModels().choose("192.0.2.7:11434", "server")


@pytest.mark.parametrize(
    ("way", "landlock", "begins", "state"),
    [
        ("seccomp", 7, "Caged: ", State.WORKS),
        ("seccomp", 0, "Without network, but not caged: ", State.WORKS),
        ("namespace", 7, "Without network, but not caged: ", State.WORKS),
        ("", 0, "Not caged: ", State.NOT_INSTALLED),
    ],
)
def test_what_the_system_allows_the_readers_is_named(
    way: str, landlock: int, begins: str, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.isolation.offered", lambda: way)
    monkeypatch.setattr("ingest.landlock.version", lambda: landlock)
    found = _found("Foreign files read in a cage")
    assert (found.state, found.how.startswith(begins)) == (state, True)
    monkeypatch.setenv("LANGUAGE", "en")
    choose("de")
    try:
        assert known(found.how) != found.how
    finally:
        choose("en")
