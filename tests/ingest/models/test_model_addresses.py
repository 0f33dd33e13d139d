"""Where a server of models may be: this machine by any name, another only by consent."""

import pytest

from ingest.errors import AddressError
from ingest.models.address import server_address, spellings


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("localhost", "http://localhost:11434"),
        ("127.0.0.1:8080", "http://127.0.0.1:8080"),
        (":4711", "http://localhost:4711"),
        (" http://LOCALHOST:11434/ ", "http://localhost:11434"),
        ("http://localhost", "http://localhost:80"),
        ("https://localhost", "https://localhost:443"),
        ("0.0.0.0:11434", "http://127.0.0.1:11434"),
        ("[::1]:11434", "http://[::1]:11434"),
    ],
)
def test_this_machine_is_understood_however_it_is_written(text: str, url: str) -> None:
    address = server_address(text)
    assert (address.url, address.here) == (url, True)


@pytest.mark.parametrize(
    "text",
    [
        "192.168.1.20",
        "models.example:11434",
        "https://models.example",
        "localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "8.8.8.8:11434",
        "[2001:db8::1]:11434",
    ],
)
def test_another_machine_is_refused_until_somebody_agrees(text: str) -> None:
    with pytest.raises(AddressError, match="another machine") as raised:
        server_address(text)
    assert "Confirm" in raised.value.hint
    assert not server_address(text, beyond=True).here


@pytest.mark.parametrize(
    "text",
    [
        "ftp://localhost",
        "http://user:word@localhost",
        "localhost/path",
        "localhost:99999",
        "local host",
        "http://",
        "http://[::1",
        "localhost:port",
        "http://localhost?a=b",
    ],
)
def test_what_is_no_address_is_told_in_one_sentence(text: str) -> None:
    with pytest.raises(AddressError, match="not a server address"):
        server_address(text, beyond=True)


def test_the_users_own_setting_of_ollama_is_the_usual_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("OLLAMA_HOST", raising=False)
    assert server_address("").url == "http://localhost:11434"
    monkeypatch.setenv("OLLAMA_HOST", "127.0.0.1:1234")
    assert server_address("").url == "http://127.0.0.1:1234"
    monkeypatch.setenv("OLLAMA_HOST", "elsewhere.example")
    with pytest.raises(AddressError):
        server_address("")


def test_localhost_is_tried_by_its_numbers_too() -> None:
    assert [each.host for each in spellings(server_address("localhost"))] == [
        "localhost",
        "127.0.0.1",
        "::1",
    ]
    assert [each.host for each in spellings(server_address("127.0.0.1"))][:2] == [
        "127.0.0.1",
        "localhost",
    ]
    assert len(spellings(server_address("models.example", beyond=True))) == 1
