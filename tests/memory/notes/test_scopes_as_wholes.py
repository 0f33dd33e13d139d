"""Scopes through the library's doors: what each holds, how much it keeps, and that none leaks."""

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.patience import seconds
from workbench.errors import LibraryError, NotFoundError, UsageError
from workbench.library import Library
from workbench.memory.facts.records import Fact
from workbench.memory.notes.records import Scope
from workbench.store import capacity


def texts(facts: list[Fact]) -> list[str]:
    """The words alone."""
    return [fact.text for fact in facts]


def fill(library: Library, collection: str | None) -> None:
    """One memory of each sort."""
    library.remember("my dog is Fido", collection=collection, source="Ann")
    library.note("instruction", "reply in French", collection=collection)
    library.var_set("lang", "fr", collection=collection)
    library.stance("tabs", "they are fine", collection=collection)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["a/b/c", "🦉", "x" * 200, "lab__doc", "'; DROP TABLE note; --", "..", "-"]
)
def test_scopes_of_any_name_are_apart_and_cleared_alone(name: str, tmp_path: Path) -> None:
    with Library.open(tmp_path / "scopes.brain") as library:
        for collection in (None, name, f"{name}2"):
            fill(library, collection)
        gone = library.forget(None, collection=name, everything=True)
        assert (gone.forgotten, gone.notes) == (1, 3)
    with Library.open(tmp_path / "scopes.brain") as library:
        assert library.scopes() == [Scope(None, 1, 1, 1, 1), Scope(f"{name}2", 1, 1, 1, 1)]
        assert library.var_get("lang", collection=name) is None
        assert library.stance_of("tabs", collection=name) is None
        assert library.recall("French", kind="instruction", collection=name) == []
        assert library.var_get("lang", collection=f"{name}2") == "fr"
        assert len(library.recall("French", kind="instruction", collection=f"{name}2")) == 1
        assert library.verify().problems == ()


def test_a_scope_that_is_not_there_is_empty_and_not_made_by_looking() -> None:
    with Library.open(":memory:") as library:
        assert library.var_get("x", collection="nowhere") is None
        assert library.var_list(collection="nowhere") == []
        assert library.stances(collection="nowhere") == []
        assert library.note_list(collection="nowhere") == []
        assert library.recall("x", kind="instruction", collection="nowhere") == []
        assert library.neighbours("x", collection="nowhere") == []
        assert library.recall_across("x", collection="nowhere") == []
        assert not library.var_remove("x", collection="nowhere")
        with pytest.raises(NotFoundError):
            library.stats(collection="nowhere")
        with pytest.raises(UsageError):
            library.note("instruction", "be brief", collection=" ")
        assert library.collections() == []


def test_notes_of_a_removed_collection_become_the_librarys_own_without_a_loss() -> None:
    with Library.open(":memory:") as library:
        fill(library, None)
        fill(library, "old")
        library.var_set("lang", "de", collection="old")
        library.var_set("host", "a", collection="old")
        library.set_capacity(5, collection="old")
        library.remove_collection("old")
        assert {v.key: v.value for v in library.var_list()} == {
            "lang": "fr",
            "lang (old)": "de",
            "host": "a",
        }
        assert len(library.recall("French", kind="instruction")) == 1
        assert [fact.text for fact in library.recall("old", kind="variable")] == [
            "lang (old) is de"
        ]
        assert (library.stats().facts, library.stats().capacity) == (2, None)
        assert library.verify().problems == ()


def test_stats_say_what_who_and_when() -> None:
    now = [1000.0]
    with Library.open(":memory:", clock=lambda: now[0]) as library:
        fill(library, "u")
        now[0] = 2000.0
        library.remember("my dog is Fido", collection="u")
        library.remember("the hat is red", collection="u", kind="user")
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
        library.set_capacity(most, collection="u")
        said, dropped = [], 0
        for batch, number in enumerate(told):
            lines = [f"crate c{batch}x{i} stands on pallet p{batch}x{i}." for i in range(number)]
            dropped += library.remember("\n".join(lines), collection="u").dropped
            said += lines
        assert texts(library.facts(collection="u")) == said[::-1][:most]
        held = library.stats(collection="u")
        assert held.dropped == dropped == max(0, len(said) - most)


