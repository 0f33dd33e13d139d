"""The page of language models, against a server that speaks Ollama's protocol over a socket."""

import json
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.ollama_server import FakeModel, OllamaServer, ollama_server
from tests.ui.conftest import MakeWindow
from tests.ui.fits import clipped
from tests.ui.looks import unnamed
from tests.ui.settings.model_lists import model_list
from tests.ui.stage import button_of, came_to_rest, words_of
from workbench import paths
from workbench.errors import InputError
from workbench.models import choices, machine
from workbench.models.machine import GraphicsCard
from workbench.settings import Settings
from workbench.ui import theme
from workbench.ui.settings.appearance import AppearancePage
from workbench.ui.settings.language import LanguageModels
from workbench.ui.settings.library import PrivacyPage
from workbench.ui.window.main import MainWindow

GIGABYTE = 10**9


@pytest.fixture
def ollama(monkeypatch: pytest.MonkeyPatch) -> Iterator[OllamaServer]:
    monkeypatch.setattr(machine, "memory", lambda: 16 * GIGABYTE)
    monkeypatch.setattr(machine, "graphics", tuple)
    with ollama_server(
        FakeModel("small", says="Memory fades fast, then slowly.", size=2 * GIGABYTE),
        FakeModel("middle", size=9 * GIGABYTE, capabilities=("completion", "thinking", "tools")),
        FakeModel("huge", size=60 * GIGABYTE),
        FakeModel("vectors", family="bert", capabilities=("embedding",), dimension=384),
    ) as server:
        choices.change({"address": server.address})
        yield server


@pytest.fixture
def window(make_window: MakeWindow, qtbot: QtBot, ollama: OllamaServer) -> MainWindow:
    made = make_window()
    qtbot.waitUntil(lambda: made.shelf.library is not None)
    return made


def _opened(window: MainWindow, qtbot: QtBot) -> LanguageModels:
    page = model_list(window, LanguageModels)
    window.preferences.show_models("language")
    qtbot.waitUntil(lambda: "Asking" not in words_of(page))
    qtbot.waitUntil(_says(page, "Address"))
    return page


def _listed(window: MainWindow, qtbot: QtBot) -> LanguageModels:
    page = _opened(window, qtbot)
    qtbot.waitUntil(_says(page, "small"))
    qtbot.waitUntil(page.fetch.isVisible)
    return page


def _says(page: LanguageModels, words: str) -> Callable[[], bool]:
    return lambda: words in words_of(page)


def _pick(page: LanguageModels, purpose: str, name: str) -> None:
    box = page.choices[purpose]
    box.setCurrentIndex(box.findData(name))
    box.activated.emit(box.currentIndex())


