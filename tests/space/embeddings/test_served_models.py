"""Embedding models of an Ollama: read beside, swapped, and what becomes of a server that fails."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ollama_server import NONSENSE, SLOW, FakeModel, OllamaServer, hashed, ollama_server
from tests.patience import seconds
from tests.space.embeddings import tiny_model
from workbench.cli.main import main
from workbench.errors import Cancelled, InputError, NotFoundError
from workbench.jobs import Cancel, Progress
from workbench.library import Library
from workbench.models import choices, server
from workbench.space.embeddings import building, searching, served

FERRY = "The ferry stayed in the harbour because a storm had broken its mast."
VIOLIN = "Her violin was made in Cremona by a pupil of Amati."
#: What means the same to the model of these tests, whatever the words.
_LIKE = {"vessel": "ferry", "gale": "storm", "fiddle": "violin"}


def _meaning(text: str) -> list[float]:
    words = [_LIKE.get(word.strip(".,?").lower(), word) for word in text.split()]
    return hashed(" ".join(words), 64)


def _embedding(name: str, **more: object) -> FakeModel:
    told: dict[str, object] = {
        "capabilities": ("embedding",), "family": "nomic-bert", "dimension": 64,
        "vectors": _meaning, "size": 274_000_000, **more,
    }  # fmt: skip
    return FakeModel(name, **told)  # type: ignore[arg-type]


@pytest.fixture
def ollama() -> Iterator[OllamaServer]:
    server.forget()
    with ollama_server(
        _embedding("nomic:v1", languages=("en",)), _embedding("large:v1"), FakeModel("writer:3b")
    ) as running:
        yield running


@pytest.fixture
def library(tmp_path: Path, ollama: OllamaServer) -> Iterator[Library]:
    with Library.open(tmp_path / "x.brain") as made:
        # What is read in the background would race with the tests.
        made._core._meaning.close()
        made.models.choose(ollama.address, "server")
        made.add_text(FERRY, title="Weather")
        made.add_text(VIOLIN, title="Music")
        yield made


def _best(library: Library, question: str) -> str:
    found = library.sources.related(question)
    return f"{found[0].tier} {found[0].title}" if found else ""


@pytest.mark.slow
def test_m3_a_model_of_ollama_reads_the_library_and_answers(
    library: Library, ollama: OllamaServer
) -> None:
    assert [each.path for each in library.models.list("embedding", served=True)] == [
        "ollama:large:v1", "ollama:nomic:v1",
    ]  # fmt: skip
    listed = library.models.list("embedding", served=True)[1]
    assert (listed.name, listed.dimension, listed.size) == ("nomic:v1", 64, 274_000_000)
    assert (listed.languages, listed.where) == (("en",), "the model server on this computer")
    asked = "A vessel in the gale."
    assert _best(library, asked) != "semantic Weather"
    space = library.models.use("nomic:v1")
    assert (space.model, space.path, space.dimension) == ("nomic:v1", "ollama:nomic:v1", 64)
    assert (space.active, space.done, space.trouble) == (True, space.total, "")
    assert _best(library, asked) == "semantic Weather"
    assert "violin" in library.ask("Who made the fiddle?").evidence[0].quote
    sent = [text for body in ollama.asked_of("/api/embed") for text in body["input"]]
    assert FERRY in sent
    assert VIOLIN in sent
    # The same question is not sent twice.
    many = len(ollama.asked_of("/api/embed"))
    _best(library, asked)
    assert len(ollama.asked_of("/api/embed")) == many
    assert {"truncate": True}.items() <= ollama.asked_of("/api/embed")[0].items()


@pytest.mark.slow
def test_m3_one_model_is_built_beside_another_and_swapped(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny_model.write(tmp_path / "tiny")
    library.models.use(str(tmp_path / "tiny"))
    seen: list[list[tuple[str, bool]]] = []

    def report(_progress: Progress) -> None:
        seen.append([(each.model, each.active) for each in library.models.readings("embedding")])

    library.models.use("ollama:large:v1", report=report)
    assert seen[0] == [("tiny", True), ("large:v1", False)]
    assert [(each.model, each.active) for each in library.models.readings("embedding")] == [
        ("large:v1", True)
    ]
    # And back to a folder.
    library.models.use(str(tmp_path / "tiny"))
    assert [each.model for each in library.models.readings("embedding")] == ["tiny"]


@pytest.mark.slow
def test_m3_a_server_that_dies_while_a_model_reads_leaves_the_one_before(
    library: Library, ollama: OllamaServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_BATCH", 1)
    tiny_model.write(tmp_path / "tiny")
    library.models.use(str(tmp_path / "tiny"))
    reports: list[Progress] = []

    def report(progress: Progress) -> None:
        reports.append(progress)
        if len(reports) == 2:
            ollama.models["nomic:v1"].behaviour = "dying"

    with pytest.raises(InputError, match="broke off") as raised:
        library.models.use("nomic:v1", report=report)
    assert raised.value.hint
    old, new = library.models.readings("embedding")
    assert (old.model, old.active, new.model, new.active) == ("tiny", True, "nomic:v1", False)
    assert 0 < new.done < new.total
    ollama.models["nomic:v1"].behaviour = "good"
    again: list[Progress] = []
    library.models.use("nomic:v1", report=again.append)
    assert again[0].done == new.done
    assert [each.model for each in library.models.readings("embedding")] == ["nomic:v1"]


@pytest.mark.slow
def test_m3_a_server_that_is_gone_is_one_sentence_and_words_go_on(
    library: Library, ollama: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.models.use("nomic:v1")
    ollama.kill()
    server.forget()
    assert "violin" in library.ask("Where was her violin made?").evidence[0].quote
    (space,) = library.models.readings("embedding")
    assert "No model server answers" in space.trouble
    library.add_text("The lighthouse keeper fed the gulls each dawn.", title="Coast")
    with pytest.raises(InputError, match="No model server answers"):
        library.models.update("embedding")
    # It is not waited for at every question; when it is back, it is used again by itself.
    reached: list[object] = []
    monkeypatch.setattr(server, "find", lambda *all_: reached.append(all_))
    _best(library, "A vessel in the gale.")
    assert reached == []


@pytest.mark.slow
def test_nonsense_instead_of_vectors_is_one_sentence_and_words_go_on(
    library: Library, ollama: OllamaServer
) -> None:
    library.models.use("nomic:v1")
    library.add_text("The lighthouse keeper fed the gulls each dawn.", title="Coast")
    for nonsense in sorted(NONSENSE.keys() - SLOW):
        ollama.nonsense = {"/api/embed": nonsense}
        server.forget()
        with pytest.raises(InputError) as raised:
            library.models.update("embedding")
        assert "\n" not in raised.value.message, nonsense
        assert "violin" in library.ask("Where was her violin made?").evidence[0].quote
    ollama.nonsense = {}
    assert library.models.update("embedding") == 1


@pytest.mark.slow
def test_m3_a_server_that_comes_back_is_used_again(
    library: Library, ollama: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.models.use("nomic:v1")
    monkeypatch.setattr(searching, "_RETRY_SECONDS", 0.0)
    ollama.models["nomic:v1"].behaviour = "dying"
    assert _best(library, "A vessel in the gale.") != "semantic Weather"
    assert "broke off" in library.models.readings("embedding")[0].trouble
    ollama.models["nomic:v1"].behaviour = "good"
    assert _best(library, "A vessel in the gale.") == "semantic Weather"
    assert library.models.readings("embedding")[0].trouble == ""
    # It is left alone for a while, unless somebody looks what it has.
    monkeypatch.setattr(searching, "_RETRY_SECONDS", 1000.0)
    ollama.models["nomic:v1"].behaviour = "dying"
    _best(library, "A gale over the harbour.")
    assert library.models.readings("embedding")[0].trouble
    ollama.models["nomic:v1"].behaviour = "good"
    assert _best(library, "A gale over the harbour.") != "semantic Weather"
    library.models.list("embedding", served=True)
    assert library.models.readings("embedding")[0].trouble == ""
    assert _best(library, "A gale over the harbour.") == "semantic Weather"


@pytest.mark.slow
def test_a_question_does_not_wait_for_a_server_that_is_silent(
    library: Library, ollama: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.models.use("nomic:v1")
    monkeypatch.setattr(served, "_QUESTION_SECONDS", 0.2)
    held = threading.Event()

    def never(text: str) -> list[float]:
        held.set()
        ollama.over.wait(seconds(20))
        return _meaning(text)

    ollama.models["nomic:v1"].vectors = never
    assert "violin" in library.ask("Where was her violin made?").evidence[0].quote
    assert held.is_set()
    assert "took too long" in library.models.readings("embedding")[0].trouble
    # And whoever closes the library does not wait for it either.
    library.close()


@pytest.mark.slow
def test_a_model_that_is_still_being_loaded_is_waited_for_in_the_background(
    library: Library, ollama: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.models.use("nomic:v1")
    monkeypatch.setattr(served, "_QUESTION_SECONDS", 0.2)
    loaded = threading.Event()

    def cold(text: str) -> list[float]:
        loaded.wait(seconds(20))
        return _meaning(text)

    ollama.models["nomic:v1"].vectors = cold
    asked = "A vessel in the gale."
    assert _best(library, asked) != "semantic Weather"
    loaded.set()
    for _ in range(400):
        if not library.models.readings("embedding")[0].trouble:
            break
        threading.Event().wait(0.02)
    assert _best(library, asked) == "semantic Weather"


@pytest.mark.parametrize("change", [
        "shorter", "missing", "another",
        *(pytest.param(each, marks=pytest.mark.slow) for each in ("longer", "wrong shape")),
    ],
)  # fmt: skip
def test_m3_a_model_that_is_another_one_now_is_noticed(
    library: Library, ollama: OllamaServer, change: str
) -> None:
    library.models.use("nomic:v1")
    before = library.models.readings("embedding")[0]
    server.forget()
    model = ollama.models["nomic:v1"]
    if change in ("shorter", "longer"):
        dimension = 32 if change == "shorter" else 96
        model.vectors = lambda text: hashed(text, dimension)
    elif change == "another":
        model.digest = "f" * 64
    elif change == "missing":
        del ollama.models["nomic:v1"]
    else:
        model.behaviour = change
    library.add_text("The lighthouse keeper fed the gulls each dawn.", title="Coast")
    with pytest.raises(InputError) as raised:
        library.models.update("embedding")
    assert raised.value.hint
    told = {
        "shorter": "vectors of 32 numbers now, not of 64", "longer": "of 96 numbers now",
        "another": "another model now", "missing": "has no model “nomic:v1”",
        "wrong shape": "do not have the expected number",
    }  # fmt: skip
    assert told[change] in raised.value.message
    after = library.models.readings("embedding")[0]
    assert (after.vectors, after.done, after.active) == (before.vectors, before.done, True)
    assert told[change] in after.trouble
    assert "lighthouse" in library.ask("Who was the lighthouse keeper?").evidence[0].quote
    if change in ("shorter", "longer", "another"):
        # Chosen once more, it reads the library anew.
        made = library.models.use("nomic:v1")
        assert (made.done, made.trouble) == (made.total, "")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("writer:3b", "cannot make vectors"),
        ("ollama:none:1b", "has no model"),
        ("nowhere", "There is"),
    ],
)
def test_what_cannot_make_vectors_is_refused(library: Library, name: str, told: str) -> None:
    with pytest.raises((InputError, NotFoundError), match=told):
        library.models.use(name)
    assert not [row for row in library.models.readings("embedding") if row.vectors]
    assert not choices.load().vectors


@pytest.mark.slow
def test_m3_reading_is_stopped_and_gone_on_with(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_BATCH", 1)
    cancel = Cancel()

    def report(progress: Progress) -> None:
        if progress.done:
            cancel.set()

    with pytest.raises(Cancelled):
        library.models.use("nomic:v1", report=report, cancel=cancel)
    begun = next(row for row in library.models.readings("embedding") if not row.active)
    assert (begun.active, 0 < begun.done < begun.total) == (False, True)
    assert library.models.use("nomic:v1").active


@pytest.mark.slow
def test_a_library_from_elsewhere_contacts_nobody(library: Library, ollama: OllamaServer) -> None:
    library.models.use("nomic:v1")
    path = library.path
    assert path is not None
    library.close()
    choices.change({"vectors": False})
    many = len(ollama.asked)
    with Library.open(path) as brought:
        assert "violin" in brought.ask("Where was her violin made?").evidence[0].quote
        assert "here none is used" in brought.models.readings("embedding")[0].trouble
        assert [each.path for each in brought.models.list("embedding") if "ollama" in each.path]
    assert len(ollama.asked) == many


def test_another_machine_is_not_sent_a_library_before_that_is_agreed_to(library: Library) -> None:
    choices.change({"address": "models.example:11434", "beyond": False})
    with pytest.raises(InputError, match="another machine"):
        library.models.use("ollama:nomic:v1")
    with pytest.raises(InputError, match="another machine"):
        library.models.list("embedding", served=True)


@pytest.mark.slow
def test_m1_a_served_model_is_tried(library: Library) -> None:
    trial = library.models.try_("ollama:nomic:v1", "embedding")
    assert (trial.model, trial.dimension, trial.longest) == ("nomic:v1", 64, 32_768)
    assert not choices.load().vectors


@pytest.mark.slow
def test_scripts_use_a_model_of_ollama(
    library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ["--library", str(library.path)]
    assert main([*at, "models", "try", "nomic:v1"]) == 0
    assert "mean the same" in capsys.readouterr().out
    assert main([*at, "models", "use", "nomic:v1"]) == 0
    assert main([*at, "--json", "models"]) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert [each["path"] for each in told["spaces"]] == ["ollama:nomic:v1"]
    assert main([*at, "see-also", "A vessel in the gale."]) == 0
    assert "Weather" in capsys.readouterr().out