def test_a_smaller_capacity_lets_the_oldest_go_at_once_and_turn_says_so() -> None:
    with Library.open(":memory:") as library:
        for name in ("Ada", "Ben", "Cleo"):
            library.remember(f"{name} has a red kite")
        assert library.set_capacity(2) == 1
        assert "full" in library.turn("Dora has a blue kite").text
        assert texts(library.facts()) == ["Dora has a blue kite", "Cleo has a red kite"]
        assert library.set_capacity(None) == 0
        assert library.remember("Emil has a green kite").dropped == 0
        for most in (0, -1):
            with pytest.raises(UsageError):
                library.set_capacity(most)


def test_neighbours_are_those_told_before_and_after_the_newest_hit() -> None:
    with Library.open(":memory:") as library:
        story = [f"In hour {n} the {thing} moved" for n, thing in enumerate(["sea", "sun", "tide"])]
        for sentence in (*story, "Ada slept all day", *(line + " again" for line in story)):
            library.remember(sentence)
        assert texts(library.neighbours("the sun moved", window=2)) == [
            "Ada slept all day",
            "In hour 0 the sea moved again",
            "In hour 2 the tide moved again",
        ]
        assert library.neighbours("quokka") == []
        with pytest.raises(UsageError):
            library.neighbours("sun", window=0)


def test_across_goes_into_scopes_inside_and_no_others() -> None:
    with Library.open(":memory:") as library:
        for scope in ("lab", "Lab__one", "lab__two__deep", "lab_x__y", "labour", None):
            library.remember(f"the orchard of {scope} has plums", collection=scope)
        library.note("instruction", "praise the orchard", collection="lab")
        found = library.recall_across("orchard", collection="lab", limit=10)
        assert {fact.collection for fact in found} == {"lab", "Lab__one", "lab__two__deep"}
        assert {fact.collection for fact in library.recall_across("orchard")} == {None}
        assert library.recall_across("orchard", collection="lab", limit=0) == []


def test_many_cues_are_answered_in_their_order() -> None:
    with Library.open(":memory:") as library:
        library.remember("the hat is red. The cat is grey. The hut is green.")
        found = library.recall_many(["cat", "quokka", "hat", "cat"], limit=1)
        assert [texts(each) for each in found] == [
            texts(library.recall(cue, limit=1)) for cue in ("cat", "quokka", "hat", "cat")
        ]
        assert library.recall_many([]) == []


def test_every_change_of_memory_rings_the_bell() -> None:
    with Library.open(":memory:") as library:
        rung: list[str] = []
        bell = threading.Event()

        def heard(topic: str) -> None:
            rung.append(topic)
            if topic == "facts":
                bell.set()

        library.subscribe(heard)
        (id,) = library.remember("the hat is red").new
        changes: list[Callable[[], object]] = [
            lambda: library.turn("the cat is grey"),
            lambda: library.edit_fact(id, "the hat is blue"),
            lambda: library.note("instruction", "be brief"),
            lambda: library.var_set("a", "b"),
            lambda: library.stance("tabs", "fine"),
            lambda: library.set_capacity(10),
            lambda: library.var_remove("a"),
            lambda: library.forget("hat"),
        ]
        assert bell.wait(seconds(10))
        for change in changes:
            bell.clear()
            change()
            assert bell.wait(seconds(10))
        assert "collections" not in rung


def test_what_another_program_changes_rings_the_bell(tmp_path: Path) -> None:
    path = tmp_path / "shared.brain"
    with Library.open(path) as here, Library.open(path) as there:
        bell = threading.Event()
        here.subscribe(lambda topic: bell.set() if topic == "facts" else None)
        there.var_set("lang", "fr")
        assert bell.wait(seconds(20))
        assert here.var_get("lang") == "fr"


