"""A server or model that does wrong while it reads a library: one sentence, nothing lost or made.

The table is that of what may go wrong, each through the library's door and over a socket.
"""

import json
import ssl
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from ingest.models import serving as client
from ingest.models.watched import Timing
from ingest.triples import by_model
from tests.ollama_server import NONSENSE, SLOW, Body, FakeModel, OllamaServer, ollama_server
from tests.patience import seconds
from workbench.errors import InputError
from workbench.library import Library
from workbench.models import choices, server

_SHORT = Timing(first=seconds(0.3), between=seconds(0.3), total=seconds(5))
_BOOK = (
    "Odile Brandt founded the dredging school in 1911. "
    "The culvert beside the mill is the work of Piet Haan. "
    "Greta Vos never trained Piet Haan."
)


def _says(*triples: dict[str, Any]) -> str:
    return json.dumps({"triples": list(triples)})


_GOOD = _says(
    {"sentence": 1, "subject": "Odile Brandt", "relation": "lead", "object": "dredging school"}
)


@pytest.fixture
def ollama() -> Iterator[OllamaServer]:
    server.forget()
    with ollama_server(FakeModel("reader", says=_GOOD)) as running:
        yield running


@pytest.fixture
def library(tmp_path: Path, ollama: OllamaServer) -> Iterator[Library]:
    with Library.open(tmp_path / "read.brain") as opened:
        # What is read in the background would race with the tests.
        opened._core.graph.close()
        opened._core._model_reading.close()
        opened.add_text(_BOOK)
        opened.graph.link()
        opened.models.choose(ollama.address, "server")
        opened.models.choose("reader", "extraction")
        server.forget()
        yield opened


def _stored(library: Library) -> list[Any]:
    return [
        library._store.rows(f"SELECT * FROM {table} ORDER BY 1, 2, 3")
        for table in ("saying", "edge", "model_triple", "concept")
    ]


Wrong = Callable[[OllamaServer], None]


def _behaves(behaviour: str) -> Wrong:
    def wrong(running: OllamaServer) -> None:
        running.models["reader"].behaviour = behaviour

    return wrong


def _answers(status: int, content: bytes) -> Wrong:
    def wrong(running: OllamaServer) -> None:
        running.instead = (status, {}, content)

    return wrong


def _old(running: OllamaServer) -> None:
    running.version = "0.4.7"


def _gone(running: OllamaServer) -> None:
    running.models.clear()


def _cannot(running: OllamaServer) -> None:
    running.models["reader"].capabilities = ("embedding",)


#: What goes wrong, the reason that is told in a word, and a part of the sentence.
_TABLE: dict[str, tuple[Wrong, str, str]] = {
    "old": (_old, "old", "version 0.4.7, which is too old"),
    "missing": (_gone, "missing", "no model “reader”"),
    "incapable": (_cannot, "incapable", "cannot do this"),
    "out of memory": (_behaves("out of memory"), "memory", "too little memory"),
    "an error line under status 200": (_behaves("error line"), "broke", "CUDA error"),
    "a proxy's page": (_behaves("html"), "foreign", "page of another program"),
    "not JSON": (_behaves("not json"), "answer", "no answers that contain statements"),
    "another shape": (_behaves("wrong shape"), "answer", "no answers that contain statements"),
    "prose": (_behaves("wrong"), "answer", "no answers that contain statements"),
    "an endless stream": (_behaves("endless"), "answer", "no answers that contain statements"),
    "silent": (_behaves("silent"), "slow", "too long"),
    "dying": (_behaves("dying"), "broke", "broke off"),
    "busy": (_behaves("busy"), "busy", "too busy"),
    "a page to sign in": (_answers(200, b"<!DOCTYPE html><html></html>"), "foreign", "page of"),
    "a list": (_answers(200, b"[1]"), "answer", "not what Ollama sends"),
    "a gateway": (_answers(502, b""), "absent", "does not reach it"),
}


@pytest.mark.slow
def test_whatever_goes_wrong_while_a_model_reads_is_one_sentence_and_changes_nothing(
    library: Library, ollama: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "_LETTERS", 4000)
    monkeypatch.setattr(by_model, "read_by_model", partial(by_model.read_by_model, timing=_SHORT))
    before, asked = _stored(library), library.ask("Who founded the dredging school?")
    for name, (wrong, reason, said) in _TABLE.items():
        wrong(ollama)
        with pytest.raises(InputError) as raised:
            library.models.update("language")
        error = raised.value
        assert said in error.message, name
        assert error.reason == reason, name
        assert "\n" not in error.message, name
        assert error.hint.endswith((".", "reader")), name
        assert library._core.model_reader.trouble == error.message, name
        ollama.version, ollama.instead = "0.12.3", None
        ollama.models["reader"] = FakeModel("reader", says=_GOOD)
    assert _stored(library) == before
    assert library.ask("Who founded the dredging school?").evidence == asked.evidence
    # It is put right, and the work is done.
    assert library.models.update("language").triples == 1
    assert library._core.model_reader.trouble == ""


