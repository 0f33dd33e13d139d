"""What use and sleep leave behind: bounded by what was told, however much is asked."""

import sqlite3
from functools import partial
from pathlib import Path

import pytest

from tests.sleep.sleepy_shelf import Clock, differences, fill, picture
from workbench.errors import NotFoundError
from workbench.library import Library
from workbench.memory.plasticity import DAY
from workbench.store import changes
from workbench.store import sleeping as store_sleeping


def pages(file: Path) -> int:
    """The pages in use of a closed library, without the free ones."""
    connection = sqlite3.connect(file)
    try:
        (all_of_them,) = connection.execute("PRAGMA page_count").fetchone()
        (free,) = connection.execute("PRAGMA freelist_count").fetchone()
    finally:
        connection.close()
    return int(all_of_them) - int(free)


def size(file: Path, *tables: str) -> int:
    connection = sqlite3.connect(file)
    try:
        return sum(
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables
        )
    finally:
        connection.close()


@pytest.mark.slow
def test_asking_the_same_again_and_again_adds_nothing_after_a_while(tmp_path: Path) -> None:
    file, clock = tmp_path / "a.brain", Clock()
    notes = [f"Lamp {number} hangs in hall {number % 7}" for number in range(60)]
    with Library.open(file, clock=clock) as library:
        library.facts.tell("\n".join(notes))
        library.graph.link(concepts_only=True)

    def ask(days: int) -> int:
        with Library.open(file, clock=clock) as library:
            for _ in range(days):
                for number in range(0, 60, 6):
                    library.facts.recall(f"where does lamp {number} hang", limit=5)
                    clock.pass_(30)
                library._core.fact_index.strengths.flush()
                library.sleep.run()
                clock.pass_(DAY - 300)
        return pages(file)

    once, after = ask(25), ask(1)
    assert after - once <= 2
    later = ask(25)
    # Twenty-five times as many questions as between the first two; days of use leave a row each.
    assert later - after <= 8, (once, after, later)


def test_only_the_last_sleeps_can_be_taken_back_and_older_ones_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, clock = tmp_path / "b.brain", Clock()
    monkeypatch.setattr(changes, "_SIZE", 0)
    with Library.open(file, clock=clock) as library:
        fill(library, clock)
        first = library.sleep.run()
        assert first.run is not None
        clock.pass_(DAY)
        library.facts.recall("lamp of cabin 1")
        library.facts.recall("Kestrel pump")
        library._core.fact_index.strengths.flush()
        before = picture(file)
        second = library.sleep.run()
        assert second.run is not None
        with pytest.raises(NotFoundError, match="too long ago"):
            library.undo("sleep", first.run)
        library.undo("sleep", second.run)
        library.graph.link(concepts_only=True)
        after = picture(file)
        assert differences(before, after) == []
        # What is undone can be done again.
        assert library.redo().run == second.run


def test_t6_faint_links_go_by_days_of_use_and_come_back_with_the_sleep(tmp_path: Path) -> None:
    file, clock = tmp_path / "c.brain", Clock()

    def links() -> int:
        return size(file, "link")

    with Library.open(file, clock=clock) as library:
        library.facts.tell("The lamp hangs low\nThe gull sat on a rail\nThe keel is oak")
        ids = [fact.id for fact in library.facts.list()]
        library._core.fact_index.strengths.link_all(ids)
        library._core.fact_index.strengths.flush()
        library.sleep.run()
        there = links()
        assert there > 0
        clock.pass_(3650 * DAY)
        library.facts.tell("A heron stood in the reeds")
        library._core.fact_index.strengths.flush()
        assert library.sleep.run(preview=True).loosened == 0
        assert library.sleep.run().loosened == 0
        clock.pass_(-3650 * DAY)
        assert library.sleep.run().loosened == 0
        assert links() >= there
        for day in range(420):
            library._store.write(partial(store_sleeping.in_use, at=clock.now + day * DAY))
        clock.pass_(420 * DAY)
        seen = library.sleep.run(preview=True).loosened
        slept = library.sleep.run()
        assert slept.loosened == seen >= there
        assert library.sleep.run().run is None
        library.undo("sleep", slept.run)
        assert links() >= there