def test_two_programs_edit_one_fact_and_one_of_them_is_told(tmp_path: Path) -> None:
    path = tmp_path / "shared.brain"
    with Library.open(path) as here, Library.open(path) as there:
        (id,) = here.remember("the rent is 900").new
        assert there.fact(id).text == "the rent is 900"
        here.edit_fact(id, "the rent is 950")
        with pytest.raises(NotFoundError):
            there.edit_fact(id, "the rent is 990")
        assert texts(there.facts()) == ["the rent is 950"]


def test_a_library_that_may_not_be_written_shows_all_and_takes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "kept.brain"
    with Library.open(path) as library:
        fill(library, None)
    with Library.open(path, read_only=True) as library:
        (fact,) = library.facts()
        assert library.var_get("lang") == "fr"
        assert len(library.note_list()) == 3
        assert library.stats().facts == 1
        for change in (
            lambda: library.note("instruction", "be brief"),
            lambda: library.var_set("lang", "de"),
            lambda: library.stance("tabs", "best"),
            lambda: library.edit_fact(fact.id, "my dog is Rex"),
            lambda: library.undo_edit(fact.id),
            lambda: library.set_capacity(3),
        ):
            with pytest.raises(LibraryError):
                change()
        assert library.facts() == [fact]


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(["tabs", "Tabs", "spaces", "commas"]), max_size=12))
def test_stances_follow_their_formula(said: list[str]) -> None:
    held: dict[str, float] = {}
    with Library.open(":memory:") as library:
        for number, topic in enumerate(said):
            library.stance(topic, f"for the time number {number}")
            key = topic.casefold()
            faded = {other: max(0.5, 0.9 * much) for other, much in held.items()}
            held = {**faded, key: held.get(key, 0.0) + 1.0}
        found = {stance.topic.casefold(): stance.intensity for stance in library.stances()}
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
        library.set_capacity(3)
        most = 3
        edited: list[int] = []
        for number, step in enumerate(steps):
            told = f"crate c{number} stands on pallet p{number}"
            ids = [fact.id for fact in library.facts()]
            if step == "tell":
                library.remember(told)
            elif step == "tell two":
                library.remember(f"{told}\nbarrel b{number} lies in cellar q{number}")
            elif step == "other":
                library.remember(told, collection="other")
            elif step == "forget" and ids:
                library.forget_facts(ids[:1])
            elif step == "edit" and ids:
                edited.append(library.edit_fact(ids[-1], told).id)
            elif step == "undo" and edited and edited[-1] in ids:
                library.undo_edit(edited.pop())
            elif step == "move" and library.collections():
                library.remove_collection("other")
            elif step in ("less", "more"):
                most = max(1, most + (1 if step == "more" else -1))
                library.set_capacity(most)
            if step not in ("undo", "move"):
                library.remember(f"the last word is w{number}")
                assert library.fact_count() <= most
                (newest,) = library.facts(limit=1)
                assert newest.text == f"the last word is w{number}"
        assert library.verify().problems == ()


def test_a_full_scope_does_not_count_all_its_facts_for_each_new_one() -> None:
    def steps(number: int) -> int:
        with Library.open(":memory:") as library:
            lines = [f"crate c{i} stands on pallet p{i}" for i in range(number)]
            library.remember("\n".join(lines))
            library.set_capacity(number - 5)
            made = [0]

            def count(connection: sqlite3.Connection) -> None:
                connection.set_progress_handler(lambda: made.__setitem__(0, made[0] + 1), 10)

                try:
                    assert capacity.enforce(connection, 0, 0) == 0
                finally:
                    connection.set_progress_handler(None, 0)

            library._store.write(count)
            return made[0]

    assert steps(1600) <= steps(100) + 5
