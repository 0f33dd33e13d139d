"""A provider beyond this machine: asked only by those who allowed it, with a key, encrypted."""

import getpass
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import AddressError
from ingest.models import address
from tests.ollama_server import FakeModel, OllamaServer
from tests.provider import HOST, KEY, address_of, provider_server
from workbench.cli.main import main
from workbench.errors import InputError, UsageError
from workbench.library import Library
from workbench.models import choices, server

_TEXT = (
    "The Ferrow mill was built by Anna Brook in 1842. She sold it to Jonas Pell for 9,000 crowns. "
    "The observatory of Tarn lies on a hill."
)
_QUESTION = "Who built the Ferrow mill?"


@pytest.fixture
def provider(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OllamaServer]:
    says = "Anna Brook built the Ferrow mill in 1842 [1]."
    with provider_server(tmp_path, monkeypatch, FakeModel("writer", says=says)) as running:
        yield running


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "a.brain") as opened:
        opened.add_text(_TEXT, title="Mills")
        yield opened


def _chosen(library: Library, provider: OllamaServer) -> None:
    library.models.choose(address_of(provider), "server", beyond=True, key=KEY)
    library.models.choose("writer", "dialogue")


def test_nothing_goes_there_before_the_library_allows_it(
    library: Library, provider: OllamaServer
) -> None:
    with pytest.raises(InputError, match="another machine"):
        library.models.choose(address_of(provider), "server")
    _chosen(library, provider)
    assert library.models.sending().state == "off"
    quotes = library.ask(_QUESTION)
    refused = library.answers.write(quotes)
    assert (refused.mode, refused.evidence) == ("quotes", quotes.evidence)
    assert refused.note.startswith("Nothing was sent")
    sent = library.answers.outgoing(quotes)
    assert quotes.evidence[0].quote in sent
    assert _QUESTION in sent
    library.models.choose("writer", "extraction")
    with pytest.raises(InputError, match="Nothing was sent"):
        library.models.update("language")
    library.models.choose("", "extraction")
    assert all("Ferrow" not in json.dumps(asked.body) for asked in provider.asked)
    assert library.models.sending("allow").state == "allowed"
    written = library.answers.write(quotes)
    assert written.mode == "written"
    assert written.sentences[0].supported
    assert written.model == f"writer ({HOST})"
    (body,) = provider.asked_of("/v1/chat/completions")
    user = body["messages"][-1]["content"]
    assert all(item.quote in user for item in quotes.evidence)
    assert {asked.path for asked in provider.asked} == {"/v1/models", "/v1/chat/completions"}
    assert {asked.headers["Authorization"] for asked in provider.asked} == {f"Bearer {KEY}"}
    assert library.models.sending("off").state == "off"
    before = len(provider.asked_of("/v1/chat/completions"))
    assert library.answers.write(quotes).note.startswith("Nothing was sent")
    assert len(provider.asked_of("/v1/chat/completions")) == before


def test_a_library_that_is_marked_never_sends_nothing_and_another_one_asks_for_itself(
    library: Library, provider: OllamaServer, tmp_path: Path
) -> None:
    _chosen(library, provider)
    library.models.sending("never")
    with pytest.raises(InputError, match="never"):
        library.models.sending("allow")
    assert "never" in library.answers.write(library.ask(_QUESTION)).note
    with Library.open(tmp_path / "b.brain") as other:
        assert other.models.sending().state == "off"
    with pytest.raises(InputError, match="never"):
        library.models.sending("allow")
    library.models.choose("", "server")
    assert library.models.sending().state == "never"
    library.models.sending("off")
    assert library.models.sending().state == "here"
    with pytest.raises(UsageError, match="on this computer"):
        library.models.sending("allow")
    assert provider.asked_of("/v1/chat/completions") == []


def test_a_library_from_elsewhere_brings_no_consent_along(
    library: Library, provider: OllamaServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _chosen(library, provider)
    library.models.sending("allow")
    library.close()
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "another computer"))
    with Library.open(tmp_path / "a.brain") as there:
        _chosen(there, provider)
        assert there.models.sending().state == "off"
        assert there.answers.write(there.ask(_QUESTION)).note.startswith("Nothing was sent")
    assert provider.asked_of("/v1/chat/completions") == []


def test_the_key_is_in_the_keyring_alone_and_goes_with_its_server(
    library: Library, provider: OllamaServer, tmp_path: Path
) -> None:
    _chosen(library, provider)
    kept = tmp_path / "keyring.json"
    assert KEY in kept.read_text()
    assert KEY not in choices.file().read_text()
    assert KEY not in repr(server.reached())
    with pytest.raises(InputError, match="without encryption"):
        library.models.choose("http://models.example", "server", beyond=True, key=KEY)
    library.models.choose("", "server")
    assert KEY not in kept.read_text()
    assert not choices.load().key


def test_a_key_that_is_refused_and_a_certificate_that_is_wrong_are_one_sentence_each(
    library: Library,
    provider: OllamaServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _chosen(library, provider)
    library.models.sending("allow")
    quotes = library.ask(_QUESTION)
    provider.key = "another"
    server.forget()
    refused = library.answers.write(quotes)
    assert (refused.mode, refused.evidence) == ("quotes", quotes.evidence)
    assert "refused the key" in refused.note
    assert KEY not in refused.note + refused.hint
    provider.key = KEY
    (tmp_path / "none.pem").write_bytes(b"")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    server.forget()
    asked = len(provider.asked)
    unproven = library.answers.write(quotes)
    assert (unproven.mode, unproven.evidence) == ("quotes", quotes.evidence)
    assert "could not prove its identity" in unproven.note
    assert len(provider.asked) == asked


def test_a_provider_may_have_a_path_of_its_own_and_another_name_for_the_limit(
    library: Library, provider: OllamaServer
) -> None:
    provider.prefix, provider.reasons = "/api", True
    library.models.choose(
        f"https://{HOST}:{provider.server_port}/api/v1", "server", beyond=True, key=KEY
    )
    library.models.choose("writer", "dialogue")
    library.models.sending("allow")
    assert library.answers.write(library.ask(_QUESTION)).mode == "written"
    assert {asked.path for asked in provider.asked} == {
        "/api/v1/models",
        "/api/v1/chat/completions",
    }
    for wrong in ("http://models.example/api/v1", "https://models.example/api", "localhost/api/v1"):
        with pytest.raises(AddressError, match="not a server address"):
            address.server_address(wrong, beyond=True)


def test_the_commands_say_what_is_sent_and_ask_for_the_key(
    library: Library,
    provider: OllamaServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    prompts: list[str] = []

    def typed(prompt: str, **_: object) -> str:
        prompts.append(prompt)
        return KEY

    monkeypatch.setattr(getpass, "getpass", typed)
    file = ["--library", str(tmp_path / "a.brain")]
    assert main(["models", "server", address_of(provider), "--beyond", "--with-key"]) == 0
    assert prompts == ["Key: "]
    assert main(["models", "use-language", "writer"]) == 0
    assert main(["ask", _QUESTION, "--outgoing", *file]) == 0
    shown = capsys.readouterr().out
    assert "Anna Brook" in shown
    assert provider.asked_of("/v1/chat/completions") == []
    assert main(["models", "sending", *file]) == 0
    assert f"“{HOST}” is another computer: nothing is sent there." in capsys.readouterr().out
    assert main(["models", "sending", "allow", *file]) == 0
    assert main(["ask", _QUESTION, *file]) == 0
    assert f"Written by writer ({HOST})" in capsys.readouterr().out
