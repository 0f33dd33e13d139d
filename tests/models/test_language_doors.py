"""Language models at the library's doors: listed, chosen, fetched, tried, and what goes wrong."""

import threading
from collections.abc import Iterator

import pytest

from tests.ollama_server import FakeModel, OllamaServer, ollama_server
from tests.patience import seconds
from workbench.capability import State
from workbench.errors import Cancelled, InputError, NotFoundError, UsageError, WorkbenchError
from workbench.jobs import Cancel, Progress
from workbench.library import Library
from workbench.models import choices, machine, server


@pytest.fixture
def ollama() -> Iterator[OllamaServer]:
    server.forget()
    with ollama_server(
        FakeModel("writer:3b", says="The capital is Paris.", languages=("en", "de")),
        FakeModel("bert", capabilities=("embedding",), family="bert", dimension=8, size=50_000_000),
        FakeModel("huge:400b", size=10**15),
    ) as running:
        yield running


@pytest.fixture
def library(ollama: OllamaServer) -> Iterator[Library]:
    with Library.open(":memory:") as opened:
        opened.models.choose(ollama.address, "server")
        yield opened


def test_m1_a_model_is_tried_with_a_sample_reply(library: Library, ollama: OllamaServer) -> None:
    found: list[object] = []

    def work() -> None:
        found.append(library.models.try_("writer:3b"))

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    (trial,) = found
    assert trial.address == ollama.address  # type: ignore[attr-defined]
    assert (trial.version, trial.model) == ("0.12.3", "writer:3b")  # type: ignore[attr-defined]
    assert trial.reply == "The capital is Paris."  # type: ignore[attr-defined]
    assert trial.context > 0  # type: ignore[attr-defined]
    assert trial.on_graphics == 0.4  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        ("out of memory", "memory"),
        ("dying", "broke"),
        ("error line", "broke"),
        ("html", "foreign"),
        ("not json", "answer"),
        ("wrong shape", "answer"),
    ],
)
def test_m1_what_goes_wrong_is_a_sentence_and_what_to_do(
    library: Library, ollama: OllamaServer, behaviour: str, reason: str
) -> None:
    ollama.models["writer:3b"].behaviour = behaviour
    with pytest.raises(InputError) as raised:
        library.models.try_("writer:3b")
    assert raised.value.reason == reason
    assert raised.value.message.endswith(".")
    assert raised.value.hint.endswith(".")


def test_m1_an_answer_of_nothing_is_advised_upon(library: Library, ollama: OllamaServer) -> None:
    ollama.models["writer:3b"].says = ""
    assert "another model" in library.models.try_("writer:3b").hint


def test_m1_a_trial_can_be_stopped(library: Library, ollama: OllamaServer) -> None:
    ollama.models["writer:3b"].behaviour = "silent"
    cancel = Cancel()
    timer = threading.Timer(0.2, cancel.set)
    timer.start()
    with pytest.raises(Cancelled):
        library.models.try_("writer:3b", cancel=cancel)
    timer.join()


def test_m2_models_are_listed_with_size_fit_and_language(library: Library) -> None:
    bert, huge, writer = library.models.list()
    assert (writer.name, writer.size, writer.languages) == ("writer:3b", 2 * 10**9, ("en", "de"))
    assert (writer.writes, writer.embeds) == (True, False)
    assert (bert.writes, bert.embeds) == (False, True)
    assert huge.fits is False
    assert "this machine has" in huge.fit


def test_m2_a_model_is_fetched_with_progress_and_can_be_stopped(
    library: Library, ollama: OllamaServer
) -> None:
    ollama.pulls["small:1b"] = [4000, 1000]
    heard: list[Progress] = []
    library.models.fetch("small:1b", report=heard.append)
    assert heard[-1] == Progress("fetching", 5000, 5000, "bytes", "success")
    assert "small:1b" in [each.name for each in library.models.list()]
    ollama.pulls["big:70b"] = [10**9] * 40
    cancel = Cancel()
    with pytest.raises(Cancelled):
        library.models.fetch("big:70b", report=lambda _: cancel.set(), cancel=cancel)
    assert ollama.hung_up.wait(seconds(60))
    assert "big:70b" not in ollama.models
    with pytest.raises(InputError, match="no model “none”"):
        library.models.fetch("none")
    with pytest.raises(UsageError):
        library.models.fetch(" ")


def test_models_are_chosen_apart_for_each_purpose_and_remembered(library: Library) -> None:
    assert library.models.choices.dialogue == ""
    library.models.choose("writer:3b", "dialogue")
    library.models.choose("huge:400b", "extraction")
    chosen = library.models.choices
    assert (chosen.dialogue, chosen.extraction) == ("writer:3b", "huge:400b")
    with Library.open(":memory:") as another:
        assert another.models.choices == chosen
    marks = {each.name: each.chosen for each in library.models.list()}
    assert marks == {"writer:3b": ("dialogue",), "huge:400b": ("extraction",), "bert": ()}
    library.models.choose("", "extraction")
    assert library.models.choices.extraction == ""


def test_what_cannot_be_chosen_is_told(library: Library) -> None:
    with pytest.raises(InputError, match="no model “gone”"):
        library.models.choose("gone", "dialogue")
    with pytest.raises(InputError, match="cannot write"):
        library.models.choose("bert", "dialogue")
    with pytest.raises(UsageError, match="no purpose"):
        library.models.choose("writer:3b", "poetry")
    with pytest.raises(NotFoundError, match="No language model is chosen"):
        library.models.try_()


def test_another_machine_is_refused_before_anything_is_sent(library: Library) -> None:
    with pytest.raises(InputError, match="another machine") as raised:
        library.models.choose("models.example:11434", "server")
    assert raised.value.reason == "address"
    kept = library.models.choose("models.example:11434", "server", beyond=True)
    assert kept.beyond
    assert not library.models.choose("localhost", "server", beyond=True).beyond


def test_the_status_is_one_sentence_whatever_happens(
    library: Library, ollama: OllamaServer
) -> None:
    status = library.models.status()
    assert "answers on this machine" in status.sentence
    assert status.state is State.NEEDS_MODEL
    assert "Choose a model" in status.hint
    library.models.choose("writer:3b", "dialogue")
    status = library.models.status()
    assert status.state is State.WORKS
    assert "“writer:3b” writes answers" in status.sentence
    del ollama.models["writer:3b"]
    server.forget()
    assert "no model" in library.models.status().sentence
    ollama.kill()
    server.forget()
    status = library.models.status()
    assert (status.state is State.WORKS, status.sentence.count(".") > 0) == (False, True)
    assert "No model server answers" in status.sentence
    with pytest.raises(WorkbenchError, match="No model server answers"):
        library.models.list()


def test_m4_graphics_cards_are_named_and_none_is_no_trouble(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "NVIDIA H200, 143771\nbroken line\nTiny, 2,048\n, 12\n"
    assert machine.cards(told)[0] == machine.GraphicsCard("NVIDIA H200", 143771 << 20)
    assert len(machine.cards(told)) == 2
    assert machine.cards("No devices were found") == ()
    machine.graphics.cache_clear()
    monkeypatch.setenv("PATH", "")
    assert library.models.status().graphics == ()
    machine.graphics.cache_clear()


@pytest.mark.parametrize("content", ["", "[]", "{", '{"address": 5, "dialogue": "x"}', "null"])
def test_a_file_of_choices_that_is_damaged_counts_as_none(content: str) -> None:
    choices.file().parent.mkdir(parents=True, exist_ok=True)
    choices.file().write_text(content, encoding="utf-8")
    assert choices.load().address == ""
