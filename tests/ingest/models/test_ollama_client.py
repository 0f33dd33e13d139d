"""The client of Ollama against a server over a socket that behaves well and badly."""

import collections
import json
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.errors import AddressError, ModelError
from ingest.models import serving
from ingest.models.records import (
    KEEP_ALIVE,
    ChatRequest,
    EmbeddingRequest,
    Message,
    Model,
    Pulled,
    Reply,
    Server,
)
from ingest.models.structured import structured
from ingest.models.watched import Timing
from tests.ollama_server import FakeModel, OllamaServer, ollama_server
from tests.patience import seconds

ASK = [Message("system", "Be brief."), Message("user", "Does the ferry run at night?")]
SCHEMA = {"type": "object", "properties": {"runs": {"type": "boolean"}}, "required": ["runs"]}
SHORT = Timing(connect=1.0, first=seconds(0.4), between=seconds(0.4), total=seconds(5.0))


@pytest.fixture
def server() -> Iterator[OllamaServer]:
    with ollama_server() as running:
        yield running


def _asked(server: OllamaServer, model: FakeModel) -> tuple[Server, Model]:
    server.add(model)
    there = serving.reach(server.address)
    return there, serving.model(there, model.name)


class _Stopped(Exception):
    pass


@pytest.mark.slow
def test_a_server_is_reached_by_its_other_name_where_the_first_does_not_answer(
    server: OllamaServer,
) -> None:
    # The server listens on 127.0.0.1 alone: asked by the number of IP version 6 it is not there.
    there = serving.reach(f"[::1]:{server.server_port}")
    assert there.version == "0.12.3"
    assert there.address.host in ("localhost", "127.0.0.1")


