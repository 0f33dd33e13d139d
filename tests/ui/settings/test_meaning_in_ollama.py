"""The page of embedding models where an Ollama has some, over a socket: listed, used, gone."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ollama_server import FakeModel, OllamaServer, ollama_server
from tests.ui.conftest import MakeWindow
from tests.ui.fits import clipped
from tests.ui.looks import unnamed
from tests.ui.settings.model_lists import model_list
from tests.ui.stage import button_of, came_to_rest, words_of
from workbench.models import choices, server
from workbench.ui.settings.library import PrivacyPage
from workbench.ui.settings.library_models import EmbeddingModels
from workbench.ui.window.main import MainWindow


@pytest.fixture
def ollama() -> Iterator[OllamaServer]:
    server.forget()
    with ollama_server(
        FakeModel("nomic:v1", capabilities=("embedding",), dimension=64, size=274_000_000),
        FakeModel("writer:3b"),
    ) as running:
        choices.change({"address": running.address})
        yield running


@pytest.fixture
def page(make_window: MakeWindow, qtbot: QtBot, ollama: OllamaServer) -> EmbeddingModels:
    window = make_window()
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    assert window.shelf.library is not None
    window.shelf.library.add_text("Bees sleep in old mountains.", title="Bees")
    model_list(window, EmbeddingModels, show=True)
    qtbot.waitUntil(_ready(model_list(window, EmbeddingModels), "Use: nomic:v1"))
    return model_list(window, EmbeddingModels)


def _ready(page: EmbeddingModels, name: str) -> Callable[[], bool]:
    return lambda: any(
        each.accessibleName() == name and each.isVisible() and each.isEnabled()
        for each in page.findChildren(QPushButton)
    )


def _click(page: EmbeddingModels, qtbot: QtBot, name: str) -> None:
    qtbot.waitUntil(_ready(page, name))
    button_of(page, name).click()


def _says(page: EmbeddingModels, words: str) -> Callable[[], bool]:
    return lambda: words in words_of(page)


@pytest.mark.slow
def test_m3_a_model_of_ollama_is_listed_and_used(
    page: EmbeddingModels, qtbot: QtBot, ollama: OllamaServer
) -> None:
    told = words_of(page)
    assert "64 numbers a passage · 274 MB · the model server on this computer" in told
    assert "writer:3b" not in told
    window = page.window()
    assert isinstance(window, MainWindow)
    assert unnamed(window) == []
    _click(page, qtbot, "Use: nomic:v1")
    qtbot.waitUntil(_ready(page, "Turn off…: nomic:v1"))
    assert "In use" in words_of(page)
    came_to_rest(qtbot, window)
    assert clipped(window) == []
    assert any("Bees sleep" in str(body) for body in ollama.asked_of("/api/embed"))


@pytest.mark.slow
def test_m3_an_ollama_that_goes_away_is_said_at_its_model(
    page: EmbeddingModels, qtbot: QtBot, ollama: OllamaServer
) -> None:
    _click(page, qtbot, "Use: nomic:v1")
    qtbot.waitUntil(_ready(page, "Turn off…: nomic:v1"))
    ollama.kill()
    server.forget()
    window = page.window()
    assert isinstance(window, MainWindow)
    assert window.shelf.library is not None
    window.shelf.library.sources.related("Where do bees sleep?")
    page.refresh()
    qtbot.waitUntil(_says(page, "No model server answers"))
    assert "Cannot be used" in words_of(page)
    assert "search uses words only" in words_of(page)
    # It can still be turned off.
    qtbot.waitUntil(_ready(page, "Turn off…: nomic:v1"))


@pytest.mark.slow
def test_m3_an_ollama_that_dies_while_it_reads_is_said_and_gone_on_with(
    page: EmbeddingModels, qtbot: QtBot, ollama: OllamaServer
) -> None:
    ollama.models["nomic:v1"].behaviour = "dying"
    _click(page, qtbot, "Use: nomic:v1")
    qtbot.waitUntil(_says(page, "broke off"))
    ollama.models["nomic:v1"].behaviour = "good"
    _click(page, qtbot, "Use: nomic:v1")
    qtbot.waitUntil(_ready(page, "Turn off…: nomic:v1"))


@pytest.mark.slow
def test_a_model_on_another_machine_says_that_texts_are_sent_there(
    page: EmbeddingModels, qtbot: QtBot, ollama: OllamaServer
) -> None:
    # Whatever the address, the machine's name is shown before anything of the library goes there.
    choices.change({"beyond": True, "vectors": True})
    page.refresh()
    qtbot.waitUntil(_says(page, "the library's texts are sent there"))
    assert ollama.asked_of("/api/embed") == []
    window = page.window()
    assert isinstance(window, MainWindow)
    window.preferences.show(window.preferences.pages.of(PrivacyPage))
    privacy = window.preferences.pages.of(PrivacyPage)
    qtbot.waitUntil(lambda: "its texts are sent there" in words_of(privacy))
