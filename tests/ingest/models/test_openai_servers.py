"""Servers of OpenAI's protocol: found, listed, asked, stopped, and what they can do wrong."""

from collections.abc import Iterator

import pytest

from ingest.errors import ModelError
from ingest.models import serving
from ingest.models.records import ChatRequest, EmbeddingRequest, Message, Model, Reply, Server
from ingest.models.structured import structured
from ingest.models.watched import Timing
from tests.ollama_server import FakeModel, OllamaServer, ollama_server
from tests.patience import seconds

ASK = [Message("system", "Be short."), Message("user", "Is this a mill?")]
SHORT = Timing(first=seconds(2), between=seconds(2), total=seconds(20))
SCHEMA = {"type": "object", "properties": {"a": {"type": "integer"}}}


@pytest.fixture
def server() -> Iterator[OllamaServer]:
    with ollama_server(FakeModel("small", says="Yes, it is one.")) as running:
        running.speaks = "openai"
        yield running


def _found(server: OllamaServer) -> tuple[Server, Model]:
    there = serving.reach(server.address)
    return there, serving.model(there, "small")


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        ("llamacpp", "llama.cpp"),
        ("vllm", "vLLM"),
        ("organization_owner", "LM Studio"),
        ("someone", "the model server"),
    ],
)
def test_a_server_is_found_by_its_answers_and_named_by_its_models(
    server: OllamaServer, owner: str, name: str
) -> None:
    server.owner = owner
    for address in (server.address, f"{server.address}/v1", f"127.0.0.1:{server.server_port}/v1/"):
        there = serving.reach(address)
        assert (there.protocol, there.title) == ("openai", name)
    server.add(FakeModel("nomic-embed-text", context=2048))
    embeds, writes = serving.models(there)
    assert (embeds.embeds, embeds.writes, embeds.context) == (True, False, 2048)
    assert (writes.embeds, writes.writes, writes.context) == (False, True, 32_768)
    assert serving.loaded(there) == []


def test_an_answer_comes_in_pieces_with_its_tokens(server: OllamaServer) -> None:
    there, model = _found(server)
    *pieces, last = serving.chat(
        there, ChatRequest(model, ASK, context=1000, max_tokens=50, temperature=0.5)
    )
    assert isinstance(last, Reply)
    assert "".join(map(str, pieces)) == last.text == "Yes, it is one."
    assert len(pieces) == 2
    assert (last.reason, last.prompt_tokens, last.answer_tokens, last.context) == (
        "stop",
        7,
        2,
        1000,
    )
    (body,) = server.asked_of("/v1/chat/completions")
    assert (body["max_tokens"], body["temperature"], body["stream"]) == (50, 0.5, True)
    assert [each["role"] for each in body["messages"]] == ["system", "user"]


@pytest.mark.parametrize("behaviour", ["thinking", "tagged"])
def test_thoughts_are_kept_apart(server: OllamaServer, behaviour: str) -> None:
    server.models["small"].behaviour = behaviour
    there, model = _found(server)
    said = serving.complete(serving.chat(there, ChatRequest(model, ASK)))
    assert (said.text, said.thinking.strip()) == ("Yes, it is one.", "Let me see.")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        ("out of memory", "memory"),
        ("busy", "busy"),
        ("html", "foreign"),
        ("not json", "answer"),
        ("wrong shape", "answer"),
        ("dying", "broke"),
        ("unfinished", "broke"),
        ("error line", "broke"),
        ("silent", "slow"),
    ],
)
def test_what_goes_wrong_is_told_and_names_the_server(
    server: OllamaServer, behaviour: str, reason: str
) -> None:
    server.models["small"].behaviour = behaviour
    there, model = _found(server)
    with pytest.raises(ModelError) as raised:
        serving.complete(serving.chat(there, ChatRequest(model, ASK), timing=SHORT))
    assert raised.value.reason == reason
    assert "Ollama" not in str(raised.value)


def test_a_model_that_was_unloaded_and_a_server_that_stopped_are_told(server: OllamaServer) -> None:
    there, model = _found(server)
    with pytest.raises(ModelError) as raised:
        serving.pull(there, "new:1b", lambda _: None)
    assert raised.value.reason == "incapable"
    server.models.clear()
    for ask in (
        lambda: serving.complete(serving.chat(there, ChatRequest(model, ASK))),
        lambda: serving.model(there, "small"),
    ):
        with pytest.raises(ModelError, match=r"llama\.cpp has no model “small”") as raised:
            ask()
        assert raised.value.reason == "missing"
    server.kill()
    with pytest.raises(ModelError) as raised:
        serving.complete(serving.chat(there, ChatRequest(model, ASK)))
    assert raised.value.reason == "absent"


def test_a_request_ends_with_who_asked(server: OllamaServer) -> None:
    server.add(FakeModel("small", "endless"))
    there, model = _found(server)
    parts = serving.chat(there, ChatRequest(model, ASK))
    assert next(parts)
    parts.close()  # type: ignore[attr-defined]
    assert server.hung_up.wait(seconds(60))


def test_a_schema_is_asked_for_in_the_form_that_the_server_takes(server: OllamaServer) -> None:
    server.models["small"].says = '{"a": 1}'
    server.forms = ("json_object",)
    there, model = _found(server)
    for _ in range(2):
        assert structured(there, ChatRequest(model, ASK, SCHEMA)).value == {"a": 1}
    forms = [b["response_format"]["type"] for b in server.asked_of("/v1/chat/completions")]
    assert forms == ["json_schema", "json_object", "json_object"]


def test_the_limit_of_a_prompt_is_learned_from_its_refusal(server: OllamaServer) -> None:
    server.models["small"].reads = 600
    there, model = _found(server)
    assert model.context == 32_768
    with pytest.raises(ModelError) as raised:
        serving.complete(serving.chat(there, ChatRequest(model, [Message("user", "word " * 2000)])))
    assert raised.value.reason == "context"
    assert serving.model(there, "small").context == 600


def test_vectors_come_in_the_order_of_their_texts(server: OllamaServer) -> None:
    server.add(FakeModel("all-minilm", vectors=lambda text: [float(len(text)), 1.0]))
    there = serving.reach(server.address)
    made = serving.embed(
        there, EmbeddingRequest(serving.model(there, "all-minilm"), ["a", "abc", "ab"])
    )
    assert made == [[1.0, 1.0], [3.0, 1.0], [2.0, 1.0]]


@pytest.mark.parametrize(
    "nonsense", ["deep", "zeros", "packed", "teapot", "short length", "quotes"]
)
def test_nonsense_in_this_protocol_is_no_server(server: OllamaServer, nonsense: str) -> None:
    server.nonsense = {"/v1/models": nonsense}
    with pytest.raises(ModelError):
        serving.reach(server.address, timing=SHORT)