@pytest.mark.slow
def test_m2_models_are_listed_with_size_fit_and_what_they_can(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = _listed(window, qtbot)
    told = words_of(page)
    assert "Ollama 0.12.3 is running" in told
    assert "on this computer" in told
    assert "2 GB" in told
    assert "writes, thinks, uses tools" in told
    assert "makes vectors" in told
    assert told.count("Fits in memory") == 3
    assert "Too large here" in told
    assert "Needs about 72 GB" in told
    names = {each.accessibleName() for each in page.findChildren(QPushButton)}
    assert "Test: small" in names
    assert "Test: vectors" not in names
    assert unnamed(window) == []
    came_to_rest(qtbot, window)
    assert clipped(window) == []


@pytest.mark.slow
def test_nothing_is_contacted_before_the_page_is_opened(
    window: MainWindow, qtbot: QtBot, ollama: OllamaServer
) -> None:
    window.preferences.show(window.preferences.pages.of(AppearancePage))
    window.preferences.show(window.preferences.pages.of(PrivacyPage))
    qtbot.waitUntil(lambda: window.jobs.busy == 0)
    assert ollama.asked == []


@pytest.mark.slow
def test_models_are_chosen_for_answers_and_for_links_and_taken_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = _listed(window, qtbot)
    box = page.choices["dialogue"]
    assert [box.itemData(at) for at in range(box.count())] == ["", "huge", "middle", "small"]
    box.setFocus()
    _pick(page, "dialogue", "small")
    qtbot.waitUntil(lambda: choices.load().dialogue == "small")
    qtbot.waitUntil(lambda: page.choices.get("dialogue") not in (None, box))
    assert page.choices["dialogue"].currentData() == "small"
    assert window.focusWidget() is page.choices["dialogue"]
    _pick(page, "extraction", "middle")
    qtbot.waitUntil(lambda: choices.load().extraction == "middle")
    qtbot.waitUntil(lambda: page.choices["extraction"].currentData() == "middle")
    _pick(page, "dialogue", "")
    qtbot.waitUntil(lambda: choices.load().dialogue == "")


@pytest.mark.slow
def test_only_a_model_that_was_shown_to_help_is_offered_for_choosing_passages(
    window: MainWindow, qtbot: QtBot, ollama: OllamaServer
) -> None:
    figures = {"silent": 0, "quotes": 8, "ranked": 7, "invented": 0, "triples": 3, "rate": 9.0}
    common = {**figures, "address": ollama.address, "first": 2.0, "size": 0, "sentence": "Tested."}
    rows = [
        {"model": "small", "right": 4, "wrong": 6, "chosen": 7, **common},
        {"model": "middle", "right": 9, "wrong": 1, "chosen": 9, **common},
        {"model": "huge", "right": 9, "wrong": 1, "chosen": 9, **common, "address": "elsewhere"},
    ]
    (paths.config_dir() / "models-tested.json").write_text(json.dumps(rows), encoding="utf-8")
    page = _listed(window, qtbot)
    reading, writing = page.choices["reading"], page.choices["dialogue"]
    assert [reading.itemData(at) for at in range(reading.count())] == ["", "middle"]
    assert writing.currentData() == ""
    assert {writing.itemText(at) for at in range(1, writing.count())} == {
        "huge", "middle", "small (quotes alone are better)",
    }  # fmt: skip
    # One that a person chose by the command stays.
    choices.change({"reading": "small"})
    page.refresh()
    qtbot.waitUntil(lambda: page.choices["reading"].currentData() == "small")


@pytest.mark.slow
def test_a_model_that_is_gone_is_said_where_it_is_chosen(
    window: MainWindow, qtbot: QtBot, ollama: OllamaServer
) -> None:
    choices.change({"dialogue": "lost:1b"})
    page = _listed(window, qtbot)
    assert page.choices["dialogue"].currentText() == "lost:1b (missing)"
    assert "no model “lost:1b”" in words_of(page)
    # One goes between looking and choosing.
    del ollama.models["middle"]
    _pick(page, "extraction", "middle")
    qtbot.waitUntil(_says(page, "no model “middle”"))
    assert page.choices["extraction"].currentData() == ""
    assert choices.load().extraction == ""


@pytest.mark.slow
def test_m1_a_model_is_tested_with_a_sample_reply(
    window: MainWindow, qtbot: QtBot, ollama: OllamaServer
) -> None:
    page = _listed(window, qtbot)
    button_of(page, "Test: small").click()
    qtbot.waitUntil(_says(page, "Memory fades fast"))
    told = words_of(page)
    for part in (ollama.address, "Ollama 0.12.3", "8\u202f192 tokens", "first word"):
        assert part in told, part
    assert len(ollama.asked_of("/api/chat")) == 1
    button_of(page, "Copy details").click()
    assert "Memory fades fast" in QApplication.clipboard().text()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("behaviour", "told"),
    [("out of memory", "too little memory"), ("dying", "broke off"), ("html", "not Ollama")],
)
def test_m1_a_test_that_fails_says_why_and_what_next(
    window: MainWindow, qtbot: QtBot, ollama: OllamaServer, behaviour: str, told: str
) -> None:
    ollama.models["small"].behaviour = behaviour
    page = _listed(window, qtbot)
    button_of(page, "Test: small").click()
    qtbot.waitUntil(_says(page, told))
    assert button_of(page, "Test again").isEnabled()
    # The list of models is still there.
    assert "writes, thinks, uses tools" in words_of(page)


@pytest.mark.slow
def test_m1_a_silent_model_is_stopped(
    window: MainWindow, qtbot: QtBot, ollama: OllamaServer
) -> None:
    ollama.models["small"].behaviour = "silent"
    page = _listed(window, qtbot)
    button_of(page, "Test: small").click()
    qtbot.waitUntil(lambda: bool(ollama.asked_of("/api/chat")))
    button_of(page, "Stop: test").click()
    assert "Testing" not in words_of(page)
    qtbot.waitUntil(lambda: window.jobs.busy == 0)


@pytest.mark.slow
def test_m2_a_model_is_fetched_with_progress_and_listed(
    window: MainWindow, qtbot: QtBot, ollama: OllamaServer
) -> None:
    ollama.pulls["gemma3:1b"] = [800_000_000, 200_000_000]
    page = _listed(window, qtbot)
    window.navigate.show_panel("activity")
    page.name.setText("gemma3:1b")
    page.name.returnPressed.emit()
    qtbot.waitUntil(lambda: "of 800 MB" in words_of(page) or "of 1 GB" in words_of(page))
    assert "Fetching gemma3:1b" in words_of(window.activity.tasks)
    qtbot.waitUntil(lambda: "gemma3:1b was fetched" in words_of(window.activity.tasks))
    qtbot.waitUntil(lambda: page.choices["dialogue"].findData("gemma3:1b") > 0)
    assert page.name.text() == ""


