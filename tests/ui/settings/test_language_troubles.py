"""The page of language models where servers and models do wrong: one sentence each, and a step."""

import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ollama_server import FakeModel, OllamaServer, ollama_server
from tests.ui.conftest import MakeWindow
from tests.ui.fits import clipped
from tests.ui.settings.model_lists import model_list
from tests.ui.stage import came_to_rest, words_of
from workbench.models import choices, server
from workbench.ui.settings.language import LanguageModels
from workbench.ui.window.main import MainWindow


@pytest.fixture
def ollama() -> Iterator[OllamaServer]:
    server.forget()
    with ollama_server(FakeModel("small", says="Paris.")) as running:
        choices.change({"address": running.address})
        yield running


@pytest.fixture
def window(make_window: MakeWindow, qtbot: QtBot, ollama: OllamaServer) -> MainWindow:
    made = make_window()
    page = model_list(made, LanguageModels)
    made.preferences.show_models("language")
    qtbot.waitUntil(_ready(page, "Test: small"))
    return made


def _ready(page: LanguageModels, name: str) -> Callable[[], bool]:
    return lambda: any(
        name in (each.accessibleName(), each.text()) and each.isVisible() and each.isEnabled()
        for each in page.findChildren(QPushButton)
    )


def _click(page: LanguageModels, qtbot: QtBot, name: str) -> None:
    qtbot.waitUntil(_ready(page, name))
    (found,) = [
        each
        for each in page.findChildren(QPushButton)
        if name in (each.accessibleName(), each.text()) and each.isVisible()
    ]
    found.click()


@pytest.mark.slow
def test_m1_whatever_a_model_does_wrong_in_its_test_is_said(
    window: MainWindow, qtbot: QtBot, ollama: OllamaServer
) -> None:
    page = model_list(window, LanguageModels)
    table = {
        "out of memory": "too little memory",
        "error line": "CUDA error",
        "html": "page of another program",
        "not json": "not what Ollama sends",
        "wrong shape": "not what Ollama sends",
        "busy": "too busy",
        "dying": "broke off",
        "unfinished": "broke off",
        "endless": "did not stop by itself",
    }
    for behaviour, told in table.items():
        ollama.models["small"].behaviour = behaviour
        _click(page, qtbot, "Test: small")
        qtbot.waitUntil(lambda told=told: told in words_of(page))  # type: ignore[misc]
        # A page that shows what a model without an end has said would have none either.
        assert len(words_of(page)) < 4000, behaviour
        ollama.models["small"].behaviour = "good"
        _click(page, qtbot, "Test again")
        qtbot.waitUntil(lambda: "“Paris.”" in words_of(page))
    del ollama.models["small"]
    server.forget()
    _click(page, qtbot, "Test: small")
    qtbot.waitUntil(lambda: "no model “small”" in words_of(page))
    came_to_rest(qtbot, window)
    assert clipped(window) == []


@pytest.mark.slow
def test_m1_whatever_answers_at_an_address_and_is_no_ollama_is_said(
    window: MainWindow, qtbot: QtBot, ollama: OllamaServer, tmp_path: Path
) -> None:
    page = model_list(window, LanguageModels)
    with ExitStack() as running:
        old = running.enter_context(ollama_server(version="0.3.14"))
        page_of_proxy, list_, nothing = (running.enter_context(ollama_server()) for _ in range(3))
        page_of_proxy.instead = (200, {}, b"<!DOCTYPE html><html>Sign in</html>")
        list_.instead = (200, {}, b"[]")
        nothing.instead = (404, {}, b"404 page not found")
        table = {
            old.address: "version 0.3.14, which is too old",
            page_of_proxy.address: "page of another program",
            list_.address: "not what Ollama sends",
            nothing.address: "does not understand the request",
            "127.0.0.1:9": "No model server answers at",
        }
        if (context := _certificate(tmp_path)) is not None:
            protected = running.enter_context(ollama_server(tls=context))
            table[protected.address] = "could not prove its identity"
        for address, told in table.items():
            page.field.setText(address)
            page.field.returnPressed.emit()
            qtbot.waitUntil(lambda told=told: told in words_of(page))  # type: ignore[misc]
            assert _ready(page, "Try again")()
            # Nobody can fetch or choose where nobody answers.
            assert not page.fetch.isVisible()
            assert page.choices == {}
        page.field.setText(ollama.address)
        page.field.returnPressed.emit()
        qtbot.waitUntil(_ready(page, "Test: small"))


def _certificate(folder: Path) -> ssl.SSLContext | None:
    """One that nobody vouches for; None where there is no openssl to make it with."""
    key, file = folder / "key.pem", folder / "certificate.pem"
    try:
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-keyout", key, "-out", file, "-days", "2", "-subj", "/CN=models"],
            check=True, capture_output=True,
        )  # fmt: skip
    except FileNotFoundError:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, key)
    return context
