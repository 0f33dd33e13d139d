"""The brain in three dimensions: two like sides, lit by what fires, turned by hand and by keys."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.looks import unnamed
from workbench.ui.brain.cloud import cloud


def test_what_fires_lights_dots_of_its_region_alone() -> None:
    dots = cloud()
    assert set(dots.regions.tolist()) == set(range(10))
    assert (dots.depths >= 0).all()
    raster = np.zeros((10, 64), np.uint8)
    assert not dots.active(None).any()
    assert not dots.active(raster).any()
    raster[4] = 24
    assert set(dots.regions[dots.active(raster)].tolist()) == {4}


def test_both_sides_are_drawn_alike_and_a_fire_among_them(qtbot: QtBot) -> None:
    from workbench.ui.brain.plan import BrainSpace
    from workbench.ui.jobs import Jobs

    jobs = Jobs(workers=1)
    space = BrainSpace(jobs)
    qtbot.addWidget(space)
    space.turn(24.0, -12.0)  # exactly from the side, where both lie over one another
    raster = np.zeros((10, 64), np.uint8)
    raster[2] = 24
    drawn = space.dots(cloud(), raster)
    (far, _), (near, _) = drawn.layers
    assert len(far) == len(near) == len(cloud().places)
    assert len(drawn.lit) == 2 * cloud().active(raster).sum()
    jobs.close()


@pytest.mark.slow
def test_it_is_turned_by_hand_and_keys(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window()
    qtbot.waitUntil(lambda: window.shelf.library is not None)
    # In an empty library there is nothing to look at.
    assert window.shelf.library is not None
    window.shelf.library.facts.tell("The tide turns at noon.")
    qtbot.waitUntil(lambda: bool(window.shelf.fact_counts))
    window.actions_by_name["tab_brain"].trigger()
    tab = window.navigate.lab
    qtbot.waitUntil(lambda: tab.status is not None)
    tab.views.button(2).click()
    space = tab.space
    assert tab.pictures.currentWidget() is space
    qtbot.waitUntil(lambda: space.composed)
    assert not unnamed(tab)
    first = space.view
    QTest.keyClick(space, Qt.Key.Key_Right)
    QTest.keyClick(space, Qt.Key.Key_Up)
    yaw, pitch, _extent = space.view
    assert (yaw, pitch) != first[:2]
    left, at = Qt.MouseButton.LeftButton, QPoint(20, 20)
    QTest.mousePress(space, left, pos=at)
    QTest.mouseMove(space, at + QPoint(60, 0))
    QTest.mouseRelease(space, left, pos=at + QPoint(60, 0))
    assert space.view[0] != yaw
    QTest.keyClick(space, Qt.Key.Key_Plus)
    assert space.view[2] < first[2]
    QTest.keyClick(space, Qt.Key.Key_Home)
    assert space.view == first
    # A click on a name chooses its region, as in the plan.
    region, box = next(iter(space.plates().items()))
    with qtbot.waitSignal(space.chosen) as chosen:
        QTest.mouseClick(space, left, pos=box.center().toPoint())
    assert chosen.args == [region]