@pytest.mark.slow
def test_m2_fetching_is_stopped_and_a_model_that_is_none_is_said(
    window: MainWindow, qtbot: QtBot, ollama: OllamaServer
) -> None:
    ollama.pulls["long"] = [1000] * 2000
    page = _listed(window, qtbot)
    page.name.setText("long")
    button_of(page, "Fetch").click()
    qtbot.waitUntil(_says(page, "kB of "))
    assert not button_of(page, "Fetch").isEnabled()
    button_of(page, "Stop: long").click()
    qtbot.waitUntil(lambda: window.preferences.works["language"].subject == "")
    qtbot.waitUntil(ollama.hung_up.is_set)
    page.name.setText("nothing-of-the-kind")
    qtbot.waitUntil(lambda: button_of(page, "Fetch").isEnabled())
    button_of(page, "Fetch").click()
    qtbot.waitUntil(_says(page, "no model “nothing-of-the-kind” to fetch"))


@pytest.mark.slow
@pytest.mark.parametrize("used", [False, True])
def test_absent_is_one_sentence_and_a_next_step(
    make_window: MakeWindow, qtbot: QtBot, ollama: OllamaServer, used: bool
) -> None:
    ollama.kill()
    if used:
        choices.change({"dialogue": "small"})
    window = make_window()
    page = _opened(window, qtbot)
    qtbot.waitUntil(_says(page, "No model server answers"))
    assert "ollama.com" in words_of(page)
    assert button_of(page, "Try again").isEnabled()
    assert not page.fetch.isVisible()


@pytest.mark.slow
def test_a_server_that_dies_while_it_is_looked_at_is_said(
    window: MainWindow, qtbot: QtBot, ollama: OllamaServer
) -> None:
    page = _listed(window, qtbot)
    ollama.kill()
    _pick(page, "dialogue", "small")
    qtbot.waitUntil(_says(page, "No model server answers"))
    assert choices.load().dialogue == ""


@pytest.mark.slow
def test_another_machine_is_said_and_agreed_to_before_anything_is_sent(
    window: MainWindow, qtbot: QtBot, ollama: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached: list[tuple[str, bool]] = []

    def reach(address: str, *, beyond: bool = False, key: str = "", check: object = None) -> object:
        reached.append((address, beyond))
        raise InputError("No model server answers there.", "Start it.")

    page = _listed(window, qtbot)
    monkeypatch.setattr("ingest.models.serving.reach", reach)
    page.field.setText("models.example:11434")
    page.field.returnPressed.emit()
    told = words_of(page)
    assert "“models.example” is another computer" in told
    assert "Nothing has been sent yet" in told
    assert reached == []
    assert not choices.load().beyond
    assert window.focusWidget() is button_of(page, "Use this computer")
    button_of(page, "Send texts there").click()
    qtbot.waitUntil(lambda: reached == [("models.example:11434", True)])
    assert choices.load().beyond
    window.preferences.show(window.preferences.pages.of(PrivacyPage))
    privacy = window.preferences.pages.of(PrivacyPage)
    qtbot.waitUntil(lambda: "sent to models.example:11434" in words_of(privacy))
    # It is taken back as easily.
    window.preferences.show_models("language")
    page.field.setText("")
    page.field.returnPressed.emit()
    qtbot.waitUntil(lambda: not choices.load().beyond)


@pytest.mark.slow
def test_what_is_no_address_is_said(window: MainWindow, qtbot: QtBot, ollama: OllamaServer) -> None:
    page = _listed(window, qtbot)
    page.field.setText("http://user@host:x/path")
    page.field.returnPressed.emit()
    qtbot.waitUntil(_says(page, "is not a server address"))
    assert choices.load().address == ollama.address


@pytest.mark.slow
@pytest.mark.parametrize("card", [True, False])
def test_m4_the_card_is_named_and_without_one_the_processor_does_it(
    make_window: MakeWindow,
    qtbot: QtBot,
    ollama: OllamaServer,
    monkeypatch: pytest.MonkeyPatch,
    card: bool,
) -> None:
    found = (GraphicsCard("NVIDIA H200", 143771 << 20),) if card else ()
    monkeypatch.setattr(machine, "graphics", lambda: found)
    page = _listed(make_window(), qtbot)
    told = words_of(page)
    if card:
        assert "NVIDIA H200 (151 GB)" in told
        assert "Fits on the graphics card" in told
        assert "Too large" not in told
    else:
        assert "found; the processor is used" in told


@pytest.mark.slow
def test_k3_the_page_is_whole_at_200_percent(
    make_window: MakeWindow, qtbot: QtBot, ollama: OllamaServer
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.zoom_first(2.0)
    theme.apply(app, "dark")
    window = make_window(settings=Settings(zoom=2.0), size=(1024, 700))
    page = _listed(window, qtbot)
    button_of(page, "Test: small").click()
    qtbot.waitUntil(_says(page, "Memory fades fast"))
    came_to_rest(qtbot, window)
    assert clipped(window) == []
    assert unnamed(window) == []
