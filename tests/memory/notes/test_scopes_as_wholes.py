"""Scopes through the library's doors: what each holds, how much it keeps, and that none leaks."""

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.patience import seconds
from tests.variables import remove_variable, value_of
from workbench.errors import LibraryError, NotFoundError, UsageError
from workbench.library import Library
from workbench.library.options import RecallOptions, TellOptions
from workbench.memory.facts.records import Fact
from workbench.memory.notes.records import Scope
from workbench.store import facts


def texts(facts: list[Fact]) -> list[str]:
    """The words alone."""
    return [fact.text for fact in facts]


def fill(library: Library, collection: str | None) -> None:
    """One memory of each sort."""
    library.facts.tell("my dog is Fido", collection=collection, source="Ann")
    library.notes.add("instruction", "reply in French", collection=collection)
    library.notes.add("variable", "fr", key="lang", collection=collection)
    library.notes.add("stance", "they are fine", key="tabs", collection=collection)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["a/b/c", "🦉", "x" * 200, "lab__doc", "'; DROP TABLE note; --", "..", "-"]
)
def test_scopes_of_any_name_are_apart_and_cleared_alone(name: str, tmp_path: Path) -> None:
    with Library.open(tmp_path / "scopes.brain") as library:
        for collection in (None, name, f"{name}2"):
            fill(library, collection)
        gone = library.facts.forget(None, collection=name, everything=True)
        assert (gone.forgotten, gone.notes) == (1, 3)
    with Library.open(tmp_path / "scopes.brain") as library:
        assert library.collections.scopes() == [
            Scope(None, 1, 1, 1, 1),
            Scope(f"{name}2", 1, 1, 1, 1),
        ]
        assert value_of(library, "lang", collection=name) is None
        assert library.notes.get("stance", "tabs", collection=name) is None
        assert (
            library.facts.recall(
                "French", collection=name, options=RecallOptions(kind="instruction")
            )
            == []
        )
        assert value_of(library, "lang", collection=f"{name}2") == "fr"
        assert (
            len(
                library.facts.recall(
                    "French", collection=f"{name}2", options=RecallOptions(kind="instruction")
                )
            )
            == 1
        )
        assert library.verify().problems == ()


def test_a_scope_that_is_not_there_is_empty_and_not_made_by_looking() -> None:
    with Library.open(":memory:") as library:
        assert value_of(library, "x", collection="nowhere") is None
        assert library.notes.list("variable", collection="nowhere") == []
        assert library.notes.list("stance", collection="nowhere") == []
        assert library.notes.list(collection="nowhere") == []
        assert (
            library.facts.recall(
                "x", collection="nowhere", options=RecallOptions(kind="instruction")
            )
            == []
        )
        assert library.collections.neighbours("x", collection="nowhere") == []
        assert (
            library.facts.recall("x", collection="nowhere", options=RecallOptions(across=True))
            == []
        )
        assert not remove_variable(library, "x", collection="nowhere")
        with pytest.raises(NotFoundError):
            library.stats(collection="nowhere")
        with pytest.raises(UsageError):
            library.notes.add("instruction", "be brief", collection=" ")
        assert library.collections.list() == []


def test_notes_of_a_removed_collection_become_the_librarys_own_without_a_loss() -> None:
    with Library.open(":memory:") as library:
        fill(library, None)
        fill(library, "old")
        library.notes.add("variable", "de", key="lang", collection="old")
        library.notes.add("variable", "a", key="host", collection="old")
        library.collections.change("old", capacity=5)
        library.collections.remove("old")
        assert {v.key: v.value for v in library.notes.list("variable")} == {
            "lang": "fr",
            "lang (old)": "de",
            "host": "a",
        }
        assert len(library.facts.recall("French", options=RecallOptions(kind="instruction"))) == 1
        assert [
            fact.text
            for fact in library.facts.recall("old", options=RecallOptions(kind="variable"))
        ] == ["lang (old) is de"]
        assert (library.stats().facts, library.stats().capacity) == (2, None)
        assert library.verify().problems == ()


