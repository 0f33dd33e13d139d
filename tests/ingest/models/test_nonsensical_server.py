"""Servers that are broken or mean harm: one sentence for each, in bounded time and memory."""

import contextlib
import json
import time
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ingest.errors import ModelError
from ingest.models import serving
from ingest.models.records import ChatRequest, EmbeddingRequest, Message, Model, Reply, Server
from ingest.models.structured import structured
from ingest.models.watched import Timing
from tests.ollama_server import NONSENSE, FakeModel, OllamaServer, ollama_server
from tests.patience import seconds

SHORT = Timing(connect=2.0, first=seconds(0.5), between=seconds(0.5), total=seconds(3.0))
ASK = [Message("user", "Does the ferry run at night?")]
SCHEMA = {"type": "object"}

Call = Callable[[Server], object]
VECTORS = Model("bert", 0, capabilities=("embedding",))
WRITER = Model("small", 0)
#: Every request that is made of a server, by its path.
CALLS: dict[str, Call] = {
    "/api/version": lambda there: serving.reach(there.address.url, timing=SHORT),
    "/api/tags": lambda there: serving.models(there, timing=SHORT),
    "/api/show": lambda there: serving.model(there, "small", timing=SHORT),
    "/api/ps": lambda there: serving.loaded(there, timing=SHORT),
    "/api/chat": lambda there: serving.complete(
        serving.chat(there, ChatRequest(WRITER, ASK), timing=SHORT)
    ),
    "/api/embed": lambda there: serving.embed(
        there, EmbeddingRequest(VECTORS, ["a", "b"]), timing=SHORT
    ),
    "/api/pull": lambda there: serving.pull(there, "new", lambda _: None, timing=SHORT),
}


@pytest.fixture
def server() -> Iterator[OllamaServer]:
    bert = FakeModel("bert", capabilities=("embedding",), dimension=4)
    with ollama_server(FakeModel("small"), bert) as running:
        running.pulls["new"] = [10]
        yield running


@pytest.mark.slow
@pytest.mark.parametrize("nonsense", NONSENSE)
def test_nonsense_is_one_sentence_whatever_is_asked(server: OllamaServer, nonsense: str) -> None:
    there = serving.reach(server.address)
    for path, call in CALLS.items():
        server.nonsense = {path: nonsense}
        with pytest.raises(ModelError) as raised:
            call(there)
        assert raised.value.message.endswith("."), path
        assert raised.value.hint.endswith("."), path
        assert "\n" not in raised.value.message, path


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "nonsense", "most"),
    [
        ("/api/chat", "packed", 20), ("/api/tags", "packed", 20), ("/api/chat", "odd charset", 20),
        ("/api/chat", "endless line", 20), ("/api/tags", "endless", 80),
        ("/api/show", "endless error", 80),
    ],
)  # fmt: skip
def test_what_is_packed_or_endless_costs_little_memory(
    server: OllamaServer, path: str, nonsense: str, most: int
) -> None:
    there = serving.reach(server.address)
    server.nonsense = {path: nonsense}
    with pytest.raises(ModelError):
        CALLS[path](there)
    tracemalloc.start()
    try:
        with pytest.raises(ModelError):
            CALLS[path](there)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # The server runs in this process: what it sends counts, too.
    assert peak < most * 1_000_000


def test_nobody_is_asked_for_packed_answers(server: OllamaServer) -> None:
    there = serving.reach(server.address)
    for call in CALLS.values():
        call(there)
    assert {
        value
        for each in server.asked
        for name, value in each.headers.items()
        if name.lower() == "accept-encoding"
    } == {"identity"}


def test_an_error_of_a_million_words_is_read_in_a_moment(server: OllamaServer) -> None:
    there = serving.reach(server.address)
    server.instead = (500, {}, json.dumps({"error": "model " * 1_000_000}).encode())
    begun = time.process_time()
    with pytest.raises(ModelError):
        serving.models(there, timing=SHORT)
    assert time.process_time() - begun < 20


#: What may stand in the place of any field.
ODD: list[Any] = [
    *(None, True, -1, 0, 1e300, 10**30, 10**400, float("nan"), float("inf"), "", "x", "\x00"),
    *("\ud800", "\x1b]52;c;aGk=\x07", "9" * 300, [], [[]], ["x"], [None], {}, {"a": 1}, [1e300]),
]


