"""Long-term stores by kind: where what was kept lies, what earns it, how lasting it is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clock import Clock
from workbench.errors import NotFoundError, UsageError
from workbench.library import Library
from workbench.library.options import RecallOptions, TellOptions
from workbench.memory.kinds.records import Info
from workbench.memory.plasticity import Stage
from workbench.memory.regions import stores
from workbench.memory.regions.stores import Layer


def info(library: Library, match: str) -> Info:
    found = library.facts.get(match).info
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("uses", "salience", "stage", "kept"),
    [
        (0, 0.5, "episodic", False),
        (2, 0.79, "working", False),
        (3, 0.5, "stm", True),
        (0, 0.8, "stm", True),
        (2, 0.1, "semantic", True),
    ],
)
def test_use_mattering_or_maturity_earn_a_place(
    uses: int, salience: float, stage: str, kept: bool
) -> None:
    assert stores.worthy(uses, salience, Stage(stage)) is kept


@given(st.floats(0.1, 100), st.sampled_from(("fact", "procedural", "habitual")), st.floats(0, 1))
def test_a_store_only_adds_to_stability_and_adds_once(
    stability: float, kind: str, reward: float
) -> None:
    kept = stores.lasting(stability, kind, reward, Layer.LONG_TERM)
    assert kept >= stability
    assert stores.lasting(kept, kind, reward, Layer.LONG_TERM) == kept
    assert stores.lasting(stability, kind, reward, Layer.WORKING) == stability


def test_each_kind_has_its_region_once_it_is_kept() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell(
            "The mill has two wheels", options=TellOptions(kind="semantic", salience=0.9)
        )
        library.facts.tell(
            "I met the miller today", options=TellOptions(kind="episodic", salience=0.9)
        )
        library.facts.tell(
            "To oil the wheel: stop it, wait, pour",
            options=TellOptions(kind="procedural", salience=0.9),
        )
        library.facts.tell("The miller always whistles", options=TellOptions(reward=0.5))
        library.facts.tell("A duck sat on the roof")
        before = {match: info(library, match) for match in ("two wheels", "duck", "whistles")}
        assert {m: (i.layer, i.region) for m, i in before.items()} == {
            "two wheels": ("working", "hippocampus"),
            "duck": ("working", "hippocampus"),
            # A good reward writes at once.
            "whistles": ("long_term", "basal_ganglia"),
        }
        assert library.sleep.run().consolidated == 3
        assert info(library, "two wheels").region == "neocortex"
        assert info(library, "met the miller").region == "neocortex"
        oil, whistles = info(library, "oil the wheel"), info(library, "whistles")
        assert (oil.region, oil.stability) == ("cerebellum", 5.0)
        assert (whistles.type, whistles.stability) == ("habitual", 3.0)
        assert whistles.salience == pytest.approx(0.65 + 0.1)
        assert info(library, "duck").layer == "working"


def test_a_habit_does_not_matter_more_from_sleep_to_sleep() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell(
            "The guard checks the gauge", options=TellOptions(salience=0.5, reward=0.9)
        )
        told = info(library, "gauge")
        assert told.salience == pytest.approx(0.68)
        assert told.stability == pytest.approx(4.6)
        for _ in range(5):
            library.sleep.run()
            assert info(library, "gauge").salience == told.salience
            assert info(library, "gauge").stability == told.stability


@pytest.mark.parametrize("reward", [-0.1, 1.1, float("nan"), float("inf")])
def test_a_reward_out_of_range_is_refused_and_nothing_kept(reward: float) -> None:
    with Library.open(":memory:") as library:
        with pytest.raises(UsageError, match="reward"):
            library.facts.tell("The guard checks the gauge", options=TellOptions(reward=reward))
        assert len(library.facts.list()) == 0


def test_recall_can_be_limited_to_a_kind() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell(
            "To open the weir, turn the crank", options=TellOptions(kind="procedural")
        )
        library.facts.tell("The weir is older than the mill", options=TellOptions(kind="semantic"))
        assert [
            f.kind for f in library.facts.recall("weir", options=RecallOptions(kind="procedural"))
        ] == ["procedural"]
        assert len(library.facts.recall("weir")) == 2


# -- sleep ----------------------------------------------------------------------------------------


def state(library: Library) -> dict[str, Info]:
    return {f.text: library.facts.get(f.id).info for f in library.facts.list()}


def test_t3_a_second_sleep_changes_nothing_and_one_undo_brings_everything_back(
    tmp_path: Path,
) -> None:
    clock = Clock()
    with Library.open(tmp_path / "sleep.brain", clock=clock) as library:
        library.facts.tell("The weir alarm is critical, always act!!")
        library.facts.tell("The lamp hangs low")
        library.facts.tell("The lamp hangs low", options=TellOptions(again=True))
        for _ in range(3):
            library.facts.tell("The north lock sticks in frost")
            library.facts.recall("north lock")
        before = state(library)
        seen = library.sleep.run(preview=True)
        assert (seen.run, state(library)) == (None, before)
        slept = library.sleep.run()
        assert (slept.consolidated, slept.merged, slept.pruned) == (2, 1, 0)
        assert (seen.consolidated, seen.merged) == (2, 1)
        after = state(library)
        again = library.sleep.run()
        assert (again.run, again.consolidated, again.merged) == (None, 0, 0)
        assert state(library) == after
        undone = library.undo("sleep")
        assert (undone.merged, undone.kept) == (1, 2)
        assert {text: i.layer for text, i in state(library).items()} == {
            text: "working" for text in before
        }
        assert {
            t: (i.strength, i.stability, i.access_count) for t, i in state(library).items()
        } == {t: (i.strength, i.stability, i.access_count) for t, i in before.items()}
        with pytest.raises(NotFoundError):
            library.undo("sleep")


def test_what_was_used_since_a_sleep_keeps_that_when_the_sleep_is_undone() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell(
            "To prime the pump: fill it, wait", options=TellOptions(kind="procedural", salience=0.9)
        )
        library.sleep.run()
        library.facts.recall("prime the pump")
        assert info(library, "pump").stability > 5
        library.undo("sleep")
        pump = info(library, "pump")
        assert (pump.layer, pump.access_count) == ("working", 1)


def test_what_was_kept_stays_kept_when_it_is_edited_and_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "kept.brain"
    with Library.open(path) as library:
        library.facts.tell("The key hangs by the stove", options=TellOptions(salience=0.9))
        library.sleep.run()
        (fact,) = library.facts.list()
        library.facts.edit(fact.id, "The key hangs by the sink")
    with Library.open(path) as library:
        assert info(library, "sink").layer == "long_term"
        assert library.facts.recall("where does the key hang?")[0].text.endswith("sink")


def test_nothing_has_to_be_in_a_slot_to_be_kept_and_plain_facts_outlive_a_restart(
    tmp_path: Path,
) -> None:
    path = tmp_path / "plain.brain"
    with Library.open(path) as library:
        library.facts.tell("\n".join(f"Crate {n} holds {n * 7} bolts." for n in range(50)))
        library.facts.tell("Crate 60 is critical, it must never be opened!!")
        library.facts.tell("\n".join(f"Crate {n} holds {n * 7} bolts." for n in range(70, 90)))
        assert library.sleep.run().consolidated == 1
    with Library.open(path) as library:
        assert len(library.facts.list()) == 71
        assert library.facts.value("what does crate 3 hold?") is not None


def test_t1_what_was_just_recalled_is_not_laid_aside_by_the_next_sleep(tmp_path: Path) -> None:
    clock, path = Clock(), tmp_path / "recalled.brain"
    with Library.open(path, clock=clock) as library:
        library.facts.tell("The spare valve is in the shed")
        library.facts.tell("The old valve is in the pond")
        clock.days(400)
        library.facts.recall("spare valve")
    with Library.open(path, clock=clock) as library:
        slept = library.sleep.run(prune_below=0.9)
        assert slept.faded == ("The old valve is in the pond",)
        assert [f.archived for f in library.facts.recall("pond")] == [True]


def test_t6_a_clock_ten_years_ahead_and_back_fades_nothing_for_good() -> None:
    clock = Clock()
    with Library.open(":memory:", clock=clock) as library:
        library.facts.tell("The well is behind the barn")
        library.facts.tell("The barn is red, remember that!!")
        clock.days(3650)
        assert library.sleep.run().pruned == 0
        assert "barn" in library.facts.recall("well")[0].text
        clock.days(-3650)
        well = info(library, "well")
        assert well.strength <= 8
        assert info(library, "red").strength == pytest.approx(1)
        assert well.strength >= 1
        assert library.sleep.run(prune_below=0.5).pruned == 0
