"""The brain in three dimensions: drawn where there is OpenGL, the plan with a word where not."""

import os

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QMatrix4x4
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.looks import unnamed
from workbench.ui.brain import scene as scenes
from workbench.ui.brain import space as spaces
from workbench.ui.brain.solid import solid
from workbench.ui.window.main import MainWindow


def _shown(make_window: MakeWindow, qtbot: QtBot) -> MainWindow:
    window = make_window()
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    # In an empty library there is nothing to look at.
    assert window.shelf.library is not None
    window.shelf.library.facts.tell("The tide turns at noon.")
    qtbot.waitUntil(lambda: bool(window.shelf.told))
    window.actions_by_name["tab_brain"].trigger()
    qtbot.waitUntil(lambda: window.navigate.lab.status is not None)
    window.navigate.lab.views.button(2).click()
    return window


@pytest.mark.slow
def test_without_opengl_the_plan_is_shown_and_says_why(
    make_window: MakeWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scenes, "scene", lambda _places: None)
    tab = _shown(make_window, qtbot).navigate.lab
    qtbot.waitUntil(lambda: not tab.views.button(2).isEnabled())
    assert tab.pictures.currentWidget() is tab.zoom
    assert "3-D is not available" in tab.plan.toolTip()
    assert tab.views.button(0).isChecked()
    assert not unnamed(tab)


class _Heavy:
    """A scene of which every picture takes longer than a window may be held up."""

    def __init__(self) -> None:
        self.sizes: list[QSize] = []
        self.closed = False

    def light(self, levels: object) -> None:
        pass

    def draw(self, size: QSize, *_rest: object) -> QImage:
        self.sizes.append(size)
        return QImage(size, QImage.Format.Format_RGB32)

    def close(self) -> None:
        self.closed = True


@pytest.mark.slow
def test_where_a_small_picture_takes_long_no_large_one_is_drawn_and_the_plan_says_why(
    make_window: MakeWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    heavy = _Heavy()
    monkeypatch.setattr(scenes, "scene", lambda _places: heavy)
    monkeypatch.setattr(spaces, "_STALL", -1.0)
    tab = _shown(make_window, qtbot).navigate.lab
    qtbot.waitUntil(lambda: not tab.views.button(2).isEnabled())
    assert heavy.closed
    assert max(each.width() for each in heavy.sizes) < 100
    assert tab.pictures.currentWidget() is tab.zoom
    assert "needs a graphics card" in tab.plan.toolTip()
    assert not tab.space.drawn


def test_the_solid_brain_has_two_like_sides_and_ten_regions() -> None:
    made = solid()
    half = len(made.places) // 2
    assert (made.places[:half, :2] == made.places[half:, :2]).all()
    assert (made.places[:half, 2] == -made.places[half:, 2]).all()
    assert set(made.regions.tolist()) == set(range(10))
    raster = np.zeros((10, 64), np.uint8)
    assert not made.levels(None).any()
    raster[4] = 24
    lit = made.levels(raster) > 0
    assert lit.any()
    assert set(made.regions[lit].tolist()) == {4}


@pytest.mark.gl
@pytest.mark.skipif(not os.environ.get("DISPLAY"), reason="needs a display")
def test_what_fires_is_drawn_in_its_ink(qapp: QApplication) -> None:
    made = solid()
    scene = scenes.scene(made.places)
    assert scene is not None
    paper, quiet, glow = QColor("#FDFCFA"), QColor("#8A8478"), QColor("#25588A")
    seen = QMatrix4x4()
    seen.perspective(26, 1.0, 0.1, 10)
    seen.translate(0, 0, -2.35)

    def blue() -> int:
        image = scene.draw(QSize(300, 300), QMatrix4x4(), seen, (paper, quiet, glow, glow), False)
        spots = [image.pixelColor(x, y) for x in range(0, 300, 3) for y in range(0, 300, 3)]
        return sum(1 for each in spots if each.blue() > each.red() + 40)

    assert blue() == 0
    raster = np.zeros((10, 64), np.uint8)
    raster[2] = 24
    scene.light(made.levels(raster))
    assert blue() > 50
    scene.close()


@pytest.mark.gl
@pytest.mark.skipif(not os.environ.get("DISPLAY"), reason="needs a display")
def test_it_is_turned_by_keys_and_keeps_nothing_while_nobody_looks(
    make_window: MakeWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whatever draws here, and however busy it is.
    monkeypatch.setattr(spaces, "_STALL", 600.0)
    tab = _shown(make_window, qtbot).navigate.lab
    space = tab.space
    qtbot.waitUntil(lambda: space.drawn)
    before = space._yaw
    QTest.keyClick(space, Qt.Key.Key_Right)
    assert space._yaw != before
    qtbot.waitUntil(lambda: space.drawn)
    tab.views.button(0).click()
    assert space._scene is None
    tab.views.button(2).click()
    qtbot.waitUntil(lambda: space._scene is not None)
