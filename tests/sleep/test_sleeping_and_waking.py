"""A sleep does its work once, tells it before and after, and is taken back whole."""

from pathlib import Path

import pytest

from tests.sleep.sleepy_shelf import Clock, differences, fill, picture
from workbench.errors import NotFoundError
from workbench.jobs import Progress
from workbench.library import Library
from workbench.library.options import TellOptions
from workbench.memory.plasticity import DAY


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_t3_a_preview_tells_what_the_sleep_then_does_and_writes_nothing(
    tmp_path: Path, clock: Clock
) -> None:
    file = tmp_path / "p.brain"
    with Library.open(file, clock=clock) as library:
        fill(library, clock)
        before = picture(file, but=frozenset())
        seen = library.sleep.run(preview=True)
        assert differences(before, picture(file, but=frozenset())) == []
        slept = library.sleep.run()
    assert (seen.run, seen.state) == (None, "preview")
    assert slept.state == "done"
    for name in (
        "examined", "consolidated", "merged", "pruned", "summarised", "downscaled", "proposed",
        "rehearsed", "balanced",
    ):  # fmt: skip
        assert getattr(seen, name) == getattr(slept, name), name
    # What was kept and then went into others is not named twice.
    assert set(slept.keeps) <= set(seen.keeps)
    assert sorted(each.text for each in seen.merges) == sorted(each.text for each in slept.merges)
    assert {each.lines for each in seen.summaries} == {each.lines for each in slept.summaries}
    assert min(
        slept.consolidated, slept.merged, slept.replayed, slept.summarised,
        slept.downscaled, slept.pruned, slept.proposed, slept.rehearsed, slept.balanced,
    ) > 0, slept  # fmt: skip


@pytest.mark.slow
def test_t3_the_last_sleep_is_one_that_is_over_while_the_library_sleeps(clock: Clock) -> None:
    with Library.open(":memory:", clock=clock) as library:
        fill(library, clock)
        seen: list[int | None] = []

        def look(_progress: Progress) -> None:
            state = library.sleep.state()
            assert state.asleep
            seen.append(None if state.last is None else state.last.run)

        first = library.sleep.run(report=look)
        assert set(seen) == {None}
        last = library.sleep.state().last
        assert last is not None
        assert (last.run, last.state, last.replayed) == (first.run, "done", first.replayed)
        clock.pass_(DAY)
        fill(library, clock)
        seen.clear()
        second = library.sleep.run(report=look)
        assert second.run != first.run
        assert set(seen) == {first.run}


@pytest.mark.slow
def test_t3_a_preview_foresees_the_share_that_is_left_after_merging() -> None:
    clock = Clock()
    with Library.open(":memory:", clock=clock) as library:
        library.sleep.configure(archive_below=0.9, archive_after_days=2, archive_share=0.1)
        library.facts.tell("The weir alarm is critical, always act!!")
        library.facts.tell("\n".join(f"Gull {number} sat on rail {number}" for number in range(30)))
        for number in range(30):
            library.facts.tell(
                f"Gull {number} sat on rail {number}", source="Ada", options=TellOptions(again=True)
            )
        for day in range(20):
            clock.pass_(DAY)
            library.facts.tell(f"Day {day} has come")
            library._core.fact_index.strengths.flush()
        seen, slept = library.sleep.run(preview=True), library.sleep.run()
        assert (slept.merged, slept.pruned) == (30, 5)
        assert (seen.merged, seen.pruned) == (slept.merged, slept.pruned)
        # What is kept for long by the same sleep does not fade.
        assert sorted(seen.faded) == sorted(slept.faded)
        assert "The weir alarm is critical, always act!!" in seen.keeps


def test_t3_a_second_sleep_at_once_changes_nothing_and_makes_no_row(
    tmp_path: Path, clock: Clock
) -> None:
    file = tmp_path / "s.brain"
    with Library.open(file, clock=clock) as library:
        fill(library, clock)
        library.sleep.run()
        before = picture(file, but=frozenset())
        again = library.sleep.run()
        assert again.run is None
        assert differences(before, picture(file, but=frozenset())) == []
        clock.pass_(1)
        assert library.sleep.run().run is None
        assert differences(before, picture(file, but=frozenset())) == []


@pytest.mark.slow
def test_t3_one_undo_brings_every_row_back_as_it_was(tmp_path: Path, clock: Clock) -> None:
    file = tmp_path / "u.brain"
    with Library.open(file, clock=clock) as library:
        fill(library, clock)
        before = picture(file)
        slept = library.sleep.run()
        assert differences(before, picture(file))
        undone = library.undo("sleep")
        assert (undone.merged, undone.left) == (slept.merged, 0)
        library.graph.link(concepts_only=True)
        assert differences(before, picture(file)) == []
        assert library.verify().sound
        # And what is done again is done as before.
        assert library.sleep.run().merged == slept.merged
        with pytest.raises(NotFoundError, match="already undone"):
            library.undo("sleep", slept.run)
        with pytest.raises(NotFoundError, match="no change 999"):
            library.undo("sleep", 999)
        with pytest.raises(NotFoundError, match="larger than any number"):
            library.undo("sleep", 9 * 10**30)
        with pytest.raises(NotFoundError, match="larger than any number"):
            library.sleep.decide(9 * 10**30, "accepted")
