"""When a library sleeps by itself, and that clocks and long absences archive nothing."""

import pytest

from tests.sleep.sleepy_shelf import START, Clock
from workbench.errors import UsageError
from workbench.library import Library
from workbench.library.options import Marks, TellOptions
from workbench.memory.plasticity import DAY, HOUR
from workbench.sleep.records import SleepState
from workbench.sleep.schedule import due


def use_on(library: Library, clock: Clock, days: int) -> None:
    for _ in range(days):
        clock.pass_(DAY)
        library.facts.tell(f"Day {int(clock.now // DAY)} has come")
        library._core.fact_index.strengths.flush()


def state(**given: object) -> SleepState:
    usual: dict[str, object] = {
        "asleep": False, "interrupted": None, "last": None, "next_due": START, "automatic": True,
    }  # fmt: skip
    return SleepState(**{**usual, **given})  # type: ignore[arg-type]


def test_t3_a_sleep_is_due_when_its_time_has_come_and_nobody_is_there() -> None:
    assert due(state(), START, 600)
    assert not due(state(), START - 1, 600)
    assert not due(state(), START, 599)
    assert due(state(idle_minutes=1.0), START, 60)
    assert not due(state(automatic=False), START, 600)
    assert not due(state(asleep=True), START, 600)
    assert not due(state(next_due=None), START, 600)


def test_t3_nothing_is_due_where_nothing_was_told_or_used_since() -> None:
    clock = Clock()
    with Library.open(":memory:", clock=clock) as library:
        assert library.sleep.state().next_due is None
        library.facts.tell("The weir alarm is critical, always act!!")
        assert library.sleep.state().next_due == clock.now
        clock.pass_(60)
        slept = library.sleep.run()
        told = library.sleep.state()
        assert told.last is not None
        assert (told.last.run, told.next_due) == (slept.run, None)
        clock.pass_(60)
        library.facts.tell("The lamp hangs low")
        assert library.sleep.state().next_due == slept.ended + 24 * HOUR  # type: ignore[operator]
        library.sleep.configure(every_hours=2, automatic="no")
        told = library.sleep.state()
        assert told.next_due == slept.ended + 2 * HOUR  # type: ignore[operator]
        assert not told.automatic
        for wrong in ({"every_hours": 0}, {"idle_minutes": "x"}, {"archive_below": 2}, {"a": 1}):
            with pytest.raises(UsageError):
                library.sleep.configure(**wrong)


def test_t3_what_nothing_can_be_done_about_does_not_keep_it_going_to_sleep() -> None:
    clock = Clock()
    with Library.open(":memory:", clock=clock) as library:
        library.facts.tell("The lamp hangs low")
        assert library.sleep.state().next_due == clock.now
        assert library.sleep.run().run is None
        clock.pass_(60)
        assert library.sleep.state().next_due is None
        library.facts.tell("The gate is shut")
        assert library.sleep.state().next_due == clock.now - 60 + 24 * HOUR


def test_t3_what_was_taken_back_is_not_done_again_at_once() -> None:
    clock = Clock()
    with Library.open(":memory:", clock=clock) as library:
        library.facts.tell("The weir alarm is critical, always act!!")
        slept = library.sleep.run()
        assert slept.ended is not None
        clock.pass_(HOUR)
        library.undo("sleep")
        assert library.sleep.state().next_due == slept.ended + 24 * HOUR


def test_t6_a_sleep_under_a_clock_set_ahead_puts_off_no_later_one() -> None:
    clock = Clock()
    with Library.open(":memory:", clock=clock) as library:
        library.facts.tell("The weir alarm is critical, always act!!")
        clock.pass_(3650 * DAY)
        assert library.sleep.run().run is not None
        clock.pass_(-3649 * DAY)
        library.facts.tell("The rudder is critical, never forget it!!")
        assert library.sleep.state().next_due == clock.now
        slept = library.sleep.run(why="idle")
        assert slept.run is not None
        clock.pass_(60)
        assert library.sleep.state().next_due is None


def test_t6_a_clock_set_ten_years_ahead_and_back_archives_nothing() -> None:
    clock = Clock()
    with Library.open(":memory:", clock=clock) as library:
        library.facts.tell("A gull sat on rail 7")
        library.sleep.configure(archive_below=0.5, archive_after_days=20)
        use_on(library, clock, 15)
        before = library.memory.strength("gull")
        clock.pass_(3650 * DAY)
        library.facts.tell("A heron stood in the reeds")
        library._core.fact_index.strengths.flush()
        assert library.sleep.run().pruned == 0
        assert library.sleep.run(preview=True).pruned == 0
        clock.pass_(-3650 * DAY)
        assert library.sleep.run().pruned == 0
        after = library.memory.strength("gull")
        assert before is not None
        assert after is not None
        assert (after.strength, after.archived) == (before.strength, False)


def test_t6_a_long_absence_archives_nothing_and_days_of_use_do() -> None:
    clock = Clock()
    with Library.open(":memory:", clock=clock) as library:
        library.facts.tell("A gull sat on rail 7")
        library.facts.tell("My name is Ines")
        library.facts.tell("The old mole is of oak")
        library.memory.mark("mole", Marks(pinned=True))
        library.sleep.configure(archive_below=0.5, archive_after_days=20, archive_share=1.0)
        use_on(library, clock, 3)
        clock.pass_(800 * DAY)
        assert library.sleep.run().pruned == 0
        use_on(library, clock, 60)
        library.facts.recall("day")
        slept = library.sleep.run()
        assert "A gull sat on rail 7" in slept.faded
        assert not {"My name is Ines", "The old mole is of oak"} & set(slept.faded)
        found = library.facts.recall("gull")
        assert (found[0].text, found[0].archived) == ("A gull sat on rail 7", True)
        # A pin on what is archived, and using it, are as ever: it comes back by being used.
        library.memory.strengthen("gull")
        assert not library.facts.recall("gull")[0].archived


def test_t6_one_sleep_archives_a_small_share_the_weakest_first() -> None:
    clock = Clock()
    with Library.open(":memory:", clock=clock) as library:
        library.facts.tell(
            "\n".join(f"Gull {number} sat on rail {number}" for number in range(150))
        )
        library.sleep.configure(archive_below=0.9, archive_after_days=2)
        use_on(library, clock, 40)
        assert library.sleep.run().pruned == int(0.02 * len(library.facts.list()))
        # Another sleep at once takes no more; the next day of use does.
        assert library.sleep.run().pruned == 0
        use_on(library, clock, 1)
        assert library.sleep.run().pruned == int(0.02 * len(library.facts.list()))


def test_sleep_proposes_no_links_unless_asked_to() -> None:
    with Library.open(":memory:", clock=Clock()) as library:
        for text in (
            "Rain leads to flooding", "Heavy rain leads to flooding",
            "Flooding leads to evacuation", "Flooding often leads to evacuation",
        ):  # fmt: skip
            library.facts.tell(text)
        library.facts.tell(
            "Flooding leads to evacuation", source="Ada", options=TellOptions(again=True)
        )
        assert library.sleep.run(preview=True).proposed == 0
        slept = library.sleep.run()
        assert (slept.proposed, slept.proposals, library.sleep.proposals()) == (0, (), [])
        library.sleep.configure(propose="on")
        assert library.sleep.run(preview=True).proposed > 0
        with pytest.raises(UsageError):
            library.sleep.configure(propose="perhaps")