@pytest.mark.slow
def test_proxies_of_this_machine_are_not_asked(
    server: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    there, model = _asked(server, FakeModel("small"))
    assert serving.complete(serving.chat(there, ChatRequest(model, ASK))).text == "Yes."


def test_nothing_is_sent_to_another_machine_without_consent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never(*_: object, **__: object) -> None:
        pytest.fail("a connection was tried")

    monkeypatch.setattr(socket, "create_connection", never)
    monkeypatch.setattr(socket, "getaddrinfo", never)
    with pytest.raises(AddressError, match="another machine"):
        serving.reach("models.example:11434")


def test_a_redirect_is_not_followed(server: OllamaServer) -> None:
    there, model = _asked(server, FakeModel("small"))
    with ollama_server(FakeModel("small")) as other:
        server.instead = (307, {"Location": f"{other.address}/api/chat"}, b"")
        with pytest.raises(ModelError) as raised:
            serving.complete(serving.chat(there, ChatRequest(model, ASK)))
        assert raised.value.reason == "foreign"
        assert other.asked == []


def test_models_are_told_with_size_and_what_they_can_do(server: OllamaServer) -> None:
    server.add(
        FakeModel("writer:3b", capabilities=("completion", "thinking"), context=4096),
        FakeModel("bert:tiny", capabilities=("embedding",), family="bert", dimension=8, size=9),
        FakeModel("ancient", capabilities=None),
    )
    ancient, bert, writer = serving.models(serving.reach(server.address))
    assert (writer.name, writer.size, writer.parameters) == ("writer:3b", 2_000_000_000, "3.2B")
    assert (writer.context, writer.thinks, writer.writes, writer.embeds) == (4096, 1, 1, 0)
    assert (bert.embeds, bert.writes, bert.embedding, bert.size) == (True, False, 8, 9)
    assert ancient.writes
    assert not ancient.embeds
    assert ancient.capabilities == ()


def test_an_answer_comes_in_pieces_and_ends_with_its_counts(server: OllamaServer) -> None:
    there, model = _asked(server, FakeModel("small", says="It runs until two in the morning."))
    *pieces, last = serving.chat(
        there, ChatRequest(model, ASK, context=1000, max_tokens=50, temperature=0.5)
    )
    assert len(pieces) > 1
    assert isinstance(last, Reply)
    assert "".join(map(str, pieces)) == last.text == "It runs until two in the morning."
    assert (last.reason, last.truncated, last.cut, last.context) == ("stop", False, False, 1000)
    assert last.prompt_tokens
    assert last.answer_tokens
    assert 0 < last.first <= last.seconds
    (body,) = server.asked_of("/api/chat")
    assert body["messages"] == [{"role": each.role, "content": each.content} for each in ASK]
    assert body["options"] == {"num_ctx": 1000, "num_predict": 50, "temperature": 0.5}
    assert body["keep_alive"] == KEEP_ALIVE
    assert "think" not in body
    assert "format" not in body


def test_no_more_context_is_asked_for_than_the_model_has(server: OllamaServer) -> None:
    there, model = _asked(server, FakeModel("small", context=2048))
    assert (
        serving.complete(serving.chat(there, ChatRequest(model, ASK, context=100_000))).context
        == 2048
    )
    assert server.asked_of("/api/chat")[0]["options"]["num_ctx"] == 2048


def test_a_prompt_that_does_not_fit_is_told_from_the_counts(server: OllamaServer) -> None:
    there, model = _asked(server, FakeModel("small"))
    long = [Message("user", "tide " * 900)]
    assert serving.complete(serving.chat(there, ChatRequest(model, long, context=512))).truncated
    assert not serving.complete(
        serving.chat(there, ChatRequest(model, long, context=4096))
    ).truncated


def test_an_answer_that_was_cut_says_so(server: OllamaServer) -> None:
    there, model = _asked(server, FakeModel("small", "truncated", says="A long word or two more."))
    said = serving.complete(serving.chat(there, ChatRequest(model, ASK)))
    assert said.cut
    assert said.reason == "length"


def test_thinking_is_switched_off_only_where_a_model_can_think(server: OllamaServer) -> None:
    can = ("completion", "thinking")
    there, model = _asked(server, FakeModel("deep", "thinking", capabilities=can))
    said = serving.complete(serving.chat(there, ChatRequest(model, ASK)))
    assert (said.text, said.thinking) == ("Yes.", "")
    assert server.asked_of("/api/chat")[0]["think"] is False


@pytest.mark.parametrize("says", ["It does.", "I <think> so.", "<thinking> it over.", "< it"])
def test_what_is_thought_in_the_answer_is_kept_apart(server: OllamaServer, says: str) -> None:
    there, model = _asked(server, FakeModel("old", "tagged", says=says))
    *pieces, last = serving.chat(there, ChatRequest(model, ASK))
    assert isinstance(last, Reply)
    assert "".join(map(str, pieces)) == last.text == says
    assert last.thinking == "Let me see. "
    there, model = _asked(server, FakeModel("plain", says=says))
    assert serving.complete(serving.chat(there, ChatRequest(model, ASK))).text == says


@pytest.mark.slow
@pytest.mark.parametrize(
    ("behaviour", "reason", "says"),
    [
        ("dying", "broke", "in the middle"),
        ("unfinished", "broke", "in the middle"),
        ("error line", "broke", "CUDA error"),
        ("out of memory", "memory", "too little memory"),
        ("busy", "busy", "too busy"),
        ("html", "foreign", "not Ollama"),
        ("not json", "answer", "not what Ollama sends"),
        ("wrong shape", "answer", "not what Ollama sends"),
        ("silent", "slow", "too long"),
    ],
)
def test_whatever_goes_wrong_is_one_sentence_and_a_next_step(
    server: OllamaServer, behaviour: str, reason: str, says: str
) -> None:
    there, model = _asked(server, FakeModel("bad", behaviour, says="Half of this is lost."))
    with pytest.raises(ModelError, match=says) as raised:
        serving.complete(serving.chat(there, ChatRequest(model, ASK), timing=SHORT))
    assert (raised.value.reason, raised.value.code) == (reason, "model")
    assert raised.value.hint.endswith(".")
    # And the model is free for the next one.
    server.models["bad"].behaviour = "good"
    assert (
        serving.complete(serving.chat(there, ChatRequest(model, ASK), timing=SHORT)).reason
        == "stop"
    )


def test_a_pause_between_two_words_is_watched_apart_from_the_first(server: OllamaServer) -> None:
    there, model = _asked(server, FakeModel("slow", says="One word after the other.", wait=0.25))
    patient = Timing(first=5.0, between=0.1, total=20.0)
    parts = serving.chat(there, ChatRequest(model, ASK), timing=patient)
    assert next(parts) == "One word aft"
    with pytest.raises(ModelError) as raised:
        list(parts)
    assert raised.value.reason == "slow"


@pytest.mark.slow
@pytest.mark.parametrize("behaviour", ["spaces", "no words", "only thoughts", "bare spaces"])
@pytest.mark.parametrize("says", ["", "One word "])
def test_only_words_extend_the_wait_for_an_answer(
    server: OllamaServer, behaviour: str, says: str
) -> None:
    there, model = _asked(server, FakeModel("slow", behaviour, says=says, wait=0.02))
    patient = Timing(first=0.3, between=0.3, total=seconds(3))
    begun = time.monotonic()
    with pytest.raises(ModelError) as raised:
        serving.complete(serving.chat(there, ChatRequest(model, ASK), timing=patient))
    assert raised.value.reason == "slow"
    assert time.monotonic() - begun < seconds(2)


def test_a_model_that_is_not_there_names_the_command_that_fetches_it(server: OllamaServer) -> None:
    there = serving.reach(server.address)
    with pytest.raises(ModelError, match=r"no model “gone:7b”.*ollama pull gone:7b") as raised:
        serving.complete(serving.chat(there, ChatRequest(Model("gone:7b", 0), ASK)))
    assert raised.value.reason == "missing"
    with pytest.raises(ModelError, match="gone:7b"):
        serving.model(there, "gone:7b")


def test_a_model_that_cannot_do_it_says_what(server: OllamaServer) -> None:
    there, model = _asked(server, FakeModel("bert", capabilities=("embedding",), dimension=4))
    with pytest.raises(ModelError, match="cannot do this") as raised:
        serving.complete(serving.chat(there, ChatRequest(model, ASK)))
    assert raised.value.reason == "incapable"
    there, model = _asked(server, FakeModel("small"))
    with pytest.raises(ModelError, match="cannot do this"):
        serving.embed(there, EmbeddingRequest(model, ["a"]))


@pytest.mark.parametrize(
    ("version", "good"),
    [("0.3.14", False), ("0.4.7", False), ("0.5.0", True), ("0.0.0", True), ("1.2.0-rc1", True)],
)
def test_too_old_an_ollama_is_told(version: str, good: bool) -> None:
    with ollama_server(version=version) as server:
        if good:
            assert serving.reach(server.address).version == version
            return
        with pytest.raises(ModelError, match="too old") as raised:
            serving.reach(server.address)
        assert raised.value.reason == "old"


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (200, b"<!DOCTYPE html><html>Sign in</html>", "foreign"),
        (502, b"<html>Bad gateway</html>", "foreign"),
        (200, b"[]", "answer"),
        (200, b"{}", "answer"),
        (200, b"\xff\xfe\x00", "answer"),
        (404, b"404 page not found", "old"),
        (407, b"", "refused"),
        (503, b"", "busy"),
    ],
)
def test_what_is_not_ollama_is_told(
    server: OllamaServer, status: int, body: bytes, reason: str
) -> None:
    server.instead = (status, {}, body)
    with pytest.raises(ModelError) as raised:
        serving.reach(server.address)
    assert raised.value.reason == reason


