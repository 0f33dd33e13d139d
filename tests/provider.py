"""A provider on loopback with a certificate, whose name stands for an address of this machine.

As in a file of hosts: the program takes it for another computer. Its key is kept in a keyring that
writes a file of the test.
"""

import json
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from tests.doors.test_encrypted import made
from tests.ollama_server import FakeModel, OllamaServer, ollama_server
from workbench.models import server

HOST, KEY = "models.example", "sk-of-the-tests"


class FileKeyring(KeyringBackend):
    """A keyring that keeps its keys in a file of the test."""

    priority = 1

    def __init__(self, file: Path) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.file = file

    def _read(self) -> dict[str, str]:
        return json.loads(self.file.read_text()) if self.file.exists() else {}

    def get_password(self, service: str, username: str) -> str | None:
        return self._read().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self.file.write_text(json.dumps({**self._read(), f"{service} {username}": password}))

    def delete_password(self, service: str, username: str) -> None:
        kept = self._read()
        if kept.pop(f"{service} {username}", None) is None:
            raise PasswordDeleteError
        self.file.write_text(json.dumps(kept))


@contextmanager
def provider_server(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *models: FakeModel
) -> Iterator[OllamaServer]:
    """A server of OpenAI's protocol at https://models.example, which wants the key."""
    former = keyring.get_keyring()
    keyring.set_keyring(FileKeyring(folder / "keyring.json"))
    certificate, key = made(folder, host=HOST)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    resolved = socket.getaddrinfo

    def to_loopback(host: Any, *arguments: Any, **options: Any) -> Any:
        assert host in (HOST, "127.0.0.1", "localhost", "::1"), f"{host} is looked up"
        return resolved("127.0.0.1", *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", to_loopback)
    try:
        with ollama_server(*models, tls=context) as running:
            running.speaks, running.key = "openai", KEY
            server.forget()
            yield running
    finally:
        server.forget()
        keyring.set_keyring(former)


def address_of(provider: OllamaServer) -> str:
    """What a person would write to reach it."""
    return f"https://{HOST}:{provider.server_port}/v1"