def test_stats_say_what_who_and_when() -> None:
    now = [1000.0]
    with Library.open(":memory:", clock=lambda: now[0]) as library:
        fill(library, "u")
        now[0] = 2000.0
        library.facts.tell("my dog is Fido", collection="u")
        library.facts.tell("the hat is red", collection="u", options=TellOptions(kind="user"))
        held = library.stats(collection="u")
        assert (held.facts, held.dropped, held.capacity) == (2, 0, None)
        assert held.kinds == {"fact": 1, "user": 1, "instruction": 1, "stance": 1, "variable": 1}
        assert held.tellers == {"": 2, "Ann": 1}
        assert (held.first_told, held.last_told) == (1000.0, 2000.0)


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(most=st.integers(1, 6), told=st.lists(st.integers(1, 5), min_size=1, max_size=6))
def test_a_full_scope_keeps_the_newest_and_counts_what_left(most: int, told: list[int]) -> None:
    with Library.open(":memory:") as library:
        library.collections.change("u", capacity=most)
        said, dropped = [], 0
        for batch, number in enumerate(told):
            lines = [f"crate c{batch}x{i} stands on pallet p{batch}x{i}." for i in range(number)]
            dropped += library.facts.tell("\n".join(lines), collection="u").dropped
            said += lines
        assert texts(library.facts.list(collection="u")) == said[::-1][:most]
        held = library.stats(collection="u")
        assert held.dropped == dropped == max(0, len(said) - most)


def test_a_smaller_capacity_lets_the_oldest_go_at_once_and_turn_says_so() -> None:
    with Library.open(":memory:") as library:
        for name in ("Ada", "Ben", "Cleo"):
            library.facts.tell(f"{name} has a red kite")
        assert library.collections.change(None, capacity=2).removed == 1
        assert "full" in library.turn("Dora has a blue kite").text
        assert texts(library.facts.list()) == ["Dora has a blue kite", "Cleo has a red kite"]
        assert library.collections.change(None, capacity=-1).removed == 0
        assert library.facts.tell("Emil has a green kite").dropped == 0
        for most in (0, -2):
            with pytest.raises(UsageError):
                library.collections.change(None, capacity=most)


def test_neighbours_are_those_told_before_and_after_the_newest_hit() -> None:
    with Library.open(":memory:") as library:
        story = [f"In hour {n} the {thing} moved" for n, thing in enumerate(["sea", "sun", "tide"])]
        for sentence in (*story, "Ada slept all day", *(line + " again" for line in story)):
            library.facts.tell(sentence)
        assert texts(library.collections.neighbours("the sun moved", window=2)) == [
            "Ada slept all day",
            "In hour 0 the sea moved again",
            "In hour 2 the tide moved again",
        ]
        assert library.collections.neighbours("quokka") == []
        with pytest.raises(UsageError):
            library.collections.neighbours("sun", window=0)


def test_across_goes_into_scopes_inside_and_no_others() -> None:
    with Library.open(":memory:") as library:
        for scope in ("lab", "Lab__one", "lab__two__deep", "lab_x__y", "labour", None):
            library.facts.tell(f"the orchard of {scope} has plums", collection=scope)
        library.notes.add("instruction", "praise the orchard", collection="lab")
        found = library.facts.recall(
            "orchard", collection="lab", limit=10, options=RecallOptions(across=True)
        )
        assert {fact.collection for fact in found} == {"lab", "Lab__one", "lab__two__deep"}
        assert {
            fact.collection
            for fact in library.facts.recall("orchard", options=RecallOptions(across=True))
        } == {None}
        assert (
            library.facts.recall(
                "orchard", collection="lab", limit=0, options=RecallOptions(across=True)
            )
            == []
        )


@pytest.mark.slow
def test_every_change_of_memory_rings_the_bell() -> None:
    with Library.open(":memory:") as library:
        rung: list[str] = []
        bell = threading.Event()

        def heard(topic: str) -> None:
            rung.append(topic)
            if topic == "facts":
                bell.set()

        library.subscribe(heard)
        (id,) = library.facts.tell("the hat is red").new
        changes: list[Callable[[], object]] = [
            lambda: library.turn("the cat is grey"),
            lambda: library.facts.edit(id, "the hat is blue"),
            lambda: library.notes.add("instruction", "be brief"),
            lambda: library.notes.add("variable", "b", key="a"),
            lambda: library.notes.add("stance", "fine", key="tabs"),
            lambda: library.collections.change(None, capacity=10),
            lambda: remove_variable(library, "a"),
            lambda: library.facts.forget("hat"),
        ]
        assert bell.wait(seconds(10))
        for change in changes:
            bell.clear()
            change()
            assert bell.wait(seconds(10))
        assert "collections" not in rung


@pytest.mark.slow
def test_what_another_program_changes_rings_the_bell(tmp_path: Path) -> None:
    path = tmp_path / "shared.brain"
    with Library.open(path) as here, Library.open(path) as there:
        bell = threading.Event()
        here.subscribe(lambda topic: bell.set() if topic == "facts" else None)
        there.notes.add("variable", "fr", key="lang")
        assert bell.wait(seconds(20))
        assert value_of(here, "lang") == "fr"


