"""Working memory: seven facts, the least recently used leaves, nothing is lost by leaving."""

import sqlite3
import threading
from collections import OrderedDict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.clock import Clock
from workbench.errors import NotFoundError, UsageError
from workbench.library import Library
from workbench.library.options import TellOptions
from workbench.store.store import Store

TREES = ("elm", "ash", "oak", "fir", "yew", "box", "bay", "lime", "beech", "alder")


@pytest.fixture
def clock() -> Clock:
    return Clock(step=1)


def tree_of(text: str) -> str:
    return next(tree for tree in TREES if tree in text.split())


def in_mind(library: Library, collection: str | None = None) -> list[str]:
    return [tree_of(each.text) for each in library.memory.working(collection)]


def plant(library: Library, *trees: str, collection: str | None = None) -> None:
    for tree in trees:
        library.facts.tell(f"The {tree} grew by the mill", collection=collection)


def test_seven_are_held_and_the_least_recently_used_leaves(library: Library) -> None:
    plant(library, *TREES[:8])
    assert in_mind(library) == list(TREES[1:8])
    assert library.memory.rehearse("ash") == 1
    plant(library, "lime", "beech")
    assert in_mind(library) == ["fir", "yew", "box", "bay", "ash", "lime", "beech"]
    # What has left is remembered as before.
    assert "elm" in library.facts.recall("elm")[0].text
    assert len(library.facts.list()) == 9


def test_a_recall_and_telling_again_bring_back_to_mind(library: Library) -> None:
    plant(library, *TREES[:8])
    library.facts.recall("where did the elm grow?", limit=1)
    assert in_mind(library)[-1] == "elm"
    plant(library, "oak")
    assert in_mind(library)[-2:] == ["elm", "oak"]
    assert len(in_mind(library)) == 7


def test_what_is_not_rehearsed_fades_from_mind_and_what_is_stays(
    library: Library, clock: Clock
) -> None:
    plant(library, "elm", "ash")
    clock.hours(2)
    library.memory.rehearse("elm")
    clock.hours(2)
    (left,) = library.memory.working()
    assert tree_of(left.text) == "elm"
    assert 0.05 < left.retention < 1
    assert left.hours_left is not None
    assert left.hours_left > 0
    clock.hours(10)
    assert library.memory.working() == []
    # Everything is still there, also for sleep.
    assert library.sleep.run().examined == 2
    assert len(library.facts.list()) == 2
    library.memory.rehearse("ash")
    assert in_mind(library) == ["ash"]


def test_what_is_pinned_or_matters_is_held_for_longer(library: Library, clock: Clock) -> None:
    library.facts.tell("The elm grew by the mill")
    library.facts.tell("The critical ash must grow by the mill!!")
    library.facts.tell("The oak grew by the mill", options=TellOptions(pinned=True))
    clock.hours(4)
    held = library.memory.working()
    assert [tree_of(each.text) for each in held] == ["ash", "oak"]
    assert held[1].hours_left is None


def test_it_lies_in_the_file_and_is_there_after_a_restart(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "mind.brain"
    with Library.open(path, clock=clock) as library:
        plant(library, *TREES[:8])
        library.memory.rehearse("ash")
        before = in_mind(library)
    with Library.open(path, clock=clock) as library:
        assert in_mind(library) == before
    with Library.open(path, clock=clock, read_only=True) as library:
        assert in_mind(library) == before
        library.memory.rehearse("oak")
        assert in_mind(library) == before
    with Library.open(path, clock=clock) as library:
        assert library.verify().sound


def test_each_collection_has_its_own_and_forgotten_or_edited_facts_are_followed(
    library: Library,
) -> None:
    plant(library, "elm", "ash", collection="park")
    plant(library, "oak")
    library.memory.rehearse("elm", collection="park")
    assert in_mind(library, "park") == ["ash", "elm"]
    assert in_mind(library) == ["oak"]
    (elm,) = library.facts.recall("elm", collection="park", limit=1)
    library.facts.edit(elm.id, "The lime grew by the mill")
    assert in_mind(library, "park")[-1] == "lime"
    library.facts.forget("lime", collection="park")
    assert in_mind(library, "park") == ["ash"]
    library.collections.change("park", name="garden")
    assert in_mind(library, "garden") == ["ash"]


def test_what_is_not_there_is_said(library: Library) -> None:
    assert library.memory.working() == []
    assert library.memory.rehearse("nothing of the kind") == 0
    with pytest.raises(UsageError):
        library.memory.rehearse("...")
    with pytest.raises(NotFoundError):
        library.memory.working("nowhere")
    with pytest.raises(NotFoundError):
        library.memory.rehearse("elm", collection="nowhere")


def test_t6_a_clock_that_jumps_and_comes_back_empties_nothing_for_good(
    library: Library, clock: Clock
) -> None:
    plant(library, "elm", "ash")
    clock.hours(24 * 3650)
    assert library.memory.working() == []
    clock.hours(-24 * 3650)
    assert in_mind(library) == ["elm", "ash"]


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 9)), max_size=30))
def test_it_is_the_cache_of_seven_that_it_says_to_be(steps: list[tuple[bool, int]]) -> None:
    slots: OrderedDict[str, None] = OrderedDict()
    known: set[str] = set()
    with Library.open(":memory:", clock=Clock(step=1)) as library:
        for telling, number in steps:
            tree = TREES[number]
            if telling:
                plant(library, tree)
                known.add(tree)
            elif tree in known:
                library.memory.rehearse(tree)
            if tree in known:
                slots.pop(tree, None)
                slots[tree] = None
                if len(slots) > 7:
                    slots.popitem(last=False)
        assert in_mind(library) == list(slots)


@pytest.mark.slow
def test_looking_costs_the_same_however_much_there_is(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [0]
    own = threading.get_ident()

    def count() -> None:
        # Not what is linked in the background meanwhile.
        made[0] += threading.get_ident() == own

    def borrow(store: Store) -> sqlite3.Connection:
        connection = lend(store)
        connection.set_progress_handler(count, 1)
        return connection

    lend = Store._borrow
    costs = []
    for size in (200, 4000):
        with Library.open(":memory:", clock=clock) as library:
            library.facts.tell("\n".join(f"Crate {n} holds {n * 7} bolts." for n in range(size)))
            library.memory.rehearse("crate 30")
            (*_, last) = library.memory.working()
            with monkeypatch.context() as patch:
                patch.setattr(Store, "_borrow", borrow)
                made[0] = 0
                assert len(library.memory.working()) == 7
                library.facts.get(last.fact.id)
            costs.append(made[0])
    assert 0 < costs[1] <= 1.2 * costs[0]
