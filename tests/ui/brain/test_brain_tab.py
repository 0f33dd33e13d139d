"""The Brain tab in the window, over a real library and the real simulation."""

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.looks import unnamed
from tests.ui.stage import library_of, words_of
from workbench.brain.engine.regions import NAMES
from workbench.ui import theme
from workbench.ui.window.main import MainWindow
from workbench.ui.window.tabs import ASSOCIATIONS, BRAIN

_MILL = (
    "Marta Olsen founded the Harbour Mill. The Harbour Mill employed Jonas Brandt. "
    "Jonas Brandt invented the tide wheel. The tide wheel drives the Harbour Mill."
)


@pytest.fixture
def window(make_window: MakeWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    monkeypatch.setattr(theme, "reduced_motion", lambda: False)
    made = make_window()
    qtbot.waitUntil(lambda: made.shelf.loaded and made.shelf.library is not None)
    library = library_of(made)
    library.add_text(_MILL, title="The Mill")
    library.graph.link()
    library.brain.configure(scale=0.02)
    qtbot.waitUntil(lambda: bool(made.shelf.sources))
    made.actions_by_name["tab_brain"].trigger()
    qtbot.waitUntil(lambda: made.navigate.lab.status is not None)
    return made


def _recall(window: MainWindow, qtbot: QtBot, cue: str) -> None:
    tab = window.navigate.lab
    tab.line.setFocus()
    tab.line.clear()
    QTest.keyClicks(tab.line, cue)
    QTest.keyClick(tab.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab.shown is not None and tab.shown.cue != (), timeout=30_000)


@pytest.mark.slow
def test_b2_at_rest_it_says_so_and_how_large_it_is(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.navigate.lab
    assert tab.place.text() == "At rest"
    assert tab.plan.accessibleName() == "Brain at rest"
    assert "synapses" in tab.extent.text()
    assert not tab.playing.isEnabled()
    assert [tab.regions.data(tab.regions.index(at, 2)) for at in range(10)] == ["at rest"] * 10
    assert not unnamed(tab)


@pytest.mark.slow
def test_b1_ten_regions_fire_in_picture_raster_and_table(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.navigate.lab
    _recall(window, qtbot, "Marta Olsen")
    assert tab.shown is not None
    names = [tab.regions.data(tab.regions.index(at, 0)) for at in range(10)]
    assert len(set(names)) == 10
    tab.playing.setChecked(False)
    tab.step_to(29)
    fired = tab.shown.recalled.spikes.sum(axis=0).tolist()
    shown = [tab.regions.data(tab.regions.index(at, 3)) for at in range(10)]
    assert [int("".join(filter(str.isdigit, each))) for each in shown] == fired
    tab.plan.chosen.emit(NAMES.index("prefrontal"))
    assert tab.region_holds.text().startswith("In mind: ")
    assert "Harbour Mill" in tab.region_holds.text()
    tab.plan.chosen.emit(NAMES.index("motor"))
    assert tab.region_holds.text() == "Being answered: Harbour Mill."
    tab.step_to(0)
    assert not tab.region_holds.text()
    assert tab.status is not None
    assert any(each.label in tab.plan.accessibleName() for each in tab.status.regions)
    assert "step 1 of 30" in tab.plan.accessibleName()
    qtbot.waitUntil(lambda: tab.plan.composed)
    lit = [each.name for each in tab.lit.rows]
    assert lit[0] == "Harbour Mill"
    assert "Marta Olsen → Harbour Mill" in str(
        tab.lit.data(tab.lit.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    )
    tab.views.button(1).click()
    assert tab.region_table.isVisible()
    assert not unnamed(tab)


@pytest.mark.slow
def test_b3_a_recall_is_replayed_paused_and_stepped(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.navigate.lab
    tab.speed.setCurrentIndex(2)
    _recall(window, qtbot, "Marta Olsen")
    assert tab.playing.isChecked()
    qtbot.waitUntil(lambda: tab.step >= 3)
    tab.playing.click()
    here = tab.step
    qtbot.wait(200)
    assert tab.step == here
    tab.onward.click()
    assert tab.step == here + 1
    tab.plan.setFocus()
    QTest.keyClick(tab.plan, Qt.Key.Key_Comma)
    assert tab.step == here
    tab.raster.setFocus()
    QTest.keyClick(tab.raster, Qt.Key.Key_Right)
    assert tab.step == here + 1
    tab.slider.setValue(29)
    assert tab.place.text() == "Step 30 of 30"
    # Played from its end it begins anew.
    tab.playing.click()
    assert tab.shown is not None
    assert tab.shown.recalled.spikes[tab.step].any()
    assert not tab.shown.recalled.spikes[: tab.step].any()
    # And at its end it rests where most fires, not in the empty last step.
    tab.step_to(29)
    tab._tick()
    assert tab.step == tab.shown.recalled.spikes.sum(axis=1).argmax()
    before = tab.shown
    _recall(window, qtbot, "Marta Olsen")
    qtbot.waitUntil(lambda: tab.shown is not before, timeout=30_000)
    assert before is not None
    assert tab.shown is not None
    assert (before.recalled.spikes == tab.shown.recalled.spikes).all()


@pytest.mark.slow
def test_b4_nothing_moves_where_that_is_unwanted_or_unseen(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = window.navigate.lab
    _recall(window, qtbot, "Marta Olsen")
    assert tab.playing.isChecked()
    window.actions_by_name["tab_library"].trigger()
    assert not tab.playing.isChecked()
    assert not tab._clock.isActive()
    monkeypatch.setattr(theme, "reduced_motion", lambda: True)
    window.actions_by_name["tab_brain"].trigger()
    before = tab.shown
    _recall(window, qtbot, "Jonas Brandt")
    qtbot.waitUntil(lambda: tab.shown is not before, timeout=30_000)
    assert not tab.playing.isChecked()
    assert tab.shown is not None
    assert tab.step == tab.shown.recalled.spikes.sum(axis=1).argmax()


@pytest.mark.slow
def test_b4_what_is_learned_lights_up_as_it_happens_and_only_then(
    window: MainWindow, qtbot: QtBot
) -> None:
    tab, library = window.navigate.lab, library_of(window)
    qtbot.waitUntil(lambda: tab._known is not None)
    assert not tab.plan.learning
    assert not tab._flash.isActive()
    library.add_text("Edda Lund built a lighthouse. The lighthouse guides the ferry.", title="L")
    library.graph.link()
    qtbot.waitUntil(lambda: tab.plan.learning)
    assert tab.title.text().startswith("Learning: ")
    assert "lighthouse" in tab.title.text()
    qtbot.waitUntil(lambda: not tab.plan.learning)
    assert tab.title.text() == ""
    # Nobody looks: nothing is asked, and nothing lit.
    window.actions_by_name["tab_library"].trigger()
    library.add_text("The ferry crosses the strait.", title="F")
    library.graph.link()
    qtbot.wait(400)
    assert not tab._flash.isActive()
    assert tab._known is None
    window.actions_by_name["tab_brain"].trigger()
    qtbot.waitUntil(lambda: tab._known is not None)
    assert not tab.plan.learning


@pytest.mark.slow
def test_k3_names_of_regions_never_cover_each_other(window: MainWindow, qtbot: QtBot) -> None:
    plan = window.navigate.lab.plan
    qtbot.waitUntil(lambda: window.navigate.lab.status is not None)
    qtbot.waitUntil(lambda: plan.composed)
    for size, named in (((900, 700), 10), ((330, 120), 3)):
        plan.resize(*size)
        plan.choose(7)
        plates = plan.plates()
        assert len(plates) >= named
        assert 7 in plates
        assert not any(one.intersects(other) for one, other in combinations(plates.values(), 2))


@pytest.mark.slow
def test_b5_a_region_says_what_it_is_for(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.navigate.lab
    assert "group of 100 neurons" in words_of(tab)
    tab.plan.setFocus()
    tab.plan.choose(4)
    assert tab.region_name.text() == "Hippocampus"
    assert "who does what" in tab.region_job.text()
    QTest.keyClick(tab.plan, Qt.Key.Key_Right)
    assert tab.region_name.text() == "Prefrontal cortex"


@pytest.mark.slow
def test_one_comes_nearer_to_concepts_and_to_the_neurons_of_one(
    window: MainWindow, qtbot: QtBot
) -> None:
    tab = window.navigate.lab
    zoom, nodes = tab.zoom, tab.zoom.nodes
    tab.plan.setFocus()
    tab.plan.choose(2)
    QTest.keyClick(tab.plan, Qt.Key.Key_Return)
    # At rest no concept is lit, so there is nothing to come near to.
    assert zoom.level == 0
    _recall(window, qtbot, "Marta Olsen")
    tab.playing.setChecked(False)
    tab.step_to(29)
    qtbot.waitUntil(lambda: tab.plan.composed)
    spot = next(
        QPoint(x, y)
        for y in range(0, tab.plan.height(), 8)
        for x in range(0, tab.plan.width(), 8)
        if tab.plan.region_at(QPointF(x, y)) == 2
    )
    QTest.mouseClick(tab.plan, Qt.MouseButton.LeftButton, pos=spot)
    assert zoom.level == 1
    names = {each.name: each for each in nodes.tree.values()}
    assert names["Marta Olsen"].tag == "cue"
    ways = {
        (nodes.tree[each.parent].name, each.name)
        for each in nodes.tree.values()
        if each.parent is not None
    }
    assert ("Marta Olsen", "Harbour Mill") in ways
    assert set(names) >= {each.name for each in tab.lit.rows}
    # The list is the table twin: what is chosen in one is chosen in the other.
    tab.lit_table.setCurrentIndex(tab.lit.index(0, 0))
    assert nodes.concept == names["Harbour Mill"].concept
    assert "Chosen: Harbour Mill" in nodes.accessibleName()
    QTest.mouseClick(
        nodes.viewport(), Qt.MouseButton.LeftButton,
        pos=nodes.place_of(names["Jonas Brandt"].concept).toPoint(),
    )  # fmt: skip
    assert tab.lit.rows[tab.lit_table.currentIndex().row()].name == "Jonas Brandt"
    QTest.keyClick(nodes, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: zoom.level == 2)
    qtbot.waitUntil(lambda: zoom.assembly.assembly is not None)
    assembly = zoom.assembly.assembly
    assert assembly is not None
    assert (assembly.name, len(assembly.neurons)) == ("Jonas Brandt", 100)
    assert not unnamed(tab)
    QTest.keyClick(zoom.assembly.picture, Qt.Key.Key_Escape)
    assert zoom.level == 1
    QTest.keyClick(nodes, Qt.Key.Key_Escape)
    assert zoom.level == 0


@pytest.mark.slow
def test_without_the_brains_part_only_what_statements_lead_to_is_left(
    window: MainWindow, qtbot: QtBot
) -> None:
    tab = window.navigate.lab
    _recall(window, qtbot, "Marta Olsen")
    tab.part.setChecked(False)
    assert {each.tag for each in tab.lit.rows} <= {"explicit"}
    assert all(each.step < 0 for each in tab.lit.rows)
    tab.part.setChecked(True)
    assert any(each.tag == "confirmed" for each in tab.lit.rows)


@pytest.mark.slow
def test_what_lit_up_opens_in_the_associations(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.navigate.lab
    _recall(window, qtbot, "Marta Olsen")
    tab.lit_table.activated.emit(tab.lit.index(0, 0))
    assert window.tabs.currentIndex() == ASSOCIATIONS
    walk = window.associations_tab
    qtbot.waitUntil(lambda: walk.ego is not None and walk.ego.name == "Harbour Mill")


@pytest.mark.slow
def test_what_names_nothing_is_said_in_place(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.navigate.lab
    tab.recall("zzz qqq")
    qtbot.waitUntil(lambda: "names no concept" in words_of(tab))
    assert tab.shown is None


@pytest.mark.slow
def test_b3_the_recall_behind_an_answer_is_watched(window: MainWindow, qtbot: QtBot) -> None:
    window.navigate.focus_question()
    window.ask_tab.composer.field.setText("What did Marta Olsen found?")
    window.ask_tab.composer.ask()
    qtbot.waitUntil(lambda: window.ask_tab.answer is not None)
    window.actions_by_name["watch_recall"].trigger()
    assert window.tabs.currentIndex() == BRAIN
    tab = window.navigate.lab
    qtbot.waitUntil(lambda: tab.shown is not None, timeout=30_000)
    assert tab.shown is not None
    assert "Marta Olsen" in tab.shown.cue


@pytest.mark.slow
def test_a_dream_is_told_with_its_surprise(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.navigate.lab
    assert not tab.dreams.press.isEnabled()
    _recall(window, qtbot, "Marta Olsen")
    qtbot.waitUntil(tab.dreams.press.isEnabled, timeout=30_000)
    tab.dreams.press.click()
    qtbot.waitUntil(lambda: " (" in tab.dreams.told.text(), timeout=60_000)
    assert tab.dreams.told.text().startswith("Marta Olsen → ")
    assert not unnamed(tab)
