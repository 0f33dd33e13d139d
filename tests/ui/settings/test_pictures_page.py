"""The page of the image model: without the extra, without a model, with one, and letting it go."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ingest.models import clip, clip_models
from ingest.web import download
from tests.benchmarks import made_clip
from tests.benchmarks.pictures import seen_by_chance
from tests.ui.conftest import MakeWindow
from tests.ui.fits import clipped
from tests.ui.looks import unnamed
from tests.ui.settings.model_lists import model_list
from tests.ui.stage import came_to_rest, words_of
from tests.web_server import Page, web_server
from workbench.library import Library
from workbench.ui.settings.library_models import ImageModels
from workbench.ui.window.main import MainWindow


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = Library.open(tmp_path / "x.brain")
    made.add_text("The ferry leaves at nine.")
    return made


@pytest.fixture
def window(make_window: MakeWindow, library: Library, qtbot: QtBot) -> MainWindow:
    made = make_window(opens=lambda _path: library)
    qtbot.waitUntil(lambda: made.shelf.library is not None)
    return made


def _opened(window: MainWindow, qtbot: QtBot, words: str) -> ImageModels:
    page = model_list(window, ImageModels)
    window.preferences.show_models("pictures")
    qtbot.waitUntil(_says(page, words))
    return page


def _says(page: ImageModels, words: str) -> Callable[[], bool]:
    return lambda: words in words_of(page)


def _press(page: ImageModels, name: str, qtbot: QtBot) -> None:
    def found() -> list[QPushButton]:
        return [
            each
            for each in page.findChildren(QPushButton)
            if name in (each.accessibleName(), each.text()) and each.isVisible()
        ]

    qtbot.waitUntil(lambda: len(found()) == 1)
    found()[0].click()


@pytest.mark.slow
def test_i10_without_the_extra_the_page_says_how_to_add_it(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clip, "ready", lambda: False)
    page = _opened(window, qtbot, "Image models cannot be run here yet.")
    assert "Add the extra `vision` with: uv sync --extra vision. Then start again." in words_of(
        page
    )
    assert unnamed(window) == []
    came_to_rest(qtbot, window)
    assert clipped(window) == []


@pytest.mark.slow
def test_i10_a_folder_without_a_model_is_one_sentence(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(clip, "ready", lambda: True)
    page = _opened(window, qtbot, "No image model is in use.")
    assert "ViT-B-32" in words_of(page)
    (tmp_path / "Empty").mkdir()
    page.use_folder(str(tmp_path / "Empty"))
    qtbot.waitUntil(_says(page, "“Empty” contains no image model"))
    assert window.preferences.works["pictures"].subject == ""


@pytest.mark.slow
def test_an_image_model_is_downloaded_with_its_size_on_the_button(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clip, "ready", lambda: True)
    model = clip_models.MODELS[0]
    config = json.dumps({"model_cfg": {"embed_dim": model.dimension}}).encode()
    with web_server() as server:
        local = partial(download.Downloader, host=server.url("/{repository}/{file}"), private=True)
        monkeypatch.setattr(download, "Downloader", local)
        server.pages[f"/{model.repository}/{clip.CONFIG}"] = Page(config)
        server.pages[f"/{model.repository}/open_clip_model.safetensors"] = Page(b"weights")
        page = _opened(window, qtbot, "No image model is in use.")
        assert server.asked == []
        came_to_rest(qtbot, window)
        assert (clipped(window), unnamed(window)) == ([], [])
        _press(page, "Download (605 MB): ViT-B-32", qtbot)
        qtbot.waitUntil(_says(page, "Ready"))
    assert len(server.asked) == 2
    assert "Download (1.7 GB): ViT-L-14" in {
        each.accessibleName() for each in page.findChildren(QPushButton)
    }


@pytest.mark.slow
def test_i10_the_model_in_use_is_shown_with_what_it_has_seen_and_let_go_after_a_question(
    window: MainWindow, library: Library, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:  # fmt: skip
    Image.new("RGB", (60, 40), "teal").save(tmp_path / "a.png")
    library.add(tmp_path / "a.png")
    monkeypatch.setattr(clip, "ready", lambda: True)
    seen_by_chance(library, tmp_path / "Chance")
    page = _opened(window, qtbot, "1 picture seen, 1 of 1 source looked through")
    assert "Not working" in words_of(page)
    assert "“Chance” is not where it was. Choose its folder again." in words_of(page)
    # Put back, it is in use again.
    made_clip.write_config(tmp_path / "Chance")
    page.refresh()
    qtbot.waitUntil(_says(page, "In use"))
    came_to_rest(qtbot, window)
    assert clipped(window) == []
    _press(page, "Turn off…: Chance", qtbot)
    qtbot.waitUntil(_says(page, "Forget what 1 picture shows?"))
    assert unnamed(window) == []
    _press(page, "Keep", qtbot)
    qtbot.waitUntil(lambda: not _says(page, "Forget what")())
    assert library.models.readings("pictures")
    _press(page, "Turn off…: Chance", qtbot)
    _press(page, "Turn off", qtbot)
    qtbot.waitUntil(_says(page, "No image model is in use."))
    assert not library.models.readings("pictures")
