"""Reviews: what is kept in mind comes back in time, through the library's doors."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.memory.memory_shelf import put_into
from workbench.errors import NotFoundError, UsageError
from workbench.library import Library
from workbench.library.options import Marks, TellOptions
from workbench.memory.kinds import reviewing
from workbench.memory.kinds.reviewing import RATINGS
from workbench.store.reviews import ReviewRow

DAY = 86_400.0


def test_important_facts_are_asked_for_by_themselves_at_growing_intervals(tmp_path: Path) -> None:
    now = [1_800_000_000.0]
    place = tmp_path / "a.brain"
    with Library.open(place, clock=lambda: now[0]) as library:
        (id,) = library.facts.tell(
            "the spare key is under the pot", options=TellOptions(priority=8)
        ).new
        library.facts.tell("the pot is green", options=TellOptions(priority=3))
        assert library.memory.reviews() == []
        now[0] += DAY
        (due,) = library.memory.reviews()
        assert (due.id, due.text, due.state) == (id, "the spare key is under the pot", "new")
        assert library.memory.review(id, True).days == 2
        assert library.memory.reviews() == []
    with Library.open(place, clock=lambda: now[0]) as library:
        before = 2.0
        for _ in range(4):
            now[0] += before * DAY
            (due,) = library.memory.reviews()
            after = library.memory.review(id, rating="good")
            assert after.days == due.intervals["good"] > before
            before = after.days or 0.0
        now[0] += before * DAY
        (due,) = library.memory.reviews()
        assert sorted(due.intervals, key=lambda name: due.intervals[name]) == [*RATINGS]
        back = library.memory.review(id, rating="again")
        assert (back.state, back.lapses, back.times) == ("relearning", 1, 6)
        assert back.days == pytest.approx(10 / 24 / 60, abs=1e-4)
        assert (back.stability or 0) < (due.stability or 0)
        assert (back.difficulty or 0) > (due.difficulty or 0)
        held = library.facts.get(id).info
        assert held is not None
        assert held.access_count == 5


def test_reviews_of_a_collection_hold_its_sources_and_what_was_told_to_it() -> None:
    now = [1_800_000_000.0]
    with Library.open(":memory:", clock=lambda: now[0]) as library:
        store = library._store
        book = put_into(store, ["Olives float when unripe.", "They sink later."], title="Olives")
        library.collections.assign([book], "oil")
        statements = [row[0] for row in store.rows(
            "SELECT id FROM engram WHERE kind = 'statement' ORDER BY id"
        )]  # fmt: skip
        (told,) = library.facts.tell("the press is clean", collection="oil").new
        (other,) = library.facts.tell("the yard is swept").new
        assert library.memory.mark([statements[0], told, other], Marks(review=True)) == 3
        assert library.memory.mark([told], Marks(review=True)) == 0
        now[0] += 2 * DAY
        assert len(library.memory.reviews()) == 3
        assert len(library.memory.reviews(limit=1)) == 1
        found = {each.id: each for each in library.memory.reviews(collection="oil")}
        assert found.keys() == {statements[0], told}
        assert (found[statements[0]].title, found[statements[0]].source) == ("Olives", book)
        assert found[told].collection == "oil"
        library.memory.review(statements[0], True)
        library.sources.trash([book])
        now[0] += 90 * DAY
        assert {each.id for each in library.memory.reviews()} == {told, other}
        library.sources.trash([book], restore=True)
        assert len(library.memory.reviews()) == 3
        library.collections.remove("oil")
        assert {each.collection for each in library.memory.reviews()} == {None}
        with pytest.raises(NotFoundError):
            library.memory.reviews(collection="oil")


def test_what_is_stopped_stays_stopped_until_somebody_keeps_it_again() -> None:
    now = [1_800_000_000.0]
    with Library.open(":memory:", clock=lambda: now[0]) as library:
        (id,) = library.facts.tell(
            "the spare key is under the pot", options=TellOptions(priority=9)
        ).new
        now[0] += DAY
        library.memory.review(id, True)
        assert library.memory.mark([id], Marks(review=False)) == 1
        assert library.memory.mark([id], Marks(review=False)) == 0
        library.facts.tell("the spare key is under the pot", options=TellOptions(priority=9))
        now[0] += 90 * DAY
        assert library.memory.reviews() == []
        with pytest.raises(NotFoundError):
            library.memory.review(id, True)
        assert library.memory.mark([id], Marks(review=True)) == 1
        (kept,) = library.memory.reviews(id)
        assert (kept.state, kept.days) == ("review", 2)


def test_what_is_put_off_comes_tomorrow_as_it_stood_and_can_be_undone() -> None:
    now = [1_800_000_000.0]
    with Library.open(":memory:", clock=lambda: now[0]) as library:
        (id,) = library.facts.tell("the boat is red", options=TellOptions(priority=8)).new
        now[0] += 3 * DAY
        (due,) = library.memory.reviews()
        later = library.memory.review(id, rating="later")
        assert (later.days, later.times, later.state) == (1, 0, "new")
        assert library.memory.reviews() == []
        library.undo(run=library.changes(1)[0].id)
        assert library.memory.reviews()[0].due == due.due
        library.memory.review(id, rating="later")
        now[0] += DAY
        assert library.memory.reviews()[0].id == id


def test_expired_forgotten_and_edited_facts() -> None:
    now = [1_800_000_000.0]
    with Library.open(":memory:", clock=lambda: now[0]) as library:
        library.facts.tell("call Lund about corks", options=TellOptions(kind="todo", priority=8))
        (key,) = library.facts.tell(
            "the spare key is under the pot", options=TellOptions(priority=8)
        ).new
        (gone,) = library.facts.tell("the shed is locked", options=TellOptions(priority=8)).new
        edited = library.facts.edit(key, "the spare key is in the drawer")
        library.facts.forget([gone])
        now[0] += 40 * DAY
        assert [each.id for each in library.memory.reviews()] == [edited.id]


def test_wrong_answers_are_refused() -> None:
    with Library.open(":memory:") as library:
        (id,) = library.facts.tell(
            "the spare key is under the pot", options=TellOptions(priority=8)
        ).new
        for wrong in (
            {}, {"remembered": True, "grade": 3}, {"grade": 6}, {"grade": -1}, {"rating": "fine"},
            {"grade": 3, "rating": "hard"},
        ):  # fmt: skip
            with pytest.raises(UsageError):
                library.memory.review(id, **wrong)
        with pytest.raises(NotFoundError):
            library.memory.review(4711, True)
        with pytest.raises(NotFoundError):
            library.memory.mark([id, 4711], Marks(review=True))
        assert library.memory.reviews(limit=0) == []


@given(st.lists(st.tuples(st.sampled_from((1, 2, 3, 4)), st.floats(0, 400)), max_size=40))
def test_every_rating_gives_a_date_ahead(
    ratings: list[tuple[int, float]],
) -> None:
    row, now = ReviewRow(1, 1.8e9), 1.8e9
    for rating, days in ratings:
        now += days * DAY
        row = reviewing.rate(row, rating, now)
        assert row.due is not None
        assert now < row.due
        assert 1 <= (row.difficulty or 0) <= 10


def test_scheduling_loads_no_optimizer(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom workbench.memory.kinds import reviewing\n"
        "from workbench.store.reviews import ReviewRow\n"
        "assert not sys.modules.keys() & {'fsrs'}\nreviewing.rate(ReviewRow(1, 1.8e9), 3, 1.8e9)\n"
        "assert not sys.modules.keys() & {'torch', 'pandas', 'fsrs.optimizer'}"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(__file__).parents[3])
