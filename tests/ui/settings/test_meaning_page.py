"""The page of embedding models, with real models and a real library: used, tested, swapped, off."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.patience import seconds
from tests.space.embeddings import tiny_model
from tests.ui.conftest import MakeWindow
from tests.ui.fits import clipped
from tests.ui.looks import unnamed
from tests.ui.settings.model_lists import model_list
from tests.ui.stage import button_of, came_to_rest, library_of, words_of
from workbench.jobs import Cancel, Progress, Report
from workbench.ui.settings.library_models import EmbeddingModels
from workbench.ui.window.main import MainWindow

SALT = "Salt is mined in deep old mountains. Bees sleep in mountains. Salt is old."


@pytest.fixture
def models(tmp_path: Path) -> list[Path]:
    found = [tmp_path / "first", tmp_path / "second"]
    for seed, each in enumerate(found, 1):
        tiny_model.write(each, seed=seed)
    return found


@pytest.fixture
def window(make_window: MakeWindow, qtbot: QtBot, models: list[Path]) -> MainWindow:
    made = make_window()
    qtbot.waitUntil(lambda: made.shelf.library is not None)
    library_of(made).add_text(SALT, title="Salt")
    page = model_list(made, EmbeddingModels)
    for each in models:
        page.add_folder(str(each))
    made.preferences.show_models("embedding")
    qtbot.waitUntil(_ready(page, "Use: first"))
    qtbot.waitUntil(_ready(page, "Use: second"))
    return made


def _state(page: EmbeddingModels, name: str) -> str:
    return next(each.state for each in page.models if each.name == name)


def _ready(page: EmbeddingModels, word: str) -> Callable[[], bool]:
    return lambda: any(
        each.accessibleName() == word and each.isVisible() and each.isEnabled()
        for each in page.findChildren(QPushButton)
    )


@pytest.mark.slow
def test_m2_models_are_listed_with_size_dimension_and_state(
    window: MainWindow, models: list[Path]
) -> None:
    page = model_list(window, EmbeddingModels)
    told = words_of(page)
    assert "32 numbers a passage" in told
    assert "kB" in told
    assert "Ready" in told
    assert str(models[0]) in told or "~" in told
    assert unnamed(window) == []


@pytest.mark.slow
def test_m3_another_model_reads_beside_and_takes_the_place_of_the_one_before(
    window: MainWindow, qtbot: QtBot, models: list[Path]
) -> None:
    page, library = model_list(window, EmbeddingModels), library_of(window)
    button_of(page, "Use: first").setFocus()
    button_of(page, "Use: first").click()
    qtbot.waitUntil(lambda: _state(page, "first") == "In use")
    # Whoever uses the keyboard stays at the model.
    qtbot.waitUntil(
        lambda: (window.focusWidget() or page).accessibleName() == "Turn off…: first",
    )
    assert library.models.readings("embedding")[0].path == str(models[0])
    tasks = window.activity.tasks
    qtbot.waitUntil(lambda: "first has read the library" in words_of(tasks))
    qtbot.waitUntil(_ready(page, "Use: second"))
    button_of(page, "Use: second").click()
    qtbot.waitUntil(lambda: _state(page, "second") == "In use")
    assert [each.path for each in library.models.readings("embedding")] == [str(models[1])]
    qtbot.waitUntil(lambda: _state(page, "first") == "Ready")


@pytest.mark.slow
def test_m3_reading_is_told_stopped_and_gone_on_with(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, library = model_list(window, EmbeddingModels), library_of(window)
    window.navigate.show_panel("activity")
    begun, use = threading.Event(), library.models.use

    def slow(model: str, *, report: Report, cancel: Cancel) -> object:
        # The real thing is over too soon to be stopped: it begins, then waits for the stop.
        def told(progress: Progress) -> None:
            report(progress)
            begun.set()
            cancel.wait(seconds(20))
            cancel.check()

        return use(model, report=told, cancel=cancel)

    monkeypatch.setattr(library.models, "use", slow)
    button_of(page, "Use: first").click()
    qtbot.waitUntil(begun.is_set)
    qtbot.waitUntil(lambda: "0 of 3 statements" in words_of(page))
    assert "first reads the library" in words_of(window.activity.tasks)
    assert not button_of(page, "Use: second").isEnabled()
    came_to_rest(qtbot, window)
    # The row of the task is laid out when it next says how far it is.
    qtbot.waitUntil(lambda: clipped(window) == [])
    # It goes on when one leaves.
    window.navigate.leave_settings()
    window.preferences.show_models("embedding")
    button_of(page, "Stop: first").click()
    qtbot.waitUntil(lambda: window.preferences.works["embedding"].subject == "")
    qtbot.waitUntil(lambda: _state(page, "first").startswith("Begun: 0 of 3"))
    monkeypatch.setattr(library.models, "use", use)
    qtbot.waitUntil(_ready(page, "Go on: first"))
    button_of(page, "Go on: first").click()
    qtbot.waitUntil(lambda: _state(page, "first") == "In use")


@pytest.mark.slow
def test_turning_off_is_asked_about_in_place_and_removes_the_vectors(
    window: MainWindow, qtbot: QtBot
) -> None:
    page, library = model_list(window, EmbeddingModels), library_of(window)
    button_of(page, "Use: first").click()
    qtbot.waitUntil(_ready(page, "Turn off…: first"))
    button_of(page, "Turn off…: first").click()
    qtbot.waitUntil(_ready(page, "Keep"))
    assert window.focusWidget() is button_of(page, "Keep")
    button_of(page, "Keep").click()
    assert library.models.readings("embedding")
    qtbot.waitUntil(_ready(page, "Turn off…: first"))
    button_of(page, "Turn off…: first").click()
    qtbot.waitUntil(_ready(page, "Turn off"))
    button_of(page, "Turn off").click()
    qtbot.waitUntil(lambda: not library.models.readings("embedding"))
    qtbot.waitUntil(lambda: _state(page, "first") == "Ready")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["damaged", "empty"])
def test_m2_a_folder_that_holds_no_sound_model_is_said_in_one_sentence(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, kind: str
) -> None:
    page, folder = model_list(window, EmbeddingModels), tmp_path / "broken"
    folder.mkdir()
    if kind == "damaged":
        tiny_model.write(folder)
        (folder / "config.json").write_text("{")
    page.add_folder(str(folder))
    why = "damaged" if kind == "damaged" else "config.json is missing"
    qtbot.waitUntil(lambda: why in words_of(page))
    assert _state(page, "broken") == "Cannot be used"
    assert not any("broken" in each.accessibleName() for each in page.findChildren(QPushButton))


@pytest.mark.slow
def test_m3_a_model_that_fails_leaves_the_one_before_in_use(
    window: MainWindow, qtbot: QtBot, models: list[Path]
) -> None:
    page, library = model_list(window, EmbeddingModels), library_of(window)
    button_of(page, "Use: first").click()
    qtbot.waitUntil(_ready(page, "Use: second"))
    weights = models[1] / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:200])
    button_of(page, "Use: second").click()
    qtbot.waitUntil(lambda: "damaged" in words_of(page))
    assert library.models.readings("embedding")[0].path == str(models[0])
    assert library.models.readings("embedding")[0].active
    assert "damaged" in words_of(window.activity.tasks)