def test_two_programs_edit_one_fact_and_one_of_them_is_told(tmp_path: Path) -> None:
    path = tmp_path / "shared.brain"
    with Library.open(path) as here, Library.open(path) as there:
        (id,) = here.facts.tell("the rent is 900").new
        assert there.facts.get(id).fact.text == "the rent is 900"
        here.facts.edit(id, "the rent is 950")
        with pytest.raises(NotFoundError):
            there.facts.edit(id, "the rent is 990")
        assert texts(there.facts.list()) == ["the rent is 950"]


def test_a_library_that_may_not_be_written_shows_all_and_takes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "kept.brain"
    with Library.open(path) as library:
        fill(library, None)
    with Library.open(path, read_only=True) as library:
        (fact,) = library.facts.list()
        assert value_of(library, "lang") == "fr"
        assert len(library.notes.list()) == 3
        assert library.stats().facts == 1
        for change in (
            lambda: library.notes.add("instruction", "be brief"),
            lambda: library.notes.add("variable", "de", key="lang"),
            lambda: library.notes.add("stance", "best", key="tabs"),
            lambda: library.facts.edit(fact.id, "my dog is Rex"),
            lambda: library.facts.edit(fact.id, None),
            lambda: library.collections.change(None, capacity=3),
        ):
            with pytest.raises(LibraryError):
                change()
        assert library.facts.list() == [fact]


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(["tabs", "Tabs", "spaces", "commas"]), max_size=12))
def test_stances_follow_their_formula(said: list[str]) -> None:
    held: dict[str, float] = {}
    with Library.open(":memory:") as library:
        for number, topic in enumerate(said):
            library.notes.add("stance", f"for the time number {number}", key=topic)
            key = topic.casefold()
            faded = {other: max(0.5, 0.9 * much) for other, much in held.items()}
            held = {**faded, key: held.get(key, 0.0) + 1.0}
        found = {
            stance.topic.casefold(): stance.intensity for stance in library.notes.list("stance")
        }
        assert found == pytest.approx(held)


_STEPS = st.lists(
    st.sampled_from(
        ["tell", "tell two", "other", "forget", "edit", "undo", "move", "less", "more"]
    ),
    max_size=25,
)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(steps=_STEPS)
def test_a_scope_never_holds_more_than_it_keeps_whatever_happens(steps: list[str]) -> None:
    with Library.open(":memory:") as library:
        library.collections.change(None, capacity=3)
        most = 3
        edited: list[int] = []
        for number, step in enumerate(steps):
            told = f"crate c{number} stands on pallet p{number}"
            ids = [fact.id for fact in library.facts.list()]
            if step == "tell":
                library.facts.tell(told)
            elif step == "tell two":
                library.facts.tell(f"{told}\nbarrel b{number} lies in cellar q{number}")
            elif step == "other":
                library.facts.tell(told, collection="other")
            elif step == "forget" and ids:
                library.facts.forget(ids[:1])
            elif step == "edit" and ids:
                edited.append(library.facts.edit(ids[-1], told).id)
            elif step == "undo" and edited and edited[-1] in ids:
                library.facts.edit(edited.pop(), None)
            elif step == "move" and library.collections.list():
                library.collections.remove("other")
            elif step in ("less", "more"):
                most = max(1, most + (1 if step == "more" else -1))
                library.collections.change(None, capacity=most)
            if step not in ("undo", "move"):
                library.facts.tell(f"the last word is w{number}")
                assert len(library.facts.list()) <= most
                (newest,) = library.facts.list(limit=1)
                assert newest.text == f"the last word is w{number}"
        assert library.verify().problems == ()


@pytest.mark.slow
def test_a_full_scope_does_not_count_all_its_facts_for_each_new_one() -> None:
    def steps(number: int) -> int:
        with Library.open(":memory:") as library:
            lines = [f"crate c{i} stands on pallet p{i}" for i in range(number)]
            library.facts.tell("\n".join(lines))
            library.collections.change(None, capacity=number - 5)
            made = [0]

            def count(connection: sqlite3.Connection) -> None:
                connection.set_progress_handler(lambda: made.__setitem__(0, made[0] + 1), 10)

                try:
                    assert facts.enforce_capacity(connection, 0, 0) == 0
                finally:
                    connection.set_progress_handler(None, 0)

            library._store.write(count)
            return made[0]

    assert steps(1600) <= steps(100) + 5