@pytest.mark.slow
def test_nonsense_of_the_server_while_a_model_reads_is_one_sentence(
    library: Library, ollama: OllamaServer
) -> None:
    before = _stored(library)
    for nonsense in sorted(NONSENSE.keys() - SLOW):
        ollama.nonsense = {"/api/chat": nonsense}
        with pytest.raises(InputError) as raised:
            library.models.update("language")
        assert "\n" not in raised.value.message, nonsense
    assert _stored(library) == before
    ollama.nonsense = {}
    assert library.models.update("language").triples == 1


def test_a_triple_about_nothing_is_refused_and_counted(
    library: Library, ollama: OllamaServer
) -> None:
    before = _stored(library)
    ollama.models["reader"].says = _says(
        {"sentence": 1, "subject": "Greta Vos", "relation": "lead", "object": "dredging school"},
        {"sentence": 1, "subject": "it", "relation": "be", "object": "school"},
        {"sentence": 2, "subject": "Piet Haan", "relation": "", "object": "culvert"},
        {"sentence": 9, "subject": "Piet Haan", "relation": "build", "object": "culvert"},
        {"sentence": "2", "subject": "Piet Haan", "relation": "build", "object": "culvert"},
        {"sentence": 2, "subject": ["Piet Haan"], "relation": "build", "object": "culvert"},
        {"sentence": 3, "subject": "", "relation": "train", "object": "Piet Haan"},
        {"sentence": 3, "subject": "Piet Haan", "relation": "be", "object": "Piet Haan"},
    )
    read = library.models.update("language")
    # Each of the three sentences has this answer.
    assert (read.sentences, read.triples, read.refused) == (3, 0, 24)
    assert _stored(library) == before


@pytest.mark.slow
def test_ten_thousand_triples_are_no_more_than_the_sentences_can_hold(
    library: Library, ollama: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "_LETTERS", 10**7)
    words = _BOOK.replace(".", "").split()
    ollama.models["reader"].says = _says(
        *(
            {
                "sentence": 1 + n % 3,
                "subject": words[n % len(words)],
                "relation": f"r{n}",
                "object": words[(n // 7) % len(words)],
            }
            for n in range(10_000)
        )
    )
    read = library.models.update("language")
    assert read.triples <= 36
    assert read.triples + read.refused == 30_000
    assert library._store.rows("SELECT count(*) FROM model_triple")[0][0] == read.triples


@pytest.mark.slow
def test_of_ten_thousand_triples_that_are_cut_off_the_whole_ones_are_looked_at(
    library: Library, ollama: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "_LETTERS", 3000)

    def much(body: Body) -> str:
        return _says(*([json.loads(_GOOD)["triples"][0]] * 10_000))

    ollama.models["reader"].says = much
    read = library.models.update("language")
    # Two of the three sentences do not have it.
    assert (read.triples, read.unread) == (1, 0)


def test_an_address_beyond_this_machine_is_said_before_anything_is_sent(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        pytest.fail("a connection was tried")

    # As a file of choices that somebody has brought might have it.
    choices.change({"address": "models.example:11434", "beyond": False})
    monkeypatch.setattr("socket.create_connection", never)
    monkeypatch.setattr("socket.getaddrinfo", never)
    with pytest.raises(InputError, match="another machine") as raised:
        library.models.update("language")
    assert raised.value.reason == "address"


def test_a_certificate_that_nobody_vouches_for_is_told_before_anything_is_sent(
    library: Library, certificate: ssl.SSLContext
) -> None:
    with ollama_server(FakeModel("reader", says=_GOOD), tls=certificate) as protected:
        choices.change({"address": protected.address})
        with pytest.raises(InputError, match="could not prove") as raised:
            library.models.update("language")
        assert raised.value.reason == "certificate"
        assert protected.asked == []


@pytest.fixture
def certificate(tmp_path: Path) -> ssl.SSLContext:
    key, file = tmp_path / "key.pem", tmp_path / "certificate.pem"
    try:
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-keyout", key, "-out", file, "-days", "2", "-subj", "/CN=models"],
            check=True, capture_output=True,
        )  # fmt: skip
    except FileNotFoundError:
        pytest.skip("there is no openssl here to make a certificate with")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, key)
    return context
