"""The page of language models, against a server that speaks Ollama's protocol over a socket."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.ollama_server import FakeModel, OllamaServer, ollama_server
from tests.ui.conftest import MakeWindow
from tests.ui.fake_shelf import FakeShelfLibrary
from tests.ui.fits import clipped
from tests.ui.stage import came_to_rest, label_words, unnamed
from workbench import machine
from workbench.machine import Graphics, Memory
from workbench.settings import Settings
from workbench.ui import theme
from workbench.ui.settings.language import LanguagePage
from workbench.ui.window.main import MainWindow

GIGABYTE = 10**9


@pytest.fixture
def ollama(monkeypatch: pytest.MonkeyPatch) -> Iterator[OllamaServer]:
    monkeypatch.setattr(machine, "memory", lambda: Memory(16 * GIGABYTE, 9 * GIGABYTE))
    monkeypatch.setattr(machine, "graphics", list)
    with ollama_server(
        FakeModel("small", says="Memory fades fast, then slowly.", size=2 * GIGABYTE),
        FakeModel("middle", size=9 * GIGABYTE, capabilities=("completion", "thinking", "tools")),
        FakeModel("huge", size=60 * GIGABYTE),
        FakeModel("vectors", family="bert", capabilities=("embedding",), dimension=384),
    ) as server:
        yield server


@pytest.fixture
def window(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot, ollama: OllamaServer
) -> MainWindow:
    return make_window(fake, settings=Settings(ollama=ollama.address))


def _opened(window: MainWindow, qtbot: QtBot) -> LanguagePage:
    page = window.preferences.language
    window.preferences.show(page)
    qtbot.waitUntil(lambda: "Asking" not in label_words(page), timeout=20_000)
    return page


def _press(page: LanguagePage, word: str) -> QPushButton:
    found = [
        each
        for each in page.findChildren(QPushButton)
        if word in (each.accessibleName(), each.text()) and each.isVisible()
    ]
    assert len(found) == 1, (word, [each.accessibleName() for each in found])
    return found[0]


def test_m2_models_are_listed_with_size_fit_and_what_they_can(
    window: MainWindow, qtbot: QtBot, ollama: OllamaServer
) -> None:
    page = _opened(window, qtbot)
    qtbot.waitUntil(lambda: "small" in label_words(page))
    # What a server has loaded counts as in memory; here it says so of every model.
    told = label_words(page)
    assert "Ollama 0.12.3 answers" in told
    assert "on this computer" in told
    assert "2.0 GB" in told
    assert "writes, thinks, uses tools" in told
    assert "makes vectors" in told
    assert "In memory" in told
    assert "none found, the processor is used" in told
    assert not any(
        each.accessibleName() == "Test: vectors" for each in page.findChildren(QPushButton)
    )
    assert unnamed(window) == []
    came_to_rest(qtbot, window)
    assert clipped(window) == []


def test_nothing_is_contacted_before_the_page_is_opened(
    window: MainWindow, qtbot: QtBot, ollama: OllamaServer
) -> None:
    window.preferences.show(window.preferences.appearance)
    window.preferences.show(window.preferences.privacy)
    qtbot.waitUntil(lambda: window.jobs.busy == 0, timeout=20_000)
    assert ollama.asked == []


def test_m1_a_model_is_tested_with_a_sample_reply(
    window: MainWindow, qtbot: QtBot, ollama: OllamaServer
) -> None:
    page = _opened(window, qtbot)
    qtbot.waitUntil(lambda: "small" in label_words(page))
    _press(page, "Test: small").click()
    qtbot.waitUntil(lambda: "Memory fades fast" in label_words(page), timeout=20_000)
    told = label_words(page)
    for part in (ollama.address, "Ollama 0.12.3", "small, 3.2B", "8\u202f192 tokens", "first word"):
        assert part in told, part
    (asked,) = ollama.asked_of("/api/chat")
    assert "forgetting curve" in asked["messages"][0]["content"]
    _press(page, "Copy details").click()
    assert "Memory fades fast" in QApplication.clipboard().text()


@pytest.mark.parametrize(
    ("behaviour", "told"),
    [("out of memory", "does not hold"), ("dying", "broke off"), ("html", "not Ollama")],
)
def test_m1_a_test_that_fails_says_why_and_what_next(
    window: MainWindow, qtbot: QtBot, ollama: OllamaServer, behaviour: str, told: str
) -> None:
    ollama.models["small"].behaviour = behaviour
    page = _opened(window, qtbot)
    qtbot.waitUntil(lambda: "small" in label_words(page))
    _press(page, "Test: small").click()
    qtbot.waitUntil(lambda: told in label_words(page), timeout=20_000)
    assert _press(page, "Test again").isEnabled()
    assert "small" in label_words(page)


def test_m1_a_silent_model_is_stopped(
    window: MainWindow, qtbot: QtBot, ollama: OllamaServer
) -> None:
    ollama.models["small"].behaviour = "silent"
    page = _opened(window, qtbot)
    qtbot.waitUntil(lambda: "small" in label_words(page))
    _press(page, "Test: small").click()
    qtbot.waitUntil(lambda: bool(ollama.asked_of("/api/chat")), timeout=20_000)
    _press(page, "Stop").click()
    assert "is asked for a sentence" not in label_words(page)
    qtbot.waitUntil(lambda: window.jobs.busy == 0, timeout=20_000)


def test_m2_a_model_is_fetched_with_progress_and_listed(
    window: MainWindow, qtbot: QtBot, ollama: OllamaServer
) -> None:
    ollama.pulls["gemma3:1b"] = [800_000_000, 200_000_000]
    page = _opened(window, qtbot)
    qtbot.waitUntil(page.model_field.isVisible)
    page.model_field.setText("gemma3:1b")
    page.model_field.returnPressed.emit()
    qtbot.waitUntil(lambda: "of 800.0 MB" in label_words(page) or "1.0 GB" in label_words(page))
    assert "Fetching gemma3:1b" in label_words(window.activity.tasks)
    qtbot.waitUntil(lambda: "gemma3:1b was fetched" in label_words(window.activity.tasks))
    qtbot.waitUntil(
        lambda: (
            page.looked is not None and "gemma3:1b" in {each.name for each in page.looked.models}
        ),
        timeout=20_000,
    )
    assert page.model_field.text() == ""


def test_m2_fetching_is_stopped_and_a_model_that_is_none_is_said(
    window: MainWindow, qtbot: QtBot, ollama: OllamaServer
) -> None:
    ollama.pulls["long"] = [1000] * 2000
    page = _opened(window, qtbot)
    qtbot.waitUntil(page.model_field.isVisible)
    page.model_field.setText("long")
    _press(page, "Fetch").click()
    qtbot.waitUntil(lambda: "kB" in label_words(page), timeout=20_000)
    assert not _press(page, "Fetch").isEnabled()
    _press(page, "Stop: fetching long").click()
    qtbot.waitUntil(lambda: window.preferences.fetching.subject == "", timeout=20_000)
    qtbot.waitUntil(ollama.hung_up.is_set, timeout=20_000)
    page.model_field.setText("nothing-of-the-kind")
    qtbot.waitUntil(lambda: _press(page, "Fetch").isEnabled())
    _press(page, "Fetch").click()
    qtbot.waitUntil(lambda: "no model “nothing-of-the-kind” to fetch" in label_words(page))


def test_absent_is_one_sentence_and_a_next_step(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot, ollama: OllamaServer
) -> None:
    address = ollama.address
    ollama.kill()
    window = make_window(fake, settings=Settings(ollama=address))
    page = _opened(window, qtbot)
    qtbot.waitUntil(lambda: "No Ollama answers" in label_words(page), timeout=20_000)
    assert "ollama.com" in label_words(page)
    assert _press(page, "Try again").isEnabled()
    assert not page.model_field.isVisible()


def test_another_machine_is_said_and_agreed_to_before_anything_is_sent(
    make_window: MakeWindow,
    fake: FakeShelfLibrary,
    qtbot: QtBot,
    ollama: OllamaServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reached: list[tuple[str, bool]] = []

    def look(address: str, beyond: bool, cancel: object) -> object:
        from workbench.errors import InputError

        reached.append((address, beyond))
        raise InputError("No Ollama answers there.", "Start it.")

    monkeypatch.setattr("workbench.ui.settings.server.look", look)
    window = make_window(fake)
    page = _opened(window, qtbot)
    reached.clear()
    page.field.setText("models.example:11434")
    page.field.returnPressed.emit()
    told = label_words(page)
    assert "“models.example” is another machine" in told
    assert "Nothing has been sent yet" in told
    assert reached == []
    assert window.focusWidget() is _press(page, "Use this computer")
    _press(page, "Send texts there").click()
    qtbot.waitUntil(lambda: reached == [("models.example:11434", True)], timeout=20_000)
    # It was not reached: nothing is kept.
    qtbot.waitUntil(lambda: window.jobs.busy == 0, timeout=20_000)
    assert not window.settings.ollama_beyond


def test_what_is_no_address_is_said(window: MainWindow, qtbot: QtBot) -> None:
    page = _opened(window, qtbot)
    page.field.setText("http://user@host:x/path")
    page.field.returnPressed.emit()
    qtbot.waitUntil(lambda: "is no address" in label_words(page), timeout=20_000)


def test_the_address_that_answered_is_kept_and_privacy_tells_of_it(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot, ollama: OllamaServer
) -> None:
    window = make_window(fake)
    page = window.preferences.language
    page.field.setText(ollama.address)
    page._connect()
    qtbot.waitUntil(lambda: window.settings.ollama == ollama.address, timeout=20_000)
    assert not window.settings.ollama_beyond
    window.settings = Settings(ollama="models.example:11434", ollama_beyond=True)
    window.preferences.show(window.preferences.privacy)
    qtbot.waitUntil(
        lambda: "sent to models.example:11434" in label_words(window.preferences.privacy),
        timeout=20_000,
    )


def test_m4_the_card_is_named_and_what_fits_is_measured_against_it(
    make_window: MakeWindow,
    fake: FakeShelfLibrary,
    qtbot: QtBot,
    ollama: OllamaServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from ingest.models.records import Model
    from workbench.ui.settings import fitting

    card = Graphics("NVIDIA H200", 143771 << 20)
    monkeypatch.setattr(machine, "graphics", lambda: [card])
    window = make_window(fake, settings=Settings(ollama=ollama.address))
    page = _opened(window, qtbot)
    qtbot.waitUntil(lambda: "NVIDIA H200 (150.8 GB)" in label_words(page), timeout=20_000)
    looked = page.looked
    assert looked is not None
    assert fitting.fit(Model("new", 60 * GIGABYTE), looked)[1] == "ok"
    monkeypatch.setattr(machine, "graphics", list)
    window.preferences.show(page)
    qtbot.waitUntil(lambda: "none found" in label_words(page), timeout=20_000)
    looked = page.looked
    assert looked is not None
    for size, role in ((2, "ok"), (9, "warn"), (60, "danger")):
        assert fitting.fit(Model("new", size * GIGABYTE), looked)[1] == role


def test_k3_the_page_is_whole_at_200_percent(
    make_window: MakeWindow, fake: FakeShelfLibrary, qtbot: QtBot, ollama: OllamaServer
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.zoom_first(2.0)
    theme.apply(app, "dark")
    window = make_window(fake, settings=Settings(zoom=2.0, ollama=ollama.address), size=(1024, 700))
    page = _opened(window, qtbot)
    qtbot.waitUntil(lambda: "small" in label_words(page))
    _press(page, "Test: small").click()
    qtbot.waitUntil(lambda: "Memory fades fast" in label_words(page), timeout=20_000)
    came_to_rest(qtbot, window)
    assert clipped(window) == []
    assert unnamed(window) == []
