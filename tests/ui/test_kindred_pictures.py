"""See also of a picture: pictures like it, small, and the Reader at the one that is opened."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from ingest.models import clip
from tests.benchmarks.pictures import seen_by_chance
from tests.figures_made import with_figures
from tests.ui.conftest import MakeWindow
from tests.ui.stage import words_of
from workbench.library import Library
from workbench.space.pictures.process import ModelProcess
from workbench.ui.ask.result import PictureSearch
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import ASK


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = Library.open(tmp_path / "x.brain")
    for name, colour in (("dusk", "teal"), ("field", "olive")):
        Image.new("RGB", (60, 40), colour).save(tmp_path / f"{name}.png")
    paper = with_figures(tmp_path / "paper.pdf", [[], [tmp_path / "field.png"]])
    made.add([tmp_path / "dusk.png", tmp_path / "field.png", paper])
    return made


def _chosen(window: MainWindow, title: str) -> None:
    window.navigate.show_panel("inspector")
    row = next(each for each in window.shelf.sources if each.title == title)
    window.library_tab.select((row.id,))


def _also(window: MainWindow, words: str) -> Callable[[], bool]:
    return lambda: window.inspector.also is not None and words in words_of(window.inspector.also)


@pytest.mark.slow
def test_i10_a_picture_shows_pictures_and_figures_like_it_and_opens_them(
    make_window: MakeWindow, library: Library, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(opens=lambda _path: library)
    qtbot.waitUntil(lambda: window.library_tab.model.rowCount() == 3)
    # Without a model, what would find more is said.
    _chosen(window, "Dusk")
    qtbot.waitUntil(_also(window, "With an image model, similar-looking pictures"))
    seen_by_chance(library)
    _chosen(window, "Field")
    qtbot.waitUntil(_also(window, "Pictures like it"))
    _chosen(window, "Dusk")
    qtbot.waitUntil(_also(window, "Paper"))
    also = window.inspector.also
    assert also is not None
    small = {
        each.accessibleName(): each.pixmap()
        for each in also.findChildren(QLabel)
        if each.accessibleName().startswith("Picture: ")
    }
    assert set(small) == {"Picture: Field", "Picture: Paper, page 2"}
    assert all(not each.isNull() for each in small.values())
    (opener,) = [
        each for each in also.findChildren(QPushButton) if "page 2" in each.accessibleName()
    ]
    opener.click()
    paper = next(each.id for each in window.shelf.sources if each.kind == "pdf")
    qtbot.waitUntil(lambda: window.reader_tab.source_id == paper)
    # A question is looked up in pictures when one wants that; what is wrong is said in place.
    window.navigate.show_tab(ASK)
    tab = window.ask_tab
    qtbot.waitUntil(lambda: bool(tab.contents.now and tab.contents.now.pictures))
    window.ask_tab.ask("What grows in the field?")
    qtbot.waitUntil(lambda: window.ask_tab.findChild(PictureSearch) is not None)
    pictures = window.ask_tab.findChild(PictureSearch)
    assert isinstance(pictures, PictureSearch)
    monkeypatch.setattr(clip, "ready", lambda: False)
    pictures.press.click()
    qtbot.waitUntil(lambda: "uv sync --extra vision" in words_of(pictures))
    chance = np.ones((1, 512), np.float32) / 512**0.5
    monkeypatch.setattr(ModelProcess, "texts", lambda *_: chance)
    pictures.press.click()
    qtbot.waitUntil(lambda: "Pictures that match the question" in words_of(pictures))
    assert {kin.hit.title for kin in pictures.found or ()} == {"Dusk", "Field", "Paper"}