def _variants(value: Any) -> Iterator[Any]:
    """The value with every odd thing in the place of each of its fields, one at a time."""
    yield from ODD
    if isinstance(value, dict):
        for key, inner in value.items():
            yield {name: each for name, each in value.items() if name != key}
            for variant in _variants(inner):
                yield {**value, key: variant}
    if isinstance(value, list) and value:
        for variant in _variants(value[0]):
            yield [variant, *value[1:]]


_MADE = "2026-01-01T00:00:00Z"
_DETAILS = {"family": "llama", "parameter_size": "3B", "quantization_level": "Q4"}
_LISTED = {"name": "small", "model": "small", "size": 10, "modified_at": _MADE, "digest": "ab"}
_MESSAGE = {"role": "assistant", "content": "Yes.", "thinking": "Hm."}
_COUNTS = {"prompt_eval_count": 3, "eval_count": 2}
_PART = {"model": "small", "created_at": _MADE, "message": _MESSAGE, "done": True}
ANSWERS: dict[str, Any] = {
    "/api/version": {"version": "0.12.3"},
    "/api/tags": {"models": [{**_LISTED, "details": _DETAILS}]},
    "/api/ps": {"models": [{"name": "small", "model": "small", "size": 100, "size_vram": 40}]},
    "/api/chat": {**_PART, "done_reason": "stop", **_COUNTS},
    "/api/embed": {"model": "bert", "embeddings": [[0.5, 1.0], [0.5, 1.0]]},
    "/api/pull": {"status": "success", "digest": "sha256:ab", "total": 10, "completed": 5},
}


@pytest.mark.slow
@pytest.mark.parametrize("path", ANSWERS)
def test_fields_of_any_type_are_an_answer_or_one_sentence(server: OllamaServer, path: str) -> None:
    there = serving.reach(server.address)
    for variant in _variants(ANSWERS[path]):
        server.instead = (200, {}, json.dumps(variant).encode() + b"\n")
        with contextlib.suppress(ModelError):
            _can_be_kept(CALLS[path](there))


@pytest.mark.slow
def test_what_is_shown_of_a_model_may_be_of_any_type(server: OllamaServer) -> None:
    about: dict[str, Any] = {"llama.context_length": 4096, "llama.embedding_length": 8}
    about |= {"general.languages": ["en"]}
    shown = {"details": _DETAILS, "model_info": about, "capabilities": ["completion"]}
    there = serving.reach(server.address)
    listed = {"models": [{"name": "small", "model": "small"}]}
    for variant in _variants(shown):
        both = {**variant, **listed} if isinstance(variant, dict) else variant
        server.instead = (200, {}, json.dumps(both).encode())
        with contextlib.suppress(ModelError):
            found = serving.model(there, "small", timing=SHORT)
            _can_be_kept(found)
            assert found.context is None or 0 < found.context < 1 << 31


def _can_be_kept(found: object) -> None:
    """Whatever came in can be written to a file and a database, and orders nothing."""
    repr(found).encode("utf-8")
    texts = [found.text, found.reason] if isinstance(found, Reply) else []
    texts += [found.name, found.family, *found.capabilities] if isinstance(found, Model) else []
    for text in texts:
        text.encode("utf-8")
        assert "\x00" not in text


def test_what_a_model_says_can_be_kept_whatever_it_says(server: OllamaServer) -> None:
    there = serving.reach(server.address)
    server.models["small"].says = "It \x00runs\ud800."
    said = serving.complete(serving.chat(there, ChatRequest(WRITER, ASK)))
    assert said.text == "It \ufffdruns\ufffd."
    server.models["small"].says = '{"runs\\u0000": ["\\ud800", {"at": "\\udfffnight"}]}'
    answer = structured(there, ChatRequest(WRITER, ASK, SCHEMA))
    assert answer.value == {"runs\ufffd": ["\ufffd", {"at": "\ufffdnight"}]}
    server.models["small"].says = '{"a":' * 500 + "1" + "}" * 500
    with pytest.raises(ModelError, match="not in the requested form"):
        structured(there, ChatRequest(WRITER, ASK, SCHEMA))


def test_line_ends_of_other_scripts_are_part_of_what_is_said(server: OllamaServer) -> None:
    there = serving.reach(server.address)
    says = "One\x85two\u2028three\u2029four."
    part = {**_PART, "message": {"role": "assistant", "content": says}}
    server.instead = (200, {}, json.dumps(part, ensure_ascii=False).encode() + b"\n")
    assert serving.complete(serving.chat(there, ChatRequest(WRITER, ASK))).text == says