def test_where_nothing_listens_ollama_is_absent() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(ModelError, match="ollama serve") as raised:
            serving.reach(f"localhost:{port}")
    assert raised.value.reason == "absent"


@pytest.mark.slow
def test_where_nothing_listens_no_client_is_loaded() -> None:
    code = (
        "import sys\n"
        "from ingest.errors import ModelError\n"
        "from ingest.models import serving\n"
        "try: serving.reach('127.0.0.1:9')\n"
        "except ModelError as error: print(error.reason)\n"
        "print({'ollama', 'httpx', 'pydantic'} & set(sys.modules))\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["absent", "set()"]


def test_a_certificate_that_nobody_vouches_for_is_told(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    try:
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=models"],
            check=True, capture_output=True,
        )  # fmt: skip
    except FileNotFoundError:
        pytest.skip("there is no openssl here to make a certificate with")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with ollama_server(tls=context) as server:
        with pytest.raises(ModelError, match="could not prove") as raised:
            serving.reach(server.address)
        assert raised.value.reason == "certificate"
        assert server.asked == []


def test_a_server_that_is_killed_in_the_middle_is_one_sentence(server: OllamaServer) -> None:
    there, model = _asked(server, FakeModel("slow", says="word " * 200, wait=0.02))
    parts = serving.chat(there, ChatRequest(model, ASK))
    next(parts)
    server.kill()
    with pytest.raises(ModelError) as raised:
        list(parts)
    assert raised.value.reason == "broke"
    with pytest.raises(ModelError) as raised:
        serving.complete(serving.chat(there, ChatRequest(model, ASK)))
    assert raised.value.reason == "absent"


def test_a_stream_without_end_is_stopped(server: OllamaServer) -> None:
    there, model = _asked(server, FakeModel("mad", "endless"))
    said = serving.complete(serving.chat(there, ChatRequest(model, ASK)))
    assert said.reason == "limit"
    assert said.cut
    assert 200_000 <= len(said.text) < 300_000
    assert server.hung_up.wait(seconds(60))


@pytest.mark.parametrize("behaviour", ["silent", "endless"])
def test_another_thread_can_stop_an_answer_at_any_moment(
    server: OllamaServer, behaviour: str
) -> None:
    there, model = _asked(server, FakeModel("mad", behaviour))
    stop = threading.Event()

    def check() -> None:
        if stop.is_set():
            raise _Stopped

    parts = serving.chat(there, ChatRequest(model, ASK), check=check)
    if behaviour == "endless":
        next(parts)
        stop.set()
    else:
        timer = threading.Timer(0.1, stop.set)
        timer.start()
    with pytest.raises(_Stopped):
        collections.deque(parts, 0)
    if behaviour == "endless":
        assert server.hung_up.wait(seconds(60))


def test_whoever_stops_listening_ends_the_request(server: OllamaServer) -> None:
    there, model = _asked(server, FakeModel("slow", says="word " * 100, wait=0.01))
    parts = serving.chat(there, ChatRequest(model, ASK))
    next(parts)
    parts.close()  # type: ignore[attr-defined]
    assert server.hung_up.wait(seconds(60))
    assert serving.complete(serving.chat(there, ChatRequest(model, ASK))).reason == "stop"


def _together(work: Callable[[], object], count: int) -> None:
    threads = [threading.Thread(target=work) for _ in range(count)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


@pytest.mark.parametrize("most", [1, 2])
def test_so_many_requests_are_at_a_model_as_it_was_said_to_take(
    server: OllamaServer, most: int
) -> None:
    there, model = _asked(server, FakeModel("small", wait=0.02))
    _together(
        lambda: serving.complete(serving.chat(there, ChatRequest(model, ASK), parallel=most)), 4
    )
    beside = [each.beside for each in server.asked if each.path == "/api/chat"]
    assert len(beside) == 4
    assert max(beside) == most - 1


def test_an_answer_by_a_schema_is_read_however_it_is_dressed(server: OllamaServer) -> None:
    for behaviour in ("good", "fenced", "only thinking", "tagged"):
        model = FakeModel(behaviour.replace(" ", "-"), behaviour, says='{"runs": true}')
        there, known = _asked(server, model)
        answer = structured(there, ChatRequest(known, ASK, SCHEMA))
        assert (answer.value, answer.complete) == ({"runs": True}, True), behaviour
        assert server.asked_of("/api/chat")[-1]["format"] == SCHEMA


def test_an_answer_that_is_no_json_is_told(server: OllamaServer) -> None:
    there, model = _asked(server, FakeModel("chatty", "wrong"))
    with pytest.raises(ModelError, match="not in the requested form") as raised:
        structured(there, ChatRequest(model, ASK, SCHEMA))
    assert raised.value.reason == "answer"


def test_of_an_answer_that_was_cut_what_is_whole_is_read(server: OllamaServer) -> None:
    says = json.dumps({"triples": [{"a": number} for number in range(40)]})
    there, model = _asked(server, FakeModel("short", "truncated", says=says))
    answer = structured(there, ChatRequest(model, ASK, SCHEMA))
    assert not answer.complete
    assert answer.value["triples"][:3] == [{"a": 0}, {"a": 1}, {"a": 2}]


def test_M2_a_model_is_fetched_with_progress(server: OllamaServer) -> None:
    there = serving.reach(server.address)
    server.pulls["new:1b"] = [1000, 500]
    heard: list[Pulled] = []
    serving.pull(there, "new:1b", heard.append)
    assert heard[-1] == Pulled("success", 1500, 1500)
    assert [each.completed for each in heard] == sorted(each.completed for each in heard)
    assert "new:1b" in server.models


def test_M2_fetching_is_stopped_and_errors_are_told(server: OllamaServer) -> None:
    there = serving.reach(server.address)
    server.pulls["new:1b"] = [1000] * 50

    def stop(how: Pulled) -> None:
        if how.completed:
            raise _Stopped

    with pytest.raises(_Stopped):
        serving.pull(there, "new:1b", stop)
    assert server.hung_up.wait(seconds(60))
    assert "new:1b" not in server.models
    with pytest.raises(ModelError, match="no model “none:1b” to fetch"):
        serving.pull(there, "none:1b", heard_nothing)


def heard_nothing(_how: Pulled) -> None:
    """Nobody listens."""


def test_vectors_are_as_many_and_as_long_as_they_should_be(server: OllamaServer) -> None:
    model = FakeModel("bert", capabilities=("embedding",), dimension=16)
    there, known = _asked(server, model)
    made = serving.embed(there, EmbeddingRequest(known, ["the tide", "the ferry", "the tide"]))
    assert [len(each) for each in made] == [16, 16, 16]
    assert made[0] == made[2] != made[1]
    assert serving.embed(there, EmbeddingRequest(known, [])) == []
    server.models["bert"].behaviour = "wrong shape"
    with pytest.raises(ModelError, match="vectors of “bert”"):
        serving.embed(there, EmbeddingRequest(known, ["a", "b"]))


def test_what_is_in_memory_is_told(server: OllamaServer) -> None:
    server.add(FakeModel("small"))
    (one,) = serving.loaded(serving.reach(server.address))
    assert (one.name, one.size, one.on_graphics) == ("small", 100, 40)


def test_the_client_is_not_imported_before_it_is_needed() -> None:
    code = (
        "import sys, ingest.models.serving, ingest.models.structured\n"
        "sys.exit(any(name in sys.modules for name in ('ollama', 'httpx', 'pydantic')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
