"""The brain's part beside an answer: it joins, it moves nothing, and can be switched off."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.fake_library import FakeLibrary, as_library
from workbench.recall.records import Brought
from workbench.ui.ask.brain_link import AssociationPart
from workbench.ui.ask.result import Result
from workbench.ui.ask.tab import AskTab
from workbench.ui.jobs import Jobs
from workbench.ui.shelf.wanted import Wanted

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

_WHAT = "What settles the debt?"


@pytest.fixture
def library() -> FakeLibrary:
    made = FakeLibrary()
    made.put("The Trace", [("9 Night", "Sleep settles it. It rests.")])
    one, two = made.quote(1, "Sleep settles it.", 1), made.quote(1, "It rests.", 2)
    tiers = {"lexical": 1.0, "semantic": 0.5, "graph": 0.0, "spiking": 0.0}
    made.answer(_WHAT, [replace(one, tiers=tiers), replace(two, tiers=tiers)])
    lit = ("“Ribot” was activated in the brain at step 7: debt → Ribot.",)
    made.thoughts = {
        "evidence": (
            replace(one, tiers=tiers),
            replace(two, tiers={**tiers, "spiking": 0.8}, reasons=lit),
        ),
        "brought": (
            Brought(4, "Ribot", "confirmed", 1.0, ("debt", "Ribot")),
            Brought(9, "night & day", "emergent", 0.4, ("debt", "night & day")),
        ),
        "thought": 48.0,
    }
    return made


def _asked(
    qtbot: QtBot,
    library: FakeLibrary,
    jobs: Jobs,
    *,
    on: bool = True,
    wanted: Wanted | None = None,
) -> tuple[Result, AssociationPart]:
    tab = AskTab(as_library(library), jobs, wanted or Wanted())
    qtbot.addWidget(tab)
    tab.with_brain = on
    tab.resize(828, 640)
    tab.show()
    with qtbot.waitSignal(tab.answer_received):
        tab.ask(_WHAT)
    qtbot.waitUntil(lambda: tab.result is not None and tab.result.thought is not None)
    assert tab.result is not None
    assert tab.result.thought is not None
    return tab.result, tab.result.thought


def test_the_brain_joins_an_answer_and_moves_nothing(
    qtbot: QtBot, library: FakeLibrary, jobs: Jobs
) -> None:
    wanted = Wanted()
    result, thought = _asked(qtbot, library, jobs, wanted=wanted)
    qtbot.waitUntil(lambda: len(thought.buttons) == 2)
    cards = result.evidence.cards
    assert [card.evidence.quote for card in cards] == ["Sleep settles it.", "It rests."]
    # Which quote speaks of what was brought up, its tag, and the way there.
    assert thought.buttons[0].text() == "Ribot · confirmed · [2]"
    assert thought.buttons[1].text() == "night && day · emergent"
    assert thought.buttons[0].toolTip().startswith("debt → Ribot")
    assert "hypothesis" in thought.buttons[1].toolTip()
    told = [card.bars.accessibleName() for card in cards]
    assert "Spikes 80 per cent" in told[1]
    assert "Spikes" not in told[0]
    with qtbot.waitSignal(wanted.explored) as seen:
        thought.buttons[1].click()
    assert seen.args == [9]
    with qtbot.waitSignal(wanted.watched):
        thought.watch.click()


def test_without_the_brain_the_answer_is_the_same(
    qtbot: QtBot, library: FakeLibrary, jobs: Jobs
) -> None:
    result, thought = _asked(qtbot, library, jobs, on=False)
    assert library.thought_of == []
    assert not thought.buttons
    before = [card.evidence for card in result.evidence.cards]
    with qtbot.waitSignal(thought.switched):
        thought.switch.click()
    qtbot.waitUntil(lambda: len(thought.buttons) == 2)
    bars = result.evidence.cards[1].bars
    assert "Spikes 80 per cent" in bars.accessibleName()
    thought.switch.click()
    assert "Spikes" not in bars.accessibleName()
    assert not thought.buttons
    assert [card.evidence for card in result.evidence.cards] == before
    assert library.thought_of == [_WHAT]


def test_a_question_at_which_nothing_lights_up_says_so(
    qtbot: QtBot, library: FakeLibrary, jobs: Jobs
) -> None:
    library.thoughts = {}
    _, thought = _asked(qtbot, library, jobs)
    qtbot.waitUntil(lambda: thought.answer is not None)
    assert not thought.buttons
    assert not thought.watch.isVisible()
