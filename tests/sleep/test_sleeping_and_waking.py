"""A sleep does its work once, tells it before and after, and is taken back whole."""

from pathlib import Path

import pytest

from tests.sleep.sleepy_shelf import Clock, differences, fill, picture
from workbench.errors import NotFoundError
from workbench.library import Library


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
        seen = library.sleep(preview=True)
        assert differences(before, picture(file, but=frozenset())) == []
        slept = library.sleep()
    assert (seen.run, seen.state) == (None, "preview")
    assert slept.state == "done"
    for name in ("examined", "consolidated", "merged", "pruned", "summarised", "proposed"):
        assert getattr(seen, name) == getattr(slept, name), name
    # What was kept and then went into others is not named twice.
    assert set(slept.keeps) <= set(seen.keeps)
    assert sorted(each.text for each in seen.merges) == sorted(each.text for each in slept.merges)
    assert {each.lines for each in seen.summaries} == {each.lines for each in slept.summaries}
    assert min(
        slept.consolidated, slept.merged, slept.replayed, slept.summarised,
        slept.downscaled, slept.pruned, slept.proposed,
    ) > 0, slept  # fmt: skip


def test_t3_a_second_sleep_at_once_changes_nothing_and_makes_no_row(
    tmp_path: Path, clock: Clock
) -> None:
    file = tmp_path / "s.brain"
    with Library.open(file, clock=clock) as library:
        fill(library, clock)
        library.sleep()
        before = picture(file, but=frozenset())
        again = library.sleep()
        assert again.run is None
        assert differences(before, picture(file, but=frozenset())) == []
        clock.pass_(1)
        assert library.sleep().run is None
        assert differences(before, picture(file, but=frozenset())) == []


def test_t3_one_undo_brings_every_row_back_as_it_was(tmp_path: Path, clock: Clock) -> None:
    file = tmp_path / "u.brain"
    with Library.open(file, clock=clock) as library:
        fill(library, clock)
        before = picture(file)
        slept = library.sleep()
        assert differences(before, picture(file))
        undone = library.undo_sleep()
        assert (undone.merged, undone.left) == (slept.merged, 0)
        library.link_concepts()
        assert differences(before, picture(file)) == []
        assert library.verify().sound
        # And what is done again is done as before.
        assert library.sleep().merged == slept.merged
        with pytest.raises(NotFoundError, match="taken back already"):
            library.undo_sleep(run=slept.run)
        with pytest.raises(NotFoundError, match="no sleep 999"):
            library.undo_sleep(run=999)
